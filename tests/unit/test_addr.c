/* test_addr.c - addresses as text, socket addresses, ranges. */
#include "lp/addr.h"

#include <arpa/inet.h>
#include <check.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

Suite *lp_suite_addr(void);

static const struct {
    const char *text;
    const char *canonical; /* NULL: no address */
} texts[] = {
    { "192.0.2.1", "192.0.2.1" },
    { "0.0.0.0", "0.0.0.0" },
    { "255.255.255.255", "255.255.255.255" },
    { "2001:DB8::1", "2001:db8::1" },
    { "[2001:db8::1]", "2001:db8::1" },
    { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
    { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
    { "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1" },
    { "::", "::" },
    { "::1", "::1" },
    { "::ffff:192.0.2.1", "::ffff:192.0.2.1" },
    { "::ffff:c000:201", "::ffff:192.0.2.1" },
    { "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
    { "", NULL },
    { "1.2.3", NULL },
    { "1.2.3.4.5", NULL },
    { "1.2.3.256", NULL },
    { "01.2.3.4", NULL },
    { "1.2.3.04", NULL },
    { "0x7f.0.0.1", NULL },
    { "0x7f000001", NULL },
    { "2130706433", NULL },
    { "127.1", NULL },
    { "0177.0.0.1", NULL },
    { "1.2.3.4 ", NULL },
    { " 1.2.3.4", NULL },
    { "1.2.3.4:80", NULL },
    { "1.2.3.-4", NULL },
    { "[1.2.3.4]", NULL },
    { "[]", NULL },
    { "[", NULL },
    { "[::1", NULL },
    { "::1]", NULL },
    { "[[::1]]", NULL },
    { "[::1]:80", NULL },
    { "fe80::1%eth0", NULL },
    { ":::", NULL },
    { "1::2::3", NULL },
    { "1:2:3:4:5:6:7", NULL },
    { "1:2:3:4:5:6:7:8:9", NULL },
    { "12345::", NULL },
    { "::g", NULL },
    { "::ffff:1.2.3", NULL },
    { "0000:0000:0000:0000:0000:0000:0000:0000:0000", NULL },
    { "contoso.com", NULL },
};

START_TEST(parse)
{
    char text[LP_ADDR_TEXT];
    struct lp_addr a = { 0 };
    bool good = lp_addr_parse(lp_str_of(texts[_i].text), &a);
    ck_assert_int_eq(good, texts[_i].canonical != NULL);
    lp_addr_format(&a, text, sizeof text);
    ck_assert_str_eq(text, good ? texts[_i].canonical : "");
}
END_TEST

START_TEST(parse_zero_byte)
{
    struct lp_addr a;
    ck_assert(!lp_addr_parse(LP_STR("1.2.3.4\0"), &a));
    ck_assert(!lp_addr_parse(LP_STR("::1\0x"), &a));
    ck_assert(!lp_addr_parse(LP_STR_NONE, &a));
}
END_TEST

static struct lp_addr addr(const char *text)
{
    struct lp_addr a = { 0 };
    ck_assert(lp_addr_parse(lp_str_of(text), &a));
    return a;
}

START_TEST(order)
{
    static const char *const sorted[] = { "1.2.3.4", "1.2.3.5", "192.0.2.1", "::1", "2001:db8::" };
    for (size_t i = 0; i < LP_COUNT(sorted); i++) {
        for (size_t k = 0; k < LP_COUNT(sorted); k++) {
            struct lp_addr a = addr(sorted[i]);
            struct lp_addr b = addr(sorted[k]);
            int cmp = lp_addr_cmp(&a, &b);
            ck_assert_int_eq((cmp > 0) - (cmp < 0), (i > k) - (i < k));
            ck_assert_int_eq(lp_addr_eq(&a, &b), i == k);
        }
    }
}
END_TEST

START_TEST(socket_addresses)
{
    static const char *const both[] = { "192.0.2.1", "2001:db8::1" };
    for (size_t i = 0; i < LP_COUNT(both); i++) {
        struct sockaddr_storage ss;
        struct lp_addr back = { 0 };
        struct lp_addr a = addr(both[i]);
        uint16_t port = 0;
        unsigned length = lp_addr_to_sockaddr(&a, 5061, &ss);
        ck_assert_uint_eq(length, i ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in));
        ck_assert_int_eq(ss.ss_family, i ? AF_INET6 : AF_INET);
        ck_assert(lp_addr_from_sockaddr((const struct sockaddr *)&ss, &back, &port));
        ck_assert(lp_addr_eq(&a, &back));
        ck_assert_uint_eq(port, 5061);
    }
    struct sockaddr_un un = { .sun_family = AF_UNIX };
    struct lp_addr none = { .family = 4 };
    uint16_t port = 0;
    ck_assert(!lp_addr_from_sockaddr((const struct sockaddr *)&un, &none, &port));
    ck_assert_uint_eq(none.family, 0);
}
END_TEST

static const struct {
    const char *net;
    const char *address;
    int has; /* -1: no range */
} ranges[] = {
    { "10.0.0.0/8", "10.255.255.255", 1 },
    { "10.0.0.0/8", "11.0.0.0", 0 },
    { "10.1.2.3/8", "10.9.9.9", 1 },
    { "127.77.0.0/16", "127.77.1.53", 1 },
    { "127.77.0.0/16", "127.78.1.53", 0 },
    { "192.0.2.128/25", "192.0.2.127", 0 },
    { "192.0.2.128/25", "192.0.2.129", 1 },
    { "192.0.2.1", "192.0.2.1", 1 },
    { "192.0.2.1", "192.0.2.2", 0 },
    { "192.0.2.1/32", "192.0.2.1", 1 },
    { "0.0.0.0/0", "203.0.113.9", 1 },
    { "0.0.0.0/0", "2001:db8::1", 0 },
    { "::/0", "2001:db8::1", 1 },
    { "::/0", "192.0.2.1", 0 },
    { "2001:db8::/33", "2001:db8:7fff::1", 1 },
    { "2001:db8::/33", "2001:db8:8000::1", 0 },
    { "fe80::/10", "febf::1", 1 },
    { "fe80::/10", "fec0::1", 0 },
    { "::1", "::1", 1 },
    { "::1", "::2", 0 },
    { "10.0.0.0/33", "10.0.0.0", -1 },
    { "10.0.0.0/", "10.0.0.0", -1 },
    { "10.0.0.0/-1", "10.0.0.0", -1 },
    { "10.0.0.0/8/8", "10.0.0.0", -1 },
    { "10.0.0.0/ 8", "10.0.0.0", -1 },
    { "10.0.0/8", "10.0.0.0", -1 },
    { "::/129", "::1", -1 },
    { "/8", "10.0.0.0", -1 },
    { "", "10.0.0.0", -1 },
    { "any", "10.0.0.0", -1 },
};

START_TEST(range)
{
    struct lp_cidr net;
    struct lp_addr a = addr(ranges[_i].address);
    bool good = lp_cidr_parse(lp_str_of(ranges[_i].net), &net);
    ck_assert_int_eq(good, ranges[_i].has >= 0);
    if (good)
        ck_assert_int_eq(lp_cidr_has(&net, &a), ranges[_i].has);
}
END_TEST

START_TEST(unset)
{
    struct lp_addr none = { 0 };
    struct lp_cidr all;
    char text[LP_ADDR_TEXT] = "x";
    ck_assert(lp_cidr_parse(LP_STR("0.0.0.0/0"), &all));
    ck_assert(!lp_cidr_has(&all, &none));
    lp_addr_format(&none, text, sizeof text);
    ck_assert_str_eq(text, "");
    lp_addr_format(&none, NULL, 0);
}
END_TEST

Suite *lp_suite_addr(void)
{
    Suite *suite = suite_create("addr");
    TCase *tc = tcase_create("addr");
    tcase_add_loop_test(tc, parse, 0, LP_COUNT(texts));
    tcase_add_test(tc, parse_zero_byte);
    tcase_add_test(tc, order);
    tcase_add_test(tc, socket_addresses);
    tcase_add_loop_test(tc, range, 0, LP_COUNT(ranges));
    tcase_add_test(tc, unset);
    suite_add_tcase(suite, tc);
    return suite;
}
