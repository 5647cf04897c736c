/* plan.c - which questions are missing */
#include "lp/plan.h"
#include "lp/keys.h"

struct planner {
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_asks *out;
    size_t questions; /* DNS questions of the walk so far, asked or wanted */
    size_t endpoints;
    size_t refused;
    bool for_srv; /* what an SRV record names is being wanted */
};

static bool is_wanted(const struct planner *p, struct lp_str key)
{
    if (lp_log_find(p->log, key))
        return true;
    for (size_t i = 0; i < p->out->n; i++) {
        if (lp_str_eq(p->out->at[i].key, key))
            return true;
    }
    return false;
}

static void push(struct planner *p, const struct lp_ask *ask)
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
}

/* Over a limit the question is recorded as not tried, but the notes are limited too. A flood of SRV
 * targets leaves a quarter for what is found later: redirects, documents, access points. */
static bool is_over(struct planner *p, size_t *count, size_t limit, struct lp_ask *ask)
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

static void want_at_server(struct planner *p, const struct lp_resolved *q, int64_t parent)
{
    struct lp_ask ask = { .key = lp_dns_key(p->arena, q),
                          .parent = parent,
                          .shape = &lp_shape_dns,
                          .server = q->server,
                          .name = lp_name_normal(p->arena, q->name),
                          .type = q->type };
    if (is_wanted(p, ask.key) ||
        (q->server == 0 && is_over(p, &p->questions, LP_MAX_QUESTIONS, &ask)))
        return;
    push(p, &ask);
}

static void want_question(struct planner *p, int64_t type, struct lp_str name, int64_t parent)
{
    for (size_t s = 0; s < p->log->setup.servers.n; s++) {
        struct lp_resolved q = { .name = name, .type = type, .server = (int64_t)s };
        want_at_server(p, &q, parent);
    }
}

/* What a host and port stand for while the walk follows it. */
struct spot {
    const struct lp_probe *probe;
    struct lp_str host;
    int64_t port;
    struct lp_str url; /* web probes */
    int64_t hop;
    int64_t parent;
    bool plain, from_network;
};

static void want_probe(struct planner *p, const struct spot *spot, const struct lp_place *place)
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
                          .from_network = spot->from_network };
    ask.connect_port = place->connect_port ? place->connect_port : spot->port;
    if (spot->hop)
        ask.parent = spot->parent;
    ask.key = lp_probe_key(p->arena, &ask);
    if (is_wanted(p, ask.key) || is_over(p, &p->endpoints, LP_MAX_ENDPOINTS, &ask))
        return;
    push(p, &ask);
}

/* Asks for the addresses of the host that are not known, probes those that are. */
static void want_spot(struct planner *p, const struct spot *spot)
{
    struct lp_places places;
    if (spot->port < 1 || spot->port > 65535)
        return;
    lp_places_of(p->log, p->arena, spot->host, spot->port, &places);
    if (places.a.next.p)
        want_question(p, LP_DNS_A, places.a.next, spot->parent);
    if (places.aaaa.next.p)
        want_question(p, LP_DNS_AAAA, places.aaaa.next, spot->parent);
    for (size_t i = 0; i < places.n; i++)
        want_probe(p, spot, &places.at[i]);
}

static void want_autodiscover(struct planner *p, const struct lp_step *row, struct lp_str name)
{
    static const struct {
        const char *scheme;
        int64_t port;
    } schemes[] = { { "http://", 80 }, { "https://", 443 } };
    (void)row;
    for (size_t i = 0; i < LP_COUNT(schemes); i++) {
        struct lp_str parts[] = { lp_str_of(schemes[i].scheme), name, LP_STR("/") };
        want_spot(p, &(struct spot){ .probe = &lp_probe_autodiscover,
                                     .host = name,
                                     .port = schemes[i].port,
                                     .url = lp_arena_join(p->arena, parts, LP_COUNT(parts)),
                                     .plain = schemes[i].port == 80 });
    }
}

static void want_srv(struct planner *p, const struct lp_step *row, struct lp_str name)
{
    struct lp_resolved question = { .name = name, .type = LP_DNS_SRV }, srv;
    lp_resolve(p->log, p->arena, &question, &srv);
    if (srv.next.p)
        want_question(p, LP_DNS_SRV, srv.next, 0);
    p->for_srv = true;
    for (size_t i = 0; i < srv.record_count && i < LP_MAX_TARGETS; i++) {
        const struct lp_rr *rr = srv.records[i];
        want_spot(p, &(struct spot){ .probe = &lp_probe_sip,
                                     .host = rr->name,
                                     .port = rr->port,
                                     .plain = row->plain,
                                     .parent = srv.evidence[srv.evidence_count - 1],
                                     .from_network = true });
    }
    p->for_srv = false;
}

static void want_host(struct planner *p, const struct lp_step *row, struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(row->ports) && row->ports[i]; i++)
        want_spot(p, &(struct spot){ .probe = &lp_probe_sip,
                                     .host = name,
                                     .port = row->ports[i],
                                     .plain = row->plain });
}

static void want_rows(struct planner *p, const struct lp_step *rows)
{
    static void (*const want[])(struct planner *, const struct lp_step *, struct lp_str) = {
        [LP_STEP_AUTODISCOVER] = want_autodiscover,
        [LP_STEP_SRV] = want_srv,
        [LP_STEP_HOST] = want_host,
    };
    for (size_t i = 0; rows[i].label; i++)
        want[rows[i].kind](p, &rows[i],
                           lp_name_expand(p->arena, rows[i].pattern, p->log->setup.domain));
}

