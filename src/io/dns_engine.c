/* dns_engine.c - DNS questions of all walks over c-ares: windows, turns, ends */
#include <errno.h>

#include "lp/alloc.h"
#include "lp/dns_question.h"
#include "lp/dns_server.h"

enum {
    WINDOW = 128,    /* questions in flight a server (performance.md 2.2) */
    TICK_US = 50000, /* how late a deadline in the queue may be noticed */
};

struct engine;
struct task;

struct list {
    struct task *first, *last;
};

/* A server address, for all walks whose setups name the same text. */
struct lane {
    struct lp_dns_server server;
    struct list waiting; /* for a place in the window */
    size_t in_flight;    /* questions that began here; they may have gone on to another
                            address */
    struct lane *next;
};

/* A question: waiting, in flight, or over (no job) but still referred to. */
struct task {
    struct lp_dns_question q;
    struct engine *engine;
    struct lane *home;
    bool open; /* in flight; else waiting */
    struct task *next, *prev;
    size_t refs; /* tries that channels may still tell of, and news of it */
};

/* What was heard inside a call of c-ares, to be looked at outside of it. */
struct news {
    struct task *task;
    struct lp_dns_heard heard;
    struct news *next;
};

struct engine {
    const struct lp_core *core;
    struct lane *lanes;
    struct list open; /* questions in flight */
    struct news *news, **news_end;
    lp_usec swept; /* when the waiting questions were last looked through */
};

/* ---- lists
 * --------------------------------------------------------------------------------------
 */

static void list_add(struct list *list, struct task *task)
{
    task->next = NULL;
    task->prev = list->last;
    if (list->last != NULL)
        list->last->next = task;
    else
        list->first = task;
    list->last = task;
}

static void list_remove(struct list *list, struct task *task)
{
    if (task->prev != NULL)
        task->prev->next = task->next;
    else
        list->first = task->next;
    if (task->next != NULL)
        task->next->prev = task->prev;
    else
        list->last = task->prev;
}

/* NULL: the text is no address. */
static struct lane *lane_of(struct engine *e, struct lp_str text)
{
    for (struct lane *lane = e->lanes; lane != NULL; lane = lane->next)
        if (lp_str_eq(lp_str_of(lane->server.text), text))
            return lane;
    struct lane *lane = lp_calloc(1, sizeof(*lane));
    if (!lp_dns_server_init(&lane->server, text)) {
        lp_free(lane);
        return NULL;
    }
    lane->next = e->lanes;
    e->lanes = lane;
    return lane;
}

/* ---- questions
 * ----------------------------------------------------------------------------------
 */

static void drop_ref(struct task *task)
{
    task->refs--;
    if (task->refs == 0 && task->q.job == NULL)
        lp_free(task);
}

static void on_heard(const struct lp_dns_heard *heard)
{
    struct task *task = heard->what.question;
    bool tells = heard->raw.p != NULL || heard->fault.kind != LP_DNS_NO_FAULT;

    if (task->q.job != NULL && tells) {
        struct news *news = lp_malloc(sizeof(*news));
        *news = (struct news){ .task = task, .heard = *heard };
        news->heard.raw = lp_arena_str(task->q.job->arena, heard->raw);
        *task->engine->news_end = news;
        task->engine->news_end = &news->next;
        task->refs++;
    }
    if (heard->last)
        drop_ref(task);
}

/* Takes it out of every list; channels and news may still refer to it. */
static void let_go(struct task *task)
{
    list_remove(task->open ? &task->engine->open : &task->home->waiting, task);
    task->home->in_flight -= task->open ? 1 : 0;
    task->q.job->engine = NULL;
    task->q.job = NULL;
    task->refs++;
    drop_ref(task);
}

static void finish(struct task *task)
{
    struct lp_dns_question q = task->q;
    const struct lp_core *core = task->engine->core;

    let_go(task);
    lp_dns_question_end(core, &q);
}

static void refuse(struct engine *e, struct lp_job *job, const char *why)
{
    struct lp_dns_facts *facts = job->evidence->facts;

    *facts = (struct lp_dns_facts){
        .server = job->ask.server, .name = job->ask.name, .type = job->ask.type, .rcode = -1
    };
    lp_job_end(e->core, job, LP_NOT_TRIED, why);
}

static bool write_query(struct task *task, struct lp_dns_query *query)
{
    const struct lp_world *world = task->engine->core->world;
    const struct lp_job *job = task->q.job;
    struct lp_question question = { .name = job->ask.name, .type = job->ask.type };
    uint16_t id;

    /* c-ares 1.18 makes ids that can be foretold (CVE-2023-31147). */
    return world->random(world->self, &id, sizeof(id)) &&
           lp_dns_query_write(query, &question, id, !task->q.plain);
}

static void ask(struct task *task)
{
    const struct lp_str *addresses = task->q.addresses->at;
    struct lane *lane = lane_of(task->engine, addresses[task->q.at]);
    struct lp_dns_query query;
    struct lp_dns_order order = {
        .query = &query,
        .what = { .question = task,
                  .address = task->q.at,
                  .edns = !task->q.plain,
                  .tcp = task->q.tcp },
        .keep = task->q.job->setup->dns_us,
        .heard = on_heard,
    };
    struct lp_dns_heard unable = { .what = order.what,
                                   .fault = { LP_DNS_LOCAL, EINVAL },
                                   .last = true };

    task->refs++;
    if (lane == NULL || !write_query(task, &query))
        on_heard(&unable);
    else if (lp_dns_server_send(&lane->server, &order))
        task->q.sent = true;
}

static void act(struct task *task, enum lp_dns_next next)
{
    if (next == LP_DNS_ASK)
        ask(task);
    if (next == LP_DNS_END)
        finish(task);
}

