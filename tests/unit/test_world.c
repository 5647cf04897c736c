/* test_world.c - the real world: clocks, the wait, random bytes */
#include <check.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "lp/loop.h"

Suite *lp_suite_world(void);

static const struct lp_world *const world = &lp_world_real;

START_TEST(clock_runs_forward)
{
    lp_usec first = world->now(world->self);
    lp_usec second = world->now(world->self);

    ck_assert_int_gt(first, 0);
    ck_assert_int_ge(second, first);
    ck_assert_int_lt(second - first, 60 * 1000000);
    ck_assert_int_gt(world->utc(world->self), 1700000000);
}
END_TEST

START_TEST(wait_tells_what_is_ready)
{
    int fds[2];
    struct pollfd set[2];

    ck_assert_int_eq(pipe(fds), 0);
    set[0] = (struct pollfd){ .fd = fds[0], .events = POLLIN, .revents = POLLIN };
    set[1] = (struct pollfd){ .fd = fds[1], .events = POLLOUT };
    world->wait(world->self, set, 2, 0);
    ck_assert_int_eq(set[0].revents, 0);
    ck_assert_int_eq(set[1].revents, POLLOUT);
    ck_assert_int_eq(write(fds[1], "x", 1), 1);
    world->wait(world->self, set, 1, -1);
    ck_assert_int_eq(set[0].revents, POLLIN);
    close(fds[0]);
    close(fds[1]);
}
END_TEST

START_TEST(wait_ends_in_time)
{
    lp_usec before = world->now(world->self);

    world->wait(world->self, NULL, 0, 1500);
    ck_assert_int_ge(world->now(world->self) - before, 1500);
}
END_TEST

static void on_alarm(int number)
{
    (void)number;
}

/* A signal ends the wait long before its time, and then nothing must look ready. */
START_TEST(interrupted_wait_is_no_event)
{
    struct itimerval every = { { 0, 1000 }, { 0, 1000 } }, never = { { 0, 0 }, { 0, 0 } };
    struct sigaction action = { .sa_handler = on_alarm }, old;
    lp_usec before = world->now(world->self);
    int fds[2];

    ck_assert_int_eq(pipe(fds), 0);
    struct pollfd set = { .fd = fds[0], .events = POLLIN, .revents = POLLIN };
    ck_assert_int_eq(sigaction(SIGALRM, &action, &old), 0);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &every, NULL), 0);
    world->wait(world->self, &set, 1, (lp_usec)60 * 1000000);
    ck_assert_int_eq(setitimer(ITIMER_REAL, &never, NULL), 0);
    ck_assert_int_eq(sigaction(SIGALRM, &old, NULL), 0);
    ck_assert_int_eq(set.revents, 0);
    ck_assert_int_lt(world->now(world->self) - before, 60 * 1000000);
    close(fds[0]);
    close(fds[1]);
}
END_TEST

START_TEST(random_bytes_differ)
{
    unsigned char a[300] = { 0 }, b[300] = { 0 };

    ck_assert(world->random(world->self, a, sizeof(a)));
    ck_assert(world->random(world->self, b, sizeof(b)));
    ck_assert_int_ne(memcmp(a, b, sizeof(a)), 0);
    ck_assert_int_ne(memcmp(a + 280, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20), 0);
}
END_TEST

Suite *lp_suite_world(void)
{
    Suite *suite = suite_create("world");
    TCase *tc = tcase_create("real");

    tcase_add_test(tc, clock_runs_forward);
    tcase_add_test(tc, wait_tells_what_is_ready);
    tcase_add_test(tc, wait_ends_in_time);
    tcase_add_test(tc, interrupted_wait_is_no_event);
    tcase_add_test(tc, random_bytes_differ);
    suite_add_tcase(suite, tc);
    return suite;
}
