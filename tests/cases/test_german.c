/* test_german.c - what people read of the recordings in German: not a word of ours is English */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/compare_render.h"
#include "lp/lang.h"
#include "recorded.h"

Suite *lp_suite_german(void);

enum { PLAIN_MAX = 1 << 22 };

static struct lp_buf plain;

/* ---- the text between the tags ---- */

/* What peers, names and machines say: not ours to translate. */
static bool is_foreign(struct lp_str tag)
{
    static const char *const tags[] = { "pre", "code", "style", "script" };
    for (size_t i = 0; i < LP_COUNT(tags); i++) {
        struct lp_str word = lp_str_of(tags[i]);
        if (lp_str_eq(lp_str_sub(tag, 0, word.n), word))
            return true;
    }
    return false;
}

/* Attributes that are shown or read aloud stay; the rest of the markup becomes blanks. */
static void put_tag(struct lp_str tag)
{
    static const char *const shown[] = { "aria-label=\"", "data-copied=\"", "data-selected=\"" };
    const char *end = tag.p + tag.n;
    for (size_t i = 0; i < LP_COUNT(shown); i++) {
        const char *at = memmem(tag.p, tag.n, shown[i], strlen(shown[i]));
        for (at = at ? at + strlen(shown[i]) : end; at < end && *at != '"'; at++)
            lp_buf_char(&plain, *at);
    }
    lp_buf_char(&plain, ' ');
}

static void strip(struct lp_str page)
{
    bool foreign = false;
    lp_buf_clear(&plain);
    while (page.n) {
        struct lp_str text = lp_str_cut(&page, '<'), tag = lp_str_cut(&page, '>');
        if (!foreign)
            lp_buf_str(&plain, text);
        foreign = is_foreign(tag);
        put_tag(tag);
    }
}

/* ---- English ---- */

/* Words that no German sentence has; domains, ids and product names have none of them. */
static const char *const english[] = {
    "the",  "is",   "are",  "not",  "of",    "and",   "with",  "at",     "by",      "to",
    "from", "that", "for",  "no",   "it",    "has",   "have",  "be",     "one",     "names",
    "seen", "ends", "days", "when", "which", "what",  "this",  "other",  "answers", "does",
    "more", "same", "only", "ago",  "there", "found", "after", "before", "because",
};

static bool is_english(struct lp_str word)
{
    for (size_t i = 0; i < LP_COUNT(english); i++) {
        if (lp_str_eq_nocase(word, lp_str_of(english[i])))
            return true;
    }
    return false;
}

/* The first of them between blanks. NULL: none. */
static const char *find_english(const char *text)
{
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, " \n");
        size_t letters = n && strchr(",.:;", at[n - 1]) ? n - 1 : n;
        if (is_english((struct lp_str){ at, letters }))
            return at;
        at += n + (at[n] != '\0');
    }
    return NULL;
}

/* Names of products, and texts of OpenSSL, which have no quotes around them. */
static void blank_out_foreign(void)
{
    static const char *const foreign[] = {
        "Skype for Business",
        "certificate has expired",
        "unable to get local issuer certificate",
        "unable to verify the first certificate",
    };
    for (size_t i = 0; i < LP_COUNT(foreign); i++) {
        for (char *at = plain.p; (at = strstr(at, foreign[i])) != NULL;)
            memset(at, '-', strlen(foreign[i]));
    }
}

static void check(const char *name)
{
    blank_out_foreign();
    const char *at = find_english(plain.p);
    const char *from = at && at - plain.p > 60 ? at - 60 : plain.p;
    ck_assert_msg(!at, "%s: ...%.120s...", name, from);
}

/* ---- the tests ---- */

static struct recorded first, second;

static void set_up(void)
{
    plain = lp_buf_new(PLAIN_MAX);
}

static void tear_down(void)
{
    lp_buf_release(&plain);
}

START_TEST(test_page)
{
    recorded_open_in(&first, recorded_names()->at[_i], lp_lang_by_name(LP_STR("de")));
    strip(lp_str_of(recorded_render(&first, "html")));
    check(recorded_names()->at[_i]);
    recorded_close(&first);
}
END_TEST

