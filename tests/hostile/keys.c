/* keys.c - public keys that cost their reader time */
#include "hostile.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

enum { PRIME_BITS = 1536, EXPONENT_BITS = 3070 };

struct numbers {
    BIGNUM *n, *e, *d, *phi;
    BN_CTX *work;
};

static struct numbers begin(void)
{
    struct numbers k = { BN_new(), BN_new(), BN_new(), BN_new(), BN_CTX_new() };

    BN_one(k.n);
    BN_one(k.phi);
    return k;
}

static void add_prime(struct numbers *k, BIGNUM *p)
{
    BN_mul(k->n, k->n, p, k->work);
    BN_sub_word(p, 1);
    BN_mul(k->phi, k->phi, p, k->work);
    BN_free(p);
}

static int make_key(struct numbers *k, EVP_PKEY **out)
{
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM *parameters;
    int ok;

    BN_mod_inverse(k->d, k->e, k->phi, k->work);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, k->n);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, k->e);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_D, k->d);
    parameters = OSSL_PARAM_BLD_to_param(build);
    ok = EVP_PKEY_fromdata_init(context) == 1 &&
         EVP_PKEY_fromdata(context, out, EVP_PKEY_KEYPAIR, parameters) == 1;
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    return ok;
}

/* To find primes of that size takes minutes; Mersenne found these: 2^k - 1. */
int hp_key_mersenne(EVP_PKEY **out)
{
    static const int exponents[] = { 11213, 4423, 607, 127 };
    struct numbers k = begin();

    for (size_t i = 0; i < sizeof exponents / sizeof exponents[0]; i++) {
        BIGNUM *p = BN_new();

        BN_set_bit(p, exponents[i]);
        BN_sub_word(p, 1);
        add_prime(&k, p);
    }
    BN_set_word(k.e, RSA_F4);
    return make_key(&k, out);
}

/* OpenSSL refuses long exponents only of moduli over 3072 bits. */
int hp_key_exponent(EVP_PKEY **out)
{
    struct numbers k = begin();
    BIGNUM *common = BN_new();

    for (int i = 0; i < 2; i++) {
        BIGNUM *p = BN_new();

        BN_generate_prime_ex(p, PRIME_BITS, 0, NULL, NULL, NULL);
        add_prime(&k, p);
    }
    do {
        BN_rand(k.e, EXPONENT_BITS, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD);
        BN_gcd(common, k.e, k.phi, k.work);
    } while (!BN_is_one(common));
    BN_free(common);
    return make_key(&k, out);
}

int hp_key_rsa(EVP_PKEY **out)
{
    *out = EVP_RSA_gen(2048);
    return *out != NULL;
}

/* OpenSSL takes up to 10,000 bits; 3 generates enough. */
EVP_PKEY *hp_dh_mersenne(void)
{
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DH", NULL);
    BIGNUM *p = BN_new(), *g = BN_new();
    EVP_PKEY *key = NULL;

    BN_set_bit(p, 9941);
    BN_sub_word(p, 1);
    BN_set_word(g, 3);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_FFC_P, p);
    OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_FFC_G, g);
    EVP_PKEY_fromdata_init(context);
    EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEY_PARAMETERS, OSSL_PARAM_BLD_to_param(build));
    EVP_PKEY_CTX_free(context);
    return key;
}

int hp_key_explicit(EVP_PKEY **out)
{
    *out = EVP_EC_gen("P-256");
    return *out == NULL ? 0
                        : EVP_PKEY_set_utf8_string_param(*out, OSSL_PKEY_PARAM_EC_ENCODING,
                                                         OSSL_PKEY_EC_ENCODING_EXPLICIT);
}
