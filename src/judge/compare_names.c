/* compare_names.c - owner names and types, as both walks were answered */
#include "lp/compare_parts.h"
#include "lp/keys.h"
#include "lp/keyset.h"
#include "lp/lang.h"
#include "lp/steps.h"

#include <stdlib.h>

enum { RECORDS_MAX = 64 };

static const char *const why_inside = LP_TR("belongs to the inside");
static const char *const why_outside = LP_TR("belongs to the outside");
static const char *const why_split = LP_TR("addresses of the inside and of the outside");
static const char *const why_absent = LP_TR("absent on both sides");
static const char *const why_topology = LP_TR("each side is as the topology says");

/* Names outside of lp_name_rules that only the outside has (poster dns.tsv, external). */
static const char *const outside_names[] = {
    "sipexternal.<sip-domain>",
    "_sip._tcp.<sip-domain>",
    "_sipfederationtls._tcp.<sip-domain>",
    "_xmpp-server._tcp.<sip-domain>",
};

/* ---- what a side has ---- */

static const struct lp_log *log_of(const struct lp_comparing *c, size_t side)
{
    return c->out->walk[side]->survey.log;
}

static bool was_asked(const struct lp_comparing *c, size_t side, struct lp_str name, int64_t type)
{
    struct lp_resolved question = { .name = name, .type = type };
    return lp_log_find(log_of(c, side), lp_dns_key(c->arena, &question)) != NULL;
}

static void look(const struct lp_comparing *c, struct lp_compared_item *item, size_t side)
{
    struct lp_compared_side *s = &item->side[side];
    const struct lp_log *log = log_of(c, side);
    struct lp_resolved question = { .name = item->key, .type = item->type };
    if (item->type == LP_DNS_SRV) {
        s->seen = was_asked(c, side, item->key, LP_DNS_SRV);
        lp_resolve(log, c->arena, &question, &s->srv);
        return;
    }
    s->seen = was_asked(c, side, item->key, LP_DNS_A) || was_asked(c, side, item->key, LP_DNS_AAAA);
    lp_places_of(log, c->arena, item->key, 0, &s->places);
}

static enum lp_outcome outcome_of(const struct lp_compared_item *item, size_t side)
{
    const struct lp_compared_side *s = &item->side[side];
    return item->type == LP_DNS_SRV ? s->srv.outcome : s->places.outcome;
}

static enum lp_health health_of(const struct lp_compared_item *item, size_t side)
{
    enum lp_outcome outcome = outcome_of(item, side);
    if (outcome == LP_ANSWER)
        return LP_HEALTH_WORKS;
    if (outcome == LP_NXDOMAIN || outcome == LP_NODATA)
        return LP_HEALTH_ABSENT;
    return lp_outcome_is_open(outcome) ? LP_HEALTH_OPEN : LP_HEALTH_FAILS;
}

/* ---- are two answers the same? ---- */

static bool has_address(const struct lp_places *places, const struct lp_addr *address)
{
    for (size_t i = 0; i < places->n; i++) {
        if (lp_addr_eq(&places->at[i].address, address))
            return true;
    }
    return false;
}

/* Is each address of that side one of the other's? What the other did not ask for is no matter. */
static bool is_covered(const struct lp_comparing *c, const struct lp_compared_item *item,
                       size_t side)
{
    const struct lp_places *places = &item->side[side].places;
    const struct lp_setup *other = &log_of(c, 1 - side)->setup;
    for (size_t i = 0; i < places->n; i++) {
        const struct lp_addr *address = &places->at[i].address;
        bool asked = address->family == 6 ? !other->only4 : !other->only6;
        if (asked && !has_address(&item->side[1 - side].places, address))
            return false;
    }
    return true;
}

static bool is_record_same(const struct lp_rr *a, const struct lp_rr *b)
{
    return a->priority == b->priority && a->weight == b->weight && a->port == b->port &&
           lp_name_eq(a->name, b->name);
}

/* Whatever the order. Of an answer without end the first ones tell. */
static bool are_records_same(const struct lp_resolved *a, const struct lp_resolved *b)
{
    for (size_t i = 0; i < a->record_count && i < RECORDS_MAX; i++) {
        size_t k = 0;
        while (k < b->record_count && !is_record_same(a->records[i], b->records[k]))
            k++;
        if (k == b->record_count)
            return false;
    }
    return a->record_count == b->record_count;
}

static bool is_answer_same(const struct lp_comparing *c, const struct lp_compared_item *item)
{
    if (item->type == LP_DNS_SRV)
        return are_records_same(&item->side[0].srv, &item->side[1].srv);
    return is_covered(c, item, 0) && is_covered(c, item, 1);
}

/* ---- what is meant ---- */

static bool is_named(const struct lp_comparing *c, const char *pattern, struct lp_str name)
{
    return lp_name_eq(name, lp_name_expand(c->arena, pattern, log_of(c, 0)->setup.domain));
}

