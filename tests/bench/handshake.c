/* handshake.c - CPU of the client's half of a TLS 1.3 handshake, the least that OpenSSL takes
 *
 * Prints microseconds: median of many handshakes over memory, with a verified chain of one RSA-2048
 * certificate, one SSL_CTX and one store for all of them, no session cache.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <openssl/rsa.h>
#include <openssl/ssl.h>

enum { RUNS = 60, BITS = 2048, DAY = 86400 };

struct sides {
    SSL_CTX *client, *server;
};

static void need(bool ok, const char *what)
{
    if (ok)
        return;
    fprintf(stderr, "handshake: %s failed\n", what);
    exit(EXIT_FAILURE);
}

static int64_t cpu_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static X509 *certificate(EVP_PKEY *key)
{
    X509 *x = X509_new();
    X509_NAME *name = x ? X509_get_subject_name(x) : NULL;

    need(x && X509_set_version(x, 2) && X509_set_pubkey(x, key) &&
             X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"bench",
                                        -1, -1, 0) &&
             X509_set_issuer_name(x, name) && X509_gmtime_adj(X509_getm_notBefore(x), -DAY) &&
             X509_gmtime_adj(X509_getm_notAfter(x), DAY) && X509_sign(x, key, EVP_sha256()),
         "certificate");
    return x;
}

static void make(struct sides *s)
{
    EVP_PKEY *key = EVP_RSA_gen(BITS);
    need(key != NULL, "key");
    X509 *x = certificate(key);

    s->client = SSL_CTX_new(TLS_client_method());
    s->server = SSL_CTX_new(TLS_server_method());
    need(s->client && s->server && SSL_CTX_use_certificate(s->server, x) == 1 &&
             SSL_CTX_use_PrivateKey(s->server, key) == 1 &&
             X509_STORE_add_cert(SSL_CTX_get_cert_store(s->client), x) == 1,
         "context");
    SSL_CTX_set_verify(s->client, SSL_VERIFY_PEER, NULL);
    SSL_CTX_set_session_cache_mode(s->client, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_cache_mode(s->server, SSL_SESS_CACHE_OFF);
    X509_free(x);
    EVP_PKEY_free(key);
}

/* Nanoseconds on the client's side. */
static int64_t shake(const struct sides *s)
{
    SSL *client = SSL_new(s->client), *server = SSL_new(s->server);
    BIO *a = NULL, *b = NULL;
    int64_t spent = 0;
    int done = 0;

    need(client && server && BIO_new_bio_pair(&a, 1 << 16, &b, 1 << 16) == 1, "connection");
    SSL_set_bio(client, a, a);
    SSL_set_bio(server, b, b);
    SSL_set_connect_state(client);
    SSL_set_accept_state(server);
    for (int i = 0; i < 8 && done != 3; i++) {
        int64_t start = cpu_ns();
        done = SSL_do_handshake(client) == 1 ? 1 : 0;
        spent += cpu_ns() - start;
        done |= SSL_do_handshake(server) == 1 ? 2 : 0;
    }
    need(done == 3, "handshake");
    SSL_free(client);
    SSL_free(server);
    return spent;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

int main(void)
{
    struct sides s;
    int64_t spent[RUNS];

    make(&s);
    for (size_t i = 0; i < RUNS; i++)
        spent[i] = shake(&s);
    qsort(spent, RUNS, sizeof spent[0], compare);
    printf("%lld\n", (long long)spent[RUNS / 2] / 1000);
    SSL_CTX_free(s.client);
    SSL_CTX_free(s.server);
    return EXIT_SUCCESS;
}
