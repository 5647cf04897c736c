/* test_judge.c - verdict and first finding of deployments as they are */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_judge(void);

#define EDGE(how) "tcp 203.0.113.10:443 " how "\n"
#define BOTH(how) EDGE(how) "tcp 203.0.113.10:5061 " how "\n"
/* clang-format off */
#define TO_CLOUD AD_REDIRECT("https://webdir.online.lync.com/r")
#define CLOUD                                                                        \
    "dns lyncdiscover CNAME alias webdir.online.lync.com.\n"                         \
    "dns sip CNAME alias sipdir.online.lync.com.\n"                                  \
    "dns _sip._tls SRV 100 1 443 sipdir.online.lync.com.\n"                          \
    "dns _sipfederationtls._tcp SRV 100 1 5061 sipfed.online.lync.com.\n"            \
    "dns webdir.online.lync.com. A 203.0.113.50\n"                                   \
    "dns sipdir.online.lync.com. CNAME alias sipdir1.online.lync.com.\n"             \
    "dns sipdir1.online.lync.com. A 203.0.113.51\n"                                  \
    "dns sipfed.online.lync.com. A 203.0.113.51\n"                                   \
    "tcp 203.0.113.50:80 web\ntcp 203.0.113.50:443 tls=cloud web\n"                  \
    "tcp 203.0.113.51:443 tls=cloud sip=401\ntcp 203.0.113.51:5061 tls=cloud mtls\n" \
    "cert cloud names=*.online.lync.com.\n"                                          \
    "page http://lyncdiscover.contoso.example/ " TO_CLOUD "\n"                       \
    "page https://lyncdiscover.contoso.example/ " TO_CLOUD "\n"                      \
    "page https://webdir.online.lync.com/r "                                         \
    AD_ROOT_OF("External", "webdir.online.lync.com") "\n"                            \
    "page https://webdir.online.lync.com" AD_SERVICE "/domain 401\n"                 \
    "page https://webdir.online.lync.com" AD_SERVICE "/user 401\n"
/* clang-format on */

