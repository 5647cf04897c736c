/* order.c - the order of findings: roots by rank, what follows behind them */
#include "lp/court.h"

bool lp_claim_is_trouble(const struct lp_claim *claim)
{
    return claim->severity != LP_INFO || claim->stops;
}

/* What is no trouble comes after what is; the banner's finding is last of all. */
static int tier(const struct lp_claim *c)
{
    if (c->rule->rank == LP_RANK_OVERRIDDEN)
        return 2;
    return !lp_claim_is_trouble(c);
}

/* DESIGN 4: within one rank what stops the client first, then severity, step, address. */
static int compare(const struct lp_claim *a, const struct lp_claim *b)
{
    if (tier(a) != tier(b))
        return tier(a) - tier(b);
    if (a->rule->rank != b->rule->rank)
        return (int)a->rule->rank - (int)b->rule->rank;
    if (a->decides != b->decides)
        return a->decides ? -1 : 1;
    if (a->severity != b->severity)
        return (int)b->severity - (int)a->severity;
    if (a->step != b->step)
        return a->step < b->step ? -1 : 1;
    return lp_addr_cmp(&a->address, &b->address);
}

/* Insertion sort: stable, and there are few. */
void lp_claims_sort(struct lp_court *court)
{
    for (size_t i = 1; i < court->claim_count; i++) {
        struct lp_claim claim = court->claims[i];
        size_t at = i;
        while (at > 0 && compare(&claim, &court->claims[at - 1]) < 0) {
            court->claims[at] = court->claims[at - 1];
            at--;
        }
        court->claims[at] = claim;
    }
}

/* "contoso.yaml:14" */
static struct lp_str place_of(struct lp_court *court, const struct lp_expectation *row)
{
    const char *file = lp_text(court, court->log->expected->topology->file);
    return row->mark.line ? lp_say(court, "%s:%lld", file, (long long)row->mark.line)
                          : lp_say(court, "%s", file);
}

static struct lp_str say_why(struct lp_court *court, const struct lp_claim *c,
                             const struct lp_vars *vars)
{
    struct lp_str parts[] = { lp_template(court->arena, c->rule->why, vars),
                              lp_say_branch(court, c) };
    return lp_arena_join(court->arena, parts, LP_COUNT(parts));
}

static struct lp_finding finding_of(struct lp_court *court, const struct lp_claim *c)
{
    struct lp_finding f = { .rule = c->rule,
                            .severity = c->severity,
                            .subject = c->subject,
                            .expected = c->expected,
                            .observed = c->observed,
                            .cause = SIZE_MAX };
    struct lp_vars vars = c->vars;
    vars.expected = c->expected;
    vars.observed = c->observed;
    f.why = say_why(court, c, &vars);
    lp_rule_fix(court->arena, c->rule, &vars, &f.fix);
    int64_t *ids = lp_arena_array(court->arena, c->evidence_count, sizeof *ids);
    __builtin_memcpy(ids, c->evidence, c->evidence_count * sizeof *ids);
    f.evidence = (struct lp_list){ ids, c->evidence_count };
    f.role = c->row ? c->row->role : NULL;
    f.waiver = c->waiver;
    f.waived = c->waived;
    f.place = c->row ? place_of(court, c->row) : LP_STR_NONE;
    return f;
}

static size_t root_of(const struct lp_court *court, size_t at)
{
    for (size_t hops = 0; court->claims[at].cause != SIZE_MAX && hops < court->claim_count; hops++)
        at = court->claims[at].cause;
    return at;
}

void lp_claims_order(struct lp_court *court, struct lp_judgement *out)
{
    out->findings = lp_arena_array(court->arena, court->claim_count, sizeof *out->findings);
    for (size_t i = 0; i < court->claim_count; i++) {
        if (court->claims[i].cause != SIZE_MAX)
            continue;
        size_t root = out->finding_count;
        court->claims[i].finding = root;
        out->findings[out->finding_count++] = finding_of(court, &court->claims[i]);
        for (size_t k = 0; k < court->claim_count; k++) {
            if (court->claims[k].cause == SIZE_MAX || root_of(court, k) != i)
                continue;
            court->claims[k].finding = out->finding_count;
            out->findings[out->finding_count] = finding_of(court, &court->claims[k]);
            out->findings[out->finding_count++].cause = root;
        }
    }
}
