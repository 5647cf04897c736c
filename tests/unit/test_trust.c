/* test_trust.c - findings about chains against the stores */
#include <check.h>

#include "stage.h"

Suite *lp_suite_trust(void);

#define EDGE(words) "cert edge names=access,sip " words "\n"
#define POOL(words) "cert pool names=pool,fe1,fe2,sip " words "\n"
#define TWICE(id) id "(c) " id "(w<) " id "(w<) LP-WALK-OK(i)"

static const struct stage_case cases[] = {
    /* outside */
    { "a public CA", "out", EDGE("ca=public"), "LP-WALK-OK(i)" },
    { "an unknown root", "out", EDGE("ca=unknown"), TWICE("LP-CERT-UNTRUSTED") },
    { "the private CA", "out", EDGE("ca=private"), TWICE("LP-CERT-WRONG-CA") },
    { "the private CA, and no --cacert", "out", "set private none\n" EDGE("ca=private"),
      TWICE("LP-CERT-UNTRUSTED") },
    { "self-signed", "out", EDGE("ca=self"), TWICE("LP-CERT-SELF-SIGNED") },
    { "self-signed, without revocation point", "out", EDGE("ca=self cdp=none"),
      "LP-CERT-SELF-SIGNED(c) LP-CERT-NO-CDP(w<) LP-CERT-SELF-SIGNED(w<) LP-CERT-SELF-SIGNED(w<) "
      "LP-CERT-NO-CDP(w<) LP-CERT-NO-CDP(w<) LP-WALK-OK(i)" },
    { "the web's chain", "out", "cert proxy names=webext,lyncdiscover ca=unknown",
      "LP-CERT-UNTRUSTED(c) LP-CERT-UNTRUSTED(c<) LP-CERT-UNTRUSTED(c<) LP-CERT-UNTRUSTED(w<) "
      "LP-WALK-OK(i)" },

    /* an intermediate that is not sent */
    { "another endpoint sends it", "out", EDGE("ca=public bare"),
      "LP-CERT-CHAIN-INCOMPLETE(w) LP-CERT-CHAIN-INCOMPLETE(w<) LP-CERT-CHAIN-INCOMPLETE(w<) "
      "LP-WALK-OK(i)" },
    { "nobody sends it: a public leaf alone", "out", EDGE("ca=unknown bare"),
      "LP-CERT-CHAIN-INCOMPLETE(w) LP-CERT-CHAIN-INCOMPLETE(w<) LP-CERT-CHAIN-INCOMPLETE(w<) "
      "LP-WALK-OK(i)" },
    { "a leaf alone of a company's CA", "out", EDGE("ca=unknown bare aia=ldap"),
      TWICE("LP-CERT-UNTRUSTED") },
    { "its revocation list in a directory", "out", EDGE("ca=unknown bare cdp=ldap"),
      "LP-CERT-UNTRUSTED(c) LP-CERT-UNTRUSTED(w<) LP-CERT-UNTRUSTED(w<) LP-CERT-NO-CDP(w) "
      "LP-CERT-NO-CDP(w<) LP-CERT-NO-CDP(w<) LP-WALK-OK(i)" },

    /* inside */
    { "the private CA inside", "in", POOL("ca=private"), "LP-WALK-OK(i)" },
    { "a public CA inside", "in", POOL("ca=public"),
      "LP-CERT-WRONG-CA(i) LP-CERT-WRONG-CA(i<) LP-CERT-WRONG-CA(i<) LP-CERT-WRONG-CA(i<) "
      "LP-WALK-OK(i)" },
    { "a public CA inside, and no --cacert", "in",
      "set private none\n" POOL(
          "ca=public") "cert web names=webint,lyncdiscoverinternal ca=public\n",
      "LP-WALK-OK(i)" },
    { "an unknown root inside", "in", "dns sip ANY nxdomain\n" POOL("ca=unknown"),
      "LP-CERT-UNTRUSTED(c) LP-CERT-UNTRUSTED(c<) LP-WALK-OK(i)" },
    { "a leaf alone inside, of a CA that is no root by its name", "in",
      "dns sip ANY nxdomain\n" POOL("ca=unknown bare"),
      "LP-CERT-CHAIN-INCOMPLETE(w) LP-CERT-CHAIN-INCOMPLETE(w<) LP-WALK-OK(i)" },
    { "... and no root of the company's is known", "in",
      "set private none\ndns sip ANY nxdomain\n" POOL("ca=unknown bare"),
      "LP-CERT-UNTRUSTED(c) LP-CERT-UNTRUSTED(c<) LP-CERT-UNTRUSTED(c<) LP-CERT-UNTRUSTED(w<) "
      "LP-CERT-UNTRUSTED(c) LP-CERT-UNTRUSTED(c<) LP-WALK-OK(i)" },
    { "a leaf alone inside, whose CA others show", "in",
      "dns sip ANY nxdomain\n" POOL("ca=private bare"),
      "LP-CERT-CHAIN-INCOMPLETE(w) LP-CERT-CHAIN-INCOMPLETE(w<) LP-WALK-OK(i)" },

    { "no store at all", "out", "set private none\nset public none\n" EDGE("ca=unknown"),
      "LP-WALK-OK(i)" },
    { "what cannot be read is not verified", "out", EDGE("ca=unknown unreadable"),
      TWICE("LP-CERT-BAD-ENCODING") },
};

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *expected, *observed;
} texts[] = {
    { EDGE("ca=unknown"), "LP-CERT-UNTRUSTED",
      "a chain that ends at a root of --cacert or the public store",
      "unable to get local issuer certificate at depth 0; the last certificate of the chain is "
      "issued by CN=unknown root" },
    { "set private none\n" EDGE("ca=private"), "LP-CERT-UNTRUSTED",
      "a chain that ends at a root of the public store",
      "unable to get local issuer certificate at depth 0; the last certificate of the chain is "
      "issued by CN=private root" },
    { EDGE("ca=private"), "LP-CERT-WRONG-CA", "a certificate of a public CA",
      "the chain ends at CN=private root" },
    { EDGE("ca=self"), "LP-CERT-SELF-SIGNED", "a certificate issued by a CA",
      "issuer and subject are both CN=access.contoso.example" },
    { EDGE("ca=public bare"), "LP-CERT-CHAIN-INCOMPLETE",
      "the intermediate certificate CN=public issuing CA sent along",
      "1 certificate sent, without it" },
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

Suite *lp_suite_trust(void)
{
    Suite *suite = suite_create("trust");
    TCase *tc = tcase_create("trust");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
