/* compare_links.c - the endpoints of two walks, grouped by what they are asked for */
#include "lp/compare_parts.h"
#include "lp/probe.h"

#include <stdlib.h>
#include <string.h>

/* One connection of one side. */
struct contact {
    const struct lp_evidence *e;
    const struct lp_link *link;
    struct lp_str url; /* unset: no web probe */
    const char *probe; /* "": it does not count here */
    size_t side;
};

static int by_question(const struct contact *a, const struct contact *b)
{
    int order = lp_str_cmp(a->link->host, b->link->host);
    if (order == 0)
        order = (a->link->port > b->link->port) - (a->link->port < b->link->port);
    if (order == 0)
        order = strcmp(a->probe, b->probe);
    return order ? order : lp_str_cmp(a->url, b->url);
}

static int by_place(const void *x, const void *y)
{
    const struct contact *a = x, *b = y;
    int order = by_question(a, b);
    if (order == 0)
        order = (a->side > b->side) - (a->side < b->side);
    if (order == 0)
        order = lp_addr_cmp(&a->link->address, &b->link->address);
    return order ? order : lp_str_cmp(a->e->key, b->e->key);
}

/* False: it does not count. */
static bool take(const struct lp_log *log, const struct lp_evidence *e, bool whole,
                 struct contact *out)
{
    const struct lp_http *http = lp_http_of(e);
    *out = (struct contact){ .e = e, .link = lp_link_of(e), .probe = "" };
    if (!out->link || lp_is_beside(e) || (whole && !lp_log_leaf(log, out->link)))
        return false;
    if (!whole) {
        out->probe = e->shape->name;
        out->url = http ? http->url : LP_STR_NONE;
    }
    return true;
}

static size_t collect(const struct lp_comparing *c, bool whole, struct contact *out)
{
    size_t n = 0;
    for (size_t side = 0; side < 2; side++) {
        const struct lp_log *log = c->out->walk[side]->survey.log;
        for (size_t i = 0; i < log->n; i++) {
            if (take(log, log->at[i], whole, &out[n]))
                out[n++].side = side;
        }
    }
    return n;
}

struct lp_list lp_compare_group(const struct lp_comparing *c, bool whole)
{
    struct lp_list groups = { NULL, 0 };
    size_t room = c->out->walk[0]->survey.log->n + c->out->walk[1]->survey.log->n;
    struct contact *all = lp_arena_array(c->arena, room + 1, sizeof *all);
    size_t n = collect(c, whole, all);
    qsort(all, n, sizeof *all, by_place);
    for (size_t i = 0; i < n;) {
        struct lp_compare_group group = { .host = all[i].link->host, .port = all[i].link->port };
        size_t first = i;
        for (; i < n && by_question(&all[first], &all[i]) == 0; i++)
            lp_list_push(c->arena, &group.links[all[i].side], &all[i].e, sizeof all[i].e);
        lp_list_push(c->arena, &groups, &group, sizeof group);
    }
    return groups;
}

static bool speaks_of(const struct lp_finding *f, const struct lp_list *links)
{
    const struct lp_evidence *const *at = links->at;
    const int64_t *ids = f->evidence.at;
    for (size_t i = 0; i < f->evidence.n; i++) {
        for (size_t k = 0; k < links->n; k++) {
            if (at[k]->id == ids[i])
                return true;
        }
    }
    return false;
}

bool lp_compare_is_charged(const struct lp_judgement *walk, const struct lp_list *links,
                           struct lp_compare_charge charge)
{
    for (size_t i = 0; i < walk->finding_count; i++) {
        const struct lp_finding *f = &walk->findings[i];
        if (f->severity >= charge.least && f->rule->rank >= charge.from &&
            f->rule->rank <= charge.to && speaks_of(f, links))
            return true;
    }
    return false;
}

bool lp_compare_shares_address(const struct lp_list links[2])
{
    const struct lp_evidence *const *a = links[0].at, *const *b = links[1].at;
    for (size_t i = 0; i < links[0].n; i++) {
        for (size_t k = 0; k < links[1].n; k++) {
            if (lp_addr_eq(&lp_link_of(a[i])->address, &lp_link_of(b[k])->address))
                return true;
        }
    }
    return false;
}
