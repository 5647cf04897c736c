/* test_roff.c - text in a manual page: nothing is taken for a request, sentences begin lines */
#include <check.h>

#include "lp/roff.h"

Suite *lp_suite_roff(void);

static const struct {
    const char *text, *want;
} words[] = {
    { "plain text", "plain text" },
    { "-f", "\\-f" },
    { ".TP", "\\&.TP" },
    { "'br", "\\(aqbr" },
    { "a\\n", "a\\en" },
    { "`x^y~z`", "\\(gax\\(hay\\(tiz\\(ga" },
    { "", "" },
};

START_TEST(test_words)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_buf_text(&out, "");
    lp_put_roff(&out, lp_str_of(words[_i].text));
    ck_assert_str_eq(out.p ? out.p : "", words[_i].want);
    lp_buf_release(&out);
}
END_TEST

#define TEN "123456789 "

static const struct {
    const char *text, *want;
} texts[] = {
    { "One. Two? Three", "One.\nTwo?\nThree\n" },
    { "Say \"no.\" Or (yes.) Then", "Say \"no.\"\nOr (yes.)\nThen\n" },
    { TEN TEN TEN TEN TEN TEN TEN TEN "x",
      "123456789 123456789 123456789 123456789 123456789 123456789\n123456789 123456789 x\n" },
    { " trimmed ", "trimmed\n" },
    { ". dot", "\\&.\ndot\n" },
    { "", "" },
};

START_TEST(test_texts)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_roff_text(&out, lp_str_of(texts[_i].text));
    ck_assert_str_eq(out.p ? out.p : "", texts[_i].want);
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_roff(void)
{
    Suite *suite = suite_create("roff");
    TCase *tc = tcase_create("roff");
    tcase_add_loop_test(tc, test_words, 0, (int)LP_COUNT(words));
    tcase_add_loop_test(tc, test_texts, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
