/* test_paper.c - a certificate file: where it would serve, and what is said of it */
#include <check.h>

#include "lp/keys.h"
#include "lp/rows.h"
#include "rows_rig.h"

Suite *lp_suite_paper(void);

static struct rig rig;

/* Two pools' certificates and their endpoints. */
static void set_up(void)
{
    rig_begin(&rig, "in", NULL);
    rig.stage.logs.log.setup.certificate = LP_STR("new.pem");
    rig.stage.logs.log.setup.topology = LP_STR("contoso.yaml");
    rig_cert(&rig, "front-end", "pool,sip,meet");
    rig_port(&rig, "pool", 5061, "10.0.0.11");
    rig_cert(&rig, "director", "dir,sip");
    rig_port(&rig, "dir", 5061, NULL);
}

static void tear_down(void)
{
    rig_end(&rig);
}

static struct lp_list names(const char *text)
{
    struct lp_list list = { 0 };
    struct lp_str rest = lp_str_of(text);
    while (rest.n) {
        struct lp_str name = logs_name(&rig.stage.logs, logs_word(&rest, ','));
        lp_list_push(&rig.stage.logs.arena, &list, &name, sizeof name);
    }
    return list;
}

static const struct {
    const char *cn, *san, *role;
    const char *host; /* of the endpoint; NULL: none */
} fits[] = {
    { "pool", "pool,sip,meet", "", "pool.contoso.example" },
    { "dir", "dir", "", "dir.contoso.example" },
    { "dir", "pool,sip,meet", "", "dir.contoso.example" }, /* the subject says most */
    { "x", "sip", "", "pool.contoso.example" },
    { "x", "dir,sip", "", "dir.contoso.example" },
    { "pool", "pool", "director", "dir.contoso.example" },
    { "x", "x", "front-end", "pool.contoso.example" },
    { "x", "x", "", NULL },
    { "pool", "pool", "edge-external", NULL },
};

START_TEST(finds_its_place)
{
    struct lp_certificate leaf = { .san = names(fits[_i].san) };
    leaf.common_name = logs_name(&rig.stage.logs, lp_str_of(fits[_i].cn));
    const struct lp_expectation *row = lp_paper_row(&rig.expected, &leaf, lp_str_of(fits[_i].role));
    ck_assert_int_eq(row != NULL, fits[_i].host != NULL);
    if (row)
        ck_assert(lp_str_eq(row->port.host, lp_str_of(fits[_i].host)));
}
END_TEST

/* The certificate of that line of the stage at the n-th endpoint, as check --certificate has it. */
static const char *judge(const char *line, size_t endpoint)
{
    struct logs *l = &rig.stage.logs;
    struct lp_row_asks asks;
    rig.stage.lines[rig.stage.line_count++] = lp_str_of(line);
    lp_row_asks(&l->log, &l->arena, &rig.rows[endpoint], &asks);
    ck_assert_uint_eq(asks.n, 1);
    struct lp_evidence *e = logs_add(l, &asks.at[0], LP_OK);
    struct lp_link *link = (struct lp_link *)lp_link_of(e);
    link->connect = LP_OPEN;
    link->tls = LP_OK;
    stage_show_cert(&rig.stage, LP_STR("mine"), link);
    l->log.end = (struct lp_end){ .present = true, .complete = true };
    lp_judge(&l->log, &l->arena, &rig.judgement);
    return stage_ids(&rig.stage, &rig.judgement);
}

START_TEST(that_fits)
{
    ck_assert_str_eq(judge("cert mine names=pool,sip,meet ca=private", 1), "");
    ck_assert_int_eq(rig.judgement.verdict, LP_VERDICT_OK);
    ck_assert(lp_str_eq(rig.judgement.sentence,
                        LP_STR("contoso.yaml: new.pem would serve as the front-end certificate of "
                               "pool.")));
    ck_assert_uint_eq(rig.judgement.expectations.n, 1);
    ck_assert_uint_eq(rig.judgement.expectations.count[LP_MET], 1);
}
END_TEST

/* No address is known of the Director: nothing is asked, so none is needed. */
START_TEST(that_does_not)
{
    ck_assert_str_eq(judge("cert mine names=dir ca=private days=3", 3),
                     "LP-CERT-EXPIRING(c) LP-CERT-SAN-MISSING(c)");
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-CERT-SAN-MISSING", "new.pem");
    ck_assert_ptr_nonnull(f);
    ck_assert(stage_holds(f->why, "dir.contoso.example (from a file)"));
    ck_assert(stage_holds(f->observed, "missing: sip.contoso.example"));
    ck_assert_int_eq(rig.judgement.exit_code, 2);
    ck_assert(stage_holds(rig.judgement.sentence, "new.pem would not do as the director "));
    ck_assert_uint_eq(rig.judgement.expectations.count[LP_UNMET], 1);
}
END_TEST

Suite *lp_suite_paper(void)
{
    Suite *suite = suite_create("paper");
    TCase *tests = tcase_create("paper");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, finds_its_place, 0, LP_COUNT(fits));
    tcase_add_test(tests, that_fits);
    tcase_add_test(tests, that_does_not);
    suite_add_tcase(suite, tests);
    return suite;
}
