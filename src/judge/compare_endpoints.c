/* compare_endpoints.c - endpoints: connection, TLS, version, what is answered */
#include "lp/compare_parts.h"
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/steps.h"

static const char *const why_other = LP_TR("other servers answer there");
static const char *const why_unused = LP_TR("nobody needs it there");

static const struct lp_compare_charge any_trouble = { LP_WARNING, LP_RANK_LEAK, LP_RANK_WALK };

/* What a client or a peer would notice of the answer: no times, no order of arrival. */
struct trait {
    enum lp_outcome connect, tls, outcome;
    struct lp_str protocol;
    int64_t status; /* HTTP or SIP; 0: neither */
};

static struct trait trait_of(const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    const struct lp_http *http = lp_http_of(e);
    struct trait t = { link->connect, link->tls, e->outcome, link->protocol, 0 };
    if (http)
        t.status = http->status;
    else if (e->shape == &lp_probe_sip.shape)
        t.status = ((const struct lp_sip_facts *)e->facts)->status;
    return t;
}

static bool is_alike(const struct lp_evidence *x, const struct lp_evidence *y)
{
    struct trait a = trait_of(x), b = trait_of(y);
    return a.connect == b.connect && a.tls == b.tls && a.outcome == b.outcome &&
           a.status == b.status && lp_str_eq(a.protocol, b.protocol);
}

/* Is each of a like one of b? */
static bool is_covered(const struct lp_list *a, const struct lp_list *b)
{
    const struct lp_evidence *const *x = a->at, *const *y = b->at;
    for (size_t i = 0; i < a->n; i++) {
        size_t k = 0;
        while (k < b->n && !is_alike(x[i], y[k]))
            k++;
        if (k == b->n)
            return false;
    }
    return true;
}

/* ---- how a side is ---- */

static bool is_well(const struct lp_evidence *e)
{
    struct lp_seat seat = { .e = e, .link = lp_link_of(e) };
    return lp_seat_is_well(&seat) || seat.link->alert_after_certificate;
}

static enum lp_health health_of(const struct lp_list *links)
{
    const struct lp_evidence *const *at = links->at;
    size_t well = 0, open = 0;
    for (size_t i = 0; i < links->n; i++) {
        open += lp_probe_is_open(at[i]);
        well += !lp_probe_is_open(at[i]) && is_well(at[i]);
    }
    if (open == links->n)
        return LP_HEALTH_OPEN;
    if (well + open == links->n)
        return LP_HEALTH_WORKS;
    return well ? LP_HEALTH_PARTLY : LP_HEALTH_FAILS;
}

/* ---- the state of an item ---- */

static bool is_trouble(const struct lp_comparing *c, const struct lp_compared_item *item,
                       size_t side)
{
    return lp_compare_is_charged(c->out->walk[side], &item->side[side].links, any_trouble);
}

/* Of two views a port that one of them has no use for may be closed there: sip.contoso.com:443
 * inside. What matters has a finding. */
static void judge_failure(const struct lp_comparing *c, struct lp_compared_item *item, size_t fails)
{
    if (c->out->relation == LP_COMPARE_VIEWS && !is_trouble(c, item, fails))
        lp_compare_mean(item, why_unused);
    else
        lp_compare_break(c, item, fails);
}

static void judge_alike(const struct lp_comparing *c, struct lp_compared_item *item,
                        const enum lp_health health[2])
{
    struct lp_list links[2] = { item->side[0].links, item->side[1].links };
    bool same = health[0] == health[1] && is_covered(&links[0], &links[1]) &&
                is_covered(&links[1], &links[0]);
    item->state = same ? LP_COMPARE_SAME : LP_COMPARE_DIFFERS;
    if (same || c->out->relation != LP_COMPARE_VIEWS || health[0] == LP_HEALTH_PARTLY ||
        health[1] == LP_HEALTH_PARTLY)
        return;
    if (health[0] == LP_HEALTH_FAILS && !is_trouble(c, item, 0) && !is_trouble(c, item, 1))
        lp_compare_mean(item, why_unused);
    else if (health[0] == LP_HEALTH_WORKS && !lp_compare_shares_address(links))
        lp_compare_mean(item, why_other);
}

static void judge(const struct lp_comparing *c, struct lp_compared_item *item)
{
    enum lp_health health[2] = { health_of(&item->side[0].links), health_of(&item->side[1].links) };
    if (!item->side[0].seen || !item->side[1].seen)
        lp_compare_one_sided(c, item, item->side[1].seen);
    else if (health[0] == LP_HEALTH_OPEN || health[1] == LP_HEALTH_OPEN)
        item->state = LP_COMPARE_OPEN;
    else if ((health[0] == LP_HEALTH_FAILS) != (health[1] == LP_HEALTH_FAILS))
        judge_failure(c, item, health[1] == LP_HEALTH_FAILS);
    else
        judge_alike(c, item, health);
}

void lp_compare_endpoints(struct lp_comparing *c)
{
    struct lp_list groups = lp_compare_group(c, false);
    const struct lp_compare_group *at = groups.at;
    for (size_t i = 0; i < groups.n; i++) {
        struct lp_compared_item item = { .kind = LP_COMPARE_ENDPOINT,
                                         .key = at[i].host,
                                         .port = at[i].port };
        for (size_t side = 0; side < 2; side++) {
            item.side[side].links = at[i].links[side];
            item.side[side].seen = at[i].links[side].n > 0;
        }
        /* Of two views what only one of them leads to is no question for the other. */
        if (c->out->relation == LP_COMPARE_VIEWS && !(item.side[0].seen && item.side[1].seen))
            continue;
        judge(c, &item);
        lp_compare_apply_rule(c, &item, NULL);
        lp_compare_push(c, &item);
    }
}
