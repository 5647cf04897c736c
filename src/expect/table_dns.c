/* table_dns.c - the records of a deployment: the poster's DNS table and the documentation's rows */
#include "lp/expect_parts.h"
#include "lp/facts.h"
#include "lp/name.h"

/* ---- owners ---- */

static struct lp_str pool_fqdn(const struct lp_site *at)
{
    return at->pool->fqdn;
}

static struct lp_str member_fqdn(const struct lp_site *at)
{
    return at->member->fqdn;
}

static struct lp_str url_host(const struct lp_site *at)
{
    return at->url->host;
}

static struct lp_str web_internal(const struct lp_site *at)
{
    return lp_pool_web_internal(at->pool);
}

static struct lp_str web_external(const struct lp_site *at)
{
    return at->pool->web_external;
}

static struct lp_str access_fqdn(const struct lp_site *at)
{
    return at->pool->access.fqdn;
}

static struct lp_str av_fqdn(const struct lp_site *at)
{
    return at->pool->av.fqdn;
}

static struct lp_str conferencing_fqdn(const struct lp_site *at)
{
    return at->pool->conferencing.fqdn;
}

/* ---- whether there is such a record ---- */

static bool has_home(const struct lp_site *at)
{
    return lp_first_pool(at->derive->topology, LP_ROLES_WEB) != NULL;
}

static const struct lp_pool *first_edge(const struct lp_site *at)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    for (size_t i = 0; i < at->derive->topology->pools.n; i++) {
        if (pools[i].access.fqdn.n)
            return &pools[i];
    }
    return NULL;
}

static bool has_edge(const struct lp_site *at)
{
    return first_edge(at) != NULL;
}

static bool publishes(const struct lp_site *at)
{
    return lp_publishes_web(at->derive->topology);
}

static bool publishes_url(const struct lp_site *at)
{
    return lp_is_published(at->derive->topology, at->url->host);
}

static bool publishes_pool(const struct lp_site *at)
{
    return lp_is_published(at->derive->topology, at->pool->web_external);
}

static bool publishes_farm(const struct lp_site *at)
{
    const struct lp_topology *topology = at->derive->topology;
    return lp_is_public_name(topology, at->pool->fqdn) && lp_is_published(topology, at->pool->fqdn);
}

/* ---- addresses ---- */

/* Adds what each pool of those roles gives; where one gives nothing, any address may be right. */
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

static void at_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *home = lp_first_pool(at->derive->topology, LP_ROLES_WEB);
    if (!home)
        return;
    lp_add_web(at->derive, &dns->addresses, home);
    dns->planned = dns->addresses.n;
    dns->target = lp_pool_web_internal(home);
    accept(at, dns, LP_ROLES_WEB, lp_add_web);
}

static void at_pool_web(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_add_web(at->derive, &dns->addresses, at->pool);
    dns->planned = dns->addresses.n;
}

static void at_pool(const struct lp_site *at, struct lp_expect_dns *dns)
{
    lp_add_pool(at->derive, &dns->addresses, at->pool);
    dns->planned = dns->addresses.n;
    if (dns->planned)
        lp_add_pool_others(at->derive, &dns->addresses, at->pool);
}

static void at_member(const struct lp_site *at, struct lp_expect_dns *dns)
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

static void at_registrar(const struct lp_site *at, struct lp_expect_dns *dns)
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
static void at_proxy(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_topology *topology = at->derive->topology;
    const struct lp_pool *proxy = lp_first_pool(topology, LP_BIT(LP_ROLE_PROXY));
    if (proxy)
        add_own(at->derive, &dns->addresses, proxy);
    dns->planned = dns->addresses.n;
    accept(at, dns, LP_BIT(LP_ROLE_PROXY), add_own);
}

