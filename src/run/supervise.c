/* supervise.c - the parent: hands out walks, keeps their logs, owns the deadline, replaces workers
 * that die */
#include <signal.h>

#include "lp/alloc.h"
#include "lp/slot.h"

enum {
    WATCH_US = 50000,     /* how often a worker is looked at */
    STOPPED_US = 500000,  /* a turn that took that long: we were stopped */
    PATIENCE_US = 150000, /* for the worker, after that */
    GRACE_MIN_US = 20000, /* for the worker to end its walk at the deadline by itself */
    AHEAD = 4,            /* walks that a worker has and has not begun */
    BARREN_MAX = 3,       /* workers in a row that die and bring nothing: give up */
};

struct run {
    const struct lp_run_options *options;
    const struct lp_world *world;
    struct lp_slot *slots;
    size_t slot_count;
    struct lp_slot *heard; /* whose lines are being taken */
    struct lp_walks walks;
    size_t open; /* walks that are not over */
    bool source_dry;
    bool up;      /* a worker has begun: what goes wrong from now on costs only itself */
    bool orderly; /* every walk was ended by its worker */
    bool failed;
    struct lp_error *error;
    lp_usec begun;
    lp_usec turned, watched; /* last turn; last time that the workers were looked at */
    lp_usec patience;        /* no walk is ended by us before */
};

static lp_usec now_of(const struct run *run)
{
    return run->world->now(run->world->self);
}

/* A worker that has begun it wants more. */
static void hear_of(struct run *run, struct lp_held *held)
{
    run->slots[held->slot].unheard -= !held->heard;
    held->heard = true;
}

static void close_walk(struct run *run, struct lp_held *held)
{
    hear_of(run, held);
    held->over = true;
    held->log.end.restarts = held->restarts;
    run->open--;
    run->slots[held->slot].walks--;
}

static void complete(struct run *run, struct lp_held *held, struct lp_str why)
{
    lp_held_complete(held, now_of(run), why);
    close_walk(run, held);
    run->orderly = false;
}

static bool has_open(const struct run *run, const struct lp_slot *slot, const struct lp_held *held)
{
    return !held->over && &run->slots[held->slot] == slot;
}

/* ---- walks out ---- */

static size_t parallel_of(const struct run *run)
{
    return run->options->parallel > 0 ? (size_t)run->options->parallel : 1;
}

/* A worker that has begun all that it has, and whose connections do not wait for each other, gets
   more: so it has as many walks as it can serve in time, up to --parallel. */
static bool takes_more(const struct run *run, const struct lp_slot *slot)
{
    bool idle = slot->unheard < AHEAD && !slot->page->full;
    return !slot->dead && (!slot->walks || (slot->walks < parallel_of(run) && idle));
}

/* NULL: none takes more now. When all were given up, the first: there the walk ends at once. */
static struct lp_slot *emptiest(const struct run *run)
{
    struct lp_slot *best = NULL;
    bool lost = true;
    for (size_t i = 0; i < run->slot_count; i++) {
        struct lp_slot *slot = &run->slots[i];
        lost = lost && slot->dead;
        if (takes_more(run, slot) && (!best || slot->walks < best->walks))
            best = slot;
    }
    return lost ? &run->slots[0] : best;
}

static void hand_out(struct run *run, struct lp_slot *slot, struct lp_held *held)
{
    held->start = now_of(run);
    held->deadline = held->start + held->log.setup.timeout_us;
    held->slot = (size_t)(slot - run->slots);
    slot->walks++;
    slot->unheard++;
    run->open++;
    lp_walks_add(&run->walks, held);
    if (slot->dead) {
        complete(run, held, LP_STR("local no worker comes up"));
        return;
    }
    lp_buf_printf(&slot->queue, "%u %lld ", held->number, (long long)held->start);
    lp_record_header(&slot->queue, &held->log.setup);
    lp_slot_send(slot);
}

static void fill(struct run *run)
{
    const struct lp_walk_source *source = &run->options->source;
    struct lp_slot *slot;
    while (!run->source_dry && run->walks.n < run->walks.max && (slot = emptiest(run)) != NULL) {
        struct lp_held *held = lp_walks_new(&run->walks);
        run->source_dry = !source->next(source->self, &held->arena, &held->log.setup);
        if (run->source_dry) {
            lp_held_free(held);
            return;
        }
        lp_run_expect(&held->log, run->options->topology);
        hand_out(run, slot, held);
    }
}

