/* test_plan_rows.c - what a topology makes the planner ask */
#include <check.h>
#include <stdio.h>

#include "lp/plan.h"
#include "rows_rig.h"

Suite *lp_suite_plan_rows(void);

static struct rig rig;

static const struct lp_ask *wanted(const char *key)
{
    return logs_wanted(&rig.stage.logs, key);
}

START_TEST(records_at_every_server)
{
    rig_begin(&rig, "in", "set servers 2\n");
    rig_dns(&rig, LP_DNS_SRV, "_sipfederationtls._tcp", "5061 access");
    rig_dns(&rig, LP_DNS_A, "pool2", "10.0.0.13");
    ck_assert_ptr_nonnull(wanted("dns 0 SRV _sipfederationtls._tcp.contoso.example"));
    ck_assert_ptr_nonnull(wanted("dns 0 A pool2.contoso.example"));
    ck_assert_ptr_nonnull(wanted("dns 0 AAAA pool2.contoso.example"));
    ck_assert_ptr_nonnull(wanted("dns 1 A pool2.contoso.example"));
    rig_end(&rig);
}
END_TEST

START_TEST(records_of_the_other_view_only_while_it_is_open)
{
    static const char key[] = "dns 0 A webdir.contoso.example";
    rig_begin(&rig, "in", "set view auto\n");
    rig_dns(&rig, LP_DNS_A, "webdir", "203.0.113.21")->internal = false;
    ck_assert_ptr_nonnull(wanted(key));
    rig_end(&rig);
    rig_begin(&rig, "in", NULL);
    rig_dns(&rig, LP_DNS_A, "webdir", "203.0.113.21")->internal = false;
    ck_assert_ptr_null(wanted(key));
    rig_end(&rig);
}
END_TEST

START_TEST(an_alias_is_followed)
{
    rig_begin(&rig, "out", NULL);
    rig_dns(&rig, LP_DNS_A, "meet", "");
    logs_dns(&rig.stage.logs, "A meet", "alias proxy");
    ck_assert_ptr_nonnull(wanted("dns 0 A proxy.contoso.example"));
    rig_end(&rig);
}
END_TEST

START_TEST(a_connection_to_a_given_address)
{
    rig_begin(&rig, "in", NULL);
    rig_port(&rig, "fe1", 444, "10.0.0.11");
    const struct lp_ask *ask = wanted("mtls fe1.contoso.example:444 10.0.0.11");
    ck_assert_ptr_nonnull(ask);
    ck_assert_str_eq(ask->probe->shape.name, "mtls");
    ck_assert(!ask->from_network && !ask->plain);
    ck_assert_int_eq(ask->connect_port, 444);
    rig_end(&rig);
}
END_TEST

START_TEST(both_ports_of_a_row)
{
    rig_begin(&rig, "in", NULL);
    rig_port(&rig, "med", 5061, "10.0.0.14")->port.ports[1] = 5070;
    ck_assert_ptr_nonnull(wanted("mtls med.contoso.example:5061 10.0.0.14"));
    ck_assert_ptr_nonnull(wanted("mtls med.contoso.example:5070 10.0.0.14"));
    rig_end(&rig);
}
END_TEST

START_TEST(addresses_by_dns)
{
    rig_begin(&rig, "in", NULL);
    rig_port(&rig, "wac", 443, NULL);
    ck_assert_ptr_nonnull(wanted("dns 0 A wac.contoso.example"));
    ck_assert_uint_eq(logs_count_wanted(&rig.stage.logs, "mtls"), 0);
    logs_dns(&rig.stage.logs, "A wac", "10.0.0.15; 10.0.0.16");
    ck_assert_ptr_nonnull(wanted("mtls wac.contoso.example:443 10.0.0.15"));
    ck_assert_ptr_nonnull(wanted("mtls wac.contoso.example:443 10.0.0.16"));
    rig_end(&rig);
}
END_TEST

