/* run_rig.c - lp_run with workers whose engines answer from a table */
#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run_rig.h"

/* A worker finds here, in its copy, what the test has prepared. */
static struct run_rig *here;
static const struct fake_row *here_table;
static struct fakes here_fakes;

const struct run_rig *run_rig_here(void)
{
    return here;
}

/* ---- the worker ---- */

static void make_engines(struct lp_engine out[3], const struct lp_core *core)
{
    here_fakes = (struct fakes){ .core = core, .table = here_table, .asked = &here->shared->asked };
    for (size_t i = 0; i < 3; i++)
        fakes_engine(&here_fakes, &out[i]);
}

static void count_end(void)
{
    here->shared->ended++;
}

static void note_worker(void)
{
    struct run_shared *shared = here->shared;
    char byte;
    shared->workers++;
    shared->worker = getpid();
    shared->fd_alive |= here->fd >= 0 && read(here->fd, &byte, 1) >= 0;
}

void run_rig_worker(const struct lp_worker_input *input)
{
    struct lp_worker_input mine = *input;
    mine.engines = make_engines;
    note_worker();
    if (atexit(count_end) == 0)
        lp_worker_main(&mine);
}

/* ---- source and sink ---- */

static bool next_walk(void *self, struct lp_arena *arena, struct lp_setup *setup)
{
    struct run_rig *rig = self;
    if (rig->given == rig->walks)
        return false;
    *setup = rig->setup;
    setup->domain = lp_arena_printf(arena, "d%zu.example", rig->given);
    if (rig->walks == 1)
        setup->domain = rig->setup.domain;
    rig->given++;
    return true;
}

/* The log goes away after the call. */
static void keep_walk(void *self, struct lp_log *log)
{
    struct run_rig *rig = self;
    struct lp_error error;
    struct lp_buf lines = lp_buf_new(1 << 24);
    ck_assert_uint_lt(rig->ended, RUN_WALKS);
    struct lp_log *copy = &rig->logs[rig->ended++];
    lp_log_init(copy, &rig->arena);
    lp_record_header(&lines, &log->setup);
    for (size_t i = 0; i < log->n; i++)
        lp_record_evidence(&lines, log->at[i]);
    lp_record_end(&lines, &log->end);
    struct lp_str rest = lp_buf_view(&lines);
    while (rest.n)
        ck_assert_int_ne(lp_record_read(copy, lp_str_cut(&rest, '\n'), lp_shape_by_name, &error),
                         LP_LINE_BAD);
    lp_buf_release(&lines);
}

static void count_progress(void *self, size_t answered, size_t walks, lp_usec elapsed)
{
    struct run_rig *rig = self;
    (void)answered;
    (void)walks;
    ck_assert_int_ge(elapsed, 0);
    rig->progress++;
}

/* ---- the run ---- */

void run_rig_open(struct run_rig *rig, const struct fake_row *table)
{
    void *page =
        mmap(NULL, sizeof *rig->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ck_assert_ptr_ne(page, MAP_FAILED);
    *rig = (struct run_rig){ .setup = rig_setup(), .walks = 1, .shared = page, .fd = -1 };
    rig->options = (struct lp_run_options){
        .source = { rig, next_walk },
        .sink = { rig, keep_walk, count_progress },
        .workers = 1,
        .parallel = 1,
        .worker = run_rig_worker,
    };
    here = rig;
    here_table = table;
}

bool run_rig_run(struct run_rig *rig)
{
    lp_usec begun = lp_world_real.now(NULL);
    bool ok = lp_run(&rig->options, &rig->error);
    rig->took = lp_world_real.now(NULL) - begun;
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
    return ok;
}

void run_rig_close(struct run_rig *rig)
{
    munmap(rig->shared, sizeof *rig->shared);
    lp_arena_release(&rig->arena);
    here = NULL;
}

const struct lp_evidence *run_evidence(const struct run_rig *rig, size_t walk, const char *key)
{
    ck_assert_uint_lt(walk, rig->ended);
    const struct lp_evidence *e = lp_log_find(&rig->logs[walk], lp_str_of(key));
    ck_assert_msg(e != NULL, "no evidence of %s", key);
    return e;
}

void run_says(struct lp_str got, const char *wanted)
{
    ck_assert_msg(lp_str_eq(got, lp_str_of(wanted)), "\"%.*s\" is not \"%s\"", (int)got.n, got.p,
                  wanted);
}

size_t run_count(const struct run_rig *rig, size_t walk, enum lp_outcome outcome)
{
    size_t n = 0;
    for (size_t i = 0; i < rig->logs[walk].n; i++)
        n += rig->logs[walk].at[i]->outcome == outcome;
    return n;
}
