/* test_tls_verify.c - chains against two stores, and the verdicts that are kept */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "peer.h"

Suite *lp_suite_tls_verify(void);

static void ask_again(struct rig *rig)
{
    rig_ask(rig, &rig_hello, "127.0.0.1", 1);
    rig->job.ders.at = lp_arena_array(&rig->arena, 8, sizeof(struct lp_str));
}

static void add_der(struct rig *rig, X509 *cert)
{
    struct lp_str *ders = rig->job.ders.at;
    unsigned char *der = NULL;
    int n = i2d_X509(cert, &der);
    ck_assert_int_gt(n, 0);
    ders[rig->job.ders.n++] = lp_arena_str(&rig->arena, (struct lp_str){ (char *)der, (size_t)n });
    OPENSSL_free(der);
}

/* The leaf of the tests is past its date and has no EKU: both are the judge's. */
START_TEST(verify)
{
    struct rig rig;
    struct peer_tls tls, other;
    peer_tls_init(&tls, 0, 0);
    peer_tls_init(&other, 0, 0);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file),
                                      .public_file = lp_str_of(other.root_file) };
    rig_init(&rig, 0, &options);
    for (int round = 0; round < 3; round++) {
        ask_again(&rig);
        add_der(&rig, tls.leaf);
        lp_tls_verify(rig.tls, &rig.job);
        struct lp_link *link = rig_link(&rig);
        ck_assert(link->private_store.done && link->public_store.done);
        ck_assert_int_eq(link->private_store.code, X509_V_OK);
        ck_assert_int_eq(link->private_store.depth, 0);
        ck_says(link->private_store.text, "ok");
        ck_says(link->private_store.root, "CN=Contoso Root");
        /* The other root has the same name and another key. */
        ck_assert_int_eq(link->public_store.code, X509_V_ERR_CERT_SIGNATURE_FAILURE);
        ck_says(link->public_store.text, "certificate signature failure");
        ck_says(link->public_store.root, "CN=Contoso Root");
        ask_again(&rig);
        add_der(&rig, tls.root);
        lp_tls_verify(rig.tls, &rig.job);
        ck_assert_int_eq(rig_link(&rig)->private_store.code, X509_V_OK);
        ck_says(rig_link(&rig)->public_store.root, "CN=Contoso Root");
        ck_assert_int_eq(rig_link(&rig)->public_store.code, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
    }
    rig_release(&rig);
    peer_tls_release(&tls);
    peer_tls_release(&other);
}
END_TEST

/* More chains than the cache has room for: each verdict is still that of its own chain.
 */
START_TEST(verify_many)
{
    enum { CHAINS = 600 };
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, 0, 0);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    rig_init(&rig, 0, &options);
    for (int i = 0; i < CHAINS; i++) {
        char junk[32];
        snprintf(junk, sizeof junk, "junk %d", i);
        ask_again(&rig);
        add_der(&rig, tls.leaf);
        if (i % 2)
            ((struct lp_str *)rig.job.ders.at)[rig.job.ders.n++] = lp_str_of(junk);
        lp_tls_verify(rig.tls, &rig.job);
        struct lp_verify *verdict = &rig_link(&rig)->private_store;
        ck_assert(verdict->done);
        ck_assert_int_eq(verdict->code, i % 2 ? X509_V_ERR_UNSPECIFIED : X509_V_OK);
        ck_assert_int_eq(verdict->depth, i % 2);
    }
    rig_release(&rig);
    peer_tls_release(&tls);
}
END_TEST

START_TEST(verify_nothing)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    ask_again(&rig);
    lp_tls_verify(rig.tls, &rig.job);
    ck_assert(!rig_link(&rig)->private_store.done && !rig_link(&rig)->public_store.done);
    rig_release(&rig);
}
END_TEST

/* Neither a roots file nor a directory of the environment counts. */
START_TEST(environment)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, 0, 0);
    setenv("SSL_CERT_FILE", tls.root_file, 1);
    setenv("SSL_CERT_DIR", "/tmp", 1);
    rig_init(&rig, 0, NULL);
    ask_again(&rig);
    add_der(&rig, tls.leaf);
    lp_tls_verify(rig.tls, &rig.job);
    ck_assert(rig_link(&rig)->public_store.done);
    ck_assert_int_eq(rig_link(&rig)->public_store.code,
                     X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
    ck_assert_ptr_null(rig_link(&rig)->public_store.root.p);
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
    rig_release(&rig);
    peer_tls_release(&tls);
}
END_TEST

Suite *lp_suite_tls_verify(void)
{
    Suite *suite = suite_create("tls_verify");
    TCase *all = tcase_create("tls_verify");
    tcase_add_unchecked_fixture(all, rig_warm, NULL);
    tcase_add_test(all, verify);
    tcase_add_test(all, verify_many);
    tcase_add_test(all, verify_nothing);
    tcase_add_test(all, environment);
    suite_add_tcase(suite, all);
    return suite;
}
