/* test_walk.c - whole walks in virtual time: what is asked, when, and how a walk ends */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/alloc.h"
#include "walk_rig.h"

Suite *lp_suite_walk(void);

#define SRV "dns 0 SRV _sipinternaltls._tcp.contoso.example"
#define POOL_A "dns 0 A pool.contoso.example"
#define POOL_SIP "sip pool.contoso.example:5061 10.0.0.1"
#define SIP_A "dns 0 A sip.contoso.example"

enum { MS = 1000 };

static const struct fake_row nothing[] = { { 0 } };

/* Every entry of the log is a line of the output, and the last line is the end. */
static void check_output(const struct walk_bench *bench)
{
    struct lp_arena arena = { 0 };
    struct lp_log log;
    struct lp_error error = { "" };
    struct lp_str rest = lp_buf_view(&bench->out);
    enum lp_line kind = LP_LINE_BAD;
    lp_log_init(&log, &arena);
    log.setup = rig_setup();
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert(lp_str_eq(lp_str_cut(&line, ' '), LP_STR("7")));
        kind = lp_record_read(&log, line, lp_shape_by_name, &error);
        ck_assert_msg(kind != LP_LINE_BAD, "%s", error.text);
    }
    ck_assert_int_eq(kind, LP_LINE_END);
    ck_assert_uint_eq(log.n, bench->walk->log.n);
    ck_assert_int_eq(log.end.complete, bench->walk->log.end.complete);
    lp_arena_release(&arena);
}

static void run(struct walk_bench *bench, const struct fake_row *table)
{
    walk_bench_open(bench, table);
    walk_bench_run(bench);
    check_output(bench);
}

START_TEST(nothing_is_there)
{
    struct walk_bench bench;
    run(&bench, nothing);
    const struct lp_log *log = &bench.walk->log;
    ck_assert(log->end.present && log->end.complete);
    ck_assert_ptr_null(log->end.why.p);
    ck_assert_int_eq(log->end.total_us, 0);
    ck_assert_uint_eq(log->n, bench.fakes.started.n);
    ck_assert_uint_gt(log->n, 8);
    for (size_t i = 0; i < log->n; i++) {
        ck_assert_int_eq(log->at[i]->outcome, LP_NXDOMAIN);
        ck_assert_int_eq(fakes_started(&bench.fakes, lp_str_of(log->at[i]->key.p).p), 1);
    }
    walk_bench_close(&bench);
}
END_TEST

/* Each answer costs 100 ms; the chain SRV, address, endpoint is the longest. */
static const struct fake_row chain[] = {
    { SRV, FAKE_ANSWER, 100 * MS, LP_ANSWER, "5061 pool.contoso.example" },
    { POOL_A, FAKE_ANSWER, 100 * MS, LP_ANSWER, "10.0.0.1" },
    { POOL_SIP, FAKE_ANSWER, 100 * MS, LP_OK, "leaf" },
    { SIP_A, FAKE_ANSWER, 250 * MS, LP_NODATA, NULL },
    { 0 },
};

START_TEST(dependants_go_out_at_once)
{
    struct walk_bench bench;
    run(&bench, chain);
    const struct lp_evidence *srv = walk_evidence(bench.walk, SRV);
    const struct lp_evidence *a = walk_evidence(bench.walk, POOL_A);
    const struct lp_evidence *sip = walk_evidence(bench.walk, POOL_SIP);
    ck_assert_int_eq(srv->started, 0);
    ck_assert_int_eq(srv->elapsed, 100 * MS);
    ck_assert_int_eq(a->started, 100 * MS);
    ck_assert_int_eq(a->parent, srv->id);
    ck_assert_int_eq(sip->started, 200 * MS);
    ck_assert_int_eq(sip->parent, a->id);
    ck_assert_int_eq(lp_link_of(sip)->port, 5061);
    ck_assert_int_eq(walk_evidence(bench.walk, SIP_A)->outcome, LP_NODATA);
    ck_assert_int_eq(bench.walk->log.end.total_us, 300 * MS);
    ck_assert(bench.walk->log.end.complete);
    walk_bench_close(&bench);
}
END_TEST

