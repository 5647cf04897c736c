/* test_ticket.c - six lines for a ticket */
#include <check.h>
#include <string.h>

#include "lp/summary.h"
#include "lp/text.h"
#include "story.h"

Suite *lp_suite_ticket(void);

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

START_TEST(test_six_lines)
{
    struct story story;
    story_open_all(&story, story_plain);
    const char *text = story_render(&story, "ticket");
    ck_assert_uint_eq(count_lines(text), 6);
    ck_assert_int_eq(strncmp(text, "Verdict  contoso.example: ", 26), 0);
    ck_assert_ptr_nonnull(strstr(text, "\nTime     2026-11-24T05:41:00Z, took 1.23 s\n"));
    ck_assert_ptr_nonnull(strstr(text, "\nVantage  external, DNS 192.0.2.53, lyncprobe 0.0\n"));
    story_close(&story);
}
END_TEST

/* A name from the network cannot add a line. */
START_TEST(test_hostile)
{
    struct story story;
    story_open_all(&story,
                   (const char *const[]){
                       STORY_HEADER(""), story_names,
                       STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401),
                       STORY_LEAF(21, STORY_AA, "\"not_after\":1790000001"), STORY_END, NULL });
    const char *text = story_render(&story, "ticket");
    ck_assert_uint_eq(count_lines(text), 6);
    ck_assert_ptr_nonnull(strstr(text, "\nFinding  LP-"));
    story_close(&story);
}
END_TEST

Suite *lp_suite_ticket(void)
{
    Suite *suite = suite_create("ticket");
    TCase *tcase = tcase_create("ticket");
    tcase_add_test(tcase, test_six_lines);
    tcase_add_test(tcase, test_hostile);
    suite_add_tcase(suite, tcase);
    return suite;
}
