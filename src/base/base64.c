/* base64.c - base64 (RFC 4648, section 4) and hex. */
#include "lp/text.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

enum { NO_DIGIT = 255 };

/* clang-format off */
/* The six bits of an ASCII character. */
static const uint8_t digit_of[128] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 62, 255, 255, 255, 63,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 255, 255, 255, 255, 255, 255,
    255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 255, 255, 255, 255, 255,
    255, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 255, 255, 255, 255, 255,
};
/* clang-format on */

static void put_tail(char *to, const uint8_t *from, size_t n)
{
    uint32_t bits = (uint32_t)from[0] << 16 | (n > 1 ? (uint32_t)from[1] << 8 : 0);
    to[0] = alphabet[bits >> 18];
    to[1] = alphabet[bits >> 12 & 63];
    to[2] = n > 1 ? alphabet[bits >> 6 & 63] : '=';
    to[3] = '=';
}

void lp_put_base64(struct lp_buf *out, struct lp_str bytes)
{
    const uint8_t *from = (const uint8_t *)bytes.p;
    size_t left = bytes.n;
    char *to = bytes.n ? lp_buf_room(out, (bytes.n / 3 + (bytes.n % 3 != 0)) * 4) : NULL;
    if (!to)
        return;
    for (; left >= 3; left -= 3, from += 3, to += 4) {
        uint32_t bits = (uint32_t)from[0] << 16 | (uint32_t)from[1] << 8 | from[2];
        to[0] = alphabet[bits >> 18];
        to[1] = alphabet[bits >> 12 & 63];
        to[2] = alphabet[bits >> 6 & 63];
        to[3] = alphabet[bits & 63];
    }
    if (left)
        put_tail(to, from, left);
}

static uint32_t digit(char c)
{
    return (uint8_t)c < 128 ? digit_of[(uint8_t)c] : NO_DIGIT;
}

/* Four characters into three bytes. False: a character that is no digit. */
static bool decode_four(const char *four, char *to)
{
    uint32_t a = digit(four[0]);
    uint32_t b = digit(four[1]);
    uint32_t c = digit(four[2]);
    uint32_t d = digit(four[3]);
    if ((a | b | c | d) > 63)
        return false;
    to[0] = (char)(a << 2 | b >> 4);
    to[1] = (char)((b & 15) << 4 | c >> 2);
    to[2] = (char)((c & 3) << 6 | d);
    return true;
}

/* The last four with their padding; the bits under the padding must be 0, so that each
 * text has one form. */
static bool decode_last(const char *four, char *to, size_t pad)
{
    char filled[4] = { four[0], four[1], pad == 2 ? 'A' : four[2], pad ? 'A' : four[3] };
    char three[3] = { 0 };
    if (!decode_four(filled, three))
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (i < 3 - pad)
            to[i] = three[i];
        else if (three[i] != 0)
            return false;
    }
    return true;
}

bool lp_get_base64(struct lp_arena *arena, struct lp_str text, struct lp_str *bytes)
{
    if (text.n % 4 != 0)
        return false;
    if (!text.n) {
        *bytes = LP_STR("");
        return true;
    }
    size_t pad = (size_t)(text.p[text.n - 1] == '=') + (lp_str_ends_nocase(text, "==") ? 1 : 0);
    size_t n = text.n / 4 * 3 - pad;
    char *to = lp_arena_alloc(arena, n + 1);
    size_t fours = text.n / 4 - 1;
    for (size_t i = 0; i < fours; i++)
        if (!decode_four(text.p + i * 4, to + i * 3))
            return false;
    *bytes = (struct lp_str){ to, n };
    return decode_last(text.p + fours * 4, to + fours * 3, pad);
}

void lp_put_hex(struct lp_buf *out, struct lp_str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *to = bytes.n && bytes.n <= SIZE_MAX / 2 ? lp_buf_room(out, bytes.n * 2) : NULL;
    for (size_t i = 0; to && i < bytes.n; i++) {
        to[2 * i] = digits[(uint8_t)bytes.p[i] >> 4];
        to[2 * i + 1] = digits[(uint8_t)bytes.p[i] & 15];
    }
}
