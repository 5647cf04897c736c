/* court.h - what the checks of the judge share: endpoints, and claims about them */
#ifndef LP_COURT_H
#define LP_COURT_H

#include "lp/cert.h"
#include "lp/cloud.h"
#include "lp/judge.h"

/* An endpoint as the deciding client meets it. One an evidence; the weightiest step
 * counts when several name it. */
struct lp_seat {
    const struct lp_evidence *e;
    const struct lp_link *link;
    const struct lp_certificate *leaf; /* NULL: none was shown */
    const struct lp_step_result *step; /* NULL: only the topology asks for it */
    size_t step_index;
    size_t order;   /* of the candidate in its step */
    bool web;       /* an Autodiscover request of a step; else SIP, or the topology's */
    bool first_hop; /* web: the step's own host, no redirect and no document */
    bool document;  /* web: a Domain or User document */
    bool named;     /* SIP: the access point that Autodiscover named */
    bool usable;
    bool reached;     /* the client comes this far, or its endpoint is here */
    bool alternative; /* a later candidate of the same step is usable */
    bool spare;       /* an earlier one is: the client is served without this one */
    bool decides;     /* the endpoint that the client uses, or the step where it stops */
    const struct lp_expectation *row; /* the port expectation that asks for it; NULL none. Without
                                         a step it is the topology's alone */
};

/* One expectation of the walk's view before the court. */
struct lp_demand {
    const struct lp_expectation *row;
    size_t *seats; /* ports: indices of the endpoints that were asked; of a row with two ports the
                      one that answers, else the first */
    size_t seat_count;
    enum lp_outcome lookup; /* ports by DNS: of the host's addresses; else LP_NONE */
    bool open;              /* a connection was not asked for, or never tried */
    const char *unasked;    /* why nothing is asked; NULL: it is */
};

/* A finding in the making. */
struct lp_claim {
    const struct lp_rule *rule;
    enum lp_severity severity;
    struct lp_vars vars; /* domain and view are set by lp_claim_add */
    struct lp_str subject, expected, observed;
    size_t step;            /* index in the deciding client's order; SIZE_MAX: none */
    bool decides;           /* it is about what stops the client, or about its endpoint */
    struct lp_addr address; /* family 0: none */
    int64_t port;           /* 0: none */
    struct lp_str host;     /* host of the endpoint, or the owner or target name */
    struct lp_str leaf;     /* sha256 of the certificate it is about */
    bool stops;             /* info by its rule, but it is what stops the client all the same */
    bool deadline;          /* it rests on a question that the deadline cut */
    bool by_cloud;          /* the record is on the other side than the topology says */
    bool by_wildcard;       /* the name may exist only by the zone's wildcard */
    int64_t evidence[16];
    size_t evidence_count;
    size_t cause;                     /* SIZE_MAX: none */
    const struct lp_expectation *row; /* expectation that it is about; NULL none */
    struct lp_str group;              /* pool whose nodes are siblings; unset none */
    const struct lp_waiver *waiver;   /* as in lp_finding */
    bool waived;
    size_t finding; /* its index in the judgement, once they are in order */
};

struct lp_court {
    const struct lp_survey *survey;
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_seat *seats;
    size_t seat_count;
    struct lp_demand *demands;
    size_t demand_count;
    struct lp_claim *claims;
    size_t claim_count, claim_room;
};

/* Is it trouble by itself, which may be a root cause? Mere info is not. */
bool lp_claim_is_trouble(const struct lp_claim *claim);
/* A new claim with the rule's severity. Valid until the next call. */
struct lp_claim *lp_claim_add(struct lp_court *court, const char *id);
/* ... about an endpoint: subject, host, port, address, step, evidence, vars; severity by
 * lp_seat_severity. */
struct lp_claim *lp_claim_seat(struct lp_court *court, const char *id, const struct lp_seat *seat);
/* ... about an Autodiscover request: its name, too. */
struct lp_claim *lp_claim_web(struct lp_court *court, const char *id, const struct lp_seat *seat);
/* ... about a name and type in DNS: subject "owner TYPE", vars. */
struct lp_claim *lp_claim_name(struct lp_court *court, const char *id, struct lp_str name,
                               int64_t type);
