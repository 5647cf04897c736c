/* test_str.c - slices, numbers in them, messages. */
#include "lp/base.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_str(void);

static void expect(struct lp_str s, const char *text)
{
    ck_assert_uint_eq(s.n, strlen(text));
    ck_assert_int_eq(memcmp(s.p, text, s.n), 0);
}

START_TEST(unset_is_not_empty)
{
    ck_assert(lp_str_eq(LP_STR_NONE, lp_str_of(NULL)));
    ck_assert(!lp_str_eq(LP_STR_NONE, LP_STR("")));
    ck_assert(!lp_str_eq(LP_STR(""), LP_STR_NONE));
    ck_assert(lp_str_eq(LP_STR(""), LP_STR("")));
    ck_assert(!lp_str_eq_nocase(LP_STR_NONE, LP_STR("")));
    ck_assert(lp_str_eq_nocase(LP_STR_NONE, LP_STR_NONE));
    ck_assert_int_lt(lp_str_cmp(LP_STR_NONE, LP_STR("")), 0);
    ck_assert_int_eq(lp_str_cmp(LP_STR_NONE, LP_STR_NONE), 0);
}
END_TEST

START_TEST(comparison)
{
    ck_assert(lp_str_eq(LP_STR("a\0b"), LP_STR("a\0b")));
    ck_assert(!lp_str_eq(LP_STR("a\0b"), LP_STR("a\0c")));
    ck_assert(!lp_str_eq(LP_STR("ab"), LP_STR("aB")));
    ck_assert(lp_str_eq_nocase(LP_STR("ab@["), LP_STR("AB@[")));
    ck_assert(!lp_str_eq_nocase(LP_STR("@"), LP_STR("`")));
    ck_assert(!lp_str_eq_nocase(LP_STR("["), LP_STR("{")));
    ck_assert_int_lt(lp_str_cmp(LP_STR("ab"), LP_STR("abc")), 0);
    ck_assert_int_gt(lp_str_cmp(LP_STR("b"), LP_STR("abc")), 0);
    ck_assert_int_gt(lp_str_cmp(LP_STR("\xff"), LP_STR("a")), 0);
    ck_assert_int_eq(lp_str_cmp(LP_STR("abc"), LP_STR("abc")), 0);
}
END_TEST

START_TEST(ends)
{
    ck_assert(lp_str_starts_nocase(LP_STR("SIP/2.0"), "sip/"));
    ck_assert(!lp_str_starts_nocase(LP_STR("SI"), "sip/"));
    ck_assert(lp_str_starts_nocase(LP_STR(""), ""));
    ck_assert(!lp_str_starts_nocase(LP_STR_NONE, ""));
    ck_assert(lp_str_ends_nocase(LP_STR("x.LYNC.com"), ".lync.com"));
    ck_assert(!lp_str_ends_nocase(LP_STR("com"), ".lync.com"));
}
END_TEST

START_TEST(parts)
{
    expect(lp_str_trim(LP_STR(" \t a b\r\n")), "a b");
    expect(lp_str_trim(LP_STR(" \r\n")), "");
    ck_assert(!lp_str_trim(LP_STR_NONE).p);
    ck_assert_uint_eq(lp_str_find(LP_STR("abc"), 'c'), 2);
    ck_assert_uint_eq(lp_str_find(LP_STR("abc"), 'd'), 3);
    ck_assert_uint_eq(lp_str_find(LP_STR_NONE, 'd'), 0);
    expect(lp_str_sub(LP_STR("abcdef"), 2, 3), "cde");
    expect(lp_str_sub(LP_STR("abcdef"), 4, SIZE_MAX), "ef");
    expect(lp_str_sub(LP_STR("abcdef"), 9, 1), "");
    ck_assert(!lp_str_sub(LP_STR_NONE, 0, 1).p);
}
END_TEST

