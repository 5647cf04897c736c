/* loop.h - one turn: all engines say what they wait for, one wait, all are told */
#ifndef LP_LOOP_H
#define LP_LOOP_H

#include <poll.h>
#include <sys/types.h>

#include "lp/base.h"

/* The clock and the wait are parameters: a five-second timeout is tested in microseconds.
 */
struct lp_world {
    void *self;
    /* Monotonic microseconds, any origin. */
    lp_usec (*now)(void *self);
    /* UTC seconds. */
    lp_utc (*utc)(void *self);
    /* As ppoll: fills revents, returns after timeout (-1: for ever) or an event or a
     * signal. */
    void (*wait)(void *self, struct pollfd *fds, size_t n, lp_usec timeout);
    /* Fills with unpredictable bytes; false: no random source (the run is refused). */
    bool (*random)(void *self, void *bytes, size_t n);
};
/* CLOCK_MONOTONIC, CLOCK_REALTIME, ppoll, getrandom. The only place where the program
 * reads a clock. */
extern const struct lp_world lp_world_real;
/* CPU time that a child has used, microseconds; -1: not known. */
lp_usec lp_process_cpu(pid_t pid);

/* What this turn waits for. Rebuilt each turn; memory is kept. */
struct lp_pollset {
    struct pollfd *at; /* lp_malloc */
    size_t n, room;
    uint32_t *by_fd; /* index in at[] by descriptor, may be stale; lp_malloc */
    size_t by_fd_room;
    lp_usec until; /* earliest deadline, absolute; INT64_MAX none */
};
/* Adds a descriptor; one that is there already gets the events added. */
void lp_pollset_add(struct lp_pollset *set, int fd, short events);
/* Lowers `until`. */
void lp_pollset_until(struct lp_pollset *set, lp_usec deadline);
/* revents of a descriptor after the wait; 0 when it is not in the set. */
short lp_pollset_events(const struct lp_pollset *set, int fd);
void lp_pollset_release(struct lp_pollset *set);

struct lp_job;

/* An engine: c-ares, the stream engine, libcurl. */
struct lp_engine {
    void *self;
    /* Starts a job. It may end at once (before the call returns) or later; then the
     * engine calls lp_job_end. */
    void (*start)(void *self, struct lp_job *job);
    void (*want)(void *self, struct lp_pollset *set);
    void (*ready)(void *self, const struct lp_pollset *set, lp_usec now);
    /* Ends a job in flight early (its walk is over): the engine lets go of it and does
     * not call lp_job_end. */
    void (*cancel)(void *self, struct lp_job *job);
    void (*release)(void *self); /* frees self */
};

/* One turn over n engines: want, wait (at most until `limit`, absolute), ready. */
void lp_turn(const struct lp_world *world, struct lp_pollset *set, const struct lp_engine *engines,
             size_t n, lp_usec limit);

#endif
