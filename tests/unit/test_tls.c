/* test_tls.c - stores, client certificates, verification and its cache, the watch of a connection.
 */
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "lp/stream_link.h"
#include "lp/tls_store.h"
#include "peer.h"

Suite *lp_suite_tls(void);

static const struct lp_probe probe = {
    .shape = { .name = "hello", .size = sizeof(struct lp_link), .has_link = true },
};

/* ---- files ---- */

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

/* ---- verification ---- */

static void add_der(struct rig *rig, X509 *cert)
{
    struct lp_str *ders = rig->job.ders.at;
    unsigned char *der = NULL;
    int n = i2d_X509(cert, &der);
    ck_assert_int_gt(n, 0);
    ders[rig->job.ders.n++] = lp_arena_str(&rig->arena, (struct lp_str){ (char *)der, (size_t)n });
    OPENSSL_free(der);
}

static void ask_again(struct rig *rig)
{
    rig_ask(rig, &probe, "127.0.0.1", 1);
    rig->job.ders.at = lp_arena_array(&rig->arena, 8, sizeof(struct lp_str));
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

/* More chains than the cache has room for: each verdict is still that of its own chain. */
START_TEST(verify_many)
{
    enum { CHAINS = 600 };
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, 0, 0);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    rig_init(&rig, 0, &options);
    for (int i = 0; i < CHAINS; i++) {
        char junk[16];
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

/* ---- the watch ---- */

static const struct {
    const char *bytes;
    size_t n;
    bool not_tls;
} starts[] = {
    { "", 0, false },
    { "\x16", 1, false },
    { "\x15\x03", 2, false },
    { "\x16\x03\x01\x00\x05", 5, false },
    { "\x16\x02", 2, true },
    { "HTTP/", 5, true },
    { "S", 1, true },
    { "\x17\x03\x03", 3, true },
    { "\x80\x2e\x01", 3, true },
    { "\0\0\0\0\0", 5, true },
};

START_TEST(first_bytes)
{
    struct lp_tls_watch watch = { .first_n = starts[_i].n };
    memcpy(watch.first, starts[_i].bytes, starts[_i].n);
    ck_assert_int_eq(lp_tls_watch_not_tls(&watch), starts[_i].not_tls);
}
END_TEST

static const struct {
    struct lp_tls_watch watch;
    unsigned long ssl_error;
    int sys_error;
    enum lp_outcome tls;
    const char *why;
} failures[] = {
    { { .alerted = true, .eof = true, .alert = 70 }, 0, 0, LP_ALERT, NULL },
    { { .first_n = 1, .first = { 'x' }, .eof = true }, 0, 0, LP_NOT_TLS, NULL },
    { { .eof = true }, 0, ECONNRESET, LP_RESET, "closed in the handshake" },
    { { .error = ECONNRESET }, 0, 0, LP_RESET, "errno ECONNRESET" },
    { { .error = ETIMEDOUT }, 0, 0, LP_STALLED, "errno ETIMEDOUT" },
    { { .error = ENOBUFS }, 0, 0, LP_NOT_TRIED, "local ENOBUFS" },
    { { .hello = false }, 0, EPIPE, LP_RESET, "errno EPIPE" },
    { { .hello = true }, 0, 0, LP_ALERT, "TLS not possible" },
    { { .hello = true },
      ERR_PACK(ERR_LIB_SSL, 0, SSL_R_UNSUPPORTED_PROTOCOL),
      0,
      LP_ALERT,
      "TLS not possible: unsupported protocol" },
};

START_TEST(failure)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    ask_again(&rig);
    struct lp_tls_watch watch = failures[_i].watch;
    watch.job = &rig.job;
    ck_assert(
        says(lp_str_of(lp_tls_failure(&watch, failures[_i].ssl_error, failures[_i].sys_error)),
             failures[_i].why));
    ck_outcome(rig_link(&rig)->tls, failures[_i].tls);
    rig_release(&rig);
}
END_TEST

/* ---- what a connection that cannot be opened is called ---- */

static const struct {
    int error;
    bool at_once;
    enum lp_outcome connect;
    const char *why;
} errors[] = {
    { ECONNREFUSED, true, LP_REFUSED, "errno ECONNREFUSED" },
    { ECONNREFUSED, false, LP_REFUSED, "errno ECONNREFUSED" },
    { ETIMEDOUT, false, LP_TIMEOUT, "errno ETIMEDOUT" },
    { ECONNRESET, false, LP_RESET, "errno ECONNRESET" },
    { EHOSTUNREACH, true, LP_UNREACHABLE, "errno EHOSTUNREACH" },
    { EHOSTUNREACH, false, LP_UNREACHABLE, "errno EHOSTUNREACH" },
    { ENETUNREACH, true, LP_NOT_TRIED, "local ENETUNREACH" },
    { ENETUNREACH, false, LP_UNREACHABLE, "errno ENETUNREACH" },
    { EACCES, true, LP_NOT_TRIED, "local EACCES" },
    { EACCES, false, LP_UNREACHABLE, "errno EACCES" },
    { EADDRNOTAVAIL, true, LP_NOT_TRIED, "local EADDRNOTAVAIL" },
    { EMFILE, true, LP_NOT_TRIED, "local EMFILE" },
    { EPERM, true, LP_NOT_TRIED, "local EPERM" },
};

START_TEST(connect_words)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    ask_again(&rig);
    ck_assert_str_eq(lp_link_failed(&rig.job, errors[_i].error, errors[_i].at_once),
                     errors[_i].why);
    ck_outcome(rig_link(&rig)->connect, errors[_i].connect);
    rig_release(&rig);
}
END_TEST

/* ---- old servers, hostile environment ---- */

/* TLS 1.2 with a SHA-1 signature in the key exchange, a cipher without forward secrecy: what
 * security level 0 is for. */
START_TEST(old_server)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, TLS1_2_VERSION, TLS1_2_VERSION);
    ck_assert_int_eq(SSL_CTX_set1_sigalgs_list(tls.server, "ECDSA+SHA1"), 1);
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &lp_probe_sip, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig_link(&rig)->tls, LP_OK);
    ck_outcome(rig.evidence.outcome, LP_RESET);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
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

Suite *lp_suite_tls(void)
{
    Suite *suite = suite_create("tls");
    TCase *stores = tcase_create("stores");
    tcase_add_unchecked_fixture(stores, rig_warm, NULL);
    tcase_add_loop_test(stores, bad_file, 0, LP_COUNT(files));
    tcase_add_test(stores, digests);
    tcase_add_test(stores, bad_client_certificate);
    suite_add_tcase(suite, stores);
    TCase *verdicts = tcase_create("verdicts");
    tcase_add_unchecked_fixture(verdicts, rig_warm, NULL);
    tcase_add_test(verdicts, verify);
    tcase_add_test(verdicts, verify_many);
    tcase_add_test(verdicts, verify_nothing);
    tcase_add_test(verdicts, environment);
    suite_add_tcase(suite, verdicts);
    TCase *watch = tcase_create("watch");
    tcase_add_unchecked_fixture(watch, rig_warm, NULL);
    tcase_add_loop_test(watch, first_bytes, 0, LP_COUNT(starts));
    tcase_add_loop_test(watch, failure, 0, LP_COUNT(failures));
    tcase_add_loop_test(watch, connect_words, 0, LP_COUNT(errors));
    tcase_add_test(watch, old_server);
    suite_add_tcase(suite, watch);
    return suite;
}
