/* table_ports.c - the ports of a deployment: the poster's port table, row by row */
#include "lp/expect_parts.h"
#include "lp/lang.h"
#include "lp/name.h"

/* ---- the names that a client uses ---- */

static void by_fqdn(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, at->pool->fqdn);
}

static void by_server(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, at->member ? at->member->fqdn : at->pool->fqdn);
}

static void by_web_internal(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, lp_pool_web_internal(at->pool));
}

/* The reverse proxy hands on the host that the user asked for (note of rows 22 and 46).
 */
static void by_web_external(const struct lp_site *at, struct lp_list *to)
{
    const struct lp_pool *pool = at->pool;
    lp_add_name(at->derive, to, pool->web_external.n ? pool->web_external : pool->fqdn);
}

static void by_access(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, at->pool->access.fqdn);
}

static void by_conferencing(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, at->pool->conferencing.fqdn);
}

static void by_av(const struct lp_site *at, struct lp_list *to)
{
    lp_add_name(at->derive, to, at->pool->av.fqdn);
}

static void by_published(const struct lp_site *at, struct lp_list *to)
{
    lp_add_published(at->derive, to, at->pool);
}

/* The first hop is that of Autodiscover: the first SIP domain's stands for all. */
static void by_lyncdiscover(const struct lp_site *at, struct lp_list *to)
{
    struct lp_list all = { 0 };
    lp_add_domain_names(at->derive, &all, "lyncdiscover.<sip-domain>");
    if (all.n)
        lp_add_name(at->derive, to, *(const struct lp_str *)all.at);
}

/* ---- ports that the file names ---- */

static int64_t access_port(const struct lp_site *at)
{
    return lp_edge_port(&at->pool->access);
}

static int64_t conferencing_port(const struct lp_site *at)
{
    return lp_edge_port(&at->pool->conferencing);
}

static int64_t av_port(const struct lp_site *at)
{
    return lp_edge_port(&at->pool->av);
}

static int64_t um_port(const struct lp_site *at)
{
    return at->pool->port ? at->pool->port : 5061;
}

static int64_t sql_port(const struct lp_site *at)
{
    return at->pool->port ? at->pool->port : 1433;
}

/* ---- whether there is such a port ---- */

/* Without federation port 5061 is shut, but for a single-address Edge that has its
 * clients there.
 */
static bool federates(const struct lp_site *at)
{
    return at->derive->topology->feature[LP_FEATURE_FEDERATION] || access_port(at) != 5061;
}

static bool complies(const struct lp_site *at)
{
    return at->pool->compliance;
}

static bool balances_web_alone(const struct lp_site *at)
{
    return lp_pool_balances_by_dns(at->pool);
}

static bool balances_sip(const struct lp_site *at)
{
    return !lp_pool_balances_by_dns(at->pool);
}

/* ---- the table ---- */

#define TEXT LP_TR("poster, ports")
#define DRAWING LP_TR("poster, drawing")
#define DOCS "Lync Server 2013: Ports and protocols for internal servers"

#define ALWAYS .needs = LP_FEATURE_COUNT, .last = LP_SFB_2019
#define UNTIL(release) .needs = LP_FEATURE_COUNT, .last = (release)
#define IF(feature) .needs = (feature), .last = LP_SFB_2019
#define IF_UNTIL(feature, release) .needs = (feature), .last = (release)
#define EDGE_OUT(word, where, names) \
    .role = (word), .roles = LP_BIT(LP_ROLE_EDGE), .side = (where), .hosts = (names)
#define EDGE_IN .role = "edge-internal", .roles = LP_BIT(LP_ROLE_EDGE), .hosts = by_server
#define HOME .roles = LP_ROLES_HOME
#define ONE(which) .roles = LP_BIT(which)
#define BALANCER(set) .role = "load-balancer", .roles = (set), .side = LP_SIDE_BALANCER
#define LISTED(word) .role = (word), .side = LP_SIDE_NOWHERE
/* A service that asks for a client certificate. */
#define MUTUAL .probe = "mtls", .mutual = true, .hosts = by_server
#define PER_SESSION "nothing listens until a session exists"

