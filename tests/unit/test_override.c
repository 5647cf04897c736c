/* test_override.c - DNS answers of the command line: which questions they speak of, what they say
 */
#include <check.h>

#include "lp/worker.h"
#include "lp/zonefile.h"

Suite *lp_suite_override(void);

/* --answer 'www.a.example 60 A 10.0.0.1', twice; 'alias.a.example 60 CNAME www.a.example';
   '_sip._tls.a.example 30 SRV 1 2 443 www.a.example' */
static struct lp_answer_rule answers[4];
/* --deny gone.a.example --deny www.a.example/AAAA --deny half.a.example/SRV */
static struct lp_deny_rule denials[3];
static struct lp_setup setup;
static const struct lp_overrides rules_alone = { &setup, NULL };

static void make_rules(void)
{
    struct lp_str www = LP_STR("www.a.example");
    answers[0] = (struct lp_answer_rule){ .name = www, .ttl = 60, .type = LP_DNS_A };
    answers[1] = answers[0];
    ck_assert(lp_addr_parse(LP_STR("10.0.0.1"), &answers[0].address));
    ck_assert(lp_addr_parse(LP_STR("10.0.0.2"), &answers[1].address));
    answers[2] = (struct lp_answer_rule){
        .name = LP_STR("alias.a.example"), .ttl = 60, .type = LP_DNS_CNAME, .target = www
    };
    answers[3] = (struct lp_answer_rule){ .name = LP_STR("_sip._tls.a.example"),
                                          .ttl = 30,
                                          .type = LP_DNS_SRV,
                                          .target = www,
                                          .priority = 1,
                                          .weight = 2,
                                          .port = 443 };
    denials[0] = (struct lp_deny_rule){ LP_STR("gone.a.example"), 0 };
    denials[1] = (struct lp_deny_rule){ LP_STR("www.a.example"), LP_DNS_AAAA };
    denials[2] = (struct lp_deny_rule){ LP_STR("half.a.example"), LP_DNS_SRV };
    setup = (struct lp_setup){ .answer = { answers, LP_COUNT(answers) },
                               .deny = { denials, LP_COUNT(denials) } };
}

static const struct row {
    const char *name;
    int64_t type;
    enum lp_outcome outcome; /* LP_NONE: no rule speaks of it */
    size_t records;
} rows[] = {
    { "www.a.example", LP_DNS_A, LP_ANSWER, 2 },
    { "WWW.A.Example.", LP_DNS_A, LP_ANSWER, 2 },
    { "www.a.example", LP_DNS_AAAA, LP_NODATA, 0 },
    { "www.a.example", LP_DNS_SRV, LP_NODATA, 0 },
    { "alias.a.example", LP_DNS_A, LP_ANSWER, 1 },
    { "alias.a.example", LP_DNS_AAAA, LP_ANSWER, 1 },
    { "_sip._tls.a.example", LP_DNS_SRV, LP_ANSWER, 1 },
    { "_sip._tls.a.example", LP_DNS_A, LP_NODATA, 0 },
    { "gone.a.example", LP_DNS_A, LP_NXDOMAIN, 0 },
    { "gone.a.example", LP_DNS_SRV, LP_NXDOMAIN, 0 },
    { "half.a.example", LP_DNS_SRV, LP_NODATA, 0 },
    { "half.a.example", LP_DNS_A, LP_NONE, 0 },
    { "other.a.example", LP_DNS_A, LP_NONE, 0 },
    { "x.gone.a.example", LP_DNS_A, LP_NONE, 0 },
};

