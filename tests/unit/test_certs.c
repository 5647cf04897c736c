/* test_certs.c - findings about the certificate itself */
#include <check.h>

#include "stage.h"

Suite *lp_suite_certs(void);

#define EDGE(words) "cert edge names=access,sip " words "\n"
/* A reverse proxy that answers Autodiscover under another address than lyncdiscover's. */
#define APART                                                    \
    "dns lyncdiscover A 203.0.113.21\ntcp 203.0.113.21:80 web\n" \
    "tcp 203.0.113.21:443 tls=front web\ncert front names=lyncdiscover\n"

static const struct stage_case cases[] = {
    /* names */
    { "the target's name is missing", "out", "cert edge names=sip cn=none",
      "LP-CERT-NAME-MISMATCH(c) LP-WALK-OK(i)" },
    { "a name at an unreached step", "out", "cert edge names=access",
      "LP-CERT-NAME-MISMATCH(w) LP-CERT-NAME-MISMATCH(w<) LP-WALK-OK(i)" },
    { "no SAN at all", "out", "cert edge cn=access",
      "LP-CERT-NAME-MISMATCH(c) LP-CERT-SUBJECT-NOT-IN-SAN(w<) LP-CERT-NAME-MISMATCH(w<) "
      "LP-CERT-SUBJECT-NOT-IN-SAN(w<) LP-CERT-NAME-MISMATCH(w<) "
      "LP-CERT-SUBJECT-NOT-IN-SAN(w<) LP-WALK-OK(i)" },
    { "upper case in the SAN", "out", "cert edge names=ACCESS,SIP", "LP-WALK-OK(i)" },
    { "a wildcard covers the web", "out", "cert proxy names=*.contoso.example.", "LP-WALK-OK(i)" },
    { "a wildcard does not cover two labels", "out",
      "dns _sip._tls SRV 0 0 443 a.b\ndns a.b A 203.0.113.12\n"
      "tcp 203.0.113.12:443 tls=deep sip=401\ncert deep names=*.contoso.example.\n",
      "LP-CERT-NAME-MISMATCH(c) LP-CERT-WILDCARD(w) LP-WALK-OK(i)" },
    { "lyncdiscover by http alone", "out", "cert proxy names=webext",
      "LP-CERT-NAME-MISMATCH(w) LP-WALK-OK(i)" },
    { "where the redirects lead", "out", APART "cert proxy names=meet",
      "LP-CERT-NAME-MISMATCH(c) LP-CERT-NAME-MISMATCH(c<) LP-CERT-NAME-MISMATCH(c<) "
      "LP-WALK-OK(i)" },
    { "an alias into the hosting cloud", "out",
      "dns sip CNAME alias sipdir.online.lync.com.\ndns sipdir.online.lync.com. A 203.0.113.51\n"
      "dns lyncdiscover ANY nxdomain\ndns _sip._tls ANY nxdomain\n"
      "dns _sipfederationtls._tcp ANY nxdomain\n"
      "tcp 203.0.113.51:443 tls=cloud sip=401\ncert cloud names=*.online.lync.com.\n",
      "LP-DNS-RECORD-MISSING(w) LP-DNS-RECORD-MISSING(w) LP-PORT-CLOSED(i) "
      "LP-CERT-NAME-MISMATCH(i) LP-WALK-OK(i)" },
    { "an alias elsewhere is no excuse", "out",
      "dns access CNAME alias edge.hoster.example.\ndns edge.hoster.example. A 203.0.113.12\n"
      "tcp 203.0.113.12:443 tls=other sip=401\ncert other names=edge.hoster.example.\n",
      "LP-DNS-SRV-TARGET-CNAME(w) LP-CERT-NAME-MISMATCH(c) LP-WALK-OK(i)" },

    /* subjects */
    { "the subject is not repeated", "out", EDGE("cn=edge01"),
      "LP-CERT-SUBJECT-NOT-IN-SAN(w) LP-CERT-SUBJECT-NOT-IN-SAN(w<) "
      "LP-CERT-SUBJECT-NOT-IN-SAN(w<) LP-WALK-OK(i)" },
    { "no subject", "out", EDGE("cn=none"), "LP-WALK-OK(i)" },
    { "a web subject of another domain", "out",
      "cert proxy names=webext,lyncdiscover,web.fabrikam.example. cn=web.fabrikam.example.",
      "LP-CERT-TRUST-PROMPT(w) LP-CERT-TRUST-PROMPT(w<) LP-CERT-TRUST-PROMPT(w<) "
      "LP-CERT-TRUST-PROMPT(w<) LP-WALK-OK(i)" },
    { "an Edge subject of another domain", "out",
      "cert edge names=access,sip,edge.fabrikam.example. cn=edge.fabrikam.example.",
      "LP-WALK-OK(i)" },
    { "a web subject with a wildcard of the domain", "out",
      "cert proxy names=*.contoso.example. cn=*.contoso.example.", "LP-WALK-OK(i)" },

    /* dates */
    { "ended", "out", EDGE("days=-3"),
      "LP-CERT-EXPIRED(c) LP-CERT-EXPIRED(w<) LP-CERT-EXPIRED(w<) LP-WALK-OK(i)" },
    { "begins later", "out", EDGE("began=-2"),
      "LP-CERT-NOT-YET-VALID(c) LP-CERT-NOT-YET-VALID(w<) LP-CERT-NOT-YET-VALID(w<) "
      "LP-WALK-OK(i)" },
    { "45 days left", "out", EDGE("days=45"), "LP-WALK-OK(i)" },
    { "44 days left", "out", EDGE("days=44"),
      "LP-CERT-EXPIRING(w) LP-CERT-EXPIRING(w<) LP-CERT-EXPIRING(w<) LP-WALK-OK(i)" },
    { "14 days left", "out", EDGE("days=14"),
      "LP-CERT-EXPIRING(w) LP-CERT-EXPIRING(w<) LP-CERT-EXPIRING(w<) LP-WALK-OK(i)" },
    { "13 days left", "out", EDGE("days=13"),
      "LP-CERT-EXPIRING(c) LP-CERT-EXPIRING(w<) LP-CERT-EXPIRING(w<) LP-WALK-OK(i)" },
    { "ends this very second", "out", EDGE("days=0"),
      "LP-CERT-EXPIRING(c) LP-CERT-EXPIRING(w<) LP-CERT-EXPIRING(w<) LP-WALK-OK(i)" },
    { "an intermediate has ended", "out", EDGE("ca-days=-1"),
      "LP-CERT-EXPIRED(c) LP-CERT-EXPIRED(w<) LP-CERT-EXPIRED(w<) LP-WALK-OK(i)" },
    { "an intermediate ends soon", "out", EDGE("ca-days=20"),
      "LP-CERT-EXPIRING(w) LP-CERT-EXPIRING(w<) LP-CERT-EXPIRING(w<) LP-WALK-OK(i)" },
    { "at http's back, where nobody needs it", "out",
      APART "cert front names=lyncdiscover days=-3\n", "LP-CERT-EXPIRED(w) LP-WALK-OK(i)" },

    /* usage, encoding */
    { "for clients only", "out", EDGE("eku=clientAuth"),
      "LP-CERT-EKU(c) LP-CERT-EKU(w<) LP-CERT-EKU(w<) LP-WALK-OK(i)" },
    { "for anything", "out", EDGE("eku=2.5.29.37.0"), "LP-WALK-OK(i)" },
    { "no usage at all", "out", EDGE("eku=none"), "LP-WALK-OK(i)" },
    { "a NUL in a name", "out", EDGE("bad=NUL-in-dNSName"),
      "LP-CERT-BAD-ENCODING(c) LP-CERT-BAD-ENCODING(w<) LP-CERT-BAD-ENCODING(w<) "
      "LP-WALK-OK(i)" },
    { "a NUL in the name that is needed", "out", "cert edge names=sip bad=NUL-in-dNSName",
      "LP-CERT-BAD-ENCODING(c) LP-CERT-NAME-MISMATCH(c<) LP-CERT-BAD-ENCODING(w<) "
      "LP-CERT-BAD-ENCODING(w<) LP-WALK-OK(i)" },
    { "not readable", "out", EDGE("unreadable"),
      "LP-CERT-BAD-ENCODING(c) LP-CERT-BAD-ENCODING(w<) LP-CERT-BAD-ENCODING(w<) "
      "LP-WALK-OK(i)" },

    /* nodes of one name */
    { "each node its own certificate", "in",
      "tcp 10.0.0.12:5061 tls=pool2 sip=401\ncert pool2 names=pool,fe2,sip ca=private\n",
      "LP-CERT-NODES-DIFFER(w) LP-CERT-NODES-DIFFER(w<) LP-WALK-OK(i)" },
    { "only one node's has ended", "in",
      "dns sip ANY nxdomain\n"
      "tcp 10.0.0.12:5061 tls=pool2 sip=401\ncert pool2 names=pool,fe2,sip ca=private days=-1\n",
      "LP-CERT-EXPIRED(c) LP-CERT-NODES-DIFFER(w) LP-WALK-OK(i)" },
    { "another port may have another", "out",
      "tcp 203.0.113.10:5061 tls=edge2 sip=401\ncert edge2 names=sip,access\n", "LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *expected, *observed;
} texts[] = {
    { "cert edge names=sip,b", "LP-CERT-NAME-MISMATCH", "access.contoso.example in the SAN",
      "sip.contoso.example, b.contoso.example" },
    { "cert edge names=a,b,c,d,e,f,g,h,i,j", "LP-CERT-NAME-MISMATCH",
      "access.contoso.example in the SAN",
      "a.contoso.example, b.contoso.example, c.contoso.example, d.contoso.example, "
      "e.contoso.example, f.contoso.example, g.contoso.example, h.contoso.example and 2 more" },
    { "cert edge cn=access", "LP-CERT-NAME-MISMATCH", "access.contoso.example in the SAN",
      "no SAN, only the subject access.contoso.example" },
    { "cert edge cn=none", "LP-CERT-NAME-MISMATCH", "access.contoso.example in the SAN", "no SAN" },
    { EDGE("cn=edge01"), "LP-CERT-SUBJECT-NOT-IN-SAN", "edge01.contoso.example in the SAN too",
      "access.contoso.example, sip.contoso.example" },
    { EDGE("days=-3"), "LP-CERT-EXPIRED", "a certificate that is in date",
      "ended on 21 Nov 2025, 3 days ago" },
    { EDGE("ca-days=-1"), "LP-CERT-EXPIRED", "a certificate that is in date",
      "CA certificate CN=public issuing CA: ended on 23 Nov 2025, 1 day ago" },
    { EDGE("began=-2"), "LP-CERT-NOT-YET-VALID", "a certificate that is in date",
      "begins on 26 Nov 2025" },
    { EDGE("days=13"), "LP-CERT-EXPIRING", "at least 45 days left",
      "ends on 7 Dec 2025, 13 days left" },
    { EDGE("eku=clientAuth"), "LP-CERT-EKU", "serverAuth in the extended key usage", "clientAuth" },
    { EDGE("bad=NUL-in-dNSName"), "LP-CERT-BAD-ENCODING", "names of plain printable text",
      "NUL-in-dNSName" },
    { EDGE("unreadable"), "LP-CERT-BAD-ENCODING", "names of plain printable text",
      "a certificate that cannot be read" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, "access");
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->subject.p, "access.contoso.example:443 203.0.113.10");
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_ge(f->evidence.n, 2); /* the connection and the certificate */
    stage_end(&s);
}
END_TEST

