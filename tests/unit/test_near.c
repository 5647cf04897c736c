/* test_near.c - edit distances */
#include <check.h>
#include <string.h>

#include "lp/near.h"

Suite *lp_suite_near(void);

static const struct {
    const char *a, *b;
    size_t distance;
} rows[] = {
    { "", "", 0 },
    { "", "abc", 3 },
    { "abc", "", 3 },
    { "expired", "EXPIRED", 0 },
    { "expired", "expird", 1 },
    { "expired", "expirede", 1 },
    { "expired", "exbired", 1 },
    { "kitten", "sitting", 3 },
    { "timeout", "tiemout", 2 },
    { "abc", "xyz", 3 },
};

START_TEST(test_distance)
{
    struct lp_str a = lp_str_of(rows[_i].a);
    struct lp_str b = lp_str_of(rows[_i].b);
    ck_assert_uint_eq(lp_edit_distance(a, b), rows[_i].distance);
    ck_assert_uint_eq(lp_edit_distance(b, a), rows[_i].distance);
}
END_TEST

/* Only the first 63 bytes count: no table grows with what a user types. */
START_TEST(test_long)
{
    char a[200];
    char b[200];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    b[62] = 'x';
    b[63] = 'y';
    struct lp_str long_a = { a, sizeof a };
    struct lp_str long_b = { b, sizeof b };
    ck_assert_uint_eq(lp_edit_distance(long_a, long_b), 1);
    ck_assert_uint_eq(lp_edit_distance(long_a, LP_STR("aa")), 61);
}
END_TEST

START_TEST(test_unset)
{
    ck_assert_uint_eq(lp_edit_distance(LP_STR_NONE, LP_STR("ab")), 2);
    ck_assert_uint_eq(lp_edit_distance(LP_STR_NONE, LP_STR_NONE), 0);
}
END_TEST

START_TEST(test_nearest)
{
    static const char *const words[] = { "view", "timeout", "client", NULL };
    ck_assert_str_eq(lp_nearest(LP_STR("time"), words), "timeout");
    ck_assert_str_eq(lp_nearest(LP_STR("clinet"), words), "client");
    ck_assert_str_eq(lp_nearest(LP_STR("VIEWS"), words), "view");
}
END_TEST

Suite *lp_suite_near(void)
{
    Suite *suite = suite_create("near");
    TCase *tc = tcase_create("distance");
    tcase_add_loop_test(tc, test_distance, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, test_long);
    tcase_add_test(tc, test_unset);
    tcase_add_test(tc, test_nearest);
    suite_add_tcase(suite, tc);
    return suite;
}
