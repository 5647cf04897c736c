/* expect_points.c - what the records of the DNS table say: addresses, targets, ports */
#include "lp/expect_parts.h"
#include "lp/name.h"

/* ---- addresses ---- */

/* Adds what each pool of those roles gives; where one gives nothing, any address may be
 * right. */
static void accept(const struct lp_site *at, struct lp_expect_dns *dns, unsigned roles,
                   void (*add)(const struct lp_derive *, struct lp_list *, const struct lp_pool *))
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    bool any = false;
    for (size_t i = 0; i < at->derive->topology->pools.n; i++) {
        struct lp_list own = { 0 };
        if (!lp_role_in(roles, &pools[i]))
            continue;
        add(at->derive, &own, &pools[i]);
        any = any || own.n == 0;
        lp_add_addresses(at->derive, &dns->addresses, &own);
    }
    if (any)
        dns->addresses = (struct lp_list){ 0 };
    if (any || dns->planned > dns->addresses.n)
        dns->planned = 0;
}

static void find_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *home = lp_first_pool(at->derive->topology, LP_ROLES_WEB);
    if (!home)
        return;
    lp_add_web(at->derive, &dns->addresses, home);
    dns->planned = dns->addresses.n;
    dns->target = lp_pool_web_internal(home);
    accept(at, dns, LP_ROLES_WEB, lp_add_web);
}

void lp_at_pool_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_add_web(at->derive, &dns->addresses, at->pool);
    dns->planned = dns->addresses.n;
}

void lp_at_pool(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_add_pool(at->derive, &dns->addresses, at->pool);
    dns->planned = dns->addresses.n;
    if (dns->planned)
        lp_add_pool_others(at->derive, &dns->addresses, at->pool);
}

void lp_at_member(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_add_addresses(at->derive, &dns->addresses, &at->member->addresses);
    dns->planned = dns->addresses.n;
}

static void add_pool_all(const struct lp_derive *derive, struct lp_list *to,
                         const struct lp_pool *pool)
{
    lp_add_pool(derive, to, pool);
    lp_add_pool_others(derive, to, pool);
}

static void find_registrar(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *home = lp_first_pool(at->derive->topology, LP_ROLES_WEB);
    if (!home)
        return;
    lp_add_pool(at->derive, &dns->addresses, home);
    dns->planned = dns->addresses.n;
    dns->target = home->fqdn;
    accept(at, dns, LP_ROLES_WEB, add_pool_all);
}

static void add_own(const struct lp_derive *derive, struct lp_list *to, const struct lp_pool *pool)
{
    lp_add_addresses(derive, to, &pool->addresses);
}

/* The reverse proxies; the first one is the plan's. */
static void find_proxy(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_topology *topology = at->derive->topology;
    const struct lp_pool *proxy = lp_first_pool(topology, LP_BIT(LP_ROLE_PROXY));
    if (proxy)
        add_own(at->derive, &dns->addresses, proxy);
    dns->planned = dns->addresses.n;
    accept(at, dns, LP_BIT(LP_ROLE_PROXY), add_own);
}

static void add_access(const struct lp_derive *derive, struct lp_list *to,
                       const struct lp_pool *pool)
{
    struct lp_list seen = lp_edge_public(&pool->access);
    lp_add_addresses(derive, to, &seen);
}

static void find_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *edge = lp_first_edge(at->derive->topology);
    if (!edge)
        return;
    add_access(at->derive, &dns->addresses, edge);
    dns->planned = dns->addresses.n;
    dns->target = edge->access.fqdn;
    accept(at, dns, LP_BIT(LP_ROLE_EDGE), add_access);
}

/* ---- the same for every SIP domain, so found once ---- */

void lp_points_find(struct lp_derive *derive)
{
    struct lp_points *points = lp_arena_alloc(derive->arena, sizeof *points);
    struct lp_site at = { .derive = derive };
    find_web(&at, &points->web);
    find_registrar(&at, &points->registrar);
    find_proxy(&at, &points->proxy);
    find_access(&at, &points->access);
    derive->points = points;
}

/* The list of addresses stays the one of all: who adds to it, begins another. */
static void take(struct lp_expect_dns *dns, const struct lp_expect_dns *from)
{
    dns->addresses = from->addresses;
    dns->planned = from->planned;
    dns->target = from->target;
}

void lp_at_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    take(dns, &at->derive->points->web);
}

void lp_at_registrar(const struct lp_site *at, struct lp_expect_dns *dns)
{
    take(dns, &at->derive->points->registrar);
}

