/* zone.c - the zone as a whole: wildcard, inside addresses; the cloud has a file of its own */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/plan.h"

/* ---- inside addresses in the outside view ---- */

static bool is_inside_address(struct lp_court *court, const struct lp_addr *a)
{
    struct lp_cidr *allow;
    size_t n = lp_setup_allow(&court->log->setup, court->arena, &allow);
    const struct lp_expectations *expected = court->log->expected;
    if (expected && lp_topology_calls_external(expected->topology, a))
        return false;
    if (expected && lp_topology_calls_internal(expected->topology, a))
        return true;
    return lp_addr_class(a, allow, n) == LP_CLASS_INSIDE;
}

static void claim_address(struct lp_court *court, const struct lp_step_result *step,
                          const struct lp_place *place, struct lp_str name)
{
    char address[LP_ADDR_TEXT];
    int64_t type = place->address.family == 6 ? LP_DNS_AAAA : LP_DNS_A;
    struct lp_claim *claim = lp_claim_name(court, "LP-DNS-INTERNAL-ADDRESS", name, type);
    lp_addr_format(&place->address, address, sizeof address);
    lp_claim_step(court, claim, step);
    lp_claim_evidence(claim, place->evidence);
    claim->address = place->address;
    claim->vars.address = lp_say(court, "%s", address);
    claim->expected = lp_say(court, "a public address");
    claim->observed = claim->vars.address;
    struct lp_claim kept = *claim;
    court->claim_count--;
    if (!lp_has_claim(court, "LP-DNS-INTERNAL-ADDRESS", kept.subject))
        court->claims[court->claim_count++] = kept;
}

void lp_check_addresses(struct lp_court *court, const struct lp_step_result *step,
                        const struct lp_places *places, struct lp_str name)
{
    for (size_t i = 0; i < places->n && !court->survey->internal; i++) {
        if (!places->at[i].overridden && is_inside_address(court, &places->at[i].address))
            claim_address(court, step, &places->at[i], name);
    }
}

static void check_addresses(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count && !court->survey->internal; i++) {
        const struct lp_step_result *step = &path->steps[i];
        lp_check_addresses(court, step, &step->places, step->name);
        for (size_t k = 0; k < step->target_count; k++)
            lp_check_addresses(court, step, &step->targets[k].places, step->targets[k].rr->name);
    }
}

/* ---- wildcard ---- */

static bool random_answer(struct lp_court *court, struct lp_resolved *out)
{
    struct lp_str parts[] = { court->log->setup.label, LP_STR("."), court->log->setup.domain };
    struct lp_resolved question = { .name = lp_arena_join(court->arena, parts, LP_COUNT(parts)) };
    question.type = court->log->setup.only6 ? LP_DNS_AAAA : LP_DNS_A;
    if (!court->log->setup.label.n)
        return false;
    lp_resolve(court->log, court->arena, &question, out);
    return out->record_count || out->hop_count;
}

static bool shares_alias(const struct lp_resolved *r, const struct lp_resolved *random)
{
    return r->hop_count && random->hop_count &&
           lp_name_eq(r->hops[0].target, random->hops[0].target);
}

/* A name that has the wildcard's address or alias may exist by it alone. */
static bool shares_answer(struct lp_court *court, struct lp_str name,
                          const struct lp_resolved *random)
{
    struct lp_places places;
    lp_places_of(court->log, court->arena, name, 443, &places);
    for (size_t i = 0; i < places.n; i++) {
        for (size_t k = 0; k < random->record_count; k++) {
            if (lp_addr_eq(&places.at[i].address, &random->records[k]->address))
                return true;
        }
    }
    return shares_alias(&places.a, random) || shares_alias(&places.aaaa, random);
}

/* No host of the order has an answer of its own, and none leads anywhere: then nothing of
   Lync was entered, and what is there and what is not are both the wildcard's doing (a
   portal that answers every name, say). */
static bool is_all_by_wildcard(struct lp_court *court, const struct lp_resolved *random)
{
    const struct lp_path *path = court->survey->main;
    if (path->outcome != LP_FAILS)
        return false;
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        if (step->target_count ||
            (step->row->kind != LP_STEP_SRV && !shares_answer(court, step->name, random)))
            return false;
    }
    return true;
}

/* A name that must be there is taken to have been entered. */
static bool is_by_wildcard(struct lp_court *court, const struct lp_step_result *step,
                           const struct lp_resolved *random)
{
    const struct lp_name_rule *rule = lp_name_rule_for(step->row);
    if (step->row->kind == LP_STEP_SRV ||
        (rule && (court->survey->internal ? rule->required_inside : rule->required_outside)))
        return false;
    return shares_answer(court, step->name, random);
}

static void mark_by_wildcard(struct lp_court *court, const struct lp_resolved *random)
{
    const struct lp_path *path = court->survey->main;
    bool all = is_all_by_wildcard(court, random);
    for (size_t i = 0; i < court->claim_count; i++) {
        struct lp_claim *claim = &court->claims[i];
        if (claim->step < path->step_count)
            claim->by_wildcard = all || is_by_wildcard(court, &path->steps[claim->step], random);
    }
}

static struct lp_str say_random(struct lp_court *court, const struct lp_resolved *random)
{
    char address[LP_ADDR_TEXT];
    if (!random->record_count)
        return lp_say(court, "%s is an alias of %s", lp_text(court, random->name),
                      lp_text(court, random->hops[0].target));
    lp_addr_format(&random->records[0]->address, address, sizeof address);
    return lp_say(court, "%s has the address %s", lp_text(court, random->name), address);
}

static void check_wildcard(struct lp_court *court)
{
    struct lp_resolved random;
    if (!random_answer(court, &random))
        return;
    mark_by_wildcard(court, &random);
    struct lp_claim *claim =
        lp_claim_name(court, "LP-DNS-WILDCARD", court->log->setup.domain, random.type);
    struct lp_str parts[] = { LP_STR("*."), claim->vars.domain };
    claim->vars.name = lp_arena_join(court->arena, parts, LP_COUNT(parts));
    claim->host = claim->vars.name;
    claim->subject = lp_say(court, "%s %s", claim->vars.name.p, claim->vars.type.p);
    claim->expected = lp_say(court, "NXDOMAIN for a name that nobody entered");
    claim->observed = say_random(court, &random);
    lp_claim_evidence(claim, random.evidence[0]);
}

void lp_check_zone(struct lp_court *court)
{
    check_addresses(court);
    lp_check_cloud(court);
    check_wildcard(court);
}
