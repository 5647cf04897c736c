/* test_buf.c - the bounded buffer and the reader. */
#include "lp/buf.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_buf(void);

START_TEST(appending)
{
    struct lp_buf buf = lp_buf_new(1000);
    ck_assert_ptr_null(buf.p);
    ck_assert_ptr_nonnull(lp_buf_view(&buf).p);
    lp_buf_add(&buf, NULL, 0);
    lp_buf_str(&buf, LP_STR_NONE);
    ck_assert_ptr_null(buf.p);
    lp_buf_add(&buf, "ab", 2);
    lp_buf_char(&buf, 'c');
    lp_buf_text(&buf, "def");
    lp_buf_str(&buf, LP_STR("gh"));
    lp_buf_printf(&buf, "%d%s", 12, "i");
    lp_buf_printf(&buf, "%s", "");
    ck_assert_str_eq(buf.p, "abcdefgh12i");
    ck_assert_uint_eq(buf.n, 11);
    lp_buf_consume(&buf, 3);
    ck_assert_str_eq(buf.p, "defgh12i");
    lp_buf_truncate(&buf, 100);
    lp_buf_truncate(&buf, 2);
    ck_assert_str_eq(buf.p, "de");
    lp_buf_consume(&buf, 99);
    ck_assert_str_eq(buf.p, "");
    ck_assert(!buf.cut);
    lp_buf_release(&buf);
    ck_assert_ptr_null(buf.p);
    ck_assert_uint_eq(buf.limit, 1000);
    lp_buf_consume(&buf, 1);
    lp_buf_truncate(&buf, 0);
}
END_TEST

START_TEST(limit)
{
    struct lp_buf buf = lp_buf_new(4);
    lp_buf_text(&buf, "abc");
    lp_buf_text(&buf, "de");
    ck_assert_str_eq(buf.p, "abc");
    ck_assert(buf.cut);
    lp_buf_char(&buf, 'd');
    ck_assert_str_eq(buf.p, "abcd");
    lp_buf_char(&buf, 'e');
    lp_buf_printf(&buf, "%d", 7);
    ck_assert_str_eq(buf.p, "abcd");
    lp_buf_clear(&buf);
    ck_assert(!buf.cut);
    ck_assert_uint_eq(buf.n, 0);
    lp_buf_printf(&buf, "%d", 12345);
    ck_assert(buf.cut);
    ck_assert_uint_eq(buf.n, 0);
    ck_assert_ptr_null(lp_buf_room(&buf, SIZE_MAX));
    lp_buf_release(&buf);
    buf = lp_buf_new(SIZE_MAX);
    ck_assert_ptr_null(lp_buf_room(&buf, SIZE_MAX));
    ck_assert(buf.cut);
    lp_buf_release(&buf);
}
END_TEST

START_TEST(growth)
{
    struct lp_buf buf = lp_buf_new(SIZE_MAX);
    for (int i = 0; i < 100000; i++)
        lp_buf_char(&buf, (char)('a' + i % 26));
    ck_assert_uint_eq(buf.n, 100000);
    ck_assert_uint_eq(strlen(buf.p), 100000);
    for (int i = 0; i < 100000; i += 997)
        ck_assert_int_eq(buf.p[i], 'a' + i % 26);
    lp_buf_release(&buf);
}
END_TEST

START_TEST(reading)
{
    struct lp_reader r = lp_reader_of(LP_STR("\x01\x02\xff\x80\x00\x00\x01xyz"));
    ck_assert_uint_eq(lp_read_u8(&r), 1);
    ck_assert_uint_eq(lp_read_u16(&r), 0x2ff);
    ck_assert_uint_eq(lp_read_u32(&r), 0x80000001);
    ck_assert_uint_eq(lp_reader_left(&r), 3);
    ck_assert(lp_str_eq(lp_read_bytes(&r, 2), LP_STR("xy")));
    ck_assert(!r.bad);
    ck_assert_uint_eq(lp_read_u16(&r), 0);
    ck_assert(r.bad);
    ck_assert_uint_eq(lp_reader_left(&r), 1);
    ck_assert_uint_eq(lp_read_u8(&r), 0);
    ck_assert_ptr_null(lp_read_bytes(&r, 0).p);
}
END_TEST

START_TEST(reading_nothing)
{
    struct lp_reader r = lp_reader_of(LP_STR_NONE);
    ck_assert_ptr_nonnull(lp_read_bytes(&r, 0).p);
    ck_assert(!r.bad);
    ck_assert_ptr_null(lp_read_bytes(&r, SIZE_MAX).p);
    ck_assert(r.bad);
}
END_TEST

Suite *lp_suite_buf(void)
{
    Suite *suite = suite_create("buf");
    TCase *tc = tcase_create("buf");
    tcase_add_test(tc, appending);
    tcase_add_test(tc, limit);
    tcase_add_test(tc, growth);
    tcase_add_test(tc, reading);
    tcase_add_test(tc, reading_nothing);
    suite_add_tcase(suite, tc);
    return suite;
}
