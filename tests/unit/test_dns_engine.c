/* test_dns_engine.c - DNS questions over real sockets of 127.0.0.1, in virtual time. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "dns_bench.h"

Suite *lp_suite_dns_engine(void);

enum { MANY = 300 };

/* ---- one server, one question
 * -------------------------------------------------------------------
 */

static const struct row {
    const char *name;
    enum lp_outcome outcome;
    const char *why;
    int64_t rcode;
    int64_t tries;
    lp_usec elapsed;
    bool tcp, truncated;
    size_t rrs;
} rows[] = {
    { "ok.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "nx.test", LP_NXDOMAIN, NULL, 3, 1, 0, false, false, 0 },
    { "nodata.test", LP_NODATA, NULL, 0, 1, 0, false, false, 0 },
    { "servfail.test", LP_SERVFAIL, NULL, 2, 1, 0, false, false, 0 },
    { "refused.test", LP_REFUSED, NULL, 5, 1, 0, false, false, 0 },
    { "silent.test", LP_TIMEOUT, NULL, -1, 3, DNS_US, false, false, 0 },
    { "drop1.test", LP_ANSWER, NULL, 0, 2, FIRST_US, false, false, 1 },
    { "late.test", LP_ANSWER, NULL, 0, 2, FIRST_US + 5000, false, false, 1 },
    { "tc.test", LP_ANSWER, NULL, 0, 1, 0, true, true, 1 },
    { "tc-closes.test", LP_TIMEOUT, "connection closed", -1, 3, DNS_US, false, true, 0 },
    { "formerr.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "bare.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "bare-refused.test", LP_REFUSED, NULL, 5, 1, 0, false, false, 0 },
    { "big.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 40 },
    { "wrong-id.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "wrong-name.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "empty.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "alien.test", LP_TIMEOUT, NULL, -1, 3, DNS_US, false, false, 0 },
    { "flood.test", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
    { "OK.Test.", LP_ANSWER, NULL, 0, 1, 0, false, false, 1 },
};

START_TEST(one_question)
{
    const struct row *row = &rows[_i];
    struct bench b;
    struct one one;

    bench_open(&b);
    b.peer[0].delay = FIRST_US + 5000;
    bench_ask(&b, &one, row->name);
    ck_assert_str_eq(lp_outcome_word(one.evidence.outcome), lp_outcome_word(row->outcome));
    bench_assert_why(&one, row->why);
    ck_assert_int_eq(one.facts.rcode, row->rcode);
    ck_assert_int_eq(one.facts.tries, row->tries);
    ck_assert_int_eq(one.evidence.elapsed, row->elapsed);
    ck_assert_int_eq(one.evidence.started, 7);
    ck_assert_int_eq(one.facts.tcp, row->tcp);
    ck_assert_int_eq(one.facts.truncated, row->truncated);
    ck_assert_uint_eq(one.facts.rrs.n, row->rrs);
    ck_assert(lp_str_eq(one.facts.name, lp_str_of(row->name)));
    ck_assert_int_eq(one.facts.type, LP_DNS_A);
    ck_assert_int_eq(one.facts.rcode >= 0, one.facts.wire.n > 0);
    ck_assert_uint_eq(b.worked, one.facts.rcode >= 0 ? 1 : 0);
    if (row->rcode >= 0)
        bench_assert_from(&one, &b.peer[0]);
    else
        ck_assert_ptr_null(one.facts.from.p);
    bench_close(&b);
}
END_TEST

START_TEST(malformed_keeps_the_bytes)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    bench_ask(&b, &one, "bad.test");
    ck_assert_int_eq(one.evidence.outcome, LP_MALFORMED);
    ck_assert_ptr_nonnull(one.evidence.why.p);
    ck_assert_uint_gt(one.facts.wire.n, 12);
    bench_assert_from(&one, &b.peer[0]);
    bench_ask(&b, &one, "question.test");
    ck_assert_int_eq(one.evidence.outcome, LP_MALFORMED);
    bench_close(&b);
}
END_TEST

static const struct {
    const char *name, *why;
    size_t bytes;
} doubtful[] = {
    { "other.test", "other question", 12 + 12 + 4 },
    { "short.test", "short header", 11 },
};

/* It has the right id, but may be forged: the right one is waited for. */
START_TEST(doubtful_only_when_nothing_better_comes)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    bench_ask(&b, &one, doubtful[_i].name);
    ck_assert_int_eq(one.evidence.outcome, LP_MALFORMED);
    bench_assert_why(&one, doubtful[_i].why);
    ck_assert_int_eq(one.evidence.elapsed, DNS_US);
    ck_assert_int_eq(one.facts.tries, 3);
    ck_assert_uint_eq(one.facts.wire.n, doubtful[_i].bytes);
    bench_assert_from(&one, &b.peer[0]);
    bench_close(&b);
}
END_TEST

START_TEST(tries_go_out_at_their_times)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    lp_usec begin = b.pw.clock;
    bench_ask(&b, &one, "silent.test");
    ck_assert_uint_eq(b.peer[0].seen, 3);
    ck_assert_uint_eq(b.peer[0].with_opt, 3);
    ck_assert_int_eq(b.peer[0].at[0] - begin, 0);
    ck_assert_int_eq(b.peer[0].at[1] - begin, FIRST_US);
    ck_assert_int_eq(b.peer[0].at[2] - begin, FIRST_US + SECOND_US);
    bench_close(&b);
}
END_TEST

START_TEST(deadline_shrinks_the_tries)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    lp_usec begin = b.pw.clock;
    b.deadline = begin + 70000;
    bench_ask(&b, &one, "silent.test");
    ck_assert_int_eq(one.evidence.outcome, LP_TIMEOUT);
    bench_assert_why(&one, "deadline");
    ck_assert_int_eq(one.evidence.elapsed, 70000);
    ck_assert_int_eq(b.peer[0].at[1] - begin, 10000);
    ck_assert_int_eq(b.peer[0].at[2] - begin, 30000);
    bench_close(&b);
}
END_TEST

