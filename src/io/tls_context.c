/* tls_context.c - the SSL_CTX that observes, the stores, and what of a connection goes
 * into its link. */
#include "lp/tls.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "lp/alloc.h"
#include "lp/text.h"
#include "lp/tls_quick.h"
#include "lp/tls_staple.h"
#include "lp/tls_verify.h"
#include "lp/tls_watch.h"

struct lp_tls {
    SSL_CTX *context;
    struct lp_tls_verifier verifier;
    struct lp_tls_answer *answers; /* LP_TLS_ANSWERS of them */
    bool has_certificate;          /* --cert */
    ENGINE *quick;                 /* NULL: not used */
};

/* The chain is looked at after the handshake: a rejected certificate must still be
   reported, and a chain that costs time must not stop the handshake. */
static int accept_any(X509_STORE_CTX *check, void *unused)
{
    (void)unused;
    X509_STORE_CTX_set_error(check, X509_V_OK);
    return 1;
}

/* An encrypted key would be asked for on the terminal. */
static int no_password(char *out, int size, int writing, void *unused)
{
    (void)out;
    (void)size;
    (void)writing;
    (void)unused;
    return -1;
}

/* What a server that an old Windows client can talk to needs. TLSEXT_PADDING: some load
   balancers hang on a ClientHello of 256 to 511 bytes. The keylog callback: libcurl sets
   one when SSLKEYLOGFILE is in the environment. */
static bool configure(SSL_CTX *context)
{
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_options(context, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_TLSEXT_PADDING |
                                     SSL_OP_NO_COMPRESSION);
    SSL_CTX_clear_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_TLSv1 |
                                       SSL_OP_NO_TLSv1_1 | SSL_OP_NO_TLSv1_2 | SSL_OP_NO_TLSv1_3);
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_sess_set_new_cb(context, NULL);
    SSL_CTX_set_keylog_callback(context, NULL);
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_cert_verify_callback(context, accept_any, NULL);
    /* Staples are read from the messages (tls_watch.c): without a callback OpenSSL does not look.
     */
    SSL_CTX_set_tlsext_status_cb(context, NULL);
    return SSL_CTX_set_tlsext_status_type(context, TLSEXT_STATUSTYPE_ocsp) == 1 &&
           SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(context, 0) == 1 &&
           SSL_CTX_set_cipher_list(context, "ALL:!aNULL:!eNULL:@SECLEVEL=0") == 1 &&
           SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384:P-521:X448") == 1;
}

static const char *reason_of(unsigned long code)
{
    const char *reason = ERR_reason_error_string(code);
    return reason ? reason : "cannot be read";
}

static bool load_certificate(struct lp_tls *tls, const struct lp_tls_options *options,
                             struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    struct lp_str key_file = options->key_file.p ? options->key_file : options->cert_file;
    const char *cert = lp_arena_str(&arena, options->cert_file).p;
    const char *key = lp_arena_str(&arena, key_file).p;
    ERR_clear_error();
    SSL_CTX_set_default_passwd_cb(tls->context, no_password);
    tls->has_certificate = true;
    if (SSL_CTX_use_certificate_chain_file(tls->context, cert) != 1) {
        tls->has_certificate =
            lp_fail(error, "%s: no usable certificate: %s", lp_term(&arena, options->cert_file),
                    reason_of(ERR_peek_error()));
    } else if (SSL_CTX_use_PrivateKey_file(tls->context, key, SSL_FILETYPE_PEM) != 1) {
        tls->has_certificate = lp_fail(error, "%s: no usable key: %s", lp_term(&arena, key_file),
                                       reason_of(ERR_peek_error()));
    }
    ERR_clear_error();
    lp_arena_release(&arena);
    return tls->has_certificate;
}

static bool load_private(struct lp_tls *tls, const struct lp_tls_options *options,
                         struct lp_error *error)
{
    struct lp_tls_store *store = &tls->verifier.stores[LP_TLS_PRIVATE];
    const struct lp_str *more = options->private_more.at;
    bool ok = !options->private_file.p || lp_tls_store_file(store, options->private_file, error);
    for (size_t i = 0; i < options->private_more.n && ok; i++)
        ok = lp_tls_store_file(store, more[i], error);
    return ok;
}