START_TEST(certificate_comes_before_its_link)
{
    static const struct fake_row rows[] = {
        { SRV, FAKE_ANSWER, 0, LP_ANSWER, "5061 pool.contoso.example" },
        { POOL_A, FAKE_ANSWER, 0, LP_ANSWER, "10.0.0.1 10.0.0.2" },
        { POOL_SIP, FAKE_ANSWER, 0, LP_OK, "leaf" },
        { "sip pool.contoso.example:5061 10.0.0.2", FAKE_ANSWER, 0, LP_OK, "leaf" },
        { 0 },
    };
    struct walk_bench bench;
    run(&bench, rows);
    const struct lp_link *link = lp_link_of(walk_evidence(bench.walk, POOL_SIP));
    const struct lp_str *sums = link->chain.at;
    size_t certificates = 0;
    ck_assert_uint_eq(link->chain.n, 1);
    ck_assert_uint_eq(sums[0].n, 64);
    const struct lp_certificate *leaf = lp_log_leaf(&bench.walk->log, link);
    ck_assert_ptr_nonnull(leaf);
    ck_assert(lp_str_eq(leaf->der, LP_STR("leaf")));
    for (size_t i = 0; i < bench.walk->log.n; i++)
        certificates += bench.walk->log.at[i]->shape == &lp_shape_certificate;
    ck_assert_uint_eq(certificates, 1);
    walk_bench_close(&bench);
}
END_TEST

/* ---- the deadline ---- */

START_TEST(in_flight_at_the_deadline)
{
    static const struct fake_row rows[] = {
        { SRV, FAKE_NEVER, 0, LP_NONE, NULL },
        { SIP_A, FAKE_ANSWER, 4900 * MS, LP_ANSWER, "10.0.0.9" },
        { "sip sip.contoso.example:5061 10.0.0.9", FAKE_NEVER, 0, LP_NONE, NULL },
        { 0 },
    };
    struct walk_bench bench;
    run(&bench, rows);
    const struct lp_end *end = &bench.walk->log.end;
    const struct lp_evidence *srv = walk_evidence(bench.walk, SRV);
    const struct lp_evidence *sip =
        walk_evidence(bench.walk, "sip sip.contoso.example:5061 10.0.0.9");
    ck_assert_int_eq(srv->outcome, LP_TIMEOUT);
    ck_assert(lp_str_eq(srv->why, LP_STR("deadline")));
    ck_assert_int_eq(srv->elapsed, 5000 * MS);
    ck_assert_int_eq(sip->outcome, LP_TIMEOUT);
    ck_assert_int_eq(lp_link_of(sip)->connect, LP_TIMEOUT);
    ck_assert_int_eq(sip->elapsed, 100 * MS);
    ck_assert_int_eq(bench.fakes.cancelled, 2);
    ck_assert(!end->complete);
    ck_assert(lp_str_eq(end->why, LP_STR("deadline")));
    ck_assert_int_eq(end->total_us, 5000 * MS);
    walk_bench_close(&bench);
}
END_TEST

/* Two questions a second: what the time does not suffice for is not tried. */
START_TEST(never_put)
{
    struct walk_bench bench;
    walk_bench_open(&bench, nothing);
    bench.walker.interval_us = 500 * MS;
    bench.walk->deadline = bench.now + 1900 * MS;
    walk_bench_run(&bench);
    size_t tried = 0;
    for (size_t i = 0; i < bench.walk->log.n; i++) {
        const struct lp_evidence *e = bench.walk->log.at[i];
        tried += e->outcome == LP_NXDOMAIN;
        if (e->outcome != LP_NXDOMAIN) {
            ck_assert_int_eq(e->outcome, LP_NOT_TRIED);
            ck_assert(lp_str_eq(e->why, LP_STR("deadline")));
        }
    }
    ck_assert_uint_eq(tried, 4);
    ck_assert_uint_eq(bench.fakes.started.n, 4);
    ck_assert_uint_gt(bench.walk->log.n, 8);
    ck_assert(!bench.walk->log.end.complete);
    ck_assert_int_eq(bench.walk->log.end.total_us, 1900 * MS);
    walk_bench_close(&bench);
}
END_TEST

/* ---- places ---- */

#define SIP_AT(port) "sip sip.contoso.example:" port " 10.0.0.9"

/* One connection at a time: the second begins when the first has ended, and says so. */
START_TEST(one_after_the_other)
{
    static const struct fake_row rows[] = {
        { SIP_A, FAKE_ANSWER, 100 * MS, LP_ANSWER, "10.0.0.9" },
        { SIP_AT("5061"), FAKE_ANSWER, 100 * MS, LP_REFUSED, NULL },
        { SIP_AT("443"), FAKE_ANSWER, 50 * MS, LP_REFUSED, NULL },
        { 0 },
    };
    struct walk_bench bench;
    walk_bench_open(&bench, rows);
    bench.walker.quota.now = 1;
    walk_bench_run(&bench);
    const struct lp_evidence *first = walk_evidence(bench.walk, SIP_AT("5061"));
    const struct lp_evidence *second = walk_evidence(bench.walk, SIP_AT("443"));
    ck_assert_int_eq(first->started, 100 * MS);
    ck_assert_int_eq(second->started, 200 * MS);
    ck_assert_int_eq(second->elapsed, 50 * MS);
    ck_assert(bench.walk->log.end.complete);
    walk_bench_close(&bench);
}
END_TEST

