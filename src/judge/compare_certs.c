/* compare_certs.c - what a host and port show, node by node */
#include "lp/compare_parts.h"
#include "lp/lang.h"

#include <stdlib.h>

static const char *const why_other = LP_TR("other servers, with a certificate of their own");

/* What is said against the certificate itself. */
static const struct lp_compare_charge trouble = { LP_CRITICAL, LP_RANK_CERT, LP_RANK_CERT };

static int by_digest(const void *x, const void *y)
{
    const struct lp_certificate *a = *(const struct lp_certificate *const *)x;
    const struct lp_certificate *b = *(const struct lp_certificate *const *)y;
    return lp_str_cmp(a->sha256, b->sha256);
}

static struct lp_list leaves_of(const struct lp_comparing *c, size_t side,
                                const struct lp_list *links)
{
    const struct lp_evidence *const *at = links->at;
    const struct lp_certificate **all = lp_arena_array(c->arena, links->n + 1, sizeof *all);
    struct lp_list leaves = { all, 0 };
    for (size_t i = 0; i < links->n; i++)
        all[i] = lp_log_leaf(c->out->walk[side]->survey.log, lp_link_of(at[i]));
    qsort(all, links->n, sizeof *all, by_digest);
    for (size_t i = 0; i < links->n; i++) {
        if (i == 0 || by_digest(&all[i], &all[i - 1]) != 0)
            all[leaves.n++] = all[i];
    }
    return leaves;
}

static bool are_same(const struct lp_list *a, const struct lp_list *b)
{
    const struct lp_certificate *const *x = a->at, *const *y = b->at;
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        if (!lp_str_eq(x[i]->sha256, y[i]->sha256))
            return false;
    }
    return a->n == b->n;
}

static void judge(const struct lp_comparing *c, struct lp_compared_item *item)
{
    struct lp_list links[2] = { item->side[0].links, item->side[1].links };
    bool bad[2];
    for (size_t i = 0; i < 2; i++)
        bad[i] = lp_compare_is_charged(c->out->walk[i], &links[i], trouble);
    item->state = are_same(&item->side[0].leaves, &item->side[1].leaves) ? LP_COMPARE_SAME
                                                                         : LP_COMPARE_DIFFERS;
    if (item->state == LP_COMPARE_SAME)
        return;
    if (bad[0] != bad[1])
        lp_compare_break(c, item, bad[1]);
    else if (!bad[0] && c->out->relation == LP_COMPARE_VIEWS && !lp_compare_shares_address(links))
        lp_compare_mean(item, why_other);
}

/* Shown on one side only: the endpoint's own item says why. */
void lp_compare_certs(struct lp_comparing *c)
{
    struct lp_list groups = lp_compare_group(c, true);
    const struct lp_compare_group *at = groups.at;
    for (size_t i = 0; i < groups.n; i++) {
        struct lp_compared_item item = { .kind = LP_COMPARE_CERT,
                                         .key = at[i].host,
                                         .port = at[i].port };
        if (!at[i].links[0].n || !at[i].links[1].n)
            continue;
        for (size_t side = 0; side < 2; side++) {
            item.side[side] = (struct lp_compared_side){ .seen = true, .links = at[i].links[side] };
            item.side[side].leaves = leaves_of(c, side, &at[i].links[side]);
        }
        judge(c, &item);
        lp_compare_apply_rule(c, &item, NULL);
        lp_compare_push(c, &item);
    }
}
