/* certs.c - certificates made for one test */
#include "certs.h"

#include <check.h>
#include <openssl/rsa.h>
#include <string.h>

static EVP_PKEY *make_key(const char *kind)
{
    EVP_PKEY *key = NULL;

    if (kind == NULL || strcmp(kind, "EC") == 0)
        key = EVP_EC_gen("P-256");
    else if (strncmp(kind, "P-", 2) == 0)
        key = EVP_EC_gen(kind);
    else if (strcmp(kind, "RSA") == 0 || strcmp(kind, "RSA-PSS") == 0)
        key = EVP_RSA_gen(1024);
    else
        key = EVP_PKEY_Q_keygen(NULL, NULL, kind);
    ck_assert_ptr_nonnull(key);
    return key;
}

static void set_name(X509_NAME *name, const struct test_cert *spec)
{
    int type = spec->cn_type != 0 ? spec->cn_type : V_ASN1_UTF8STRING;

    if (spec->common_name.p == NULL)
        return;
    ck_assert_int_eq(X509_NAME_add_entry_by_NID(name, NID_commonName, type,
                                                (const unsigned char *)spec->common_name.p,
                                                (int)spec->common_name.n, -1, 0),
                     1);
}

static void add_dns_names(X509 *x, const struct lp_str *names, size_t n)
{
    GENERAL_NAMES *all = sk_GENERAL_NAME_new_null();

    for (size_t i = 0; i < n; i++) {
        GENERAL_NAME *one = GENERAL_NAME_new();
        ASN1_IA5STRING *text = ASN1_IA5STRING_new();

        ASN1_STRING_set(text, names[i].p, (int)names[i].n);
        GENERAL_NAME_set0_value(one, GEN_DNS, text);
        sk_GENERAL_NAME_push(all, one);
    }
    ck_assert_int_eq(X509_add1_ext_i2d(x, NID_subject_alt_name, all, 0, 0), 1);
    GENERAL_NAMES_free(all);
}

static void add_extensions(X509 *x, const char *const *pairs)
{
    for (; pairs != NULL && pairs[0] != NULL; pairs += 2) {
        X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, OBJ_txt2nid(pairs[0]), pairs[1]);

        ck_assert_msg(e != NULL, "%s = %s", pairs[0], pairs[1]);
        X509_add_ext(x, e, -1);
        X509_EXTENSION_free(e);
    }
}

static void sign(X509 *x, EVP_PKEY *key, const struct test_cert *spec)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *pctx = NULL;
    bool eddsa = spec->key != NULL && spec->key[0] == 'E' && spec->key[1] == 'D';
    const EVP_MD *digest = EVP_get_digestbyname(spec->digest != NULL ? spec->digest : "SHA256");

    ck_assert_int_eq(EVP_DigestSignInit(ctx, &pctx, eddsa ? NULL : digest, NULL, key), 1);
    if (spec->key != NULL && strcmp(spec->key, "RSA-PSS") == 0)
        ck_assert_int_gt(EVP_PKEY_CTX_set_rsa_padding(pctx, RSA_PKCS1_PSS_PADDING), 0);
    ck_assert_int_gt(X509_sign_ctx(x, ctx), 0);
    EVP_MD_CTX_free(ctx);
}

static void set_validity(X509 *x, const struct test_cert *spec)
{
    const char *from = spec->not_before != NULL ? spec->not_before : "20260101000000Z";
    const char *to = spec->not_after != NULL ? spec->not_after : "20270101000000Z";

    ck_assert_int_eq(ASN1_TIME_set_string_X509(X509_getm_notBefore(x), from), 1);
    ck_assert_int_eq(ASN1_TIME_set_string_X509(X509_getm_notAfter(x), to), 1);
}

static void set_issuer(X509 *x, const struct test_cert *spec)
{
    X509_NAME *name = X509_NAME_new();

    if (spec->issuer == NULL) {
        X509_set_issuer_name(x, X509_get_subject_name(x));
    } else {
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)spec->issuer,
                                   -1, -1, 0);
        X509_set_issuer_name(x, name);
    }
    X509_NAME_free(name);
}

struct lp_str test_cert_der(struct lp_arena *arena, const struct test_cert *spec)
{
    X509 *x = X509_new();
    EVP_PKEY *key = make_key(spec->key);
    bool other = spec->issuer != NULL || spec->wrong_key;
    EVP_PKEY *signer = other ? make_key(spec->key) : key;
    unsigned char *der = NULL;

    X509_set_version(x, X509_VERSION_3);
    ASN1_INTEGER_set_int64(X509_get_serialNumber(x), 0x1a2b3c);
    set_name(X509_get_subject_name(x), spec);
    set_issuer(x, spec);
    set_validity(x, spec);
    X509_set_pubkey(x, key);
    if (spec->dns_count > 0)
        add_dns_names(x, spec->dns_names, spec->dns_count);
    add_extensions(x, spec->extensions);
    sign(x, signer, spec);
    int n = i2d_X509(x, &der);
    ck_assert_int_gt(n, 0);
    struct lp_str copy = lp_arena_str(arena, (struct lp_str){ (char *)der, (size_t)n });
    OPENSSL_free(der);
    if (other)
        EVP_PKEY_free(signer);
    EVP_PKEY_free(key);
    X509_free(x);
    return copy;
}

X509 *test_cert_with_names(const struct lp_str *names, size_t n)
{
    X509 *x = X509_new();

    X509_set_version(x, X509_VERSION_3);
    add_dns_names(x, names, n);
    return x;
}
