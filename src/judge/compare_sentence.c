/* compare_sentence.c - the comparison in numbers, and in one sentence */
#include "lp/compare_parts.h"

#include "lp/cloud.h"
#include "lp/lang.h"
#include "lp/text.h"

static const struct lp_compared_item *find_state(const struct lp_compared *out,
                                                 enum lp_compare_state state)
{
    for (size_t i = 0; i < out->n; i++) {
        if (out->items[i].state == state)
            return &out->items[i];
    }
    return NULL;
}

static size_t unexplained(const struct lp_compared *out)
{
    return out->total[LP_COMPARE_DIFFERS] + out->total[LP_COMPARE_NEW] +
           out->total[LP_COMPARE_GONE] + out->total[LP_COMPARE_MENDED];
}

static void count(struct lp_compared *out)
{
    for (size_t i = 0; i < out->n; i++) {
        out->count[out->items[i].kind][out->items[i].state]++;
        out->total[out->items[i].state]++;
    }
    if (out->total[LP_COMPARE_BROKEN])
        out->verdict = LP_VERDICT_CRITICAL;
    else if (out->total[LP_COMPARE_OPEN])
        out->verdict = LP_VERDICT_UNDECIDED;
    else
        out->verdict = unexplained(out) ? LP_VERDICT_WARNING : LP_VERDICT_OK;
    out->exit_code = (int)out->verdict;
}

/* ---- words ---- */

static const char *where(const struct lp_compared *out, size_t side)
{
    return out->where[side].p;
}

/* "sip.contoso.com A", "sip.contoso.com:443", "the certificate of ...", "LP-... at ..." */
static struct lp_str say_item(const struct lp_comparing *c, const struct lp_compared_item *item)
{
    const char *key = lp_term(c->arena, item->key);
    const struct lp_finding *f = lp_compared_finding(item);
    switch (item->kind) {
    case LP_COMPARE_NAME:
        return lp_arena_printf(c->arena, "%s %s", key, item->type == LP_DNS_SRV ? "SRV" : "A");
    case LP_COMPARE_ENDPOINT:
        return lp_arena_printf(c->arena, "%s:%lld", key, (long long)item->port);
    case LP_COMPARE_CERT:
        return lp_tell(c->arena, "the certificate of %s:%lld", key, (long long)item->port);
    case LP_COMPARE_FINDING: return lp_arena_printf(c->arena, "%s (%s)", key, f ? f->rule->id : "");
    case LP_COMPARE_CLIENT: break;
    }
    return lp_arena_printf(c->arena, "%s", key);
}

/* The way that matters most: a user who fails on one side. */
static struct lp_str say_client(const struct lp_comparing *c, const struct lp_compared_item *item)
{
    const struct lp_compared *out = c->out;
    const char *bad = where(out, item->broken), *good = where(out, 1 - item->broken);
    const struct lp_client *client = item->side[0].path->client;
    const char *deed = lp_tr(c->arena, client->mutual ? "connect" : "sign in");
    if (out->relation == LP_COMPARE_VIEWS)
        return lp_tell(c->arena, "a user %s cannot %s, a user %s can", bad, deed, good);
    return lp_tell(c->arena, "%s can %s %s and cannot %s", client->name, deed, good, bad);
}

static struct lp_str say_broken(const struct lp_comparing *c, enum lp_compare_state state)
{
    const struct lp_compared *out = c->out;
    const struct lp_compared_item *item = find_state(out, state);
    size_t more = out->total[state] - 1;
    struct lp_str text, rest = LP_STR("");
    if (item->kind == LP_COMPARE_CLIENT)
        text = say_client(c, item);
    else
        text =
            lp_tell(c->arena, state == LP_COMPARE_MENDED ? "%s was broken %s" : "%s is broken %s",
                    say_item(c, item).p, where(out, item->broken));
    if (more)
        rest = lp_tell(c->arena, more == 1 ? "; %zu more follows" : "; %zu more follow", more);
    struct lp_str parts[] = { text, rest };
    return lp_arena_join(c->arena, parts, LP_COUNT(parts));
}

