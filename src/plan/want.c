/* want.c - asks onto the list: each key once, within the limits */
#include "lp/keys.h"
#include "lp/name.h"
#include "lp/plan_parts.h"

static void push(struct lp_planner *p, const struct lp_ask *ask)
{
    struct lp_asks *out = p->out;
    if (out->n == out->room) {
        size_t room = out->room ? 2 * out->room : 32;
        struct lp_ask *at = lp_arena_array(p->arena, room, sizeof *at);
        if (out->n)
            __builtin_memcpy(at, out->at, out->n * sizeof *at);
        out->at = at;
        out->room = room;
    }
    out->at[out->n++] = *ask;
    lp_keyset_add(&p->wanted, ask->key);
}

/* Over a limit the question is recorded as not tried, but the notes are limited too. A flood of SRV
 * targets leaves a quarter for what is found later: redirects, documents, access points. */
static bool is_over(struct lp_planner *p, size_t *count, size_t limit, struct lp_ask *ask)
{
    if (*count < (p->for_srv ? limit - limit / 4 : limit)) {
        ++*count;
        return false;
    }
    if (ask->shape == &lp_shape_dns)
        ask->refused = LP_STR("limit 96 DNS questions");
    else
        ask->refused = LP_STR("limit 64 endpoints");
    return ++p->refused > LP_MAX_ENDPOINTS;
}

/* Only the first server's questions count. */
static bool is_beyond(struct lp_planner *p, struct lp_ask *ask)
{
    if (ask->server > 0 || lp_keyset_has(&p->named, ask->key))
        return false;
    if (ask->shape == &lp_shape_dns)
        return is_over(p, &p->questions, LP_MAX_QUESTIONS, ask);
    bool beside = ask->probe && ask->probe->beside != LP_BESIDE_NONE;
    return is_over(p, beside ? &p->besides : &p->endpoints, LP_MAX_ENDPOINTS, ask);
}

void lp_want_ask(struct lp_planner *p, struct lp_ask *ask)
{
    if (ask->probe && p->names_only)
        return;
    if (ask->probe && p->walking)
        lp_keyset_add(&p->walked, ask->key);
    if (!lp_log_find(p->log, ask->key) && !lp_keyset_has(&p->wanted, ask->key) &&
        !is_beyond(p, ask))
        push(p, ask);
}

/* An authority is asked about its own zone: of others it would only say that it does not know. */
static bool may_ask(const struct lp_planner *p, const struct lp_resolved *q)
{
    const struct lp_list *servers = &p->log->setup.servers;
    const struct lp_server *at = servers->at;
    return (size_t)q->server >= servers->n || !at[q->server].zone.n ||
           lp_name_in_domain(q->name, at[q->server].zone);
}

void lp_want_at_server(struct lp_planner *p, const struct lp_resolved *q, int64_t parent)
{
    if (!may_ask(p, q))
        return;
    struct lp_ask ask = { .key = lp_dns_key(p->arena, q),
                          .parent = parent,
                          .shape = &lp_shape_dns,
                          .server = q->server,
                          .name = lp_name_normal(p->arena, q->name),
                          .type = q->type };
    lp_want_ask(p, &ask);
}

void lp_want_question(struct lp_planner *p, int64_t type, struct lp_str name, int64_t parent)
{
    for (size_t s = 0; s < p->log->setup.servers.n; s++) {
        struct lp_resolved q = { .name = name, .type = type, .server = (int64_t)s };
        lp_want_at_server(p, &q, parent);
    }
}

void lp_want_probe(struct lp_planner *p, const struct lp_spot *spot, const struct lp_place *place)
{
    struct lp_ask ask = { .parent = place->evidence ? place->evidence : spot->parent,
                          .shape = &spot->probe->shape,
                          .probe = spot->probe,
                          .host = lp_name_normal(p->arena, spot->host),
                          .port = spot->port,
                          .address = place->address,
                          .plain = spot->plain,
                          .overridden = place->overridden,
                          .url = spot->url,
                          .hop = spot->hop,
                          .serials = spot->serials,
                          .issuers = spot->issuers,
                          .certificate = spot->certificate,
                          .from_network = spot->from_network };
    ask.connect_port = place->connect_port ? place->connect_port : spot->port;
    if (spot->hop)
        ask.parent = spot->parent;
    ask.key = lp_probe_key(p->arena, &ask);
    lp_want_ask(p, &ask);
}

void lp_want_spot(struct lp_planner *p, const struct lp_spot *spot)
{
    struct lp_places places;
    if (spot->port < 1 || spot->port > 65535)
        return;
    lp_places_of(p->log, p->arena, spot->host, spot->port, &places);
    if (places.a.next.p)
        lp_want_question(p, LP_DNS_A, places.a.next, spot->parent);
    if (places.aaaa.next.p)
        lp_want_question(p, LP_DNS_AAAA, places.aaaa.next, spot->parent);
    for (size_t i = 0; i < places.n; i++)
        lp_want_probe(p, spot, &places.at[i]);
}
