/* test_cause.c - which claim merely follows from which */
#include <check.h>
#include <string.h>

#include "lp/court.h"
#include "stage.h"

Suite *lp_suite_cause(void);

#define NONE -1

/* Claims by hand: everything by which two are related. */
struct part {
    const char *id;
    enum lp_severity severity;
    size_t step;
    const char *host;
    int port;
    unsigned char address; /* last byte of 203.0.113.x; 0 none */
    const char *leaf;
    bool deadline, wildcard;
};

#define ANY SIZE_MAX
#define C LP_CRITICAL
#define W LP_WARNING
#define I LP_INFO

/* Two claims in their order: is the second (or the first) the other's follower? */
static const struct {
    const char *what;
    struct part first, second;
    int cause_of_first, cause_of_second;
} pairs[] = {
    { "the deadline explains what it cut",
      { "LP-PORT-FILTERED", C, 1, "a", 443, 1, NULL, true, false },
      { "LP-RUN-DEADLINE", C, ANY, NULL, 0, 0, NULL, false, false },
      1,
      NONE },
    { "but nothing that it did not",
      { "LP-PORT-FILTERED", C, 1, "a", 443, 1, NULL, false, false },
      { "LP-RUN-DEADLINE", C, ANY, NULL, 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "a silent Autodiscover that it cut",
      { "LP-AD-UNREACHABLE", C, 1, "a", 0, 0, NULL, true, false },
      { "LP-RUN-DEADLINE", C, ANY, NULL, 0, 0, NULL, false, false },
      1,
      NONE },
    { "an Autodiscover that is silent by itself",
      { "LP-AD-UNREACHABLE", C, 1, "a", 0, 0, NULL, false, false },
      { "LP-RUN-DEADLINE", C, ANY, NULL, 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "no records at all",
      { "LP-DNS-NO-RECORDS", C, ANY, "x", 0, 0, NULL, false, false },
      { "LP-DNS-RECORD-MISSING", C, 1, "a", 0, 0, NULL, false, false },
      NONE,
      0 },
    { "a leak by the wildcard",
      { "LP-DNS-INTERNAL-LEAK", W, 0, "a", 0, 0, NULL, false, true },
      { "LP-DNS-WILDCARD", W, ANY, "*", 0, 0, NULL, false, false },
      1,
      NONE },
    { "a leak beside the wildcard",
      { "LP-DNS-INTERNAL-LEAK", W, 0, "a", 0, 0, NULL, false, false },
      { "LP-DNS-WILDCARD", W, ANY, "*", 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "what is wrong with a leaked name",
      { "LP-DNS-INTERNAL-LEAK", W, 0, "a", 0, 0, NULL, false, false },
      { "LP-CERT-EXPIRED", C, 0, "b", 443, 1, "aa", false, false },
      NONE,
      0 },
    { "what is wrong with another",
      { "LP-DNS-INTERNAL-LEAK", W, 0, "a", 0, 0, NULL, false, false },
      { "LP-CERT-EXPIRED", C, 1, "b", 443, 1, "aa", false, false },
      NONE,
      NONE },
    { "one server fails for many names",
      { "LP-DNS-SERVFAIL", C, 0, "a", 0, 0, NULL, false, false },
      { "LP-DNS-SERVFAIL", C, 3, "b", 0, 0, NULL, false, false },
      NONE,
      0 },
    { "failing and refusing are two troubles",
      { "LP-DNS-SERVFAIL", C, 0, "a", 0, 0, NULL, false, false },
      { "LP-DNS-REFUSED", C, 3, "b", 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "two missing records are two",
      { "LP-DNS-RECORD-MISSING", C, 0, "a", 0, 0, NULL, false, false },
      { "LP-DNS-RECORD-MISSING", C, 3, "b", 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "the wrong port is closed",
      { "LP-DNS-SRV-PORT", C, 4, "a", 444, 0, NULL, false, false },
      { "LP-PORT-CLOSED", C, 4, "a", 444, 1, NULL, false, false },
      NONE,
      0 },
    { "another port is closed",
      { "LP-DNS-SRV-PORT", C, 4, "a", 444, 0, NULL, false, false },
      { "LP-PORT-CLOSED", C, 6, "a", 443, 1, NULL, false, false },
      NONE,
      NONE },
    { "an inside address cannot be reached",
      { "LP-DNS-INTERNAL-ADDRESS", C, 4, "a", 0, 1, NULL, false, false },
      { "LP-PORT-FILTERED", C, 4, "a", 443, 1, NULL, false, false },
      NONE,
      0 },
    { "a pool and its member",
      { "LP-PORT-POOL-PARTIAL", C, 2, "p", 5061, 2, NULL, false, false },
      { "LP-PORT-CLOSED", C, 2, "p", 5061, 2, NULL, false, false },
      NONE,
      0 },
    { "a machine under two names",
      { "LP-PORT-CLOSED", C, 4, "a", 443, 1, NULL, false, false },
      { "LP-PORT-CLOSED", C, 6, "b", 5061, 1, NULL, false, false },
      NONE,
      0 },
    { "two machines under one name",
      { "LP-PORT-CLOSED", C, 4, "a", 443, 1, NULL, false, false },
      { "LP-PORT-CLOSED", C, 4, "a", 443, 2, NULL, false, false },
      NONE,
      0 },
    { "two machines",
      { "LP-PORT-CLOSED", C, 4, "a", 443, 1, NULL, false, false },
      { "LP-PORT-CLOSED", C, 6, "b", 443, 2, NULL, false, false },
      NONE,
      NONE },
    { "closed and filtered are two troubles",
      { "LP-PORT-CLOSED", C, 4, "a", 443, 1, NULL, false, false },
      { "LP-PORT-FILTERED", C, 6, "b", 5061, 1, NULL, false, false },
      NONE,
      NONE },
    { "mere info explains nothing",
      { "LP-PORT-CLOSED", I, 4, "a", 443, 1, NULL, false, false },
      { "LP-PORT-CLOSED", C, 6, "a", 443, 1, NULL, false, false },
      NONE,
      NONE },
    { "a host whose port is closed gives no answer",
      { "LP-PORT-CLOSED", C, 1, "a", 80, 1, NULL, false, false },
      { "LP-AD-UNREACHABLE", C, 1, "a", 0, 0, NULL, false, false },
      NONE,
      0 },
    { "the access point's port is closed",
      { "LP-PORT-CLOSED", C, 1, "a", 443, 1, NULL, false, false },
      { "LP-AD-SIP-TARGET-UNREACHABLE", C, 1, "a", 443, 0, NULL, false, false },
      NONE,
      0 },
    { "one certificate at two endpoints",
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-CERT-EXPIRED", W, 6, "b", 5061, 2, "aa", false, false },
      NONE,
      0 },
    { "two certificates of one machine",
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-CERT-EXPIRED", C, 6, "b", 443, 1, "bb", false, false },
      NONE,
      NONE },
    { "two certificates of one pool",
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 2, "bb", false, false },
      NONE,
      0 },
    { "two faults of one certificate",
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-CERT-EKU", C, 4, "a", 443, 1, "aa", false, false },
      NONE,
      NONE },
    { "a name that could not be read",
      { "LP-CERT-BAD-ENCODING", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-CERT-NAME-MISMATCH", C, 4, "a", 443, 1, "aa", false, false },
      NONE,
      0 },
    { "old TLS at two ports",
      { "LP-TLS-OLD", W, 4, "a", 443, 1, NULL, false, false },
      { "LP-TLS-OLD", W, 6, "b", 5061, 1, NULL, false, false },
      NONE,
      0 },
    { "one document by two schemes",
      { "LP-AD-BODY", C, 1, "a", 80, 1, NULL, false, false },
      { "LP-AD-BODY", C, 1, "b", 443, 2, NULL, false, false },
      NONE,
      0 },
    { "two Autodiscover names",
      { "LP-AD-BODY", C, 0, "a", 80, 1, NULL, false, false },
      { "LP-AD-BODY", C, 1, "b", 443, 2, NULL, false, false },
      NONE,
      NONE },
    { "the walk fails by what is critical",
      { "LP-CERT-EXPIRED", C, 4, "a", 443, 1, "aa", false, false },
      { "LP-WALK-FAILS", C, 4, NULL, 0, 0, NULL, false, false },
      NONE,
      0 },
    { "and not by a warning",
      { "LP-DNS-WILDCARD", W, ANY, "*", 0, 0, NULL, false, false },
      { "LP-WALK-FAILS", C, 4, NULL, 0, 0, NULL, false, false },
      NONE,
      NONE },
    { "a detour is made for the broken step",
      { "LP-PORT-CLOSED", C, 4, "a", 443, 1, NULL, false, false },
      { "LP-WALK-FALLBACK", W, 4, NULL, 0, 0, NULL, false, false },
      NONE,
      0 },
    { "not for another",
      { "LP-PORT-CLOSED", C, 6, "a", 443, 1, NULL, false, false },
      { "LP-WALK-FALLBACK", W, 4, NULL, 0, 0, NULL, false, false },
      NONE,
      NONE },
};

static void add(struct lp_court *court, const struct part *p)
{
    struct lp_claim *claim = lp_claim_add(court, p->id);
    claim->severity = p->severity;
    claim->step = p->step;
    claim->host = lp_str_of(p->host);
    claim->port = p->port;
    claim->leaf = lp_str_of(p->leaf);
    claim->deadline = p->deadline;
    claim->by_wildcard = p->wildcard;
    if (p->address)
        claim->address = (struct lp_addr){ 4, { 203, 0, 113, p->address } };
}

static int cause_of(const struct lp_claim *claim)
{
    return claim->cause == SIZE_MAX ? NONE : (int)claim->cause;
}

START_TEST(of_two)
{
    struct logs l;
    struct lp_survey survey;
    logs_begin(&l, "external");
    lp_survey_make(&l.log, &l.arena, &survey);
    struct lp_court court = { .survey = &survey, .log = &l.log, .arena = &l.arena };
    add(&court, &pairs[_i].first);
    add(&court, &pairs[_i].second);
    lp_claims_relate(&court);
    ck_assert_msg(cause_of(&court.claims[0]) == pairs[_i].cause_of_first, "%s", pairs[_i].what);
    ck_assert_msg(cause_of(&court.claims[1]) == pairs[_i].cause_of_second, "%s", pairs[_i].what);
    logs_end(&l);
}
END_TEST

/* The weightiest root is preferred to what follows from another. */
START_TEST(walk_prefers_roots)
{
    static const struct part parts[] = {
        { "LP-DNS-INTERNAL-LEAK", W, 0, "a", 0, 0, NULL, false, false },
        { "LP-PORT-CLOSED", C, 0, "a", 443, 1, NULL, false, false },
        { "LP-CERT-EXPIRED", C, 4, "b", 443, 2, "aa", false, false },
        { "LP-WALK-FAILS", C, 4, NULL, 0, 0, NULL, false, false },
    };
    struct logs l;
    struct lp_survey survey;
    logs_begin(&l, "external");
    lp_survey_make(&l.log, &l.arena, &survey);
    struct lp_court court = { .survey = &survey, .log = &l.log, .arena = &l.arena };
    for (size_t i = 0; i < LP_COUNT(parts); i++)
        add(&court, &parts[i]);
    lp_claims_relate(&court);
    ck_assert_int_eq(cause_of(&court.claims[1]), 0);
    ck_assert_int_eq(cause_of(&court.claims[3]), 2);
    logs_end(&l);
}
END_TEST

/* No circle, whatever stands beside whatever: every chain of causes ends. */
START_TEST(no_circles)
{
    struct logs l;
    struct lp_survey survey;
    logs_begin(&l, "external");
    lp_survey_make(&l.log, &l.arena, &survey);
    struct lp_court court = { .survey = &survey, .log = &l.log, .arena = &l.arena };
    for (size_t i = 0; lp_rule_at(i); i++) {
        struct part p = { lp_rule_at(i)->id, C, 1, "a", 443, 1, "aa", true, true };
        add(&court, &p);
        add(&court, &p);
    }
    lp_claims_sort(&court);
    lp_claims_relate(&court);
    for (size_t i = 0; i < court.claim_count; i++) {
        size_t at = i, hops = 0;
        while (court.claims[at].cause != SIZE_MAX && hops <= court.claim_count) {
            at = court.claims[at].cause;
            hops++;
        }
        ck_assert_msg(hops <= court.claim_count, "%s", court.claims[i].rule->id);
    }
    logs_end(&l);
}
END_TEST

Suite *lp_suite_cause(void)
{
    Suite *suite = suite_create("cause");
    TCase *tc = tcase_create("cause");
    tcase_add_loop_test(tc, of_two, 0, (int)LP_COUNT(pairs));
    tcase_add_test(tc, walk_prefers_roots);
    tcase_add_test(tc, no_circles);
    suite_add_tcase(suite, tc);
    return suite;
}
