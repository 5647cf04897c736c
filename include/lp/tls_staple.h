/* tls_staple.h - OCSP responses that come with a handshake (RFC 6066 section 8, RFC 8446 section
 * 4.4.2.1). */
#ifndef LP_TLS_STAPLE_H
#define LP_TLS_STAPLE_H

#include "lp/job.h"

/* The response of a CertificateStatus, in place. Unset: it is none of OCSP, or does not fit in. */
struct lp_str lp_tls_staple_of(struct lp_str status);
/* ... of the status_request among the extensions of a certificate. Unset: there is none. */
struct lp_str lp_tls_staple_among(struct lp_str extensions);
/* Notes the response for the certificate of that place in job->staples. Nothing when it is unset,
 * or beyond LP_OCSP_STAPLES. */
void lp_tls_keep_staple(struct lp_job *job, size_t place, struct lp_str response);
/* Decodes job->staples into the staples of the job's link. The issuers are those of the chain, and
 * job->roots: to be called when the chain was verified. */
void lp_tls_read_staples(struct lp_job *job);

#endif
