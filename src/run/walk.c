/* walk.c - one walk on the worker's side: plan, ask, take in, end */
#include <openssl/evp.h>

#include "lp/alloc.h"
#include "lp/cert.h"
#include "lp/text.h"
#include "lp/worker.h"

enum { ROUNDS_MAX = 64 }; /* an entry that was not tried may call for others, but not for ever */

/* ---- evidence into log and output ---- */

static void emit(struct lp_walker *walker, struct lp_walk *walk, struct lp_evidence *e)
{
    e->id = ++walk->last_id;
    if (!lp_log_add(&walk->log, e))
        return;
    walk->news = true;
    lp_buf_printf(walker->out, "%u ", walk->number);
    lp_record_evidence(walker->out, e);
}

static struct lp_str digest_of(struct lp_arena *arena, struct lp_str der)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned n = 0;
    struct lp_buf hex = lp_buf_new(2 * sizeof hash);
    if (EVP_Digest(der.p, der.n, hash, &n, EVP_sha256(), NULL) == 1)
        lp_put_hex(&hex, (struct lp_str){ (const char *)hash, n });
    struct lp_str text = lp_arena_str(arena, lp_buf_view(&hex));
    lp_buf_release(&hex);
    return text;
}

/* The certificate's evidence comes before the first that refers to it. */
static void emit_certificate(struct lp_walker *walker, struct lp_walk *walk,
                             const struct lp_job *job, const struct lp_str *pair)
{
    struct lp_str parts[] = { LP_STR("certificate "), pair[0] };
    struct lp_ask ask = { .key = lp_arena_join(&walk->arena, parts, LP_COUNT(parts)),
                          .shape = &lp_shape_certificate };
    if (lp_log_find(&walk->log, ask.key))
        return;
    struct lp_evidence *e = lp_entry_new(&walk->arena, &ask, job->started - walk->start);
    e->outcome = LP_OK;
    e->elapsed = 0;
    walker->core->working(walker->core->owner, job);
    lp_cert_decode(&walk->arena, pair[1], e->facts);
    emit(walker, walk, e);
}

/* A root that was not sent: who looks for an issuer finds it in the log. */
static void take_roots(struct lp_walker *walker, struct lp_walk *walk, const struct lp_job *job)
{
    const struct lp_str *roots = job->roots.at;
    for (size_t i = 0; i < job->roots.n; i++) {
        struct lp_str pair[] = { digest_of(&walk->arena, roots[i]), roots[i] };
        emit_certificate(walker, walk, job, pair);
    }
}

static void take_chain(struct lp_walker *walker, struct lp_walk *walk, struct lp_job *job)
{
    struct lp_link *link = (struct lp_link *)lp_link_of(job->evidence);
    const struct lp_str *ders = job->ders.at;
    if (!link || !job->ders.n)
        return;
    struct lp_str *chain = lp_arena_array(&walk->arena, job->ders.n, sizeof *chain);
    for (size_t i = 0; i < job->ders.n; i++) {
        chain[i] = digest_of(&walk->arena, ders[i]);
        struct lp_str pair[] = { chain[i], ders[i] };
        emit_certificate(walker, walk, job, pair);
    }
    link->chain = (struct lp_list){ chain, job->ders.n };
    take_roots(walker, walk, job);
}

static void unlink_job(struct lp_walk *walk, struct lp_job *job)
{
    if (job->prev)
        job->prev->next = job->next;
    else
        walk->jobs = job->next;
    if (job->next)
        job->next->prev = job->prev;
}

void lp_walk_take(struct lp_walker *walker, struct lp_job *job)
{
    struct lp_walk *walk = job->owner;
    unlink_job(walk, job);
    lp_quota_leave(&walker->quota, job);
    take_chain(walker, walk, job);
    emit(walker, walk, job->evidence);
    lp_free(job);
}

/* ---- asking ---- */

static bool is_in_flight(const struct lp_walk *walk, struct lp_str key)
{
    for (const struct lp_job *job = walk->jobs; job; job = job->next) {
        if (lp_str_eq(job->ask.key, key))
            return true;
    }
    return false;
}

/* The planner's strings live in its own arena: the job needs them for longer. */
static struct lp_list keep_list(struct lp_arena *arena, const struct lp_list *from)
{
    struct lp_list list = { 0 };
    const struct lp_str *at = from->at;
    for (size_t i = 0; i < from->n; i++) {
        struct lp_str kept = lp_arena_str(arena, at[i]);
        lp_list_push(arena, &list, &kept, sizeof kept);
    }
    return list;
}

