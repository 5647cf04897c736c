/* expect_parts.h - rows of the tables, and how they become expectations; for src/expect
 * only */
#ifndef LP_EXPECT_PARTS_H
#define LP_EXPECT_PARTS_H

#include "lp/expect.h"

/* Where a pool's certificates stand in the result; SIZE_MAX: it has none. */
struct lp_pool_certs {
    size_t own, outside; /* outside: of an Edge pool's three services */
};

/* Addresses, planned and target of records that are the same for every SIP domain. */
struct lp_points {
    struct lp_expect_dns web, registrar, proxy, access;
};

/* What all of one derivation shares. */
struct lp_derive {
    const struct lp_topology *topology;
    struct lp_arena *arena;
    struct lp_list out;      /* struct lp_expectation, in the order of the result */
    struct lp_list *by_hash; /* struct lp_expect_ref: finds what is there already */
    size_t buckets;
    const struct lp_points *points; /* NULL before lp_points_find */
    struct lp_pool_certs *certs;    /* one a pool, in their order; NULL before lp_expect_certs */
};

/* What a row is applied to; what the row does not need is unset. */
struct lp_site {
    const struct lp_derive *derive;
    const struct lp_pool *pool;
    const struct lp_member *member;
    const struct lp_simple_url *url;
    struct lp_str domain;
    struct lp_mark mark;
};

/* ---- roles as a set ---- */

#define LP_BIT(role) (1U << (role))
/* Pools that users sign in at, and whose web services they use. */
#define LP_ROLES_HOME (LP_BIT(LP_ROLE_FRONT_END) | LP_BIT(LP_ROLE_STANDARD))
#define LP_ROLES_WEB (LP_ROLES_HOME | LP_BIT(LP_ROLE_DIRECTOR))
/* All that stand inside. */
#define LP_ROLES_INSIDE \
    (~(LP_BIT(LP_ROLE_PROXY) | LP_BIT(LP_ROLE_ADFS_PROXY)) & (LP_BIT(LP_ROLE_COUNT) - 1))
static inline bool lp_role_in(unsigned roles, const struct lp_pool *pool)
{
    return (roles & LP_BIT(pool->role)) != 0;
}

/* ---- names and addresses of a topology (expect_places.c) ---- */

/* Web Services FQDN inside: that of the file, else the pool's. */
struct lp_str lp_pool_web_internal(const struct lp_pool *pool);
/* Does the pool answer by several addresses of its servers (DNS load balancing)? It does
 * when its web services have an FQDN of their own (Lync Server 2013: DNS load balancing).
 */
bool lp_pool_balances_by_dns(const struct lp_pool *pool);
/* Adds the addresses of a list of struct lp_addr that are not in it yet. */
void lp_add_addresses(const struct lp_derive *derive, struct lp_list *to,
                      const struct lp_list *from);
/* Adds a name in lower case, when it is set and not in the list yet. */
void lp_add_name(const struct lp_derive *derive, struct lp_list *to, struct lp_str name);
/* Adds the pattern for each SIP domain with users on-premises ("sip.<sip-domain>"). */
void lp_add_domain_names(const struct lp_derive *derive, struct lp_list *to, const char *pattern);
/* Adds the hosts of the simple URLs of that kind. */
void lp_add_url_hosts(const struct lp_derive *derive, struct lp_list *to, enum lp_url_kind kind);
/* Addresses of its web services: the load balancer's, else those of the servers. */
void lp_add_web(const struct lp_derive *derive, struct lp_list *to, const struct lp_pool *pool);
/* Addresses that its FQDN may have: the planned ones; with others, which are as good,
 * too. */
void lp_add_pool(const struct lp_derive *derive, struct lp_list *to, const struct lp_pool *pool);
void lp_add_pool_others(const struct lp_derive *derive, struct lp_list *to,
                        const struct lp_pool *pool);
/* The first pool of those roles, of the first role that has one, Directors before others;
 * NULL none. */
const struct lp_pool *lp_first_pool(const struct lp_topology *topology, unsigned roles);
/* The pool that authenticates what comes through the Edge pool: its next hop, or where the file
 * does not name it the first Director, else the first pool; NULL none. */
