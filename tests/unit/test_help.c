/* test_help.c - usage and manual section: complete, and within a terminal's size */
#include <check.h>
#include <string.h>

#include "lp/options.h"
#include "lp/text.h"

Suite *lp_suite_help(void);

static struct lp_buf out;

static void set_up(void)
{
    out = lp_buf_new(1 << 20);
}

static void tear_down(void)
{
    lp_buf_release(&out);
}

/* Number of lines; none is wider than 80 columns or ends with a blank. */
static size_t lines_of(struct lp_str rest)
{
    size_t n = 0;
    for (; rest.n; n++) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= 80, "%.*s", (int)line.n, line.p);
        ck_assert(line.n == 0 || line.p[line.n - 1] != ' ');
    }
    return n;
}

START_TEST(short_help)
{
    lp_help(&out, false);
    ck_assert_uint_le(lines_of(lp_buf_view(&out)), 25);
    ck_assert_ptr_nonnull(strstr(out.p, "--help=all"));
    for (size_t i = 0; i < lp_command_count; i++)
        ck_assert_ptr_nonnull(strstr(out.p, lp_commands[i].name));
}
END_TEST

START_TEST(all_help)
{
    lp_help(&out, true);
    lines_of(lp_buf_view(&out));
    for (size_t i = 0; i < lp_option_count; i++) {
        const char *at = strstr(out.p, lp_options[i].text);
        ck_assert_msg((at != NULL) == (lp_options[i].group != NULL), "%s", lp_options[i].name);
        ck_assert(!at || strstr(out.p, lp_options[i].name));
    }
}
END_TEST

/* No word of the table may be taken for a request, and no hyphen for a minus sign. */
START_TEST(manual)
{
    lp_dump_man(&out);
    struct lp_str rest = lp_buf_view(&out);
    size_t entries = 0, shown = 0;
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert(line.n > 0);
        bool request = line.p[0] == '.';
        ck_assert(!request || lp_str_eq(line, LP_STR(".TP")) || lp_str_starts_nocase(line, ".SS "));
        entries += lp_str_eq(line, LP_STR(".TP"));
        for (size_t i = 1; i < line.n; i++)
            ck_assert(line.p[i] != '-' || line.p[i - 1] == '\\');
    }
    for (size_t i = 0; i < lp_option_count; i++)
        shown += lp_options[i].group != NULL;
    ck_assert_uint_eq(entries, shown);
    ck_assert_ptr_nonnull(strstr(out.p, "\\fB\\-f\\fR, \\fB\\-\\-format\\fR \\fIFORMAT\\fR\n"));
}
END_TEST

Suite *lp_suite_help(void)
{
    Suite *suite = suite_create("help");
    TCase *tc = tcase_create("help");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, short_help);
    tcase_add_test(tc, all_help);
    tcase_add_test(tc, manual);
    suite_add_tcase(suite, tc);
    return suite;
}