START_TEST(cutting)
{
    struct lp_str rest = LP_STR("a,,b");
    expect(lp_str_cut(&rest, ','), "a");
    expect(lp_str_cut(&rest, ','), "");
    expect(lp_str_cut(&rest, ','), "b");
    ck_assert_uint_eq(rest.n, 0);
    expect(lp_str_cut(&rest, ','), "");
}
END_TEST

static const struct {
    const char *text;
    uint64_t max;
    bool good;
    uint64_t value;
} numbers[] = {
    { "0", 10, true, 0 },
    { "10", 10, true, 10 },
    { "11", 10, false, 0 },
    { "007", 10, true, 7 },
    { "", 10, false, 0 },
    { "-1", 10, false, 0 },
    { "+1", 10, false, 0 },
    { "1 ", 10, false, 0 },
    { "0x1", 10, false, 0 },
    { "5", 4, false, 0 },
    { "0", 0, true, 0 },
    { "1", 0, false, 0 },
    { "18446744073709551615", UINT64_MAX, true, UINT64_MAX },
    { "18446744073709551616", UINT64_MAX, false, 0 },
    { "99999999999999999999", UINT64_MAX, false, 0 },
    { "65535", UINT16_MAX, true, 65535 },
    { "65536", UINT16_MAX, false, 0 },
};

START_TEST(number)
{
    uint64_t value = 0;
    ck_assert_int_eq(lp_str_to_u64(lp_str_of(numbers[_i].text), numbers[_i].max, &value),
                     numbers[_i].good);
    if (numbers[_i].good)
        ck_assert_uint_eq(value, numbers[_i].value);
}
END_TEST

START_TEST(message)
{
    struct lp_error error = { "" };
    ck_assert(!lp_fail(&error, "%s: port %d", "x", 7));
    ck_assert_str_eq(error.text, "x: port 7");
    ck_assert(!lp_fail(&error, "%s", "a\x1b[2J\nb\x7f"));
    ck_assert_str_eq(error.text, "a?[2J?b?");
    ck_assert(!lp_fail(&error, "%600d", 1));
    ck_assert_uint_eq(strlen(error.text), sizeof error.text - 1);
}
END_TEST

static const struct {
    const char *text, *pattern;
    bool fits;
} globs[] = {
    { "", "", true },
    { "", "*", true },
    { "a", "", false },
    { "abc", "abc", true },
    { "abc", "ABC", true },
    { "abc", "ab", false },
    { "ab", "abc", false },
    { "abc", "a?c", true },
    { "ac", "a?c", false },
    { "pool.contoso.com:444 10.0.0.1", "pool*:444 *", true },
    { "pool.contoso.com:445 10.0.0.1", "pool*:444 *", false },
    { "abcabd", "*abd", true },
    { "abcabd", "a*b*d", true },
    { "abcab", "a*b*d", false },
    { "abc", "***", true },
    { "a*c", "a*c", true },
};

START_TEST(test_fits)
{
    ck_assert_int_eq(lp_str_fits(lp_str_of(globs[_i].text), lp_str_of(globs[_i].pattern)),
                     globs[_i].fits);
}
END_TEST

/* Stars look back to the last one only: no pattern takes for ever. */
START_TEST(test_fits_in_time)
{
    char text[20000], pattern[2001];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof pattern - 1; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[sizeof pattern - 1] = 'b';
    ck_assert(!lp_str_fits((struct lp_str){ text, sizeof text },
                           (struct lp_str){ pattern, sizeof pattern }));
}
END_TEST

Suite *lp_suite_str(void)
{
    Suite *suite = suite_create("str");
    TCase *tc = tcase_create("str");
    tcase_add_test(tc, unset_is_not_empty);
    tcase_add_test(tc, comparison);
    tcase_add_test(tc, ends);
    tcase_add_test(tc, parts);
    tcase_add_test(tc, cutting);
    tcase_add_loop_test(tc, number, 0, LP_COUNT(numbers));
    tcase_add_test(tc, message);
    tcase_add_loop_test(tc, test_fits, 0, (int)LP_COUNT(globs));
    tcase_add_test(tc, test_fits_in_time);
    suite_add_tcase(suite, tc);
    return suite;
}
