/* test_text_report.c - the terminal report: what stands where, its width, and hostile text */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/text.h"
#include "story.h"

Suite *lp_suite_text_report(void);

static struct story story;

static void tear_down(void)
{
    story_close(&story);
}

/* The line that holds the text, without its end; fails when there is none. */
static struct lp_str line_of(const char *report, const char *text)
{
    const char *at = strstr(report, text);
    ck_assert_msg(at != NULL, "no \"%s\" in:\n%.3000s", text, report);
    while (at > report && at[-1] != '\n')
        at--;
    return (struct lp_str){ at, strcspn(at, "\n") };
}
static void assert_line(const char *report, const char *text, const char *line)
{
    struct lp_str found = line_of(report, text);
    ck_assert_msg(lp_str_eq(found, lp_str_of(line)), "is     \"%.*s\"\nshould \"%s\"", (int)found.n,
                  found.p, line);
}

static void assert_shape(const char *report, size_t width)
{
    struct lp_str rest = lp_str_of(report);
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= width, "too wide: %.*s", (int)line.n, line.p);
        ck_assert_msg(!line.n || line.p[line.n - 1] != ' ', "blank at the end: %.*s", (int)line.n,
                      line.p);
    }
}

/* ---- a deployment that works ---- */

START_TEST(test_head)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    ck_assert_int_eq(strncmp(report, "contoso.example: a user outside can sign in", 43), 0);
    struct lp_str first = line_of(report, "contoso.example: a user");
    ck_assert_uint_eq(first.n, 80);
    ck_assert(lp_str_ends_nocase(first, "  WARNING  external  24 Nov 05:41Z"));
    ck_assert_ptr_nonnull(strstr(report, "\nWhy  "));
    ck_assert_ptr_nonnull(strstr(report, "\nFix  "));
    ck_assert_ptr_nonnull(strstr(report, "lyncprobe explain LP-DNS-RECORD-MISSING\n"));
}
END_TEST
START_TEST(test_ladder)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "WALK",
                "WALK  lync2013 from outside; DNS 192.0.2.53                   ms  DNS  TCP  TLS");
    assert_line(report, "a -- ",
                "a -- lyncdiscoverinternal.contoso.example A    not there, right     18");
    assert_line(report, "b !! ",
                "b !! lyncdiscover.contoso.example A            not there            18");
    assert_line(report, "e ok ",
                "e ok _sip._tls.contoso.example SRV             gives the server     18");
    assert_line(report, "|- access", "     |- access.contoso.example:443, priority 0, weight 0");
    assert_line(report, "`- 198.51.100.10",
                "  ok `- 198.51.100.10  SIP answers                                       18   61");
    ck_assert_ptr_null(strstr(report, "STOPS HERE"));
}
END_TEST
START_TEST(test_tables)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "  ok lync2010",
                "  ok lync2010    signs in at access.contoso.example:443 (step 3, _sip._tls)");
    assert_line(report, "  -- mobile", "  -- mobile      fails: none of its names exists");
    assert_line(report, "CERTIFICATES",
                "CERTIFICATES                     ends         names     trusted by nodes");
    assert_line(report, "ok access.contoso.example:443 ",
                "  ok access.contoso.example:443  3 Sep 2027   1 of 1    public     1");
    assert_line(report, "PORTS", "PORTS               443");
    assert_line(report, "ok 198.51.100.10  TLS", "  ok 198.51.100.10  TLSv1.2");
    ck_assert_ptr_null(strstr(report, "NAME SERVERS"));
    ck_assert_ptr_null(strstr(report, "EVIDENCE"));
}
END_TEST
START_TEST(test_closing)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "0 critical",
                "0 critical, 2 warnings, 0 notes                             19 questions, 1.23 s");
    ck_assert_ptr_null(strstr(report, "not complete"));
}
END_TEST
START_TEST(test_same_twice)
{
    story_open_all(&story, story_plain);
    char *once = strdup(story_render(&story, "text"));
    ck_assert_str_eq(story_render(&story, "text"), once);
    free(once);
}
END_TEST
START_TEST(test_two_walks)
{
    story_open_all(&story, story_plain);
    char *once = strdup(story_render(&story, "text"));
    const struct lp_judgement *walks[] = { &story.judgement, &story.judgement };
    struct lp_report_input input = { .walks = walks, .n = 2, .style = story.style };
    lp_buf_clear(&story.out);
    lp_renderer_by_name(LP_STR("text"))->render(&input, &story.out);
    size_t n = strlen(once);
    ck_assert_uint_eq(story.out.n, 2 * n + 2);
    ck_assert_int_eq(memcmp(story.out.p, once, n), 0);
    ck_assert_int_eq(memcmp(story.out.p + n, "\n\n", 2), 0);
    ck_assert_str_eq(story.out.p + n + 2, once);
    free(once);
}
END_TEST
/* ---- verbosity ---- */

