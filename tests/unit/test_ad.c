/* test_ad.c - where Autodiscover answers lead: redirects, roots, documents, chains */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "logs.h"
#include "lp/plan.h"

Suite *lp_suite_ad(void);

#define FIRST "http://lyncdiscover.contoso.example/"
#define ROOT_XML AD_ROOT_OF("External", "webext.contoso.example")
#define ROOT_URL "https://webext.contoso.example" AD_SERVICE
#define ROOT_JSON                                                                          \
    "{\"AccessLocation\":\"External\",\"Root\":{\"Links\":[{\"href\":\"https:\\/\\/webext" \
    ".contoso.example\\/d\",\"token\":\"Domain\"}]}}"
#define ROOT_HAL "{\"_links\":{\"self\":{\"href\":\"/r\"},\"user\":{\"href\":\"/u\"}}}"
#define ADDRESS "203.0.113.20"

static struct logs l;
static struct lp_survey survey;

static void set_up(void)
{
    logs_begin(&l, "external");
    survey = (struct lp_survey){ .log = &l.log, .arena = &l.arena, .internal = false };
}

static void tear_down(void)
{
    logs_end(&l);
}

/* ---- one answer ---- */

/* Where it redirects to: a URL, "!href" for what is not followed, NULL for nothing. */
static const struct {
    const char *url, *body, *to;
    bool root;
} answers[] = {
    { FIRST, AD_REDIRECT(ROOT_URL), ROOT_URL, false },
    { FIRST, AD_REDIRECT("HTTPS://WebExt.Contoso.Example:443/x"),
      "https://webext.contoso.example/x", false },
    { FIRST, AD_REDIRECT("/root"), "http://lyncdiscover.contoso.example/root", false },
    { FIRST, AD_REDIRECT("ftp://webext.contoso.example/x"), "!ftp://webext.contoso.example/x",
      false },
    { FIRST, AD_REDIRECT("https://user@webext.contoso.example/"),
      "!https://user@webext.contoso.example/", false },
    { FIRST, "302 https://webext.contoso.example/x", "https://webext.contoso.example/x", false },
    { FIRST, "301 /x", "http://lyncdiscover.contoso.example/x", false },
    { FIRST, "307 //webext.contoso.example/x", "http://webext.contoso.example/x", false },
    { FIRST, "302 javascript:alert(1)", "!javascript:alert(1)", false },
    { FIRST, "302", NULL, false },
    { FIRST, ROOT_XML, NULL, true },
    { FIRST, ROOT_JSON, NULL, true },
    { FIRST, ROOT_HAL, NULL, true },
    { FIRST, "{\"_links\":{\"redirect\":{\"href\":\"https://webdir.online.lync.com/r\"}}}",
      "https://webdir.online.lync.com/r", false },
    /* a Redirect beside User or Domain links is none (domain.md 2.3) */
    { FIRST, AD_XML("External", "<Root>" AD_LINK("Redirect", "/x") AD_LINK("User", "/u") "</Root>"),
      NULL, true },
    { FIRST, AD_XML("External", "<Root></Root>"), NULL, false },
    { FIRST, "<html><body>IIS</body></html>", NULL, false },
    { FIRST, "404", NULL, false },
    { FIRST, "500 " ROOT_XML, NULL, false },
    { FIRST, "401 " AD_REDIRECT("/x"), NULL, false },
    { FIRST, "", NULL, false },
};

START_TEST(of_one_answer)
{
    struct lp_evidence *e = logs_web(&l, answers[_i].url, ADDRESS, answers[_i].body);
    struct lp_url to;
    struct lp_str bad;
    bool leads = lp_ad_redirect(e, &l.arena, &to, &bad);
    const char *want = answers[_i].to;
    ck_assert_int_eq(lp_ad_is_root(e), answers[_i].root);
    ck_assert_int_eq(leads, want && want[0] != '!');
    if (leads)
        ck_assert_str_eq(to.text.p, want);
    ck_assert_int_eq(bad.p != NULL, want && want[0] == '!');
    if (bad.p)
        ck_assert(lp_str_eq(bad, lp_str_of(want + 1)));
}
END_TEST

/* What a dead connection left in the facts leads nowhere. */
START_TEST(only_of_answers)
{
    struct lp_url to;
    struct lp_str bad;
    struct lp_evidence *redirect = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(ROOT_URL));
    struct lp_evidence *root = logs_web(&l, FIRST, "203.0.113.21", ROOT_XML);
    redirect->outcome = LP_RESET;
    root->outcome = LP_TIMEOUT;
    ck_assert(!lp_ad_redirect(redirect, &l.arena, &to, &bad) && !bad.p);
    ck_assert(!lp_ad_is_root(root));
}
END_TEST

