/* test_plan.c - which questions are missing after which DNS answers */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "logs.h"
#include "lp/plan.h"

Suite *lp_suite_plan(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

static const struct lp_ask *wanted(const char *key)
{
    return logs_wanted(&l, key);
}

static size_t count(const char *beginning)
{
    return logs_count_wanted(&l, beginning);
}

/* ---- the names of the orders ---- */

static const char *const first_keys[] = {
    "dns 0 A lyncdiscoverinternal.contoso.example",
    "dns 0 AAAA lyncdiscoverinternal.contoso.example",
    "dns 0 A lyncdiscover.contoso.example",
    "dns 0 AAAA lyncdiscover.contoso.example",
    "dns 0 SRV _sipinternaltls._tcp.contoso.example",
    "dns 0 SRV _sipinternal._tcp.contoso.example",
    "dns 0 A sipinternal.contoso.example",
    "dns 0 AAAA sipinternal.contoso.example",
    "dns 0 A sip.contoso.example",
    "dns 0 AAAA sip.contoso.example",
    "dns 0 SRV _sip._tls.contoso.example",
    "dns 0 A sipexternal.contoso.example",
    "dns 0 AAAA sipexternal.contoso.example",
    "dns 0 SRV _sip._tcp.contoso.example",
    "dns 0 SRV _sipfederationtls._tcp.contoso.example",
    "dns 0 A zq7x3wq9.contoso.example",
};

/* All at once, each once, whatever the client and the view; nothing else. */
START_TEST(all_names_of_all_clients)
{
    static const char *const clients[] = { "lync2013", "mobile", "federation", "unknown" };
    static const char *const views[] = { "external", "internal", "auto" };
    l.log.setup.client = lp_str_of(clients[_i % 4]);
    l.log.setup.view = lp_str_of(views[_i / 4]);
    ck_assert_uint_eq(count(""), LP_COUNT(first_keys));
    for (size_t i = 0; i < LP_COUNT(first_keys); i++) {
        const struct lp_ask *ask = wanted(first_keys[i]);
        ck_assert_msg(ask != NULL, "%s", first_keys[i]);
        ck_assert(ask->shape == &lp_shape_dns && !ask->probe && !ask->refused.p);
        ck_assert_int_eq(ask->parent, 0);
    }
}
END_TEST

/* What the deciding client wants comes before any limit. */
START_TEST(the_deciding_client_first)
{
    l.log.setup.client = LP_STR("federation");
    struct lp_asks asks;
    lp_plan_missing(&l.log, &l.arena, &asks);
    ck_assert_str_eq(asks.at[0].key.p, "dns 0 SRV _sipfederationtls._tcp.contoso.example");
}
END_TEST

START_TEST(one_family)
{
    l.log.setup.only4 = _i == 0;
    l.log.setup.only6 = _i == 1;
    ck_assert_uint_eq(count("dns 0 A "), _i ? 0 : 6);
    ck_assert_uint_eq(count("dns 0 AAAA "), _i ? 6 : 0);
    ck_assert_uint_eq(count("dns 0 SRV "), 5);
}
END_TEST

START_TEST(no_label_no_wildcard_question)
{
    l.log.setup.label = LP_STR_NONE;
    ck_assert_uint_eq(count(""), LP_COUNT(first_keys) - 1);
}
END_TEST

/* ---- what follows from one answer ---- */

static void expect(const char *const *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_msg(wanted(keys[i]) != NULL, "%s", keys[i]);
}

START_TEST(addresses_of_autodiscover)
{
    static const char *const keys[] = {
        "autodiscover http://lyncdiscover.contoso.example/ 203.0.113.20",
        "autodiscover https://lyncdiscover.contoso.example/ 203.0.113.20",
        "autodiscover http://lyncdiscover.contoso.example/ 203.0.113.21",
        "autodiscover https://lyncdiscover.contoso.example/ 203.0.113.21",
    };
    struct lp_evidence *e = logs_dns(&l, "A lyncdiscover", "203.0.113.20; 203.0.113.21");
    expect(keys, LP_COUNT(keys));
    ck_assert_uint_eq(count("autodiscover"), 4);
    const struct lp_ask *http = wanted(keys[0]), *https = wanted(keys[1]);
    ck_assert(http->plain && !https->plain);
    ck_assert_int_eq(http->port, 80);
    ck_assert_int_eq(https->port, 443);
    ck_assert_int_eq(http->hop, 0);
    ck_assert_int_eq(http->parent, e->id);
    ck_assert(!http->from_network);
    ck_assert_str_eq(http->host.p, "lyncdiscover.contoso.example");
}
END_TEST

START_TEST(ports_of_a_host)
{
    static const char *const keys[] = { "sip sip.contoso.example:5061 203.0.113.10",
                                        "sip sip.contoso.example:443 203.0.113.10",
                                        "sip sip.contoso.example:5061 2001:db8::10",
                                        "sip sip.contoso.example:443 2001:db8::10" };
    logs_dns(&l, "A sip", "203.0.113.10");
    logs_dns(&l, "AAAA sip", "2001:db8::10");
    expect(keys, LP_COUNT(keys));
    ck_assert_uint_eq(count("sip "), 4);
}
END_TEST

START_TEST(targets_of_an_srv)
{
    static const char *const keys[] = { "dns 0 A one.contoso.example",
                                        "dns 0 AAAA one.contoso.example",
                                        "dns 0 A two.contoso.example",
                                        "dns 0 AAAA two.contoso.example" };
    struct lp_evidence *srv = logs_dns(&l, "SRV _sip._tls", "9 0 443 two; 1 0 5061 one");
    expect(keys, LP_COUNT(keys));
    ck_assert_int_eq(wanted(keys[0])->parent, srv->id);
    struct lp_evidence *a = logs_dns(&l, "A one", "203.0.113.10");
    const struct lp_ask *ask = wanted("sip one.contoso.example:5061 203.0.113.10");
    ck_assert_ptr_nonnull(ask);
    ck_assert_int_eq(ask->parent, a->id);
    ck_assert(ask->from_network && !ask->plain);
}
END_TEST

START_TEST(srv_without_tls)
{
    logs_dns(&l, "SRV _sipinternal._tcp", "0 0 5060 pool");
    logs_dns(&l, "A pool", "10.0.0.11");
    const struct lp_ask *ask = wanted("sip-tcp pool.contoso.example:5060 10.0.0.11");
    ck_assert_ptr_nonnull(ask);
    ck_assert(ask->plain);
}
END_TEST

/* Targets and ports that nobody can be asked at. */
static const char *const nowhere[] = { "0 0 0 .", "0 0 0 pool", "0 0 443 two words." };

START_TEST(no_question_for_nowhere)
{
    size_t before = count("");
    logs_dns(&l, "SRV _sip._tls", nowhere[_i]);
    ck_assert_uint_eq(count(""), before - 1);
}
END_TEST

START_TEST(a_target_that_is_an_address)
{
    logs_dns(&l, "SRV _sip._tls", "0 0 443 203.0.113.7.");
    ck_assert_ptr_nonnull(wanted("sip 203.0.113.7:443 203.0.113.7"));
    ck_assert_ptr_null(wanted("dns 0 A 203.0.113.7"));
}
END_TEST

START_TEST(aliases_one_by_one)
{
    struct lp_evidence *e = logs_dns(&l, "A sip", "alias access");
    ck_assert_ptr_nonnull(wanted("dns 0 A access.contoso.example"));
    ck_assert_ptr_null(wanted("dns 0 AAAA access.contoso.example"));
    ck_assert_int_gt(e->id, 0);
    logs_dns(&l, "A access", "203.0.113.10");
    ck_assert_ptr_nonnull(wanted("sip sip.contoso.example:443 203.0.113.10"));
}
END_TEST

START_TEST(loops_ask_nothing_more)
{
    logs_dns(&l, "A sip", "alias sip2; alias sip");
    logs_dns(&l, "AAAA sip", "nxdomain");
    ck_assert_uint_eq(count("sip "), 0);
    ck_assert_ptr_null(wanted("dns 0 A sip2.contoso.example"));
}
END_TEST

/* ---- several servers ---- */

START_TEST(servers_side_by_side)
{
    l.log.setup.servers.n = 2;
    ck_assert_uint_eq(count("dns 0"), 16);
    ck_assert_uint_eq(count("dns 1"), 16);
    logs_dns(&l, "SRV _sip._tls", "0 0 443 access");
    logs_dns(&l, "SRV _sip._tls 1", "0 0 443 other");
    ck_assert_ptr_nonnull(wanted("dns 0 A access.contoso.example"));
    ck_assert_ptr_nonnull(wanted("dns 1 A access.contoso.example"));
    ck_assert_ptr_null(wanted("dns 1 A other.contoso.example"));
    logs_dns(&l, "A access", "203.0.113.10");
    ck_assert_ptr_nonnull(wanted("dns 1 A access.contoso.example"));
    logs_dns(&l, "A access 1", "203.0.113.99");
    ck_assert_ptr_nonnull(wanted("sip access.contoso.example:443 203.0.113.10"));
    ck_assert_ptr_null(wanted("sip access.contoso.example:443 203.0.113.99"));
}
END_TEST

static void add_following(TCase *tc)
{
    tcase_add_test(tc, addresses_of_autodiscover);
    tcase_add_test(tc, ports_of_a_host);
    tcase_add_test(tc, targets_of_an_srv);
    tcase_add_test(tc, srv_without_tls);
    tcase_add_loop_test(tc, no_question_for_nowhere, 0, (int)LP_COUNT(nowhere));
    tcase_add_test(tc, a_target_that_is_an_address);
    tcase_add_test(tc, aliases_one_by_one);
    tcase_add_test(tc, loops_ask_nothing_more);
    tcase_add_test(tc, servers_side_by_side);
}

Suite *lp_suite_plan(void)
{
    Suite *suite = suite_create("plan");
    TCase *tc = tcase_create("missing");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, all_names_of_all_clients, 0, 12);
    tcase_add_test(tc, the_deciding_client_first);
    tcase_add_loop_test(tc, one_family, 0, 2);
    tcase_add_test(tc, no_label_no_wildcard_question);
    add_following(tc);
    suite_add_tcase(suite, tc);
    return suite;
}
