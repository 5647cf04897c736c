/* tls.h - OpenSSL as an observer: one SSL_CTX, two stores, handshakes that always complete, verification afterwards. */
#ifndef LP_TLS_H
#define LP_TLS_H

#include <openssl/ssl.h>

#include "lp/job.h"

struct lp_tls_options {
    struct lp_str private_file; /* --cacert; unset none */
    struct lp_str public_file;  /* --public-cacert; unset: the system's hashed directory, looked up on demand */
    struct lp_str cert_file, key_file; /* --cert, --key: mutual TLS; unset none */
};

/* Loads the stores (before the sandbox closes). False: error names the file. Call lp_alloc_hook_libraries before. */
LP_MUST_CHECK bool lp_tls_new(struct lp_tls **out, const struct lp_tls_options *options, struct lp_error *error);
void lp_tls_free(struct lp_tls *tls);
/* sha256 hex of the store's file (system: of its bundle); unset when there is no such store. In the arena. */
struct lp_str lp_tls_digest(const struct lp_tls *tls, bool private_store, struct lp_arena *arena);

/* The shared context: security level 0, TLS 1.0 upward, legacy renegotiation, session cache off, cert_verify_callback that
   accepts everything (so libssl does not verify by itself), X25519 first. */
SSL_CTX *lp_tls_context(struct lp_tls *tls);
/* Watches a connection from before its handshake: alerts, certificate request, first bytes received. Attaches to the SSL (ex
   data) and to the job; also used for libcurl's handshakes through CURLOPT_SSL_CTX_FUNCTION. */
void lp_tls_watch(SSL *ssl, struct lp_job *job);
/* Makes libcurl's context look like ours (same options, callbacks, client certificate) and watch the job. */
void lp_tls_adopt(struct lp_tls *tls, SSL_CTX *context, struct lp_job *job);

/* After the handshake, or its failure: fills protocol, cipher, chain, ders, asks_certificate, alert, first_bytes and both
   verifications of the job's link. */
void lp_tls_observe(struct lp_tls *tls, SSL *ssl, struct lp_job *job);
/* Sets link->tls to the word for a failed handshake: ret and the error queue after SSL_do_handshake; returns words for `why`. */
const char *lp_tls_failure(SSL *ssl, int ret, int sys_errno, struct lp_job *job);
/* Verifies ders against both stores into link->private_store and ->public_store at time `now` with the date checks left out
   (dates are the judge's), purpose not checked (EKU is the judge's). Verdicts are cached by chain digest. */
void lp_tls_verify(struct lp_tls *tls, struct lp_job *job);

#endif
