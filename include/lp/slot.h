/* slot.h - the parent's side: one slot a worker process, one held walk a domain. For src/run only.
 */
#ifndef LP_SLOT_H
#define LP_SLOT_H

#include <sys/types.h>

#include "lp/worker.h"

/* A walk as the parent holds it. */
struct lp_held {
    uint32_t number;
    struct lp_arena arena;
    struct lp_log log;
    lp_usec start, deadline; /* absolute */
    size_t slot;             /* which worker has it */
    int64_t restarts;        /* workers that died while they had it */
    bool over;
    struct lp_held *next; /* in order of the source */
};

/* A worker process, or the place of one. */
struct lp_slot {
    pid_t pid;    /* 0: none */
    int to, from; /* pipes; -1 none */
    struct lp_shared_page *page;
    struct lp_buf lines; /* received, not taken */
    struct lp_buf queue; /* to be sent */
    uint64_t turn;       /* last turn seen */
    lp_usec cpu;         /* the worker's CPU time when the turn was first seen */
    size_t walks;        /* given to it, not over */
    int barren;          /* workers in a row that died without an answer */
    bool answered;       /* this worker has sent a line */
    bool spinning;       /* we killed it for that */
};

/* False: no page. */
LP_MUST_CHECK bool lp_slot_init(struct lp_slot *slot, struct lp_error *error);
/* Forks a worker that goes on with the resumed walks. */
LP_MUST_CHECK bool lp_slot_start(struct lp_slot *slot, const struct lp_worker_input *input,
                                 struct lp_error *error);
/* Sends what is queued, as far as the pipe takes it. */
void lp_slot_send(struct lp_slot *slot);
/* Reads what is there into lines. False: the worker has closed its end. */
bool lp_slot_receive(struct lp_slot *slot);
/* Has the worker used 250 ms of CPU without a turn? (DESIGN 2) */
bool lp_slot_is_spinning(struct lp_slot *slot);
/* Ends the worker (SIGKILL unless it has gone by itself) and waits for it. Returns its wait status.
 */
int lp_slot_end(struct lp_slot *slot);
void lp_slot_release(struct lp_slot *slot);

#endif
