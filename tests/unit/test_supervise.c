/* test_supervise.c - the parent: workers that answer, die, spin, lie, do not come up */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run_rig.h"

Suite *lp_suite_supervise(void);

#define SRV "dns 0 SRV _sipinternaltls._tcp.contoso.example"
#define SIP_A "dns 0 A sip.contoso.example"
#define LOCAL LP_STR("local no worker comes up")

enum { MS = 1000 };

static const struct fake_row nothing[] = { { 0 } };

/* ---- workers that do what they should ---- */

START_TEST(one_walk)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    ck_assert(rig.logs[0].end.complete);
    ck_assert_int_eq(rig.logs[0].end.restarts, 0);
    ck_assert_uint_gt(rig.logs[0].n, 8);
    ck_assert_uint_eq(run_count(&rig, 0, LP_NXDOMAIN), rig.logs[0].n);
    ck_assert_int_gt(rig.progress, 0);
    ck_assert_int_eq(rig.shared->workers, 1);
    ck_assert_int_eq(rig.shared->ended, 1); /* by itself, not killed */
    run_rig_close(&rig);
}
END_TEST

/* More than the parent holds at a time, and in the order of the source. */
START_TEST(many_walks)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.walks = 60;
    rig.options.workers = 3;
    rig.options.parallel = 2;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 60);
    for (size_t i = 0; i < rig.ended; i++) {
        char domain[24];
        snprintf(domain, sizeof domain, "d%zu.example", i);
        run_says(rig.logs[i].setup.domain, domain);
        ck_assert(rig.logs[i].end.complete);
    }
    ck_assert_int_eq(rig.shared->workers, 3);
    ck_assert_int_eq(rig.shared->ended, 3);
    run_rig_close(&rig);
}
END_TEST

START_TEST(no_walk)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.walks = 0;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 0);
    run_rig_close(&rig);
}
END_TEST

START_TEST(no_descriptor_of_ours)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.fd = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(rig.fd, 0);
    ck_assert(run_rig_run(&rig));
    ck_assert_int_eq(rig.shared->workers, 1);
    ck_assert(!rig.shared->fd_alive);
    close(rig.fd);
    run_rig_close(&rig);
}
END_TEST

/* ---- workers that die ---- */

static const struct fake_row bad_rows[][3] = {
    { { SIP_A, FAKE_ABORT, 0, LP_NONE, NULL }, { 0 } },
    { { SIP_A, FAKE_SPIN, 0, LP_NONE, NULL }, { 0 } },
    { { SIP_A, FAKE_ABORT, 0, LP_NONE, NULL }, { SRV, FAKE_ABORT, 0, LP_NONE, NULL }, { 0 } },
};
static const char *const bad_words[] = { "signal 6", "spin 250 ms", "signal 6" };

START_TEST(costs_only_its_question)
{
    struct run_rig rig;
    size_t crashes = bad_rows[_i][1].key ? 2 : 1;
    run_rig_open(&rig, bad_rows[_i]);
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    const struct lp_evidence *e = run_evidence(&rig, 0, SIP_A);
    ck_assert_int_eq(e->outcome, LP_CRASHED);
    run_says(e->why, bad_words[_i]);
    ck_assert_uint_eq(run_count(&rig, 0, LP_CRASHED), crashes);
    ck_assert_uint_eq(run_count(&rig, 0, LP_NXDOMAIN), rig.logs[0].n - crashes);
    ck_assert_uint_gt(rig.logs[0].n, 8);
    ck_assert(rig.logs[0].end.complete);
    ck_assert_int_eq(rig.logs[0].end.restarts, (int64_t)crashes);
    ck_assert_int_eq(rig.shared->workers, (int)crashes + 1);
    ck_assert_int_lt(rig.took, 4000 * MS);
    run_rig_close(&rig);
}
END_TEST

static void main_dies(const struct lp_worker_input *input)
{
    (void)input;
    _exit(7);
}

START_TEST(no_worker_comes_up)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.walks = 40;
    rig.options.workers = 2;
    rig.options.worker = main_dies;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 40);
    for (size_t i = 0; i < rig.ended; i++) {
        ck_assert(!rig.logs[i].end.complete);
        run_says(rig.logs[i].end.why, LOCAL.p);
        ck_assert_uint_gt(rig.logs[i].n, 8);
        ck_assert_uint_eq(run_count(&rig, i, LP_NOT_TRIED), rig.logs[i].n);
        run_says(rig.logs[i].at[0]->why, LOCAL.p);
    }
    run_rig_close(&rig);
}
END_TEST

