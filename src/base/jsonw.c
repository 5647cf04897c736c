/* jsonw.c - a JSON writer: commas, indentation, nesting. */
#include "lp/jsonw.h"

#include <assert.h>
#include <inttypes.h>

enum { DEPTH_MAX = 32 };

struct lp_jw lp_jw_new(struct lp_buf *out, bool pretty)
{
    return (struct lp_jw){ .out = out, .pretty = pretty };
}

static void new_line(struct lp_jw *w)
{
    static const char blanks[2 * DEPTH_MAX + 1] =
        "                                                                ";
    if (!w->pretty || w->depth == 0)
        return;
    lp_buf_char(w->out, '\n');
    lp_buf_add(w->out, blanks, (size_t)w->depth * 2);
}

/* Before a value or a key: the comma that is due, and the place where it stands. */
static void begin_item(struct lp_jw *w)
{
    if (w->after_key) {
        w->after_key = false;
        return;
    }
    if (w->has_item[w->depth])
        lp_buf_char(w->out, ',');
    w->has_item[w->depth] = true;
    new_line(w);
}

static void begin(struct lp_jw *w, char bracket)
{
    begin_item(w);
    lp_buf_char(w->out, bracket);
    assert(w->depth < DEPTH_MAX);
    w->depth++;
    w->has_item[w->depth] = false;
}

static void end(struct lp_jw *w, char bracket)
{
    assert(w->depth > 0 && !w->after_key);
    bool empty = !w->has_item[w->depth];
    w->depth--;
    if (!empty && w->depth == 0 && w->pretty)
        lp_buf_char(w->out, '\n');
    else if (!empty)
        new_line(w);
    lp_buf_char(w->out, bracket);
}

void lp_jw_begin_object(struct lp_jw *w)
{
    begin(w, '{');
}

void lp_jw_end_object(struct lp_jw *w)
{
    end(w, '}');
}

void lp_jw_begin_array(struct lp_jw *w)
{
    begin(w, '[');
}

void lp_jw_end_array(struct lp_jw *w)
{
    end(w, ']');
}

void lp_jw_key(struct lp_jw *w, const char *key)
{
    assert(!w->after_key);
    begin_item(w);
    lp_put_json(w->out, lp_str_of(key));
    lp_buf_text(w->out, w->pretty ? ": " : ":");
    w->after_key = true;
}

void lp_jw_str(struct lp_jw *w, struct lp_str s)
{
    begin_item(w);
    if (s.p)
        lp_put_json(w->out, s);
    else
        lp_buf_text(w->out, "null");
}

void lp_jw_text(struct lp_jw *w, const char *text)
{
    lp_jw_str(w, lp_str_of(text));
}

void lp_jw_base64(struct lp_jw *w, struct lp_str bytes)
{
    begin_item(w);
    if (!bytes.p) {
        lp_buf_text(w->out, "null");
        return;
    }
    lp_buf_char(w->out, '"');
    lp_put_base64(w->out, bytes);
    lp_buf_char(w->out, '"');
}

void lp_jw_int(struct lp_jw *w, int64_t value)
{
    begin_item(w);
    lp_buf_printf(w->out, "%" PRId64, value);
}

void lp_jw_bool(struct lp_jw *w, bool value)
{
    begin_item(w);
    lp_buf_text(w->out, value ? "true" : "false");
}

void lp_jw_null(struct lp_jw *w)
{
    lp_jw_str(w, LP_STR_NONE);
}

void lp_jw_seconds(struct lp_jw *w, lp_usec us)
{
    if (us < 0) {
        lp_jw_null(w);
        return;
    }
    begin_item(w);
    int digits = 6;
    int64_t fraction = us % 1000000;
    for (; digits > 0 && fraction % 10 == 0; digits--)
        fraction /= 10;
    lp_buf_printf(w->out, "%" PRId64, us / 1000000);
    if (digits)
        lp_buf_printf(w->out, ".%0*" PRId64, digits, fraction);
}

void lp_jw_key_str(struct lp_jw *w, const char *key, struct lp_str s)
{
    lp_jw_key(w, key);
    lp_jw_str(w, s);
}

void lp_jw_key_text(struct lp_jw *w, const char *key, const char *text)
{
    lp_jw_key(w, key);
    lp_jw_text(w, text);
}

void lp_jw_key_int(struct lp_jw *w, const char *key, int64_t value)
{
    lp_jw_key(w, key);
    lp_jw_int(w, value);
}

void lp_jw_key_bool(struct lp_jw *w, const char *key, bool value)
{
    lp_jw_key(w, key);
    lp_jw_bool(w, value);
}
