/* test_cases.c - recorded evidence gives the findings and the report that stand beside it */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "recorded.h"

Suite *lp_suite_cases(void);

/* "severity id subject", and after a "<" the id of the finding that it follows from. The walk's
 * verdict comes first. */
static void put_findings(const struct lp_judgement *j, struct lp_buf *out)
{
    lp_buf_printf(out, "%s\n", lp_verdict_word(j->verdict));
    for (size_t i = 0; i < j->finding_count; i++) {
        const struct lp_finding *f = &j->findings[i];
        lp_buf_printf(out, "%s %s ", lp_severity_word(f->severity), f->rule->id);
        lp_buf_str(out, f->subject);
        if (f->cause != SIZE_MAX)
            lp_buf_printf(out, " < %s", j->findings[f->cause].rule->id);
        lp_buf_char(out, '\n');
    }
}

START_TEST(test_findings)
{
    struct recorded recorded;
    struct lp_buf found = lp_buf_new(1 << 20);
    struct recorded_path path = recorded_path(recorded_names()->at[_i], ".findings");
    recorded_open(&recorded, recorded_names()->at[_i]);
    put_findings(&recorded.judgement, &found);
    char *expected = recorded_slurp(path.text);
    ck_assert_msg(expected && strcmp(expected, found.p) == 0,
                  "%s should be\n%.1000s\nbut is\n%.1000s", path.text,
                  expected ? expected : "there", found.p);
    free(expected);
    lp_buf_release(&found);
    recorded_close(&recorded);
}
END_TEST

/* The first line that is not the same. */
static void compare(const char *path, const char *text)
{
    char *expected = recorded_slurp(path);
    ck_assert_msg(expected != NULL, "no %s; UPDATE_CASES=1 writes it", path);
    struct lp_str a = lp_str_of(expected), b = lp_str_of(text);
    for (size_t line = 1; a.n || b.n; line++) {
        struct lp_str x = lp_str_cut(&a, '\n'), y = lp_str_cut(&b, '\n');
        ck_assert_msg(lp_str_eq(x, y), "%s:%zu should be\n%.*s\nbut is\n%.*s", path, line, (int)x.n,
                      x.p, (int)y.n, y.p);
    }
    free(expected);
}

START_TEST(test_text)
{
    struct recorded recorded;
    struct recorded_path path = recorded_path(recorded_names()->at[_i], ".txt");
    recorded_open(&recorded, recorded_names()->at[_i]);
    if (recorded_is_update())
        recorded_write(path.text, recorded_render(&recorded, "text"));
    compare(path.text, recorded_render(&recorded, "text"));
    recorded_close(&recorded);
}
END_TEST

/* The recording is what it says: rendered as one again, it is the same file. */
START_TEST(test_recording)
{
    struct recorded recorded;
    struct recorded_path path = recorded_path(recorded_names()->at[_i], ".jsonl");
    recorded_open(&recorded, recorded_names()->at[_i]);
    compare(path.text, recorded_render(&recorded, "record"));
    recorded_close(&recorded);
}
END_TEST

START_TEST(test_there_are_cases)
{
    ck_assert_uint_ge(recorded_names()->n, 12);
}
END_TEST

Suite *lp_suite_cases(void)
{
    Suite *suite = suite_create("cases");
    TCase *tcase = tcase_create("cases");
    int n = (int)recorded_names()->n;
    tcase_add_test(tcase, test_there_are_cases);
    tcase_add_loop_test(tcase, test_findings, 0, n);
    tcase_add_loop_test(tcase, test_text, 0, n);
    tcase_add_loop_test(tcase, test_recording, 0, n);
    suite_add_tcase(suite, tcase);
    return suite;
}
