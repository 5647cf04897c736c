/* der.h - one element of DER after the other, in place (X.690). [probe] */
#ifndef LP_DER_H
#define LP_DER_H

#include "lp/base.h"

enum {
    LP_DER_INTEGER = 0x02,
    LP_DER_BITS = 0x03,
    LP_DER_OID = 0x06,
    LP_DER_ENUMERATED = 0x0a,
    LP_DER_UTC_TIME = 0x17,
    LP_DER_TIME = 0x18,
    LP_DER_SEQUENCE = 0x30,
    LP_DER_VERSION = 0xa0, /* of a certificate */
};

struct lp_der {
    uint8_t tag;
    struct lp_str content;
    struct lp_str whole; /* with tag and length */
};

/* Cuts the next element off. False: nothing left, a length that is indefinite, has more than four
 * octets or goes beyond the end, or a tag of several octets. */
LP_MUST_CHECK bool lp_der_next(struct lp_str *rest, struct lp_der *out);
/* ... and it has that tag; *rest stays where it was when not. */
LP_MUST_CHECK bool lp_der_take(struct lp_str *rest, uint8_t tag, struct lp_der *out);
/* UTCTime or GeneralizedTime in the forms of RFC 5280 section 4.1.2.5; LP_UTC_NONE: another. */
lp_utc lp_der_time(const struct lp_der *time);

/* Parts of a certificate as they stand in it, each with tag and length (RFC 5280 section 4.1). */
struct lp_der_certificate {
    struct lp_str serial, issuer, subject;
};
/* Finds them without looking at anything else: a thousandth of what it takes to decode the key.
 * False: it is no certificate. */
LP_MUST_CHECK bool lp_der_certificate(struct lp_str der, struct lp_der_certificate *out);

#endif
