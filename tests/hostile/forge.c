/* forge.c - certificates that a row asks for, and the server's TLS context around them */
#include "hostile.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 96, DEEPEST = 128 };

/* Our authority, made at start. */
static EVP_PKEY *root_key;
static X509 *root;

struct issuer {
    X509 *cert;
    EVP_PKEY *key;
};

static const struct hp_forge healthy;

/* ---- one certificate ---- */

static void extension(X509 *cert, int nid, const char *value)
{
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    X509_add_ext(cert, e, -1);
    X509_EXTENSION_free(e);
}

static void add_name(GENERAL_NAMES *names, struct bytes name)
{
    GENERAL_NAME *general = GENERAL_NAME_new();
    ASN1_IA5STRING *text = ASN1_IA5STRING_new();

    ASN1_STRING_set(text, name.p, (int)name.n);
    GENERAL_NAME_set0_value(general, GEN_DNS, text);
    sk_GENERAL_NAME_push(names, general);
}

static void alternative_names(X509 *cert, const struct hp_forge *f)
{
    static const struct bytes usual[] = { TEXT("sip." HP_DOMAIN), TEXT("lyncdiscover." HP_DOMAIN) };
    GENERAL_NAMES *names = sk_GENERAL_NAME_new_null();
    char name[NAME];

    add_name(names, usual[0]);
    add_name(names, usual[1]);
    for (int i = 0; i < f->names; i++) {
        int n = snprintf(name, sizeof name, "e%d.many." HP_DOMAIN, i);

        add_name(names, (struct bytes){ name, (size_t)n });
    }
    if (f->san.n > 0)
        add_name(names, f->san);
    X509_add1_ext_i2d(cert, NID_subject_alt_name, names, 0, X509V3_ADD_APPEND);
    GENERAL_NAMES_free(names);
}

/* An extension that nobody knows, as long as wanted. */
static void stuff(X509 *cert, int kib)
{
    ASN1_OBJECT *kind = OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1);
    ASN1_OCTET_STRING *value = ASN1_OCTET_STRING_new();
    size_t n = (size_t)kib * 1024;
    unsigned char *bytes = calloc(1, n);
    X509_EXTENSION *e;

    ASN1_OCTET_STRING_set(value, bytes, (int)n);
    e = X509_EXTENSION_create_by_OBJ(NULL, kind, 0, value);
    X509_add_ext(cert, e, -1);
    X509_EXTENSION_free(e);
    ASN1_OCTET_STRING_free(value);
    ASN1_OBJECT_free(kind);
    free(bytes);
}

static void times(X509 *cert, const struct hp_forge *f)
{
    X509_gmtime_adj(X509_getm_notBefore(cert), -86400L * 30);
    X509_gmtime_adj(X509_getm_notAfter(cert), 86400L * 300);
    if (f->from != NULL)
        ASN1_TIME_set_string_X509(X509_getm_notBefore(cert), f->from);
    if (f->to != NULL)
        ASN1_TIME_set_string_X509(X509_getm_notAfter(cert), f->to);
}

static void subject(X509 *cert, const struct hp_forge *f)
{
    static const struct bytes usual = TEXT("sip." HP_DOMAIN);
    const struct bytes *cn = f->cn.n > 0 ? &f->cn : &usual;

    X509_NAME_add_entry_by_NID(X509_get_subject_name(cert), NID_commonName, V_ASN1_UTF8STRING,
                               (const unsigned char *)cn->p, (int)cn->n, -1, 0);
}

static X509 *begin(const struct hp_forge *f, EVP_PKEY *key)
{
    X509 *cert = X509_new();
    long serial = 0;

    X509_set_version(cert, X509_VERSION_3);
    RAND_bytes((unsigned char *)&serial, 4);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), serial);
    subject(cert, f);
    times(cert, f);
    X509_set_pubkey(cert, key);
    return cert;
}

static X509 *sign(X509 *cert, const struct issuer *by)
{
    X509_set_issuer_name(cert, X509_get_subject_name(by->cert));
    X509_sign(cert, by->key, EVP_sha256());
    return cert;
}

