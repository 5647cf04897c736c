/* test_probe_web.c - the probes web and http-redirect: what they read, check and say */
#include <check.h>

#include "logs.h"
#include "lp/probe.h"
#include "lp/webanswer.h"

Suite *lp_suite_probe_web(void);

extern const struct lp_probe lp_probe_web, lp_probe_http_redirect;

#define HTTPS_WEB "https://webext.contoso.example"
#define HTTP_WEB "http://webext.contoso.example"

struct row {
    const char *url;
    int64_t status;
    const char *location; /* NULL none */
    const char *body;
    int64_t port; /* 0: 443 */
    bool internal;
    /* what the checks find: ids, split by blanks; "" nothing */
    const char *ids;
    const char *observed; /* of the last one */
    const char *said;
    bool well;
};

/* Evidence of the probe as the engine would hand it on. */
struct made {
    struct lp_arena arena;
    struct lp_web_probe_facts facts;
    struct lp_evidence e;
};

static void make(struct made *m, const struct lp_probe *probe, const struct row *row)
{
    struct lp_talk talk = {
        .arena = &m->arena, .facts = &m->facts, .in = lp_str_of(row->body), .eof = true
    };
    m->arena = (struct lp_arena){ 0 };
    m->facts = (struct lp_web_probe_facts){
        .link = { .connect = LP_OPEN, .port = row->port ? row->port : 443 },
        .http = { .url = lp_str_of(row->url),
                  .status = row->status,
                  .location = lp_str_of(row->location),
                  .date = LP_UTC_NONE },
    };
    m->e = (struct lp_evidence){ .shape = &probe->shape, .outcome = LP_OK, .facts = &m->facts };
    ck_assert_int_eq(probe->step(&talk), LP_DONE);
}

/* All that the probe's checks find, ids split by blanks; charge: of the last one. */
static struct lp_str ids_of(struct made *m, const struct lp_probe *probe, bool internal,
                            struct lp_charge *charge)
{
    struct lp_check_input input = { .e = &m->e, .internal = internal, .arena = &m->arena };
    struct lp_str ids = LP_STR("");
    for (const struct lp_check *check = probe->checks; check->id; check++) {
        if (check->fails(&input, charge))
            ids = lp_arena_printf(&m->arena, "%s%s%s", ids.p, ids.n ? " " : "", check->id);
    }
    return ids;
}

static void expect(const struct lp_probe *probe, const struct row *row)
{
    struct made m;
    struct lp_charge charge = { 0 };
    make(&m, probe, row);
    struct lp_str ids = ids_of(&m, probe, row->internal, &charge);
    ck_assert_str_eq(ids.p, row->ids);
    if (row->observed)
        ck_assert_str_eq(charge.observed.p, row->observed);
    ck_assert_str_eq(probe->say(&m.e, &m.arena).p, row->said);
    ck_assert_int_eq(probe->is_well(&m.e), row->well);
    lp_arena_release(&m.arena);
}

/* ---- web ---- */

static const struct row pages[] = {
    { HTTPS_WEB "/abs", 401, NULL, "", 0, false, "", NULL, "address book: asks for a sign-in (401)",
      true },
    { HTTPS_WEB "/abs", 404, NULL, "", 0, false, "LP-HTTP-STATUS", "status 404",
      "address book: HTTP status 404", false },
    { HTTPS_WEB "/abs", 200, NULL, "", 0, false, "LP-HTTP-STATUS", "status 200",
      "address book: answers", false },
    { HTTPS_WEB "/meet", 200, NULL, "<html>", 0, false, "", NULL, "meetings: answers", true },
    { HTTPS_WEB "/meet", 302, "https://join.contoso.example/", "", 0, false, "", NULL,
      "meetings: leads to https://join.contoso.example/", true },
    { HTTPS_WEB "/dialin", 503, NULL, "", 0, false, "LP-HTTP-STATUS", "status 503",
      "dial-in: HTTP status 503", false },
    { HTTPS_WEB "/sales", 403, NULL, "", 0, false, "", NULL, "the page: HTTP status 403", true },
    { HTTPS_WEB "/sales", 404, NULL, "", 0, false, "LP-HTTP-STATUS", "status 404",
      "the page: HTTP status 404", false },
    { HTTPS_WEB AD_SERVICE, 200, NULL, AD_ROOT_OF("External", "webext.contoso.example"), 0, false,
      "", NULL, "Autodiscover: answers, External web site", true },
    { HTTPS_WEB AD_SERVICE, 200, NULL, AD_ROOT_OF("Internal", "webext.contoso.example"), 0, false,
      "LP-AD-ACCESS-LOCATION", "AccessLocation Internal",
      "Autodiscover: answers, Internal web site", true },
    { HTTPS_WEB AD_SERVICE, 200, NULL, AD_ROOT_OF("Internal", "webint.contoso.example"), 443, true,
      "", NULL, "Autodiscover: answers, Internal web site", true },
    { HTTPS_WEB ":4443" AD_SERVICE, 200, NULL, AD_ROOT_OF("Internal", "webext.contoso.example"),
      4443, true, "LP-AD-ACCESS-LOCATION", "AccessLocation Internal",
      "Autodiscover: answers, Internal web site", true },
    { HTTPS_WEB ":4443" AD_SERVICE, 200, NULL, AD_ROOT_OF("External", "webext.contoso.example"),
      4443, true, "", NULL, "Autodiscover: answers, External web site", true },
    { HTTPS_WEB AD_SERVICE, -1, NULL, "", 0, false, "LP-HTTP-STATUS", "status -1",
      "no answer comes", false },
};

