/* test_html.c - the writer: what is text stays text, what is markup is ours */
#include <check.h>
#include <string.h>

#include "lp/html.h"

Suite *lp_suite_html(void);

static struct lp_arena arena;
static struct lp_buf out;
static struct lp_html html;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    out = lp_buf_new(1 << 20);
    html = (struct lp_html){ &out, &arena };
}

static void tear_down(void)
{
    lp_buf_release(&out);
    lp_arena_release(&arena);
}

START_TEST(test_elements)
{
    lp_html_open(&html, "p", NULL);
    lp_html_element(&html, "code", "owner", LP_STR("a<b>&\"'"));
    lp_html_close(&html, "p");
    ck_assert_str_eq(out.p, "<p><code class=\"owner\">a&lt;b&gt;&amp;&quot;&#39;</code></p>\n");
}
END_TEST

START_TEST(test_attributes)
{
    lp_html_open_with(&html, "a",
                      LP_HTML({ "href", LP_STR("#\" onclick=\"x") }, { "hidden", LP_STR_NONE },
                              { "title", LP_STR("") }));
    lp_html_close(&html, "a");
    lp_html_empty(&html, "br", LP_HTML({ NULL, LP_STR_NONE }));
    ck_assert_str_eq(out.p, "<a href=\"#&quot; onclick=&quot;x\" title=\"\"></a><br/>");
}
END_TEST

/* Each line is escaped on its own; hidden characters are shown as numbers. */
START_TEST(test_lines)
{
    lp_html_lines(&html, LP_STR("one <\ntwo\x1b[31m \xe2\x80\xae\n"));
    ck_assert_str_eq(out.p, "one &lt;\ntwo\\x1b[31m \\u{202e}\n");
}
END_TEST

Suite *lp_suite_html(void)
{
    Suite *suite = suite_create("html");
    TCase *tcase = tcase_create("html");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, test_elements);
    tcase_add_test(tcase, test_attributes);
    tcase_add_test(tcase, test_lines);
    suite_add_tcase(suite, tcase);
    return suite;
}
