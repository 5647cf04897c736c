/* test_sentence.c - one sentence: can a user sign in, where does the client stop, why */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_sentence(void);

#define EDGE(how) "tcp 203.0.113.10:443 " how "\n"
#define BOTH(how) EDGE(how) "tcp 203.0.113.10:5061 " how "\n"
#define AD_CLOSED "tcp 203.0.113.20:80 refused\ntcp 203.0.113.20:443 refused\n"

static const struct {
    const char *base, *changes, *sentence;
} rows[] = {
    /* good */
    { "out", NULL,
      "contoso.example: a user outside can sign in: step b (lyncdiscover.contoso.example) leads to "
      "access.contoso.example:443." },
    { "in", NULL,
      "contoso.example: a user inside can sign in: step 1 (lyncdiscoverinternal.contoso.example) "
      "leads to pool.contoso.example:5061." },
    { "out", "set client federation",
      "contoso.example: a federated partner can connect: step 1 "
      "(_sipfederationtls._tcp.contoso.example) leads to access.contoso.example:5061." },

    /* good, but */
    { "out", "tcp 203.0.113.10:443 tls=edge v=TLSv1 sip=401",
      "contoso.example: a user outside can sign in at access.contoso.example:443 by step b "
      "(lyncdiscover.contoso.example), but nothing newer than TLS 1.1 is offered: "
      "access.contoso.example:443 203.0.113.10, works, but only TLSv1." },
    { "out", AD_CLOSED,
      "contoso.example: a user outside can sign in at access.contoso.example:443 by step e "
      "(_sip._tls.contoso.example), but the port refuses the connection: "
      "lyncdiscover.contoso.example:80 203.0.113.20, refuses the connection." },
    /* one node of a pool down: the others serve */
    { "in", "dns pool A 10.0.0.11; 10.0.0.12; 10.0.0.13",
      "contoso.example: a user inside can sign in at pool.contoso.example:5061 by step 1 "
      "(lyncdiscoverinternal.contoso.example), but some addresses behind the name answer, some do "
      "not: pool.contoso.example:5061, 2 answer, not 10.0.0.13." },
    { "in",
      "dns sip ANY nxdomain\ntcp 10.0.0.12:5061 tls=old sip=401\n"
      "cert old names=pool,sip ca=private days=-1\n",
      "contoso.example: a user inside can sign in at pool.contoso.example:5061 by step 1 "
      "(lyncdiscoverinternal.contoso.example), but the certificate has expired: "
      "pool.contoso.example:5061 10.0.0.12, ended on 23 Nov 2025, 1 day ago." },
    /* soon is not now */
    { "out", "cert edge names=access,sip days=5",
      "contoso.example: a user outside can sign in at access.contoso.example:443 by step b "
      "(lyncdiscover.contoso.example), but the certificate expires soon: "
      "access.contoso.example:443 203.0.113.10, ends on 29 Nov 2025, 5 days left." },

    /* the endpoint answers, and clients refuse it, or it refuses them */
    { "out", "cert edge names=access,sip days=-3",
      "contoso.example: a user outside cannot sign in: the client reaches "
      "access.contoso.example:443 by step b (lyncdiscover.contoso.example), but the certificate "
      "has expired: access.contoso.example:443 203.0.113.10, ended on 21 Nov 2025, 3 days ago." },
    { "out", BOTH("tls=edge sip=503"),
      "contoso.example: a user outside cannot sign in: the client reaches "
      "access.contoso.example:443 by step b (lyncdiscover.contoso.example), but REGISTER is "
      "answered with an error: access.contoso.example:443 203.0.113.10, status 503." },
    { "out", "cert proxy names=webext,lyncdiscover ca=unknown",
      "contoso.example: a user outside cannot sign in: the client reaches "
      "access.contoso.example:443 by step b (lyncdiscover.contoso.example), but the chain ends at "
      "no trusted root: webext.contoso.example:443 203.0.113.20, unable to get local issuer "
      "certificate at depth 0; the last certificate of the chain is issued by CN=unknown root." },
    /* ... and what it says is why, not what merely stands first */
    { "out",
      "dns * A 203.0.113.80\ndns sipinternal ANY nxdomain\n"
      "dns lyncdiscoverinternal ANY nxdomain\ndns sipexternal ANY nxdomain\n"
      "cert edge names=access,sip days=-3\n",
      "contoso.example: a user outside cannot sign in: the client reaches "
      "access.contoso.example:443 by step b (lyncdiscover.contoso.example), but the certificate "
      "has expired: access.contoso.example:443 203.0.113.10, ended on 21 Nov 2025, 3 days ago." },

    /* no endpoint */
    { "out", BOTH("timeout"),
      "contoso.example: a user outside cannot sign in: the client stops at step e "
      "(_sip._tls.contoso.example); the port gives no answer: access.contoso.example:443 "
      "203.0.113.10, gives no answer." },
    { "out",
      "dns * A 203.0.113.80\ndns sipinternal ANY nxdomain\n"
      "dns lyncdiscoverinternal ANY nxdomain\ndns sipexternal ANY nxdomain\n" BOTH("timeout"),
      "contoso.example: a user outside cannot sign in: the client stops at step e "
      "(_sip._tls.contoso.example); the port gives no answer: access.contoso.example:443 "
      "203.0.113.10, gives no answer." },
    { "out", BOTH("tls=edge mtls"),
      "contoso.example: a user outside cannot sign in: the client stops at step e "
      "(_sip._tls.contoso.example); the server asks for a client certificate: "
      "access.contoso.example:443 203.0.113.10, asks for a client certificate and refuses without "
      "one (alert 116)." },
    { "out", EDGE("tls=edge mtls") "tcp 203.0.113.10:5061 refused\n",
      "contoso.example: a user outside cannot sign in: the client stops at step e "
      "(_sip._tls.contoso.example); the server asks for a client certificate: "
      "access.contoso.example:443 203.0.113.10, asks for a client certificate and refuses without "
      "one (alert 116)." },
    { "", NULL,
      "contoso.example: a user outside cannot sign in: no name of the client's order exists." },
    { "", "set client federation",
      "contoso.example: a federated partner cannot connect: no name of the client's order "
      "exists." },

    /* not known */
    { "out", BOTH("not-tried"),
      "contoso.example: it is undecided whether a user outside can sign in: the run ended before "
      "every question was asked: sip sip.contoso.example:5061 203.0.113.10, not-tried: deadline, "
      "and 3 more." },
};

