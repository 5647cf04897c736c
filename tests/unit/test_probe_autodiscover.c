/* test_probe_autodiscover.c - the autodiscover probe: a body becomes a document */
#include <check.h>

#include "lp/addoc.h"
#include "lp/probe.h"

Suite *lp_suite_probe_autodiscover(void);

struct row {
    const char *title;
    struct lp_str body;
    struct lp_str limit; /* of the HTTP engine */
    const char *form, *problem;
};

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define ROOT                                                                        \
    "<AutodiscoverResponse AccessLocation=\"External\"><Root><Link token=\"User\" " \
    "href=\"https://webext.example.test/root/user\"/></Root></AutodiscoverResponse>"

static const struct row rows[] = {
    { "a document", WIRE(ROOT), WIRE(""), "xml", "" },
    { "no limit known", WIRE(ROOT), { NULL, 0 }, "xml", "" },
    { "a page", WIRE("<html/>"), WIRE(""), "", "not autodiscover" },
    { "nothing", WIRE(""), WIRE(""), "", "empty" },
    { "cut by the engine", WIRE("<AutodiscoverResponse><Root>"), WIRE("body 262144"), "", "limit" },
    { "cut behind its end", WIRE(ROOT "   "), WIRE("body 262144"), "xml", "" },
    { "an encoding that nobody asked for", WIRE("\x1f\x8b"), WIRE("encoding"), "",
      "not autodiscover" },
};

static struct lp_autodiscover_facts run(struct lp_arena *arena, const struct row *row)
{
    struct lp_autodiscover_facts facts = { .http = { .status = 200, .limit = row->limit } };
    struct lp_buf out = lp_buf_new(16);
    struct lp_talk talk = {
        .arena = arena, .facts = &facts, .in = row->body, .eof = true, .out = &out
    };

    ck_assert_int_eq(lp_probe_autodiscover.step(&talk), LP_DONE);
    ck_assert_uint_eq(out.n, 0);
    lp_buf_release(&out);
    return facts;
}

START_TEST(body)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_autodiscover_facts facts = run(&arena, row);

    ck_assert_msg(lp_str_eq(facts.doc.form, lp_str_of(row->form)), "%s: form", row->title);
    ck_assert_msg(lp_str_eq(facts.doc.problem, lp_str_of(row->problem)), "%s: problem %.*s",
                  row->title, (int)facts.doc.problem.n, facts.doc.problem.p);
    ck_assert_int_eq(facts.http.status, 200);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(shape)
{
    const struct lp_shape *s = &lp_probe_autodiscover.shape;

    ck_assert_str_eq(s->name, "autodiscover");
    ck_assert_int_eq(lp_probe_autodiscover.carrier, LP_CARRY_HTTP);
    ck_assert_str_eq(lp_probe_autodiscover.accept,
                     "application/vnd.microsoft.rtc.autodiscover+xml;v=1");
    ck_assert_uint_eq(s->size, sizeof(struct lp_autodiscover_facts));
    ck_assert(s->has_link && s->has_http);
    /* The model finds link and http by their place. */
    ck_assert_uint_eq(offsetof(struct lp_autodiscover_facts, link), 0);
    ck_assert_uint_eq(offsetof(struct lp_autodiscover_facts, http), sizeof(struct lp_link));
    ck_assert_str_eq(s->fields[0].name, "link");
    ck_assert_str_eq(s->fields[1].name, "http");
    ck_assert_str_eq(s->fields[2].name, "doc");
    ck_assert_ptr_eq(s->fields[2].sub, lp_ad_doc_fields);
    ck_assert_ptr_null(s->fields[3].name);
}
END_TEST

Suite *lp_suite_probe_autodiscover(void)
{
    Suite *s = suite_create("probe_autodiscover");
    TCase *t = tcase_create("probe_autodiscover");

    tcase_add_loop_test(t, body, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, shape);
    suite_add_tcase(s, t);
    return s;
}
