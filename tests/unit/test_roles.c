/* test_roles.c - roles as far as view and probe tell them */
#include <check.h>

#include "lp/ask.h"
#include "lp/roles.h"

Suite *lp_suite_roles(void);

static const struct {
    bool internal;
    const struct lp_probe *probe;
    const char *role;
} rows[] = {
    { true, &lp_probe_sip, "front-end" },
    { true, &lp_probe_autodiscover, "front-end" },
    { false, &lp_probe_sip, "edge-external" },
    { false, &lp_probe_autodiscover, "reverse-proxy" },
};

START_TEST(of_an_endpoint)
{
    struct lp_survey survey = { .internal = rows[_i].internal };
    struct lp_evidence e = { .shape = &rows[_i].probe->shape };
    ck_assert_str_eq(lp_role_of(&survey, &e), rows[_i].role);
}
END_TEST

Suite *lp_suite_roles(void)
{
    Suite *suite = suite_create("roles");
    TCase *tc = tcase_create("roles");
    tcase_add_loop_test(tc, of_an_endpoint, 0, (int)LP_COUNT(rows));
    suite_add_tcase(suite, tc);
    return suite;
}
