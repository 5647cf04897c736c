/* explain_roff.c - explain pages as sections of lyncprobe-findings(7) */
#include "lp/explain_page.h"

#include "lp/roff.h"
#include "lp/wrap.h"

/* What is left of 80 columns for a command: man(7) indents by 7 more. */
enum { CODE_WIDTH = 66, LINE_MAX_BYTES = 4096 };

static void put_title(const struct lp_explain_page *page, const struct lp_explain_title *title)
{
    lp_buf_text(page->out, ".SS ");
    lp_put_roff(page->out, lp_str_of(title->name));
    lp_buf_printf(page->out, " (%s)\n", title->aside);
    lp_put_roff_text(page->out, lp_str_of(title->title));
}

static void put_heading(const struct lp_explain_page *page, const char *text)
{
    lp_buf_text(page->out, ".PP\n.I ");
    lp_put_roff(page->out, lp_str_of(text));
    lp_buf_char(page->out, '\n');
}

static void put_code(const struct lp_explain_page *page, struct lp_str text)
{
    struct lp_buf lines = lp_buf_new(LINE_MAX_BYTES);
    struct lp_wrap wrap = { .at = 0, .hang = 2, .width = CODE_WIDTH };
    lp_put_wrapped(&lines, text, &wrap);
    lp_buf_text(page->out, ".EX\n");
    struct lp_str rest = lp_buf_view(&lines);
    while (rest.n) {
        lp_put_roff(page->out, lp_str_cut(&rest, '\n'));
        lp_buf_char(page->out, '\n');
    }
    lp_buf_text(page->out, ".EE\n");
    lp_buf_release(&lines);
}

/* Each line is a block of its own, so that none runs into the next one. */
static void put_line(const struct lp_explain_page *page, struct lp_str text, size_t margin)
{
    bool code = lp_line_kind(text) != LP_LINE_TEXT;
    lp_buf_printf(page->out, ".RS %zu\n", code ? margin + LP_EXPLAIN_MARGIN : margin);
    if (code)
        put_code(page, text);
    else
        lp_put_roff_text(page->out, text);
    lp_buf_text(page->out, ".RE\n");
}

const struct lp_explain_look lp_explain_manual = { put_title, put_heading, put_line };
