/* test_run_check.c - findings about the run itself */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_run_check(void);

#define EDGE "sip access.contoso.example:443 203.0.113.10"
#define SIP "sip sip.contoso.example:443 203.0.113.10"

/* Evidence of a healthy walk that is made to end otherwise. */
struct change {
    const char *key;
    enum lp_outcome outcome;
    const char *why;
};

static const struct {
    const char *what;
    struct change changes[3];
    const char *ids, *subject, *observed;
} rows[] = {
    { "one question was not put",
      { { EDGE, LP_NOT_TRIED, "deadline" } },
      "LP-RUN-DEADLINE(c) LP-WALK-OK(i)",
      EDGE,
      "not-tried: deadline" },
    { "several were not put",
      { { EDGE, LP_NOT_TRIED, "deadline" }, { SIP, LP_NOT_TRIED, "deadline" } },
      "LP-RUN-DEADLINE(c) LP-WALK-OK(i)",
      SIP,
      "not-tried: deadline, and 1 more" },
    { "what was in flight is a timeout that follows",
      { { EDGE, LP_TIMEOUT, "deadline" }, { SIP, LP_NOT_TRIED, "deadline" } },
      "LP-RUN-DEADLINE(c) LP-PORT-FILTERED(c<) LP-WALK-FALLBACK(w<)",
      SIP,
      "not-tried: deadline" },
    { "interrupted",
      { { EDGE, LP_NOT_TRIED, "interrupted" } },
      "LP-RUN-DEADLINE(c) LP-WALK-OK(i)",
      EDGE,
      "not-tried: interrupted" },
    { "a limit",
      { { EDGE, LP_NOT_TRIED, "limit 64 endpoints" } },
      "LP-RUN-LIMITED(w) LP-WALK-OK(i)",
      EDGE,
      "not-tried: limit 64 endpoints" },
    { "a local fault",
      { { EDGE, LP_NOT_TRIED, "local EMFILE" } },
      "LP-RUN-LOCAL(w) LP-WALK-OK(i)",
      EDGE,
      "not-tried: local EMFILE" },
    { "the guard",
      { { EDGE, LP_BLOCKED, "loopback" } },
      "LP-RUN-BLOCKED(w) LP-WALK-OK(i)",
      "access.contoso.example:443 203.0.113.10",
      "blocked: loopback" },
    { "a crash",
      { { EDGE, LP_CRASHED, NULL } },
      "LP-RUN-CRASHED(w) LP-WALK-OK(i)",
      "access.contoso.example:443 203.0.113.10",
      "crashed" },
    { "two crashes at one port",
      { { EDGE, LP_CRASHED, NULL }, { SIP, LP_CRASHED, NULL } },
      "LP-RUN-CRASHED(w) LP-RUN-CRASHED(w<) LP-WALK-OK(i)",
      "access.contoso.example:443 203.0.113.10",
      "crashed" },
    { "of an endpoint that the client does not meet",
      { { "sip access.contoso.example:5061 203.0.113.10", LP_BLOCKED, "loopback" } },
      "LP-RUN-BLOCKED(w) LP-WALK-OK(i)",
      "access.contoso.example:5061 203.0.113.10",
      "blocked: loopback" },
};

static void change(struct stage *s, const struct change *c)
{
    struct lp_evidence *e = (struct lp_evidence *)lp_log_find(&s->logs.log, lp_str_of(c->key));
    ck_assert_msg(e != NULL, "%s", c->key);
    struct lp_link *link = e->facts;
    e->outcome = c->outcome;
    e->why = lp_str_of(c->why);
    link->connect = c->outcome;
    link->tls = LP_NONE;
    link->chain = (struct lp_list){ 0 };
}

START_TEST(ends_of_questions)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    for (size_t i = 0; i < LP_COUNT(rows[_i].changes) && rows[_i].changes[i].key; i++)
        change(&s, &rows[_i].changes[i]);
    stage_judge(&s, &j);
    ck_assert_msg(strcmp(stage_ids(&s, &j), rows[_i].ids) == 0, "%s: %s", rows[_i].what,
                  stage_ids(&s, &j));
    ck_assert_str_eq(j.findings[0].subject.p, rows[_i].subject);
    ck_assert_str_eq(j.findings[0].observed.p, rows[_i].observed);
    ck_assert_uint_gt(j.findings[0].evidence.n, 0);
    stage_end(&s);
}
END_TEST