START_TEST(after_the_deadline_nothing_is_sent)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    b.deadline = b.pw.clock;
    bench_ask(&b, &one, "ok.test");
    ck_assert_int_eq(one.evidence.outcome, LP_NOT_TRIED);
    bench_assert_why(&one, "deadline");
    ck_assert_int_eq(one.facts.tries, 0);
    bench_turn(&b);
    ck_assert_uint_eq(b.peer[0].seen, 0);
    bench_close(&b);
}
END_TEST

/* An answer to the first message counts after the second one has gone out, and is not
 * taken twice.
 */
START_TEST(late_answer_after_the_end_is_ignored)
{
    struct bench b;
    struct one one, other;

    bench_open(&b);
    b.peer[0].delay = DNS_US + 1000;
    bench_ask(&b, &one, "late.test");
    ck_assert_int_eq(one.evidence.outcome, LP_TIMEOUT);
    bench_ask(&b, &other, "drop1.test");
    ck_assert_int_eq(other.evidence.outcome, LP_ANSWER);
    bench_start(&b, &other, "silent.test");
    bench_run(&b, 3);
    ck_assert_int_eq(one.evidence.outcome, LP_TIMEOUT);
    bench_close(&b);
}
END_TEST

/* ---- many questions, ends of other kinds
 * --------------------------------------------------------
 */

START_TEST(many_at_once)
{
    struct bench b;
    struct one *all = calloc(MANY, sizeof(*all));

    bench_open(&b);
    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < MANY; i++)
        bench_start(&b, &all[i], i % 2 == 0 ? "ok.test" : "nx.test");
    ck_assert_uint_eq(b.ended, 0);
    bench_turn(&b);
    /* No more than a window is on its way. */
    ck_assert_uint_le(b.peer[0].seen, 128);
    bench_run(&b, MANY);
    ck_assert_uint_eq(b.peer[0].seen, MANY);
    for (size_t i = 0; i < MANY; i++)
        ck_assert_int_eq(all[i].evidence.outcome, i % 2 == 0 ? LP_ANSWER : LP_NXDOMAIN);
    bench_close(&b);
    free(all);
}
END_TEST

/* Those that never left the queue were not tried. */
START_TEST(many_to_a_dead_server)
{
    struct bench b;
    struct one *all = calloc(MANY, sizeof(*all));
    size_t timeouts = 0, untried = 0;

    bench_open(&b);
    ck_assert_ptr_nonnull(all);
    b.deadline = b.pw.clock + 1000000;
    for (size_t i = 0; i < MANY; i++)
        bench_start(&b, &all[i], "silent.test");
    bench_run(&b, MANY);
    for (size_t i = 0; i < MANY; i++) {
        timeouts += all[i].evidence.outcome == LP_TIMEOUT;
        untried += all[i].evidence.outcome == LP_NOT_TRIED;
        bench_assert_why(&all[i], "deadline");
        ck_assert_int_le(all[i].evidence.elapsed, 1000000);
    }
    ck_assert_uint_eq(timeouts, 128);
    ck_assert_uint_eq(untried, MANY - 128);
    bench_close(&b);
    free(all);
}
END_TEST

