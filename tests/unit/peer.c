/* peer.c - small servers for the tests of the engines. */
#include "peer.h"

#include <arpa/inet.h>
#include <check.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

/* ---- servers ---- */

struct peer {
    int fd;
    int port;
    peer_serve *serve;
    void *arg;
    pthread_t thread;
    atomic_int accepted;
};

static void *run(void *arg)
{
    struct peer *peer = arg;
    for (;;) {
        int fd = accept(peer->fd, NULL, NULL);
        if (fd < 0)
            return NULL;
        atomic_fetch_add(&peer->accepted, 1);
        peer->serve(fd, peer->arg);
        close(fd);
    }
}

static int listen_on(const char *address, int *port)
{
    struct lp_addr a;
    struct sockaddr_storage ss = { 0 };
    uint16_t bound = 0;
    ck_assert(lp_addr_parse(lp_str_of(address), &a));
    socklen_t size = lp_addr_to_sockaddr(&a, 0, &ss);
    int fd = socket(ss.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&ss, size) < 0 || listen(fd, 64) < 0) {
        close(fd);
        return -1;
    }
    size = sizeof ss;
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&ss, &size), 0);
    ck_assert(lp_addr_from_sockaddr((struct sockaddr *)&ss, &a, &bound));
    *port = bound;
    return fd;
}

struct peer *peer_start(const char *address, peer_serve *serve, void *arg)
{
    struct peer *peer = calloc(1, sizeof *peer);
    ck_assert_ptr_nonnull(peer);
    peer->fd = listen_on(address, &peer->port);
    if (peer->fd < 0) {
        free(peer);
        return NULL;
    }
    peer->serve = serve;
    peer->arg = arg;
    ck_assert_int_eq(pthread_create(&peer->thread, NULL, run, peer), 0);
    return peer;
}

int peer_port(const struct peer *peer)
{
    return peer->port;
}

int peer_accepted(const struct peer *peer)
{
    return atomic_load(&((struct peer *)(uintptr_t)peer)->accepted);
}

void peer_stop(struct peer *peer)
{
    if (!peer)
        return;
    shutdown(peer->fd, SHUT_RDWR);
    pthread_join(peer->thread, NULL);
    close(peer->fd);
    free(peer);
}

int peer_free_port(void)
{
    int port = 0;
    int fd = listen_on("127.0.0.1", &port);
    ck_assert_int_ge(fd, 0);
    close(fd);
    return port;
}

int peer_stuck_port(int fds[PEER_STUCK])
{
    int port = 0;
    struct sockaddr_storage ss = { 0 };
    struct lp_addr a;
    ck_assert(lp_addr_parse(LP_STR("127.0.0.1"), &a));
    fds[0] = listen_on("127.0.0.1", &port);
    ck_assert_int_eq(listen(fds[0], 0), 0);
    socklen_t size = lp_addr_to_sockaddr(&a, (uint16_t)port, &ss);
    for (int i = 1; i < PEER_STUCK; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        ck_assert_int_ge(fds[i], 0);
        (void)!connect(fds[i], (struct sockaddr *)&ss, size);
    }
    return port;
}

void peer_unstick(const int fds[PEER_STUCK])
{
    for (int i = 0; i < PEER_STUCK; i++)
        close(fds[i]);
}

void peer_wait_close(int fd)
{
    char block[4096];
    while (recv(fd, block, sizeof block, 0) > 0)
        ;
}

