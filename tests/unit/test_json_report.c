/* test_json_report.c - the keys that others rely on (DESIGN 5), their values, and hostile text */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "story.h"

Suite *lp_suite_json_report(void);

static struct story story;
static json_t *report;

static void tear_down(void)
{
    json_decref(report);
    report = NULL;
    story_close(&story);
}

static void open_report(const char *const *pieces)
{
    json_error_t error;
    story_open_all(&story, pieces);
    report = json_loads(story_render(&story, "json"), JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(report != NULL, "line %d: %s", error.line, error.text);
}

static json_t *member(json_t *object, struct lp_str key)
{
    char name[64];
    (void)snprintf(name, sizeof name, "%.*s", (int)key.n, key.p);
    return json_object_get(object, name);
}

/* The value at a path like "clients.0.outcome" as JSON text. */
static void assert_at(const char *path, const char *expected)
{
    json_t *at = report;
    struct lp_str rest = lp_str_of(path);
    while (rest.n) {
        struct lp_str part = lp_str_cut(&rest, '.');
        uint64_t index = 0;
        at = lp_str_to_u64(part, 9999, &index) ? json_array_get(at, (size_t)index)
                                               : member(at, part);
        ck_assert_msg(at != NULL, "no %s", path);
    }
    char *text = json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(9));
    ck_assert_msg(strcmp(text, expected) == 0, "%s is %s, not %s", path, text, expected);
    free(text);
}

static const char *const values[][2] = {
    { "schema", "\"lyncprobe/report/1\"" },
    { "program", "\"lyncprobe 0.0\"" },
    { "domain", "\"contoso.example\"" },
    { "view", "\"external\"" },
    { "client", "\"lync2013\"" },
    { "servers", "[\"192.0.2.53\"]" },
    { "verdict", "\"warning\"" },
    { "time", "\"2026-11-24T05:41:00Z\"" },
    { "seconds", "1.234567" },
    { "complete", "true" },
    { "incomplete", "null" },
    { "overridden", "false" },
    { "clients.0.client", "\"lync2013\"" },
    { "clients.0.outcome", "\"signs-in\"" },
    { "clients.0.stops_at", "\"e\"" },
    { "clients.0.endpoint", "\"access.contoso.example:443\"" },
    { "clients.0.assumed", "false" },
    { "clients.3.client", "\"mobile\"" },
    { "clients.3.outcome", "\"fails\"" },
    { "clients.3.stops_at", "null" },
    { "steps.0.step", "\"a\"" },
    { "steps.0.name", "\"lyncdiscoverinternal.contoso.example\"" },
    { "steps.0.type", "\"A\"" },
    { "steps.0.outcome", "\"missing\"" },
    { "steps.0.dns", "\"nxdomain\"" },
    { "steps.0.addresses", "[]" },
    { "steps.4.type", "\"SRV\"" },
    { "steps.4.outcome", "\"used\"" },
    { "steps.4.targets",
      "[{\"target\":\"access.contoso.example\",\"port\":443,\"priority\":0,\"weight\":0,"
      "\"addresses\":[\"198.51.100.10\"]}]" },
    { "endpoints.0.evidence", "20" },
    { "endpoints.0.host", "\"access.contoso.example\"" },
    { "endpoints.0.address", "\"198.51.100.10\"" },
    { "endpoints.0.port", "443" },
    { "endpoints.0.role", "\"edge-external\"" },
    { "endpoints.0.connect", "\"open\"" },
    { "endpoints.0.tls", "\"ok\"" },
    { "endpoints.0.protocol", "\"TLSv1.2\"" },
    { "endpoints.0.status", "401" },
    { "endpoints.0.certificate", "\"" STORY_AA "\"" },
    { "endpoints.0.private_store", "null" },
    { "endpoints.0.public_store", "\"ok\"" },
    { "endpoints.0.times", "{\"connect\":0.018,\"tls\":0.061,\"first_byte\":null,\"total\":0.09}" },
    { "certificates.0.sha256", "\"" STORY_AA "\"" },
    { "certificates.0.subject", "\"CN=access.contoso.example\"" },
    { "certificates.0.san", "[\"access.contoso.example\"]" },
    { "certificates.0.not_after", "\"2027-09-03T19:33:20Z\"" },
    { "certificates.0.eku", "[\"serverAuth\"]" },
    { "findings.0.id", "\"LP-DNS-RECORD-MISSING\"" },
    { "findings.0.severity", "\"warning\"" },
    { "findings.0.subject", "\"lyncdiscover.contoso.example A\"" },
    { "findings.0.evidence", "[3,4]" },
    { "findings.0.cause", "null" },
};

START_TEST(test_value)
{
    open_report(story_plain);
    assert_at(values[_i][0], values[_i][1]);
}
END_TEST

