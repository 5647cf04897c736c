/* page.c - lines of limited width for terminals: signs, headings, flowing text, rows */
#include "lp/page.h"

#include "lp/catalogue.h"
#include "lp/lang.h"
#include "lp/text.h"
#include "lp/utf8.h"
#include "lp/wrap.h"

#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static bool is_plain(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < 0x20 || s.p[i] >= 0x7f)
            return false;
    }
    return true;
}

/* What hides or moves text, or piles up over it, is escaped on every page as lp_put_term
   does it: the judge's texts are clean of control characters, but not of these. */
static void put_shown(const struct lp_page *page, struct lp_buf *out, struct lp_str text)
{
    enum { MARKS_MOST = 4 };
    size_t marks = MARKS_MOST; /* since the last character that has columns */
    for (size_t i = 0; i < text.n;) {
        uint32_t code = 0xfffd;
        size_t n = lp_utf8_decode(text, i, &code);
        bool beyond = page->ascii && code >= 0x80;
        bool hidden = !n || lp_utf8_is_hidden(code);
        n = n ? n : 1;
        marks = lp_utf8_columns(code) ? 0 : marks + 1;
        if (beyond && page->arena->lang && lp_ascii_of(lp_str_sub(text, i, n)))
            lp_buf_text(out, lp_ascii_of(lp_str_sub(text, i, n)));
        else if (beyond || hidden || marks > MARKS_MOST)
            lp_buf_printf(out, "\\u{%x}", (unsigned)code);
        else
            lp_buf_str(out, lp_str_sub(text, i, n));
        i += n;
    }
}

/* The text as this page can show it. */
static struct lp_str shown(const struct lp_page *page, struct lp_str text)
{
    if (is_plain(text))
        return text;
    struct lp_buf escaped = lp_buf_new(16 * text.n);
    put_shown(page, &escaped, text);
    struct lp_str copy = lp_arena_str(page->arena, lp_buf_view(&escaped));
    lp_buf_release(&escaped);
    return copy;
}

static void put_colored(const struct lp_page *page, const char *color, struct lp_str text)
{
    if (page->color)
        lp_buf_text(page->out, color);
    lp_buf_str(page->out, shown(page, text));
    if (page->color)
        lp_buf_text(page->out, PLAIN);
}

void lp_page_sign(const struct lp_page *page, enum lp_sign sign)
{
    static const struct {
        struct lp_str text;
        const char *color;
    } signs[] = {
        [LP_SIGN_NONE] = { { "  ", 2 }, "" },
        [LP_SIGN_OK] = { { "ok", 2 }, "\033[32m" },
        [LP_SIGN_LATER] = { { "..", 2 }, "\033[2m" },
        [LP_SIGN_ABSENT] = { { "--", 2 }, "\033[2m" },
        [LP_SIGN_OPEN] = { { "??", 2 }, "\033[35m" },
        [LP_SIGN_WARNING] = { { "!!", 2 }, "\033[33m" },
        [LP_SIGN_CRITICAL] = { { "XX", 2 }, "\033[31m" },
        [LP_SIGN_HERE] = { { "^^", 2 }, "\033[31m" },
    };
    if (sign == LP_SIGN_NONE)
        lp_page_space(page, 2);
    else
        put_colored(page, signs[sign].color, signs[sign].text);
}

void lp_page_space(const struct lp_page *page, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lp_buf_char(page->out, ' ');
}

void lp_page_strong(const struct lp_page *page, struct lp_str text)
{
    put_colored(page, BOLD, text);
}

/* Blanks after a word of so many columns; returns where the next one begins. */
static size_t put_blanks(const struct lp_page *page, size_t columns, size_t width)
{
    size_t at = columns < width ? width : columns + 1;
    lp_page_space(page, at - columns);
    return at;
}

size_t lp_page_word(const struct lp_page *page, const char *word, size_t width)
{
    struct lp_str text = shown(page, lp_str_of(lp_tr(page->arena, word)));
    lp_buf_str(page->out, text);
    return put_blanks(page, lp_columns(text), width);
}

/* The same in bold. */
static size_t put_strong_word(const struct lp_page *page, const char *word, size_t width)
{
    struct lp_str text = shown(page, lp_str_of(lp_tr(page->arena, word)));
    put_colored(page, BOLD, text);
    return put_blanks(page, lp_columns(text), width);
}