START_TEST(the_walk_s_own_endpoint_once)
{
    rig_begin(&rig, "in", NULL);
    rig_port(&rig, "pool", 5061, "10.0.0.11")->port.probe = "sip";
    logs_dns(&rig.stage.logs, "SRV _sipinternaltls._tcp", "0 0 5061 pool");
    logs_dns(&rig.stage.logs, "A pool", "10.0.0.11");
    ck_assert_uint_eq(logs_count_wanted(&rig.stage.logs, "sip pool.contoso.example:5061 10.0.0.11"),
                      1);
    rig_end(&rig);
}
END_TEST

static void no_probe(struct lp_expectation *row)
{
    row->port.probe = NULL;
}

static void unknown_probe(struct lp_expectation *row)
{
    row->port.probe = "smoke-signals";
}

static void skipped(struct lp_expectation *row)
{
    row->skip = "nothing listens until a session exists";
}

static void other_view(struct lp_expectation *row)
{
    row->internal = false;
}

START_TEST(never_asked)
{
    static void (*const spoil[])(struct lp_expectation *) = { no_probe, unknown_probe, skipped,
                                                              other_view };
    rig_begin(&rig, "in", NULL);
    spoil[_i](rig_port(&rig, "fe1", 444, "10.0.0.11"));
    ck_assert_uint_eq(logs_count_wanted(&rig.stage.logs, "mtls"), 0);
    rig_end(&rig);
}
END_TEST

START_TEST(no_connection_while_the_view_is_open)
{
    rig_begin(&rig, "in", "set view auto\n");
    rig_port(&rig, "fe1", 444, "10.0.0.11")->internal = true;
    ck_assert_uint_eq(logs_count_wanted(&rig.stage.logs, "mtls"), 0);
    stage_run(&rig.stage);
    ck_assert_ptr_nonnull(
        lp_log_find(&rig.stage.logs.log, LP_STR("mtls fe1.contoso.example:444 10.0.0.11")));
    rig_end(&rig);
}
END_TEST

/* 60 rows of three addresses each: more than any stranger may name, and the walk goes on as if they
 * were not there. */
START_TEST(no_limit_counts_them)
{
    rig_begin(&rig, "out", NULL);
    for (int i = 0; i < 60; i++) {
        char name[16];
        snprintf(name, sizeof name, "h%d", i);
        rig_port(&rig, lp_arena_str(&rig.stage.logs.arena, lp_str_of(name)).p, 443, NULL);
        rig.stage.lines[rig.stage.line_count++] = lp_arena_printf(
            &rig.stage.logs.arena, "dns h%d A 203.0.113.30; 203.0.113.31; 203.0.113.32", i);
    }
    stage_run(&rig.stage);
    size_t n = 0;
    for (size_t i = 0; i < rig.stage.logs.log.n; i++) {
        const struct lp_evidence *e = rig.stage.logs.log.at[i];
        ck_assert_int_ne(e->outcome, LP_NOT_TRIED);
        n += lp_str_starts_nocase(e->key, "mtls h");
    }
    ck_assert_uint_eq(n, 180);
    ck_assert_ptr_nonnull(
        lp_log_find(&rig.stage.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10")));
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_plan_rows(void)
{
    Suite *suite = suite_create("plan_rows");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, records_at_every_server);
    tcase_add_test(tests, records_of_the_other_view_only_while_it_is_open);
    tcase_add_test(tests, an_alias_is_followed);
    tcase_add_test(tests, a_connection_to_a_given_address);
    tcase_add_test(tests, both_ports_of_a_row);
    tcase_add_test(tests, addresses_by_dns);
    tcase_add_test(tests, the_walk_s_own_endpoint_once);
    tcase_add_loop_test(tests, never_asked, 0, 4);
    tcase_add_test(tests, no_connection_while_the_view_is_open);
    tcase_add_test(tests, no_limit_counts_them);
    suite_add_tcase(suite, tests);
    return suite;
}
