/* tls_verify.h - a chain against each store, after the handshake; verdicts are kept by
 * chain digest. */
#ifndef LP_TLS_VERIFY_H
#define LP_TLS_VERIFY_H

#include "lp/job.h"
#include "lp/tls_store.h"

enum { LP_TLS_PRIVATE, LP_TLS_PUBLIC, LP_TLS_STORES, LP_TLS_VERDICTS = 256, LP_TLS_KEY = 32 };

/* What one store says of a chain. */
struct lp_tls_verdict {
    int code; /* X509_V_* */
    int depth;
    char *root;     /* subject that the chain ended at, clean text, lp_malloc; NULL none */
    char *root_der; /* that root itself, lp_malloc; NULL none */
    size_t root_size;
};

/* One remembered chain. */
struct lp_tls_known {
    bool used;
    uint8_t key[LP_TLS_KEY]; /* lp_tls_key: SHA-256 over the digests of its certificates */
    struct lp_tls_verdict verdict[LP_TLS_STORES];
};

struct lp_tls_verifier {
    struct lp_tls_store stores[LP_TLS_STORES];
    struct lp_tls_known
        *known; /* LP_TLS_VERDICTS of them, lp_calloc; the place follows from the key */
};

/* SHA-256 over the digests of what is in the list (struct lp_str), in its order. */
void lp_tls_key(const struct lp_list *ders, uint8_t key[LP_TLS_KEY]);
/* Verifies job->ders against each store that is given, into private_store and
   public_store of the job's link; roots that verify it and were not sent go into job->roots. chain:
   the same certificates already decoded, leaf first (saves 0.1 ms each); NULL: decoded here.
   Nothing when there is no chain. */
void lp_tls_verify_chain(struct lp_tls_verifier *verifier, struct lp_job *job,
                         STACK_OF(X509) * chain);
/* Frees stores and verdicts. */
void lp_tls_verifier_release(struct lp_tls_verifier *verifier);

#endif
