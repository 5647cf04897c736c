/* dns_bench.h - for tests: a DNS engine and two name servers */
#ifndef DNS_BENCH_H
#define DNS_BENCH_H

#include "dns_peer.h"
#include "lp/job.h"

/* The default time of a question, and its first two slices. */
enum { DNS_US = 2800000, FIRST_US = 400000, SECOND_US = 800000 };

struct one {
    struct lp_job job;
    struct lp_evidence evidence;
    struct lp_dns_facts facts;
};

struct bench {
    struct dns_peer_world pw;
    struct lp_world world;
    struct lp_core core;
    struct lp_engine engine;
    struct lp_pollset set;
    struct lp_setup setup;
    struct lp_server server;
    struct lp_str addresses[3]; /* of the server; one of them is used unless a test says
                                   otherwise */
    struct lp_arena arena;
    struct dns_peer peer[2];
    size_t ended, worked;
    lp_usec deadline; /* of jobs to come */
};

void bench_open(struct bench *b);
void bench_close(struct bench *b);
/* Hands the engine a question for an A record. */
void bench_start(struct bench *b, struct one *one, const char *name);
void bench_turn(struct bench *b);
/* Turns until so many jobs have ended in all. */
void bench_run(struct bench *b, size_t until);
/* Asks one question and waits for its end. */
void bench_ask(struct bench *b, struct one *one, const char *name);
/* why NULL: none. */
void bench_assert_why(const struct one *one, const char *why);
void bench_assert_from(const struct one *one, const struct dns_peer *peer);

#endif
