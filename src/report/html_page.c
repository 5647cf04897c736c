/* html_page.c - what stands around the sections: policy, style, script, skip link */
#include "lp/html.h"
#include "lp/html_parts.h"
#include "lp/lang.h"
#include "lp/sha256.h"
#include "lp/text.h"

static struct lp_str join_lines(struct lp_arena *arena, const char *const *lines)
{
    struct lp_buf all = lp_buf_new(1 << 20);
    for (; *lines; lines++)
        lp_buf_printf(&all, "%s\n", *lines);
    struct lp_str text = lp_arena_str(arena, lp_buf_view(&all));
    lp_buf_release(&all);
    return text;
}

static char nibble(char c)
{
    return (char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* "sha256-...": how a policy names an inline text (CSP Level 3 section 2.3.1). */
static struct lp_str source_of(struct lp_arena *arena, struct lp_str text)
{
    struct lp_str hex = lp_sha256(arena, text);
    char digest[32];
    struct lp_buf base64 = lp_buf_new(64);
    for (size_t i = 0; i < sizeof digest; i++)
        digest[i] = (char)(nibble(hex.p[2 * i]) * 16 + nibble(hex.p[2 * i + 1]));
    lp_put_base64(&base64, (struct lp_str){ digest, sizeof digest });
    struct lp_str source = lp_arena_printf(arena, "sha256-%s", base64.p);
    lp_buf_release(&base64);
    return source;
}

/* Style and script are texts of our own without a character that HTML or XML would read. */
static void put_inline(const struct lp_html *html, const char *tag, const char *type,
                       struct lp_str text)
{
    lp_html_open_with(html, tag, LP_HTML({ "type", lp_str_of(type) }));
    lp_buf_str(html->out, text);
    lp_html_close(html, tag);
}

static void put_meta(const struct lp_html *html, const char *key, const char *name,
                     struct lp_str content)
{
    lp_html_empty(html, "meta", LP_HTML({ key, lp_str_of(name) }, { "content", content }));
    lp_buf_char(html->out, '\n');
}

void lp_html_begin(const struct lp_html *html, struct lp_str title)
{
    struct lp_str style = join_lines(html->arena, lp_html_style);
    struct lp_str script = join_lines(html->arena, lp_html_script);
    struct lp_str policy =
        lp_arena_printf(html->arena,
                        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; "
                        "form-action 'none'",
                        source_of(html->arena, style).p, source_of(html->arena, script).p);
    lp_buf_printf(html->out,
                  "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\"/>\n",
                  html->arena->lang ? html->arena->lang->name : "en");
    put_meta(html, "http-equiv", "Content-Security-Policy", policy);
    put_meta(html, "name", "viewport", LP_STR("width=device-width, initial-scale=1"));
    put_meta(html, "name", "color-scheme", LP_STR("light dark"));
    put_meta(html, "name", "referrer", LP_STR("no-referrer"));
    put_meta(html, "name", "robots", LP_STR("noindex"));
    lp_html_element(html, "title", NULL, title);
    put_inline(html, "style", "text/css", style);
    put_inline(html, "script", "module", script); /* a module waits for the whole page */
    lp_buf_text(html->out, "</head>\n<body>\n");
    lp_html_open_with(html, "a", LP_HTML({ "class", LP_STR("skip") }, { "href", LP_STR("#main") }));
    lp_html_text(html, lp_tell(html->arena, "Skip to the report"));
    lp_html_close(html, "a");
    lp_html_open(html, "header", "top");
    lp_html_element(html, "p", "brand", LP_STR("lyncprobe"));
    lp_html_close(html, "header");
    lp_buf_text(html->out, "<main id=\"main\">\n");
}
