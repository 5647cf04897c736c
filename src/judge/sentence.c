/* sentence.c - one sentence: can a user sign in, where does the client stop, why */
#include "lp/court.h"
#include "lp/lang.h"

/* Why a client that comes to its endpoint is kept out all the same. */
static const char *const refusals[] = {
    "LP-DNS-INTERNAL-ADDRESS", "LP-CERT-EXPIRED",     "LP-CERT-NOT-YET-VALID",
    "LP-CERT-NAME-MISMATCH",   "LP-CERT-EKU",         "LP-CERT-UNTRUSTED",
    "LP-CERT-WRONG-CA",        "LP-CERT-SELF-SIGNED", "LP-CERT-BAD-ENCODING",
    "LP-SIP-STATUS",           "LP-SIP-NO-ANSWER",
};

static bool is_refusal(const struct lp_claim *claim)
{
    for (size_t i = 0; i < LP_COUNT(refusals); i++) {
        if (lp_str_eq(lp_str_of(claim->rule->id), lp_str_of(refusals[i])))
            return claim->severity == LP_CRITICAL && claim->decides;
    }
    return false;
}

static bool is_at(const struct lp_claim *claim, const struct lp_evidence *e)
{
    const struct lp_link *link = e ? lp_link_of(e) : NULL;
    return link && (!claim->port || claim->port == link->port) &&
           lp_addr_eq(&claim->address, &link->address);
}

/* At the endpoint itself, or where Autodiscover was understood; other nodes of a pool
   may serve. */
static const struct lp_claim *find_refusal(const struct lp_court *court)
{
    const struct lp_step_result *at = court->survey->main->stops_at;
    for (size_t i = 0; i < court->claim_count; i++) {
        const struct lp_claim *claim = &court->claims[i];
        if (is_refusal(claim) && (is_at(claim, at->endpoint) || is_at(claim, at->root)))
            return claim;
    }
    return NULL;
}

/* Who, and what for: a partner's server does not sign in. */
static const char *who(const struct lp_court *court)
{
    if (court->survey->main->client->mutual)
        return lp_tr(court->arena, "a federated partner");
    return lp_tr(court->arena, court->survey->internal ? "a user inside" : "a user outside");
}

static const char *deed(const struct lp_court *court)
{
    return lp_tr(court->arena, court->survey->main->client->mutual ? "connect" : "sign in");
}

static struct lp_str say_stop(struct lp_court *court, const struct lp_step_result *step)
{
    return lp_say(court, "step %s (%s)", step->row->label, lp_text(court, step->name));
}

static struct lp_str say_endpoint(struct lp_court *court, const struct lp_step_result *step)
{
    return lp_say(court, "%s:%lld", lp_text(court, step->endpoint_host),
                  (long long)step->endpoint_port);
}

static struct lp_str say_claim(struct lp_court *court, const struct lp_claim *claim)
{
    return lp_say(court, "%s: %s, %s", lp_title_inner(court->arena, claim->rule->title),
                  lp_text(court, claim->subject), lp_text(court, claim->observed));
}

/* The root cause of a claim, as far as it is trouble by itself. */
static const struct lp_claim *root_of(const struct lp_court *court, const struct lp_claim *claim)
{
    while (claim->cause != SIZE_MAX && lp_claim_is_trouble(&court->claims[claim->cause]))
        claim = &court->claims[claim->cause];
    return claim;
}

/* The first root cause of the report; NULL: there is no trouble. */
static const struct lp_claim *find_first(const struct lp_court *court)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (court->claims[i].cause == SIZE_MAX && lp_claim_is_trouble(&court->claims[i]))
            return &court->claims[i];
    }
    return NULL;
}

static bool is_rule(const struct lp_claim *claim, struct lp_str id)
{
    return lp_str_eq(lp_str_of(claim->rule->id), id);
}

/* Why the walk fails: the cause of LP-WALK-FAILS, else the report's first. */
static const struct lp_claim *find_failure(const struct lp_court *court)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        const struct lp_claim *claim = &court->claims[i];
        if (is_rule(claim, LP_STR("LP-WALK-FAILS")) && claim->cause != SIZE_MAX)
            return root_of(court, claim);
    }
    return find_first(court);
}

/* What the sentence, why and fix are about. */
static const struct lp_claim *find_named(const struct lp_court *court, enum lp_verdict verdict)
{
    const struct lp_claim *refusal;
    switch (court->survey->main->outcome) {
    case LP_SIGNS_IN:
        refusal = find_refusal(court);
        if (refusal)
            return root_of(court, refusal);
        return verdict == LP_VERDICT_OK ? NULL : find_first(court);
    case LP_FAILS: return find_failure(court);
    case LP_UNDECIDED: break;
    }
    return find_first(court);
}

static struct lp_str say_signs_in(struct lp_court *court, const struct lp_claim *named)
{
    const struct lp_step_result *at = court->survey->main->stops_at;
    if (find_refusal(court))
        return lp_say(court, "%s cannot %s: the client reaches %s by %s, but %s", who(court),
                      deed(court), say_endpoint(court, at).p, say_stop(court, at).p,
                      say_claim(court, named).p);
    if (!named)
        return lp_say(court, "%s can %s: %s leads to %s", who(court), deed(court),
                      say_stop(court, at).p, say_endpoint(court, at).p);
    return lp_say(court, "%s can %s at %s by %s, but %s", who(court), deed(court),
                  say_endpoint(court, at).p, say_stop(court, at).p, say_claim(court, named).p);
}

static struct lp_str say_fails(struct lp_court *court, const struct lp_claim *named)
{
    const struct lp_step_result *at = court->survey->main->stops_at;
    if (!at)
        return lp_say(court, "%s cannot %s: no name of the client's order exists", who(court),
                      deed(court));
    if (!named)
        return lp_say(court, "%s cannot %s: the client stops at %s", who(court), deed(court),
                      say_stop(court, at).p);
    return lp_say(court, "%s cannot %s: the client stops at %s; %s", who(court), deed(court),
                  say_stop(court, at).p, say_claim(court, named).p);
}

static struct lp_str say_undecided(struct lp_court *court, const struct lp_claim *named)
{
    return lp_say(court, "it is undecided whether %s can %s%s%s", who(court), deed(court),
                  named ? ": " : "", named ? say_claim(court, named).p : "");
}

void lp_sentence_make(struct lp_court *court, struct lp_judgement *out)
{
    static struct lp_str (*const say[])(struct lp_court *, const struct lp_claim *) = {
        [LP_SIGNS_IN] = say_signs_in, [LP_FAILS] = say_fails, [LP_UNDECIDED] = say_undecided
    };
    bool paper = court->log->setup.certificate.n > 0;
    const struct lp_claim *named = paper ? find_first(court) : find_named(court, out->verdict);
    struct lp_str text =
        paper ? lp_say_paper(court, named) : say[court->survey->main->outcome](court, named);
    const struct lp_expect_results *results = &out->expectations;
    struct lp_str rest = LP_STR("");
    if (results->n && !paper)
        rest = lp_say(court, "; %zu of %zu expectations are met", results->count[LP_MET],
                      lp_expect_total(results));
    out->sentence = lp_say(court, "%s: %s%s.",
                           paper ? lp_text(court, court->log->setup.topology)
                                 : lp_text(court, court->log->setup.domain),
                           text.p, rest.p);
    out->signs_in = court->survey->main->outcome == LP_SIGNS_IN && !find_refusal(court);
    out->named = SIZE_MAX;
    if (!named)
        return;
    out->named = named->finding;
    out->why = out->findings[named->finding].why;
    out->fix = out->findings[named->finding].fix;
}
