/* dns_made.c - answers of a hostile name server: made up from nothing */
#include "dns_acts.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIRE = 256, PER_TARGET = 12 };

static bool send_it(struct exchange *x)
{
    hp_reply(x);
    return true;
}

/* Answers that need TCP: truncated by UDP. True: it was the UDP question. */
static bool sent_to_tcp(struct exchange *x)
{
    if (x->tcp)
        return false;
    hp_begin(x, 0);
    x->answer.bytes[2] |= 2;
    return send_it(x);
}

static struct bytes wire_name(const char *dotted)
{
    static struct message m;

    m.n = 0;
    put_name(&m, dotted);
    return (struct bytes){ (const char *)m.bytes, m.n };
}

bool act_silence(struct exchange *x)
{
    (void)x;
    return true;
}

bool act_rcode(struct exchange *x)
{
    hp_begin(x, (unsigned)x->row->count);
    put_bytes(&x->answer, x->row->text);
    return send_it(x);
}

bool act_header_only(struct exchange *x)
{
    hp_begin(x, (unsigned)x->row->count);
    x->answer.n = 12;
    x->answer.bytes[5] = 0;
    return send_it(x);
}

/* RFC 6891: the upper bits lie in the OPT record. */
bool act_extended(struct exchange *x)
{
    hp_begin(x, (unsigned)x->row->count & 15);
    x->answer.bytes[11] = 1;
    put8(&x->answer, 0);
    put16(&x->answer, 41);
    put16(&x->answer, 1232);
    put32(&x->answer, (uint32_t)x->row->count >> 4 << 24);
    put16(&x->answer, 0);
    return send_it(x);
}

bool act_raw(struct exchange *x)
{
    hp_begin(x, 0);
    hp_count(x, 1);
    put_bytes(&x->answer, x->row->text);
    return send_it(x);
}

bool act_srv(struct exchange *x)
{
    hp_begin(x, 0);
    hp_count(x, 1);
    hp_srv(x, (unsigned)x->row->count, x->row->text);
    return send_it(x);
}

bool act_duplicates(struct exchange *x)
{
    if (sent_to_tcp(x))
        return true;
    hp_begin(x, 0);
    hp_count(x, (unsigned)x->row->count);
    for (long i = 0; i < x->row->count; i++)
        hp_srv(x, 443, x->row->text);
    return send_it(x);
}

/* Compressed, or 2000 would not fit: the domain lies behind _sip._tls in the question. */
static bool many_targets(struct exchange *x)
{
    char name[WIRE];

    hp_begin(x, 0);
    hp_count(x, (unsigned)x->row->count);
    for (long i = 0; i < x->row->count; i++) {
        int n = snprintf(name, sizeof name, "?t%ld\300\026", i);

        name[0] = (char)(n - 3);
        hp_srv(x, 443, (struct bytes){ name, (size_t)n });
    }
    return send_it(x);
}

/* Addresses where nobody listens. */
static bool some_addresses(struct exchange *x, long first, long count)
{
    unsigned char address[4] = { 203, 0, 113, 0 };

    hp_begin(x, 0);
    hp_count(x, (unsigned)count);
    for (long i = 0; i < count; i++) {
        address[3] = (unsigned char)(100 + (first + i) % 150);
        hp_record(x, T_A, (struct bytes){ (const char *)address, sizeof address });
    }
    return send_it(x);
}

bool act_srv_many(struct exchange *x)
{
    if (strcmp(x->name, "_sip._tls") == 0 && x->type == T_SRV)
        return sent_to_tcp(x) || many_targets(x);
    if (x->name[0] != 't' || x->type != T_A)
        return false;
    return some_addresses(x, strtol(x->name + 1, NULL, 10) * PER_TARGET, PER_TARGET);
}

bool act_addresses(struct exchange *x)
{
    if (x->type != T_A)
        return false;
    return sent_to_tcp(x) || some_addresses(x, 0, x->row->count);
}

bool act_address(struct exchange *x)
{
    if ((x->row->text.n == 4) != (x->type == T_A)) {
        hp_begin(x, 0);
        return send_it(x);
    }
    hp_begin(x, 0);
    hp_count(x, 1);
    hp_record(x, x->type, x->row->text);
    return send_it(x);
}

/* ---- work for the reader ---- */

bool act_stuffed(struct exchange *x)
{
    static const char block[200];
    unsigned n = (unsigned)x->row->count / (unsigned)(sizeof block + 12);

    if (sent_to_tcp(x))
        return true;
    hp_begin(x, 0);
    hp_count(x, n + 1);
    for (unsigned i = 0; i < n; i++)
        hp_record(x, T_TXT, (struct bytes){ block, sizeof block });
    hp_srv(x, 443, wire_name("access." HP_DOMAIN));
    return send_it(x);
}

