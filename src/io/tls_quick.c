/* tls_quick.c - keys of certificates without OpenSSL's long search for a decoder
 *
 * OpenSSL 3.0 and 3.1 look for the decoder of a certificate's key among all that there are, each
 * time anew: 90 of the 100 microseconds that a certificate takes, and a chain has two or three.
 * Where an engine answers for the kind of key they go the way of 1.1.1 (x509_pubkey_decode in
 * crypto/x509/x_pubkey.c); this engine answers with libcrypto's own methods. 3.2 keeps what it has
 * found (openssl pull request 21426).
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* engines */
#include "lp/tls_quick.h"

#include <openssl/engine.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>

#include "lp/base.h"

#if OPENSSL_VERSION_NUMBER < 0x30200000L && !defined(OPENSSL_NO_ENGINE)

/* Called for the list of kinds first, then for each kind. */
static int methods_of(ENGINE *engine, EVP_PKEY_METHOD **method, const int **kinds, int kind)
{
    static const int known[] = { EVP_PKEY_RSA, EVP_PKEY_EC };
    (void)engine;
    if (!method) {
        *kinds = known;
        return (int)LP_COUNT(known);
    }
    /* Never changed by an engine, nor freed with it: it is static in libcrypto. */
    *method = (EVP_PKEY_METHOD *)EVP_PKEY_meth_find(kind);
    return *method != NULL;
}

ENGINE *lp_tls_quick_begin(void)
{
    ENGINE *engine = ENGINE_new();
    if (engine && ENGINE_set_id(engine, "lyncprobe") == 1 &&
        ENGINE_set_pkey_meths(engine, methods_of) == 1 &&
        ENGINE_set_default_pkey_meths(engine) == 1)
        return engine;
    lp_tls_quick_end(engine);
    return NULL;
}

void lp_tls_quick_end(ENGINE *engine)
{
    if (engine)
        ENGINE_unregister_pkey_meths(engine);
    ENGINE_free(engine);
}

#else

ENGINE *lp_tls_quick_begin(void)
{
    return NULL;
}

void lp_tls_quick_end(ENGINE *engine)
{
    (void)engine;
}

#endif
