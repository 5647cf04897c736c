/* topology.h - what the deployment should look like, as its administrator wrote it down. */
#ifndef LP_TOPOLOGY_H
#define LP_TOPOLOGY_H

#include "lp/addr.h"
#include "lp/field.h"
#include "lp/tree.h"

/* The release that the servers run; names what they still serve (domain.md 7.3, 8.2). */
enum lp_generation { LP_LYNC_2013, LP_SFB_2015, LP_SFB_2019 };
/* "lync2013" "sfb2015" "sfb2019" (Subscription Edition is the code base of 2019). */
const char *lp_generation_word(enum lp_generation generation);

/* Roles: one section of the file each. */
#define LP_ROLES(X)                                                                                \
    X(LP_ROLE_FRONT_END, "front-end", "front-end-pools", "Front End pool")                         \
    X(LP_ROLE_STANDARD, "standard-edition", "standard-edition-servers", "Standard Edition server") \
    X(LP_ROLE_DIRECTOR, "director", "directors", "Director")                                       \
    X(LP_ROLE_EDGE, "edge", "edge-pools", "Edge pool")                                             \
    X(LP_ROLE_PROXY, "reverse-proxy", "reverse-proxies", "Reverse proxy")                          \
    X(LP_ROLE_MEDIATION, "mediation", "mediation-pools", "Mediation pool")                         \
    X(LP_ROLE_CHAT, "persistent-chat", "persistent-chat-pools", "Persistent Chat pool")            \
    X(LP_ROLE_BRANCH, "branch-appliance", "branch-appliances", "Branch Appliance")                 \
    X(LP_ROLE_OFFICE, "office-web-apps", "office-web-apps-farms", "Office Web Apps farm")          \
    X(LP_ROLE_UM, "exchange-um", "exchange-um-servers", "Exchange UM server")                      \
    X(LP_ROLE_SQL, "sql", "sql-servers", "Back-end SQL Server")                                    \
    X(LP_ROLE_ADFS, "adfs", "adfs-servers", "AD FS")                                               \
    X(LP_ROLE_ADFS_PROXY, "adfs-proxy", "adfs-proxies", "AD FS proxy")

enum lp_role {
#define X(id, word, section, title) id,
    LP_ROLES(X)
#undef X
        LP_ROLE_COUNT
};
const char *lp_role_word(enum lp_role role);    /* "front-end" */
const char *lp_role_section(enum lp_role role); /* "front-end-pools", the file's key */
const char *lp_role_title(enum lp_role role);   /* "Front End pool" */

/* Features that may be off: then their records and open ports are not expected. */
#define LP_FEATURES(X)                                                              \
    X(LP_FEATURE_FEDERATION, "federation", true, "Federation with other companies") \
    X(LP_FEATURE_XMPP, "xmpp", false, "XMPP federation")                            \
    X(LP_FEATURE_DIAL_IN, "dial-in", false, "Dial-in conferencing")                 \
    X(LP_FEATURE_RESPONSE_GROUP, "response-group", false, "Response Group")         \
    X(LP_FEATURE_CALL_PARK, "call-park", false, "Call Park")                        \
    X(LP_FEATURE_MOBILITY, "mobility", true, "Mobile clients")                      \
    X(LP_FEATURE_CAC, "cac", false, "Call Admission Control")                       \
    X(LP_FEATURE_MEDIATION, "mediation", false, "Mediation Server on the Front End servers")

enum lp_feature {
#define X(id, word, fallback, title) id,
    LP_FEATURES(X)
#undef X
        LP_FEATURE_COUNT
};
/* "federation", the file's key */
const char *lp_feature_word(enum lp_feature feature);

/* Where the users of a SIP domain are homed (Plan hybrid connectivity: shared SIP address space).
 */
enum lp_hosting {
    LP_HOSTING_PREMISES, /* all on these servers */
    LP_HOSTING_HYBRID,   /* some at the hosting cloud: DNS stays as it was, these servers send them
                            on */
    LP_HOSTING_CLOUD     /* all at the hosting cloud */
};
const char *lp_hosting_word(enum lp_hosting hosting); /* "on-premises" "hybrid" "cloud" */

