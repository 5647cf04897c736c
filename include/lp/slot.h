/* slot.h - the parent's side: one slot a worker process, one held walk a domain. For src/run only.
 */
#ifndef LP_SLOT_H
#define LP_SLOT_H

#include <sys/types.h>

#include "lp/worker.h"

/* ---- walks (held.c) ---- */

/* A walk as the parent holds it. */
struct lp_held {
    uint32_t number;
    struct lp_arena arena;
    struct lp_log log;
    lp_usec start, deadline; /* absolute */
    size_t slot;             /* which worker has it */
    int64_t restarts;        /* workers that died while they had it */
    bool heard;              /* the worker has begun it */
    bool over;
    struct lp_held *next; /* in order of the source */
};

/* All that is still missing becomes not-tried for that reason, and the walk is over: incomplete. */
void lp_held_complete(struct lp_held *held, lp_usec now, struct lp_str why);
/* The question that the dead worker was at becomes crashed: it costs itself, no other. False: the
   worker was between questions, at another walk, or at a question that is answered. */
bool lp_held_crash(struct lp_held *held, const struct lp_shared_page *page, struct lp_str why);
void lp_held_free(struct lp_held *held);

/* The walks that the parent holds, in order of the source; their numbers follow each other. */
struct lp_walks {
    struct lp_held *first, *last;
    struct lp_held **by_number; /* place number % max; lp_calloc */
    size_t n, max;
    uint32_t next; /* number of the next one */
};
/* At most max of them at a time. */
void lp_walks_init(struct lp_walks *walks, size_t max);
/* A walk with an empty log and the next number, not among the walks yet. */
struct lp_held *lp_walks_new(const struct lp_walks *walks);
/* Appends it. There must be room. */
void lp_walks_add(struct lp_walks *walks, struct lp_held *held);
/* NULL: not held, or over. */
struct lp_held *lp_walks_find(const struct lp_walks *walks, uint32_t number);
/* Removes and frees the first one. */
void lp_walks_drop_first(struct lp_walks *walks);
void lp_walks_release(struct lp_walks *walks);

/* ---- workers (slot.c) ---- */

/* A worker process, or the place of one. */
struct lp_slot {
    pid_t pid;    /* 0: none */
    int to, from; /* pipes; -1 none */
    struct lp_shared_page *page;
    struct lp_buf lines; /* received, not taken */
    size_t seen;         /* bytes of it that have no newline */
    struct lp_buf queue; /* to be sent */
    uint64_t turn;       /* last turn seen */
    lp_usec cpu;         /* the worker's CPU time when that turn was first seen */
    size_t walks;        /* given to it, not over */
    size_t unheard;      /* of these: not begun, as far as we have heard */
    int barren;          /* workers in a row that died and brought nothing */
    bool spinning;       /* we killed it for that */
    bool dead;           /* given up: no worker will come up here */
};

/* False: no page. */
LP_MUST_CHECK bool lp_slot_init(struct lp_slot *slot, struct lp_error *error);
/* Forks a worker that does input->main; its descriptors and page are filled in here. */
LP_MUST_CHECK bool lp_slot_start(struct lp_slot *slot, const struct lp_worker_input *input,
                                 struct lp_error *error);
/* Sends what is queued, as far as the pipe takes it. */
void lp_slot_send(struct lp_slot *slot);
/* Reads what is there into lines. False: the worker has closed its end, or sends a line without
   end. */
bool lp_slot_receive(struct lp_slot *slot);
/* Hands over each whole line that was received, without its newline, and drops it. */
void lp_slot_each_line(struct lp_slot *slot, void (*take)(void *self, struct lp_str line),
                       void *self);
/* Has the worker used 250 ms of CPU without a turn (DESIGN 2)? Before its first turn it may take
   what it needs. */
bool lp_slot_is_spinning(struct lp_slot *slot);
/* After a worker's death: reads what it said last and hands over the lines. */
void lp_slot_drain(struct lp_slot *slot, void (*take)(void *self, struct lp_str line), void *self);
/* "signal 6", "exit 1", "no memory", "spin 250 ms": what a wait status says; text may be used. */
struct lp_str lp_slot_death(const struct lp_slot *slot, int status, char text[40]);
/* Ends the worker (SIGKILL unless it has gone by itself) and waits for it. Returns its wait status.
 */
int lp_slot_end(struct lp_slot *slot);
/* Tells the worker that there is no more, and lets it go by itself, up to 2 s. */
void lp_slot_finish(struct lp_slot *slot);
void lp_slot_release(struct lp_slot *slot);

#endif