/* ---- lines in ---- */

/* A worker that cannot start ends the run if none has yet. */
static void take_refusal(struct run *run, struct lp_str words)
{
    if (run->up)
        return;
    lp_fail(run->error, "%.*s", (int)words.n, words.p);
    run->failed = true;
}

static void take_line(void *self, struct lp_str line)
{
    struct run *run = self;
    struct lp_error error = { "" };
    uint64_t number = 0;
    if (line.n > 2 && line.p[0] == '!') {
        take_refusal(run, lp_str_sub(line, 2, line.n));
        return;
    }
    if (!lp_str_to_u64(lp_str_cut(&line, ' '), UINT32_MAX, &number))
        return;
    struct lp_held *held = lp_walks_find(&run->walks, (uint32_t)number);
    if (!held || !has_open(run, run->heard, held))
        return;
    enum lp_line kind = lp_record_read(&held->log, line, lp_shape_by_name, &error);
    if (kind == LP_LINE_HEADER)
        hear_of(run, held);
    run->up |= kind == LP_LINE_HEADER;
    if (kind == LP_LINE_EVIDENCE || kind == LP_LINE_END)
        run->heard->barren = 0;
    if (kind == LP_LINE_END)
        close_walk(run, held);
}

/* ---- a worker's death ---- */

static bool start_worker(struct run *run, struct lp_slot *slot)
{
    struct lp_resumed *resumed = lp_calloc(slot->walks + 1, sizeof *resumed);
    struct lp_worker_input input = { .main = run->options->worker,
                                     .options = run->options,
                                     .resumed = resumed };
    if (!input.main)
        input.main = lp_worker_main;
    lp_buf_clear(&slot->queue);
    for (struct lp_held *held = run->walks.first; held; held = held->next) {
        if (has_open(run, slot, held))
            resumed[input.resumed_n++] =
                (struct lp_resumed){ held->number, held->start, &held->log };
    }
    bool ok = lp_slot_start(slot, &input, run->error);
    lp_free(resumed);
    return ok;
}

/* Only the question that the worker was at is lost. */
static void note_death(struct run *run, struct lp_slot *slot, int status)
{
    char text[40];
    struct lp_held *at = lp_walks_find(&run->walks, slot->page->walk);
    for (struct lp_held *held = run->walks.first; held; held = held->next)
        held->restarts += has_open(run, slot, held);
    slot->barren++;
    run->up |= slot->page->turn > 0;
    if (at && has_open(run, slot, at) &&
        lp_held_crash(at, slot->page, lp_slot_death(slot, status, text)))
        slot->barren = 0;
}

static void bury(struct run *run, struct lp_slot *slot)
{
    if (slot->spinning)
        kill(slot->pid, SIGKILL);
    run->heard = slot;
    lp_slot_drain(slot, take_line, run);
    int status = lp_slot_end(slot);
    if (run->failed)
        return;
    note_death(run, slot, status);
    if (!slot->walks && run->source_dry)
        return;
    slot->dead = slot->barren >= BARREN_MAX || !start_worker(run, slot);
    for (struct lp_held *held = run->walks.first; held && slot->dead; held = held->next) {
        if (has_open(run, slot, held))
            complete(run, held, LP_STR("local no worker comes up"));
    }
}

/* ---- the clock ---- */

/* When the parent ends a walk that its worker has not ended: within 5 % of the time limit. */
static lp_usec last_moment(const struct run *run, const struct lp_held *held)
{
    lp_usec grace = held->log.setup.timeout_us / 100;
    lp_usec end = held->deadline + (grace > GRACE_MIN_US ? grace : GRACE_MIN_US);
    return end > run->patience ? end : run->patience;
}

static void watch_deadlines(struct run *run, lp_usec now)
{
    for (struct lp_held *held = run->walks.first; held; held = held->next) {
        if (!held->over && now >= last_moment(run, held))
            complete(run, held, LP_STR("deadline"));
    }
}

static void watch_workers(struct run *run)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        if (lp_slot_is_spinning(&run->slots[i]))
            bury(run, &run->slots[i]);
    }
}

