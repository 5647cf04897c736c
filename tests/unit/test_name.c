/* test_name.c - domain names: comparison, domains, host names. */
#include "lp/name.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_name(void);

#define L63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

START_TEST(equality)
{
    ck_assert(lp_name_eq(LP_STR("Sip.Contoso.com."), LP_STR("sip.contoso.COM")));
    ck_assert(lp_name_eq(LP_STR("."), LP_STR(".")));
    ck_assert(!lp_name_eq(LP_STR("sip.contoso.com"), LP_STR("sip.contoso.co")));
    ck_assert(!lp_name_eq(LP_STR("a.."), LP_STR("a")));
    ck_assert(!lp_name_eq(LP_STR_NONE, LP_STR("a")));
}
END_TEST

static const struct {
    const char *name;
    const char *domain;
    bool in;
} domains[] = {
    { "contoso.com", "contoso.com", true },
    { "sip.contoso.com", "contoso.com", true },
    { "SIP.Contoso.COM.", "contoso.com", true },
    { "sip.contoso.com", "Contoso.com.", true },
    { "a.b.contoso.com", "contoso.com", true },
    { "evilcontoso.com", "contoso.com", false },
    { "contoso.com", "sip.contoso.com", false },
    { "contoso.com.evil.example", "contoso.com", false },
    { "contoso.co", "contoso.com", false },
    { "com", "contoso.com", false },
    { ".contoso.com", "contoso.com", true },
    { "anything", ".", true },
    { "", "contoso.com", false },
    { "contoso.com", "", false },
};

START_TEST(in_domain)
{
    ck_assert_int_eq(lp_name_in_domain(lp_str_of(domains[_i].name), lp_str_of(domains[_i].domain)),
                     domains[_i].in);
}
END_TEST

static const struct {
    const char *name;
    bool cloud;
    bool trusted;
} known[] = {
    { "webdir.online.lync.com", true, true },
    { "sipdir.online.LYNC.com.", true, true },
    { "lync.com", true, true },
    { "notlync.com", false, false },
    { "lync.com.evil.example", false, false },
    { "outlook.com", false, true },
    { "mail.outlook.com", false, true },
    { "lync.glbdns.microsoft.com", false, true },
    { "glbdns.microsoft.com", false, false },
    { "login.microsoftonline.com", false, true },
    { "microsoft.com", false, false },
    { "", false, false },
};

START_TEST(microsoft)
{
    ck_assert_int_eq(lp_name_in_cloud(lp_str_of(known[_i].name)), known[_i].cloud);
    ck_assert_int_eq(lp_name_is_trusted(lp_str_of(known[_i].name)), known[_i].trusted);
}
END_TEST

static const struct {
    struct lp_str name;
    bool host;
    bool lync;
} hosts[] = {
    { { "sip.contoso.com", 15 }, true, true },
    { { "SIP.Contoso.COM", 15 }, true, true },
    { { "fe-01.a1", 8 }, true, true },
    { { "pool", 4 }, true, false },
    { { "my_host.contoso.com", 19 }, true, false },
    { { "_sip._tls.contoso.com", 21 }, true, false },
    { { "xn--kln-sna.example", 19 }, true, false },
    { { "-a.example", 10 }, true, false },
    { { "a-.example", 10 }, true, false },
    { { "1.example", 9 }, true, true },
    { { "a.1e", 4 }, true, true },
    { { "a.0xg", 5 }, true, true },
    { { "", 0 }, false, false },
    { { ".", 1 }, false, false },
    { { "a.", 2 }, false, false },
    { { ".a", 2 }, false, false },
    { { "a..b", 4 }, false, false },
    { { "a b.example", 11 }, false, false },
    { { "a/b.example", 11 }, false, false },
    { { "a\\046b.example", 14 }, false, false },
    { { "a\0b.example", 11 }, false, false },
    { { "a*.example", 10 }, false, false },
    { { "*.example", 9 }, false, false },
    { { "k\xc3\xb6ln.example", 13 }, false, false },
    { { "a@b.example", 11 }, false, false },
    { { "a:80", 4 }, false, false },
    { { "127.0.0.1", 9 }, false, false },
    { { "2130706433", 10 }, false, false },
    { { "0x7f000001", 10 }, false, false },
    { { "0x7f.1", 6 }, false, false },
    { { "0X7F.0X1", 8 }, false, false },
    { { "a.0x", 4 }, false, false },
    { { "017700000001", 12 }, false, false },
    { { "127.1", 5 }, false, false },
    { { "contoso.123", 11 }, false, false },
    { { "[::1]", 5 }, false, false },
    { { "a<script>.example", 17 }, false, false },
};

START_TEST(host)
{
    ck_assert_int_eq(lp_name_is_host(hosts[_i].name), hosts[_i].host);
    ck_assert_int_eq(lp_name_is_lync_host(hosts[_i].name), hosts[_i].lync);
}
END_TEST

START_TEST(lengths)
{
    static const char name253[] = L63 "." L63 "." L63 "." L63;
    ck_assert_uint_eq(sizeof name253 - 1, 255);
    ck_assert(!lp_name_is_host(LP_STR(L63 "." L63 "." L63 "." L63)));
    ck_assert(!lp_name_is_host((struct lp_str){ name253, 254 }));
    ck_assert(lp_name_is_host((struct lp_str){ name253, 253 }));
    ck_assert(lp_name_is_host(LP_STR(L63 ".example")));
    ck_assert(!lp_name_is_host(LP_STR(L63 "a.example")));
}
END_TEST

START_TEST(expansion)
{
    struct lp_arena arena = { 0 };
    struct lp_str domain = LP_STR("contoso.com");
    static const char *const rows[][2] = {
        { "_sip._tls.<sip-domain>", "_sip._tls.contoso.com" },
        { "<sip-domain>", "contoso.com" },
        { "fixed.example", "fixed.example" },
        { "<sip-domain>.<sip-domain>.x", "contoso.com.contoso.com.x" },
        { "<sip-domai", "<sip-domai" },
        { "", "" },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        struct lp_str s = lp_name_expand(&arena, rows[i][0], domain);
        ck_assert(lp_str_eq(s, lp_str_of(rows[i][1])));
    }
    lp_arena_release(&arena);
}
END_TEST

START_TEST(normal)
{
    struct lp_arena arena = { 0 };
    static const char *const rows[][2] = {
        { "Contoso.COM.", "contoso.com" }, { "a", "a" }, { ".", "." }, { "", "" },
        { "A\\046B.x", "a\\046b.x" },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++)
        ck_assert(lp_str_eq(lp_name_normal(&arena, lp_str_of(rows[i][0])), lp_str_of(rows[i][1])));
    ck_assert_ptr_null(lp_name_normal(&arena, LP_STR_NONE).p);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_name(void)
{
    Suite *suite = suite_create("name");
    TCase *tc = tcase_create("name");
    tcase_add_test(tc, equality);
    tcase_add_loop_test(tc, in_domain, 0, LP_COUNT(domains));
    tcase_add_loop_test(tc, microsoft, 0, LP_COUNT(known));
    tcase_add_loop_test(tc, host, 0, LP_COUNT(hosts));
    tcase_add_test(tc, lengths);
    tcase_add_test(tc, expansion);
    tcase_add_test(tc, normal);
    suite_add_tcase(suite, tc);
    return suite;
}
