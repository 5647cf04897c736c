/* supervise.c - the parent: hands out walks, keeps their logs, owns the deadline, replaces workers
 * that die */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "lp/alloc.h"
#include "lp/slot.h"

enum {
    WATCH_US = 50000, /* how often a worker is looked at */
    BARREN_MAX = 3,   /* workers in a row that die without an answer: give up */
};

struct run {
    const struct lp_run_options *options;
    const struct lp_world *world;
    struct lp_slot *slots;
    size_t slot_count;
    struct lp_held *first, *last; /* in order of the source */
    size_t held, open;            /* walks; walks that are not over */
    uint32_t numbers;
    bool source_dry;
    bool failed;
    struct lp_error *error;
    lp_usec begun;
};

static lp_usec now_of(const struct run *run)
{
    return run->world->now(run->world->self);
}

static size_t parallel_of(const struct run *run)
{
    return run->options->parallel > 0 ? (size_t)run->options->parallel : 1;
}

/* ---- walks out ---- */

static struct lp_slot *emptiest(const struct run *run)
{
    struct lp_slot *best = &run->slots[0];
    for (size_t i = 1; i < run->slot_count; i++) {
        if (run->slots[i].walks < best->walks)
            best = &run->slots[i];
    }
    return best;
}

static struct lp_held *take_walk(struct run *run)
{
    struct lp_held *h = lp_calloc(1, sizeof *h);
    lp_log_init(&h->log, &h->arena);
    if (!run->options->source.next(run->options->source.self, &h->arena, &h->log.setup)) {
        run->source_dry = true;
        lp_arena_release(&h->arena);
        lp_free(h);
        return NULL;
    }
    h->number = run->numbers++;
    h->start = now_of(run);
    h->deadline = h->start + h->log.setup.timeout_us;
    return h;
}

static void hand_out(struct run *run, struct lp_held *h)
{
    struct lp_slot *slot = emptiest(run);
    h->slot = (size_t)(slot - run->slots);
    slot->walks++;
    if (run->last)
        run->last->next = h;
    else
        run->first = h;
    run->last = h;
    run->held++;
    run->open++;
    lp_buf_printf(&slot->queue, "%u %lld ", h->number, (long long)h->start);
    lp_record_header(&slot->queue, &h->log.setup);
    lp_slot_send(slot);
}

static void fill(struct run *run)
{
    size_t room = run->slot_count * parallel_of(run);
    while (!run->source_dry && run->open < room && run->held < 4 * room + 16) {
        struct lp_held *h = take_walk(run);
        if (h)
            hand_out(run, h);
    }
}

/* ---- lines in ---- */

static void close_walk(struct run *run, struct lp_held *h)
{
    h->over = true;
    h->log.end.restarts = h->restarts;
    run->open--;
    run->slots[h->slot].walks--;
}

static struct lp_held *find_walk(const struct run *run, uint32_t number)
{
    for (struct lp_held *h = run->first; h; h = h->next) {
        if (h->number == number)
            return h;
    }
    return NULL;
}

static void take_line(struct run *run, struct lp_slot *slot, struct lp_str line)
{
    struct lp_error error = { "" };
    uint64_t number = 0;
    if (line.n > 2 && line.p[0] == '!') {
        lp_fail(run->error, "%.*s", (int)(line.n - 2), line.p + 2);
        run->failed = true;
        return;
    }
    if (!lp_str_to_u64(lp_str_cut(&line, ' '), UINT32_MAX, &number))
        return;
    struct lp_held *h = find_walk(run, (uint32_t)number);
    if (!h || h->over || &run->slots[h->slot] != slot)
        return;
    slot->answered = true;
    slot->barren = 0;
    if (lp_record_read(&h->log, line, lp_shape_by_name, &error) == LP_LINE_END)
        close_walk(run, h);
}

static void take_lines(struct run *run, struct lp_slot *slot)
{
    struct lp_str view = lp_buf_view(&slot->lines);
    size_t taken = 0;
    for (;;) {
        struct lp_str rest = lp_str_sub(view, taken, view.n);
        size_t end = lp_str_find(rest, '\n');
        if (end == rest.n)
            break;
        take_line(run, slot, lp_str_sub(rest, 0, end));
        taken += end + 1;
    }
    lp_buf_consume(&slot->lines, taken);
}

