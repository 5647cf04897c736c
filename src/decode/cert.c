/* cert.c - one certificate to facts: names, validity, key, signature. */
#include "lp/cert.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include "lp/cert_parts.h"
#include "lp/text.h"

/* ---- helpers ----------------------------------------------------------------------- */

struct lp_str lp_asn1_bytes(const ASN1_STRING *s)
{
    if (s == NULL)
        return LP_STR_NONE;
    return (struct lp_str){ (const char *)ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s) };
}

void lp_cert_add(struct lp_cert_reader *r, struct lp_list *list, struct lp_str text, size_t most)
{
    if (list->at == NULL)
        list->at = lp_arena_array(r->arena, most, sizeof(text));
    if (list->n < most)
        ((struct lp_str *)list->at)[list->n++] = text;
}

void lp_cert_bad(struct lp_cert_reader *r, const char *what)
{
    if (r->out->bad_encoding.p == NULL)
        r->out->bad_encoding = lp_str_of(what);
}

static struct lp_str hex_of(struct lp_arena *arena, struct lp_str bytes)
{
    struct lp_buf hex = lp_buf_new(2 * bytes.n + 1);

    lp_put_hex(&hex, bytes);
    struct lp_str copy = lp_arena_str(arena, lp_buf_view(&hex));
    lp_buf_release(&hex);
    return copy;
}

/* ---- names ------------------------------------------------------------------------- */

/* RFC 2253 order (CN first) and escapes, but UTF-8 as it is and blanks after the
   commas. */
static const unsigned long name_flags =
    (ASN1_STRFLGS_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) | XN_FLAG_SEP_CPLUS_SPC |
    XN_FLAG_DN_REV | XN_FLAG_FN_SN | XN_FLAG_DUMP_UNKNOWN_FIELDS;

static struct lp_str name_of(struct lp_cert_reader *r, const X509_NAME *name)
{
    BIO *memory = BIO_new(BIO_s_mem());
    char *p = NULL;

    if (memory == NULL || X509_NAME_print_ex(memory, name, 0, name_flags) < 0) {
        BIO_free(memory);
        lp_cert_bad(r, "unreadable name");
        return LP_STR("");
    }
    long n = BIO_get_mem_data(memory, &p);
    struct lp_str text = { n > 0 ? p : "", n > 0 ? (size_t)n : 0 };
    struct lp_str clean = lp_clean_text(r->arena, text, NULL);
    BIO_free(memory);
    return clean;
}

static const ASN1_STRING *last_common_name(X509 *x)
{
    const X509_NAME *subject = X509_get_subject_name(x);
    int at = -1;

    for (int i = -1; (i = X509_NAME_get_index_by_NID(subject, NID_commonName, i)) >= 0;)
        at = i;
    return at < 0 ? NULL : X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at));
}

/* A name cut short at a NUL by a careless client is another name (the attack of 2009). */
static void note_controls(struct lp_cert_reader *r, struct lp_str text)
{
    if (lp_str_find(text, '\0') < text.n)
        lp_cert_bad(r, "NUL in common name");
    else if (!lp_is_clean_text(text))
        lp_cert_bad(r, "control character in common name");
}

static void read_common_name(struct lp_cert_reader *r)
{
    const ASN1_STRING *cn = last_common_name(r->x);
    unsigned char *utf8 = NULL;

    if (cn == NULL)
        return;
    int n = ASN1_STRING_to_UTF8(&utf8, cn);
    if (n < 0) {
        lp_cert_bad(r, "unreadable common name");
        r->out->common_name = lp_clean_text(r->arena, lp_asn1_bytes(cn), NULL);
        return;
    }
    struct lp_str text = { (const char *)utf8, (size_t)n };
    note_controls(r, text);
    r->out->common_name = lp_clean_text(r->arena, text, NULL);
    OPENSSL_free(utf8);
}

struct lp_str lp_cert_serial(struct lp_arena *arena, const ASN1_INTEGER *serial)
{
    struct lp_str hex = hex_of(arena, lp_asn1_bytes(serial));
    struct lp_str parts[] = { LP_STR("-"), hex };

    return ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER
               ? lp_arena_join(arena, parts, LP_COUNT(parts))
               : hex;
}

static void read_names(struct lp_cert_reader *r)
{
    r->out->subject = name_of(r, X509_get_subject_name(r->x));
    r->out->issuer = name_of(r, X509_get_issuer_name(r->x));
    r->out->serial = lp_cert_serial(r->arena, X509_get0_serialNumber(r->x));
    read_common_name(r);
}

/* ---- validity ---------------------------------------------------------------------- */

/* Seconds by our own arithmetic: years to 9999 whatever time_t is. */
lp_utc lp_asn1_utc(const ASN1_TIME *time)
{
    struct tm tm = { 0 };

    if (time == NULL || ASN1_TIME_to_tm(time, &tm) != 1)
        return LP_UTC_NONE;
    int second = tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
    return lp_utc_from(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, second);
}

