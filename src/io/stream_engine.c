/* stream_engine.c - TCP or UDP, TLS and the probe's conversation: all in flight. */
#include "lp/alloc.h"
#include "lp/stream_conn.h"

struct stream_engine {
    const struct lp_core *core;
    struct lp_tls *tls;
    struct lp_stream *first; /* newest first */
};

static void add(struct stream_engine *engine, struct lp_stream *stream)
{
    stream->next = engine->first;
    if (engine->first)
        engine->first->prev = stream;
    engine->first = stream;
}

static void drop(struct stream_engine *engine, struct lp_stream *stream)
{
    if (stream->prev)
        stream->prev->next = stream->next;
    else
        engine->first = stream->next;
    if (stream->next)
        stream->next->prev = stream->prev;
    stream->job->engine = NULL;
    lp_stream_close(stream);
    lp_free(stream);
}

/* Hands the job back when its stream is over. */
static void settle(struct stream_engine *engine, struct lp_stream *stream)
{
    struct lp_job *job = stream->job;
    if (stream->phase != LP_STREAM_OVER)
        return;
    enum lp_outcome outcome = stream->outcome;
    const char *why = stream->why;
    drop(engine, stream);
    lp_job_end(engine->core, job, outcome, why);
}

static void start(void *self, struct lp_job *job)
{
    struct stream_engine *engine = self;
    if (!lp_link_admit(engine->core, job))
        return;
    struct lp_stream *stream = lp_calloc(1, sizeof *stream);
    stream->core = engine->core;
    stream->tls = engine->tls;
    stream->job = job;
    stream->fd = -1;
    job->engine = stream;
    add(engine, stream);
    lp_stream_open(stream);
    settle(engine, stream);
}

static void want(void *self, struct lp_pollset *set)
{
    struct stream_engine *engine = self;
    for (const struct lp_stream *stream = engine->first; stream; stream = stream->next) {
        lp_pollset_add(set, stream->fd, stream->events);
        lp_pollset_until(set, stream->until);
    }
}

static void ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct stream_engine *engine = self;
    struct lp_stream *next = NULL;
    for (struct lp_stream *stream = engine->first; stream; stream = next) {
        next = stream->next;
        if (lp_pollset_events(set, stream->fd))
            lp_stream_step(stream);
        if (stream->phase != LP_STREAM_OVER && now >= stream->until)
            lp_stream_expire(stream);
        settle(engine, stream);
    }
    engine->core->working(engine->core->owner, NULL);
}

/* The facts say how far it had come. */
static void cancel(void *self, struct lp_job *job)
{
    struct lp_stream *stream = job->engine;
    if (!stream)
        return;
    lp_stream_expire(stream);
    drop(self, stream);
}

static void release(void *self)
{
    struct stream_engine *engine = self;
    while (engine->first)
        drop(engine, engine->first);
    lp_free(engine);
}

bool lp_stream_engine_new(struct lp_engine *out, const struct lp_core *core, struct lp_tls *tls,
                          struct lp_error *error)
{
    struct stream_engine *engine = lp_calloc(1, sizeof *engine);
    (void)error;
    engine->core = core;
    engine->tls = tls;
    *out = (struct lp_engine){ engine, start, want, ready, cancel, release };
    return true;
}
