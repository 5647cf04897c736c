/* test_tls_store.c - files of roots, digests, client certificates */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "lp/tls_store.h"
#include "peer.h"

Suite *lp_suite_tls_store(void);

enum content { MISSING, EMPTY, GARBAGE, CUT, DIRECTORY, DEVICE, HUGE_FILE, KEY_ONLY };

static const struct {
    enum content content;
    const char *says;
} files[] = {
    { MISSING, "No such file or directory" },
    { EMPTY, "no certificate in it (PEM is expected)" },
    { GARBAGE, "no certificate in it (PEM is expected)" },
    { CUT, "certificate 2 cannot be read" },
    { DIRECTORY, "Is a directory" },
    { DEVICE, "not a regular file" },
    { HUGE_FILE, "larger than 4 MiB" },
    { KEY_ONLY, "no certificate in it (PEM is expected)" },
};

static void write_content(FILE *file, enum content content, const struct peer_tls *tls)
{
    if (content == GARBAGE)
        fputs("root:secret:0:0\n", file);
    if (content == KEY_ONLY)
        PEM_write_PrivateKey(file, tls->leaf_key, NULL, NULL, 0, NULL, NULL);
    if (content == CUT) {
        PEM_write_X509(file, tls->root);
        fputs("-----BEGIN CERTIFICATE-----\nAAAA\n", file);
    }
}

static struct lp_str prepare(char *path, enum content content, const struct peer_tls *tls)
{
    if (content == DIRECTORY)
        return LP_STR("/tmp");
    if (content == DEVICE)
        return LP_STR("/dev/zero");
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    if (content == HUGE_FILE)
        ck_assert_int_eq(ftruncate(fd, 100 * 1024 * 1024), 0);
    FILE *file = fdopen(fd, "w");
    ck_assert_ptr_nonnull(file);
    write_content(file, content, tls);
    fclose(file);
    if (content == MISSING)
        unlink(path);
    return lp_str_of(path);
}

START_TEST(bad_file)
{
    char path[] = "/tmp/lp-test-file-XXXXXX", expected[128];
    struct peer_tls tls;
    struct lp_error error = { "" };
    struct lp_tls *out = NULL;
    peer_tls_init(&tls, 0, 0);
    struct lp_str file = prepare(path, files[_i].content, &tls);
    struct lp_tls_options options = { .private_file = file };
    ERR_clear_error(); /* of other suites in this process: what is left behind here counts */
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_ptr_null(out);
    snprintf(expected, sizeof expected, "%s: %s", file.p, files[_i].says);
    ck_assert_str_eq(error.text, expected);
    options = (struct lp_tls_options){ .public_file = file };
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_str_eq(error.text, expected);
    ck_assert_uint_eq(ERR_peek_error(), 0);
    unlink(path);
    peer_tls_release(&tls);
}
END_TEST

START_TEST(digests)
{
    struct peer_tls tls;
    struct lp_tls *out = NULL;
    struct lp_error error = { "" };
    struct lp_arena arena = { 0 };
    char text[8192], hex[LP_TLS_DIGEST];
    peer_tls_init(&tls, 0, 0);
    FILE *file = fopen(tls.root_file, "r");
    ck_assert_ptr_nonnull(file);
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    lp_tls_sha256((struct lp_str){ text, n }, hex);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    ck_assert(lp_tls_new(&out, &options, &error));
    ck_says(lp_tls_digest(out, true, &arena), hex);
    bool bundle = access("/etc/ssl/certs/ca-certificates.crt", R_OK) == 0;
    ck_assert_uint_eq(lp_tls_digest(out, false, &arena).n, bundle ? 64 : 0);
    lp_tls_free(out);
    options = (struct lp_tls_options){ 0 };
    ck_assert(lp_tls_new(&out, &options, &error));
    ck_assert_ptr_null(lp_tls_digest(out, true, &arena).p);
    lp_tls_free(out);
    lp_tls_free(NULL);
    lp_arena_release(&arena);
    peer_tls_release(&tls);
}
END_TEST

/* ---- client certificates ---- */

START_TEST(bad_client_certificate)
{
    char path[] = "/tmp/lp-test-key-XXXXXX";
    struct peer_tls tls;
    struct lp_tls *out = NULL;
    struct lp_error error = { "" };
    peer_tls_init(&tls, 0, 0);
    struct lp_tls_options options = { .cert_file = LP_STR("/nonexistent/cert.pem") };
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_ptr_nonnull(strstr(error.text, "/nonexistent/cert.pem: no usable certificate"));
    options.cert_file = lp_str_of(tls.leaf_file);
    options.key_file = lp_str_of(tls.root_file);
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_ptr_nonnull(strstr(error.text, ": no usable key: "));
    /* The key of another certificate. */
    FILE *file = fdopen(mkstemp(path), "w");
    PEM_write_PrivateKey(file, tls.root_key, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    options.key_file = lp_str_of(path);
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_ptr_nonnull(strstr(error.text, ": no usable key: key values mismatch"));
    /* Encrypted: nobody may be asked for the password. */
    file = fopen(path, "w");
    PEM_write_PrivateKey(file, tls.leaf_key, EVP_aes_128_cbc(), (unsigned char *)path, 4, NULL,
                         NULL);
    fclose(file);
    ck_assert(!lp_tls_new(&out, &options, &error));
    ck_assert_ptr_nonnull(strstr(error.text, ": no usable key: "));
    ck_assert_ptr_null(out);
    unlink(path);
    peer_tls_release(&tls);
}
END_TEST

Suite *lp_suite_tls_store(void)
{
    Suite *suite = suite_create("tls_store");
    TCase *all = tcase_create("tls_store");
    tcase_add_unchecked_fixture(all, rig_warm, NULL);
    tcase_add_loop_test(all, bad_file, 0, LP_COUNT(files));
    tcase_add_test(all, digests);
    tcase_add_test(all, bad_client_certificate);
    suite_add_tcase(suite, all);
    return suite;
}
