/* compare_json.c - the comparison for machines: one object for one pair, an array for several */
#include "lp/compare_render_parts.h"
#include "lp/json_parts.h"

static void put_counts(struct lp_jw *w, const size_t *count)
{
    lp_jw_key(w, "counts");
    lp_jw_begin_object(w);
    for (int i = 0; i < LP_COMPARE_STATES; i++)
        lp_jw_key_int(w, lp_compare_state_word((enum lp_compare_state)i), (int64_t)count[i]);
    lp_jw_end_object(w);
}

/* ---- the two walks ---- */

static void put_walk(struct lp_jw *w, const struct lp_compared *c, size_t side)
{
    const struct lp_judgement *j = c->walk[side];
    lp_jw_begin_object(w);
    lp_jw_key_str(w, "label", c->label[side]);
    lp_jw_key_text(w, "view", j->survey.internal ? "internal" : "external");
    lp_json_walk(w, j);
    lp_jw_end_object(w);
}

/* ---- the items ---- */

static void put_records(struct lp_jw *w, const struct lp_resolved *srv)
{
    lp_jw_key(w, "targets");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < srv->record_count; i++) {
        lp_jw_begin_object(w);
        lp_jw_key_str(w, "target", srv->records[i]->name);
        lp_jw_key_int(w, "port", srv->records[i]->port);
        lp_jw_key_int(w, "priority", srv->records[i]->priority);
        lp_jw_key_int(w, "weight", srv->records[i]->weight);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_name(struct lp_jw *w, const struct lp_compared_side *side)
{
    bool srv = side->srv.name.n > 0;
    enum lp_outcome outcome = srv ? side->srv.outcome : side->places.outcome;
    lp_jw_key_text(w, "dns", outcome == LP_NONE ? "not-tried" : lp_outcome_word(outcome));
    lp_jw_key(w, "addresses");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < side->places.n; i++)
        lp_json_addr(w, &side->places.at[i].address);
    lp_jw_end_array(w);
    put_records(w, &side->srv);
}

static void put_status(struct lp_jw *w, const struct lp_evidence *e)
{
    int64_t status = lp_compare_status(e);
    lp_jw_key(w, "status");
    if (status > 0)
        lp_jw_int(w, status);
    else
        lp_jw_null(w);
}

