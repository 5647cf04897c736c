/* prometheus.c - metrics in text format 0.0.4, for the textfile collector (ux.md 2.3) */
#include "lp/renderers.h"
#include "lp/roles.h"
#include "lp/say.h"
#include "lp/summary.h"
#include "lp/text.h"

/* One walk, and where its samples go. */
struct scribe {
    const struct lp_judgement *j;
    struct lp_summary summary;
    const char *name; /* of the family */
    struct lp_buf *out;
};

/* ---- samples ---- */

static void label(struct scribe *s, const char *name, struct lp_str value)
{
    lp_buf_printf(s->out, ",%s=", name);
    lp_put_label(s->out, value);
}

/* name{domain="...",walk="..." */
static void begin(struct scribe *s)
{
    lp_buf_printf(s->out, "%s{domain=", s->name);
    lp_put_label(s->out, s->j->survey.log->setup.domain);
    label(s, "walk", lp_str_of(lp_summary_view(s->j)));
}

static void end_number(struct scribe *s, double value)
{
    lp_buf_printf(s->out, "} %.15g\n", value);
}

static void end_seconds(struct scribe *s, lp_usec us)
{
    end_number(s, (double)us / 1e6);
}

static void number(struct scribe *s, double value)
{
    begin(s);
    end_number(s, value);
}

/* ---- the walk ---- */

static void put_success(struct scribe *s)
{
    number(s, s->j->verdict == LP_VERDICT_OK || s->j->verdict == LP_VERDICT_WARNING);
}

static void put_duration(struct scribe *s)
{
    begin(s);
    end_seconds(s, s->j->survey.log->end.total_us);
}

static void put_timeout(struct scribe *s)
{
    begin(s);
    end_seconds(s, s->j->survey.log->setup.timeout_us);
}

static void put_signs_in(struct scribe *s)
{
    number(s, s->j->survey.main->outcome == LP_SIGNS_IN);
}

static void put_stop(struct scribe *s)
{
    const struct lp_path *path = s->j->survey.main;
    begin(s);
    label(s, "client", lp_str_of(path->client->name));
    label(s, "step", lp_str_of(path->stops_at ? path->stops_at->row->label : "none"));
    label(s, "outcome", lp_str_of(lp_path_word(path->outcome)));
    end_number(s, 1);
}

static void put_last_run(struct scribe *s)
{
    number(s, (double)s->j->survey.log->setup.clock);
}

/* ---- DNS ---- */

static void begin_dns(struct scribe *s, const struct lp_evidence *e)
{
    char word[12];
    const struct lp_dns_facts *facts = lp_dns_of(e);
    const struct lp_setup *setup = &s->j->survey.log->setup;
    const struct lp_server *servers = setup->servers.at;
    bool known = facts->server >= 0 && (size_t)facts->server < setup->servers.n;
    begin(s);
    label(s, "name", facts->name);
    label(s, "type", lp_str_of(lp_dns_type_word(facts->type, word)));
    label(s, "server", known ? servers[facts->server].label : LP_STR("none"));
}

/* The random label of the wildcard question would be a new series at every run. */
static bool is_dns(const struct scribe *s, const struct lp_evidence *e)
{
    const struct lp_dns_facts *facts = lp_dns_of(e);
    struct lp_str random = s->j->survey.log->setup.label;
    return facts && !(random.n && lp_str_eq(lp_str_sub(facts->name, 0, random.n), random));
}

static void put_dns_success(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!is_dns(s, log->at[i]))
            continue;
        begin_dns(s, log->at[i]);
        end_number(s, log->at[i]->outcome == LP_ANSWER);
    }
}

static void put_dns_duration(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!is_dns(s, log->at[i]) || log->at[i]->elapsed < 0)
            continue;
        begin_dns(s, log->at[i]);
        end_seconds(s, log->at[i]->elapsed);
    }
}

/* Of the answer: the smallest of its records. */
static int64_t ttl_of(const struct lp_dns_facts *facts)
{
    const struct lp_rr *rrs = facts->rrs.at;
    int64_t ttl = -1;
    for (size_t i = 0; i < facts->rrs.n; i++) {
        if (lp_str_eq(rrs[i].section, LP_STR("answer")) && (ttl < 0 || rrs[i].ttl < ttl))
            ttl = rrs[i].ttl;
    }
    return ttl;
}

static void put_dns_ttl(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!is_dns(s, log->at[i]) || ttl_of(lp_dns_of(log->at[i])) < 0)
            continue;
        begin_dns(s, log->at[i]);
        end_number(s, (double)ttl_of(lp_dns_of(log->at[i])));
    }
}

/* ---- endpoints: several requests to one host, address and port are one ---- */

static bool is_same(const struct lp_evidence *a, const struct lp_evidence *b)
{
    const struct lp_link *x = lp_link_of(a), *y = lp_link_of(b);
    return x && y && x->port == y->port && lp_addr_eq(&x->address, &y->address) &&
           lp_str_eq_nocase(x->host, y->host);
}

