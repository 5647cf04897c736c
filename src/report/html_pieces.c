/* html_pieces.c - pieces that several sections of the HTML report are made of */
#include "lp/html_parts.h"

#include "lp/lang.h"

struct lp_str lp_html_id(const struct lp_html_walk *walk, const char *name)
{
    return lp_arena_printf(walk->html.arena, "w%zu-%s", walk->number, name);
}

struct lp_str lp_html_finding_id(const struct lp_html_walk *walk, size_t index)
{
    return lp_arena_printf(walk->html.arena, "w%zu-f%zu", walk->number, index + 1);
}

struct lp_str lp_html_evidence_id(const struct lp_html_walk *walk, int64_t id)
{
    return lp_arena_printf(walk->html.arena, "w%zu-e%lld", walk->number, (long long)id);
}

/* ---- signs ---- */

void lp_html_badge(const struct lp_html *html, enum lp_sign sign)
{
    static const struct {
        const char *class, *glyph, *word;
    } badges[] = {
        [LP_SIGN_NONE] = { NULL, NULL, NULL },
        [LP_SIGN_OK] = { "badge ok", "\u2713", LP_TR("ok") },
        [LP_SIGN_LATER] = { "badge quiet", "\u2026", LP_TR("not needed") },
        [LP_SIGN_ABSENT] = { "badge quiet", "\u2013", LP_TR("info") },
        [LP_SIGN_OPEN] = { "badge open", "?", LP_TR("undecided") },
        [LP_SIGN_WARNING] = { "badge warning", "!", LP_TR("warning") },
        [LP_SIGN_CRITICAL] = { "badge critical", "\u2717", LP_TR("critical") },
        [LP_SIGN_HERE] = { "badge critical", "\u25b2", LP_TR("here") },
    };
    if (!badges[sign].class)
        return;
    lp_html_open(html, "span", badges[sign].class);
    lp_html_open_with(html, "span", LP_HTML({ "aria-hidden", LP_STR("true") }));
    lp_html_text(html, lp_str_of(badges[sign].glyph));
    lp_html_close(html, "span");
    lp_html_text(html, LP_STR(" "));
    lp_html_text(html, lp_str_of(lp_tr(html->arena, badges[sign].word)));
    lp_html_close(html, "span");
    lp_html_text(html, LP_STR(" "));
}

enum lp_sign lp_html_severity_sign(enum lp_severity severity)
{
    static const enum lp_sign signs[] = { LP_SIGN_ABSENT, LP_SIGN_WARNING, LP_SIGN_CRITICAL };
    return signs[severity];
}

void lp_html_verdict_open(const struct lp_html *html, enum lp_verdict verdict)
{
    static const struct {
        const char *class;
        enum lp_sign sign;
    } looks[] = {
        [LP_VERDICT_OK] = { "verdict ok", LP_SIGN_OK },
        [LP_VERDICT_WARNING] = { "verdict warning", LP_SIGN_WARNING },
        [LP_VERDICT_CRITICAL] = { "verdict critical", LP_SIGN_CRITICAL },
        [LP_VERDICT_UNDECIDED] = { "verdict open", LP_SIGN_OPEN },
    };
    lp_html_open(html, "section", looks[verdict].class);
    lp_html_badge(html, looks[verdict].sign);
}

/* ---- text ---- */

void lp_html_link(const struct lp_html *html, struct lp_str id, struct lp_str text)
{
    struct lp_str parts[] = { LP_STR("#"), id };
    lp_html_open_with(html, "a", LP_HTML({ "href", lp_arena_join(html->arena, parts, 2) }));
    lp_html_text(html, text);
    lp_html_close(html, "a");
}

void lp_html_pair(const struct lp_html *html, const char *word, struct lp_str text)
{
    if (!text.n)
        return;
    lp_html_element(html, "dt", NULL, lp_str_of(lp_tr(html->arena, word)));
    lp_html_element(html, "dd", NULL, text);
}

void lp_html_copy_button(const struct lp_html *html, struct lp_str id, const char *word)
{
    lp_html_open_with(
        html, "button",
        LP_HTML({ "type", LP_STR("button") }, { "data-copy", id }, { "hidden", LP_STR("hidden") }));
    lp_html_text(html, lp_str_of(lp_tr(html->arena, word)));
    lp_html_close(html, "button");
}

/* ---- steps ---- */

static void put_command(const struct lp_html *html, struct lp_str line)
{
    lp_html_open(html, "pre", "command");
    lp_html_element(html, "code", NULL, line);
    lp_html_close(html, "pre");
}

/* A command belongs to the sentence before it. */
void lp_html_steps(const struct lp_html *html, const struct lp_list *steps)
{
    const struct lp_str *at = steps->at;
    if (!steps->n)
        return;
    lp_html_open(html, "ol", "steps");
    for (size_t i = 0; i < steps->n; i++) {
        bool is_text = lp_line_kind(at[i]) == LP_LINE_TEXT;
        if (is_text && i)
            lp_html_close(html, "li");
        if (is_text || !i)
            lp_html_open(html, "li", NULL);
        if (is_text)
            lp_html_text(html, at[i]);
        else
            put_command(html, at[i]);
    }
    lp_html_close(html, "li");
    lp_html_close(html, "ol");
}

/* ---- tables ---- */

/* Columns of a table whose heads are words of ours. */
enum { HEADS_MOST = 8 };

void lp_html_table_with(const struct lp_html *html, const char *caption, const char *const *heads)
{
    lp_html_open(html, "table", NULL);
    lp_html_element(html, "caption", NULL, lp_str_of(caption));
    lp_html_open(html, "thead", NULL);
    lp_html_open(html, "tr", NULL);
    for (; *heads; heads++) {
        lp_html_open_with(html, "th", LP_HTML({ "scope", LP_STR("col") }));
        lp_html_text(html, lp_str_of(*heads));
        lp_html_close(html, "th");
    }
    lp_html_close(html, "tr");
    lp_html_close(html, "thead");
    lp_html_open(html, "tbody", NULL);
}

void lp_html_table(const struct lp_html *html, const char *caption, const char *const *heads)
{
    const char *said[HEADS_MOST + 1] = { NULL };
    for (size_t i = 0; i < HEADS_MOST && heads[i]; i++)
        said[i] = lp_tr(html->arena, heads[i]);
    lp_html_table_with(html, lp_tr(html->arena, caption), said);
}

void lp_html_table_end(const struct lp_html *html)
{
    lp_html_close(html, "tbody");
    lp_html_close(html, "table");
}

void lp_html_scroll(const struct lp_html *html, const char *class, struct lp_str label)
{
    lp_html_open_with(html, "div",
                      LP_HTML({ "class", lp_str_of(class) }, { "tabindex", LP_STR("0") },
                              { "role", LP_STR("group") }, { "aria-labelledby", label }));
}
