/* walk_rig.h - a walk with engines that answer from a table, in virtual time or in a real worker */
#ifndef WALK_RIG_H
#define WALK_RIG_H

#include "lp/worker.h"

enum fake_act {
    FAKE_ANSWER,
    FAKE_NEVER,   /* until it is cancelled */
    FAKE_WORKING, /* notes that it is worked at, then answers */
    FAKE_ABORT,   /* ... then dies */
    FAKE_SPIN,    /* ... then never returns */
};

/* What an engine says to one question. Questions without a row: NXDOMAIN, refused, at once. */
struct fake_row {
    const char *key; /* NULL ends the table */
    enum fake_act act;
    lp_usec after; /* 0: before start() returns */
    enum lp_outcome outcome;
    const char *data; /* answers: "10.0.0.1 10.0.0.2", or "PORT TARGET ..." for SRV; a DER for a
                         probe: a text that stands for it */
};

/* One set of fakes is all three engines. */
struct fakes {
    const struct lp_core *core;
    const struct fake_row *table;
    struct lp_job *pending; /* by ->engine */
    struct lp_list started; /* struct lp_str keys, in order, in arena */
    struct lp_arena arena;
    int cancelled;
    int *asked; /* counted up at each start, in memory of the test; NULL not wanted */
};
void fakes_engine(struct fakes *fakes, struct lp_engine *out);
/* How often it was started. */
int fakes_started(const struct fakes *fakes, const char *key);

struct walk_bench {
    lp_usec now;
    struct lp_world world; /* its wait is over at once: the clock jumps */
    struct lp_core core;
    struct fakes fakes;
    struct lp_engine engines[3];
    struct lp_walker walker;
    struct lp_buf out;
    struct lp_job *done; /* by ->engine, newest first */
    struct lp_walk *walk;
};
/* Domain contoso.example, 5 s, one name server. */
struct lp_setup rig_setup(void);
/* The table ends with a row without key. The walk begins at 1 s of the clock. */
void walk_bench_open(struct walk_bench *bench, const struct fake_row *table);
/* Until the walk is over; fails the test when it never would be. */
void walk_bench_run(struct walk_bench *bench);
void walk_bench_close(struct walk_bench *bench);
/* Fails the test when there is none. */
const struct lp_evidence *walk_evidence(const struct lp_walk *walk, const char *key);

#endif
