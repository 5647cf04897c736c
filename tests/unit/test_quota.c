/* test_quota.c - how many connections a worker has at a time */
#include <check.h>

#include "lp/evidence.h"
#include "lp/worker.h"

Suite *lp_suite_quota(void);

enum { N = 600, MS = 1000, FIRST = 64, LEAST = 32, MOST = 256 };

static const struct lp_shape linked = { .name = "test", .has_link = true };

struct bench {
    struct lp_quota quota;
    struct lp_job jobs[N];
    struct lp_evidence evidence[N];
    struct lp_link links[N];
};

/* All of them wait. */
static void open_bench(struct bench *b, int64_t workers)
{
    lp_quota_init(&b->quota, workers);
    for (size_t i = 0; i < N; i++) {
        b->links[i] = (struct lp_link){ .tls_us = -1 };
        b->evidence[i] = (struct lp_evidence){ .shape = &linked, .facts = &b->links[i] };
        b->jobs[i] = (struct lp_job){ .evidence = &b->evidence[i] };
        lp_quota_wait(&b->quota, &b->jobs[i]);
    }
}

/* How many get a place at that time. */
static size_t admit(struct bench *b, lp_usec now)
{
    size_t n = 0;
    for (struct lp_job *job; (job = lp_quota_next(&b->quota, now)) != NULL; n++) {
        ck_assert(!job->waits);
        job->started = now;
    }
    return n;
}

/* The job has shaken hands in that time, and goes. */
static void end(struct bench *b, size_t i, enum lp_outcome tls, lp_usec tls_us)
{
    b->links[i].connect = LP_OPEN;
    b->links[i].tls = tls;
    b->links[i].tls_us = tls_us;
    lp_quota_leave(&b->quota, &b->jobs[i]);
}

START_TEST(so_many_and_in_order)
{
    struct bench b;
    open_bench(&b, 1);
    ck_assert_uint_eq(admit(&b, 0), FIRST);
    for (size_t i = 0; i < N; i++)
        ck_assert_int_eq(b.jobs[i].waits, i >= FIRST);
    lp_quota_leave(&b.quota, &b.jobs[FIRST + 1]); /* its walk has ended */
    end(&b, 5, LP_ALERT, -1);
    ck_assert_ptr_eq(lp_quota_next(&b.quota, 0), &b.jobs[FIRST]);
    ck_assert_ptr_null(lp_quota_next(&b.quota, 0));
    end(&b, 6, LP_ALERT, -1);
    ck_assert_ptr_eq(lp_quota_next(&b.quota, 0), &b.jobs[FIRST + 2]);
}
END_TEST

START_TEST(what_does_not_open_needs_no_place)
{
    struct bench b;
    open_bench(&b, 1);
    ck_assert_uint_eq(admit(&b, 0), FIRST);
    for (size_t i = 0; i < 10; i++)
        b.links[i].connect = LP_OPEN;
    ck_assert_uint_eq(admit(&b, 249 * MS), 0);
    ck_assert_uint_eq(admit(&b, 250 * MS), FIRST - 10);
}
END_TEST

START_TEST(quick_ones_make_room)
{
    struct bench b;
    open_bench(&b, 1);
    size_t taken = admit(&b, 0);
    for (size_t i = 0; i < 300; i++) {
        end(&b, i, LP_OK, 299 * MS);
        taken += admit(&b, 0);
    }
    ck_assert_uint_eq(taken - 300, MOST);
    ck_assert_uint_eq(b.quota.now, MOST);
}
END_TEST

static const struct {
    enum lp_outcome tls;
    lp_usec tls_us;
    size_t then;
} ends[] = {
    { LP_OK, 300 * MS, FIRST },       { LP_OK, 1000 * MS, FIRST }, { LP_OK, 1001 * MS, LEAST },
    { LP_STALLED, 4000 * MS, LEAST }, { LP_ALERT, 10, FIRST },     { LP_NONE, -1, FIRST },
};

START_TEST(slow_ones_take_room)
{
    struct bench b;
    open_bench(&b, 1);
    admit(&b, 0);
    for (size_t i = 0; i < 8; i++)
        end(&b, i, ends[_i].tls, ends[_i].tls_us);
    ck_assert_uint_eq(b.quota.now, ends[_i].then);
}
END_TEST

START_TEST(nothing_grows_when_nothing_waits)
{
    struct bench b;
    open_bench(&b, 1);
    b.quota.waiting = (struct lp_queue){ &b.jobs[0], &b.jobs[9] };
    b.jobs[9].queue_next = NULL;
    ck_assert_uint_eq(admit(&b, 0), 10);
    end(&b, 3, LP_OK, 10);
    ck_assert_uint_eq(b.quota.now, FIRST);
}
END_TEST

static const struct {
    int64_t workers;
    size_t first, most;
} shares[] = {
    { 0, FIRST, MOST }, { 1, FIRST, MOST }, { 2, FIRST, MOST },
    { 4, FIRST, 128 },  { 8, FIRST, 64 },   { 100, LEAST, LEAST },
};

START_TEST(workers_share)
{
    struct lp_quota quota;
    lp_quota_init(&quota, shares[_i].workers);
    ck_assert_uint_eq(quota.now, shares[_i].first);
    ck_assert_uint_eq(quota.high, shares[_i].most);
}
END_TEST

START_TEST(a_question_never_waited)
{
    struct bench b;
    struct lp_evidence question = { .shape = &lp_shape_dns };
    struct lp_job job = { .evidence = &question };
    open_bench(&b, 1);
    lp_quota_leave(&b.quota, &job);
    ck_assert_uint_eq(admit(&b, 0), FIRST);
}
END_TEST

START_TEST(no_limit)
{
    struct bench b;
    open_bench(&b, 1);
    b.quota.now = 0;
    ck_assert_uint_eq(admit(&b, 0), N);
}
END_TEST

Suite *lp_suite_quota(void)
{
    Suite *suite = suite_create("quota");
    TCase *tcase = tcase_create("quota");
    tcase_add_test(tcase, so_many_and_in_order);
    tcase_add_test(tcase, what_does_not_open_needs_no_place);
    tcase_add_test(tcase, quick_ones_make_room);
    tcase_add_loop_test(tcase, slow_ones_take_room, 0, LP_COUNT(ends));
    tcase_add_test(tcase, nothing_grows_when_nothing_waits);
    tcase_add_loop_test(tcase, workers_share, 0, LP_COUNT(shares));
    tcase_add_test(tcase, a_question_never_waited);
    tcase_add_test(tcase, no_limit);
    suite_add_tcase(suite, tcase);
    return suite;
}
