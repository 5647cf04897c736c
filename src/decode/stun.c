/* stun.c - STUN and TURN messages: our two requests, and the reading of answers. */
#include "lp/stun.h"

#include <string.h>

#include "lp/text.h"

enum {
    ALLOCATE = 0x0003,
    BINDING = 0x0001,
    MAGIC_COOKIE = 0x000f, /* attribute; the others' numbers are in the table below */
    MS_VERSION = 0x8008,
    OUR_VERSION = 1, /* the least that a server of 2010 or later knows (MS-TURN 2.2.2.17) */
    NONCE = 0x0014,
    REALM = 0x0015,
    TEXT_MAX = 128,
};

static const uint32_t ms_cookie = 0x72c64bc6;
static const uint32_t rfc_cookie = 0x2112a442;

/* ---- requests ---- */

static void put_number(struct lp_buf *out, uint32_t value, size_t bytes)
{
    while (bytes-- > 0)
        lp_buf_char(out, (char)(value >> (8 * bytes) & 0xff));
}

static unsigned digit_of(struct lp_str token, size_t i)
{
    static const struct lp_str digits = { "0123456789abcdef", 16 };
    size_t at = i < token.n ? lp_str_find(digits, token.p[i]) : digits.n;
    return at < digits.n ? (unsigned)at : 0;
}

/* n bytes of the token, from its beginning again where it is too short for them. */
static void put_token(struct lp_buf *out, struct lp_str token, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = 2 * (i % LP_STUN_TRANSACTION);
        lp_buf_char(out, (char)(digit_of(token, at) << 4 | digit_of(token, at + 1)));
    }
}

void lp_stun_transaction(struct lp_str token, bool binding, char out[LP_STUN_TRANSACTION])
{
    struct lp_buf bytes = lp_buf_new(LP_STUN_TRANSACTION);
    if (binding)
        put_number(&bytes, rfc_cookie, 4);
    put_token(&bytes, token, LP_STUN_TRANSACTION - bytes.n);
    memcpy(out, bytes.p, LP_STUN_TRANSACTION);
    lp_buf_release(&bytes);
}

static void put_header(struct lp_buf *out, uint32_t type, size_t n)
{
    put_number(out, type, 2);
    put_number(out, (uint32_t)n, 2);
}

static void put_u32(struct lp_buf *out, uint32_t type, uint32_t value)
{
    put_header(out, type, 4);
    put_number(out, value, 4);
}

static void put_transaction(struct lp_buf *out, struct lp_str token, bool binding)
{
    char transaction[LP_STUN_TRANSACTION];
    lp_stun_transaction(token, binding, transaction);
    lp_buf_add(out, transaction, sizeof transaction);
}

void lp_stun_put_allocate(struct lp_buf *out, struct lp_str token)
{
    put_header(out, ALLOCATE, 16);
    put_transaction(out, token, false);
    put_u32(out, MAGIC_COOKIE, ms_cookie);
    put_u32(out, MS_VERSION, OUR_VERSION);
}

void lp_stun_put_binding(struct lp_buf *out, struct lp_str token)
{
    put_header(out, BINDING, 0);
    put_transaction(out, token, true);
}

/* ---- attributes ---- */

struct reading {
    struct lp_arena *arena;
    struct lp_stun *out;
};

static struct lp_str text_of(struct reading *r, struct lp_str value)
{
    return lp_clean_text(r->arena, lp_str_sub(value, 0, TEXT_MAX), NULL);
}

/* RFC 5389 15.1: a zero, the family, the port, the address. */
static struct lp_stun_place place_of(struct lp_str value)
{
    struct lp_stun_place place = { 0 };
    struct lp_reader in = lp_reader_of(value);
    lp_read_u8(&in);
    size_t n = lp_read_u8(&in) == 2 ? 16 : 4;
    place.port = lp_read_u16(&in);
    struct lp_str bytes = lp_read_bytes(&in, n);
    if (in.bad || lp_reader_left(&in))
        return (struct lp_stun_place){ 0 };
    place.address.family = n == 16 ? 6 : 4;
    memcpy(place.address.bytes, bytes.p, n);
    return place;
}

static void take_mapped(struct reading *r, struct lp_str value)
{
    if (!r->out->mapped.address.family)
        r->out->mapped = place_of(value);
}

/* RFC 5389 15.2. Microsoft's has the transaction's first bytes where the cookie stands in
   the standard's (MS-TURN 2.2.2.16), so that one rule does for both. */
static void take_xored(struct reading *r, struct lp_str value)
{
    struct lp_stun_place place = place_of(value);
    const uint8_t *key = (const uint8_t *)r->out->transaction.p;
    if (!place.address.family)
        return;
    for (size_t i = 0; i < (place.address.family == 6 ? 16U : 4U); i++)
        place.address.bytes[i] ^= key[i];
    place.port ^= (int64_t)key[0] << 8 | key[1];
    r->out->mapped = place;
}

static void take_alternate(struct reading *r, struct lp_str value)
{
    r->out->alternate = place_of(value);
}

/* RFC 5389 15.6: hundreds in three bits, the rest in a byte. */
static void take_error(struct reading *r, struct lp_str value)
{
    struct lp_reader in = lp_reader_of(value);
    lp_read_u16(&in);
    int64_t hundreds = lp_read_u8(&in) & 7, rest = lp_read_u8(&in);
    if (in.bad || hundreds < 3 || hundreds > 6 || rest > 99)
        return;
    r->out->error = hundreds * 100 + rest;
    r->out->reason = text_of(r, lp_str_sub(value, 4, value.n));
}

