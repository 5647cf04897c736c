/* tls_store.c - root certificates from a PEM file or the system's hashed directory. */
#include "lp/tls_store.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include "lp/alloc.h"
#include "lp/buf.h"
#include "lp/text.h"

#define SYSTEM_BUNDLE "/etc/ssl/certs/ca-certificates.crt"

void lp_tls_sha256(struct lp_str bytes, char out[LP_TLS_DIGEST])
{
    unsigned char sum[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)bytes.p, bytes.n, sum);
    struct lp_buf hex = lp_buf_new(LP_TLS_DIGEST);
    lp_put_hex(&hex, (struct lp_str){ (const char *)sum, sizeof sum });
    memcpy(out, hex.p, LP_TLS_DIGEST);
    lp_buf_release(&hex);
}

/* Reads to the end of the file; the size that fstat gave is not trusted. */
static const char *read_all(int fd, struct lp_buf *text)
{
    char block[16384];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno != EINTR)
            return strerrordesc_np(errno);
        if (n == 0)
            return NULL;
        if (n > 0)
            lp_buf_add(text, block, (size_t)n);
        if (text->cut)
            return "larger than 4 MiB";
    }
}

/* NULL when read, else what is wrong. Devices and pipes are refused: they may never end.
 */
static const char *read_file(const char *path, struct lp_buf *text)
{
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return strerrordesc_np(errno);
    const char *wrong = NULL;
    if (fstat(fd, &status) < 0)
        wrong = strerrordesc_np(errno);
    else if (S_ISDIR(status.st_mode))
        wrong = strerrordesc_np(EISDIR);
    else if (!S_ISREG(status.st_mode))
        wrong = "not a regular file";
    else if (status.st_size > LP_TLS_FILE_MAX)
        wrong = "larger than 4 MiB";
    else
        wrong = read_all(fd, text);
    close(fd);
    return wrong;
}

/* Number of certificates added; -n: the n-th cannot be read. */
static int add_all(X509_STORE *roots, struct lp_str text)
{
    BIO *in = BIO_new_mem_buf(text.p, (int)text.n);
    int n = 0;
    for (;;) {
        X509 *cert = PEM_read_bio_X509_AUX(in, NULL, NULL, NULL);
        if (!cert)
            break;
        n++;
        X509_STORE_add_cert(roots, cert);
        X509_free(cert);
    }
    unsigned long code = ERR_peek_last_error();
    bool ended = ERR_GET_LIB(code) == ERR_LIB_PEM && ERR_GET_REASON(code) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    BIO_free(in);
    return ended ? n : -(n + 1);
}

/* Of one file its own; of more that of the texts of both, one after the other. */
static void add_digest(struct lp_tls_store *store, struct lp_str text)
{
    char both[2 * (LP_TLS_DIGEST - 1)], mine[LP_TLS_DIGEST];
    lp_tls_sha256(text, mine);
    if (!store->digest[0]) {
        memcpy(store->digest, mine, sizeof mine);
        return;
    }
    memcpy(both, store->digest, LP_TLS_DIGEST - 1);
    memcpy(both + LP_TLS_DIGEST - 1, mine, LP_TLS_DIGEST - 1);
    lp_tls_sha256((struct lp_str){ both, sizeof both }, store->digest);
}

bool lp_tls_store_file(struct lp_tls_store *store, struct lp_str file, struct lp_error *error)
{
    struct lp_arena arena = { 0 };
    struct lp_buf text = lp_buf_new(LP_TLS_FILE_MAX);
    const char *path = lp_arena_str(&arena, file).p;
    const char *wrong = read_file(path, &text);
    bool good = false;
    int n = 0;
    if (!store->roots)
        store->roots = X509_STORE_new();
    if (!wrong)
        n = add_all(store->roots, lp_buf_view(&text));
    if (wrong)
        lp_fail(error, "%s: %s", lp_term(&arena, file), wrong);
    else if (n < 0)
        lp_fail(error, "%s: certificate %d cannot be read", lp_term(&arena, file), -n);
    else if (n == 0)
        lp_fail(error, "%s: no certificate in it (PEM is expected)", lp_term(&arena, file));
    else
        good = true;
    if (good)
        add_digest(store, lp_buf_view(&text));
    else
        lp_tls_store_release(store);
    lp_buf_release(&text);
    lp_arena_release(&arena);
    return good;
}

/* Of the files that the sandbox lets us open. */
static int take_spare(void)
{
    return open("/dev/urandom", O_RDONLY | O_CLOEXEC) + 1;
}

void lp_tls_store_lend(struct lp_tls_store *store)
{
    if (store->spare)
        close(store->spare - 1);
}

void lp_tls_store_regain(struct lp_tls_store *store)
{
    if (store->spare)
        store->spare = take_spare();
}

bool lp_tls_store_system(struct lp_tls_store *store, struct lp_error *error)
{
    struct lp_buf bundle = lp_buf_new(LP_TLS_FILE_MAX);
    store->roots = X509_STORE_new();
    X509_LOOKUP *lookup = X509_STORE_add_lookup(store->roots, X509_LOOKUP_hash_dir());
    const char *dir = X509_get_default_cert_dir();
    if (!lookup || X509_LOOKUP_add_dir(lookup, dir, X509_FILETYPE_PEM) != 1) {
        lp_tls_store_release(store);
        return lp_fail(error, "%s: OpenSSL cannot look up certificates there", dir);
    }
    if (!read_file(SYSTEM_BUNDLE, &bundle))
        lp_tls_sha256(lp_buf_view(&bundle), store->digest);
    lp_buf_release(&bundle);
    store->spare = take_spare();
    return store->spare || lp_fail(error, "/dev/urandom: %s", strerrordesc_np(errno));
}

void lp_tls_store_release(struct lp_tls_store *store)
{
    X509_STORE_free(store->roots);
    lp_tls_store_lend(store);
    *store = (struct lp_tls_store){ 0 };
}