/* A text with its place. */
struct lp_marked {
    struct lp_str text;
    struct lp_mark mark;
};

/* One server of a pool. */
struct lp_member {
    struct lp_str fqdn;       /* lower case */
    struct lp_list addresses; /* struct lp_addr; none: DNS is asked */
    struct lp_mark mark;
};

/* One of the three external services of an Edge pool. */
struct lp_edge_service {
    struct lp_str fqdn;       /* unset: the pool has no such service */
    struct lp_list addresses; /* struct lp_addr, on the outside interface; none: DNS is asked */
    struct lp_list nat;       /* struct lp_addr, as the Internet sees them; none: the same */
    int64_t port;             /* 0: the usual one (443) */
    struct lp_mark mark;
};

/*
 * A pool, farm, server or proxy: everything that has one FQDN. A single server is a pool
 * without members. Keys that a role does not have are errors of the file, and unset here.
 */
struct lp_pool {
    enum lp_role role;
    struct lp_str fqdn;       /* lower case; Edge: the internal one, unset: the file says only
                                 what the outside shows; reverse proxy: may be unset */
    struct lp_list addresses; /* struct lp_addr: of the load balancer or the single server; none:
                                 those of the members, else DNS is asked */
    struct lp_list members;   /* struct lp_member */
    struct lp_str web_internal, web_external; /* Web Services FQDNs: Front End, Standard Edition,
                                                 Director; unset: internal that of the pool,
                                                 external none */
    struct lp_edge_service access, conferencing, av; /* Edge */
    struct lp_str next_hop;    /* Edge: FQDN of the Director or pool that authenticates; unset:
                                  the first Director, else the first pool */
    struct lp_str backup_pool; /* Branch Appliance, Front End pool, Standard Edition: FQDN; unset
                                  none */
    struct lp_list publishes;  /* struct lp_str, reverse proxy: hosts; none: all web hosts of the
                                  deployment that are meant for the outside */
    int64_t port;              /* SQL: of a named instance; Exchange UM: 0 the usual one */
    struct lp_str root;        /* "private" or "public": CA of its certificate (Edge: of the
                                  external one); unset: as the poster says for the role */
    bool compliance;           /* Persistent Chat: with a compliance server (MSMQ) */
    struct lp_mark mark;
};

enum lp_url_kind { LP_URL_MEET, LP_URL_DIALIN, LP_URL_ADMIN };
const char *lp_url_kind_word(enum lp_url_kind kind); /* "meet" "dialin" "admin" */

/* A simple URL (domain.md 7.3): any of the three options. */
struct lp_simple_url {
    enum lp_url_kind kind;
    struct lp_str url;  /* "https://meet.contoso.com" or "https://lync.contoso.com/meet" */
    struct lp_str host; /* lower case */
    struct lp_str path; /* "/" or "/meet" */
    struct lp_mark mark;
};

/* One more name that must exist. */
struct lp_required {
    struct lp_str name;       /* lower case */
    int64_t type;             /* LP_DNS_A (A or AAAA), LP_DNS_SRV */
    bool internal, external;  /* views in which it must be there; without `view`: both */
    struct lp_list addresses; /* struct lp_addr; none: any */
    struct lp_str target;     /* SRV; unset: any */
    int64_t port;             /* SRV; 0: any */
    struct lp_mark mark;
};

/* Findings that are known and accepted for a time. */
struct lp_waiver {
    struct lp_str id;      /* "LP-CERT-WILDCARD" */
    struct lp_str subject; /* glob over the finding's subject (* and ?); unset: every one */
    struct lp_str reason;
    lp_utc from, until; /* seconds UTC, until exclusive: its last day is that of until - 1;
                            from LP_UTC_NONE: always */
    struct lp_mark mark;
};

/* What two sides of a comparison may be to each other. */
enum lp_compare_meant {
    LP_MEANT_SAME,         /* must be the same, whatever the views would allow */
    LP_MEANT_DIFFER,       /* may differ */
    LP_MEANT_INSIDE_ONLY,  /* must not be there outside */
    LP_MEANT_OUTSIDE_ONLY, /* must not be there inside */
};
const char *lp_compare_meant_word(enum lp_compare_meant meant); /* "same" "inside-only" ... */

