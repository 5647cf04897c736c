/* survey.h - what a log says about the clients' walks: resolutions, steps, paths. */
#ifndef LP_SURVEY_H
#define LP_SURVEY_H

#include "lp/addoc.h"
#include "lp/client.h"
#include "lp/log.h"
#include "lp/sipmsg.h"
#include "lp/url.h"

/*
 * All of it is a pure function of the log, computed anew whenever it is asked for: the
 * planner reads it of an unfinished log, the judge and the reports of a finished one. It
 * says what would happen to a client, and holds no opinion on severity.
 */

/* ---- one name and type at one server, across all answers of the log ---- */

/* One alias of a chain. */
struct lp_hop {
    struct lp_str name, target;
    int64_t ttl; /* seconds */
    int64_t evidence;
};

struct lp_resolved {
    struct lp_str name;
    int64_t type;
    int64_t server; /* index in setup.servers */
    /* Of the last link of the chain: answer nodata nxdomain servfail refused timeout
       malformed not-tried blocked crashed. LP_NONE: not (completely) asked yet. A chain
       that never ends is LP_SERVFAIL with loop set. */
    enum lp_outcome outcome;
    struct lp_str next;        /* name that has to be asked next; unset: nothing open */
    const struct lp_hop *hops; /* aliases followed, in order */
    size_t hop_count;
    bool loop;               /* the chain never ends, or has more than LP_MAX_ALIASES links */
    bool dangling;           /* there were aliases, and the last name is NXDOMAIN or, but for
                                SRV, NODATA */
    struct lp_str canonical; /* last name of the chain */
    const struct lp_rr *const *records; /* of the asked type, in order of the message; SRV:
                                           by priority, then weight descending */
    size_t record_count;
    int64_t ttl;             /* smallest of the chain, seconds; -1 none */
    const int64_t *evidence; /* ids that it rests on */
    size_t evidence_count;
};

/* Follows aliases through the log (RFC 1034 3.6.2). question: its name, type and server
   are read. Memory from arena. */
void lp_resolve(const struct lp_log *log, struct lp_arena *arena,
                const struct lp_resolved *question, struct lp_resolved *out);

/* One address of a host. */
struct lp_place {
    struct lp_addr address;
    int64_t connect_port; /* 0: the endpoint's own port */
    bool overridden;      /* by --resolve or --connect-to */
    int64_t evidence;     /* the answer that gave it; 0: the command line */
};

struct lp_places {
    const struct lp_place *at; /* IPv4 first, at most LP_MAX_ADDRESSES */
    size_t n;
    size_t total; /* before that cut */
    /* LP_NONE: still open. LP_ANSWER: n > 0. LP_MALFORMED without evidence in a and aaaa:
       the host is no host name. Else the word of A and AAAA that says most: servfail
       refused malformed timeout crashed blocked not-tried nodata nxdomain, in this
       order. */
    enum lp_outcome outcome;
    struct lp_str next; /* a name to ask for A or AAAA; unset none */
    struct lp_resolved a, aaaa;
};

/* Where packets for a host and port go: --connect-to, --resolve (curl's meaning), an
   address literal, else A and AAAA at the first server. Memory from arena. */
void lp_places_of(const struct lp_log *log, struct lp_arena *arena, struct lp_str host,
                  int64_t port, struct lp_places *out);

/* ---- steps and paths ---- */

/* DESIGN 4, the words for a step. */
enum lp_step_outcome {
    LP_STEP_USED,
    LP_STEP_FOUND_NOT_USED, /* it leads on, and the client came to its end before */
    LP_STEP_MISSING,        /* no record, or one that says that there is no service */
    LP_STEP_BROKEN,         /* there is a record, and it leads to nothing that answers */
    LP_STEP_SKIPPED,        /* this client does not come to it, whatever it holds */
    LP_STEP_UNDECIDED       /* questions were not tried, blocked, or crashed */
};
/* "used" "found-not-used" "missing" "broken" "skipped" "undecided" */
const char *lp_step_word(enum lp_step_outcome outcome);

/* One endpoint that a step names: host, port, one address. */
struct lp_candidate {
    struct lp_str host;
    int64_t port;
    struct lp_addr address;          /* family 0: the host has none, or the port is none */
    const struct lp_evidence *probe; /* NULL: not probed (no address, or open) */
    enum lp_outcome lookup;          /* of the host's addresses, see lp_places */
    size_t order; /* a step's candidates are tried by rising order; equal order: addresses
                     of one name */
    bool usable;  /* SIP: REGISTER was answered with SIP. Autodiscover: root understood */
};

struct lp_srv_target {
    const struct lp_rr *rr;
    struct lp_places places;
    bool root;  /* ".": the service is not offered (RFC 2782) */
    bool alias; /* the target is a CNAME */
};

