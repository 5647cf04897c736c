/* html_servers.c - the answers of several name servers side by side; the first one drives */
#include "lp/html_parts.h"

#include "lp/lang.h"

static size_t count_servers(const struct lp_html_walk *walk)
{
    return walk->j->survey.log->setup.servers.n;
}

static void put_heads(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    size_t n = count_servers(walk);
    const char **heads = lp_arena_array(html->arena, n + 3, sizeof *heads);
    heads[0] = lp_tr(html->arena, "Name");
    for (size_t i = 0; i < n; i++)
        heads[i + 1] = lp_text_server_label(&walk->report, i).p;
    heads[n + 1] = lp_tr(html->arena, "Amounts to");
    lp_html_table_with(html, lp_tr(html->arena, "What each name server answers"), heads);
}

static void put_told(const struct lp_html *html, const struct lp_told *told)
{
    lp_html_open(html, "td", NULL);
    for (size_t i = 0; i < told->n; i++) {
        if (i)
            lp_html_empty(html, "br", LP_HTML({ NULL, { NULL, 0 } }));
        lp_html_text(html, told->items[i]);
    }
    lp_html_close(html, "td");
}

static void put_row(const struct lp_html_walk *walk, const struct lp_asked *question)
{
    const struct lp_html *html = &walk->html;
    struct lp_str head[] = { question->name,
                             question->type == LP_DNS_SRV ? LP_STR(" SRV") : LP_STR(" A") };
    struct lp_told first = lp_text_told(&walk->report, question, 0);
    bool same = true;
    lp_html_open(html, "tr", NULL);
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    lp_html_text(html, lp_arena_join(html->arena, head, LP_COUNT(head)));
    lp_html_close(html, "th");
    for (size_t i = 0; i < count_servers(walk); i++) {
        struct lp_told told = lp_text_told(&walk->report, question, i);
        same = same && lp_text_tells_same(&first, &told);
        put_told(html, &told);
    }
    lp_html_open(html, "td", NULL);
    lp_html_badge(html, same ? LP_SIGN_OK : LP_SIGN_WARNING);
    lp_html_text(html, lp_tell(html->arena, same ? "the same" : "differs"));
    lp_html_close(html, "td");
    lp_html_close(html, "tr");
}

void lp_html_servers(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_asked_list list = lp_text_asked(&walk->report);
    lp_html_scroll(html, "scroll wide", lp_html_id(walk, "servers-title"));
    put_heads(walk);
    for (size_t i = 0; i < list.n; i++)
        put_row(walk, &list.at[i]);
    lp_html_table_end(html);
    lp_html_close(html, "div");
}