static struct lp_ask keep_ask(struct lp_arena *arena, const struct lp_ask *from)
{
    struct lp_ask ask = *from;
    ask.key = lp_arena_str(arena, from->key);
    ask.name = lp_arena_str(arena, from->name);
    ask.host = lp_arena_str(arena, from->host);
    ask.url = lp_arena_str(arena, from->url);
    ask.certificate = lp_arena_str(arena, from->certificate);
    ask.serials = keep_list(arena, &from->serials);
    ask.issuers = keep_list(arena, &from->issuers);
    return ask;
}

static const struct lp_engine *engine_for(const struct lp_walker *walker, const struct lp_ask *ask)
{
    if (!ask->probe)
        return &walker->engines[0];
    return &walker->engines[ask->probe->carrier == LP_CARRY_HTTP ? 2 : 1];
}

static void start_job(struct lp_walker *walker, struct lp_walk *walk, const struct lp_ask *ask,
                      lp_usec now)
{
    struct lp_job *job = lp_calloc(1, sizeof *job);
    job->ask = *ask;
    job->setup = &walk->log.setup;
    job->allow = walk->allow;
    job->allow_n = walk->allow_n;
    job->arena = &walk->arena;
    job->evidence = lp_entry_new(&walk->arena, ask, now - walk->start);
    job->walk_start = walk->start;
    job->started = now;
    job->deadline = walk->deadline;
    job->owner = walk;
    job->next = walk->jobs;
    if (job->next)
        job->next->prev = job;
    walk->jobs = job;
    if (ask->probe)
        lp_quota_wait(&walker->quota, job);
    else
        walker->engines[0].start(walker->engines[0].self, job);
}

/* Of any walk. */
static void start_waiting(struct lp_walker *walker, lp_usec now)
{
    for (struct lp_job *job; (job = lp_quota_next(&walker->quota, now)) != NULL;) {
        const struct lp_engine *engine = engine_for(walker, &job->ask);
        job->started = now;
        engine->start(engine->self, job);
    }
}

static void cancel(struct lp_walker *walker, struct lp_job *job)
{
    const struct lp_engine *engine = engine_for(walker, &job->ask);
    if (!job->waits)
        engine->cancel(engine->self, job);
}

static void emit_untried(struct lp_walker *walker, struct lp_walk *walk, const struct lp_ask *ask,
                         struct lp_str why)
{
    struct lp_evidence *e = lp_entry_new(
        &walk->arena, ask, walker->core->world->now(walker->core->world->self) - walk->start);
    struct lp_link *link = (struct lp_link *)lp_link_of(e);
    e->outcome = LP_NOT_TRIED;
    e->why = why;
    if (link)
        link->connect = LP_NOT_TRIED;
    emit(walker, walk, e);
}

/* --rate: is it too early for one more question? */
static bool must_wait(struct lp_walker *walker, const struct lp_ask *ask, lp_usec now)
{
    if (ask->probe || !walker->interval_us)
        return false;
    if (now < walker->next_question)
        return true;
    lp_usec base = walker->next_question > now - walker->interval_us ? walker->next_question : now;
    walker->next_question = base + walker->interval_us;
    return false;
}

static struct lp_overrides overrides_of(const struct lp_walker *walker, const struct lp_walk *walk)
{
    return (struct lp_overrides){ &walk->log.setup, walker->zones };
}

/* Answers from the command line cost no question. The ask is kept only when it is put: an ask that
   waits for the rate is planned many times. */
static void put(struct lp_walker *walker, struct lp_walk *walk, const struct lp_ask *planned,
                lp_usec now)
{
    struct lp_overrides overrides = overrides_of(walker, walk);
    bool overridden = !planned->probe && lp_override_speaks(&overrides, planned);
    if (!overridden && !planned->refused.p &&
        (walk->held ? !planned->probe : must_wait(walker, planned, now))) {
        walk->held = true;
        return;
    }
    struct lp_ask ask = keep_ask(&walk->arena, planned);
    if (planned->refused.p)
        emit_untried(walker, walk, &ask, lp_arena_str(&walk->arena, planned->refused));
    else if (overridden)
        emit(walker, walk, lp_override_answer(&overrides, &walk->arena, &ask, now - walk->start));
    else
        start_job(walker, walk, &ask, now);
}

