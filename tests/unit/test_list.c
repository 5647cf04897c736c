/* test_list.c - lists keep what was pushed, in order, across their growth, and find it */
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

#define STRS(...)                                                            \
    {                                                                        \
        (struct lp_str[]){ __VA_ARGS__ },                                    \
            sizeof((struct lp_str[]){ __VA_ARGS__ }) / sizeof(struct lp_str) \
    }

START_TEST(finds_texts_and_names)
{
    const struct lp_list list = STRS(LP_STR("a.example"), LP_STR("B.example.")), none = { NULL, 0 };
    ck_assert(lp_list_has_str(&list, LP_STR("a.example")));
    ck_assert(!lp_list_has_str(&list, LP_STR("A.example")));
    ck_assert(!lp_list_has_str(&list, LP_STR("b.example")));
    ck_assert(lp_list_has_name(&list, LP_STR("A.example")));
    ck_assert(lp_list_has_name(&list, LP_STR("b.example.")));
    ck_assert(!lp_list_has_name(&list, LP_STR("c.example")));
    ck_assert(!lp_list_has_str(&none, LP_STR("a.example")));
    ck_assert(!lp_list_has_name(&none, LP_STR("a.example")));
}
END_TEST

START_TEST(finds_addresses)
{
    struct lp_addr at[2] = { 0 }, other = { 0 };
    const struct lp_list list = { at, 2 }, none = { NULL, 0 };
    ck_assert(lp_addr_parse(LP_STR("192.0.2.1"), &at[0]));
    ck_assert(lp_addr_parse(LP_STR("2001:db8::1"), &at[1]));
    ck_assert(lp_addr_parse(LP_STR("192.0.2.2"), &other));
    ck_assert(lp_list_has_addr(&list, &at[1]));
    ck_assert(!lp_list_has_addr(&list, &other));
    ck_assert(!lp_list_has_addr(&none, &other));
}
END_TEST

START_TEST(same_lists)
{
    const struct lp_list a = STRS(LP_STR("x"), LP_STR("y")), b = STRS(LP_STR("x"), LP_STR("y")),
                         swapped = STRS(LP_STR("y"), LP_STR("x")), one = STRS(LP_STR("x")),
                         none = { NULL, 0 };
    ck_assert(lp_list_same_strs(&a, &b));
    ck_assert(!lp_list_same_strs(&a, &swapped));
    ck_assert(!lp_list_same_strs(&a, &one));
    ck_assert(!lp_list_same_strs(&none, &one));
    ck_assert(lp_list_same_strs(&none, &none));
}
END_TEST

Suite *lp_suite_list(void)
{
    Suite *suite = suite_create("list");
    TCase *tcase = tcase_create("list");
    tcase_add_test(tcase, keeps_all);
    tcase_add_test(tcase, finds_texts_and_names);
    tcase_add_test(tcase, finds_addresses);
    tcase_add_test(tcase, same_lists);
    suite_add_tcase(suite, tcase);
    return suite;
}
