/* test_quality.c - findings about keys, signatures, revocation points, wildcards */
#include <check.h>

#include "stage.h"

Suite *lp_suite_quality(void);

#define EDGE(words) "cert edge names=access,sip " words "\n"
#define THRICE(id) id "(w) " id "(w<) " id "(w<) LP-WALK-OK(i)"

static const struct stage_case cases[] = {
    /* keys */
    { "RSA 1024", "out", EDGE("key=RSA:1024"), THRICE("LP-CERT-WEAK-KEY") },
    { "RSA 2047", "out", EDGE("key=RSA:2047"), THRICE("LP-CERT-WEAK-KEY") },
    { "RSA 2048", "out", EDGE("key=RSA:2048"), "LP-WALK-OK(i)" },
    { "RSA-PSS 1024", "out", EDGE("key=RSA-PSS:1024"), THRICE("LP-CERT-WEAK-KEY") },
    { "a curve of 224", "out", EDGE("key=EC:224"), THRICE("LP-CERT-WEAK-KEY") },
    { "a curve of 256", "out", EDGE("key=EC:256"), "LP-WALK-OK(i)" },
    { "Ed25519", "out", EDGE("key=Ed25519:253"), "LP-WALK-OK(i)" },

    /* signatures */
    { "SHA-1", "out", EDGE("sig=SHA1"), THRICE("LP-CERT-WEAK-SIGNATURE") },
    { "MD5", "out", EDGE("sig=MD5"), THRICE("LP-CERT-WEAK-SIGNATURE") },
    { "SHA-384", "out", EDGE("sig=SHA384"), "LP-WALK-OK(i)" },
    { "a root signs itself as it likes", "out", EDGE("sig=SHA1 ca=self"),
      "LP-CERT-SELF-SIGNED(c) LP-CERT-SELF-SIGNED(w<) LP-CERT-SELF-SIGNED(w<) LP-WALK-OK(i)" },
    { "RSASSA-PSS", "out", EDGE("pss"), THRICE("LP-CERT-PSS") },

    /* revocation */
    { "no distribution point", "out", EDGE("cdp=none"), THRICE("LP-CERT-NO-CDP") },
    { "one in a directory only", "out", EDGE("cdp=ldap"), THRICE("LP-CERT-NO-CDP") },

    /* wildcards */
    { "in the Edge's SAN", "out", "cert edge names=access,sip,*.contoso.example.",
      THRICE("LP-CERT-WILDCARD") },
    { "in place of the Edge's names", "out", "cert edge names=*.contoso.example.",
      THRICE("LP-CERT-WILDCARD") },
    { "as the Edge's subject", "out", "cert edge names=access,sip cn=*.contoso.example.",
      "LP-CERT-SUBJECT-NOT-IN-SAN(w) LP-CERT-SUBJECT-NOT-IN-SAN(w<) "
      "LP-CERT-SUBJECT-NOT-IN-SAN(w<) LP-CERT-WILDCARD(w) LP-CERT-WILDCARD(w<) "
      "LP-CERT-WILDCARD(w<) LP-WALK-OK(i)" },
    { "at the reverse proxy", "out", "cert proxy names=webext,*.contoso.example.",
      "LP-WALK-OK(i)" },
    { "in a pool's SAN beside its own names", "in",
      "cert pool names=pool,sip,*.contoso.example. ca=private", "LP-WALK-OK(i)" },
    { "in place of the pool's names", "in",
      "dns sip ANY nxdomain\ncert pool names=*.contoso.example. cn=none ca=private",
      "LP-CERT-WILDCARD(w) LP-CERT-WILDCARD(w<) LP-WALK-OK(i)" },
    { "of the hosting cloud", "out",
      "dns lyncdiscover ANY nxdomain\ndns sip ANY nxdomain\n"
      "dns _sipfederationtls._tcp ANY nxdomain\n"
      "dns _sip._tls SRV 100 1 443 sipdir.online.lync.com.\n"
      "dns sipdir.online.lync.com. A 203.0.113.51\n"
      "tcp 203.0.113.51:443 tls=cloud sip=401\ncert cloud names=*.online.lync.com.\n",
      "LP-DNS-RECORD-MISSING(w) LP-DNS-RECORD-MISSING(w) LP-WALK-OK(i)" },

    /* several at once, each by itself */
    { "old in every way", "out", EDGE("key=RSA:1024 sig=SHA1 cdp=none"),
      "LP-CERT-WEAK-KEY(w) LP-CERT-WEAK-KEY(w<) LP-CERT-WEAK-KEY(w<) "
      "LP-CERT-WEAK-SIGNATURE(w) LP-CERT-WEAK-SIGNATURE(w<) LP-CERT-WEAK-SIGNATURE(w<) "
      "LP-CERT-NO-CDP(w) LP-CERT-NO-CDP(w<) LP-CERT-NO-CDP(w<) LP-WALK-OK(i)" },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *expected, *observed;
} texts[] = {
    { EDGE("key=RSA:1024"), "LP-CERT-WEAK-KEY", "RSA of 2048 bits, or a curve of 256, at least",
      "RSA key of 1024 bits" },
    { EDGE("sig=SHA1"), "LP-CERT-WEAK-SIGNATURE", "a SHA-2 signature", "sha256WithRSAEncryption" },
    { EDGE("pss"), "LP-CERT-PSS", "an RSA PKCS#1 v1.5 or ECDSA signature", "rsassaPss" },
    { EDGE("cdp=none"), "LP-CERT-NO-CDP", "a CRL distribution point by http",
      "no CRL distribution point" },
    { EDGE("cdp=ldap"), "LP-CERT-NO-CDP", "a CRL distribution point by http",
      "only ldap:///CN=ca,DC=contoso" },
    { "cert edge names=*.contoso.example.,sip", "LP-CERT-WILDCARD",
      "access.contoso.example itself in the SAN, and no wildcard", "*.contoso.example in the SAN" },
    { "cert edge names=access,sip cn=*.contoso.example.", "LP-CERT-WILDCARD",
      "access.contoso.example itself in the SAN, and no wildcard", "subject *.contoso.example" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, "access");
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    stage_end(&s);
}
END_TEST

/* The issuing CA's key and signature count too, its root's do not. */
START_TEST(of_the_chain)
{
    static const struct {
        bool root;
        const char *first;
    } rows[] = { { false, "CA certificate CN=public issuing CA: RSA key of 1024 bits" },
                 { true, NULL } };
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    const struct lp_evidence *e =
        lp_log_find(&s.logs.log, LP_STR("sip access.contoso.example:443 203.0.113.10"));
    const struct lp_str *chain = lp_link_of(e)->chain.at;
    struct lp_certificate *ca = (struct lp_certificate *)lp_log_certificate(&s.logs.log, chain[1]);
    ca->digest = LP_STR("SHA1");
    ca->self_issued = rows[_i].root;
    ca->key_bits = rows[_i].root ? 2048 : 1024;
    stage_judge(&s, &j);
    ck_assert_int_eq(stage_find(&j, "LP-CERT-WEAK-SIGNATURE", "access") != NULL, !rows[_i].root);
    const struct lp_finding *f = stage_find(&j, "LP-CERT-WEAK-KEY", "access");
    ck_assert_int_eq(f != NULL, !rows[_i].root);
    if (f)
        ck_assert_str_eq(f->observed.p, rows[_i].first);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_quality(void)
{
    Suite *suite = suite_create("quality");
    TCase *tc = tcase_create("quality");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    tcase_add_loop_test(tc, of_the_chain, 0, 2);
    suite_add_tcase(suite, tc);
    return suite;
}