static struct lp_str say_unexplained(const struct lp_comparing *c)
{
    static const char *const words[LP_COMPARE_RELATIONS][2] = {
        [LP_COMPARE_VIEWS] = { LP_TR("thing differs for no known reason"),
                               LP_TR("things differ for no known reason") },
        [LP_COMPARE_TIMES] = { LP_TR("thing changed"), LP_TR("things changed") },
        [LP_COMPARE_PLACES] = { LP_TR("thing differs"), LP_TR("things differ") },
    };
    const struct lp_compared *out = c->out;
    size_t n = unexplained(out) - out->total[LP_COMPARE_MENDED];
    if (n == 0)
        return lp_tell(c->arena, "nothing is broken any more: %s",
                       say_broken(c, LP_COMPARE_MENDED).p);
    return lp_tell(c->arena, "nothing is broken %s, but %zu %s", where(out, 1), n,
                   lp_tr(c->arena, words[out->relation][n > 1]));
}

static struct lp_str say_same(const struct lp_comparing *c)
{
    const struct lp_compared *out = c->out;
    const char *how = out->total[LP_COMPARE_MEANT] ? LP_TR("differ only as they are meant to")
                                                   : LP_TR("are the same");
    const char *fails =
        out->walk[0]->verdict == LP_VERDICT_CRITICAL && out->walk[1]->verdict == LP_VERDICT_CRITICAL
            ? LP_TR(", and fail both")
            : "";
    return lp_tell(c->arena, "%s and %s %s%s", out->label[0].p, out->label[1].p,
                   lp_tr(c->arena, how), lp_tr(c->arena, fails));
}

static struct lp_str say_open(const struct lp_comparing *c)
{
    size_t n = c->out->total[LP_COMPARE_OPEN];
    return lp_tell(
        c->arena,
        n == 1 ? "nothing is seen to be broken, but %zu question is without an end on one side"
               : "nothing is seen to be broken, but %zu questions are without an end on one side",
        n);
}

static struct lp_str say_worst(const struct lp_comparing *c)
{
    return say_broken(c, LP_COMPARE_BROKEN);
}

/* ---- a move to the hosting cloud ---- */

/* One time after the other, neither of them planned. */
static bool is_history(const struct lp_compared *out)
{
    const struct lp_setup *a = &out->walk[0]->survey.log->setup;
    const struct lp_setup *b = &out->walk[1]->survey.log->setup;
    return out->relation == LP_COMPARE_TIMES && a->clock <= b->clock && !lp_setup_overridden(a) &&
           !lp_setup_overridden(b);
}

/* "moved to the cloud; ", or on which side each is; "" when both are on the same. */
static struct lp_str say_move(const struct lp_comparing *c)
{
    static const char *const moved[LP_CLOUD_SIDES] = {
        [LP_SIDE_PREMISES] = LP_TR("moved back from the cloud; "),
        [LP_SIDE_CLOUD] = LP_TR("moved to the cloud; "),
        [LP_SIDE_MIXED] = LP_TR("moved to the cloud in part; "),
    };
    static const char *const where_to[LP_CLOUD_SIDES] = {
        [LP_SIDE_PREMISES] = LP_TR("on-premises"),
        [LP_SIDE_CLOUD] = LP_TR("in the cloud"),
        [LP_SIDE_MIXED] = LP_TR("partly in the cloud"),
    };
    const struct lp_compared *out = c->out;
    enum lp_cloud_side side[2];
    for (size_t i = 0; i < 2; i++)
        side[i] = lp_cloud_side_of_all(out->walk[i]->survey.log, c->arena);
    if (side[0] == side[1] || side[0] == LP_SIDE_UNSEEN || side[1] == LP_SIDE_UNSEEN ||
        out->relation == LP_COMPARE_VIEWS)
        return LP_STR("");
    if (is_history(out))
        return lp_str_of(lp_tr(c->arena, moved[side[1]]));
    return lp_arena_printf(c->arena, "%s %s, %s %s; ", out->label[0].p,
                           lp_tr(c->arena, where_to[side[0]]), out->label[1].p,
                           lp_tr(c->arena, where_to[side[1]]));
}

void lp_compare_sum_up(struct lp_comparing *c)
{
    static struct lp_str (*const say[])(const struct lp_comparing *) = {
        [LP_VERDICT_OK] = say_same,
        [LP_VERDICT_WARNING] = say_unexplained,
        [LP_VERDICT_CRITICAL] = say_worst,
        [LP_VERDICT_UNDECIDED] = say_open,
    };
    struct lp_compared *out = c->out;
    count(out);
    out->sentence = lp_arena_printf(c->arena, "%s: %s%s.",
                                    lp_term(c->arena, out->walk[0]->survey.log->setup.domain),
                                    say_move(c).p, say[out->verdict](c).p);
}
