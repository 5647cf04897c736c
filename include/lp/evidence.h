/* evidence.h - what was observed, one entry a question: facts, no judgement. [probe] */
#ifndef LP_EVIDENCE_H
#define LP_EVIDENCE_H

#include "lp/facts.h"

/* One line of a recording: the question, how it ended, when, and its facts. */
struct lp_evidence {
    /* 1, 2, ... in order of arrival (growing; gaps are no fault); referred to by
     * findings. */
    int64_t id;
    /* Id of the evidence that gave rise to the question, smaller than its own; 0: the
     * run. */
    int64_t parent;
    struct lp_str key;            /* identity of the question, see ask.h */
    const struct lp_shape *shape; /* kind of facts */
    /* How the question as a whole ended: for a probe the word of the layer that ended it,
     * LP_OK when its conversation was had. */
    enum lp_outcome outcome;
    /* More words: "limit 64 endpoints", "deadline", "local EMFILE", "guard loopback",
     * "errno ECONNRESET"; unset: nothing to add. */
    struct lp_str why;
    int64_t started; /* microseconds after the start of the walk */
    int64_t elapsed; /* microseconds; -1 not measured */
    void *facts;     /* struct of the shape, never NULL (zeroed when nothing was observed) */
};

/* Shapes of the kinds that are no probe. */
extern const struct lp_shape lp_shape_dns;
extern const struct lp_shape lp_shape_certificate;
/* The link of an evidence; NULL when its shape has none. */
const struct lp_link *lp_link_of(const struct lp_evidence *e);
/* The HTTP facts; NULL when its shape has none. */
const struct lp_http *lp_http_of(const struct lp_evidence *e);
/* The DNS facts; NULL when it is no DNS evidence. */
const struct lp_dns_facts *lp_dns_of(const struct lp_evidence *e);

#endif