/* ---- what a worker's death leaves behind ---- */

static void add_entry(struct lp_held *h, const struct lp_ask *ask, enum lp_outcome outcome,
                      struct lp_str why)
{
    struct lp_ask mine = *ask;
    mine.key = lp_arena_str(&h->arena, ask->key);
    mine.name = lp_arena_str(&h->arena, ask->name);
    mine.host = lp_arena_str(&h->arena, ask->host);
    mine.url = lp_arena_str(&h->arena, ask->url);
    struct lp_evidence *e = lp_entry_new(&h->arena, &mine, 0);
    struct lp_link *link = (struct lp_link *)lp_link_of(e);
    e->id = h->log.n ? h->log.at[h->log.n - 1]->id + 1 : 1;
    e->outcome = outcome;
    e->why = lp_arena_str(&h->arena, why);
    if (link)
        link->connect = outcome;
    lp_log_add(&h->log, e);
}

/* The question that the worker was at costs itself, no other. */
static void note_crash(struct run *run, struct lp_slot *slot, struct lp_str why)
{
    struct lp_held *h = slot->page->key_len ? find_walk(run, slot->page->walk) : NULL;
    struct lp_arena arena = { 0 };
    struct lp_asks asks;
    if (!h || h->over)
        return;
    struct lp_str key = { slot->page->key, slot->page->key_len };
    lp_plan_missing(&h->log, &arena, &asks);
    for (size_t i = 0; i < asks.n; i++) {
        if (lp_str_eq(asks.at[i].key, key)) {
            add_entry(h, &asks.at[i], LP_CRASHED, why);
            slot->barren = 0;
            break;
        }
    }
    lp_arena_release(&arena);
}

/* All that is still missing, for the reason given; then the walk is over. */
static void complete(struct run *run, struct lp_held *h, struct lp_str why)
{
    for (int rounds = 0; rounds < 64; rounds++) {
        struct lp_arena arena = { 0 };
        struct lp_asks asks;
        lp_plan_missing(&h->log, &arena, &asks);
        for (size_t i = 0; i < asks.n; i++)
            add_entry(h, &asks.at[i], LP_NOT_TRIED, why);
        lp_arena_release(&arena);
        if (!asks.n)
            break;
    }
    h->log.end = (struct lp_end){ .present = true, .total_us = now_of(run) - h->start, .why = why };
    close_walk(run, h);
}

static void complete_all(struct run *run, const struct lp_slot *slot, struct lp_str why)
{
    for (struct lp_held *h = run->first; h; h = h->next) {
        if (!h->over && (!slot || &run->slots[h->slot] == slot))
            complete(run, h, why);
    }
}

