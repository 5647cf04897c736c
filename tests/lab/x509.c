/* x509.c - making one certificate or CRL, with all the oddities that a row can ask for */
#include "lab.h"

#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

enum { DAY = 86400, FROM_DAYS = -30, TO_DAYS = 330, FLOOD = 20 };

static bool extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509_EXTENSION *e;
    bool ok;

    X509V3_set_ctx(&context, issuer == NULL ? cert : issuer, cert, NULL, NULL, 0);
    e = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    ok = e != NULL && X509_add_ext(cert, e, -1) == 1;
    X509_EXTENSION_free(e);
    return ok;
}

static void add_name(GENERAL_NAMES *names, const char *name, size_t len)
{
    GENERAL_NAME *general = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();

    ASN1_STRING_set(text, name, (int)len);
    GENERAL_NAME_set0_value(general, GEN_DNS, text);
    sk_GENERAL_NAME_push(names, general);
}

static void add_flood(GENERAL_NAMES *names)
{
    char name[64];

    for (int i = 1; i <= FLOOD; i++) {
        snprintf(name, sizeof name, "e%02d.flood." LAB_DOMAIN, i);
        add_name(names, name, strlen(name));
    }
}

/* By hand, because the text form can hold no NUL. */
static bool subject_alternative(X509 *cert, const struct lab_cert_spec *spec)
{
    static const char nul[] = "access." LAB_DOMAIN "\0.evil.example";
    GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
    bool ok;

    for (const char *at = spec->names; *at != '\0';) {
        size_t len = strcspn(at, " ");

        add_name(names, at, len);
        at += len + strspn(at + len, " ");
    }
    if (spec->nul)
        add_name(names, nul, sizeof nul - 1);
    if (spec->flood)
        add_flood(names);
    ok = X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0, X509V3_ADD_APPEND) == 1;
    GENERAL_NAMES_free(names);
    return ok;
}

static bool leaf_extensions(X509 *cert, const struct lab_issue *issue)
{
    const struct lab_cert_spec *s = issue->spec;
    const char *eku = s->eku == NULL ? "serverAuth" : s->eku;
    const char *cdp = s->cdp == NULL ? issue->cdp : s->cdp;
    char aia[256] = "caIssuers;URI:http://pki.contoso.example/lab.crt";
    size_t n = strlen(aia);
    const char *use =
        s->rsa1024 ? "critical,digitalSignature,keyEncipherment" : "critical,digitalSignature";

    if (issue->ocsp != NULL)
        snprintf(aia + n, sizeof aia - n, ",OCSP;URI:%s", issue->ocsp);
    return extension(cert, issue->issuer, NID_basic_constraints, "critical,CA:FALSE") &&
           extension(cert, issue->issuer, NID_key_usage, use) &&
           extension(cert, issue->issuer, NID_ext_key_usage, eku) &&
           (cdp[0] == '\0' || extension(cert, issue->issuer, NID_crl_distribution_points, cdp)) &&
           extension(cert, issue->issuer, NID_info_access, aia) && subject_alternative(cert, s);
}

static bool ca_extensions(X509 *cert, const struct lab_issue *issue)
{
    bool root = issue->issuer == NULL;

    return extension(cert, issue->issuer, NID_basic_constraints, "critical,CA:TRUE") &&
           extension(cert, issue->issuer, NID_key_usage, "critical,keyCertSign,cRLSign") &&
           (root || extension(cert, issue->issuer, NID_crl_distribution_points, issue->cdp));
}

static bool extensions(X509 *cert, const struct lab_issue *issue)
{
    return extension(cert, issue->issuer, NID_subject_key_identifier, "hash") &&
           (issue->issuer == NULL ||
            extension(cert, issue->issuer, NID_authority_key_identifier, "keyid:always")) &&
           (issue->ca ? ca_extensions(cert, issue) : leaf_extensions(cert, issue));
}

