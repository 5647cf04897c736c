/* test_servers.c - '@' words and resolv.conf */
#include <check.h>
#include <string.h>

#include "cmdline.h"

Suite *lp_suite_servers(void);

static const struct {
    const char *word;
    const char *label;
    const char *address; /* NULL: refused */
} words[] = {
    { "@192.0.2.53", "192.0.2.53", "192.0.2.53:53" },
    { "@192.0.2.53:5353", "192.0.2.53:5353", "192.0.2.53:5353" },
    { "@2001:DB8::53", "2001:DB8::53", "[2001:db8::53]:53" },
    { "@[2001:db8::53]", "[2001:db8::53]", "[2001:db8::53]:53" },
    { "@[2001:db8::53]:5353", "[2001:db8::53]:5353", "[2001:db8::53]:5353" },
    { "@::1", "::1", "[::1]:53" },
    { "@inside=10.0.0.53", "inside", "10.0.0.53:53" },
    { "@New-NS_1.x=[2001:db8::1]:1", "New-NS_1.x", "[2001:db8::1]:1" },
    { "@127.0.0.1:65535", "127.0.0.1:65535", "127.0.0.1:65535" },
    { "@", NULL, NULL },
    { "@=", NULL, NULL },
    { "@=192.0.2.53", NULL, NULL },
    { "@inside=", NULL, NULL },
    { "@in side=192.0.2.53", NULL, NULL },
    { "@in\x1bside=192.0.2.53", NULL, NULL },
    { "@aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa=192.0.2.53", NULL, NULL },
    { "@a=b=192.0.2.53", NULL, NULL },
    { "@ns.contoso.com", NULL, NULL },
    { "@192.0.2", NULL, NULL },
    { "@192.0.2.53.1", NULL, NULL },
    { "@192.0.2.53:", NULL, NULL },
    { "@192.0.2.53:0", NULL, NULL },
    { "@192.0.2.53:65536", NULL, NULL },
    { "@192.0.2.53:53:53", NULL, NULL },
    { "@192.0.2.53x", NULL, NULL },
    { "@[192.0.2.53]:53", NULL, NULL },
    { "@[2001:db8::53", NULL, NULL },
    { "@[2001:db8::53]:", NULL, NULL },
    { "@[2001:db8::53]53", NULL, NULL },
    { "@2001:db8::53]:53", NULL, NULL },
    { "@fe80::1%eth0", NULL, NULL },
    { "@@192.0.2.53", NULL, NULL },
};

START_TEST(at_words)
{
    struct cmdline c;
    ck_assert(cmdline_parse(&c, ""));
    bool ok = lp_server_parse(&c.config, lp_str_of(words[_i].word), &c.error);
    ck_assert_msg(ok == (words[_i].address != NULL), "%s %s", words[_i].word, c.error.text);
    ck_assert_uint_eq(c.config.servers.n, ok);
    if (ok) {
        const struct lp_server *server = c.config.servers.at;
        ck_assert_str_eq(cmdline_text(&c, server->label), words[_i].label);
        ck_assert_uint_eq(server->addresses.n, 1);
        ck_assert_str_eq(cmdline_text(&c, *(struct lp_str *)server->addresses.at),
                         words[_i].address);
    }
    ck_assert_ptr_null(strchr(c.error.text, '\x1b'));
    cmdline_release(&c);
}
END_TEST

