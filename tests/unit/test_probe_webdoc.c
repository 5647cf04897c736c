/* test_probe_webdoc.c - the probes wac and adfs: documents, what is wrong with them, in words */
#include <check.h>

#include "lp/probe.h"
#include "lp/webdoc.h"

Suite *lp_suite_probe_webdoc(void);

extern const struct lp_probe lp_probe_wac, lp_probe_adfs;

#define ACTION(app, action) \
    "<app name=\"" app "\"><action name=\"" action "\" ext=\"pptx\" urlsrc=\"https://w/\"/></app>"
#define WOPI(what) \
    "<wopi-discovery><net-zone name=\"internal-https\">" what "</net-zone></wopi-discovery>"
#define WHOLE WOPI(ACTION("PowerPoint", "present") ACTION("PowerPoint", "attend"))
#define SAML                                                                    \
    "<md:EntityDescriptor xmlns:md=\"urn:x\" entityID=\"http://sts.example/t\"" \
    "><md:IDPSSODescriptor/></md:EntityDescriptor>"
#define METADATA "https://sts.example/FederationMetadata/2007-06/FederationMetadata.xml"
#define SIGN_IN "https://sts.example/adfs/ls/IdpInitiatedSignon.aspx"

struct row {
    const struct lp_probe *probe;
    const char *url;
    int64_t status;
    const char *body, *limit;
    bool well;
    const char *said;
};

static const struct row rows[] = {
    { &lp_probe_wac, "", 200, WHOLE, "", true,
      "Office Web Apps answers, 2 actions, zone internal-https" },
    { &lp_probe_wac, "", 200, WOPI(ACTION("PowerPoint", "present")), "", false,
      "a discovery document without PowerPoint attend" },
    { &lp_probe_wac, "", 200, WOPI(ACTION("Word", "present") ACTION("Word", "attend")), "", false,
      "a discovery document without PowerPoint present" },
    { &lp_probe_wac, "", 200, WOPI(""), "", false,
      "a discovery document without PowerPoint present" },
    { &lp_probe_wac, "", 200, "<wopi-discovery><net-zone>", "", false,
      "no discovery document: syntax" },
    { &lp_probe_wac, "", 200, "<wopi-discovery><net-zone>", "body 65536", false,
      "no discovery document: limit" },
    { &lp_probe_wac, "", 200, "<!DOCTYPE html><html></html>", "", false,
      "no discovery document: web page" },
    { &lp_probe_wac, "", 200, "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "", false,
      "no discovery document: doctype" },
    { &lp_probe_wac, "", 200, " \r\n", "", false, "no discovery document: empty" },
    { &lp_probe_wac, "", 200, "<a\x1b/>", "", false, "no discovery document: syntax" },
    { &lp_probe_wac, "", 200, "<feed/>", "", false, "a document <feed>" },
    { &lp_probe_wac, "", 503, WHOLE, "", false, "status 503" },
    { &lp_probe_adfs, METADATA, 200, SAML, "", true, "AD FS answers as http://sts.example/t" },
    { &lp_probe_adfs, METADATA, 200, SAML "<", "body 65536", true,
      "AD FS answers as http://sts.example/t" },
    { &lp_probe_adfs, METADATA, 200, "<html/>", "", false,
      "status 200, but no federation metadata" },
    { &lp_probe_adfs, METADATA, 200, "", "", false,
      "status 200, but no federation metadata: empty" },
    { &lp_probe_adfs, METADATA, 404, "", "", false, "status 404" },
    { &lp_probe_adfs, SIGN_IN, 200, "<!DOCTYPE html><html></html>", "", true,
      "AD FS shows its sign-in page" },
    { &lp_probe_adfs, SIGN_IN, 404, "", "", false, "status 404" },
    { &lp_probe_adfs, SIGN_IN, 503, "", "", false, "status 503" },
};

START_TEST(document)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_charge charge = { 0 };
    struct lp_webdoc_facts facts = { .http = { .url = lp_str_of(row->url),
                                               .status = row->status,
                                               .limit = lp_str_of(row->limit) } };
    struct lp_evidence e = { .shape = &row->probe->shape, .outcome = LP_OK, .facts = &facts };
    struct lp_talk talk = { .arena = &arena, .facts = &facts, .in = lp_str_of(row->body) };
    struct lp_check_input input = { .e = &e, .arena = &arena };

    ck_assert_int_eq(row->probe->step(&talk), LP_DONE);
    ck_assert_int_eq(row->probe->is_well(&e), row->well);
    ck_assert_str_eq(row->probe->say(&e, &arena).p, row->said);
    ck_assert_int_eq(row->probe->checks[0].fails(&input, &charge), !row->well);
    if (!row->well)
        ck_assert_str_eq(charge.observed.p, row->said);
    e.outcome = LP_TIMEOUT;
    ck_assert(!row->probe->checks[0].fails(&input, &charge) && !row->probe->is_well(&e));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(no_answer)
{
    const struct lp_probe *probes[] = { &lp_probe_wac, &lp_probe_adfs };
    struct lp_webdoc_facts facts = { .http = { .status = -1 } };
    struct lp_evidence e = { .shape = &probes[_i]->shape, .outcome = LP_RESET, .facts = &facts };
    struct lp_arena arena = { 0 };
    ck_assert_str_eq(probes[_i]->say(&e, &arena).p, "no answer comes");
    lp_arena_release(&arena);
}
END_TEST

/* Each once, none without its program, 64 at most. */
START_TEST(actions)
{
    struct lp_arena arena = { 0 };
    struct lp_webdoc doc;
    struct lp_buf body = lp_buf_new(65536);
    lp_buf_text(&body, "<wopi-discovery><action name=\"early\"/><app name=\"A\"><action/>");
    for (int i = 0; i < 100; i++)
        lp_buf_printf(&body, "<action name=\" a%d \"/><action name=\"a%d\"/>", i, i);
    lp_buf_text(&body, "</app></wopi-discovery>");
    lp_webdoc_decode(&arena, lp_buf_view(&body), false, &doc);
    ck_assert_uint_eq(doc.actions.n, 64);
    ck_assert(lp_webdoc_has(&doc, "a A63") && !lp_webdoc_has(&doc, "A a64"));
    ck_assert(!lp_webdoc_has(&doc, " early"));
    lp_buf_release(&body);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_probe_webdoc(void)
{
    Suite *s = suite_create("probe_webdoc");
    TCase *t = tcase_create("probe_webdoc");

    tcase_add_loop_test(t, document, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, no_answer, 0, 2);
    tcase_add_test(t, actions);
    suite_add_tcase(s, t);
    return s;
}
