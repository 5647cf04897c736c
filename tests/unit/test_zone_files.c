/* test_zone_files.c - --zone-file: what it takes, what its files may be, what a setup says of them
 */
#include <check.h>
#include <string.h>

#include "cmdline.h"
#include "lp/zonefile.h"

Suite *lp_suite_zone_files(void);

static struct cmdline c;

static void tear_down(void)
{
    cmdline_release(&c);
}

static const struct {
    const char *line;
    bool good;
} lines[] = {
    { "a.test --zone-file a.test:z", true },
    { "a.test --zone-file A.Test.:z:1", true },
    { "a.test --zone-file a.test:z --zone-file b.test:z", true },
    { "a.test --zone-file a.test:z --zone-file A.test:y", false },
    { "a.test --zone-file a.test:", false },
    { "a.test --zone-file a.test", false },
    { "a.test --zone-file :z", false },
    { "a.test --zone-file .:z", false },
};

START_TEST(takes_words)
{
    bool ok = cmdline_parse(&c, lines[_i].line);
    ck_assert_msg(ok == lines[_i].good, "%s: %s", lines[_i].line, c.error.text);
    const struct lp_zone_file *files = c.config.zone_files.at;
    if (ok)
        ck_assert_str_eq(cmdline_text(&c, files[0].origin), "a.test");
}
END_TEST

START_TEST(reads_files)
{
    ck_assert(cmdline_parse(&c, "a.test"));
    const char *folder = cmdline_folder(&c);
    const char *path = lp_arena_printf(&c.arena, "%s/z", folder).p;
    struct lp_zone_file file = { LP_STR("a.test"), path };
    cmdline_write(path, LP_STR("@ A 192.0.2.1\nwww A 192.0.2.2\n"));
    lp_list_push(&c.arena, &c.config.zone_files, &file, sizeof file);
    ck_assert_msg(lp_zones_take(&c.config, &c.error), "%s", c.error.text);
    ck_assert(lp_zones_take(&c.config, &c.error)); /* once is enough */
    const struct lp_list rules = lp_zone_rules(&c.arena, &c.config);
    const struct lp_zone_rule *rule = rules.at;
    ck_assert_uint_eq(rules.n, 1);
    ck_assert_int_eq(rule->records, 2);
    ck_assert_str_eq(cmdline_text(&c, rule->origin), "a.test");
    ck_assert_str_eq(cmdline_text(&c, rule->file), path);
    ck_assert_uint_eq(rule->digest.n, 64);
    cmdline_remove(folder);
}
END_TEST

START_TEST(names_the_line)
{
    ck_assert(cmdline_parse(&c, "a.test --zone-file a.test:/nowhere/z"));
    ck_assert(!lp_zones_take(&c.config, &c.error));
    ck_assert_str_eq(c.error.text, "/nowhere/z: No such file or directory");
}
END_TEST

/* The plan stands first, and asks the rest where the first server does. */
START_TEST(the_plan_is_a_server)
{
    struct lp_domains *domains;
    struct lp_setup setup;
    ck_assert(cmdline_parse(&c, "a.test @192.0.2.53 @192.0.2.54 --zone-file a.test:z"));
    ck_assert(lp_domains_open(&c.config, &domains, &c.error));
    ck_assert(lp_domains_next(domains, &c.arena, &setup));
    const struct lp_server *servers = setup.servers.at;
    ck_assert_uint_eq(setup.servers.n, 3);
    ck_assert_str_eq(cmdline_text(&c, servers[0].label), "planned");
    ck_assert_str_eq(cmdline_text(&c, *(const struct lp_str *)servers[0].addresses.at),
                     "192.0.2.53:53");
    ck_assert_str_eq(cmdline_text(&c, servers[1].label), "192.0.2.53");
    ck_assert_str_eq(cmdline_text(&c, servers[2].label), "192.0.2.54");
    lp_domains_close(domains);
}
END_TEST

Suite *lp_suite_zone_files(void)
{
    Suite *suite = suite_create("zone_files");
    TCase *tests = tcase_create("files");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_loop_test(tests, takes_words, 0, LP_COUNT(lines));
    tcase_add_test(tests, reads_files);
    tcase_add_test(tests, names_the_line);
    tcase_add_test(tests, the_plan_is_a_server);
    suite_add_tcase(suite, tests);
    return suite;
}
