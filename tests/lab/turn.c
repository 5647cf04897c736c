/* turn.c - the messages of the A/V Edge: Allocate without credentials is challenged (MS-TURN
 * 3.2), the lab's own user is served; and a standard server for faults */
#include "lab.h"

#include <arpa/inet.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

enum { HEADER = 20, ALLOCATE = 0x0003, BINDING = 0x0001, SUCCESS = 0x0100, FAILURE = 0x0110 };
enum {
    MAPPED_ADDRESS = 0x0001,
    INTEGRITY = 0x0008,
    ERROR_CODE = 0x0009,
    LIFETIME = 0x000d,
    ALTERNATE_SERVER = 0x000e,
    MAGIC_COOKIE = 0x000f,
    FIRST = 0x0014, /* REALM of RFC 5389, NONCE of MS-TURN */
    SECOND = 0x0015,
    XOR_MAPPED_ADDRESS = 0x0020,
    SOFTWARE = 0x8022,
    MS_VERSION = 0x8008,
    MS_XOR_MAPPED_ADDRESS = 0x8020
};
enum { RELAY_PORT = 50000 };
#define COOKIE 0x72c64bc6u
#define RFC_COOKIE 0x2112a442u

/* A message that grows. */
struct message {
    uint8_t *bytes;
    size_t len;
};

static void put16(struct message *m, unsigned value)
{
    m->bytes[m->len++] = (uint8_t)(value >> 8);
    m->bytes[m->len++] = (uint8_t)(value & 0xff);
}

static void put32(struct message *m, uint32_t value)
{
    put16(m, value >> 16);
    put16(m, value & 0xffff);
}

/* One attribute, filled up to a multiple of four. */
static void put_text(struct message *m, unsigned type, const char *text)
{
    size_t len = strlen(text);

    put16(m, type);
    put16(m, (unsigned)len);
    memcpy(m->bytes + m->len, text, len);
    m->len += len;
    while (m->len % 4 != 0)
        m->bytes[m->len++] = 0;
}

/* `mask`: 0, or the cookie that hides the address; IPv4 only. */
static void put_address(struct message *m, unsigned type, const struct sockaddr_in *who,
                        uint32_t mask)
{
    put16(m, type);
    put16(m, 8);
    put16(m, 1);
    put16(m, ntohs(who->sin_port) ^ (mask >> 16));
    put32(m, ntohl(who->sin_addr.s_addr) ^ mask);
}

static void put_error(struct message *m)
{
    put16(m, ERROR_CODE);
    put16(m, 16);
    put32(m, 4 << 8 | 1);
    memcpy(m->bytes + m->len, "Unauthorized", 12);
    m->len += 12;
}

/* Type, length, and the transaction of the question, which stays in `bytes`. */
static struct message begin(uint8_t *bytes, unsigned type)
{
    struct message m = { bytes, 0 };

    put16(&m, type);
    m.len = HEADER;
    return m;
}

static size_t end(struct message *m)
{
    size_t len = m->len - HEADER;

    m->bytes[2] = (uint8_t)(len >> 8);
    m->bytes[3] = (uint8_t)(len & 0xff);
    return m->len;
}

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static unsigned get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static bool is_whole(const uint8_t *bytes, size_t len)
{
    return len >= HEADER && (bytes[0] & 0xc0) == 0 && HEADER + get16(bytes + 2) == len;
}

/* The first attribute must be the cookie, or the message is dropped. */
static bool has_cookie(const uint8_t *bytes, size_t len)
{
    return len >= HEADER + 8 && get16(bytes + HEADER) == MAGIC_COOKIE &&
           get16(bytes + HEADER + 2) == 4 && get32(bytes + HEADER + 4) == COOKIE;
}

/* What the world sees as the address of the service: the topology's word. */
static struct sockaddr_in public_of(const struct lab_peer *peer)
{
    struct sockaddr_in out = { .sin_family = AF_INET, .sin_port = htons(peer->port) };
    bool wrong = lab_ways[peer->way].twist == LAB_TWIST_TURN_ADDRESS;

    inet_pton(AF_INET, wrong ? "203.0.113.222" : peer->public, &out.sin_addr);
    return out;
}

/* ---- long-term credentials, as MRAS hands them out; these are the lab's ---- */

#define CREDENTIALS "lab:rtcmedia:lab" /* user, realm, password */
enum { KEY = 16, SEAL = 20, BLOCK = 64 };

