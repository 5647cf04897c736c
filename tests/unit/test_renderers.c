/* test_renderers.c - the table of formats, and the recording as one of them */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/record.h"
#include "story.h"

Suite *lp_suite_renderers(void);

START_TEST(test_by_name)
{
    ck_assert_ptr_eq(lp_renderer_by_name(LP_STR("text")), &lp_renderers[0]);
    ck_assert_ptr_nonnull(lp_renderer_by_name(LP_STR("json")));
    ck_assert_ptr_nonnull(lp_renderer_by_name(LP_STR("record")));
    ck_assert_ptr_null(lp_renderer_by_name(LP_STR("TEXT")));
    ck_assert_ptr_null(lp_renderer_by_name(LP_STR("")));
    ck_assert_ptr_null(lp_renderer_by_name(LP_STR_NONE));
}
END_TEST

START_TEST(test_rows_are_whole)
{
    for (size_t i = 0; i < lp_renderer_count; i++) {
        const struct lp_renderer *r = &lp_renderers[i];
        ck_assert_ptr_eq(lp_renderer_by_name(lp_str_of(r->name)), r);
        ck_assert_uint_gt(strlen(r->title), 10);
        ck_assert(r->render != NULL);
    }
}
END_TEST

/* A recording rendered, read and rendered again is the same, and so are the reports of both. */
START_TEST(test_replay)
{
    static const char *const formats[] = { "record", "json", "text", "html" };
    struct story live, replayed;
    story_open_all(&live, story_plain);
    char *record = strdup(story_render(&live, "record"));
    story_open(&replayed, record);
    ck_assert_uint_eq(replayed.log.n, live.log.n);
    for (size_t i = 0; i < LP_COUNT(formats); i++)
        ck_assert_str_eq(story_render(&replayed, formats[i]), story_render(&live, formats[i]));
    free(record);
    story_close(&replayed);
    story_close(&live);
}
END_TEST

START_TEST(test_record_of_two_walks)
{
    struct story story;
    story_open_all(&story, story_plain);
    const char *once = story_render(&story, "record");
    size_t n = strlen(once);
    ck_assert_int_eq(strncmp(once, "{\"record\":\"lyncprobe/record/1\"", 29), 0);
    const struct lp_judgement *walks[] = { &story.judgement, &story.judgement };
    struct lp_report_input input = { .walks = walks, .n = 2, .style = story.style };
    lp_buf_clear(&story.out);
    lp_renderer_by_name(LP_STR("record"))->render(&input, &story.out);
    ck_assert_uint_eq(story.out.n, 2 * n);
    ck_assert_int_eq(memcmp(story.out.p, story.out.p + n, n), 0);
    story_close(&story);
}
END_TEST

Suite *lp_suite_renderers(void)
{
    Suite *suite = suite_create("renderers");
    TCase *tcase = tcase_create("renderers");
    tcase_add_test(tcase, test_by_name);
    tcase_add_test(tcase, test_rows_are_whole);
    tcase_add_test(tcase, test_replay);
    tcase_add_test(tcase, test_record_of_two_walks);
    suite_add_tcase(suite, tcase);
    return suite;
}
