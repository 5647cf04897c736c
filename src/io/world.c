/* world.c - the real clock, the real wait, real random bytes. */
#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "lp/loop.h"

static lp_usec world_now(void *self)
{
    struct timespec t;

    (void)self;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (lp_usec)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static lp_utc world_utc(void *self)
{
    struct timespec t;

    (void)self;
    clock_gettime(CLOCK_REALTIME, &t);
    return (lp_utc)t.tv_sec;
}

static void world_wait(void *self, struct pollfd *fds, size_t n, lp_usec timeout)
{
    struct timespec span = { .tv_sec = timeout / 1000000, .tv_nsec = timeout % 1000000 * 1000 };

    (void)self;
    if (ppoll(fds, n, timeout < 0 ? NULL : &span, NULL) >= 0)
        return;
    /* After EINTR the kernel has not written revents: nothing happened. */
    for (size_t i = 0; i < n; i++)
        fds[i].revents = 0;
}

static bool world_random(void *self, void *bytes, size_t n)
{
    unsigned char *to = bytes;

    (void)self;
    while (n > 0) {
        ssize_t got = getrandom(to, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        to += got;
        n -= (size_t)got;
    }
    return true;
}

lp_usec lp_process_cpu(pid_t pid)
{
    clockid_t clock;
    struct timespec t;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return -1;
    return (lp_usec)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

const struct lp_world lp_world_real = {
    .self = NULL,
    .now = world_now,
    .utc = world_utc,
    .wait = world_wait,
    .random = world_random,
};
