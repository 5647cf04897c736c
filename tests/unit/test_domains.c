/* test_domains.c - which walks a command line gives: words, lists, views, limits */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmdline.h"
#include "lp/record.h"

Suite *lp_suite_domains(void);

enum { SHOWN_MAX = 1 << 20 };

static struct cmdline c;
static struct lp_domains *domains;
static const char *folder;

static void tear_down(void)
{
    if (domains)
        lp_domains_close(domains);
    domains = NULL;
    cmdline_remove(folder);
    cmdline_release(&c);
}

/* The walks of a command line with that list; unset: none. */
static bool open_line(const char *line, struct lp_str list)
{
    ck_assert_msg(cmdline_parse(&c, line), "%s", c.error.text);
    folder = cmdline_folder(&c);
    if (list.p) {
        c.config.list_file = lp_arena_printf(&c.arena, "%s/list", folder).p;
        cmdline_write(c.config.list_file, list);
    }
    return lp_domains_open(&c.config, &domains, &c.error);
}

/* The same, and what is said. */
static const char *hear_line(const char *line, struct lp_str list)
{
    struct hearing h;
    cmdline_hear(&h);
    bool ok = open_line(line, list);
    const char *text = cmdline_heard(&c, &h);
    ck_assert_msg(ok, "%s", c.error.text);
    return text;
}

/* Every walk: domain, view, labels of its servers. */
static const char *walks(void)
{
    struct lp_buf out = lp_buf_new(SHOWN_MAX);
    struct lp_arena arena = { 0 };
    struct lp_setup setup;
    while (lp_domains_next(domains, &arena, &setup)) {
        const struct lp_server *servers = setup.servers.at;
        lp_buf_text(&out, out.n ? "; " : "");
        lp_buf_str(&out, setup.domain);
        lp_buf_char(&out, ' ');
        lp_buf_str(&out, setup.view);
        for (size_t i = 0; i < setup.servers.n; i++) {
            lp_buf_char(&out, ' ');
            lp_buf_str(&out, servers[i].label);
        }
    }
    const char *text = cmdline_text(&c, lp_buf_view(&out));
    lp_buf_release(&out);
    lp_arena_release(&arena);
    return text;
}

static const struct {
    const char *line;
    const char *list;
    const char *walks;
} rows[] = {
    { "a.test", NULL, "a.test auto system" },
    { "A.Test. a.test u@a.test sip:u@a.test", NULL, "a.test auto system" },
    { "b.test a.test --view internal @192.0.2.1", NULL,
      "b.test internal 192.0.2.1; a.test internal 192.0.2.1" },
    { "a.test @x=192.0.2.1 @192.0.2.2", NULL, "a.test auto x 192.0.2.2" },
    { "a.test b.test @outside=192.0.2.1 @inside=10.0.0.1", NULL,
      "a.test internal inside; a.test external outside; b.test internal inside; b.test external "
      "outside" },
    { "a.test @x=192.0.2.2 @outside=192.0.2.1 @inside=10.0.0.1", NULL,
      "a.test internal inside x; a.test external outside x" },
    { "a.test @outside=192.0.2.1 @inside=10.0.0.1 --view external", NULL,
      "a.test external outside" },
    { "a.test @outside=192.0.2.1 @inside=10.0.0.1 --view auto", NULL,
      "a.test internal inside; a.test external outside" },
    { "a.test @inside=10.0.0.1", NULL, "a.test auto inside" },
    { "@n=192.0.2.1", "b.test\r\n# c.test\n\na.test # d.test\nB.TEST",
      "b.test auto n; a.test auto n" },
    { "a.test @n=192.0.2.1", "b.test\na.test\n", "a.test auto n; b.test auto n" },
    { "@n=192.0.2.1", "", "" },
};

