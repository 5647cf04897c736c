/* roff.c - text of ours in the source of a manual page */
#include "lp/roff.h"

enum { LINE_LENGTH = 60 };

static const char *escape_of(char c)
{
    static const struct {
        char c;
        const char *escape;
    } escapes[] = {
        { '-', "\\-" },   { '\\', "\\e" },  { '\'', "\\(aq" },
        { '`', "\\(ga" }, { '^', "\\(ha" }, { '~', "\\(ti" },
    };
    for (size_t i = 0; i < LP_COUNT(escapes); i++)
        if (c == escapes[i].c)
            return escapes[i].escape;
    return NULL;
}

void lp_put_roff(struct lp_buf *out, struct lp_str text)
{
    if (text.n && text.p[0] == '.')
        lp_buf_text(out, "\\&");
    for (size_t i = 0; i < text.n; i++) {
        const char *escape = escape_of(text.p[i]);
        if (escape)
            lp_buf_text(out, escape);
        else
            lp_buf_char(out, text.p[i]);
    }
}

/* Does the blank at i stand between two sentences? */
static bool ends_sentence(struct lp_str text, size_t i)
{
    char last = i ? text.p[i - 1] : ' ';
    if (last == '"' || last == ')')
        last = i > 1 ? text.p[i - 2] : ' ';
    return last == '.' || last == '?' || last == '!';
}

/* Index of the blank at which the first line ends; text.n: it is short, or one word. */
static size_t end_of_line(struct lp_str text)
{
    size_t last = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != ' ')
            continue;
        if (i > LINE_LENGTH && last)
            return last;
        if (ends_sentence(text, i))
            return i;
        last = i;
    }
    return text.n > LINE_LENGTH && last ? last : text.n;
}

void lp_put_roff_text(struct lp_buf *out, struct lp_str text)
{
    for (text = lp_str_trim(text); text.n;) {
        size_t n = end_of_line(text);
        lp_put_roff(out, lp_str_sub(text, 0, n));
        lp_buf_char(out, '\n');
        text = lp_str_trim(lp_str_sub(text, n, text.n));
    }
}
