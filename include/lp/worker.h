/* worker.h - between the two sides of a run: the shared page, the lines on the pipes, the worker's
 * parts. */
#ifndef LP_WORKER_H
#define LP_WORKER_H

#include "lp/job.h"
#include "lp/plan.h"
#include "lp/record.h"
#include "lp/run.h"

/*
 * Lines on the pipes, each ended by a newline:
 *   parent to worker   "NUMBER START HEADER"   a new walk: its number, its start on the monotonic
 * clock, a recording's header worker to parent   "NUMBER LINE"           a line of that walk's
 * recording (header with digests, evidence, end)
 *                      "! TEXT"                the worker cannot start: words for the user
 */
enum { LP_PIPE_LINE_MAX = LP_RECORD_LINE_MAX + 64 };

/* The page that worker and parent share: what the worker is at. */
struct lp_shared_page {
    volatile uint32_t full;    /* not 0: enough is begun, no walk is wanted now */
    volatile uint64_t turn;    /* counted up at every lp_core.working and every turn of the loop */
    volatile uint32_t walk;    /* number of the walk */
    volatile uint32_t key_len; /* 0: between questions */
    char key[2304];
};

/* A walk that a new worker goes on with after the death of the last. */
struct lp_resumed {
    uint32_t number;
    lp_usec start;
    const struct lp_log *log;
};

struct lp_worker_input {
    /* What the process does; must not return. lp_worker_main, the one of lp_run_reverify, a
     * test's. */
    void (*main)(const struct lp_worker_input *input);
    int in, out; /* the parent's lines, our lines */
    struct lp_shared_page *page;
    const struct lp_run_options *options;
    const struct lp_resumed *resumed;
    size_t resumed_n;
    /* Makes the engines: dns, stream, http. NULL: the real ones, then the sandbox. Tests bring
     * their own. */
    void (*engines)(struct lp_engine out[3], const struct lp_core *core);
};
/* Never returns. Exit status 0, 1 (could not start, said with "! TEXT"), LP_EXIT_NO_MEMORY. */
LP_NORETURN void lp_worker_main(const struct lp_worker_input *input);

/* Evidence for an ask that was not put: facts zeroed but for what the ask says (host, port,
   address, url, server, name, type). started: microseconds after the start of the walk. Lives in
   arena. */
struct lp_evidence *lp_entry_new(struct lp_arena *arena, const struct lp_ask *ask, lp_usec started);

/* What answers in place of a server. */
struct lp_overrides {
    const struct lp_setup *setup; /* --answer and --deny: for every server, and before the zones */
    const struct lp_list *zones;  /* struct lp_zone: for server 0; NULL none */
};
/* Do --answer, --deny or a planned zone speak of this DNS question? */
bool lp_override_speaks(const struct lp_overrides *overrides, const struct lp_ask *ask);
/* Answers a DNS ask from them. NULL: none speaks of it. */
struct lp_evidence *lp_override_answer(const struct lp_overrides *overrides, struct lp_arena *arena,
                                       const struct lp_ask *ask, lp_usec started);

/* Closes the door: rlimits, no new privileges, landlock (read-only files), seccomp allow list. Best
   effort where the kernel lacks one; false only when a filter that should load does not. sockets
   false: no network at all (lp_run_reverify). */
LP_MUST_CHECK bool lp_sandbox_enter(bool sockets, struct lp_error *error);

/* ---- connections wait for a place (quota.c) ---- */

/* Jobs in the order in which they came, linked by queue_next and queue_prev. */
struct lp_queue {
    struct lp_job *first, *last;
};

/* So many handshakes at a time as are answered in good time. More would only wait for each other,
   here or in the servers, until their time is over: a prober that is too busy must not look like a
   server that stalls. */
struct lp_quota {
    size_t now;       /* connections at a time; 0: any number */
    size_t low, high; /* between these it moves */
    struct lp_queue waiting, taken;
};

/* For each of that many workers. */
void lp_quota_init(struct lp_quota *quota, int64_t workers);
/* Puts a job behind those that wait. */
void lp_quota_wait(struct lp_quota *quota, struct lp_job *job);
/* The next job that gets a place, taken off those that wait; NULL: none waits, or all places are
   taken. A connection that does not open for a quarter of a second keeps nobody busy, and needs
   none. */
struct lp_job *lp_quota_next(struct lp_quota *quota, lp_usec now);
/* The job has ended, or is not wanted any more: its place is free. A slow handshake makes the quota
   small, a quick one that others have waited for lets it grow. A job that never waited may come,
   too. */
void lp_quota_leave(struct lp_quota *quota, struct lp_job *job);

/* ---- one walk on the worker's side (walk.c) ---- */

/* What the walks of one worker share. */
struct lp_walker {
    struct lp_core *core;
    const struct lp_engine *engines; /* [0] dns, [1] stream (datagrams too), [2] http */
    struct lp_buf *out;              /* lines for the parent */
    const struct lp_list *zones;     /* struct lp_zone: answer for server 0; NULL none */
    int64_t interval_us;             /* --rate: microseconds between two DNS questions; 0: none */
    lp_usec next_question;           /* earliest time of the next one */
    struct lp_quota quota;           /* of connections */
};

struct lp_walk {
    uint32_t number;
    struct lp_arena arena;
    struct lp_log log;
    struct lp_cidr *allow;
    size_t allow_n;
    lp_usec start, deadline;
    int64_t last_id;
    struct lp_job *jobs; /* in flight */
    bool news;           /* something was learnt since the last plan */
    bool held;           /* an ask waits for the rate */
    bool announced;      /* its header was sent */
    bool over;
    struct lp_walk *next;
};

/* Asks what is missing; ends the walk when nothing is missing and nothing in flight, or at its
 * deadline. */
void lp_walk_go_on(struct lp_walker *walker, struct lp_walk *walk, lp_usec now);
/* A head start: puts the DNS questions that the empty log calls for, as far as no rule and no rate
   speaks of them; writes nothing yet. */
void lp_walk_ask_names(struct lp_walker *walker, struct lp_walk *walk, lp_usec now);
/* Takes a job that has ended into the log and the output. Frees it. */
void lp_walk_take(struct lp_walker *walker, struct lp_job *job);
/* Frees the walk; its jobs are cancelled. */
void lp_walk_free(struct lp_walker *walker, struct lp_walk *walk);

#endif
