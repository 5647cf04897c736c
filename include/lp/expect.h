/* expect.h - what must be there: the poster's tables applied to a topology. Pure. */
#ifndef LP_EXPECT_H
#define LP_EXPECT_H

#include "lp/buf.h"
#include "lp/topology.h"

enum lp_expect_kind { LP_EXPECT_DNS, LP_EXPECT_CERT, LP_EXPECT_PORT };
/* "dns" "certificate" "port" */
const char *lp_expect_word(enum lp_expect_kind kind);

/* A record, or its absence. */
struct lp_expect_dns {
    struct lp_str owner;
    int64_t type;             /* LP_DNS_SRV; LP_DNS_A: A or AAAA, by alias or not */
    bool absent;              /* must not be seen in this view (LP-DNS-INTERNAL-LEAK) */
    bool inside_only;         /* of the internal view: unless another row wants the name outside,
                                 one says that it must be absent there */
    struct lp_list addresses; /* struct lp_addr: each address of the answer must be one of
                                 them; none: any */
    size_t planned;           /* that many of them, the first, are what the plan says; the others
                                 are as good */
    struct lp_list targets;   /* struct lp_str, SRV: one of them; the first is what the plan
                                 says; none: any */
    int64_t port;             /* SRV; 0: any */
    int64_t priority, weight; /* SRV, of the plan */
    bool alias;               /* must be an alias of target, whatever its addresses (a host of the
                                 hosting cloud) */
    struct lp_str target;     /* plan of an alias or address record: the host whose address it
                                 has; unset: addresses say it */
};

enum lp_root_kind { LP_ROOT_ANY, LP_ROOT_PRIVATE, LP_ROOT_PUBLIC };
/* Where the SAN may hold a wildcard (domain.md 5.3). */
enum lp_wildcard { LP_WILDCARD_NO, LP_WILDCARD_WEB, LP_WILDCARD_ANY };

/* A certificate: one a role and pool. Port expectations refer to it. */
struct lp_expect_cert {
    const char *role;       /* "front-end", "edge-external", ... (certificates.tsv, kebab case) */
    struct lp_str subject;  /* common name; unset: any */
    struct lp_list names;   /* struct lp_str: SAN that must be there, the subject's first */
    struct lp_list members; /* struct lp_str: FQDNs of the servers. A server's own certificate must
                               have its own of them (lp_expect_port.member), that behind a load
                               balancer one of them; none: nothing beside names */
    struct lp_list softer;  /* struct lp_str: where poster and documentation differ:
                               missing is a warning at most (domain.md 11) */
    struct lp_list allowed; /* struct lp_str: needed by nobody here, and no surprise either */
    bool client_auth;       /* EKU clientAuth is asked for beside serverAuth; soft: a warning */
    enum lp_root_kind root;
    enum lp_wildcard wildcard;
    bool shared; /* every node of the pool must show the very same certificate (Edge
                    external) */
};

/* A port on the addresses of one server, pool or service. */
struct lp_expect_port {
    struct lp_str host;     /* SNI, Host header; certificate name unless mutual */
    struct lp_addr address; /* family 0: every address of the host by DNS */
    int64_t ports[2];       /* one of them suffices; 0: no second one */
    bool udp;
    const char *probe;    /* name of a probe; NULL: see skip */
    struct lp_str path;   /* web probes: "/meet"; unset: the probe's own */
    bool closed;          /* the feature is off: an open port is LP-PORT-UNEXPECTED */
    bool reserved;        /* open or closed, both are as they should be (domain.md 8.2) */
    bool mutual;          /* asks for a client certificate: that is healthy */
    struct lp_str group;  /* pool FQDN: its nodes are siblings, compared with one another */
    struct lp_str member; /* FQDN of the server that has the address; unset: a load
                             balancer, a pool without members, DNS */
    const struct lp_pool *authenticator; /* SIP: whose server asks for the password here, that of
                                            the address or one behind it; NULL: not known */
    size_t certificate; /* index of its certificate's expectation; SIZE_MAX: shows none */
    struct lp_list expected_public; /* struct lp_addr, A/V Edge: what it must say about itself */
};

struct lp_expectation {
    enum lp_expect_kind kind;
    const char *table;  /* "dns", "certificates", "ports"; row of the poster's table, from 1; */
    int row;            /* 0: product documentation alone */
    const char *source; /* words: "poster, DNS table", "Lync Server 2013: DNS requirements" */
    const char *title;  /* "internal user access", "federation": purpose or workload */
    const char *role;   /* word: "access-edge", "front-end" ... */
    bool internal;      /* view in which it can be checked; false: external */
    const struct lp_pool *pool; /* NULL: belongs to no pool */
    struct lp_mark mark;        /* place in the topology that implies it */
    struct lp_str domain;       /* SIP domain; unset: the deployment as a whole */
    bool optional;              /* not there: as it should be too, info at most (legacy, last
                                   resort); there: as expected */
    const char *skip;           /* why it cannot be probed; listed, never counted; NULL: can be */
    /* the one of the kind is set */
    struct lp_expect_dns dns;
    struct lp_expect_cert cert;
    struct lp_expect_port port;
};

struct lp_expectations {
    const struct lp_topology *topology;
    struct lp_expectation *at; /* DNS, then certificates, then ports; internal before external */
    size_t n;
};

/* Which ones. */
struct lp_expect_scope {
    struct lp_str domain; /* rows of this SIP domain; unset: of all */
    bool whole;           /* and those of no one domain: pools, ports, certificates */
};

/* Both views. Memory from arena; the topology is borrowed. */
void lp_expect_make(const struct lp_topology *topology, const struct lp_expect_scope *scope,
                    struct lp_arena *arena, struct lp_expectations *out);

/* The SIP domain is one of the topology's? */
bool lp_expect_knows_domain(const struct lp_topology *topology, struct lp_str domain);

#endif