static const struct lp_name_rule *rule_of(const struct lp_comparing *c, struct lp_str name)
{
    for (size_t i = 0; i < lp_name_rule_count; i++) {
        if (is_named(c, lp_name_rules[i].pattern, name))
            return &lp_name_rules[i];
    }
    return NULL;
}

static bool belongs_outside(const struct lp_comparing *c, struct lp_str name)
{
    const struct lp_name_rule *rule = rule_of(c, name);
    if (rule && rule->required_outside && !rule->required_inside)
        return true;
    for (size_t i = 0; i < LP_COUNT(outside_names); i++) {
        if (is_named(c, outside_names[i], name))
            return true;
    }
    return false;
}

static bool belongs_inside(const struct lp_comparing *c, struct lp_str name)
{
    const struct lp_name_rule *rule = rule_of(c, name);
    return rule && (rule->inside_only || (rule->required_inside && !rule->required_outside));
}

static bool is_required(const struct lp_comparing *c, struct lp_str name, size_t side)
{
    const struct lp_name_rule *rule = rule_of(c, name);
    bool internal = c->out->walk[side]->survey.internal;
    return rule && (internal ? rule->required_inside : rule->required_outside);
}

/* What the topology says of the name in that walk's view; NULL: nothing. */
static const struct lp_expect_result *expected(const struct lp_comparing *c,
                                               const struct lp_compared_item *item, size_t side)
{
    const struct lp_expect_results *results = &c->out->walk[side]->expectations;
    for (size_t i = 0; i < results->n; i++) {
        const struct lp_expectation *e = results->at[i].expectation;
        if (e->kind == LP_EXPECT_DNS && e->dns.type == item->type &&
            lp_name_eq(e->dns.owner, item->key))
            return &results->at[i];
    }
    return NULL;
}

static bool has_state(const struct lp_expect_result *r, enum lp_expect_state state)
{
    return r && r->state == state;
}

/* Both sides are what the file asks for. */
static bool is_as_expected(const struct lp_comparing *c, const struct lp_compared_item *item)
{
    return has_state(expected(c, item, 0), LP_MET) && has_state(expected(c, item, 1), LP_MET);
}

static bool is_all_inside(const struct lp_comparing *c, const struct lp_compared_item *item,
                          size_t side)
{
    const struct lp_places *places = &item->side[side].places;
    struct lp_cidr *allow;
    size_t n = lp_setup_allow(&log_of(c, side)->setup, c->arena, &allow);
    for (size_t i = 0; i < places->n; i++) {
        if (lp_addr_class(&places->at[i].address, allow, n) != LP_CLASS_INSIDE)
            return false;
    }
    return true;
}

/* Split DNS: the inside answers with its own addresses, the outside with public ones. */
static bool is_split(const struct lp_comparing *c, const struct lp_compared_item *item)
{
    size_t inside = c->out->walk[0]->survey.internal ? 0 : 1;
    return c->out->relation == LP_COMPARE_VIEWS && item->type == LP_DNS_A &&
           is_all_inside(c, item, inside) && !is_all_inside(c, item, 1 - inside);
}

/* ---- the state of an item ---- */

static void judge_both_answer(const struct lp_comparing *c, struct lp_compared_item *item)
{
    item->state = is_answer_same(c, item) ? LP_COMPARE_SAME : LP_COMPARE_DIFFERS;
    if (item->state == LP_COMPARE_SAME || c->out->relation != LP_COMPARE_VIEWS)
        return;
    if (is_as_expected(c, item))
        lp_compare_mean(item, why_topology);
    else if (is_split(c, item))
        lp_compare_mean(item, why_split);
}

/* It is there on one side (has_it), and not on the other. */
static void judge_one_answers(const struct lp_comparing *c, struct lp_compared_item *item,
                              size_t has_it)
{
    bool inside = c->out->walk[has_it]->survey.internal;
    bool views = c->out->relation == LP_COMPARE_VIEWS;
    lp_compare_one_sided(c, item, has_it);
    if (views && is_as_expected(c, item))
        lp_compare_mean(item, why_topology);
    else if (has_state(expected(c, item, 1 - has_it), LP_UNMET) ||
             is_required(c, item->key, 1 - has_it))
        lp_compare_break(c, item, 1 - has_it);
    else if (views && inside && belongs_inside(c, item->key))
        lp_compare_mean(item, why_inside);
    else if (views && !inside && belongs_outside(c, item->key))
        lp_compare_mean(item, why_outside);
}

static void judge_neither(const struct lp_comparing *c, struct lp_compared_item *item,
                          const enum lp_health health[2])
{
    bool same = outcome_of(item, 0) == outcome_of(item, 1);
    item->state = same ? LP_COMPARE_SAME : LP_COMPARE_DIFFERS;
    if (!same && health[0] == LP_HEALTH_ABSENT && c->out->relation == LP_COMPARE_VIEWS)
        lp_compare_mean(item, why_absent);
}