START_TEST(several)
{
    struct cmdline c;
    ck_assert(cmdline_parse(&c, "@192.0.2.1 @192.0.2.2 @a=192.0.2.1 @b=192.0.2.1"));
    ck_assert_uint_eq(c.config.servers.n, 4);
    cmdline_release(&c);
    ck_assert(!cmdline_parse(&c, "@192.0.2.1 @192.0.2.1"));
    ck_assert_str_eq(c.error.text, "@192.0.2.1: there is a name server of that name already");
    cmdline_release(&c);
    ck_assert(!cmdline_parse(&c, "@a=192.0.2.1 @a=192.0.2.2"));
    cmdline_release(&c);
    ck_assert(!cmdline_parse(&c, "@0.0.0.1 @0.0.0.2 @0.0.0.3 @0.0.0.4 @0.0.0.5 @0.0.0.6 @0.0.0.7 "
                                 "@0.0.0.8 @0.0.0.9"));
    ck_assert_str_eq(c.error.text, "@0.0.0.9: at most 8 name servers");
    cmdline_release(&c);
}
END_TEST

static const struct {
    const char *text;
    size_t n;
    const char *found; /* joined with spaces */
} files[] = {
#define TEXT(s) s, sizeof(s) - 1
    { TEXT("nameserver 192.0.2.1\nnameserver 2001:db8::1\n"), "192.0.2.1:53 [2001:db8::1]:53" },
    { TEXT("nameserver\t192.0.2.1"), "192.0.2.1:53" },
    { TEXT("  nameserver 192.0.2.1  \r\n"), "192.0.2.1:53" },
    { TEXT("nameserver 192.0.2.1 # office\n"), "192.0.2.1:53" },
    { TEXT("# nameserver 192.0.2.1\n;nameserver 192.0.2.2\n"), "" },
    { TEXT("nameserver fe80::1%eth0\nnameserver 192.0.2.2\n"), "192.0.2.2:53" },
    { TEXT("nameserver192.0.2.1\nnameservers 192.0.2.1\n"), "" },
    { TEXT("search contoso.com\noptions ndots:15\nnameserver 192.0.2.1\n"), "192.0.2.1:53" },
    { TEXT("nameserver 192.0.2.1:5353\nnameserver ns.contoso.com\n"), "" },
    { TEXT("\0nameserver 192.0.2.1\nnameserver \0192.0.2.2\nnameserver 192.0.2.3\0\n"), "" },
    { TEXT("nameserver 0.0.0.1\nnameserver 0.0.0.2\nnameserver 0.0.0.3\nnameserver 0.0.0.4\n"),
      "0.0.0.1:53 0.0.0.2:53 0.0.0.3:53" },
    { TEXT("nameserver\n\n\n"), "" },
    { TEXT(""), "" },
#undef TEXT
};

START_TEST(resolv_conf)
{
    struct lp_arena arena = { 0 };
    struct lp_list found = { 0 };
    struct lp_buf joined = lp_buf_new(4096);
    lp_servers_read(&arena, (struct lp_str){ files[_i].text, files[_i].n }, &found);
    for (size_t i = 0; i < found.n; i++) {
        lp_buf_text(&joined, i ? " " : "");
        lp_buf_str(&joined, ((struct lp_str *)found.at)[i]);
    }
    ck_assert_str_eq(joined.n ? joined.p : "", files[_i].found);
    lp_buf_release(&joined);
    lp_arena_release(&arena);
}
END_TEST

/* Whatever this machine has: one server, at least one address. */
START_TEST(system_servers)
{
    struct lp_arena arena = { 0 };
    struct lp_list servers = { 0 };
    lp_server_system(&arena, &servers);
    const struct lp_server *server = servers.at;
    ck_assert_uint_eq(servers.n, 1);
    ck_assert(lp_str_eq(server->label, LP_STR("system")));
    ck_assert_uint_ge(server->addresses.n, 1);
    ck_assert_uint_le(server->addresses.n, 3);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_servers(void)
{
    Suite *suite = suite_create("servers");
    TCase *tc = tcase_create("servers");
    tcase_add_loop_test(tc, at_words, 0, LP_COUNT(words));
    tcase_add_test(tc, several);
    tcase_add_loop_test(tc, resolv_conf, 0, LP_COUNT(files));
    tcase_add_test(tc, system_servers);
    suite_add_tcase(suite, tc);
    return suite;
}