/* Adds an evidence id (ignored when 0, already there, or over 16). */
void lp_claim_evidence(struct lp_claim *claim, int64_t id);
/* Sets step, severity and decides from a step of the deciding client (DESIGN 4: a
   fault on a step that the client never reaches keeps at least warning). NULL: of no step. */
void lp_claim_step(struct lp_court *court, struct lp_claim *claim,
                   const struct lp_step_result *step);
/* ... and lowers it for the candidate of that order, by the rules of lp_seat_severity:
   it fails and a later one serves, or an earlier one serves. */
void lp_claim_candidate(struct lp_claim *claim, const struct lp_step_result *step, size_t order);
/* DESIGN 4 "Candidates": info when the seat fails and a later candidate of its step is
   usable; at most warning when it is never reached, or when an earlier candidate
   serves. */
enum lp_severity lp_seat_severity(const struct lp_seat *seat, enum lp_severity base);

/* Is that step one that the client reaches, or that gives its endpoint? */
bool lp_step_is_reached(const struct lp_court *court, const struct lp_step_result *step);
bool lp_step_decides(const struct lp_court *court, const struct lp_step_result *step);
/* Has it a usable candidate whose order is `from` or more, and less than `to`? */
bool lp_step_has_usable(const struct lp_step_result *step, size_t from, size_t to);
/* Makes the claim one about that expectation: role, place, group; info where it is optional. */
void lp_claim_row(struct lp_claim *claim, const struct lp_expectation *row);
/* The claim with that id and subject "owner TYPE"; NULL: none. */
struct lp_claim *lp_claim_find(const struct lp_court *court, const char *id, struct lp_str subject);
/* A claim with that id and subject "owner TYPE" already? */
bool lp_has_claim(const struct lp_court *court, const char *id, struct lp_str subject);
/* Do the two stand side by side in one pool: same port, and same host or same row? */
bool lp_seats_are_siblings(const struct lp_seat *a, const struct lp_seat *b);
/* The certificate that the seat's row asks for; NULL none. */
const struct lp_expectation *lp_seat_certificate(const struct lp_court *court,
                                                 const struct lp_seat *seat);
/* All names that a new certificate at the seat must have, the subject first, ", " between them
 * (rows_certs.c); unset: no topology says so. */
struct lp_str lp_seat_names(struct lp_court *court, const struct lp_seat *seat);
/* Does the topology expect no TLS and no certificate there (A/V Edge)? Of what came all the same
 * nothing is judged. */
bool lp_seat_is_bare(const struct lp_seat *seat);
/* Did it answer as the service that its probe stands for (a mutual one: by asking for a
 * certificate)? */
bool lp_seat_is_well(const struct lp_seat *seat);
/* Clean text for expected and observed: our own format, and pieces of network text by
   lp_text. */
struct lp_str lp_say(struct lp_court *court, const char *format, ...) LP_PRINTF(2, 3);
/* Network text as a NUL-terminated clean string in the arena, at most 200 bytes of it. */
const char *lp_text(struct lp_court *court, struct lp_str s);

/* Is the host one of the topology's (if there is one)? Then it is as it should be. */
bool lp_is_of_topology(const struct lp_court *court, struct lp_str host);
/* Is the host a name of the hosting cloud, or an alias into it (domain.md 2.5)? */
bool lp_is_in_cloud(struct lp_court *court, struct lp_str host);

/* ---- checks that several files share ---- */

/* The lookups of a host's addresses (names.c): answers that are failures, aliases that
 * lead nowhere. step NULL: of no step. */
void lp_check_lookup(struct lp_court *court, const struct lp_step_result *step,
                     const struct lp_places *places);
/* Inside addresses in the outside view (zone.c). name: owner of the places. */
void lp_check_addresses(struct lp_court *court, const struct lp_step_result *step,
                        const struct lp_places *places, struct lp_str name);

/* paper.c: would the certificate file do? named: the first trouble; NULL none. */
struct lp_str lp_say_paper(struct lp_court *court, const struct lp_claim *named);

/* servers.c: do two servers say the same of one question? Records in any order; TTLs do not count.
 */
