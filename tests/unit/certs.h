/* certs.h - certificates made for one test: whatever is wrong with them is wanted */
#ifndef LP_TEST_CERTS_H
#define LP_TEST_CERTS_H

#include <openssl/x509v3.h>

#include "lp/arena.h"

/* What to make. Zero: leave out, or the plain choice. */
struct test_cert {
    struct lp_str common_name;      /* as UTF8String */
    int cn_type;                    /* other string type (V_ASN1_*) */
    const struct lp_str *dns_names; /* bytes of the dNSName entries */
    size_t dns_count;
    const char *key;    /* "EC" (P-256; default), "P-384", "RSA", "RSA-PSS", "ED25519" */
    const char *digest; /* "SHA256" (default), "SHA1", "MD5"; not used by ED25519 */
    const char *not_before, *not_after; /* "20260101000000Z"; default 2026 */
    const char *issuer; /* common name of another issuer; its key signs. NULL: self-signed */
    bool wrong_key;     /* self-issued, but signed by another key */
    const char *const
        *extensions; /* pairs of OpenSSL name and configuration value, ended by NULL */
};

/* The DER in the arena; fails the test when it cannot be made. */
struct lp_str test_cert_der(struct lp_arena *arena, const struct test_cert *spec);
/* A certificate with dNSName entries only, not signed. X509_free. */
X509 *test_cert_with_names(const struct lp_str *names, size_t n);

#endif
