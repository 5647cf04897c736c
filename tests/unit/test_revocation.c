/* test_revocation.c - lists that certificates name: when they are asked for, and findings */
#include <check.h>

#include "lp/crl.h"
#include "stage.h"

Suite *lp_suite_revocation(void);

/* The Edge names a responder; its CA's list as it is, or none at all. */
#define EDGE(words) "cert edge names=access,sip ca=public " words "\n"
#define OCSP(word) EDGE("ocsp") "page http://ca.example/ocsp* " word "\n"
#define OCSP_ALONE(word) EDGE("ocsp cdp=none") "page http://ca.example/ocsp* " word "\n"

#define LIST(word) "page http://ca.example/ca.crl " word "\n"

#define EDGE_REVOKED "LP-CERT-REVOKED(c) LP-CERT-REVOKED(w<) LP-CERT-REVOKED(w<) LP-WALK-OK(i)"
#define ALL_REVOKED                                                                   \
    "LP-CERT-REVOKED(c) LP-CERT-REVOKED(c<) LP-CERT-REVOKED(c<) LP-CERT-REVOKED(w<) " \
    "LP-CERT-REVOKED(c) LP-CERT-REVOKED(w<) LP-CERT-REVOKED(w<) LP-WALK-OK(i)"
#define EDGE_UNCHECKED "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)"
#define EDGE_STAPLE                                                                    \
    "LP-CERT-STAPLE-INVALID(w) LP-CERT-STAPLE-INVALID(w<) LP-CERT-STAPLE-INVALID(w<) " \
    "LP-WALK-OK(i)"

