/* test_dnsname.c - names inside DNS messages: escapes, pointers, lengths */
#include "dns_wire.h"

Suite *lp_suite_dnsname(void);

struct name_row {
    struct lp_str wire; /* behind twelve bytes of header */
    size_t used;
    const char *text;
};

static const struct name_row name_rows[] = {
    { WIRE("\0"), 1, "." },
    { WIRE("\1a\0"), 3, "a" },
    { WIRE("\3WwW\1a\0rest"), 7, "WwW.a" },
    { WIRE("\3a.b\1c\0"), 7, "a\\046b.c" },
    { WIRE("\3a\\b\1c\0"), 7, "a\\092b.c" },
    { WIRE("\4\0\x1b\x7f\xff\0"), 6, "\\000\\027\\127\\255" },
    { WIRE("\3a b\0"), 5, "a\\032b" },
    { WIRE("\7<b>&\"';\0"), 9, "<b>&\"';" },
    { WIRE("\5_sip_\4_tls\0"), 12, "_sip_._tls" },
    { WIRE(""), 0, "" },
    { WIRE("\1"), 0, "" },
    { WIRE("\xc0"), 0, "" },
    { WIRE("\xc0\x0c"), 0, "" },
    { WIRE("\x7f"), 0, "" },
};

START_TEST(name)
{
    const struct name_row *row = &name_rows[_i];
    struct lp_buf b = lp_buf_new(1024);
    struct lp_arena arena = { 0 };
    struct lp_str text;

    lp_buf_str(&b, LP_STR("\0\0\0\0\0\0\0\0\0\0\0\0"));
    lp_buf_str(&b, row->wire);
    struct lp_str wire = exact(lp_buf_view(&b));
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 12, &text), row->used);
    if (row->used > 0)
        ck_assert_lp_str(text, row->text);
    else
        ck_assert_ptr_null(text.p);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, wire.n, &text), 0);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, SIZE_MAX, &text), 0);
    free((void *)wire.p);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* 255 octets are a name, 256 are none, whether written out or led to by a pointer. */
START_TEST(name_length)
{
    struct lp_buf b = lp_buf_new(1024);
    struct lp_arena arena = { 0 };
    struct lp_str text;

    lp_buf_str(&b, LP_STR("\0\0\0\0\0\0\0\0\0\0\0\0"));
    for (int i = 0; i < 126; i++)
        lp_buf_str(&b, LP_STR("\1\xff"));
    lp_buf_str(&b, LP_STR("\0"));           /* 253 octets, at 12 */
    lp_buf_str(&b, LP_STR("\1b\xc0\x0c"));  /* 255 octets, at 265 */
    lp_buf_str(&b, LP_STR("\2bb\xc0\x0c")); /* 256 octets, at 269 */
    lp_buf_str(&b, LP_STR("\1c\xc1\x09"));  /* 257 octets over two pointers, at 274 */
    struct lp_str wire = exact(lp_buf_view(&b));
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 12, &text), 253);
    ck_assert_uint_eq(text.n, 126 * 4 + 125);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 265, &text), 4);
    ck_assert_uint_eq(text.n, 126 * 4 + 125 + 2);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 269, &text), 0);
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 274, &text), 0);
    free((void *)wire.p);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

Suite *lp_suite_dnsname(void)
{
    Suite *s = suite_create("dnsname");
    TCase *t = tcase_create("dnsname");

    tcase_add_loop_test(t, name, 0, (int)LP_COUNT(name_rows));
    tcase_add_test(t, name_length);
    suite_add_tcase(s, t);
    return s;
}
