/* autodiscover.c - single Autodiscover answers: status, documents, redirects */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/plan.h"

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

/* The first row that fits; the last one fits always. */
static const struct {
    int64_t from, to;
    const char *answer; /* guard of the steps that help */
} answers[] = {
    { 300, 399, "redirect" },    { 401, 401, "denied" },  { 403, 403, "denied" },
    { 407, 407, "denied" },      { 502, 504, "gateway" }, { 500, INT64_MAX, "failing" },
    { 0, INT64_MAX, "missing" },
};

static struct lp_claim *claim_status(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-HTTP-STATUS", seat);
    int64_t status = lp_http_of(seat->e)->status;
    size_t i = 0;
    while (i + 1 < LP_COUNT(answers) && (status < answers[i].from || status > answers[i].to))
        i++;
    claim->vars.answer = lp_str_of(answers[i].answer);
    return claim;
}

static void check_status(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_http *http = lp_http_of(seat->e);
    struct lp_url to;
    struct lp_str bad;
    bool leads = is_redirect(seat) && lp_ad_redirect(seat->e, court->arena, &to, &bad);
    if (seat->document || http->status == 200 || leads)
        return;
    struct lp_claim *claim = claim_status(court, seat);
    claim->expected = lp_say(court, "status 200, or a redirect");
    claim->observed = lp_say(court, "status %lld", (long long)http->status);
    if (is_redirect(seat) && http->location.p)
        claim->observed =
            lp_say(court, "%s to \"%s\"", claim->observed.p, lp_text(court, http->location));
    else if (is_redirect(seat))
        claim->observed = lp_say(court, "%s without Location", claim->observed.p);
}

/* Behind the root: 401 is healthy, and what else a user without password gets does not
   matter; a server that fails does (domain.md 2.4). */
static void check_document_status(struct lp_court *court, const struct lp_seat *seat)
{
    int64_t status = lp_http_of(seat->e)->status;
    if (!seat->document || status < 500)
        return;
    struct lp_claim *claim = claim_status(court, seat);
    if (claim->severity == LP_CRITICAL)
        claim->severity = LP_WARNING;
    claim->expected = lp_say(court, "status 200, or 401 without a password");
    claim->observed = lp_say(court, "status %lld of %s", (long long)status,
                             lp_text(court, lp_http_of(seat->e)->url));
}

static bool is_unread(const struct lp_ad_doc *doc, const struct lp_http *http)
{
    return http->limit.n || lp_str_eq(doc->problem, LP_STR("doctype")) ||
           lp_str_eq(doc->problem, LP_STR("limit")) || lp_str_starts_nocase(doc->problem, "depth");
}

/* Why a document is no root and leads nowhere; unset: it is one, or does. */
static struct lp_str say_no_root(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_http *http = lp_http_of(seat->e);
    const struct lp_ad_doc *doc = lp_ad_doc_of(seat->e);
    struct lp_url to;
    struct lp_str bad;
    lp_ad_redirect(seat->e, court->arena, &to, &bad);
    if (bad.p)
        return lp_say(court, "a Redirect link to \"%s\"", lp_text(court, bad));
    if (!doc->problem.n && doc->links.n)
        return LP_STR_NONE;
    return lp_say(court, "%s%s%s",
                  doc->problem.n ? lp_text(court, doc->problem) : lp_tr(court->arena, "no links"),
                  http->content_type.n ? ", " : "", lp_text(court, http->content_type));
}

static void check_document(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_http *http = lp_http_of(seat->e);
    const struct lp_ad_doc *doc = lp_ad_doc_of(seat->e);
    if (seat->document || http->status != 200)
        return;
    bool unread = is_unread(doc, http);
    struct lp_str seen =
        unread ? http->limit.n ? http->limit : doc->problem : say_no_root(court, seat);
    if (!seen.p)
        return;
    struct lp_claim *claim =
        lp_claim_web(court, unread ? "LP-AD-BODY" : "LP-AD-NOT-AUTODISCOVER", seat);
    claim->expected =
        unread ? lp_say(court, "a document of at most 256 KiB, 32 levels, without DOCTYPE")
               : lp_say(court, "an Autodiscover document with links");
    claim->observed = lp_say(court, "%s", lp_text(court, seen));
}

