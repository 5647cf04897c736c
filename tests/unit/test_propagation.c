/* test_propagation.c - how far a plan has come */
#include <check.h>
#include <string.h>

#include "logs.h"
#include "lp/propagation.h"
#include "lp/text.h"
#include "rows_rig.h"

Suite *lp_suite_propagation(void);

static struct logs l;
static struct lp_zone_rule zone;
static struct lp_server servers[3];

static void set_up(void)
{
    logs_begin(&l, "external");
    servers[0] = (struct lp_server){ .label = LP_STR("planned") };
    servers[1] = (struct lp_server){ .label = LP_STR("one") };
    servers[2] = (struct lp_server){ .label = LP_STR("two") };
    l.log.setup.servers = (struct lp_list){ servers, 3 };
    l.log.setup.zones = (struct lp_list){ &zone, 1 };
    l.log.setup.part = LP_STR("names");
}

static void tear_down(void)
{
    logs_end(&l);
}

/* "OLD of ASKED" and the lines. */
static const char *say(const struct lp_log *log, struct lp_arena *arena)
{
    struct lp_propagation p;
    lp_propagation_of(log, arena, &p);
    struct lp_str text = lp_arena_printf(arena, "%zu of %zu", p.old.n, p.asked);
    for (size_t i = 0; i < p.old.n; i++)
        text = lp_arena_printf(arena, "%s; %s", text.p,
                               lp_term(arena, ((const struct lp_str *)p.old.at)[i]));
    return text.p;
}

#define SIP "sip.contoso.example A at "
static const struct {
    const char *planned, *one, *two, *said;
} rows[] = {
    { "203.0.113.40", "203.0.113.40", "203.0.113.40", "0 of 2" },
    { "203.0.113.40; 203.0.113.41", "203.0.113.41; 203.0.113.40", "203.0.113.40; 203.0.113.41",
      "0 of 2" },
    { "203.0.113.40", "ttl 9; 203.0.113.40", "203.0.113.10",
      "1 of 2; " SIP "two: 203.0.113.10, planned 203.0.113.40" },
    { "203.0.113.40", "nxdomain", "203.0.113.40; 203.0.113.10",
      "2 of 2; " SIP "one: nxdomain, planned 203.0.113.40; " SIP
      "two: 203.0.113.40, 203.0.113.10, planned 203.0.113.40" },
    { "nxdomain", "nodata", "203.0.113.10", "1 of 2; " SIP "two: 203.0.113.10, planned nxdomain" },
    { "203.0.113.40", "timeout", "203.0.113.40",
      "1 of 2; " SIP "one: timeout, planned 203.0.113.40" },
    { "203.0.113.40", NULL, "203.0.113.40", "0 of 1" },
};

START_TEST(planned_zones)
{
    struct lp_dns_facts *facts = logs_dns(&l, "A sip", rows[_i].planned)->facts;
    facts->from = LP_STR("zone-file z");
    if (rows[_i].one)
        logs_dns(&l, "A sip 1", rows[_i].one);
    logs_dns(&l, "A sip 2", rows[_i].two);
    ck_assert_str_eq(say(&l.log, &l.arena), rows[_i].said);
}
END_TEST

/* A name of another zone, and one that is delegated, are for others to say. */
START_TEST(what_no_plan_holds)
{
    logs_dns(&l, "A other.test.", "203.0.113.1");
    logs_dns(&l, "A other.test. 1", "203.0.113.2");
    struct lp_dns_facts *facts = logs_dns(&l, "A sip", "203.0.113.40")->facts;
    facts->from = LP_STR("zone-file z");
    logs_dns(&l, "A sip 1", "nodata")->why = LP_STR("referral");
    ck_assert_str_eq(say(&l.log, &l.arena), "0 of 0");
}
END_TEST

START_TEST(a_topology)
{
    struct rig rig;
    rig_begin(&rig, "out", "dns new A 203.0.113.10\n");
    rig.stage.logs.log.setup.part = LP_STR("names");
    rig_dns(&rig, LP_DNS_A, "new", "203.0.113.10");
    rig_dns(&rig, LP_DNS_A, "newer", "203.0.113.40");
    stage_run(&rig.stage);
    ck_assert_str_eq(
        say(&rig.stage.logs.log, &rig.stage.logs.arena),
        "1 of 2; newer.contoso.example A: nxdomain, planned a record for front-end (test)");
    rig_end(&rig);
}
END_TEST

/* Silence is no sign that the plan has come, not even where a name should be gone. */
START_TEST(nobody_answers)
{
    struct rig rig;
    rig_begin(&rig, "", NULL);
    rig.stage.logs.log.setup.part = LP_STR("names");
    rig_dns(&rig, LP_DNS_A, "new", "203.0.113.10");
    rig_dns(&rig, LP_DNS_A, "old", "absent");
    const char *said = say(&rig.stage.logs.log, &rig.stage.logs.arena);
    ck_assert_ptr_eq(strstr(said, "2 of 2; new.contoso.example A: not known, "), said);
    rig_end(&rig);
}
END_TEST

START_TEST(no_plan)
{
    l.log.setup.zones.n = 0;
    logs_dns(&l, "A sip", "203.0.113.40");
    ck_assert_str_eq(say(&l.log, &l.arena), "0 of 0");
}
END_TEST

Suite *lp_suite_propagation(void)
{
    Suite *suite = suite_create("propagation");
    TCase *tests = tcase_create("plans");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, planned_zones, 0, LP_COUNT(rows));
    tcase_add_test(tests, what_no_plan_holds);
    tcase_add_test(tests, a_topology);
    tcase_add_test(tests, nobody_answers);
    tcase_add_test(tests, no_plan);
    suite_add_tcase(suite, tests);
    return suite;
}
