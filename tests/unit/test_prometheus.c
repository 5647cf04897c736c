/* test_prometheus.c - families in one place, labels escaped, no series twice */
#include <check.h>
#include <string.h>

#include "lp/summary.h"
#include "lp/text.h"
#include "story.h"

Suite *lp_suite_prometheus(void);

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

/* Every sample stands behind the HELP and TYPE of its own family, and no series is there twice. */
static void check_format(const char *text)
{
    struct lp_str rest = lp_str_of(text), family = LP_STR_NONE;
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        if (lp_str_starts_nocase(line, "# HELP ")) {
            struct lp_str words = lp_str_sub(line, 7, line.n);
            family = lp_str_cut(&words, ' ');
        }
        if (line.p[0] == '#')
            continue;
        ck_assert_uint_gt(line.n, family.n);
        ck_assert_int_eq(memcmp(line.p, family.p, family.n), 0);
        ck_assert_int_eq(line.p[family.n], '{');
        struct lp_arena arena = { 0 };
        struct lp_str series = lp_str_sub(line, 0, lp_str_find(line, '}') + 1);
        const char *head = lp_arena_printf(&arena, "\n%.*s", (int)series.n, series.p).p;
        ck_assert_uint_eq(count(text, head), 1);
        lp_arena_release(&arena);
    }
}

START_TEST(test_one)
{
    struct story story;
    story_open_all(&story, story_plain);
    const char *text = story_render(&story, "prometheus");
    check_format(text);
    ck_assert_ptr_nonnull(
        strstr(text, "\nlyncprobe_walk_success{domain=\"contoso.example\",walk=\"external\"} 1\n"));
    ck_assert_ptr_nonnull(strstr(text, "lyncprobe_last_run_timestamp_seconds{domain="
                                       "\"contoso.example\",walk=\"external\"} 1795498860\n"));
    ck_assert_ptr_null(strstr(text, "qzx"));
    story_close(&story);
}
END_TEST

/* Two walks in one document: each family once. */
START_TEST(test_merge)
{
    struct story story;
    struct lp_buf twice = lp_buf_new(1 << 20), merged = lp_buf_new(1 << 20);
    story_open_all(&story, story_plain);
    lp_buf_text(&twice, story_render(&story, "prometheus"));
    story.log.setup.domain = LP_STR("fabrikam.example");
    lp_buf_text(&twice, story_render(&story, "prometheus"));
    lp_renderer_by_name(LP_STR("prometheus"))->merge(lp_buf_view(&twice), &merged);
    check_format(merged.p);
    ck_assert_uint_eq(count(merged.p, "# HELP lyncprobe_findings "), 1);
    ck_assert_uint_eq(count(merged.p, "\nlyncprobe_walk_success{"), 2);
    lp_buf_release(&twice);
    lp_buf_release(&merged);
    story_close(&story);
}
END_TEST

Suite *lp_suite_prometheus(void)
{
    Suite *suite = suite_create("prometheus");
    TCase *tcase = tcase_create("prometheus");
    tcase_add_test(tcase, test_one);
    tcase_add_test(tcase, test_merge);
    suite_add_tcase(suite, tcase);
    return suite;
}
