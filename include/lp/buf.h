/* buf.h - a growing buffer with a limit, and a bounds-checked reader. [probe] */
#ifndef LP_BUF_H
#define LP_BUF_H

#include "lp/base.h"

/*
 * Bytes that grow up to a limit given at birth. What does not fit is dropped whole (an
 * append is all or nothing) and `cut` is set. Owns its memory: lp_buf_release.
 */
struct lp_buf {
    char *p; /* always NUL-terminated after the first append; NULL when nothing was
                appended */
    size_t n;
    size_t cap;
    size_t limit; /* largest n */
    bool cut;     /* something was dropped at the limit */
};

/* An empty buffer; nothing allocated yet. */
struct lp_buf lp_buf_new(size_t limit);
void lp_buf_release(struct lp_buf *buf);
/* Empties it, keeps the memory, clears `cut`. */
void lp_buf_clear(struct lp_buf *buf);
void lp_buf_add(struct lp_buf *buf, const void *bytes, size_t n);
void lp_buf_char(struct lp_buf *buf, char c);
/* Text of our own; network text goes through text.h. */
void lp_buf_text(struct lp_buf *buf, const char *text);
/* Raw append of a slice: only where the bytes are data (a request, a recording after
 * escaping). */
void lp_buf_str(struct lp_buf *buf, struct lp_str s);
void lp_buf_printf(struct lp_buf *buf, const char *format, ...) LP_PRINTF(2, 3);
/*
 * n more bytes in place, already counted in buf->n: the caller fills them all. NULL, and
 * `cut` set, when they do not fit. Valid until the next change.
 */
char *lp_buf_room(struct lp_buf *buf, size_t n);
/* Drops what stands behind the first n bytes; nothing when there is less. Keeps `cut`. */
void lp_buf_truncate(struct lp_buf *buf, size_t n);
/* Removes the first n bytes (n clipped). */
void lp_buf_consume(struct lp_buf *buf, size_t n);
/* Slice over the content; valid until the next change. Set even when empty. */
struct lp_str lp_buf_view(const struct lp_buf *buf);

/* Big-endian reader. Reading past the end gives zeros and sets `bad`, which stays set. */
struct lp_reader {
    const uint8_t *p;
    size_t n;
    size_t at; /* next byte */
    bool bad;
};
struct lp_reader lp_reader_of(struct lp_str bytes);
uint8_t lp_read_u8(struct lp_reader *r);
uint16_t lp_read_u16(struct lp_reader *r);
uint32_t lp_read_u32(struct lp_reader *r);
/* The next n bytes in place; unset slice and `bad` when there are fewer. */
struct lp_str lp_read_bytes(struct lp_reader *r, size_t n);
size_t lp_reader_left(const struct lp_reader *r);

#endif
