/* autodiscover.c - answers of the Autodiscover service: status, documents, redirects, domains,
 * access location */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/plan.h"
#include "lp/steps.h"

static struct lp_claim *claim_answer(struct lp_court *court, const char *id,
                                     const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_seat(court, id, seat);
    claim->vars.name = claim->vars.host;
    return claim;
}

static bool is_ours(struct lp_court *court, struct lp_str host)
{
    return lp_name_in_domain(host, court->log->setup.domain) || lp_name_is_trusted(host);
}

/* ---- one answer ---- */

static bool is_redirect(const struct lp_seat *seat)
{
    int64_t status = lp_http_of(seat->e)->status;
    return status >= 300 && status < 400;
}

static void check_status(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_http *http = lp_http_of(seat->e);
    struct lp_url to;
    struct lp_str bad;
    bool leads = is_redirect(seat) && lp_ad_redirect(seat->e, court->arena, &to, &bad);
    if (seat->document || http->status == 200 || leads)
        return;
    struct lp_claim *claim = claim_answer(court, "LP-AD-HTTP-STATUS", seat);
    claim->expected = LP_STR("status 200, or a redirect");
    claim->observed = is_redirect(seat)
                          ? lp_say(court, "status %lld to \"%s\"", (long long)http->status,
                                   lp_text(court, http->location))
                          : lp_say(court, "status %lld", (long long)http->status);
}

static bool is_unread(const struct lp_ad_doc *doc, const struct lp_http *http)
{
    return http->limit.n || lp_str_eq(doc->problem, LP_STR("doctype")) ||
           lp_str_eq(doc->problem, LP_STR("limit")) || lp_str_starts_nocase(doc->problem, "depth");
}

static void check_document(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_http *http = lp_http_of(seat->e);
    const struct lp_ad_doc *doc = lp_ad_doc_of(seat->e);
    if (seat->document || http->status != 200)
        return;
    if (is_unread(doc, http)) {
        struct lp_claim *claim = claim_answer(court, "LP-AD-BODY", seat);
        claim->expected = LP_STR("a document of at most 256 KiB, 32 levels, without DOCTYPE");
        claim->observed =
            lp_say(court, "%s", lp_text(court, http->limit.n ? http->limit : doc->problem));
    } else if (doc->problem.n || !doc->links.n) {
        struct lp_claim *claim = claim_answer(court, "LP-AD-NOT-AUTODISCOVER", seat);
        claim->expected = LP_STR("an Autodiscover document with links");
        claim->observed =
            lp_say(court, "%s%s%s", doc->problem.n ? lp_text(court, doc->problem) : "no links",
                   http->content_type.n ? ", " : "", lp_text(court, http->content_type));
    }
}

/* AccessLocation names the web site that served the answer (domain.md 2.3). */
static void check_location(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str seen = lp_ad_doc_of(seat->e)->access_location;
    struct lp_str due = court->survey->internal ? LP_STR("Internal") : LP_STR("External");
    if (!lp_ad_is_root(seat->e) || !seen.n || !seat->reached || lp_str_eq_nocase(seen, due))
        return;
    if (!lp_str_eq_nocase(seen, LP_STR("Internal")) && !lp_str_eq_nocase(seen, LP_STR("External")))
        return;
    struct lp_claim *claim = claim_answer(court, "LP-AD-ACCESS-LOCATION", seat);
    claim->expected = lp_say(court, "AccessLocation %s", due.p);
    claim->observed = lp_say(court, "AccessLocation %s", lp_text(court, seen));
}

static void check_redirect_domain(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_url to;
    struct lp_str bad;
    if (!lp_ad_redirect(seat->e, court->arena, &to, &bad) || is_ours(court, to.host))
        return;
    struct lp_claim *claim = claim_answer(court, "LP-AD-REDIRECT-DOMAIN", seat);
    claim->vars.target = lp_say(court, "%s", lp_text(court, to.host));
    claim->expected =
        lp_say(court, "a redirect inside %s", lp_text(court, court->log->setup.domain));
    claim->observed = lp_say(court, "a redirect to %s", lp_text(court, to.text));
}

/* Tokens and access points of the other view are shown, never judged (DESIGN 4). */
static bool is_other_view(struct lp_court *court, struct lp_str name)
{
    if (court->survey->internal)
        return lp_str_starts_nocase(name, "External/") ||
               lp_str_eq_nocase(name, LP_STR("SipClientExternalAccess"));
    return lp_str_starts_nocase(name, "Internal/") ||
           lp_str_eq_nocase(name, LP_STR("SipClientInternalAccess"));
}

static void claim_host(struct lp_court *court, const struct lp_seat *seat, struct lp_str what,
                       struct lp_str host)
{
    struct lp_claim *claim = claim_answer(court, "LP-AD-HOST-DOMAIN", seat);
    claim->vars.target = lp_say(court, "%s", lp_text(court, host));
    claim->expected = lp_say(court, "hosts in %s", lp_text(court, court->log->setup.domain));
    claim->observed = lp_say(court, "%s names %s", lp_text(court, what), lp_text(court, host));
}

