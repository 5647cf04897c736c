/* test_junit.c - well-formed XML, counts that are true, states by the outcome */
#include <check.h>
#include <expat.h>
#include <string.h>

#include "story.h"

Suite *lp_suite_junit(void);

struct tally {
    int cases, failures, errors, skipped;
    int said_cases, said_failures, said_errors, said_skipped;
};

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct tally *t = user;
    t->cases += !strcmp(name, "testcase");
    t->failures += !strcmp(name, "failure");
    t->errors += !strcmp(name, "error");
    t->skipped += !strcmp(name, "skipped");
    for (; !strcmp(name, "testsuite") && attributes[0]; attributes += 2) {
        uint64_t number = 0;
        int value = lp_str_to_u64(lp_str_of(attributes[1]), 10000, &number) ? (int)number : 0;
        t->said_cases += !strcmp(attributes[0], "tests") ? value : 0;
        t->said_failures += !strcmp(attributes[0], "failures") ? value : 0;
        t->said_errors += !strcmp(attributes[0], "errors") ? value : 0;
        t->said_skipped += !strcmp(attributes[0], "skipped") ? value : 0;
    }
}

static struct tally tally_of(const char *body)
{
    struct tally t = { 0 };
    const struct lp_renderer *r = lp_renderer_by_name(LP_STR("junit"));
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &t);
    XML_SetStartElementHandler(parser, on_start);
    ck_assert(XML_Parse(parser, r->first, (int)strlen(r->first), 0) == XML_STATUS_OK);
    ck_assert_msg(XML_Parse(parser, body, (int)strlen(body), 0) == XML_STATUS_OK, "%s",
                  XML_ErrorString(XML_GetErrorCode(parser)));
    ck_assert(XML_Parse(parser, r->last, (int)strlen(r->last), 1) == XML_STATUS_OK);
    XML_ParserFree(parser);
    return t;
}

START_TEST(test_counts)
{
    struct story story;
    story_open_all(&story, story_plain);
    struct tally t = tally_of(story_render(&story, "junit"));
    ck_assert_int_gt(t.failures, 0);
    ck_assert_int_gt(t.skipped, 0);
    ck_assert_int_eq(t.cases, t.said_cases);
    ck_assert_int_eq(t.failures, t.said_failures);
    ck_assert_int_eq(t.errors, t.said_errors);
    ck_assert_int_eq(t.skipped, t.said_skipped);
    story_close(&story);
}
END_TEST

/* Nothing was answered: undecided is an error, not a failure. */
START_TEST(test_undecided)
{
    struct story story;
    story_open_all(&story, (const char *const[]){ STORY_HEADER(""), STORY_END, NULL });
    struct tally t = tally_of(story_render(&story, "junit"));
    ck_assert_int_gt(t.errors, 0);
    ck_assert_int_eq(t.errors, t.said_errors);
    story_close(&story);
}
END_TEST

Suite *lp_suite_junit(void)
{
    Suite *suite = suite_create("junit");
    TCase *tcase = tcase_create("junit");
    tcase_add_test(tcase, test_counts);
    tcase_add_test(tcase, test_undecided);
    suite_add_tcase(suite, tcase);
    return suite;
}
