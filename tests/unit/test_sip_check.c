/* test_sip_check.c - findings about the answer to REGISTER */
#include <check.h>

#include "stage.h"

Suite *lp_suite_sip_check(void);

#define EDGE(how) "tcp 203.0.113.10:443 tls=edge " how "\n"
#define BOTH(how) EDGE(how) "tcp 203.0.113.10:5061 tls=edge " how "\n"

#define STS(host) "sts=https://" host ".contoso.example:443/CertProv/CertProvisioningService.svc"
#define CERTPROV(status) \
    "page https://webext.contoso.example/CertProv/CertProvisioningService.svc " status "\n"

static const struct stage_case cases[] = {
    { "401", "out", BOTH("sip=401"), "LP-WALK-OK(i)" },
    { "407", "out", BOTH("sip=407"), "LP-WALK-OK(i)" },
    { "no SIP at the Edge", "out", EDGE("web"), "LP-SIP-NOT-SIP(c) LP-WALK-FALLBACK(w<)" },
    { "no SIP anywhere", "out", BOTH("not-sip"),
      "LP-SIP-NOT-SIP(c) LP-SIP-NOT-SIP(c<) LP-SIP-NOT-SIP(c<) LP-WALK-FAILS(c<)" },
    { "mute", "out", BOTH("mute"),
      "LP-SIP-NO-ANSWER(c) LP-SIP-NO-ANSWER(c<) LP-SIP-NO-ANSWER(c<) LP-WALK-FAILS(c<)" },
    { "closes on REGISTER", "out", EDGE("closes"), "LP-SIP-NO-ANSWER(c) LP-WALK-FALLBACK(w<)" },
    { "404", "out", BOTH("sip=404"),
      "LP-SIP-STATUS(c) LP-SIP-STATUS(w<) LP-SIP-STATUS(i<) LP-WALK-OK(i)" },
    { "403 at 443 alone", "out", EDGE("sip=403"),
      "LP-SIP-STATUS(c) LP-SIP-STATUS(w<) LP-WALK-OK(i)" },
    { "301", "out", EDGE("sip=301"), "LP-SIP-STATUS(c) LP-SIP-STATUS(w<) LP-WALK-OK(i)" },
    { "a 200 without password", "out", EDGE("sip=200"),
      "LP-SIP-STATUS(c) LP-SIP-STATUS(w<) LP-WALK-OK(i)" },
    { "503 of a spare target", "out",
      "dns _sip._tls SRV 0 0 443 access; 9 0 443 spare\ndns spare A 203.0.113.11\n"
      "tcp 203.0.113.11:443 tls=edge sip=503\ncert edge names=access,sip,spare\n",
      "LP-SIP-STATUS(w) LP-WALK-OK(i)" },
    { "503 of the first target, and another serves", "out",
      "dns _sip._tls SRV 0 0 443 first; 9 0 443 access\ndns first A 203.0.113.11\n"
      "tcp 203.0.113.11:443 tls=edge sip=503\ncert edge names=access,sip,first\n",
      "LP-SIP-STATUS(i) LP-WALK-OK(i)" },
    { "503 of one pool member", "in", "dns sip ANY nxdomain\ntcp 10.0.0.12:5061 tls=pool sip=503\n",
      "LP-SIP-STATUS(c) LP-WALK-OK(i)" },
    { "in the clear", "in",
      "dns _sipinternal._tcp SRV 0 0 5060 pool\ntcp 10.0.0.11:5060 sip=401\n"
      "tcp 10.0.0.12:5060 web\n",
      "LP-SIP-NOT-SIP(w) LP-WALK-OK(i)" },
    { "a closed port says nothing of SIP", "out", "tcp 203.0.113.10:443 timeout",
      "LP-PORT-FILTERED(c) LP-WALK-FALLBACK(w<)" },
    { "a failed handshake neither", "out", "tcp 203.0.113.10:443 cut",
      "LP-TLS-RESET(c) LP-WALK-FALLBACK(w<)" },
    { "the certificate service asks for a sign-in", "out",
      BOTH("sip=401 " STS("webext")) CERTPROV("401"), "LP-WALK-OK(i)" },
    { "it is not there", "out", BOTH("sip=401 " STS("webext")) CERTPROV("404"),
      "LP-SIP-STS-UNREACHABLE(c) LP-HTTP-STATUS(c<) LP-WALK-OK(i)" },
    { "its host has no address", "out", BOTH("sip=401 " STS("nowhere")),
      "LP-SIP-STS-UNREACHABLE(c) LP-WALK-OK(i)" },
    { "its port is closed", "out", BOTH("sip=401 " STS("dead")) "dns dead A 203.0.113.99\n",
      "LP-PORT-CLOSED(c) LP-SIP-STS-UNREACHABLE(c<) LP-WALK-OK(i)" },
    { "its port was not tried", "out",
      BOTH("sip=401 " STS("late")) "dns late A 203.0.113.98\ntcp 203.0.113.98:443 not-tried\n",
      "LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },
    { "its certificate is of another name", "out",
      BOTH("sip=401 " STS("other")) "dns other A 203.0.113.97\n"
                                    "tcp 203.0.113.97:443 tls=proxy web\n"
                                    "page https://other.contoso.example/* 401\n",
      "LP-CERT-NAME-MISMATCH(c) LP-WALK-OK(i)" },
    { "named by a spare endpoint only", "out",
      "tcp 203.0.113.10:5061 tls=edge sip=401 " STS("nowhere"),
      "LP-SIP-STS-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "no URL that a client follows", "out", BOTH("sip=401 sts=ftp://webext/x"), "LP-WALK-OK(i)" },
    { "only Digest", "out", BOTH("sip=401 schemes=Digest"),
      "LP-SIP-NO-AUTH-SCHEME(w) LP-SIP-NO-AUTH-SCHEME(w<) LP-SIP-NO-AUTH-SCHEME(w<) "
      "LP-WALK-OK(i)" },
    { "a challenge without a scheme", "out", EDGE("sip=407 schemes="),
      "LP-SIP-NO-AUTH-SCHEME(w) LP-SIP-NO-AUTH-SCHEME(w<) LP-WALK-OK(i)" },
    { "Kerberos among others", "out", BOTH("sip=401 schemes=Digest,kerberos"), "LP-WALK-OK(i)" },
    { "a clock 301 s behind", "out", EDGE("sip=401 late=301"),
      "LP-SIP-CLOCK-SKEW(c) LP-SIP-CLOCK-SKEW(w<) LP-WALK-OK(i)" },
    { "a clock 299 s behind", "out", EDGE("sip=401 late=299"), "LP-WALK-OK(i)" },
    { "wait, and nothing more", "out", BOTH("sip=100"),
      "LP-SIP-NO-ANSWER(c) LP-SIP-NO-ANSWER(w<) LP-SIP-NO-ANSWER(i<) LP-WALK-OK(i)" },
    { "a demand for a certificate is no silence", "out", EDGE("mtls"),
      "LP-WALK-FALLBACK(w) LP-TLS-CLIENT-CERT(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

/* The words of the answer, which come from the network. */
START_TEST(words_of_the_answer)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, EDGE("sip=403"));
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    struct lp_sip_facts *facts = e->facts;
    facts->reason = LP_STR("Forbidden\x1b[31m");
    facts->diagnostics = LP_STR("4004;reason=\"none\"");
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-SIP-STATUS", "access");
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->expected.p, "status 401 or 407");
    ck_assert_str_eq(f->observed.p,
                     "status 403 Forbidden\\x1b[31m, ms-diagnostics 4004;reason=\"none\" "
                     "(the credentials do not belong to the sign-in address)");
    stage_end(&s);
}
END_TEST

START_TEST(what_came_instead)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, EDGE("not-sip"));
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    ((struct lp_sip_facts *)e->facts)->first_bytes = LP_STR("HTTP/1.1 400 Bad Request\r\n\r\n");
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-SIP-NOT-SIP", "access");
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->observed.p, "\"HTTP/1.1 400 Bad Request\"");
    stage_end(&s);
}
END_TEST

START_TEST(why_there_is_no_answer)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, EDGE("closes"));
    stage_run(&s);
    struct lp_evidence *e = (struct lp_evidence *)lp_log_find(
        &s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    e->why = _i ? LP_STR("closed without an answer") : LP_STR_NONE;
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-SIP-NO-ANSWER", "access");
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->observed.p, _i ? "closed without an answer" : "no answer");
    stage_end(&s);
}
END_TEST

Suite *lp_suite_sip_check(void)
{
    Suite *suite = suite_create("sip_check");
    TCase *tc = tcase_create("sip");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_test(tc, words_of_the_answer);
    tcase_add_test(tc, what_came_instead);
    tcase_add_loop_test(tc, why_there_is_no_answer, 0, 2);
    suite_add_tcase(suite, tc);
    return suite;
}