static void take_version(struct reading *r, struct lp_str value)
{
    struct lp_reader in = lp_reader_of(value);
    uint32_t version = lp_read_u32(&in);
    if (!in.bad)
        r->out->version = version;
}

static void take_realm(struct reading *r, struct lp_str value)
{
    r->out->realm = text_of(r, value);
}

static void take_nonce(struct reading *r, struct lp_str value)
{
    (void)value;
    r->out->nonce = true;
}

static void take_software(struct reading *r, struct lp_str value)
{
    r->out->software = text_of(r, value);
}

/* The standard's REALM has the number of Microsoft's Nonce, and the other way round. */
static uint16_t number_of(const struct lp_stun *message, uint16_t type)
{
    bool swapped = !message->microsoft && (type == NONCE || type == REALM);
    return swapped ? NONCE + REALM - type : type;
}

/* Those of answers that we read: MS-TURN 2.2.2, RFC 5389 15, RFC 3489 11.2. */
static const struct {
    uint16_t type;
    void (*take)(struct reading *r, struct lp_str value);
} attributes[] = {
    { 0x0001, take_mapped },    { 0x0009, take_error }, { 0x000e, take_alternate },
    { NONCE, take_nonce },      { REALM, take_realm },  { 0x0020, take_xored },
    { 0x8008, take_version },   { 0x8020, take_xored }, { 0x8022, take_software },
    { 0x8023, take_alternate },
};

static void take(struct reading *r, uint16_t type, struct lp_str value)
{
    uint16_t number = number_of(r->out, type);
    for (size_t i = 0; i < LP_COUNT(attributes); i++)
        if (attributes[i].type == number)
            attributes[i].take(r, value);
}

/* ---- the message ---- */

/* The next attribute, and what pads it to a multiple of `unit` bytes. Unset: none is left
   that is whole. */
static struct lp_str next_attribute(struct lp_reader *in, size_t unit, uint16_t *type)
{
    *type = lp_read_u16(in);
    size_t n = lp_read_u16(in);
    struct lp_str value = lp_read_bytes(in, n);
    lp_read_bytes(in, (unit - n % unit) % unit);
    return in->bad ? LP_STR_NONE : value;
}

/* Do attributes in steps of that unit fill the message to its last byte? */
static bool fits(struct lp_reader in, size_t unit)
{
    uint16_t type = 0;
    for (int n = 0; lp_reader_left(&in); n++)
        if (n == LP_STUN_ATTRIBUTES || !next_attribute(&in, unit, &type).p)
            return false;
    return true;
}

static bool has_ms_cookie(struct lp_reader in)
{
    uint16_t type = lp_read_u16(&in);
    uint16_t n = lp_read_u16(&in);
    return type == MAGIC_COOKIE && n == 4 && lp_read_u32(&in) == ms_cookie;
}

/* Types begin with two zero bits: that tells STUN from all that shares its ports. */
static bool read_header(struct lp_reader *in, struct lp_stun *out)
{
    out->type = lp_read_u16(in);
    size_t n = lp_read_u16(in);
    out->transaction = lp_read_bytes(in, LP_STUN_TRANSACTION);
    if (in->bad || out->type > 0x3fff || n != lp_reader_left(in))
        return false;
    struct lp_reader cookie = lp_reader_of(out->transaction);
    out->standard = lp_read_u32(&cookie) == rfc_cookie;
    out->microsoft = has_ms_cookie(*in);
    return true;
}

bool lp_stun_decode(struct lp_arena *arena, struct lp_str in, struct lp_stun *out)
{
    struct reading r = { arena, out };
    struct lp_reader reader = lp_reader_of(in);
    *out = (struct lp_stun){ .version = -1 };
    bool ok = read_header(&reader, out);
    size_t first = ok && out->microsoft ? 1 : 4;
    size_t unit = fits(reader, first) ? first : 5 - first;
    if (!ok || !fits(reader, unit)) {
        *out = (struct lp_stun){ .version = -1 };
        return false;
    }
    while (lp_reader_left(&reader)) {
        uint16_t type = 0;
        struct lp_str value = next_attribute(&reader, unit, &type);
        take(&r, type, value);
    }
    return true;
}

/* ---- TCP ---- */

void lp_stun_put_hello(struct lp_buf *out, struct lp_str token)
{
    static const char head[] = "\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x01";
    static const char tail[] = "\x00\x00\x02\x00\x18\x01\x00";
    lp_buf_add(out, head, sizeof head - 1);
    put_token(out, token, 32);
    lp_buf_add(out, tail, sizeof tail - 1);
}

bool lp_stun_is_hello(struct lp_str in)
{
    /* 32 random bytes and 32 of a session id stand between these. */
    static const struct {
        size_t at, n;
        const char *bytes;
    } parts[] = {
        { 0, 11, "\x16\x03\x01\x00\x4e\x02\x00\x00\x46\x03\x01" },
        { 43, 1, "\x20" },
        { 76, 7, "\x00\x18\x00\x0e\x00\x00\x00" },
    };
    bool same = true;
    for (size_t i = 0; i < LP_COUNT(parts); i++) {
        struct lp_str there = lp_str_sub(in, parts[i].at, parts[i].n);
        same = same && (there.n == 0 || memcmp(there.p, parts[i].bytes, there.n) == 0);
    }
    return same;
}

enum { CONTROL = 2 }; /* 3 is the data of peers */

void lp_stun_put_frame(struct lp_buf *out, size_t n)
{
    put_header(out, CONTROL << 8, n);
}

bool lp_stun_frame(struct lp_str in, size_t *n)
{
    struct lp_reader reader = lp_reader_of(in);
    uint16_t kind = lp_read_u16(&reader);
    *n = lp_read_u16(&reader);
    return kind == CONTROL << 8 && !reader.bad;
}