/* HMAC-SHA1 over the message up to its INTEGRITY, filled with zeros (RFC 3489 s11.2.8). */
static void seal(const uint8_t *bytes, size_t len, uint8_t *out)
{
    uint8_t key[KEY], text[LAB_MESSAGE + BLOCK];
    size_t padded = (len + BLOCK - 1) / BLOCK * BLOCK;
    unsigned size = SEAL;

    memset(text, 0, sizeof text);
    memcpy(text, bytes, len);
    EVP_Digest(CREDENTIALS, strlen(CREDENTIALS), key, NULL, EVP_md5(), NULL);
    HMAC(EVP_sha1(), key, KEY, text, padded, out, &size);
}

/* Whether the last attribute is the lab user's seal. */
static bool is_sealed(const uint8_t *bytes, size_t len)
{
    uint8_t wanted[SEAL];
    size_t at = len - SEAL - 4;

    if (len < HEADER + 4 + SEAL || len > LAB_MESSAGE || get16(bytes + at) != INTEGRITY)
        return false;
    seal(bytes, at, wanted);
    return memcmp(wanted, bytes + at + 4, SEAL) == 0;
}

static size_t end_sealed(struct message *m)
{
    size_t at = m->len;

    put16(m, INTEGRITY);
    put16(m, SEAL);
    m->len += SEAL;
    end(m);
    seal(m->bytes, at, m->bytes + at + 4);
    return m->len;
}

static void put_cookie(struct message *m)
{
    put16(m, MAGIC_COOKIE);
    put16(m, 4);
    put32(m, COOKIE);
}

static size_t challenge(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes)
{
    struct sockaddr_in at = public_of(peer);
    struct message m = begin(bytes, ALLOCATE | FAILURE);

    put_cookie(&m);
    put_error(&m);
    put16(&m, MS_VERSION);
    put16(&m, 4);
    put32(&m, 2);
    put_text(&m, FIRST, "5f1a2b3c4d5e6f70"); /* the nonce */
    put_text(&m, SECOND, "rtcmedia");        /* the realm */
    put_address(&m, ALTERNATE_SERVER, &at, 0);
    put_address(&m, MS_XOR_MAPPED_ADDRESS, from, get32(bytes + 4));
    return end(&m);
}

/* An allocation that nothing will ever come through. */
static size_t allocation(const struct lab_peer *peer, const struct sockaddr_in *from,
                         uint8_t *bytes)
{
    struct sockaddr_in relay = public_of(peer);
    struct message m = begin(bytes, ALLOCATE | SUCCESS);

    relay.sin_port = htons(RELAY_PORT);
    put_cookie(&m);
    put_address(&m, MAPPED_ADDRESS, &relay, 0);
    put16(&m, LIFETIME);
    put16(&m, 4);
    put32(&m, 600);
    put_address(&m, MS_XOR_MAPPED_ADDRESS, from, get32(bytes + 4));
    return end_sealed(&m);
}

static size_t microsoft(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes,
                        size_t len)
{
    if (!has_cookie(bytes, len) || get16(bytes) != ALLOCATE)
        return 0;
    return is_sealed(bytes, len) ? allocation(peer, from, bytes) : challenge(peer, from, bytes);
}

static size_t standard(const struct sockaddr_in *from, uint8_t *bytes, size_t len)
{
    unsigned type = get16(bytes);
    struct message m;

    if (len < HEADER || get32(bytes + 4) != RFC_COOKIE || (type != ALLOCATE && type != BINDING))
        return 0;
    m = begin(bytes, type | (type == BINDING ? SUCCESS : FAILURE));
    if (type == BINDING) {
        put_address(&m, XOR_MAPPED_ADDRESS, from, RFC_COOKIE);
        put_address(&m, MAPPED_ADDRESS, from, 0);
    } else {
        put_error(&m);
        put_text(&m, FIRST, "turn.example");
        put_text(&m, SECOND, "5f1a2b3c4d5e6f70");
    }
    put_text(&m, SOFTWARE, "Lab-1.0 'standard'");
    return end(&m);
}

size_t lab_turn_answer(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes,
                       size_t len)
{
    if (!is_whole(bytes, len))
        return 0;
    if (lab_ways[peer->way].twist == LAB_TWIST_TURN_STANDARD)
        return standard(from, bytes, len);
    return microsoft(peer, from, bytes, len);
}

size_t lab_turn_udp(const struct lab_peer *peer, const struct lab_later *from, uint8_t *bytes,
                    size_t len)
{
    struct sockaddr_in who = { .sin_family = AF_INET };

    if (from->to.ss_family == AF_INET)
        memcpy(&who, &from->to, sizeof who);
    return lab_turn_answer(peer, &who, bytes, len);
}