/* When all were stopped (SIGSTOP, a suspended machine), deadlines passed unseen: the worker has the
   answers, and gets the time to send them. */
static void watch(struct run *run)
{
    lp_usec now = now_of(run);
    if (now - run->turned > STOPPED_US)
        run->patience = now + PATIENCE_US;
    run->turned = now;
    watch_deadlines(run, now);
    if (now - run->watched < WATCH_US)
        return;
    run->watched = now;
    watch_workers(run);
}

/* ---- the loop ---- */

static void deliver(struct run *run)
{
    const struct lp_walk_sink *sink = &run->options->sink;
    while (run->walks.first && run->walks.first->over) {
        sink->ended(sink->self, &run->walks.first->log);
        lp_walks_drop_first(&run->walks);
    }
}

static void wait_for_news(const struct run *run, struct lp_pollset *set)
{
    lp_usec now = now_of(run);
    set->n = 0;
    set->until = run->walks.first->over ? now : now + WATCH_US;
    for (size_t i = 0; i < run->slot_count; i++) {
        const struct lp_slot *slot = &run->slots[i];
        lp_pollset_add(set, slot->from, POLLIN);
        if (slot->queue.n)
            lp_pollset_add(set, slot->to, POLLOUT);
    }
    for (const struct lp_held *held = run->walks.first; held; held = held->next) {
        if (!held->over)
            lp_pollset_until(set, last_moment(run, held));
    }
    run->world->wait(run->world->self, set->at, set->n, set->until > now ? set->until - now : 0);
}

static void hear(struct run *run, const struct lp_pollset *set)
{
    for (size_t i = 0; i < run->slot_count; i++) {
        struct lp_slot *slot = &run->slots[i];
        if (!slot->pid)
            continue;
        lp_slot_send(slot);
        bool alive = !lp_pollset_events(set, slot->from) || lp_slot_receive(slot);
        run->heard = slot;
        lp_slot_each_line(slot, take_line, run);
        if (!alive)
            bury(run, slot);
    }
}

static void obey_interrupt(struct run *run)
{
    if (!run->options->interrupted || !*run->options->interrupted)
        return;
    run->source_dry = true;
    for (struct lp_held *held = run->walks.first; held; held = held->next) {
        if (!held->over)
            complete(run, held, LP_STR("interrupted"));
    }
}

static void show_progress(const struct run *run)
{
    const struct lp_walk_sink *sink = &run->options->sink;
    size_t answered = 0;
    if (!sink->progress)
        return;
    for (const struct lp_held *held = run->walks.first; held; held = held->next)
        answered += held->log.n;
    sink->progress(sink->self, answered, run->open, now_of(run) - run->begun);
}

static void supervise(struct run *run)
{
    struct lp_pollset set = { 0 };
    while (!run->failed) {
        fill(run);
        if (!run->walks.first)
            break;
        wait_for_news(run, &set);
        hear(run, &set);
        obey_interrupt(run);
        watch(run);
        show_progress(run);
        deliver(run);
    }
    lp_pollset_release(&set);
}

/* ---- start and end ---- */

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
    for (size_t i = 0; i < run->slot_count; i++) {
        if (run->orderly)
            lp_slot_finish(&run->slots[i]);
        lp_slot_release(&run->slots[i]);
    }
    lp_free(run->slots);
}

/* Workers are waited for, and a pipe that has lost its reader is an error like others. */
static void set_signals(void)
{
    struct sigaction action = { .sa_handler = SIG_IGN };
    sigemptyset(&action.sa_mask);
    sigaction(SIGPIPE, &action, NULL);
    action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &action, NULL);
}

bool lp_run(const struct lp_run_options *options, struct lp_error *error)
{
    struct run run = {
        .options = options, .world = &lp_world_real, .orderly = true, .error = error
    };
    run.begun = run.turned = now_of(&run);
    set_signals();
    bool ok = open_slots(&run);
    lp_walks_init(&run.walks, 4 * run.slot_count * parallel_of(&run) + 16);
    if (ok)
        supervise(&run);
    run.orderly &= ok && !run.failed;
    close_slots(&run);
    lp_walks_release(&run.walks);
    return ok && !run.failed;
}
