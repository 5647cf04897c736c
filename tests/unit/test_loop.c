/* test_loop.c - one turn: who is asked, how long is waited, who is told; the pollset */
#include <check.h>

#include "lp/loop.h"

Suite *lp_suite_loop(void);

/* A world whose wait takes the whole time, or less when a descriptor is ready. */
struct fake {
    lp_usec clock, waited;
    size_t n;
    int ready_fd;
};

static lp_usec fake_now(void *self)
{
    const struct fake *fake = self;

    return fake->clock;
}

static void fake_wait(void *self, struct pollfd *fds, size_t n, lp_usec timeout)
{
    struct fake *fake = self;

    fake->n = n;
    fake->waited = timeout;
    for (size_t i = 0; i < n; i++)
        fds[i].revents = fds[i].fd == fake->ready_fd ? POLLIN : 0;
    if (timeout > 0)
        fake->clock += timeout;
}

struct probe_engine {
    int fd;
    lp_usec deadline;
    short heard;
    lp_usec told_at;
    size_t told;
};

static void engine_want(void *self, struct lp_pollset *set)
{
    const struct probe_engine *e = self;

    lp_pollset_add(set, e->fd, POLLIN);
    lp_pollset_until(set, e->deadline);
}

static void engine_ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct probe_engine *e = self;

    e->heard = lp_pollset_events(set, e->fd);
    e->told_at = now;
    e->told++;
}

static struct lp_world world_of(struct fake *fake)
{
    return (struct lp_world){ .self = fake, .now = fake_now, .wait = fake_wait };
}

START_TEST(a_turn_waits_for_the_earliest)
{
    struct fake fake = { .clock = 1000, .ready_fd = 9 };
    struct lp_world world = world_of(&fake);
    struct probe_engine a = { .fd = 5, .deadline = 1800 }, b = { .fd = 9, .deadline = 1300 };
    struct lp_engine engines[] = {
        { .self = &a, .want = engine_want, .ready = engine_ready },
        { .self = &b, .want = engine_want, .ready = engine_ready },
    };
    struct lp_pollset set = { 0 };

    lp_turn(&world, &set, engines, LP_COUNT(engines), INT64_MAX);
    ck_assert_int_eq(fake.waited, 300);
    ck_assert_uint_eq(fake.n, 2);
    ck_assert_int_eq(a.heard, 0);
    ck_assert_int_eq(b.heard, POLLIN);
    ck_assert_int_eq(a.told_at, 1300);
    /* A deadline in the past: no wait. */
    lp_turn(&world, &set, engines, LP_COUNT(engines), INT64_MAX);
    ck_assert_int_eq(fake.waited, 0);
    ck_assert_uint_eq(a.told, 2);
    ck_assert_uint_eq(fake.n, 2);
    /* The limit of the turn counts as well. */
    b.deadline = INT64_MAX;
    lp_turn(&world, &set, engines, LP_COUNT(engines), 1400);
    ck_assert_int_eq(fake.waited, 100);
    lp_pollset_release(&set);
}
END_TEST

START_TEST(nobody_has_a_deadline)
{
    struct fake fake = { .clock = 1000, .ready_fd = -1 };
    struct lp_world world = world_of(&fake);
    struct lp_pollset set = { 0 };

    lp_turn(&world, &set, NULL, 0, INT64_MAX);
    ck_assert_int_eq(fake.waited, -1);
    lp_turn(&world, &set, NULL, 0, 1001);
    ck_assert_int_eq(fake.waited, 1);
    lp_pollset_release(&set);
}
END_TEST

START_TEST(pollset_finds_its_descriptors)
{
    struct lp_pollset set = { .until = INT64_MAX };

    for (int fd = 200; fd > 0; fd -= 3)
        lp_pollset_add(&set, fd, POLLIN);
    ck_assert_uint_eq(set.n, 67);
    for (size_t i = 0; i < set.n; i++)
        set.at[i].revents = (short)(set.at[i].fd);
    ck_assert_int_eq(lp_pollset_events(&set, 200), 200);
    ck_assert_int_eq(lp_pollset_events(&set, 2), 2);
    ck_assert_int_eq(lp_pollset_events(&set, 3), 0);
    ck_assert_int_eq(lp_pollset_events(&set, 100000), 0);
    ck_assert_int_eq(lp_pollset_events(&set, -1), 0);
    /* Emptied for the next turn, nothing old is found. */
    set.n = 0;
    ck_assert_int_eq(lp_pollset_events(&set, 200), 0);
    lp_pollset_add(&set, 2, POLLOUT);
    ck_assert_int_eq(lp_pollset_events(&set, 200), 0);
    lp_pollset_release(&set);
    ck_assert_ptr_null(set.at);
}
END_TEST

START_TEST(pollset_joins_events_and_deadlines)
{
    struct lp_pollset set = { .until = INT64_MAX };

    lp_pollset_add(&set, 4, POLLIN);
    lp_pollset_add(&set, 4, POLLOUT);
    lp_pollset_add(&set, -1, POLLIN);
    ck_assert_uint_eq(set.n, 1);
    ck_assert_int_eq(set.at[0].events, POLLIN | POLLOUT);
    lp_pollset_until(&set, 50);
    lp_pollset_until(&set, 70);
    ck_assert_int_eq(set.until, 50);
    lp_pollset_release(&set);
}
END_TEST

Suite *lp_suite_loop(void)
{
    Suite *suite = suite_create("loop");
    TCase *tc = tcase_create("turn");

    tcase_add_test(tc, a_turn_waits_for_the_earliest);
    tcase_add_test(tc, nobody_has_a_deadline);
    tcase_add_test(tc, pollset_finds_its_descriptors);
    tcase_add_test(tc, pollset_joins_events_and_deadlines);
    suite_add_tcase(suite, tc);
    return suite;
}