static const struct stage_case cases[] = {
    { "good", "out", LIST("good"), "LP-WALK-OK(i)" },
    { "revoked", "out", LIST("revoked"), ALL_REVOKED },
    { "out of date", "out", LIST("old"), "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "of another signer", "out", LIST("forged"), "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "no list", "out", LIST("garbage"), "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "not found", "out", LIST("404"), "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "its host is nowhere", "out", "dns ca.example. ANY nxdomain\n",
      "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "its port is closed", "out", "tcp 198.51.100.30:80 refused\n",
      "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "not tried", "out", "tcp 198.51.100.30:80 not-tried\n", "LP-RUN-DEADLINE(c) LP-WALK-OK(i)" },
    { "by LDAP alone", "out", "cert edge names=access,sip ca=public cdp=ldap\n" LIST("404"),
      "LP-CERT-NO-CDP(w) LP-CERT-NO-CDP(w<) LP-CERT-NO-CDP(w<) LP-CERT-CRL-UNREACHABLE(w) "
      "LP-WALK-OK(i)" },
    { "OCSP: good", "out", OCSP("good"), "LP-WALK-OK(i)" },
    { "OCSP: good, no list is named", "out", OCSP_ALONE("good"), "LP-WALK-OK(i)" },
    { "OCSP: signature unknown", "out", OCSP_ALONE("unsigned"), "LP-WALK-OK(i)" },
    { "OCSP: revoked, though the list is good", "out", OCSP("revoked"), EDGE_REVOKED },
    { "OCSP: good, though the list says revoked", "out", OCSP("good") LIST("revoked"),
      ALL_REVOKED },
    { "OCSP: revoked, by nobody that is known", "out", OCSP_ALONE("forged"), EDGE_UNCHECKED },
    { "OCSP: an old answer", "out", OCSP_ALONE("old"), EDGE_UNCHECKED },
    { "OCSP: not known there", "out", OCSP_ALONE("unknown"), EDGE_UNCHECKED },
    { "OCSP: try later", "out", OCSP_ALONE("tryLater"), EDGE_UNCHECKED },
    { "OCSP: about another", "out", OCSP_ALONE("other"), EDGE_UNCHECKED },
    { "OCSP: not found", "out", OCSP_ALONE("404"), EDGE_UNCHECKED },
    { "OCSP: try later, and the list is good", "out", OCSP("tryLater"),
      "LP-CERT-CRL-UNREACHABLE(i) LP-WALK-OK(i)" },
    { "OCSP: good, and no list comes", "out", OCSP("good") LIST("404"),
      "LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" }, /* the proxy's certificate has only the list */
    { "OCSP: good, and no list comes: for both", "out",
      OCSP("good") "cert proxy names=webext,lyncdiscover,meet,dialin ca=public ocsp\n" LIST("404"),
      "LP-CERT-CRL-UNREACHABLE(i) LP-WALK-OK(i)" },
    { "neither comes", "out", OCSP("tryLater") LIST("404"),
      "LP-CERT-CRL-UNREACHABLE(w) LP-CERT-CRL-UNREACHABLE(w) LP-WALK-OK(i)" },
    { "a staple: good, and nobody answers", "out",
      EDGE("ocsp cdp=none staple=good") "page http://ca.example/ocsp* tryLater\n",
      "LP-CERT-CRL-UNREACHABLE(i) LP-WALK-OK(i)" },
    { "a staple: revoked", "out", EDGE("staple=revoked"), EDGE_REVOKED },
    { "a staple: old", "out", EDGE("staple=old"), EDGE_STAPLE },
    { "a staple: about another", "out", EDGE("staple=other"), EDGE_STAPLE },
    { "a staple: forged", "out", EDGE("staple=forged"), EDGE_STAPLE },
    { "a staple: no response", "out", EDGE("staple=no-response"), EDGE_STAPLE },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *word, *observed;
} words[] = {
    { "revoked", "access.contoso.example is revoked since 23 Nov 2025, key compromise" },
    { "unknown",
      "access.contoso.example is revoked since 23 Nov 2025, key compromise; the list's signature "
      "was not checked" },
    { "old", "out of date since 24 Nov 2025" },
    { "forged", "its signature is not that of the issuer" },
    { "garbage", "no CRL" },
    { "503", "status 503" },
};

START_TEST(in_words)
{
    struct stage s;
    struct lp_judgement j;
    struct lp_str line = { 0 };
    struct logs scratch;
    logs_begin(&scratch, "external");
    line = lp_arena_printf(&scratch.arena, LIST("%s"), words[_i].word);
    stage_begin(&s, stage_outside, line.p);
    stage_run(&s);
    stage_judge(&s, &j);
    const char *id = _i < 2 ? "LP-CERT-REVOKED" : "LP-CERT-CRL-UNREACHABLE";
    const struct lp_finding *f = stage_find(&j, id, _i < 2 ? "access" : "http://ca.example/ca.crl");
    ck_assert_ptr_nonnull(f);
    ck_assert_msg(stage_holds(f->observed, words[_i].observed), "%s", f->observed.p);
    stage_end(&s);
    logs_end(&scratch);
}
END_TEST

static const struct {
    const char *changes, *id, *subject, *observed;
} ocsp_words[] = {
    { OCSP("revoked"), "LP-CERT-REVOKED", "access",
      "access.contoso.example is revoked since 23 Nov 2025, superseded (OCSP answer)" },
    { EDGE("staple=revoked"), "LP-CERT-REVOKED", "access",
      "revoked since 23 Nov 2025, superseded (stapled OCSP answer)" },
    { OCSP_ALONE("old"), "LP-CERT-CRL-UNREACHABLE", "http://ca.example/ocsp",
      "out of date since 24 Nov 2025" },
    { OCSP_ALONE("unauthorized"), "LP-CERT-CRL-UNREACHABLE", "http://ca.example/ocsp",
      "unauthorized" },
    { OCSP_ALONE("unknown"), "LP-CERT-CRL-UNREACHABLE", "http://ca.example/ocsp",
      "the responder does not know the certificate" },
    { EDGE("staple=other"), "LP-CERT-STAPLE-INVALID", "access",
      "stapled: it is about another certificate" },
    { EDGE("staple=forged"), "LP-CERT-STAPLE-INVALID", "access",
      "stapled: its signature is not that of the issuer" },
};

START_TEST(ocsp_in_words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, ocsp_words[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, ocsp_words[_i].id, ocsp_words[_i].subject);
    ck_assert_ptr_nonnull(f);
    ck_assert_msg(stage_holds(f->observed, ocsp_words[_i].observed), "%s", f->observed.p);
    stage_end(&s);
}
END_TEST

/* A host that comes late, with a certificate of its own that names the same list. */
#define LATE                                                                            \
    "dns hop A 203.0.113.21\n"                                                          \
    "tcp 203.0.113.21:443 tls=hop web\n"                                                \
    "cert hop names=hop,lyncdiscover ca=public\n"                                       \
    "page https://lyncdiscover.contoso.example/ 302 https://webext.contoso.example/a\n" \
    "page https://webext.contoso.example/a 302 https://webext.contoso.example/b\n"      \
    "page https://webext.contoso.example/b 302 https://hop.contoso.example/\n"

/* The lists (or answers) that were fetched, and how many things were known after the first. */
static size_t count_of(const char *probe, const char *changes, size_t *later)
{
    struct stage s;
    size_t lists = 0;
    *later = 0;
    stage_begin(&s, stage_outside, changes);
    stage_run(&s);
    for (size_t i = 0; i < s.logs.log.n; i++) {
        const struct lp_evidence *e = s.logs.log.at[i];
        bool is_list = lp_str_starts_nocase(e->key, probe);
        lists += is_list;
        *later += lists && !is_list;
    }
    stage_end(&s);
    return lists;
}

/* Once for all certificates, and not after everything else: the walk waits for nobody. */
START_TEST(one_list_is_asked_once)
{
    size_t later;
    ck_assert_uint_eq(count_of("crl ", LATE, &later), 1);
    ck_assert_uint_gt(later, 0);
}
END_TEST

/* One that is too long to be kept is asked again about certificates that came later. */
START_TEST(a_long_list_is_asked_again)
{
    size_t later;
    ck_assert_uint_eq(count_of("crl ",
                               LATE "page http://ca.example/ca.crl revoked\n"
                                    "page http://ca.example/ca.crl#again revoked\n",
                               &later),
                      2);
}
END_TEST

/* The Edge is shown at three ports: one question. */
START_TEST(one_answer_is_asked_once)
{
    size_t later;
    ck_assert_uint_eq(count_of("ocsp ", OCSP("good"), &later), 1);
    ck_assert_uint_gt(later, 0);
}
END_TEST

/* Without the issuer's certificate nothing can be asked; another endpoint may have sent it. */
START_TEST(no_answer_without_an_issuer)
{
    size_t later;
    ck_assert_uint_eq(count_of("ocsp ", EDGE("ocsp bare ca=nobody"), &later), 0);
    ck_assert_uint_eq(count_of("ocsp ", EDGE("ocsp bare"), &later), 1);
}
END_TEST

Suite *lp_suite_revocation(void)
{
    Suite *s = suite_create("revocation");
    TCase *t = tcase_create("revocation");

    tcase_add_loop_test(t, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(t, in_words, 0, (int)LP_COUNT(words));
    tcase_add_loop_test(t, ocsp_in_words, 0, (int)LP_COUNT(ocsp_words));
    tcase_add_test(t, one_list_is_asked_once);
    tcase_add_test(t, one_answer_is_asked_once);
    tcase_add_test(t, no_answer_without_an_issuer);
    tcase_add_test(t, a_long_list_is_asked_again);
    suite_add_tcase(s, t);
    return s;
}