bool lp_answers_agree(const struct lp_resolved *a, const struct lp_resolved *b);
/* "203.0.113.10, 203.0.113.11", four of them at most; without records the outcome's word. */
struct lp_str lp_say_records(struct lp_court *court, const struct lp_resolved *r);

/* branch.c: a sentence with a blank before it, what the trouble means to the users of a branch: the
 * backup pool is to blame, or the Branch Appliance; "": nothing. */
struct lp_str lp_say_branch(struct lp_court *court, const struct lp_claim *claim);
/* authenticator.c: the server that the challenge of a SIP answer names, clean text; unset: it is no
 * challenge, or names none. */
struct lp_str lp_authenticator_of(struct lp_court *court, const struct lp_evidence *e);

/* Adds the answers of the certificate service that the SIP seat names (sts.c). */
void lp_seats_of_sts(struct lp_court *court, const struct lp_seat *sip,
                     void (*add)(struct lp_court *court, const struct lp_seat *seat));

/* ---- the checks, in the order of DESIGN 4 ---- */
void lp_seats_find(struct lp_court *court);    /* seats.c */
void lp_demands_find(struct lp_court *court);  /* demands.c: the topology's, after the walk's */
void lp_check_names(struct lp_court *court);   /* names.c: records of the steps */
void lp_check_srv(struct lp_court *court);     /* srv.c: SRV records and their targets */
void lp_check_hosts(struct lp_court *court);   /* hosts.c: hosts that Autodiscover names */
void lp_check_zone(struct lp_court *court);    /* zone.c: wildcard, addresses; and: */
void lp_check_cloud(struct lp_court *court);   /* cloud.c: four records on one side */
void lp_check_servers(struct lp_court *court); /* servers.c: servers that differ */
void lp_check_ttl(struct lp_court *court);     /* ttl.c: what a switch leaves in caches */
void lp_check_ports(struct lp_court *court);
void lp_check_tls(struct lp_court *court);
void lp_check_certificates(struct lp_court *court); /* certs.c: names, dates, EKU, encoding */
void lp_check_trust(struct lp_court *court);        /* trust.c: chains against the stores */
void lp_check_quality(struct lp_court *court);      /* quality.c: keys, signatures, CDP, wildcard */
void lp_check_autodiscover(struct lp_court *court); /* autodiscover.c: single answers */
void lp_check_reach(struct lp_court *court);        /* reach.c: Autodiscover steps as a whole */
void lp_check_sip(struct lp_court *court);
void lp_check_revocation(struct lp_court *court); /* revocation.c: lists that certificates name */
void lp_check_sni(struct lp_court *court);        /* sni.c: handshakes without SNI */
void lp_check_sts(struct lp_court *court); /* sts.c: the certificate service that SIP names */
void lp_check_authenticators(struct lp_court *court); /* authenticator.c: against the topology */
void lp_check_nodes(struct lp_court *court);          /* nodes.c: siblings that are not alike */
void lp_check_walk(struct lp_court *court);
void lp_check_run(struct lp_court *court);
void lp_check_probes(struct lp_court *court); /* probes.c: what the probes' own checks say */
void lp_check_expected_records(struct lp_court *court);      /* rows_dns.c */
void lp_check_expected_ports(struct lp_court *court);        /* rows_ports.c */
void lp_check_expected_certificates(struct lp_court *court); /* rows_certs.c */

/* waive.c: what the topology accepts for a time becomes info. */
void lp_claims_waive(struct lp_court *court);
/* order.c and cause.c: by the order of DESIGN 4, then which claim follows from which,
 * then the findings. */
void lp_claims_sort(struct lp_court *court);
void lp_claims_relate(struct lp_court *court);
void lp_claims_order(struct lp_court *court, struct lp_judgement *out);
/* states.c: what became of each demand, once the claims are findings */
void lp_states_find(struct lp_court *court, struct lp_judgement *out);
/* beyond.c: what the answer of the client's endpoint tells of the servers behind it */
void lp_beyond_make(struct lp_court *court, struct lp_beyond *out);
/* sentence.c */
void lp_sentence_make(struct lp_court *court, struct lp_judgement *out);

#endif
