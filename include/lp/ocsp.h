/* ocsp.h - what an OCSP responder says of one certificate (RFC 6960), asked or stapled. [probe] */
#ifndef LP_OCSP_H
#define LP_OCSP_H

#include "lp/arena.h"
#include "lp/facts.h"

enum {
    LP_OCSP_MAX = 64 * 1024, /* bytes of a response that are read */
    LP_OCSP_SINGLES = 64,    /* certificates of one response that are looked at */
    LP_OCSP_STAPLES = 4      /* stapled responses of one handshake that are decoded */
};

/* One response, as far as it is about one certificate. */
struct lp_ocsp {
    struct lp_str problem;   /* "", or why it says nothing of the certificate: "empty", "limit", "no
                                OCSP response", "another certificate", or a responseStatus of RFC
                                6960 section 4.2.1 ("tryLater", "unauthorized" ...) */
    struct lp_str status;    /* "good", "revoked", "unknown"; unset: nothing was said */
    struct lp_str serial;    /* of the certificate that it speaks of, hex; unset none */
    int64_t at;              /* revoked: since when, UTC seconds; LP_UTC_NONE */
    int64_t reason;          /* revoked: CRLReason (RFC 5280 section 5.3.1); -1 not said */
    int64_t this_update;     /* known to be correct, UTC seconds; LP_UTC_NONE */
    int64_t next_update;     /* until when; LP_UTC_NONE when it does not say it */
    int64_t produced_at;     /* when it was signed; LP_UTC_NONE */
    struct lp_str signature; /* "good": by the issuer, or by a certificate that the issuer has made
                                for it (RFC 6960 section 4.2.2.2); "bad"; "unknown": no certificate
                                of the issuer at hand */
    struct lp_str der;       /* the response itself; unset when it was over the limit */
};
extern const struct lp_field lp_ocsp_answer_fields[]; /* of that struct */

/* Facts of the probe ocsp: link, http, then the response. */
struct lp_ocsp_facts {
    struct lp_link link;
    struct lp_http http;
    struct lp_ocsp ocsp;
};
extern const struct lp_field lp_ocsp_fields[]; /* of that struct */

/* Whom a question is about. */
struct lp_ocsp_question {
    struct lp_str certificate; /* DER */
    struct lp_list issuers;    /* struct lp_str DER: certificates among which its issuer may be */
};

/* What a question is called in the log: the responder's URL in normal form, "#", SHA-256 of the
 * certificate. The fragment tells questions apart; what is sent is lp_ocsp_url. */
struct lp_str lp_ocsp_name(struct lp_arena *arena, struct lp_str responder, struct lp_str sha256);

/* Nothing was said yet: unset values, problem "". */
struct lp_ocsp lp_ocsp_none(void);

/* Reads a response. Among several answers in it the one about the certificate counts; where the
 * issuer is not at hand its serial number alone decides. */
void lp_ocsp_decode(struct lp_arena *arena, struct lp_str der,
                    const struct lp_ocsp_question *question, struct lp_ocsp *out);

/* DER of an OCSPRequest with one CertID, SHA-1 hashes as all responders know them (RFC 5019
 * section 2.1.1), no nonce, no signature. Unset: the certificate cannot be read, or no certificate
 * with its issuer's name is among the issuers. */
struct lp_str lp_ocsp_request(struct lp_arena *arena, const struct lp_ocsp_question *question);
/* That request as the GET form of RFC 6960 appendix A.1 to a responder's URL (a fragment is left
 * out). Unset as above. */
struct lp_str lp_ocsp_url(struct lp_arena *arena, struct lp_str responder,
                          const struct lp_ocsp_question *question);

#endif
