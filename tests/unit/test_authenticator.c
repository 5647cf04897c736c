/* test_authenticator.c - the server that a challenge names, beside what the topology says */
#include <check.h>

#include "rows_rig.h"

Suite *lp_suite_authenticator(void);

/* Members of a pool, "fe1,fe2" below contoso.example; "": it has none. */
static void add_members(struct rig *rig, struct lp_pool *pool, const char *names)
{
    struct lp_str rest = lp_str_of(names);
    while (rest.n) {
        struct lp_member member = { .fqdn = logs_name(&rig->stage.logs, logs_word(&rest, ',')) };
        lp_list_push(&rig->stage.logs.arena, &pool->members, &member, sizeof member);
    }
}

#define POOL1 "the Front End pool pool.contoso.example"

static const struct {
    const char *what, *target;
    enum lp_role role;
    const char *members, *member;    /* of the pool; that has the address ("": none) */
    const char *expected, *observed; /* NULL: nothing to complain about */
} rows[] = {
    { "the pool", "pool", LP_ROLE_FRONT_END, "fe1,fe2", "fe1", NULL, NULL },
    { "the server itself", "fe1", LP_ROLE_FRONT_END, "fe1,fe2", "fe1", NULL, NULL },
    { "in capitals", "FE1.Contoso.Example.", LP_ROLE_FRONT_END, "fe1,fe2", "fe1", NULL, NULL },
    { "its first label", "FE1.", LP_ROLE_FRONT_END, "fe1,fe2", "fe1", NULL, NULL },
    { "as a Kerberos principal", "sip/fe1.contoso.example.", LP_ROLE_FRONT_END, "fe1,fe2", "fe1",
      NULL, NULL },
    { "any, behind a load balancer", "fe2", LP_ROLE_FRONT_END, "fe1,fe2", "", NULL, NULL },
    { "the single server", "pool", LP_ROLE_STANDARD, "", "", NULL, NULL },
    { "servers that the file does not list", "fe7", LP_ROLE_FRONT_END, "", "", NULL, NULL },
    { "nobody", "", LP_ROLE_FRONT_END, "fe1,fe2", "fe1", NULL, NULL },
    { "another of the pool at one's address", "fe2", LP_ROLE_FRONT_END, "fe1,fe2", "fe1",
      "a challenge of fe1.contoso.example", "a challenge of fe2.contoso.example, of " POOL1 },
    { "a stranger", "fe9.other.example.", LP_ROLE_FRONT_END, "fe1,fe2", "", "a challenge of " POOL1,
      "a challenge of fe9.other.example, which is not in the topology" },
    { "a stranger in place of a single server", "se9", LP_ROLE_STANDARD, "", "",
      "a challenge of the Standard Edition server pool.contoso.example",
      "a challenge of se9.contoso.example, which is not in the topology" },
    { "another pool's server", "dir1", LP_ROLE_FRONT_END, "fe1,fe2", "", "a challenge of " POOL1,
      "a challenge of dir1.contoso.example, of the Director dir.contoso.example" },
    { "another pool", "dir", LP_ROLE_FRONT_END, "", "", "a challenge of " POOL1,
      "a challenge of the Director dir.contoso.example" },
    { "a text that would do harm", "fe\x1b[31m9.", LP_ROLE_STANDARD, "", "",
      "a challenge of the Standard Edition server pool.contoso.example",
      "a challenge of fe\\x1b[31m9, which is not in the topology" },
};

/* "fe1" and "fe1.contoso.example.": the dot at the end says that it is whole, and goes. */
static struct lp_str target_of(struct rig *rig, const char *text)
{
    struct lp_str name = lp_str_of(text);
    if (lp_str_ends_nocase(name, "."))
        return lp_str_sub(name, 0, name.n - 1);
    return name.n ? logs_name(&rig->stage.logs, name) : LP_STR_NONE;
}

START_TEST(against_the_topology)
{
    struct rig rig;
    rig_begin(&rig, "in", "tcp 10.0.0.31:5061 tls=pool sip=401\n");
    struct lp_pool *dir = rig_pool(&rig, LP_ROLE_DIRECTOR, "dir", "10.0.0.5");
    add_members(&rig, dir, "dir1");
    struct lp_pool *pool = rig_pool(&rig, rows[_i].role, "pool", "10.0.0.6");
    add_members(&rig, pool, rows[_i].members);
    struct lp_expectation *row = rig_port(&rig, "pool", 5061, "10.0.0.31");
    row->port.probe = "sip";
    row->port.authenticator = pool;
    if (rows[_i].member[0])
        row->port.member = logs_name(&rig.stage.logs, lp_str_of(rows[_i].member));
    stage_run(&rig.stage);
    const struct lp_evidence *e =
        lp_log_find(&rig.stage.logs.log, LP_STR("sip pool.contoso.example:5061 10.0.0.31"));
    ck_assert_ptr_nonnull(e);
    ((struct lp_sip_facts *)e->facts)->target_name = target_of(&rig, rows[_i].target);
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-SIP-AUTHENTICATOR", "10.0.0.31");
    ck_assert_msg((f == NULL) == (rows[_i].expected == NULL), "%s", rows[_i].what);
    if (f) {
        ck_assert_str_eq(f->expected.p, rows[_i].expected);
        ck_assert_str_eq(f->observed.p, rows[_i].observed);
        ck_assert_int_eq(f->severity, LP_WARNING);
        ck_assert_str_eq(rig_state(&rig, row), "unmet LP-SIP-AUTHENTICATOR");
    } else {
        ck_assert_str_eq(rig_state(&rig, row), "met");
    }
    rig_end(&rig);
}
END_TEST

/* Nobody knows what is behind: no topology, or one that does not say. */
START_TEST(not_known)
{
    struct rig rig;
    rig_begin(&rig, "in", "tcp 10.0.0.31:5061 tls=pool sip=401 target=fe9.other.example\n");
    struct lp_expectation *row = rig_port(&rig, "pool", 5061, "10.0.0.31");
    row->port.probe = "sip";
    if (_i)
        rig.stage.logs.log.expected = NULL;
    rig_judge(&rig);
    ck_assert_ptr_null(stage_find(&rig.judgement, "LP-SIP-AUTHENTICATOR", NULL));
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_authenticator(void)
{
    Suite *suite = suite_create("authenticator");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, against_the_topology, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tests, not_known, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
