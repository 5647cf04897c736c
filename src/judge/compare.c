/* compare.c - two walks side by side: what they are to each other, and all that is compared */
#include "lp/compare_parts.h"

#include "lp/lang.h"
#include "lp/text.h"

const char *lp_compare_relation_word(enum lp_compare_relation relation)
{
    static const char *const words[] = { "views", "times", "places" };
    return words[relation];
}

const char *lp_compare_kind_word(enum lp_compare_kind kind)
{
    static const char *const words[] = { "client", "name", "endpoint", "certificate", "finding" };
    return words[kind];
}

const char *lp_compare_state_word(enum lp_compare_state state)
{
    static const char *const words[] = { "same", "meant",  "differs",   "new",
                                         "gone", "mended", "undecided", "broken" };
    return words[state];
}

const struct lp_finding *lp_compared_finding(const struct lp_compared_item *item)
{
    return item->side[1].finding ? item->side[1].finding : item->side[0].finding;
}

/* ---- states ---- */

void lp_compare_break(const struct lp_comparing *c, struct lp_compared_item *item, size_t side)
{
    bool before = c->out->relation == LP_COMPARE_TIMES && side == 0;
    item->state = before ? LP_COMPARE_MENDED : LP_COMPARE_BROKEN;
    item->broken = side;
}

void lp_compare_one_sided(const struct lp_comparing *c, struct lp_compared_item *item,
                          size_t has_it)
{
    item->state = has_it ? LP_COMPARE_NEW : LP_COMPARE_GONE;
    if (!c->out->walk[1 - has_it]->survey.log->end.complete)
        item->state = LP_COMPARE_OPEN;
}

void lp_compare_mean(struct lp_compared_item *item, const char *why)
{
    item->state = LP_COMPARE_MEANT;
    item->why = why;
}

void lp_compare_push(struct lp_comparing *c, const struct lp_compared_item *item)
{
    lp_list_push(c->arena, &c->items, item, sizeof *item);
}

/* ---- what the walks are to each other ---- */

static const struct lp_setup *setup_of(const struct lp_compared *out, size_t side)
{
    return &out->walk[side]->survey.log->setup;
}

/* The name server that drives the walk; a recording may have none. */
static const struct lp_server *server_of(const struct lp_compared *out, size_t side)
{
    const struct lp_setup *setup = setup_of(out, side);
    return setup->servers.n ? setup->servers.at : NULL;
}

static bool asks_the_same(const struct lp_server *a, const struct lp_server *b)
{
    return a && b ? lp_list_same_strs(&a->addresses, &b->addresses) : a == b;
}

static enum lp_compare_relation relation_of(const struct lp_compared *out)
{
    if (out->walk[0]->survey.internal != out->walk[1]->survey.internal)
        return LP_COMPARE_VIEWS;
    return asks_the_same(server_of(out, 0), server_of(out, 1)) ? LP_COMPARE_TIMES
                                                               : LP_COMPARE_PLACES;
}

static void set_labels(struct lp_compared *out, struct lp_arena *arena, const char *const words[2])
{
    for (size_t i = 0; i < 2; i++)
        out->label[i] = out->where[i] = lp_str_of(lp_tr(arena, words[i]));
}

static void set_numbers(struct lp_compared *out, struct lp_arena *arena)
{
    static const char *const words[] = { LP_TR("first"), LP_TR("second") };
    set_labels(out, arena, words);
    out->where[0] = lp_tell(arena, "in the first walk");
    out->where[1] = lp_tell(arena, "in the second walk");
}

/* A walk with answers of the command line shows what is planned. */
static void label_times(struct lp_compared *out, struct lp_arena *arena)
{
    static const char *const by_time[] = { LP_TR("before"), LP_TR("after") };
    static const char *const by_plan[] = { LP_TR("planned"), LP_TR("live"), LP_TR("planned") };
    bool planned[2];
    for (size_t i = 0; i < 2; i++)
        planned[i] = lp_setup_overridden(setup_of(out, i));
    if (planned[0] != planned[1])
        set_labels(out, arena, planned[0] ? by_plan : by_plan + 1);
    else if (setup_of(out, 0)->clock <= setup_of(out, 1)->clock)
        set_labels(out, arena, by_time);
    else
        set_numbers(out, arena);
}

static void label_places(struct lp_compared *out, struct lp_arena *arena)
{
    const struct lp_server *servers[2] = { server_of(out, 0), server_of(out, 1) };
    set_numbers(out, arena);
    if (!servers[0] || !servers[1] || !servers[0]->label.n || !servers[1]->label.n ||
        lp_str_eq(servers[0]->label, servers[1]->label))
        return;
    for (size_t i = 0; i < 2; i++) {
        out->label[i] = lp_str_of(lp_term(arena, servers[i]->label));
        out->where[i] = lp_tell(arena, "at %s", out->label[i].p);
    }
}

static void set_relation(struct lp_compared *out, struct lp_arena *arena)
{
    static const char *const views[] = { LP_TR("inside"), LP_TR("outside"), LP_TR("inside") };
    out->relation = relation_of(out);
    if (out->relation == LP_COMPARE_PLACES)
        label_places(out, arena);
    else if (out->relation == LP_COMPARE_TIMES)
        label_times(out, arena);
    else
        set_labels(out, arena, out->walk[0]->survey.internal ? views : views + 1);
}

void lp_compare(const struct lp_judgement *first, const struct lp_judgement *second,
                struct lp_arena *arena, struct lp_compared *out)
{
    static void (*const parts[])(struct lp_comparing *) = {
        lp_compare_clients, lp_compare_names,    lp_compare_endpoints,
        lp_compare_certs,   lp_compare_findings,
    };
    struct lp_comparing c = { .out = out, .arena = arena };
    *out = (struct lp_compared){ .walk = { first, second } };
    set_relation(out, arena);
    for (size_t i = 0; i < LP_COUNT(parts); i++)
        parts[i](&c);
    out->items = c.items.at;
    out->n = c.items.n;
    lp_compare_sum_up(&c);
}