START_TEST(page)
{
    expect(&lp_probe_web, &pages[_i]);
}
END_TEST

/* ---- http-redirect ---- */

#define NO "LP-HTTP-NO-REDIRECT"

static const struct row hops[] = {
    { HTTP_WEB AD_SERVICE, 200, NULL, AD_REDIRECT(HTTPS_WEB AD_SERVICE), 80, false, "", NULL,
      "status 200, leads to " HTTPS_WEB AD_SERVICE, true },
    { HTTP_WEB AD_SERVICE, 200, NULL, AD_REDIRECT("https://other.example/"), 80, false, "", NULL,
      "status 200, leads to https://other.example/", true },
    { HTTP_WEB AD_SERVICE, 200, NULL, AD_REDIRECT(HTTP_WEB "/x"), 80, false, NO,
      "status 200, leads to " HTTP_WEB "/x", "status 200, leads to " HTTP_WEB "/x", false },
    { HTTP_WEB AD_SERVICE, 301, HTTPS_WEB "/", "", 80, false, "", NULL,
      "status 301, leads to " HTTPS_WEB "/", true },
    { HTTP_WEB AD_SERVICE, 302, "https://portal.example/", "", 80, false, NO,
      "status 302, leads to https://portal.example/",
      "status 302, leads to https://portal.example/", false },
    { HTTP_WEB AD_SERVICE, 302, "/start", "", 80, false, NO,
      "status 302, leads to " HTTP_WEB "/start", "status 302, leads to " HTTP_WEB "/start", false },
    { HTTP_WEB AD_SERVICE, 302, "ftp://x/", "", 80, false, NO, "status 302, Location \"ftp://x/\"",
      "status 302, Location \"ftp://x/\"", false },
    { HTTP_WEB AD_SERVICE, 302, NULL, "", 80, false, NO, "status 302, leads nowhere",
      "status 302, leads nowhere", false },
    { HTTP_WEB AD_SERVICE, 200, NULL, "<html>IIS</html>", 80, false, NO,
      "status 200, leads nowhere", "status 200, leads nowhere", false },
    { HTTP_WEB AD_SERVICE, 200, NULL, AD_ROOT_OF("External", "webext.contoso.example"), 80, false,
      NO, "status 200, leads nowhere", "status 200, leads nowhere", false },
    { HTTP_WEB AD_SERVICE, 404, NULL, "", 80, false, NO, "status 404, leads nowhere",
      "status 404, leads nowhere", false },
};

START_TEST(hop)
{
    expect(&lp_probe_http_redirect, &hops[_i]);
}
END_TEST

/* A connection that did not come about is judged by its port, not here. */
START_TEST(no_answer_is_no_charge)
{
    const struct lp_probe *probes[] = { &lp_probe_web, &lp_probe_http_redirect };
    struct made m;
    struct lp_charge charge = { 0 };
    make(&m, probes[_i], &hops[10]);
    m.e.outcome = LP_REFUSED;
    ck_assert_str_eq(ids_of(&m, probes[_i], false, &charge).p, "");
    ck_assert(!probes[_i]->is_well(&m.e));
    lp_arena_release(&m.arena);
}
END_TEST

START_TEST(shape)
{
    ck_assert_str_eq(lp_probe_web.shape.name, "web");
    ck_assert_str_eq(lp_probe_http_redirect.shape.name, "http-redirect");
    ck_assert(lp_probe_http_redirect.plain && !lp_probe_web.plain);
    ck_assert_uint_eq(offsetof(struct lp_web_probe_facts, link), 0);
    ck_assert_uint_eq(offsetof(struct lp_web_probe_facts, http), sizeof(struct lp_link));
    ck_assert(lp_probe_web.body_passes && lp_probe_http_redirect.body_passes);
}
END_TEST

Suite *lp_suite_probe_web(void)
{
    Suite *s = suite_create("probe_web");
    TCase *t = tcase_create("probe_web");

    tcase_add_loop_test(t, page, 0, (int)LP_COUNT(pages));
    tcase_add_loop_test(t, hop, 0, (int)LP_COUNT(hops));
    tcase_add_loop_test(t, no_answer_is_no_charge, 0, 2);
    tcase_add_test(t, shape);
    suite_add_tcase(s, t);
    return s;
}
