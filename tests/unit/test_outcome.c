/* test_outcome.c - the fixed words. */
#include "lp/outcome.h"

#include <check.h>

Suite *lp_suite_outcome(void);

static const struct {
    enum lp_outcome outcome;
    const char *word;
} words[] = {
    { LP_NONE, "" },
    { LP_ANSWER, "answer" },
    { LP_NODATA, "nodata" },
    { LP_NXDOMAIN, "nxdomain" },
    { LP_SERVFAIL, "servfail" },
    { LP_REFUSED, "refused" },
    { LP_TIMEOUT, "timeout" },
    { LP_MALFORMED, "malformed" },
    { LP_OPEN, "open" },
    { LP_UNREACHABLE, "unreachable" },
    { LP_RESET, "reset" },
    { LP_OK, "ok" },
    { LP_ALERT, "alert" },
    { LP_STALLED, "stalled" },
    { LP_NOT_TLS, "not-tls" },
    { LP_NOT_TRIED, "not-tried" },
    { LP_BLOCKED, "blocked" },
    { LP_CRASHED, "crashed" },
};

START_TEST(both_ways)
{
    enum lp_outcome outcome = LP_CRASHED;
    ck_assert_str_eq(lp_outcome_word(words[_i].outcome), words[_i].word);
    ck_assert(lp_outcome_from(lp_str_of(words[_i].word), &outcome));
    ck_assert_int_eq(outcome, words[_i].outcome);
}
END_TEST

START_TEST(no_word)
{
    enum lp_outcome outcome = LP_OK;
    ck_assert(!lp_outcome_from(LP_STR("OK"), &outcome));
    ck_assert(!lp_outcome_from(LP_STR("ok "), &outcome));
    ck_assert(!lp_outcome_from(LP_STR_NONE, &outcome));
    ck_assert_int_eq(outcome, LP_OK);
    ck_assert_str_eq(lp_outcome_word((enum lp_outcome)LP_COUNT(words)), "");
}
END_TEST

Suite *lp_suite_outcome(void)
{
    Suite *suite = suite_create("outcome");
    TCase *tc = tcase_create("outcome");
    tcase_add_loop_test(tc, both_ways, 0, LP_COUNT(words));
    tcase_add_test(tc, no_word);
    suite_add_tcase(suite, tc);
    return suite;
}
