/* turn_tcp.c - MS-TURN over TCP: a pseudo-TLS greeting, then messages in frames */
#include "lab.h"

#include <arpa/inet.h>
#include <string.h>

static unsigned get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

enum {
    HEADER = 20,
    HELLO = 50,
    FRAME = 4,
    CONTROL = 2,
    RANDOM_AT = 11,
    SESSION_AT = 44,
    TOKEN = 32
};

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
    got = lab_turn_answer(c->peer, &who, out + FRAME, len);
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
    len = lab_turn_answer(c->peer, &who, out, len);
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
