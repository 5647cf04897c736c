/* prometheus.c - metrics in text format 0.0.4, for the textfile collector (ux.md 2.3) */
#include "lp/prometheus_parts.h"

#include "lp/renderers.h"
#include "lp/text.h"

/* ---- samples ---- */

void lp_sample_label(struct lp_scribe *s, const char *name, struct lp_str value)
{
    lp_buf_printf(s->out, ",%s=", name);
    lp_put_label(s->out, value);
}

/* name{domain="...",walk="..." */
void lp_sample_begin(struct lp_scribe *s)
{
    lp_buf_printf(s->out, "%s{domain=", s->name);
    lp_put_label(s->out, s->j->survey.log->setup.domain);
    lp_sample_label(s, "walk", lp_str_of(lp_summary_view(s->j)));
}

void lp_sample_end(struct lp_scribe *s, double value)
{
    lp_buf_printf(s->out, "} %.15g\n", value);
}

static void end_seconds(struct lp_scribe *s, lp_usec us)
{
    lp_sample_end(s, (double)us / 1e6);
}

static void number(struct lp_scribe *s, double value)
{
    lp_sample_begin(s);
    lp_sample_end(s, value);
}

/* ---- the walk ---- */

static void put_success(struct lp_scribe *s)
{
    number(s, s->j->verdict == LP_VERDICT_OK || s->j->verdict == LP_VERDICT_WARNING);
}

static void put_duration(struct lp_scribe *s)
{
    lp_sample_begin(s);
    end_seconds(s, s->j->survey.log->end.total_us);
}

static void put_timeout(struct lp_scribe *s)
{
    lp_sample_begin(s);
    end_seconds(s, s->j->survey.log->setup.timeout_us);
}

static void put_signs_in(struct lp_scribe *s)
{
    number(s, s->j->survey.main->outcome == LP_SIGNS_IN);
}

static void put_stop(struct lp_scribe *s)
{
    const struct lp_path *path = s->j->survey.main;
    lp_sample_begin(s);
    lp_sample_label(s, "client", lp_str_of(path->client->name));
    lp_sample_label(s, "step", lp_str_of(path->stops_at ? path->stops_at->row->label : "none"));
    lp_sample_label(s, "outcome", lp_str_of(lp_path_word(path->outcome)));
    lp_sample_end(s, 1);
}

static void put_last_run(struct lp_scribe *s)
{
    number(s, (double)s->j->survey.log->setup.clock);
}

/* ---- DNS ---- */

static void begin_dns(struct lp_scribe *s, const struct lp_evidence *e)
{
    char word[12];
    const struct lp_dns_facts *facts = lp_dns_of(e);
    const struct lp_setup *setup = &s->j->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    bool known = facts->server >= 0 && (size_t)facts->server < setup->servers.n;
    lp_sample_begin(s);
    lp_sample_label(s, "name", facts->name);
    lp_sample_label(s, "type", lp_str_of(lp_dns_type_word(facts->type, word)));
    lp_sample_label(s, "server", known ? servers[facts->server].label : LP_STR("none"));
}

/* The random label of the wildcard question would be a new series at every run. */
static bool is_dns(const struct lp_scribe *s, const struct lp_evidence *e)
{
    const struct lp_dns_facts *facts = lp_dns_of(e);
    struct lp_str random = s->j->survey.log->setup.label;
    return facts && !(random.n && lp_str_eq(lp_str_sub(facts->name, 0, random.n), random));
}

/* One sample for each DNS question that value knows a number for. */
static void put_dns(struct lp_scribe *s, bool (*value)(const struct lp_evidence *e, double *out))
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        double number_of = 0;
        if (!is_dns(s, log->at[i]) || !value(log->at[i], &number_of))
            continue;
        begin_dns(s, log->at[i]);
        lp_sample_end(s, number_of);
    }
}

static bool is_answer(const struct lp_evidence *e, double *out)
{
    *out = e->outcome == LP_ANSWER;
    return true;
}

static bool duration_of(const struct lp_evidence *e, double *out)
{
    *out = (double)e->elapsed / 1e6;
    return e->elapsed >= 0;
}

/* Of the answer: the smallest of its records. */
static bool ttl_of(const struct lp_evidence *e, double *out)
{
    const struct lp_dns_facts *facts = lp_dns_of(e);
    const struct lp_rr *rrs = facts->rrs.at;
    bool any = false;
    for (size_t i = 0; i < facts->rrs.n; i++) {
        double ttl = (double)rrs[i].ttl;
        if (!lp_str_eq(rrs[i].section, LP_STR("answer")) || (any && ttl >= *out))
            continue;
        *out = ttl;
        any = true;
    }
    return any;
}

static void put_dns_success(struct lp_scribe *s)
{
    put_dns(s, is_answer);
}

static void put_dns_duration(struct lp_scribe *s)
{
    put_dns(s, duration_of);
}

static void put_dns_ttl(struct lp_scribe *s)
{
    put_dns(s, ttl_of);
}

