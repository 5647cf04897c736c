/* turn.c - the A/V Edge: Allocate without credentials is challenged (MS-TURN 3.2), over UDP
 * and in frames behind a pseudo-TLS greeting; and a standard server for faults */
#include "lab.h"

#include <arpa/inet.h>
#include <string.h>

enum { HEADER = 20, ALLOCATE = 0x0003, BINDING = 0x0001, SUCCESS = 0x0100, FAILURE = 0x0110 };
enum {
    MAPPED_ADDRESS = 0x0001,
    ERROR_CODE = 0x0009,
    UNKNOWN_ALTERNATE_SERVER = 0x000e,
    MAGIC_COOKIE = 0x000f,
    FIRST = 0x0014, /* REALM of RFC 5389, NONCE of MS-TURN */
    SECOND = 0x0015,
    XOR_MAPPED_ADDRESS = 0x0020,
    SOFTWARE = 0x8022,
    MS_VERSION = 0x8008,
    MS_XOR_MAPPED_ADDRESS = 0x8020
};
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
    struct sockaddr_in out = { .sin_family = AF_INET, .sin_port = htons(443) };
    bool wrong = lab_ways[peer->way].twist == LAB_TWIST_TURN_ADDRESS;

    inet_pton(AF_INET, wrong ? "203.0.113.222" : peer->public, &out.sin_addr);
    return out;
}

static size_t microsoft(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes,
                        size_t len)
{
    struct sockaddr_in at = public_of(peer);
    struct message m;

    if (!has_cookie(bytes, len) || get16(bytes) != ALLOCATE)
        return 0;
    m = begin(bytes, ALLOCATE | FAILURE);
    put16(&m, MAGIC_COOKIE);
    put16(&m, 4);
    put32(&m, COOKIE);
    put_error(&m);
    put16(&m, MS_VERSION);
    put16(&m, 4);
    put32(&m, 2);
    put_text(&m, FIRST, "5f1a2b3c4d5e6f70"); /* the nonce */
    put_text(&m, SECOND, "rtcmedia");        /* the realm */
    put_address(&m, UNKNOWN_ALTERNATE_SERVER, &at, 0);
    put_address(&m, MS_XOR_MAPPED_ADDRESS, from, get32(bytes + 4));
    return end(&m);
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

/* One message in `bytes`, its answer in the same place; 0: none. */
static size_t answer(const struct lab_peer *peer, const struct sockaddr_in *from, uint8_t *bytes,
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
    return answer(peer, &who, bytes, len);
}

/* ---- TCP ---- */

enum { HELLO = 50, FRAME = 4, CONTROL = 2, RANDOM_AT = 11, SESSION_AT = 44, TOKEN = 32 };

/* The greeting of every client (libnice sends the same): all but the 32 random bytes. */
static bool is_greeting(const uint8_t *in)
{
    static const uint8_t head[] = { 0x16, 3, 1, 0, 0x2d, 1, 0, 0, 0x29, 3, 1 };
    static const uint8_t tail[] = { 0, 0, 2, 0, 0x18, 1, 0 };

    return memcmp(in, head, sizeof head) == 0 &&
           memcmp(in + sizeof head + TOKEN, tail, sizeof tail) == 0;
}

/* ServerHello and ServerHelloDone in one record: 83 bytes. */
static void greet(struct lab_conn *c)
{
    static const uint8_t head[] = { 0x16, 3, 1, 0, 0x4e, 2, 0, 0, 0x46, 3, 1 };
    static const uint8_t tail[] = { 0, 0x18, 0, 0x0e, 0, 0, 0 };
    uint8_t out[SESSION_AT + TOKEN + sizeof tail];

    memset(out, 0x5a, sizeof out);
    memcpy(out, head, sizeof head);
    out[RANDOM_AT + TOKEN] = TOKEN;
    memcpy(out + SESSION_AT + TOKEN, tail, sizeof tail);
    lab_conn_say(c, out, sizeof out);
}

static void framed(struct lab *lab, struct lab_conn *c, size_t len)
{
    struct sockaddr_in who = { .sin_family = AF_INET };
    socklen_t size = sizeof who;
    uint8_t out[FRAME + LAB_MESSAGE] = { CONTROL };
    size_t got;

    getpeername(c->fd, (struct sockaddr *)&who, &size);
    memcpy(out + FRAME, c->in + FRAME, len);
    got = answer(c->peer, &who, out + FRAME, len);
    lab_conn_used(c, FRAME + len);
    if (got == 0) {
        lab_conn_finish(lab, c);
        return;
    }
    out[2] = (uint8_t)(got >> 8);
    out[3] = (uint8_t)(got & 0xff);
    lab_conn_say(c, out, FRAME + got);
}

/* A standard server knows no greeting and no frames. */
static void bare(struct lab *lab, struct lab_conn *c)
{
    struct sockaddr_in who = { .sin_family = AF_INET };
    socklen_t size = sizeof who;
    uint8_t out[LAB_MESSAGE];
    const uint8_t *in = (const uint8_t *)c->in;
    size_t len = c->in_len < 4 ? 0 : HEADER + get16(in + 2);

    if (len > LAB_MESSAGE / 2 || (c->in_len > 0 && (in[0] & 0xc0) != 0) || in[0] == 0x16) {
        lab_conn_finish(lab, c);
        return;
    }
    if (len == 0 || c->in_len < len)
        return;
    getpeername(c->fd, (struct sockaddr *)&who, &size);
    memcpy(out, c->in, len);
    lab_conn_used(c, len);
    len = answer(c->peer, &who, out, len);
    lab_conn_say(c, out, len);
}

void lab_turn_tcp(struct lab *lab, struct lab_conn *c)
{
    const uint8_t *in = (const uint8_t *)c->in;
    size_t len;

    if (lab_twist_of(c) == LAB_TWIST_TURN_STANDARD) {
        bare(lab, c);
        return;
    }
    if (!c->greeted) {
        if (c->in_len < HELLO && in[0] == 0x16)
            return;
        if (c->in_len < HELLO || !is_greeting(in)) {
            lab_conn_finish(lab, c);
            return;
        }
        lab_conn_used(c, HELLO);
        c->greeted = true;
        greet(c);
    }
    while (c->in_len >= FRAME && !c->finish) {
        len = get16(in + 2);
        if (in[0] != CONTROL || len > LAB_MESSAGE / 2) {
            lab_conn_finish(lab, c);
            return;
        }
        if (c->in_len < FRAME + len)
            return;
        framed(lab, c, len);
    }
}
