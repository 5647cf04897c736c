/* sentence.c - one sentence: can a user sign in, where does the client stop, why */
#include "lp/court.h"

static bool is_at_endpoint(const struct lp_court *court, const struct lp_claim *claim)
{
    return claim->severity == LP_CRITICAL && claim->decides && claim->rule->rank < LP_RANK_WALK &&
           claim->step < court->survey->main->step_count;
}

/* The claim that keeps the user out although the endpoint speaks SIP: a certificate that clients
 * refuse, mostly. */
static const struct lp_claim *find_refusal(const struct lp_court *court)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (is_at_endpoint(court, &court->claims[i]))
            return &court->claims[i];
    }
    return NULL;
}

static const char *place(const struct lp_court *court)
{
    return court->survey->internal ? "inside" : "outside";
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

static struct lp_str say_first(struct lp_court *court)
{
    const struct lp_claim *first = NULL;
    for (size_t i = 0; i < court->claim_count && !first; i++) {
        if (court->claims[i].cause == SIZE_MAX && court->claims[i].severity != LP_INFO)
            first = &court->claims[i];
    }
    if (!first)
        return LP_STR("");
    return lp_say(court, "%s: %s, %s", first->rule->title, lp_text(court, first->subject),
                  lp_text(court, first->observed));
}

static struct lp_str say_signs_in(struct lp_court *court, const struct lp_judgement *out)
{
    const struct lp_step_result *at = court->survey->main->stops_at;
    const struct lp_claim *refusal = find_refusal(court);
    if (refusal)
        return lp_say(court, "a user %s cannot sign in: the client reaches %s by %s, but %s",
                      place(court), say_endpoint(court, at).p, say_stop(court, at).p,
                      say_first(court).p);
    if (out->verdict == LP_VERDICT_OK)
        return lp_say(court, "a user %s can sign in: %s leads to %s", place(court),
                      say_stop(court, at).p, say_endpoint(court, at).p);
    return lp_say(court, "a user %s can sign in at %s by %s, but %s", place(court),
                  say_endpoint(court, at).p, say_stop(court, at).p, say_first(court).p);
}

static struct lp_str say_fails(struct lp_court *court)
{
    const struct lp_step_result *at = court->survey->main->stops_at;
    if (!at)
        return lp_say(court, "a user %s cannot sign in: no name of the client's order exists",
                      place(court));
    return lp_say(court, "a user %s cannot sign in: the client stops at %s; %s", place(court),
                  say_stop(court, at).p, say_first(court).p);
}

static struct lp_str say_undecided(struct lp_court *court)
{
    struct lp_str first = say_first(court);
    return lp_say(court, "it is undecided whether a user %s can sign in%s%s", place(court),
                  first.n ? ": " : "", first.n ? first.p : "");
}

void lp_sentence_make(struct lp_court *court, struct lp_judgement *out)
{
    struct lp_str text = say_undecided(court);
    if (court->survey->main->outcome == LP_SIGNS_IN)
        text = say_signs_in(court, out);
    else if (court->survey->main->outcome == LP_FAILS)
        text = say_fails(court);
    out->sentence = lp_say(court, "%s: %s.", lp_text(court, court->log->setup.domain), text.p);
    for (size_t i = 0; i < out->finding_count; i++) {
        if (out->findings[i].severity == LP_INFO || out->findings[i].cause != SIZE_MAX)
            continue;
        out->why = out->findings[i].why;
        out->fix = out->findings[i].fix;
        return;
    }
}
