/* follow.c - what endpoints of the walk lead on to: the certificate service of a SIP challenge */
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
