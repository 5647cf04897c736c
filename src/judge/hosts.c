/* hosts.c - hosts that only Autodiscover names: their records, names and addresses */
#include "lp/court.h"
#include "lp/name.h"

static bool has_claim(const struct lp_court *court, struct lp_str host)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (court->claims[i].host.n && lp_name_eq(court->claims[i].host, host))
            return true;
    }
    return false;
}

static void check_host(struct lp_court *court, const struct lp_step_result *step,
                       struct lp_str host)
{
    struct lp_places places;
    if (has_claim(court, host))
        return;
    lp_places_of(court->log, court->arena, host, 443, &places);
    lp_check_lookup(court, step, &places);
}

/* A redirect leads to a host that does not exist: it is as missing as the names of the
   order. */
static void claim_dead_end(struct lp_court *court, const struct lp_step_result *step,
                           const struct lp_ad_chain *chain)
{
    struct lp_places places;
    if (has_claim(court, chain->dead_host))
        return;
    lp_places_of(court->log, court->arena, chain->dead_host, 443, &places);
    struct lp_claim *claim =
        lp_claim_name(court, "LP-DNS-RECORD-MISSING", chain->dead_host, LP_DNS_A);
    lp_claim_step(court, claim, step);
    claim->expected = lp_say(court, "an address: %s redirects there",
                             lp_text(court, lp_http_of(chain->at[chain->n - 1])->url));
    claim->observed = lp_say(court, "%s", lp_outcome_word(places.outcome));
    if (step->leads_on)
        claim->severity = LP_INFO;
    for (size_t i = 0; i < places.a.evidence_count; i++)
        lp_claim_evidence(claim, places.a.evidence[i]);
    for (size_t i = 0; i < places.aaaa.evidence_count; i++)
        lp_claim_evidence(claim, places.aaaa.evidence[i]);
    lp_claim_evidence(claim, chain->at[chain->n - 1]->id);
}

static void check_web_host(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_ad_chain chain;
    if (!seat->first_hop) {
        check_host(court, seat->step, seat->link->host);
        return;
    }
    lp_ad_chain(court->survey, seat->e, &chain);
    if (!chain.dead_host.n || chain.root)
        return;
    size_t before = court->claim_count;
    check_host(court, seat->step, chain.dead_host);
    for (size_t i = before; i < court->claim_count && seat->step->leads_on; i++)
        court->claims[i].severity = LP_INFO; /* the other way there does not need it */
    claim_dead_end(court, seat->step, &chain);
}

/* ---- names and addresses ---- */

static void check_name(struct lp_court *court, const struct lp_step_result *step,
                       struct lp_str host)
{
    struct lp_addr literal;
    if (lp_name_is_lync_host(host) || lp_addr_parse(host, &literal) || has_claim(court, host))
        return;
    struct lp_claim *claim = lp_claim_name(court, "LP-DNS-NAME-INVALID", host, LP_DNS_A);
    lp_claim_step(court, claim, step);
    claim->expected = lp_say(court, "letters, digits and hyphens, at least two labels");
    claim->observed = lp_say(court, "Autodiscover names %s", lp_text(court, host));
}

/* An internationalised SIP domain: every name of the order has the label that Lync
   refuses. */
static void check_domain(struct lp_court *court)
{
    struct lp_str domain = court->log->setup.domain;
    if (lp_name_is_lync_host(domain))
        return;
    struct lp_claim *claim = lp_claim_add(court, "LP-DNS-NAME-INVALID");
    claim->subject = claim->vars.domain;
    claim->vars.name = claim->vars.domain;
    claim->expected = lp_say(court, "letters, digits and hyphens, at least two labels");
    claim->observed = lp_say(court, "the SIP domain %s", lp_text(court, domain));
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_places places;
    if (!seat->step)
        return;
    if (seat->web)
        check_web_host(court, seat);
    if (seat->web ? seat->first_hop : !seat->named)
        return;
    check_name(court, seat->step, seat->link->host);
    lp_places_of(court->log, court->arena, seat->link->host, seat->link->port, &places);
    lp_check_addresses(court, seat->step, &places, seat->link->host);
}

void lp_check_hosts(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    check_domain(court);
    for (size_t i = 0; i < court->seat_count; i++)
        check_seat(court, &court->seats[i]);
    for (size_t i = 0; i < path->step_count; i++) {
        if (path->steps[i].named)
            check_host(court, &path->steps[i], path->steps[i].named->fqdn);
    }
}
