/* reader.c - big-endian reading that cannot leave its bytes. */
#include "lp/buf.h"

struct lp_reader lp_reader_of(struct lp_str bytes)
{
    return (struct lp_reader){ (const uint8_t *)bytes.p, bytes.n, 0, false };
}

size_t lp_reader_left(const struct lp_reader *r)
{
    return r->n - r->at;
}

struct lp_str lp_read_bytes(struct lp_reader *r, size_t n)
{
    if (r->bad || n > lp_reader_left(r)) {
        r->bad = true;
        return LP_STR_NONE;
    }
    struct lp_str bytes = { n ? (const char *)r->p + r->at : "", n };
    r->at += n;
    return bytes;
}

static uint32_t read_number(struct lp_reader *r, size_t n)
{
    struct lp_str bytes = lp_read_bytes(r, n);
    uint32_t value = 0;
    for (size_t i = 0; i < bytes.n; i++)
        value = value << 8 | (uint8_t)bytes.p[i];
    return value;
}

uint8_t lp_read_u8(struct lp_reader *r)
{
    return (uint8_t)read_number(r, 1);
}

uint16_t lp_read_u16(struct lp_reader *r)
{
    return (uint16_t)read_number(r, 2);
}

uint32_t lp_read_u32(struct lp_reader *r)
{
    return read_number(r, 4);
}
