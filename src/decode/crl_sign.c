/* crl_sign.c - a signature over bytes, by the key of a certificate (OpenSSL) */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509.h>

#include "lp/crl.h"
#include "lp/der.h"

static X509 *parse(struct lp_str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    return der.n > INT32_MAX ? NULL : d2i_X509(NULL, &p, (long)der.n);
}

static X509_NAME *parse_name(struct lp_str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    return der.n > INT32_MAX ? NULL : d2i_X509_NAME(NULL, &p, (long)der.n);
}

bool lp_subject_is(struct lp_str certificate_der, struct lp_str name)
{
    struct lp_der_certificate parts;
    if (!lp_der_certificate(certificate_der, &parts))
        return false;
    if (lp_str_eq(parts.subject, name))
        return true;
    X509_NAME *subject = parse_name(parts.subject), *wanted = parse_name(name);
    bool same = subject && wanted && X509_NAME_cmp(subject, wanted) == 0;
    X509_NAME_free(subject);
    X509_NAME_free(wanted);
    ERR_clear_error();
    return same;
}

/* Digest of an algorithm; false: one with parameters of its own, or unknown. */
static bool digest_of(struct lp_str der, const EVP_MD **md)
{
    const unsigned char *p = (const unsigned char *)der.p;
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &p, (long)der.n);
    const ASN1_OBJECT *object = NULL;
    int digest = NID_undef, key = NID_undef;
    if (!algorithm)
        return false;
    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    bool known = OBJ_find_sigid_algs(OBJ_obj2nid(object), &digest, &key) == 1;
    bool without = key == NID_ED25519 || key == NID_ED448;
    *md = digest == NID_undef ? NULL : EVP_get_digestbynid(digest);
    X509_ALGOR_free(algorithm);
    return known && (*md || without);
}

int lp_signature_check(struct lp_str issuer_der, struct lp_str algorithm, struct lp_str bytes,
                       struct lp_str signature)
{
    const EVP_MD *md = NULL;
    X509 *x = parse(issuer_der);
    EVP_PKEY *key = x ? X509_get0_pubkey(x) : NULL;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int result = -1;
    if (key && context && digest_of(algorithm, &md) &&
        EVP_DigestVerifyInit(context, NULL, md, NULL, key) == 1)
        result = EVP_DigestVerify(context, (const unsigned char *)signature.p, signature.n,
                                  (const unsigned char *)bytes.p, bytes.n) == 1;
    EVP_MD_CTX_free(context);
    X509_free(x);
    ERR_clear_error();
    return result;
}
