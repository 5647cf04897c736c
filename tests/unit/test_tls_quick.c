/* test_tls_quick.c - the quick way to a certificate's key tells the same as OpenSSL's own */
#include <check.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <string.h>

#include "certs.h"
#include "lp/cert.h"
#include "lp/evidence.h"
#include "lp/fieldjson.h"
#include "lp/tls_quick.h"

Suite *lp_suite_tls_quick(void);

enum { TEXT_MAX = 65536, STEP = 9 };

static const struct test_cert kinds[] = {
    { .key = "EC" },
    { .key = "P-384" },
    { .key = "P-521" },
    { .key = "RSA" },
    { .key = "RSA", .digest = "SHA1" },
    { .key = "RSA-PSS" },
    { .key = "ED25519" },
    { .key = "EC", .wrong_key = true },
    { .key = "RSA", .wrong_key = true },
};

/* All facts of a certificate, and what its own key says to its signature. */
static void describe(struct lp_str der, struct lp_buf *out)
{
    struct lp_arena arena = { 0 };
    struct lp_certificate facts = { 0 };
    const unsigned char *at = (const unsigned char *)der.p;
    lp_cert_decode(&arena, der, &facts);
    struct lp_jw w = lp_jw_new(out, false);
    lp_jw_begin_object(&w);
    lp_fields_write(&w, lp_shape_certificate.fields, &facts);
    lp_jw_end_object(&w);
    X509 *x = d2i_X509(NULL, &at, (long)der.n);
    EVP_PKEY *key = x ? X509_get0_pubkey(x) : NULL;
    lp_buf_printf(out, " %d", key ? X509_verify(x, key) : -2);
    X509_free(x);
    lp_arena_release(&arena);
}

static void compare(struct lp_str der, const char *kind, size_t bent)
{
    struct lp_buf plain = lp_buf_new(TEXT_MAX), quick = lp_buf_new(TEXT_MAX);
    describe(der, &plain);
    ENGINE *engine = lp_tls_quick_begin();
    describe(der, &quick);
    lp_tls_quick_end(engine);
    ck_assert_msg(lp_str_eq(lp_buf_view(&plain), lp_buf_view(&quick)), "%s, octet %zu:\n%s\n%s",
                  kind, bent, plain.p, quick.p);
    lp_buf_release(&plain);
    lp_buf_release(&quick);
}

START_TEST(same_facts)
{
    struct lp_arena arena = { 0 };
    struct lp_str der = test_cert_der(&arena, &kinds[_i]);
    char *bent = (char *)lp_arena_str(&arena, der).p;
    compare(der, kinds[_i].key, 0);
    for (size_t i = (size_t)_i % STEP; i < der.n; i += STEP) {
        bent[i] = (char)(bent[i] ^ 0x41);
        compare((struct lp_str){ bent, der.n }, kinds[_i].key, i);
        bent[i] = der.p[i];
    }
    lp_arena_release(&arena);
}
END_TEST

/* What it began is over when it has ended: a server in this process may sign. */
START_TEST(leaves_nothing_behind)
{
    unsigned char signature[512];
    size_t n = sizeof signature;
    lp_tls_quick_end(lp_tls_quick_begin());
    EVP_PKEY *key = EVP_RSA_gen(1024);
    EVP_MD_CTX *sign = EVP_MD_CTX_new();
    EVP_PKEY_CTX *context = NULL;
    ck_assert_int_eq(EVP_DigestSignInit(sign, &context, EVP_sha256(), NULL, key), 1);
    ck_assert_int_gt(EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING), 0);
    ck_assert_int_eq(EVP_DigestSign(sign, signature, &n, (const unsigned char *)"a", 1), 1);
    EVP_MD_CTX_free(sign);
    EVP_PKEY_free(key);
}
END_TEST

Suite *lp_suite_tls_quick(void)
{
    Suite *suite = suite_create("tls_quick");
    TCase *tests = tcase_create("keys");
    tcase_add_loop_test(tests, same_facts, 0, LP_COUNT(kinds));
    tcase_add_test(tests, leaves_nothing_behind);
    suite_add_tcase(suite, tests);
    return suite;
}
