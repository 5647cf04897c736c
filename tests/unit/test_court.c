/* test_court.c - claims: how a check raises one, and how severe it is */
#include <check.h>
#include <string.h>

#include "lp/court.h"
#include "stage.h"

Suite *lp_suite_court(void);

static struct stage s;
static struct lp_survey survey;
static struct lp_court court;

static void open_court(const char *changes)
{
    stage_begin(&s, stage_outside, changes);
    stage_run(&s);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    court = (struct lp_court){ .survey = &survey, .log = &s.logs.log, .arena = &s.logs.arena };
}

static void tear_down(void)
{
    stage_end(&s);
}

/* DESIGN 4: info where a later candidate serves, else at least warning. */
static const struct {
    bool usable, alternative, reached, spare;
    enum lp_severity base, want;
} severities[] = {
    { false, false, true, false, LP_CRITICAL, LP_CRITICAL },
    { true, false, true, false, LP_CRITICAL, LP_CRITICAL },
    { false, true, true, false, LP_CRITICAL, LP_INFO },
    { false, true, true, false, LP_WARNING, LP_INFO },
    { true, true, true, false, LP_CRITICAL, LP_CRITICAL },
    { false, false, false, false, LP_CRITICAL, LP_WARNING },
    { false, false, false, false, LP_WARNING, LP_WARNING },
    { true, false, true, true, LP_CRITICAL, LP_WARNING },
    { false, false, true, true, LP_CRITICAL, LP_WARNING },
    { false, false, true, true, LP_WARNING, LP_WARNING },
    { true, false, false, false, LP_INFO, LP_INFO },
};

START_TEST(severity_of_a_seat)
{
    struct lp_seat seat = { .usable = severities[_i].usable,
                            .alternative = severities[_i].alternative,
                            .reached = severities[_i].reached,
                            .spare = severities[_i].spare };
    ck_assert_int_eq(lp_seat_severity(&seat, severities[_i].base), severities[_i].want);
}
END_TEST

START_TEST(many_claims)
{
    open_court(NULL);
    for (size_t i = 0; i < 100; i++) {
        struct lp_claim *claim = lp_claim_add(&court, "LP-CERT-EXPIRED");
        claim->port = (int64_t)i;
    }
    ck_assert_uint_eq(court.claim_count, 100);
    for (size_t i = 0; i < 100; i++) {
        ck_assert_int_eq(court.claims[i].port, (int64_t)i);
        ck_assert_str_eq(court.claims[i].rule->id, "LP-CERT-EXPIRED");
        ck_assert_int_eq(court.claims[i].severity, LP_CRITICAL);
        ck_assert_str_eq(court.claims[i].vars.domain.p, "contoso.example");
        ck_assert_str_eq(court.claims[i].vars.view.p, "external");
        ck_assert_uint_eq(court.claims[i].cause, SIZE_MAX);
        ck_assert_uint_eq(court.claims[i].step, SIZE_MAX);
    }
}
END_TEST

START_TEST(evidence_once_and_bounded)
{
    open_court(NULL);
    struct lp_claim *claim = lp_claim_add(&court, "LP-CERT-EXPIRED");
    lp_claim_evidence(claim, 0);
    lp_claim_evidence(claim, 7);
    lp_claim_evidence(claim, 7);
    ck_assert_uint_eq(claim->evidence_count, 1);
    for (int64_t id = 10; id < 40; id++)
        lp_claim_evidence(claim, id);
    ck_assert_uint_eq(claim->evidence_count, LP_COUNT(claim->evidence));
    ck_assert_int_eq(claim->evidence[0], 7);
}
END_TEST

START_TEST(about_a_name)
{
    open_court(NULL);
    struct lp_claim *claim =
        lp_claim_name(&court, "LP-DNS-SERVFAIL", LP_STR("a\x1b.example"), LP_DNS_SRV);
    ck_assert_str_eq(claim->subject.p, "a\\x1b.example SRV");
    ck_assert_str_eq(claim->vars.name.p, "a\\x1b.example");
    ck_assert_str_eq(claim->vars.type.p, "SRV");
}
END_TEST

START_TEST(about_an_endpoint)
{
    open_court(NULL);
    lp_seats_find(&court);
    const struct lp_seat *seat = &court.seats[0];
    while (!stage_holds(seat->e->key, "sip access.contoso.example:443"))
        seat++;
    struct lp_claim *claim = lp_claim_seat(&court, "LP-CERT-EXPIRED", seat);
    ck_assert_str_eq(claim->subject.p, "access.contoso.example:443 203.0.113.10");
    ck_assert_str_eq(claim->vars.host.p, "access.contoso.example");
    ck_assert_str_eq(claim->vars.port.p, "443");
    ck_assert_str_eq(claim->vars.address.p, "203.0.113.10");
    ck_assert_str_eq(claim->vars.service.p, "sip");
    ck_assert_int_eq(claim->evidence[0], seat->e->id);
    ck_assert_uint_eq(claim->leaf.n, 64);
    ck_assert(claim->decides);
    ck_assert_uint_eq(claim->step, 4);
}
END_TEST

