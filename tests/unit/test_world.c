/* test_world.c - the real world: clocks, the wait, random bytes */
#include <check.h>
#include <string.h>
#include <sys/resource.h>
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

/* With more descriptors than may be open the call fails: then nothing must look ready. */
START_TEST(failed_wait_is_no_event)
{
    struct pollfd set = { .fd = 0, .events = POLLIN, .revents = POLLIN };
    struct rlimit old;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &old), 0);
    struct rlimit none = { .rlim_cur = 0, .rlim_max = old.rlim_max };
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    world->wait(world->self, &set, 1, 0);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &old), 0);
    ck_assert_int_eq(set.revents, 0);
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
    tcase_add_test(tc, failed_wait_is_no_event);
    tcase_add_test(tc, random_bytes_differ);
    suite_add_tcase(suite, tc);
    return suite;
}
