/* zone_servers.c - the name servers of the zone that holds the SIP domain */
#include "lp/name.h"
#include "lp/plan_parts.h"

static void resolve_ns(const struct lp_log *log, struct lp_arena *arena, struct lp_str name,
                       struct lp_resolved *out)
{
    struct lp_resolved q = { .name = name, .type = LP_DNS_NS };
    lp_resolve(log, arena, &q, out);
}

/* The zone whose SOA came with the denial; unset: none, or none above the domain. */
static struct lp_str zone_above(const struct lp_log *log, const struct lp_resolved *r)
{
    const struct lp_evidence *e = r->evidence_count ? lp_log_by_id(log, r->evidence[0]) : NULL;
    const struct lp_dns_facts *facts = e ? lp_dns_of(e) : NULL;
    const struct lp_rr *rrs = facts ? facts->rrs.at : NULL;
    for (size_t i = 0; facts && i < facts->rrs.n; i++) {
        if (rrs[i].type == LP_DNS_SOA && !lp_name_eq(rrs[i].owner, r->name) &&
            lp_name_in_domain(r->name, rrs[i].owner))
            return rrs[i].owner;
    }
    return LP_STR_NONE;
}

/* NS records of the domain, else of the zone above it. */
static void find_ns(const struct lp_log *log, struct lp_arena *arena, struct lp_resolved *out)
{
    resolve_ns(log, arena, log->setup.domain, out);
    struct lp_str above = out->record_count ? LP_STR_NONE : zone_above(log, out);
    if (above.n)
        resolve_ns(log, arena, above, out);
}

void lp_want_servers(struct lp_planner *p)
{
    struct lp_resolved ns;
    find_ns(p->log, p->arena, &ns);
    if (ns.next.p)
        lp_want_question(p, LP_DNS_NS, ns.next, 0);
    for (size_t i = 0; i < ns.record_count && i < LP_MAX_SERVERS; i++) {
        struct lp_places places;
        lp_places_of(p->log, p->arena, ns.records[i]->name, 53, &places);
        if (places.a.next.p)
            lp_want_question(p, LP_DNS_A, places.a.next, ns.evidence[0]);
        if (places.aaaa.next.p)
            lp_want_question(p, LP_DNS_AAAA, places.aaaa.next, ns.evidence[0]);
    }
}

static void add_addresses(const struct lp_log *log, struct lp_arena *arena, struct lp_str host,
                          struct lp_list *out)
{
    struct lp_places places;
    struct lp_cidr *allow;
    size_t n = lp_setup_allow(&log->setup, arena, &allow);
    lp_places_of(log, arena, host, 53, &places);
    for (size_t i = 0; i < places.n; i++) {
        const struct lp_addr *a = &places.at[i].address;
        char address[LP_ADDR_TEXT];
        if (lp_guard_address(a, allow, n))
            continue;
        lp_addr_format(a, address, sizeof address);
        struct lp_str text = lp_arena_printf(arena, a->family == 6 ? "[%s]:53" : "%s:53", address);
        lp_list_push(arena, out, &text, sizeof text);
    }
}

void lp_zone_servers(const struct lp_log *log, struct lp_arena *arena, struct lp_list *servers)
{
    struct lp_resolved ns;
    find_ns(log, arena, &ns);
    for (size_t i = 0; i < ns.record_count && i < LP_MAX_SERVERS; i++) {
        struct lp_server server = { .label = ns.records[i]->name, .zone = ns.canonical };
        add_addresses(log, arena, server.label, &server.addresses);
        if (server.addresses.n)
            lp_list_push(arena, servers, &server, sizeof server);
    }
}
