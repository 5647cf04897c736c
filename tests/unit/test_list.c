/* test_list.c - lists keep what was pushed, in order, across their growth */
#include <check.h>

#include "lp/arena.h"
#include "lp/field.h"

Suite *lp_suite_list(void);

START_TEST(keeps_all)
{
    struct lp_arena arena = { 0 };
    struct lp_list list = { NULL, 0 };
    for (int i = 0; i < 100; i++)
        lp_list_push(&arena, &list, &i, sizeof i);
    ck_assert_uint_eq(list.n, 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(((const int *)list.at)[i], i);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_list(void)
{
    Suite *suite = suite_create("list");
    TCase *tcase = tcase_create("push");
    tcase_add_test(tcase, keeps_all);
    suite_add_tcase(suite, tcase);
    return suite;
}