static void check_hosts(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_ad_doc *doc = lp_ad_doc_of(seat->e);
    const struct lp_ad_link *links = doc->links.at;
    const struct lp_ad_access *access = doc->access.at;
    struct lp_url base, to;
    struct lp_str bad;
    if (lp_ad_redirect(seat->e, court->arena, &to, &bad) ||
        !lp_url_parse(court->arena, NULL, lp_http_of(seat->e)->url, &base))
        return;
    for (size_t i = 0; i < doc->links.n; i++) {
        if (is_other_view(court, links[i].token) ||
            !lp_url_parse(court->arena, &base, links[i].href, &to))
            continue;
        if (!is_ours(court, to.host)) {
            claim_host(court, seat, links[i].token, to.host);
            return;
        }
    }
    for (size_t i = 0; i < doc->access.n; i++) {
        bool client = lp_str_starts_nocase(access[i].name, "SipClient");
        if (client && !is_other_view(court, access[i].name) && access[i].fqdn.n &&
            !is_ours(court, access[i].fqdn)) {
            claim_host(court, seat, access[i].name, access[i].fqdn);
            return;
        }
    }
}

static void check_answer(struct lp_court *court, const struct lp_seat *seat)
{
    if (seat->e->outcome != LP_OK)
        return;
    check_status(court, seat);
    check_document(court, seat);
    check_location(court, seat);
    check_redirect_domain(court, seat);
    check_hosts(court, seat);
}

/* ---- a step as a whole ---- */

static void check_loop(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_ad_chain chain;
    if (!seat->first_hop)
        return;
    lp_ad_chain(court->survey, seat->e, &chain);
    if (!chain.loop)
        return;
    struct lp_claim *claim = claim_answer(court, "LP-AD-REDIRECT-LOOP", seat);
    claim->vars.target =
        lp_say(court, "%s", lp_text(court, lp_http_of(chain.at[chain.n - 1])->url));
    claim->expected = lp_say(court, "at most %d redirects", LP_MAX_REDIRECTS);
    claim->observed = lp_say(court, "the redirects of %s never end: they come to %s again",
                             lp_text(court, lp_http_of(seat->e)->url), claim->vars.target.p);
    for (size_t i = 0; i < chain.n; i++)
        lp_claim_evidence(claim, chain.at[i]->id);
}

/* A redirect target counts for the step whose chain it is in: neither http nor https of the host
 * gives an answer. */
static void check_unreachable(struct lp_court *court, const struct lp_step_result *step)
{
    size_t dead = 0;
    if (step->row->kind != LP_STEP_AUTODISCOVER || !step->places.n)
        return;
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_evidence *e = step->candidates[i].probe;
        if (lp_probe_is_open(e) || e->outcome == LP_OK)
            return;
        dead++;
    }
    if (!dead)
        return;
    struct lp_claim *claim = lp_claim_name(court, "LP-AD-UNREACHABLE", step->name, LP_DNS_A);
    lp_claim_step(court, claim, step);
    claim->subject = claim->vars.name;
    claim->vars.host = claim->vars.name;
    claim->expected = LP_STR("an answer by http or https");
    claim->observed =
        lp_say(court, "http: %s, https: %s", lp_outcome_word(step->candidates[0].probe->outcome),
               lp_outcome_word(step->candidates[step->candidate_count - 1].probe->outcome));
    for (size_t i = 0; i < step->candidate_count; i++)
        lp_claim_evidence(claim, step->candidates[i].probe->id);
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
    if (places.outcome == LP_NONE || n < places.n)
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
        LP_STR("a SIP server that answers at the access point that Autodiscover names");
    claim->observed = places.n ? LP_STR("it does not answer SIP")
                               : lp_say(court, "%s", lp_outcome_word(places.outcome));
    lp_claim_evidence(claim, step->named_in->id);
    for (size_t i = 0; i < n; i++)
        lp_claim_evidence(claim, probes[i]->id);
}

/* Clients depend on port 80 where https cannot show the name: an alias to another domain, or a
 * certificate without it. */
static bool needs_first_hop(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_resolved *r = step->places.a.hop_count ? &step->places.a : &step->places.aaaa;
    if (r->hop_count && !lp_name_in_domain(r->canonical, court->log->setup.domain))
        return true;
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (s->step == step && s->first_hop && s->leaf &&
            !lp_cert_covers(s->leaf, step->name, NULL))
            return true;
    }
    return false;
}

static void check_first_hop(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_seat *closed = NULL;
    if (step->row->kind != LP_STEP_AUTODISCOVER || !step->places.n || !needs_first_hop(court, step))
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
    struct lp_claim *claim = claim_answer(court, "LP-AD-FIRST-HOP", closed);
    claim->severity = LP_WARNING;
    claim->expected = LP_STR("port 80 open: clients cannot use https under this name");
    claim->observed = lp_say(court, "port 80: %s", lp_outcome_word(closed->link->connect));
}

void lp_check_autodiscover(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < court->seat_count; i++) {
        if (!court->seats[i].web)
            continue;
        check_answer(court, &court->seats[i]);
        check_loop(court, &court->seats[i]);
    }
    for (size_t i = 0; i < path->step_count; i++) {
        check_unreachable(court, &path->steps[i]);
        check_target(court, &path->steps[i]);
        check_first_hop(court, &path->steps[i]);
    }
}