static void judge(const struct lp_comparing *c, struct lp_compared_item *item)
{
    enum lp_health health[2] = { health_of(item, 0), health_of(item, 1) };
    if (!item->side[0].seen || !item->side[1].seen)
        lp_compare_one_sided(c, item, item->side[1].seen);
    else if (health[0] == LP_HEALTH_OPEN || health[1] == LP_HEALTH_OPEN)
        item->state = LP_COMPARE_OPEN;
    else if (health[0] == LP_HEALTH_WORKS && health[1] == LP_HEALTH_WORKS)
        judge_both_answer(c, item);
    else if (health[0] == health[1])
        judge_neither(c, item, health);
    else if (health[0] == LP_HEALTH_FAILS || health[1] == LP_HEALTH_FAILS)
        lp_compare_break(c, item, health[1] == LP_HEALTH_FAILS);
    else
        judge_one_answers(c, item, health[1] == LP_HEALTH_WORKS);
}

/* A name that cannot be resolved, or was not asked, is neither there nor absent. */
static void apply_rule(const struct lp_comparing *c, struct lp_compared_item *item)
{
    bool there[2], known = true;
    for (size_t i = 0; i < 2; i++) {
        enum lp_health health = health_of(item, i);
        there[i] = health == LP_HEALTH_WORKS;
        known = known && (there[i] || health == LP_HEALTH_ABSENT);
    }
    lp_compare_apply_rule(c, item, known ? there : NULL);
}

/* ---- which names ---- */

struct names {
    struct lp_comparing *c;
    struct lp_keyset known;
};

/* Of two views a host that only one of them leads to is no question for the other. */
static void take(struct names *n, struct lp_str name, int64_t type)
{
    struct lp_compared_item item = { .kind = LP_COMPARE_NAME,
                                     .key = lp_name_normal(n->c->arena, name),
                                     .type = type == LP_DNS_AAAA ? LP_DNS_A : type };
    struct lp_resolved question = { .name = item.key, .type = item.type };
    if (!lp_keyset_add(&n->known, lp_dns_key(n->c->arena, &question)))
        return;
    look(n->c, &item, 0);
    look(n->c, &item, 1);
    bool both = item.side[0].seen && item.side[1].seen;
    if (!(both ||
          (n->c->out->relation != LP_COMPARE_VIEWS && (item.side[0].seen || item.side[1].seen))))
        return;
    judge(n->c, &item);
    apply_rule(n->c, &item);
    lp_compare_push(n->c, &item);
}

static void take_steps(struct names *n, size_t side)
{
    const struct lp_survey *survey = &n->c->out->walk[side]->survey;
    for (size_t i = 0; i < survey->main->step_count; i++)
        take(n, survey->main->steps[i].name, survey->main->steps[i].type);
    for (size_t i = 0; i < survey->path_count; i++) {
        for (size_t k = 0; k < survey->paths[i].step_count; k++)
            take(n, survey->paths[i].steps[k].name, survey->paths[i].steps[k].type);
    }
}

/* The name that nobody entered, asked for the sake of wildcards, is another one in each walk. */
static bool is_random(const struct lp_setup *setup, struct lp_str name)
{
    struct lp_str rest = name;
    return setup->label.n && lp_str_eq_nocase(lp_str_cut(&rest, '.'), setup->label);
}

static bool is_wanted(const struct lp_log *log, const struct lp_evidence *e)
{
    const struct lp_dns_facts *facts = lp_dns_of(e);
    return facts && facts->server == 0 && !is_random(&log->setup, facts->name) &&
           (facts->type == LP_DNS_A || facts->type == LP_DNS_AAAA || facts->type == LP_DNS_SRV);
}

static int by_name(const void *x, const void *y)
{
    const struct lp_dns_facts *a = *(const struct lp_dns_facts *const *)x;
    const struct lp_dns_facts *b = *(const struct lp_dns_facts *const *)y;
    int order = lp_str_cmp(a->name, b->name);
    return order ? order : (a->type > b->type) - (a->type < b->type);
}

/* The order of arrival is another one in each walk: by name. */
static void take_rest(struct names *n)
{
    size_t count = 0, room = log_of(n->c, 0)->n + log_of(n->c, 1)->n;
    const struct lp_dns_facts **all = lp_arena_array(n->c->arena, room + 1, sizeof *all);
    for (size_t side = 0; side < 2; side++) {
        const struct lp_log *log = log_of(n->c, side);
        for (size_t i = 0; i < log->n; i++) {
            if (is_wanted(log, log->at[i]))
                all[count++] = lp_dns_of(log->at[i]);
        }
    }
    qsort(all, count, sizeof *all, by_name);
    for (size_t i = 0; i < count; i++)
        take(n, all[i]->name, all[i]->type);
}

void lp_compare_names(struct lp_comparing *c)
{
    struct names n = { .c = c, .known = { .arena = c->arena } };
    take_steps(&n, 0);
    take_steps(&n, 1);
    take_rest(&n);
}