/* The link of an endpoint that was not there before; NULL: none, or a further request to it. */
static const struct lp_link *first_link(const struct lp_log *log, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (is_same(log->at[i], log->at[at]))
            return NULL;
    }
    return lp_link_of(log->at[at]);
}

static bool is_well(const struct scribe *s, size_t at)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = at; i < log->n; i++) {
        if (is_same(log->at[i], log->at[at]) && !lp_summary_is_well(s->j, log->at[i]))
            return false;
    }
    return true;
}

static void begin_endpoint(struct scribe *s, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    struct lp_arena *arena = s->j->survey.arena;
    begin(s);
    label(s, "host", link->host);
    label(s, "ip", lp_say_address(arena, &link->address));
    label(s, "port", lp_arena_printf(arena, "%lld", (long long)link->port));
}

static void put_endpoint_success(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!first_link(log, i))
            continue;
        begin_endpoint(s, log->at[i]);
        label(s, "role", lp_str_of(lp_role_of(&s->j->survey, log->at[i])));
        end_number(s, is_well(s, i));
    }
}

static void put_phases(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        if (!link)
            continue;
        const struct {
            const char *phase;
            lp_usec us;
        } phases[] = { { "connect", link->connect_us }, { "tls", link->tls_us } };
        for (size_t k = 0; k < LP_COUNT(phases); k++) {
            if (phases[k].us < 0)
                continue;
            begin_endpoint(s, log->at[i]);
            label(s, "phase", lp_str_of(phases[k].phase));
            end_seconds(s, phases[k].us);
        }
    }
}

/* ---- certificates, whether or not they verify ---- */

static void put_not_after(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        const struct lp_str *chain = link ? link->chain.at : NULL;
        for (size_t depth = 0; link && depth < link->chain.n; depth++) {
            const struct lp_certificate *c = lp_log_certificate(log, chain[depth]);
            if (!c || c->not_after == LP_UTC_NONE)
                continue;
            begin_endpoint(s, log->at[i]);
            label(s, "depth", lp_arena_printf(s->j->survey.arena, "%zu", depth));
            end_number(s, (double)c->not_after);
        }
    }
}

/* The public store counts outside, the private one, where given, inside. */
static const struct lp_verify *verify_of(const struct scribe *s, const struct lp_link *link)
{
    bool private = s->j->survey.internal && link->private_store.done;
    return private ? &link->private_store : &link->public_store;
}

static void put_verified(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        if (!link || !verify_of(s, link)->done)
            continue;
        const struct lp_verify *v = verify_of(s, link);
        begin_endpoint(s, log->at[i]);
        label(s, "reason", v->code ? v->text : LP_STR("ok"));
        end_number(s, v->code == 0);
    }
}

static void put_cert_info(struct scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        const struct lp_certificate *leaf = link ? lp_log_leaf(log, link) : NULL;
        if (!leaf)
            continue;
        begin_endpoint(s, log->at[i]);
        label(s, "fingerprint_sha256", leaf->sha256);
        label(s, "subject", lp_str_sub(leaf->subject, 0, 200));
        label(s, "issuer", lp_str_sub(leaf->issuer, 0, 200));
        label(s, "protocol", link->protocol);
        end_number(s, 1);
    }
}

static void put_earliest(struct scribe *s)
{
    if (s->summary.has_days)
        number(s, (double)s->summary.first_end);
}

/* ---- findings ---- */

static void put_findings(struct scribe *s)
{
    for (size_t level = LP_INFO; level <= LP_CRITICAL; level++) {
        begin(s);
        label(s, "severity", lp_str_of(lp_severity_word((enum lp_severity)level)));
        end_number(s, (double)s->summary.by_severity[level]);
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

static void put_active(struct scribe *s)
{
    for (size_t i = 0; i < s->j->finding_count; i++) {
        const struct lp_finding *f = &s->j->findings[i];
        if (is_repeated(s->j, i))
            continue;
        begin(s);
        label(s, "id", lp_str_of(f->rule->id));
        label(s, "severity", lp_str_of(lp_severity_word(f->severity)));
        label(s, "subject", f->subject);
        end_number(s, 1);
    }
}

/* Without a topology nothing is expected: no series. */
static void put_expectations(struct scribe *s)
{
    const struct lp_expect_results *results = &s->j->expectations;
    for (size_t state = 0; results->n && state < LP_LISTED; state++) {
        begin(s);
        label(s, "result", lp_str_of(lp_expect_state_word((enum lp_expect_state)state)));
        end_number(s, (double)results->count[state]);
    }
}

/* ---- families ---- */

static const struct family {
    const char *name, *help;
    void (*put)(struct scribe *s);
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
      put_endpoint_success },
    { "lyncprobe_endpoint_phase_duration_seconds", "Time of a phase of the connection",
      put_phases },
    { "lyncprobe_cert_not_after_timestamp_seconds",
      "End of a certificate of the chain, whether it verifies or not", put_not_after },
    { "lyncprobe_cert_verified", "Whether the chain verifies; the reason is a label",
      put_verified },
    { "lyncprobe_cert_info", "The server certificate", put_cert_info },
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
            struct scribe s = { .j = input->walks[i], .name = families[f].name, .out = out };
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