/* ---- answers that were cut ---- */

/* "BEFORE1AFTER;BEFORE2AFTER;..." */
static const char *repeat(char out[static 1024], const char *before, int n, const char *after)
{
    out[0] = '\0';
    for (int i = 0; i < n; i++) {
        size_t used = strlen(out);
        snprintf(out + used, 1024 - used, "%s%d%s;", before, i + 1, after);
    }
    return out;
}

START_TEST(many_targets)
{
    char list[1024], line[1100];
    struct stage s;
    struct lp_judgement j;
    snprintf(line, sizeof line, "dns _sip._tls SRV 0 9 443 access;%s",
             repeat(list, "", 18, " 0 443 sip"));
    stage_begin(&s, stage_outside, line);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-RUN-LIMITED", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->subject.p, "_sip._tls.contoso.example");
    ck_assert_str_eq(f->observed.p, "19 SRV targets, 16 of them followed");
    stage_end(&s);
}
END_TEST

START_TEST(many_addresses)
{
    char list[1024], line[1100];
    struct stage s;
    struct lp_judgement j;
    snprintf(line, sizeof line, "dns access A %s", repeat(list, "198.51.100.", 10, ""));
    stage_begin(&s, stage_outside, line);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-RUN-LIMITED", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->observed.p, "10 addresses, 8 of them asked");
    stage_end(&s);
}
END_TEST

START_TEST(a_long_message)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    const struct lp_evidence *e = lp_log_find(&s.logs.log, LP_STR("dns 0 A sip.contoso.example"));
    ((struct lp_dns_facts *)e->facts)->cut = 7;
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j), "LP-RUN-LIMITED(w) LP-WALK-OK(i)");
    ck_assert_str_eq(j.findings[0].subject.p, "sip.contoso.example A");
    ck_assert_str_eq(j.findings[0].observed.p, "1 records kept, 7 more left out");
    stage_end(&s);
}
END_TEST

/* ---- this machine ---- */

/* No IPv6 here is no trouble while the same host is asked by IPv4. */
START_TEST(no_ipv6_here)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside,
                _i ? "dns access A nodata\ndns access AAAA 2001:db8::10\n"
                   : "dns access AAAA 2001:db8::10\n");
    stage_run(&s);
    struct change c = { "sip access.contoso.example:443 2001:db8::10", LP_NOT_TRIED,
                        "local ENETUNREACH" };
    struct change other = { "sip access.contoso.example:5061 2001:db8::10", LP_NOT_TRIED,
                            "local ENETUNREACH" };
    change(&s, &c);
    change(&s, &other);
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j),
                     _i ? "LP-RUN-LOCAL(w) LP-WALK-OK(i)" : "LP-WALK-OK(i) LP-RUN-LOCAL(i)");
    stage_end(&s);
}
END_TEST

/* ---- overrides: last of all ---- */

START_TEST(overridden)
{
    struct stage s;
    struct lp_judgement j;
    struct lp_deny_rule deny = { LP_STR("lyncdiscover.contoso.example"), 0 };
    struct lp_answer_rule answers[2] = { { .name = LP_STR("sip.contoso.example") } };
    stage_begin(&s, stage_outside, "dns lyncdiscover ANY nxdomain\n");
    s.logs.log.setup.deny = (struct lp_list){ &deny, 1 };
    s.logs.log.setup.answer = (struct lp_list){ answers, 2 };
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j),
                     "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i) LP-RUN-OVERRIDDEN(i)");
    ck_assert_str_eq(j.findings[2].subject.p, "contoso.example");
    ck_assert_str_eq(j.findings[2].observed.p, "3 overridden on the command line");
    stage_end(&s);
}
END_TEST

Suite *lp_suite_run_check(void)
{
    Suite *suite = suite_create("run_check");
    TCase *tc = tcase_create("run");
    tcase_add_loop_test(tc, ends_of_questions, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, many_targets);
    tcase_add_test(tc, many_addresses);
    tcase_add_test(tc, a_long_message);
    tcase_add_loop_test(tc, no_ipv6_here, 0, 2);
    tcase_add_test(tc, overridden);
    suite_add_tcase(suite, tc);
    return suite;
}
