/* plan.c - which questions are missing */
#include <string.h>

#include "lp/plan_parts.h"

static void want_autodiscover(struct lp_planner *p, const struct lp_step *row, struct lp_str name)
{
    static const struct {
        const char *scheme;
        int64_t port;
    } schemes[] = { { "http://", 80 }, { "https://", 443 } };
    (void)row;
    for (size_t i = 0; i < LP_COUNT(schemes); i++) {
        struct lp_str parts[] = { lp_str_of(schemes[i].scheme), name, LP_STR("/") };
        lp_want_spot(p, &(struct lp_spot){ .probe = &lp_probe_autodiscover,
                                           .host = name,
                                           .port = schemes[i].port,
                                           .url = lp_arena_join(p->arena, parts, LP_COUNT(parts)),
                                           .plain = schemes[i].port == 80 });
    }
}

static void want_srv(struct lp_planner *p, const struct lp_step *row, struct lp_str name)
{
    struct lp_resolved question = { .name = name, .type = LP_DNS_SRV }, srv;
    lp_resolve(p->log, p->arena, &question, &srv);
    if (srv.next.p)
        lp_want_question(p, LP_DNS_SRV, srv.next, 0);
    p->for_srv = true;
    for (size_t i = 0; i < srv.record_count && i < LP_MAX_TARGETS; i++) {
        const struct lp_rr *rr = srv.records[i];
        lp_want_spot(p, &(struct lp_spot){ .probe = &lp_probe_sip,
                                           .host = rr->name,
                                           .port = rr->port,
                                           .plain = row->plain,
                                           .parent = srv.evidence[srv.evidence_count - 1],
                                           .from_network = true });
    }
    p->for_srv = false;
}

static void want_host(struct lp_planner *p, const struct lp_step *row, struct lp_str name)
{
    for (size_t i = 0; i < LP_COUNT(row->ports) && row->ports[i]; i++)
        lp_want_spot(p, &(struct lp_spot){ .probe = &lp_probe_sip,
                                           .host = name,
                                           .port = row->ports[i],
                                           .plain = row->plain });
}

/* Most clients ask for the same: what one has wanted, the next need not want again. */
static bool is_known(struct lp_planner *p, const struct lp_step *row)
{
    for (size_t i = 0; i < p->row_count; i++) {
        const struct lp_step *r = p->rows[i];
        if (r->kind == row->kind && r->plain == row->plain && r->ports[0] == row->ports[0] &&
            r->ports[1] == row->ports[1] && strcmp(r->pattern, row->pattern) == 0)
            return true;
    }
    if (p->row_count < LP_COUNT(p->rows))
        p->rows[p->row_count++] = row;
    return false;
}

static void want_steps(struct lp_planner *p, const struct lp_step *rows)
{
    static void (*const want[])(struct lp_planner *, const struct lp_step *, struct lp_str) = {
        [LP_STEP_AUTODISCOVER] = want_autodiscover,
        [LP_STEP_SRV] = want_srv,
        [LP_STEP_HOST] = want_host,
    };
    for (size_t i = 0; rows[i].label; i++) {
        if (!is_known(p, &rows[i]))
            want[rows[i].kind](p, &rows[i],
                               lp_name_expand(p->arena, rows[i].pattern, p->log->setup.domain));
    }
}

/* A name that nobody would enter: does the zone answer anything that is asked? */
static void want_wildcard(struct lp_planner *p)
{
    struct lp_str parts[] = { p->log->setup.label, LP_STR("."), p->log->setup.domain };
    if (p->log->setup.label.n)
        lp_want_question(p, p->log->setup.only6 ? LP_DNS_AAAA : LP_DNS_A,
                         lp_arena_join(p->arena, parts, 3), 0);
}

static bool is_url_wanted(const struct lp_planner *p, struct lp_str url)
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

