/* json_text.c - strings of JSON (RFC 8259, section 7). */
#include "lp/text.h"
#include "lp/utf8.h"

/* clang-format off */
/* 1: ASCII that stands for itself in a string. */
static const uint8_t plain[256] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0,
};
/* clang-format on */

static const struct {
    char c;
    const char *text;
} short_forms[] = {
    { '"', "\\\"" }, { '\\', "\\\\" }, { '\n', "\\n" }, { '\r', "\\r" },
    { '\t', "\\t" }, { '\b', "\\b" },  { '\f', "\\f" },
};

static void put_ascii(struct lp_buf *out, char c)
{
    for (size_t i = 0; i < LP_COUNT(short_forms); i++) {
        if (short_forms[i].c == c) {
            lp_buf_text(out, short_forms[i].text);
            return;
        }
    }
    lp_buf_printf(out, "\\u%04x", (unsigned)c);
}

/* Characters that hide or reorder text are escaped: JSON is looked at on terminals too.
 */
static void put_wide(struct lp_buf *out, struct lp_str character, uint32_t code)
{
    if (!lp_utf8_is_hidden(code))
        lp_buf_str(out, character);
    else if (code < 0x10000)
        lp_buf_printf(out, "\\u%04x", (unsigned)code);
    else
        lp_buf_printf(out, "\\u%04x\\u%04x", (unsigned)(0xd7c0 + (code >> 10)),
                      (unsigned)(0xdc00 + (code & 0x3ff)));
}

/* The character at `at`, which is not plain. Returns its length. */
static size_t put_special(struct lp_buf *out, struct lp_str s, size_t at)
{
    uint32_t code = 0;
    size_t length = lp_utf8_decode(s, at, &code);
    if (!length)
        lp_buf_text(out, "\xef\xbf\xbd");
    else if (length == 1)
        put_ascii(out, s.p[at]);
    else
        put_wide(out, lp_str_sub(s, at, length), code);
    return length ? length : 1;
}

void lp_put_json(struct lp_buf *out, struct lp_str s)
{
    struct lp_whole whole = lp_whole_begin(out);
    lp_buf_char(out, '"');
    for (size_t at = 0; at < s.n;) {
        size_t end = at;
        while (end < s.n && plain[(uint8_t)s.p[end]])
            end++;
        lp_buf_add(out, s.p + at, end - at);
        at = end < s.n ? end + put_special(out, s, end) : end;
    }
    lp_buf_char(out, '"');
    lp_whole_end(out, whole);
}
