/* test_options.c - the option table and its interpreter */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cmdline.h"

Suite *lp_suite_options(void);

START_TEST(defaults)
{
    struct cmdline c;
    ck_assert(cmdline_parse(&c, ""));
    ck_assert_str_eq(c.config.command->name, "walk");
    ck_assert_str_eq(c.config.format->name, "text");
    ck_assert_int_eq(c.config.timeout_us, 15000000);
    ck_assert_int_eq(c.config.connect_us, 4000000);
    ck_assert_int_eq(c.config.dns_us, 2800000);
    ck_assert_int_eq(c.config.workers, 1);
    ck_assert_int_eq(c.config.parallel, 64);
    ck_assert_int_eq(c.config.rate, 0);
    ck_assert_ptr_null(c.config.client.p);
    ck_assert_ptr_null(c.config.view.p);
    ck_assert_str_eq(cmdline_text(&c, c.config.color), "auto");
    ck_assert_uint_eq(c.config.words.n + c.config.servers.n + c.config.outputs.n, 0);
    ck_assert(!c.config.quiet && !c.config.ascii && !c.config.no_sandbox && !c.config.help);
    cmdline_release(&c);
}
END_TEST

/* The same in the forms that people type. */
static const char *const spellings[] = {
    "a.test -f json -4 -q -vv --timeout 2.5 -o record=r.jsonl @192.0.2.1",
    "@192.0.2.1 --format=json --ipv4 --quiet --verbose -v --timeout=2.5 "
    "--output=record=r.jsonl a.test",
    "-4qvvfjson --timeout 2.50 -orecord=r.jsonl -- a.test @192.0.2.1",
    "walk a.test -v4qv -fjson --timeout 2.500000 -o record=r.jsonl @192.0.2.1",
    "-f text -f json a.test --timeout 9 --timeout 2.5 -q -q -4 -vv -o record=r.jsonl @192.0.2.1",
};

START_TEST(spelling)
{
    struct cmdline c;
    ck_assert_msg(cmdline_parse(&c, spellings[_i]), "%s", c.error.text);
    const struct lp_output *output = c.config.outputs.at;
    ck_assert_str_eq(c.config.command->name, "walk");
    ck_assert_str_eq(c.config.format->name, "json");
    ck_assert(c.config.only4 && !c.config.only6 && c.config.quiet);
    ck_assert_int_eq(c.config.verbosity, 2);
    ck_assert_int_eq(c.config.timeout_us, 2500000);
    ck_assert_uint_eq(c.config.outputs.n, 1);
    ck_assert_str_eq(output->path, "r.jsonl");
    ck_assert_str_eq(output->renderer->name, "record");
    ck_assert_uint_eq(c.config.words.n, 1);
    ck_assert_str_eq(cmdline_text(&c, *(struct lp_str *)c.config.words.at), "a.test");
    ck_assert_uint_eq(c.config.servers.n, 1);
    cmdline_release(&c);
}
END_TEST

/* What is wrong, and what the one line says. */
static const struct {
    const char *line;
    const char *says;
} wrong[] = {
    { "--tiemout 5", "no such option: --tiemout; did you mean --timeout?" },
    { "--tiemout=5", "no such option: --tiemout; did you mean --timeout?" },
    { "--time 5", "no such option: --time; did you mean --timeout?" },
    { "--Quiet", "no such option: --Quiet; did you mean --quiet?" },
    { "--", NULL },
    { "-resolve 5", "no such option: -resolve; did you mean --resolve?" },
    { "-p 5", "no such option: -p; did you mean --public-cacert?" },
    { "-timeout 5", "walk takes no topology (-t imeout); " },
    { "a.test -t 5", "walk takes no topology (-t 5); " },
    { "-connect-timeout 5", "no such option: -connect-timeout; did you mean --connect-timeout?" },
    { "plan -f record", "plan: no such format: record; did you mean " },
    { "plan -o record=x", "plan: no such format: record; did you mean " },
    { "-f zone a.test", "walk: no such format: zone; did you mean " },
    { "-o csr=x a.test", "walk: no such format: csr; did you mean " },
    { "-f json plan -t x", NULL },
    { "-f csr plan -o zone=x", NULL },
    { "-Q", "no such option: -Q; did you mean --quiet?" },
    { "-qx", "no such option: -qx; did you mean --" },
    { "--=x", "no such option: --; did you mean --" },
    { "'--\x1b[31m'", "no such option: --\\x1b[31m; did you mean --" },
    { "a.test -rf", "no such option: -rf; did you mean --" },
    { "-4 -6", "-4 and -6 exclude each other" },
    { "--view", "--view needs a value: VIEW" },
    { "-f", "--format needs a value: FORMAT" },
    { "--quiet=1", "--quiet takes no value" },
    { "--view=int", "--view: no such value: int; did you mean internal?" },
    { "--view ''", "--view: no such value: ; did you mean auto?" },
    { "--client lync2003", "--client: no such value: lync2003; did you mean lync2013?" },
    { "--color sometimes", "--color: no such value: sometimes; did you mean " },
    { "-f yaml", "--format: no such format: yaml; did you mean " },
    { "--help=al", "--help: no such value: al; did you mean all?" },
};