START_TEST(each_question)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .key = LP_STR("dns"),
                          .shape = &lp_shape_dns,
                          .name = lp_str_of(row->name),
                          .type = row->type };
    make_rules();
    struct lp_evidence *e = lp_override_answer(&rules_alone, &arena, &ask, 500);
    ck_assert_int_eq(lp_override_speaks(&rules_alone, &ask), row->outcome != LP_NONE);
    ck_assert_int_eq(e != NULL, row->outcome != LP_NONE);
    if (e) {
        ck_assert_int_eq(e->outcome, row->outcome);
        ck_assert_int_eq(e->started, 500);
        ck_assert_int_eq(e->elapsed, 0);
        ck_assert(lp_str_eq(lp_dns_of(e)->from, LP_STR("override")));
        ck_assert_int_eq(lp_dns_of(e)->rcode, row->outcome == LP_NXDOMAIN ? 3 : 0);
        ck_assert_uint_eq(lp_dns_of(e)->rrs.n, row->records);
    }
    lp_arena_release(&arena);
}
END_TEST

START_TEST(records_are_those_of_the_rules)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .shape = &lp_shape_dns,
                          .name = LP_STR("_sip._tls.a.example"),
                          .type = LP_DNS_SRV };
    make_rules();
    const struct lp_dns_facts *facts = lp_dns_of(lp_override_answer(&rules_alone, &arena, &ask, 0));
    const struct lp_rr *rr = facts->rrs.at;
    ck_assert(lp_str_eq(rr->section, LP_STR("answer")));
    ck_assert(lp_str_eq(rr->owner, ask.name));
    ck_assert(lp_str_eq(rr->name, LP_STR("www.a.example")));
    ck_assert_int_eq(rr->type, LP_DNS_SRV);
    ck_assert_int_eq(rr->ttl, 30);
    ck_assert_int_eq(rr->priority, 1);
    ck_assert_int_eq(rr->weight, 2);
    ck_assert_int_eq(rr->port, 443);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(no_rules)
{
    struct lp_arena arena = { 0 };
    struct lp_setup nothing = { 0 };
    struct lp_overrides none = { &nothing, NULL };
    struct lp_ask ask = { .shape = &lp_shape_dns, .name = LP_STR("a.b"), .type = LP_DNS_A };
    ck_assert(!lp_override_speaks(&none, &ask));
    ck_assert_ptr_null(lp_override_answer(&none, &arena, &ask, 0));
    ck_assert_uint_eq(arena.used, 0);
}
END_TEST

/* A zone answers for the first server alone, and behind the rules. */
START_TEST(zones_speak_too)
{
    struct lp_arena arena = { 0 };
    struct lp_zone zone;
    struct lp_error error;
    struct lp_zone_text text = { LP_STR("z"), LP_STR("www A 192.0.2.1\nnew A 192.0.2.2\n"),
                                 LP_STR("a.example") };
    struct lp_list zones = { &zone, 1 };
    struct lp_overrides both = { &setup, &zones };
    struct lp_ask ask = { .shape = &lp_shape_dns, .name = LP_STR("new.a.example") };
    ask.type = LP_DNS_A;
    make_rules();
    ck_assert(lp_zone_read(&arena, &text, &zone, &error));
    struct lp_evidence *e = lp_override_answer(&both, &arena, &ask, 0);
    ck_assert_int_eq(e->outcome, LP_ANSWER);
    ck_assert(lp_str_eq(lp_dns_of(e)->from, LP_STR("zone-file z")));
    ask.server = 1;
    ck_assert(!lp_override_speaks(&both, &ask));
    ask.server = 0;
    ask.name = LP_STR("www.a.example");
    ck_assert(
        lp_str_eq(lp_dns_of(lp_override_answer(&both, &arena, &ask, 0))->from, LP_STR("override")));
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_override(void)
{
    Suite *suite = suite_create("override");
    TCase *tests = tcase_create("answers");
    tcase_add_loop_test(tests, each_question, 0, LP_COUNT(rows));
    tcase_add_test(tests, records_are_those_of_the_rules);
    tcase_add_test(tests, no_rules);
    tcase_add_test(tests, zones_speak_too);
    suite_add_tcase(suite, tests);
    return suite;
}
