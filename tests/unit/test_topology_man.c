/* test_topology_man.c - the KEYS of lyncprobe-topology(5): every key, and lines that roff likes */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/options.h"
#include "lp/roff.h"
#include "lp/topology_keys.h"

Suite *lp_suite_topology_man(void);

static struct lp_buf page;

static void set_up(void)
{
    page = lp_buf_new(1 << 20);
    lp_dump_keys(&page);
}

static void tear_down(void)
{
    lp_buf_release(&page);
}

/* The key's entry in the part of its section; roff's hyphens are escaped. */
static void assert_entry(const char *part, const char *name)
{
    struct lp_buf entry = lp_buf_new(200);
    lp_buf_text(&entry, ".TP\n.B ");
    lp_put_roff(&entry, lp_str_of(name));
    lp_buf_text(&entry, "\n");
    const char *at = strstr(part, entry.p);
    const char *end = strstr(part, "\n.SS ");
    ck_assert_msg(at && (!end || at < end), "%s", name);
    lp_buf_release(&entry);
}

static void assert_section(const struct lp_section *section)
{
    char heading[100];
    (void)snprintf(heading, sizeof heading, ".SS Keys of %s\n", section->title);
    const char *part = strstr(page.p, heading);
    ck_assert_msg(part != NULL, "%s", section->title);
    ck_assert_ptr_null(strstr(part + 1, heading));
    for (const struct lp_key *key = section->keys; key->name; key++) {
        assert_entry(part, key->name);
        if (key->section)
            assert_section(key->section);
    }
}

START_TEST(has_every_key)
{
    assert_section(&lp_topology_section);
}
END_TEST

START_TEST(lines_are_short_and_no_requests)
{
    struct lp_str rest = lp_buf_view(&page);
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(line.n > 0 && line.n <= 100, "%.*s", (int)line.n, line.p);
        ck_assert_int_ne(line.p[0], '\'');
        if (line.p[0] == '.')
            ck_assert(lp_str_starts_nocase(line, ".SS ") || lp_str_starts_nocase(line, ".B ") ||
                      lp_str_eq(line, LP_STR(".TP")));
    }
}
END_TEST

START_TEST(says_where_a_key_stands)
{
    ck_assert_ptr_nonnull(strstr(page.p, "Only in persistent\\-chat\\-pools.\n"));
    ck_assert_ptr_nonnull(strstr(page.p, "Not in sql\\-servers.\n"));
    ck_assert_ptr_nonnull(strstr(page.p, "Needed, but in edge\\-pools, reverse\\-proxies.\n"));
}
END_TEST

Suite *lp_suite_topology_man(void)
{
    Suite *suite = suite_create("topology_man");
    TCase *tcase = tcase_create("keys");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, has_every_key);
    tcase_add_test(tcase, lines_are_short_and_no_requests);
    tcase_add_test(tcase, says_where_a_key_stands);
    suite_add_tcase(suite, tcase);
    return suite;
}
