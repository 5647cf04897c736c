/* worker.c - the process that touches the network: walks in flight, engines, pipes */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lp/alloc.h"
#include "lp/worker.h"

enum {
    PENDING_MAX =
        8 * 1024 * 1024, /* bytes that the parent has not taken: no new walk before it has */
    OUT_MAX = 256 * 1024 * 1024,
    YOUNG_MAX = 16, /* walks in their first second that have no answer yet */
    YOUNG_US = 1000000,
    LOOK_US = 50000, /* how often connections that wait for a place are looked after */
};

struct worker {
    const struct lp_worker_input *input;
    const struct lp_world *world;
    struct lp_core core;
    struct lp_tls *tls;
    struct lp_engine engines[4]; /* dns, stream, http, the pipes */
    struct lp_walker walker;
    struct lp_buf in, out;
    struct lp_walk *walks;
    struct lp_job *done; /* ended in this turn, newest first */
    bool in_closed;
};

/* ---- what the engines call ---- */

static void on_ended(void *owner, struct lp_job *job)
{
    struct worker *w = owner;
    /* `engine` is free for our use from here on: the queue of ended jobs */
    job->engine = w->done;
    w->done = job;
}

static void on_working(void *owner, const struct lp_job *job)
{
    struct worker *w = owner;
    struct lp_shared_page *page = w->input->page;
    page->turn++;
    page->key_len = 0;
    if (!job)
        return;
    size_t n = job->ask.key.n < sizeof page->key ? job->ask.key.n : sizeof page->key;
    memcpy(page->key, job->ask.key.p, n);
    page->walk = ((const struct lp_walk *)job->owner)->number;
    page->key_len = (uint32_t)n;
}

/* ---- walks come in ---- */

static void add_walk(struct worker *w, struct lp_walk *walk)
{
    walk->allow_n = lp_setup_allow(&walk->log.setup, &walk->arena, &walk->allow);
    walk->deadline = walk->start + walk->log.setup.timeout_us;
    walk->news = true;
    walk->next = w->walks;
    w->walks = walk;
}

static struct lp_walk *new_walk(uint32_t number, lp_usec start)
{
    struct lp_walk *walk = lp_calloc(1, sizeof *walk);
    walk->number = number;
    walk->start = start;
    lp_log_init(&walk->log, &walk->arena);
    return walk;
}

static void send_header(struct worker *w, struct lp_walk *walk)
{
    struct lp_setup *setup = &walk->log.setup;
    if (w->tls) {
        setup->private_digest = lp_tls_digest(w->tls, true, &walk->arena);
        setup->public_digest = lp_tls_digest(w->tls, false, &walk->arena);
    }
    lp_buf_printf(&w->out, "%u ", walk->number);
    lp_record_header(&w->out, setup);
}

static void take_line(struct worker *w, struct lp_str line)
{
    struct lp_error error;
    uint64_t number = 0, start = 0;
    struct lp_str a = lp_str_cut(&line, ' '), b = lp_str_cut(&line, ' ');
    if (!lp_str_to_u64(a, UINT32_MAX, &number) || !lp_str_to_u64(b, INT64_MAX, &start))
        return;
    struct lp_walk *walk = new_walk((uint32_t)number, (lp_usec)start);
    if (lp_record_read(&walk->log, line, lp_shape_by_name, &error) != LP_LINE_HEADER) {
        lp_walk_free(&w->walker, walk);
        return;
    }
    lp_run_expect(&walk->log, w->input->options->topology);
    add_walk(w, walk);
}

/* The parent's log lives on in our copy of its memory; but our predecessor may have died before it
   sent the digests. */
static void resume(struct worker *w, const struct lp_resumed *r)
{
    struct lp_walk *walk = new_walk(r->number, r->start);
    walk->log.setup = r->log->setup;
    walk->log.expected = r->log->expected;
    for (size_t i = 0; i < r->log->n; i++) {
        lp_log_add(&walk->log, r->log->at[i]);
        if (r->log->at[i]->id > walk->last_id)
            walk->last_id = r->log->at[i]->id;
    }
    add_walk(w, walk);
}

