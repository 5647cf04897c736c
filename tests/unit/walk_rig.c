/* walk_rig.c - engines that answer from a table, and a clock that jumps */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/alloc.h"
#include "walk_rig.h"

/* ---- what the table says ---- */

static const struct fake_row *row_of(const struct fakes *fakes, struct lp_str key)
{
    for (const struct fake_row *row = fakes->table; row->key; row++) {
        if (lp_str_eq(lp_str_of(row->key), key))
            return row;
    }
    return NULL;
}

static struct lp_rr rr_of(struct lp_job *job, struct lp_str *words)
{
    struct lp_rr rr = {
        .section = LP_STR("answer"), .owner = job->ask.name, .type = job->ask.type, .ttl = 300
    };
    struct lp_str word = lp_str_cut(words, ' ');
    uint64_t port = 0;
    if (rr.type != LP_DNS_SRV) {
        ck_assert(lp_addr_parse(word, &rr.address));
        return rr;
    }
    ck_assert(lp_str_to_u64(word, 65535, &port));
    rr.port = (int64_t)port;
    rr.name = lp_str_cut(words, ' ');
    return rr;
}

static void fill_dns(struct lp_job *job, const struct fake_row *row)
{
    struct lp_dns_facts *facts = job->evidence->facts;
    struct lp_str words = lp_str_of(row ? row->data : NULL);
    struct lp_rr *rrs = lp_arena_array(job->arena, words.n + 1, sizeof *rrs);
    size_t n = 0;
    while (words.n)
        rrs[n++] = rr_of(job, &words);
    facts->rrs = (struct lp_list){ rrs, n };
    facts->rcode = row && row->outcome != LP_NXDOMAIN ? 0 : 3;
}

static void fill_link(struct lp_job *job, const struct fake_row *row)
{
    struct lp_link *link = job->evidence->facts;
    struct lp_str *ders = lp_arena_array(job->arena, 1, sizeof *ders);
    link->connect = row && row->outcome == LP_OK ? LP_OPEN : LP_REFUSED;
    if (!row || !row->data)
        return;
    ders[0] = lp_str_of(row->data);
    job->ders = (struct lp_list){ ders, 1 };
}

static void finish(struct fakes *fakes, struct lp_job *job, const struct fake_row *row)
{
    enum lp_outcome unlisted = job->ask.probe ? LP_REFUSED : LP_NXDOMAIN;
    job->engine = NULL;
    if (job->ask.probe)
        fill_link(job, row);
    else
        fill_dns(job, row);
    lp_job_end(fakes->core, job, row ? row->outcome : unlisted, NULL);
}

/* ---- the engine ---- */

static void note_start(struct fakes *fakes, struct lp_str key)
{
    struct lp_str *at = lp_arena_array(&fakes->arena, fakes->started.n + 1, sizeof *at);
    if (fakes->started.n)
        memcpy(at, fakes->started.at, fakes->started.n * sizeof *at);
    at[fakes->started.n] = lp_arena_str(&fakes->arena, key);
    fakes->started = (struct lp_list){ at, fakes->started.n + 1 };
}

static void work(struct fakes *fakes, const struct lp_job *job, enum fake_act act)
{
    volatile bool spinning = act == FAKE_SPIN;
    fakes->core->working(fakes->core->owner, job);
    if (act == FAKE_ABORT)
        abort();
    while (spinning)
        continue;
}

static void start(void *self, struct lp_job *job)
{
    struct fakes *fakes = self;
    const struct fake_row *row = row_of(fakes, job->ask.key);
    note_start(fakes, job->ask.key);
    if (fakes->asked)
        ++*fakes->asked;
    if (row && row->act >= FAKE_WORKING)
        work(fakes, job, row->act);
    if (!row || (row->act != FAKE_NEVER && !row->after)) {
        finish(fakes, job, row);
        return;
    }
    job->engine = fakes->pending;
    fakes->pending = job;
}

static lp_usec due(const struct fakes *fakes, const struct lp_job *job)
{
    const struct fake_row *row = row_of(fakes, job->ask.key);
    return row->act == FAKE_NEVER ? INT64_MAX : job->started + row->after;
}

static void want(void *self, struct lp_pollset *set)
{
    struct fakes *fakes = self;
    for (const struct lp_job *job = fakes->pending; job; job = job->engine)
        lp_pollset_until(set, due(fakes, job));
}

static void let_go(struct fakes *fakes, const struct lp_job *job)
{
    if (fakes->pending == job) {
        fakes->pending = job->engine;
        return;
    }
    for (struct lp_job *before = fakes->pending; before; before = before->engine) {
        if (before->engine == job)
            before->engine = job->engine;
    }
}

static void ready(void *self, const struct lp_pollset *set, lp_usec now)
{
    struct fakes *fakes = self;
    struct lp_job *next = NULL;
    (void)set;
    for (struct lp_job *job = fakes->pending; job; job = next) {
        next = job->engine;
        if (due(fakes, job) > now)
            continue;
        let_go(fakes, job);
        finish(fakes, job, row_of(fakes, job->ask.key));
    }
}

