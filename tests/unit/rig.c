/* rig.c - runs one job of an engine to its end. */
#include <check.h>
#include <signal.h>

#include "lp/stream_link.h"
#include "peer.h"

/* Says PING, wants a line that starts with PONG. */
static enum lp_next ping(struct lp_talk *talk)
{
    if (talk->in.n == 0 && !talk->eof) {
        ck_assert_uint_eq(talk->token.n, 32);
        lp_buf_text(talk->out, "PING\r\n");
        return LP_MORE;
    }
    if (lp_str_find(talk->in, '\n') == talk->in.n)
        return talk->eof ? LP_BAD : LP_MORE;
    return lp_str_starts_nocase(talk->in, "PONG") ? LP_DONE : LP_BAD;
}

/* A page that begins with "bad" is none. */
static enum lp_next page_step(struct lp_talk *talk)
{
    struct rig_page *page = talk->facts;
    ck_assert(talk->eof);
    page->asked++;
    page->seen = (int64_t)talk->in.n;
    return lp_str_starts_nocase(talk->in, "bad") ? LP_BAD : LP_DONE;
}

const struct lp_probe rig_page = {
    .shape = { .name = "page",
               .size = sizeof(struct rig_page),
               .has_link = true,
               .has_http = true },
    .carrier = LP_CARRY_HTTP,
    .accept = "application/x-test",
    .step = page_step,
};

static enum lp_next nothing(struct lp_talk *talk)
{
    (void)talk;
    return LP_DONE;
}

const struct lp_probe rig_ping = {
    .shape = { .name = "ping", .size = sizeof(struct lp_link), .has_link = true },
    .step = ping,
};
const struct lp_probe rig_hello = {
    .shape = { .name = "hello", .size = sizeof(struct lp_link), .has_link = true },
    .step = nothing,
};

static void ended(void *owner, struct lp_job *job)
{
    struct rig *rig = owner;
    ck_assert_ptr_null(job->engine);
    rig->ended++;
}

static void working(void *owner, const struct lp_job *job)
{
    struct rig *rig = owner;
    if (job)
        rig->turns_of_work++;
}

void rig_init(struct rig *rig, int flags, const struct lp_tls_options *options)
{
    static const struct lp_tls_options none = { 0 };
    struct lp_error error = { "" };
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    sigaction(SIGPIPE, &ignore, NULL);
    *rig = (struct rig){ 0 };
    rig->core = (struct lp_core){ &lp_world_real, rig, ended, working };
    rig->setup.domain = LP_STR("contoso.example");
    rig->setup.connect_us = rig->setup.tls_us = rig->setup.http_us = 5000000;
    ck_assert(lp_cidr_parse(LP_STR("127.0.0.0/8"), &rig->allow[0]));
    ck_assert(lp_cidr_parse(LP_STR("::1/128"), &rig->allow[1]));
    rig->job.allow = rig->allow;
    rig->job.allow_n = flags & RIG_GUARDED ? 0 : LP_COUNT(rig->allow);
    ck_assert_msg(lp_tls_new(&rig->tls, options ? options : &none, &error), "%s", error.text);
    if (flags & RIG_HTTP)
        ck_assert(lp_http_engine_new(&rig->engine, &rig->core, rig->tls, &error));
    else
        ck_assert(lp_stream_engine_new(&rig->engine, &rig->core, rig->tls, &error));
}

void rig_warm(void)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, TLS1_3_VERSION, TLS1_3_VERSION);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_release(&rig);
    peer_tls_release(&tls);
}

void rig_ask(struct rig *rig, const struct lp_probe *probe, const char *address, int port)
{
    struct lp_job *job = &rig->job;
    const char *scheme = job->ask.plain ? "http" : "https";
    rig->evidence = (struct lp_evidence){ .shape = &probe->shape };
    rig->evidence.facts = lp_arena_alloc(&rig->arena, probe->shape.size);
    job->evidence = &rig->evidence;
    job->setup = &rig->setup;
    job->arena = &rig->arena;
    job->ders = (struct lp_list){ 0 };
    job->walk_start = lp_world_real.now(lp_world_real.self);
    job->deadline = job->walk_start + 20000000;
    job->ask.probe = probe;
    job->ask.host = LP_STR("sip.contoso.example");
    job->ask.port = job->ask.connect_port = port;
    job->ask.url = lp_arena_printf(&rig->arena, "%s://sip.contoso.example:%d/", scheme, port);
    ck_assert(lp_addr_parse(lp_str_of(address), &job->ask.address));
    lp_ask_begin(&job->ask, &rig->evidence);
    rig->ended = 0;
}

static void turn_until(struct rig *rig, size_t n)
{
    struct lp_pollset set = { .until = INT64_MAX };
    const struct lp_world *world = rig->core.world;
    lp_usec limit = world->now(world->self) + 10000000;
    while (rig->ended < (int)n && world->now(world->self) < limit)
        lp_turn(world, &set, &rig->engine, 1, limit);
    lp_pollset_release(&set);
    ck_assert_int_eq(rig->ended, (int)n);
}

void rig_run(struct rig *rig)
{
    rig->engine.start(rig->engine.self, &rig->job);
    turn_until(rig, 1);
}

void rig_run_many(struct rig *rig, size_t n, enum lp_outcome outcome)
{
    struct lp_job *jobs = lp_arena_array(&rig->arena, n, sizeof *jobs);
    for (size_t i = 0; i < n; i++) {
        jobs[i] = rig->job;
        jobs[i].evidence = lp_arena_alloc(&rig->arena, sizeof *jobs[i].evidence);
        jobs[i].evidence->shape = rig->evidence.shape;
        jobs[i].evidence->facts = lp_arena_alloc(&rig->arena, rig->evidence.shape->size);
        lp_ask_begin(&jobs[i].ask, jobs[i].evidence);
        rig->engine.start(rig->engine.self, &jobs[i]);
    }
    turn_until(rig, n);
    for (size_t i = 0; i < n; i++)
        ck_outcome(jobs[i].evidence->outcome, outcome);
}

void rig_release(struct rig *rig)
{
    rig->engine.release(rig->engine.self);
    lp_tls_free(rig->tls);
    lp_arena_release(&rig->arena);
}

struct lp_link *rig_link(struct rig *rig)
{
    return rig->evidence.facts;
}

struct lp_http *rig_http(struct rig *rig)
{
    return &((struct lp_web_facts *)rig->evidence.facts)->http;
}

bool says(struct lp_str s, const char *text)
{
    return lp_str_eq(s, lp_str_of(text));
}

struct rig_page *rig_page_of(struct rig *rig)
{
    return rig->evidence.facts;
}