/* clang-format off */
const struct lp_port_row lp_port_rows[] = {
    { 1, TEXT, "sign-in, IM and presence", EDGE_OUT("access-edge", LP_SIDE_ACCESS, by_access),
      .port = access_port, .probe = "sip", ALWAYS },
    { 2, TEXT, "federation", EDGE_OUT("access-edge", LP_SIDE_ACCESS, by_access),
      .ports = { 5061 }, .probe = "sip", .mutual = true, .applies = federates,
      IF(LP_FEATURE_FEDERATION) },
    { 3, TEXT, "XMPP federation", EDGE_OUT("access-edge", LP_SIDE_ACCESS, by_access),
      .ports = { 5269 }, .probe = "xmpp", IF_UNTIL(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 4, TEXT, "conferencing",
      EDGE_OUT("web-conferencing-edge", LP_SIDE_CONFERENCING, by_conferencing),
      .port = conferencing_port, .probe = "mtls", ALWAYS },
    { 5, TEXT, "A/V, application sharing", EDGE_OUT("av-edge", LP_SIDE_AV, by_av),
      .port = av_port, .probe = "turn-tcp", .bare = true, ALWAYS },
    { 6, TEXT, "A/V, application sharing", EDGE_OUT("av-edge", LP_SIDE_AV, by_av),
      .ports = { 3478 }, .udp = true, .probe = "turn-udp", .bare = true, ALWAYS },
    { 7, TEXT, "A/V, TCP 50000-59999", EDGE_OUT("av-edge", LP_SIDE_AV, by_av),
      .ports = { 50000 },
      .skip = "only outbound, inbound for partners on Office Communications Server 2007; "
              PER_SESSION,
      ALWAYS },
    { 8, TEXT, "A/V, UDP 50000-59999", EDGE_OUT("av-edge", LP_SIDE_AV, by_av),
      .ports = { 50000 }, .udp = true,
      .skip = "both ways for partners on Office Communications Server 2007 alone; " PER_SESSION,
      ALWAYS },
    { 9, TEXT, "sign-in, federation", EDGE_IN, .ports = { 5061 }, .probe = "mtls",
      .mutual = true, ALWAYS },
    { 10, TEXT, "A/V authentication (MRAS)", EDGE_IN, .ports = { 5062 }, .probe = "mtls",
      .mutual = true, ALWAYS },
    { 11, TEXT, "conferencing", EDGE_IN, .ports = { 8057 }, .probe = "mtls", .mutual = true,
      ALWAYS },
    { 12, TEXT, "A/V", EDGE_IN, .ports = { 443 }, .probe = "turn-tcp", .bare = true, ALWAYS },
    { 13, TEXT, "A/V", EDGE_IN, .ports = { 3478 }, .udp = true, .probe = "turn-udp",
      .bare = true, ALWAYS },
    { 14, DOCS, "replication", EDGE_IN, .ports = { 4443 }, .probe = "mtls", .mutual = true,
      ALWAYS },
    { 15, TEXT, "centralized logging", EDGE_IN, .ports = { 50001, 50002, 50003 },
      .probe = "mtls", .mutual = true, ALWAYS },
    { 16, TEXT, "XMPP federation", EDGE_IN, .ports = { 23456 }, .probe = "mtls", .mutual = true,
      IF_UNTIL(LP_FEATURE_XMPP, LP_SFB_2015) },
    { 17, TEXT, "Autodiscover, meetings, address book, mobility", ONE(LP_ROLE_PROXY),
      .hosts = by_published, .ports = { 443 }, .probe = "web", ALWAYS },
    { 18, TEXT, "Autodiscover first hop", ONE(LP_ROLE_PROXY), .hosts = by_lyncdiscover,
      .ports = { 80 }, .probe = "http-redirect", .bare = true, ALWAYS },
    { 19, TEXT, "sign-in, IM and presence", HOME, .hosts = by_fqdn, .ports = { 5061 },
      .probe = "sip", ALWAYS },
    { 20, TEXT, "web services", HOME, .hosts = by_web_internal, .ports = { 443 }, .probe = "web",
      ALWAYS },
    { 21, TEXT, "web services", HOME, .hosts = by_web_internal, .ports = { 80 },
      .probe = "http-redirect", .bare = true, ALWAYS },
    { 22, TEXT, "external web services", HOME, .hosts = by_web_external, .ports = { 4443 },
      .probe = "web", ALWAYS },
    { 23, TEXT, "external web services", HOME, .hosts = by_web_external, .ports = { 8080 },
      .probe = "http-redirect", .bare = true, ALWAYS },
    { 24, TEXT, "conference control", HOME, .ports = { 444 }, MUTUAL, ALWAYS },
    { 25, TEXT, "conferencing", HOME, .hosts = by_server, .ports = { 8057 }, .probe = "mtls",
      ALWAYS },
    { 26, TEXT, "IM Conferencing Service", HOME, .ports = { 5062 }, MUTUAL, ALWAYS },
    { 27, TEXT, "Telephony Conferencing Service (Conferencing Attendant)", HOME,
      .ports = { 5064 }, MUTUAL, IF(LP_FEATURE_DIAL_IN) },
    { 28, TEXT, "Application Sharing Conferencing Service", HOME, .ports = { 5065 }, MUTUAL,
      ALWAYS },
    { 29, TEXT, "Mediation Server Service, collocated", HOME, .ports = { 5067 }, MUTUAL,
      IF(LP_FEATURE_MEDIATION) },
    { 30, TEXT, "Response Group Service", HOME, .ports = { 5071 }, MUTUAL,
      IF(LP_FEATURE_RESPONSE_GROUP) },
    { 31, TEXT, "Conferencing Attendant Service", HOME, .ports = { 5072 }, MUTUAL,
      IF(LP_FEATURE_DIAL_IN) },
    { 32, TEXT, "Conferencing Announcement Service", HOME, .ports = { 5073 }, MUTUAL,
      IF(LP_FEATURE_DIAL_IN) },
    { 33, TEXT, "Call Park Service", HOME, .ports = { 5075 }, MUTUAL, IF(LP_FEATURE_CALL_PARK) },
    { 34, TEXT, "Internal Mobility Service", HOME, .ports = { 5086 }, MUTUAL,
      IF_UNTIL(LP_FEATURE_MOBILITY, LP_SFB_2015) },
    { 35, TEXT, "External Mobility Service", HOME, .ports = { 5087 }, MUTUAL,
      IF_UNTIL(LP_FEATURE_MOBILITY, LP_SFB_2015) },
    { 36, TEXT, "Call Admission Control (Bandwidth Policy Service)", HOME, .hosts = by_fqdn,
      .ports = { 443, 3478 },
      .skip = "asked for when no Edge Server is defined; the poster prints TURN on TCP 443 and "
              "UDP 3478, the documentation 448 and 5080",
      ALWAYS },
    { 37, DRAWING, "centralized logging", HOME, .ports = { 50001, 50002, 50003 }, MUTUAL,
      ALWAYS },
    { 38, TEXT, "A/V conferencing, UDP 49152-65535", HOME, .hosts = by_fqdn, .ports = { 49152 },
      .udp = true, .skip = PER_SESSION, ALWAYS },
    { 39, TEXT, "application sharing, TCP 49152-65535", HOME, .hosts = by_fqdn,
      .ports = { 49152 }, .skip = PER_SESSION, ALWAYS },
    { 40, TEXT, "Mediation Server Service", ONE(LP_ROLE_MEDIATION), .ports = { 5067 }, MUTUAL,
      ALWAYS },
    { 41, TEXT, "Enterprise Voice", ONE(LP_ROLE_MEDIATION), .ports = { 5061, 5070 },
      .either = true, MUTUAL, ALWAYS },
    { 42, DRAWING, "voice mail", ONE(LP_ROLE_UM), .port = um_port, .optional = true, MUTUAL,
      ALWAYS },
    { 43, TEXT, "sign-in", ONE(LP_ROLE_DIRECTOR), .hosts = by_fqdn, .ports = { 5061 },
      .probe = "sip", ALWAYS },
    { 44, TEXT, "web services; redirects to the user's pool", ONE(LP_ROLE_DIRECTOR),
      .hosts = by_web_internal, .ports = { 443 }, .probe = "web", ALWAYS },
    { 45, TEXT, "web services", ONE(LP_ROLE_DIRECTOR), .hosts = by_web_internal, .ports = { 80 },
      .probe = "http-redirect", .bare = true, ALWAYS },
    { 46, TEXT, "external web services; redirects to the user's pool", ONE(LP_ROLE_DIRECTOR),
      .hosts = by_web_external, .ports = { 4443 }, .probe = "web", ALWAYS },
    { 47, DOCS, "conference control", ONE(LP_ROLE_DIRECTOR), .ports = { 444 }, MUTUAL, ALWAYS },
    { 48, TEXT, "Persistent Chat", ONE(LP_ROLE_CHAT), .ports = { 5061, 5041 }, .either = true,
      MUTUAL, UNTIL(LP_SFB_2015) },
    { 49, TEXT, "compliance (MSMQ)", .role = "persistent-chat-compliance",
      .roles = LP_BIT(LP_ROLE_CHAT), .hosts = by_fqdn,
      .skip = "message queuing, no listener to speak to", .applies = complies, ALWAYS },
    { 50, TEXT, "sign-in", ONE(LP_ROLE_BRANCH), .hosts = by_fqdn, .ports = { 5061 },
      .probe = "sip", ALWAYS },
    { 51, DOCS, "web services", ONE(LP_ROLE_BRANCH), .hosts = by_fqdn, .ports = { 443 },
      .probe = "web", ALWAYS },
    { 52, TEXT, "presentations", ONE(LP_ROLE_OFFICE), .hosts = by_fqdn, .ports = { 443 },
      .probe = "wac", ALWAYS },
    { 53, TEXT, "database", ONE(LP_ROLE_SQL), .hosts = by_server, .port = sql_port,
      .probe = "sql", .bare = true, ALWAYS },
    { 54, TEXT, "single sign-on", ONE(LP_ROLE_ADFS_PROXY), .hosts = by_fqdn, .ports = { 443 },
      .probe = "adfs", ALWAYS },
    { 55, TEXT, "single sign-on", ONE(LP_ROLE_ADFS), .hosts = by_fqdn, .ports = { 443 },
      .probe = "adfs", ALWAYS },
    { 56, TEXT, "directory synchronisation", LISTED("directory-synchronisation"),
      .ports = { 443 }, .skip = "outbound to the hosting cloud", ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_WEB), .hosts = by_fqdn, .ports = { 5061 },
      .probe = "sip", .applies = balances_sip, ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_WEB), .hosts = by_fqdn, .ports = { 5061 },
      .probe = "sip", .applies = balances_web_alone, .optional = true, ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_WEB), .hosts = by_web_internal,
      .ports = { 443 }, .probe = "web", ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_WEB), .hosts = by_web_external,
      .ports = { 4443 }, .probe = "web", ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_HOME), .hosts = by_web_internal,
      .ports = { 80 }, .probe = "http-redirect", .bare = true, ALWAYS },
    { 57, TEXT, "ports to balance", BALANCER(LP_ROLES_HOME), .hosts = by_web_external,
      .ports = { 8080 }, .probe = "http-redirect", .bare = true, ALWAYS },
    { 58, TEXT, "peer-to-peer A/V, UDP 1024-65535", LISTED("client"), .ports = { 1024 },
      .udp = true, .skip = PER_SESSION, ALWAYS },
    { 59, TEXT, "peer-to-peer application sharing, TCP 1024-65535", LISTED("client"),
      .ports = { 1024 }, .skip = PER_SESSION, ALWAYS },
};
/* clang-format on */
const size_t lp_port_row_count = LP_COUNT(lp_port_rows);