static void say(const struct lp_worker_input *input, const char *text)
{
    struct lp_str rest = lp_str_of(text);
    while (rest.n) {
        ssize_t n = write(input->out, rest.p, rest.n);
        if (n <= 0)
            _exit(1);
        rest = lp_str_sub(rest, (size_t)n, rest.n);
    }
}

static void main_refuses(const struct lp_worker_input *input)
{
    say(input, "! roots.pem: no such file\n");
    _exit(1);
}

START_TEST(a_refusal_ends_the_run)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.options.worker = main_refuses;
    ck_assert(!run_rig_run(&rig));
    ck_assert_str_eq(rig.error.text, "roots.pem: no such file");
    ck_assert_uint_eq(rig.ended, 0);
    run_rig_close(&rig);
}
END_TEST

static void main_refuses_later(const struct lp_worker_input *input)
{
    if (input->resumed_n)
        main_refuses(input);
    run_rig_worker(input);
}

START_TEST(a_later_refusal_costs_what_is_open)
{
    struct run_rig rig;
    run_rig_open(&rig, bad_rows[0]);
    rig.setup.timeout_us = 20000 * MS;
    rig.options.worker = main_refuses_later;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    ck_assert_int_eq(run_evidence(&rig, 0, SIP_A)->outcome, LP_CRASHED);
    ck_assert_uint_gt(run_count(&rig, 0, LP_NOT_TRIED), 0);
    ck_assert_uint_eq(run_count(&rig, 0, LP_NOT_TRIED) + run_count(&rig, 0, LP_NXDOMAIN) + 1,
                      rig.logs[0].n);
    run_says(rig.logs[0].end.why, LOCAL.p);
    ck_assert_int_lt(rig.took, 10000 * MS);
    run_rig_close(&rig);
}
END_TEST

/* ---- workers that lie ---- */

static void main_babbles(const struct lp_worker_input *input)
{
    say(input,
        "\n0\n0 \n0 {}\n0 {\"id\":1}\n99 {\"end\":true}\n99999999999999999999 x\n-1 {}\n"
        "0 {\"id\":1,\"kind\":\"dns\",\"key\":\"dns 0 A a\",\"outcome\":\"answer\",\n\xff\n!\n");
    run_rig_worker(input);
}

START_TEST(babble_changes_nothing)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.options.worker = main_babbles;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    ck_assert(rig.logs[0].end.complete);
    ck_assert_uint_eq(run_count(&rig, 0, LP_NXDOMAIN), rig.logs[0].n);
    run_rig_close(&rig);
}
END_TEST

static void main_never_stops(const struct lp_worker_input *input)
{
    char text[32768];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (;;)
        say(input, text);
}

START_TEST(a_line_without_end)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.options.worker = main_never_stops;
    rig.setup.timeout_us = 30000 * MS;
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    run_says(rig.logs[0].end.why, LOCAL.p);
    run_rig_close(&rig);
}
END_TEST

/* ---- resources ---- */

START_TEST(no_descriptors)
{
    struct run_rig rig;
    struct rlimit had, few;
    run_rig_open(&rig, nothing);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &had), 0);
    few = had;
    few.rlim_cur = 3;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    bool ok = run_rig_run(&rig);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &had), 0);
    ck_assert(!ok);
    ck_assert_str_eq(rig.error.text, "no descriptors for a worker");
    run_rig_close(&rig);
}
END_TEST

Suite *lp_suite_supervise(void)
{
    Suite *suite = suite_create("supervise");
    TCase *tests = tcase_create("runs");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, one_walk);
    tcase_add_test(tests, many_walks);
    tcase_add_test(tests, no_walk);
    tcase_add_test(tests, no_descriptor_of_ours);
    tcase_add_loop_test(tests, costs_only_its_question, 0, LP_COUNT(bad_rows));
    tcase_add_test(tests, no_worker_comes_up);
    tcase_add_test(tests, a_refusal_ends_the_run);
    tcase_add_test(tests, a_later_refusal_costs_what_is_open);
    tcase_add_test(tests, babble_changes_nothing);
    tcase_add_test(tests, a_line_without_end);
    tcase_add_test(tests, no_descriptors);
    suite_add_tcase(suite, tests);
    return suite;
}
