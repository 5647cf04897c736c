/* outcome.h - what happened, in the fixed words of DESIGN 4; no opinion. [probe] */
#ifndef LP_OUTCOME_H
#define LP_OUTCOME_H

#include "lp/base.h"

/* name in C, word in every output */
#define LP_OUTCOMES(X)                                                                           \
    X(LP_NONE, "")         /* not reached: e.g. TLS of a refused connection */                   \
    X(LP_ANSWER, "answer") /* DNS */                                                             \
    X(LP_NODATA, "nodata")                                                                       \
    X(LP_NXDOMAIN, "nxdomain")                                                                   \
    X(LP_SERVFAIL, "servfail") /* also every rcode without a word of its own; rcode is           \
                                  in the facts */                                                \
    X(LP_REFUSED, "refused")   /* DNS rcode REFUSED or NOTAUTH; TCP: connection refused */       \
    X(LP_TIMEOUT, "timeout")                                                                     \
    X(LP_MALFORMED, "malformed")                                                                 \
    X(LP_OPEN, "open") /* connection */                                                          \
    X(LP_UNREACHABLE, "unreachable")                                                             \
    X(LP_RESET, "reset")                                                                         \
    X(LP_OK, "ok") /* TLS, conversation, HTTP answer */                                          \
    X(LP_ALERT, "alert")                                                                         \
    X(LP_STALLED, "stalled")                                                                     \
    X(LP_NOT_TLS, "not-tls")                                                                     \
    X(LP_NOT_TRIED, "not-tried") /* any question; `why` says deadline, limit or a local fault */ \
    X(LP_BLOCKED, "blocked")     /* the address guard or the port list; `why` names the rule */  \
    X(LP_CRASHED, "crashed")     /* its worker died or span */

enum lp_outcome {
#define X(id, word) id,
    LP_OUTCOMES(X)
#undef X
};

/* The word; "" for LP_NONE (and a number that is no outcome). */
const char *lp_outcome_word(enum lp_outcome outcome);
/* The outcome of a word; "" is LP_NONE. False: no such word. */
LP_MUST_CHECK bool lp_outcome_from(struct lp_str word, enum lp_outcome *out);

#endif