static struct lp_str say_death(const struct lp_slot *slot, int status, char out[40])
{
    if (slot->spinning)
        return LP_STR("spin 250 ms");
    if (WIFEXITED(status) && WEXITSTATUS(status) == LP_EXIT_NO_MEMORY)
        return LP_STR("no memory");
    snprintf(out, 40, WIFSIGNALED(status) ? "signal %d" : "exit %d",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    return lp_str_of(out);
}

static bool start_worker(struct run *run, struct lp_slot *slot)
{
    struct lp_resumed *resumed = lp_calloc(slot->walks + 1, sizeof *resumed);
    struct lp_worker_input input = { .main = lp_worker_main,
                                     .options = run->options,
                                     .resumed = resumed };
    lp_buf_clear(&slot->queue);
    lp_buf_clear(&slot->lines);
    for (struct lp_held *h = run->first; h; h = h->next) {
        if (!h->over && &run->slots[h->slot] == slot)
            resumed[input.resumed_n++] = (struct lp_resumed){ h->number, h->start, &h->log };
    }
    bool ok = lp_slot_start(slot, &input, run->error);
    lp_free(resumed);
    return ok;
}

static void bury(struct run *run, struct lp_slot *slot)
{
    char text[40];
    take_lines(run, slot);
    int status = lp_slot_end(slot);
    if (run->failed)
        return;
    slot->barren++;
    for (struct lp_held *h = run->first; h; h = h->next)
        h->restarts += !h->over && &run->slots[h->slot] == slot;
    note_crash(run, slot, say_death(slot, status, text));
    if (!slot->walks && run->source_dry)
        return;
    if (slot->barren >= BARREN_MAX || !start_worker(run, slot)) {
        complete_all(run, slot, LP_STR("local no worker comes up"));
        run->source_dry = true;
    }
}

/* ---- the loop ---- */

static void deliver(struct run *run)
{
    while (run->first && run->first->over) {
        struct lp_held *h = run->first;
        run->options->sink.ended(run->options->sink.self, &h->log);
        run->first = h->next;
        if (!run->first)
            run->last = NULL;
        run->held--;
        lp_arena_release(&h->arena);
        lp_free(h);
    }
}

/* The worker ends its walks in time; one that does not is ended. */
static void watch_deadlines(struct run *run)
{
    lp_usec now = now_of(run);
    for (struct lp_held *h = run->first; h; h = h->next) {
        lp_usec grace = h->log.setup.timeout_us / 50;
        if (h->over || now < h->deadline + (grace > 30000 ? grace : 30000))
            continue;
        complete(run, h, LP_STR("deadline"));
    }
}

static void wait_for_news(struct run *run, struct lp_pollset *set)
{
    set->n = 0;
    for (size_t i = 0; i < run->slot_count; i++) {
        struct lp_slot *slot = &run->slots[i];
        if (slot->from >= 0)
            lp_pollset_add(set, slot->from, POLLIN);
        if (slot->queue.n && slot->to >= 0)
            lp_pollset_add(set, slot->to, POLLOUT);
    }
    run->world->wait(run->world->self, set->at, set->n, WATCH_US);
}

static void hear(struct run *run, const struct lp_pollset *set)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        struct lp_slot *slot = &run->slots[i];
        if (!slot->pid)
            continue;
        lp_slot_send(slot);
        bool alive = !lp_pollset_events(set, slot->from) || lp_slot_receive(slot);
        take_lines(run, slot);
        if (!alive || lp_slot_is_spinning(slot))
            bury(run, slot);
    }
}

static void show_progress(const struct run *run)
{
    const struct lp_walk_sink *sink = &run->options->sink;
    size_t answered = 0;
    if (!sink->progress)
        return;
    for (const struct lp_held *h = run->first; h; h = h->next)
        answered += h->log.n;
    sink->progress(sink->self, answered, run->open, now_of(run) - run->begun);
}

static bool is_interrupted(const struct run *run)
{
    return run->options->interrupted && *run->options->interrupted;
}

static void supervise(struct run *run)
{
    struct lp_pollset set = { 0 };
    while (!run->failed) {
        fill(run);
        if (!run->first && run->source_dry)
            break;
        wait_for_news(run, &set);
        hear(run, &set);
        if (is_interrupted(run)) {
            run->source_dry = true;
            complete_all(run, NULL, LP_STR("interrupted"));
        }
        watch_deadlines(run);
        show_progress(run);
        deliver(run);
    }
    lp_pollset_release(&set);
}

static bool open_slots(struct run *run)
{
    bool ok = true;
    run->slot_count = run->options->workers > 0 ? (size_t)run->options->workers : 1;
    run->slots = lp_calloc(run->slot_count, sizeof *run->slots);
    for (size_t i = 0; i < run->slot_count && ok; i++)
        ok = lp_slot_init(&run->slots[i], run->error) && start_worker(run, &run->slots[i]);
    return ok;
}

static void close_slots(struct run *run)
{
    for (size_t i = 0; i < run->slot_count; i++)
        lp_slot_release(&run->slots[i]);
    lp_free(run->slots);
    while (run->first) {
        struct lp_held *h = run->first;
        run->first = h->next;
        lp_arena_release(&h->arena);
        lp_free(h);
    }
}

bool lp_run(const struct lp_run_options *options, struct lp_error *error)
{
    struct run run = { .options = options, .world = &lp_world_real, .error = error };
    run.begun = now_of(&run);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    bool ok = open_slots(&run);
    if (ok)
        supervise(&run);
    close_slots(&run);
    return ok && !run.failed;
}
