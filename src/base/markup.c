/* markup.c - untrusted bytes inside HTML and XML, and as a label of a metric */
#include "lp/text.h"

/* What has a meaning in element content or in a quoted attribute. */
static const char *entity(char c)
{
    static const struct {
        char c;
        const char *text;
    } rows[] = {
        { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" }
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        if (rows[i].c == c)
            return rows[i].text;
    }
    return NULL;
}

/* "\\" of lp_put_term is one backslash where nothing else is written with it. */
static size_t skip_doubled(struct lp_str shown, size_t at)
{
    return shown.p[at] == '\\' && at + 1 < shown.n && shown.p[at + 1] == '\\' ? 1 : 0;
}

void lp_put_markup(struct lp_buf *out, struct lp_str s)
{
    struct lp_whole whole = lp_whole_begin(out);
    struct lp_buf shown = lp_buf_new(SIZE_MAX);
    lp_put_term(&shown, s, SIZE_MAX);
    for (size_t i = 0; i < shown.n; i++) {
        const char *text = entity(shown.p[i]);
        i += skip_doubled(lp_buf_view(&shown), i);
        if (text)
            lp_buf_text(out, text);
        else
            lp_buf_char(out, shown.p[i]);
    }
    lp_buf_release(&shown);
    lp_whole_end(out, whole);
}

void lp_put_label(struct lp_buf *out, struct lp_str s)
{
    struct lp_whole whole = lp_whole_begin(out);
    struct lp_buf shown = lp_buf_new(SIZE_MAX);
    lp_put_term(&shown, s, SIZE_MAX);
    lp_buf_char(out, '"');
    for (size_t i = 0; i < shown.n; i++) {
        bool doubled = skip_doubled(lp_buf_view(&shown), i) > 0;
        if (shown.p[i] == '"' || (shown.p[i] == '\\' && !doubled))
            lp_buf_char(out, '\\');
        lp_buf_char(out, shown.p[i]);
        if (doubled)
            lp_buf_char(out, shown.p[++i]);
    }
    lp_buf_char(out, '"');
    lp_buf_release(&shown);
    lp_whole_end(out, whole);
}
