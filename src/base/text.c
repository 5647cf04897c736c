/* text.c - untrusted bytes as text for people: terminals, logs, messages. */
#include "lp/text.h"

#include "lp/utf8.h"

enum { DEFAULT_MAX = 256, MARKS_MAX = 4 };

/* An escaper adds all of its text or nothing; this remembers where it began. */
struct lp_whole lp_whole_begin(struct lp_buf *out)
{
    struct lp_whole whole = { out->n, out->cut };
    out->cut = false;
    return whole;
}

void lp_whole_end(struct lp_buf *out, struct lp_whole whole)
{
    if (out->cut)
        lp_buf_truncate(out, whole.n);
    out->cut = out->cut || whole.cut;
}

static void put_hex_byte(struct lp_buf *out, char byte)
{
    static const char digits[] = "0123456789abcdef";
    char text[4] = { '\\', 'x', digits[(uint8_t)byte >> 4], digits[(uint8_t)byte & 15] };
    lp_buf_add(out, text, sizeof text);
}

/* Plain printable ASCII, the common case, goes through in runs. */
static size_t plain_run(struct lp_str s, size_t at, size_t end)
{
    size_t i = at;
    while (i < end && s.p[i] >= 0x20 && s.p[i] < 0x7f && s.p[i] != '\\')
        i++;
    return i - at;
}

/* One well-formed character that is no plain ASCII. False: it had to be escaped. */
static bool put_character(struct lp_buf *out, struct lp_str character, uint32_t code)
{
    if (code == '\\')
        lp_buf_text(out, "\\\\");
    else if (code < 0x80)
        put_hex_byte(out, character.p[0]);
    else if (lp_utf8_is_hidden(code))
        lp_buf_printf(out, "\\u{%x}", (unsigned)code);
    else
        lp_buf_str(out, character);
    return code >= 0x80 && !lp_utf8_is_hidden(code);
}

/*
 * The next character, escaped if need be; returns its length. marks counts the combining
 * marks that stand before it; MARKS_MAX where none may follow: a mark sits neither on our
 * own text nor on an escape, and a pile of them does not reach into other lines.
 */
static size_t put_next(struct lp_buf *out, struct lp_str s, size_t at, unsigned *marks)
{
    uint32_t code = 0;
    size_t length = lp_utf8_decode(s, at, &code);
    if (!length) {
        put_hex_byte(out, s.p[at]);
        *marks = MARKS_MAX;
        return 1;
    }
    bool is_mark = lp_utf8_columns(code) == 0;
    if (is_mark && *marks == MARKS_MAX)
        lp_buf_printf(out, "\\u{%x}", (unsigned)code);
    else if (put_character(out, lp_str_sub(s, at, length), code))
        *marks = is_mark ? *marks + 1 : 0;
    else
        *marks = MARKS_MAX;
    return length;
}

/* Where to stop so that at most max bytes are shown and no sequence is torn. */
static size_t shown_end(struct lp_str s, size_t max)
{
    if (s.n <= max)
        return s.n;
    uint32_t code = 0;
    for (size_t back = 1; back < 4 && back <= max; back++) {
        size_t length = lp_utf8_decode(s, max - back, &code);
        if (length)
            return length > back ? max - back : max;
    }
    return max;
}

void lp_put_term(struct lp_buf *out, struct lp_str s, size_t max)
{
    struct lp_whole whole = lp_whole_begin(out);
    size_t end = shown_end(s, max ? max : DEFAULT_MAX);
    unsigned marks = MARKS_MAX;
    for (size_t at = 0; at < end;) {
        size_t run = plain_run(s, at, end);
        lp_buf_add(out, run ? s.p + at : NULL, run);
        at += run;
        if (run)
            marks = 0;
        if (at < end)
            at += put_next(out, s, at, &marks);
    }
    if (end < s.n)
        lp_buf_text(out, "...");
    lp_whole_end(out, whole);
}

static const char *term(struct lp_arena *arena, struct lp_str s, size_t max)
{
    struct lp_buf shown = lp_buf_new(SIZE_MAX);
    lp_put_term(&shown, s, max);
    struct lp_str copy = lp_arena_str(arena, lp_buf_view(&shown));
    lp_buf_release(&shown);
    return copy.p;
}

const char *lp_term(struct lp_arena *arena, struct lp_str s)
{
    return term(arena, s, 0);
}

const char *lp_word(struct lp_arena *arena, struct lp_str word)
{
    return term(arena, word, 60);
}

size_t lp_columns(struct lp_str shown)
{
    size_t columns = 0;
    for (size_t at = 0; at < shown.n;) {
        uint32_t code = 0;
        size_t length = lp_utf8_decode(shown, at, &code);
        columns += length ? lp_utf8_columns(code) : 1;
        at += length ? length : 1;
    }
    return columns;
}

static bool is_clean(uint32_t code)
{
    return code >= 0x20 && (code < 0x7f || code > 0x9f);
}

/* Length of the clean text at the start of s. */
static size_t clean_run(struct lp_str s)
{
    size_t at = 0;
    for (;;) {
        uint32_t code = 0;
        size_t length = lp_utf8_decode(s, at, &code);
        if (!length || !is_clean(code))
            return at;
        at += length;
    }
}

bool lp_is_clean_text(struct lp_str s)
{
    return clean_run(s) == s.n;
}

static void put_clean(struct lp_buf *out, struct lp_str s)
{
    while (s.n) {
        size_t run = clean_run(s);
        lp_buf_add(out, s.p, run);
        s = lp_str_sub(s, run, s.n);
        /* C1 is two bytes of UTF-8: the second one is no text of its own and follows on
         * its own */
        if (s.n)
            put_hex_byte(out, s.p[0]);
        s = lp_str_sub(s, 1, s.n);
    }
}

struct lp_str lp_clean_text(struct lp_arena *arena, struct lp_str s, bool *changed)
{
    bool clean = lp_is_clean_text(s);
    if (changed)
        *changed = !clean;
    if (clean)
        return lp_arena_str(arena, s);
    struct lp_buf text = lp_buf_new(SIZE_MAX);
    put_clean(&text, s);
    struct lp_str copy = lp_arena_str(arena, lp_buf_view(&text));
    lp_buf_release(&text);
    return copy;
}