/* ---- the pipes, as an engine ---- */

static void read_lines(struct worker *w)
{
    char bytes[16384];
    ssize_t n = read(w->input->in, bytes, sizeof bytes);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        w->in_closed = true;
    if (n > 0)
        lp_buf_add(&w->in, bytes, (size_t)n);
    for (;;) {
        struct lp_str view = lp_buf_view(&w->in);
        size_t end = lp_str_find(view, '\n');
        if (end == view.n)
            return;
        take_line(w, lp_str_sub(view, 0, end));
        lp_buf_consume(&w->in, end + 1);
    }
}

/* A line that did not fit would be missed: better to die, and to be asked again. */
static void write_lines(struct worker *w)
{
    if (w->out.cut)
        _exit(1);
    while (w->out.n) {
        ssize_t n = write(w->input->out, w->out.p, w->out.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EAGAIN)
            return;
        if (n <= 0)
            _exit(1);
        lp_buf_consume(&w->out, (size_t)n);
    }
}

static void pipes_want(void *self, struct lp_pollset *set)
{
    struct worker *w = self;
    if (!w->in_closed && w->out.n < PENDING_MAX)
        lp_pollset_add(set, w->input->in, POLLIN);
    if (w->out.n)
        lp_pollset_add(set, w->input->out, POLLOUT);
    if (w->walker.quota.waiting.first)
        lp_pollset_until(set, w->world->now(w->world->self) + LOOK_US);
    for (const struct lp_walk *walk = w->walks; walk; walk = walk->next) {
        lp_pollset_until(set, walk->deadline);
        if (walk->held)
            lp_pollset_until(set, w->walker.next_question);
        if (walk->news) /* another walk's turn ended a job of this one */
            lp_pollset_until(set, 0);
    }
}

static void pipes_ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct worker *w = self;
    (void)now;
    if (!w->in_closed && lp_pollset_events(set, w->input->in))
        read_lines(w);
    if (w->out.n)
        write_lines(w);
}

static void no_job(void *self, struct lp_job *job)
{
    (void)self;
    (void)job;
}

static void no_release(void *self)
{
    (void)self;
}

/* ---- the turn ---- */

/* Ended jobs in the order in which they ended. */
static void take_done(struct worker *w)
{
    struct lp_job *in_order = NULL;
    while (w->done) {
        struct lp_job *job = w->done;
        w->done = job->engine;
        job->engine = in_order;
        in_order = job;
    }
    while (in_order) {
        struct lp_job *job = in_order;
        in_order = job->engine;
        lp_walk_take(&w->walker, job);
    }
}

/* The header comes before all evidence; it waits for the stores, whose digests it holds. */
static void announce(struct worker *w)
{
    for (struct lp_walk *walk = w->walks; walk; walk = walk->next) {
        if (!walk->announced)
            send_header(w, walk);
        walk->announced = true;
    }
}

/* Is enough begun? Walks without a first answer will all want their connections at once. */
static bool is_full(const struct worker *w, lp_usec now)
{
    size_t young = 0;
    for (const struct lp_walk *walk = w->walks; walk; walk = walk->next)
        young += walk->last_id == 0 && now - walk->start < YOUNG_US;
    return w->walker.quota.waiting.first || young >= YOUNG_MAX;
}

static void go_on(struct worker *w)
{
    struct lp_walk **at = &w->walks;
    announce(w);
    lp_usec now = w->world->now(w->world->self);
    while (*at) {
        struct lp_walk *walk = *at;
        on_working(w, NULL);
        lp_walk_go_on(&w->walker, walk, now);
        take_done(w);
        if (walk->news && !walk->over)
            continue;
        if (!walk->over) {
            at = &walk->next;
            continue;
        }
        *at = walk->next;
        lp_walk_free(&w->walker, walk);
    }
    w->input->page->full = is_full(w, now);
}

