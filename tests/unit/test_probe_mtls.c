/* test_probe_mtls.c - the mtls probe: silent, and what it makes of a handshake */
#include <check.h>

#include "lp/ask.h"
#include "lp/probe.h"

extern const struct lp_probe lp_probe_mtls;
Suite *lp_suite_probe_mtls(void);

START_TEST(says_nothing)
{
    struct lp_buf out = lp_buf_new(64);
    struct lp_talk talk = { .in = LP_STR(""), .out = &out };
    ck_assert_int_eq(lp_probe_mtls.step(&talk), LP_DONE);
    ck_assert_uint_eq(out.n, 0);
    ck_assert(lp_probe_mtls.shape.has_link && !lp_probe_mtls.plain);
    ck_assert_int_eq(lp_probe_mtls.carrier, LP_CARRY_STREAM);
    lp_buf_release(&out);
}
END_TEST

static const struct {
    enum lp_outcome outcome;
    bool asks, after;
    bool well;
    const char *words; /* NULL: none */
} rows[] = {
    { LP_OK, false, false, true, "TLS stands; no client certificate is asked for" },
    { LP_OK, true, false, true, "TLS stands; a client certificate is asked for" },
    { LP_ALERT, true, true, true, "TLS answers, and lets nobody in without a client certificate" },
    { LP_ALERT, true, false, false, "TLS answers, but our certificate is refused" },
    { LP_ALERT, false, false, false, NULL },
    { LP_NOT_TLS, false, false, false, NULL },
    { LP_REFUSED, false, false, false, NULL },
    { LP_TIMEOUT, false, false, false, NULL },
};

START_TEST(judges)
{
    struct lp_link link = { .asks_certificate = rows[_i].asks,
                            .alert_after_certificate = rows[_i].after };
    struct lp_evidence e = { .shape = &lp_probe_mtls.shape,
                             .outcome = rows[_i].outcome,
                             .facts = &link };
    struct lp_arena arena = { 0 };
    ck_assert_int_eq(lp_probe_mtls.is_well(&e), rows[_i].well);
    ck_assert(lp_str_eq(lp_probe_mtls.say(&e, &arena), lp_str_of(rows[_i].words)));
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_probe_mtls(void)
{
    Suite *suite = suite_create("probe_mtls");
    TCase *tcase = tcase_create("mtls");
    tcase_add_test(tcase, says_nothing);
    tcase_add_loop_test(tcase, judges, 0, LP_COUNT(rows));
    suite_add_tcase(suite, tcase);
    return suite;
}
