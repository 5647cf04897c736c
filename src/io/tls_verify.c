/* tls_verify.c - a chain against each store, after the handshake; verdicts are kept by
 * chain digest. */
#include "lp/tls_verify.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/sha.h>
#include <openssl/x509_vfy.h>

#include "lp/alloc.h"
#include "lp/text.h"

/* Subject as lp_cert_decode writes it ("CN=..., O=..."), so that the two compare. lp_malloc. */
static char *subject_text(X509 *cert)
{
    struct lp_arena arena = { 0 };
    char *bytes = NULL;
    BIO *out = BIO_new(BIO_s_mem());
    X509_NAME_print_ex(out, X509_get_subject_name(cert), 0,
                       (ASN1_STRFLGS_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) |
                           XN_FLAG_SEP_CPLUS_SPC | XN_FLAG_DN_REV | XN_FLAG_FN_SN |
                           XN_FLAG_DUMP_UNKNOWN_FIELDS);
    long n = BIO_get_mem_data(out, &bytes);
    struct lp_str raw = { bytes, n > 0 ? (size_t)n : 0 };
    char *text = lp_strdup(raw.n ? lp_clean_text(&arena, raw, NULL).p : "");
    BIO_free(out);
    lp_arena_release(&arena);
    return text;
}

/* The chain's last certificate, when it is one that nobody else issued. */
static X509 *root_of(X509_STORE_CTX *check)
{
    STACK_OF(X509) *built = X509_STORE_CTX_get0_chain(check);
    int n = built ? sk_X509_num(built) : 0;
    X509 *last = n > 0 ? sk_X509_value(built, n - 1) : NULL;
    if (!last || X509_NAME_cmp(X509_get_subject_name(last), X509_get_issuer_name(last)) != 0)
        return NULL;
    return last;
}

static void keep_root(struct lp_tls_verdict *verdict, X509 *root)
{
    unsigned char *der = NULL;
    int n = root ? i2d_X509(root, &der) : 0;
    if (root)
        verdict->root = subject_text(root);
    if (n > 0) {
        verdict->root_der = lp_malloc((size_t)n);
        verdict->root_size = (size_t)n;
        memcpy(verdict->root_der, der, (size_t)n);
    }
    OPENSSL_free(der);
}

/* Dates and purposes are the judge's; keys of any size are looked at. */
static struct lp_tls_verdict verify_one(X509_STORE *roots, STACK_OF(X509) * chain)
{
    struct lp_tls_verdict verdict = { .code = X509_V_ERR_UNSPECIFIED };
    X509_STORE_CTX *check = X509_STORE_CTX_new();
    ERR_clear_error();
    if (X509_STORE_CTX_init(check, roots, sk_X509_value(chain, 0), chain) == 1) {
        X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(check);
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
        X509_VERIFY_PARAM_set_auth_level(param, 0);
        int verified = X509_verify_cert(check);
        verdict.code = X509_STORE_CTX_get_error(check);
        if (verified != 1 && verdict.code == X509_V_OK)
            verdict.code = X509_V_ERR_UNSPECIFIED;
        verdict.depth = verified == 1 ? 0 : X509_STORE_CTX_get_error_depth(check);
        keep_root(&verdict, root_of(check));
    }
    X509_STORE_CTX_free(check);
    ERR_clear_error();
    return verdict;
}

/* NULL: a certificate cannot be read; *bad is its place. */
static STACK_OF(X509) * decode_chain(const struct lp_list *ders, int *bad)
{
    const struct lp_str *der = ders->at;
    STACK_OF(X509) *chain = sk_X509_new_null();
    for (size_t i = 0; i < ders->n; i++) {
        const unsigned char *p = (const unsigned char *)der[i].p;
        X509 *cert = d2i_X509(NULL, &p, (long)der[i].n);
        if (!cert || !sk_X509_push(chain, cert)) {
            X509_free(cert);
            sk_X509_pop_free(chain, X509_free);
            *bad = (int)i;
            return NULL;
        }
    }
    return chain;
}

