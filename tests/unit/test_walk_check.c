/* test_walk_check.c - findings about the walk of the deciding client as a whole */
#include <check.h>

#include "stage.h"

Suite *lp_suite_walk_check(void);

#define CLOSED "tcp 203.0.113.10:443 refused\ntcp 203.0.113.10:5061 refused\n"
#define AD_CLOSED "tcp 203.0.113.20:80 refused\ntcp 203.0.113.20:443 refused\n"

static const struct {
    const char *base, *changes, *id;
    enum lp_severity severity;
    const char *expected, *observed;
} rows[] = {
    { "out", NULL, "LP-WALK-OK", LP_INFO, "a usable endpoint at the first step that has a record",
      "step b, lyncdiscover.contoso.example leads to access.contoso.example:443" },
    { "in", NULL, "LP-WALK-OK", LP_INFO, "a usable endpoint at the first step that has a record",
      "step 1, lyncdiscoverinternal.contoso.example leads to pool.contoso.example:5061" },
    { "out", "dns lyncdiscover ANY nxdomain", "LP-WALK-OK", LP_INFO,
      "a usable endpoint at the first step that has a record",
      "step e, _sip._tls.contoso.example leads to access.contoso.example:443" },
    { "out", "set client mobile", "LP-WALK-OK", LP_INFO,
      "a usable endpoint at the first step that has a record",
      "step 2, lyncdiscover.contoso.example leads to webext.contoso.example:443" },
    { "out", AD_CLOSED, "LP-WALK-FALLBACK", LP_WARNING,
      "step b, lyncdiscover.contoso.example leads on",
      "it fails; step e, _sip._tls.contoso.example leads to access.contoso.example:443" },
    { "out", "dns access ANY servfail", "LP-WALK-FALLBACK", LP_WARNING,
      "step e, _sip._tls.contoso.example leads on",
      "it fails; step b, lyncdiscover.contoso.example leads to sip.contoso.example:5061" },
    { "out", CLOSED, "LP-WALK-FAILS", LP_CRITICAL,
      "a step that leads to a SIP endpoint that answers",
      "it stops at step e, _sip._tls.contoso.example" },
    { "", NULL, "LP-WALK-FAILS", LP_CRITICAL, "a step that leads to a SIP endpoint that answers",
      "no step has a record" },
};

START_TEST(words)
{
    static const char *const all[] = { "LP-WALK-OK", "LP-WALK-FALLBACK", "LP-WALK-FAILS" };
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, rows[_i].id, NULL);
    ck_assert_msg(f != NULL, "%s: %s", rows[_i].id, stage_ids(&s, &j));
    ck_assert_int_eq(f->severity, rows[_i].severity);
    ck_assert_str_eq(f->expected.p, rows[_i].expected);
    ck_assert_str_eq(f->observed.p, rows[_i].observed);
    ck_assert(lp_str_starts_nocase(f->subject, "contoso.example "));
    for (size_t i = 0; i < LP_COUNT(all); i++)
        ck_assert_int_eq(stage_find(&j, all[i], NULL) != NULL,
                         lp_str_eq(lp_str_of(all[i]), lp_str_of(rows[_i].id)));
    stage_end(&s);
}
END_TEST

/* Undecided says nothing of the walk. */
START_TEST(undecided)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside,
                "tcp 203.0.113.10:443 not-tried\ntcp 203.0.113.10:5061 not-tried\n");
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j), "LP-RUN-DEADLINE(c)");
    stage_end(&s);
}
END_TEST

/* The endpoint's evidence is that of the finding. */
START_TEST(evidence_of_the_endpoint)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-WALK-OK", NULL);
    const int64_t *ids = f->evidence.at;
    ck_assert_uint_eq(f->evidence.n, 1);
    ck_assert_str_eq(lp_log_by_id(&s.logs.log, ids[0])->key.p,
                     "sip access.contoso.example:443 203.0.113.10");
    stage_end(&s);
}
END_TEST

Suite *lp_suite_walk_check(void)
{
    Suite *suite = suite_create("walk_check");
    TCase *tc = tcase_create("walk");
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, undecided);
    tcase_add_test(tc, evidence_of_the_endpoint);
    suite_add_tcase(suite, tc);
    return suite;
}