START_TEST(waits_at_the_deadline)
{
    static const struct fake_row rows[] = {
        { SIP_A, FAKE_ANSWER, 0, LP_ANSWER, "10.0.0.9" },
        { SIP_AT("5061"), FAKE_NEVER, 0, LP_NONE, NULL },
        { 0 },
    };
    struct walk_bench bench;
    walk_bench_open(&bench, rows);
    bench.walker.quota.now = 1;
    bench.walk->deadline = bench.now + 200 * MS;
    walk_bench_run(&bench);
    const struct lp_evidence *first = walk_evidence(bench.walk, SIP_AT("5061"));
    const struct lp_evidence *second = walk_evidence(bench.walk, SIP_AT("443"));
    ck_assert_int_eq(first->outcome, LP_TIMEOUT);
    ck_assert_int_eq(second->outcome, LP_NOT_TRIED);
    ck_assert_int_eq(lp_link_of(second)->connect, LP_NOT_TRIED);
    ck_assert(lp_str_eq(second->why, LP_STR("deadline")));
    ck_assert_int_eq(fakes_started(&bench.fakes, SIP_AT("443")), 0);
    ck_assert_int_eq(bench.fakes.cancelled, 1);
    walk_bench_close(&bench);
}
END_TEST

/* ---- rate, limits, overrides ---- */

START_TEST(rate_spaces_dns_questions_only)
{
    struct walk_bench bench;
    struct fake_row rows[] = {
        { SIP_A, FAKE_ANSWER, 0, LP_ANSWER, "10.0.0.1 10.0.0.2" },
        { 0 },
    };
    lp_usec last = -1000 * MS, at[2];
    walk_bench_open(&bench, rows);
    bench.walker.interval_us = 100 * MS;
    bench.walk->deadline = bench.now + 60000 * MS;
    walk_bench_run(&bench);
    ck_assert(bench.walk->log.end.complete);
    for (size_t i = 0; i < bench.walk->log.n; i++) {
        const struct lp_evidence *e = bench.walk->log.at[i];
        if (e->shape != &lp_shape_dns)
            continue;
        ck_assert_int_ge(e->started, last + 100 * MS);
        last = e->started;
    }
    at[0] = walk_evidence(bench.walk, "sip sip.contoso.example:5061 10.0.0.1")->started;
    at[1] = walk_evidence(bench.walk, "sip sip.contoso.example:443 10.0.0.2")->started;
    ck_assert_int_eq(at[0], at[1]);
    ck_assert_int_eq(at[0], walk_evidence(bench.walk, SIP_A)->started);
    walk_bench_close(&bench);
}
END_TEST

/* 16 targets with 8 addresses each: SRV records get 48 of the 64 endpoints, and the others say
   that they are over the limit. */
START_TEST(limits_are_recorded)
{
    static char keys[16][64];
    static struct fake_row rows[18];
    static char targets[1024];
    struct walk_bench bench;
    size_t over = 0, tried = 0;
    targets[0] = '\0';
    for (int i = 0; i < 16; i++) {
        size_t n = strlen(targets);
        snprintf(targets + n, sizeof targets - n, "%s5061 t%d.contoso.example", n ? " " : "", i);
        snprintf(keys[i], sizeof keys[i], "dns 0 A t%d.contoso.example", i);
        rows[i] = (struct fake_row){ keys[i], FAKE_ANSWER, 0, LP_ANSWER,
                                     "10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4 10.0.0.5 10.0.0.6 "
                                     "10.0.0.7 10.0.0.8 10.0.0.9" };
    }
    rows[16] = (struct fake_row){ SRV, FAKE_ANSWER, 0, LP_ANSWER, targets };
    run(&bench, rows);
    for (size_t i = 0; i < bench.walk->log.n; i++) {
        const struct lp_evidence *e = bench.walk->log.at[i];
        over += lp_str_eq(e->why, LP_STR("limit 64 endpoints"));
        tried += e->shape != &lp_shape_dns && e->outcome == LP_REFUSED;
        if (e->why.p)
            ck_assert_int_eq(lp_link_of(e)->connect, LP_NOT_TRIED);
    }
    ck_assert_uint_eq(tried, 48);
    ck_assert_uint_gt(over, 0);
    ck_assert(bench.walk->log.end.complete);
    walk_bench_close(&bench);
}
END_TEST

