/* test_supervise_clock.c - the parent: deadlines, being stopped, signals, workers that hang */
#include <check.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run_rig.h"

Suite *lp_suite_supervise_clock(void);

#define SRV "dns 0 SRV _sipinternaltls._tcp.contoso.example"
#define SIP_A "dns 0 A sip.contoso.example"

enum { MS = 1000 };

static const struct fake_row nothing[] = { { 0 } };
static const struct fake_row dies[] = { { SIP_A, FAKE_ABORT, 0, LP_NONE, NULL }, { 0 } };

/* ---- the clock ---- */

static void main_hangs(const struct lp_worker_input *input)
{
    (void)input;
    for (;;)
        pause();
}

static void main_is_stopped(const struct lp_worker_input *input)
{
    (void)input;
    raise(SIGSTOP);
    _exit(0);
}

static void (*const silent[])(const struct lp_worker_input *input) = { main_hangs,
                                                                       main_is_stopped };

START_TEST(the_parent_owns_the_deadline)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.setup.timeout_us = 200 * MS;
    rig.options.worker = silent[_i];
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_eq(rig.ended, 1);
    ck_assert(!rig.logs[0].end.complete);
    run_says(rig.logs[0].end.why, "deadline");
    ck_assert_uint_eq(run_count(&rig, 0, LP_NOT_TRIED), rig.logs[0].n);
    ck_assert_int_ge(rig.logs[0].end.total_us, 200 * MS);
    ck_assert_int_lt(rig.logs[0].end.total_us, 400 * MS);
    run_rig_close(&rig);
}
END_TEST

static const struct fake_row never[] = { { SRV, FAKE_NEVER, 0, LP_NONE, NULL }, { 0 } };

/* Where a busy machine makes the worker late, the parent speaks first: then once more. */
enum { ATTEMPTS = 5 };

START_TEST(the_worker_keeps_the_deadline)
{
    bool in_time = false;
    for (int i = 0; i < ATTEMPTS && !in_time; i++) {
        struct run_rig rig;
        run_rig_open(&rig, never);
        rig.setup.timeout_us = 300 * MS;
        ck_assert(run_rig_run(&rig));
        run_says(run_evidence(&rig, 0, SRV)->why, "deadline");
        run_says(rig.logs[0].end.why, "deadline");
        ck_assert_int_lt(rig.logs[0].end.total_us, 500 * MS);
        in_time = run_evidence(&rig, 0, SRV)->outcome == LP_TIMEOUT &&
                  run_count(&rig, 0, LP_NXDOMAIN) == rig.logs[0].n - 1;
        run_rig_close(&rig);
    }
    ck_assert(in_time);
}
END_TEST

/* Nothing but time passes. */
static void let_pass(int ms)
{
    (void)poll(NULL, 0, ms);
}

/* 0: the question that was in flight is a timeout, said by the worker; 1: it is not; others: bad.
 */
static int stop_and_continue(void)
{
    struct run_rig rig;
    int status = 0;
    run_rig_open(&rig, never);
    rig.setup.timeout_us = 300 * MS;
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        if (!run_rig_run(&rig) || rig.ended != 1 || rig.logs[0].end.total_us > 1200 * MS)
            _exit(2);
        _exit(lp_log_find(&rig.logs[0], LP_STR(SRV))->outcome == LP_TIMEOUT ? 0 : 1);
    }
    while (rig.shared->asked < 10)
        let_pass(1);
    ck_assert_int_eq(kill(-pid, SIGSTOP), 0);
    let_pass(700);
    ck_assert_int_eq(kill(-pid, SIGCONT), 0);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    run_rig_close(&rig);
    return WEXITSTATUS(status);
}

/* The whole program is stopped beyond its deadline: the end comes at once, and is told right. */
START_TEST(stopped_and_continued)
{
    int result = 1;
    for (int i = 0; i < ATTEMPTS && result == 1; i++)
        result = stop_and_continue();
    ck_assert_int_eq(result, 0);
}
END_TEST

/* ---- signals ---- */

static volatile int interrupted;
static volatile lp_usec interrupted_at;

static void on_signal(int number)
{
    interrupted = number;
    interrupted_at = lp_world_real.now(NULL);
}

static void catch_signal(int number)
{
    struct sigaction action = { .sa_handler = on_signal };
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
    interrupted = 0;
}