/* Looks at what was heard. Asking again may bring more. */
static void settle(struct engine *e)
{
    while (e->news != NULL) {
        struct news *news = e->news;
        struct task *task = news->task;

        e->news = news->next;
        if (e->news == NULL)
            e->news_end = &e->news;
        if (task->q.job != NULL)
            act(task, lp_dns_question_heard(&task->q, &news->heard));
        drop_ref(task);
        lp_free(news);
    }
}

/* ---- the window
 * ---------------------------------------------------------------------------------
 */

static void begin(struct task *task, lp_usec now)
{
    list_remove(&task->home->waiting, task);
    list_add(&task->engine->open, task);
    task->open = true;
    task->home->in_flight++;
    lp_dns_question_begin(&task->q, now);
    ask(task);
}

/* Ends waiting questions whose walk is over: they were never asked. */
static void sweep(struct engine *e, struct lane *lane, lp_usec now)
{
    struct task *next;

    for (struct task *task = lane->waiting.first; task != NULL; task = next) {
        struct lp_job *job = task->q.job;

        next = task->next;
        if (now < job->deadline)
            continue;
        let_go(task);
        refuse(e, job, "deadline");
    }
}

/* Lets waiting questions into the windows. */
static void pump(struct engine *e, lp_usec now)
{
    bool due = now - e->swept >= TICK_US;

    if (due)
        e->swept = now;
    for (struct lane *lane = e->lanes; lane != NULL; lane = lane->next) {
        if (due)
            sweep(e, lane, now);
        while (lane->waiting.first != NULL && lane->in_flight < WINDOW) {
            begin(lane->waiting.first, now);
            settle(e);
        }
    }
}

/* ---- the engine's calls
 * -------------------------------------------------------------------------
 */

/* Why the question cannot be asked at all; NULL: it can. */
static const char *objection(struct engine *e, const struct lp_job *job, struct lane **home)
{
    const struct lp_server *servers = job->setup->servers.at;
    struct lp_question question = { .name = job->ask.name, .type = job->ask.type };
    struct lp_dns_query query;

    if (job->ask.server < 0 || (size_t)job->ask.server >= job->setup->servers.n)
        return "no server";
    const struct lp_list *addresses = &servers[job->ask.server].addresses;
    *home = addresses->n > 0 ? lane_of(e, ((const struct lp_str *)addresses->at)[0]) : NULL;
    if (*home == NULL)
        return "no server address";
    if (!lp_dns_query_write(&query, &question, 0, true))
        return "no DNS name";
    return job->started < job->deadline ? NULL : "deadline";
}

static void engine_start(void *self, struct lp_job *job)
{
    struct engine *e = self;
    struct lane *home = NULL;
    const struct lp_server *servers = job->setup->servers.at;

    job->started = e->core->world->now(e->core->world->self);
    job->engine = NULL;
    const char *why = objection(e, job, &home);
    if (why != NULL) {
        refuse(e, job, why);
        return;
    }
    struct task *task = lp_calloc(1, sizeof(*task));
    task->q.job = job;
    task->q.addresses = &servers[job->ask.server].addresses;
    task->engine = e;
    task->home = home;
    job->engine = task;
    list_add(&home->waiting, task);
    pump(e, job->started);
}

static void engine_want(void *self, struct lp_pollset *set)
{
    struct engine *e = self;

    for (const struct lane *lane = e->lanes; lane != NULL; lane = lane->next) {
        lp_dns_server_want(&lane->server, set);
        if (lane->waiting.first != NULL)
            lp_pollset_until(set, e->swept + TICK_US);
        /* A cancelled question made room. */
        if (lane->waiting.first != NULL && lane->in_flight < WINDOW)
            lp_pollset_until(set, e->swept);
    }
    for (const struct task *task = e->open.first; task != NULL; task = task->next)
        lp_pollset_until(set, task->q.due);
}

static void check_times(struct engine *e, lp_usec now)
{
    struct task *next;

    for (struct task *task = e->open.first; task != NULL; task = next) {
        next = task->next;
        act(task, lp_dns_question_time(&task->q, now));
    }
    settle(e);
}

static void engine_ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct engine *e = self;

    for (struct lane *lane = e->lanes; lane != NULL; lane = lane->next)
        lp_dns_server_ready(&lane->server, set, now);
    settle(e);
    check_times(e, now);
    pump(e, now);
}

static void engine_cancel(void *self, struct lp_job *job)
{
    (void)self;
    if (job->engine != NULL)
        let_go(job->engine);
}

static void let_go_all(struct task *first)
{
    struct task *next;

    for (struct task *task = first; task != NULL; task = next) {
        next = task->next;
        let_go(task);
    }
}

static void engine_release(void *self)
{
    struct engine *e = self;
    struct lane *next;

    let_go_all(e->open.first);
    for (struct lane *lane = e->lanes; lane != NULL; lane = next) {
        next = lane->next;
        let_go_all(lane->waiting.first);
        lp_dns_server_release(&lane->server);
        lp_free(lane);
    }
    lp_free(e);
}

bool lp_dns_engine_new(struct lp_engine *out, const struct lp_core *core, struct lp_error *error)
{
    uint16_t id;

    if (!core->world->random(core->world->self, &id, sizeof(id)))
        return lp_fail(error, "no source of random numbers for the ids of DNS messages");
    struct engine *e = lp_calloc(1, sizeof(*e));
    e->core = core;
    e->news_end = &e->news;
    *out = (struct lp_engine){
        .self = e,
        .start = engine_start,
        .want = engine_want,
        .ready = engine_ready,
        .cancel = engine_cancel,
        .release = engine_release,
    };
    return true;
}
