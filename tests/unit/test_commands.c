/* test_commands.c - no page tells the reader to type a command or an option that does not exist */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/catalogue.h"
#include "lp/explain_page.h"
#include "lp/unchecked.h"

Suite *lp_suite_commands(void);

#define LIST "tests/unit/data/commands.tsv"

enum { LIST_MAX = 32 * 1024 };

static char list[LIST_MAX];

static void set_up(void)
{
    FILE *file = fopen(LIST, "r");
    ck_assert_msg(file != NULL, "no " LIST " (tests run in the top folder)");
    size_t n = fread(list, 1, sizeof list - 1, file);
    (void)fclose(file);
    list[n] = '\0';
}

/* The options of the row that the command begins with; false: no row. */
static bool options_of(struct lp_str command, struct lp_str *options)
{
    struct lp_str rest = lp_str_of(list);
    while (rest.n) {
        struct lp_str row = lp_str_cut(&rest, '\n');
        struct lp_str name = lp_str_cut(&row, '\t');
        bool whole = command.n == name.n || (command.n > name.n && command.p[name.n] == ' ');
        if (name.n && name.p[0] != '#' && whole &&
            lp_str_eq(lp_str_sub(command, 0, name.n), name)) {
            *options = row;
            return true;
        }
    }
    return false;
}

static bool is_listed(struct lp_str options, struct lp_str word)
{
    while (options.n)
        if (lp_str_eq(lp_str_cut(&options, ' '), word))
            return true;
    return false;
}

/* Bytes up to the next end that stands in no quotes. */
static size_t part_length(struct lp_str text, char end)
{
    char open = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c == '\'' || c == '"') && (!open || open == c))
            open = open ? 0 : c;
        if (c == end && !open)
            return i;
    }
    return text.n;
}

static void check_command(const char *where, struct lp_str command)
{
    struct lp_str options;
    ck_assert_msg(options_of(command, &options), "%s: not in " LIST ": %.*s", where, (int)command.n,
                  command.p);
    for (struct lp_str rest = command; rest.n;) {
        size_t n = part_length(rest, ' ');
        struct lp_str word = lp_str_sub(rest, 0, n);
        rest = lp_str_sub(rest, n + 1, rest.n);
        bool option = word.n && (word.p[0] == '-' || word.p[0] == '+');
        ck_assert_msg(!option || is_listed(options, word), "%s: %.*s has no %.*s", where,
                      (int)command.n, command.p, (int)word.n, word.p);
    }
}

/* A line is a command, or several with a bar between them. */
static void check_line(const char *where, struct lp_str line)
{
    struct lp_str guard;
    while (lp_step_guard(&line, &guard))
        ;
    enum lp_line_kind kind = lp_line_kind(line);
    while (line.n && (kind == LP_LINE_SHELL || kind == LP_LINE_POWERSHELL)) {
        size_t n = part_length(line, '|');
        check_command(where, lp_str_trim(lp_str_sub(line, 0, n)));
        line = lp_str_sub(line, n + 1, line.n);
    }
}

static void check_lines(const char *where, const char *const *lines)
{
    for (; lines && *lines; lines++)
        check_line(where, lp_str_of(*lines));
}

START_TEST(test_rules)
{
    const struct lp_rule *rule = lp_rule_at((size_t)_i);
    check_lines(rule->id, rule->fix);
    check_lines(rule->id, rule->then);
    check_lines(rule->id, rule->by_hand);
}
END_TEST

START_TEST(test_numbers)
{
    const struct lp_msdiag *row = lp_msdiag_at((size_t)_i);
    check_lines(row->title, row->look);
}
END_TEST

START_TEST(test_unchecked)
{
    const struct lp_unchecked_part *part = lp_unchecked_at((size_t)_i);
    ck_assert_ptr_nonnull(part->lines[0]);
    check_lines(part->heading, part->lines);
}
END_TEST

/* ---- the same on Windows ---------------------------------------------------------- */

static const struct {
    const char *title, *command, *want; /* "": there is nothing */
} windows[] = {
    { "a question", "dig {name} {type}", "Resolve-DnsName <name> -Type <type>" },
    { "a server", "dig @<dns> +short {name} SRV",
      "Resolve-DnsName <name> -Type SRV -Server <dns>" },
    { "over TCP", "dig +tcp +tries=1 {name} A", "Resolve-DnsName <name> -Type A -TcpOnly" },
    { "unchecked", "dig +cd {name} A", "Resolve-DnsName <name> -Type A -DnssecCd" },
    { "no recursion", "dig +norecurse a.b A", "Resolve-DnsName a.b -Type A -NoRecursion" },
    { "no type", "dig +short {target}", "Resolve-DnsName <target>" },
    { "what only dig can", "dig +trace {name} A", "" },
    { "no name", "dig", "" },
    { "a port", "openssl s_client -connect {address}:{port} -servername {host}",
      "Test-NetConnection <address> -Port <port>" },
    { "no port", "openssl s_client -connect {address}", "" },
    { "no peer", "openssl asn1parse -strictpem", "" },
    { "a request", "printf 'a -b' | openssl s_client -quiet -connect a.b:5061",
      "Test-NetConnection a.b -Port 5061" },
    { "a connection", "curl -sv telnet://{address}:{port}",
      "Test-NetConnection <address> -Port <port>" },
    { "a page", "curl -sSik -H 'Accept: x' https://{host}/a",
      "Invoke-WebRequest -UseBasicParsing https://<host>/a" },
    { "a sentence", "Digging helps.", "" },
    { "another program", "date -u", "" },
};

START_TEST(test_windows)
{
    struct lp_buf out = lp_buf_new(4096);
    struct lp_explain_page page = { &out, &lp_explain_terminal, false, NULL };
    struct lp_buf want = lp_buf_new(4096);
    lp_explain_windows(&page,
                       (const char *const[]){ windows[_i].command, windows[_i].command, NULL });
    if (*windows[_i].want)
        lp_buf_printf(&want, "  On Windows, in PowerShell:\n    %s\n", windows[_i].want);
    ck_assert_msg(lp_str_eq(lp_buf_view(&out), lp_buf_view(&want)), "%s: %.*s", windows[_i].title,
                  (int)out.n, out.p);
    lp_buf_release(&out);
    lp_buf_release(&want);
}
END_TEST

static int rule_count(void)
{
    int n = 0;
    while (lp_rule_at((size_t)n))
        n++;
    return n;
}

static int number_count(void)
{
    int n = 0;
    while (lp_msdiag_at((size_t)n))
        n++;
    return n;
}

static int part_count(void)
{
    int n = 0;
    while (lp_unchecked_at((size_t)n))
        n++;
    return n;
}

Suite *lp_suite_commands(void)
{
    Suite *suite = suite_create("commands");
    TCase *tc = tcase_create("commands");
    tcase_add_checked_fixture(tc, set_up, NULL);
    tcase_add_loop_test(tc, test_rules, 0, rule_count());
    tcase_add_loop_test(tc, test_numbers, 0, number_count());
    tcase_add_loop_test(tc, test_unchecked, 0, part_count());
    tcase_add_loop_test(tc, test_windows, 0, (int)LP_COUNT(windows));
    suite_add_tcase(suite, tc);
    return suite;
}
