/* test_zone_servers.c - the name servers of the zone that holds the domain */
#include <check.h>

#include "logs.h"
#include "lp/plan.h"
#include "lp/text.h"

Suite *lp_suite_zone_servers(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
    l.log.setup.part = LP_STR("servers");
}

static void tear_down(void)
{
    logs_end(&l);
}

/* "LABEL ADDRESS ADDRESS/ZONE;" of each. */
static const char *say(void)
{
    struct lp_list servers = { 0 };
    struct lp_str text = LP_STR("");
    lp_zone_servers(&l.log, &l.arena, &servers);
    const struct lp_server *at = servers.at;
    for (size_t i = 0; i < servers.n; i++) {
        const struct lp_str *addresses = at[i].addresses.at;
        text = lp_arena_printf(&l.arena, "%s%s", text.p, lp_term(&l.arena, at[i].label));
        for (size_t k = 0; k < at[i].addresses.n; k++)
            text = lp_arena_printf(&l.arena, "%s %s", text.p, lp_term(&l.arena, addresses[k]));
        text = lp_arena_printf(&l.arena, "%s/%s;", text.p, lp_term(&l.arena, at[i].zone));
    }
    return text.p;
}

START_TEST(of_the_domain)
{
    ck_assert_uint_eq(logs_count_wanted(&l, ""), 1);
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 NS contoso.example"));
    logs_dns(&l, "NS @", "ns ns1; ns ns2");
    ck_assert_uint_eq(logs_count_wanted(&l, ""), 4);
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 AAAA ns2.contoso.example"));
    logs_dns(&l, "A ns1", "192.0.2.1; 192.0.2.2");
    logs_dns(&l, "AAAA ns1", "2001:db8::1");
    logs_dns(&l, "A ns2", "192.0.2.3");
    logs_dns(&l, "AAAA ns2", "nodata");
    ck_assert_uint_eq(logs_count_wanted(&l, ""), 0);
    ck_assert_str_eq(say(), "ns1.contoso.example 192.0.2.1:53 192.0.2.2:53 [2001:db8::1]:53/"
                            "contoso.example;ns2.contoso.example 192.0.2.3:53/contoso.example;");
}
END_TEST

START_TEST(of_the_zone_above)
{
    l.log.setup.domain = LP_STR("sip.contoso.example");
    logs_dns(&l, "NS sip", "nodata; soa 300");
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 NS contoso.example"));
    logs_dns(&l, "NS @", "ns ns1");
    logs_dns(&l, "A ns1", "192.0.2.1");
    logs_dns(&l, "AAAA ns1", "nodata");
    ck_assert_uint_eq(logs_count_wanted(&l, ""), 0);
    ck_assert_str_eq(say(), "ns1.contoso.example 192.0.2.1:53/contoso.example;");
}
END_TEST

static const struct {
    const char *ns, *a;
} none[] = {
    { "nodata", NULL },
    { "nodata; soa 300", NULL }, /* its own */
    { "servfail", NULL },
    { "ns ns1", "nxdomain" },
    { "ns ns1", "127.0.0.1" }, /* the guard's */
    { "ns ns1", "169.254.169.254" },
};

START_TEST(there_is_none)
{
    logs_dns(&l, "NS @", none[_i].ns);
    if (none[_i].a) {
        logs_dns(&l, "A ns1", none[_i].a);
        logs_dns(&l, "AAAA ns1", "nodata");
    }
    ck_assert_uint_eq(logs_count_wanted(&l, ""), 0);
    ck_assert_str_eq(say(), "");
}
END_TEST

/* An authority is asked about its zone alone; the part "names" connects nowhere. */
START_TEST(parts_of_a_walk)
{
    struct lp_server servers[2] = { { .label = LP_STR("first") },
                                    { .label = LP_STR("ns1"),
                                      .zone = LP_STR("b.contoso.example") } };
    l.log.setup.servers = (struct lp_list){ servers, 2 };
    l.log.setup.part = LP_STR("names");
    ck_assert_uint_gt(logs_count_wanted(&l, "dns 0"), 0);
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 1"), 0);
    servers[1].zone = LP_STR("contoso.example");
    ck_assert_uint_gt(logs_count_wanted(&l, "dns 1"), 0);
    logs_dns(&l, "A sip", "203.0.113.10");
    ck_assert_uint_eq(logs_count_wanted(&l, "sip "), 0);
    l.log.setup.part = LP_STR_NONE;
    ck_assert_uint_gt(logs_count_wanted(&l, "sip "), 0);
}
END_TEST

Suite *lp_suite_zone_servers(void)
{
    Suite *suite = suite_create("zone_servers");
    TCase *tests = tcase_create("servers");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, of_the_domain);
    tcase_add_test(tests, of_the_zone_above);
    tcase_add_loop_test(tests, there_is_none, 0, LP_COUNT(none));
    tcase_add_test(tests, parts_of_a_walk);
    suite_add_tcase(suite, tests);
    return suite;
}
