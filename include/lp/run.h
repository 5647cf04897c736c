/* run.h - the two sides of a run: the worker asks what is missing, the parent supervises, keeps the
 * logs and owns the deadline. */
#ifndef LP_RUN_H
#define LP_RUN_H

#include "lp/expect.h"
#include "lp/log.h"
#include "lp/tls.h"

struct lp_worker_input; /* worker.h */

/* One walk's input, handed out by the caller as the run has room for it. */
struct lp_walk_source {
    void *self;
    /* Fills setup (strings live in arena, which belongs to the walk). False: there are no more. */
    bool (*next)(void *self, struct lp_arena *arena, struct lp_setup *setup);
};

/* What the caller wants to hear. */
struct lp_walk_sink {
    void *self;
    /* A walk ended (complete or not): called in the order of the source. The log and its arena are
     * freed after the call. */
    void (*ended)(void *self, struct lp_log *log);
    /* Now and then, for the progress line: answers in the walks under way, these walks, time since
     * the start. NULL: not wanted. */
    void (*progress)(void *self, size_t answered, size_t walks, lp_usec elapsed);
};

struct lp_run_options {
    struct lp_walk_source source;
    struct lp_walk_sink sink;
    struct lp_tls_options tls;
    int64_t workers;                    /* -j; at least 1 */
    int64_t parallel;                   /* --parallel: walks in flight in a worker; at least 1 */
    int64_t rate;                       /* --rate: DNS queries a second over all, 0 unlimited */
    bool sandbox;                       /* seccomp and landlock in the worker */
    const struct lp_topology *topology; /* what the walks are checked against; NULL none */
    const struct lp_list *zones;        /* struct lp_zone: they answer for server 0; NULL none */
    /* What a worker does; must not return. NULL: lp_worker_main. Tests bring their own. */
    void (*worker)(const struct lp_worker_input *input);
    const volatile int
        *interrupted; /* set by a signal handler: end now with what there is. NULL: never */
};

/* Sets what the log's walk is to be checked against (log->expected, in the log's arena), by the
 * domain and `whole` of its setup. topology NULL: nothing. */
void lp_run_expect(struct lp_log *log, const struct lp_topology *topology);

/*
 * Runs all walks. The caller has called lp_alloc_hook_libraries not at all: only workers touch the
 * libraries. Returns false when the run could not be started (stores, fork, no worker comes up):
 * error says why. Network trouble is evidence. Bounds (DESIGN 2): a walk ends at its
 * setup.timeout_us whatever the worker does; a worker that makes no turn for 250 ms of its CPU
 * time, or dies, costs the question that it was at (outcome crashed); a new one goes on from the
 * log.
 */
LP_MUST_CHECK bool lp_run(const struct lp_run_options *options, struct lp_error *error);

/* Verifies the chains of a loaded log again against other stores, in a worker without sockets
   (report --cacert). Replaces the verify members of the log's links. With setup.certificate also
   those of stores that were not given, and certificates that have only their DER are decoded. */
LP_MUST_CHECK bool lp_run_reverify(struct lp_log *log, const struct lp_tls_options *tls,
                                   bool sandbox, struct lp_error *error);

#endif
