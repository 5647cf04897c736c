/* test_guard.c - addresses that no packet may go to, in many spellings; ports. */
#include "lp/addr.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_guard(void);

#define P LP_CLASS_PUBLIC
#define I LP_CLASS_INSIDE
#define R LP_CLASS_REFUSED

/* clang-format off */
static const struct {
    const char *address;
    const char *rule; /* NULL: allowed */
    enum lp_addr_class class;
} guarded[] = {
    { "0.0.0.0", "unspecified", R }, { "0.0.0.1", "this-network", R },
    { "0.1.2.3", "this-network", R }, { "0.255.255.255", "this-network", R },
    { "1.0.0.0", NULL, P }, { "1.1.1.1", NULL, P }, { "8.8.8.8", NULL, P },
    { "9.255.255.255", NULL, P }, { "10.0.0.0", NULL, I }, { "10.77.1.1", NULL, I },
    { "10.255.255.255", NULL, I }, { "11.0.0.0", NULL, P }, { "100.63.255.255", NULL, P },
    { "100.64.0.1", NULL, P }, { "100.100.100.199", NULL, P },
    { "100.100.100.200", "metadata", P }, { "100.100.100.201", NULL, P },
    { "126.255.255.255", NULL, P }, { "127.0.0.0", "loopback", I },
    { "127.0.0.1", "loopback", I }, { "127.0.0.53", "loopback", I },
    { "127.1.0.0", "loopback", I }, { "127.77.1.53", "loopback", I },
    { "127.255.255.255", "loopback", I }, { "128.0.0.0", NULL, P }, { "168.63.129.15", NULL, P },
    { "168.63.129.16", "metadata", P }, { "168.63.129.17", NULL, P },
    { "169.253.255.255", NULL, P }, { "169.254.0.0", "link-local", I },
    { "169.254.169.253", "link-local", I }, { "169.254.169.254", "metadata", I },
    { "169.254.170.2", "link-local", I }, { "169.254.255.255", "link-local", I },
    { "169.255.0.0", NULL, P }, { "172.15.255.255", NULL, P }, { "172.16.0.0", NULL, I },
    { "172.31.255.255", NULL, I }, { "172.32.0.0", NULL, P }, { "192.0.0.191", NULL, P },
    { "192.0.0.192", "metadata", P }, { "192.0.0.193", NULL, P }, { "192.0.2.1", NULL, P },
    { "192.167.255.255", NULL, P }, { "192.168.0.0", NULL, I }, { "192.168.255.255", NULL, I },
    { "192.169.0.0", NULL, P }, { "198.51.100.20", NULL, P }, { "203.0.113.5", NULL, P },
    { "223.255.255.255", NULL, P }, { "224.0.0.0", "multicast", R },
    { "224.0.0.251", "multicast", R }, { "239.255.255.255", "multicast", R },
    { "240.0.0.0", "class-e", R }, { "250.1.2.3", "class-e", R },
    { "255.255.255.254", "class-e", R }, { "255.255.255.255", "broadcast", R },
    { "::", "unspecified", R }, { "::1", "loopback", I }, { "2001:db8::1", NULL, P },
    { "2606:4700::1111", NULL, P }, { "2001:1::1", NULL, P }, { "2003::1", NULL, P },
    { "fe7f:ffff::1", NULL, P }, { "fe80::", "link-local", I }, { "fe80::1", "link-local", I },
    { "febf:ffff::1", "link-local", I }, { "fec0::", "site-local", I },
    { "fec0::1", "site-local", I }, { "feff::1", "site-local", I }, { "ff00::", "multicast", R },
    { "ff02::1", "multicast", R }, { "ff0e::1", "multicast", R },
    { "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "multicast", R }, { "fbff::1", NULL, P },
    { "fc00::1", NULL, I }, { "fd00::1", NULL, I }, { "fdff::1", NULL, I },
    { "fe00::1", NULL, P }, { "fd00:ec2::253", NULL, I }, { "fd00:ec2::254", "metadata", I },
    { "fd20:ce::254", "metadata", I }, { "fd20:ce::255", NULL, I },
    { "64:ff9a::7f00:1", NULL, P }, { "64:ff9b:0:0:0:1:7f00:1", NULL, P },
    { "64:ff9c::7f00:1", NULL, P }, { "::1:0:7f00:1", NULL, P }, { "::fffe:7f00:1", NULL, P },
    { "::2", "this-network", R }, { "::ffff:0.0.0.0", "unspecified", R },
    { "::ffff:0:0:0", "unspecified", R }, { "64:ff9b::0:0", "unspecified", R },
    { "2002:0:0::1", "unspecified", R },
    { "2001:0:4136:e378:8000:63bf:ffff:ffff", "unspecified", R },
    { "::ffff:0.0.0.1", "this-network", R }, { "::ffff:0:0:1", "this-network", R },
    { "64:ff9b::0:1", "this-network", R }, { "2002:0:1::1", "this-network", R },
    { "2001:0:4136:e378:8000:63bf:ffff:fffe", "this-network", R },
    { "::ffff:127.0.0.1", "loopback", I }, { "::ffff:0:7f00:1", "loopback", I },
    { "64:ff9b::7f00:1", "loopback", I }, { "2002:7f00:1::1", "loopback", I },
    { "2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback", I }, { "::7f00:1", "loopback", I },
    { "::ffff:127.77.1.53", "loopback", I }, { "::ffff:0:7f4d:135", "loopback", I },
    { "64:ff9b::7f4d:135", "loopback", I }, { "2002:7f4d:135::1", "loopback", I },
    { "2001:0:4136:e378:8000:63bf:80b2:feca", "loopback", I }, { "::7f4d:135", "loopback", I },
    { "::ffff:169.254.169.254", "metadata", I }, { "::ffff:0:a9fe:a9fe", "metadata", I },
    { "64:ff9b::a9fe:a9fe", "metadata", I }, { "2002:a9fe:a9fe::1", "metadata", I },
    { "2001:0:4136:e378:8000:63bf:5601:5601", "metadata", I }, { "::a9fe:a9fe", "metadata", I },
    { "::ffff:169.254.170.2", "link-local", I }, { "::ffff:0:a9fe:aa02", "link-local", I },
    { "64:ff9b::a9fe:aa02", "link-local", I }, { "2002:a9fe:aa02::1", "link-local", I },
    { "2001:0:4136:e378:8000:63bf:5601:55fd", "link-local", I },
    { "::a9fe:aa02", "link-local", I }, { "::ffff:100.100.100.200", "metadata", P },
    { "::ffff:0:6464:64c8", "metadata", P }, { "64:ff9b::6464:64c8", "metadata", P },
    { "2002:6464:64c8::1", "metadata", P },
    { "2001:0:4136:e378:8000:63bf:9b9b:9b37", "metadata", P }, { "::6464:64c8", "metadata", P },
    { "::ffff:192.0.0.192", "metadata", P }, { "::ffff:0:c000:c0", "metadata", P },
    { "64:ff9b::c000:c0", "metadata", P }, { "2002:c000:c0::1", "metadata", P },
    { "2001:0:4136:e378:8000:63bf:3fff:ff3f", "metadata", P }, { "::c000:c0", "metadata", P },
    { "::ffff:224.0.0.251", "multicast", R }, { "::ffff:0:e000:fb", "multicast", R },
    { "64:ff9b::e000:fb", "multicast", R }, { "2002:e000:fb::1", "multicast", R },
    { "2001:0:4136:e378:8000:63bf:1fff:ff04", "multicast", R }, { "::e000:fb", "multicast", R },
    { "::ffff:250.1.2.3", "class-e", R }, { "::ffff:0:fa01:203", "class-e", R },
    { "64:ff9b::fa01:203", "class-e", R }, { "2002:fa01:203::1", "class-e", R },
    { "2001:0:4136:e378:8000:63bf:5fe:fdfc", "class-e", R }, { "::fa01:203", "class-e", R },
    { "::ffff:255.255.255.255", "broadcast", R }, { "::ffff:0:ffff:ffff", "broadcast", R },
    { "64:ff9b::ffff:ffff", "broadcast", R }, { "2002:ffff:ffff::1", "broadcast", R },
    { "2001:0:4136:e378:8000:63bf:0:0", "broadcast", R }, { "::ffff:ffff", "broadcast", R },
    { "::ffff:10.77.1.1", NULL, I }, { "::ffff:0:a4d:101", NULL, I },
    { "64:ff9b::a4d:101", NULL, I }, { "2002:a4d:101::1", NULL, I },
    { "2001:0:4136:e378:8000:63bf:f5b2:fefe", NULL, I }, { "::a4d:101", NULL, I },
    { "::ffff:192.168.0.0", NULL, I }, { "::ffff:0:c0a8:0", NULL, I },
    { "64:ff9b::c0a8:0", NULL, I }, { "2002:c0a8:0::1", NULL, I },
    { "2001:0:4136:e378:8000:63bf:3f57:ffff", NULL, I }, { "::c0a8:0", NULL, I },
    { "::ffff:8.8.8.8", NULL, P }, { "::ffff:0:808:808", NULL, P },
    { "64:ff9b::808:808", NULL, P }, { "2002:808:808::1", NULL, P },
    { "2001:0:4136:e378:8000:63bf:f7f7:f7f7", NULL, P }, { "::808:808", NULL, P },
    { "::ffff:203.0.113.5", NULL, P }, { "::ffff:0:cb00:7105", NULL, P },
    { "64:ff9b::cb00:7105", NULL, P }, { "2002:cb00:7105::1", NULL, P },
    { "2001:0:4136:e378:8000:63bf:34ff:8efa", NULL, P }, { "::cb00:7105", NULL, P },
    { "::ffff:198.51.100.20", NULL, P }, { "::ffff:0:c633:6414", NULL, P },
    { "64:ff9b::c633:6414", NULL, P }, { "2002:c633:6414::1", NULL, P },
    { "2001:0:4136:e378:8000:63bf:39cc:9beb", NULL, P }, { "::c633:6414", NULL, P },
    { "64:ff9b:1::7f00:1", "loopback", I }, { "64:ff9b:1:ffff:0:0:a9fe:a9fe", "metadata", I },
    { "64:ff9b:1::808:808", NULL, P }, { "0:0:0:0:0:ffff:7f00:1", "loopback", I },
    { "0000:0000:0000:0000:0000:0000:0000:0001", "loopback", I },
    { "::FFFF:127.0.0.1", "loopback", I }, { "[::ffff:a9fe:a9fe]", "metadata", I },
    { "[::1]", "loopback", I }, { "2002:7f00:1::", "loopback", I },
    { "2002:a9fe:a9fe:1:2:3:4:5", "metadata", I }, { "2001:0:0:0:0:0:80ff:fffe", "loopback", I },
    { "2002:e000:fb::", "multicast", R }, { "::ffff:172.16.0.1", NULL, I },
    { "::ffff:172.32.0.1", NULL, P }, { "::ffff:168.63.129.16", "metadata", P },
    { "64:ff9b::ac10:1", NULL, I }, { "::ffff:239.255.255.255", "multicast", R },
    { "::ffff:0.255.255.255", "this-network", R }, { "::ffff:169.254.0.1", "link-local", I },
    { "64:ff9b::e000:1", "multicast", R }, { "64:ff9b::ffff:fffe", "class-e", R },
    { "2002:ac10:1::1", NULL, I }, { "[fe80::1]", "link-local", I },
    { "FE80::ABCD", "link-local", I }, { "::127.0.0.1", "loopback", I },
    { "::169.254.169.254", "metadata", I }, { "0::1", "loopback", I },
    { "0:0:0:0:0:0:0:0", "unspecified", R },
};
/* clang-format on */

static struct lp_addr addr(const char *text)
{
    struct lp_addr a = { 0 };
    ck_assert(lp_addr_parse(lp_str_of(text), &a));
    return a;
}

static void expect_rule(const char *rule, const char *wanted)
{
    if (wanted)
        ck_assert_pstr_eq(rule, wanted);
    else
        ck_assert_ptr_null(rule);
}

START_TEST(address)
{
    struct lp_addr a = addr(guarded[_i].address);
    expect_rule(lp_guard_address(&a, NULL, 0), guarded[_i].rule);
    ck_assert_int_eq(lp_addr_class(&a, NULL, 0), guarded[_i].class);
}
END_TEST

/* A second guard, written another way: each /16 of IPv4, plain and in every embedding. */
static bool refused_v4(uint32_t a)
{
    static const uint32_t metadata[] = { 0x646464c8, 0xc00000c0, 0xa83f8110 };
    for (size_t i = 0; i < LP_COUNT(metadata); i++)
        if (a == metadata[i])
            return true;
    return a >> 24 == 0 || a >> 24 == 127 || a >> 16 == 0xa9fe || a >= 0xe0000000;
}

static struct lp_addr embed(uint32_t v4, size_t how)
{
    static const struct {
        uint8_t prefix[12];
        size_t at;
        uint8_t mask;
    } ways[] = {
        { { 0 }, 0, 0 },
        { { [10] = 0xff, [11] = 0xff }, 12, 0 },
        { { [8] = 0xff, [9] = 0xff }, 12, 0 },
        { { 0, 0x64, 0xff, 0x9b }, 12, 0 },
        { { 0x20, 0x02 }, 2, 0 },
        { { 0x20, 0x01 }, 12, 0xff },
        { { 0 }, 12, 0 },
    };
    struct lp_addr a = { .family = how ? 6 : 4 };
    memcpy(a.bytes, ways[how].prefix, 12);
    for (size_t i = 0; i < 4; i++)
        a.bytes[ways[how].at + i] = (uint8_t)(v4 >> (24 - 8 * i)) ^ ways[how].mask;
    return a;
}

START_TEST(second_opinion)
{
    for (uint32_t high = 0; high < 0x10000; high++) {
        for (size_t how = 0; how < 7; how++) {
            uint32_t v4 = high << 16 | ((high * 40503U) & 0xffff);
            struct lp_addr a = embed(v4, how);
            struct lp_addr inner = { 0 };
            if ((lp_guard_address(&a, NULL, 0) != NULL) != refused_v4(v4) && !(how == 6 && v4 < 2))
                ck_abort_msg("%08x, way %zu", (unsigned)v4, how);
            if (lp_addr_embedded_v4(&a, &inner) != (how > 0 && !(how == 6 && v4 < 2)))
                ck_abort_msg("%08x, way %zu: embedded", (unsigned)v4, how);
        }
    }
}
END_TEST

static const struct {
    const char *address;
    const char *rule;
    enum lp_addr_class class;
} allowed[] = {
    { "127.77.1.53", NULL, P },
    { "127.0.0.1", "loopback", I },
    { "::ffff:127.77.1.53", NULL, P },
    { "::ffff:127.0.0.1", "loopback", I },
    { "2002:7f4d:135::1", NULL, P },
    { "::1", NULL, P },
    { "169.254.169.254", "metadata", I },
    { "10.77.1.1", NULL, P },
    { "10.78.1.1", NULL, I },
    { "224.0.0.1", "multicast", R },
};

START_TEST(allow_net)
{
    static const char *const texts[] = { "127.77.0.0/16", "::1", "10.77.0.0/16" };
    struct lp_cidr nets[LP_COUNT(texts)];
    struct lp_addr a = addr(allowed[_i].address);
    for (size_t i = 0; i < LP_COUNT(texts); i++)
        ck_assert(lp_cidr_parse(lp_str_of(texts[i]), &nets[i]));
    expect_rule(lp_guard_address(&a, nets, LP_COUNT(nets)), allowed[_i].rule);
    ck_assert_int_eq(lp_addr_class(&a, nets, LP_COUNT(nets)), allowed[_i].class);
}
END_TEST

START_TEST(no_address)
{
    struct lp_addr none = { 0 };
    struct lp_addr odd = { .family = 5 };
    ck_assert_str_eq(lp_guard_address(&none, NULL, 0), "no-address");
    ck_assert_str_eq(lp_guard_address(&odd, NULL, 0), "no-address");
    ck_assert_int_eq(lp_addr_class(&none, NULL, 0), LP_CLASS_REFUSED);
}
END_TEST

START_TEST(embedded)
{
    static const char *const without[] = { "192.0.2.1", "::", "::1", "2001:db8::1", "2003::1" };
    struct lp_addr v4;
    struct lp_addr wanted = addr("192.0.2.33");
    for (size_t i = 0; i < LP_COUNT(without); i++) {
        struct lp_addr a = addr(without[i]);
        ck_assert(!lp_addr_embedded_v4(&a, &v4));
    }
    struct lp_addr teredo = addr("2001:0:4136:e378:8000:63bf:3fff:fdde");
    ck_assert(lp_addr_embedded_v4(&teredo, &v4));
    ck_assert(lp_addr_eq(&v4, &wanted));
}
END_TEST

static const uint16_t refused_ports[] = {
    0,    1,    7,    9,    11,   13,   15,   17,   19,   20,   21,    22,    23,
    25,   37,   42,   43,   53,   69,   77,   79,   87,   95,   101,   102,   103,
    104,  109,  110,  111,  113,  115,  117,  119,  123,  135,  137,   139,   143,
    161,  179,  389,  427,  465,  512,  513,  514,  515,  526,  530,   531,   532,
    540,  548,  554,  556,  563,  587,  601,  636,  989,  990,  993,   995,   1521,
    1719, 1720, 1723, 2049, 2375, 3306, 3389, 3659, 4045, 4190, 5432,  5900,  6000,
    6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 9200, 10080, 11211, 27017,
};

static bool is_refused(uint16_t port)
{
    for (size_t i = 0; i < LP_COUNT(refused_ports); i++)
        if (refused_ports[i] == port)
            return true;
    return false;
}

START_TEST(every_port)
{
    for (unsigned port = 0; port <= UINT16_MAX; port++) {
        const char *service = lp_guard_port((uint16_t)port);
        if ((service != NULL) != is_refused((uint16_t)port))
            ck_abort_msg("port %u: %s", port, service ? service : "allowed");
        ck_assert(!service || service[0] != '\0');
    }
}
END_TEST

/* Ports of the products and of their web publishing: never on the list. */
static const uint16_t own_ports[] = {
    80,   443,  444,  1433, 3478, 4443, 5041, 5060, 5061, 5062, 5064, 5065,  5067,  5070,
    5071, 5072, 5073, 5075, 5086, 5087, 5269, 8057, 8080, 8081, 8443, 23456, 50001, 59999,
};

START_TEST(own_port)
{
    ck_assert_ptr_null(lp_guard_port(own_ports[_i]));
}
END_TEST

Suite *lp_suite_guard(void)
{
    Suite *suite = suite_create("guard");
    TCase *tc = tcase_create("guard");
    tcase_add_loop_test(tc, address, 0, LP_COUNT(guarded));
    tcase_add_test(tc, second_opinion);
    tcase_add_loop_test(tc, allow_net, 0, LP_COUNT(allowed));
    tcase_add_test(tc, no_address);
    tcase_add_test(tc, embedded);
    tcase_add_test(tc, every_port);
    tcase_add_loop_test(tc, own_port, 0, LP_COUNT(own_ports));
    suite_add_tcase(suite, tc);
    return suite;
}
