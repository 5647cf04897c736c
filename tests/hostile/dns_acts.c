/* dns_acts.c - answers of a hostile name server: honest ones that were changed */
#include "dns_acts.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <string.h>
#include <unistd.h>

enum { TTL_AT = 6, SIZE_AT = 10, FIXED = 12 }; /* of a record whose owner is a pointer */

static bool send_it(struct exchange *x)
{
    hp_reply(x);
    return true;
}

bool act_patch(struct exchange *x)
{
    const struct bytes *pairs = &x->row->text;

    if (!hp_honest(x))
        return false;
    for (size_t i = 0; i + 1 < pairs->n; i += 2)
        x->answer.bytes[(unsigned char)pairs->p[i]] ^= (uint8_t)pairs->p[i + 1];
    return send_it(x);
}

bool act_cut(struct exchange *x)
{
    long n = x->row->count;

    if (!hp_honest(x))
        return false;
    x->answer.n = n < 0 ? x->answer.n - (size_t)-n : (size_t)n;
    return send_it(x);
}

bool act_question(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    x->answer.bytes[14] ^= 1;
    return send_it(x);
}

bool act_upper(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    for (size_t i = 13; i < x->end - 4; i++)
        x->answer.bytes[i] = (uint8_t)toupper(x->answer.bytes[i]);
    return send_it(x);
}

bool act_class(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    x->answer.bytes[x->end + 5] = 3;
    return send_it(x);
}

bool act_ttl(struct exchange *x)
{
    uint32_t ttl = htonl((uint32_t)x->row->count);

    if (!hp_honest(x))
        return false;
    memcpy(x->answer.bytes + x->end + TTL_AT, &ttl, sizeof ttl);
    return send_it(x);
}

bool act_rdlength(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    x->answer.bytes[x->end + SIZE_AT + 1] += (uint8_t)x->row->count;
    return send_it(x);
}

bool act_behind(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    put_bytes(&x->answer, x->row->text);
    return send_it(x);
}

bool act_port(struct exchange *x)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(5353) };

    if (x->tcp || fd < 0 || !hp_honest(x))
        return false;
    inet_pton(AF_INET, HP_SERVER, &at.sin_addr);
    bind(fd, (struct sockaddr *)&at, sizeof at);
    x->fd = fd;
    return send_it(x);
}

bool act_late(struct exchange *x)
{
    pause_ms(x->row->pause_ms);
    return hp_honest(x) && send_it(x);
}

/* Guessed ids first: an attacker who does not see the question. */
bool act_after(struct exchange *x)
{
    if (x->tcp || !hp_honest(x))
        return false;
    for (long i = 0; i < x->row->count; i++) {
        x->answer.bytes[0]++;
        x->answer.bytes[x->answer.n - 1]++;
        hp_reply(x);
    }
    return hp_honest(x) && send_it(x);
}

bool act_twice(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    hp_reply(x);
    hp_reply(x);
    hp_begin(x, 3);
    return send_it(x);
}

bool act_udp_flood(struct exchange *x)
{
    if (!hp_honest(x))
        return false;
    hp_reply(x);
    x->answer.n = x->row->count > 0 ? (size_t)x->row->count : x->answer.n;
    for (;;)
        hp_reply(x);
}

bool act_udp_flood_wrong(struct exchange *x)
{
    if (x->tcp || !hp_honest(x))
        return false;
    x->answer.bytes[0] ^= 0x55;
    for (;;)
        hp_reply(x);
}

bool act_one_try(struct exchange *x)
{
    return (long)x->nth != x->row->count;
}

/* ---- truncated, and what comes by TCP ---- */

static bool truncated(struct exchange *x)
{
    hp_begin(x, 0);
    x->answer.bytes[2] |= 2;
    return send_it(x);
}

bool act_tc(struct exchange *x)
{
    return truncated(x);
}

bool act_tcp_drip(struct exchange *x)
{
    uint8_t length[2];

    if (!x->tcp)
        return truncated(x);
    if (!hp_honest(x))
        return false;
    length[0] = (uint8_t)(x->answer.n >> 8);
    length[1] = (uint8_t)x->answer.n;
    for (size_t i = 0; i < x->answer.n + 2; i++) {
        const uint8_t *byte = i < 2 ? &length[i] : &x->answer.bytes[i - 2];

        if (send(x->fd, byte, 1, MSG_NOSIGNAL) != 1)
            return true;
        pause_ms(x->row->pause_ms);
    }
    return true;
}

bool act_tcp_close(struct exchange *x)
{
    if (!x->tcp)
        return truncated(x);
    send(x->fd, x->row->text.p, x->row->text.n, MSG_NOSIGNAL);
    shutdown(x->fd, SHUT_RDWR);
    return true;
}

bool act_tcp_flood(struct exchange *x)
{
    if (!x->tcp)
        return truncated(x);
    while (send(x->fd, x->row->text.p, x->row->text.n, MSG_NOSIGNAL) > 0)
        ;
    return true;
}
