/* json.c - the machine format: one object for one domain, an array for several (DESIGN 5) */
#include "lp/json_parts.h"
#include "lp/renderers.h"
#include "lp/report_order.h"

static void put_head(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    lp_jw_key_text(w, "schema", "lyncprobe/report/1");
    lp_jw_key_str(w, "program", setup->program);
    lp_jw_key_str(w, "domain", setup->domain);
    if (setup->unicode.n)
        lp_jw_key_str(w, "unicode", setup->unicode);
    lp_jw_key_text(w, "view", j->survey.internal ? "internal" : "external");
    lp_json_walk(w, j);
}

static void put_steps(struct lp_jw *w, const struct lp_survey *survey)
{
    lp_jw_key(w, "steps");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < survey->main->step_count; i++) {
        lp_jw_begin_object(w);
        lp_json_step(w, survey, &survey->main->steps[i], "type");
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_endpoints(struct lp_jw *w, const struct lp_survey *survey)
{
    struct lp_ordered links = lp_ordered_links(survey->log, survey->arena);
    lp_jw_key(w, "endpoints");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < links.n; i++) {
        lp_jw_begin_object(w);
        lp_json_link(w, survey, links.at[i]);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_certificates(struct lp_jw *w, const struct lp_survey *survey)
{
    struct lp_ordered certificates = lp_ordered_certificates(survey->log, survey->arena);
    lp_jw_key(w, "certificates");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < certificates.n; i++) {
        lp_jw_begin_object(w);
        lp_json_certificate(w, certificates.at[i]->facts);
        lp_json_standing(w, survey, certificates.at[i]->facts);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_findings(struct lp_jw *w, const struct lp_judgement *j)
{
    lp_jw_key(w, "findings");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < j->finding_count; i++) {
        lp_jw_begin_object(w);
        lp_json_finding(w, j, &j->findings[i]);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

static void put_walk(struct lp_jw *w, const struct lp_judgement *j)
{
    lp_jw_begin_object(w);
    put_head(w, j);
    lp_jw_key(w, "clients");
    lp_json_clients(w, &j->survey);
    put_steps(w, &j->survey);
    put_endpoints(w, &j->survey);
    put_certificates(w, &j->survey);
    put_findings(w, j);
    if (j->expectations.n)
        lp_json_expectations(w, j);
    lp_jw_end_object(w);
}

/* Objects of an array stand as they would alone: a run writes them one by one. */
void lp_report_json(const struct lp_report_input *input, struct lp_buf *out)
{
    if (input->n != 1)
        lp_buf_text(out, "[\n");
    for (size_t i = 0; i < input->n; i++) {
        struct lp_jw w = lp_jw_new(out, true);
        lp_buf_text(out, i ? ",\n" : "");
        put_walk(&w, input->walks[i]);
        lp_buf_char(out, '\n');
    }
    if (input->n != 1)
        lp_buf_text(out, "]\n");
}
