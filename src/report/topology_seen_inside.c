/* topology_seen_inside.c - a walk from inside: the pool and its servers */
#include "lp/name.h"
#include "lp/text.h"
#include "lp/topology_seen_parts.h"

/* The answer from that address; NULL: none was had there. */
static const struct lp_sip_facts *answer_from(const struct lp_seeing *s,
                                              const struct lp_addr *address)
{
    for (size_t i = 0; i < s->log->n; i++) {
        const struct lp_sip_facts *sip = lp_seen_sip(s->log->at[i]);
        if (sip && lp_addr_eq(&sip->link.address, address))
            return sip;
    }
    return NULL;
}

/* ---- the pool's name ---- */

/* Behind sip.<sip-domain>, which strict naming makes many point SRV records at, the certificate
 * says the pool's own name: its subject (poster, certificate table). */
static struct lp_str subject_behind(const struct lp_seeing *s, struct lp_str host)
{
    struct lp_list addresses = { NULL, 0 };
    const struct lp_addr *at;
    lp_seen_addresses(s, host, &addresses);
    at = addresses.at;
    for (size_t i = 0; i < addresses.n; i++) {
        const struct lp_sip_facts *sip = answer_from(s, &at[i]);
        const struct lp_certificate *leaf = sip ? lp_log_leaf(s->log, &sip->link) : NULL;
        if (leaf && lp_name_is_host(leaf->common_name))
            return leaf->common_name;
    }
    return host;
}

/* The name that leads to the pool. Unset: none does. */
static struct lp_str way_in(const struct lp_seeing *s)
{
    static const char *const hosts[] = { "sipinternal.<sip-domain>", "sip.<sip-domain>" };
    const struct lp_srv_target *target =
        lp_seen_target(lp_seen_step(s, "_sipinternaltls._tcp.<sip-domain>"));
    if (target)
        return target->rr->name;
    for (size_t i = 0; i < LP_COUNT(hosts); i++) {
        const struct lp_step_result *step = lp_seen_step(s, hosts[i]);
        if (step && step->places.n)
            return step->name;
    }
    return LP_STR_NONE;
}

/* ---- its servers ---- */

static struct lp_member *member_named(struct lp_pool *pool, struct lp_str fqdn)
{
    struct lp_member *at = pool->members.at;
    for (size_t i = 0; i < pool->members.n; i++) {
        if (lp_name_eq(at[i].fqdn, fqdn))
            return &at[i];
    }
    return NULL;
}

/* One address of each family: more would be a balancer's, or a server's that names another. */
static bool may_have(const struct lp_member *member, const struct lp_addr *address)
{
    const struct lp_addr *at = member->addresses.at;
    for (size_t i = 0; i < member->addresses.n; i++) {
        if (at[i].family == address->family)
            return false;
    }
    return true;
}

/* Which server answers at the address? False: it does not say so in a way that can be believed. */
static bool take_server(const struct lp_seeing *s, struct lp_pool *pool,
                        const struct lp_addr *address)
{
    const struct lp_sip_facts *sip = answer_from(s, address);
    if (!sip || !lp_name_is_host(sip->target_name) || lp_name_eq(sip->target_name, pool->fqdn))
        return false;
    struct lp_member *member = member_named(pool, sip->target_name);
    if (!member) {
        struct lp_member new = { .fqdn = lp_name_normal(s->arena, sip->target_name) };
        lp_list_push(s->arena, &pool->members, &new, sizeof new);
        member = member_named(pool, sip->target_name);
    }
    if (!may_have(member, address))
        return false;
    lp_list_push(s->arena, &member->addresses, address, sizeof *address);
    return true;
}

/* All servers of the pool, or none of them: half a pool would be a wrong one. A single one is
 * rather behind a balancer. */
