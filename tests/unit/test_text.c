/* test_text.c - the escapers for people and for JSON, clean text, columns. */
#include "lp/text.h"

#include "lp/utf8.h"

#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

Suite *lp_suite_text(void);

struct row {
    struct lp_str in;
    const char *out;
};

#define ROW(in, out)                    \
    {                                   \
        { (in), sizeof(in) - 1 }, (out) \
    }

/* clang-format off */
static const struct row terminal[] = {
    ROW("", ""),
    ROW("sip.contoso.com", "sip.contoso.com"),
    ROW("a b~", "a b~"),
    ROW("a\\b", "a\\\\b"),
    ROW("a\0b", "a\\x00b"),
    ROW("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
    ROW("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
    ROW("a\r\nb\tc", "a\\x0d\\x0ab\\x09c"),
    ROW("\x7f", "\\x7f"),
    ROW("\x9b" "2J", "\\x9b2J"),                           /* C1 as a byte */
    ROW("\xc2\x9b" "2J", "\\u{9b}2J"),                     /* C1 in UTF-8 */
    ROW("\xc2\x85", "\\u{85}"),
    ROW("k\xc3\xb6ln", "k\xc3\xb6ln"),
    ROW("\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87"),
    ROW("\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80"),
    ROW("a\xe2\x80\xae" "b", "a\\u{202e}b"),               /* bidi override */
    ROW("\xe2\x81\xa6x\xe2\x81\xa9", "\\u{2066}x\\u{2069}"), /* isolates */
    ROW("\xd8\x9c", "\\u{61c}"),                           /* Arabic letter mark */
    ROW("\xe2\x80\x8b\xe2\x80\x8c\xe2\x80\x8d", "\\u{200b}\\u{200c}\\u{200d}"),
    ROW("\xe2\x80\x8e\xe2\x80\x8f", "\\u{200e}\\u{200f}"),
    ROW("\xe2\x81\xa0", "\\u{2060}"),
    ROW("\xe2\x80\xa8\xe2\x80\xa9", "\\u{2028}\\u{2029}"),
    ROW("\xef\xbb\xbfx", "\\u{feff}x"),                    /* BOM */
    ROW("\xc2\xad", "\\u{ad}"),                            /* soft hyphen */
    ROW("x\xef\xb8\x8f", "x\\u{fe0f}"),                    /* variation selector */
    ROW("\xf3\xa0\x81\x81", "\\u{e0041}"),                 /* tag */
    ROW("\xf3\xa0\x84\x80", "\\u{e0100}"),                 /* variation selector supplement */
    ROW("\xee\x80\x80", "\\u{e000}"),                      /* private use */
    ROW("\xf4\x8f\xbf\xbd", "\\u{10fffd}"),
    ROW("\xef\xbf\xbe", "\\u{fffe}"),                      /* noncharacter */
    ROW("\xef\xb7\x90", "\\u{fdd0}"),
    ROW("\xed\xa0\x80", "\\xed\\xa0\\x80"),                /* surrogate */
    ROW("\xc0\xaf", "\\xc0\\xaf"),                         /* overlong */
    ROW("\xe0\x80\xaf", "\\xe0\\x80\\xaf"),
    ROW("\xf0\x80\x80\xaf", "\\xf0\\x80\\x80\\xaf"),
    ROW("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"),       /* over U+10FFFF */
    ROW("\xff\xfe", "\\xff\\xfe"),
    ROW("\x80", "\\x80"),
    ROW("\xe2\x82", "\\xe2\\x82"),                         /* cut off */
    ROW("\xe2\x82" "a", "\\xe2\\x82" "a"),
    ROW("e\xcc\x81", "e\xcc\x81"),                         /* combining acute */
    ROW("\xcc\x81", "\\u{301}"),                           /* ... on nothing */
    ROW("\x01\xcc\x81", "\\x01\\u{301}"),                  /* ... on an escape */
    ROW("\xe2\x80\x8b\xcc\x81", "\\u{200b}\\u{301}"),
    ROW("\xff\xcc\x81", "\\xff\\u{301}"),
    ROW("e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
        "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81\\u{301}"),
    ROW("\xe3\x85\xa4", "\\u{3164}"),                      /* Hangul filler */
};

static const struct row json[] = {
    ROW("", "\"\""),
    ROW("abc", "\"abc\""),
    ROW("a\"b\\c/", "\"a\\\"b\\\\c/\""),
    ROW("\n\r\t\b\f", "\"\\n\\r\\t\\b\\f\""),
    ROW("a\0b", "\"a\\u0000b\""),
    ROW("\x1b\x7f", "\"\\u001b\\u007f\""),
    ROW("\xc2\x9b", "\"\\u009b\""),
    ROW("\xe2\x80\xa8\xe2\x80\xa9", "\"\\u2028\\u2029\""),
    ROW("\xe2\x80\xae", "\"\\u202e\""),
    ROW("\xf3\xa0\x81\x81", "\"\\udb40\\udc41\""),
    ROW("\xf4\x8f\xbf\xbf", "\"\\udbff\\udfff\""),
    ROW("k\xc3\xb6ln \xf0\x9f\x98\x80", "\"k\xc3\xb6ln \xf0\x9f\x98\x80\""),
    ROW("\xff" "a\xc3", "\"\xef\xbf\xbd" "a\xef\xbf\xbd\""),
    ROW("\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""),
};
/* clang-format on */

START_TEST(to_terminal)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_term(&out, terminal[_i].in, 0);
    struct lp_str shown = lp_buf_view(&out);
    ck_assert_str_eq(shown.p, terminal[_i].out);
    ck_assert(lp_is_clean_text(shown));
    lp_buf_release(&out);
}
END_TEST
START_TEST(to_json)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_json(&out, json[_i].in);
    ck_assert_str_eq(out.p, json[_i].out);
    lp_buf_release(&out);
}
END_TEST
static const struct {
    const char *in;
    size_t max;
    const char *out;
} cuts[] = {
    { "abc", 3, "abc" },
    { "abcd", 3, "abc..." },
    { "ab\xc3\xb6", 3, "ab..." },
    { "ab\xc3\xb6", 4, "ab\xc3\xb6" },
    { "a\xe2\x82\xac", 2, "a..." },
    { "a\xe2\x82\xac", 3, "a..." },
    { "\xf0\x9f\x98\x80", 1, "..." },
    { "\xf0\x9f\x98\x80", 3, "..." },
    { "\xf0\x9f\x98\x80x", 4, "\xf0\x9f\x98\x80..." },
    { "\x80\x80\x80\x80", 3, "\\x80\\x80\\x80..." },
    { "\x1b\x1b", 1, "\\x1b..." },
};

START_TEST(cut_at_a_character)
{
    struct lp_buf out = lp_buf_new(1000);
    lp_put_term(&out, lp_str_of(cuts[_i].in), cuts[_i].max);
    ck_assert_str_eq(lp_buf_view(&out).p, cuts[_i].out);
    lp_buf_release(&out);
}
END_TEST
START_TEST(default_maximum)
{
    char text[300];
    struct lp_arena arena = { 0 };
    memset(text, 'x', sizeof text);
    const char *shown = lp_term(&arena, (struct lp_str){ text, 257 });
    ck_assert_uint_eq(strlen(shown), 256 + 3);
    ck_assert_str_eq(shown + 256, "...");
    ck_assert_uint_eq(strlen(lp_term(&arena, (struct lp_str){ text, 256 })), 256);
    ck_assert_str_eq(lp_term(&arena, LP_STR_NONE), "");
    lp_arena_release(&arena);
}
END_TEST
START_TEST(whole_or_nothing)
{
    for (size_t limit = 0; limit < 12; limit++) {
        struct lp_buf out = lp_buf_new(limit);
        lp_put_json(&out, LP_STR("ab\ncdefg"));
        ck_assert_uint_eq(out.n, limit < 11 ? 0 : 11);
        ck_assert_int_eq(out.cut, limit < 11);
        lp_put_json(&out, LP_STR(""));
        ck_assert_int_eq(out.cut, 1);
        lp_buf_clear(&out);
        lp_put_term(&out,
                    LP_STR("ab\x01"
                           "cdef"),
                    0);
        ck_assert_uint_eq(out.n, limit < 10 ? 0 : 10);
        lp_buf_clear(&out);
        lp_put_base64(&out, LP_STR("abcde"));
        ck_assert_uint_eq(out.n, limit < 8 ? 0 : 8);
        lp_buf_clear(&out);
        lp_put_hex(&out, LP_STR("abc"));
        ck_assert_uint_eq(out.n, limit < 6 ? 0 : 6);
        lp_buf_release(&out);
    }
}
END_TEST
static const struct {
    const char *text;
    size_t columns;
} widths[] = {
    { "", 0 },
    { "abc", 3 },
    { "k\xc3\xb6ln", 4 },
    { "\xe4\xb8\xad\xe6\x96\x87", 4 },
    { "\xea\xb0\x80", 2 },
    { "e\xcc\x81", 1 },
    { "\xf0\x9f\x98\x80", 2 },
    { "\xef\xbc\xa1", 2 },
    { "\xef\xbd\xb1", 1 },
    { "\xe3\x82\xab\xe3\x82\x99", 2 },
    { "\xd7\xa9\xd7\x81", 1 },
    { "\xe2\x94\x80\xe2\x94\x82", 2 },
    { "\xe2\x80\xa6", 1 },
    { "\xff\x80", 2 },
};

START_TEST(columns)
{
    ck_assert_uint_eq(lp_columns(lp_str_of(widths[_i].text)), widths[_i].columns);
}
END_TEST
static const struct {
    struct lp_str in;
    const char *clean;
    bool changed;
} cleanings[] = {
    { { "", 0 }, "", false },
    { { "caf\xc3\xa9 \\x", 8 }, "caf\xc3\xa9 \\x", false },
    { { "a\0b", 3 }, "a\\x00b", true },
    { { "\x1b[m", 3 }, "\\x1b[m", true },
    { { "\xc2\x9b", 2 }, "\\xc2\\x9b", true },
    { { "\xe2\x82", 2 }, "\\xe2\\x82", true },
    { { "\x7f\xc3\xa9\xff", 4 }, "\\x7f\xc3\xa9\\xff", true },
    { { "\xe2\x80\xae", 3 }, "\xe2\x80\xae", false },
};

START_TEST(cleaning)
{
    struct lp_arena arena = { 0 };
    bool changed = !cleanings[_i].changed;
    struct lp_str clean = lp_clean_text(&arena, cleanings[_i].in, &changed);
    ck_assert_str_eq(clean.p, cleanings[_i].clean);
    ck_assert_uint_eq(clean.n, strlen(cleanings[_i].clean));
    ck_assert_int_eq(changed, cleanings[_i].changed);
    ck_assert_int_eq(lp_is_clean_text(cleanings[_i].in), !cleanings[_i].changed);
    ck_assert(lp_is_clean_text(lp_clean_text(&arena, cleanings[_i].in, NULL)));
    ck_assert_ptr_null(lp_clean_text(&arena, LP_STR_NONE, NULL).p);
    lp_arena_release(&arena);
}
END_TEST
/* Every code point: what is put is clean, one line, and free of hidden characters. */
START_TEST(every_code_point)
{
    struct lp_buf out = lp_buf_new(1000);
    for (uint32_t code = 0x80; code < 0x110000; code++) {
        char bytes[4] = { (char)(0xf0 | code >> 18), (char)(0x80 | (code >> 12 & 63)),
                          (char)(0x80 | (code >> 6 & 63)), (char)(0x80 | (code & 63)) };
        size_t from = code < 0x800 ? 2 : code < 0x10000 ? 1 : 0;
        if (from == 2)
            bytes[2] = (char)(0xc0 | code >> 6);
        if (from == 1)
            bytes[1] = (char)(0xe0 | code >> 12);
        struct lp_str s = { bytes + from, 4 - from };
        uint32_t seen = 0;
        bool surrogate = code >= 0xd800 && code <= 0xdfff;
        size_t length = lp_utf8_decode(s, 0, &seen);
        if (surrogate ? length != 0 : length != s.n || seen != code)
            ck_abort_msg("U+%X is decoded wrongly", (unsigned)code);
        lp_buf_clear(&out);
        lp_put_term(&out, s, 0);
        if (!surrogate && out.n == s.n && lp_utf8_is_hidden(code))
            ck_abort_msg("U+%X passes", (unsigned)code);
        if (!lp_is_clean_text(lp_buf_view(&out)))
            ck_abort_msg("U+%X is not clean", (unsigned)code);
    }
    lp_buf_release(&out);
}
END_TEST
enum { ROUNDS = 5000 };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* Bytes of all kinds: plain, escapes, sequences, halves of sequences. */
static struct lp_str random_bytes(uint32_t *state, char *room, size_t size)
{
    static const char *const bits[] = {
        "\"",       "\\",   "\n",   "\x1b[2J",  "k\xc3\xb6", "\xe2\x80\xae", "\xf0\x9f\x98\x80",
        "\xe2\x82", "\xff", "\x80", "abcdefgh", "\xcc\x81",  "\xc2\x9b",     "\\x41",
        "\\u{41}"
    };
    size_t n = 0;
    for (size_t wanted = next_random(state) % size; n < wanted;) {
        const char *bit = bits[next_random(state) % LP_COUNT(bits)];
        if (next_random(state) % 3 == 0)
            room[n++] = (char)next_random(state);
        else
            for (; *bit && n < wanted; bit++)
                room[n++] = *bit;
    }
    return (struct lp_str){ room, n };
}

static void put_code(struct lp_buf *out, uint32_t code)
{
    unsigned tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static const uint8_t leads[] = { 0, 0xc0, 0xe0, 0xf0 };
    lp_buf_char(out, (char)(leads[tail] | code >> (6 * tail)));
    while (tail-- > 0)
        lp_buf_char(out, (char)(0x80 | (code >> (6 * tail) & 63)));
}

/* Puts what the escape at p stands for; returns its length. */
static size_t put_unescaped(struct lp_buf *out, const char *p)
{
    char *end = NULL;
    if (p[1] == '\\') {
        lp_buf_char(out, '\\');
        return 2;
    }
    if (p[1] == 'x') {
        char digits[3] = { p[2], p[3], 0 };
        lp_buf_char(out, (char)strtoul(digits, &end, 16));
        return end == digits + 2 ? 4 : 1;
    }
    put_code(out, (uint32_t)strtoul(p + 3, &end, 16));
    return (size_t)(end + 1 - p);
}

/* Undoes lp_put_term, to show that it loses nothing. */
static void put_back(struct lp_buf *out, struct lp_str shown)
{
    for (size_t at = 0; at < shown.n;) {
        if (shown.p[at] == '\\')
            at += put_unescaped(out, shown.p + at);
        else
            lp_buf_char(out, shown.p[at++]);
    }
}

START_TEST(terminal_round_trip)
{
    uint32_t state = 7;
    char room[200];
    struct lp_buf shown = lp_buf_new(SIZE_MAX);
    struct lp_buf back = lp_buf_new(SIZE_MAX);
    for (int i = 0; i < ROUNDS; i++) {
        struct lp_str s = random_bytes(&state, room, sizeof room);
        lp_buf_clear(&shown);
        lp_buf_clear(&back);
        lp_put_term(&shown, s, sizeof room);
        if (!lp_is_clean_text(lp_buf_view(&shown)))
            ck_abort_msg("round %d is not clean", i);
        put_back(&back, lp_buf_view(&shown));
        if (!lp_str_eq(lp_buf_view(&back), s))
            ck_abort_msg("round %d does not come back: %s", i, lp_buf_view(&shown).p);
    }
    lp_buf_release(&shown);
    lp_buf_release(&back);
}
END_TEST
/* What a JSON reader must see: the bytes, each that is not UTF-8 replaced. */
static void put_replaced(struct lp_buf *out, struct lp_str s)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t code = 0;
        size_t length = lp_utf8_decode(s, at, &code);
        if (length)
            lp_buf_add(out, s.p + at, length);
        else
            lp_buf_text(out, "\xef\xbf\xbd");
        at += length ? length : 1;
    }
}