/* A root; or what sends on to a host that this side does not know. */
static bool decides_side(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_ad_chain chain;
    if (!seat->first_hop || lp_ad_is_root(seat->e))
        return lp_ad_is_root(seat->e) && !seat->document;
    lp_ad_chain(court->survey, seat->e, &chain);
    return chain.dead_host.n && !chain.root;
}

/* AccessLocation names the web site that served the answer (domain.md 2.3). */
static void check_location(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str seen = lp_ad_doc_of(seat->e)->access_location;
    struct lp_str due = court->survey->internal ? LP_STR("Internal") : LP_STR("External");
    if (!decides_side(court, seat) || !seat->reached || !seen.n || lp_str_eq_nocase(seen, due))
        return;
    if (lp_is_in_cloud(court, seat->link->host)) /* which knows no inside */
        return;
    if (!lp_str_eq_nocase(seen, LP_STR("Internal")) && !lp_str_eq_nocase(seen, LP_STR("External")))
        return;
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-ACCESS-LOCATION", seat);
    claim->expected = lp_say(court, "AccessLocation %s", due.p);
    claim->observed = lp_say(court, "AccessLocation %s", lp_text(court, seen));
}

static void check_redirect_domain(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_url to;
    struct lp_str bad;
    if (!lp_ad_redirect(seat->e, court->arena, &to, &bad) || is_ours(court, to.host))
        return;
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-REDIRECT-DOMAIN", seat);
    claim->vars.target = lp_say(court, "%s", lp_text(court, to.host));
    claim->expected =
        lp_say(court, "a redirect inside %s", lp_text(court, court->log->setup.domain));
    claim->observed = lp_say(court, "a redirect to %s", lp_text(court, to.text));
    /* it is no failing candidate: http that leads away does so beside a good https, too */
    claim->severity = lp_is_of_topology(court, to.host) ? LP_INFO : claim->rule->severity;
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
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-HOST-DOMAIN", seat);
    claim->vars.target = lp_say(court, "%s", lp_text(court, host));
    claim->expected = lp_say(court, "hosts in %s", lp_text(court, court->log->setup.domain));
    claim->observed = lp_say(court, "%s names %s", lp_text(court, what), lp_text(court, host));
    if (lp_is_of_topology(court, host))
        claim->severity = LP_INFO;
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

/* Of http and https one is enough for the client that tries both; what leads nowhere on
   port 80 still leaves those that begin there (domain.md 11, row 14). */
static bool leads_nowhere(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_url to;
    struct lp_str bad;
    return seat->first_hop && seat->link->port == 80 && !seat->usable && seat->alternative &&
           !lp_ad_redirect(seat->e, court->arena, &to, &bad);
}

static void claim_nowhere(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_web(court, "LP-HTTP-NO-REDIRECT", seat);
    claim->severity = claim->rule->severity;
    claim->expected = LP_STR("a redirect to https, or a Redirect link");
    claim->observed =
        lp_say(court, "status %lld, leads nowhere", (long long)lp_http_of(seat->e)->status);
}

static void check_answer(struct lp_court *court, const struct lp_seat *seat)
{
    if (seat->e->outcome != LP_OK)
        return;
    if (leads_nowhere(court, seat)) {
        claim_nowhere(court, seat);
        return;
    }
    check_status(court, seat);
    check_document_status(court, seat);
    check_document(court, seat);
    check_location(court, seat);
    check_redirect_domain(court, seat);
    check_hosts(court, seat);
}

/* ---- a chain of redirects ---- */

static void check_loop(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_ad_chain chain;
    if (!seat->first_hop)
        return;
    lp_ad_chain(court->survey, seat->e, &chain);
    if (!chain.loop)
        return;
    struct lp_claim *claim = lp_claim_web(court, "LP-AD-REDIRECT-LOOP", seat);
    claim->vars.target =
        lp_say(court, "%s", lp_text(court, lp_http_of(chain.at[chain.n - 1])->url));
    claim->expected = lp_say(court, "at most %d redirects", LP_MAX_REDIRECTS);
    claim->observed = lp_say(court, "the redirects of %s never end: they come to %s again",
                             lp_text(court, lp_http_of(seat->e)->url), claim->vars.target.p);
    for (size_t i = 0; i < chain.n; i++)
        lp_claim_evidence(claim, chain.at[i]->id);
}

void lp_check_autodiscover(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (!court->seats[i].web)
            continue;
        check_answer(court, &court->seats[i]);
        check_loop(court, &court->seats[i]);
    }
}
