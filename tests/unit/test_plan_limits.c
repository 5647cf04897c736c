/* test_plan_limits.c - limits, overrides, and walks that come to an end */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/plan.h"
#include "stage.h"

Suite *lp_suite_plan_limits(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

/* "0 0 443 t0; 1 0 443 t1; ..." */
static const char *targets(char *out, size_t size, int n)
{
    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%d 0 443 t%d;", i, i);
    }
    return out;
}

static const char *addresses(char *out, size_t size, int n)
{
    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        size_t used = strlen(out);
        snprintf(out + used, size - used, "198.51.100.%d;", i + 1);
    }
    return out;
}

START_TEST(sixteen_targets)
{
    char text[1024];
    logs_dns(&l, "SRV _sip._tls", targets(text, sizeof text, 20));
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 A t15.contoso.example"));
    ck_assert_ptr_null(logs_wanted(&l, "dns 0 A t16.contoso.example"));
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 0 A t"), LP_MAX_TARGETS);
}
END_TEST

START_TEST(eight_addresses)
{
    char text[1024];
    logs_dns(&l, "SRV _sip._tls", "0 0 443 access");
    logs_dns(&l, "A access", addresses(text, sizeof text, 12));
    ck_assert_uint_eq(logs_count_wanted(&l, "sip access"), LP_MAX_ADDRESSES);
}
END_TEST

/* Four SRV records of 16 targets each, A and AAAA: more than 96 questions. They get 72 of them,
   less what was asked before; the eight names that stand behind them in the orders are left. */
START_TEST(ninety_six_questions)
{
    char text[1024];
    static const char *const owners[] = { "SRV _sip._tls", "SRV _sipinternaltls._tcp",
                                          "SRV _sipinternal._tcp", "SRV _sip._tcp" };
    size_t refused = 0;
    for (size_t i = 0; i < LP_COUNT(owners); i++) {
        targets(text, sizeof text, 16);
        for (char *p = text; *p; p++)
            *p = *p == 't' ? (char)('u' + i) : *p;
        logs_dns(&l, owners[i], text);
    }
    struct lp_asks asks;
    lp_plan_missing(&l.log, &l.arena, &asks);
    for (size_t i = 0; i < asks.n; i++)
        refused += asks.at[i].refused.p != NULL;
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 0") + LP_COUNT(owners),
                      LP_MAX_QUESTIONS * 3 / 4 + 8);
    ck_assert_uint_gt(refused, 0);
    for (size_t i = 0; i < asks.n; i++) {
        if (asks.at[i].refused.p)
            ck_assert_str_eq(asks.at[i].refused.p, "limit 96 DNS questions");
    }
}
END_TEST

/* The other servers do not count, and are asked no more than the first. */
START_TEST(questions_count_once)
{
    l.log.setup.servers.n = 2;
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 0"), logs_count_wanted(&l, "dns 1"));
    char text[1024];
    logs_dns(&l, "SRV _sip._tls", targets(text, sizeof text, 16));
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 0 A "), 6 + 16);
}
END_TEST

/* What the walk of a flood comes to: three quarters of 64 connections and what is none of it, the
   rest noted, an end. */
