/* cert_parts.h - what the files that read a certificate share; private to decode. */
#ifndef LP_CERT_PARTS_H
#define LP_CERT_PARTS_H

#include <openssl/x509v3.h>

#include "lp/cert.h"

/* Bounds of the lists in struct lp_certificate. */
enum { LP_CERT_SANS = 512, LP_CERT_USAGES = 64, LP_CERT_URLS = 32 };

/* One certificate being read. */
struct lp_cert_reader {
    struct lp_arena *arena;
    X509 *x;
    struct lp_certificate *out;
};

/* The bytes of an ASN.1 string, unset when there is none; they live as long as it
   does. */
struct lp_str lp_asn1_bytes(const ASN1_STRING *s);
/* Seconds since 1970; LP_UTC_NONE: none, or unreadable. */
lp_utc lp_asn1_utc(const ASN1_TIME *time);
/* A serial number in hex, with "-" before a negative one. */
struct lp_str lp_cert_serial(struct lp_arena *arena, const ASN1_INTEGER *serial);
/* Appends to a list of struct lp_str with at most `most` elements; what is more is
   dropped. */
void lp_cert_add(struct lp_cert_reader *r, struct lp_list *list, struct lp_str text, size_t most);
/* Notes what is wrong with the encoding of a name; the first note stays. */
void lp_cert_bad(struct lp_cert_reader *r, const char *what);

/* Fills san, eku, cdp, ocsp, issuers and their counts from the extensions. */
void lp_cert_read_extensions(struct lp_cert_reader *r);

#endif