START_TEST(test_questions)
{
    story_open_all(&story, story_plain);
    story.style.verbosity = 1;
    const char *report = story_render(&story, "text");
    assert_line(report, "SRV: NOERROR",
                "     |- SRV: NOERROR aa, TTL 300; 192.0.2.53:53, 1 try, 18000 us");
    assert_line(report, "access.contoso.example AAAA: ",
                "     |- access.contoso.example AAAA: NOERROR; 192.0.2.53:53, 1 try, 18000 us");
    assert_line(report, "       names: ", "       names: access.contoso.example");
    ck_assert_ptr_nonnull(strstr(report, "info LP-WALK-"));
    ck_assert_ptr_null(strstr(report, "EVIDENCE"));
    assert_shape(report, 80);
}
END_TEST
START_TEST(test_evidence)
{
    story_open_all(&story, story_plain);
    story.style.verbosity = 2;
    const char *report = story_render(&story, "text");
    assert_line(report, "20  sip ",
                "20  sip access.contoso.example:443 198.51.100.10: ok  at 0 us, 90000 us");
    ck_assert_ptr_nonnull(strstr(report, "is_sip yes; status 401; reason Unauthorized"));
    ck_assert_ptr_nonnull(strstr(report, "\n     rrs 1 of 1:\n       section answer; owner _sip."));
    ck_assert_ptr_nonnull(strstr(report, "not_after 2027-09-"));
    assert_shape(report, 80);
}
END_TEST
#define WIRE                                                                               \
    "{\"id\":40,\"kind\":\"dns\",\"key\":\"dns 0 A x.example\",\"outcome\":\"malformed\"," \
    "\"facts\":{\"name\":\"x.example\",\"type\":1,\"wire\":\"AAH/\"}}\n"

START_TEST(test_bytes)
{
    const char *const pieces[] = { STORY_HEADER(""), story_names, WIRE, STORY_END, NULL };
    story_open_all(&story, pieces);
    story.style.verbosity = 2;
    ck_assert_ptr_nonnull(strstr(story_render(&story, "text"), "wire 3 bytes\n"));
    story.style.verbosity = 3;
    ck_assert_ptr_nonnull(strstr(story_render(&story, "text"), "wire 0001ff\n"));
}
END_TEST
/* ---- width, colour, glyphs ---- */

START_TEST(test_width)
{
    static const int widths[] = { 60, 79, 80, 100, 120 };
    story_open_all(&story, story_plain);
    story.style.width = widths[_i];
    for (story.style.verbosity = 0; story.style.verbosity < 4; story.style.verbosity++) {
        const char *report = story_render(&story, "text");
        assert_shape(report, (size_t)widths[_i]);
        ck_assert_int_eq(strstr(report, "DNS  TCP  TLS") != NULL, widths[_i] >= 80);
    }
}
END_TEST
START_TEST(test_color_adds_only_color)
{
    story_open_all(&story, story_plain);
    char *plain = strdup(story_render(&story, "text"));
    story.style.color = true;
    const char *report = story_render(&story, "text");
    struct lp_buf stripped = lp_buf_new(1 << 20);
    size_t sequences = 0;
    for (const char *at = report; *at; at++) {
        if (*at != '\033') {
            lp_buf_char(&stripped, *at);
            continue;
        }
        sequences++;
        at = strchr(at, 'm');
        ck_assert_ptr_nonnull(at);
    }
    ck_assert_uint_gt(sequences, 10);
    ck_assert_str_eq(stripped.p, plain);
    lp_buf_release(&stripped);
    free(plain);
}
END_TEST
START_TEST(test_glyphs)
{
    story_open_all(&story, story_plain);
    story.style.ascii = false;
    const char *report = story_render(&story, "text");
    ck_assert_ptr_nonnull(strstr(report, "  ok \u2514\u2500 198.51.100.10  SIP answers"));
    ck_assert_ptr_null(strstr(report, "`- "));
    assert_shape(report, 80);
}
END_TEST
Suite *lp_suite_text_report(void)
{
    Suite *suite = suite_create("text_report");
    TCase *tcase = tcase_create("text_report");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_test(tcase, test_head);
    tcase_add_test(tcase, test_ladder);
    tcase_add_test(tcase, test_tables);
    tcase_add_test(tcase, test_closing);
    tcase_add_test(tcase, test_same_twice);
    tcase_add_test(tcase, test_two_walks);
    tcase_add_test(tcase, test_questions);
    tcase_add_test(tcase, test_evidence);
    tcase_add_test(tcase, test_bytes);
    tcase_add_loop_test(tcase, test_width, 0, 5);
    tcase_add_test(tcase, test_color_adds_only_color);
    tcase_add_test(tcase, test_glyphs);
    suite_add_tcase(suite, tcase);
    return suite;
}