struct lp_step_result {
    const struct lp_step *row;
    struct lp_str name;
    int64_t type; /* LP_DNS_SRV, or LP_DNS_A for hosts */
    enum lp_step_outcome outcome;
    bool leads_on; /* used, or would be used had the client come this far */
    enum lp_outcome dns;
    struct lp_resolved srv;              /* SRV steps */
    const struct lp_srv_target *targets; /* in order of preference, at most LP_MAX_TARGETS */
    size_t target_count;
    struct lp_places places; /* host and Autodiscover steps: of the first port that has some */
    const struct lp_candidate *candidates;
    size_t candidate_count;
    /* Autodiscover steps */
    const struct lp_evidence *root;   /* the answer whose root was understood; NULL */
    const struct lp_ad_access *named; /* SIP access for the view, from any document of the
                                         chain; NULL none */
    const struct lp_evidence *named_in;
    /* The SIP endpoint that it leads to: its own, that of `named`, or for Autodiscover
       without one that of a later step (assumed). */
    const struct lp_evidence *endpoint; /* NULL: none usable */
    struct lp_str endpoint_host;
    int64_t endpoint_port;
    bool assumed;
};

enum lp_path_outcome { LP_SIGNS_IN, LP_FAILS, LP_UNDECIDED };
/* "signs-in" "fails" "undecided" */
const char *lp_path_word(enum lp_path_outcome outcome);

/* One client's way. The pointers are into steps. */
struct lp_path {
    const struct lp_client *client;
    enum lp_path_outcome outcome;
    const struct lp_step_result *steps;
    size_t step_count;
    /* The used step; on failure the step where it gives up: the first broken one. NULL:
       nothing was found at all. */
    const struct lp_step_result *stops_at;
    /* The step that gives the endpoint: stops_at, or a later one when it is assumed. On
       failure the Autodiscover step whose endpoint fails; NULL none. */
    const struct lp_step_result *giver;
    const struct lp_step_result *broke; /* first broken step before the giver; NULL none */
};

struct lp_survey {
    const struct lp_log *log;
    struct lp_arena *arena;
    bool internal;          /* the view that was decided */
    struct lp_str view_why; /* "asked for", or why auto decided so, in words */
    struct lp_path *paths;  /* one a client of lp_clients, same order */
    size_t path_count;
    const struct lp_path *main; /* of setup.client */
};

/* Everything above, from a finished (or unfinished) log. Memory from arena. */
void lp_survey_make(const struct lp_log *log, struct lp_arena *arena, struct lp_survey *out);

/* Is the walk inside? setup.view, or for "auto" decided by which names have which
   class of address, and where those disagree by what answers. why: in words, static
   text. */
bool lp_view_is_internal(const struct lp_log *log, struct lp_arena *arena, struct lp_str *why);
/* Once DNS is answered: could connections in flight still change that (auto only)? */
bool lp_view_may_change(const struct lp_log *log, struct lp_arena *arena);

/* ---- Autodiscover ---- */

/* Redirect target of an Autodiscover answer: the Redirect link of a root, or the Location
   of a 3xx. False: it does not redirect, or the target is no URL that we follow (then bad
   is the href, else unset). */
bool lp_ad_redirect(const struct lp_evidence *e, struct lp_arena *arena, struct lp_url *to,
                    struct lp_str *bad);
/* The URL of a link of an understood root, resolved against the answer's URL. False: no
   such link, or no URL that we follow. */
bool lp_ad_link_url(const struct lp_evidence *root, const char *token, struct lp_arena *arena,
                    struct lp_url *to);
/* The document of an Autodiscover answer; NULL when the evidence is of another kind. */
const struct lp_ad_doc *lp_ad_doc_of(const struct lp_evidence *e);
/* Is this answer a root that was understood: 200, a document with Links and no sole
   Redirect (domain.md 2.3)? */
bool lp_ad_is_root(const struct lp_evidence *e);

/* The URL of the certificate service that a SIP answer names (sts-uri of its challenge). False: it
 * names none, or no URL that we follow. */
bool lp_sts_of(const struct lp_evidence *e, struct lp_arena *arena, struct lp_url *to);

/* Where one first-hop answer leads: the answers along its redirects, then the root's
   Domain and User documents. */
struct lp_ad_chain {
    const struct lp_evidence *const *at; /* the answer itself first; then all addresses of
                                            each URL that it redirects to */
    size_t n;
    size_t documents; /* at[documents] and on are Domain and User documents; n: none */
    const struct lp_evidence *root; /* understood root; NULL none */
    bool loop;                      /* a URL comes again, or there are more than LP_MAX_REDIRECTS */
    bool undecided;          /* no root, and an answer is missing, not tried, blocked or crashed */
    struct lp_str bad_href;  /* redirect to something that we do not follow; unset none */
    struct lp_str dead_host; /* the last redirect's host, which has no address; unset none */
    const struct lp_ad_access *named; /* SIP access for the view; NULL none */
    const struct lp_evidence *named_in;
};
/* survey: log, arena and internal are read. */
void lp_ad_chain(const struct lp_survey *survey, const struct lp_evidence *first,
                 struct lp_ad_chain *out);

#endif