/* What an expert would say first; a first finding of info is a healthy deployment's. */
static const struct {
    const char *what, *base, *changes;
    enum lp_verdict verdict;
    const char *first;
    bool signs_in; /* what the sentence says */
} rows[] = {
    { "the healthy outside", "out", NULL, LP_VERDICT_OK, "LP-WALK-OK", true },
    { "the healthy inside", "in", NULL, LP_VERDICT_OK, "LP-WALK-OK", true },
    { "lyncdiscover as an alias of the reverse proxy", "out", "dns lyncdiscover CNAME alias webext",
      LP_VERDICT_OK, "LP-WALK-OK", true },
    { "sip as an alias of the Access Edge", "out", "dns sip CNAME alias access", LP_VERDICT_OK,
      "LP-WALK-OK", true },
    { "a single-address Edge", "out", "dns _sip._tls SRV 0 0 5061 access\n" EDGE("garbage"),
      LP_VERDICT_OK, "LP-WALK-OK", true },
    { "all in the hosting cloud", "out", CLOUD, LP_VERDICT_OK, "LP-DNS-SRV-TARGET-CNAME", true },
    { "the federation port wants a certificate", "out", "tcp 203.0.113.10:5061 tls=edge mtls",
      LP_VERDICT_OK, "LP-TLS-CLIENT-CERT", true },
    { "an AAAA that fails beside a good A", "out", "dns lyncdiscover AAAA servfail",
      LP_VERDICT_WARNING, "LP-DNS-SERVFAIL", true },
    { "TLS 1.0 only", "out", BOTH("tls=edge v=TLSv1 sip=401"), LP_VERDICT_WARNING, "LP-TLS-OLD",
      true },
    { "Autodiscover by http, https lacks the name", "out", "cert proxy names=webext",
      LP_VERDICT_WARNING, "LP-CERT-NAME-MISMATCH", true },
    { "the first of two targets is dead", "out",
      "dns _sip._tls SRV 0 0 443 one; 9 0 443 access\ndns one A 203.0.113.9\n", LP_VERDICT_OK,
      "LP-PORT-CLOSED", true },
    { "the second of two targets is dead", "out",
      "dns _sip._tls SRV 0 0 443 access; 9 0 443 one\ndns one A 203.0.113.9\n", LP_VERDICT_WARNING,
      "LP-PORT-CLOSED", true },
    { "split-brain: lyncdiscover is seen inside, and not to be reached", "in",
      "dns lyncdiscover A 203.0.113.20\ntcp 203.0.113.20:80 timeout\n"
      "tcp 203.0.113.20:443 timeout\n",
      LP_VERDICT_WARNING, "LP-PORT-FILTERED", true },
    { "one of three pool members is closed", "in", "dns pool A 10.0.0.11; 10.0.0.12; 10.0.0.13",
      LP_VERDICT_CRITICAL, "LP-PORT-POOL-PARTIAL", true },
    { "a wildcard zone", "out", "dns * A 203.0.113.80", LP_VERDICT_CRITICAL, "LP-DNS-WILDCARD",
      true },
    { "the page of IIS", "out",
      "page http://lyncdiscover.contoso.example/ <html></html>\n"
      "page https://lyncdiscover.contoso.example/ <html></html>\n",
      LP_VERDICT_CRITICAL, "LP-AD-NOT-AUTODISCOVER", true },
    { "an expired intermediate", "out", "cert edge names=access,sip ca-days=-3",
      LP_VERDICT_CRITICAL, "LP-CERT-EXPIRED", false },
    { "the Edge closes on REGISTER", "out", BOTH("tls=edge closes"), LP_VERDICT_CRITICAL,
      "LP-SIP-NO-ANSWER", false },
    { "404 to REGISTER", "out", BOTH("tls=edge sip=404"), LP_VERDICT_CRITICAL, "LP-SIP-STATUS",
      false },
    { "403 to REGISTER", "out", BOTH("tls=edge sip=403"), LP_VERDICT_CRITICAL, "LP-SIP-STATUS",
      false },
    { "500 to REGISTER", "out", BOTH("tls=edge sip=500"), LP_VERDICT_CRITICAL, "LP-SIP-STATUS",
      false },
    { "301 to REGISTER", "out", BOTH("tls=edge sip=301"), LP_VERDICT_CRITICAL, "LP-SIP-STATUS",
      false },
    { "the web server is gone", "out",
      "tcp 203.0.113.20:80 timeout\ntcp 203.0.113.20:443 timeout\n", LP_VERDICT_CRITICAL,
      "LP-PORT-FILTERED", true },
    { "a leak leads outside clients astray", "out",
      "dns lyncdiscoverinternal A 10.0.0.30\ntcp 10.0.0.30:80 timeout\n"
      "tcp 10.0.0.30:443 timeout\n",
      LP_VERDICT_CRITICAL, "LP-DNS-INTERNAL-LEAK", true },
    { "nothing at all", "", NULL, LP_VERDICT_CRITICAL, "LP-DNS-NO-RECORDS", false },
    { "half moved to the cloud", "out",
      CLOUD "dns sip A 203.0.113.10\ndns _sip._tls SRV 0 0 443 access\n", LP_VERDICT_CRITICAL,
      "LP-CLOUD-MIXED", true },
};

START_TEST(verdict_and_first_finding)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    ck_assert_msg(j.verdict == rows[_i].verdict, "%s: %s, %s", rows[_i].what,
                  lp_verdict_word(j.verdict), stage_ids(&s, &j));
    ck_assert_int_eq(j.exit_code, (int)rows[_i].verdict);
    ck_assert_msg(strcmp(j.findings[0].rule->id, rows[_i].first) == 0, "%s: %s", rows[_i].what,
                  stage_ids(&s, &j));
    ck_assert_uint_eq(j.findings[0].cause, SIZE_MAX);
    ck_assert_msg(stage_holds(j.sentence, rows[_i].signs_in ? " can sign in" : " cannot sign in"),
                  "%s: %s", rows[_i].what, j.sentence.p);
    stage_end(&s);
}
END_TEST