void lp_page_rule(const struct lp_page *page)
{
    for (size_t i = 0; i < page->width; i++)
        lp_buf_text(page->out, page->ascii ? "-" : "\u2500");
    lp_buf_char(page->out, '\n');
}

/* ---- flowing text ---- */

/* Bytes of the character at i, and its columns. */
static size_t next_char(struct lp_str text, size_t i, size_t *columns)
{
    uint32_t code = 0;
    size_t n = lp_utf8_decode(text, i, &code);
    *columns = n ? lp_utf8_columns(code) : 1;
    return n ? n : 1;
}

static bool is_first_blank(struct lp_str text, size_t i)
{
    return text.p[i] == ' ' && (i == 0 || text.p[i - 1] != ' ');
}

/* Bytes of the first line: as many words as fit into the columns. A first word that does
   not fit is cut, after one character at least; with may_skip it goes to the next line as
   a whole (0). */
static size_t fit(struct lp_str text, size_t columns, bool may_skip)
{
    size_t used = 0;
    size_t word_end = 0; /* of the last word that fits */
    for (size_t i = 0; i < text.n;) {
        size_t more = 0;
        size_t n = next_char(text, i, &more);
        if (is_first_blank(text, i))
            word_end = i;
        used += more;
        if (used > columns && text.p[i] != ' ') {
            size_t cut = i ? i : n;
            return word_end || may_skip ? word_end : cut;
        }
        i += n;
    }
    return text.n;
}

static struct lp_str take(struct lp_str *rest, size_t n)
{
    struct lp_str line = lp_str_sub(*rest, 0, n);
    *rest = lp_str_sub(*rest, n, rest->n);
    while (rest->n && rest->p[0] == ' ')
        *rest = lp_str_sub(*rest, 1, rest->n);
    return line;
}

static size_t room(size_t width, size_t at)
{
    return width > at ? width - at : 1;
}

/* The lines after the first. */
static void put_rest(const struct lp_page *page, struct lp_str rest, size_t hang)
{
    while (rest.n) {
        lp_page_space(page, hang);
        lp_buf_str(page->out, take(&rest, fit(rest, room(page->width, hang), false)));
        lp_buf_char(page->out, '\n');
    }
}

static void end_blank(const struct lp_page *page)
{
    while (page->out->n && page->out->p[page->out->n - 1] == ' ')
        lp_buf_truncate(page->out, page->out->n - 1);
    lp_buf_char(page->out, '\n');
}

void lp_page_flow(const struct lp_page *page, struct lp_str text, size_t at, size_t hang)
{
    struct lp_str rest = shown(page, text);
    lp_buf_str(page->out, take(&rest, fit(rest, room(page->width, at), at > hang)));
    end_blank(page);
    put_rest(page, rest, hang);
}

void lp_page_block(const struct lp_page *page, const char *word, struct lp_str text, size_t hang)
{
    size_t at = put_strong_word(page, word, hang);
    lp_page_flow(page, text, at, hang);
}

void lp_page_heading(const struct lp_page *page, const char *heading, struct lp_str beside)
{
    lp_buf_char(page->out, '\n');
    size_t at = put_strong_word(page, heading, 0) + 1;
    lp_page_space(page, 1);
    lp_page_flow(page, beside, at, at);
}

/* ---- steps to do ---- */

enum { STEP_MARGIN = 5, STEP_DEEPER = 2 };

static void put_command(const struct lp_page *page, struct lp_str step)
{
    struct lp_wrap wrap = { STEP_MARGIN + STEP_DEEPER, STEP_MARGIN + 2 * STEP_DEEPER, page->width };
    lp_page_space(page, STEP_DEEPER);
    lp_put_wrapped(page->out, shown(page, step), &wrap);
}

void lp_page_steps(const struct lp_page *page, const char *word, const struct lp_str *steps,
                   size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = i == 0 ? put_strong_word(page, word, STEP_MARGIN) : STEP_MARGIN;
        if (i)
            lp_page_space(page, STEP_MARGIN);
        if (lp_line_kind(steps[i]) == LP_LINE_TEXT)
            lp_page_flow(page, steps[i], at, STEP_MARGIN);
        else
            put_command(page, steps[i]);
    }
}

