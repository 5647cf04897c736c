/* tlshello.h - TLS hellos of our own: what a server would agree to, without a key exchange. [probe]
 */
#ifndef LP_TLSHELLO_H
#define LP_TLSHELLO_H

#include "lp/buf.h"

/*
 * The program's OpenSSL speaks no SSL 3.0, RC4 or 3DES any more, and each of its handshakes costs a
 * key exchange. A ClientHello made by hand asks for anything, and the ServerHello (or the alert) is
 * the whole answer. Versions are the numbers of the wire: 0x0300 SSL 3.0 to 0x0304 TLS 1.3.
 */
enum {
    LP_SSL_3_0 = 0x0300,
    LP_TLS_1_0 = 0x0301,
    LP_TLS_1_1 = 0x0302,
    LP_TLS_1_2 = 0x0303,
    LP_TLS_1_3 = 0x0304,
    LP_TLS_VERSIONS = 5 /* how many there are */
};
/* As OpenSSL says it and struct lp_link keeps it: "SSLv3" "TLSv1" "TLSv1.1" "TLSv1.2" "TLSv1.3";
 * unset: another number. */
struct lp_str lp_tls_version_word(int64_t version);
/* For people: "TLS 1.0"; unset: another number. */
struct lp_str lp_tls_version_title(int64_t version);
/* The number of the word; 0: no such word. */
int64_t lp_tls_version_of(struct lp_str word);

/* ---- cipher suites (the IANA registry "TLS Cipher Suites") ---- */

struct lp_cipher {
    uint16_t number;
    uint16_t from, to; /* versions that know it */
    const char *name;  /* of the registry */
};
/* Those that a hello can offer: what servers of these generations have, strong ones first. */
extern const struct lp_cipher lp_ciphers[];
extern const size_t lp_cipher_count;
enum { LP_CIPHERS_MAX = 160 }; /* lp_cipher_count is less */
/* The registry's name of the number; unset: it is none of the table. */
struct lp_str lp_cipher_name(int64_t number);
/* The numbers of the table that the version knows, in its order, into out (LP_CIPHERS_MAX). */
size_t lp_ciphers_of(int64_t version, uint16_t *out);

/* ---- our hello ---- */

struct lp_hello {
    int64_t version; /* the highest that is offered; lower ones are offered with it, as the wire has
                        it, but TLS 1.3 alone */
    const uint16_t *ciphers;
    size_t cipher_count;
    struct lp_str host;  /* SNI; unset, or an address literal: none (RFC 6066 section 3) */
    struct lp_str token; /* 32 bytes, from chance: random, and the X25519 share of TLS 1.3 */
};
/* Appends the hello in one record: RFC 5246 7.4.1.2, RFC 8446 4.1.2; SSL 3.0 without extensions
 * (RFC 6101), for it knows none. */
void lp_hello_put(struct lp_buf *out, const struct lp_hello *hello);

/* ---- the server's ---- */

enum lp_hello_read {
    LP_HELLO_MORE,    /* not whole yet */
    LP_HELLO_TAKEN,   /* a ServerHello, or a HelloRetryRequest: version and cipher are agreed */
    LP_HELLO_REFUSED, /* an alert */
    LP_HELLO_NOT_TLS, /* something else */
};
enum {
    LP_HELLO_MAX = 4096,
    LP_HELLO_WARNINGS = 4
}; /* bytes of a ServerHello, warnings before it */

struct lp_hello_answer {
    int64_t version; /* -1: none */
    int64_t cipher;  /* -1: none */
    int64_t alert;   /* its number; -1: none */
    bool retry;      /* TLS 1.3 wants another key share: all the same it has agreed */
};
/* Reads all bytes received so far; the same result however they were split into records and
 * arrivals. Warnings before the hello are passed over. */
enum lp_hello_read lp_hello_decode(struct lp_str in, struct lp_hello_answer *out);

#endif
