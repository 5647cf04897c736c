/* test_branch.c - a Branch Appliance and the pool behind it, in the words of a finding */
#include <check.h>

#include "rows_rig.h"

Suite *lp_suite_branch(void);

#define OPEN(address) "tcp " address ":5061 tls=pool sip=401\n"
#define SHUT(address) "tcp " address ":5061 refused\n"
#define POOL "10.0.0.41"
#define BRANCH "10.0.0.42"

static const struct {
    const char *what, *changes;
    bool backup;         /* the topology names the pool behind the branch */
    const char *subject; /* of the finding */
    const char *words;   /* at the end of its why */
} rows[] = {
    { "the branch", OPEN(POOL) SHUT(BRANCH), true, BRANCH,
      " Its users go to the backup pool home.contoso.example meanwhile, which answers." },
    { "both, of the branch", SHUT(POOL) SHUT(BRANCH), true, BRANCH,
      " Its users would go to the backup pool home.contoso.example, which does not answer "
      "either." },
    { "both, of the pool", SHUT(POOL) SHUT(BRANCH), true, POOL,
      " Users of the branch sba.contoso.example fall back to this pool, too." },
    { "the pool", SHUT(POOL) OPEN(BRANCH), true, POOL,
      " Users of the branch sba.contoso.example fall back to this pool, too." },
    { "a branch without a pool behind it", OPEN(POOL) SHUT(BRANCH), false, BRANCH,
      " The topology names no pool that its users could go to meanwhile." },
    { "a pool behind no branch", SHUT(POOL) OPEN(BRANCH), false, POOL, NULL },
};

START_TEST(in_words)
{
    struct rig rig;
    rig_begin(&rig, "in", rows[_i].changes);
    rig_pool(&rig, LP_ROLE_FRONT_END, "home", POOL);
    rig_pool(&rig, LP_ROLE_BRANCH, "sba", BRANCH);
    struct lp_pool *pools = rig.topology.pools.at;
    if (rows[_i].backup)
        pools[1].backup_pool = pools[0].fqdn;
    struct lp_expectation *home = rig_port(&rig, "home", 5061, POOL);
    struct lp_expectation *sba = rig_port(&rig, "sba", 5061, BRANCH);
    home->pool = &pools[0];
    sba->pool = &pools[1];
    sba->port.group = LP_STR("sba");
    sba->role = "branch-appliance";
    home->port.probe = sba->port.probe = "sip";
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-PORT-CLOSED", rows[_i].subject);
    ck_assert_msg(f != NULL, "%s", rows[_i].what);
    if (rows[_i].words)
        ck_assert_msg(lp_str_ends_nocase(f->why, rows[_i].words), "%s", f->why.p);
    else
        ck_assert(!stage_holds(f->why, "branch") && !stage_holds(f->why, "backup"));
    rig_end(&rig);
}
END_TEST

/* What is no client's business says nothing of branches. */
START_TEST(other_ports)
{
    struct rig rig;
    rig_begin(&rig, "in", SHUT(POOL));
    rig_pool(&rig, LP_ROLE_FRONT_END, "home", POOL);
    rig_pool(&rig, LP_ROLE_BRANCH, "sba", BRANCH);
    struct lp_pool *pools = rig.topology.pools.at;
    pools[1].backup_pool = pools[0].fqdn;
    rig_port(&rig, "home", 5061, POOL)->pool = &pools[0];
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-PORT-CLOSED", POOL);
    ck_assert_ptr_nonnull(f);
    ck_assert(!stage_holds(f->why, "branch"));
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_branch(void)
{
    Suite *suite = suite_create("branch");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, in_words, 0, (int)LP_COUNT(rows));
    tcase_add_test(tests, other_ports);
    suite_add_tcase(suite, tests);
    return suite;
}
