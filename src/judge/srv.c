/* srv.c - SRV records and their targets (RFC 2782; domain.md 1.2, 1.3) */
#include "lp/court.h"
#include "lp/name.h"

/* A claim about one target of a step's SRV record. */
static struct lp_claim *claim_target(struct lp_court *court, const char *id,
                                     const struct lp_step_result *step,
                                     const struct lp_srv_target *t)
{
    struct lp_claim *claim = lp_claim_name(court, id, step->name, LP_DNS_SRV);
    lp_claim_step(court, claim, step);
    claim->host = lp_say(court, "%s", lp_text(court, t->rr->name));
    claim->port = t->rr->port;
    claim->vars.target = claim->host;
    claim->vars.host = claim->host;
    claim->vars.port = lp_say(court, "%d", step->row->ports[0]);
    for (size_t i = 0; i < step->srv.evidence_count; i++)
        lp_claim_evidence(claim, step->srv.evidence[i]);
    return claim;
}

static bool is_expected_port(const struct lp_step *row, int64_t port)
{
    for (size_t i = 0; i < LP_COUNT(row->ports) && row->ports[i]; i++) {
        if (row->ports[i] == port)
            return true;
    }
    return false;
}

static void check_port(struct lp_court *court, const struct lp_step_result *step, size_t index)
{
    const struct lp_srv_target *t = &step->targets[index];
    if (is_expected_port(step->row, t->rr->port))
        return;
    struct lp_claim *claim = claim_target(court, "LP-DNS-SRV-PORT", step, t);
    lp_claim_candidate(claim, step, index);
    claim->expected = lp_say(court, step->row->ports[1] ? "port %d (or %d)" : "port %d",
                             step->row->ports[0], step->row->ports[1]);
    claim->observed =
        lp_say(court, "port %lld at %s", (long long)t->rr->port, lp_text(court, t->rr->name));
}

static void check_domain(struct lp_court *court, const struct lp_step_result *step,
                         const struct lp_srv_target *t)
{
    struct lp_str domain = court->log->setup.domain;
    struct lp_addr literal;
    if (lp_addr_parse(t->rr->name, &literal)) /* which is no name at all: check_name */
        return;
    if (lp_name_in_domain(t->rr->name, domain) || lp_name_is_trusted(t->rr->name))
        return;
    struct lp_claim *claim = claim_target(court, "LP-DNS-SRV-TARGET-DOMAIN", step, t);
    claim->expected = lp_say(court, "a target in %s", lp_text(court, domain));
    claim->observed = lp_say(court, "target %s", lp_text(court, t->rr->name));
}

static void check_name(struct lp_court *court, const struct lp_step_result *step,
                       const struct lp_srv_target *t)
{
    if (lp_name_is_lync_host(t->rr->name))
        return;
    struct lp_claim *claim = claim_target(court, "LP-DNS-NAME-INVALID", step, t);
    claim->expected = lp_say(court, "letters, digits and hyphens, at least two labels");
    claim->observed = lp_say(court, "target %s", lp_text(court, t->rr->name));
}

/* A name that cannot be asked for: no evidence, but no host either. */
static bool is_no_host(const struct lp_places *places)
{
    return places->outcome == LP_MALFORMED && !places->a.evidence_count &&
           !places->aaaa.evidence_count;
}

static void check_address(struct lp_court *court, const struct lp_step_result *step, size_t index)
{
    const struct lp_srv_target *t = &step->targets[index];
    enum lp_outcome outcome = t->places.outcome;
    bool alias = t->places.a.hop_count || t->places.aaaa.hop_count;
    if (t->places.n || alias ||
        (outcome != LP_NXDOMAIN && outcome != LP_NODATA && !is_no_host(&t->places)))
        return;
    struct lp_claim *claim = claim_target(court, "LP-DNS-SRV-TARGET-MISSING", step, t);
    lp_claim_candidate(claim, step, index);
    claim->expected = lp_say(court, "an address for %s", lp_text(court, t->rr->name));
    claim->observed = is_no_host(&t->places) ? lp_say(court, "the name is no host name")
                                             : lp_say(court, "%s", lp_outcome_word(outcome));
    for (size_t i = 0; i < t->places.a.evidence_count; i++)
        lp_claim_evidence(claim, t->places.a.evidence[i]);
    for (size_t i = 0; i < t->places.aaaa.evidence_count; i++)
        lp_claim_evidence(claim, t->places.aaaa.evidence[i]);
}

static void check_alias(struct lp_court *court, const struct lp_step_result *step,
                        const struct lp_srv_target *t)
{
    const struct lp_resolved *r = t->places.a.hop_count ? &t->places.a : &t->places.aaaa;
    if (!t->alias || r->loop)
        return;
    struct lp_claim *claim = claim_target(court, "LP-DNS-SRV-TARGET-CNAME", step, t);
    if (lp_name_in_cloud(t->rr->name))
        claim->severity = LP_INFO;
    claim->expected =
        lp_say(court, "an address record at %s (RFC 2782)", lp_text(court, t->rr->name));
    claim->observed = lp_say(court, "an alias to %s", lp_text(court, r->hops[0].target));
    lp_claim_evidence(claim, r->hops[0].evidence);
}

/* For a record that need not be there this is as good as none, and a clear word. */
static void check_offer(struct lp_court *court, const struct lp_step_result *step,
                        const struct lp_srv_target *t)
{
    const struct lp_name_rule *rule = lp_name_rule_for(step->row);
    struct lp_claim *claim = claim_target(court, "LP-DNS-SRV-NOT-OFFERED", step, t);
    claim->expected = lp_say(court, "the FQDN of a server as target");
    claim->observed = lp_say(court, "target \".\": the service is declared absent (RFC 2782)");
    if (rule && !(court->survey->internal ? rule->required_inside : rule->required_outside))
        claim->severity = LP_INFO;
}

static void check_target(struct lp_court *court, const struct lp_step_result *step, size_t index)
{
    const struct lp_srv_target *t = &step->targets[index];
    if (t->root) {
        check_offer(court, step, t);
        return;
    }
    check_port(court, step, index);
    check_domain(court, step, t);
    check_name(court, step, t);
    check_address(court, step, index);
    check_alias(court, step, t);
}

void lp_check_srv(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count; i++) {
        for (size_t k = 0; k < path->steps[i].target_count; k++)
            check_target(court, &path->steps[i], k);
    }
}
