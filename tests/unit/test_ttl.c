/* test_ttl.c - what a switch leaves in caches: LP-DNS-TTL-HIGH */
#include <check.h>
#include <string.h>

#include "logs.h"
#include "stage.h"

Suite *lp_suite_ttl(void);

static struct logs l;
static struct lp_zone_rule zone;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

static void plan(const char *question, const char *answer)
{
    struct lp_dns_facts *facts = logs_dns(&l, question, answer)->facts;
    facts->from = LP_STR("zone-file z");
    l.log.setup.zones = (struct lp_list){ &zone, 1 };
    l.log.setup.servers.n = 2;
}

/* "SUBJECT: EXPECTED; OBSERVED" of the findings, one a line. */
static const char *say(void)
{
    struct lp_judgement j;
    struct lp_str text = LP_STR("");
    l.log.end = (struct lp_end){ .present = true, .complete = true };
    lp_judge(&l.log, &l.arena, &j);
    for (size_t i = 0; i < j.finding_count; i++) {
        const struct lp_finding *f = &j.findings[i];
        if (strcmp(f->rule->id, "LP-DNS-TTL-HIGH") == 0)
            text = lp_arena_printf(&l.arena, "%s%.*s: %.*s; %.*s\n", text.p, (int)f->subject.n,
                                   f->subject.p, (int)f->expected.n, f->expected.p,
                                   (int)f->observed.n, f->observed.p);
    }
    return text.p;
}

#define CACHE " (of a cache: at the source perhaps more)"
#define UNTIL(time) ": after a switch now the old answer lives until 2025-11-24T" time "Z"
static const struct {
    const char *question, *planned, *live; /* planned NULL: --window 60 alone */
    const char *said;
} rows[] = {
    { "A lyncdiscover", NULL, "ttl 60; 203.0.113.20", "" },
    { "A lyncdiscover", NULL, "ttl 3600; 203.0.113.20",
      "lyncdiscover.contoso.example A: at most 60 s before the switch; TTL 3600 s" CACHE UNTIL(
          "17:00:00") "\n" },
    { "A lyncdiscover", NULL, "ttl 60; alias webext; ttl 120; 203.0.113.20",
      "lyncdiscover.contoso.example A: at most 60 s before the switch; TTL 120 s" CACHE UNTIL(
          "16:02:00") "\n" },
    { "A webdir.online.lync.com.", NULL, "ttl 3600; 203.0.113.20", "" },
    { "A lyncdiscover", NULL, "nxdomain; soa 600",
      "contoso.example SOA: at most 60 s before the switch; negative TTL 600 s" CACHE UNTIL(
          "16:10:00") "\n" },
    { "A lyncdiscover", NULL, "nxdomain; soa 60", "" },
    { "A lyncdiscover", NULL, "servfail", "" },
    { "A lyncdiscover", "203.0.113.40", "ttl 3600; 203.0.113.20",
      "lyncdiscover.contoso.example A: at most 300 s before the switch; live 203.0.113.20, planned "
      "203.0.113.40; TTL 3600 s" CACHE UNTIL("17:00:00") "\n" },
    { "A lyncdiscover", "203.0.113.40", "ttl 300; 203.0.113.20", "" },
    { "A lyncdiscover", "ttl 60; 203.0.113.20", "ttl 3600; 203.0.113.20", "" },
    { "A lyncdiscover", "nxdomain", "ttl 3600; 203.0.113.20",
      "lyncdiscover.contoso.example A: at most 300 s before the switch; live 203.0.113.20, planned "
      "nxdomain; TTL 3600 s" CACHE UNTIL("17:00:00") "\n" },
    { "A lyncdiscover", "203.0.113.40", "nxdomain; soa 600",
      "lyncdiscover.contoso.example A: at most 300 s before the switch; live nxdomain, planned "
      "203.0.113.40; negative TTL 600 s" CACHE UNTIL("16:10:00") "\n" },
    { "A lyncdiscover", "nxdomain", "nodata; soa 600", "" },
    { "SRV _sip._tls", "0 0 443 new", "ttl 3600; 0 0 443 sip",
      "_sip._tls.contoso.example SRV: at most 300 s before the switch; live 443 "
      "sip.contoso.example, planned 443 new.contoso.example; TTL 3600 s" CACHE UNTIL(
          "17:00:00") "\n" },
};

START_TEST(each)
{
    const char *question = rows[_i].question;
    if (rows[_i].planned) {
        plan(question, rows[_i].planned);
        question = lp_arena_printf(&l.arena, "%s 1", question).p;
    } else {
        l.log.setup.window = 60;
    }
    logs_dns(&l, question, rows[_i].live);
    ck_assert_str_eq(say(), rows[_i].said);
}
END_TEST

START_TEST(an_authority_knows_its_ttl)
{
    struct lp_dns_facts *facts = logs_dns(&l, "A sip", "203.0.113.10")->facts;
    facts->aa = true;
    l.log.setup.window = 60;
    ck_assert_str_eq(
        say(),
        "sip.contoso.example A: at most 60 s before the switch; TTL 3600 s" UNTIL("17:00:00") "\n");
}
END_TEST

/* Neither a plan nor a window: nobody is about to switch. The random label is nobody's record. */
START_TEST(nothing_planned)
{
    logs_dns(&l, "A sip", "203.0.113.10");
    ck_assert_str_eq(say(), "");
    l.log.setup.window = 60;
    logs_dns(&l, "A zq7x3wq9", "203.0.113.10");
    ck_assert_ptr_null(strstr(say(), "zq7x3wq9"));
}
END_TEST

/* A plan that differs from what is live is no disagreement of servers; two live ones are. */
START_TEST(a_plan_is_no_server)
{
    struct lp_judgement j;
    plan("A sip", "203.0.113.40");
    logs_dns(&l, "A sip 1", "203.0.113.10");
    lp_judge(&l.log, &l.arena, &j);
    ck_assert_ptr_null(stage_find(&j, "LP-DNS-SERVERS-DIFFER", NULL));
}
END_TEST

START_TEST(live_servers_are_compared)
{
    struct lp_judgement j;
    struct lp_server servers[3] = { { .label = LP_STR("planned") },
                                    { .label = LP_STR("one") },
                                    { .label = LP_STR("two") } };
    plan("A sip", "203.0.113.40");
    l.log.setup.servers = (struct lp_list){ servers, 3 };
    logs_dns(&l, "A sip 1", "203.0.113.10");
    logs_dns(&l, "A sip 2", "203.0.113.11");
    lp_judge(&l.log, &l.arena, &j);
    const struct lp_finding *f = stage_find(&j, "LP-DNS-SERVERS-DIFFER", "sip");
    ck_assert_ptr_nonnull(f);
    ck_assert(stage_holds(f->expected, "one: 203.0.113.10"));
    ck_assert(stage_holds(f->observed, "two: 203.0.113.11"));
}
END_TEST

Suite *lp_suite_ttl(void)
{
    Suite *suite = suite_create("ttl");
    TCase *tests = tcase_create("ttl");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, each, 0, LP_COUNT(rows));
    tcase_add_test(tests, an_authority_knows_its_ttl);
    tcase_add_test(tests, nothing_planned);
    tcase_add_test(tests, a_plan_is_no_server);
    tcase_add_test(tests, live_servers_are_compared);
    suite_add_tcase(suite, tests);
    return suite;
}
