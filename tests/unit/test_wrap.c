/* test_wrap.c - lines of limited width: sentences, commands, records */
#include <check.h>

#include "lp/wrap.h"

Suite *lp_suite_wrap(void);

static const struct {
    const char *title, *text;
    struct lp_wrap wrap;
    const char *lines;
} rows[] = {
    { "short", "one two", { 0, 0, 20 }, "one two\n" },
    { "empty", "", { 0, 0, 20 }, "\n" },
    { "exactly the width", "one two", { 0, 0, 7 }, "one two\n" },
    { "one too wide", "one two", { 0, 0, 6 }, "one\ntwo\n" },
    { "columns already used", "one two", { 4, 4, 10 }, "one\n    two\n" },
    { "hanging lines", "one two three four", { 0, 2, 9 }, "one two\n  three\n  four\n" },
    { "long word", "a verylongword b", { 0, 0, 5 }, "a\nverylongword\nb\n" },
    { "wide characters count by columns",
      "\u00fc\u00fc\u00fc \u00fc",
      { 0, 0, 5 },
      "\u00fc\u00fc\u00fc \u00fc\n" },
    { "a sentence may be broken in quotes",
      "say \"one two\" now",
      { 0, 0, 10 },
      "say \"one\ntwo\" now\n" },
    { "shell: backslash", "dig one two", { 0, 2, 9 }, "dig one \\\n  two\n" },
    { "shell: the last line needs no room for it",
      "dig one two",
      { 0, 2, 7 },
      "dig \\\n  one \\\n  two\n" },
    { "shell: quotes stay together",
      "printf 'a b c' 'd e'",
      { 0, 0, 18 },
      "printf 'a b c' \\\n'd e'\n" },
    { "shell: a quote in the other quotes",
      "printf \"it's a b\" c",
      { 0, 0, 20 },
      "printf \"it's a b\" c\n" },
    { "shell: option and value stay together",
      "curl -s -H value url",
      { 0, 0, 11 },
      "curl -s \\\n-H value \\\nurl\n" },
    { "shell: before a pipe", "dig -x | dig b", { 0, 0, 8 }, "dig -x \\\n| dig b\n" },
    { "PowerShell: backtick",
      "Get-Thing -Name value -Force",
      { 0, 2, 23 },
      "Get-Thing -Name value `\n  -Force\n" },
    { "record that fits", "a.b. 60 IN A 192.0.2.1", { 2, 4, 24 }, "a.b. 60 IN A 192.0.2.1\n" },
    { "record that does not",
      "a.b. 60 IN SRV 0 0 443 c.d.",
      { 2, 4, 24 },
      "a.b. 60 IN SRV (\n    0 0 443 c.d. )\n" },
    { "record without data", "a.b. 60 IN SRV", { 0, 4, 5 }, "a.b. 60 IN SRV\n" },
};

START_TEST(test_row)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_wrapped(&out, lp_str_of(rows[_i].text), &rows[_i].wrap);
    ck_assert_msg(lp_str_eq(lp_buf_view(&out), lp_str_of(rows[_i].lines)), "%s:\n%s",
                  rows[_i].title, out.p);
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_wrap(void)
{
    Suite *suite = suite_create("wrap");
    TCase *tc = tcase_create("lines");
    tcase_add_loop_test(tc, test_row, 0, (int)LP_COUNT(rows));
    suite_add_tcase(suite, tc);
    return suite;
}