static void serve(struct worker *w)
{
    struct lp_pollset set = { 0 };
    while (!w->in_closed || w->walks || w->out.n) {
        go_on(w);
        write_lines(w);
        if (w->in_closed && !w->walks && !w->out.n)
            break;
        on_working(w, NULL);
        lp_turn(w->world, &set, w->engines, LP_COUNT(w->engines), INT64_MAX);
        take_done(w);
    }
    lp_pollset_release(&set);
}

/* ---- start and end ---- */

enum { HEAD_START_MS = 20 };

/* The first questions go out before the stores are read: their answers take a round trip. Nothing
   is read from the network before the door is closed. */
static void head_start(struct worker *w)
{
    struct pollfd in = { .fd = w->input->in, .events = POLLIN };
    if (w->input->resumed_n || poll(&in, 1, HEAD_START_MS) <= 0)
        return;
    read_lines(w);
    for (struct lp_walk *walk = w->walks; walk; walk = walk->next)
        lp_walk_ask_names(&w->walker, walk, w->world->now(w->world->self));
    w->input->page->turn = 0; /* what follows is still the start: no spin (slot.h) */
}

static bool start_real_engines(struct worker *w, struct lp_error *error)
{
    const struct lp_run_options *o = w->input->options;
    if (!lp_alloc_hook_libraries())
        return lp_fail(error, "a library refused its allocator");
    if (!lp_dns_engine_new(&w->engines[0], &w->core, error))
        return false;
    head_start(w);
    return lp_tls_new(&w->tls, &o->tls, error) &&
           lp_stream_engine_new(&w->engines[1], &w->core, w->tls, error) &&
           lp_http_engine_new(&w->engines[2], &w->core, w->tls, error) &&
           (!o->sandbox || lp_sandbox_enter(true, error));
}

static bool start_engines(struct worker *w, struct lp_error *error)
{
    w->core = (struct lp_core){ w->world, w, on_ended, on_working };
    w->engines[3] = (struct lp_engine){ w, no_job, pipes_want, pipes_ready, no_job, no_release };
    if (!w->input->engines)
        return start_real_engines(w, error);
    w->input->engines(w->engines, &w->core);
    return true;
}

static void set_rate(struct worker *w)
{
    const struct lp_run_options *o = w->input->options;
    if (o->rate > 0)
        w->walker.interval_us = 1000000 * (o->workers > 0 ? o->workers : 1) / o->rate;
}

static LP_NORETURN void refuse(struct worker *w, const struct lp_error *error)
{
    lp_buf_printf(&w->out, "! %s\n", error->text);
    write_lines(w);
    _exit(1);
}

static void open_worker(struct worker *w)
{
    const struct lp_worker_input *input = w->input;
    struct lp_error error = { "" };
    set_rate(w);
    if (!start_engines(w, &error))
        refuse(w, &error);
    fcntl(input->in, F_SETFL, O_NONBLOCK);
    fcntl(input->out, F_SETFL, O_NONBLOCK);
    for (size_t i = 0; i < input->resumed_n; i++)
        resume(w, &input->resumed[i]);
}

static void close_worker(struct worker *w)
{
    for (size_t i = 0; i < LP_COUNT(w->engines); i++)
        w->engines[i].release(w->engines[i].self);
    lp_tls_free(w->tls);
    lp_buf_release(&w->in);
    lp_buf_release(&w->out);
}

void lp_worker_main(const struct lp_worker_input *input)
{
    struct worker w = { .input = input, .world = &lp_world_real };
    lp_alloc_in_worker();
    w.in = lp_buf_new(LP_PIPE_LINE_MAX);
    w.out = lp_buf_new(OUT_MAX);
    w.walker = (struct lp_walker){ .core = &w.core, .engines = w.engines, .out = &w.out };
    w.walker.zones = input->options->zones;
    lp_quota_init(&w.walker.quota, input->options->workers);
    open_worker(&w);
    serve(&w);
    close_worker(&w);
    /* Not _exit: coverage and the leak checker have their say. */
    exit(0);
}
