/* tls.h - OpenSSL as an observer: one SSL_CTX, two stores, handshakes that always
 * complete, verification afterwards. */
#ifndef LP_TLS_H
#define LP_TLS_H

#include <openssl/types.h>

#include "lp/job.h"

struct lp_tls_watch;

struct lp_tls_options {
    struct lp_str private_file;        /* --cacert; unset none */
    struct lp_list private_more;       /* struct lp_str: files of a topology, into the same store;
                                          then private_file may be unset */
    struct lp_str public_file;         /* --public-cacert; unset: the system's hashed directory,
                                          on demand */
    struct lp_str cert_file, key_file; /* --cert, --key: mutual TLS; unset none. key
                                          unset: it stands in cert_file */
};

struct lp_tls;

/* Loads the stores (before the sandbox closes; later only the system's certificate
   directory is read). False: error names the file. Call lp_alloc_hook_libraries before.
 */
LP_MUST_CHECK bool lp_tls_new(struct lp_tls **out, const struct lp_tls_options *options,
                              struct lp_error *error);
/* NULL is harmless. */
void lp_tls_free(struct lp_tls *tls);
/* sha256 hex of the store's file (system: of its bundle); unset when there is no such
   store or it cannot be read. In the arena. */
struct lp_str lp_tls_digest(const struct lp_tls *tls, bool private_store, struct lp_arena *arena);

/* The shared context: security level 0, TLS 1.0 upward, legacy renegotiation, session
   cache off, cert_verify_callback that accepts everything (so libssl does not verify by
   itself), X25519 first.
 */
SSL_CTX *lp_tls_context(struct lp_tls *tls);
/* Makes libcurl's context look like ours (same options, callbacks, client certificate)
   and its connections report to the watch. For CURLOPT_SSL_CTX_FUNCTION. */
LP_MUST_CHECK bool lp_tls_adopt(struct lp_tls *tls, SSL_CTX *context, struct lp_tls_watch *watch);

/* After the handshake, or its failure: the watch's facts (lp_tls_watch_facts) and both
   verifications into the job's link. ssl: gives certificates that are decoded already;
   NULL when it is gone. */
void lp_tls_observe(struct lp_tls *tls, const struct lp_tls_watch *watch, SSL *ssl);
/* Verifies job->ders against both stores into link->private_store and ->public_store with
   the date checks left out (dates are the judge's), purpose not checked (EKU is the
   judge's). Verdicts are cached by chain digest. */
void lp_tls_verify(struct lp_tls *tls, struct lp_job *job);

#endif
