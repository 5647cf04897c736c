/* test_order.c - the order of findings */
#include <check.h>
#include <string.h>

#include "lp/court.h"
#include "stage.h"

Suite *lp_suite_order(void);

static struct logs l;
static struct lp_survey survey;
static struct lp_court court;

static void set_up(void)
{
    logs_begin(&l, "external");
    lp_survey_make(&l.log, &l.arena, &survey);
    court = (struct lp_court){ .survey = &survey, .log = &l.log, .arena = &l.arena };
}

static void tear_down(void)
{
    logs_end(&l);
}

static struct lp_claim *add(const char *id)
{
    return lp_claim_add(&court, id);
}

static const char *ids(void)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < court.claim_count; i++)
        text = lp_arena_printf(&l.arena, "%s%s%s", text.p, i ? " " : "", court.claims[i].rule->id);
    return text.p;
}

/* DESIGN 4 "Order of findings", one of each rank, put in the wrong way round. */
START_TEST(by_rank)
{
    static const char *const backwards[] = { "LP-RUN-OVERRIDDEN", "LP-RUN-DEADLINE",
                                             "LP-WALK-FAILS",     "LP-AD-UNREACHABLE",
                                             "LP-AD-BODY",        "LP-CERT-EXPIRED",
                                             "LP-TLS-FAILED",     "LP-PORT-CLOSED",
                                             "LP-DNS-SERVFAIL",   "LP-DNS-INTERNAL-LEAK" };
    for (size_t i = 0; i < LP_COUNT(backwards); i++)
        add(backwards[i]);
    lp_claims_sort(&court);
    ck_assert_str_eq(ids(), "LP-DNS-INTERNAL-LEAK LP-DNS-SERVFAIL LP-PORT-CLOSED LP-TLS-FAILED "
                            "LP-CERT-EXPIRED LP-AD-BODY LP-AD-UNREACHABLE LP-WALK-FAILS "
                            "LP-RUN-DEADLINE LP-RUN-OVERRIDDEN");
}
END_TEST

/* Within one rank: what stops the client, then severity, step, address. */
START_TEST(within_one_rank)
{
    struct lp_claim *claim = add("LP-CERT-NO-CDP"); /* a warning */
    claim->step = 0;
    claim = add("LP-CERT-EKU");
    claim->step = 5;
    claim->address = (struct lp_addr){ 4, { 203, 0, 113, 9 } };
    claim = add("LP-CERT-WRONG-CA");
    claim->step = 5;
    claim->address = (struct lp_addr){ 4, { 203, 0, 113, 1 } };
    claim = add("LP-CERT-EXPIRED");
    claim->step = 2;
    claim = add("LP-CERT-PSS"); /* a warning */
    claim->step = 7;
    claim->decides = true;
    lp_claims_sort(&court);
    ck_assert_str_eq(ids(),
                     "LP-CERT-PSS LP-CERT-EXPIRED LP-CERT-WRONG-CA LP-CERT-EKU LP-CERT-NO-CDP");
}
END_TEST

/* Info is never a root cause of trouble; the banner's finding is last of all. */
START_TEST(info_behind_trouble)
{
    add("LP-DNS-SERVFAIL")->severity = LP_INFO;
    add("LP-RUN-LIMITED");
    add("LP-WALK-OK");
    add("LP-RUN-OVERRIDDEN");
    lp_claims_sort(&court);
    ck_assert_str_eq(ids(), "LP-RUN-LIMITED LP-DNS-SERVFAIL LP-WALK-OK LP-RUN-OVERRIDDEN");
}
END_TEST

START_TEST(equals_keep_their_order)
{
    for (int64_t i = 0; i < 20; i++)
        add("LP-CERT-EXPIRED")->port = i;
    lp_claims_sort(&court);
    for (int64_t i = 0; i < 20; i++)
        ck_assert_int_eq(court.claims[i].port, i);
}
END_TEST

/* Followers stand behind their root, followers of followers too. */
START_TEST(followers_behind_their_root)
{
    struct lp_judgement out = { 0 };
    for (size_t i = 0; i < 6; i++) {
        struct lp_claim *claim = add("LP-CERT-EXPIRED");
        claim->subject = lp_arena_printf(&l.arena, "%zu", i);
        claim->expected = LP_STR("x");
        claim->observed = LP_STR("y");
    }
    court.claims[2].cause = 0;
    court.claims[4].cause = 2;
    court.claims[5].cause = 3;
    lp_claims_order(&court, &out);
    static const struct {
        const char *subject;
        size_t cause;
    } want[] = { { "0", SIZE_MAX }, { "2", 0 },        { "4", 0 },
                 { "1", SIZE_MAX }, { "3", SIZE_MAX }, { "5", 4 } };
    ck_assert_uint_eq(out.finding_count, LP_COUNT(want));
    for (size_t i = 0; i < LP_COUNT(want); i++) {
        ck_assert_str_eq(out.findings[i].subject.p, want[i].subject);
        ck_assert_uint_eq(out.findings[i].cause, want[i].cause);
    }
}
END_TEST

/* A claim's variables and evidence reach the finding. */
START_TEST(a_finding_is_complete)
{
    struct lp_judgement out = { 0 };
    struct lp_claim *claim =
        lp_claim_name(&court, "LP-DNS-CNAME-DANGLING", LP_STR("a.example"), LP_DNS_A);
    claim->expected = LP_STR("an address");
    claim->observed = LP_STR("nxdomain");
    lp_claim_evidence(claim, 3);
    lp_claim_evidence(claim, 9);
    lp_claims_order(&court, &out);
    const struct lp_finding *f = &out.findings[0];
    const int64_t *evidence = f->evidence.at;
    const struct lp_str *fix = f->fix.at;
    bool named = false;
    ck_assert_str_eq(f->rule->id, "LP-DNS-CNAME-DANGLING");
    ck_assert_int_eq(f->severity, LP_CRITICAL);
    ck_assert_str_eq(f->subject.p, "a.example A");
    ck_assert_uint_eq(f->evidence.n, 2);
    ck_assert_int_eq(evidence[0], 3);
    ck_assert_int_eq(evidence[1], 9);
    ck_assert_uint_gt(f->why.n, 0);
    for (size_t i = 0; i < f->fix.n; i++)
        named |= stage_holds(fix[i], "a.example");
    ck_assert(named);
}
END_TEST

START_TEST(nothing_to_order)
{
    struct lp_judgement out = { 0 };
    lp_claims_sort(&court);
    lp_claims_relate(&court);
    lp_claims_order(&court, &out);
    ck_assert_uint_eq(out.finding_count, 0);
}
END_TEST

Suite *lp_suite_order(void)
{
    Suite *suite = suite_create("order");
    TCase *tc = tcase_create("order");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, by_rank);
    tcase_add_test(tc, within_one_rank);
    tcase_add_test(tc, info_behind_trouble);
    tcase_add_test(tc, equals_keep_their_order);
    tcase_add_test(tc, followers_behind_their_root);
    tcase_add_test(tc, a_finding_is_complete);
    tcase_add_test(tc, nothing_to_order);
    suite_add_tcase(suite, tc);
    return suite;
}
