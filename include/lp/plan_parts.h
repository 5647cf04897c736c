/* plan_parts.h - what the files of the planner share: the list of asks that grows. */
#ifndef LP_PLAN_PARTS_H
#define LP_PLAN_PARTS_H

#include "lp/keyset.h"
#include "lp/plan.h"

struct lp_planner {
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_asks *out;
    struct lp_keyset wanted; /* keys of out */
    struct lp_keyset named;  /* keys that the topology asks for: no limit counts them */
    struct lp_keyset walked; /* keys that the deciding client's walk asks for */
    size_t questions;        /* DNS questions of the walk so far, asked or wanted */
    size_t endpoints;
    size_t besides; /* probes beside endpoints */
    size_t refused;
    const struct lp_step *rows[32]; /* steps that have been wanted */
    size_t row_count;
    bool names_only; /* no endpoint is wanted */
    bool for_srv;    /* what an SRV record names is being wanted */
    bool walking;    /* ... what the deciding client comes to */
};

/* What a host and port stand for while the walk follows it. */
struct lp_spot {
    const struct lp_probe *probe;
    struct lp_str host;
    int64_t port;
    struct lp_str url; /* web probes */
    int64_t hop;
    int64_t parent;
    bool plain, from_network;
    struct lp_list serials, issuers; /* revocation: see lp_ask */
    struct lp_str certificate;       /* ... */
};

/* Each adds an ask unless the log, or the list, holds it; over a limit one that is refused. */

/* A question at that server. */
void lp_want_at_server(struct lp_planner *planner, const struct lp_resolved *question,
                       int64_t parent);
/* ... at all servers. */
void lp_want_question(struct lp_planner *planner, int64_t type, struct lp_str name, int64_t parent);
/* A connection to one address. */
void lp_want_probe(struct lp_planner *planner, const struct lp_spot *spot,
                   const struct lp_place *place);
/* Asks for the addresses of the host that are not known, probes those that are. */
void lp_want_spot(struct lp_planner *planner, const struct lp_spot *spot);
/* An ask that is whole. */
void lp_want_ask(struct lp_planner *planner, struct lp_ask *ask);

/* Can no answer that is awaited change the view any more? */
bool lp_view_is_settled(const struct lp_planner *planner);

/* Collects in `named` all that the topology asks for, in both views. */
void lp_name_rows(struct lp_planner *planner);
/* Records of the view (of both, where it is to be decided), then the connections. */
void lp_want_rows(struct lp_planner *planner);

/* The name servers of the zone that holds the domain, and their addresses (zone_servers.c). */
void lp_want_servers(struct lp_planner *planner);
/* The certificate service that a SIP answer names (follow.c). */
void lp_follow_sts(struct lp_planner *planner);
/* What is asked beside endpoints that have answered (enum lp_beside), as soon as they are known
 * (beside.c). quiet: nothing else is missing. */
void lp_want_beside(struct lp_planner *planner, bool quiet);
/* What the responders that certificates name say of each, as soon as its issuer is known
 * (responders.c). */
void lp_follow_ocsp(struct lp_planner *planner);
/* Every certificate of the log that bears the name of the certificate's issuer: struct lp_str DER.
 */
struct lp_list lp_issuers_of(const struct lp_planner *planner, const struct lp_certificate *cert);
/* The revocation lists that certificates name, as soon as one does (revocation.c). quiet: nothing
 * else is missing, so that no more certificates come; then long ones are asked about the rest. */
void lp_follow_revocation(struct lp_planner *planner, bool quiet);

#endif
