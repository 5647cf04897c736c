/* buf.c - an output buffer that grows up to a limit. */
#include "lp/buf.h"

#include "lp/alloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct lp_buf lp_buf_new(size_t limit)
{
    return (struct lp_buf){ .limit = limit };
}

void lp_buf_release(struct lp_buf *buf)
{
    lp_free(buf->p);
    *buf = lp_buf_new(buf->limit);
}

void lp_buf_clear(struct lp_buf *buf)
{
    lp_buf_truncate(buf, 0);
    buf->cut = false;
}

void lp_buf_truncate(struct lp_buf *buf, size_t n)
{
    if (n >= buf->n)
        return;
    buf->n = n;
    buf->p[n] = '\0';
}

static void grow(struct lp_buf *buf, size_t need)
{
    size_t cap = buf->cap < 64 ? 64 : buf->cap;
    while (cap < need)
        cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
    buf->p = lp_realloc(buf->p, cap);
    buf->cap = cap;
}

char *lp_buf_room(struct lp_buf *buf, size_t n)
{
    if (n > buf->limit - buf->n || n > SIZE_MAX - buf->n - 1) {
        buf->cut = true;
        return NULL;
    }
    if (buf->n + n + 1 > buf->cap)
        grow(buf, buf->n + n + 1);
    char *room = buf->p + buf->n;
    buf->n += n;
    buf->p[buf->n] = '\0';
    return room;
}

void lp_buf_add(struct lp_buf *buf, const void *bytes, size_t n)
{
    if (!n)
        return;
    char *room = lp_buf_room(buf, n);
    if (room)
        memcpy(room, bytes, n);
}

void lp_buf_char(struct lp_buf *buf, char c)
{
    char *room = lp_buf_room(buf, 1);
    if (room)
        *room = c;
}

void lp_buf_text(struct lp_buf *buf, const char *text)
{
    lp_buf_add(buf, text, strlen(text));
}

void lp_buf_str(struct lp_buf *buf, struct lp_str s)
{
    lp_buf_add(buf, s.p, s.n);
}

void lp_buf_printf(struct lp_buf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *room = n > 0 ? lp_buf_room(buf, (size_t)n) : NULL;
    if (room)
        (void)vsnprintf(room, (size_t)n + 1, format, again);
    va_end(again);
}

void lp_buf_consume(struct lp_buf *buf, size_t n)
{
    if (n > buf->n)
        n = buf->n;
    if (!n)
        return;
    memmove(buf->p, buf->p + n, buf->n - n);
    lp_buf_truncate(buf, buf->n - n);
}

struct lp_str lp_buf_view(const struct lp_buf *buf)
{
    return (struct lp_str){ buf->p ? buf->p : "", buf->n };
}
