/* test_summary.c - counts of one walk */
#include <check.h>
#include <string.h>

#include "lp/summary.h"
#include "lp/text.h"
#include "story.h"

Suite *lp_suite_summary(void);

START_TEST(test_plain)
{
    struct story story;
    story_open_all(&story, story_plain);
    struct lp_summary s = lp_summary_of(&story.judgement);
    ck_assert_uint_eq(s.endpoints, 1);
    ck_assert_uint_eq(s.failed, 0);
    ck_assert(s.has_days);
    ck_assert_int_gt(s.days, 0);
    ck_assert_int_eq(s.dns_max, 18000);
    ck_assert_ptr_nonnull(s.trouble);
    ck_assert_uint_eq(s.by_severity[LP_INFO] + s.by_severity[LP_WARNING] +
                          s.by_severity[LP_CRITICAL],
                      story.judgement.finding_count);
    ck_assert_str_eq(lp_summary_view(&story.judgement), "external");
    ck_assert(lp_str_eq(lp_summary_servers(&story.judgement), LP_STR("192.0.2.53")));
    story_close(&story);
}
END_TEST

START_TEST(test_nothing)
{
    struct story story;
    story_open_all(&story, (const char *const[]){ STORY_HEADER(""), STORY_END, NULL });
    struct lp_summary s = lp_summary_of(&story.judgement);
    ck_assert_uint_eq(s.endpoints, 0);
    ck_assert(!s.has_days);
    ck_assert_int_eq(s.dns_max, -1);
    ck_assert_int_eq(s.first_end, LP_UTC_NONE);
    story_close(&story);
}
END_TEST

/* A refused port and a peer that speaks no SIP are both no answer of the service. */
START_TEST(test_failed)
{
    struct story story;
    story_open_all(&story, (const char *const[]){ story_names,
                                                  STORY_SIP(20, "198.51.100.10", "refused",
                                                            "\"connect\":\"refused\"", ""),
                                                  STORY_END, NULL });
    struct lp_summary s = lp_summary_of(&story.judgement);
    ck_assert_uint_eq(s.endpoints, 1);
    ck_assert_uint_eq(s.failed, 1);
    story_close(&story);
}
END_TEST

Suite *lp_suite_summary(void)
{
    Suite *suite = suite_create("summary");
    TCase *tcase = tcase_create("summary");
    tcase_add_test(tcase, test_plain);
    tcase_add_test(tcase, test_nothing);
    tcase_add_test(tcase, test_failed);
    suite_add_tcase(suite, tcase);
    return suite;
}
