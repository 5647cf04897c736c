/* follow.c - what endpoints of the walk lead on to: the certificate service of a SIP challenge, a
 * second handshake without SNI */
#include "lp/plan_parts.h"

bool lp_sts_of(const struct lp_evidence *e, struct lp_arena *arena, struct lp_url *to)
{
    if (e->shape != &lp_probe_sip.shape || e->outcome != LP_OK)
        return false;
    const struct lp_sip_facts *facts = e->facts;
    return facts->sts_uri.n && lp_url_parse(arena, NULL, facts->sts_uri, to);
}

void lp_follow_sts(struct lp_planner *p)
{
    const struct lp_probe *web = lp_probe_by_name(LP_STR("web"));
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        struct lp_url to;
        if (!lp_sts_of(e, p->arena, &to))
            continue;
        lp_want_spot(p, &(struct lp_spot){ .probe = web,
                                           .host = to.host,
                                           .port = to.port,
                                           .url = to.text,
                                           .parent = e->id,
                                           .plain = !to.https,
                                           .from_network = true });
    }
}

/* ---- without SNI ---- */

static void want_without_sni(struct lp_planner *p, const struct lp_evidence *e)
{
    const struct lp_link *link = e ? lp_link_of(e) : NULL;
    if (!link || link->tls != LP_OK)
        return;
    struct lp_spot spot = { .probe = lp_probe_by_name(LP_STR("tls-nosni")),
                            .host = link->host,
                            .port = link->port,
                            .parent = e->id,
                            .from_network = true };
    int64_t connect_port = link->connect_port == link->port ? 0 : link->connect_port;
    lp_want_probe(p, &spot, &(struct lp_place){ link->address, connect_port, link->overridden, 0 });
}

static bool is_asked(const struct lp_planner *p)
{
    const struct lp_shape *shape = &lp_probe_by_name(LP_STR("tls-nosni"))->shape;
    for (size_t i = 0; i < p->log->n; i++) {
        if (p->log->at[i]->shape == shape)
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

/* Can no step that is still open come before the one that gives the endpoint? */
static bool is_settled(const struct lp_path *path)
{
    for (const struct lp_step_result *s = path->steps; path->giver && s < path->giver; s++) {
        if (s->outcome == LP_STEP_UNDECIDED)
            return false;
    }
    return path->giver && path->outcome == LP_SIGNS_IN;
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

void lp_follow_sni(struct lp_planner *p, bool quiet)
{
    struct lp_survey survey;
    if (!quiet && (is_asked(p) || !has_sip(p) || lp_view_may_change(p->log, p->arena)))
        return;
    lp_survey_make(p->log, p->arena, &survey);
    const struct lp_path *path = survey.main;
    if (!quiet && !is_settled(path))
        return;
    if (path->giver)
        want_without_sni(p, path->giver->endpoint);
    if (path->stops_at && path->stops_at->row->kind == LP_STEP_AUTODISCOVER)
        want_without_sni(p, web_host(path->stops_at));
}
