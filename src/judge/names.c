/* names.c - records of the order: missing, leaked, failing, dangling aliases */
#include "lp/court.h"
#include "lp/lang.h"

static void add_evidence(struct lp_claim *claim, const struct lp_resolved *r)
{
    for (size_t i = 0; i < r->evidence_count; i++)
        lp_claim_evidence(claim, r->evidence[i]);
}

static void add_all_evidence(struct lp_claim *claim, const struct lp_step_result *step)
{
    add_evidence(claim, &step->srv);
    add_evidence(claim, &step->places.a);
    add_evidence(claim, &step->places.aaaa);
}

/* ---- answers that are failures ---- */

static const struct {
    enum lp_outcome outcome;
    const char *id;
    const char *expected;
} failures[] = {
    { LP_SERVFAIL, "LP-DNS-SERVFAIL", LP_TR("an answer") },
    { LP_REFUSED, "LP-DNS-REFUSED", LP_TR("an answer") },
    { LP_TIMEOUT, "LP-DNS-TIMEOUT", LP_TR("an answer within the time limit") },
    { LP_MALFORMED, "LP-DNS-MALFORMED", LP_TR("an answer that fits the question") },
};

/* The evidence that carries the failing answer. */
static const struct lp_evidence *last_of(struct lp_court *court, const struct lp_resolved *r)
{
    return r->evidence_count ? lp_log_by_id(court->log, r->evidence[r->evidence_count - 1]) : NULL;
}

/* Who answered; for silence who was asked. */
static struct lp_str server_of(struct lp_court *court, const struct lp_dns_facts *facts)
{
    const struct lp_server *servers = court->log->setup.servers.at;
    if (facts->from.n || facts->server < 0 || (size_t)facts->server >= court->log->setup.servers.n)
        return facts->from;
    return servers[facts->server].label;
}

static void claim_failure(struct lp_court *court, const struct lp_step_result *step,
                          const struct lp_resolved *r, bool settled)
{
    const struct lp_evidence *e = last_of(court, r);
    for (size_t i = 0; i < LP_COUNT(failures) && e && !r->loop; i++) {
        if (r->outcome != failures[i].outcome)
            continue;
        struct lp_claim *claim = lp_claim_name(court, failures[i].id, r->canonical, r->type);
        lp_claim_step(court, claim, step);
        add_evidence(claim, r);
        claim->expected = lp_str_of(lp_tr(court->arena, failures[i].expected));
        claim->observed = lp_say(court, "%s from %s%s%s", lp_outcome_word(r->outcome),
                                 lp_text(court, server_of(court, lp_dns_of(e))),
                                 e->why.n ? ", " : "", lp_text(court, e->why));
        claim->deadline = lp_str_eq(e->why, LP_STR("deadline"));
        if (settled && claim->severity == LP_CRITICAL)
            claim->severity = LP_WARNING;
    }
}

/* A loop stops every type; it is said once. */
static void claim_alias(struct lp_court *court, const struct lp_step_result *step,
                        const struct lp_resolved *r, const struct lp_resolved *other)
{
    bool dangling = r->dangling && !other->record_count &&
                    (r->outcome == LP_NXDOMAIN || other->outcome != LP_NXDOMAIN);
    if (!r->loop && !dangling)
        return;
    struct lp_claim *claim = lp_claim_name(
        court, r->loop ? "LP-DNS-CNAME-LOOP" : "LP-DNS-CNAME-DANGLING", r->name, r->type);
    lp_claim_step(court, claim, step);
    add_evidence(claim, r);
    claim->vars.target = lp_say(court, "%s", lp_text(court, r->hops[r->hop_count - 1].target));
    claim->expected = lp_say(court, "an alias chain that ends at an address");
    claim->observed = r->loop
                          ? lp_say(court, "%zu aliases, the chain comes back to %s", r->hop_count,
                                   lp_text(court, r->hops[r->hop_count - 1].target))
                          : lp_say(court, "the chain ends at %s: %s", lp_text(court, r->canonical),
                                   lp_outcome_word(r->outcome));
}

void lp_check_lookup(struct lp_court *court, const struct lp_step_result *step,
                     const struct lp_places *places)
{
    const struct lp_resolved *a = &places->a, *aaaa = &places->aaaa;
    bool same = a->outcome == aaaa->outcome && a->evidence_count;
    bool settled = places->n > 0 || places->outcome == LP_NXDOMAIN;
    claim_failure(court, step, a, settled);
    if (!same)
        claim_failure(court, step, aaaa, settled);
    claim_alias(court, step, a, aaaa);
    if (!a->loop && !a->dangling)
        claim_alias(court, step, aaaa, a);
}

