/* test_job.c - the end of a job, its times, its guard, errno words */
#include <check.h>
#include <errno.h>

#include "lp/job.h"

Suite *lp_suite_job(void);

static lp_usec clock_at_5000(void *self)
{
    (void)self;
    return 5000;
}

static const struct lp_world world = { .now = clock_at_5000 };

static void on_ended(void *owner, struct lp_job *job)
{
    struct lp_job **last = owner;

    *last = job;
}

START_TEST(end_fills_the_evidence)
{
    struct lp_job *last = NULL;
    struct lp_core core = { .world = &world, .owner = &last, .ended = on_ended };
    struct lp_arena arena = { 0 };
    struct lp_evidence evidence = { 0 };
    struct lp_job job = { .arena = &arena, .evidence = &evidence, .walk_start = 1000 };
    char why[] = "local EMFILE";

    job.started = 4000;
    lp_job_end(&core, &job, LP_NOT_TRIED, why);
    why[0] = 'x'; /* the words are a copy */
    ck_assert_ptr_eq(last, &job);
    ck_assert_int_eq(evidence.outcome, LP_NOT_TRIED);
    ck_assert(lp_str_eq(evidence.why, LP_STR("local EMFILE")));
    ck_assert_int_eq(evidence.started, 3000);
    ck_assert_int_eq(evidence.elapsed, 1000);
    lp_job_end(&core, &job, LP_OK, NULL);
    ck_assert_ptr_null(evidence.why.p);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(no_phase_goes_beyond_the_deadline)
{
    struct lp_job job = { .deadline = 1000 };

    ck_assert_int_eq(lp_job_until(&job, 100, 400), 500);
    ck_assert_int_eq(lp_job_until(&job, 100, 900), 1000);
    ck_assert_int_eq(lp_job_until(&job, 100, 901), 1000);
    ck_assert_int_eq(lp_job_until(&job, 100, INT64_MAX), 1000);
    ck_assert_int_eq(lp_job_until(&job, 2000, 1), 1000);
}
END_TEST

static const struct guard_row {
    const char *address;
    uint16_t port;
    bool from_network;
    const char *why;
} guard_rows[] = {
    { "203.0.113.10", 443, true, NULL },
    { "10.1.2.3", 5061, true, NULL },
    { "127.0.0.1", 443, true, "guard loopback" },
    { "127.0.0.1", 443, false, "guard loopback" },
    { "::1", 443, false, "guard loopback" },
    { "203.0.113.10", 22, false, NULL },
    { "192.0.2.7", 22, true, NULL }, /* allowed net, but see below */
    { "127.77.1.1", 443, true, NULL },
};

static void parse_cidr(const char *text, struct lp_cidr *out)
{
    ck_assert(lp_cidr_parse(lp_str_of(text), out));
}

START_TEST(guard_of_a_job)
{
    const struct guard_row *row = &guard_rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_cidr allow[2];
    struct lp_job job = { .arena = &arena, .allow = allow, .allow_n = LP_COUNT(allow) };
    struct lp_addr address;

    parse_cidr("127.77.0.0/16", &allow[0]);
    parse_cidr("192.0.2.0/24", &allow[1]);
    ck_assert(lp_addr_parse(lp_str_of(row->address), &address));
    job.ask.from_network = row->from_network;
    const char *why = lp_job_guard(&job, &address, row->port);
    const char *service = lp_guard_port(row->port);
    if (row->why != NULL)
        ck_assert_str_eq(why, row->why);
    else if (row->from_network && service != NULL)
        ck_assert_str_eq(why, lp_arena_printf(&arena, "port %s", service).p);
    else
        ck_assert_ptr_null(why);
    lp_arena_release(&arena);
}
END_TEST

static const struct errno_row {
    int number;
    const char *word;
    bool local;
} errno_rows[] = {
    { EMFILE, "EMFILE", true },
    { ENFILE, "ENFILE", true },
    { ENOBUFS, "ENOBUFS", true },
    { ENOMEM, "ENOMEM", true },
    { EAFNOSUPPORT, "EAFNOSUPPORT", true },
    { EADDRNOTAVAIL, "EADDRNOTAVAIL", true },
    { EACCES, "EACCES", true },
    { EPERM, "EPERM", true },
    { ECONNREFUSED, "ECONNREFUSED", false },
    { ECONNRESET, "ECONNRESET", false },
    { ENETUNREACH, "ENETUNREACH", false },
    { EHOSTUNREACH, "EHOSTUNREACH", false },
    { ETIMEDOUT, "ETIMEDOUT", false },
    { EPIPE, "EPIPE", false },
    { 0, "unknown errno", false },
    { -1, "unknown errno", false },
    { 20000, "unknown errno", false },
};

START_TEST(errno_words)
{
    const struct errno_row *row = &errno_rows[_i];

    ck_assert_str_eq(lp_errno_word(row->number), row->word);
    ck_assert_int_eq(lp_errno_is_local(row->number), row->local);
}
END_TEST

Suite *lp_suite_job(void)
{
    Suite *suite = suite_create("job");
    TCase *tc = tcase_create("job");

    tcase_add_test(tc, end_fills_the_evidence);
    tcase_add_test(tc, no_phase_goes_beyond_the_deadline);
    tcase_add_loop_test(tc, guard_of_a_job, 0, (int)LP_COUNT(guard_rows));
    tcase_add_loop_test(tc, errno_words, 0, (int)LP_COUNT(errno_rows));
    suite_add_tcase(suite, tc);
    return suite;
}