/* As at_proxy, and an alias of the external web FQDN is the same (poster: A/CNAME). */
static void at_proxy_by_name(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    at_proxy(at, dns);
    for (size_t i = 0; i < at->derive->topology->pools.n && !dns->target.n; i++)
        dns->target = pools[i].web_external;
}

/* An external web FQDN inside: by the reverse proxy, or straight to the pool (domain.md 7.1). */
static void at_proxy_or_pool(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_proxy(at, dns);
    if (dns->addresses.n)
        lp_add_web(at->derive, &dns->addresses, at->pool);
}

static void add_access(const struct lp_derive *derive, struct lp_list *to,
                       const struct lp_pool *pool)
{
    struct lp_list seen = lp_edge_public(&pool->access);
    lp_add_addresses(derive, to, &seen);
}

static void at_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *edge = first_edge(at);
    if (!edge)
        return;
    add_access(at->derive, &dns->addresses, edge);
    dns->planned = dns->addresses.n;
    dns->target = edge->access.fqdn;
    accept(at, dns, LP_BIT(LP_ROLE_EDGE), add_access);
}

static void at_service(const struct lp_site *at, struct lp_expect_dns *dns,
                       const struct lp_edge_service *service)
{
    struct lp_list seen = lp_edge_public(service);
    lp_add_addresses(at->derive, &dns->addresses, &seen);
    dns->planned = dns->addresses.n;
}

static void at_own_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->access);
}

static void at_own_av(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->av);
}

static void at_own_conferencing(const struct lp_site *at, struct lp_expect_dns *dns)
{
    at_service(at, dns, &at->pool->conferencing);
}

/* ---- SRV ---- */

/*
 * The plan's target comes first: the FQDN of the file, or sip.<sip-domain> where that FQDN lies
 * outside the SIP domain, which strict naming and federation partners refuse (domain.md 1.3, 7.3).
 */
static void aim(const struct lp_site *at, struct lp_expect_dns *dns, struct lp_str planned)
{
    struct lp_str sip = lp_name_expand(at->derive->arena, "sip.<sip-domain>", at->domain);
    lp_add_name(at->derive, &dns->targets, lp_name_in_domain(planned, at->domain) ? planned : sip);
    lp_add_name(at->derive, &dns->targets, planned);
    lp_add_name(at->derive, &dns->targets, sip);
}

static void to_registrar(const struct lp_site *at, struct lp_expect_dns *dns)
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

static void to_registrar_plain(const struct lp_site *at, struct lp_expect_dns *dns)
{
    to_registrar(at, dns);
    dns->port = 5060;
}

static void to_access(const struct lp_site *at, struct lp_expect_dns *dns)
{
    const struct lp_pool *pools = at->derive->topology->pools.at;
    const struct lp_pool *edge = first_edge(at);
    if (!edge)
        return;
    aim(at, dns, edge->access.fqdn);
    for (size_t i = 0; i < at->derive->topology->pools.n; i++)
        lp_add_name(at->derive, &dns->targets, pools[i].access.fqdn);
    dns->port = lp_edge_port(&edge->access);
}

static void to_federation(const struct lp_site *at, struct lp_expect_dns *dns)
{
    to_access(at, dns);
    dns->port = 5061;
}

static void to_xmpp(const struct lp_site *at, struct lp_expect_dns *dns)
{
    to_access(at, dns);
    lp_add_name(at->derive, &dns->targets,
                lp_name_expand(at->derive->arena, "xmpp.<sip-domain>", at->domain));
    dns->port = 5269;
}

static void to_clock(const struct lp_site *at, struct lp_expect_dns *dns)
{
    (void)at;
    dns->port = 123;
}

/* ---- the table ---- */

#define POSTER "poster, DNS table"
#define ORDER "poster, client order"
#define NEEDS "Lync Server 2013: Determine DNS requirements"
#define POOLS "Lync Server 2013: DNS requirements for Front End pools"
#define EDGES "Lync Server 2013: DNS summary, single consolidated edge"
#define SFB "Skype for Business Server: DNS requirements"
#define XMPP "Lync Server 2013: DNS summary, XMPP"
#define ADFS "Windows Server: AD FS requirements, DNS"

