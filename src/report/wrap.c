/* wrap.c - lines broken at spaces, commands so that the pasted lines still work. */
#include "lp/wrap.h"

#include "lp/catalogue.h"
#include "lp/text.h"

/* What ends a broken line, by what the line is. */
static const char *const joints[] = {
    [LP_LINE_TEXT] = "",
    [LP_LINE_RECORD] = " (",
    [LP_LINE_SHELL] = " \\",
    [LP_LINE_POWERSHELL] = " `",
};

/* Does the space at i stand between an option, whose word begins at `word`, and its
   value? */
static bool before_value(struct lp_str rest, size_t word, size_t i)
{
    char next = i + 1 < rest.n ? rest.p[i + 1] : '-';
    return rest.p[word] == '-' && next != '-' && next != '|';
}

/* Bytes up to the first space at which the line may be broken. */
static size_t unit_length(struct lp_str rest, bool code)
{
    char open = 0;
    size_t word = 0;
    for (size_t i = 0; i < rest.n; i++) {
        char c = rest.p[i];
        if (code && (c == '\'' || c == '"') && (!open || open == c))
            open = open ? 0 : c;
        if (c != ' ' || open)
            continue;
        if (!code || !before_value(rest, word, i))
            return i;
        word = i + 1;
    }
    return rest.n;
}

static void next_line(struct lp_buf *out, const char *joint, size_t hang)
{
    lp_buf_text(out, joint);
    lp_buf_char(out, '\n');
    for (size_t i = 0; i < hang; i++)
        lp_buf_char(out, ' ');
}

/* The data of a record may stand in parentheses on lines of its own (RFC 1035
   section 5.1). */
static void put_record(struct lp_buf *out, struct lp_str text, const struct lp_wrap *wrap)
{
    struct lp_str data = text;
    for (int word = 0; word < 4; word++) /* owner, TTL, class, type */
        (void)lp_str_cut(&data, ' ');
    if (wrap->at + lp_columns(text) <= wrap->width || !data.n) {
        lp_buf_str(out, text);
        lp_buf_char(out, '\n');
        return;
    }
    lp_buf_str(out, lp_str_sub(text, 0, text.n - data.n - 1));
    next_line(out, joints[LP_LINE_RECORD], wrap->hang);
    lp_buf_str(out, data);
    lp_buf_text(out, " )\n");
}

static void put_units(struct lp_buf *out, struct lp_str text, const struct lp_wrap *wrap)
{
    enum lp_line_kind kind = lp_line_kind(text);
    size_t column = wrap->at;
    bool first = true;
    while (text.n) {
        size_t length = unit_length(text, kind != LP_LINE_TEXT);
        struct lp_str unit = lp_str_sub(text, 0, length);
        size_t columns = lp_columns(unit);
        text = lp_str_sub(text, length + 1, text.n);
        size_t joint = text.n ? lp_columns(lp_str_of(joints[kind])) : 0;
        if (!first && column + 1 + columns + joint > wrap->width) {
            next_line(out, joints[kind], wrap->hang);
            column = wrap->hang;
            first = true;
        }
        lp_buf_text(out, first ? "" : " ");
        lp_buf_str(out, unit);
        column += columns + (first ? 0 : 1);
        first = false;
    }
    lp_buf_char(out, '\n');
}

void lp_put_wrapped(struct lp_buf *out, struct lp_str text, const struct lp_wrap *wrap)
{
    if (lp_line_kind(text) == LP_LINE_RECORD)
        put_record(out, text, wrap);
    else
        put_units(out, text, wrap);
}
