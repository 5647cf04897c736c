/* walk.c - the walk of the deciding client as a whole */
#include "lp/court.h"
#include "lp/lang.h"

static struct lp_str say_step(struct lp_court *court, const struct lp_step_result *step)
{
    return lp_say(court, "step %s, %s", step->row->label, lp_text(court, step->name));
}

static struct lp_claim *claim_walk(struct lp_court *court, const char *id,
                                   const struct lp_step_result *step)
{
    const struct lp_path *path = court->survey->main;
    struct lp_claim *claim = lp_claim_add(court, id);
    claim->decides = true;
    claim->subject = lp_say(court, "%s %s", lp_text(court, claim->vars.domain), path->client->name);
    if (!step)
        return claim;
    claim->step = (size_t)(step - path->steps);
    claim->vars.name = lp_say(court, "%s", lp_text(court, step->name));
    if (step->endpoint)
        lp_claim_evidence(claim, step->endpoint->id);
    if (step->endpoint_host.n) {
        claim->vars.host = lp_say(court, "%s", lp_text(court, step->endpoint_host));
        claim->vars.port = lp_say(court, "%lld", (long long)step->endpoint_port);
    }
    return claim;
}

static void claim_signs_in(struct lp_court *court, const struct lp_path *path)
{
    const struct lp_step_result *at = path->stops_at;
    const char *id = path->broke ? "LP-WALK-FALLBACK" : "LP-WALK-OK";
    struct lp_claim *claim = claim_walk(court, id, path->broke ? path->broke : at);
    claim->vars.host = lp_say(court, "%s", lp_text(court, at->endpoint_host));
    claim->vars.port = lp_say(court, "%lld", (long long)at->endpoint_port);
    claim->vars.target = lp_say(court, "%s", lp_text(court, at->name));
    claim->expected = path->broke
                          ? lp_say(court, "%s leads on", say_step(court, path->broke).p)
                          : lp_say(court, "a usable endpoint at the first step that has a record");
    claim->observed =
        lp_say(court, "%s%s leads to %s:%s", path->broke ? lp_tr(court->arena, "it fails; ") : "",
               say_step(court, at).p, claim->vars.host.p, claim->vars.port.p);
    if (at->endpoint)
        lp_claim_evidence(claim, at->endpoint->id);
}

static void claim_fails(struct lp_court *court, const struct lp_path *path)
{
    struct lp_claim *claim = claim_walk(court, "LP-WALK-FAILS", path->stops_at);
    claim->expected = lp_say(court, "a step that leads to a SIP endpoint that answers");
    claim->observed = path->stops_at
                          ? lp_say(court, "it stops at %s", say_step(court, path->stops_at).p)
                          : lp_say(court, "no step has a record");
}

void lp_check_walk(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    if (path->outcome == LP_SIGNS_IN)
        claim_signs_in(court, path);
    else if (path->outcome == LP_FAILS)
        claim_fails(court, path);
}
