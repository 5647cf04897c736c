/* hostile.h - what a peer may do to a prober: rows of behaviours, and what they are made of */
#ifndef HOSTILE_H
#define HOSTILE_H

#include <netinet/in.h>
#include <openssl/ssl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HP_DOMAIN "contoso.example"
#define HP_SERVER "127.77.9.53"   /* our name server, in front of the lab's */
#define HP_BEHIND "127.77.2.53"   /* the lab's, for the outside view */
#define HP_ADDRESS "203.0.113.66" /* where our peers listen */

enum { HP_WIDE_TARGETS = 8, HP_WIDE_ADDRESSES = 8, HP_WIDE_FIRST = 100 }; /* 203.0.113.100 ... */

enum {
    HP_MESSAGE = 65535, /* bytes of a DNS message */
    HP_HEAR_MS = 8000,  /* how long a request is waited for */
    HP_HOLD_MS = 20000, /* how long a connection is kept at most */
};

/* Bytes that may hold NUL. */
struct bytes {
    const char *p;
    size_t n;
};
/* clang-format off */
#define TEXT(literal) { (literal), sizeof(literal) - 1 }
/* clang-format on */

/* ---- one behaviour ---- */

struct exchange;
struct peer;
struct hp_forge;

/* A row of one of the tables. A DNS row has `answer`, a row of a connection `meet`. */
struct hp_row {
    const char *name;
    const char *expect; /* a jq filter over the report, in the words of hostile.jq */
    const char *spared; /* hosts that must be reported as ever; NULL: all but the attacked */
    /* Which questions are attacked, "NAME TYPE", NAME without the domain, "*" any. */
    const char *question;
    bool (*answer)(struct exchange *x); /* false: answer honestly */
    /* Who is attacked: "sip" (5061, 443) or "lyncdiscover" (80, 443). */
    const char *host;
    bool wide; /* instead 64 addresses, port 443, behind the SRV record _sip._tls */
    bool raw;  /* no TLS of ours before `meet` */
    void (*meet)(struct peer *p);
    void (*old)(struct peer *p);  /* a hello that offers nothing newer than TLS 1.1; NULL: meet */
    const struct hp_forge *forge; /* its certificate; NULL: a healthy one */
    struct bytes text, more;
    long count;
    long pause_ms;
};

extern const struct hp_row *const hp_tables[]; /* each ends with a row without name */
const struct hp_row *hp_row_find(const char *name);

/* ---- DNS (name_server.c, message.c) ---- */

struct message {
    size_t n;
    uint8_t bytes[HP_MESSAGE];
};

struct exchange {
    const struct hp_row *row;
    int fd;
    bool tcp;
    struct sockaddr_in from;
    unsigned nth; /* how many times the attacked question came before, TCP not counted */
    uint16_t type;
    char name[256];        /* lower case, without the domain; whole when it is foreign */
    size_t end;            /* of the question section */
    struct message query;  /* as it came */
    struct message answer; /* what is being made */
};

void put8(struct message *m, unsigned value);
void put16(struct message *m, unsigned value);
void put32(struct message *m, uint32_t value);
void put_bytes(struct message *m, struct bytes b);
void put_name(struct message *m, const char *dotted); /* no compression */

void hp_begin(struct exchange *x, unsigned rcode); /* header and question */
void hp_count(struct exchange *x, unsigned answers);
void hp_record(struct exchange *x, unsigned type, struct bytes rdata); /* at the question's name */
void hp_srv(struct exchange *x, unsigned port, struct bytes wire_target);
bool hp_honest(struct exchange *x); /* answer: what the lab says */
void hp_reply(const struct exchange *x);
void hp_serve_udp(int fd, const struct hp_row *row);
void hp_serve_tcp(int fd, const struct hp_row *row);

enum { T_A = 1, T_CNAME = 5, T_TXT = 16, T_AAAA = 28, T_SRV = 33 };

/* ---- connections (peer.c) ---- */

struct peer {
    const struct hp_row *row;
    int fd;
    uint16_t port;
    SSL *ssl; /* NULL: plain */
    bool raw; /* anything that comes is heard, not only a whole request */
    bool gone;
    size_t in_n;
    char in[16384]; /* what was heard, a NUL behind it */
};

void say(struct peer *p, const void *bytes, size_t n);
void say_text(struct peer *p, const char *text);
bool hear(struct peer *p);   /* the first bytes, or up to an empty line; false: nothing came */
void hold(struct peer *p);   /* until the other side closes */
void finish(struct peer *p); /* closes, in order */
void reset(struct peer *p);
void pause_ms(long ms);

/* Rows use these as `meet`. They hear a request first. */
void meet_say(struct peer *p);      /* text, then close */
void meet_say_hold(struct peer *p); /* text, then silence */
void meet_flood(struct peer *p);    /* text, then `more` `count` times (0: for ever), then close */
void meet_drip(struct peer *p);     /* text, a byte every pause_ms */
/* A healthy registrar. */
void meet_registrar(struct peer *p);
/* These do not. */
void meet_silence(struct peer *p);
void meet_close(struct peer *p);
void meet_reset(struct peer *p);
void meet_half_close(struct peer *p);
void meet_early(struct peer *p); /* text at once, without a request; then silence */

/* ---- TLS (forge.c, flight.c) ---- */

struct hp_forge {
    struct bytes cn;
    const char *from, *to;         /* ASN.1 times; NULL: healthy */
    int names;                     /* so many more SANs */
    int chain;                     /* so many more certificates behind it */
    int stuffing;                  /* KiB of an unknown extension */
    int (*key)(EVP_PKEY **out);    /* of the leaf; NULL: P-256 */
    int (*ca_key)(EVP_PKEY **out); /* of each of the chain */
    EVP_PKEY *(*dh)(void);         /* parameters for TLS 1.2 without curves */
    struct bytes san;              /* one more SAN, any bytes */
    bool fresh;                    /* another certificate for each connection */
    int version;                   /* the highest, 0: TLS 1.3 */
};

bool hp_forge_start(const char *roots); /* our CA; its root is added to this file */
SSL_CTX *hp_context(const struct hp_row *row);
int hp_key_mersenne(EVP_PKEY **out); /* RSA, a modulus of 16,370 bits */
int hp_key_exponent(EVP_PKEY **out); /* RSA 3072 with an exponent as long as the modulus */
int hp_key_rsa(EVP_PKEY **out);      /* a usual one */
EVP_PKEY *hp_dh_mersenne(void);      /* a modulus of 9,941 bits */
int hp_key_explicit(EVP_PKEY **out); /* a curve that is spelled out */

/* A server's bytes, to be cut and changed before they leave. */
struct flight {
    SSL *ssl;
    BIO *in, *out;
    unsigned char bytes[1 << 18];
    size_t n;
};
struct flight *hp_flight(struct peer *p); /* the answer to its ClientHello; NULL: none came */
size_t hp_record_end(const struct flight *f, size_t at); /* behind the record at `at` */

/* ---- running it (server.c, main.c) ---- */

bool hp_listen_all(const struct hp_row *row);
void hp_serve(const struct hp_row *row); /* does not return */
/* How many connections went to places where nobody may be sent. */
unsigned hp_trapped(void);

#endif
