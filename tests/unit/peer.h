/* peer.h - small servers for the tests of the engines, and a rig that runs one job. */
#ifndef PEER_H
#define PEER_H

#include <openssl/ssl.h>

#include "lp/job.h"
#include "lp/probe.h"
#include "lp/tls.h"

/* ---- servers ---- */

/* Serves one connection and returns; the connection is closed then. */
typedef void peer_serve(int fd, void *arg);

struct peer;
/* Listens on a free port of "127.0.0.1" or "::1"; NULL: no such address here. */
struct peer *peer_start(const char *address, peer_serve *serve, void *arg);
int peer_port(const struct peer *peer);
/* Connections accepted so far. */
int peer_accepted(const struct peer *peer);
void peer_stop(struct peer *peer);
/* A port where nobody listens. */
int peer_free_port(void);

enum { PEER_STUCK = 5 };
/* A port whose queue is full: nobody is refused, nobody gets through. */
int peer_stuck_port(int fds[PEER_STUCK]);
void peer_unstick(const int fds[PEER_STUCK]);

/* Until the other side closes. */
void peer_wait_close(int fd);
/* Reads until the text has come, or the other side closes (false). */
bool peer_expect(int fd, const char *text);
void peer_say(int fd, const char *text);

/* Serve functions; the argument is a text where one is named. */
peer_serve peer_serve_text;    /* one line in, the text out, closes */
peer_serve peer_serve_answer;  /* an HTTP request in, the text out, closes */
peer_serve peer_serve_banner;  /* the text at once, then silence */
peer_serve peer_serve_silence; /* until the other side closes */
peer_serve peer_serve_close;   /* closes after some bytes came */
peer_serve peer_serve_reset;   /* ... with a reset */
peer_serve peer_serve_alert;   /* a fatal TLS alert 40 for whatever came */
peer_serve peer_serve_drip;    /* as answer (NULL: nothing), then a byte a millisecond */

/* ---- TLS ---- */

struct peer_tls {
    SSL_CTX *server;
    EVP_PKEY *root_key, *leaf_key;
    X509 *root, *leaf;
    char root_file[64]; /* PEM of the root */
    char leaf_file[64]; /* PEM of leaf and its key */
    const char *hello;  /* said after the handshake, once the other side has said a line;
                           NULL: nothing */
};

/* A root, a leaf for "sip.contoso.example" issued by it (P-256), and a server that speaks
 * version min to max. */
void peer_tls_init(struct peer_tls *tls, int min, int max);
void peer_tls_release(struct peer_tls *tls);
/* Serve function, arg: struct peer_tls. Handshake, one line in, hello out, close. */
peer_serve peer_tls_serve;
/* ... The handshake alone; then, or when it fails, close without a word. */
peer_serve peer_tls_greet;
/* TLS server on an accepted connection; NULL: the handshake failed. */
SSL *peer_tls_accept(struct peer_tls *tls, int fd);
void peer_tls_close(SSL *ssl);

/* ---- the rig ---- */

/* Says PING, wants a line that starts with PONG. */
extern const struct lp_probe rig_ping;
/* Wants the handshake only. */
extern const struct lp_probe rig_hello;

/* A web probe; a page that begins with "bad" is none. */
struct rig_page {
    struct lp_link link;
    struct lp_http http;
    int64_t asked; /* calls of step */
    int64_t seen;  /* bytes that it was given */
};
extern const struct lp_probe rig_page;

enum { RIG_HTTP = 1, RIG_GUARDED = 2 };

struct rig {
    struct lp_arena arena;
    struct lp_core core;
    struct lp_tls *tls;
    struct lp_engine engine;
    struct lp_setup setup;
    struct lp_cidr allow[2];
    struct lp_evidence evidence;
    struct lp_job job;
    int ended;         /* how often core.ended was called */
    int turns_of_work; /* how often core.working was called with the job */
};

/* Unchecked set-up of a test case: what OpenSSL and libcurl build once a process is built
   before the tests fork, or each of them pays for it. */
void rig_warm(void);
/* An engine (RIG_HTTP or the stream engine) whose jobs may go to loopback unless
 * RIG_GUARDED. Limits: 5 s each. */
void rig_init(struct rig *rig, int flags, const struct lp_tls_options *options);
/* One question of the probe to the address and port, not yet started. */
void rig_ask(struct rig *rig, const struct lp_probe *probe, const char *address, int port);
/* Runs the job to its end (at most 10 s). */
void rig_run(struct rig *rig);
/* Runs n copies of the job at once; each must have that outcome. */
void rig_run_many(struct rig *rig, size_t n, enum lp_outcome outcome);
void rig_release(struct rig *rig);
struct lp_link *rig_link(struct rig *rig);
struct lp_http *rig_http(struct rig *rig);
struct rig_page *rig_page_of(struct rig *rig);

/* Text of a slice equals? */
bool says(struct lp_str s, const char *text);
/* The text as the argument of a serve function. */
#define PEER_TEXT(text) ((void *)(uintptr_t)(text))
#define ck_says(s, text) \
    ck_assert_msg(says(s, text), "%s is \"%.*s\", not \"%s\"", #s, (int)(s).n, (s).p, text)
#define ck_outcome(have, want) ck_assert_str_eq(lp_outcome_word(have), lp_outcome_word(want))

#endif
