/* tls_store.h - a set of root certificates, from a PEM file or the system's hashed
 * directory. */
#ifndef LP_TLS_STORE_H
#define LP_TLS_STORE_H

#include <openssl/x509.h>

#include "lp/base.h"

enum {
    LP_TLS_FILE_MAX = 4 * 1024 * 1024, /* bytes of a PEM file; the system's bundle has 0.2 MB */
    LP_TLS_DIGEST = 65                 /* room for a sha256 in hex and a NUL */
};

struct lp_tls_store {
    X509_STORE *roots;          /* NULL: this store was not given */
    char digest[LP_TLS_DIGEST]; /* sha256 hex of the file; "" when it cannot be read */
    int spare;                  /* a descriptor + 1, kept for lookups in the directory; 0: none */
};

/* Reads a PEM file with one certificate or more (other PEM blocks are passed over). A store that
   was given before gets them too; the digest is then that of both digests. False: error names the
   file and the number of the bad certificate, never content. */
LP_MUST_CHECK bool lp_tls_store_file(struct lp_tls_store *store, struct lp_str file,
                                     struct lp_error *error);
/* OpenSSL's own directory of hashed names (not SSL_CERT_DIR), looked up when a chain
   needs a root: 0.06 ms instead of the 18 ms of the bundle (performance.md, section 1).
   The digest is that of the bundle beside it. False: no memory for the lookup. */
LP_MUST_CHECK bool lp_tls_store_system(struct lp_tls_store *store, struct lp_error *error);
/* Around a verification: a lookup opens a file, and must find a descriptor even when
   connections have all others. Without one a good chain would count as untrusted. */
void lp_tls_store_lend(struct lp_tls_store *store);
void lp_tls_store_regain(struct lp_tls_store *store);
/* The store is empty again. */
void lp_tls_store_release(struct lp_tls_store *store);

/* Lower-case hex of the SHA-256 of the bytes. out: LP_TLS_DIGEST bytes. */
void lp_tls_sha256(struct lp_str bytes, char out[LP_TLS_DIGEST]);

#endif