bool peer_expect(int fd, const char *text)
{
    char seen[8192];
    size_t n = 0;
    while (n + 1 < sizeof seen) {
        ssize_t got = recv(fd, seen + n, sizeof seen - 1 - n, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        seen[n] = '\0';
        if (strstr(seen, text))
            return true;
    }
    return false;
}

void peer_say(int fd, const char *text)
{
    size_t n = strlen(text);
    while (n > 0) {
        ssize_t sent = send(fd, text, n, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        text += sent;
        n -= (size_t)sent;
    }
}

/* ---- serve functions ---- */

void peer_serve_text(int fd, void *text)
{
    if (peer_expect(fd, "\n"))
        peer_say(fd, text);
}

void peer_serve_answer(int fd, void *text)
{
    if (peer_expect(fd, "\r\n\r\n"))
        peer_say(fd, text);
}

void peer_serve_banner(int fd, void *text)
{
    peer_say(fd, text);
    peer_wait_close(fd);
}

void peer_serve_silence(int fd, void *unused)
{
    (void)unused;
    peer_wait_close(fd);
}

void peer_serve_close(int fd, void *unused)
{
    char some[4096];
    (void)unused;
    (void)!recv(fd, some, sizeof some, 0);
}

void peer_serve_reset(int fd, void *unused)
{
    struct linger now = { .l_onoff = 1, .l_linger = 0 };
    peer_serve_close(fd, unused);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void peer_serve_alert(int fd, void *unused)
{
    static const char alert[] = { 21, 3, 1, 0, 2, 2, 40 };
    peer_serve_close(fd, unused);
    send(fd, alert, sizeof alert, MSG_NOSIGNAL);
    peer_wait_close(fd);
}

void peer_serve_drip(int fd, void *text)
{
    struct pollfd closed = { .fd = fd, .events = POLLRDHUP };
    if (text)
        peer_serve_answer(fd, text);
    while (send(fd, "x", 1, MSG_NOSIGNAL) == 1 && poll(&closed, 1, 1) == 0)
        ;
}

/* ---- TLS ---- */

static void add_extension(X509 *cert, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, cert, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, nid, value);
    ck_assert_ptr_nonnull(extension);
    X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
}

static X509 *make(const char *name, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key)
{
    X509 *cert = X509_new();
    X509_set_version(cert, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), issuer ? 2 : 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -86400);
    X509_gmtime_adj(X509_getm_notAfter(cert),
                    issuer ? -3600 : 86400); /* the leaf has expired: nobody must mind */
    X509_NAME_add_entry_by_txt(X509_get_subject_name(cert), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(cert, X509_get_subject_name(issuer ? issuer : cert));
    X509_set_pubkey(cert, key);
    add_extension(cert, issuer ? issuer : cert, NID_basic_constraints,
                  issuer ? "CA:FALSE" : "critical,CA:TRUE");
    if (issuer)
        add_extension(cert, issuer, NID_subject_alt_name, "DNS:sip.contoso.example");
    ck_assert_int_gt(X509_sign(cert, issuer_key, EVP_sha256()), 0);
    return cert;
}

static FILE *open_new(char *path)
{
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    FILE *file = fdopen(fd, "w");
    ck_assert_ptr_nonnull(file);
    return file;
}

void peer_tls_init(struct peer_tls *tls, int min, int max)
{
    *tls = (struct peer_tls){ .root_file = "/tmp/lp-test-root-XXXXXX",
                              .leaf_file = "/tmp/lp-test-leaf-XXXXXX" };
    tls->root_key = EVP_EC_gen("P-256");
    tls->leaf_key = EVP_EC_gen("P-256");
    tls->root = make("Contoso Root", tls->root_key, NULL, tls->root_key);
    tls->leaf = make("sip.contoso.example", tls->leaf_key, tls->root, tls->root_key);
    FILE *file = open_new(tls->root_file);
    PEM_write_X509(file, tls->root);
    fclose(file);
    file = open_new(tls->leaf_file);
    PEM_write_X509(file, tls->leaf);
    PEM_write_PrivateKey(file, tls->leaf_key, NULL, NULL, 0, NULL, NULL);
    fclose(file);
    tls->server = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(tls->server, 0);
    ck_assert_int_eq(SSL_CTX_set_min_proto_version(tls->server, min), 1);
    ck_assert_int_eq(SSL_CTX_set_max_proto_version(tls->server, max), 1);
    ck_assert_int_eq(SSL_CTX_set_cipher_list(tls->server, "ALL:@SECLEVEL=0"), 1);
    ck_assert_int_eq(SSL_CTX_use_certificate(tls->server, tls->leaf), 1);
    ck_assert_int_eq(SSL_CTX_use_PrivateKey(tls->server, tls->leaf_key), 1);
    SSL_CTX_add1_chain_cert(tls->server, tls->root);
}

void peer_tls_release(struct peer_tls *tls)
{
    SSL_CTX_free(tls->server);
    X509_free(tls->root);
    X509_free(tls->leaf);
    EVP_PKEY_free(tls->root_key);
    EVP_PKEY_free(tls->leaf_key);
    unlink(tls->root_file);
    unlink(tls->leaf_file);
}

SSL *peer_tls_accept(struct peer_tls *tls, int fd)
{
    SSL *ssl = SSL_new(tls->server);
    SSL_set_fd(ssl, fd);
    if (SSL_accept(ssl) == 1)
        return ssl;
    SSL_free(ssl);
    return NULL;
}

void peer_tls_close(SSL *ssl)
{
    SSL_shutdown(ssl);
    SSL_free(ssl);
}

void peer_tls_serve(int fd, void *arg)
{
    struct peer_tls *tls = arg;
    char line[4096];
    SSL *ssl = peer_tls_accept(tls, fd);
    if (!ssl)
        return;
    if (SSL_read(ssl, line, sizeof line) > 0 && tls->hello)
        SSL_write(ssl, tls->hello, (int)strlen(tls->hello));
    peer_tls_close(ssl);
}

void peer_tls_greet(int fd, void *arg)
{
    SSL *ssl = peer_tls_accept(arg, fd);
    SSL_free(ssl);
}
