/* test_help.c - usage and manual section: complete, and within a terminal's size */
#include <check.h>
#include <string.h>

#include "lp/options.h"
#include "lp/roff.h"
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
    lp_help(&out, NULL, false);
    ck_assert_uint_le(lines_of(lp_buf_view(&out)), 25);
    ck_assert_ptr_nonnull(strstr(out.p, "--help=all"));
    for (size_t i = 0; i < lp_command_count; i++)
        ck_assert_ptr_nonnull(strstr(out.p, lp_commands[i].name));
}
END_TEST

START_TEST(all_help)
{
    lp_help(&out, NULL, true);
    lines_of(lp_buf_view(&out));
    for (size_t i = 0; i < lp_option_count; i++) {
        const char *at = strstr(out.p, lp_options[i].text);
        ck_assert_msg((at != NULL) == (lp_options[i].group != NULL), "%s", lp_options[i].name);
        ck_assert(!at || strstr(out.p, lp_options[i].name));
    }
}
END_TEST

/* In every language of the catalogs. */
START_TEST(translated)
{
    lp_help(&out, &lp_langs[_i], true);
    lines_of(lp_buf_view(&out));
    ck_assert_ptr_null(strstr(out.p, "\nCommands\n"));
    lp_buf_clear(&out);
    lp_help(&out, &lp_langs[_i], false);
    ck_assert_uint_le(lines_of(lp_buf_view(&out)), 25);
}
END_TEST

/* No word of the table may be taken for a request, and no hyphen for a minus sign. */
START_TEST(manual)
{
    ck_assert(lp_dump_roff(&out, LP_STR("OPTIONS")));
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

/* The man page of findings has each with all five parts, and nothing that roff takes for its own.
 */
START_TEST(findings)
{
    const struct lp_rule *rule;
    ck_assert(lp_dump_roff(&out, LP_STR("FINDINGS")));
    const char *at = out.p;
    for (size_t i = 0; (rule = lp_rule_at(i)); i++) {
        static const char *const parts[] = { "\n.I What it means\n", "\n.I What the user sees\n",
                                             "\n.I How to check it by hand\n",
                                             "\n.I How to mend it\n", "\n.I Source\n" };
        struct lp_buf heading = lp_buf_new(200);
        lp_buf_text(&heading, ".SS ");
        lp_put_roff(&heading, lp_str_of(rule->id));
        lp_buf_printf(&heading, " (%s)\n", lp_severity_word(rule->severity));
        at = strstr(at, heading.p);
        ck_assert_msg(at != NULL, "%s", heading.p);
        for (size_t k = 0; k < LP_COUNT(parts); k++) {
            at = strstr(at, parts[k]);
            ck_assert_msg(at && strncmp(at + strlen(parts[k]), ".RS ", 4) == 0, "%s: %s", rule->id,
                          parts[k]);
        }
        lp_buf_release(&heading);
    }
}
END_TEST

START_TEST(parts)
{
    ck_assert(lp_dump_roff(&out, LP_STR("CHECK")));
    ck_assert_ptr_nonnull(strstr(out.p, "\\fB\\-\\-hostname\\fR \\fIDOMAIN\\fR\n"));
    ck_assert(lp_dump_roff(&out, LP_STR("METRICS")));
    ck_assert_ptr_nonnull(strstr(out.p, ".B time\n"));
    ck_assert(lp_dump_roff(&out, LP_STR("FORMATS")));
    ck_assert_ptr_nonnull(strstr(out.p, ".B prometheus\n"));
    ck_assert(!lp_dump_roff(&out, LP_STR("options")));
    ck_assert(!lp_dump_roff(&out, LP_STR_NONE));
}
END_TEST

Suite *lp_suite_help(void)
{
    Suite *suite = suite_create("help");
    TCase *tc = tcase_create("help");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, short_help);
    tcase_add_test(tc, all_help);
    for (int i = 0; lp_langs[i].name; i++)
        tcase_add_loop_test(tc, translated, i, i + 1);
    tcase_add_test(tc, manual);
    tcase_add_test(tc, findings);
    tcase_add_test(tc, parts);
    suite_add_tcase(suite, tc);
    return suite;
}