static void put_earliest(struct lp_scribe *s)
{
    if (s->summary.has_days)
        number(s, (double)s->summary.first_end);
}

/* ---- findings ---- */

static void put_findings(struct lp_scribe *s)
{
    for (size_t level = LP_INFO; level <= LP_CRITICAL; level++) {
        lp_sample_begin(s);
        lp_sample_label(s, "severity", lp_str_of(lp_severity_word((enum lp_severity)level)));
        lp_sample_end(s, (double)s->summary.by_severity[level]);
    }
}

static bool is_repeated(const struct lp_judgement *j, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (j->findings[i].rule == j->findings[at].rule &&
            lp_str_eq(j->findings[i].subject, j->findings[at].subject))
            return true;
    }
    return false;
}

static void put_active(struct lp_scribe *s)
{
    for (size_t i = 0; i < s->j->finding_count; i++) {
        const struct lp_finding *f = &s->j->findings[i];
        if (is_repeated(s->j, i))
            continue;
        lp_sample_begin(s);
        lp_sample_label(s, "id", lp_str_of(f->rule->id));
        lp_sample_label(s, "severity", lp_str_of(lp_severity_word(f->severity)));
        lp_sample_label(s, "subject", f->subject);
        lp_sample_end(s, 1);
    }
}

/* Without a topology nothing is expected: no series. */
static void put_expectations(struct lp_scribe *s)
{
    const struct lp_expect_results *results = &s->j->expectations;
    for (size_t state = 0; results->n && state < LP_LISTED; state++) {
        lp_sample_begin(s);
        lp_sample_label(s, "result", lp_str_of(lp_expect_state_word((enum lp_expect_state)state)));
        lp_sample_end(s, (double)results->count[state]);
    }
}

/* ---- families ---- */

static const struct family {
    const char *name, *help;
    void (*put)(struct lp_scribe *s);
} families[] = {
    { "probe_success", "Whether a user can sign in (verdict ok or warning)", put_success },
    { "probe_duration_seconds", "How long the walk took", put_duration },
    { "probe_timeout_seconds", "Time limit of the walk", put_timeout },
    { "probe_ssl_earliest_cert_expiry", "First end of a server certificate, as UNIX time",
      put_earliest },
    { "lyncprobe_walk_success", "Whether the client reaches a usable endpoint", put_signs_in },
    { "lyncprobe_walk_stop_info", "Step at which the client stops, and how", put_stop },
    { "lyncprobe_walk_duration_seconds", "How long the walk took", put_duration },
    { "lyncprobe_dns_query_success", "Whether the question got an answer with records",
      put_dns_success },
    { "lyncprobe_dns_query_duration_seconds", "Time to the answer, tries included",
      put_dns_duration },
    { "lyncprobe_dns_answer_ttl_seconds", "Smallest TTL of the answer", put_dns_ttl },
    { "lyncprobe_endpoint_success", "Whether the endpoint answers as its service",
      lp_put_endpoint_success },
    { "lyncprobe_endpoint_phase_duration_seconds", "Time of a phase of the connection",
      lp_put_phases },
    { "lyncprobe_cert_not_after_timestamp_seconds",
      "End of a certificate of the chain, whether it verifies or not", lp_put_not_after },
    { "lyncprobe_cert_verified", "Whether the chain verifies; the reason is a label",
      lp_put_verified },
    { "lyncprobe_cert_info", "The server certificate", lp_put_cert_info },
    { "lyncprobe_expectations", "Rows of the topology's tables: met, unmet, undecided",
      put_expectations },
    { "lyncprobe_findings", "Findings of the walk", put_findings },
    { "lyncprobe_finding_active", "One for each finding", put_active },
    { "lyncprobe_last_run_timestamp_seconds", "Start of the walk, as UNIX time", put_last_run },
};

static void put_head(const struct family *f, struct lp_buf *out)
{
    lp_buf_printf(out, "# HELP %s %s.\n# TYPE %s gauge\n", f->name, f->help, f->name);
}

void lp_report_prometheus(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t f = 0; f < LP_COUNT(families); f++) {
        put_head(&families[f], out);
        for (size_t i = 0; i < input->n; i++) {
            struct lp_scribe s = { .j = input->walks[i], .name = families[f].name, .out = out };
            s.summary = lp_summary_of(s.j);
            families[f].put(&s);
        }
    }
}

static bool is_of(const struct family *f, struct lp_str line)
{
    struct lp_str name = lp_str_sub(line, 0, lp_str_find(line, '{'));
    return lp_str_eq(name, lp_str_of(f->name));
}

/* The format wants all samples of a family in one place, behind one HELP and TYPE. */
void lp_merge_prometheus(struct lp_str text, struct lp_buf *out)
{
    for (size_t f = 0; f < LP_COUNT(families); f++) {
        struct lp_str rest = text;
        put_head(&families[f], out);
        while (rest.n) {
            struct lp_str line = lp_str_cut(&rest, '\n');
            if (!is_of(&families[f], line))
                continue;
            lp_buf_str(out, line);
            lp_buf_char(out, '\n');
        }
    }
}