START_TEST(which_walks)
{
    ck_assert_msg(open_line(rows[_i].line, lp_str_of(rows[_i].list)), "%s", c.error.text);
    size_t n = lp_domains_walks(domains);
    ck_assert(lp_domains_whole(domains));
    ck_assert_str_eq(walks(), rows[_i].walks);
    size_t commas = 0;
    for (const char *p = rows[_i].walks; *p; p++)
        commas += *p == ';';
    ck_assert_uint_eq(n, rows[_i].walks[0] ? commas + 1 : 0);
}
END_TEST

START_TEST(setup_of_a_walk)
{
    struct lp_setup setup, second;
    ck_assert(
        open_line("u@k\xc3\xb6ln.example b.test --timeout 3 --dns-timeout 1 --cacert p.pem -4 "
                  "--client sfb --allow-net 10.0.0.0/8 --deny x.test @192.0.2.1",
                  LP_STR_NONE));
    ck_assert(lp_domains_next(domains, &c.arena, &setup));
    ck_assert(lp_domains_next(domains, &c.arena, &second));
    ck_assert_str_eq(cmdline_text(&c, setup.domain), "xn--kln-sna.example");
    ck_assert_str_eq(cmdline_text(&c, setup.unicode), "k\xc3\xb6ln.example");
    ck_assert_ptr_null(second.unicode.p);
    ck_assert_int_eq(setup.timeout_us, 3000000);
    ck_assert_int_eq(setup.connect_us, 3000000); /* 4 s do not fit */
    ck_assert_int_eq(setup.tls_us, 3000000);
    ck_assert_int_eq(setup.http_us, 3000000);
    ck_assert_int_eq(setup.dns_us, 1000000);
    ck_assert_str_eq(cmdline_text(&c, setup.client), "sfb");
    ck_assert_str_eq(cmdline_text(&c, setup.private_store), "p.pem");
    ck_assert_str_eq(cmdline_text(&c, setup.public_store), "system");
    ck_assert(setup.only4 && !setup.only6 && setup.clock > 1000000000);
    ck_assert_int_eq(setup.version, LP_RECORD_VERSION);
    ck_assert_uint_eq(setup.allow.n + setup.deny.n, 2);
    ck_assert_uint_eq(setup.label.n, 12);
    ck_assert(!lp_str_eq(setup.label, second.label));
}
END_TEST

/* The part before the last '@' is nobody's business, whatever it looks like. */
START_TEST(user_is_dropped)
{
    struct lp_setup setup;
    ck_assert(open_line("s\xc3\xa9"
                        "cret@mary@k\xc3\xb6ln.example",
                        LP_STR_NONE));
    ck_assert(lp_domains_next(domains, &c.arena, &setup));
    ck_assert_str_eq(cmdline_text(&c, setup.domain), "xn--kln-sna.example");
    ck_assert_str_eq(cmdline_text(&c, setup.unicode), "k\xc3\xb6ln.example");
}
END_TEST

START_TEST(wrong_words)
{
    static const char *const lines[] = {
        "a",
        "a.test 'b c.test'",
        "-- -rf",
        "-- ../../etc/passwd",
        "a..test",
        "192.0.2.1",
        "''",
        "'$(id).test'",
        "'a\x1b[31m.test'",
    };
    ck_assert(!open_line(lines[_i], LP_STR_NONE));
    ck_assert_ptr_nonnull(strstr(c.error.text, ": not a domain: "));
    ck_assert_ptr_null(strpbrk(c.error.text, "\n\x1b"));
}
END_TEST

START_TEST(wrong_lines)
{
    const char *text = hear_line("@n=192.0.2.1", LP_STR("a.test\na b\n\nc\0.test\nd.test\n"));
    ck_assert_ptr_nonnull(strstr(text, "lyncprobe: list line 2: a b: not a domain"));
    ck_assert_ptr_nonnull(strstr(text, "lyncprobe: list line 4: c\\x00.test: not a domain"));
    ck_assert(!lp_domains_whole(domains));
    ck_assert_str_eq(walks(), "a.test auto n; d.test auto n");
}
END_TEST

