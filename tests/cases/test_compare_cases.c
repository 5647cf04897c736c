/* test_compare_cases.c - pairs of recordings give the comparison that stands beside them */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lp/compare_render.h"
#include "lp/lang.h"
#include "recorded.h"
#include "schema.h"

Suite *lp_suite_compare_cases(void);

static const struct {
    const char *first, *second;
    const char *file; /* NAME of NAME.compare */
    int exit_code;
    const char *lang; /* NULL: English */
} pairs[] = {
    { "inside", "outside", "views", 0, NULL },
    { "port-closed-inside", "outside", "views-port-closed", 2, NULL },
    { "sip-status-inside", "outside", "views-sip-status", 2, NULL },
    { "inside", "dns-servfail", "views-servfail", 2, NULL },
    { "outside", "cert-expired", "times-cert-expired", 2, NULL },
    { "cert-expired", "outside", "times-mended", 1, NULL },
    { "outside", "outside-alias", "times-alias", 1, NULL },
    { "outside", "run-deadline", "times-deadline", 2, NULL },
    { "inside", "outside", "views.de", 0, "de" },
    { "outside", "cert-expired", "times-cert-expired.de", 2, "de" },
    { "outside", "run-deadline", "times-deadline.de", 2, "de" },
};

/* Both are read and judged; free with close_pair. */
static struct recorded sides[2];
static struct lp_compared compared;

static void open_pair(int i)
{
    const char *name = pairs[i].lang;
    const struct lp_lang *lang = name ? lp_lang_by_name(lp_str_of(name)) : NULL;
    recorded_open_in(&sides[0], pairs[i].first, lang);
    recorded_open_in(&sides[1], pairs[i].second, lang);
    lp_compare(&sides[0].judgement, &sides[1].judgement, &sides[0].arena, &compared);
}

static void close_pair(void)
{
    recorded_close(&sides[0]);
    recorded_close(&sides[1]);
}

static const char *render(const char *format, int verbosity)
{
    struct lp_compare_input input = {
        .at = &compared,
        .n = 1,
        .style = { .ascii = !sides[0].arena.lang, .width = 80, .verbosity = verbosity }
    };
    lp_buf_clear(&sides[0].out);
    lp_compare_renderer_by_name(lp_str_of(format))->render(&input, &sides[0].out);
    return sides[0].out.p;
}

START_TEST(test_text)
{
    struct recorded_path path = recorded_path(pairs[_i].file, ".compare");
    open_pair(_i);
    ck_assert_msg(compared.exit_code == pairs[_i].exit_code, "%s: %d", pairs[_i].file,
                  compared.exit_code);
    const char *text = render("text", 0);
    if (recorded_is_update())
        recorded_write(path.text, text);
    char *expected = recorded_slurp(path.text);
    ck_assert_msg(expected != NULL, "no %s; UPDATE_CASES=1 writes it", path.text);
    ck_assert_str_eq(text, expected);
    free(expected);
    close_pair();
}
END_TEST

/* -v only adds lines. */
START_TEST(test_verbose)
{
    open_pair(_i);
    struct lp_str brief = lp_arena_str(&sides[0].arena, lp_str_of(render("text", 0)));
    const char *full = render("text", 1);
    ck_assert_uint_ge(strlen(full), brief.n);
    ck_assert_ptr_null(strstr(full, "more as they should be"));
    close_pair();
}
END_TEST

/* The order of the two changes the words, never what is broken. */
START_TEST(test_both_ways)
{
    struct lp_compared back;
    open_pair(_i);
    lp_compare(&sides[1].judgement, &sides[0].judgement, &sides[0].arena, &back);
    ck_assert_uint_eq(back.n, compared.n);
    ck_assert_uint_eq(back.total[LP_COMPARE_SAME], compared.total[LP_COMPARE_SAME]);
    ck_assert_uint_eq(back.total[LP_COMPARE_MEANT], compared.total[LP_COMPARE_MEANT]);
    ck_assert_uint_eq(back.total[LP_COMPARE_NEW], compared.total[LP_COMPARE_GONE]);
    ck_assert_uint_eq(back.total[LP_COMPARE_BROKEN] + back.total[LP_COMPARE_MENDED],
                      compared.total[LP_COMPARE_BROKEN] + compared.total[LP_COMPARE_MENDED]);
    close_pair();
}
END_TEST

START_TEST(test_json)
{
    struct schema_error error;
    open_pair(_i);
    json_t *schema = json_load_file("share/compare-1.schema.json", JSON_REJECT_DUPLICATES, NULL);
    json_t *value = json_loads(render("json", 0), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(schema);
    ck_assert_ptr_nonnull(value);
    ck_assert_msg(schema_check(schema, value, &error), "%s: %s", pairs[_i].file, error.text);
    ck_assert_uint_eq(json_array_size(json_object_get(value, "items")), compared.n);
    json_decref(value);
    json_decref(schema);
    close_pair();
}
END_TEST

START_TEST(test_several)
{
    open_pair(0);
    struct lp_compared twice[] = { compared, compared };
    struct lp_compare_input input = { .at = twice, .n = 2, .style = { .ascii = true } };
    lp_compare_renderer_by_name(LP_STR("json"))->render(&input, &sides[0].out);
    json_t *value = json_loads(sides[0].out.p, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_uint_eq(json_array_size(value), 2);
    ck_assert(json_equal(json_array_get(value, 0), json_array_get(value, 1)));
    json_decref(value);
    close_pair();
}
END_TEST

Suite *lp_suite_compare_cases(void)
{
    Suite *suite = suite_create("compare_cases");
    TCase *tcase = tcase_create("compare_cases");
    tcase_add_loop_test(tcase, test_text, 0, LP_COUNT(pairs));
    tcase_add_loop_test(tcase, test_verbose, 0, LP_COUNT(pairs));
    tcase_add_loop_test(tcase, test_both_ways, 0, LP_COUNT(pairs));
    tcase_add_loop_test(tcase, test_json, 0, LP_COUNT(pairs));
    tcase_add_test(tcase, test_several);
    suite_add_tcase(suite, tcase);
    return suite;
}