START_TEST(only_of_autodiscover)
{
    ck_assert_ptr_null(lp_ad_doc_of(logs_dns(&l, "A a", "203.0.113.1")));
    ck_assert_ptr_null(lp_ad_doc_of(logs_sip(&l, "sip:443", "203.0.113.1", "401")));
}
END_TEST

START_TEST(links_are_resolved)
{
    struct lp_url to;
    struct lp_evidence *e = logs_web(&l, "https://webext.contoso.example/a/root", ADDRESS,
                                     AD_XML("External", "<Root>" AD_LINK("Domain", "domain")
                                                            AD_LINK("User", "ftp://x/") "</Root>"));
    ck_assert(lp_ad_link_url(e, "Domain", &l.arena, &to));
    ck_assert_str_eq(to.text.p, "https://webext.contoso.example/a/domain");
    ck_assert(lp_ad_link_url(e, "domain", &l.arena, &to));
    ck_assert(!lp_ad_link_url(e, "User", &l.arena, &to));
    ck_assert(!lp_ad_link_url(e, "OAuth", &l.arena, &to));
}
END_TEST

/* ---- chains ---- */

static struct lp_ad_chain chain_from(struct lp_evidence *first)
{
    struct lp_ad_chain chain;
    lp_ad_chain(&survey, first, &chain);
    return chain;
}

START_TEST(root_at_once)
{
    struct lp_evidence *e = logs_web(&l, FIRST, ADDRESS, ROOT_XML);
    struct lp_ad_chain c = chain_from(e);
    ck_assert_ptr_eq(c.root, e);
    ck_assert_uint_eq(c.n, 1);
    ck_assert_uint_eq(c.documents, 1);
    ck_assert(!c.loop && !c.undecided && !c.named);
}
END_TEST

START_TEST(redirect_then_documents)
{
    struct lp_evidence *first = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(ROOT_URL));
    struct lp_evidence *dead = logs_web(&l, ROOT_URL, ADDRESS, "503");
    struct lp_evidence *root = logs_web(&l, ROOT_URL, "203.0.113.21", ROOT_XML);
    struct lp_evidence *domain = logs_web(&l, ROOT_URL "/domain", ADDRESS,
                                          AD_DOMAIN(AD_ACCESS("Internal", "pool", "5061") AD_ACCESS(
                                              "External", "access.contoso.example", "443")));
    struct lp_evidence *user = logs_web(&l, ROOT_URL "/user", ADDRESS, "401");
    struct lp_ad_chain c = chain_from(first);
    ck_assert_ptr_eq(c.root, root);
    ck_assert_uint_eq(c.n, 5);
    ck_assert_ptr_eq(c.at[0], first);
    ck_assert_ptr_eq(c.at[1], dead);
    ck_assert_ptr_eq(c.at[2], root);
    ck_assert_uint_eq(c.documents, 3);
    ck_assert_ptr_eq(c.at[3], domain);
    ck_assert_ptr_eq(c.at[4], user);
    ck_assert_ptr_eq(c.named_in, domain);
    ck_assert_str_eq(c.named->fqdn.p, "access.contoso.example");
    survey.internal = true;
    ck_assert_str_eq(chain_from(first).named->fqdn.p, "pool");
}
END_TEST

START_TEST(no_answer_yet)
{
    struct lp_evidence *first = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(ROOT_URL));
    struct lp_ad_chain c = chain_from(first);
    ck_assert(c.undecided && !c.root && !c.dead_host.p);
    logs_dns(&l, "A webext", ADDRESS);
    ck_assert(chain_from(first).undecided);
}
END_TEST

/* How the lookup of the redirect's host ended: is the chain at its end, or open? */
static const struct {
    const char *answer;
    bool dead;
} lookups[] = {
    { "nxdomain", true },   { "nodata", true },
    { "servfail", true },   { "refused", true },
    { "timeout", true },    { "malformed", true },
    { "not-tried", false }, { "blocked", false },
    { "crashed", false },   { "alias gone; nxdomain", true },
};

START_TEST(host_without_address)
{
    struct lp_evidence *first = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(ROOT_URL));
    logs_dns(&l, "A webext", lookups[_i].answer);
    logs_dns(&l, "AAAA webext", lookups[_i].answer);
    struct lp_ad_chain c = chain_from(first);
    ck_assert_int_eq(c.undecided, !lookups[_i].dead);
    ck_assert_int_eq(c.dead_host.p != NULL, lookups[_i].dead);
    if (c.dead_host.p)
        ck_assert_str_eq(c.dead_host.p, "webext.contoso.example");
}
END_TEST

