/* html.h - a writer of HTML that escapes: no text reaches a page but through lp_put_markup. */
#ifndef LP_HTML_H
#define LP_HTML_H

#include "lp/arena.h"
#include "lp/buf.h"

/*
 * Tags, classes and attribute names are literals of our own; every text and every attribute value
 * is a struct lp_str and goes through lp_put_markup (text.h), so that what a network peer wrote is
 * shown and never read as markup. The output is well-formed XML as well: every element is closed,
 * every attribute has a value.
 */
struct lp_html {
    struct lp_buf *out;
    struct lp_arena *arena; /* scratch, in the page's language; lives as long as the page */
};

struct lp_html_attribute {
    const char *name;    /* NULL: the end of the list */
    struct lp_str value; /* unset: the attribute is left out */
};
/* A list of attributes in place: LP_HTML({ "id", id }, { "class", LP_STR("card") }). */
#define LP_HTML(...) ((const struct lp_html_attribute[]){ __VA_ARGS__, { NULL, { NULL, 0 } } })

/* <tag class="..."> ; class NULL: none. */
void lp_html_open(const struct lp_html *html, const char *tag, const char *class);
/* ... with a list of attributes, ended by one without name. */
void lp_html_open_with(const struct lp_html *html, const char *tag,
                       const struct lp_html_attribute *attributes);
/* </tag>, and a newline behind what is no part of a line of text. */
void lp_html_close(const struct lp_html *html, const char *tag);
/* An element without content: <tag .../>. */
void lp_html_empty(const struct lp_html *html, const char *tag,
                   const struct lp_html_attribute *attributes);
/* Escaped text. */
void lp_html_text(const struct lp_html *html, struct lp_str text);
/* <tag class="...">text</tag>. */
void lp_html_element(const struct lp_html *html, const char *tag, const char *class,
                     struct lp_str text);
/* Text of several lines, for <pre>: each line escaped, the newlines kept. */
void lp_html_lines(const struct lp_html *html, struct lp_str text);

/* ---- the page around it ---- */

/* From the doctype to the start of <main>: Content-Security-Policy (nothing is loaded, only this
 * style and script count, by their hashes), style, skip link, title. */
void lp_html_begin(const struct lp_html *html, struct lp_str title);
/* What stands behind the last section: the same for every page. */
extern const char lp_html_end[];

#endif
