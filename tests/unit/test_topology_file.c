/* test_topology_file.c - topologies from files: what cannot be read, where roots lie */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmdline.h"
#include "lp/topology.h"

Suite *lp_suite_topology_file(void);

static struct cmdline c;
static const char *folder;

static void set_up(void)
{
    ck_assert(cmdline_parse(&c, "a.test"));
    folder = cmdline_folder(&c);
}

static void tear_down(void)
{
    cmdline_remove(folder);
    cmdline_release(&c);
}

/* The path of a file of that content in our folder. */
static const char *file_of(struct lp_str content)
{
    const char *path = lp_arena_printf(&c.arena, "%s/t.yaml", folder).p;
    cmdline_write(path, content);
    return path;
}

START_TEST(loads)
{
    struct lp_topology t;
    const char *path =
        file_of(LP_STR("sip-domains: a.test\nprivate-roots: [ca.pem, /etc/ca.pem]\n"));
    ck_assert_msg(lp_topology_load(&c.arena, path, &t, &c.error), "%s", c.error.text);
    const struct lp_marked *roots = t.private_roots.at;
    ck_assert_str_eq(roots[0].text.p, lp_arena_printf(&c.arena, "%s/ca.pem", folder).p);
    ck_assert_str_eq(roots[1].text.p, "/etc/ca.pem");
    ck_assert(lp_str_eq(t.file, lp_str_of(path)));
    ck_assert_str_eq(t.digest.p,
                     "da0a6019f4f2179a0fbbe9c153e5d84edcd1c08b703518a4e1d60f2143b10465");
}
END_TEST

START_TEST(names_the_place)
{
    struct lp_topology t;
    const char *path = file_of(LP_STR("sip-domains: a.test\nfeature: {}\n"));
    ck_assert(!lp_topology_load(&c.arena, path, &t, &c.error));
    ck_assert_str_eq(c.error.text, lp_arena_printf(&c.arena,
                                                   "%s:2:1: expected a key of the topology, found "
                                                   "feature; did you mean features?",
                                                   path)
                                       .p);
}
END_TEST

START_TEST(cannot_be_read)
{
    struct lp_topology t;
    ck_assert(!lp_topology_load(&c.arena, "/nonexistent/t.yaml", &t, &c.error));
    ck_assert_str_eq(c.error.text, "/nonexistent/t.yaml: No such file or directory");
    ck_assert(!lp_topology_load(&c.arena, folder, &t, &c.error));
    ck_assert_str_eq(c.error.text, lp_arena_printf(&c.arena, "%s: Is a directory", folder).p);
    ck_assert(!lp_topology_load(&c.arena, "/dev/zero", &t, &c.error));
    ck_assert_str_eq(c.error.text, "/dev/zero:1:1: expected a file of at most 4 MiB");
}
END_TEST

/* Roots that the file names: "ca.pem" holds something, "good.pem" a certificate. */
static const struct {
    const char *roots, *error; /* NULL: all are there */
} roots[] = {
    { "good.pem", NULL },
    { "[good.pem, gone.pem]", ":2:27: %s/gone.pem: No such file or directory" },
    { "ca.pem", ":2:16: %s/ca.pem: no certificate in it (PEM is expected)" },
    { "[/]", ":2:17: /: Is a directory" },
    { "/dev/null", ":2:16: /dev/null: no certificate in it (PEM is expected)" },
};

START_TEST(roots_are_there)
{
    struct cmdline *own = &c;
    const char *path = file_of(
        lp_arena_printf(&c.arena, "sip-domains: a.test\nprivate-roots: %s\n", roots[_i].roots));
    cmdline_write(lp_arena_printf(&c.arena, "%s/ca.pem", folder).p, LP_STR("words\n"));
    cmdline_write(lp_arena_printf(&c.arena, "%s/good.pem", folder).p,
                  LP_STR("-----BEGIN CERTIFICATE-----\n"));
    own->config.topology_file = path;
    bool ok = lp_topology_take_roots(&own->config, &c.error);
    ck_assert_int_eq(ok, roots[_i].error == NULL);
    if (ok)
        return;
    char expected[512];
    struct lp_str want = lp_arena_printf(&c.arena, "%s", roots[_i].error);
    const char *at = strstr(want.p, "%s");
    if (at)
        (void)snprintf(expected, sizeof expected, "%s%.*s%s%s", path, (int)(at - want.p), want.p,
                       folder, at + 2);
    else
        (void)snprintf(expected, sizeof expected, "%s%s", path, want.p);
    ck_assert_str_eq(c.error.text, expected);
    ck_assert(lp_topology_take(&own->config, &c.error));
}
END_TEST

Suite *lp_suite_topology_file(void)
{
    Suite *suite = suite_create("topology_file");
    TCase *tcase = tcase_create("file");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, loads);
    tcase_add_test(tcase, names_the_place);
    tcase_add_test(tcase, cannot_be_read);
    tcase_add_loop_test(tcase, roots_are_there, 0, (int)LP_COUNT(roots));
    suite_add_tcase(suite, tcase);
    return suite;
}
