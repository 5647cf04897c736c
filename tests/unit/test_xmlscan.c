/* test_xmlscan.c - elements one by one, and what ends the reading */
#include <check.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/xmlscan.h"

Suite *lp_suite_xmlscan(void);

/* Writes "name@depth " for each element; <stop/> ends it. */
static const char *note(void *self, const struct lp_xml_element *e)
{
    struct lp_buf *out = self;
    struct lp_str a = lp_xml_attribute(e, "a");
    lp_buf_str(out, e->name);
    lp_buf_printf(out, "@%d", e->depth);
    if (a.p) {
        lp_buf_char(out, '=');
        lp_buf_str(out, a);
    }
    lp_buf_char(out, ' ');
    return lp_str_eq(e->name, LP_STR("stop")) ? "stopped" : NULL;
}

static const struct {
    const char *body;
    const char *seen;
    const char *problem; /* NULL none */
} rows[] = {
    { "<r><b/><c><d/></c></r>", "r@1 b@2 c@2 d@3 ", NULL },
    { "<x:r xmlns:x='u' x:A='1'/>", "r@1=1 ", NULL },
    { "<r a='&lt;&#65;'/>", "r@1=<A ", NULL },
    { "<r><stop/><never/></r>", "r@1 stop@2 ", "stopped" },
    { "<r><b></r>", "r@1 b@2 ", "syntax" },
    { "<r>&unknown;</r>", "r@1 ", "syntax" },
    { "", "", "syntax" },
    { "<!DOCTYPE r><r/>", "", "doctype" },
    { "<!DOCTYPE HTML><html/>", "", "web page" },
    { "<!DOCTYPE r [<!ENTITY e 'x'>]><r>&e;</r>", "", "doctype" },
};

START_TEST(scan)
{
    struct lp_buf out = lp_buf_new(4096);
    struct lp_xml_visitor visitor = { &out, note };
    const char *problem = lp_xml_scan(lp_str_of(rows[_i].body), &visitor);
    lp_buf_text(&out, "");
    ck_assert_msg(lp_str_eq(lp_buf_view(&out), lp_str_of(rows[_i].seen)), "%s", out.p);
    ck_assert_int_eq(problem != NULL, rows[_i].problem != NULL);
    if (problem)
        ck_assert_str_eq(problem, rows[_i].problem);
    lp_buf_release(&out);
}
END_TEST

START_TEST(depth)
{
    struct lp_buf body = lp_buf_new(4096), out = lp_buf_new(4096);
    struct lp_xml_visitor visitor = { &out, note };
    int deep = LP_XML_DEPTH + _i;
    for (int i = 0; i < deep; i++)
        lp_buf_text(&body, "<a>");
    for (int i = 0; i < deep; i++)
        lp_buf_text(&body, "</a>");
    const char *problem = lp_xml_scan(lp_buf_view(&body), &visitor);
    ck_assert_int_eq(problem != NULL, _i > 0);
    if (problem)
        ck_assert_str_eq(problem, "depth 32");
    lp_buf_release(&body);
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_xmlscan(void)
{
    Suite *s = suite_create("xmlscan");
    TCase *t = tcase_create("xmlscan");

    tcase_add_loop_test(t, scan, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, depth, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