#define ALWAYS .needs = LP_FEATURE_COUNT, .last = LP_SFB_2019
#define IF(feature, release) .needs = (feature), .last = (release)
#define DOMAIN .each = LP_EACH_DOMAIN
#define POOL(set) .each = LP_EACH_POOL, .roles = (set)
#define URL(which) .each = LP_EACH_URL, .kind = (which), .name = url_host
#define INSIDE .internal = true, .inside_only = true

/* Servers inside that have a name and nothing more to say about it. */
#define ROLES_PLAIN                                                              \
    (LP_BIT(LP_ROLE_MEDIATION) | LP_BIT(LP_ROLE_CHAT) | LP_BIT(LP_ROLE_BRANCH) | \
     LP_BIT(LP_ROLE_UM) | LP_BIT(LP_ROLE_SQL))

const struct lp_dns_row lp_dns_rows[] = {
    { 1, POSTER, "internal user access", .owner = "_sipinternaltls._tcp.<sip-domain>",
      .point = to_registrar, .applies = has_home, DOMAIN, INSIDE, ALWAYS },
    { 2, POSTER, "internal AutoDiscover Service", .owner = "lyncdiscoverinternal.<sip-domain>",
      .point = at_web, .applies = has_home, DOMAIN, INSIDE, ALWAYS },
    { 3, POSTER, "Lync Server Control Panel", .point = at_web, .applies = has_home,
      URL(LP_URL_ADMIN), INSIDE, ALWAYS },
    { 4, POSTER, "Lync Server Web Service", .point = at_web, .applies = has_home, URL(LP_URL_MEET),
      INSIDE, ALWAYS },
    { 5, POSTER, "Lync Server Web Service", .point = at_web, .applies = has_home,
      URL(LP_URL_DIALIN), INSIDE, ALWAYS },
    { 6, POSTER, "Lync Server Web Service", .name = web_internal, .point = at_pool_web,
      POOL(LP_ROLES_WEB), INSIDE, ALWAYS },
    /* The pool's own names; a pool without a web FQDN of its own has row 6 for its FQDN. */
    { 0, POOLS, "pool", .name = pool_fqdn, .point = at_pool, POOL(LP_ROLES_WEB), INSIDE, ALWAYS },
    { 0, POOLS, "pool", .name = pool_fqdn, .point = at_pool, POOL(ROLES_PLAIN), INSIDE, ALWAYS },
    { 0, EDGES, "Edge internal interface", .role = "edge-internal", .name = pool_fqdn,
      .point = at_pool, POOL(LP_BIT(LP_ROLE_EDGE)), INSIDE, ALWAYS },
    { 0, SFB, "Office Web Apps farm", .name = pool_fqdn, .point = at_pool,
      POOL(LP_BIT(LP_ROLE_OFFICE)), INSIDE, ALWAYS },
    { 0, ADFS, "single sign-on", .name = pool_fqdn, .point = at_pool, POOL(LP_BIT(LP_ROLE_ADFS)),
      INSIDE, ALWAYS },
    { 0, POOLS, "server", .each = LP_EACH_MEMBER, .name = member_fqdn, .point = at_member,
      .roles = LP_ROLES_INSIDE, INSIDE, ALWAYS },
    /* Legacy and last-resort names: absent is as good. */
    { 0, ORDER, "internal user access, step 6", .owner = "sip.<sip-domain>", .point = at_registrar,
      .applies = has_home, .optional = true, DOMAIN, .internal = true, ALWAYS },
    { 0, ORDER, "internal user access, step 5", .owner = "sipinternal.<sip-domain>",
      .point = at_registrar, .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, ORDER, "internal user access over TCP, step 4", .owner = "_sipinternal._tcp.<sip-domain>",
      .point = to_registrar_plain, .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, SFB, "external web services, from inside", .name = web_external, .point = at_proxy_or_pool,
      .optional = true, POOL(LP_ROLES_WEB), .internal = true, ALWAYS },
    { 0, SFB, "phone updates", .owner = "ucupdates-r2.<sip-domain>", .point = at_web,
      .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, SFB, "phone time", .owner = "_ntp._udp.<sip-domain>", .point = to_clock,
      .applies = has_home, .optional = true, DOMAIN, .internal = true, ALWAYS },
    { 0, SFB, "mobile push, from inside", .role = "access-edge",
      .owner = "_sipfederationtls._tcp.<sip-domain>", .point = to_federation, .applies = has_edge,
      .optional = true, DOMAIN, .internal = true, IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },

    { 7, POSTER, "federation and public IM connectivity", .role = "access-edge",
      .owner = "_sipfederationtls._tcp.<sip-domain>", .point = to_federation, .applies = has_edge,
      DOMAIN, IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },
    { 8, POSTER, "external user access", .role = "access-edge", .owner = "_sip._tls.<sip-domain>",
      .point = to_access, .applies = has_edge, DOMAIN, ALWAYS },
    { 9, POSTER, "XMPP federation", .role = "access-edge",
      .owner = "_xmpp-server._tcp.<sip-domain>", .point = to_xmpp, .applies = has_edge, DOMAIN,
      IF(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 10, POSTER, "locate Edge Server", .role = "access-edge", .owner = "sip.<sip-domain>",
      .point = at_access, .applies = has_edge, DOMAIN, ALWAYS },
    { 11, POSTER, "Edge Server Access edge", .role = "access-edge", .name = access_fqdn,
      .point = at_own_access, POOL(LP_BIT(LP_ROLE_EDGE)), ALWAYS },
    { 12, POSTER, "Edge Server A/V edge", .role = "av-edge", .name = av_fqdn, .point = at_own_av,
      POOL(LP_BIT(LP_ROLE_EDGE)), ALWAYS },
    { 13, POSTER, "Edge Server Conf edge", .role = "web-conferencing-edge",
      .name = conferencing_fqdn, .point = at_own_conferencing, POOL(LP_BIT(LP_ROLE_EDGE)), ALWAYS },
    { 14, POSTER, "external AutoDiscover Service", .role = "reverse-proxy",
      .owner = "lyncdiscover.<sip-domain>", .point = at_proxy_by_name, .applies = publishes, DOMAIN,
      ALWAYS },
    { 15, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .point = at_proxy_by_name, .applies = publishes_url, URL(LP_URL_MEET), ALWAYS },
    { 16, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .point = at_proxy_by_name, .applies = publishes_url, URL(LP_URL_DIALIN), ALWAYS },
    { 17, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .name = web_external, .point = at_proxy, .applies = publishes_pool, POOL(LP_ROLES_WEB),
      ALWAYS },
    { 0, SFB, "Office Web Apps, proxied", .role = "reverse-proxy", .name = pool_fqdn,
      .point = at_proxy, .applies = publishes_farm, POOL(LP_BIT(LP_ROLE_OFFICE)), ALWAYS },
    { 0, ADFS, "single sign-on", .name = pool_fqdn, .point = at_pool,
      POOL(LP_BIT(LP_ROLE_ADFS_PROXY)), ALWAYS },
    { 0, XMPP, "XMPP federation", .role = "access-edge", .owner = "xmpp.<sip-domain>",
      .point = at_access, .applies = has_edge, .optional = true, DOMAIN,
      IF(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 0, ORDER, "external user access, step h", .role = "access-edge",
      .owner = "sipexternal.<sip-domain>", .point = at_access, .applies = has_edge,
      .optional = true, DOMAIN, ALWAYS },
};
const size_t lp_dns_row_count = LP_COUNT(lp_dns_rows);
