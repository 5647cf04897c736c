/* test_autodiscover.c - findings about single Autodiscover answers */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_autodiscover(void);

/* clang-format off */
#define LD "lyncdiscover.contoso.example/"
#define WEBEXT "https://webext.contoso.example"
/* The same answer by http and https. */
#define BOTH(page) "page http://" LD " " page "\npage https://" LD " " page "\n"
#define ALL(page) "page http* " page "\n"
#define INSIDE(page)                                               \
    "page http://lyncdiscoverinternal.contoso.example/ " page "\n" \
    "page https://lyncdiscoverinternal.contoso.example/ " page "\n"
#define DOCS                                                \
    "page " WEBEXT AD_SERVICE "/domain " AD_DOMAIN("") "\n" \
    "page " WEBEXT AD_SERVICE "/user 401\n"
#define JSON(location)                                           \
    "{\"AccessLocation\":\"" location "\",\"Root\":{\"Links\":[" \
    "{\"href\":\"https:\\/\\/webext.contoso.example\\/u\",\"token\":\"User\"}]}}"
#define HAL "{\"_links\":{\"self\":{\"href\":\"/r\"},\"user\":{\"href\":\"" WEBEXT "/u\"}}}"
#define NO_LOCATION                                             \
    "<AutodiscoverResponse><Root>" AD_LINK("User", WEBEXT "/u") \
    "</Root></AutodiscoverResponse>"
#define FOREIGN_USER \
    AD_XML("External", "<Root>" AD_LINK("User", "https://web.fabrikam.example/u") "</Root>")
#define OTHER_VIEW                                           \
    AD_XML("External", "<Root>" AD_LINK("User", WEBEXT "/u") \
           AD_LINK("Internal/Autodiscover", "https://web.corp.local/") "</Root>")
#define USER_401 "page " WEBEXT "/u 401\n"
#define TO_CLOUD AD_REDIRECT("https://webdir.online.lync.com/r")
#define WEBDIR(ca)                                    \
    "dns webdir.online.lync.com. A 203.0.113.50\n"    \
    "tcp 203.0.113.50:443 tls=cloud web\n"            \
    "cert cloud names=*.online.lync.com. ca=" ca "\n" \
    "page https://webdir.online.lync.com/r "          \
    AD_ROOT_OF("External", "webdir.online.lync.com") "\n"
#define BROKEN(id) id "(c) " id "(c<) LP-WALK-FALLBACK(w<)"