START_TEST(cancelled_is_silent)
{
    struct bench b;
    struct one *all = calloc(MANY, sizeof(*all));
    struct one last;

    bench_open(&b);
    ck_assert_ptr_nonnull(all);
    for (size_t i = 0; i < MANY; i++)
        bench_start(&b, &all[i], "silent.test");
    bench_start(&b, &last, "ok.test"); /* waits behind them */
    for (size_t i = 0; i < MANY; i++)
        b.engine.cancel(b.engine.self, &all[i].job);
    free(all);
    bench_run(&b, 1);
    ck_assert_int_eq(last.evidence.outcome, LP_ANSWER);
    ck_assert_int_eq(last.evidence.elapsed, 0);
    b.engine.cancel(b.engine.self, &last.job); /* ended already: nothing happens */
    bench_close(&b);
}
END_TEST

START_TEST(released_with_open_questions)
{
    struct bench b;
    struct one one[3];

    bench_open(&b);
    bench_start(&b, &one[0], "silent.test");
    bench_start(&b, &one[1], "tc.test");
    bench_start(&b, &one[2], "late.test");
    bench_turn(&b);
    bench_close(&b);
    ck_assert_uint_le(b.ended, 1);
}
END_TEST

/* ---- what cannot be asked
 * -----------------------------------------------------------------------
 */

static const struct refused_row {
    const char *name;
    int64_t server;
    const char *address;
    const char *why;
} refused_rows[] = {
    { "ok..test", 0, NULL, "no DNS name" },
    { "", 0, NULL, "no DNS name" },
    { "0123456789012345678901234567890123456789012345678901234567890123.test", 0, NULL,
      "no DNS name" },
    { "ok.test", 1, NULL, "no server" },
    { "ok.test", -1, NULL, "no server" },
    { "ok.test", 0, "192.0.2.53", "no server address" },
    { "ok.test", 0, "192.0.2.53:0", "no server address" },
    { "ok.test", 0, "ns.example:53", "no server address" },
};

START_TEST(not_askable)
{
    const struct refused_row *row = &refused_rows[_i];
    struct bench b;
    struct one one = { .job = { .ask = { .server = row->server } } };

    bench_open(&b);
    if (row->address != NULL)
        b.addresses[0] = lp_str_of(row->address);
    one.job.setup = &b.setup;
    one.job.arena = &b.arena;
    one.job.evidence = &one.evidence;
    one.evidence.facts = &one.facts;
    one.job.ask.name = lp_str_of(row->name);
    one.job.ask.type = LP_DNS_SRV;
    one.job.deadline = b.deadline;
    b.engine.start(b.engine.self, &one.job);
    ck_assert_uint_eq(b.ended, 1);
    ck_assert_int_eq(one.evidence.outcome, LP_NOT_TRIED);
    bench_assert_why(&one, row->why);
    ck_assert_int_eq(one.facts.rcode, -1);
    ck_assert_int_eq(one.facts.server, row->server);
    bench_close(&b);
}
END_TEST

START_TEST(no_random_no_engine)
{
    struct bench b;
    struct lp_engine engine;
    struct lp_error error = { "" };

    bench_open(&b);
    b.pw.no_random = true;
    ck_assert(!lp_dns_engine_new(&engine, &b.core, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "random"));
    bench_close(&b);
}
END_TEST

static TCase *outcomes_case(void)
{
    TCase *tc = tcase_create("outcomes");

    tcase_add_loop_test(tc, one_question, 0, (int)LP_COUNT(rows));
    tcase_add_test(tc, malformed_keeps_the_bytes);
    tcase_add_loop_test(tc, doubtful_only_when_nothing_better_comes, 0, (int)LP_COUNT(doubtful));
    tcase_add_test(tc, tries_go_out_at_their_times);
    tcase_add_test(tc, deadline_shrinks_the_tries);
    tcase_add_test(tc, after_the_deadline_nothing_is_sent);
    tcase_add_test(tc, late_answer_after_the_end_is_ignored);
    tcase_add_loop_test(tc, not_askable, 0, (int)LP_COUNT(refused_rows));
    tcase_add_test(tc, no_random_no_engine);
    return tc;
}

static TCase *many_case(void)
{
    TCase *tc = tcase_create("many");

    tcase_add_test(tc, many_at_once);
    tcase_add_test(tc, many_to_a_dead_server);
    tcase_add_test(tc, cancelled_is_silent);
    tcase_add_test(tc, released_with_open_questions);
    return tc;
}

Suite *lp_suite_dns_engine(void)
{
    Suite *suite = suite_create("dns_engine");

    suite_add_tcase(suite, outcomes_case());
    suite_add_tcase(suite, many_case());
    return suite;
}
