/* test_reach.c - findings about Autodiscover steps as a whole */
#include <check.h>

#include "stage.h"

Suite *lp_suite_reach(void);

#define LD "lyncdiscover.contoso.example/"
#define LEADS_TO(url) "page http://" LD " " AD_REDIRECT(url) "\npage https://" LD " 302 " url "\n"
#define WEBEXT "https://webext.contoso.example"
#define PROXY(http, https) "tcp 203.0.113.20:80 " http "\ntcp 203.0.113.20:443 " https "\n"
#define NAMED(fqdn, port) \
    "page " WEBEXT AD_SERVICE "/domain " AD_DOMAIN(AD_ACCESS("External", fqdn, port)) "\n"
#define TARGET_DEAD "LP-AD-SIP-TARGET-UNREACHABLE(c) LP-WALK-FAILS(c<)"

static const struct stage_case cases[] = {
    /* no answer by http, and none by https */
    { "both close on every request", "out", PROXY("web dead", "tls=proxy web dead"),
      "LP-AD-UNREACHABLE(c) LP-WALK-FALLBACK(w<)" },
    { "one answers 404", "out", PROXY("web dead", "tls=proxy web") "page https* 404\n",
      "LP-AD-HTTP-STATUS(c) LP-WALK-FALLBACK(w<)" },
    { "http closes, https serves", "out", "tcp 203.0.113.20:80 web dead", "LP-WALK-OK(i)" },
    { "both closed", "out", PROXY("refused", "refused"),
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<)" },
    { "one closed, one without TLS", "out", PROXY("refused", "garbage"),
      "LP-PORT-CLOSED(c) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<) LP-TLS-NOT-TLS(c)" },
    { "not tried is not silent", "out", PROXY("refused", "not-tried"),
      "LP-PORT-CLOSED(c) LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },
    { "at a step that is not reached", "in",
      "dns lyncdiscover A 203.0.113.20\n" PROXY("web dead", "tls=web web dead"),
      "LP-AD-UNREACHABLE(w) LP-WALK-OK(i)" },

    /* where the redirects end */
    { "the web service closes", "out",
      LEADS_TO(WEBEXT "/r") "dns webext A 203.0.113.22\ntcp 203.0.113.22:443 tls=proxy web dead\n",
      "LP-AD-UNREACHABLE(c) LP-WALK-FALLBACK(w<)" },
    { "the web service is closed", "out", LEADS_TO(WEBEXT "/r") "dns webext A 203.0.113.22\n",
      "LP-PORT-CLOSED(c) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<)" },
    { "one node of it serves", "out",
      LEADS_TO(WEBEXT AD_SERVICE) "dns webext A 203.0.113.20; 203.0.113.22\n"
                                  "tcp 203.0.113.22:443 tls=proxy web dead\n",
      "LP-WALK-OK(i)" },
    { "it was not tried", "out",
      LEADS_TO(WEBEXT "/r") "dns webext A 203.0.113.22\ntcp 203.0.113.22:443 not-tried\n",
      "LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },

    /* the SIP access point */
    { "named and good", "out", NAMED("access.contoso.example", "443"), "LP-WALK-OK(i)" },
    { "named with blanks", "out", NAMED(" access.contoso.example ", "443"), "LP-WALK-OK(i)" },
    { "does not exist", "out", NAMED("gone.contoso.example", "443"), TARGET_DEAD },
    { "is closed", "out", NAMED("access.contoso.example", "4443"),
      "LP-PORT-CLOSED(c) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<)" },
    { "fails in TLS", "out", NAMED("access.contoso.example", "4443") "tcp 203.0.113.10:4443 cut\n",
      "LP-TLS-RESET(c) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<)" },
    { "is no SIP", "out", NAMED("webext.contoso.example", "443"),
      "LP-SIP-NOT-SIP(c) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<)" },
    { "wants a certificate", "out",
      NAMED("access.contoso.example", "5061") "tcp 203.0.113.10:5061 tls=edge mtls\n",
      "LP-TLS-CLIENT-CERT(i) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<) "
      "LP-TLS-CLIENT-CERT(i<)" },
    { "was not tried", "out",
      NAMED("access.contoso.example", "4443") "tcp 203.0.113.10:4443 not-tried\n",
      "LP-RUN-DEADLINE(c)" },
    { "its lookup was not tried", "out",
      NAMED("late.contoso.example", "443") "dns late ANY not-tried\n", "LP-RUN-DEADLINE(c)" },
    { "one of its addresses answers", "out",
      NAMED("pair.contoso.example", "443") "dns pair A 203.0.113.10; 203.0.113.11\n"
                                           "cert edge names=access,sip,pair\n",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-CLOSED(c<) LP-WALK-OK(i)" },

    /* port 80 */
    { "closed where nobody depends on it", "out", "tcp 203.0.113.20:80 refused",
      "LP-PORT-CLOSED(i) LP-WALK-OK(i)" },
    { "closed, and https lacks the name", "out",
      "tcp 203.0.113.20:80 refused\ncert proxy names=webext\n",
      "LP-AD-FIRST-HOP(w) LP-CERT-NAME-MISMATCH(c<) LP-PORT-CLOSED(i<) LP-WALK-OK(i)" },
    { "closed, an alias to another domain, which has the name", "out",
      "dns lyncdiscover CNAME alias rp.hoster.example.\ndns rp.hoster.example. A 203.0.113.20\n"
      "tcp 203.0.113.20:80 timeout\n",
      "LP-AD-FIRST-HOP(w) LP-PORT-FILTERED(i<) LP-WALK-OK(i)" },
    { "closed, an alias to another domain, where https is closed too", "out",
      "dns lyncdiscover CNAME alias rp.hoster.example.\ndns rp.hoster.example. A 203.0.113.23\n",
      "LP-PORT-CLOSED(c) LP-PORT-CLOSED(c<) LP-AD-UNREACHABLE(c<) LP-WALK-FALLBACK(w<)" },
    { "closed, an alias to another domain, which has not", "out",
      "dns lyncdiscover CNAME alias rp.hoster.example.\ndns rp.hoster.example. A 203.0.113.23\n"
      "tcp 203.0.113.23:443 tls=rp web\ncert rp names=rp.hoster.example. cn=none\n",
      "LP-AD-FIRST-HOP(w) LP-CERT-NAME-MISMATCH(c<) LP-PORT-CLOSED(i<) LP-WALK-OK(i)" },
    { "closed, an alias inside the domain", "out",
      "dns lyncdiscover CNAME alias webext\ntcp 203.0.113.20:80 refused\n",
      "LP-PORT-CLOSED(i) LP-WALK-OK(i)" },
    { "open at one of two addresses", "out",
      "cert proxy names=webext\ndns lyncdiscover A 203.0.113.20; 203.0.113.21\n"
      "tcp 203.0.113.21:443 tls=proxy web\n",
      "LP-PORT-POOL-PARTIAL(c) LP-PORT-CLOSED(c<) LP-CERT-NAME-MISMATCH(w) "
      "LP-CERT-NAME-MISMATCH(w<) LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *subject, *expected, *observed;
} texts[] = {
    { PROXY("web dead", "tls=proxy web dead"), "LP-AD-UNREACHABLE", "lyncdiscover.contoso.example",
      "an answer by http or https", "http: reset, https: reset" },
    { PROXY("timeout", "cut"), "LP-AD-UNREACHABLE", "lyncdiscover.contoso.example",
      "an answer by http or https", "http: timeout, https: reset" },
    { LEADS_TO(WEBEXT "/r") "dns webext A 203.0.113.22\n", "LP-AD-UNREACHABLE",
      "webext.contoso.example", "an answer by http or https", "https: refused" },
    { NAMED("gone.contoso.example", "443"), "LP-AD-SIP-TARGET-UNREACHABLE",
      "gone.contoso.example:443",
      "a SIP server that answers at the access point that Autodiscover names", "nxdomain" },
    { NAMED("access.contoso.example", "4443"), "LP-AD-SIP-TARGET-UNREACHABLE",
      "access.contoso.example:4443",
      "a SIP server that answers at the access point that Autodiscover names",
      "it does not answer SIP" },
    { "tcp 203.0.113.20:80 refused\ncert proxy names=webext\n", "LP-AD-FIRST-HOP",
      "lyncdiscover.contoso.example:80 203.0.113.20",
      "port 80 open: clients cannot use https under this name", "port 80: refused" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, NULL);
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->subject.p, texts[_i].subject);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_gt(f->evidence.n, 0);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_reach(void)
{
    Suite *suite = suite_create("reach");
    TCase *tc = tcase_create("reach");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
