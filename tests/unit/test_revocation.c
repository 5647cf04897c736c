/* test_revocation.c - lists that certificates name: when they are asked for, and findings */
#include <check.h>

#include "lp/crl.h"
#include "stage.h"

Suite *lp_suite_revocation(void);

#define LIST(word) "page http://ca.example/ca.crl " word "\n"

static const struct stage_case cases[] = {
    { "good", "out", LIST("good"), "LP-WALK-OK(i)" },
    { "revoked", "out", LIST("revoked"),
      "LP-CERT-REVOKED(c) LP-CERT-REVOKED(c<) LP-CERT-REVOKED(c<) LP-CERT-REVOKED(w<) "
      "LP-CERT-REVOKED(c) LP-CERT-REVOKED(w<) LP-CERT-REVOKED(w<) LP-WALK-OK(i)" },
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

/* Once for all certificates, after everything else. */
START_TEST(one_list_is_asked_once)
{
    struct stage s;
    size_t lists = 0, at = 0, last = 0; /* last: of all that gives certificates with a list */
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    for (size_t i = 0; i < s.logs.log.n; i++) {
        const struct lp_evidence *e = s.logs.log.at[i];
        if (lp_str_starts_nocase(e->key, "crl ")) {
            lists++;
            at = i;
            ck_assert_uint_eq(((const struct lp_crl_facts *)e->facts)->crl.entries.n, 2);
        }
        if (lp_str_starts_nocase(e->key, "sip ") || lp_str_starts_nocase(e->key, "autodiscover "))
            last = i;
    }
    ck_assert_uint_eq(lists, 1);
    ck_assert_uint_gt(at, last);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_revocation(void)
{
    Suite *s = suite_create("revocation");
    TCase *t = tcase_create("revocation");

    tcase_add_loop_test(t, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(t, in_words, 0, (int)LP_COUNT(words));
    tcase_add_test(t, one_list_is_asked_once);
    suite_add_tcase(s, t);
    return s;
}