START_TEST(overrides_are_not_asked)
{
    static struct lp_answer_rule answer = { .type = LP_DNS_A, .ttl = 60 };
    static struct lp_deny_rule deny;
    struct walk_bench bench;
    walk_bench_open(&bench, nothing);
    answer.name = LP_STR("sip.contoso.example");
    ck_assert(lp_addr_parse(LP_STR("10.0.0.7"), &answer.address));
    deny.name = LP_STR("sipinternal.contoso.example");
    bench.walk->log.setup.answer = (struct lp_list){ &answer, 1 };
    bench.walk->log.setup.deny = (struct lp_list){ &deny, 1 };
    lp_walk_ask_names(&bench.walker, bench.walk, bench.now);
    ck_assert_uint_gt(bench.fakes.started.n, 4);
    ck_assert_uint_eq(bench.out.n, 0);
    walk_bench_run(&bench);
    const struct lp_evidence *a = walk_evidence(bench.walk, SIP_A);
    ck_assert_int_eq(a->outcome, LP_ANSWER);
    ck_assert(lp_str_eq(lp_dns_of(a)->from, LP_STR("override")));
    ck_assert_int_eq(walk_evidence(bench.walk, "dns 0 A sipinternal.contoso.example")->outcome,
                     LP_NXDOMAIN);
    ck_assert_int_eq(fakes_started(&bench.fakes, SIP_A), 0);
    ck_assert_int_eq(fakes_started(&bench.fakes, "dns 0 A sipinternal.contoso.example"), 0);
    ck_assert_int_eq(fakes_started(&bench.fakes, SRV), 1);
    ck_assert_int_eq(fakes_started(&bench.fakes, "sip sip.contoso.example:5061 10.0.0.7"), 1);
    walk_bench_close(&bench);
}
END_TEST

/* With a rate there is no head start: the first questions would all go out at once. */
START_TEST(no_head_start_with_a_rate)
{
    struct walk_bench bench;
    walk_bench_open(&bench, nothing);
    bench.walker.interval_us = 100 * MS;
    lp_walk_ask_names(&bench.walker, bench.walk, bench.now);
    ck_assert_uint_eq(bench.fakes.started.n, 0);
    walk_bench_close(&bench);
}
END_TEST

/* ---- after the death of a worker ---- */

/* A new walk gets the log of the old one, and the crash, and asks only what is left. */
START_TEST(goes_on_from_a_log)
{
    struct walk_bench dead, bench;
    walk_bench_open(&dead, chain);
    lp_walk_go_on(&dead.walker, dead.walk, dead.now);
    while (dead.done) {
        struct lp_job *job = dead.done;
        dead.done = job->engine;
        lp_walk_take(&dead.walker, job);
    }
    ck_assert_ptr_nonnull(dead.fakes.pending);
    walk_bench_open(&bench, chain);
    for (size_t i = 0; i < dead.walk->log.n; i++)
        lp_log_add(&bench.walk->log, dead.walk->log.at[i]);
    bench.walk->last_id = dead.walk->last_id;
    struct lp_ask crash = { .key = LP_STR(SIP_A), .shape = &lp_shape_dns };
    struct lp_evidence *e = lp_entry_new(&bench.walk->arena, &crash, 0);
    e->id = ++bench.walk->last_id;
    e->outcome = LP_CRASHED;
    lp_log_add(&bench.walk->log, e);
    walk_bench_run(&bench);
    ck_assert(bench.walk->log.end.complete);
    for (size_t i = 0; i < dead.walk->log.n; i++)
        ck_assert_int_eq(fakes_started(&bench.fakes, dead.walk->log.at[i]->key.p), 0);
    ck_assert_int_eq(fakes_started(&bench.fakes, SIP_A), 0);
    ck_assert_int_eq(fakes_started(&bench.fakes, SRV), 1);
    ck_assert_int_eq(walk_evidence(bench.walk, POOL_SIP)->outcome, LP_OK);
    walk_bench_close(&bench);
    walk_bench_close(&dead);
    ck_assert_int_eq(dead.fakes.cancelled, 2);
}
END_TEST

Suite *lp_suite_walk(void)
{
    Suite *suite = suite_create("walk");
    TCase *tests = tcase_create("walks");
    tcase_add_test(tests, nothing_is_there);
    tcase_add_test(tests, dependants_go_out_at_once);
    tcase_add_test(tests, certificate_comes_before_its_link);
    tcase_add_test(tests, in_flight_at_the_deadline);
    tcase_add_test(tests, never_put);
    tcase_add_test(tests, one_after_the_other);
    tcase_add_test(tests, waits_at_the_deadline);
    tcase_add_test(tests, rate_spaces_dns_questions_only);
    tcase_add_test(tests, limits_are_recorded);
    tcase_add_test(tests, overrides_are_not_asked);
    tcase_add_test(tests, no_head_start_with_a_rate);
    tcase_add_test(tests, goes_on_from_a_log);
    suite_add_tcase(suite, tests);
    return suite;
}
