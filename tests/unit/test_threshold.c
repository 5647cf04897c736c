/* test_threshold.c - ranges, thresholds and performance data */
#include <check.h>
#include <math.h>
#include <string.h>

#include "lp/threshold.h"
#include "story.h"

Suite *lp_suite_threshold(void);

/* The contract's own examples: what alerts, and what does not. */
static const struct {
    const char *range;
    double alerts[3], calm[3];
} ranges[] = {
    { "10", { -1, 10.5, 11 }, { 0, 5, 10 } },       { "10:", { 9.9, 0, -1 }, { 10, 11, 1e9 } },
    { "~:10", { 10.1, 11, 1e9 }, { 10, 0, -1e9 } }, { "10:20", { 9, 21, 0 }, { 10, 15, 20 } },
    { "@10:20", { 10, 15, 20 }, { 9, 21, 0 } },     { "~:", { NAN, NAN, NAN }, { -1e9, 0, 1e9 } },
    { "-5:-1", { -6, 0, 1 }, { -5, -3, -1 } },      { "0.5:1.5", { 0.4, 1.6, 2 }, { 0.5, 1, 1.5 } },
};

START_TEST(test_range)
{
    struct lp_range range;
    ck_assert(lp_range_parse(lp_str_of(ranges[_i].range), &range));
    for (size_t k = 0; k < 3; k++) {
        ck_assert(isnan(ranges[_i].alerts[k]) || lp_range_alerts(&range, ranges[_i].alerts[k]));
        ck_assert(!lp_range_alerts(&range, ranges[_i].calm[k]));
    }
}
END_TEST

static const char *const bad_ranges[] = {
    "",         "x",    "10:x", "20:10",
    "1e5",      "0x10", "inf",  "nan",
    "10:20:30", "@",    "--1:", "1-2:",
    "-5",       "~",    "10 :", "11111111111111111111111111111111111111111",
};

START_TEST(test_bad_range)
{
    struct lp_range range;
    ck_assert_msg(!lp_range_parse(lp_str_of(bad_ranges[_i]), &range), "%s", bad_ranges[_i]);
}
END_TEST

static const struct {
    const char *text, *error;
} bad_thresholds[] = {
    { "tim=3", "no such metric: tim; did you mean time?" },
    { "time", "time needs METRIC=WARN[,CRIT]" },
    { "time=", "time= needs METRIC=WARN[,CRIT]" },
    { "time=a", "a is no range, such as 10:20 or ~:5" },
    { "cert_days_min=30", "cert_days_min would alert above 30; did you mean 30:?" },
};

START_TEST(test_bad_threshold)
{
    struct lp_arena arena = { 0 };
    struct lp_threshold threshold;
    struct lp_error error = { "" };
    ck_assert(!lp_threshold_parse(&arena, lp_str_of(bad_thresholds[_i].text), &threshold, &error));
    ck_assert_str_eq(error.text, bad_thresholds[_i].error);
    lp_arena_release(&arena);
}
END_TEST

/* The walk of the story takes 1.234567 s and has one endpoint that answers. */
static const struct {
    const char *text;
    int state;
} states[] = {
    { "time=5", 0 },
    { "time=1", 1 },
    { "time=0.5,1", 2 },
    { "time=,1", 2 },
    { "time=1,5", 1 },
    { "endpoints_failed=0", 0 },
    { "cert_days_min=0:", 0 },
    { "cert_days_min=99999:", 1 },
    { "expectations_unmet=@0:9", 0 },
};

START_TEST(test_state)
{
    struct story story;
    struct lp_threshold threshold;
    const struct lp_threshold *first;
    struct lp_error error = { "" };
    story_open_all(&story, story_plain);
    ck_assert(lp_threshold_parse(&story.arena, lp_str_of(states[_i].text), &threshold, &error));
    struct lp_list list = { &threshold, 1 };
    ck_assert_int_eq(lp_threshold_state(&list, &story.judgement, &first), states[_i].state);
    ck_assert_ptr_eq(first, states[_i].state ? &threshold : NULL);
    story_close(&story);
}
END_TEST

/* Of two for one number the later one counts, in the state and in the data. */
START_TEST(test_performance)
{
    struct story story;
    struct lp_threshold both[2];
    const struct lp_threshold *first;
    struct lp_error error = { "" };
    story_open_all(&story, story_plain);
    ck_assert(lp_threshold_parse(&story.arena, LP_STR("time=1"), &both[0], &error));
    ck_assert(lp_threshold_parse(&story.arena, LP_STR("time=~:9,10"), &both[1], &error));
    struct lp_list list = { both, 2 };
    ck_assert_int_eq(lp_threshold_state(&list, &story.judgement, &first), 0);
    lp_put_performance(&list, &story.judgement, &story.out);
    ck_assert_int_eq(strncmp(story.out.p, "time=1.235s;~:9;10;0;", 21), 0);
    ck_assert_ptr_nonnull(strstr(story.out.p, " cert_days_min="));
    ck_assert_ptr_nonnull(strstr(story.out.p, ";45:;14: endpoints_failed=0;;;0;1 "));
    story_close(&story);
}
END_TEST

Suite *lp_suite_threshold(void)
{
    Suite *suite = suite_create("threshold");
    TCase *tcase = tcase_create("threshold");
    tcase_add_loop_test(tcase, test_range, 0, (int)LP_COUNT(ranges));
    tcase_add_loop_test(tcase, test_bad_range, 0, (int)LP_COUNT(bad_ranges));
    tcase_add_loop_test(tcase, test_bad_threshold, 0, (int)LP_COUNT(bad_thresholds));
    tcase_add_loop_test(tcase, test_state, 0, (int)LP_COUNT(states));
    tcase_add_test(tcase, test_performance);
    suite_add_tcase(suite, tcase);
    return suite;
}