static void cancel(void *self, struct lp_job *job)
{
    struct fakes *fakes = self;
    fakes->cancelled++;
    let_go(fakes, job);
}

static void release(void *self)
{
    struct fakes *fakes = self;
    lp_arena_release(&fakes->arena);
    fakes->started = (struct lp_list){ 0 };
}

void fakes_engine(struct fakes *fakes, struct lp_engine *out)
{
    *out = (struct lp_engine){ fakes, start, want, ready, cancel, release };
}

int fakes_started(const struct fakes *fakes, const char *key)
{
    const struct lp_str *keys = fakes->started.at;
    int n = 0;
    for (size_t i = 0; i < fakes->started.n; i++)
        n += lp_str_eq(keys[i], lp_str_of(key));
    return n;
}

/* ---- the bench ---- */

static lp_usec bench_now(void *self)
{
    return ((struct walk_bench *)self)->now;
}

static lp_utc bench_utc(void *self)
{
    (void)self;
    return 1764000000;
}

static void bench_wait(void *self, struct pollfd *fds, size_t n, lp_usec timeout)
{
    (void)fds;
    (void)n;
    ck_assert_msg(timeout >= 0, "the walk waits for nothing");
    ((struct walk_bench *)self)->now += timeout;
}

static void on_ended(void *owner, struct lp_job *job)
{
    struct walk_bench *bench = owner;
    job->engine = bench->done;
    bench->done = job;
}

static void on_working(void *owner, const struct lp_job *job)
{
    (void)owner;
    (void)job;
}

struct lp_setup rig_setup(void)
{
    static struct lp_str address = { "192.0.2.53:53", 13 };
    static struct lp_server server = { .label = { "inside", 6 }, .addresses = { &address, 1 } };
    return (struct lp_setup){
        .version = LP_RECORD_VERSION,
        .program = LP_STR("lyncprobe test"),
        .domain = LP_STR("contoso.example"),
        .view = LP_STR("internal"),
        .client = LP_STR("lync2013"),
        .clock = 1764000000,
        .label = LP_STR("qwertzuiop"),
        .servers = { &server, 1 },
        .only4 = true,
        .timeout_us = 5000000,
        .connect_us = 4000000,
        .tls_us = 4000000,
        .http_us = 5000000,
        .dns_us = 2800000,
        .public_store = LP_STR("system"),
        .days_warning = 45,
        .days_critical = 14,
    };
}

void walk_bench_open(struct walk_bench *bench, const struct fake_row *table)
{
    *bench = (struct walk_bench){ .now = 1000000 };
    bench->world = (struct lp_world){ bench, bench_now, bench_utc, bench_wait, NULL };
    bench->core = (struct lp_core){ &bench->world, bench, on_ended, on_working };
    bench->fakes = (struct fakes){ .core = &bench->core, .table = table };
    for (size_t i = 0; i < LP_COUNT(bench->engines); i++)
        fakes_engine(&bench->fakes, &bench->engines[i]);
    bench->out = lp_buf_new(1 << 24);
    bench->walker =
        (struct lp_walker){ .core = &bench->core, .engines = bench->engines, .out = &bench->out };
    bench->walk = lp_calloc(1, sizeof *bench->walk);
    lp_log_init(&bench->walk->log, &bench->walk->arena);
    bench->walk->number = 7;
    bench->walk->log.setup = rig_setup();
    bench->walk->start = bench->now;
    bench->walk->deadline = bench->now + bench->walk->log.setup.timeout_us;
    bench->walk->news = true;
}

static void take_done(struct walk_bench *bench)
{
    while (bench->done) {
        struct lp_job *job = bench->done;
        bench->done = job->engine;
        lp_walk_take(&bench->walker, job);
    }
}

void walk_bench_run(struct walk_bench *bench)
{
    struct lp_pollset set = { 0 };
    struct lp_walk *walk = bench->walk;
    for (int turns = 0; !walk->over; turns++) {
        ck_assert_int_lt(turns, 10000);
        lp_walk_go_on(&bench->walker, walk, bench->now);
        take_done(bench);
        if (walk->over || walk->news)
            continue;
        lp_usec until = walk->held ? bench->walker.next_question : walk->deadline;
        lp_turn(&bench->world, &set, bench->engines, 1,
                until < walk->deadline ? until : walk->deadline);
        take_done(bench);
    }
    lp_pollset_release(&set);
}

void walk_bench_close(struct walk_bench *bench)
{
    lp_walk_free(&bench->walker, bench->walk);
    release(&bench->fakes);
    lp_buf_release(&bench->out);
}

const struct lp_evidence *walk_evidence(const struct lp_walk *walk, const char *key)
{
    const struct lp_evidence *e = lp_log_find(&walk->log, lp_str_of(key));
    ck_assert_msg(e != NULL, "no evidence of %s", key);
    return e;
}
