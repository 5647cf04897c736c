/* tls_watch.h - what one TLS connection said, seen through OpenSSL's callbacks; kept even
 * when the handshake fails. */
#ifndef LP_TLS_WATCH_H
#define LP_TLS_WATCH_H

#include <openssl/ssl.h>

#include "lp/job.h"

enum {
    LP_TLS_FIRST = 64,      /* bytes of the peer's first words that are kept */
    LP_TLS_CHAIN_MAX = 128, /* certificates of one chain that are kept; OpenSSL follows 100 */
    /* Bytes that a peer may send between two words to the application: ten times the
       limit of certificate lists (OpenSSL: 100 KiB). */
    LP_TLS_RECEIVE_MAX = 1024 * 1024
};

/*
 * Lives in the engine's state of a job, from before the handshake until the connection is
 * closed. The engine fills core, job and fd and zeroes the rest; the callbacks fill it.
 */
struct lp_tls_watch {
    const struct lp_core *core; /* told (working) before each message of the peer is taken apart */
    struct lp_job *job;         /* its arena and `ders` take the chain */
    int fd; /* the socket, to look at what a peer that speaks no TLS has said; -1 none */

    bool attached;                /* the transport is watched too */
    bool hello;                   /* a ServerHello came */
    bool asks_certificate;        /* a CertificateRequest came */
    bool sent_empty;              /* we answered it with an empty Certificate */
    bool ticket;                  /* a NewSessionTicket came: a TLS 1.3 server is content with us */
    bool alerted;                 /* a fatal alert came ... */
    uint8_t alert;                /* ... this one */
    bool alert_after_certificate; /* ... after our empty Certificate */
    bool eof;                     /* the peer has closed, or said so (close_notify) */
    bool flooded;                 /* it sent LP_TLS_RECEIVE_MAX: reading has ended */
    size_t received;              /* bytes that came since the application was last given some
                                     (the engine sets it to 0 then) ... */
    size_t turn;                  /* ... and since OpenSSL was last sent back to the loop */
    int error;                    /* errno of the transport; 0 none */
    const char *protocol;         /* "TLSv1.2", OpenSSL's table; NULL not known */
    const char *cipher;
    size_t first_n; /* the first bytes that came */
    uint8_t first[LP_TLS_FIRST];
};

/* What is said of a connection that was flooded. */
#define LP_TLS_FLOODED "limit 1 MiB of TLS"

/* Watches one connection of ours. The transport (SSL_set_fd) is set before or after. */
void lp_tls_watch(struct lp_tls_watch *watch, SSL *ssl);
/* The message callback itself, for a context whose connections others make (libcurl): arg
 * is the watch. */
void lp_tls_watch_message(int sent, int version, int type, const void *bytes, size_t n, SSL *ssl,
                          void *arg);

/* Did the peer say something that cannot be the start of TLS (a record of type alert or
 * handshake, version 3.x)? */
bool lp_tls_watch_not_tls(const struct lp_tls_watch *watch);

/*
 * The word for a handshake that failed, into link->tls, by DESIGN 4: alert (a fatal alert
 * came, or our own side could not go on: then link->alert stays -1), not-tls, reset
 * (also: closed), not-tried (a local fault). ssl_error: the first code of OpenSSL's
 * queue, 0 when it is empty or gone; sys_error: errno, 0 none. Returns the words for
 * `why`, in the job's arena or static; NULL nothing to add.
 */
const char *lp_tls_failure(const struct lp_tls_watch *watch, unsigned long ssl_error,
                           int sys_error);

/* Facts of the watch into the link: protocol, cipher, chain (sha256 of job->ders),
   asks_certificate, alert, alert_after_certificate, first_bytes (only when it was no
   TLS). May be called again when more has come. */
void lp_tls_watch_facts(const struct lp_tls_watch *watch);

#endif