/* ---- rows ---- */

bool lp_page_has_times(const struct lp_page *page)
{
    return page->width >= 80;
}

/* Milliseconds, in four columns as a rule. */
static void put_time(const struct lp_page *page, lp_usec time)
{
    int64_t ms = (time + 500) / 1000;
    if (time < 0)
        lp_page_space(page, 5);
    else if (ms < 1)
        lp_buf_text(page->out, "   <1");
    else
        lp_buf_printf(page->out, "%5lld", (long long)(ms > 99999 ? 99999 : ms));
}

static bool has_times(const struct lp_row *row)
{
    for (size_t i = 0; i < LP_ROW_TIMES; i++) {
        if (row->times[i] >= 0)
            return true;
    }
    return false;
}

/* Ends the first line of a row, whose text ends at column `at`. */
static void end_line(const struct lp_page *page, const struct lp_row *row, size_t at)
{
    size_t last = LP_ROW_TIMES;
    if (lp_page_has_times(page) && has_times(row)) {
        size_t edge = page->width - LP_ROW_TIMES_COLUMNS;
        lp_page_space(page, edge > at ? edge - at : 0);
        while (row->times[last - 1] < 0)
            last--;
        for (size_t i = 0; i < last; i++)
            put_time(page, row->times[i]);
    }
    lp_buf_char(page->out, '\n');
}

/* Texts of a row end before the columns of times. */
static size_t row_edge(const struct lp_page *page, const struct lp_row *row)
{
    bool times = lp_page_has_times(page) && has_times(row);
    return page->width - (times ? LP_ROW_TIMES_COLUMNS : 0);
}

/* The text of a row begins at column `at` of its first line. */
static void put_row_text(const struct lp_page *page, const struct lp_row *row, size_t at)
{
    struct lp_str rest = shown(page, row->text);
    size_t hang = at <= row->text_at ? row->text_at : LP_ROW_LEFT + 5;
    size_t n = fit(rest, room(row_edge(page, row), at), at > hang);
    struct lp_str line = take(&rest, n);
    lp_buf_str(page->out, line);
    end_line(page, row, at + lp_columns(line));
    put_rest(page, rest, hang);
}

void lp_page_row(const struct lp_page *page, const struct lp_row *row)
{
    struct lp_str left = shown(page, row->left);
    size_t at = LP_ROW_LEFT + lp_columns(left);
    size_t pad = at + 2 < row->text_at ? row->text_at - at : 2;
    lp_buf_printf(page->out, "%-2s", row->label ? row->label : "");
    lp_page_sign(page, row->sign);
    lp_buf_char(page->out, ' ');
    if (at + pad >= row_edge(page, row) || !row->text.n) {
        lp_page_flow(page, left, LP_ROW_LEFT, LP_ROW_LEFT + 5);
        if (!row->text.n)
            return;
        lp_page_space(page, LP_ROW_LEFT + 5);
        put_row_text(page, row, LP_ROW_LEFT + 5);
        return;
    }
    lp_buf_str(page->out, left);
    lp_page_space(page, pad);
    put_row_text(page, row, at + pad);
}

void lp_page_cells(const struct lp_page *page, const struct lp_cells *line)
{
    size_t at = LP_ROW_LEFT;
    lp_page_space(page, 2);
    lp_page_sign(page, line->sign);
    lp_buf_char(page->out, ' ');
    for (size_t i = 0; i < line->n; i++) {
        struct lp_str cell = shown(page, line->cells[i]);
        if (!cell.n)
            continue;
        if (i && at >= line->at[i]) {
            lp_buf_char(page->out, '\n');
            at = 0;
        }
        lp_page_space(page, line->at[i] - at);
        at = line->at[i] + lp_columns(cell);
        if (at > page->width) {
            lp_page_flow(page, cell, line->at[i], line->at[i]);
            return;
        }
        lp_buf_str(page->out, cell);
    }
    lp_buf_char(page->out, '\n');
}

void lp_page_join(const struct lp_page *page, struct lp_str *list, struct lp_str item)
{
    struct lp_str parts[] = { *list, list->n ? LP_STR(", ") : LP_STR(""), item };
    *list = lp_arena_join(page->arena, parts, LP_COUNT(parts));
}
