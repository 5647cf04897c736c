/* test_topology_read.c - topology files: what good ones give */
#include <check.h>

#include "lp/topology.h"

Suite *lp_suite_topology_read(void);

static const char example[] =
    "generation: sfb2015\n"
    "sip-domains: [Contoso.com, fabrikam.com]\n"
    "front-end-pools:\n"
    "  - fqdn: Pool01.corp.contoso.com\n"
    "    members: [{fqdn: fe01.corp.contoso.com, addresses: [10.0.1.11]}]\n"
    "    web: {external: webext.contoso.com}\n"
    "features: {xmpp: on, federation: no}\n";

START_TEST(reads_an_example)
{
    struct lp_arena arena = { 0 };
    struct lp_topology t;
    struct lp_error error = { "" };
    ck_assert_msg(lp_topology_read(&arena, LP_STR("t.yaml"), lp_str_of(example), &t, &error), "%s",
                  error.text);
    const struct lp_pool *pool =
        lp_topology_pool(&t, LP_ROLE_FRONT_END, LP_STR("pool01.corp.contoso.com"));
    ck_assert_ptr_nonnull(pool);
    ck_assert_int_eq(pool->mark.line, 4);
    ck_assert_uint_eq(pool->members.n, 1);
    ck_assert(lp_str_eq(pool->web_external, LP_STR("webext.contoso.com")));
    ck_assert_int_eq(t.generation, LP_SFB_2015);
    ck_assert_uint_eq(t.sip_domains.n, 2);
    ck_assert(t.feature[LP_FEATURE_XMPP] && !t.feature[LP_FEATURE_FEDERATION]);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_topology_read(void)
{
    Suite *suite = suite_create("topology_read");
    TCase *tcase = tcase_create("good");
    tcase_add_test(tcase, reads_an_example);
    suite_add_tcase(suite, tcase);
    return suite;
}