/* The fix names every name that the certificate must have: those it has, and the hosts at
   which it was shown, all gaps at once. */
START_TEST(all_names_at_once)
{
    struct stage s;
    struct lp_judgement j;
    bool all = false;
    stage_begin(&s, stage_outside, "cert edge names=conf");
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-CERT-NAME-MISMATCH", "access");
    const struct lp_str *fix = f->fix.at;
    for (size_t i = 0; i < f->fix.n; i++)
        all |= stage_holds(fix[i], "conf.contoso.example") &&
               stage_holds(fix[i], "access.contoso.example") &&
               stage_holds(fix[i], "sip.contoso.example");
    ck_assert(all);
    stage_end(&s);
}
END_TEST

#define CROSS "feed0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab"

/* A root signed by an older one that has ended: clients have the root itself. */
static void add_cross_signed(struct stage *s, struct lp_evidence *e, struct lp_str subject)
{
    struct lp_link *link = e->facts;
    struct lp_str *chain = lp_arena_array(&s->logs.arena, 3, sizeof *chain);
    struct lp_ask ask = { .key = LP_STR("certificate " CROSS), .shape = &lp_shape_certificate };
    struct lp_certificate *cert = logs_add(&s->logs, &ask, LP_OK)->facts;
    *cert = (struct lp_certificate){ .sha256 = LP_STR(CROSS),
                                     .readable = true,
                                     .subject = subject,
                                     .issuer = LP_STR("CN=old root"),
                                     .not_before = 0,
                                     .not_after = LOGS_CLOCK - 86400,
                                     .key_type = LP_STR("RSA"),
                                     .key_bits = 4096,
                                     .is_ca = true };
    chain[0] = ((const struct lp_str *)link->chain.at)[0];
    chain[1] = ((const struct lp_str *)link->chain.at)[1];
    chain[2] = cert->sha256;
    link->chain = (struct lp_list){ chain, 3 };
}

START_TEST(cross_signed_root)
{
    static const struct {
        const char *subject, *ids;
    } rows[] = {
        { "CN=public root", "LP-CERT-EXPIRED(i) LP-WALK-OK(i)" },
        { "CN=public issuing CA 2", "LP-CERT-EXPIRED(c) LP-WALK-OK(i)" },
    };
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    add_cross_signed(&s, (struct lp_evidence *)e, lp_str_of(rows[_i].subject));
    stage_judge(&s, &j);
    ck_assert_str_eq(stage_ids(&s, &j), rows[_i].ids);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_certs(void)
{
    Suite *suite = suite_create("certs");
    TCase *tc = tcase_create("certs");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    tcase_add_test(tc, all_names_at_once);
    tcase_add_loop_test(tc, cross_signed_root, 0, 2);
    suite_add_tcase(suite, tc);
    return suite;
}
