/* html_compared.c - two walks side by side: a section of a report, and a page of its own */
#include "lp/compare_render_parts.h"
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/text.h"

struct pair {
    const struct lp_html *html;
    const struct lp_compared *compared;
};

/* ---- rows ---- */

static void put_lines(const struct lp_html *html, const struct lp_list *lines)
{
    const struct lp_str *at = lines->at;
    for (size_t i = 0; i < lines->n; i++) {
        if (i)
            lp_html_empty(html, "br", LP_HTML({ NULL, { NULL, 0 } }));
        lp_html_text(html, at[i]);
    }
}

static void put_side(const struct pair *pair, const struct lp_compared_item *item, size_t side)
{
    struct lp_list lines = lp_compare_say_side(pair->compared, item, side, pair->html->arena);
    lp_html_open(pair->html, "td", NULL);
    put_lines(pair->html, &lines);
    lp_html_close(pair->html, "td");
}

/* Where the topology says so. */
static void put_place(const struct pair *pair, const struct lp_compared_item *item)
{
    struct lp_str place = lp_compare_say_place(pair->compared, item, pair->html->arena);
    struct lp_str parts[] = { LP_STR(", "), place };
    if (place.n)
        lp_html_text(pair->html, lp_arena_join(pair->html->arena, parts, LP_COUNT(parts)));
}

static void put_item(const struct pair *pair, const struct lp_compared_item *item)
{
    const struct lp_html *html = pair->html;
    struct lp_list what = lp_compare_say_what(pair->compared, item, html->arena);
    lp_html_open(html, "tr", NULL);
    lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("row") }));
    put_lines(html, &what);
    lp_html_close(html, "th");
    put_side(pair, item, 0);
    put_side(pair, item, 1);
    lp_html_open(html, "td", NULL);
    lp_html_badge(html, lp_compare_sign(item->state));
    lp_html_text(html, lp_compare_say_state(pair->compared, item, html->arena));
    if (item->why) {
        lp_html_text(html, LP_STR(": "));
        lp_html_text(html, lp_str_of(lp_tr(html->arena, item->why)));
        put_place(pair, item);
    }
    lp_html_close(html, "td");
    lp_html_close(html, "tr");
}

/* ---- tables ---- */

/* Rows of one kind: those to be looked at, or those that are as they should be. */
struct choice {
    enum lp_compare_kind kind;
    bool settled;
};

static bool is_chosen(const struct choice *choice, const struct lp_compared_item *item)
{
    bool settled = item->state == LP_COMPARE_SAME || item->state == LP_COMPARE_MEANT;
    return item->kind == choice->kind && settled == choice->settled;
}

static size_t count(const struct pair *pair, const struct choice *choice)
{
    size_t n = 0;
    for (size_t i = 0; i < pair->compared->n; i++)
        n += is_chosen(choice, &pair->compared->items[i]);
    return n;
}

static void put_table(const struct pair *pair, const struct choice *choice, const char *caption)
{
    const struct lp_compared *c = pair->compared;
    struct lp_arena *arena = pair->html->arena;
    const char *const heads[] = { lp_tr(arena, "What"), lp_term(arena, c->label[0]),
                                  lp_term(arena, c->label[1]), lp_tr(arena, "Amounts to"), NULL };
    lp_html_open_with(pair->html, "div",
                      LP_HTML({ "class", LP_STR("scroll wide") }, { "tabindex", LP_STR("0") },
                              { "role", LP_STR("group") }, { "aria-label", lp_str_of(caption) }));
    lp_html_table_with(pair->html, caption, heads);
    for (size_t i = 0; i < c->n; i++) {
        if (is_chosen(choice, &c->items[i]))
            put_item(pair, &c->items[i]);
    }
    lp_html_table_end(pair->html);
    lp_html_close(pair->html, "div");
}