static struct lp_spot spot_of(const struct lp_evidence *e, const struct lp_url *to)
{
    return (struct lp_spot){ .probe = &lp_probe_autodiscover,
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
static void want_document(struct lp_planner *p, const struct lp_evidence *root, const char *token)
{
    struct lp_url to;
    const struct lp_link *link = lp_link_of(root);
    if (!lp_ad_link_url(root, token, p->arena, &to))
        return;
    struct lp_spot spot = spot_of(root, &to);
    bool same_node = lp_name_eq(to.host, link->host) && to.port == link->port;
    if (!same_node) {
        lp_want_spot(p, &spot);
        return;
    }
    if (is_url_wanted(p, to.text))
        return;
    int64_t connect_port = link->connect_port == link->port ? 0 : link->connect_port;
    lp_want_probe(p, &spot, &(struct lp_place){ link->address, connect_port, link->overridden, 0 });
}

static void follow_autodiscover(struct lp_planner *p)
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
            struct lp_spot spot = spot_of(e, &to);
            lp_want_spot(p, &spot);
        }
    }
}

/* The SIP access of the run's view; that of the other view is shown, never asked
   (DESIGN 4). */
static void follow_access(struct lp_planner *p)
{
    struct lp_str why;
    if (!lp_view_is_settled(p))
        return;
    bool internal = lp_view_is_internal(p->log, p->arena, &why);
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_ad_doc *doc = lp_ad_doc_of(e);
        const struct lp_ad_access *named =
            doc && !doc->problem.n ? lp_addoc_sip(doc, internal) : NULL;
        if (named)
            lp_want_spot(p, &(struct lp_spot){ .probe = &lp_probe_sip,
                                               .host = named->fqdn,
                                               .port = named->port,
                                               .parent = e->id,
                                               .from_network = true });
    }
}

/* What the first server was asked, the others are asked too. */
static void mirror(struct lp_planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_dns_facts *facts = lp_dns_of(p->log->at[i]);
        for (size_t s = 1; facts && facts->server == 0 && s < p->log->setup.servers.n; s++) {
            struct lp_resolved q = { .name = facts->name,
                                     .type = facts->type,
                                     .server = (int64_t)s };
            lp_want_at_server(p, &q, p->log->at[i]->parent);
        }
    }
}

static void count_asked(struct lp_planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_dns_facts *facts = lp_dns_of(e);
        bool refused = lp_str_starts_nocase(e->why, "limit ");
        if (lp_keyset_has(&p->named, e->key))
            continue;
        p->questions += !refused && facts && facts->server == 0;
        bool connects = !refused && lp_link_of(e);
        p->besides += connects && lp_is_beside(e);
        p->endpoints += connects && !lp_is_beside(e);
        p->refused += refused;
    }
}

static void want_client(struct lp_planner *p, const struct lp_client *client)
{
    want_steps(p, client->inside);
    if (client->outside != client->inside)
        want_steps(p, client->outside);
}

void lp_plan_missing(const struct lp_log *log, struct lp_arena *arena, struct lp_asks *out)
{
    struct lp_planner p = { .log = log,
                            .arena = arena,
                            .out = out,
                            .wanted = { .arena = arena },
                            .named = { .arena = arena },
                            .walked = { .arena = arena } };
    const struct lp_client *first = lp_client_by_name(log->setup.client);
    *out = (struct lp_asks){ 0 };
    lp_name_rows(&p);
    count_asked(&p);
    if (lp_str_eq(log->setup.part, LP_STR("servers"))) {
        lp_want_servers(&p);
        return;
    }
    p.names_only = lp_str_eq(log->setup.part, LP_STR("names"));
    /* before any limit: the client that decides */
    p.walking = true;
    if (first)
        want_client(&p, first);
    p.walking = false;
    for (size_t i = 0; i < lp_client_count; i++)
        want_client(&p, &lp_clients[i]);
    want_wildcard(&p);
    p.walking = true;
    follow_autodiscover(&p);
    follow_access(&p);
    p.walking = false;
    lp_follow_sts(&p);
    lp_want_rows(&p);
    mirror(&p);
    bool quiet = out->n == 0;
    lp_follow_revocation(&p, quiet);
    lp_follow_ocsp(&p);
    lp_want_beside(&p, quiet);
}