static X509 *leaf(const struct hp_forge *f, EVP_PKEY *key, const struct issuer *by)
{
    X509 *cert = begin(f, key);

    extension(cert, NID_basic_constraints, "critical,CA:FALSE");
    extension(cert, NID_ext_key_usage, "serverAuth");
    extension(cert, NID_crl_distribution_points, "URI:http://pki." HP_DOMAIN "/h.crl");
    alternative_names(cert, f);
    if (f->stuffing > 0)
        stuff(cert, f->stuffing);
    return sign(cert, by);
}

static X509 *authority(const char *name, EVP_PKEY *key, const struct issuer *by)
{
    struct hp_forge f = { .cn = { name, strlen(name) } };
    X509 *cert = begin(&f, key);

    extension(cert, NID_basic_constraints, "critical,CA:TRUE");
    extension(cert, NID_key_usage, "critical,keyCertSign,cRLSign");
    return sign(cert, by->cert != NULL ? by : &(struct issuer){ cert, key });
}

/* ---- the context ---- */

bool hp_forge_start(const char *roots)
{
    FILE *out = fopen(roots, "ae");
    bool ok;

    root_key = EVP_EC_gen("P-256");
    root = authority("Hostile Root", root_key, &(struct issuer){ 0 });
    if (out == NULL)
        return false;
    ok = PEM_write_X509(out, root) == 1;
    return fclose(out) == 0 && ok;
}

/* Authorities below each other; the last one signs the leaf. `made`: from the first on. */
static struct issuer lengthen(const struct hp_forge *f, X509 *made[DEEPEST])
{
    struct issuer by = { root, root_key };
    char name[NAME];

    for (int i = 0; i < f->chain && i < DEEPEST; i++) {
        EVP_PKEY *key = NULL;

        if (f->ca_key == NULL || f->ca_key(&key) != 1)
            key = EVP_EC_gen("P-256");
        snprintf(name, sizeof name, "Hostile Authority %d", i);
        made[i] = authority(name, key, &by);
        by = (struct issuer){ made[i], key };
    }
    return by;
}

static void settings(SSL_CTX *tls, const struct hp_forge *f)
{
    SSL_CTX_set_min_proto_version(tls, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(tls, f->version == 0 ? TLS1_3_VERSION : f->version);
    SSL_CTX_set_security_level(tls, 0);
    SSL_CTX_set_cipher_list(tls, "DEFAULT:@SECLEVEL=0");
    SSL_CTX_set_num_tickets(tls, 0);
    SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);
}

static bool identity(SSL_CTX *tls, const struct hp_forge *f)
{
    X509 *made[DEEPEST] = { NULL };
    struct issuer by = lengthen(f, made);
    EVP_PKEY *key = NULL;

    if (f->key == NULL)
        key = EVP_EC_gen("P-256");
    else if (f->key(&key) != 1)
        return false;
    if (SSL_CTX_use_certificate(tls, leaf(f, key, &by)) != 1 ||
        SSL_CTX_use_PrivateKey(tls, key) != 1)
        return false;
    for (int i = DEEPEST - 1; i >= 0; i--)
        if (made[i] != NULL && SSL_CTX_add1_chain_cert(tls, made[i]) != 1)
            return false;
    return true;
}

static SSL_CTX *make(const struct hp_row *row)
{
    const struct hp_forge *f = row->forge != NULL ? row->forge : &healthy;
    SSL_CTX *tls = SSL_CTX_new(TLS_server_method());

    settings(tls, f);
    if (f->dh != NULL) {
        SSL_CTX_set_cipher_list(tls, "DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0");
        SSL_CTX_set0_tmp_dh_pkey(tls, f->dh());
    }
    if (identity(tls, f))
        return tls;
    SSL_CTX_free(tls);
    return NULL;
}

/* Made once, before there are processes that share it. */
SSL_CTX *hp_context(const struct hp_row *row)
{
    static SSL_CTX *made;

    if (made == NULL || (row->forge != NULL && row->forge->fresh))
        made = make(row);
    return made;
}