static void set_names(X509 *cert, const struct lab_issue *issue)
{
    const unsigned char *cn = (const unsigned char *)issue->spec->cn;
    X509_NAME *subject = X509_get_subject_name(cert);

    X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_ASC, (const unsigned char *)"Lab", -1, -1, 0);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, cn, -1, -1, 0);
    X509_set_issuer_name(cert,
                         issue->issuer == NULL ? subject : X509_get_subject_name(issue->issuer));
}

static void serial_and_times(X509 *cert, const struct lab_issue *issue)
{
    const struct lab_cert_spec *s = issue->spec;
    bool given = s->from_days != 0 || s->to_days != 0;
    int from = given ? s->from_days : issue->ca ? -720 : FROM_DAYS;
    int to = given ? s->to_days : issue->ca ? 3600 : TO_DAYS;
    uint64_t serial = 0;

    RAND_bytes((unsigned char *)&serial, sizeof serial);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(cert), serial >> 1);
    X509_time_adj_ex(X509_getm_notBefore(cert), from, 0, NULL);
    X509_time_adj_ex(X509_getm_notAfter(cert), to, 0, NULL);
}

static bool sign(X509 *cert, const struct lab_issue *issue)
{
    const EVP_MD *digest = issue->spec->sha1 ? EVP_sha1() : EVP_sha256();
    EVP_PKEY *key = issue->issuer_key == NULL ? issue->key : issue->issuer_key;
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    bool ok = EVP_DigestSignInit(context, &how, digest, NULL, key) == 1;

    if (ok && issue->spec->pss)
        ok = EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1;
    ok = ok && X509_sign_ctx(cert, context) > 0;
    EVP_MD_CTX_free(context);
    return ok;
}

X509 *lab_x509_make(const struct lab_issue *issue)
{
    X509 *cert = X509_new();

    if (cert == NULL)
        return NULL;
    X509_set_version(cert, X509_VERSION_3);
    set_names(cert, issue);
    serial_and_times(cert, issue);
    X509_set_pubkey(cert, issue->key);
    if (extensions(cert, issue) && sign(cert, issue))
        return cert;
    X509_free(cert);
    return NULL;
}

X509_CRL *lab_crl_make(X509 *issuer)
{
    X509_CRL *crl = X509_CRL_new();
    ASN1_TIME *from = X509_time_adj_ex(NULL, -1, 0, NULL);
    ASN1_TIME *until = X509_time_adj_ex(NULL, 7, 0, NULL);
    bool ok = crl != NULL && X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
              X509_CRL_set_issuer_name(crl, X509_get_subject_name(issuer)) == 1 &&
              X509_CRL_set1_lastUpdate(crl, from) == 1 && X509_CRL_set1_nextUpdate(crl, until) == 1;

    ASN1_TIME_free(from);
    ASN1_TIME_free(until);
    if (ok)
        return crl;
    X509_CRL_free(crl);
    return NULL;
}

bool lab_crl_add(X509_CRL *crl, X509 *revoked)
{
    X509_REVOKED *entry = X509_REVOKED_new();
    ASN1_TIME *when = X509_time_adj_ex(NULL, -1, 0, NULL);
    ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new();
    bool ok = entry != NULL && ASN1_ENUMERATED_set(reason, CRL_REASON_KEY_COMPROMISE) == 1 &&
              X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(revoked)) == 1 &&
              X509_REVOKED_set_revocationDate(entry, when) == 1 &&
              X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason, 0, 0) == 1 &&
              X509_CRL_add0_revoked(crl, entry) == 1;

    ASN1_TIME_free(when);
    ASN1_ENUMERATED_free(reason);
    if (!ok)
        X509_REVOKED_free(entry);
    return ok;
}

bool lab_crl_sign(X509_CRL *crl, EVP_PKEY *key)
{
    return X509_CRL_sort(crl) == 1 && X509_CRL_sign(crl, key, EVP_sha256()) > 0;
}
