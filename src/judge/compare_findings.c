/* compare_findings.c - how clients fare, and what the judge found */
#include "lp/compare_parts.h"
#include "lp/lang.h"

#include <stdlib.h>
#include <string.h>

static const char *const why_note = LP_TR("a note about one side");

/* ---- clients ---- */

/* The deciding client can come to an endpoint and be refused there. */
static enum lp_path_outcome fate_of(const struct lp_judgement *walk, const struct lp_path *path)
{
    bool refused = path == walk->survey.main && path->outcome == LP_SIGNS_IN && !walk->signs_in;
    return refused ? LP_FAILS : path->outcome;
}

static bool leads_alike(const struct lp_path *a, const struct lp_path *b)
{
    const struct lp_step_result *x = a->stops_at, *y = b->stops_at;
    if (!x || !y)
        return x == y;
    return strcmp(x->row->label, y->row->label) == 0 && x->endpoint_port == y->endpoint_port &&
           lp_name_eq(x->endpoint_host, y->endpoint_host);
}

static void judge_client(const struct lp_comparing *c, struct lp_compared_item *item)
{
    const struct lp_path *path[2] = { item->side[0].path, item->side[1].path };
    enum lp_path_outcome fate[2];
    for (size_t i = 0; i < 2; i++)
        fate[i] = fate_of(c->out->walk[i], path[i]);
    item->state = LP_COMPARE_SAME;
    if (fate[0] == LP_UNDECIDED || fate[1] == LP_UNDECIDED)
        item->state = LP_COMPARE_OPEN;
    else if (fate[0] != fate[1])
        lp_compare_break(c, item, fate[1] == LP_FAILS);
    else if (c->out->relation != LP_COMPARE_VIEWS && !leads_alike(path[0], path[1]))
        item->state = LP_COMPARE_DIFFERS;
}

/* Views are not for every client: a federated partner has no way inside. */
void lp_compare_clients(struct lp_comparing *c)
{
    const struct lp_survey *a = &c->out->walk[0]->survey, *b = &c->out->walk[1]->survey;
    for (size_t i = 0; i < a->path_count && i < b->path_count; i++) {
        struct lp_compared_item item = { .kind = LP_COMPARE_CLIENT,
                                         .key = lp_str_of(a->paths[i].client->name) };
        if (c->out->relation == LP_COMPARE_VIEWS && &a->paths[i] != a->main)
            continue;
        item.side[0] = (struct lp_compared_side){ .seen = true, .path = &a->paths[i] };
        item.side[1] = (struct lp_compared_side){ .seen = true, .path = &b->paths[i] };
        judge_client(c, &item);
        lp_compare_push(c, &item);
    }
}

/* ---- findings ---- */

static int by_identity(const struct lp_finding *a, const struct lp_finding *b)
{
    int order = strcmp(a->rule->id, b->rule->id);
    return order ? order : lp_str_cmp(a->subject, b->subject);
}

struct mention {
    const struct lp_finding *f;
    size_t side, index;
};

/* Of each side its own order within the same identity. */
static int by_mention(const void *x, const void *y)
{
    const struct mention *a = x, *b = y;
    int order = by_identity(a->f, b->f);
    if (order == 0)
        order = (a->side > b->side) - (a->side < b->side);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

/* How clients fare has items of its own; that answers are overridden is in the labels. */
static bool is_wanted(const struct lp_finding *f)
{
    return f->rule->rank != LP_RANK_WALK && f->rule->rank != LP_RANK_OVERRIDDEN;
}

static size_t collect(const struct lp_comparing *c, struct mention *out)
{
    size_t n = 0;
    for (size_t side = 0; side < 2; side++) {
        const struct lp_judgement *walk = c->out->walk[side];
        for (size_t i = 0; i < walk->finding_count; i++) {
            if (is_wanted(&walk->findings[i]))
                out[n++] = (struct mention){ &walk->findings[i], side, i };
        }
    }
    return n;
}

/* What is said about the run itself (deadline, blocked address) is no fault of the deployment: it
 * leaves a question open. */
static void judge_finding(const struct lp_comparing *c, struct lp_compared_item *item)
{
    const struct lp_finding *f[2] = { item->side[0].finding, item->side[1].finding };
    const struct lp_finding *any = lp_compared_finding(item);
    bool critical[2];
    size_t has_it = f[1] != NULL;
    for (size_t i = 0; i < 2; i++)
        critical[i] = f[i] && f[i]->severity == LP_CRITICAL;
    if (any->rule->rank == LP_RANK_RUN && any->severity != LP_INFO)
        item->state = f[0] && f[1] ? LP_COMPARE_SAME : LP_COMPARE_OPEN;
    else if (critical[0] != critical[1])
        lp_compare_break(c, item, critical[1]);
    else if (f[0] && f[1])
        item->state = f[0]->severity == f[1]->severity ? LP_COMPARE_SAME : LP_COMPARE_DIFFERS;
    else if (any->severity == LP_INFO && c->out->relation == LP_COMPARE_VIEWS)
        lp_compare_mean(item, why_note);
    else
        lp_compare_one_sided(c, item, has_it);
}

/* Worst first, then as the reports have it. */
static int by_weight(const void *x, const void *y)
{
    const struct lp_compared_item *a = x, *b = y;
    const struct lp_finding *p = lp_compared_finding(a), *q = lp_compared_finding(b);
    if (a->state != b->state)
        return a->state < b->state ? 1 : -1;
    if (p->severity != q->severity)
        return p->severity < q->severity ? 1 : -1;
    if (p->rule->rank != q->rule->rank)
        return p->rule->rank > q->rule->rank ? 1 : -1;
    return by_identity(p, q);
}

void lp_compare_findings(struct lp_comparing *c)
{
    const struct lp_judgement *const *walk = c->out->walk;
    size_t room = walk[0]->finding_count + walk[1]->finding_count;
    struct mention *all = lp_arena_array(c->arena, room + 1, sizeof *all);
    size_t n = collect(c, all), before = c->items.n;
    qsort(all, n, sizeof *all, by_mention);
    for (size_t i = 0; i < n;) {
        struct lp_compared_item item = { .kind = LP_COMPARE_FINDING, .key = all[i].f->subject };
        size_t first = i;
        do {
            struct lp_compared_side *side = &item.side[all[i].side];
            if (!side->seen)
                *side = (struct lp_compared_side){ .seen = true, .finding = all[i].f };
            i++;
        } while (i < n && by_identity(all[first].f, all[i].f) == 0);
        judge_finding(c, &item);
        lp_compare_push(c, &item);
    }
    struct lp_compared_item *items = c->items.at;
    if (c->items.n > before)
        qsort(items + before, c->items.n - before, sizeof *items, by_weight);
}