struct lp_compare_rule {
    struct lp_str name; /* glob over owner names and hosts (* and ?) */
    enum lp_compare_meant meant;
    struct lp_mark mark;
};

struct lp_topology {
    struct lp_str file;   /* name for messages */
    struct lp_str digest; /* sha256 hex of the file */
    enum lp_generation generation;
    struct lp_list
        sip_domains; /* struct lp_marked, A-labels, lower case; the first is the default */
    struct lp_list cloud, hybrid; /* struct lp_marked: those of them that are not on-premises */
    struct lp_marked ad_domain;   /* unset: the zone of the first pool */
    bool feature[LP_FEATURE_COUNT];
    /* Nobody knows whether it is in use: its ports may be open or closed, its records there or not.
     */
    bool feature_unknown[LP_FEATURE_COUNT];
    struct lp_mark feature_mark[LP_FEATURE_COUNT];
    struct lp_list pools; /* struct lp_pool, in the order of the roles, then of the file */
    struct lp_list urls;  /* struct lp_simple_url */
    struct lp_list
        private_roots; /* struct lp_marked: PEM files, relative to the topology's folder */
    int64_t days_warning, days_critical; /* -1: not said */
    struct lp_mark thresholds_mark;
    struct lp_list required; /* struct lp_required */
    struct lp_list waivers;  /* struct lp_waiver */
    struct lp_list compare;  /* struct lp_compare_rule; the first that fits counts */
};

/* What a topology may have; beyond it the file is refused with its place. */
enum {
    LP_TOPOLOGY_FILE_MAX = 4 * 1024 * 1024, /* bytes */
    LP_TOPOLOGY_DEPTH_MAX = 16,
    LP_TOPOLOGY_NODES_MAX = 100000, /* keys, values and elements */
    LP_TOPOLOGY_LIST_MAX = 1000     /* elements of one list */
};

/* A topology as it was written. */
struct lp_topology_text {
    struct lp_str name; /* for messages: the file's */
    struct lp_str bytes;
};

/*
 * Reads a topology: YAML 1.1 by libyaml's events, or JSON; UTF-8 or UTF-16 with or without BOM,
 * LF or CRLF. Aliases and anchors are refused. Unknown key, duplicate key, wrong type, an address
 * that is none, a name that is none, a contradiction (a backup pool or next hop that is not in the
 * file, the same FQDN twice, an address of two roles that cannot share it ...): false, and the
 * error is "FILE:LINE:COLUMN: what was expected; did you mean NEAREST?". Everything lives in the
 * arena.
 */
LP_MUST_CHECK bool lp_topology_read(struct lp_arena *arena, const struct lp_topology_text *text,
                                    struct lp_topology *out, struct lp_error *error);

/* The pool of that role with that FQDN (role LP_ROLE_COUNT: any); NULL: none. */
const struct lp_pool *lp_topology_pool(const struct lp_topology *topology, enum lp_role role,
                                       struct lp_str fqdn);
/* The pool to whose servers the host belongs: its FQDN, a member, a web or Edge FQDN; NULL none. */
const struct lp_pool *lp_topology_pool_of_host(const struct lp_topology *topology,
                                               struct lp_str host);
/* Is that address one that the file gives to the inside / to the outside? An address of both is
 * neither. */
bool lp_topology_calls_internal(const struct lp_topology *topology, const struct lp_addr *address);
bool lp_topology_calls_external(const struct lp_topology *topology, const struct lp_addr *address);
/* Addresses as the Internet sees a service: nat, else addresses. */
struct lp_list lp_edge_public(const struct lp_edge_service *service);
/* Where the users of that SIP domain are; of one that the file does not know: on-premises. where:
 * NULL, or gets the place of the word that says so; unchanged when none does. */
enum lp_hosting lp_topology_hosting(const struct lp_topology *topology, struct lp_str domain,
                                    struct lp_mark *where);

#endif
