/* test_hosts.c - findings about hosts that only Autodiscover names */
#include <check.h>

#include "stage.h"

Suite *lp_suite_hosts(void);

#define LD "lyncdiscover.contoso.example/"
/* both schemes lead to the same URL */
#define LEADS_TO(url) "page http://" LD " " AD_REDIRECT(url) "\npage https://" LD " 302 " url "\n"
#define NAMED(fqdn)                                  \
    "page https://webext.contoso.example" AD_SERVICE \
    "/domain " AD_DOMAIN(AD_ACCESS("External", fqdn, "443")) "\n"
#define WEB "https://web.contoso.example/r"

/* clang-format off */
#define UNDERSCORE                                                               \
    LEADS_TO("https://web_ext.contoso.example/r") "dns web_ext A 203.0.113.20\n" \
    "cert proxy names=webext,lyncdiscover,web_ext\n"                             \
    "page https://web_ext.contoso.example/r "                                    \
    AD_ROOT_OF("External", "webext.contoso.example") "\n"
#define NAMED_UNDERSCORE                                                    \
    NAMED("access_edge.contoso.example") "dns access_edge A 203.0.113.10\n" \
    "cert edge names=access,sip,access_edge\n"
/* clang-format on */

static const struct stage_case cases[] = {
    { "a redirect to a host that does not exist", "out", LEADS_TO(WEB),
      "LP-DNS-RECORD-MISSING(c) LP-WALK-FALLBACK(w<)" },
    { "http alone leads to nowhere", "out", "page http://" LD " " AD_REDIRECT(WEB) "\n",
      "LP-DNS-RECORD-MISSING(i) LP-WALK-OK(i)" },
    { "a redirect to a host without address", "out", LEADS_TO(WEB) "dns web TXT x\n",
      "LP-DNS-RECORD-MISSING(c) LP-WALK-FALLBACK(w<)" },
    { "a redirect to an alias that dangles", "out", LEADS_TO(WEB) "dns web CNAME alias gone\n",
      "LP-DNS-CNAME-DANGLING(c) LP-WALK-FALLBACK(w<)" },
    { "a redirect to a host that is answered SERVFAIL", "out",
      LEADS_TO(WEB) "dns web ANY servfail\n", "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<)" },
    { "a redirect to a host that cannot be asked for", "out",
      LEADS_TO(WEB) "dns web ANY not-tried\n", "LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },
    { "AAAA fails where A answers", "out", "dns webext AAAA servfail",
      "LP-DNS-SERVFAIL(w) LP-WALK-OK(i)" },

    { "the SIP access point does not exist", "out", NAMED("gone.contoso.example"),
      "LP-AD-SIP-TARGET-UNREACHABLE(c) LP-WALK-FAILS(c<)" },
    { "the SIP access point dangles", "out",
      NAMED("edge.contoso.example") "dns edge CNAME alias gone\n",
      "LP-DNS-CNAME-DANGLING(c) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<)" },
    { "the SIP access point is answered SERVFAIL", "out",
      NAMED("edge.contoso.example") "dns edge ANY servfail\n",
      "LP-DNS-SERVFAIL(c) LP-AD-SIP-TARGET-UNREACHABLE(c<) LP-WALK-FAILS(c<)" },

    { "a host with an underscore", "out", UNDERSCORE, "LP-DNS-NAME-INVALID(w) LP-WALK-OK(i)" },
    { "a SIP access point with an underscore", "out", NAMED_UNDERSCORE,
      "LP-DNS-NAME-INVALID(w) LP-WALK-OK(i)" },
    { "an international SIP domain", "", "set domain xn--kln-sna.example",
      "LP-DNS-NO-RECORDS(c) LP-DNS-RECORD-MISSING(c<) LP-DNS-RECORD-MISSING(c<) "
      "LP-DNS-RECORD-MISSING(c<) LP-WALK-FAILS(c<) LP-DNS-NAME-INVALID(w)" },

    { "a redirect to an inside address", "out",
      LEADS_TO(WEB) "dns web A 10.0.0.30\ntcp 10.0.0.30:443 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-PORT-FILTERED(c<) LP-AD-UNREACHABLE(c<) "
      "LP-WALK-FALLBACK(w<)" },
    { "a SIP access point at an inside address", "out",
      NAMED("edge.contoso.example") "dns edge A 10.0.0.30\ntcp 10.0.0.30:443 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-PORT-FILTERED(c<) LP-AD-SIP-TARGET-UNREACHABLE(c<) "
      "LP-WALK-FAILS(c<)" },
    { "the other view's access point is not judged", "out",
      "page https://webext.contoso.example" AD_SERVICE
      "/domain " AD_DOMAIN(AD_ACCESS("Internal", "pool_1.corp.local", "5061")) "\n",
      "LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, LEADS_TO(WEB));
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-DNS-RECORD-MISSING", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->subject.p, "web.contoso.example A");
    ck_assert_str_eq(f->expected.p,
                     "an address: http://lyncdiscover.contoso.example/ redirects there");
    ck_assert_str_eq(f->observed.p, "nxdomain");
    ck_assert_uint_eq(f->evidence.n, 3);
    ck_assert(stage_holds(j.sentence, "the client stops") == false);
    ck_assert(stage_holds(j.sentence, "can sign in at access.contoso.example:443"));
    stage_end(&s);
}
END_TEST

Suite *lp_suite_hosts(void)
{
    Suite *suite = suite_create("hosts");
    TCase *tc = tcase_create("hosts");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_test(tc, words);
    suite_add_tcase(suite, tc);
    return suite;
}