const struct lp_pool *lp_next_hop(const struct lp_topology *topology, const struct lp_pool *edge);
/* The first Edge pool with an Access Edge; NULL none. */
const struct lp_pool *lp_first_edge(const struct lp_topology *topology);
/* Is something of the web services meant for the outside: a reverse proxy, an external
 * FQDN? */
bool lp_publishes_web(const struct lp_topology *topology);
/* Does a reverse proxy (or one that the file does not name) lead that host from outside
 * in? */
bool lp_is_published(const struct lp_topology *topology, struct lp_str host);
/* Hosts of one reverse proxy, without lyncdiscover; the external web FQDN first. */
void lp_add_published(const struct lp_derive *derive, struct lp_list *to,
                      const struct lp_pool *proxy);
/* Is the name inside one of the SIP domains (so that a public CA and DNS know it)? */
bool lp_is_public_name(const struct lp_topology *topology, struct lp_str name);
/* The longest of the SIP domains that holds the name; unset: none. */
struct lp_str lp_domain_of(const struct lp_topology *topology, struct lp_str name);
/* Port for clients of an Edge service. */
int64_t lp_edge_port(const struct lp_edge_service *service);

/* ---- DNS ---- */

/* Finds derive->points. */
void lp_points_find(struct lp_derive *derive);
/* What a record says, for the rows of the table (expect_points.c). */
typedef void lp_point(const struct lp_site *at, struct lp_expect_dns *dns);
/* Web services inside: of the first web pool, those of others as good; of the pool
 * itself. */
lp_point lp_at_web, lp_at_pool_web;
/* The FQDN of a pool, of a server, of what users register with. */
lp_point lp_at_pool, lp_at_member, lp_at_registrar;
/* The reverse proxies; the same with the external web FQDN as the host to be an alias of;
 * either those or, from inside, the pool itself. */
lp_point lp_at_proxy, lp_at_proxy_by_name, lp_at_proxy_or_pool;
/* The Access Edge; services of the pool itself. */
lp_point lp_at_access, lp_at_own_access, lp_at_own_av, lp_at_own_conferencing;
/* Aliases of the hosting cloud's hosts; SRV records to them: 443; 5061. */
lp_point lp_at_cloud_web, lp_at_cloud_sip, lp_to_cloud, lp_to_cloud_federation;
/* SRV records: 5061; 5060; the Access Edge's port; 5061; 5269; NTP's 123. */
lp_point lp_to_registrar, lp_to_registrar_plain, lp_to_access, lp_to_federation, lp_to_xmpp,
    lp_to_clock;

/* A row applies once for each SIP domain, pool, server of a pool, or simple URL. */
enum lp_each { LP_EACH_DOMAIN, LP_EACH_POOL, LP_EACH_MEMBER, LP_EACH_URL };

struct lp_dns_row {
    int row; /* of the poster's table; 0 documentation */
    const char *source, *title, *role;
    bool internal;
    enum lp_each each;
    unsigned roles;          /* pools, members */
    unsigned hosting;        /* domains that have it, LP_BIT(enum lp_hosting); 0: those with users
                                on-premises */
    enum lp_url_kind kind;   /* URLs */
    enum lp_feature needs;   /* LP_FEATURE_COUNT: none */
    enum lp_generation last; /* the newest that has it */
    bool optional;
    bool absent;       /* the record must not be there; point is NULL */
    bool inside_only;  /* internal rows: the name must not be seen outside, unless another
                          row wants  it there */
    const char *owner; /* pattern, or NULL: name says it */
    struct lp_str (*name)(const struct lp_site *at); /* unset: none here */
    /* What the record says. SRV records have a port, others have none. */
    lp_point *point;
    /* May be NULL. False: no such record here. */
    bool (*applies)(const struct lp_site *at);
};
extern const struct lp_dns_row lp_dns_rows[];
extern const size_t lp_dns_row_count;
/* Both views, required names of the file, and the absences; not scoped yet. */
void lp_expect_dns(struct lp_derive *derive);

/* ---- certificates ---- */