void lp_at_proxy(const struct lp_site *at, struct lp_expect_dns *dns)
{
    take(dns, &at->derive->points->proxy);
}

void lp_at_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    take(dns, &at->derive->points->access);
}

/* As at_proxy, and an alias of the external web FQDN is the same (poster: A/CNAME). */
void lp_at_proxy_by_name(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    lp_at_proxy(at, dns);
    for (size_t i = 0; i < at->derive->topology->pools.n && !dns->target.n; i++)
        dns->target = pools[i].web_external;
}

/* An external web FQDN inside: by the reverse proxy, or straight to the pool
 * (domain.md 7.1). */
void lp_at_proxy_or_pool(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_expect_dns *proxy = &at->derive->points->proxy;
    dns->planned = proxy->planned;
    lp_add_addresses(at->derive, &dns->addresses, &proxy->addresses);
    if (dns->addresses.n)
        lp_add_web(at->derive, &dns->addresses, at->pool);
}

static void at_service(const struct lp_site *at, struct lp_expect_dns *dns,
                       const struct lp_edge_service *service)
{
    struct lp_list seen = lp_edge_public(service);
    lp_add_addresses(at->derive, &dns->addresses, &seen);
    dns->planned = dns->addresses.n;
}

void lp_at_own_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->access);
}

void lp_at_own_av(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->av);
}

void lp_at_own_conferencing(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->conferencing);
}

/* ---- the hosting cloud (domain.md 2.5) ---- */

static void alias(struct lp_expect_dns *dns, const char *host)
{
    dns->alias = true;
    dns->target = lp_str_of(host);
}

void lp_at_cloud_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    (void)at;
    alias(dns, "webdir.online.lync.com");
}

void lp_at_cloud_sip(const struct lp_site *at, struct lp_expect_dns *dns)
{
    (void)at;
    alias(dns, "sipdir.online.lync.com");
}

static void lead(const struct lp_site *at, struct lp_expect_dns *dns, const char *host)
{
    lp_add_name(at->derive, &dns->targets, lp_str_of(host));
    dns->priority = 100;
    dns->weight = 1;
}

void lp_to_cloud(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lead(at, dns, "sipdir.online.lync.com");
    dns->port = 443;
}

void lp_to_cloud_federation(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lead(at, dns, "sipfed.online.lync.com");
    dns->port = 5061;
}

/* ---- SRV ---- */

/*
 * The plan's target comes first: the FQDN of the file, or sip.<sip-domain> where that
 * FQDN lies outside the SIP domain, which strict naming and federation partners refuse
 * (domain.md 1.3, 7.3).
 */
static void aim(const struct lp_site *at, struct lp_expect_dns *dns, struct lp_str planned)
{
    struct lp_str sip = lp_name_expand(at->derive->arena, "sip.<sip-domain>", at->domain);
    lp_add_name(at->derive, &dns->targets, lp_name_in_domain(planned, at->domain) ? planned : sip);
    lp_add_name(at->derive, &dns->targets, planned);
    lp_add_name(at->derive, &dns->targets, sip);
}

void lp_to_registrar(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    const struct lp_pool *home = lp_first_pool(at->derive->topology, LP_ROLES_WEB);
    if (!home)
        return;
    aim(at, dns, home->fqdn);
    for (size_t i = 0; i < at->derive->topology->pools.n; i++) {
        if (lp_role_in(LP_ROLES_WEB, &pools[i]))
            lp_add_name(at->derive, &dns->targets, pools[i].fqdn);
    }
    dns->port = 5061;
}

void lp_to_registrar_plain(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_to_registrar(at, dns);
    dns->port = 5060;
}

void lp_to_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    const struct lp_pool *edge = lp_first_edge(at->derive->topology);
    if (!edge)
        return;
    aim(at, dns, edge->access.fqdn);
    for (size_t i = 0; i < at->derive->topology->pools.n; i++)
        lp_add_name(at->derive, &dns->targets, pools[i].access.fqdn);
    dns->port = lp_edge_port(&edge->access);
}

void lp_to_federation(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_to_access(at, dns);
    dns->port = 5061;
}

void lp_to_xmpp(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_to_access(at, dns);
    lp_add_name(at->derive, &dns->targets,
                lp_name_expand(at->derive->arena, "xmpp.<sip-domain>", at->domain));
    dns->port = 5269;
}

void lp_to_clock(const struct lp_site *at, struct lp_expect_dns *dns)
{
    (void)at;
    dns->port = 123;
}