/* ---- key and signature ------------------------------------------------------------- */

/* An algorithm by its long name ("sha256WithRSAEncryption"), dotted when OpenSSL has
   none. */
static struct lp_str algorithm_name(struct lp_arena *arena, const X509_ALGOR *algorithm)
{
    const ASN1_OBJECT *object = NULL;
    char dotted[128] = "";

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    int nid = OBJ_obj2nid(object);
    if (nid != NID_undef)
        return lp_str_of(OBJ_nid2ln(nid));
    OBJ_obj2txt(dotted, sizeof(dotted), object, 1);
    return lp_arena_str(arena, lp_str_of(dotted));
}

struct key_word {
    int id;
    const char *word;
};

static const struct key_word key_words[] = {
    { EVP_PKEY_RSA, "RSA" },         { EVP_PKEY_RSA_PSS, "RSA-PSS" }, { EVP_PKEY_EC, "EC" },
    { EVP_PKEY_ED25519, "Ed25519" }, { EVP_PKEY_ED448, "Ed448" },     { EVP_PKEY_DSA, "DSA" },
};

static void read_key(struct lp_cert_reader *r)
{
    EVP_PKEY *key = X509_get0_pubkey(r->x);
    X509_ALGOR *algorithm = NULL;
    char group[64] = "";
    size_t length = 0;

    X509_PUBKEY_get0_param(NULL, NULL, NULL, &algorithm, X509_get_X509_PUBKEY(r->x));
    r->out->key_type = algorithm_name(r->arena, algorithm);
    if (key == NULL)
        return;
    for (size_t i = 0; i < LP_COUNT(key_words); i++)
        if (EVP_PKEY_get_base_id(key) == key_words[i].id)
            r->out->key_type = lp_str_of(key_words[i].word);
    r->out->key_bits = EVP_PKEY_get_bits(key);
    if (EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
        EVP_PKEY_get_group_name(key, group, sizeof(group), &length) == 1)
        r->out->curve = lp_arena_str(r->arena, lp_str_of(group));
}

static void read_signature(struct lp_cert_reader *r)
{
    const X509_ALGOR *algorithm = NULL;
    int digest = NID_undef;

    X509_get0_signature(NULL, &algorithm, r->x);
    r->out->signature = algorithm_name(r->arena, algorithm);
    if (X509_get_signature_info(r->x, &digest, NULL, NULL, NULL) == 1 && digest != NID_undef)
        r->out->digest = lp_str_of(OBJ_nid2sn(digest));
}

static void read_issuer_kind(struct lp_cert_reader *r)
{
    EVP_PKEY *key = X509_get0_pubkey(r->x);
    int ca = X509_check_ca(r->x);

    /* 1: basicConstraints says so; 3: self-signed of version 1, as old roots are. */
    r->out->is_ca = ca == 1 || ca == 3;
    r->out->self_issued =
        X509_NAME_cmp(X509_get_subject_name(r->x), X509_get_issuer_name(r->x)) == 0;
    r->out->self_signed = r->out->self_issued && key != NULL && X509_verify(r->x, key) == 1;
}

/* ---- the whole --------------------------------------------------------------------- */

/* NULL: no certificate, or more than one. */
static X509 *parse(struct lp_str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    const unsigned char *end = p + der.n;
    X509 *x = der.n == 0 || der.n > INT32_MAX ? NULL : d2i_X509(NULL, &p, (long)der.n);

    if (x != NULL && p == end)
        return x;
    X509_free(x);
    return NULL;
}

static struct lp_str sha256_of(struct lp_arena *arena, struct lp_str der)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned n = 0;

    if (EVP_Digest(der.p, der.n, digest, &n, EVP_sha256(), NULL) != 1)
        n = 0;
    return hex_of(arena, (struct lp_str){ (const char *)digest, n });
}

void lp_cert_decode(struct lp_arena *arena, struct lp_str der, struct lp_certificate *out)
{
    struct lp_cert_reader r = { .arena = arena, .x = parse(der), .out = out };

    *out = (struct lp_certificate){ .not_before = LP_UTC_NONE, .not_after = LP_UTC_NONE };
    out->sha256 = sha256_of(arena, der);
    out->der = lp_arena_str(arena, der);
    if (r.x != NULL) {
        out->readable = true;
        read_names(&r);
        out->not_before = lp_asn1_utc(X509_get0_notBefore(r.x));
        out->not_after = lp_asn1_utc(X509_get0_notAfter(r.x));
        read_key(&r);
        read_signature(&r);
        read_issuer_kind(&r);
        lp_cert_read_extensions(&r);
    }
    X509_free(r.x);
    /* What went wrong here is in the facts; left in the queue it would be taken for the
       next handshake's. */
    ERR_clear_error();
}
