/* test_page.c - lines of a page: flowing text, rows, tables, steps */
#include <check.h>
#include <string.h>

#include "lp/field.h"
#include "lp/page.h"

Suite *lp_suite_page(void);

static struct lp_arena arena;
static struct lp_buf out;
static struct lp_page page;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    out = lp_buf_new(1 << 20);
    page = (struct lp_page){ .out = &out, .arena = &arena, .width = 20, .ascii = true };
}

static void tear_down(void)
{
    lp_buf_release(&out);
    lp_arena_release(&arena);
}

/* ---- flowing text ---- */

static const struct {
    const char *title, *text;
    size_t at, hang, width;
    bool ascii;
    const char *lines;
} flows[] = {
    { "short", "one two", 0, 0, 20, true, "one two\n" },
    { "empty", "", 0, 0, 20, true, "\n" },
    { "exactly the width", "one two", 0, 0, 7, true, "one two\n" },
    { "one too wide", "one two", 0, 0, 6, true, "one\ntwo\n" },
    { "columns already used", "one two", 4, 0, 10, true, "one\ntwo\n" },
    { "hanging lines", "one two three", 0, 2, 8, true, "one two\n  three\n" },
    { "a long word is cut", "abcdefghij k", 0, 1, 5, true, "abcde\n fghi\n j k\n" },
    { "a long word goes to the next line first", "abcdefgh", 6, 2, 8, true, "\n  abcdef\n  gh\n" },
    { "blanks at a break go", "one   two", 0, 0, 4, true, "one\ntwo\n" },
    { "blanks within stay", "one   two", 0, 0, 9, true, "one   two\n" },
    { "a page narrower than its margin", "ab", 9, 9, 5, true, "a\n         b\n" },
    { "ASCII page", "b\u00fccher", 0, 0, 20, true, "b\\u{fc}cher\n" },
    { "UTF-8 page", "b\u00fccher", 0, 0, 6, false, "b\u00fccher\n" },
    { "wide characters", "\u4e2d\u6587", 0, 0, 3, false, "\u4e2d\n\u6587\n" },
    { "hidden on every page", "a\u202eb\u200bc", 0, 0, 30, false, "a\\u{202e}b\\u{200b}c\n" },
    { "control characters", "a\033[2Jb\177", 0, 0, 30, false, "a\\u{1b}[2Jb\\u{7f}\n" },
    { "no UTF-8",
      "a\xff"
      "b",
      0, 0, 30, false, "a\\u{fffd}b\n" },
    { "a mark without a letter", "\u0301a", 0, 0, 30, false, "\\u{301}a\n" },
    { "marks on a letter", "a\u0301", 0, 0, 30, false, "a\u0301\n" },
};

START_TEST(test_flow)
{
    page.width = flows[_i].width;
    page.ascii = flows[_i].ascii;
    lp_page_flow(&page, lp_str_of(flows[_i].text), flows[_i].at, flows[_i].hang);
    ck_assert_msg(strcmp(out.p, flows[_i].lines) == 0, "%s: \"%s\"", flows[_i].title, out.p);
}
END_TEST

START_TEST(test_no_blank_before_an_end)
{
    lp_page_space(&page, 15);
    lp_page_flow(&page, LP_STR("abcdefgh"), 15, 2);
    ck_assert_str_eq(out.p, "\n  abcdefgh\n");
}
END_TEST

START_TEST(test_block)
{
    lp_page_block(&page, "Why", LP_STR("one two three four"), 5);
    ck_assert_str_eq(out.p, "Why  one two three\n     four\n");
}
END_TEST

START_TEST(test_heading)
{
    lp_page_heading(&page, "WALK", LP_STR_NONE);
    lp_page_heading(&page, "WALK", LP_STR("beside it"));
    ck_assert_str_eq(out.p, "\nWALK\n\nWALK  beside it\n");
}
END_TEST

START_TEST(test_rule)
{
    page.width = 3;
    lp_page_rule(&page);
    page.ascii = false;
    lp_page_rule(&page);
    ck_assert_str_eq(out.p, "---\n\u2500\u2500\u2500\n");
}
END_TEST

START_TEST(test_steps)
{
    struct lp_str steps[] = { LP_STR("Look at it."), LP_STR("dig +short example.com SOA"),
                              LP_STR("Then again.") };
    page.width = 24;
    lp_page_steps(&page, "Fix", steps, LP_COUNT(steps));
    ck_assert_str_eq(out.p, "Fix  Look at it.\n"
                            "       dig +short \\\n"
                            "         example.com SOA\n"
                            "     Then again.\n");
}
END_TEST

START_TEST(test_color)
{
    static const char *const words[] = { "  ", "ok", "..", "--", "??", "!!", "XX", "^^" };
    page.color = _i > 0;
    for (enum lp_sign sign = LP_SIGN_NONE; sign <= LP_SIGN_HERE; sign++) {
        lp_buf_clear(&out);
        lp_page_sign(&page, sign);
        ck_assert_ptr_nonnull(strstr(out.p, words[sign]));
        ck_assert_int_eq(strchr(out.p, '\033') != NULL, page.color && sign != LP_SIGN_NONE);
    }
}
END_TEST