/* Before the endpoint's step all is reached; of the steps after Autodiscover, those
   that it assumes the endpoint of. */
static const struct {
    const char *changes, *reached, *decides;
} reaches[] = {
    { NULL, "yyyyynnn", "nynnynnn" },
    { "dns lyncdiscover ANY nxdomain\n", "yyyyynnn", "nnnnynnn" },
    { "dns _sip._tls ANY nxdomain\n", "yyyyyyyn", "nynnnnyn" },
    { "tcp 203.0.113.10:443 refused\ntcp 203.0.113.10:5061 refused\n", "yyyyyyyy", "nynnynnn" },
};

START_TEST(reached_steps)
{
    char reached[16] = "", decides[16] = "";
    open_court(reaches[_i].changes);
    for (size_t i = 0; i < survey.main->step_count; i++) {
        const struct lp_step_result *step = &survey.main->steps[i];
        reached[i] = lp_step_is_reached(&court, step) ? 'y' : 'n';
        decides[i] = lp_step_decides(&court, step) ? 'y' : 'n';
    }
    ck_assert_str_eq(reached, reaches[_i].reached);
    ck_assert_str_eq(decides, reaches[_i].decides);
}
END_TEST

START_TEST(of_a_step)
{
    open_court(NULL);
    struct lp_claim *near = lp_claim_add(&court, "LP-DNS-SERVFAIL");
    lp_claim_step(&court, near, &survey.main->steps[1]);
    ck_assert_int_eq(near->severity, LP_CRITICAL);
    ck_assert(near->decides);
    ck_assert_uint_eq(near->step, 1);
    struct lp_claim *far = lp_claim_add(&court, "LP-DNS-SERVFAIL");
    lp_claim_step(&court, far, &survey.main->steps[7]);
    ck_assert_int_eq(far->severity, LP_WARNING);
    ck_assert(!far->decides);
}
END_TEST

/* Three targets, of which the second serves. */
static const enum lp_severity of_candidates[] = { LP_INFO, LP_CRITICAL, LP_WARNING };

START_TEST(of_a_candidate)
{
    open_court("dns _sip._tls SRV 0 0 443 one; 1 0 443 access; 2 0 443 three\n");
    const struct lp_step_result *step = &survey.main->steps[4];
    ck_assert(!lp_step_has_usable(step, 0, 1));
    ck_assert(lp_step_has_usable(step, 1, 2));
    ck_assert(!lp_step_has_usable(step, 2, SIZE_MAX));
    struct lp_claim *claim = lp_claim_add(&court, "LP-DNS-SRV-PORT");
    lp_claim_candidate(claim, step, (size_t)_i);
    ck_assert_int_eq(claim->severity, of_candidates[_i]);
}
END_TEST

START_TEST(names_of_the_cloud)
{
    open_court("dns sip CNAME alias sipdir.online.lync.com.\n"
               "dns webext CNAME alias rp.hoster.example.\n");
    ck_assert(lp_is_in_cloud(&court, LP_STR("sip.contoso.example")));
    ck_assert(lp_is_in_cloud(&court, LP_STR("webdir.online.lync.com")));
    ck_assert(!lp_is_in_cloud(&court, LP_STR("webext.contoso.example")));
    ck_assert(!lp_is_in_cloud(&court, LP_STR("access.contoso.example")));
    ck_assert(!lp_is_in_cloud(&court, LP_STR("online.lync.com.evil.example")));
}
END_TEST

/* Long and hostile text stays within bounds, and clean. */
START_TEST(long_and_hostile_text)
{
    char text[600];
    memset(text, 'a', sizeof text);
    open_court(NULL);
    ck_assert_uint_eq(strlen(lp_text(&court, (struct lp_str){ text, sizeof text })), 200);
    ck_assert_str_eq(lp_text(&court, LP_STR_NONE), "");
    ck_assert_str_eq(lp_text(&court, LP_STR("a\nb")), "a\\x0ab");
    ck_assert_str_eq(lp_say(&court, "%d and %s", 3, "x").p, "3 and x");
}
END_TEST

Suite *lp_suite_court(void)
{
    Suite *suite = suite_create("court");
    TCase *tc = tcase_create("court"), *plain = tcase_create("severity");
    tcase_add_loop_test(plain, severity_of_a_seat, 0, (int)LP_COUNT(severities));
    tcase_add_checked_fixture(tc, NULL, tear_down);
    tcase_add_test(tc, many_claims);
    tcase_add_test(tc, evidence_once_and_bounded);
    tcase_add_test(tc, about_a_name);
    tcase_add_test(tc, about_an_endpoint);
    tcase_add_loop_test(tc, reached_steps, 0, (int)LP_COUNT(reaches));
    tcase_add_test(tc, of_a_step);
    tcase_add_loop_test(tc, of_a_candidate, 0, (int)LP_COUNT(of_candidates));
    tcase_add_test(tc, names_of_the_cloud);
    tcase_add_test(tc, long_and_hostile_text);
    suite_add_tcase(suite, plain);
    suite_add_tcase(suite, tc);
    return suite;
}
