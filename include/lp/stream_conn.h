/* stream_conn.h - one connection of the stream engine: TCP, TLS, conversation, or datagrams;
 * each step says when it is over. */
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
    LP_STREAM_UDP,     /* no connection: datagrams, from the beginning to the end */
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
    lp_usec since;           /* start of the phase, absolute; datagrams: when we last spoke */
    lp_usec until;           /* its end; datagrams: of the wait for an answer, see ends */
    SSL *ssl;                /* NULL: plain, or not yet */
    bool broken;             /* TLS has failed: no close_notify */
    bool securing;           /* the probe wants TLS as soon as its words are out */
    struct lp_tls_watch watch;
    struct lp_talk talk;
    struct lp_buf in, out;
    lp_usec ends;                  /* datagrams: end of the conversation, absolute */
    int datagrams;                 /* ... that came */
    int error;                     /* errno of the transport in the conversation; 0 none */
    struct lp_stream *next, *prev; /* of the engine */
};

enum { LP_STREAM_DATAGRAMS = 32 }; /* of one conversation that are read */

/* Opens the socket and starts to connect, or sends the first datagram. The guard was asked. May be
 * over at once. */
void lp_stream_open(struct lp_stream *stream);
/* Closes the connection and opens a new one to the same peer (LP_AGAIN). Where that one
 * cannot be opened, the stream is over as it was said of the first. */
void lp_stream_reopen(struct lp_stream *stream);
/* The descriptor has events: goes as far as it can. */
void lp_stream_step(struct lp_stream *stream);
/* The phase's time is up: the stream is over. */
void lp_stream_expire(struct lp_stream *stream);
/* Closes politely without waiting and frees what the stream owns (not the struct). */
void lp_stream_close(struct lp_stream *stream);

/* For the files of the stream: marks it over. */
void lp_stream_over(struct lp_stream *stream, enum lp_outcome outcome, const char *why);
/* Starts a phase that may last span, events as given. */
void lp_stream_enter(struct lp_stream *stream, enum lp_stream_phase phase, lp_usec span);
/* The transport is up, or TLS has come to it: the probe speaks. */
void lp_stream_talk_start(struct lp_stream *stream);
/* The probe's words before TLS are out (LP_SECURE): the handshake begins. */
void lp_stream_secure(struct lp_stream *stream);
/* Makes the buffers and the token, once. False: the stream is over. */
LP_MUST_CHECK bool lp_stream_talk_prepare(struct lp_stream *stream);
/* One call of the probe's step() with all that is in `in`. */
enum lp_next lp_stream_ask(struct lp_stream *stream, bool eof);
/* LP_STREAM_TALK and LP_STREAM_SETTLE: sends, receives, asks the probe. */
void lp_stream_talk_step(struct lp_stream *stream);
/* ... their time is up. */
void lp_stream_talk_expire(struct lp_stream *stream);

/* stream_datagram.c: the probe's first datagram to a connected socket ... */
void lp_stream_datagram_start(struct lp_stream *stream);
/* ... something has come, an ICMP error included ... */
void lp_stream_datagram_step(struct lp_stream *stream);
/* ... a wait for an answer is over, or with it the conversation. */
void lp_stream_datagram_expire(struct lp_stream *stream);

#endif