static const struct stage_case cases[] = {
    /* documents that are good */
    { "XML at once", "out", BOTH(AD_ROOT_OF("External", "webext.contoso.example")),
      "LP-WALK-OK(i)" },
    { "JSON", "out", BOTH(JSON("External")) USER_401, "LP-WALK-OK(i)" },
    { "HAL", "out", BOTH(HAL) USER_401, "LP-WALK-OK(i)" },
    { "without AccessLocation", "out", BOTH(NO_LOCATION) USER_401, "LP-WALK-OK(i)" },
    { "a 302 to the same host", "out", "page http://" LD " 302 https://" LD "\n", "LP-WALK-OK(i)" },
    { "a 301 to the web service", "out", BOTH("301 " WEBEXT AD_SERVICE), "LP-WALK-OK(i)" },
    { "the hosting cloud", "out", WEBDIR("public") BOTH(TO_CLOUD), "LP-WALK-OK(i)" },

    /* status */
    { "404 of all", "out", ALL("404") "page http://ca.example/ca.crl good\n",
      BROKEN("LP-AD-HTTP-STATUS") },
    { "503 where the redirects lead", "out",
      BOTH(AD_REDIRECT(WEBEXT AD_SERVICE)) "page " WEBEXT AD_SERVICE " 503\n",
      "LP-AD-HTTP-STATUS(c) LP-WALK-FALLBACK(w<)" },
    { "401 of the root", "out", BOTH("401"), BROKEN("LP-AD-HTTP-STATUS") },
    { "http alone", "out", "page http://" LD " 403\n",
      "LP-HTTP-NO-REDIRECT(w) LP-WALK-OK(i)" },
    { "https alone", "out", "page https://" LD " 403\n", "LP-AD-HTTP-STATUS(w) LP-WALK-OK(i)" },
    { "a redirect without Location", "out", BOTH("302"), BROKEN("LP-AD-HTTP-STATUS") },
    { "a redirect to another protocol", "out", BOTH("302 ftp://webext.contoso.example/"),
      BROKEN("LP-AD-HTTP-STATUS") },
    { "User is 401", "out", "page " WEBEXT AD_SERVICE "/user 401\n", "LP-WALK-OK(i)" },
    { "User is 403", "out", "page " WEBEXT AD_SERVICE "/user 403\n", "LP-WALK-OK(i)" },
    { "User is 500", "out", "page " WEBEXT AD_SERVICE "/user 500\n",
      "LP-AD-HTTP-STATUS(w) LP-WALK-OK(i)" },
    { "Domain is 502", "out", "page " WEBEXT AD_SERVICE "/domain 502\n",
      "LP-AD-HTTP-STATUS(w) LP-WALK-OK(i)" },
    { "at the other name", "in",
      "dns lyncdiscover A 10.0.0.30\n"
      "page http://lyncdiscover.* 500\npage https://lyncdiscover.* 500\n",
      "LP-AD-HTTP-STATUS(w) LP-AD-HTTP-STATUS(w<) LP-WALK-OK(i)" },

    /* bodies */
    { "a page of IIS", "out", BOTH("<html><head><title>IIS7</title></head></html>"),
      BROKEN("LP-AD-NOT-AUTODISCOVER") },
    { "a page of IIS by http alone", "out", "page http://" LD " <html></html>\n",
      "LP-HTTP-NO-REDIRECT(w) LP-WALK-OK(i)" },
    { "http alone leads away", "out",
      "dns www.fabrikam.example. A 203.0.113.20\n"
      "page http://" LD " 302 https://www.fabrikam.example/\n"
      "page https://www.fabrikam.example/ <html></html>\n",
      "LP-AD-REDIRECT-DOMAIN(w) LP-CERT-NAME-MISMATCH(i) LP-AD-NOT-AUTODISCOVER(i) "
      "LP-WALK-OK(i)" },
    { "... to a host that cannot be asked for", "out",
      "dns www.fabrikam.example. ANY refused\n"
      "page http://" LD " 302 https://www.fabrikam.example/\n",
      "LP-AD-REDIRECT-DOMAIN(w) LP-DNS-REFUSED(i) LP-WALK-OK(i)" },
    { "an empty body", "out", BOTH("200"), BROKEN("LP-AD-NOT-AUTODISCOVER") },
    { "a root without links", "out", BOTH(AD_XML("External", "<Root></Root>")),
      BROKEN("LP-AD-NOT-AUTODISCOVER") },
    { "broken XML", "out", BOTH("<AutodiscoverResponse><Root>"), BROKEN("LP-AD-NOT-AUTODISCOVER") },
    { "a Redirect link to another protocol", "out", BOTH(AD_REDIRECT("ftp://x.contoso.example/")),
      BROKEN("LP-AD-NOT-AUTODISCOVER") },
    { "a DOCTYPE", "out",
      BOTH("<!DOCTYPE AutodiscoverResponse [<!ENTITY a \"b\">]><AutodiscoverResponse/>"),
      BROKEN("LP-AD-BODY") },
    { "a document that is no page for Domain", "out",
      "page " WEBEXT AD_SERVICE "/domain <html></html>\n", "LP-WALK-OK(i)" },

    /* redirects */
    { "two URLs in a circle", "out",
      BOTH("302 " WEBEXT "/a") "page " WEBEXT "/a 302 " WEBEXT "/b\n"
      "page " WEBEXT "/b 302 " WEBEXT "/a\n",
      BROKEN("LP-AD-REDIRECT-LOOP") },
    { "a circle by http alone", "out", "page http://" LD " 302 http://" LD "\n",
      "LP-AD-REDIRECT-LOOP(i) LP-WALK-OK(i)" },
    { "to another domain", "out",
      BOTH("302 https://web.fabrikam.example/r")
      "dns web.fabrikam.example. A 203.0.113.60\ntcp 203.0.113.60:443 tls=fab web\n"
      "cert fab names=web.fabrikam.example.\n"
      "page https://web.fabrikam.example/r " AD_ROOT_OF("External", "webext.contoso.example") "\n",
      "LP-AD-REDIRECT-DOMAIN(w) LP-CERT-TRUST-PROMPT(w<) LP-AD-REDIRECT-DOMAIN(w<) "
      "LP-WALK-OK(i)" },
    { "to an address", "out",
      BOTH("302 https://203.0.113.20/r")
      "page https://203.0.113.20/r " AD_ROOT_OF("External", "webext.contoso.example") "\n",
      "LP-AD-REDIRECT-DOMAIN(w) LP-AD-REDIRECT-DOMAIN(w<) LP-WALK-OK(i)" },

    /* what a root says */
    { "Internal, outside", "out", ALL(AD_ROOT_OF("Internal", "webext.contoso.example")) DOCS,
      "LP-AD-ACCESS-LOCATION(w) LP-AD-ACCESS-LOCATION(w<) LP-WALK-OK(i)" },
    { "External, inside", "in",
      INSIDE(JSON("External")) USER_401
      "dns webext A 10.0.0.30\ncert web names=webint,lyncdiscoverinternal,webext ca=private\n",
      "LP-AD-ACCESS-LOCATION(w) LP-AD-ACCESS-LOCATION(w<) LP-WALK-OK(i)" },
    { "Internal, outside, and leads to a name of the inside", "out",
      BOTH("{\"AccessLocation\":\"Internal\",\"Root\":{\"Links\":[{\"token\":\"Redirect\","
           "\"href\":\"https://webint.contoso.example/r\"}]}}"),
      "LP-AD-ACCESS-LOCATION(w) LP-DNS-RECORD-MISSING(c<) LP-AD-ACCESS-LOCATION(w<) "
      "LP-WALK-FALLBACK(w<)" },
    { "any case", "out", BOTH(JSON("EXTERNAL")) USER_401, "LP-WALK-OK(i)" },
    { "another word", "out", BOTH(JSON("Elsewhere")) USER_401, "LP-WALK-OK(i)" },
    { "External, inside, of the cloud", "in", WEBDIR("public") INSIDE(TO_CLOUD),
      "LP-WALK-OK(i)" },
    { "at a name that is not reached", "in",
      "dns lyncdiscover A 10.0.0.30\n" BOTH(AD_ROOT_OF("External", "webint.contoso.example")),
      "LP-WALK-OK(i)" },

    /* its clock */
    { "a clock 301 s behind", "out", "tcp 203.0.113.20:80 web late=301\n",
      "LP-HTTP-CLOCK-SKEW(w) LP-WALK-OK(i)" },
    { "a clock 299 s behind", "out", "tcp 203.0.113.20:80 web late=299\n", "LP-WALK-OK(i)" },

    /* hosts */
    { "a User link of another domain", "out", BOTH(FOREIGN_USER),
      "LP-AD-HOST-DOMAIN(w) LP-AD-HOST-DOMAIN(w<) LP-WALK-OK(i)" },
    { "a link of the other view", "out", BOTH(OTHER_VIEW) USER_401, "LP-WALK-OK(i)" },
    { "the SIP access of another domain", "out",
      "page " WEBEXT AD_SERVICE "/domain "
      AD_DOMAIN(AD_ACCESS("External", "edge.fabrikam.example", "443")) "\n"
      "dns edge.fabrikam.example. A 203.0.113.10\n"
      "cert edge names=access,sip,edge.fabrikam.example.\n",
      "LP-AD-HOST-DOMAIN(w) LP-WALK-OK(i)" },
    { "the SIP access of the other view", "out",
      "page " WEBEXT AD_SERVICE "/domain "
      AD_DOMAIN(AD_ACCESS("Internal", "pool.corp.local", "5061")) "\n",
      "LP-WALK-OK(i)" },
};
/* clang-format on */

