/* override.c - DNS answers given on the command line: --answer, --deny and --zone-file */
#include "lp/name.h"
#include "lp/worker.h"
#include "lp/zonefile.h"

static bool is_denied(const struct lp_setup *setup, const struct lp_ask *ask,
                      enum lp_outcome *outcome)
{
    const struct lp_deny_rule *rules = setup->deny.at;
    for (size_t i = 0; i < setup->deny.n; i++) {
        if (!lp_name_eq(rules[i].name, ask->name) || (rules[i].type && rules[i].type != ask->type))
            continue;
        *outcome = rules[i].type ? LP_NODATA : LP_NXDOMAIN;
        return true;
    }
    return false;
}

static bool fits(const struct lp_answer_rule *rule, const struct lp_ask *ask)
{
    return lp_name_eq(rule->name, ask->name) &&
           (rule->type == ask->type || rule->type == LP_DNS_CNAME);
}

static struct lp_rr rr_of(const struct lp_answer_rule *rule)
{
    return (struct lp_rr){ .section = LP_STR("answer"),
                           .owner = rule->name,
                           .type = rule->type,
                           .ttl = rule->ttl,
                           .address = rule->address,
                           .name = rule->target,
                           .priority = rule->priority,
                           .weight = rule->weight,
                           .port = rule->port };
}

/* A name with any --answer rule is wholly overridden: types without a rule have no data. */
static bool is_named(const struct lp_setup *setup, const struct lp_ask *ask)
{
    const struct lp_answer_rule *rules = setup->answer.at;
    for (size_t i = 0; i < setup->answer.n; i++) {
        if (lp_name_eq(rules[i].name, ask->name))
            return true;
    }
    return false;
}

static struct lp_list collect(const struct lp_setup *setup, struct lp_arena *arena,
                              const struct lp_ask *ask)
{
    const struct lp_answer_rule *rules = setup->answer.at;
    struct lp_rr *at = lp_arena_array(arena, setup->answer.n, sizeof *at);
    struct lp_list rrs = { at, 0 };
    for (size_t i = 0; i < setup->answer.n; i++) {
        if (fits(&rules[i], ask))
            at[rrs.n++] = rr_of(&rules[i]);
    }
    return rrs;
}

static bool rules_speak(const struct lp_setup *setup, const struct lp_ask *ask)
{
    enum lp_outcome unused = LP_NONE;
    return is_denied(setup, ask, &unused) || is_named(setup, ask);
}

bool lp_override_speaks(const struct lp_overrides *o, const struct lp_ask *ask)
{
    return rules_speak(o->setup, ask) || (ask->server == 0 && lp_zones_speak(o->zones, ask->name));
}

static void answer_by_rules(const struct lp_setup *setup, struct lp_arena *arena,
                            const struct lp_ask *ask, struct lp_evidence *e)
{
    struct lp_dns_facts *facts = e->facts;
    e->outcome = LP_NODATA;
    if (!is_denied(setup, ask, &e->outcome))
        facts->rrs = collect(setup, arena, ask);
    if (facts->rrs.n)
        e->outcome = LP_ANSWER;
    facts->from = LP_STR("override");
    facts->rcode = e->outcome == LP_NXDOMAIN ? 3 : 0;
}

struct lp_evidence *lp_override_answer(const struct lp_overrides *o, struct lp_arena *arena,
                                       const struct lp_ask *ask, lp_usec started)
{
    if (!lp_override_speaks(o, ask))
        return NULL;
    struct lp_evidence *e = lp_entry_new(arena, ask, started);
    e->elapsed = 0;
    if (rules_speak(o->setup, ask))
        answer_by_rules(o->setup, arena, ask, e);
    else
        e->outcome = lp_zones_answer(o->zones, arena, e->facts);
    return e;
}
