/* job.h - one question in flight, between the worker and the engines. */
#ifndef LP_JOB_H
#define LP_JOB_H

#include "lp/ask.h"
#include "lp/loop.h"
#include "lp/setup.h"

struct lp_job;

/* What engines share: the world, the guard, how to hand back a finished job, and the note
 * of what is being worked at. */
struct lp_core {
    const struct lp_world *world;
    void *owner;
    /* Called by lp_job_end. Must not call back into the engine; the worker queues the
     * job. */
    void (*ended)(void *owner, struct lp_job *job);
    /* Called before any step that may burn CPU (handshake step, verification, decoding):
       notes the job's key and counts a turn in the page that the parent watches. job
       NULL: between questions.
     */
    void (*working)(void *owner, const struct lp_job *job);
};

struct lp_job {
    struct lp_ask ask;
    const struct lp_setup *setup; /* of its walk */
    const struct lp_cidr *allow;  /* --allow-net of its walk, n of them */
    size_t allow_n;
    struct lp_arena *arena;       /* of its walk: all strings of the facts live here */
    struct lp_evidence *evidence; /* key, shape, parent, facts (zeroed) are set; the
                                     engine fills outcome, why, facts, elapsed */
    lp_usec walk_start;           /* absolute; evidence->started is relative to it */
    lp_usec started;              /* absolute, set when the engine starts it */
    lp_usec deadline;             /* absolute end of the whole walk: no phase goes beyond it */
    struct lp_list ders;          /* struct lp_str: the chain's certificates as DER, leaf first, in
                                     the arena */
    struct lp_list roots;         /* struct lp_str: DER of roots of the stores that it ends at and
                                     that were not sent, in the arena */
    struct lp_list staples;       /* struct lp_str: an OCSP response for each of ders, unset where
                                     none came; empty: none came at all */
    void *owner;                  /* the worker's walk */
    void *engine;                 /* the engine's own state for it */
    struct lp_job *next, *prev;   /* of whoever holds it */
    /* its place among the worker's connections (worker.h); a DNS question has none */
    struct lp_job *queue_next, *queue_prev;
    bool waits; /* for a place: no engine has it yet */
};

/* Ends a job: sets outcome, why (NULL: none; our own words) and elapsed, and hands it
 * back through core->ended. */
void lp_job_end(const struct lp_core *core, struct lp_job *job, enum lp_outcome outcome,
                const char *why);
/* now + span, but not beyond the walk's deadline. */
lp_usec lp_job_until(const struct lp_job *job, lp_usec now, lp_usec span);
/* The guard for this job: NULL when the packet may go, else the words for `why` ("guard
   loopback", "port ssh"). The port list applies when ask.from_network. */
const char *lp_job_guard(const struct lp_job *job, const struct lp_addr *to, uint16_t port);
/* Is this errno a local fault (EMFILE, ENFILE, ENOBUFS, ENOMEM, EAFNOSUPPORT,
   EADDRNOTAVAIL, EACCES, EPERM ...), so that the question counts as not-tried ("local
   EMFILE") and never as the peer's fault? */
bool lp_errno_is_local(int error);
/* "EMFILE", a static text of the C library; "unknown errno" for a number that it has no
 * name for.
 */
const char *lp_errno_word(int error);

/* ---- the engines ---- */

/* c-ares: DNS questions to setup.servers[ask.server]; one channel a server address and
   transport, shared by all walks whose setups name the same address text; at most 128 in
   flight a server. */
LP_MUST_CHECK bool lp_dns_engine_new(struct lp_engine *out, const struct lp_core *core,
                                     struct lp_error *error);

struct lp_tls; /* tls.h */
/* TCP or UDP, TLS and the probe's conversation. The lp_tls is borrowed. */
LP_MUST_CHECK bool lp_stream_engine_new(struct lp_engine *out, const struct lp_core *core,
                                        struct lp_tls *tls, struct lp_error *error);
/* libcurl multi (socket interface). */
LP_MUST_CHECK bool lp_http_engine_new(struct lp_engine *out, const struct lp_core *core,
                                      struct lp_tls *tls, struct lp_error *error);

#endif
