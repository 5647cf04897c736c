/* crl.h - certificate revocation lists (RFC 5280 section 5): as much as judges one chain. [probe]
 */
#ifndef LP_CRL_H
#define LP_CRL_H

#include "lp/arena.h"
#include "lp/facts.h"

enum {
    LP_CRL_MAX = 8 * 1024 * 1024, /* bytes of a list that are read */
    LP_CRL_ASKED = 64,            /* serial numbers that are looked up in one list */
    LP_CRL_KEPT = 1000            /* certificates of a list that is kept whole */
};

/* Ends the URL of a list that was fetched a second time. */
#define LP_CRL_AGAIN "#again"

/* What the list says of one certificate. */
struct lp_crl_entry {
    struct lp_str serial; /* hex, as struct lp_certificate has it */
    bool revoked;
    int64_t at;     /* revocation date, UTC seconds; LP_UTC_NONE */
    int64_t reason; /* CRLReason (RFC 5280 section 5.3.1): 1 key compromise, ...; -1 not said */
};

struct lp_crl {
    struct lp_str problem;   /* "" or "empty", "no CRL", "limit" (it was cut) */
    int64_t this_update;     /* UTC seconds; LP_UTC_NONE */
    int64_t next_update;     /* ...; LP_UTC_NONE when the list does not say it */
    int64_t count;           /* certificates on the list */
    struct lp_str signature; /* "good", "bad", or "unknown": no certificate of its issuer at hand,
                                or an algorithm that we cannot check */
    bool whole; /* every certificate of the list is among the entries: one that is not there is not
                   revoked, so that a list can be fetched before all certificates are known */
    struct lp_list entries; /* struct lp_crl_entry: the whole list, else those looked up */
};

/* Facts of the probe crl: link, http, then the list. */
struct lp_crl_facts {
    struct lp_link link;
    struct lp_http http;
    struct lp_crl crl;
};
extern const struct lp_field lp_crl_fields[]; /* of that struct */

/* What to look for. */
struct lp_crl_question {
    struct lp_list serials; /* struct lp_str hex; at most LP_CRL_ASKED count */
    struct lp_list issuers; /* struct lp_str DER: certificates that may have signed it */
};

/* Does the list say of that serial number whether it is revoked? The entry, if any, through *entry
 * (NULL: it is not on the list). */
bool lp_crl_knows(const struct lp_crl *crl, struct lp_str serial,
                  const struct lp_crl_entry **entry);

/* Reads one list in DER (PEM is none: RFC 5280 section 4.2.1.13). One pass without allocation for
 * its entries, so that the largest takes milliseconds. */
void lp_crl_decode(struct lp_arena *arena, struct lp_str der,
                   const struct lp_crl_question *question, struct lp_crl *out);

/* Is that signature of the issuer's key over the bytes? algorithm: DER of an AlgorithmIdentifier.
 * 1 yes, 0 no, -1: cannot be said (OpenSSL; crl_sign.c). */
int lp_signature_check(struct lp_str issuer_der, struct lp_str algorithm, struct lp_str bytes,
                       struct lp_str signature);
/* Does the certificate have that subject (DER of a Name)? */
bool lp_subject_is(struct lp_str certificate_der, struct lp_str name);

#endif
