/* test_values.c - the values of options: numbers, times, files, formats, ranges */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "cmdline.h"
#include "lp/values.h"

Suite *lp_suite_values(void);

static const struct {
    const char *text;
    int64_t us; /* 0: refused */
} times[] = {
    { "1", 1000000 },
    { "2.5", 2500000 },
    { ".5", 500000 },
    { "5.", 5000000 },
    { "0.000001", 1 },
    { "0.05", 50000 },
    { "3600", INT64_C(3600000000) },
    { "3600.000001", 0 },
    { "3601", 0 },
    { "0", 0 },
    { "0.0", 0 },
    { ".", 0 },
    { "", 0 },
    { "-1", 0 },
    { "+1", 0 },
    { "1e3", 0 },
    { "nan", 0 },
    { "inf", 0 },
    { "1.0000001", 0 },
    { "1,5", 0 },
    { " 1", 0 },
    { "1s", 0 },
    { "0x10", 0 },
    { "1.2.3", 0 },
    { "99999999999999", 0 },
};

START_TEST(seconds)
{
    struct cmdline c;
    int64_t us = -7;
    ck_assert(cmdline_parse(&c, ""));
    bool ok = lp_set_seconds(&c.config, &us, lp_str_of(times[_i].text), &c.error);
    ck_assert_msg(ok == (times[_i].us != 0), "%s", times[_i].text);
    ck_assert_int_eq(us, ok ? times[_i].us : -7);
    cmdline_release(&c);
}
END_TEST

static const struct {
    lp_setter *set;
    const char *text;
    int64_t number; /* 0: refused */
} numbers[] = {
    { lp_set_workers, "1", 1 },        { lp_set_workers, "64", 64 },
    { lp_set_workers, "65", 0 },       { lp_set_workers, "0", 0 },
    { lp_set_workers, "-1", 0 },       { lp_set_workers, "", 0 },
    { lp_set_parallel, "1000", 1000 }, { lp_set_parallel, "1001", 0 },
    { lp_set_rate, "100000", 100000 }, { lp_set_rate, "100001", 0 },
    { lp_set_rate, "1.5", 0 },         { lp_set_rate, "18446744073709551617", 0 },
};

START_TEST(ranges)
{
    struct cmdline c;
    int64_t number = -7;
    ck_assert(cmdline_parse(&c, ""));
    bool ok = numbers[_i].set(&c.config, &number, lp_str_of(numbers[_i].text), &c.error);
    ck_assert_int_eq(ok, numbers[_i].number != 0);
    ck_assert_int_eq(number, ok ? numbers[_i].number : -7);
    ck_assert_int_eq(ok, strstr(c.error.text, "is no number from 1 to") == NULL);
    cmdline_release(&c);
}
END_TEST

static const struct {
    const char *line;
    const char *says; /* NULL: accepted */
} files[] = {
    { "-o json=a -o text=b -o record=./a", NULL },
    { "-o json=a=b", NULL },
    { "-o json=a -o text=a", "text=a: that file is written already" },
    { "-o json=-", "json=- needs a file; standard output takes -f json" },
    { "-o json=", "json= is not FORMAT=FILE, such as json=report.json" },
    { "-o report.json", "report.json is not FORMAT=FILE, such as json=report.json" },
    { "-o ''", " is not FORMAT=FILE, such as json=report.json" },
    { "-o jsno=a", "no such format: jsno; did you mean json?" },
    { "-l ''", "needs a file name" },
    { "--cacert ''", "needs a file name" },
    { "--allow-net 127.0.0.0/8 --allow-net ::1/128 --allow-net 10.1.2.3", NULL },
    { "--allow-net 127.0.0.0/33", "127.0.0.0/33 is no address range, such as 10.0.0.0/8" },
    { "--allow-net localhost", "localhost is no address range, such as 10.0.0.0/8" },
    { "--allow-net ''", " is no address range, such as 10.0.0.0/8" },
};

START_TEST(file_names)
{
    struct cmdline c;
    bool ok = cmdline_parse(&c, files[_i].line);
    ck_assert_int_eq(ok, files[_i].says == NULL);
    if (!ok)
        ck_assert_str_eq(strchr(c.error.text, ' ') + 1, files[_i].says);
    cmdline_release(&c);
}
END_TEST

START_TEST(kept_as_given)
{
    struct cmdline c;
    ck_assert(cmdline_parse(&c, "--allow-net 10.0.0.0/8 --cacert p.pem --public-cacert q.pem "
                                "--cert c.pem --key k.pem -l - -o json=a=b --client sfb "
                                "--view external --color never"));
    ck_assert_str_eq(cmdline_text(&c, *(struct lp_str *)c.config.allow.at), "10.0.0.0/8");
    ck_assert_str_eq(c.config.private_file, "p.pem");
    ck_assert_str_eq(c.config.public_file, "q.pem");
    ck_assert_str_eq(c.config.cert_file, "c.pem");
    ck_assert_str_eq(c.config.key_file, "k.pem");
    ck_assert_str_eq(c.config.list_file, "-");
    ck_assert_str_eq(((struct lp_output *)c.config.outputs.at)->path, "a=b");
    ck_assert_str_eq(cmdline_text(&c, c.config.client), "sfb");
    ck_assert_str_eq(cmdline_text(&c, c.config.view), "external");
    ck_assert_str_eq(cmdline_text(&c, c.config.color), "never");
    cmdline_release(&c);
}
END_TEST

START_TEST(help_topics)
{
    struct cmdline c;
    ck_assert(cmdline_parse(&c, "--help"));
    ck_assert(c.config.help && !c.config.help_topic.n);
    cmdline_release(&c);
    ck_assert(cmdline_parse(&c, "--help=all"));
    ck_assert(c.config.help && c.config.help_topic.n);
    cmdline_release(&c);
}
END_TEST

/* One more range than a recording takes. */
START_TEST(too_many)
{
    struct cmdline c;
    bool ok = true;
    int n = 0;
    ck_assert(cmdline_parse(&c, ""));
    for (; ok && n <= LP_RULES_MAX; n++)
        ok = lp_set_allow(&c.config, &c.config.allow, LP_STR("10.0.0.0/8"), &c.error);
    ck_assert(!ok);
    ck_assert_int_eq(n, LP_RULES_MAX + 1);
    ck_assert_uint_eq(c.config.allow.n, LP_RULES_MAX);
    ck_assert_str_eq(c.error.text, "10.0.0.0/8: more than 1000 ranges");
    cmdline_release(&c);
}
END_TEST

Suite *lp_suite_values(void)
{
    Suite *suite = suite_create("values");
    TCase *tc = tcase_create("values");
    tcase_add_loop_test(tc, seconds, 0, LP_COUNT(times));
    tcase_add_loop_test(tc, ranges, 0, LP_COUNT(numbers));
    tcase_add_loop_test(tc, file_names, 0, LP_COUNT(files));
    tcase_add_test(tc, kept_as_given);
    tcase_add_test(tc, help_topics);
    tcase_add_test(tc, too_many);
    suite_add_tcase(suite, tc);
    return suite;
}
