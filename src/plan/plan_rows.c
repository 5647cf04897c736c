/* plan_rows.c - what a topology asks for beside the walk: records, then connections */
#include "lp/keys.h"
#include "lp/plan_parts.h"
#include "lp/rows.h"

static const struct lp_expectation *rows_of(const struct lp_planner *p, size_t *n)
{
    *n = p->log->expected ? p->log->expected->n : 0;
    return *n ? p->log->expected->at : NULL;
}

/* ---- what no limit counts ---- */

static void name_question(struct lp_planner *p, int64_t type, struct lp_str name)
{
    struct lp_resolved q = { .name = name, .type = type };
    lp_keyset_add(&p->named, lp_dns_key(p->arena, &q));
}

static void name_host(struct lp_planner *p, struct lp_str host)
{
    name_question(p, LP_DNS_A, host);
    name_question(p, LP_DNS_AAAA, host);
}

static void name_connections(struct lp_planner *p, const struct lp_expectation *row)
{
    struct lp_row_asks asks;
    lp_row_asks(p->log, p->arena, row, &asks);
    if (!row->port.address.family)
        name_host(p, row->port.host);
    for (size_t i = 0; i < asks.n; i++)
        lp_keyset_add(&p->named, asks.at[i].key);
}

void lp_name_rows(struct lp_planner *p)
{
    size_t n;
    const struct lp_expectation *rows = rows_of(p, &n);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].kind == LP_EXPECT_PORT)
            name_connections(p, &rows[i]);
        else if (rows[i].kind == LP_EXPECT_DNS && rows[i].dns.type == LP_DNS_SRV)
            name_question(p, LP_DNS_SRV, rows[i].dns.owner);
        else if (rows[i].kind == LP_EXPECT_DNS)
            name_host(p, rows[i].dns.owner);
    }
}

/* ---- asks ---- */

static void want_records(struct lp_planner *p, const struct lp_expectation *row)
{
    struct lp_row_records r;
    lp_row_records(p->log, p->arena, row, &r);
    if (r.srv.next.p)
        lp_want_question(p, LP_DNS_SRV, r.srv.next, 0);
    if (r.a.next.p)
        lp_want_question(p, LP_DNS_A, r.a.next, 0);
    if (r.aaaa.next.p)
        lp_want_question(p, LP_DNS_AAAA, r.aaaa.next, 0);
}

/* A bound for the whole, too: a file is easily made bigger than a network. */
static void want_connections(struct lp_planner *p, const struct lp_expectation *row, size_t *count)
{
    struct lp_row_asks asks;
    lp_row_asks(p->log, p->arena, row, &asks);
    if (asks.places.a.next.p)
        lp_want_question(p, LP_DNS_A, asks.places.a.next, 0);
    if (asks.places.aaaa.next.p)
        lp_want_question(p, LP_DNS_AAAA, asks.places.aaaa.next, 0);
    for (size_t i = 0; i < asks.n; i++) {
        struct lp_ask ask = asks.at[i];
        if (++*count > LP_MAX_ROWS)
            ask.refused = LP_STR("limit 4096 endpoints of the topology");
        lp_want_ask(p, &ask);
    }
}

static bool is_auto(const struct lp_planner *p)
{
    return lp_str_eq(p->log->setup.view, LP_STR("auto"));
}

/* Is a DNS question among the asks? */
static bool has_open_question(const struct lp_planner *p)
{
    for (size_t i = 0; i < p->out->n; i++) {
        if (p->out->at[i].shape == &lp_shape_dns && !p->out->at[i].refused.p)
            return true;
    }
    return false;
}

bool lp_view_is_settled(const struct lp_planner *p)
{
    if (is_auto(p) && has_open_question(p))
        return false;
    return !p->out->n || !lp_view_may_change(p->log, p->arena);
}

void lp_want_rows(struct lp_planner *p)
{
    size_t n, count = 0;
    struct lp_str why;
    const struct lp_expectation *rows = rows_of(p, &n);
    if (!n)
        return;
    bool internal = lp_view_is_internal(p->log, p->arena, &why);
    for (size_t i = 0; i < n; i++) {
        if (rows[i].kind == LP_EXPECT_DNS && !rows[i].skip &&
            (is_auto(p) || rows[i].internal == internal))
            want_records(p, &rows[i]);
    }
    bool settled = lp_view_is_settled(p);
    for (size_t i = 0; i < n && settled; i++) {
        if (rows[i].kind == LP_EXPECT_PORT && lp_row_is_of(&rows[i], internal))
            want_connections(p, &rows[i], &count);
    }
}