/* A name that nobody would enter: does the zone answer anything that is asked? */
static void want_wildcard(struct planner *p)
{
    struct lp_str parts[] = { p->log->setup.label, LP_STR("."), p->log->setup.domain };
    if (p->log->setup.label.n)
        want_question(p, p->log->setup.only6 ? LP_DNS_AAAA : LP_DNS_A,
                      lp_arena_join(p->arena, parts, 3), 0);
}

static bool is_url_wanted(const struct planner *p, struct lp_str url)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_http *http = lp_http_of(p->log->at[i]);
        if (http && lp_str_eq(http->url, url))
            return true;
    }
    for (size_t i = 0; i < p->out->n; i++) {
        if (lp_str_eq(p->out->at[i].url, url))
            return true;
    }
    return false;
}

static struct spot spot_of(const struct lp_evidence *e, const struct lp_url *to)
{
    return (struct spot){ .probe = &lp_probe_autodiscover,
                          .host = to->host,
                          .port = to->port,
                          .url = to->text,
                          .hop = lp_http_of(e)->hop + 1,
                          .parent = e->id,
                          .plain = !to->https,
                          .from_network = true };
}

/* Domain and User documents: once a URL, at the node that named it when the host is
   the same. */
static void want_document(struct planner *p, const struct lp_evidence *root, const char *token)
{
    struct lp_url to;
    const struct lp_link *link = lp_link_of(root);
    if (!lp_ad_link_url(root, token, p->arena, &to))
        return;
    struct spot spot = spot_of(root, &to);
    bool same_node = lp_name_eq(to.host, link->host) && to.port == link->port;
    if (!same_node) {
        want_spot(p, &spot);
        return;
    }
    if (is_url_wanted(p, to.text))
        return;
    int64_t connect_port = link->connect_port == link->port ? 0 : link->connect_port;
    want_probe(p, &spot, &(struct lp_place){ link->address, connect_port, link->overridden, 0 });
}

static void follow_autodiscover(struct planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        struct lp_url to;
        struct lp_str bad;
        if (!lp_ad_doc_of(e))
            continue;
        if (lp_ad_is_root(e)) {
            want_document(p, e, "Domain");
            want_document(p, e, "User");
        } else if (lp_http_of(e)->hop < LP_MAX_REDIRECTS &&
                   lp_ad_redirect(e, p->arena, &to, &bad)) {
            struct spot spot = spot_of(e, &to);
            want_spot(p, &spot);
        }
    }
}

static bool has_open_question(const struct planner *p)
{
    for (size_t i = 0; i < p->out->n; i++) {
        if (p->out->at[i].shape == &lp_shape_dns && !p->out->at[i].refused.p)
            return true;
    }
    return false;
}

/* The SIP access of the run's view; that of the other view is shown, never asked
   (DESIGN 4). */
static void follow_access(struct planner *p)
{
    struct lp_str why;
    if (lp_str_eq(p->log->setup.view, LP_STR("auto")) && has_open_question(p))
        return;
    if (p->out->n && lp_view_may_change(p->log, p->arena))
        return;
    bool internal = lp_view_is_internal(p->log, p->arena, &why);
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_ad_doc *doc = lp_ad_doc_of(e);
        const struct lp_ad_access *named =
            doc && !doc->problem.n ? lp_addoc_sip(doc, internal) : NULL;
        if (named)
            want_spot(p, &(struct spot){ .probe = &lp_probe_sip,
                                         .host = named->fqdn,
                                         .port = named->port,
                                         .parent = e->id,
                                         .from_network = true });
    }
}

/* What the first server was asked, the others are asked too. */
static void mirror(struct planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_dns_facts *facts = lp_dns_of(p->log->at[i]);
        for (size_t s = 1; facts && facts->server == 0 && s < p->log->setup.servers.n; s++) {
            struct lp_resolved q = { .name = facts->name,
                                     .type = facts->type,
                                     .server = (int64_t)s };
            want_at_server(p, &q, p->log->at[i]->parent);
        }
    }
}

static void count_asked(struct planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_dns_facts *facts = lp_dns_of(e);
        bool refused = lp_str_starts_nocase(e->why, "limit ");
        p->questions += !refused && facts && facts->server == 0;
        p->endpoints += !refused && lp_link_of(e) != NULL;
        p->refused += refused;
    }
}

static void want_client(struct planner *p, const struct lp_client *client)
{
    want_rows(p, client->inside);
    if (client->outside != client->inside)
        want_rows(p, client->outside);
}

void lp_plan_missing(const struct lp_log *log, struct lp_arena *arena, struct lp_asks *out)
{
    struct planner p = { .log = log, .arena = arena, .out = out };
    const struct lp_client *first = lp_client_by_name(log->setup.client);
    *out = (struct lp_asks){ 0 };
    count_asked(&p);
    /* before any limit: the client that decides */
    if (first)
        want_client(&p, first);
    for (size_t i = 0; i < lp_client_count; i++)
        want_client(&p, &lp_clients[i]);
    want_wildcard(&p);
    follow_autodiscover(&p);
    follow_access(&p);
    mirror(&p);
}
