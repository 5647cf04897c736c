/* compare_text.c - two walks side by side for people: one sentence, then row by row */
#include "lp/compare_render_parts.h"
#include "lp/lang.h"
#include "lp/page.h"
#include "lp/text.h"

enum { WIDTH = 80, WHAT_AT = LP_ROW_LEFT, FIRST_AT = 34, SECOND_AT = 50, STATE_AT = 66 };

static const size_t columns[] = { WHAT_AT, FIRST_AT, SECOND_AT, STATE_AT };

struct table {
    const struct lp_compared *compared;
    struct lp_page page;
};

/* ---- the head ---- */

/* "inside (internal, 2026-11-24T05:41:00Z, DNS 10.0.0.53): a user inside can sign in ..." */
static void put_side(const struct table *t, size_t side)
{
    const struct lp_judgement *walk = t->compared->walk[side];
    const struct lp_setup *setup = &walk->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    struct lp_arena *arena = t->page.arena;
    char time[24];
    lp_format_utc(setup->clock, time, sizeof time);
    struct lp_str head = lp_arena_printf(
        arena, "%s (%s, %s, DNS %s): ", t->compared->label[side].p,
        lp_tr(arena, walk->survey.internal ? "internal" : "external"), time,
        setup->servers.n ? lp_term(arena, servers[0].label) : lp_tr(arena, "not said"));
    struct lp_str sentence = walk->sentence;
    lp_str_cut(&sentence, ' '); /* the domain, which stands above */
    struct lp_str parts[] = { head, sentence };
    lp_page_flow(&t->page, lp_arena_join(arena, parts, LP_COUNT(parts)), 0, 2);
}

static void put_head(const struct table *t)
{
    lp_page_flow(&t->page, t->compared->sentence, 0, 0);
    lp_page_rule(&t->page);
    put_side(t, 0);
    put_side(t, 1);
}

/* ---- the rows ---- */

static struct lp_str line_of(const struct lp_list *lines, size_t i)
{
    const struct lp_str *at = lines->at;
    return i < lines->n ? at[i] : LP_STR("");
}

static size_t most(const struct lp_list lines[3])
{
    size_t n = 1;
    for (size_t i = 0; i < 3; i++)
        n = lines[i].n > n ? lines[i].n : n;
    return n;
}

/* What is meant is explained with -v, what is not at once. */
static void put_why(const struct table *t, const struct lp_compared_item *item)
{
    if (!item->why || (item->state == LP_COMPARE_MEANT && !t->page.verbosity))
        return;
    struct lp_str place = lp_compare_say_place(t->compared, item, t->page.arena);
    struct lp_str parts[] = { lp_str_of(lp_tr(t->page.arena, item->why)),
                              place.n ? LP_STR(": ") : LP_STR(""), place };
    lp_page_space(&t->page, WHAT_AT + 2);
    lp_page_flow(&t->page, lp_arena_join(t->page.arena, parts, LP_COUNT(parts)), WHAT_AT + 2,
                 WHAT_AT + 2);
}

static void put_item(const struct table *t, const struct lp_compared_item *item)
{
    struct lp_arena *arena = t->page.arena;
    struct lp_list lines[3] = { lp_compare_say_what(t->compared, item, arena),
                                lp_compare_say_side(t->compared, item, 0, arena),
                                lp_compare_say_side(t->compared, item, 1, arena) };
    for (size_t i = 0; i < most(lines); i++) {
        struct lp_str cells[] = { line_of(&lines[0], i), line_of(&lines[1], i),
                                  line_of(&lines[2], i),
                                  i ? LP_STR("") : lp_compare_say_state(t->compared, item, arena) };
        struct lp_cells line = { i ? LP_SIGN_NONE : lp_compare_sign(item->state), cells, columns,
                                 LP_COUNT(cells) };
        lp_page_cells(&t->page, &line);
    }
    put_why(t, item);
}

/* Names are all shown: what is meant is what people ask about. Of the rest what is to be looked
 * at, and all with -v. */
static bool is_shown(const struct table *t, const struct lp_compared_item *item)
{
    return item->kind == LP_COMPARE_NAME || item->kind == LP_COMPARE_CLIENT || t->page.verbosity ||
           (item->state != LP_COMPARE_SAME && item->state != LP_COMPARE_MEANT);
}

static void put_heading(const struct table *t, enum lp_compare_kind kind)
{
    const char *heading = lp_compare_heading(kind);
    const struct lp_compared *c = t->compared;
    size_t room = FIRST_AT - lp_columns(lp_str_of(lp_tr(t->page.arena, heading))) - 2;
    size_t first = lp_columns(c->label[0]);
    size_t gap = SECOND_AT - FIRST_AT > first ? SECOND_AT - FIRST_AT - first : 1;
    lp_page_heading(&t->page, heading,
                    lp_arena_printf(t->page.arena, "%*s%s%*s%s", (int)room, "", c->label[0].p,
                                    (int)gap, "", c->label[1].p));
}

static void put_kind(const struct table *t, enum lp_compare_kind kind)
{
    const struct lp_compared *c = t->compared;
    size_t shown = 0, left_out = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (c->items[i].kind != kind)
            continue;
        if (!is_shown(t, &c->items[i])) {
            left_out++;
            continue;
        }
        if (!shown++)
            put_heading(t, kind);
        put_item(t, &c->items[i]);
    }
    if (!shown || !left_out)
        return;
    lp_page_space(&t->page, WHAT_AT);
    lp_page_flow(&t->page, lp_tell(t->page.arena, "and %zu more as they should be: -v", left_out),
                 WHAT_AT, WHAT_AT);
}

/* ---- the end ---- */

/* What helps with the first thing that is broken. */
static void put_hint(const struct table *t)
{
    const struct lp_compared *c = t->compared;
    for (size_t i = 0; i < c->n; i++) {
        const struct lp_compared_item *item = &c->items[i];
        const struct lp_finding *f = lp_compared_finding(item);
        if (!f || (item->state != LP_COMPARE_BROKEN && item->state != LP_COMPARE_NEW))
            continue;
        lp_page_flow(&t->page,
                     lp_tell(t->page.arena, "How to mend it: lyncprobe explain %s", f->rule->id), 0,
                     0);
        return;
    }
}

static void put_closing(const struct table *t)
{
    struct lp_str counts = lp_compare_say_counts(t->compared, t->compared->total, t->page.arena);
    lp_buf_char(t->page.out, '\n');
    lp_page_flow(&t->page, lp_arena_printf(t->page.arena, "%s.", counts.p), 0, 0);
    put_hint(t);
}

void lp_compare_text(const struct lp_compare_input *input, struct lp_buf *out)
{
    const struct lp_style *style = &input->style;
    for (size_t i = 0; i < input->n; i++) {
        struct lp_arena arena = { .lang = input->at[i].walk[0]->survey.arena->lang };
        struct table t = { &input->at[i],
                           { out, &arena, style->width ? (size_t)style->width : WIDTH, style->color,
                             style->ascii, style->verbosity } };
        lp_buf_text(out, i ? "\n\n" : "");
        put_head(&t);
        for (int kind = 0; kind < LP_COMPARE_KINDS; kind++)
            put_kind(&t, (enum lp_compare_kind)kind);
        put_closing(&t);
        lp_arena_release(&arena);
    }
}