/* Names that a certificate holds; a set. */
enum {
    LP_NAME_POOL = 1 << 0,    /* the pool's FQDN */
    LP_NAME_MEMBERS = 1 << 1, /* of the servers */
    LP_NAME_SIP = 1 << 2,     /* sip.<sip-domain>, all domains; so the next three */
    LP_NAME_SIPINTERNAL = 1 << 3,
    LP_NAME_AD_INTERNAL = 1 << 4, /* lyncdiscoverinternal */
    LP_NAME_AD_EXTERNAL = 1 << 5, /* lyncdiscover */
    LP_NAME_ADMIN = 1 << 6,       /* hosts of simple URLs */
    LP_NAME_MEET = 1 << 7,
    LP_NAME_DIALIN = 1 << 8,
    LP_NAME_WEB_INTERNAL = 1 << 9,
    LP_NAME_WEB_EXTERNAL = 1 << 10,
    LP_NAME_ACCESS = 1 << 11, /* of the Edge pool */
    LP_NAME_CONFERENCING = 1 << 12,
    LP_NAME_AV = 1 << 13,
    LP_NAME_XMPP = 1 << 14,      /* xmpp.<sip-domain> where XMPP is on */
    LP_NAME_DOMAINS = 1 << 15,   /* the SIP domains and *.<sip-domain> (XMPP) */
    LP_NAME_PUBLISHED = 1 << 16, /* what a reverse proxy publishes */
    LP_NAME_OFFICE = 1 << 17,    /* Office Web Apps farms */
    LP_NAME_SIPEXTERNAL = 1 << 18,
};

struct lp_cert_row {
    int row;
    const char *source, *title;
    enum lp_role of; /* pools that have one */
    const char *role;
    bool outside;     /* Edge: that of the outside interface */
    unsigned subject; /* one of the names; the first that it gives */
    unsigned names, softer, allowed;
    bool members; /* the server's own FQDN is asked for */
    bool client_auth, shared;
    enum lp_root_kind root;
    enum lp_wildcard wildcard;
};
extern const struct lp_cert_row lp_cert_rows[];
extern const size_t lp_cert_row_count;
void lp_expect_certs(struct lp_derive *derive);

/* ---- ports ---- */

/* Whose addresses. */
enum lp_side {
    LP_SIDE_SERVERS,  /* each server of the pool, or the pool's own when it has none */
    LP_SIDE_BALANCER, /* the pool's own beside those of its servers */
    LP_SIDE_ACCESS,   /* Edge services outside */
    LP_SIDE_CONFERENCING,
    LP_SIDE_AV,
    LP_SIDE_NOWHERE, /* no role of the file: listed once */
};

struct lp_port_row {
    int row;
    const char *source, *title;
    const char *role; /* NULL: that of the pool */
    unsigned roles;
    enum lp_side side;
    /* Adds the names that a client uses there. */
    void (*hosts)(const struct lp_site *at, struct lp_list *to);
    int64_t ports[3]; /* 0: none */
    bool either;      /* one of the ports suffices; else each is expected */
    int64_t (*port)(const struct lp_site *at); /* in place of ports; NULL */
    bool udp;
    const char *probe; /* NULL: skip says why */
    const char *skip;
    bool mutual;
    bool bare; /* shows no certificate */
    enum lp_feature needs;
    enum lp_generation last;
    bool optional;
    bool (*applies)(const struct lp_site *at); /* may be NULL */
};
extern const struct lp_port_row lp_port_rows[];
extern const size_t lp_port_row_count;
/* After the certificates, whose places in derive->out it refers to. */
void lp_expect_ports(struct lp_derive *derive);
/* Adds a port's expectation unless it is there already. */
void lp_expect_put(struct lp_derive *derive, const struct lp_expectation *e);
/* One expectation a page of the web port (table_web.c): by role, site, simple URLs. */
void lp_expect_web(struct lp_derive *derive, const struct lp_expectation *e);
/* ... of AD FS: metadata and sign-in page. */
void lp_expect_adfs(struct lp_derive *derive, const struct lp_expectation *e);

/* ---- the result under construction (expect_list.c) ---- */

/* Where an expectation stands in derive->out, with the hash of its key. */
struct lp_expect_ref {
    uint64_t hash;
    size_t index;
};
/* What makes two expectations the same: view, and owner and type or host, address and
 * port. Text in the arena. */
struct lp_str lp_expect_key(struct lp_arena *arena, const struct lp_expectation *e);
/* The one with that key; NULL none. */
struct lp_expectation *lp_expect_find(const struct lp_derive *derive, struct lp_str key);
/* Adds it; the caller has seen that it is not there. */
void lp_expect_add(struct lp_derive *derive, const struct lp_expectation *e);

#endif
