/* test_srv.c - findings about SRV records and their targets */
#include <check.h>

#include "stage.h"

Suite *lp_suite_srv(void);

#define OPEN(port) "tcp 203.0.113.10:" port " tls=edge sip=401\n"

static const struct stage_case cases[] = {
    /* ports */
    { "a single-address Edge", "out", "dns _sip._tls SRV 0 0 5061 access", "LP-WALK-OK(i)" },
    { "wrong port, nothing there", "out", "dns _sip._tls SRV 0 0 444 access",
      "LP-DNS-SRV-PORT(c) LP-PORT-CLOSED(c<) LP-WALK-FALLBACK(w<)" },
    { "wrong port that works", "out", "dns _sip._tls SRV 0 0 8443 access\n" OPEN("8443"),
      "LP-DNS-SRV-PORT(c) LP-WALK-OK(i)" },
    { "wrong port inside", "in", "dns _sipinternaltls._tcp SRV 0 0 443 pool",
      "LP-DNS-SRV-PORT(c) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-WALK-FALLBACK(w<)" },
    { "the port of a web server", "in", "dns _sipinternaltls._tcp SRV 0 0 443 webint\n",
      "LP-DNS-SRV-PORT(c) LP-SIP-NOT-SIP(c<) LP-WALK-FALLBACK(w<)" },
    { "port 0", "out", "dns _sip._tls SRV 0 0 0 access",
      "LP-DNS-SRV-PORT(c) LP-WALK-FALLBACK(w<)" },
    { "a port of another protocol", "out",
      "dns _sip._tls SRV 0 0 22 access\ntcp 203.0.113.10:22 blocked\n",
      "LP-DNS-SRV-PORT(c) LP-RUN-BLOCKED(w<) LP-WALK-OK(i)" },
    { "a wrong port behind the endpoint", "in",
      "dns _sipinternal._tcp SRV 0 0 5061 pool\n"
      "tcp 10.0.0.11:5061 tls=pool sip=401\n",
      "LP-DNS-SRV-PORT(w) LP-SIP-NO-ANSWER(w<) LP-SIP-NO-ANSWER(w<) LP-WALK-OK(i)" },
    { "a partner's port", "out",
      "set client federation\n"
      "dns _sipfederationtls._tcp SRV 0 0 443 access\n",
      "LP-DNS-SRV-PORT(c) LP-WALK-OK(i)" },
    { "a wrong port of a spare target", "out", "dns _sip._tls SRV 0 0 443 access; 9 0 444 access\n",
      "LP-DNS-SRV-PORT(w) LP-PORT-CLOSED(w<) LP-WALK-OK(i)" },

    /* domains */
    { "a target below the domain", "out",
      "dns _sip._tls SRV 0 0 443 access.sub\ndns access.sub A 203.0.113.10\n"
      "cert edge names=access,sip,access.sub\n",
      "LP-WALK-OK(i)" },
    { "a target of another domain", "out",
      "dns _sip._tls SRV 0 0 443 sip.fabrikam.example.\ndns sip.fabrikam.example. A 203.0.113.10\n"
      "cert edge names=access,sip,sip.fabrikam.example.\n",
      "LP-DNS-SRV-TARGET-DOMAIN(w) LP-WALK-OK(i)" },
    { "a domain that only ends alike", "out",
      "dns _sip._tls SRV 0 0 443 sip.evilcontoso.example.\n"
      "dns sip.evilcontoso.example. A 203.0.113.10\n"
      "cert edge names=access,sip,sip.evilcontoso.example.\n",
      "LP-DNS-SRV-TARGET-DOMAIN(w) LP-WALK-OK(i)" },
    { "the domain itself", "out",
      "dns _sip._tls SRV 0 0 443 @\ndns @ A 203.0.113.10\ncert edge names=access,sip,@\n",
      "LP-WALK-OK(i)" },
    { "a domain that clients trust", "out",
      "dns _sip._tls SRV 0 0 443 sipdir.online.lync.com.\n"
      "dns sipdir.online.lync.com. A 203.0.113.10\n"
      "dns lyncdiscover ANY nxdomain\ndns sip ANY nxdomain\n"
      "dns _sipfederationtls._tcp ANY nxdomain\n"
      "cert edge names=sipdir.online.lync.com.\n",
      "LP-DNS-RECORD-MISSING(w) LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },

    /* addresses */
    { "no such target", "out", "dns _sip._tls SRV 0 0 443 gone",
      "LP-DNS-SRV-TARGET-MISSING(c) LP-WALK-FALLBACK(w<)" },
    { "a target without address", "out", "dns access ANY nodata",
      "LP-DNS-SRV-TARGET-MISSING(c) LP-WALK-FALLBACK(w<)" },
    { "a target that is no host name", "out", "dns _sip._tls SRV 0 0 443 a b.",
      "LP-DNS-SRV-TARGET-MISSING(c) LP-WALK-FALLBACK(w<) LP-DNS-SRV-TARGET-DOMAIN(w) "
      "LP-DNS-NAME-INVALID(w)" },
    { "the first of two is missing", "out", "dns _sip._tls SRV 0 0 443 gone; 1 0 443 access",
      "LP-DNS-SRV-TARGET-MISSING(i) LP-WALK-OK(i)" },
    { "the second of two is missing", "out", "dns _sip._tls SRV 0 0 443 access; 1 0 443 gone",
      "LP-DNS-SRV-TARGET-MISSING(w) LP-WALK-OK(i)" },
    { "both are missing", "out", "dns _sip._tls SRV 0 0 443 gone; 1 0 443 gone2",
      "LP-DNS-SRV-TARGET-MISSING(c) LP-WALK-FALLBACK(w<) LP-DNS-SRV-TARGET-MISSING(c)" },
    { "missing at an unreached step", "out",
      "set client sfb\n"
      "dns _sipinternaltls._tcp ANY nxdomain\ndns sip ANY nodata\n"
      "dns _sip._tls SRV 0 0 443 access\n",
      "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "only an IPv6 address", "out",
      "dns access A nodata\ndns access AAAA 2001:db8::10\ntcp 2001:db8::10:443 tls=edge sip=401\n",
      "LP-WALK-OK(i)" },

    /* aliases, and no service */
    { "a target that is an alias", "out",
      "dns _sip._tls SRV 0 0 443 edge\ndns edge CNAME alias access\n"
      "cert edge names=access,sip,edge\n",
      "LP-DNS-SRV-TARGET-CNAME(w) LP-WALK-OK(i)" },
    { "an alias of the hosting cloud", "out",
      "dns lyncdiscover ANY nxdomain\ndns sip ANY nxdomain\n"
      "dns _sipfederationtls._tcp ANY nxdomain\n"
      "dns _sip._tls SRV 0 0 443 sipdir.online.lync.com.\n"
      "dns sipdir.online.lync.com. CNAME alias sipdir1.online.lync.com.\n"
      "dns sipdir1.online.lync.com. A 203.0.113.10\ncert edge names=*.online.lync.com.\n",
      "LP-DNS-RECORD-MISSING(w) LP-DNS-RECORD-MISSING(w) LP-DNS-SRV-TARGET-CNAME(i) "
      "LP-WALK-OK(i)" },
    { "not offered, though required", "out", "dns _sip._tls SRV 0 0 0 .",
      "LP-DNS-SRV-NOT-OFFERED(w) LP-WALK-OK(i)" },
    { "not offered inside", "in", "dns _sipinternaltls._tcp SRV 0 0 0 .",
      "LP-DNS-SRV-NOT-OFFERED(w) LP-WALK-OK(i)" },
    { "not offered, and not required", "in", "dns _sipinternal._tcp SRV 0 0 0 .",
      "LP-DNS-SRV-NOT-OFFERED(i) LP-WALK-OK(i)" },
    { "no federation, and said so", "out",
      "set client federation\n"
      "dns _sipfederationtls._tcp SRV 0 0 0 .\n",
      "LP-DNS-SRV-NOT-OFFERED(w) LP-WALK-FAILS(c)" },

    /* names that Lync does not accept */
    { "an underscore", "out",
      "dns _sip._tls SRV 0 0 443 access_edge\ndns access_edge A 203.0.113.10\n"
      "cert edge names=access,sip,access_edge\n",
      "LP-DNS-NAME-INVALID(w) LP-WALK-OK(i)" },
    { "a single label", "out",
      "dns _sip._tls SRV 0 0 443 edge.\ndns edge. A 203.0.113.10\n"
      "cert edge names=access,sip,edge.\n",
      "LP-DNS-SRV-TARGET-DOMAIN(w) LP-DNS-NAME-INVALID(w) LP-WALK-OK(i)" },
    { "an address in the place of a name", "out", "dns _sip._tls SRV 0 0 443 203.0.113.10.",
      "LP-DNS-NAME-INVALID(w) LP-CERT-NAME-MISMATCH(c<) LP-WALK-OK(i)" },
    { "an international name", "out",
      "dns _sip._tls SRV 0 0 443 xn--kln-sna\ndns xn--kln-sna A 203.0.113.10\n"
      "cert edge names=access,sip,xn--kln-sna\n",
      "LP-DNS-NAME-INVALID(w) LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *expected, *observed;
} texts[] = {
    { "dns _sip._tls SRV 0 0 444 access", "LP-DNS-SRV-PORT", "port 443 (or 5061)",
      "port 444 at access.contoso.example" },
    { "dns _sipinternaltls._tcp SRV 0 0 5060 access", "LP-DNS-SRV-PORT", "port 5061",
      "port 5060 at access.contoso.example" },
    { "dns _sip._tls SRV 0 0 443 x.fabrikam.example.", "LP-DNS-SRV-TARGET-DOMAIN",
      "a target in contoso.example", "target x.fabrikam.example" },
    { "dns _sip._tls SRV 0 0 443 gone", "LP-DNS-SRV-TARGET-MISSING",
      "an address for gone.contoso.example", "nxdomain" },
    { "dns _sip._tls SRV 0 0 443 a b.", "LP-DNS-SRV-TARGET-MISSING", "an address for a b",
      "the name is no host name" },
    { "dns _sip._tls SRV 0 0 443 e\ndns e CNAME alias access", "LP-DNS-SRV-TARGET-CNAME",
      "an address record at e.contoso.example (RFC 2782)", "an alias to access.contoso.example" },
    { "dns _sip._tls SRV 0 0 0 .", "LP-DNS-SRV-NOT-OFFERED", "the FQDN of a server as target",
      "target \".\": the service is declared absent (RFC 2782)" },
    { "dns _sip._tls SRV 0 0 443 a_b", "LP-DNS-NAME-INVALID",
      "letters, digits and hyphens, at least two labels", "target a_b.contoso.example" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, "SRV");
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_gt(f->evidence.n, 0);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_srv(void)
{
    Suite *suite = suite_create("srv");
    TCase *tc = tcase_create("srv");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
