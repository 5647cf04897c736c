/* table_dns.c - the records of a deployment: the poster's DNS table and the
 * documentation's rows */
#include "lp/expect_parts.h"
#include "lp/lang.h"

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

static bool has_edge(const struct lp_site *at)
{
    return lp_first_edge(at->derive->topology) != NULL;
}

static bool has_hybrid(const struct lp_site *at)
{
    return at->derive->topology->hybrid.n > 0;
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

/* ---- the table ---- */

#define POSTER LP_TR("poster, DNS table")
#define ORDER LP_TR("poster, client order")
#define NEEDS "Lync Server 2013: Determine DNS requirements"
#define POOLS "Lync Server 2013: DNS requirements for Front End pools"
#define EDGES "Lync Server 2013: DNS summary, single consolidated edge"
#define SFB "Skype for Business Server: DNS requirements"
#define XMPP "Lync Server 2013: DNS summary, XMPP"
#define ADFS "Windows Server: AD FS requirements, DNS"
#define HYBRID "Skype for Business: Plan hybrid connectivity, DNS settings"
#define MOVED "Skype for Business: Manage DNS entries when decommissioning"

#define ALWAYS .needs = LP_FEATURE_COUNT, .last = LP_SFB_2019
#define IF(feature, release) .needs = (feature), .last = (release)
#define DOMAIN .each = LP_EACH_DOMAIN
#define POOL(set) .each = LP_EACH_POOL, .roles = (set)
#define URL(which) .each = LP_EACH_URL, .kind = (which), .name = url_host
#define INSIDE .internal = true, .inside_only = true
#define IN_CLOUD .role = "hosting-cloud", .hosting = LP_BIT(LP_HOSTING_CLOUD), DOMAIN
/* What led the users of the domain to servers that they have left. */
#define LEFT_OVER "left by the old servers", .absent = true, IN_CLOUD, INSIDE, ALWAYS

/* Servers inside that have a name and nothing more to say about it. */
#define ROLES_PLAIN                                                              \
    (LP_BIT(LP_ROLE_MEDIATION) | LP_BIT(LP_ROLE_CHAT) | LP_BIT(LP_ROLE_BRANCH) | \
     LP_BIT(LP_ROLE_UM) | LP_BIT(LP_ROLE_SQL))

/* clang-format off */
const struct lp_dns_row lp_dns_rows[] = {
    { 1, POSTER, "internal user access", .owner = "_sipinternaltls._tcp.<sip-domain>",
      .point = lp_to_registrar, .applies = has_home, DOMAIN, INSIDE, ALWAYS },
    { 2, POSTER, "internal AutoDiscover Service", .owner = "lyncdiscoverinternal.<sip-domain>",
      .point = lp_at_web, .applies = has_home, DOMAIN, INSIDE, ALWAYS },
    { 3, POSTER, "Lync Server Control Panel", .point = lp_at_web, .applies = has_home,
      URL(LP_URL_ADMIN), INSIDE, ALWAYS },
    { 4, POSTER, "Lync Server Web Service", .point = lp_at_web, .applies = has_home,
      URL(LP_URL_MEET), INSIDE, ALWAYS },
    { 5, POSTER, "Lync Server Web Service", .point = lp_at_web, .applies = has_home,
      URL(LP_URL_DIALIN), INSIDE, ALWAYS },
    { 6, POSTER, "Lync Server Web Service", .name = web_internal, .point = lp_at_pool_web,
      POOL(LP_ROLES_WEB), INSIDE, ALWAYS },
    /* The pool's own names; a pool without a web FQDN of its own has row 6 for its FQDN. */
    { 0, POOLS, "pool", .name = pool_fqdn, .point = lp_at_pool, POOL(LP_ROLES_WEB), INSIDE,
      ALWAYS },
    { 0, POOLS, "pool", .name = pool_fqdn, .point = lp_at_pool, POOL(ROLES_PLAIN), INSIDE, ALWAYS },
    { 0, EDGES, "Edge internal interface", .role = "edge-internal", .name = pool_fqdn,
      .point = lp_at_pool, POOL(LP_BIT(LP_ROLE_EDGE)), INSIDE, ALWAYS },
    { 0, SFB, "Office Web Apps farm", .name = pool_fqdn, .point = lp_at_pool,
      POOL(LP_BIT(LP_ROLE_OFFICE)), INSIDE, ALWAYS },
    { 0, ADFS, "single sign-on", .name = pool_fqdn, .point = lp_at_pool, POOL(LP_BIT(LP_ROLE_ADFS)),
      INSIDE, ALWAYS },
    { 0, POOLS, "server", .each = LP_EACH_MEMBER, .name = member_fqdn, .point = lp_at_member,
      .roles = LP_ROLES_INSIDE, INSIDE, ALWAYS },
    /* Legacy and last-resort names: absent is as good. */
    { 0, ORDER, "internal user access, step 6", .owner = "sip.<sip-domain>",
      .point = lp_at_registrar, .applies = has_home, .optional = true, DOMAIN, .internal = true,
      ALWAYS },
    { 0, ORDER, "internal user access, step 5", .owner = "sipinternal.<sip-domain>",
      .point = lp_at_registrar, .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, ORDER, "internal user access over TCP, step 4",
      .owner = "_sipinternal._tcp.<sip-domain>", .point = lp_to_registrar_plain,
      .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, SFB, "external web services, from inside", .name = web_external,
      .point = lp_at_proxy_or_pool, .optional = true, POOL(LP_ROLES_WEB), .internal = true,
      ALWAYS },
    { 0, SFB, "phone updates", .owner = "ucupdates-r2.<sip-domain>", .point = lp_at_web,
      .applies = has_home, .optional = true, DOMAIN, INSIDE, ALWAYS },
    { 0, SFB, "phone time", .owner = "_ntp._udp.<sip-domain>", .point = lp_to_clock,
      .applies = has_home, .optional = true, DOMAIN, .internal = true, ALWAYS },
    { 0, SFB, "mobile push, from inside", .role = "access-edge",
      .owner = "_sipfederationtls._tcp.<sip-domain>", .point = lp_to_federation,
      .applies = has_edge, .optional = true, DOMAIN, .internal = true,
      IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },
    { 7, POSTER, "federation and public IM connectivity", .role = "access-edge",
      .owner = "_sipfederationtls._tcp.<sip-domain>", .point = lp_to_federation,
      .applies = has_edge, DOMAIN, IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },
    { 8, POSTER, "external user access", .role = "access-edge",
      .owner = "_sip._tls.<sip-domain>", .point = lp_to_access, .applies = has_edge, DOMAIN,
      ALWAYS },
    { 9, POSTER, "XMPP federation", .role = "access-edge",
      .owner = "_xmpp-server._tcp.<sip-domain>", .point = lp_to_xmpp, .applies = has_edge, DOMAIN,
      IF(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 10, POSTER, "locate Edge Server", .role = "access-edge", .owner = "sip.<sip-domain>",
      .point = lp_at_access, .applies = has_edge, DOMAIN, ALWAYS },
    { 11, POSTER, "Edge Server Access edge", .role = "access-edge", .name = access_fqdn,
      .point = lp_at_own_access, POOL(LP_BIT(LP_ROLE_EDGE)), ALWAYS },
    { 12, POSTER, "Edge Server A/V edge", .role = "av-edge", .name = av_fqdn, .point = lp_at_own_av,
      POOL(LP_BIT(LP_ROLE_EDGE)), ALWAYS },
    { 13, POSTER, "Edge Server Conf edge", .role = "web-conferencing-edge",
      .name = conferencing_fqdn, .point = lp_at_own_conferencing, POOL(LP_BIT(LP_ROLE_EDGE)),
      ALWAYS },
    { 14, POSTER, "external AutoDiscover Service", .role = "reverse-proxy",
      .owner = "lyncdiscover.<sip-domain>", .point = lp_at_proxy_by_name, .applies = publishes,
      DOMAIN, ALWAYS },
    { 15, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .point = lp_at_proxy_by_name, .applies = publishes_url, URL(LP_URL_MEET), ALWAYS },
    { 16, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .point = lp_at_proxy_by_name, .applies = publishes_url, URL(LP_URL_DIALIN), ALWAYS },
    { 17, POSTER, "proxied to Lync Server Web Service", .role = "reverse-proxy",
      .name = web_external, .point = lp_at_proxy, .applies = publishes_pool, POOL(LP_ROLES_WEB),
      ALWAYS },
    { 0, SFB, "Office Web Apps, proxied", .role = "reverse-proxy", .name = pool_fqdn,
      .point = lp_at_proxy, .applies = publishes_farm, POOL(LP_BIT(LP_ROLE_OFFICE)), ALWAYS },
    { 0, ADFS, "single sign-on", .name = pool_fqdn, .point = lp_at_pool,
      POOL(LP_BIT(LP_ROLE_ADFS_PROXY)), ALWAYS },
    { 0, XMPP, "XMPP federation", .role = "access-edge", .owner = "xmpp.<sip-domain>",
      .point = lp_at_access, .applies = has_edge, .optional = true, DOMAIN,
      IF(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 0, ORDER, "external user access, step h", .role = "access-edge",
      .owner = "sipexternal.<sip-domain>", .point = lp_at_access, .applies = has_edge,
      .optional = true, DOMAIN, ALWAYS },
    /* Users in the cloud come to meetings of those on-premises: that needs the outside address. */
    { 0, HYBRID, "meetings with users in the cloud, from inside", .role = "web-conferencing-edge",
      .name = conferencing_fqdn, .point = lp_at_own_conferencing, .applies = has_hybrid,
      POOL(LP_BIT(LP_ROLE_EDGE)), .internal = true, ALWAYS },
    /* All users in the cloud: the four records, as inside so outside. */
    { 0, MOVED, "sign-in in the cloud", .owner = "lyncdiscover.<sip-domain>",
      .point = lp_at_cloud_web, .internal = true, IN_CLOUD, ALWAYS },
    { 0, MOVED, "sign-in in the cloud", .owner = "sip.<sip-domain>", .point = lp_at_cloud_sip,
      .internal = true, IN_CLOUD, ALWAYS },
    { 0, MOVED, "sign-in in the cloud", .owner = "_sip._tls.<sip-domain>", .point = lp_to_cloud,
      .internal = true, IN_CLOUD, ALWAYS },
    { 0, MOVED, "federation by the cloud", .owner = "_sipfederationtls._tcp.<sip-domain>",
      .point = lp_to_cloud_federation, .optional = true, .internal = true, IN_CLOUD,
      IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },
    { 0, MOVED, LEFT_OVER, .owner = "_sipinternaltls._tcp.<sip-domain>" },
    { 0, MOVED, LEFT_OVER, .owner = "lyncdiscoverinternal.<sip-domain>" },
    { 0, MOVED, LEFT_OVER, .owner = "_sipinternal._tcp.<sip-domain>" },
    { 0, MOVED, LEFT_OVER, .owner = "sipinternal.<sip-domain>" },
    { 0, MOVED, "sign-in in the cloud", .owner = "lyncdiscover.<sip-domain>",
      .point = lp_at_cloud_web, IN_CLOUD, ALWAYS },
    { 0, MOVED, "sign-in in the cloud", .owner = "sip.<sip-domain>", .point = lp_at_cloud_sip,
      IN_CLOUD, ALWAYS },
    { 0, MOVED, "sign-in in the cloud", .owner = "_sip._tls.<sip-domain>", .point = lp_to_cloud,
      IN_CLOUD, ALWAYS },
    { 0, MOVED, "federation by the cloud", .owner = "_sipfederationtls._tcp.<sip-domain>",
      .point = lp_to_cloud_federation, IN_CLOUD, IF(LP_FEATURE_FEDERATION, LP_SFB_2019) },
};
/* clang-format on */
const size_t lp_dns_row_count = LP_COUNT(lp_dns_rows);
