/* dns_bench.c - a worker in small, with one DNS engine and two name servers. */
#include "dns_bench.h"

#include <check.h>

static void on_ended(void *owner, struct lp_job *job)
{
    struct bench *b = owner;

    ck_assert_ptr_null(job->engine);
    job->owner = NULL;
    b->ended++;
}

static void on_working(void *owner, const struct lp_job *job)
{
    struct bench *b = owner;

    b->worked += job != NULL ? 1 : 0;
}

void bench_open(struct bench *b)
{
    struct lp_error error;

    *b = (struct bench){ .pw = { .clock = 1000000000 }, .deadline = INT64_MAX / 2 };
    for (size_t i = 0; i < LP_COUNT(b->peer); i++) {
        ck_assert(dns_peer_open(&b->peer[i]));
        b->pw.peers[b->pw.n++] = &b->peer[i];
        b->addresses[i] = lp_str_of(b->peer[i].text);
    }
    b->world = dns_peer_world_of(&b->pw);
    b->core = (struct lp_core){
        .world = &b->world, .owner = b, .ended = on_ended, .working = on_working
    };
    b->server.addresses = (struct lp_list){ b->addresses, 1 };
    b->setup.servers = (struct lp_list){ &b->server, 1 };
    b->setup.dns_us = DNS_US;
    ck_assert(lp_dns_engine_new(&b->engine, &b->core, &error));
}

void bench_close(struct bench *b)
{
    b->engine.release(b->engine.self);
    lp_pollset_release(&b->set);
    lp_arena_release(&b->arena);
    for (size_t i = 0; i < LP_COUNT(b->peer); i++)
        dns_peer_close(&b->peer[i]);
}

void bench_start(struct bench *b, struct one *one, const char *name)
{
    *one = (struct one){ .job = { .setup = &b->setup, .arena = &b->arena } };
    one->evidence.facts = &one->facts;
    one->job.evidence = &one->evidence;
    one->job.ask.name = lp_arena_str(&b->arena, lp_str_of(name));
    one->job.ask.type = LP_DNS_A;
    one->job.walk_start = b->pw.clock - 7;
    one->job.deadline = b->deadline;
    one->job.owner = b;
    b->engine.start(b->engine.self, &one->job);
}

void bench_turn(struct bench *b)
{
    lp_turn(&b->world, &b->set, &b->engine, 1, b->pw.clock + 60000000);
}

void bench_run(struct bench *b, size_t until)
{
    for (int i = 0; b->ended < until && i < 100000; i++)
        bench_turn(b);
    ck_assert_uint_eq(b->ended, until);
}

void bench_ask(struct bench *b, struct one *one, const char *name)
{
    size_t until = b->ended + 1;

    bench_start(b, one, name);
    bench_run(b, until);
}

void bench_assert_why(const struct one *one, const char *why)
{
    if (why == NULL)
        ck_assert_ptr_null(one->evidence.why.p);
    else
        ck_assert_str_eq(one->evidence.why.p, why);
}

void bench_assert_from(const struct one *one, const struct dns_peer *peer)
{
    ck_assert(lp_str_eq(one->facts.from, lp_str_of(peer->text)));
}