START_TEST(test_finding_is_whole)
{
    open_report(story_plain);
    size_t i;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), i, finding)
    {
        ck_assert_uint_gt(json_string_length(json_object_get(finding, "title")), 5);
        ck_assert_uint_gt(json_string_length(json_object_get(finding, "expected")), 3);
        ck_assert_uint_gt(json_string_length(json_object_get(finding, "observed")), 3);
        ck_assert_uint_gt(json_string_length(json_object_get(finding, "why")), 20);
        ck_assert_uint_gt(json_array_size(json_object_get(finding, "fix")), 0);
    }
    ck_assert_uint_gt(i, 1);
}
END_TEST

#define REFUSED \
    STORY_SIP(20, "198.51.100.10", "refused", "\"connect\":\"refused\",\"tls_us\":-1", "")

/* Findings with that id that name the finding which they follow from. */
static size_t count_followers(const char *id)
{
    size_t i, n = 0;
    json_t *finding;
    json_array_foreach(json_object_get(report, "findings"), i, finding)
    {
        json_t *cause = json_object_get(finding, "cause");
        if (strcmp(json_string_value(json_object_get(finding, "id")), id) != 0)
            continue;
        n += json_is_string(json_object_get(cause, "id")) &&
             json_is_string(json_object_get(cause, "subject"));
    }
    return n;
}

START_TEST(test_failure)
{
    const char *const pieces[] = { STORY_HEADER(",\"unicode\":\"x\""), story_names,
                                   STORY_ANSWER(17, "A", 1, "access.contoso.example",
                                                "\"address\":\"198.51.100.10\"") REFUSED,
                                   "{\"end\":true,\"why\":\"interrupted\"}\n", NULL };
    open_report(pieces);
    assert_at("verdict", "\"critical\"");
    assert_at("unicode", "\"x\"");
    assert_at("complete", "false");
    assert_at("incomplete", "\"interrupted\"");
    assert_at("clients.0.outcome", "\"fails\"");
    assert_at("clients.0.endpoint", "null");
    assert_at("steps.4.outcome", "\"broken\"");
    assert_at("endpoints.0.connect", "\"refused\"");
    assert_at("endpoints.0.tls", "null");
    assert_at("endpoints.0.status", "null");
    assert_at("endpoints.0.certificate", "null");
    assert_at("endpoints.0.times.tls", "null");
    ck_assert_uint_eq(count_followers("LP-WALK-FAILS"), 1);
}
END_TEST

START_TEST(test_array_for_several)
{
    static const size_t counts[] = { 0, 2 };
    story_open_all(&story, story_plain);
    const struct lp_judgement *walks[] = { &story.judgement, &story.judgement };
    struct lp_report_input input = { .walks = walks, .n = counts[_i], .style = story.style };
    lp_renderer_by_name(LP_STR("json"))->render(&input, &story.out);
    report = json_loads(story.out.p, JSON_REJECT_DUPLICATES, NULL);
    ck_assert(json_is_array(report));
    ck_assert_uint_eq(json_array_size(report), counts[_i]);
    ck_assert_int_eq(story.out.p[story.out.n - 1], '\n');
}
END_TEST

#define EVIL "\\u001b[2J\\u202e\\\"\\\\\\n"

START_TEST(test_hostile)
{
    const char *const pieces[] = {
        STORY_HEADER(""), story_names,
        STORY_ANSWER(17, "A", 1, "access.contoso.example", "\"address\":\"198.51.100.10\"")
            STORY_SIP(20, "198.51.100.10", "ok",
                      "\"connect\":\"open\",\"tls\":\"ok\",\"protocol\":\"" EVIL "\"",
                      ",\"is_sip\":true,\"status\":401,\"server\":\"" EVIL "\""),
        STORY_END, NULL
    };
    open_report(pieces);
    ck_assert_str_eq(json_string_value(json_object_get(
                         json_array_get(json_object_get(report, "endpoints"), 0), "server")),
                     "\033[2J\u202e\"\\\n");
    for (const char *at = story.out.p; *at; at++)
        ck_assert(*at == '\n' || (*at >= 0x20 && *at < 0x7f));
}
END_TEST

Suite *lp_suite_json_report(void)
{
    Suite *suite = suite_create("json_report");
    TCase *tcase = tcase_create("json_report");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_loop_test(tcase, test_value, 0, LP_COUNT(values));
    tcase_add_test(tcase, test_finding_is_whole);
    tcase_add_test(tcase, test_failure);
    tcase_add_loop_test(tcase, test_array_for_several, 0, 2);
    tcase_add_test(tcase, test_hostile);
    suite_add_tcase(suite, tcase);
    return suite;
}
