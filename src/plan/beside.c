/* beside.c - probes that are asked beside endpoints that have answered: each says by itself where
 */
#include "lp/plan_parts.h"
#include "lp/steps.h"

static void want_there(struct lp_planner *p, const struct lp_probe *probe,
                       const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    /* The guard has let the endpoint pass, wherever its name and port came from. */
    struct lp_spot spot = { .probe = probe,
                            .host = link->host,
                            .port = link->port,
                            .parent = e->id,
                            .plain = link->plain };
    int64_t connect_port = link->connect_port == link->port ? 0 : link->connect_port;
    lp_want_probe(p, &spot, &(struct lp_place){ link->address, connect_port, link->overridden, 0 });
}

/* ---- where the deciding client signs in ---- */

static bool is_asked(const struct lp_planner *p, const struct lp_probe *probe)
{
    for (size_t i = 0; i < p->log->n; i++) {
        if (p->log->at[i]->shape == &probe->shape)
            return true;
    }
    return false;
}

static bool has_sip(const struct lp_planner *p)
{
    for (size_t i = 0; i < p->log->n; i++) {
        if (p->log->at[i]->shape == &lp_probe_sip.shape && p->log->at[i]->outcome == LP_OK)
            return true;
    }
    return false;
}

/* The Autodiscover host itself over https: phones come to it first. */
static const struct lp_evidence *web_host(const struct lp_step_result *step)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_evidence *e = step->candidates[i].probe;
        if (e && lp_link_of(e)->tls == LP_OK)
            return e;
    }
    return NULL;
}

/* Are addresses of the step's hosts still to come? */
static bool has_open_name(const struct lp_step_result *step)
{
    bool open = step->places.next.p != NULL;
    for (size_t i = 0; i < step->target_count; i++)
        open |= step->targets[i].places.next.p != NULL;
    return open;
}

/* Can nothing that is still open come before this endpoint of the step? Which of two addresses
 * answers first is chance, and no matter to the client. */
static bool is_first(const struct lp_step_result *step, const struct lp_evidence *e)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_candidate *c = &step->candidates[i];
        if (c->probe == e)
            break;
        if (!c->probe && (c->address.family || lp_outcome_is_open(c->lookup)))
            return false;
    }
    return !has_open_name(step);
}

static bool is_settled(const struct lp_path *path)
{
    for (const struct lp_step_result *s = path->steps; path->giver && s < path->giver; s++) {
        if (s->outcome == LP_STEP_UNDECIDED)
            return false;
    }
    if (!path->giver || path->outcome != LP_SIGNS_IN ||
        !is_first(path->giver, path->giver->endpoint))
        return false;
    const struct lp_step_result *web = path->stops_at;
    return web->row->kind != LP_STEP_AUTODISCOVER || is_first(web, web_host(web));
}

static void beside_sign_in(struct lp_planner *p, const struct lp_probe *probe, bool quiet)
{
    struct lp_survey survey;
    if (!quiet && (is_asked(p, probe) || !has_sip(p) || lp_view_may_change(p->log, p->arena)))
        return;
    lp_survey_make(p->log, p->arena, &survey);
    const struct lp_path *path = survey.main;
    if (!quiet && !is_settled(path))
        return;
    const struct lp_evidence *at[2] = { NULL, NULL };
    if (path->giver)
        at[0] = path->giver->endpoint;
    if (path->stops_at && path->stops_at->row->kind == LP_STEP_AUTODISCOVER)
        at[1] = web_host(path->stops_at);
    for (size_t i = 0; i < LP_COUNT(at); i++) {
        if (at[i] && lp_link_of(at[i])->tls == LP_OK)
            want_there(p, probe, at[i]);
    }
}

/* ---- beside each of a kind ---- */

/* Several names may lead to one place. */
static struct lp_str place_of(struct lp_planner *p, const struct lp_link *link)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&link->address, address, sizeof address);
    return lp_arena_printf(p->arena, "%s %lld %lld", address, (long long)link->port,
                           (long long)link->connect_port);
}

static bool has_tls(const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    return link->tls == LP_OK && !link->plain; /* not behind a STARTTLS */
}

static bool speaks_sip(const struct lp_evidence *e)
{
    return e->shape == &lp_probe_sip.shape && e->outcome == LP_OK;
}

static void beside_each(struct lp_planner *p, const struct lp_probe *probe,
                        bool (*is_such)(const struct lp_evidence *))
{
    struct lp_keyset places = { .arena = p->arena };
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        if (lp_link_of(e) && is_such(e) && !lp_is_beside(e) &&
            (probe->on_request || lp_keyset_has(&p->walked, e->key)) &&
            lp_keyset_add(&places, place_of(p, lp_link_of(e))))
            want_there(p, probe, e);
    }
}

static void beside_tls(struct lp_planner *p, const struct lp_probe *probe, bool quiet)
{
    (void)quiet;
    beside_each(p, probe, has_tls);
}

static void beside_sip(struct lp_planner *p, const struct lp_probe *probe, bool quiet)
{
    (void)quiet;
    beside_each(p, probe, speaks_sip);
}

void lp_want_beside(struct lp_planner *p, bool quiet)
{
    static void (*const want[])(struct lp_planner *, const struct lp_probe *, bool) = {
        [LP_BESIDE_NONE] = NULL,
        [LP_BESIDE_SIGN_IN] = beside_sign_in,
        [LP_BESIDE_TLS] = beside_tls,
        [LP_BESIDE_SIP] = beside_sip,
    };
    for (size_t i = 0; lp_probes[i]; i++) {
        const struct lp_probe *probe = lp_probes[i];
        if (want[probe->beside] && (!probe->on_request || p->log->setup.deep))
            want[probe->beside](p, probe, quiet);
    }
}
