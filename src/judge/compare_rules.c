/* compare_rules.c - what the topology says that two sides may be to each other */
#include "lp/compare_parts.h"
#include "lp/lang.h"

static const char *const why_rule = LP_TR("the topology's rule for the name");

static const struct lp_topology *topology_of(const struct lp_comparing *c)
{
    for (size_t i = 2; i-- > 0;) {
        const struct lp_expectations *expected = c->out->walk[i]->survey.log->expected;
        if (expected)
            return expected->topology;
    }
    return NULL;
}

static const struct lp_compare_rule *rule_for(const struct lp_topology *t, struct lp_str name)
{
    const struct lp_compare_rule *at = t ? t->compare.at : NULL;
    for (size_t i = 0; t && i < t->compare.n; i++) {
        if (lp_str_fits(name, at[i].name))
            return &at[i];
    }
    return NULL;
}

static bool is_one_of(enum lp_compare_state state, const enum lp_compare_state *states, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (states[i] == state)
            return true;
    }
    return false;
}

static void allow_difference(struct lp_compared_item *item)
{
    static const enum lp_compare_state states[] = { LP_COMPARE_DIFFERS, LP_COMPARE_NEW,
                                                    LP_COMPARE_GONE };
    if (is_one_of(item->state, states, LP_COUNT(states)))
        lp_compare_mean(item, why_rule);
}

/* Only between views is there an inside and an outside. */
static void demand_one_side(const struct lp_comparing *c, struct lp_compared_item *item,
                            const bool *there)
{
    static const enum lp_compare_state states[] = { LP_COMPARE_SAME, LP_COMPARE_MEANT };
    size_t inside = c->out->walk[0]->survey.internal ? 0 : 1;
    size_t own = item->rule->meant == LP_MEANT_INSIDE_ONLY ? inside : 1 - inside;
    if (!there || c->out->relation != LP_COMPARE_VIEWS)
        return;
    if (there[own] && !there[1 - own])
        lp_compare_mean(item, why_rule);
    else if (there[1 - own] && is_one_of(item->state, states, LP_COUNT(states))) {
        item->state = LP_COMPARE_DIFFERS;
        item->why = why_rule;
    }
}

void lp_compare_apply_rule(const struct lp_comparing *c, struct lp_compared_item *item,
                           const bool *there)
{
    item->rule = rule_for(topology_of(c), item->key);
    if (!item->rule)
        return;
    switch (item->rule->meant) {
    case LP_MEANT_SAME:
        if (item->state == LP_COMPARE_MEANT) {
            item->state = LP_COMPARE_DIFFERS;
            item->why = why_rule;
        }
        break;
    case LP_MEANT_DIFFER: allow_difference(item); break;
    case LP_MEANT_INSIDE_ONLY:
    case LP_MEANT_OUTSIDE_ONLY: demand_one_side(c, item, there); break;
    }
}