START_TEST(findings)
{
    stage_expect(&cases[_i]);
}
END_TEST

static const struct {
    const char *changes, *id, *subject, *expected, *observed;
} texts[] = {
    { ALL("503"), "LP-AD-HTTP-STATUS", "lyncdiscover.contoso.example:443 203.0.113.20",
      "status 200, or a redirect", "status 503" },
    { BOTH("302 ftp://x/"), "LP-AD-HTTP-STATUS", "lyncdiscover.contoso.example:80 203.0.113.20",
      "status 200, or a redirect", "status 302 to \"ftp://x/\"" },
    { BOTH("302"), "LP-AD-HTTP-STATUS", "lyncdiscover.contoso.example:80 203.0.113.20",
      "status 200, or a redirect", "status 302 without Location" },
    { "page " WEBEXT AD_SERVICE "/user 500\n", "LP-AD-HTTP-STATUS",
      "webext.contoso.example:443 203.0.113.20", "status 200, or 401 without a password",
      "status 500 of " WEBEXT AD_SERVICE "/user" },
    { BOTH("<html></html>"), "LP-AD-NOT-AUTODISCOVER",
      "lyncdiscover.contoso.example:80 203.0.113.20", "an Autodiscover document with links",
      "not autodiscover, text/html" },
    { BOTH(AD_XML("External", "<Root></Root>")), "LP-AD-NOT-AUTODISCOVER",
      "lyncdiscover.contoso.example:80 203.0.113.20", "an Autodiscover document with links",
      "no links, text/html" },
    { BOTH(AD_REDIRECT("ftp://x/")), "LP-AD-NOT-AUTODISCOVER",
      "lyncdiscover.contoso.example:80 203.0.113.20", "an Autodiscover document with links",
      "a Redirect link to \"ftp://x/\"" },
    { BOTH("<!DOCTYPE AutodiscoverResponse><AutodiscoverResponse/>"), "LP-AD-BODY",
      "lyncdiscover.contoso.example:80 203.0.113.20",
      "a document of at most 256 KiB, 32 levels, without DOCTYPE", "doctype" },
    { "page http://" LD " 302 http://" LD "\n", "LP-AD-REDIRECT-LOOP",
      "lyncdiscover.contoso.example:80 203.0.113.20", "at most 10 redirects",
      "the redirects of http://lyncdiscover.contoso.example/ never end: they come to "
      "http://lyncdiscover.contoso.example/ again" },
    { BOTH("302 https://203.0.113.20/r"), "LP-AD-REDIRECT-DOMAIN",
      "lyncdiscover.contoso.example:80 203.0.113.20", "a redirect inside contoso.example",
      "a redirect to https://203.0.113.20/r" },
    { ALL(AD_ROOT_OF("Internal", "webext.contoso.example")), "LP-AD-ACCESS-LOCATION",
      "lyncdiscover.contoso.example:80 203.0.113.20", "AccessLocation External",
      "AccessLocation Internal" },
    { BOTH(
          AD_XML("External", "<Root>" AD_LINK("User", "https://web.fabrikam.example/u") "</Root>")),
      "LP-AD-HOST-DOMAIN", "lyncdiscover.contoso.example:80 203.0.113.20",
      "hosts in contoso.example", "User names web.fabrikam.example" },
};

