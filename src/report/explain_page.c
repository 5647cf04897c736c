/* explain_page.c - what all explain pages are made of */
#include "lp/explain_page.h"

#include "lp/text.h"
#include "lp/wrap.h"

enum { PAGE_WIDTH = 80, LINE_MAX_BYTES = 4096 };

static void put_times(struct lp_buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lp_buf_char(out, c);
}

static void put_bold(const struct lp_explain_page *page, const char *text)
{
    lp_buf_text(page->out, page->color ? "\033[1m" : "");
    lp_buf_text(page->out, text);
    lp_buf_text(page->out, page->color ? "\033[0m" : "");
}

static void put_aside(const struct lp_explain_page *page, const struct lp_explain_title *title)
{
    bool color = page->color && title->color;
    put_times(page->out, ' ',
              PAGE_WIDTH - 2 - lp_str_of(title->name).n - lp_str_of(title->aside).n);
    lp_buf_text(page->out, color ? title->color : "");
    lp_buf_text(page->out, title->aside);
    lp_buf_text(page->out, color ? "\033[0m" : "");
}

static void put_title(const struct lp_explain_page *page, const struct lp_explain_title *title)
{
    put_bold(page, title->name);
    if (title->aside)
        put_aside(page, title);
    lp_buf_char(page->out, '\n');
    lp_buf_text(page->out, title->title);
    lp_buf_char(page->out, '\n');
    put_times(page->out, '-', PAGE_WIDTH - 2);
    lp_buf_char(page->out, '\n');
}

static void put_heading(const struct lp_explain_page *page, const char *text)
{
    lp_buf_char(page->out, '\n');
    put_bold(page, text);
    lp_buf_char(page->out, '\n');
}

static void put_line(const struct lp_explain_page *page, struct lp_str text, size_t margin)
{
    bool code = lp_line_kind(text) != LP_LINE_TEXT;
    size_t indent = code ? margin + LP_EXPLAIN_MARGIN : margin;
    struct lp_wrap wrap = { .at = indent, .hang = indent + (code ? 2 : 0), .width = PAGE_WIDTH };
    put_times(page->out, ' ', indent);
    lp_put_wrapped(page->out, text, &wrap);
}

const struct lp_explain_look lp_explain_terminal = { put_title, put_heading, put_line };

struct lp_explain_page lp_explain_page_of(const struct lp_style *style, struct lp_buf *out)
{
    return (struct lp_explain_page){ out, &lp_explain_terminal, style->color, style->lang };
}

static const char *say(const struct lp_explain_page *page, const char *text)
{
    return text ? lp_lang_say(page->lang, lp_str_of(text)).p : NULL;
}

void lp_explain_title(const struct lp_explain_page *page, const struct lp_explain_title *title)
{
    struct lp_explain_title said = *title;
    said.aside = say(page, title->aside);
    said.title = say(page, title->title);
    page->look->title(page, &said);
}

void lp_explain_heading(const struct lp_explain_page *page, const char *text)
{
    page->look->heading(page, say(page, text));
}

void lp_explain_end(const struct lp_explain_page *page)
{
    lp_buf_printf(page->out, "\n%s\n",
                  say(page, "Words in <angle brackets> stand for your own values."));
}

void lp_explain_line(const struct lp_explain_page *page, struct lp_str text, size_t margin)
{
    text = lp_lang_say(page->lang, text);
    struct lp_buf line = lp_buf_new(LINE_MAX_BYTES);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '{')
            c = '<';
        if (c == '}')
            c = '>';
        lp_buf_char(&line, c);
    }
    page->look->line(page, lp_buf_view(&line), margin);
    lp_buf_release(&line);
}

void lp_explain_section(const struct lp_explain_page *page, const char *heading,
                        const char *const *lines)
{
    lp_explain_heading(page, heading);
    for (; *lines; lines++)
        lp_explain_line(page, lp_str_of(*lines), LP_EXPLAIN_MARGIN);
}
