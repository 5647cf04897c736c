/* summary.h - a judgement in a few numbers and words, for formats that have room for no more. */
#ifndef LP_SUMMARY_H
#define LP_SUMMARY_H

#include "lp/judge.h"

/* Counts of one walk. */
struct lp_summary {
    size_t endpoints; /* connections that were wanted */
    size_t failed;    /* those that did not come to an answer of their service */
    size_t by_severity[LP_CRITICAL + 1];
    bool has_days;    /* false: no certificate was seen */
    int64_t days;     /* until the first leaf certificate ends; negative: since it ended */
    lp_utc first_end; /* its notAfter; LP_UTC_NONE none */
    lp_usec dns_max;  /* slowest DNS answer; -1 none */
    /* What the sentence speaks of, else the first warning or critical finding; NULL: healthy. */
    const struct lp_finding *trouble;
};
struct lp_summary lp_summary_of(const struct lp_judgement *j);

/* Did the conversation come to its end as its service should? */
bool lp_summary_is_well(const struct lp_judgement *j, const struct lp_evidence *e);
/* "192.0.2.53, inside 10.0.0.53": the servers asked; clean text in the survey's arena. */
struct lp_str lp_summary_servers(const struct lp_judgement *j);
/* "internal" or "external". */
const char *lp_summary_view(const struct lp_judgement *j);

#endif
