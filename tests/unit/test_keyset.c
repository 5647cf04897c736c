/* test_keyset.c - a set of keys */
#include <check.h>

#include "lp/keyset.h"

Suite *lp_suite_keyset(void);

START_TEST(holds_each_once)
{
    struct lp_arena arena = { 0 };
    struct lp_keyset set = { .arena = &arena };
    ck_assert(!lp_keyset_has(&set, LP_STR("a")));
    for (int i = 0; i < 1000; i++)
        ck_assert(lp_keyset_add(&set, lp_arena_printf(&arena, "key %d", i)));
    for (int i = 0; i < 1000; i++) {
        ck_assert(lp_keyset_has(&set, lp_arena_printf(&arena, "key %d", i)));
        ck_assert(!lp_keyset_add(&set, lp_arena_printf(&arena, "key %d", i)));
    }
    ck_assert(!lp_keyset_has(&set, LP_STR("key 1000")));
    ck_assert_uint_eq(set.n, 1000);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_keyset(void)
{
    Suite *suite = suite_create("keyset");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, holds_each_once);
    suite_add_tcase(suite, tests);
    return suite;
}