START_TEST(json_round_trip)
{
    uint32_t state = 11;
    char room[200];
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    struct lp_buf wanted = lp_buf_new(SIZE_MAX);
    for (int i = 0; i < ROUNDS; i++) {
        struct lp_str s = random_bytes(&state, room, sizeof room);
        lp_buf_clear(&out);
        lp_buf_clear(&wanted);
        lp_put_json(&out, s);
        put_replaced(&wanted, s);
        json_t *value = json_loadb(out.p, out.n, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        struct lp_str seen = { json_string_value(value), json_string_length(value) };
        if (!value || !lp_str_eq(seen, lp_buf_view(&wanted)) ||
            !lp_is_clean_text(lp_buf_view(&out)))
            ck_abort_msg("round %d: %s", i, out.p);
        json_decref(value);
    }
    lp_buf_release(&out);
    lp_buf_release(&wanted);
}
END_TEST
Suite *lp_suite_text(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    tcase_add_loop_test(tc, to_terminal, 0, LP_COUNT(terminal));
    tcase_add_loop_test(tc, to_json, 0, LP_COUNT(json));
    tcase_add_loop_test(tc, cut_at_a_character, 0, LP_COUNT(cuts));
    tcase_add_test(tc, default_maximum);
    tcase_add_test(tc, whole_or_nothing);
    tcase_add_loop_test(tc, columns, 0, LP_COUNT(widths));
    tcase_add_loop_test(tc, cleaning, 0, LP_COUNT(cleanings));
    tcase_add_test(tc, every_code_point);
    tcase_add_test(tc, terminal_round_trip);
    tcase_add_test(tc, json_round_trip);
    suite_add_tcase(suite, tc);
    return suite;
}
