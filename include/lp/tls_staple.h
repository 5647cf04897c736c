/* tls_staple.h - OCSP responses that come with a handshake (RFC 6066 section 8, RFC 8446 section
 * 4.4.2.1). */
#ifndef LP_TLS_STAPLE_H
#define LP_TLS_STAPLE_H

#include "lp/ocsp.h"
#include "lp/tls_verify.h"

/* The response of a CertificateStatus, in place. Unset: it is none of OCSP, or does not fit in. */
struct lp_str lp_tls_staple_of(struct lp_str status);
/* ... of the status_request among the extensions of a certificate. Unset: there is none. */
struct lp_str lp_tls_staple_among(struct lp_str extensions);
/* Notes the response for the certificate of that place in job->staples. Nothing when it is unset,
 * or beyond LP_OCSP_STAPLES. */
void lp_tls_keep_staple(struct lp_job *job, size_t place, struct lp_str response);
enum { LP_TLS_ANSWERS = 64 };
/* One remembered response: servers staple the same one for days, and to check it takes as long as
 * the handshake. */
struct lp_tls_answer {
    bool used;
    uint8_t key[LP_TLS_KEY]; /* of the response, its certificate, and all issuers at hand */
    struct lp_ocsp answer;
    struct lp_arena arena; /* of its strings */
};

/* Decodes job->staples into the staples of the job's link. The issuers are those of the chain, and
 * job->roots: to be called when the chain was verified. known: LP_TLS_ANSWERS of them, zeroed at
 * birth; the place follows from the key. */
void lp_tls_read_staples(struct lp_tls_answer *known, struct lp_job *job);
/* Frees what they hold, and themselves (lp_calloc). NULL is harmless. */
void lp_tls_answers_free(struct lp_tls_answer *known);

#endif
