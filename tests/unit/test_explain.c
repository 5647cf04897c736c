/* test_explain.c - explain pages: complete, 80 columns, two of them byte for byte */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/report.h"
#include "lp/text.h"

Suite *lp_suite_explain(void);

enum { PAGE_MAX = 64 * 1024 };

static struct lp_buf page_of(const struct lp_rule *rule, bool color)
{
    struct lp_style style = { .color = color, .width = 80 };
    struct lp_buf out = lp_buf_new(PAGE_MAX);
    lp_report_explain(rule, &style, &out);
    ck_assert(!out.cut);
    return out;
}

START_TEST(test_columns)
{
    struct lp_buf page = page_of(lp_rule_at((size_t)_i), false);
    struct lp_str rest = lp_buf_view(&page);
    ck_assert_int_eq(rest.p[rest.n - 1], '\n');
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= 80, "%.*s", (int)line.n, line.p);
        ck_assert_msg(line.n == 0 || line.p[line.n - 1] != ' ', "space at the end: %.*s",
                      (int)line.n, line.p);
    }
    lp_buf_release(&page);
}
END_TEST

START_TEST(test_complete)
{
    static const char *const parts[] = {
        "\nWhat it means\n",
        "\nWhat the user sees\n",
        "\nHow to check it by hand\n",
        "\nHow to mend it\n",
        "\nSource\n",
    };
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    struct lp_buf page = page_of(rule, false);
    const char *at = page.p;
    ck_assert_int_eq(strncmp(at, rule->id, strlen(rule->id)), 0);
    ck_assert_ptr_nonnull(strstr(at, lp_severity_word(rule->severity)));
    ck_assert_ptr_nonnull(strstr(at, rule->title));
    for (size_t i = 0; i < LP_COUNT(parts); i++) {
        at = strstr(at, parts[i]);
        ck_assert_msg(at != NULL, "%s: no %s", rule->id, parts[i]);
        at += strlen(parts[i]);
        ck_assert_msg(strncmp(at, "  ", 2) == 0, "%s: nothing under %s", rule->id, parts[i]);
    }
    ck_assert_ptr_null(strpbrk(page.p, "{}[]"));
    ck_assert_ptr_null(strchr(page.p, '\033'));
    lp_buf_release(&page);
}
END_TEST

START_TEST(test_color)
{
    struct lp_buf page = page_of(lp_rule_by_id(LP_STR("LP-CERT-EXPIRED")), true);
    ck_assert_ptr_nonnull(strstr(page.p, "\033[1mLP-CERT-EXPIRED\033[0m"));
    ck_assert_ptr_nonnull(strstr(page.p, "\033[31mcritical\033[0m"));
    lp_buf_release(&page);
}
END_TEST

static const char *const golden[] = { "LP-CERT-EXPIRED", "LP-DNS-RECORD-MISSING" };

START_TEST(test_golden)
{
    char path[200];
    char want[PAGE_MAX];
    (void)snprintf(path, sizeof path, "tests/unit/data/explain-%s.txt", golden[_i]);
    FILE *file = fopen(path, "r");
    ck_assert_msg(file != NULL, "no %s (tests run in the top folder)", path);
    size_t n = fread(want, 1, sizeof want - 1, file);
    (void)fclose(file);
    want[n] = '\0';
    struct lp_buf page = page_of(lp_rule_by_id(lp_str_of(golden[_i])), false);
    ck_assert_str_eq(page.p, want);
    lp_buf_release(&page);
}
END_TEST

/* ---- ms-diagnostics --------------------------------------------------------------- */

static const struct {
    const char *word;
    int number;       /* -1: it is none */
    const char *page; /* a part of its page; NULL: there is no such number */
} words[] = {
    { "1010", 1010, "\nWhat it means\n  The TLS connection between two servers failed" },
    { " 1010 ", 1010, "no certificate trust" },
    { "ms-diagnostics: 1010;reason=\"Certificate\";source=\"sip.contoso.com\"", 1010,
      "\nWhat the header says\n  reason: Certificate\n  said by: sip.contoso.com\n" },
    { "Ms-Diagnostics-Public:17012;ErrorType=\"x\"", 17012, "ms-diagnostics 17012\n" },
    { "X-Ms-diagnostics: 28020;reason=\"\033[31m\"", 28020, "reason: \\x1b[31m\n" },
    { "99", 99, NULL },
    { "ms-diagnostics:", -1, NULL },
    { "LP-CERT-EXPIRED", -1, NULL },
    { "", -1, NULL },
};

START_TEST(test_number)
{
    struct lp_msdiag_header said;
    struct lp_style style = { 0 };
    struct lp_buf out = lp_buf_new(PAGE_MAX);
    ck_assert_int_eq(lp_msdiag_of_word(lp_str_of(words[_i].word), &said), words[_i].number >= 0);
    ck_assert_int_eq(said.number, words[_i].number);
    const struct lp_msdiag *row = lp_msdiag_find(said.number);
    ck_assert_int_eq(row != NULL, words[_i].page != NULL);
    if (row) {
        lp_report_explain_number(row, &said, &style, &out);
        ck_assert_msg(strstr(out.p, words[_i].page) != NULL, "%s", out.p);
        ck_assert_ptr_null(strchr(out.p, '\033'));
        ck_assert_ptr_nonnull(strstr(out.p, "\nWhere to look\n  "));
    }
    lp_buf_release(&out);
}
END_TEST

static int rule_count(void)
{
    int n = 0;
    while (lp_rule_at((size_t)n))
        n++;
    return n;
}

Suite *lp_suite_explain(void)
{
    Suite *suite = suite_create("explain");
    TCase *tc = tcase_create("pages");
    tcase_add_loop_test(tc, test_columns, 0, rule_count());
    tcase_add_loop_test(tc, test_complete, 0, rule_count());
    tcase_add_test(tc, test_color);
    tcase_add_loop_test(tc, test_golden, 0, (int)LP_COUNT(golden));
    tcase_add_loop_test(tc, test_number, 0, (int)LP_COUNT(words));
    suite_add_tcase(suite, tc);
    return suite;
}