/* ok 0, warning 1, critical 2, undecided 3 (DESIGN 5). */
START_TEST(words_and_exit_codes)
{
    static const char *const words[] = { "ok", "warning", "critical", "undecided" };
    for (int i = LP_VERDICT_OK; i <= LP_VERDICT_UNDECIDED; i++)
        ck_assert_str_eq(lp_verdict_word((enum lp_verdict)i), words[i]);
}
END_TEST

/* Undecided wins over what else is wrong: exit 3. */
static const char *const undecided[] = {
    BOTH("not-tried"),
    BOTH("crashed"),
    BOTH("blocked"),
    "cert proxy names=webext,lyncdiscover days=-3\n" BOTH("not-tried"),
};

START_TEST(undecided_is_exit_3)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, undecided[_i]);
    stage_judge(&s, &j);
    ck_assert_int_eq(j.verdict, LP_VERDICT_UNDECIDED);
    ck_assert_int_eq(j.exit_code, 3);
    ck_assert(stage_holds(j.sentence, "it is undecided whether a user outside can sign in"));
    stage_end(&s);
}
END_TEST

/* The other clients make no findings. */
START_TEST(only_the_deciding_client)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, "set client mobile\n" BOTH("timeout"));
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j), "LP-WALK-OK(i)");
    ck_assert_int_eq(j.survey.paths[0].outcome, LP_FAILS);
    stage_end(&s);
}
END_TEST

/* What holds of every judgement: followers follow their root, evidence is in the log,
   texts are there and clean. */
static void check_finding(const struct stage *s, const struct lp_judgement *j, size_t at)
{
    const struct lp_finding *f = &j->findings[at];
    const int64_t *ids = f->evidence.at;
    const struct lp_str texts[] = { f->subject, f->expected, f->observed, f->why };
    for (size_t i = 0; i < f->evidence.n; i++)
        ck_assert_ptr_nonnull(lp_log_by_id(&s->logs.log, ids[i]));
    for (size_t i = 0; i < LP_COUNT(texts); i++) {
        ck_assert_msg(texts[i].n > 0, "%s", f->rule->id);
        for (size_t k = 0; k < texts[i].n; k++)
            ck_assert_int_ge((unsigned char)texts[i].p[k], ' ');
    }
    if (f->cause == SIZE_MAX)
        return;
    ck_assert_uint_lt(f->cause, at);
    ck_assert_uint_eq(j->findings[f->cause].cause, SIZE_MAX);
    for (size_t i = f->cause + 1; i < at; i++)
        ck_assert_uint_eq(j->findings[i].cause, f->cause);
}

START_TEST(every_finding_is_whole)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    ck_assert_uint_gt(j.finding_count, 0);
    for (size_t i = 0; i < j.finding_count; i++)
        check_finding(&s, &j, i);
    stage_end(&s);
}
END_TEST

/* An empty log, and one of questions without answers, is undecided and nothing worse. */
START_TEST(logs_of_nothing)
{
    struct logs l;
    struct lp_judgement j;
    logs_begin(&l, "auto");
    lp_judge(&l.log, &l.arena, &j);
    ck_assert_int_eq(j.verdict, LP_VERDICT_UNDECIDED);
    ck_assert_uint_eq(j.finding_count, 0);
    ck_assert_str_eq(j.sentence.p,
                     "contoso.example: it is undecided whether a user outside can sign in.");
    logs_end(&l);
}
END_TEST

Suite *lp_suite_judge(void)
{
    Suite *suite = suite_create("judge");
    TCase *tc = tcase_create("judge");
    tcase_add_loop_test(tc, verdict_and_first_finding, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tc, every_finding_is_whole, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, words_and_exit_codes);
    tcase_add_loop_test(tc, undecided_is_exit_3, 0, (int)LP_COUNT(undecided));
    tcase_add_test(tc, only_the_deciding_client);
    tcase_add_test(tc, logs_of_nothing);
    suite_add_tcase(suite, tc);
    return suite;
}