/* Many wrong lines are counted, not told. */
START_TEST(many_wrong_lines)
{
    struct lp_buf list = lp_buf_new(1 << 20);
    for (int i = 0; i < 1000; i++)
        lp_buf_text(&list, "wrong\n");
    lp_buf_text(&list, "a.test");
    const char *text = hear_line("@n=192.0.2.1", lp_buf_view(&list));
    lp_buf_release(&list);
    ck_assert_ptr_nonnull(strstr(text, "lyncprobe: list line 10: wrong"));
    ck_assert_ptr_null(strstr(text, "lyncprobe: list line 11: "));
    ck_assert_ptr_nonnull(strstr(text, "lyncprobe: 990 more lines of the list are refused\n"));
    ck_assert_str_eq(walks(), "a.test auto n");
}
END_TEST

START_TEST(look_alikes)
{
    const char *text = hear_line("sk\xd1\x83pe.test k\xc3\xb6ln.test", LP_STR_NONE);
    ck_assert_str_eq(text,
                     "lyncprobe: sk\xd1\x83pe.test has letters of more than one script; asked "
                     "as xn--skpe-w6d.test\n");
    ck_assert(lp_domains_whole(domains));
}
END_TEST

START_TEST(unreadable_lists)
{
    ck_assert(open_line("a.test", LP_STR_NONE));
    lp_domains_close(domains);
    domains = NULL;
    c.config.list_file = folder;
    ck_assert(!lp_domains_open(&c.config, &domains, &c.error));
    ck_assert_ptr_nonnull(strstr(c.error.text, ": Is a directory"));
    c.config.list_file = "/nowhere/list";
    ck_assert(!lp_domains_open(&c.config, &domains, &c.error));
    ck_assert_str_eq(c.error.text, "/nowhere/list: No such file or directory");
    /* a FIFO that nobody writes to: empty */
    c.config.list_file = lp_arena_printf(&c.arena, "%s/fifo", folder).p;
    ck_assert_int_eq(mkfifo(c.config.list_file, 0600), 0);
    ck_assert(lp_domains_open(&c.config, &domains, &c.error));
    ck_assert_uint_eq(lp_domains_walks(domains), 1);
}
END_TEST

/* 100001 domains, each of them twice: the limit is said, and counts no domain twice. */
START_TEST(too_many)
{
    struct lp_buf list = lp_buf_new(8 << 20);
    for (int i = 0; i <= LP_DOMAINS_MAX; i++)
        lp_buf_printf(&list, "d%d.test\nD%d.test\n", i, i);
    const char *text = hear_line("@n=192.0.2.1", lp_buf_view(&list));
    lp_buf_release(&list);
    ck_assert_str_eq(text, "lyncprobe: only the first 100000 domains are taken\n");
    ck_assert(!lp_domains_whole(domains));
    ck_assert_uint_eq(lp_domains_walks(domains), LP_DOMAINS_MAX);
}
END_TEST

Suite *lp_suite_domains(void)
{
    Suite *suite = suite_create("domains");
    TCase *tc = tcase_create("domains");
    tcase_add_checked_fixture(tc, NULL, tear_down);
    tcase_set_timeout(tc, 30);
    tcase_add_loop_test(tc, which_walks, 0, LP_COUNT(rows));
    tcase_add_test(tc, setup_of_a_walk);
    tcase_add_test(tc, user_is_dropped);
    tcase_add_loop_test(tc, wrong_words, 0, 9);
    tcase_add_test(tc, wrong_lines);
    tcase_add_test(tc, many_wrong_lines);
    tcase_add_test(tc, look_alikes);
    tcase_add_test(tc, unreadable_lists);
    tcase_add_test(tc, too_many);
    suite_add_tcase(suite, tc);
    return suite;
}