/* The same for every question, and no answer behind it. */
bool act_stuffed_all(struct exchange *x)
{
    static const char block[60000];

    if (sent_to_tcp(x))
        return true;
    hp_begin(x, 0);
    x->answer.bytes[9] = 1;
    hp_record(x, T_TXT, (struct bytes){ block, sizeof block });
    return send_it(x);
}

/* Pointers in the data of a record that nobody reads; the SRV target points at the last. */
bool act_pointers(struct exchange *x)
{
    static char chain[16384];
    size_t start = x->end + 12, n = 2 * (size_t)x->row->count;
    char last[2];

    if (sent_to_tcp(x))
        return true;
    for (size_t i = 0; i < n; i += 2) {
        size_t to = i == 0 ? 12 : start + i - 2;

        chain[i] = (char)(0xc0 | to >> 8);
        chain[i + 1] = (char)to;
    }
    memcpy(last, (char[]){ (char)(0xc0 | (start + n - 2) >> 8), (char)(start + n - 2) }, 2);
    hp_begin(x, 0);
    hp_count(x, 2);
    hp_record(x, T_TXT, (struct bytes){ chain, n });
    hp_srv(x, 443, (struct bytes){ last, 2 });
    return send_it(x);
}

/* One long name, and many records whose targets point at it. */
bool act_labels(struct exchange *x)
{
    char name[WIRE];
    char pointer[2];
    size_t start = x->end + 12 + 6;

    if (sent_to_tcp(x))
        return true;
    for (size_t i = 0; i < 252; i += 2)
        memcpy(name + i, "\001a", 2);
    name[252] = 0;
    pointer[0] = (char)(0xc0 | start >> 8);
    pointer[1] = (char)start;
    hp_begin(x, 0);
    hp_count(x, (unsigned)x->row->count);
    hp_srv(x, 443, (struct bytes){ name, 253 });
    for (long i = 1; i < x->row->count; i++)
        hp_srv(x, 443, (struct bytes){ pointer, 2 });
    return send_it(x);
}

/* ---- aliases ---- */

static bool is_address(const struct exchange *x)
{
    return x->type == T_A || x->type == T_AAAA;
}

static void put_alias(struct message *m, const char *owner, const char *target)
{
    struct bytes data;

    put_name(m, owner);
    put16(m, T_CNAME);
    put16(m, 1);
    put32(m, 300);
    data = wire_name(target);
    put16(m, (unsigned)data.n);
    put_bytes(m, data);
}

static void alias_name(char *out, long i)
{
    if (i == 0)
        snprintf(out, 64, "sip." HP_DOMAIN);
    else
        snprintf(out, 64, "c%ld." HP_DOMAIN, i);
}

bool act_aliases(struct exchange *x)
{
    char from[64], to[64];

    if (!is_address(x) || strcmp(x->name, "sip") != 0)
        return false;
    if (sent_to_tcp(x))
        return true;
    hp_begin(x, 0);
    hp_count(x, (unsigned)x->row->count);
    for (long i = 0; i < x->row->count; i++) {
        alias_name(from, i);
        alias_name(to, i + 1);
        put_alias(&x->answer, from, to);
    }
    return send_it(x);
}

bool act_alias(struct exchange *x)
{
    hp_begin(x, 0);
    hp_count(x, 1);
    hp_record(x, T_CNAME, x->row->text);
    return send_it(x);
}

static bool alias_to(struct exchange *x, long i)
{
    char to[64];

    alias_name(to, i);
    hp_begin(x, 0);
    hp_count(x, 1);
    hp_record(x, T_CNAME, wire_name(to));
    return send_it(x);
}

static bool is_ours(const struct exchange *x, long *at)
{
    if (!is_address(x) || (strcmp(x->name, "sip") != 0 && x->name[0] != 'c'))
        return false;
    *at = x->name[0] == 'c' ? strtol(x->name + 1, NULL, 10) : 0;
    return true;
}

bool act_alias_endless(struct exchange *x)
{
    long at;

    if (!is_ours(x, &at))
        return false;
    pause_ms(x->row->pause_ms);
    return alias_to(x, at + 1);
}

bool act_alias_ring(struct exchange *x)
{
    long at;

    return is_ours(x, &at) && alias_to(x, (at + 1) % 3);
}

bool act_yes(struct exchange *x)
{
    static const unsigned char address[4] = { 203, 0, 113, 10 };

    hp_begin(x, 0);
    if (x->type == T_AAAA)
        return send_it(x);
    hp_count(x, 1);
    if (x->type == T_A)
        hp_record(x, T_A, (struct bytes){ (const char *)address, sizeof address });
    else
        hp_srv(x, 443, wire_name("any." HP_DOMAIN));
    return send_it(x);
}