static void see_servers(const struct lp_seeing *s, struct lp_pool *pool,
                        const struct lp_list *addresses)
{
    const struct lp_addr *at = addresses->at;
    bool all = true;
    for (size_t i = 0; i < addresses->n && all; i++)
        all = take_server(s, pool, &at[i]);
    if (all && pool->members.n > 1)
        return;
    const struct lp_member *members = pool->members.at;
    if (pool->members.n)
        lp_note_add(s->arena, s->notes, pool->fqdn.p,
                    "A server of it: %s (targetname of its 401). Which servers has it?\n"
                    "members: [{fqdn: %s, addresses: [...]}]",
                    lp_term(s->arena, members[0].fqdn), lp_term(s->arena, members[0].fqdn));
    else
        lp_note_add(s->arena, s->notes, pool->fqdn.p, "Which servers has it? members: ...");
    pool->members = (struct lp_list){ NULL, 0 };
}

static bool is_part(const struct lp_list *part, const struct lp_list *whole)
{
    const struct lp_addr *at = part->at;
    for (size_t i = 0; i < part->n; i++) {
        if (!lp_list_has_addr(whole, &at[i]))
            return false;
    }
    return true;
}

/* Web addresses that are not the pool's are a balancer's. Without the servers the file could not
 * tell the two apart: then it says none, and DNS is asked. */
static void see_addresses(struct lp_seeing *s, struct lp_pool *pool,
                          const struct lp_list *addresses)
{
    struct lp_list web = { NULL, 0 };
    lp_seen_addresses(s, pool->web_internal.n ? pool->web_internal : pool->fqdn, &web);
    bool apart = !is_part(&web, addresses);
    if (!pool->members.n && !apart)
        pool->addresses = *addresses;
    else if (pool->members.n && apart)
        pool->addresses = web;
    else if (!pool->members.n)
        lp_note_add(s->arena, s->notes, pool->fqdn.p,
                    "Seen: SIP at %s, web at %s. Which of them is a load balancer's?",
                    lp_seen_list(s, addresses), lp_seen_list(s, &web));
}

static void see_pool(struct lp_seeing *s, struct lp_str way)
{
    struct lp_str sip = lp_name_expand(s->arena, "sip.<sip-domain>", s->log->setup.domain);
    struct lp_str name = lp_name_eq(way, sip) ? subject_behind(s, way) : way;
    struct lp_pool pool = { .role = LP_ROLE_FRONT_END, .fqdn = lp_name_normal(s->arena, name) };
    struct lp_str web = lp_seen_web(s);
    struct lp_list addresses = { NULL, 0 };
    lp_seen_addresses(s, way, &addresses);
    if (web.n && !lp_name_eq(web, pool.fqdn))
        pool.web_internal = web;
    lp_note_add(
        s->arena, s->notes, pool.fqdn.p,
        "A Front End pool? Or a Standard Edition server, or a Director: then it belongs to\n"
        "standard-edition-servers or directors.\n"
        "Which is its external Web Services FQDN? web: {external: ...}");
    see_servers(s, &pool, &addresses);
    see_addresses(s, &pool, &addresses);
    lp_list_push(s->arena, &s->topology->pools, &pool, sizeof pool);
}

void lp_seen_inside(struct lp_seeing *s)
{
    struct lp_str way = way_in(s);
    if (way.n)
        see_pool(s, way);
    else
        lp_note_add(s->arena, s->notes, "front-end-pools",
                    "No record leads to a pool. Which pools are there?\n"
                    "front-end-pools:\n"
                    "  - {fqdn: pool01.corp.contoso.com, addresses: [...]}");
    lp_note_add(s->arena, s->notes, "edge-pools",
                "Is there an Edge pool? It is seen from outside.\n"
                "edge-pools:\n"
                "  - fqdn: edgepool.corp.contoso.com\n"
                "    access: {fqdn: access.contoso.com, addresses: [...]}");
    lp_note_add(s->arena, s->notes, "reverse-proxies",
                "Is there a reverse proxy? It is seen from outside, too.\n"
                "reverse-proxies:\n"
                "  - {addresses: [...]}");
}
