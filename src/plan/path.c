/* path.c - the way of one client: where it signs in, or where it stops */
#include "lp/path.h"
#include "lp/keys.h"
#include "lp/plan.h"
#include "lp/steps.h"

size_t lp_named_probes(const struct lp_survey *survey, const struct lp_ad_access *named,
                       const struct lp_evidence *out[static 8], struct lp_places *places)
{
    size_t n = 0;
    lp_places_of(survey->log, survey->arena, named->fqdn, named->port, places);
    for (size_t i = 0; i < places->n; i++) {
        struct lp_ask ask = { .probe = &lp_probe_sip,
                              .host = named->fqdn,
                              .port = named->port,
                              .address = places->at[i].address,
                              .connect_port = places->at[i].connect_port };
        if (!ask.connect_port)
            ask.connect_port = ask.port;
        const struct lp_evidence *e = lp_log_find(survey->log, lp_probe_key(survey->arena, &ask));
        if (e)
            out[n++] = e;
    }
    return n;
}

struct walker {
    const struct lp_survey *survey;
    struct lp_path *path;
    struct lp_step_result *steps;
};

/* The access point that Autodiscover named is the endpoint, whatever the later steps
   hold. */
static enum lp_path_outcome settle_named(struct walker *w, struct lp_step_result *step)
{
    const struct lp_evidence *probes[LP_MAX_ADDRESSES];
    struct lp_places places;
    size_t n = lp_named_probes(w->survey, step->named, probes, &places);
    bool open = n < places.n || (!places.n && lp_outcome_is_open(places.outcome));
    step->endpoint_host = step->named->fqdn;
    step->endpoint_port = step->named->port;
    for (size_t i = 0; i < n; i++) {
        if (lp_probe_is_usable(probes[i], false)) {
            step->endpoint = probes[i];
            return LP_SIGNS_IN;
        }
        open |= lp_probe_is_open(probes[i]);
    }
    return open ? LP_UNDECIDED : LP_FAILS;
}

/* SIP steps that fail before the one that gives the endpoint; other Autodiscover names
 * are not tried any more. */
static void note_sip_broken(struct walker *w, size_t from, size_t before)
{
    for (size_t i = from; i < before; i++) {
        if (w->steps[i].outcome == LP_STEP_BROKEN &&
            w->steps[i].row->kind != LP_STEP_AUTODISCOVER && !w->path->broke)
            w->path->broke = &w->steps[i];
    }
}

/* The endpoint of the first step from `from` on that has one; else where it breaks. */
static enum lp_path_outcome settle_assumed(struct walker *w, struct lp_step_result *step,
                                           size_t from)
{
    const struct lp_step_result *broken = NULL;
    bool open = false;
    step->assumed = true;
    for (size_t i = from; i < w->path->step_count; i++) {
        const struct lp_step_result *s = &w->steps[i];
        if (s->endpoint) {
            w->path->giver = s;
            step->endpoint = s->endpoint;
            step->endpoint_host = s->endpoint_host;
            step->endpoint_port = s->endpoint_port;
            note_sip_broken(w, from, i);
            return LP_SIGNS_IN;
        }
        open |= s->outcome == LP_STEP_UNDECIDED;
        if (s->outcome == LP_STEP_BROKEN && s->row->kind != LP_STEP_AUTODISCOVER && !broken)
            broken = s;
    }
    if (broken)
        w->path->stops_at = broken;
    return open ? LP_UNDECIDED : LP_FAILS;
}

static enum lp_path_outcome settle(struct walker *w, size_t at)
{
    struct lp_step_result *step = &w->steps[at];
    w->path->stops_at = step;
    w->path->giver = step;
    if (step->row->kind != LP_STEP_AUTODISCOVER)
        return LP_SIGNS_IN;
    if (w->path->client->web) {
        const struct lp_link *link = lp_link_of(step->root);
        step->endpoint = step->root;
        step->endpoint_host = link->host;
        step->endpoint_port = link->port;
        return LP_SIGNS_IN;
    }
    return step->named ? settle_named(w, step) : settle_assumed(w, step, at + 1);
}