START_TEST(words)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, texts[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, texts[_i].id, texts[_i].subject);
    ck_assert_msg(f != NULL, "%s", texts[_i].id);
    ck_assert_str_eq(f->expected.p, texts[_i].expected);
    ck_assert_str_eq(f->observed.p, texts[_i].observed);
    ck_assert_uint_gt(f->evidence.n, 0);
    stage_end(&s);
}
END_TEST

/* What stopped the reading: a limit of the engine, or one of the document. */
static const struct {
    const char *limit, *problem, *observed;
} limits[] = {
    { "body 262144", "limit", "body 262144" },
    { "encoding", "", "encoding" },
    { "header 65536", "empty", "header 65536" },
    { "", "depth 32", "depth 32" },
    { "", "limit", "limit" },
};

static void spoil(struct stage *s, const char *key, int row)
{
    const struct lp_evidence *e = lp_log_find(&s->logs.log, lp_str_of(key));
    struct lp_autodiscover_facts *facts = e->facts;
    facts->http.limit = lp_str_of(limits[row].limit);
    facts->doc = (struct lp_ad_doc){ .problem = lp_str_of(limits[row].problem) };
}

START_TEST(bodies_over_a_limit)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    spoil(&s, "autodiscover http://lyncdiscover.contoso.example/ 203.0.113.20", _i);
    spoil(&s, "autodiscover https://lyncdiscover.contoso.example/ 203.0.113.20", _i);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-AD-BODY", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(f->severity, LP_CRITICAL);
    ck_assert_str_eq(f->observed.p, limits[_i].observed);
    stage_end(&s);
}
END_TEST

/* The first step is about the status that was seen. */
static const struct {
    const char *changes, *begins;
} steps[] = {
    { ALL("404"), "The request reaches a web site that is not" },
    { ALL("204"), "The request reaches a web site that is not" },
    { ALL("401"), "Pre-authentication or an access rule" },
    { ALL("403"), "Pre-authentication or an access rule" },
    { ALL("500"), "The web service itself fails" },
    { ALL("503"), "The reverse proxy does not reach" },
    { ALL("302"), "The Location of a redirect" },
};

START_TEST(first_step)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_outside, steps[_i].changes);
    stage_judge(&s, &j);
    const struct lp_finding *f = stage_find(&j, "LP-AD-HTTP-STATUS", NULL);
    ck_assert_ptr_nonnull(f);
    const struct lp_str *step = f->fix.at;
    ck_assert_msg(strncmp(step->p, steps[_i].begins, strlen(steps[_i].begins)) == 0, "%s", step->p);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_autodiscover(void)
{
    Suite *suite = suite_create("autodiscover");
    TCase *tc = tcase_create("answers");
    tcase_add_loop_test(tc, findings, 0, (int)LP_COUNT(cases));
    tcase_add_loop_test(tc, words, 0, (int)LP_COUNT(texts));
    tcase_add_loop_test(tc, bodies_over_a_limit, 0, (int)LP_COUNT(limits));
    tcase_add_loop_test(tc, first_step, 0, (int)LP_COUNT(steps));
    suite_add_tcase(suite, tc);
    return suite;
}
