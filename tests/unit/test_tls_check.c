/* test_tls_check.c - findings about handshakes */
#include <check.h>

#include "stage.h"

Suite *lp_suite_tls_check(void);

#define EDGE(how) "tcp 203.0.113.10:443 " how "\n"
#define WEB(how) "tcp 203.0.113.20:443 " how "\n"

static const struct stage_case cases[] = {
    { "an alert", "out", EDGE("alert=40"), "LP-TLS-FAILED(c) LP-WALK-FALLBACK(w<)" },
    { "cut", "out", EDGE("cut"), "LP-TLS-RESET(c) LP-WALK-FALLBACK(w<)" },
    { "stalled", "out", EDGE("stuck"), "LP-TLS-STALLED(c) LP-WALK-FALLBACK(w<)" },
    { "no TLS", "out", EDGE("garbage"), "LP-TLS-NOT-TLS(c) LP-WALK-FALLBACK(w<)" },
    { "TLS 1.0", "out", EDGE("tls=edge v=TLSv1 sip=401"),
      "LP-TLS-OLD(w) LP-TLS-OLD(w<) LP-WALK-OK(i)" },
    { "TLS 1.1", "out", EDGE("tls=edge v=TLSv1.1 sip=401"),
      "LP-TLS-OLD(w) LP-TLS-OLD(w<) LP-WALK-OK(i)" },
    { "TLS 1.2", "out", EDGE("tls=edge v=TLSv1.2 sip=401"), "LP-WALK-OK(i)" },
    { "TLS 1.3", "out", EDGE("tls=edge v=TLSv1.3 sip=401"), "LP-WALK-OK(i)" },
    { "TLS 1.0 of the whole Edge", "out",
      EDGE("tls=edge v=TLSv1 sip=401") "tcp 203.0.113.10:5061 tls=edge v=TLSv1 sip=401\n",
      "LP-TLS-OLD(w) LP-TLS-OLD(w<) LP-TLS-OLD(w<) LP-WALK-OK(i)" },
    { "TLS 1.0 of the web", "out", WEB("tls=proxy v=TLSv1 web"),
      "LP-TLS-OLD(w) LP-TLS-OLD(w<) LP-TLS-OLD(w<) LP-TLS-OLD(w<) LP-WALK-OK(i)" },

    /* client certificates are no failure */
    { "asks, and goes on without", "out", EDGE("tls=edge asks sip=401"),
      "LP-TLS-CLIENT-CERT(i) LP-TLS-CLIENT-CERT(i<) LP-WALK-OK(i)" },
    { "the federation port wants one", "out", "tcp 203.0.113.10:5061 tls=edge mtls",
      "LP-TLS-CLIENT-CERT(i) LP-WALK-OK(i)" },
    { "every port wants one", "out", EDGE("tls=edge mtls") "tcp 203.0.113.10:5061 tls=edge mtls\n",
      "LP-TLS-CLIENT-CERT(i) LP-WALK-FAILS(c<) LP-TLS-CLIENT-CERT(i<) LP-TLS-CLIENT-CERT(i<)" },
    /* 443 is what a client outside needs; that 5061 is closed stops nobody */
    { "the client's port wants one", "out", EDGE("tls=edge mtls") "tcp 203.0.113.10:5061 refused\n",
      "LP-TLS-CLIENT-CERT(i) LP-WALK-FAILS(c<) LP-TLS-CLIENT-CERT(i<) LP-PORT-CLOSED(i)" },
    { "the client's port is closed", "out", EDGE("refused") "tcp 203.0.113.10:5061 tls=edge mtls\n",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-WALK-FAILS(c<) LP-TLS-CLIENT-CERT(i)" },
    { "a partner has one", "out", "set client federation\ntcp 203.0.113.10:5061 tls=edge mtls\n",
      "LP-TLS-CLIENT-CERT(i) LP-WALK-OK(i)" },

    /* candidates */
    { "https fails, http serves", "out",
      "dns lyncdiscover A 203.0.113.21\ntcp 203.0.113.21:80 web\ntcp 203.0.113.21:443 cut\n",
      "LP-TLS-RESET(w) LP-WALK-OK(i)" },
    { "the first port of sip", "out", "dns _sip._tls ANY nxdomain\ntcp 203.0.113.10:5061 stuck\n",
      "LP-DNS-RECORD-MISSING(w) LP-TLS-STALLED(i) LP-WALK-OK(i)" },
    { "where the redirects lead", "out",
      "dns webext A 203.0.113.22\ntcp 203.0.113.22:443 alert=70\n"
      "page https://lyncdiscover.contoso.example/ 302 https://webext.contoso.example/x\n",
      "LP-TLS-FAILED(c) LP-TLS-FAILED(c<) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<)" },
    { "an alert without SNI", "out", "tcp 203.0.113.10:443 tls=edge sip=401 nosni=alert\n",
      "LP-TLS-SNI-NEEDED(w) LP-WALK-OK(i)" },
    { "another certificate without SNI", "out",
      "cert other names=x ca=public\ntcp 203.0.113.20:443 tls=proxy web nosni=other\n",
      "LP-TLS-SNI-NEEDED(w) LP-WALK-OK(i)" },
    { "another one that does as well", "out",
      "cert other names=lyncdiscover,webext,meet,dialin ca=public days=200\n"
      "tcp 203.0.113.20:443 tls=proxy web nosni=other\n",
      "LP-WALK-OK(i)" },
    { "one node of a pool", "in", "tcp 10.0.0.12:5061 cut\ndns sip ANY nxdomain\n",
      "LP-TLS-RESET(c) LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *how, *id, *expected, *observed;
} texts[] = {
    { EDGE("alert=40"), "LP-TLS-FAILED", "a TLS handshake that completes", "TLS alert 40" },
    { EDGE("alert="), "LP-TLS-FAILED", "a TLS handshake that completes", "alert" },
    { EDGE("cut"), "LP-TLS-RESET", "a TLS handshake that completes", "reset" },
    { EDGE("stuck"), "LP-TLS-STALLED", "a TLS handshake that completes", "stalled" },
    { EDGE("garbage"), "LP-TLS-NOT-TLS", "a TLS handshake that completes",
      "\"HTTP/1.1 400 Bad Request\"" },
    { EDGE("tls=edge v=TLSv1 sip=401"), "LP-TLS-OLD", "TLS 1.2 or newer", "works, but only TLSv1" },
    { EDGE("tls=edge asks sip=401"), "LP-TLS-CLIENT-CERT",
      "a server that clients can talk to without a certificate",
      "asks for a client certificate, goes on without one" },
    { EDGE("tls=edge mtls"), "LP-TLS-CLIENT-CERT",
      "a server that clients can talk to without a certificate",
      "asks for a client certificate and refuses without one (alert 116)" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].how);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, "access");
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->subject.p, "access.contoso.example:443 203.0.113.10");
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_tls_check(void)
{
    Suite *suite = suite_create("tls_check");
    TCase *tc = tcase_create("tls");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