static void main_interrupts(const struct lp_worker_input *input)
{
    kill(getppid(), SIGUSR1);
    main_hangs(input);
}

START_TEST(interrupted_at_once)
{
    struct run_rig rig;
    run_rig_open(&rig, nothing);
    rig.walks = 50;
    rig.options.worker = main_interrupts;
    rig.options.interrupted = &interrupted;
    catch_signal(SIGUSR1);
    ck_assert(run_rig_run(&rig));
    ck_assert_uint_ge(rig.ended, 1);
    ck_assert_uint_lt(rig.ended, 50);
    run_says(rig.logs[0].end.why, "interrupted");
    run_says(rig.logs[0].at[0]->why, "interrupted");
    ck_assert_int_lt(lp_world_real.now(NULL) - interrupted_at, 200 * MS);
    run_rig_close(&rig);
}
END_TEST

/* A signal that means nothing interrupts every wait and every read. */
START_TEST(interrupted_calls)
{
    static const struct fake_row slow[] = { { SRV, FAKE_ANSWER, 200 * MS, LP_NODATA, NULL },
                                            { 0 } };
    struct run_rig rig;
    struct itimerval often = { { 0, 500 }, { 0, 500 } }, off = { { 0, 0 }, { 0, 0 } };
    run_rig_open(&rig, slow);
    catch_signal(SIGALRM);
    setitimer(ITIMER_REAL, &often, NULL);
    bool ok = run_rig_run(&rig);
    setitimer(ITIMER_REAL, &off, NULL);
    ck_assert(ok);
    ck_assert_int_eq(interrupted, SIGALRM);
    ck_assert(rig.logs[0].end.complete);
    ck_assert_int_eq(run_evidence(&rig, 0, SRV)->outcome, LP_NODATA);
    ck_assert_uint_eq(run_count(&rig, 0, LP_NXDOMAIN), rig.logs[0].n - 1);
    run_rig_close(&rig);
}
END_TEST

/* As started by a shell that ignores and blocks. */
START_TEST(inherited_signals)
{
    struct run_rig rig;
    sigset_t all, had;
    struct sigaction ignore = { .sa_handler = SIG_IGN }, chld, pipe;
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGCHLD, &ignore, &chld);
    sigaction(SIGPIPE, &ignore, &pipe);
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &had);
    run_rig_open(&rig, dies);
    bool ok = run_rig_run(&rig);
    sigprocmask(SIG_SETMASK, &had, NULL);
    sigaction(SIGCHLD, &chld, NULL);
    sigaction(SIGPIPE, &pipe, NULL);
    ck_assert(ok);
    run_says(run_evidence(&rig, 0, SIP_A)->why, "signal 6");
    ck_assert(rig.logs[0].end.complete);
    run_rig_close(&rig);
}
END_TEST

static void main_hangs_noted(const struct lp_worker_input *input)
{
    run_rig_here()->shared->worker = getpid();
    main_hangs(input);
}

/* Killed without a chance to clean up: its worker goes too. */
START_TEST(no_worker_outlives_its_parent)
{
    struct run_rig rig;
    int status = 0;
    run_rig_open(&rig, nothing);
    rig.options.worker = main_hangs_noted;
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    pid_t pid = fork();
    if (pid == 0) {
        _exit(lp_run(&rig.options, &rig.error) ? 0 : 1);
    }
    while (!rig.shared->worker)
        let_pass(1);
    kill(pid, SIGKILL);
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_int_eq(waitpid(rig.shared->worker, &status, 0), rig.shared->worker);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGKILL);
    ck_assert_int_eq(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
    run_rig_close(&rig);
}
END_TEST

Suite *lp_suite_supervise_clock(void)
{
    Suite *suite = suite_create("supervise_clock");
    TCase *tests = tcase_create("runs");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, the_parent_owns_the_deadline, 0, LP_COUNT(silent));
    tcase_add_test(tests, the_worker_keeps_the_deadline);
    tcase_add_test(tests, stopped_and_continued);
    tcase_add_test(tests, interrupted_at_once);
    tcase_add_test(tests, interrupted_calls);
    tcase_add_test(tests, inherited_signals);
    tcase_add_test(tests, no_worker_outlives_its_parent);
    suite_add_tcase(suite, tests);
    return suite;
}
