/* json_steps.c - clients and steps in JSON */
#include "lp/json_parts.h"

void lp_json_clients(struct lp_jw *w, const struct lp_survey *survey)
{
    lp_jw_begin_array(w);
    for (size_t i = 0; i < survey->path_count; i++) {
        const struct lp_path *p = &survey->paths[i];
        lp_jw_begin_object(w);
        lp_jw_key_text(w, "client", p->client->name);
        lp_jw_key_text(w, "outcome", lp_path_word(p->outcome));
        lp_jw_key_text(w, "stops_at", p->stops_at ? p->stops_at->row->label : NULL);
        lp_jw_key_text(w, "broke", p->broke ? p->broke->row->label : NULL);
        lp_jw_key(w, "endpoint");
        lp_json_endpoint(w, survey, p->stops_at);
        lp_jw_key(w, "assumed");
        lp_jw_bool(w, p->stops_at && p->stops_at->assumed);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_targets(struct lp_jw *w, const struct lp_step_result *step)
{
    lp_jw_begin_array(w);
    for (size_t i = 0; i < step->target_count; i++) {
        const struct lp_srv_target *t = &step->targets[i];
        lp_jw_begin_object(w);
        lp_jw_key_str(w, "target", t->rr->name);
        lp_jw_key_int(w, "port", t->rr->port);
        lp_jw_key_int(w, "priority", t->rr->priority);
        lp_jw_key_int(w, "weight", t->rr->weight);
        lp_jw_key(w, "addresses");
        lp_jw_begin_array(w);
        for (size_t k = 0; k < t->places.n; k++)
            lp_json_addr(w, &t->places.at[k].address);
        lp_jw_end_array(w);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_aliases(struct lp_jw *w, const struct lp_step_result *step)
{
    const struct lp_resolved *r = &step->srv;
    if (step->row->kind != LP_STEP_SRV)
        r = step->places.a.hop_count ? &step->places.a : &step->places.aaaa;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < r->hop_count; i++)
        lp_jw_str(w, r->hops[i].target);
    lp_jw_end_array(w);
}

void lp_json_step(struct lp_jw *w, const struct lp_survey *survey,
                  const struct lp_step_result *step, const char *type)
{
    lp_jw_key_text(w, "step", step->row->label);
    lp_jw_key_str(w, "name", step->name);
    lp_jw_key_text(w, type, step->type == LP_DNS_SRV ? "SRV" : "A");
    lp_jw_key_text(w, "outcome", lp_step_word(step->outcome));
    lp_jw_key_text(w, "dns", step->dns == LP_NONE ? "not-tried" : lp_outcome_word(step->dns));
    lp_jw_key(w, "addresses");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < step->places.n; i++)
        lp_json_addr(w, &step->places.at[i].address);
    lp_jw_end_array(w);
    lp_jw_key(w, "aliases");
    put_aliases(w, step);
    lp_jw_key(w, "targets");
    put_targets(w, step);
    lp_jw_key(w, "endpoint");
    lp_json_endpoint(w, survey, step);
    lp_jw_key(w, "source");
    lp_jw_text(w, step->row->source);
}