static bool load(struct lp_tls *tls, const struct lp_tls_options *options, struct lp_error *error)
{
    struct lp_tls_store *stores = tls->verifier.stores;
    if (!load_private(tls, options, error))
        return false;
    if (options->public_file.p) {
        if (!lp_tls_store_file(&stores[LP_TLS_PUBLIC], options->public_file, error))
            return false;
    } else if (!lp_tls_store_system(&stores[LP_TLS_PUBLIC], error)) {
        return false;
    }
    return !options->cert_file.p || load_certificate(tls, options, error);
}

bool lp_tls_new(struct lp_tls **out, const struct lp_tls_options *options, struct lp_error *error)
{
    *out = NULL;
    /* Without its default library context OpenSSL 3.0 reads through NULL
     * (reliability.md 4.3). */
    if (OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL) != 1 ||
        !OSSL_LIB_CTX_get0_global_default())
        return lp_fail(error, "OpenSSL cannot be started");
    struct lp_tls *tls = lp_calloc(1, sizeof *tls);
    tls->answers = lp_calloc(LP_TLS_ANSWERS, sizeof *tls->answers);
    tls->verifier.known = lp_calloc(LP_TLS_VERDICTS, sizeof *tls->verifier.known);
    if (!options->cert_file.p)
        tls->quick = lp_tls_quick_begin();
    tls->context = SSL_CTX_new(TLS_client_method());
    if (!tls->context || !configure(tls->context)) {
        lp_tls_free(tls);
        return lp_fail(error, "OpenSSL cannot be set up: %s", reason_of(ERR_peek_error()));
    }
    if (!load(tls, options, error)) {
        lp_tls_free(tls);
        return false;
    }
    *out = tls;
    return true;
}

void lp_tls_free(struct lp_tls *tls)
{
    if (!tls)
        return;
    SSL_CTX_free(tls->context);
    lp_tls_verifier_release(&tls->verifier);
    lp_tls_answers_free(tls->answers);
    lp_tls_quick_end(tls->quick);
    lp_free(tls);
}

struct lp_str lp_tls_digest(const struct lp_tls *tls, bool private_store, struct lp_arena *arena)
{
    const char *digest =
        tls->verifier.stores[private_store ? LP_TLS_PRIVATE : LP_TLS_PUBLIC].digest;
    return digest[0] ? lp_arena_str(arena, lp_str_of(digest)) : LP_STR_NONE;
}

SSL_CTX *lp_tls_context(struct lp_tls *tls)
{
    return tls->context;
}

bool lp_tls_adopt(struct lp_tls *tls, SSL_CTX *context, struct lp_tls_watch *watch)
{
    STACK_OF(X509) *chain = NULL;
    if (!configure(context))
        return false;
    SSL_CTX_set_msg_callback(context, lp_tls_watch_message);
    SSL_CTX_set_msg_callback_arg(context, watch);
    if (!tls->has_certificate)
        return true;
    SSL_CTX_get0_chain_certs(tls->context, &chain);
    return SSL_CTX_use_cert_and_key(context, SSL_CTX_get0_certificate(tls->context),
                                    SSL_CTX_get0_privatekey(tls->context), chain, 1) == 1;
}

void lp_tls_observe(struct lp_tls *tls, const struct lp_tls_watch *watch, SSL *ssl)
{
    watch->core->working(watch->core->owner, watch->job);
    lp_tls_watch_facts(watch);
    lp_tls_verify_chain(&tls->verifier, watch->job, ssl ? SSL_get_peer_cert_chain(ssl) : NULL);
    lp_tls_read_staples(tls->answers, watch->job);
}

void lp_tls_verify(struct lp_tls *tls, struct lp_job *job)
{
    lp_tls_verify_chain(&tls->verifier, job, NULL);
}
