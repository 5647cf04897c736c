/* ndjson.c - the report as events, one JSON object a line: for streams and log collectors */
#include "lp/json_parts.h"
#include "lp/renderers.h"
#include "lp/report_order.h"

/* Every line says what it is about: lines of several walks may be mixed, sorted, or picked. */
static void begin(struct lp_jw *w, const struct lp_judgement *j, const char *type)
{
    lp_jw_begin_object(w);
    lp_jw_key_text(w, "type", type);
    lp_jw_key_text(w, "schema", "lyncprobe/event/1");
    lp_jw_key_str(w, "domain", j->survey.log->setup.domain);
    lp_jw_key_text(w, "view", j->survey.internal ? "internal" : "external");
}

/* The next line has a writer of its own. */
static void end(struct lp_jw *w)
{
    struct lp_buf *out = w->out;
    lp_jw_end_object(w);
    lp_buf_char(out, '\n');
    *w = lp_jw_new(out, false);
}

static void put_walk(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_setup *setup = &j->survey.log->setup;
    begin(w, j, "walk");
    lp_jw_key_str(w, "program", setup->program);
    if (setup->unicode.n)
        lp_jw_key_str(w, "unicode", setup->unicode);
    lp_json_walk(w, j);
    lp_jw_key(w, "clients");
    lp_json_clients(w, &j->survey);
    end(w);
}

static void put_steps(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_path *path = j->survey.main;
    for (size_t i = 0; i < path->step_count; i++) {
        begin(w, j, "step");
        lp_json_step(w, &j->survey, &path->steps[i], "rrtype");
        end(w);
    }
}

static void put_endpoints(struct lp_jw *w, const struct lp_judgement *j)
{
    struct lp_ordered links = lp_ordered_links(j->survey.log, j->survey.arena);
    for (size_t i = 0; i < links.n; i++) {
        begin(w, j, "endpoint");
        lp_json_link(w, &j->survey, links.at[i]);
        end(w);
    }
}

static void put_certificates(struct lp_jw *w, const struct lp_judgement *j)
{
    struct lp_ordered certificates = lp_ordered_certificates(j->survey.log, j->survey.arena);
    for (size_t i = 0; i < certificates.n; i++) {
        begin(w, j, "certificate");
        lp_json_certificate(w, certificates.at[i]->facts);
        lp_json_standing(w, &j->survey, certificates.at[i]->facts);
        end(w);
    }
}

static void put_findings(struct lp_jw *w, const struct lp_judgement *j)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        begin(w, j, "finding");
        lp_json_finding(w, j, &j->findings[i]);
        end(w);
    }
}

static void put_expectations(struct lp_jw *w, const struct lp_judgement *j)
{
    for (size_t i = 0; i < j->expectations.n; i++) {
        begin(w, j, "expectation");
        lp_json_expectation(w, j, &j->expectations.at[i]);
        end(w);
    }
}

/* The last line of a walk: what comes after it is another one's. */
static void put_end(struct lp_jw *w, const struct lp_judgement *j)
{
    begin(w, j, "end");
    lp_jw_key_text(w, "verdict", lp_verdict_word(j->verdict));
    lp_jw_key_int(w, "findings", (int64_t)j->finding_count);
    lp_jw_key(w, "expectations");
    if (j->expectations.n) {
        lp_jw_begin_object(w);
        lp_json_counts(w, j);
        lp_jw_end_object(w);
    } else {
        lp_jw_null(w);
    }
    end(w);
}

void lp_report_ndjson(const struct lp_report_input *input, struct lp_buf *out)
{
    static void (*const parts[])(struct lp_jw *, const struct lp_judgement *) = {
        put_walk,     put_steps,        put_endpoints, put_certificates,
        put_findings, put_expectations, put_end,
    };
    struct lp_jw w = lp_jw_new(out, false);
    for (size_t i = 0; i < input->n; i++) {
        for (size_t k = 0; k < LP_COUNT(parts); k++)
            parts[k](&w, input->walks[i]);
    }
}