static void verify_all(struct lp_tls_verifier *verifier, struct lp_tls_known *known,
                       STACK_OF(X509) * chain)
{
    for (size_t i = 0; i < LP_TLS_STORES; i++) {
        struct lp_tls_store *store = &verifier->stores[i];
        if (!store->roots)
            continue;
        lp_tls_store_lend(store);
        known->verdict[i] = verify_one(store->roots, chain);
        lp_tls_store_regain(store);
    }
}

static void forget(struct lp_tls_known *known)
{
    for (size_t i = 0; i < LP_TLS_STORES; i++) {
        lp_free(known->verdict[i].root);
        lp_free(known->verdict[i].root_der);
    }
    *known = (struct lp_tls_known){ 0 };
}

static void learn(struct lp_tls_verifier *verifier, struct lp_tls_known *known,
                  const struct lp_list *ders)
{
    int bad = 0;
    STACK_OF(X509) *chain = decode_chain(ders, &bad);
    if (chain)
        verify_all(verifier, known, chain);
    for (size_t i = 0; !chain && i < LP_TLS_STORES; i++)
        known->verdict[i] = (struct lp_tls_verdict){ .code = X509_V_ERR_UNSPECIFIED, .depth = bad };
    sk_X509_pop_free(chain, X509_free);
    ERR_clear_error();
}

void lp_tls_key(const struct lp_list *ders, uint8_t key[LP_TLS_KEY])
{
    uint8_t sums[2 * SHA256_DIGEST_LENGTH] = { 0 };
    const struct lp_str *der = ders->at;
    for (size_t i = 0; i < ders->n; i++) {
        SHA256((const unsigned char *)der[i].p, der[i].n, sums + SHA256_DIGEST_LENGTH);
        SHA256(sums, sizeof sums, key);
        memcpy(sums, key, SHA256_DIGEST_LENGTH);
    }
}

static void fill(struct lp_verify *out, const struct lp_tls_verdict *verdict,
                 struct lp_arena *arena)
{
    out->done = true;
    out->code = verdict->code;
    out->depth = verdict->depth;
    out->text = lp_str_of(X509_verify_cert_error_string(verdict->code));
    out->root = lp_arena_str(arena, lp_str_of(verdict->root));
}

/* A root that only the store has is an issuer that others look for. */
static void hand_root(struct lp_job *job, const struct lp_tls_verdict *verdict)
{
    struct lp_str der = { verdict->root_der, verdict->root_size };
    if (verdict->code != X509_V_OK || !der.p || lp_list_has_str(&job->ders, der) ||
        lp_list_has_str(&job->roots, der))
        return;
    der = lp_arena_str(job->arena, der);
    lp_list_push(job->arena, &job->roots, &der, sizeof der);
}

void lp_tls_verify_chain(struct lp_tls_verifier *verifier, struct lp_job *job,
                         STACK_OF(X509) * chain)
{
    struct lp_link *link = job->evidence->facts;
    struct lp_verify *out[LP_TLS_STORES] = { &link->private_store, &link->public_store };
    uint8_t key[LP_TLS_KEY] = { 0 };
    if (job->ders.n == 0)
        return;
    lp_tls_key(&job->ders, key);
    struct lp_tls_known *known = &verifier->known[key[0] % LP_TLS_VERDICTS];
    if (!known->used || memcmp(known->key, key, sizeof key) != 0) {
        forget(known);
        if (chain && (size_t)sk_X509_num(chain) == job->ders.n)
            verify_all(verifier, known, chain);
        else
            learn(verifier, known, &job->ders);
        known->used = true;
        memcpy(known->key, key, sizeof key);
    }
    for (size_t i = 0; i < LP_TLS_STORES; i++) {
        if (!verifier->stores[i].roots)
            continue;
        fill(out[i], &known->verdict[i], job->arena);
        hand_root(job, &known->verdict[i]);
    }
}

void lp_tls_verifier_release(struct lp_tls_verifier *verifier)
{
    for (size_t i = 0; verifier->known && i < LP_TLS_VERDICTS; i++)
        forget(&verifier->known[i]);
    lp_free(verifier->known);
    for (size_t i = 0; i < LP_TLS_STORES; i++)
        lp_tls_store_release(&verifier->stores[i]);
}