/* Names are all shown: what is meant is what people ask about. */
static void put_kind(const struct pair *pair, enum lp_compare_kind kind)
{
    static const struct {
        const char *open, *settled;
        bool unfolded;
    } words[] = {
        [LP_COMPARE_CLIENT] = { LP_TR("Clients that fare differently"),
                                LP_TR("Clients as they should be"), true },
        [LP_COMPARE_NAME] = { LP_TR("Names that differ"), LP_TR("Names as they should be"), true },
        [LP_COMPARE_ENDPOINT] = { LP_TR("Endpoints that differ"),
                                  LP_TR("Endpoints as they should be"), false },
        [LP_COMPARE_CERT] = { LP_TR("Certificates that differ"),
                              LP_TR("Certificates as they should be"), false },
        [LP_COMPARE_FINDING] = { LP_TR("Findings that differ"), LP_TR("Findings on both sides"),
                                 false },
    };
    const struct lp_html *html = pair->html;
    struct choice open = { kind, false }, settled = { kind, true };
    size_t fine = count(pair, &settled);
    if (count(pair, &open))
        put_table(pair, &open, lp_tr(html->arena, words[kind].open));
    if (!fine)
        return;
    lp_html_open_with(html, "details",
                      LP_HTML({ "open", words[kind].unfolded ? LP_STR("open") : LP_STR_NONE }));
    const char *caption = lp_tr(html->arena, words[kind].settled);
    lp_html_element(html, "summary", NULL, lp_arena_printf(html->arena, "%s: %zu", caption, fine));
    put_table(pair, &settled, caption);
    lp_html_close(html, "details");
}

void lp_html_compared(const struct lp_html *html, const struct lp_compared *compared)
{
    struct pair pair = { html, compared };
    lp_html_element(
        html, "p", "muted",
        lp_arena_printf(html->arena, "%s.",
                        lp_compare_say_counts(compared, compared->total, html->arena).p));
    for (int kind = 0; kind < LP_COMPARE_KINDS; kind++)
        put_kind(&pair, (enum lp_compare_kind)kind);
}

/* ---- a page of its own ---- */

static void put_walk(const struct pair *pair, size_t side)
{
    const struct lp_judgement *walk = pair->compared->walk[side];
    const struct lp_html *html = pair->html;
    char time[24];
    lp_format_utc(walk->survey.log->setup.clock, time, sizeof time);
    lp_html_element(html, "dt", NULL, pair->compared->label[side]);
    lp_html_open(html, "dd", NULL);
    lp_html_text(html, walk->sentence);
    lp_html_element(html, "span", "muted", lp_arena_printf(html->arena, " (%s)", time));
    lp_html_close(html, "dd");
}

static void put_pair(const struct pair *pair)
{
    const struct lp_html *html = pair->html;
    lp_html_open(html, "article", "walk");
    lp_html_element(html, "h1", NULL, pair->compared->walk[0]->survey.log->setup.domain);
    lp_html_verdict_open(html, pair->compared->verdict);
    lp_html_element(html, "h2", NULL, pair->compared->sentence);
    lp_html_open(html, "dl", NULL);
    put_walk(pair, 0);
    put_walk(pair, 1);
    lp_html_close(html, "dl");
    lp_html_close(html, "section");
    lp_html_open(html, "section", NULL);
    lp_html_element(html, "h2", NULL, lp_tell(html->arena, "Side by side"));
    lp_html_compared(html, pair->compared);
    lp_html_close(html, "section");
    lp_html_close(html, "article");
}

void lp_compare_html(const struct lp_compare_input *input, struct lp_buf *out)
{
    struct lp_arena arena = { .lang = input->n ? input->at[0].walk[0]->survey.arena->lang : NULL };
    struct lp_html html = { out, &arena };
    lp_html_begin(&html, lp_tell(&arena, "Two walks side by side"));
    for (size_t i = 0; i < input->n; i++) {
        struct pair pair = { &html, &input->at[i] };
        put_pair(&pair);
    }
    lp_buf_text(out, lp_html_end);
    lp_arena_release(&arena);
}
