/* expect_places.c - names and addresses that a topology gives its roles */
#include "lp/expect_parts.h"
#include "lp/name.h"

struct lp_str lp_pool_web_internal(const struct lp_pool *pool)
{
    return pool->web_internal.n ? pool->web_internal : pool->fqdn;
}

bool lp_pool_balances_by_dns(const struct lp_pool *pool)
{
    return pool->members.n && (!pool->addresses.n || (pool->web_internal.n &&
                                                      !lp_name_eq(pool->web_internal, pool->fqdn)));
}

void lp_add_addresses(const struct lp_derive *derive, struct lp_list *to,
                      const struct lp_list *from)
{
    const struct lp_addr *at = from->at;
    for (size_t i = 0; i < from->n; i++) {
        if (!lp_list_has_addr(to, &at[i]))
            lp_list_push(derive->arena, to, &at[i], sizeof at[i]);
    }
}

void lp_add_name(const struct lp_derive *derive, struct lp_list *to, struct lp_str name)
{
    struct lp_str normal = lp_name_normal(derive->arena, name);
    if (name.n && !lp_list_has_str(to, normal))
        lp_list_push(derive->arena, to, &normal, sizeof normal);
}

void lp_add_domain_names(const struct lp_derive *derive, struct lp_list *to, const char *pattern)
{
    const struct lp_marked *domains = derive->topology->sip_domains.at;
    for (size_t i = 0; i < derive->topology->sip_domains.n; i++) {
        if (lp_topology_hosting(derive->topology, domains[i].text, NULL) != LP_HOSTING_CLOUD)
            lp_add_name(derive, to, lp_name_expand(derive->arena, pattern, domains[i].text));
    }
}

void lp_add_url_hosts(const struct lp_derive *derive, struct lp_list *to, enum lp_url_kind kind)
{
    const struct lp_simple_url *urls = derive->topology->urls.at;
    for (size_t i = 0; i < derive->topology->urls.n; i++) {
        if (urls[i].kind == kind)
            lp_add_name(derive, to, urls[i].host);
    }
}

/* Addresses of its servers. */
static void add_members(const struct lp_derive *derive, struct lp_list *to,
                        const struct lp_pool *pool)
{
    const struct lp_member *members = pool->members.at;
    for (size_t i = 0; i < pool->members.n; i++)
        lp_add_addresses(derive, to, &members[i].addresses);
}

void lp_add_web(const struct lp_derive *derive, struct lp_list *to, const struct lp_pool *pool)
{
    if (pool->addresses.n)
        lp_add_addresses(derive, to, &pool->addresses);
    else
        add_members(derive, to, pool);
}

void lp_add_pool(const struct lp_derive *derive, struct lp_list *to, const struct lp_pool *pool)
{
    if (lp_pool_balances_by_dns(pool))
        add_members(derive, to, pool);
    else
        lp_add_addresses(derive, to, &pool->addresses);
}

void lp_add_pool_others(const struct lp_derive *derive, struct lp_list *to,
                        const struct lp_pool *pool)
{
    if (lp_pool_balances_by_dns(pool))
        lp_add_addresses(derive, to, &pool->addresses);
}

static const struct lp_pool *first_of(const struct lp_topology *topology, enum lp_role role)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].role == role)
            return &pools[i];
    }
    return NULL;
}

const struct lp_pool *lp_first_pool(const struct lp_topology *topology, unsigned roles)
{
    /* A Director stands before the pools where there is one: domain.md 7.1. */
    const struct lp_pool *found =
        (roles & LP_BIT(LP_ROLE_DIRECTOR)) != 0 ? first_of(topology, LP_ROLE_DIRECTOR) : NULL;
    for (int role = 0; !found && role < LP_ROLE_COUNT; role++) {
        if (roles & LP_BIT(role))
            found = first_of(topology, (enum lp_role)role);
    }
    return found;
}

const struct lp_pool *lp_next_hop(const struct lp_topology *topology, const struct lp_pool *edge)
{
    if (edge->next_hop.n)
        return lp_topology_pool(topology, LP_ROLE_COUNT, edge->next_hop);
    return lp_first_pool(topology, LP_ROLES_WEB);
}

const struct lp_pool *lp_first_edge(const struct lp_topology *topology)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].access.fqdn.n)
            return &pools[i];
    }
    return NULL;
}

bool lp_publishes_web(const struct lp_topology *topology)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].role == LP_ROLE_PROXY || pools[i].web_external.n)
            return true;
    }
    return false;
}

bool lp_is_published(const struct lp_topology *topology, struct lp_str host)
{
    const struct lp_pool *pools = topology->pools.at;
    size_t proxies = 0;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].role != LP_ROLE_PROXY)
            continue;
        proxies++;
        if (!pools[i].publishes.n || lp_list_has_name(&pools[i].publishes, host))
            return true;
    }
    return !proxies && lp_publishes_web(topology);
}

static void add_office(const struct lp_derive *derive, struct lp_list *to)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    for (size_t i = 0; i < derive->topology->pools.n; i++) {
        if (pools[i].role == LP_ROLE_OFFICE && lp_is_public_name(derive->topology, pools[i].fqdn))
            lp_add_name(derive, to, pools[i].fqdn);
    }
}

/* Everything that is meant for the outside. */
static void add_web_hosts(const struct lp_derive *derive, struct lp_list *to)
{
    const struct lp_pool *pools = derive->topology->pools.at;
    for (size_t i = 0; i < derive->topology->pools.n; i++)
        lp_add_name(derive, to, pools[i].web_external);
    lp_add_url_hosts(derive, to, LP_URL_MEET);
    lp_add_url_hosts(derive, to, LP_URL_DIALIN);
    add_office(derive, to);
}

void lp_add_published(const struct lp_derive *derive, struct lp_list *to,
                      const struct lp_pool *proxy)
{
    struct lp_list all = { 0 };
    const struct lp_str *named = proxy->publishes.at;
    add_web_hosts(derive, &all);
    const struct lp_str *at = all.at;
    for (size_t i = 0; i < all.n; i++) {
        if (!proxy->publishes.n || lp_list_has_name(&proxy->publishes, at[i]))
            lp_add_name(derive, to, at[i]);
    }
    for (size_t i = 0; i < proxy->publishes.n; i++) {
        if (!lp_str_starts_nocase(named[i], "lyncdiscover."))
            lp_add_name(derive, to, named[i]);
    }
}

struct lp_str lp_domain_of(const struct lp_topology *topology, struct lp_str name)
{
    const struct lp_marked *domains = topology->sip_domains.at;
    struct lp_str best = LP_STR_NONE;
    for (size_t i = 0; i < topology->sip_domains.n; i++) {
        if (domains[i].text.n > best.n && lp_name_in_domain(name, domains[i].text))
            best = domains[i].text;
    }
    return best;
}

/* The AD domain may lie below a SIP domain (corp.contoso.com): its names stay inside. */
bool lp_is_public_name(const struct lp_topology *topology, struct lp_str name)
{
    struct lp_str domain = lp_domain_of(topology, name), ad = topology->ad_domain.text;
    return domain.n && !(ad.n > domain.n && lp_name_in_domain(name, ad));
}

int64_t lp_edge_port(const struct lp_edge_service *service)
{
    return service->port ? service->port : 443;
}
