/* test_markup.c - the escapers of markup and of labels */
#include <check.h>

#include "lp/text.h"

Suite *lp_suite_markup(void);

static const struct {
    const char *in, *markup, *label;
} rows[] = {
    { "plain text", "plain text", "\"plain text\"" },
    { "<b a=\"1\" c='2'>&", "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;",
      "\"<b a=\\\"1\\\" c='2'>&\"" },
    { "a\nb\x1b[1m", "a\\x0ab\\x1b[1m", "\"a\\\\x0ab\\\\x1b[1m\"" },
    { "back\\slash", "back\\slash", "\"back\\\\slash\"" },
    { "\\\\", "\\\\", "\"\\\\\\\\\"" },
    { "x\xe2\x80\xaey", "x\\u{202e}y", "\"x\\\\u{202e}y\"" },
    { "k\xc3\xb6ln \xff", "k\xc3\xb6ln \\xff", "\"k\xc3\xb6ln \\\\xff\"" },
    { "", "", "\"\"" },
};

static void expect(void (*put)(struct lp_buf *, struct lp_str), const char *in, const char *out)
{
    struct lp_buf buf = lp_buf_new(4096);
    lp_buf_text(&buf, ">");
    put(&buf, lp_str_of(in));
    ck_assert_str_eq(buf.p + 1, out);
    lp_buf_release(&buf);
}

START_TEST(test_rows)
{
    expect(lp_put_markup, rows[_i].in, rows[_i].markup);
    expect(lp_put_label, rows[_i].in, rows[_i].label);
}
END_TEST

/* All or nothing at the buffer's limit. */
START_TEST(test_limit)
{
    struct lp_buf buf = lp_buf_new(6);
    lp_buf_text(&buf, "ab");
    lp_put_markup(&buf, LP_STR("<"));
    ck_assert_str_eq(buf.p, "ab&lt;");
    lp_put_markup(&buf, LP_STR("c"));
    ck_assert_str_eq(buf.p, "ab&lt;");
    ck_assert(buf.cut);
    lp_buf_release(&buf);
}
END_TEST

Suite *lp_suite_markup(void)
{
    Suite *suite = suite_create("markup");
    TCase *tcase = tcase_create("markup");
    tcase_add_loop_test(tcase, test_rows, 0, (int)LP_COUNT(rows));
    tcase_add_test(tcase, test_limit);
    suite_add_tcase(suite, tcase);
    return suite;
}