/* Names of products may be broken over two lines. */
static void join_lines(void)
{
    size_t n = 0;
    for (size_t i = 0; i < plain.n; i++) {
        char c = plain.p[i] == '\n' ? ' ' : plain.p[i];
        if (c != ' ' || !n || plain.p[n - 1] != ' ')
            plain.p[n++] = c;
    }
    lp_buf_truncate(&plain, n);
}

static void render(const char *format, int verbosity)
{
    const struct lp_judgement *walk = &first.judgement;
    struct lp_report_input input = { .walks = &walk, .n = 1 };
    input.style = (struct lp_style){ .width = 80, .verbosity = verbosity };
    lp_buf_clear(&plain);
    lp_renderer_by_name(lp_str_of(format))->render(&input, &plain);
    join_lines();
}

START_TEST(test_report)
{
    recorded_open_in(&first, recorded_names()->at[_i], lp_lang_by_name(LP_STR("de")));
    for (int verbosity = 0; verbosity < 2; verbosity++) {
        render("text", verbosity);
        check(recorded_names()->at[_i]);
    }
    render("ticket", 0);
    check(recorded_names()->at[_i]);
    recorded_close(&first);
}
END_TEST

/* Read line by line when they change; the third terminal knows only ASCII. */
static const struct {
    const char *name, *format, *ending;
    bool ascii;
} golden[] = {
    { "outside", "text", ".de.txt", false },
    { "cert-expired", "text", ".de.txt", false },
    { "check-member-down", "text", ".de.txt", true },
    { "cert-expired", "ticket", ".de.ticket", false },
    { "sip-status-inside", "ticket", ".de.ticket", true },
};

START_TEST(test_golden)
{
    struct recorded_path path = recorded_path(golden[_i].name, golden[_i].ending);
    recorded_open_in(&first, golden[_i].name, lp_lang_by_name(LP_STR("de")));
    const struct lp_judgement *walk = &first.judgement;
    struct lp_report_input input = { .walks = &walk, .n = 1 };
    input.style = (struct lp_style){ .width = 80, .ascii = golden[_i].ascii };
    lp_renderer_by_name(lp_str_of(golden[_i].format))->render(&input, &plain);
    if (recorded_is_update())
        recorded_write(path.text, plain.p);
    char *expected = recorded_slurp(path.text);
    ck_assert_msg(expected && strcmp(expected, plain.p) == 0, "%s; UPDATE_CASES=1 writes it anew",
                  path.text);
    free(expected);
    for (const char *at = plain.p; *at && golden[_i].ascii; at++)
        ck_assert_msg((unsigned char)*at < 0x80, "%s: %.20s", path.text, at);
    recorded_close(&first);
}
END_TEST

/* Against the healthy outside. */
START_TEST(test_compared)
{
    struct lp_compared compared;
    recorded_open_in(&first, "outside", lp_lang_by_name(LP_STR("de")));
    recorded_open_in(&second, recorded_names()->at[_i], lp_lang_by_name(LP_STR("de")));
    lp_compare(&first.judgement, &second.judgement, &first.arena, &compared);
    struct lp_compare_input input = { .at = &compared, .n = 1, .style = { .verbosity = 1 } };
    lp_buf_clear(&plain);
    lp_compare_renderer_by_name(LP_STR("text"))->render(&input, &plain);
    check(recorded_names()->at[_i]);
    lp_compare_renderer_by_name(LP_STR("html"))->render(&input, &first.out);
    strip(lp_buf_view(&first.out));
    check(recorded_names()->at[_i]);
    recorded_close(&second);
    recorded_close(&first);
}
END_TEST

/* The test sees what it is to see. */
START_TEST(test_finds_english)
{
    recorded_open(&first, recorded_names()->at[0]);
    strip(lp_str_of(recorded_render(&first, "html")));
    ck_assert_ptr_nonnull(find_english(plain.p));
    recorded_close(&first);
}
END_TEST

Suite *lp_suite_german(void)
{
    Suite *suite = suite_create("german");
    TCase *tc = tcase_create("german");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, test_page, 0, (int)recorded_names()->n);
    tcase_add_loop_test(tc, test_report, 0, (int)recorded_names()->n);
    tcase_add_loop_test(tc, test_golden, 0, (int)LP_COUNT(golden));
    tcase_add_loop_test(tc, test_compared, 0, (int)recorded_names()->n);
    tcase_add_test(tc, test_finds_english);
    suite_add_tcase(suite, tc);
    return suite;
}
