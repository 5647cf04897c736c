/* test_unchecked.c - the closing words of a report, and the page behind them */
#include <check.h>
#include <string.h>

#include "lp/text.h"
#include "lp/unchecked.h"

Suite *lp_suite_unchecked(void);

#define REST                                                                                     \
    "the account and its password, the client's cache, proxy settings, DHCP. How to: lyncprobe " \
    "explain not-checked"

static const struct {
    const char *server; /* label of the first name server; NULL: there is none */
    bool internal;
    const char *want;
} rows[] = {
    { "192.0.2.53", false,
      "Not checked: the way inside (both in one run: @inside=SERVER @outside=SERVER), " REST },
    { NULL, true,
      "Not checked: the way outside (both in one run: @inside=SERVER @outside=SERVER), " REST },
    { "inside", true, "Not checked: " REST },
    { "outside", false, "Not checked: " REST },
};

START_TEST(test_words)
{
    struct lp_arena arena = { 0 };
    struct lp_log log = { 0 };
    struct lp_judgement j = { .survey = { .log = &log, .internal = rows[_i].internal } };
    struct lp_server server = { .label = lp_str_of(rows[_i].server ? rows[_i].server : "") };
    log.setup.servers = (struct lp_list){ .at = &server, .n = rows[_i].server != NULL };
    struct lp_str words = lp_unchecked(&arena, &j);
    ck_assert_msg(lp_str_eq(words, lp_str_of(rows[_i].want)), "%.*s", (int)words.n, words.p);
    lp_arena_release(&arena);
}
END_TEST

/* Every part has its heading and what is to be done under it, in 80 columns. */
START_TEST(test_page)
{
    struct lp_style style = { 0 };
    struct lp_buf page = lp_buf_new(64 * 1024);
    const struct lp_unchecked_part *part;
    lp_report_explain_unchecked(&style, &page);
    const char *at = page.p;
    for (size_t i = 0; (part = lp_unchecked_at(i)); i++) {
        at = strstr(at, part->heading);
        ck_assert_msg(at && at[-1] == '\n', "%s", part->heading);
    }
    struct lp_str rest = lp_buf_view(&page);
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= 80, "%.*s", (int)line.n, line.p);
    }
    lp_buf_release(&page);
}
END_TEST

Suite *lp_suite_unchecked(void)
{
    Suite *suite = suite_create("unchecked");
    TCase *tc = tcase_create("unchecked");
    tcase_add_loop_test(tc, test_words, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, test_page);
    suite_add_tcase(suite, tc);
    return suite;
}
