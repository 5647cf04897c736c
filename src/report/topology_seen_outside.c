/* topology_seen_outside.c - a walk from outside: the Access Edge and the reverse proxy */
#include "lp/facts.h"
#include "lp/name.h"
#include "lp/text.h"
#include "lp/topology_seen_parts.h"

/* Who answered behind the Edge: an inside name, which only the 401 tells. */
static void see_next_hop(struct lp_seeing *s, const struct lp_pool *pool)
{
    for (size_t i = 0; i < s->log->n; i++) {
        const struct lp_sip_facts *sip = lp_seen_sip(s->log->at[i]);
        if (!sip || !lp_name_is_host(sip->target_name))
            continue;
        lp_note_add(s->arena, s->notes, pool->access.fqdn.p,
                    "Behind it answers %s (targetname of the 401): of which pool or Director?\n"
                    "next-hop: ...",
                    lp_term(s->arena, sip->target_name));
        return;
    }
}

/* The host and port that the sign-in record gives, else sip.<sip-domain> at the port that
 * answers. */
static bool see_access(struct lp_seeing *s, struct lp_edge_service *access)
{
    const struct lp_srv_target *target = lp_seen_target(lp_seen_step(s, "_sip._tls.<sip-domain>"));
    const struct lp_step_result *sip = lp_seen_step(s, "sip.<sip-domain>");
    int64_t port = 0;
    if (target) {
        access->fqdn = lp_name_normal(s->arena, target->rr->name);
        port = target->rr->port;
    } else if (sip && sip->endpoint) {
        access->fqdn = lp_name_normal(s->arena, sip->name);
        port = sip->endpoint_port;
    }
    access->port = port == 443 ? 0 : port;
    if (access->fqdn.n)
        lp_seen_addresses(s, access->fqdn, &access->addresses);
    return access->fqdn.n > 0;
}

static void see_edge(struct lp_seeing *s)
{
    struct lp_pool pool = { .role = LP_ROLE_EDGE };
    if (!see_access(s, &pool.access)) {
        lp_note_add(s->arena, s->notes, "edge-pools",
                    "No record leads to an Access Edge. Which one is there?\n"
                    "edge-pools:\n"
                    "  - access: {fqdn: access.contoso.com, addresses: [...]}");
        return;
    }
    see_next_hop(s, &pool);
    lp_note_add(s->arena, s->notes, pool.access.fqdn.p,
                "Which FQDN and addresses has the Edge pool inside? fqdn: ...\n"
                "Which are its other services?\n"
                "conferencing: {fqdn: ..., addresses: [...]}\n"
                "av: {fqdn: ..., addresses: [...]}");
    lp_list_push(s->arena, &s->topology->pools, &pool, sizeof pool);
}

/* A host that was seen, and that no other row of the tables would ask for. */
static void require_host(struct lp_seeing *s, struct lp_str host, const struct lp_list *addresses)
{
    struct lp_required required = {
        .name = host, .type = LP_DNS_A, .external = true, .addresses = *addresses
    };
    lp_list_push(s->arena, &s->topology->required, &required, sizeof required);
}

static void see_proxy(struct lp_seeing *s)
{
    const struct lp_step_result *step = lp_seen_step(s, "lyncdiscover.<sip-domain>");
    struct lp_pool pool = { .role = LP_ROLE_PROXY };
    struct lp_str web = lp_seen_web(s);
    if (step)
        lp_seen_addresses(s, step->name, &pool.addresses);
    if (!pool.addresses.n) {
        lp_note_add(s->arena, s->notes, "reverse-proxies",
                    "lyncdiscover leads nowhere. Is there a reverse proxy?\n"
                    "reverse-proxies:\n"
                    "  - {addresses: [...]}");
        return;
    }
    if (web.n && !lp_name_eq(web, step->name)) {
        struct lp_list addresses = { NULL, 0 };
        lp_seen_addresses(s, web, &addresses);
        lp_seen_addresses(s, web, &pool.addresses);
        require_host(s, web, &addresses);
        lp_list_push(s->arena, &pool.publishes, &web, sizeof web);
    }
    lp_note_add(s->arena, s->notes, "reverse-proxies", "Does it publish more hosts?");
    lp_list_push(s->arena, &s->topology->pools, &pool, sizeof pool);
}

void lp_seen_outside(struct lp_seeing *s)
{
    lp_note_add(s->arena, s->notes, "front-end-pools",
                "Pools and Directors are not seen from outside. Which are there?\n"
                "front-end-pools:\n"
                "  - fqdn: pool01.corp.contoso.com\n"
                "    members: [{fqdn: fe01.corp.contoso.com, addresses: [...]}]\n"
                "    web: {external: ...}");
    see_edge(s);
    see_proxy(s);
}