static void put_endpoint(struct lp_jw *w, const struct lp_compared_side *side)
{
    const struct lp_evidence *const *at = side->links.at;
    lp_jw_key(w, "endpoints");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < side->links.n; i++) {
        const struct lp_link *link = lp_link_of(at[i]);
        lp_jw_begin_object(w);
        lp_jw_key_int(w, "evidence", at[i]->id);
        lp_jw_key(w, "address");
        lp_json_addr(w, &link->address);
        lp_jw_key_text(w, "probe", at[i]->shape->name);
        lp_jw_key_text(w, "connect",
                       link->connect == LP_NONE ? "not-tried" : lp_outcome_word(link->connect));
        lp_jw_key_text(w, "tls", link->tls == LP_NONE ? NULL : lp_outcome_word(link->tls));
        lp_jw_key_str(w, "protocol", link->protocol);
        lp_jw_key_text(w, "outcome", lp_outcome_word(at[i]->outcome));
        put_status(w, at[i]);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_leaves(struct lp_jw *w, const struct lp_compared_side *side)
{
    const struct lp_certificate *const *at = side->leaves.at;
    lp_jw_key(w, "certificates");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < side->leaves.n; i++) {
        lp_jw_begin_object(w);
        lp_json_certificate(w, at[i]);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_finding(struct lp_jw *w, const struct lp_compared_side *side)
{
    lp_jw_key_text(w, "severity", lp_severity_word(side->finding->severity));
    lp_jw_key_str(w, "expected", side->finding->expected);
    lp_jw_key_str(w, "observed", side->finding->observed);
}

static void put_client(struct lp_jw *w, const struct lp_compared_side *side)
{
    const struct lp_step_result *at = side->path->stops_at;
    lp_jw_key_text(w, "outcome", lp_path_word(side->path->outcome));
    lp_jw_key_text(w, "stops_at", at ? at->row->label : NULL);
}

/* null: it was not asked there; a finding: it is not there. */
static void put_side(struct lp_jw *w, const struct lp_compared_item *item, size_t side)
{
    static void (*const kinds[])(struct lp_jw *, const struct lp_compared_side *) = {
        [LP_COMPARE_CLIENT] = put_client,     [LP_COMPARE_NAME] = put_name,
        [LP_COMPARE_ENDPOINT] = put_endpoint, [LP_COMPARE_CERT] = put_leaves,
        [LP_COMPARE_FINDING] = put_finding,
    };
    if (!item->side[side].seen) {
        lp_jw_null(w);
        return;
    }
    lp_jw_begin_object(w);
    kinds[item->kind](w, &item->side[side]);
    lp_jw_end_object(w);
}

/* What tells it from the others of its kind. */
static void put_identity(struct lp_jw *w, const struct lp_compared_item *item)
{
    static const char *const keys[] = { "client", "name", "host", "host", "subject" };
    const struct lp_finding *f = lp_compared_finding(item);
    const struct lp_list *links = &item->side[item->side[0].links.n ? 0 : 1].links;
    if (f)
        lp_jw_key_text(w, "id", f->rule->id);
    lp_jw_key_str(w, keys[item->kind], item->key);
    if (item->kind == LP_COMPARE_NAME)
        lp_jw_key_text(w, "type", item->type == LP_DNS_SRV ? "SRV" : "A");
    if (item->kind == LP_COMPARE_ENDPOINT || item->kind == LP_COMPARE_CERT)
        lp_jw_key_int(w, "port", item->port);
    if (item->kind == LP_COMPARE_ENDPOINT) {
        const struct lp_evidence *e = *(const struct lp_evidence *const *)links->at;
        lp_jw_key_text(w, "probe", e->shape->name);
        lp_jw_key_str(w, "url", lp_http_of(e) ? lp_http_of(e)->url : LP_STR_NONE);
    }
}

static void put_item(struct lp_jw *w, const struct lp_compared *c,
                     const struct lp_compared_item *item)
{
    bool broken = item->state == LP_COMPARE_BROKEN || item->state == LP_COMPARE_MENDED;
    lp_jw_begin_object(w);
    lp_jw_key_text(w, "kind", lp_compare_kind_word(item->kind));
    lp_jw_key_text(w, "state", lp_compare_state_word(item->state));
    put_identity(w, item);
    lp_jw_key_str(w, "fails", broken ? c->label[item->broken] : LP_STR_NONE);
    lp_jw_key_text(w, "why", item->why);
    lp_jw_key_str(w, "topology",
                  item->rule ? lp_compare_say_place(c, item, c->walk[0]->survey.arena)
                             : LP_STR_NONE);
    lp_jw_key(w, "sides");
    lp_jw_begin_array(w);
    put_side(w, item, 0);
    put_side(w, item, 1);
    lp_jw_end_array(w);
    lp_jw_end_object(w);
}

static void put_pair(struct lp_jw *w, const struct lp_compared *c)
{
    lp_jw_begin_object(w);
    lp_jw_key_text(w, "schema", "lyncprobe/compare/1");
    lp_jw_key_str(w, "domain", c->walk[0]->survey.log->setup.domain);
    lp_jw_key_text(w, "relation", lp_compare_relation_word(c->relation));
    lp_jw_key_text(w, "verdict", lp_verdict_word(c->verdict));
    lp_jw_key_str(w, "sentence", c->sentence);
    put_counts(w, c->total);
    lp_jw_key(w, "walks");
    lp_jw_begin_array(w);
    put_walk(w, c, 0);
    put_walk(w, c, 1);
    lp_jw_end_array(w);
    lp_jw_key(w, "items");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < c->n; i++)
        put_item(w, c, &c->items[i]);
    lp_jw_end_array(w);
    lp_jw_end_object(w);
}

void lp_compare_json(const struct lp_compare_input *input, struct lp_buf *out)
{
    lp_buf_text(out, input->n == 1 ? "" : "[\n");
    for (size_t i = 0; i < input->n; i++) {
        struct lp_jw w = lp_jw_new(out, true);
        lp_buf_text(out, i ? ",\n" : "");
        put_pair(&w, &input->at[i]);
        lp_buf_char(out, '\n');
    }
    lp_buf_text(out, input->n == 1 ? "" : "]\n");
}