START_TEST(sixty_four_endpoints)
{
    char line[4096], text[1024];
    struct stage s;
    size_t endpoints = 0, flood = 0, refused = 0;
    int used =
        snprintf(line, sizeof line, "dns _sip._tls SRV %s\n", targets(text, sizeof text, 16));
    for (int i = 0; i < 16; i++)
        used += snprintf(line + used, sizeof line - (size_t)used, "dns t%d A %s\n", i,
                         addresses(text, sizeof text, 8));
    stage_begin(&s, stage_outside, line);
    stage_run(&s);
    for (size_t i = 0; i < s.logs.log.n; i++) {
        const struct lp_evidence *e = s.logs.log.at[i];
        if (!lp_link_of(e))
            continue;
        endpoints += e->outcome != LP_NOT_TRIED;
        flood += e->outcome != LP_NOT_TRIED && lp_str_starts_nocase(e->key, "sip t");
        refused += lp_str_eq(e->why, LP_STR("limit 64 endpoints"));
    }
    ck_assert_uint_gt(endpoints, LP_MAX_ENDPOINTS * 3 / 4);
    ck_assert_uint_le(endpoints, LP_MAX_ENDPOINTS);
    ck_assert_uint_gt(flood, LP_MAX_ENDPOINTS / 2);
    ck_assert_uint_le(flood, LP_MAX_ENDPOINTS * 3 / 4);
    ck_assert_uint_gt(refused, 0);
    ck_assert_uint_le(refused, LP_MAX_ENDPOINTS);
    stage_end(&s);
}
END_TEST

/* What strangers name stays behind the names of the order. */
START_TEST(flood_leaves_room_for_the_order)
{
    char line[4096], text[1024];
    struct stage s;
    int used =
        snprintf(line, sizeof line, "dns _sip._tcp SRV %s\n", targets(text, sizeof text, 16));
    for (int i = 0; i < 16; i++)
        used += snprintf(line + used, sizeof line - (size_t)used, "dns t%d A %s\n", i,
                         addresses(text, sizeof text, 8));
    stage_begin(&s, stage_outside, line);
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->outcome, LP_OK);
    stage_end(&s);
}
END_TEST

/* Redirects are found when the targets of a flood are known already. */
START_TEST(flood_leaves_room_for_redirects)
{
    char line[8192], text[1024];
    struct stage s;
    int used = snprintf(line, sizeof line, "dns _sip._tls SRV %s\ndns _sip._tcp SRV %s\n",
                        targets(text, sizeof text, 16), text);
    for (int i = 0; i < 16; i++)
        used += snprintf(line + used, sizeof line - (size_t)used, "dns t%d A %s\n", i,
                         addresses(text, sizeof text, 8));
    stage_begin(&s, stage_outside, line);
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("autodiscover https://webext.contoso.example/Autodiscover/"
                                        "AutodiscoverService.svc/root/domain 203.0.113.20"));
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->outcome, LP_OK);
    stage_end(&s);
}
END_TEST

/* ---- overrides ---- */

START_TEST(resolve_asks_no_dns)
{
    struct lp_address_item item = { logs_address("192.0.2.1") };
    struct lp_resolve_rule rule = { LP_STR("sip.contoso.example"), 443, { &item, 1 } };
    l.log.setup.resolve = (struct lp_list){ &rule, 1 };
    const struct lp_ask *ask = logs_wanted(&l, "sip sip.contoso.example:443 192.0.2.1");
    ck_assert_ptr_nonnull(ask);
    ck_assert(ask->overridden);
    ck_assert_int_eq(ask->parent, 0);
    /* the other port still needs it */
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 A sip.contoso.example"));
}
END_TEST

START_TEST(resolve_of_all_ports_asks_none)
{
    struct lp_address_item item = { logs_address("192.0.2.1") };
    struct lp_resolve_rule rules[] = { { LP_STR("sip.contoso.example"), 443, { &item, 1 } },
                                       { LP_STR("sip.contoso.example"), 5061, { &item, 1 } } };
    l.log.setup.resolve = (struct lp_list){ rules, 2 };
    ck_assert_ptr_null(logs_wanted(&l, "dns 0 A sip.contoso.example"));
    ck_assert_ptr_null(logs_wanted(&l, "dns 0 AAAA sip.contoso.example"));
}
END_TEST

