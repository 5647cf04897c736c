/* test_addoc_bounds.c - Autodiscover documents that are too long, too deep, too many */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/addoc.h"
#include "lp/buf.h"

Suite *lp_suite_addoc_bounds(void);

#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

static void decode(struct lp_arena *arena, struct lp_str body, struct lp_ad_doc *doc)
{
    char *copy = malloc(body.n > 0 ? body.n : 1);

    ck_assert_ptr_nonnull(copy);
    if (body.n > 0)
        memcpy(copy, body.p, body.n);
    lp_addoc_decode(arena, (struct lp_str){ copy, body.n }, doc);
    free(copy);
}

static void add_links(struct lp_buf *b, int n)
{
    lp_buf_text(b, "<AutodiscoverResponse><Root>");
    for (int i = 0; i < n; i++)
        lp_buf_printf(b, "<Link token=\"T%d\" href=\"https://a.example/%d\"/>", i, i);
}

static void add_end(struct lp_buf *b)
{
    lp_buf_text(b, "</Root></AutodiscoverResponse>");
}

START_TEST(links_over_the_limit)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    add_links(&b, 64 + _i);
    add_end(&b);
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.form, "xml");
    ck_assert_lp_str(doc.problem, _i == 0 ? "" : "limit");
    ck_assert_uint_eq(doc.links.n, 64);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

START_TEST(accesses_over_the_limit)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    lp_buf_text(&b, "<AutodiscoverResponse><Root>");
    for (int i = 0; i < 16 + _i; i++)
        lp_buf_text(&b, "<SipClientInternalAccess fqdn=\"a\" port=\"1\"/>");
    add_end(&b);
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.problem, _i == 0 ? "" : "limit");
    ck_assert_uint_eq(doc.access.n, 16);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* An overlong URL is left out, never shortened to another one. */
START_TEST(string_over_the_limit)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    lp_buf_text(&b, "{\"Root\":{\"Links\":[{\"token\":\"User\",\"href\":\"");
    for (int i = 0; i < 2048 + _i; i++)
        lp_buf_char(&b, 'x');
    lp_buf_text(&b, "\"}]}}");
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.problem, _i == 0 ? "" : "limit");
    ck_assert_uint_eq(doc.links.n, _i == 0 ? 1 : 0);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

static void pad(struct lp_buf *b, size_t n)
{
    while (b->n < n)
        lp_buf_char(b, ' ');
}

/* 256 KiB are read; when they end in the middle, the body was cut. More is not looked
   at. */
START_TEST(body_size)
{
    static const char *const problems[] = { "", "limit", "limit" };
    struct lp_buf b = lp_buf_new(512 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    add_links(&b, 1);
    if (_i != 1)
        add_end(&b);
    pad(&b, (size_t)256 * 1024 + (_i == 2));
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.problem, problems[_i]);
    ck_assert_uint_eq(doc.links.n, _i == 0);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* 250 KiB of one level after the other, in each form. */
START_TEST(deep_nesting)
{
    static const char *const open[] = { "<a>", "[", "{\"Root\":" };
    struct lp_buf b = lp_buf_new(256 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    if (_i == 0)
        lp_buf_text(&b, "<AutodiscoverResponse>");
    while (b.n < 250 * 1024)
        lp_buf_text(&b, open[_i]);
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.problem, "depth 32");
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* One element with as many attributes as fit: linear, where libxml2 needs seconds. */
START_TEST(many_attributes)
{
    struct lp_buf b = lp_buf_new(256 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    lp_buf_text(&b, "<AutodiscoverResponse><Root><Link");
    for (int i = 0; b.n < 250 * 1024; i++)
        lp_buf_printf(&b, " a%d=\"\"", i);
    lp_buf_text(&b, " token=\"User\" href=\"https://a.example\"/>");
    add_end(&b);
    decode(&arena, lp_buf_view(&b), &doc);
    ck_assert_lp_str(doc.form, "xml");
    ck_assert_uint_eq(doc.links.n, 1);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

Suite *lp_suite_addoc_bounds(void)
{
    Suite *s = suite_create("addoc_bounds");
    TCase *t = tcase_create("addoc_bounds");

    tcase_add_loop_test(t, links_over_the_limit, 0, 2);
    tcase_add_loop_test(t, accesses_over_the_limit, 0, 2);
    tcase_add_loop_test(t, string_over_the_limit, 0, 2);
    tcase_add_loop_test(t, body_size, 0, 3);
    tcase_add_loop_test(t, deep_nesting, 0, 3);
    tcase_add_test(t, many_attributes);
    suite_add_tcase(s, t);
    return s;
}
