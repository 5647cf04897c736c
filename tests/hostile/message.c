/* message.c - DNS messages: written by hand, as the attacks need wrong ones */
#include "hostile.h"

#include <string.h>

void put8(struct message *m, unsigned value)
{
    if (m->n < sizeof m->bytes)
        m->bytes[m->n++] = (uint8_t)value;
}

void put16(struct message *m, unsigned value)
{
    put8(m, value >> 8 & 0xff);
    put8(m, value & 0xff);
}

void put32(struct message *m, uint32_t value)
{
    put16(m, value >> 16);
    put16(m, value & 0xffff);
}

void put_bytes(struct message *m, struct bytes b)
{
    for (size_t i = 0; i < b.n; i++)
        put8(m, (uint8_t)b.p[i]);
}

void put_name(struct message *m, const char *dotted)
{
    while (*dotted != '\0') {
        size_t n = strcspn(dotted, ".");

        put8(m, (unsigned)n);
        put_bytes(m, (struct bytes){ dotted, n });
        dotted += n + (dotted[n] == '.');
    }
    put8(m, 0);
}

void hp_begin(struct exchange *x, unsigned rcode)
{
    struct message *m = &x->answer;

    memcpy(m->bytes, x->query.bytes, x->end);
    m->n = x->end;
    m->bytes[2] = 0x85; /* QR, AA, RD */
    m->bytes[3] = (uint8_t)(0x80 | (rcode & 15));
    memset(m->bytes + 6, 0, 6);
}

void hp_count(struct exchange *x, unsigned answers)
{
    x->answer.bytes[6] = (uint8_t)(answers >> 8);
    x->answer.bytes[7] = (uint8_t)answers;
}

static void fixed_part(struct exchange *x, unsigned type, size_t size)
{
    put16(&x->answer, 0xc00c);
    put16(&x->answer, type);
    put16(&x->answer, 1);
    put32(&x->answer, 300);
    put16(&x->answer, (unsigned)size);
}

void hp_record(struct exchange *x, unsigned type, struct bytes rdata)
{
    fixed_part(x, type, rdata.n);
    put_bytes(&x->answer, rdata);
}

void hp_srv(struct exchange *x, unsigned port, struct bytes wire_target)
{
    fixed_part(x, T_SRV, 6 + wire_target.n);
    put32(&x->answer, 0); /* priority, weight */
    put16(&x->answer, port);
    put_bytes(&x->answer, wire_target);
}
