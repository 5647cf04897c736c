/* dns_peer_acts.c - what a name server of a test does with one message. */
#include "dns_peer_acts.h"

#include <string.h>
#include <strings.h>
#include <sys/socket.h>

struct answer {
    uint8_t bytes[PEER_MESSAGE];
    size_t n;
};

/* ---- answers
 * ------------------------------------------------------------------------------------
 */

static void put(struct answer *a, const void *bytes, size_t n)
{
    memcpy(a->bytes + a->n, bytes, n);
    a->n += n;
}

static struct answer begin(const struct exchange *x, uint8_t rcode)
{
    struct answer a = { .n = 0 };

    put(&a, x->query, x->question_end);
    a.bytes[2] = 0x84; /* QR, AA */
    a.bytes[3] = rcode;
    memset(a.bytes + 6, 0, 6);
    return a;
}

static void put_address(struct answer *a, uint8_t length)
{
    const uint8_t fixed[] = { 0xc0, PEER_HEADER, 0, 1, 0, 1, 0, 0, 1, 0x2c, 0, length };
    const uint8_t data[] = { 192, 0, 2, 1, 0 };

    put(a, fixed, sizeof(fixed));
    put(a, data, length);
    a->bytes[7]++;
}

void dns_peer_send(const struct exchange *x, const uint8_t *bytes, size_t n)
{
    const uint8_t length[] = { (uint8_t)(n >> 8), (uint8_t)(n & 0xff) };

    if (x->over_tcp) {
        (void)send(x->peer->connection, length, 2, MSG_NOSIGNAL);
        (void)send(x->peer->connection, bytes, n, MSG_NOSIGNAL);
        return;
    }
    (void)sendto(x->peer->udp, bytes, n, 0, (const struct sockaddr *)&x->from, sizeof(x->from));
}

static void send_answer(const struct exchange *x, const struct answer *a)
{
    dns_peer_send(x, a->bytes, a->n);
}

static void do_rcode(const struct exchange *x, uint8_t rcode)
{
    struct answer a = begin(x, rcode);

    send_answer(x, &a);
}

static void do_ok(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    put_address(&a, 4);
    send_answer(x, &a);
}

static void do_nx(const struct exchange *x)
{
    do_rcode(x, 3);
}

static void do_nodata(const struct exchange *x)
{
    do_rcode(x, 0);
}

static void do_servfail(const struct exchange *x)
{
    do_rcode(x, 2);
}

static void do_refused(const struct exchange *x)
{
    do_rcode(x, 5);
}

static void do_silent(const struct exchange *x)
{
    (void)x;
}

static void do_drop1(const struct exchange *x)
{
    if (x->peer->seen > 1)
        do_ok(x);
}

static void do_half(const struct exchange *x)
{
    do_rcode(x, x->peer->seen > 1 ? 0 : 2);
}

static void do_late(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    put_address(&a, 4);
    if (x->peer->held.due != INT64_MAX)
        return;
    x->peer->held.due = x->world->clock + x->peer->delay;
    memcpy(x->peer->held.bytes, a.bytes, a.n);
    x->peer->held.n = a.n;
    memcpy(x->peer->held.to, &x->from, sizeof(x->from));
}

static void do_tc(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    if (x->over_tcp) {
        do_ok(x);
        return;
    }
    a.bytes[2] |= 0x02;
    send_answer(x, &a);
}

static void do_tc_closes(const struct exchange *x)
{
    if (x->over_tcp)
        dns_peer_hang_up(x->peer);
    else
        do_tc(x);
}

static void do_formerr(const struct exchange *x)
{
    if (x->opt)
        do_rcode(x, 1);
    else
        do_ok(x);
}

static void do_big(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    for (int i = 0; i < 40; i++)
        put_address(&a, 4);
    send_answer(x, &a);
}

static void do_alien(const struct exchange *x)
{
    struct answer a = begin(x, 3);

    a.bytes[0] ^= 0x55;
    send_answer(x, &a);
}

static void do_wrong_id(const struct exchange *x)
{
    do_alien(x);
    do_ok(x);
}

static void do_other(const struct exchange *x)
{
    struct answer a = begin(x, 3);

    a.bytes[PEER_HEADER + 1] = 'x';
    send_answer(x, &a);
    send_answer(x, &a);
}

static void do_wrong_name(const struct exchange *x)
{
    do_other(x);
    do_ok(x);
}

static void do_flood(const struct exchange *x)
{
    for (int i = 0; i < 1500; i++)
        do_alien(x);
    do_ok(x);
}

static void do_short(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    a.n = PEER_HEADER - 1;
    send_answer(x, &a);
}

static void do_empty(const struct exchange *x)
{
    struct answer a = { .n = 0 };

    send_answer(x, &a);
    a.n = 5;
    send_answer(x, &a);
    do_ok(x);
}

static void do_question(const struct exchange *x)
{
    struct answer a = { .n = 0 };

    put(&a, x->query, x->query_n);
    send_answer(x, &a);
}

/* A header only, as from servers that read no further. */
static void send_bare(const struct exchange *x, uint8_t rcode)
{
    struct answer a = begin(x, rcode);

    a.n = PEER_HEADER;
    a.bytes[5] = 0;
    send_answer(x, &a);
}

static void do_bare(const struct exchange *x)
{
    if (x->opt)
        send_bare(x, 1);
    else
        do_ok(x);
}

static void do_bare_refused(const struct exchange *x)
{
    send_bare(x, 5);
}

static void do_bad(const struct exchange *x)
{
    struct answer a = begin(x, 0);

    put_address(&a, 5);
    send_answer(x, &a);
}

static const struct {
    const char *label;
    void (*act)(const struct exchange *x);
} acts[] = {
    { "ok", do_ok },
    { "nx", do_nx },
    { "nodata", do_nodata },
    { "servfail", do_servfail },
    { "refused", do_refused },
    { "silent", do_silent },
    { "drop1", do_drop1 },
    { "half", do_half },
    { "late", do_late },
    { "tc", do_tc },
    { "tc-closes", do_tc_closes },
    { "formerr", do_formerr },
    { "big", do_big },
    { "alien", do_alien },
    { "wrong-id", do_wrong_id },
    { "wrong-name", do_wrong_name },
    { "other", do_other },
    { "short", do_short },
    { "flood", do_flood },
    { "empty", do_empty },
    { "question", do_question },
    { "bad", do_bad },
    { "bare", do_bare },
    { "bare-refused", do_bare_refused },
};

void dns_peer_act(const struct exchange *x)
{
    size_t n = x->query[PEER_HEADER];
    const char *label = (const char *)x->query + PEER_HEADER + 1;

    for (size_t i = 0; i < LP_COUNT(acts); i++)
        if (strlen(acts[i].label) == n && strncasecmp(acts[i].label, label, n) == 0)
            acts[i].act(x);
}
