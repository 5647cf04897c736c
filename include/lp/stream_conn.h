/* stream_conn.h - one connection of the stream engine: TCP, TLS, conversation; each step
 * says when it is over. */
#ifndef LP_STREAM_CONN_H
#define LP_STREAM_CONN_H

#include "lp/stream_link.h"
#include "lp/tls.h"
#include "lp/tls_watch.h"

enum lp_stream_phase {
    LP_STREAM_CONNECT, /* waits for the TCP handshake */
    LP_STREAM_TLS,     /* ... for the TLS handshake */
    LP_STREAM_TALK,    /* ... for the peer's answer */
    LP_STREAM_SETTLE,  /* the probe has all it wants; a TLS 1.3 server may still refuse our
                          empty certificate */
    LP_STREAM_OVER,    /* outcome and why are set */
};

struct lp_stream {
    const struct lp_core *core;
    struct lp_tls *tls;
    struct lp_job *job;
    enum lp_stream_phase phase;
    enum lp_outcome outcome; /* when over */
    const char *why;         /* NULL none */
    int fd;                  /* -1 none */
    short events;            /* of poll, to wait for */
    lp_usec since;           /* start of the phase, absolute */
    lp_usec until;           /* its end */
    SSL *ssl;                /* NULL: plain, or not yet */
    bool broken;             /* TLS has failed: no close_notify */
    struct lp_tls_watch watch;
    struct lp_talk talk;
    struct lp_buf in, out;
    int error;                     /* errno of the transport in the conversation; 0 none */
    struct lp_stream *next, *prev; /* of the engine */
};

/* Opens the socket and starts to connect. The guard was asked. May be over at once. */
void lp_stream_open(struct lp_stream *stream);
/* The descriptor has events: goes as far as it can. */
void lp_stream_step(struct lp_stream *stream);
/* The phase's time is up: the stream is over. */
void lp_stream_expire(struct lp_stream *stream);
/* Closes politely without waiting and frees what the stream owns (not the struct). */
void lp_stream_close(struct lp_stream *stream);

/* For the two files of the stream: marks it over. */
void lp_stream_over(struct lp_stream *stream, enum lp_outcome outcome, const char *why);
/* Starts a phase that may last span, events as given. */
void lp_stream_enter(struct lp_stream *stream, enum lp_stream_phase phase, lp_usec span);
/* The transport is up: the probe speaks. */
void lp_stream_talk_start(struct lp_stream *stream);
/* LP_STREAM_TALK and LP_STREAM_SETTLE: sends, receives, asks the probe. */
void lp_stream_talk_step(struct lp_stream *stream);
/* ... their time is up. */
void lp_stream_talk_expire(struct lp_stream *stream);

#endif
