/* text.h - the escapers between untrusted bytes and an output; base64, hex. [probe] */
#ifndef LP_TEXT_H
#define LP_TEXT_H

#include "lp/arena.h"
#include "lp/buf.h"

/*
 * Each lp_put_ function adds the whole of its text or nothing: where the buffer's limit
 * would cut it, the buffer keeps what it had and `cut` is set. The pair is for composed
 * texts that want the same.
 */
struct lp_whole {
    size_t n;
    bool cut;
};
struct lp_whole lp_whole_begin(struct lp_buf *out);
void lp_whole_end(struct lp_buf *out, struct lp_whole whole);

/*
 * For terminals, logs and error messages (threat T17 of reliability.md): printable UTF-8
 * passes; C0, DEL, C1 (also U+0080..9F), bidi controls, zero-width, line/paragraph
 * separators, BOM, tags, variation selectors, private use (lp_utf8_is_hidden) and invalid
 * UTF-8 become \xNN or \u{N}; a backslash becomes \\. A combining mark at the start or
 * after four others is escaped, so that none sits on our own text. At most max bytes of
 * the input are shown, then "..." (max 0: 256). Result is one line. Unset shows nothing.
 */
void lp_put_term(struct lp_buf *out, struct lp_str s, size_t max);
/* Same, as a NUL-terminated string in the arena (for messages of our own). */
const char *lp_term(struct lp_arena *arena, struct lp_str s);
/* Same, and no more than 60 bytes of it: a word of the user's, so that the rest of a message has
 * room. */
const char *lp_word(struct lp_arena *arena, struct lp_str word);
/* Display columns that a text put by lp_put_term takes (wide = 2, combining = 0). */
size_t lp_columns(struct lp_str shown);

/* JSON string with quotes, RFC 8259: control characters, quotes and backslash escaped;
   invalid UTF-8 bytes become U+FFFD; hidden characters (lp_utf8_is_hidden: bidi,
   U+2028/9, ...) escaped. Unset gives "". */
void lp_put_json(struct lp_buf *out, struct lp_str s);

/* Element content or a quoted attribute of HTML and XML: what lp_put_term hides stays hidden (as
 * \xNN, \u{N}), and the five characters with a meaning become entities. Unset shows nothing. */
void lp_put_markup(struct lp_buf *out, struct lp_str s);
/* A label's value of the Prometheus text format with its quotes: hidden characters as above;
 * quotes and backslashes escaped. Unset gives "". */
void lp_put_label(struct lp_buf *out, struct lp_str s);

/* Base64 without line breaks (RFC 4648 s4). */
void lp_put_base64(struct lp_buf *out, struct lp_str bytes);
/* Strict decode into the arena. False: not base64. */
LP_MUST_CHECK bool lp_get_base64(struct lp_arena *arena, struct lp_str text, struct lp_str *bytes);
/* Lower-case hex. */
void lp_put_hex(struct lp_buf *out, struct lp_str bytes);

/* Is it valid UTF-8 without NUL, C0, DEL and C1? */
bool lp_is_clean_text(struct lp_str s);
/* Any bytes as clean UTF-8 text in the arena: offending bytes become \xNN (one way: a
   backslash stays). Unset stays unset. `changed` (may be NULL): one was. */
struct lp_str lp_clean_text(struct lp_arena *arena, struct lp_str s, bool *changed);

/* "2026-11-24T05:41:00Z"; LP_UTC_NONE gives "-". All years 0000..9999, clipped. out: at
 * least 24 bytes. */
void lp_format_utc(lp_utc t, char *out, size_t size);
/* "24 Nov 2026". */
void lp_format_day(lp_utc t, char *out, size_t size);
/* Broken-down UTC to seconds (proleptic Gregorian), pure: no timegm. month 1..12. */
lp_utc lp_utc_from(int year, int month, int day, int second_of_day);
/* RFC 9110 date ("Mon, 03 Feb 2014 10:00:00 GMT"); LP_UTC_NONE when it is none. */
lp_utc lp_parse_http_date(struct lp_str s);

#endif
