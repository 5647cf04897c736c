/* reach.c - Autodiscover steps as a whole: silence, SIP access, the first hop */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/plan.h"
#include "lp/steps.h"

/* Answers by http and by https of one host, all dead; n of them. */
struct silence {
    struct lp_str host;
    const struct lp_evidence *const *at;
    size_t n;
};

static bool is_dead(const struct lp_evidence *e)
{
    return !lp_probe_is_open(e) && e->outcome != LP_OK;
}

static void claim_silence(struct lp_court *court, const struct lp_step_result *step,
                          const struct silence *silence)
{
    struct lp_claim *claim = lp_claim_name(court, "LP-AD-UNREACHABLE", silence->host, LP_DNS_A);
    lp_claim_step(court, claim, step);
    claim->subject = claim->vars.name;
    claim->vars.host = claim->vars.name;
    claim->expected = lp_say(court, "an answer by http or https");
    claim->observed = LP_STR("");
    for (size_t i = 0; i < silence->n; i++) {
        const struct lp_evidence *e = silence->at[i];
        claim->deadline |= lp_str_eq(e->why, LP_STR("deadline"));
        lp_claim_evidence(claim, e->id);
        if (i && lp_link_of(e)->plain == lp_link_of(silence->at[i - 1])->plain)
            continue;
        claim->observed =
            lp_say(court, "%s%s%s: %s", claim->observed.p, claim->observed.n ? ", " : "",
                   lp_link_of(e)->plain ? "http" : "https", lp_outcome_word(e->outcome));
    }
}

/* Neither http nor https of the step's own host gives an answer. */
static bool check_unreachable(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_evidence **at =
        lp_arena_array(court->arena, step->candidate_count + 1, sizeof *at);
    struct silence silence = { step->name, at, 0 };
    if (step->row->kind != LP_STEP_AUTODISCOVER || !step->places.n)
        return false;
    for (size_t i = 0; i < step->candidate_count; i++) {
        at[silence.n] = step->candidates[i].probe;
        if (!is_dead(at[silence.n++]))
            return false;
    }
    claim_silence(court, step, &silence);
    return true;
}

/* The last host of the redirects gives none: it counts for the step whose chain it is
   in. */
static bool check_chain_end(struct lp_court *court, const struct lp_step_result *step,
                            const struct lp_evidence *first)
{
    struct lp_ad_chain chain;
    lp_ad_chain(court->survey, first, &chain);
    size_t from = chain.n;
    while (from > 1 && is_dead(chain.at[from - 1]))
        from--;
    if (chain.root || chain.undecided || chain.dead_host.n || from == chain.n)
        return false;
    struct silence silence = { lp_link_of(chain.at[from])->host, chain.at + from, chain.n - from };
    claim_silence(court, step, &silence);
    return true;
}

static void check_chain_ends(struct lp_court *court, const struct lp_step_result *step)
{
    if (step->row->kind != LP_STEP_AUTODISCOVER || step->root)
        return;
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_evidence *e = step->candidates[i].probe;
        if (e && e->outcome == LP_OK && check_chain_end(court, step, e))
            return;
    }
}

static void check_target(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_evidence *probes[LP_MAX_ADDRESSES];
    struct lp_places places;
    if (!step->named)
        return;
    size_t n = lp_named_probes(court->survey, step->named, probes, &places);
    for (size_t i = 0; i < n; i++) {
        if (lp_probe_is_open(probes[i]) || lp_probe_is_usable(probes[i], false))
            return;
    }
    if (n < places.n || (!places.n && lp_outcome_is_open(places.outcome)))
        return;
    struct lp_claim *claim =
        lp_claim_name(court, "LP-AD-SIP-TARGET-UNREACHABLE", step->named->fqdn, LP_DNS_A);
    lp_claim_step(court, claim, step);
    claim->subject =
        lp_say(court, "%s:%lld", lp_text(court, step->named->fqdn), (long long)step->named->port);
    claim->port = step->named->port;
    claim->vars.target = claim->host;
    claim->vars.name = lp_say(court, "%s", lp_text(court, step->name));
    claim->vars.host = claim->host;
    claim->vars.port = lp_say(court, "%lld", (long long)step->named->port);
    claim->expected =
        lp_say(court, "a SIP server that answers at the access point that Autodiscover names");
    claim->observed = places.n ? lp_say(court, "it does not answer SIP")
                               : lp_say(court, "%s", lp_outcome_word(places.outcome));
    lp_claim_evidence(claim, step->named_in->id);
    for (size_t i = 0; i < n; i++)
        lp_claim_evidence(claim, probes[i]->id);
}

/* Clients depend on port 80 where https answers, but not for this name: its
   certificate is without it, or the name is an alias to another domain, which they do
   not follow by https (domain.md 1.3). Where https is dead too, it is the host that is
   to be mended. */
static bool needs_first_hop(const struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_resolved *r = step->places.a.hop_count ? &step->places.a : &step->places.aaaa;
    bool away = r->hop_count && !lp_name_in_domain(r->canonical, court->log->setup.domain);
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (s->step == step && s->first_hop && s->leaf && s->link->tls == LP_OK &&
            (away || !lp_cert_covers(s->leaf, step->name, NULL)))
            return true;
    }
    return false;
}

static void check_first_hop(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_seat *closed = NULL;
    if (step->row->kind != LP_STEP_AUTODISCOVER || !needs_first_hop(court, step))
        return;
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (s->step != step || !s->first_hop || s->link->port != 80)
            continue;
        if (s->link->connect == LP_OPEN || lp_probe_is_open(s->e))
            return;
        closed = s;
    }
    if (!closed)
        return;
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-FIRST-HOP", closed);
    claim->severity = LP_WARNING;
    claim->expected = lp_say(court, "port 80 open: clients cannot use https under this name");
    claim->observed = lp_say(court, "port 80: %s", lp_outcome_word(closed->link->connect));
}

void lp_check_reach(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count; i++) {
        if (!check_unreachable(court, &path->steps[i]))
            check_chain_ends(court, &path->steps[i]);
        check_target(court, &path->steps[i]);
        check_first_hop(court, &path->steps[i]);
    }
}
