/* judge.h - from evidence to findings: pure; reads no clock, prints nothing. */
#ifndef LP_JUDGE_H
#define LP_JUDGE_H

#include "lp/catalogue.h"
#include "lp/expect.h"
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
    /* With a topology, where the finding is about something that it asks for: */
    const char *role;    /* "front-end"; NULL: nothing of the topology */
    struct lp_str place; /* "contoso.yaml:14"; unset: nothing of the topology */
    /* Accepted for a time: waived, it is info whatever its rule says; else the time is over (or not
     * yet come), and it counts. NULL: no waiver speaks of it. */
    const struct lp_waiver *waiver;
    bool waived;
};

/* ---- with a topology: what became of each expectation ---- */

enum lp_expect_state {
    LP_MET,
    LP_UNMET,
    LP_OPEN_ROW, /* "undecided": its question was not asked, or not answered */
    LP_LISTED,   /* nothing can be asked; said, never counted as passed */
    LP_WAIVED,   /* unmet, and accepted for a time */
};
enum { LP_EXPECT_STATES = LP_WAIVED + 1 };
const char *lp_expect_state_word(enum lp_expect_state state);

struct lp_expect_result {
    const struct lp_expectation *expectation;
    enum lp_expect_state state;
    struct lp_str observed; /* clean text; LP_LISTED: why */
    size_t finding;         /* index of the finding that says so; SIZE_MAX none */
};

struct lp_expect_results {
    struct lp_expect_result *at; /* those of the walk's view, in the order of lp_expectations */
    size_t n;
    size_t count[LP_EXPECT_STATES];
    size_t findings_waived;
};
/* How many count: all but those that are only listed. */
size_t lp_expect_total(const struct lp_expect_results *results);

enum lp_verdict { LP_VERDICT_OK, LP_VERDICT_WARNING, LP_VERDICT_CRITICAL, LP_VERDICT_UNDECIDED };
const char *lp_verdict_word(enum lp_verdict verdict); /* "ok" "warning" "critical" "undecided" */

/* A server that would check the password: the targetname of a challenge (MS-SIPAE). */
struct lp_authenticator {
    struct lp_str name;         /* clean text */
    struct lp_addr address;     /* of the endpoint where it was met first */
    const char *product;        /* "Lync Server 2013"; NULL: not known */
    const struct lp_pool *pool; /* of the topology; NULL: none, or not one of its */
};

/* What stands behind the SIP endpoint of the deciding client, without a password. */
struct lp_beyond {
    const struct lp_evidence *e; /* the endpoint's answer; NULL: there is none */
    struct lp_list servers;      /* struct lp_authenticator, each once */
    struct lp_str text;          /* half a sentence, clean; unset: e is NULL */
};

struct lp_judgement {
    struct lp_survey survey;
    /* Root causes in the order of DESIGN 4, each followed by what follows from it. */
    struct lp_finding *findings;
    size_t finding_count;
    enum lp_verdict verdict;
    /* The deciding client comes to an endpoint, and nothing there keeps it out. */
    bool signs_in;
    /* One sentence: can a user sign in, where does the client stop, why. */
    struct lp_str sentence;
    /* Index of the finding that the sentence speaks of: what decides, which need not be the first
       (a missing record stands before the certificate that stops the client). SIZE_MAX: healthy,
       or there is none. */
    size_t named;
    struct lp_beyond beyond;
    struct lp_str why;                     /* of that finding; unset without one */
    struct lp_list fix;                    /* struct lp_str: its steps */
    int exit_code;                         /* 0 1 2 3 */
    struct lp_expect_results expectations; /* n 0: there is no topology */
};

/*
 * Where a certificate would serve: of the expectations of ports those whose certificate fits best,
 * the first one: its common name is the subject, then by the names that it covers. role: word of
 * the certificate expectation ("front-end"), unset: any. NULL: no such role, or (without one) none
 * of whose names the certificate has any.
 */
const struct lp_expectation *lp_paper_row(const struct lp_expectations *expected,
                                          const struct lp_certificate *leaf, struct lp_str role);

/* Judges a log. Memory from arena. */
void lp_judge(const struct lp_log *log, struct lp_arena *arena, struct lp_judgement *out);

#endif
