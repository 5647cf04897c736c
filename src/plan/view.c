/* view.c - inside or outside? decided from the DNS evidence, with the reason in words */
#include "lp/plan.h"

/* What the names of one group show. */
struct seen {
    size_t records; /* names with a record */
    size_t inside;  /* addresses of class inside */
    size_t outside; /* public addresses */
};

struct eye {
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_cidr *allow;
    size_t allow_n;
};

static void count_places(struct eye *eye, struct lp_str host, int64_t port, struct seen *seen)
{
    struct lp_places places;
    lp_places_of(eye->log, eye->arena, host, port, &places);
    seen->records += places.n > 0;
    for (size_t i = 0; i < places.n; i++) {
        bool inside =
            lp_addr_class(&places.at[i].address, eye->allow, eye->allow_n) == LP_CLASS_INSIDE;
        seen->inside += inside;
        seen->outside += !inside;
    }
}

static void count_name(struct eye *eye, const char *pattern, struct seen *seen)
{
    struct lp_str name = lp_name_expand(eye->arena, pattern, eye->log->setup.domain);
    if (name.n && name.p[0] != '_') {
        count_places(eye, name, 443, seen);
        return;
    }
    struct lp_resolved question = { .name = name, .type = LP_DNS_SRV }, srv;
    lp_resolve(eye->log, eye->arena, &question, &srv);
    seen->records += srv.record_count > 0;
    for (size_t i = 0; i < srv.record_count && i < LP_MAX_TARGETS; i++)
        count_places(eye, srv.records[i]->name, srv.records[i]->port, seen);
}

/* Rows: what was found, in this order of weight. */
static bool decide(const struct seen *in, const struct seen *other, const struct seen *out,
                   struct lp_str *why)
{
    if (in->inside) {
        *why = LP_STR("names of the inside have inside addresses");
        return true;
    }
    if (in->records && !out->records) {
        *why = LP_STR("only names of the inside exist");
        return true;
    }
    if (in->records) {
        *why = LP_STR("names of the outside exist, and those of the inside have no inside address");
        return false;
    }
    if (other->inside && !other->outside && !out->outside) {
        *why = LP_STR("all addresses are inside addresses");
        return true;
    }
    *why = out->records || other->records ? LP_STR("no name of the inside exists")
                                          : LP_STR("nothing was found");
    return false;
}

bool lp_view_is_internal(const struct lp_log *log, struct lp_arena *arena, struct lp_str *why)
{
    static const char *const inside[] = { "lyncdiscoverinternal.<sip-domain>",
                                          "_sipinternaltls._tcp.<sip-domain>",
                                          "_sipinternal._tcp.<sip-domain>",
                                          "sipinternal.<sip-domain>" };
    static const char *const outside[] = { "_sip._tls.<sip-domain>", "sipexternal.<sip-domain>",
                                           "lyncdiscover.<sip-domain>" };
    struct seen in = { 0 }, out = { 0 }, other = { 0 };
    struct eye eye = { .log = log, .arena = arena };

    *why = LP_STR("asked for");
    if (!lp_str_eq(log->setup.view, LP_STR("auto")))
        return lp_str_eq(log->setup.view, LP_STR("internal"));
    eye.allow_n = lp_setup_allow(&log->setup, arena, &eye.allow);
    for (size_t i = 0; i < LP_COUNT(inside); i++)
        count_name(&eye, inside[i], &in);
    for (size_t i = 0; i < LP_COUNT(outside); i++)
        count_name(&eye, outside[i], &out);
    count_name(&eye, "sip.<sip-domain>", &other);
    return decide(&in, &other, &out, why);
}
