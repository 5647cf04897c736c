/* test_arena.c - bump allocation. */
#include "lp/arena.h"

#include <check.h>
#include <string.h>

Suite *lp_suite_arena(void);

static bool is_filled(const unsigned char *block, size_t size, unsigned char with)
{
    for (size_t i = 0; i < size; i++)
        if (block[i] != with)
            return false;
    return true;
}

START_TEST(zeroed_aligned_and_apart)
{
    static const size_t sizes[] = { 0, 1, 7, 16, 17, 4000, 20000, 100000, 3 };
    struct lp_arena arena = { 0 };
    unsigned char *blocks[200];
    for (size_t i = 0; i < LP_COUNT(blocks); i++) {
        size_t size = sizes[i % LP_COUNT(sizes)];
        blocks[i] = lp_arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(blocks[i]);
        ck_assert_uint_eq((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
        ck_assert(is_filled(blocks[i], size, 0));
        memset(blocks[i], (int)i + 1, size);
    }
    for (size_t i = 0; i < LP_COUNT(blocks); i++)
        ck_assert(is_filled(blocks[i], sizes[i % LP_COUNT(sizes)], (unsigned char)(i + 1)));
    ck_assert_uint_ge(arena.used, 22 * 124044);
    lp_arena_release(&arena);
    ck_assert_ptr_null(arena.head);
    ck_assert_uint_eq(arena.used, 0);
    ck_assert_str_eq(lp_arena_alloc(&arena, 4), "");
    lp_arena_release(&arena);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(strings)
{
    struct lp_arena arena = { 0 };
    struct lp_str s = lp_arena_str(&arena, LP_STR("a\0b"));
    ck_assert(lp_str_eq(s, LP_STR("a\0b")));
    ck_assert_int_eq(s.p[3], 0);
    ck_assert_ptr_null(lp_arena_str(&arena, LP_STR_NONE).p);
    struct lp_str empty = lp_arena_str(&arena, LP_STR(""));
    ck_assert_ptr_nonnull(empty.p);
    ck_assert_uint_eq(empty.n, 0);
    struct lp_str parts[] = { LP_STR("ab"), LP_STR_NONE, LP_STR(""), LP_STR("cd") };
    ck_assert(lp_str_eq(lp_arena_join(&arena, parts, 4), LP_STR("abcd")));
    ck_assert(lp_str_eq(lp_arena_join(&arena, NULL, 0), LP_STR("")));
    struct lp_str text = lp_arena_printf(&arena, "%s:%d", "sip.contoso.com", 5061);
    ck_assert(lp_str_eq(text, LP_STR("sip.contoso.com:5061")));
    ck_assert_int_eq(text.p[text.n], 0);
    ck_assert_uint_eq(lp_arena_printf(&arena, "%70000d", 1).n, 70000);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(array)
{
    struct lp_arena arena = { 0 };
    uint32_t *numbers = lp_arena_array(&arena, 1000, sizeof *numbers);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(numbers[i], 0);
    numbers[999] = 1;
    ck_assert_uint_ge(arena.used, 4000);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_arena(void)
{
    Suite *suite = suite_create("arena");
    TCase *tc = tcase_create("arena");
    tcase_add_test(tc, zeroed_aligned_and_apart);
    tcase_add_test(tc, strings);
    tcase_add_test(tc, array);
    suite_add_tcase(suite, tc);
    return suite;
}
