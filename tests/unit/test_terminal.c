/* test_terminal.c - colour, glyphs and width from options and environment */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "cmdline.h"

Suite *lp_suite_terminal(void);

static struct cmdline c;

static void set_up(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "CI" };
    for (size_t i = 0; i < LP_COUNT(variables); i++)
        unsetenv(variables[i]);
}

static void tear_down(void)
{
    cmdline_release(&c);
    setenv("LC_ALL", "C.UTF-8", 1);
}

static struct lp_style style(const char *line)
{
    ck_assert_msg(cmdline_parse(&c, line), "%s", c.error.text);
    return lp_style_for(&c.config);
}

static const struct {
    const char *all, *ctype, *lang; /* NULL: not set */
    bool utf8;
} locales[] = {
    { NULL, NULL, NULL, false },
    { NULL, NULL, "en_US.UTF-8", true },
    { NULL, NULL, "de_DE.utf8@euro", true },
    { NULL, NULL, "tr_TR.UTF-8", true },
    { NULL, NULL, "C", false },
    { NULL, NULL, "de_DE.ISO-8859-1", false },
    { NULL, "C", "en_US.UTF-8", false },
    { "C", "C.UTF-8", "en_US.UTF-8", false },
    { "", "C.UTF-8", "C", true },
    { "C.UTF-8", "C", "C", true },
    { "missing.UTF-8", NULL, NULL, true },
};

START_TEST(glyphs)
{
    if (locales[_i].all)
        setenv("LC_ALL", locales[_i].all, 1);
    if (locales[_i].ctype)
        setenv("LC_CTYPE", locales[_i].ctype, 1);
    if (locales[_i].lang)
        setenv("LANG", locales[_i].lang, 1);
    ck_assert_int_eq(style("").ascii, !locales[_i].utf8);
    cmdline_release(&c);
    ck_assert(style("--ascii").ascii);
}
END_TEST

/* The option beats the environment; a pipe gets none by itself. */
START_TEST(color)
{
    setenv("NO_COLOR", "1", 1);
    ck_assert(style("--color=always").color);
    cmdline_release(&c);
    ck_assert(!style("").color);
    cmdline_release(&c);
    unsetenv("NO_COLOR");
    ck_assert(!style("--color=never").color);
}
END_TEST

START_TEST(verbosity)
{
    ck_assert_int_eq(style("").verbosity, 0);
    cmdline_release(&c);
    ck_assert_int_eq(style("-vv").verbosity, 2);
    cmdline_release(&c);
    struct lp_style most = style("-vvvvvvv");
    ck_assert_int_eq(most.verbosity, 3);
    ck_assert_int_ge(most.width, 60);
    ck_assert_int_le(most.width, 120);
}
END_TEST

/* Nothing at first, then one line that is rewritten, cleared once. */
START_TEST(progress)
{
    struct lp_progress p = { 0 };
    struct hearing h;
    ck_assert(cmdline_parse(&c, ""));
    cmdline_hear(&h);
    lp_progress_show(&p, 1, 1, 299999);
    lp_progress_clear(&p);
    lp_progress_show(&p, 7, 1, 300000);
    lp_progress_show(&p, 8, 1, 399999);
    lp_progress_show(&p, 9, 2, 1400000);
    lp_progress_clear(&p);
    lp_progress_clear(&p);
    ck_assert_str_eq(cmdline_heard(&c, &h), "\r\x1b[K7 answers, 1 walk under way, 0 s"
                                            "\r\x1b[K9 answers, 2 walks under way, 1 s"
                                            "\r\x1b[K");
}
END_TEST

START_TEST(no_progress)
{
    static const char *const lines[] = { "-q", "--no-progress" };
    ck_assert(cmdline_parse(&c, lines[_i]));
    ck_assert(!lp_progress_is_wanted(&c.config));
}
END_TEST

START_TEST(complaints)
{
    struct lp_error error = { "what" };
    struct hearing h;
    ck_assert(cmdline_parse(&c, ""));
    cmdline_hear(&h);
    int status = lp_complain(&error, 64);
    ck_assert_str_eq(cmdline_heard(&c, &h), "lyncprobe: what\n");
    ck_assert_int_eq(status, 64);
}
END_TEST

Suite *lp_suite_terminal(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tc = tcase_create("terminal");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, glyphs, 0, LP_COUNT(locales));
    tcase_add_test(tc, color);
    tcase_add_test(tc, verbosity);
    tcase_add_test(tc, progress);
    tcase_add_loop_test(tc, no_progress, 0, 2);
    tcase_add_test(tc, complaints);
    suite_add_tcase(suite, tc);
    return suite;
}
