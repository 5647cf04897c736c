/* quota.c - connections of all walks of a worker: so many at a time, the others wait in order */
#include "lp/evidence.h"
#include "lp/worker.h"

enum {
    LOW = 32,           /* connections of one worker, at least */
    BEGIN = 64,         /* and to begin with */
    HIGH = 256,         /* of one at most: 0.3 s of a processor, at 1 ms a handshake */
    TOTAL = 512,        /* of all workers together */
    SILENT_US = 250000, /* a connection that has not opened by then */
    QUICK_US = 300000,  /* a handshake that took less: there is room for more */
    SLOW_US = 1000000,  /* and more: there are too many */
};

void lp_quota_init(struct lp_quota *quota, int64_t workers)
{
    int64_t share = workers > 0 ? TOTAL / workers : TOTAL;
    *quota = (struct lp_quota){ .low = LOW, .high = HIGH };
    if (share < HIGH)
        quota->high = share > LOW ? (size_t)share : LOW;
    quota->now = quota->high < BEGIN ? quota->high : BEGIN;
}

static void add(struct lp_queue *queue, struct lp_job *job)
{
    job->queue_next = NULL;
    job->queue_prev = queue->last;
    if (queue->last)
        queue->last->queue_next = job;
    else
        queue->first = job;
    queue->last = job;
}

static void take_out(struct lp_queue *queue, struct lp_job *job)
{
    if (job->queue_prev)
        job->queue_prev->queue_next = job->queue_next;
    else if (queue->first == job)
        queue->first = job->queue_next;
    if (job->queue_next)
        job->queue_next->queue_prev = job->queue_prev;
    else if (queue->last == job)
        queue->last = job->queue_prev;
    job->queue_next = job->queue_prev = NULL;
}

void lp_quota_wait(struct lp_quota *quota, struct lp_job *job)
{
    job->waits = true;
    add(&quota->waiting, job);
}

static bool is_busy(const struct lp_job *job, lp_usec now)
{
    const struct lp_link *link = lp_link_of(job->evidence);
    return now - job->started < SILENT_US || !link || link->connect != LP_NONE;
}

static bool has_room(const struct lp_quota *quota, lp_usec now)
{
    size_t busy = 0;
    for (const struct lp_job *job = quota->taken.first; job; job = job->queue_next)
        busy += is_busy(job, now);
    return !quota->now || busy < quota->now;
}

struct lp_job *lp_quota_next(struct lp_quota *quota, lp_usec now)
{
    struct lp_job *job = quota->waiting.first;
    if (!job || !has_room(quota, now))
        return NULL;
    take_out(&quota->waiting, job);
    job->waits = false;
    add(&quota->taken, job);
    return job;
}

static void adapt(struct lp_quota *quota, const struct lp_link *link)
{
    if (link->tls == LP_STALLED || link->tls_us > SLOW_US)
        quota->now = quota->now / 2 > quota->low ? quota->now / 2 : quota->low;
    else if (link->tls == LP_OK && link->tls_us < QUICK_US && quota->waiting.first &&
             quota->now < quota->high)
        quota->now++;
}

void lp_quota_leave(struct lp_quota *quota, struct lp_job *job)
{
    const struct lp_link *link = lp_link_of(job->evidence);
    take_out(job->waits ? &quota->waiting : &quota->taken, job);
    if (link && !job->waits)
        adapt(quota, link);
}
