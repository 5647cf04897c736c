/* test_names.c - findings about the records of the order */
#include <check.h>

#include "stage.h"

Suite *lp_suite_names(void);

#define NO_AD "dns lyncdiscover ANY nxdomain\n"
#define NO_SIP "dns _sip._tls ANY nxdomain\ndns sip ANY nxdomain\n"

/* clang-format off */
#define LEAKED_AD                                                 \
    "dns lyncdiscoverinternal A 203.0.113.20\n"                   \
    "cert proxy names=webext,lyncdiscover,lyncdiscoverinternal\n" \
    "page http://lyncdiscoverinternal* "                          \
    AD_REDIRECT("https://webext.contoso.example" AD_SERVICE) "\n" \
    "page https://lyncdiscoverinternal* "                         \
    AD_ROOT_OF("External", "webext.contoso.example") "\n"
/* clang-format on */

static const struct stage_case cases[] = {
    { "healthy outside", "out", NULL, "LP-WALK-OK(i)" },
    { "healthy inside", "in", NULL, "LP-WALK-OK(i)" },

    /* answers that are failures: at a step that the client comes to */
    { "SERVFAIL", "out", "dns lyncdiscover ANY servfail",
      "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<)" },
    { "REFUSED", "out", "dns lyncdiscover ANY refused", "LP-DNS-REFUSED(c) LP-WALK-FALLBACK(w<)" },
    { "TIMEOUT", "out", "dns lyncdiscover ANY timeout", "LP-DNS-TIMEOUT(c) LP-WALK-FALLBACK(w<)" },
    { "MALFORMED", "out", "dns lyncdiscover ANY malformed",
      "LP-DNS-MALFORMED(c) LP-WALK-FALLBACK(w<)" },
    { "SERVFAIL of an SRV", "out", "dns _sip._tls ANY servfail",
      "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<)" },
    { "SERVFAIL of a target", "out", "dns access ANY servfail",
      "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<)" },
    { "SERVFAIL at an alias' end", "out", "dns lyncdiscover CNAME alias w; servfail",
      "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<)" },
    /* ... that it never comes to: at least warning */
    { "SERVFAIL behind the endpoint", "out", "dns sipexternal ANY servfail",
      "LP-DNS-SERVFAIL(w) LP-WALK-OK(i)" },
    { "REFUSED of the other Autodiscover name", "in", "dns lyncdiscover ANY refused",
      "LP-DNS-REFUSED(w) LP-WALK-OK(i)" },
    /* ... while the other family answers */
    { "AAAA SERVFAIL beside an A answer", "out", "dns lyncdiscover AAAA servfail",
      "LP-DNS-SERVFAIL(w) LP-WALK-OK(i)" },
    { "A REFUSED beside an AAAA answer", "out",
      "dns sip A refused\ndns sip AAAA 2001:db8::10\n"
      "tcp 2001:db8::10:5061 tls=edge sip=401\ntcp 2001:db8::10:443 tls=edge sip=401\n",
      "LP-DNS-REFUSED(w) LP-WALK-OK(i)" },
    { "the two families fail apart", "out",
      "dns lyncdiscover A servfail\n"
      "dns lyncdiscover AAAA timeout\n",
      "LP-DNS-SERVFAIL(c) LP-WALK-FALLBACK(w<) LP-DNS-TIMEOUT(c)" },
    /* ... of a spare target, and of one in whose place another serves */
    { "SERVFAIL of the second target", "out",
      "dns _sip._tls SRV 0 0 443 access; 1 0 443 spare\ndns spare ANY servfail\n",
      "LP-DNS-SERVFAIL(w) LP-WALK-OK(i)" },
    { "SERVFAIL of the first target", "out",
      "dns _sip._tls SRV 0 0 443 first; 1 0 443 access\ndns first ANY servfail\n",
      "LP-DNS-SERVFAIL(i) LP-WALK-OK(i)" },
    /* one server's trouble is one trouble */
    { "every name SERVFAIL", "",
      "dns * ANY servfail\ndns _sip._tls ANY servfail\ndns _sipinternaltls._tcp ANY servfail\n"
      "dns _sipinternal._tcp ANY servfail\n",
      "LP-DNS-SERVFAIL(c) LP-DNS-SERVFAIL(c<) LP-DNS-SERVFAIL(c<) LP-DNS-SERVFAIL(c<) "
      "LP-DNS-SERVFAIL(c<) LP-DNS-SERVFAIL(c<) LP-DNS-SERVFAIL(c<) LP-DNS-SERVFAIL(c<) "
      "LP-WALK-FAILS(c<)" },
    { "no server answers", "",
      "set client mobile\ndns lyncdiscover ANY timeout\ndns lyncdiscoverinternal ANY timeout\n"
      "dns sip ANY timeout\ndns sipinternal ANY timeout\ndns sipexternal ANY timeout\n"
      "dns * ANY timeout\ndns _sip._tls ANY timeout\ndns _sip._tcp ANY timeout\n"
      "dns _sipinternaltls._tcp ANY timeout\ndns _sipinternal._tcp ANY timeout\n"
      "dns _sipfederationtls._tcp ANY timeout\n",
      "LP-DNS-TIMEOUT(c) LP-DNS-TIMEOUT(c<)" },

    /* required records */
    { "no lyncdiscover", "out", NO_AD, "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "no _sip._tls", "out", "dns _sip._tls ANY nxdomain",
      "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "no sip", "out", "dns sip ANY nodata", "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "no SIP record at all", "out", NO_SIP,
      "LP-DNS-RECORD-MISSING(c) LP-WALK-FAILS(c<) LP-DNS-RECORD-MISSING(c)" },
    { "no lyncdiscoverinternal", "in", "dns lyncdiscoverinternal ANY nxdomain",
      "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "no _sipinternaltls", "in", "dns _sipinternaltls._tcp ANY nodata",
      "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "sip is not required inside", "in", "dns sip ANY nxdomain", "LP-WALK-OK(i)" },
    { "of another client's order", "out", "set client mobile\n" NO_SIP, "LP-WALK-OK(i)" },
    { "nothing at all", "", NULL,
      "LP-DNS-NO-RECORDS(c) LP-DNS-RECORD-MISSING(c<) LP-DNS-RECORD-MISSING(c<) "
      "LP-DNS-RECORD-MISSING(c<) LP-WALK-FAILS(c<)" },
    { "nothing at all inside", "", "set view internal",
      "LP-DNS-NO-RECORDS(c) LP-DNS-RECORD-MISSING(c<) LP-DNS-RECORD-MISSING(c<) "
      "LP-WALK-FAILS(c<)" },
    { "no partner's record", "out",
      "set client federation\n"
      "dns _sipfederationtls._tcp ANY nxdomain\n",
      "LP-DNS-NO-RECORDS(c) LP-WALK-FAILS(c<)" },

    /* names of the inside that are visible outside */
    { "lyncdiscoverinternal leaks", "out", LEAKED_AD, "LP-DNS-INTERNAL-LEAK(w) LP-WALK-OK(i)" },
    { "_sipinternaltls leaks", "out", "dns _sipinternaltls._tcp SRV 0 0 5061 access",
      "LP-DNS-INTERNAL-LEAK(w) LP-WALK-OK(i)" },
    { "_sipinternal leaks, and its port is closed", "out",
      "dns _sipinternal._tcp SRV 0 0 5060 access",
      "LP-DNS-INTERNAL-LEAK(w) LP-PORT-CLOSED(c<) LP-WALK-FALLBACK(w<)" },
    { "sipinternal leaks", "out",
      "dns sipinternal A 203.0.113.10\ncert edge "
      "names=access,sip,sipinternal\n",
      "LP-DNS-INTERNAL-LEAK(w) LP-WALK-OK(i)" },
    { "an alias leaks, though it dangles", "out", "dns sipinternal CNAME alias gone",
      "LP-DNS-INTERNAL-LEAK(w) LP-DNS-CNAME-DANGLING(w<) LP-WALK-OK(i)" },
    { "a declared absence is no leak", "out", "dns _sipinternaltls._tcp SRV 0 0 0 .",
      "LP-DNS-SRV-NOT-OFFERED(i) LP-WALK-OK(i)" },
    { "inside they are at home", "in",
      "dns sipinternal A 10.0.0.11\ncert pool "
      "names=pool,sip,sipinternal ca=private\n",
      "LP-WALK-OK(i)" },

    /* AAAA alone fails */
    { "AAAA is dropped, and no A", "out",
      "dns lyncdiscoverinternal A nxdomain\ndns lyncdiscoverinternal AAAA timeout\n",
      "LP-DNS-TIMEOUT(w) LP-WALK-OK(i)" },
    { "A fails, and no AAAA", "out",
      "dns lyncdiscoverinternal A timeout\ndns lyncdiscoverinternal AAAA nxdomain\n",
      "LP-DNS-TIMEOUT(c) LP-WALK-FALLBACK(w<)" },

    /* aliases */
    { "an alias is good", "out", "dns lyncdiscover CNAME alias webext", "LP-WALK-OK(i)" },
    { "a chain of aliases is good", "out", "dns sip CNAME alias one; alias two; 203.0.113.10",
      "LP-WALK-OK(i)" },
    { "dangling", "out", "dns lyncdiscover CNAME alias gone",
      "LP-DNS-CNAME-DANGLING(c) LP-WALK-FALLBACK(w<)" },
    { "dangling, without data", "out", "dns lyncdiscover CNAME alias bare\ndns bare TXT x\n",
      "LP-DNS-CNAME-DANGLING(c) LP-WALK-FALLBACK(w<)" },
    { "an alias in the place of an SRV record", "out",
      "dns _sip._tls ANY alias bare\ndns bare TXT x\ndns bare SRV nodata\n",
      "LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },
    { "dangling at an unreached step", "out", "dns sipexternal CNAME alias gone",
      "LP-DNS-CNAME-DANGLING(w) LP-WALK-OK(i)" },
    { "looping", "out", "dns lyncdiscover CNAME alias ring\ndns ring CNAME alias lyncdiscover\n",
      "LP-DNS-CNAME-LOOP(c) LP-WALK-FALLBACK(w<)" },
    { "an SRV's owner loops", "out", "dns _sip._tls CNAME alias _sip._tls",
      "LP-DNS-CNAME-LOOP(c) LP-WALK-FALLBACK(w<)" },
    { "a target dangles", "out", "dns access CNAME alias gone",
      "LP-DNS-CNAME-DANGLING(c) LP-DNS-SRV-TARGET-CNAME(w<) LP-WALK-FALLBACK(w<)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

/* ---- what is said ---- */

static const struct {
    const char *base, *changes, *id, *subject, *expected, *observed;
} texts[] = {
    { "out", "dns lyncdiscover ANY servfail", "LP-DNS-SERVFAIL", "lyncdiscover.contoso.example A",
      "an answer", "servfail from 192.0.2.53:53" },
    { "out", "dns lyncdiscover AAAA timeout", "LP-DNS-TIMEOUT", "lyncdiscover.contoso.example AAAA",
      "an answer within the time limit", "timeout from 192.0.2.53:53" },
    { "out", "dns sip CNAME alias w; refused", "LP-DNS-REFUSED", "w.contoso.example A", "an answer",
      "refused from 192.0.2.53:53" },
    { "out", NO_AD, "LP-DNS-RECORD-MISSING", "lyncdiscover.contoso.example A",
      "a record (poster dns.tsv, external)", "nxdomain" },
    { "out", "dns _sip._tls ANY nodata", "LP-DNS-RECORD-MISSING", "_sip._tls.contoso.example SRV",
      "a record (poster dns.tsv, external)", "nodata" },
    { "", NULL, "LP-DNS-NO-RECORDS", "contoso.example",
      "at least one of the 8 names of the order of lync2013", "none of them exists" },
    { "out", "dns _sipinternaltls._tcp SRV 0 0 5061 access", "LP-DNS-INTERNAL-LEAK",
      "_sipinternaltls._tcp.contoso.example SRV", "no record outside",
      "access.contoso.example port 5061" },
    { "out", "dns sipinternal A 203.0.113.10", "LP-DNS-INTERNAL-LEAK",
      "sipinternal.contoso.example A", "no record outside", "203.0.113.10" },
    { "out", "dns lyncdiscover CNAME alias one; alias gone; nxdomain", "LP-DNS-CNAME-DANGLING",
      "lyncdiscover.contoso.example A", "an alias chain that ends at an address",
      "the chain ends at gone.contoso.example: nxdomain" },
    { "out", "dns lyncdiscover CNAME alias r\ndns r CNAME alias lyncdiscover\n",
      "LP-DNS-CNAME-LOOP", "lyncdiscover.contoso.example A",
      "an alias chain that ends at an address",
      "2 aliases, the chain comes back to lyncdiscover.contoso.example" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(texts[_i].base), texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, texts[_i].subject);
    ck_assert_msg(f != NULL, "%s %s", texts[_i].id, texts[_i].subject);
    ck_assert_str_eq(f->subject.p, texts[_i].subject);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_gt(f->evidence.n, 0);
    ck_assert_uint_gt(f->fix.n, 0);
    ck_assert_uint_gt(f->why.n, 0);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_names(void)
{
    Suite *suite = suite_create("names");
    TCase *tc = tcase_create("names");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
