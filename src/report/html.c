/* html.c - elements, attributes and text of a page; all text goes through the escaper here */
#include "lp/html.h"

#include <string.h>

#include "lp/text.h"

/* Parts of a line of text: a newline behind them would be a blank. */
static bool is_inline(const char *tag)
{
    static const char *const tags[] = { "a", "b", "code", "span", "strong", "em" };
    for (size_t i = 0; i < LP_COUNT(tags); i++) {
        if (strcmp(tags[i], tag) == 0)
            return true;
    }
    return false;
}

static void put_attributes(const struct lp_html *html, const struct lp_html_attribute *attribute)
{
    for (; attribute->name; attribute++) {
        if (!attribute->value.p)
            continue;
        lp_buf_printf(html->out, " %s=\"", attribute->name);
        lp_put_markup(html->out, attribute->value);
        lp_buf_char(html->out, '"');
    }
}

void lp_html_open_with(const struct lp_html *html, const char *tag,
                       const struct lp_html_attribute *attributes)
{
    lp_buf_printf(html->out, "<%s", tag);
    put_attributes(html, attributes);
    lp_buf_char(html->out, '>');
}

void lp_html_open(const struct lp_html *html, const char *tag, const char *class)
{
    lp_html_open_with(html, tag, LP_HTML({ "class", lp_str_of(class) }));
}

void lp_html_close(const struct lp_html *html, const char *tag)
{
    lp_buf_printf(html->out, is_inline(tag) ? "</%s>" : "</%s>\n", tag);
}

void lp_html_empty(const struct lp_html *html, const char *tag,
                   const struct lp_html_attribute *attributes)
{
    lp_buf_printf(html->out, "<%s", tag);
    put_attributes(html, attributes);
    lp_buf_text(html->out, "/>");
}

void lp_html_text(const struct lp_html *html, struct lp_str text)
{
    lp_put_markup(html->out, text);
}

void lp_html_element(const struct lp_html *html, const char *tag, const char *class,
                     struct lp_str text)
{
    lp_html_open(html, tag, class);
    lp_html_text(html, text);
    lp_html_close(html, tag);
}

void lp_html_lines(const struct lp_html *html, struct lp_str text)
{
    while (text.n) {
        lp_html_text(html, lp_str_cut(&text, '\n'));
        lp_buf_char(html->out, '\n');
    }
}