START_TEST(sentence)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    ck_assert_str_eq(j.sentence.p, rows[_i].sentence);
    stage_end(&s);
}
END_TEST

/* Why and fix are those of the finding that the sentence names. */
static const struct {
    const char *changes, *id;
} named[] = {
    { NULL, NULL },
    { "tcp 203.0.113.20:80 refused", NULL }, /* info alone */
    { "cert edge names=access,sip days=-3", "LP-CERT-EXPIRED" },
    { "dns _sipinternaltls._tcp SRV 0 0 5061 access", "LP-DNS-INTERNAL-LEAK" },
    { "tcp 203.0.113.20:80 refused\ndns _sip._tls SRV 0 0 8443 access\n", "LP-DNS-SRV-PORT" },
    /* a missing record stands first in the report; the certificate keeps the user out */
    { "dns lyncdiscover ANY nxdomain\ncert edge names=access,sip days=-3\n", "LP-CERT-EXPIRED" },
    { "dns lyncdiscover ANY nxdomain\n", "LP-DNS-RECORD-MISSING" },
    { BOTH("tls=edge mtls"), "LP-TLS-CLIENT-CERT" },
};

START_TEST(why_and_fix)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, named[_i].changes);
    stage_judge(&s, &j);
    ck_assert_int_eq(j.why.p != NULL, named[_i].id != NULL);
    ck_assert_int_eq(j.fix.n != 0, named[_i].id != NULL);
    if (named[_i].id) {
        const struct lp_finding *f = stage_find(&j, named[_i].id, NULL);
        ck_assert_ptr_nonnull(f);
        ck_assert_ptr_eq(f, &j.findings[j.named]);
        ck_assert_ptr_eq(j.why.p, f->why.p);
        ck_assert_ptr_eq(j.fix.at, f->fix.at);
    }
    stage_end(&s);
}
END_TEST

Suite *lp_suite_sentence(void)
{
    Suite *suite = suite_create("sentence");
    TCase *tc = tcase_create("sentence");
    tcase_add_loop_test(tc, sentence, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tc, why_and_fix, 0, (int)LP_COUNT(named));
    suite_add_tcase(suite, tc);
    return suite;
}