START_TEST(refusals)
{
    struct cmdline c;
    bool ok = cmdline_parse(&c, wrong[_i].line);
    ck_assert_int_eq(ok, wrong[_i].says == NULL);
    if (!ok)
        ck_assert_msg(strncmp(c.error.text, wrong[_i].says, strlen(wrong[_i].says)) == 0, "%s",
                      c.error.text);
    ck_assert_ptr_null(strchr(c.error.text, '\n'));
    cmdline_release(&c);
}
END_TEST

static const struct {
    const char *line;
    const char *command;
    const char *first; /* word */
} commands[] = {
    { "report x.jsonl", "report", "x.jsonl" },
    { "-q report -", "report", "-" },
    { "@192.0.2.1 explain LP-CERT-EXPIRED", "explain", "LP-CERT-EXPIRED" },
    { "list clients", "list", "clients" },
    { "walk report", "walk", "report" },
    { "a.test report", "walk", "a.test" },
    { "-- --help", "walk", "--help" },
    { "-- -", "walk", "-" },
    { "''", "walk", "" },
};

START_TEST(command_words)
{
    struct cmdline c;
    ck_assert_msg(cmdline_parse(&c, commands[_i].line), "%s", c.error.text);
    ck_assert_str_eq(c.config.command->name, commands[_i].command);
    ck_assert_uint_ge(c.config.words.n, 1);
    ck_assert_str_eq(cmdline_text(&c, *(struct lp_str *)c.config.words.at), commands[_i].first);
    cmdline_release(&c);
}
END_TEST

/* A row that nobody can reach, or two under one name, is a mistake of the table. */
START_TEST(table)
{
    for (size_t i = 0; i < lp_option_count; i++) {
        const struct lp_option *o = &lp_options[i];
        ck_assert(o->name && o->name[0] && o->text && o->set);
        ck_assert_ptr_null(strpbrk(o->name, "= "));
        for (size_t k = 0; k < i; k++) {
            ck_assert_str_ne(o->name, lp_options[k].name);
            ck_assert(!o->letter || o->letter != lp_options[k].letter);
        }
    }
    for (size_t i = 0; i < lp_command_count; i++)
        ck_assert(lp_commands[i].name && lp_commands[i].text && lp_commands[i].run);
}
END_TEST

/* Every option that wants a value says so when it gets none, and names it. */
START_TEST(values_are_needed)
{
    const struct lp_option *o = &lp_options[_i];
    struct cmdline c;
    char line[64];
    snprintf(line, sizeof line, "--%s", o->name);
    ck_assert_int_eq(cmdline_parse(&c, line), o->value == NULL);
    if (o->value)
        ck_assert_ptr_nonnull(strstr(c.error.text, o->value));
    cmdline_release(&c);
}
END_TEST

START_TEST(lists_grow)
{
    struct lp_arena arena = { 0 };
    struct lp_list list = { 0 };
    for (int i = 0; i < 1000; i++)
        lp_list_push(&arena, &list, &i, sizeof i);
    ck_assert_uint_eq(list.n, 1000);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(((int *)list.at)[i], i);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_options(void)
{
    Suite *suite = suite_create("options");
    TCase *tc = tcase_create("options");
    tcase_add_test(tc, defaults);
    tcase_add_loop_test(tc, spelling, 0, LP_COUNT(spellings));
    tcase_add_loop_test(tc, refusals, 0, LP_COUNT(wrong));
    tcase_add_loop_test(tc, command_words, 0, LP_COUNT(commands));
    tcase_add_test(tc, table);
    tcase_add_loop_test(tc, values_are_needed, 0, (int)lp_option_count);
    tcase_add_test(tc, lists_grow);
    suite_add_tcase(suite, tc);
    return suite;
}
