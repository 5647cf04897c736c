/* test_zone.c - findings about the zone as a whole */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_zone(void);

/* A web server behind the wildcard. */
/* clang-format off */
#define WWW                                           \
    "dns * A 203.0.113.80\ntcp 203.0.113.80:80 web\n" \
    "tcp 203.0.113.80:443 tls=www web\ncert www names=www,@\n"
/* clang-format on */

static const struct stage_case cases[] = {
    /* wildcard */
    { "inside, nothing else", "in", "dns * A 10.0.0.80",
      "LP-DNS-WILDCARD(w) LP-PORT-CLOSED(w<) LP-PORT-CLOSED(w<) LP-PORT-CLOSED(w<) "
      "LP-AD-UNREACHABLE(w<) LP-WALK-OK(i)" },
    { "outside, over the names of the inside", "out", WWW,
      "LP-DNS-WILDCARD(w) LP-DNS-INTERNAL-LEAK(w<) LP-DNS-INTERNAL-LEAK(w<) LP-PORT-CLOSED(w<) "
      "LP-PORT-CLOSED(w<) LP-CERT-NAME-MISMATCH(c<) LP-CERT-NAME-MISMATCH(w<) "
      "LP-AD-HTTP-STATUS(c<) LP-AD-HTTP-STATUS(c<) LP-SIP-NOT-SIP(w<) LP-WALK-FALLBACK(w<)" },
    { "an alias for any name", "out", "dns * CNAME alias www.hoster.example.",
      "LP-DNS-WILDCARD(w) LP-DNS-INTERNAL-LEAK(w<) LP-DNS-INTERNAL-LEAK(w<) "
      "LP-DNS-CNAME-DANGLING(c<) LP-DNS-CNAME-DANGLING(w<) LP-DNS-CNAME-DANGLING(w<) "
      "LP-WALK-FALLBACK(w<)" },
    { "nothing of Lync, as a portal answers", "out",
      "dns lyncdiscover A 203.0.113.80\ndns sip A 203.0.113.80\ndns _sip._tls ANY nodata\n"
      "dns * A 203.0.113.80\n",
      "LP-DNS-WILDCARD(w) LP-DNS-INTERNAL-LEAK(w<) LP-DNS-INTERNAL-LEAK(w<) "
      "LP-DNS-RECORD-MISSING(c<) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) "
      "LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) "
      "LP-PORT-CLOSED(c<) LP-PORT-CLOSED(c<) LP-AD-UNREACHABLE(c<) LP-AD-UNREACHABLE(c<) "
      "LP-WALK-FAILS(c<)" },
    { "a trouble of its own is not its fault", "out",
      "dns * A 203.0.113.20\ncert edge names=access,sip days=-3\n"
      "page http://lyncdiscoverinternal* 404\npage http://sip* 404\n",
      "LP-DNS-WILDCARD(w) LP-DNS-INTERNAL-LEAK(w<) LP-DNS-INTERNAL-LEAK(w<) LP-PORT-CLOSED(w<) "
      "LP-PORT-CLOSED(w<) LP-CERT-NAME-MISMATCH(c<) LP-CERT-NAME-MISMATCH(w<) "
      "LP-AD-HTTP-STATUS(c<) LP-AD-HTTP-STATUS(c<) LP-SIP-NOT-SIP(w<) LP-WALK-FALLBACK(w<) "
      "LP-CERT-EXPIRED(c) LP-CERT-EXPIRED(w<) LP-CERT-EXPIRED(w<)" },
    { "no label, no question", "in",
      "set label none\ndns * A 10.0.0.80\n"
      "dns lyncdiscover ANY nxdomain\ndns sipinternal ANY nxdomain\n",
      "LP-WALK-OK(i)" },

    /* servers side by side */
    { "they agree", "out", "set servers 2", "LP-WALK-OK(i)" },
    { "in another order", "out",
      "set servers 2\ndns access A 203.0.113.10; 203.0.113.11\n"
      "dns1 access A 203.0.113.11; 203.0.113.10\ntcp 203.0.113.11:443 tls=edge sip=401\n"
      "tcp 203.0.113.11:5061 tls=edge sip=401\n",
      "LP-WALK-OK(i)" },
    { "another address", "out", "set servers 2\ndns1 access A 203.0.113.99\n",
      "LP-DNS-SERVERS-DIFFER(w) LP-WALK-OK(i)" },
    { "another port", "out", "set servers 2\ndns1 _sip._tls SRV 0 0 5061 access\n",
      "LP-DNS-SERVERS-DIFFER(w) LP-WALK-OK(i)" },
    { "one more record", "out", "set servers 2\ndns1 access A 203.0.113.10; 203.0.113.11\n",
      "LP-DNS-SERVERS-DIFFER(w) LP-WALK-OK(i)" },
    { "one does not have it", "out", "set servers 2\ndns1 sip ANY nxdomain\n",
      "LP-DNS-SERVERS-DIFFER(w) LP-DNS-SERVERS-DIFFER(w<) LP-WALK-OK(i)" },
    { "random labels need not agree", "out", "set servers 2\ndns1 zq7x3wq9 A 203.0.113.80\n",
      "LP-WALK-OK(i)" },

    /* inside addresses outside */
    { "RFC 1918", "out", "dns access A 10.0.0.5\ntcp 10.0.0.5:443 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-PORT-FILTERED(c<) LP-WALK-FALLBACK(w<)" },
    { "unique local", "out", "dns access AAAA fd00::5\ntcp fd00::5:443 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-PORT-FILTERED(c<) LP-PORT-POOL-PARTIAL(c<) LP-WALK-OK(i)" },
    { "loopback", "out",
      "dns lyncdiscover A 127.0.0.1\ntcp 127.0.0.1:80 blocked\n"
      "tcp 127.0.0.1:443 blocked\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-RUN-BLOCKED(w<) LP-RUN-BLOCKED(w<) LP-WALK-OK(i)" },
    { "at a step that is not reached", "out",
      "dns sip A 192.168.7.7\n"
      "tcp 192.168.7.7:443 timeout\ntcp 192.168.7.7:5061 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(w) LP-PORT-FILTERED(w<) LP-PORT-FILTERED(w<) LP-WALK-OK(i)" },
    { "inside it is right", "in", NULL, "LP-WALK-OK(i)" },
    { "--allow-net makes it public", "out",
      "set allow 10.0.0.0/8\ndns access A 10.0.0.5\ntcp 10.0.0.5:443 tls=edge sip=401\n",
      "LP-WALK-OK(i)" },
    { "one trouble for two names", "out",
      "dns access A 10.0.0.5\ndns sip A 10.0.0.6\n"
      "tcp 10.0.0.5:443 timeout\ntcp 10.0.0.6:443 timeout\ntcp 10.0.0.6:5061 timeout\n",
      "LP-DNS-INTERNAL-ADDRESS(c) LP-DNS-INTERNAL-ADDRESS(c<) LP-PORT-FILTERED(c<) "
      "LP-PORT-FILTERED(c<) LP-PORT-FILTERED(c<) LP-WALK-FAILS(c<)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *subject, *expected, *observed;
} texts[] = {
    { WWW, "LP-DNS-WILDCARD", "*.contoso.example A", "NXDOMAIN for a name that nobody entered",
      "zq7x3wq9.contoso.example has the address 203.0.113.80" },
    { "dns * CNAME alias www.hoster.example.", "LP-DNS-WILDCARD", "*.contoso.example A",
      "NXDOMAIN for a name that nobody entered",
      "zq7x3wq9.contoso.example is an alias of www.hoster.example" },
    { "set only 6\ndns * AAAA 2001:db8::80", "LP-DNS-WILDCARD", "*.contoso.example AAAA",
      "NXDOMAIN for a name that nobody entered",
      "zq7x3wq9.contoso.example has the address 2001:db8::80" },
    { "set servers 2\ndns1 access A 203.0.113.99", "LP-DNS-SERVERS-DIFFER",
      "access.contoso.example A", "the same answer as first: 203.0.113.10",
      "second: 203.0.113.99" },
    { "set servers 2\ndns1 _sip._tls ANY servfail", "LP-DNS-SERVERS-DIFFER",
      "_sip._tls.contoso.example SRV", "the same answer as first: 443 access.contoso.example",
      "second: servfail" },
    { "dns access A 10.0.0.5", "LP-DNS-INTERNAL-ADDRESS", "access.contoso.example A",
      "a public address", "10.0.0.5" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, texts[_i].subject);
    ck_assert_msg(f != NULL, "%s %s", texts[_i].id, texts[_i].subject);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_gt(f->evidence.n, 0);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_zone(void)
{
    Suite *suite = suite_create("zone");
    TCase *tc = tcase_create("zone");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