/* Is this a DNS question that can go out at once? */
static bool is_plain_question(const struct lp_overrides *overrides, const struct lp_ask *ask)
{
    return !ask->probe && !ask->refused.p && !lp_override_speaks(overrides, ask);
}

void lp_walk_ask_names(struct lp_walker *walker, struct lp_walk *walk, lp_usec now)
{
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    struct lp_overrides overrides = overrides_of(walker, walk);
    lp_plan_missing(&walk->log, &arena, &asks);
    for (size_t i = 0; i < asks.n && !walker->interval_us; i++) {
        if (!is_plain_question(&overrides, &asks.at[i]))
            continue;
        struct lp_ask ask = keep_ask(&walk->arena, &asks.at[i]);
        start_job(walker, walk, &ask, now);
    }
    lp_arena_release(&arena);
}

/* Puts all that is missing. Returns how many questions are open: in flight, put now, or held. */
static size_t ask_missing(struct lp_walker *walker, struct lp_walk *walk, lp_usec now)
{
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    walk->news = false;
    walk->held = false;
    lp_plan_missing(&walk->log, &arena, &asks);
    for (size_t i = 0; i < asks.n; i++) {
        if (!is_in_flight(walk, asks.at[i].key))
            put(walker, walk, &asks.at[i], now);
    }
    lp_arena_release(&arena);
    return asks.n;
}

/* ---- the end ---- */

static void emit_end(struct lp_walker *walker, struct lp_walk *walk, lp_usec now, bool late)
{
    struct lp_end *end = &walk->log.end;
    end->present = true;
    end->complete = !late;
    end->total_us = now - walk->start;
    if (late)
        end->why = LP_STR("deadline");
    lp_buf_printf(walker->out, "%u ", walk->number);
    lp_record_end(walker->out, end);
    walk->over = true;
}

/* In flight at the deadline: a timeout like others, of the layer that it had come to. */
static void cut_short(struct lp_walker *walker, struct lp_walk *walk, struct lp_job *job)
{
    struct lp_link *link = (struct lp_link *)lp_link_of(job->evidence);
    enum lp_outcome outcome = job->waits ? LP_NOT_TRIED : LP_TIMEOUT;
    cancel(walker, job);
    job->evidence->outcome = outcome;
    job->evidence->why = LP_STR("deadline");
    job->evidence->elapsed = job->waits ? 0 : walk->deadline - job->started;
    if (link && link->connect == LP_NONE)
        link->connect = outcome;
    if (link && link->tls == LP_STALLED)
        job->evidence->outcome = LP_STALLED;
    lp_walk_take(walker, job);
}

/* Never put. What follows from an answer that will not come is not tried either. */
static bool give_up(struct lp_walker *walker, struct lp_walk *walk)
{
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    lp_plan_missing(&walk->log, &arena, &asks);
    for (size_t i = 0; i < asks.n; i++) {
        struct lp_ask ask = keep_ask(&walk->arena, &asks.at[i]);
        struct lp_str refused = lp_arena_str(&walk->arena, ask.refused);
        emit_untried(walker, walk, &ask, refused.p ? refused : LP_STR("deadline"));
    }
    lp_arena_release(&arena);
    return asks.n > 0;
}

static void cut_off(struct lp_walker *walker, struct lp_walk *walk)
{
    while (walk->jobs)
        cut_short(walker, walk, walk->jobs);
    for (int rounds = 0; rounds < ROUNDS_MAX && give_up(walker, walk); rounds++)
        continue;
    emit_end(walker, walk, walker->core->world->now(walker->core->world->self), true);
}

void lp_walk_go_on(struct lp_walker *walker, struct lp_walk *walk, lp_usec now)
{
    if (now >= walk->deadline) {
        cut_off(walker, walk);
        return;
    }
    while ((walk->news || (walk->held && now >= walker->next_question)) && !walk->over) {
        bool open = ask_missing(walker, walk, now) > 0;
        if (!open && !walk->jobs && !walk->news)
            emit_end(walker, walk, now, false);
        if (walk->held)
            break;
    }
    start_waiting(walker, now);
}

void lp_walk_free(struct lp_walker *walker, struct lp_walk *walk)
{
    while (walk->jobs) {
        struct lp_job *job = walk->jobs;
        cancel(walker, job);
        unlink_job(walk, job);
        lp_quota_leave(&walker->quota, job);
        lp_free(job);
    }
    lp_arena_release(&walk->arena);
    lp_free(walk);
}