static const enum lp_outcome open_outcomes[] = { LP_NOT_TRIED, LP_BLOCKED, LP_CRASHED };

START_TEST(answers_that_were_not_had)
{
    struct lp_evidence *first = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(ROOT_URL));
    logs_web(&l, ROOT_URL, ADDRESS, "")->outcome = open_outcomes[_i];
    ck_assert(chain_from(first).undecided);
    struct lp_evidence *root = logs_web(&l, ROOT_URL, "203.0.113.21", ROOT_XML);
    struct lp_ad_chain c = chain_from(first);
    ck_assert(!c.undecided);
    ck_assert_ptr_eq(c.root, root);
}
END_TEST

START_TEST(loops)
{
    struct lp_evidence *a =
        logs_web(&l, FIRST, ADDRESS, "302 https://lyncdiscover.contoso.example/");
    struct lp_evidence *b =
        logs_web(&l, "https://lyncdiscover.contoso.example/", ADDRESS, AD_REDIRECT(FIRST));
    ck_assert(chain_from(a).loop);
    ck_assert(chain_from(b).loop);
    ck_assert(!chain_from(a).root);
}
END_TEST

START_TEST(loop_to_itself)
{
    struct lp_evidence *e = logs_web(&l, FIRST, ADDRESS, AD_REDIRECT(FIRST));
    ck_assert(chain_from(e).loop);
}
END_TEST

/* n redirects, then a root. */
static struct lp_ad_chain chain_of(int n)
{
    struct lp_evidence *first = NULL;
    char url[64], body[256];
    for (int i = 0; i <= n; i++) {
        snprintf(url, sizeof url, "http://h%d.contoso.example/", i);
        snprintf(body, sizeof body, "302 http://h%d.contoso.example/", i + 1);
        struct lp_evidence *e = logs_web(&l, url, ADDRESS, i < n ? body : ROOT_XML);
        first = first ? first : e;
    }
    return chain_from(first);
}

START_TEST(ten_redirects_are_followed)
{
    struct lp_ad_chain c = chain_of(LP_MAX_REDIRECTS);
    ck_assert(c.root && !c.loop);
    ck_assert_uint_eq(c.n, LP_MAX_REDIRECTS + 1);
}
END_TEST

START_TEST(eleven_are_a_loop)
{
    struct lp_ad_chain c = chain_of(LP_MAX_REDIRECTS + 1);
    ck_assert(!c.root && c.loop && !c.undecided);
}
END_TEST

START_TEST(redirect_not_followed)
{
    struct lp_ad_chain c = chain_from(logs_web(&l, FIRST, ADDRESS, AD_REDIRECT("file:///etc")));
    ck_assert(!c.root && !c.undecided && !c.loop);
    ck_assert(lp_str_eq(c.bad_href, LP_STR("file:///etc")));
}
END_TEST

/* An access point without a port or with blanks around its name (domain.md 2.3). */
START_TEST(named_access)
{
    struct lp_evidence *first = logs_web(&l, FIRST, ADDRESS, ROOT_XML);
    logs_web(&l, ROOT_URL "/domain", ADDRESS, AD_DOMAIN(AD_ACCESS("External", "x", "")));
    ck_assert_ptr_null(chain_from(first).named);
    logs_web(&l, ROOT_URL "/user", ADDRESS,
             AD_XML("External",
                    "<User>" AD_ACCESS("External", " access.contoso.example ", "443") "</User>"));
    ck_assert_str_eq(chain_from(first).named->fqdn.p, "access.contoso.example");
}
END_TEST

static void add_answers(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, of_one_answer, 0, (int)LP_COUNT(answers));
    tcase_add_test(tc, only_of_answers);
    tcase_add_test(tc, only_of_autodiscover);
    tcase_add_test(tc, links_are_resolved);
}

Suite *lp_suite_ad(void)
{
    Suite *suite = suite_create("ad");
    TCase *one = tcase_create("answers"), *tc = tcase_create("chains");
    add_answers(one);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, root_at_once);
    tcase_add_test(tc, redirect_then_documents);
    tcase_add_test(tc, no_answer_yet);
    tcase_add_loop_test(tc, host_without_address, 0, (int)LP_COUNT(lookups));
    tcase_add_loop_test(tc, answers_that_were_not_had, 0, (int)LP_COUNT(open_outcomes));
    tcase_add_test(tc, loops);
    tcase_add_test(tc, loop_to_itself);
    tcase_add_test(tc, ten_redirects_are_followed);
    tcase_add_test(tc, eleven_are_a_loop);
    tcase_add_test(tc, redirect_not_followed);
    tcase_add_test(tc, named_access);
    suite_add_tcase(suite, one);
    suite_add_tcase(suite, tc);
    return suite;
}