START_TEST(connect_to_moves_the_packet_alone)
{
    struct lp_connect_rule rule = { LP_STR("sip.contoso.example"), 443, LP_STR("192.0.2.1"), 8443 };
    l.log.setup.connect_to = (struct lp_list){ &rule, 1 };
    const struct lp_ask *ask = logs_wanted(&l, "sip sip.contoso.example:443 192.0.2.1#8443");
    ck_assert_ptr_nonnull(ask);
    ck_assert(ask->overridden);
    ck_assert_int_eq(ask->port, 443);
    ck_assert_int_eq(ask->connect_port, 8443);
    ck_assert_str_eq(ask->host.p, "sip.contoso.example");
}
END_TEST

START_TEST(connect_to_another_host)
{
    struct lp_connect_rule rule = { LP_STR("sip.contoso.example"), 0, LP_STR("new.contoso.example"),
                                    0 };
    l.log.setup.connect_to = (struct lp_list){ &rule, 1 };
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 A new.contoso.example"));
    ck_assert_ptr_null(logs_wanted(&l, "dns 0 A sip.contoso.example"));
    logs_dns(&l, "A new", "203.0.113.40");
    ck_assert_ptr_nonnull(logs_wanted(&l, "sip sip.contoso.example:443 203.0.113.40"));
}
END_TEST

/* Documents of a root that was moved go to where the root was found. */
START_TEST(documents_follow_connect_to)
{
    struct lp_connect_rule rule = { LP_STR("webext.contoso.example"), 443, LP_STR("192.0.2.1"),
                                    8443 };
    struct stage s;
    stage_begin(&s, stage_outside, "tcp 192.0.2.1:8443 tls=proxy web\n");
    s.logs.log.setup.connect_to = (struct lp_list){ &rule, 1 };
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("autodiscover https://webext.contoso.example" AD_SERVICE
                                        "/domain 192.0.2.1#8443"));
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(lp_http_of(e)->status, 200);
    stage_end(&s);
}
END_TEST

/* ---- whole walks ---- */

static const char *const walks[] = {
    NULL,
    "set servers 2\n",
    "set view auto\n",
    "dns * A 203.0.113.80\n",
    "dns sip CNAME alias sip\n",
    "page https://webext.contoso.example* 302 https://webext.contoso.example/next\n",
    "page http* 302 http://lyncdiscover.contoso.example/\n",
    "dns lyncdiscover ANY crashed\ndns access ANY blocked\n",
    "tcp 203.0.113.20:443 crashed\n",
};

/* Every question once, parents before children, nothing missing at the end. */
START_TEST(walks_end)
{
    struct stage s;
    stage_begin(&s, _i % 2 ? stage_inside : stage_outside, walks[_i / 2]);
    stage_run(&s);
    for (size_t i = 0; i < s.logs.log.n; i++)
        ck_assert_int_lt(s.logs.log.at[i]->parent, s.logs.log.at[i]->id);
    ck_assert_uint_eq(logs_count_wanted(&s.logs, ""), 0);
    ck_assert_uint_lt(s.logs.log.n, 120);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_plan_limits(void)
{
    Suite *suite = suite_create("plan_limits");
    TCase *tc = tcase_create("limits"), *walk = tcase_create("walks");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, sixteen_targets);
    tcase_add_test(tc, eight_addresses);
    tcase_add_test(tc, ninety_six_questions);
    tcase_add_test(tc, questions_count_once);
    tcase_add_test(tc, resolve_asks_no_dns);
    tcase_add_test(tc, resolve_of_all_ports_asks_none);
    tcase_add_test(tc, connect_to_moves_the_packet_alone);
    tcase_add_test(tc, connect_to_another_host);
    tcase_add_test(walk, sixty_four_endpoints);
    tcase_add_test(walk, flood_leaves_room_for_the_order);
    tcase_add_test(walk, flood_leaves_room_for_redirects);
    tcase_add_test(walk, documents_follow_connect_to);
    tcase_add_loop_test(walk, walks_end, 0, 2 * (int)LP_COUNT(walks));
    suite_add_tcase(suite, tc);
    suite_add_tcase(suite, walk);
    return suite;
}
