/* run_rig.h - lp_run with workers whose engines answer from a table */
#ifndef RUN_RIG_H
#define RUN_RIG_H

#include "walk_rig.h"

enum { RUN_WALKS = 64 };

/* In memory that the test shares with its workers. */
struct run_shared {
    int workers;   /* begun */
    int ended;     /* that came to exit() */
    int asked;     /* questions put to the fake engines */
    int worker;    /* pid of the last one */
    bool fd_alive; /* a worker could use run_rig.fd */
};

/* What the runs of one test are told and what came of them. */
struct run_rig {
    struct lp_run_options options;
    struct lp_setup setup;
    struct lp_error error;
    struct lp_arena arena;
    size_t walks;                  /* how many the source gives */
    size_t given, ended;           /* so far */
    struct lp_log logs[RUN_WALKS]; /* copies, in order of arrival */
    struct run_shared *shared;
    int fd;       /* open in the test, to be closed in workers; -1 none */
    int progress; /* calls */
    lp_usec took; /* of lp_run */
};
/* Workers answer from the table (see fakes). */
void run_rig_open(struct run_rig *rig, const struct fake_row *table);
/* lp_run; its result. Fails the test when a child is left. */
bool run_rig_run(struct run_rig *rig);
void run_rig_close(struct run_rig *rig);
/* The worker that answers from the table, for a worker of a test to go on as. */
void run_rig_worker(const struct lp_worker_input *input);
/* The rig of the test, in a worker's copy. */
const struct run_rig *run_rig_here(void);
/* Of a walk that has ended; fails the test when there is none. */
const struct lp_evidence *run_evidence(const struct run_rig *rig, size_t walk, const char *key);
/* Fails the test when the text is another. */
void run_says(struct lp_str got, const char *wanted);
/* How many entries of the walk have that outcome. */
size_t run_count(const struct run_rig *rig, size_t walk, enum lp_outcome outcome);

#endif