/* ---- rows ---- */

static const struct {
    const char *title;
    size_t width;
    struct lp_row row;
    const char *lines;
} rows[] = {
    { "left and text",
      40,
      { "a", LP_SIGN_OK, { "name", 4 }, { "text", 4 }, 15, { -1, -1, -1 } },
      "a ok name      text\n" },
    { "left alone",
      40,
      { NULL, LP_SIGN_NONE, { "name", 4 }, { NULL, 0 }, 15, { -1, -1, -1 } },
      "     name\n" },
    { "left reaches over the column",
      40,
      { "a", LP_SIGN_OK, { "a longer name", 13 }, { "text", 4 }, 15, { -1, -1, -1 } },
      "a ok a longer name  text\n" },
    { "left fills the line",
      20,
      { "a", LP_SIGN_OK, { "abcdefghijklmn", 14 }, { "text", 4 }, 15, { -1, -1, -1 } },
      "a ok abcdefghijklmn\n          text\n" },
    { "text goes on below its column",
      24,
      { "a", LP_SIGN_OK, { "name", 4 }, { "one two three", 13 }, 15, { -1, -1, -1 } },
      "a ok name      one two\n               three\n" },
    { "times",
      80,
      { "a", LP_SIGN_OK, { "name", 4 }, { "text", 4 }, 15, { 18400, 499, 61500 } },
      "a ok name      text                                                 18   <1   62\n" },
    { "times that were not measured",
      80,
      { "a", LP_SIGN_OK, { "name", 4 }, { "text", 4 }, 15, { -1, 1000, -1 } },
      "a ok name      text                                                       1\n" },
    { "no times on a narrow page",
      79,
      { "a", LP_SIGN_OK, { "name", 4 }, { "text", 4 }, 15, { 18400, 1, 1 } },
      "a ok name      text\n" },
    { "text stops before times",
      80,
      { "a",
        LP_SIGN_OK,
        { "name", 4 },
        { "0123456789 0123456789 0123456789 0123456789 012345", 50 },
        15,
        { 9999000, -1, -1 } },
      "a ok name      0123456789 0123456789 0123456789 0123456789 012345 9999\n" },
    { "longest time",
      80,
      { "a", LP_SIGN_OK, { "name", 4 }, { "text", 4 }, 15, { LP_FIELD_INT_MAX, -1, -1 } },
      "a ok name      text                                              99999\n" },
};

START_TEST(test_row)
{
    page.width = rows[_i].width;
    lp_page_row(&page, &rows[_i].row);
    ck_assert_msg(strcmp(out.p, rows[_i].lines) == 0, "%s:\n%s", rows[_i].title, out.p);
}
END_TEST

/* ---- cells ---- */

static const struct {
    const char *title;
    const char *cells[3];
    const char *lines;
} tables[] = {
    { "in columns", { "a", "b", "c" }, "  ok a    b    c\n" },
    { "a wide cell pushes the next", { "abcdef", "b", "c" }, "  ok abcdef\n          b    c\n" },
    { "an empty cell", { "a", "", "c" }, "  ok a         c\n" },
    { "no blanks at the end", { "a", "", "" }, "  ok a\n" },
    { "the last one flows", { "a", "b", "c def" }, "  ok a    b    c\n               def\n" },
};

START_TEST(test_cells)
{
    static const size_t at[] = { LP_ROW_LEFT, 10, 15 };
    struct lp_str cells[3];
    for (size_t i = 0; i < LP_COUNT(cells); i++)
        cells[i] = lp_str_of(tables[_i].cells[i]);
    page.width = 18;
    struct lp_cells line = { LP_SIGN_OK, cells, at, LP_COUNT(cells) };
    lp_page_cells(&page, &line);
    ck_assert_msg(strcmp(out.p, tables[_i].lines) == 0, "%s:\n%s", tables[_i].title, out.p);
}
END_TEST

START_TEST(test_join)
{
    struct lp_str list = LP_STR_NONE;
    lp_page_join(&page, &list, LP_STR("a"));
    lp_page_join(&page, &list, LP_STR("b"));
    ck_assert(lp_str_eq(list, LP_STR("a, b")));
}
END_TEST

Suite *lp_suite_page(void)
{
    Suite *suite = suite_create("page");
    TCase *tcase = tcase_create("page");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, test_flow, 0, LP_COUNT(flows));
    tcase_add_test(tcase, test_no_blank_before_an_end);
    tcase_add_test(tcase, test_block);
    tcase_add_test(tcase, test_heading);
    tcase_add_test(tcase, test_rule);
    tcase_add_test(tcase, test_steps);
    tcase_add_loop_test(tcase, test_color, 0, 2);
    tcase_add_loop_test(tcase, test_row, 0, LP_COUNT(rows));
    tcase_add_loop_test(tcase, test_cells, 0, LP_COUNT(tables));
    tcase_add_test(tcase, test_join);
    suite_add_tcase(suite, tcase);
    return suite;
}