/* ---- all lookups of a step ---- */

static void check_target_lookup(struct lp_court *court, const struct lp_step_result *step,
                                size_t index)
{
    size_t before = court->claim_count;
    lp_check_lookup(court, step, &step->targets[index].places);
    for (size_t i = before; i < court->claim_count; i++)
        lp_claim_candidate(&court->claims[i], step, index);
}

static void check_lookups(struct lp_court *court, const struct lp_step_result *step)
{
    static const struct lp_resolved none = { 0 };
    if (step->row->kind != LP_STEP_SRV) {
        lp_check_lookup(court, step, &step->places);
        return;
    }
    claim_failure(court, step, &step->srv, false);
    claim_alias(court, step, &step->srv, &none);
    for (size_t i = 0; i < step->target_count; i++)
        check_target_lookup(court, step, i);
}

/* ---- records that are missing, or visible where they should not be ---- */

static bool is_absent(const struct lp_step_result *step)
{
    return step->outcome == LP_STEP_MISSING && !step->target_count;
}

static void check_required(struct lp_court *court, const struct lp_step_result *step,
                           const struct lp_name_rule *rule)
{
    bool required = court->survey->internal ? rule->required_inside : rule->required_outside;
    /* a topology says itself what must be there */
    if (!required || !is_absent(step) || court->log->expected)
        return;
    struct lp_claim *claim = lp_claim_name(court, "LP-DNS-RECORD-MISSING", step->name, step->type);
    lp_claim_step(court, claim, step);
    add_all_evidence(claim, step);
    claim->expected = lp_say(court, "a record (%s)", rule->source);
    claim->observed = lp_say(court, "%s", lp_outcome_word(step->dns));
    claim->vars.port = lp_say(court, "%d", step->row->ports[0]);
    if (court->survey->main->outcome == LP_SIGNS_IN)
        claim->severity = LP_WARNING;
}

static bool is_seen(const struct lp_step_result *step)
{
    for (size_t i = 0; i < step->target_count; i++) {
        if (!step->targets[i].root)
            return true;
    }
    return step->places.n > 0 || step->places.a.hop_count || step->places.aaaa.hop_count;
}

static void check_leak(struct lp_court *court, const struct lp_step_result *step,
                       const struct lp_name_rule *rule)
{
    char address[LP_ADDR_TEXT] = "";
    if (court->survey->internal || !rule->inside_only || !is_seen(step))
        return;
    struct lp_claim *claim = lp_claim_name(court, "LP-DNS-INTERNAL-LEAK", step->name, step->type);
    lp_claim_step(court, claim, step);
    add_all_evidence(claim, step);
    claim->expected = lp_say(court, "no record outside");
    if (step->target_count) {
        claim->vars.target = lp_say(court, "%s", lp_text(court, step->targets[0].rr->name));
        claim->vars.port = lp_say(court, "%lld", (long long)step->targets[0].rr->port);
        claim->observed = lp_say(court, "%s port %s", claim->vars.target.p, claim->vars.port.p);
    } else {
        if (step->places.n)
            lp_addr_format(&step->places.at[0].address, address, sizeof address);
        claim->observed = address[0] ? lp_say(court, "%s", address) : lp_say(court, "an alias");
    }
}

/* ---- all of them ---- */

static void check_no_records(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count; i++) {
        if (!is_absent(&path->steps[i]))
            return;
    }
    struct lp_claim *claim = lp_claim_add(court, "LP-DNS-NO-RECORDS");
    claim->decides = true;
    claim->subject = claim->vars.domain;
    claim->vars.name = claim->vars.domain;
    claim->host = claim->vars.domain;
    claim->expected = lp_say(court, "at least one of the %zu names of the order of %s",
                             path->step_count, path->client->name);
    claim->observed = lp_say(court, "none of them exists");
    for (size_t i = 0; i < path->step_count; i++)
        add_all_evidence(claim, &path->steps[i]);
}

void lp_check_names(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    check_no_records(court);
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        const struct lp_name_rule *rule = lp_name_rule_for(step->row);
        check_lookups(court, step);
        if (!rule)
            continue;
        check_leak(court, step, rule);
        check_required(court, step, rule);
    }
}
