/* judge.h - from evidence to findings: pure; reads no clock, prints nothing. */
#ifndef LP_JUDGE_H
#define LP_JUDGE_H

#include "lp/catalogue.h"
#include "lp/survey.h"

struct lp_finding {
    const struct lp_rule *rule;
    enum lp_severity severity;
    struct lp_str subject; /* "host:port address", or "owner TYPE"; clean text */
    struct lp_str expected, observed;
    struct lp_str why;
    struct lp_list fix;      /* struct lp_str */
    struct lp_list evidence; /* int64_t ids */
    size_t cause; /* index of the finding that it follows from; SIZE_MAX: it is a root cause */
};

enum lp_verdict { LP_VERDICT_OK, LP_VERDICT_WARNING, LP_VERDICT_CRITICAL, LP_VERDICT_UNDECIDED };
const char *lp_verdict_word(enum lp_verdict verdict); /* "ok" "warning" "critical" "undecided" */

struct lp_judgement {
    struct lp_survey survey;
    /* Root causes in the order of DESIGN 4, each followed by what follows from it. */
    struct lp_finding *findings;
    size_t finding_count;
    enum lp_verdict verdict;
    /* One sentence: can a user sign in, where does the client stop, why. */
    struct lp_str sentence;
    /* Index of the finding that the sentence speaks of: what decides, which need not be the first
       (a missing record stands before the certificate that stops the client). SIZE_MAX: healthy,
       or there is none. */
    size_t named;
    struct lp_str why;  /* of that finding; unset without one */
    struct lp_list fix; /* struct lp_str: its steps */
    int exit_code;      /* 0 1 2 3 */
};

/* Judges a log. Memory from arena. */
void lp_judge(const struct lp_log *log, struct lp_arena *arena, struct lp_judgement *out);

#endif