/* Steps after the one that decides: what the client would have found. */
static void mark_rest(struct walker *w, size_t from, enum lp_step_outcome word)
{
    for (size_t i = from; i < w->path->step_count; i++) {
        if (w->steps[i].outcome == LP_STEP_USED)
            w->steps[i].outcome = word;
    }
}

static void note_broken(struct walker *w, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        if (w->steps[i].outcome == LP_STEP_BROKEN && !w->path->broke)
            w->path->broke = &w->steps[i];
    }
}

static bool has_undecided(const struct walker *w, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        if (w->steps[i].outcome == LP_STEP_UNDECIDED)
            return true;
    }
    return false;
}

static enum lp_path_outcome give_up(struct walker *w)
{
    note_broken(w, w->path->step_count);
    w->path->stops_at = w->path->broke;
    return has_undecided(w, w->path->step_count) ? LP_UNDECIDED : LP_FAILS;
}

static enum lp_path_outcome walk_sequential(struct walker *w, size_t from)
{
    size_t at = from;
    while (at < w->path->step_count && !w->steps[at].leads_on)
        at++;
    if (at == w->path->step_count)
        return give_up(w);
    mark_rest(w, at + 1, LP_STEP_FOUND_NOT_USED);
    note_broken(w, at);
    return settle(w, at);
}

/* The best SRV that exists is taken and no other tried; host steps only when no SRV
 * exists (dd572514). */
static enum lp_path_outcome walk_ranked(struct walker *w)
{
    size_t n = w->path->step_count, at = 0, hosts = 0;
    while (hosts < n && w->steps[hosts].row->kind == LP_STEP_SRV)
        hosts++;
    while (at < hosts && (w->steps[at].dns != LP_ANSWER || w->steps[at].outcome == LP_STEP_MISSING))
        at++;
    if (at == hosts)
        return walk_sequential(w, hosts);
    mark_rest(w, at + 1, LP_STEP_FOUND_NOT_USED);
    for (size_t i = hosts; i < n; i++) {
        if (w->steps[i].outcome != LP_STEP_MISSING)
            w->steps[i].outcome = LP_STEP_SKIPPED;
    }
    w->path->stops_at = &w->steps[at];
    w->path->giver = &w->steps[at];
    if (w->steps[at].leads_on)
        return LP_SIGNS_IN;
    return has_undecided(w, at + 1) ? LP_UNDECIDED : LP_FAILS;
}

/* No server answered anything: not the deployment's fault, as far as we can know. */
static bool nothing_answered(const struct lp_log *log)
{
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_evidence *e = log->at[i];
        if (lp_dns_of(e) && e->outcome != LP_TIMEOUT && !lp_probe_is_open(e))
            return false;
        if (lp_link_of(e) && lp_link_of(e)->connect == LP_OPEN)
            return false;
    }
    return true;
}

void lp_path_make(const struct lp_survey *survey, const struct lp_client *client,
                  struct lp_path *out)
{
    const struct lp_step *rows = survey->internal ? client->inside : client->outside;
    struct walker w = { .survey = survey, .path = out };
    *out = (struct lp_path){ .client = client };
    while (rows[out->step_count].label)
        out->step_count++;
    w.steps = lp_arena_array(survey->arena, out->step_count, sizeof *w.steps);
    out->steps = w.steps;
    for (size_t i = 0; i < out->step_count; i++)
        lp_step_build(survey, client, &rows[i], &w.steps[i]);
    out->outcome = client->order == LP_ORDER_SRV_RANKED ? walk_ranked(&w) : walk_sequential(&w, 0);
    if (out->outcome == LP_FAILS && nothing_answered(survey->log))
        out->outcome = LP_UNDECIDED;
}
