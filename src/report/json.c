/* json.c - the machine format: one object for one domain, an array for several (DESIGN 5) */
#include "lp/json_parts.h"
#include "lp/probe.h"
#include "lp/renderers.h"
#include "lp/report.h"
#include "lp/report_order.h"
#include "lp/roles.h"
#include "lp/steps.h"

static void put_addr(struct lp_jw *w, const struct lp_addr *a)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(a, text, sizeof text);
    lp_jw_text(w, a->family ? text : NULL);
}

static void put_utc(struct lp_jw *w, lp_utc t)
{
    char text[24];
    lp_format_utc(t, text, sizeof text);
    lp_jw_text(w, t == LP_UTC_NONE ? NULL : text);
}

static void put_strs(struct lp_jw *w, const struct lp_list *list)
{
    const struct lp_str *at = list->at;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < list->n; i++)
        lp_jw_str(w, at[i]);
    lp_jw_end_array(w);
}

static void key_str(struct lp_jw *w, const char *key, struct lp_str s)
{
    lp_jw_key(w, key);
    lp_jw_str(w, s);
}

static void key_text(struct lp_jw *w, const char *key, const char *text)
{
    lp_jw_key(w, key);
    lp_jw_text(w, text);
}

static void key_int(struct lp_jw *w, const char *key, int64_t value)
{
    lp_jw_key(w, key);
    lp_jw_int(w, value);
}

/* "host:port" of what a step leads to; null when there is none. */
static void put_endpoint(struct lp_jw *w, const struct lp_survey *survey,
                         const struct lp_step_result *step)
{
    if (!step || !step->endpoint_host.n) {
        lp_jw_null(w);
        return;
    }
    struct lp_str parts[] = {
        step->endpoint_host, lp_arena_printf(survey->arena, ":%lld", (long long)step->endpoint_port)
    };
    lp_jw_str(w, lp_arena_join(survey->arena, parts, LP_COUNT(parts)));
}

static void put_clients(struct lp_jw *w, const struct lp_survey *survey)
{
    lp_jw_begin_array(w);
    for (size_t i = 0; i < survey->path_count; i++) {
        const struct lp_path *p = &survey->paths[i];
        lp_jw_begin_object(w);
        key_text(w, "client", p->client->name);
        key_text(w, "outcome", lp_path_word(p->outcome));
        key_text(w, "stops_at", p->stops_at ? p->stops_at->row->label : NULL);
        key_text(w, "broke", p->broke ? p->broke->row->label : NULL);
        lp_jw_key(w, "endpoint");
        put_endpoint(w, survey, p->stops_at);
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
        key_str(w, "target", t->rr->name);
        key_int(w, "port", t->rr->port);
        key_int(w, "priority", t->rr->priority);
        key_int(w, "weight", t->rr->weight);
        lp_jw_key(w, "addresses");
        lp_jw_begin_array(w);
        for (size_t k = 0; k < t->places.n; k++)
            put_addr(w, &t->places.at[k].address);
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

static void put_step(struct lp_jw *w, const struct lp_survey *survey,
                     const struct lp_step_result *step)
{
    lp_jw_begin_object(w);
    key_text(w, "step", step->row->label);
    key_str(w, "name", step->name);
    key_text(w, "type", step->type == LP_DNS_SRV ? "SRV" : "A");
    key_text(w, "outcome", lp_step_word(step->outcome));
    key_text(w, "dns", step->dns == LP_NONE ? "not-tried" : lp_outcome_word(step->dns));
    lp_jw_key(w, "addresses");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < step->places.n; i++)
        put_addr(w, &step->places.at[i].address);
    lp_jw_end_array(w);
    lp_jw_key(w, "aliases");
    put_aliases(w, step);
    lp_jw_key(w, "targets");
    put_targets(w, step);
    lp_jw_key(w, "endpoint");
    put_endpoint(w, survey, step);
    lp_jw_key(w, "source");
    lp_jw_text(w, step->row->source);
    lp_jw_end_object(w);
}

static void put_verify(struct lp_jw *w, const char *key, const struct lp_verify *v)
{
    lp_jw_key(w, key);
    if (!v->done)
        lp_jw_null(w);
    else
        lp_jw_str(w, v->code == 0 ? LP_STR("ok") : v->text);
}

static void put_times(struct lp_jw *w, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    const struct lp_http *http = lp_http_of(e);
    const struct lp_sip_facts *sip = e->shape == &lp_probe_sip.shape ? e->facts : NULL;
    lp_jw_key(w, "times");
    lp_jw_begin_object(w);
    lp_jw_key(w, "connect");
    lp_jw_seconds(w, link->connect_us);
    lp_jw_key(w, "tls");
    lp_jw_seconds(w, link->tls_us);
    if (http || sip) {
        lp_jw_key(w, "first_byte");
        lp_jw_seconds(w, http ? http->first_byte_us : sip->answer_us > 0 ? sip->answer_us : -1);
    }
    lp_jw_key(w, "total");
    lp_jw_seconds(w, e->elapsed);
    lp_jw_end_object(w);
}

/* null when no status line was read. */
static void key_status(struct lp_jw *w, int64_t status)
{
    lp_jw_key(w, "status");
    if (status > 0)
        lp_jw_int(w, status);
    else
        lp_jw_null(w);
}

static void put_speech(struct lp_jw *w, const struct lp_evidence *e)
{
    const struct lp_http *http = lp_http_of(e);
    key_text(w, "probe", e->shape->name);
    if (http) {
        key_str(w, "url", http->url);
        key_status(w, http->status);
    } else if (e->shape == &lp_probe_sip.shape) {
        const struct lp_sip_facts *sip = e->facts;
        key_status(w, sip->status);
        key_str(w, "server", sip->server);
    }
    key_text(w, "outcome", lp_outcome_word(e->outcome));
}

static void put_link(struct lp_jw *w, const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    const struct lp_str *chain = link->chain.at;
    lp_jw_begin_object(w);
    key_int(w, "evidence", e->id);
    key_str(w, "host", link->host);
    lp_jw_key(w, "address");
    put_addr(w, &link->address);
    key_int(w, "port", link->port);
    key_text(w, "role", lp_role_of(survey, e));
    put_speech(w, e);
    key_text(w, "connect", link->connect == LP_NONE ? "not-tried" : lp_outcome_word(link->connect));
    key_text(w, "tls", link->tls == LP_NONE ? NULL : lp_outcome_word(link->tls));
    key_str(w, "protocol", link->protocol);
    key_str(w, "cipher", link->cipher);
    key_str(w, "certificate", link->chain.n ? chain[0] : LP_STR_NONE);
    put_verify(w, "private_store", &link->private_store);
    put_verify(w, "public_store", &link->public_store);
    put_times(w, e);
    lp_jw_end_object(w);
}

static void put_certificate(struct lp_jw *w, const struct lp_certificate *c)
{
    lp_jw_begin_object(w);
    key_str(w, "sha256", c->sha256);
    key_str(w, "subject", c->subject);
    lp_jw_key(w, "san");
    put_strs(w, &c->san);
    key_str(w, "issuer", c->issuer);
    lp_jw_key(w, "not_before");
    put_utc(w, c->not_before);
    lp_jw_key(w, "not_after");
    put_utc(w, c->not_after);
    lp_jw_key(w, "eku");
    put_strs(w, &c->eku);
    key_str(w, "key", c->key_type);
    key_int(w, "bits", c->key_bits);
    key_str(w, "signature", c->signature);
    lp_jw_key(w, "ca");
    lp_jw_bool(w, c->is_ca);
    lp_jw_end_object(w);
}

static void put_cause(struct lp_jw *w, const struct lp_judgement *j, const struct lp_finding *f)
{
    lp_jw_key(w, "cause");
    if (f->cause == SIZE_MAX) {
        lp_jw_null(w);
        return;
    }
    lp_jw_begin_object(w);
    key_text(w, "id", j->findings[f->cause].rule->id);
    key_str(w, "subject", j->findings[f->cause].subject);
    lp_jw_end_object(w);
}

static void put_finding(struct lp_jw *w, const struct lp_judgement *j, const struct lp_finding *f)
{
    const int64_t *ids = f->evidence.at;
    lp_jw_begin_object(w);
    key_text(w, "id", f->rule->id);
    key_text(w, "severity", lp_severity_word(f->severity));
    key_text(w, "title", f->rule->title);
    key_str(w, "subject", f->subject);
    key_str(w, "expected", f->expected);
    key_str(w, "observed", f->observed);
    key_str(w, "why", f->why);
    lp_jw_key(w, "fix");
    put_strs(w, &f->fix);
    lp_jw_key(w, "evidence");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < f->evidence.n; i++)
        lp_jw_int(w, ids[i]);
    lp_jw_end_array(w);
    put_cause(w, j, f);
    if (j->expectations.n)
        lp_json_place(w, f);
    lp_jw_end_object(w);
}

static void put_servers(struct lp_jw *w, const struct lp_setup *setup)
{
    const struct lp_server *servers = setup->servers.at;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < setup->servers.n; i++)
        lp_jw_str(w, servers[i].label);
    lp_jw_end_array(w);
}

static void put_head(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_log *log = j->survey.log;
    key_text(w, "schema", "lyncprobe/report/1");
    key_str(w, "program", log->setup.program);
    key_str(w, "domain", log->setup.domain);
    if (log->setup.unicode.n)
        key_str(w, "unicode", log->setup.unicode);
    key_text(w, "view", j->survey.internal ? "internal" : "external");
    key_str(w, "view_why", j->survey.view_why);
    key_text(w, "client", j->survey.main->client->name);
    lp_jw_key(w, "servers");
    put_servers(w, &log->setup);
    key_text(w, "verdict", lp_verdict_word(j->verdict));
    key_str(w, "sentence", j->sentence);
    lp_jw_key(w, "time");
    put_utc(w, log->setup.clock);
    lp_jw_key(w, "seconds");
    lp_jw_seconds(w, log->end.total_us);
    lp_jw_key(w, "complete");
    lp_jw_bool(w, log->end.complete);
    key_str(w, "incomplete", log->end.complete ? LP_STR_NONE : log->end.why);
    lp_jw_key(w, "overridden");
    lp_jw_bool(w, lp_setup_overridden(&log->setup));
}

static void put_evidence(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_survey *survey = &j->survey;
    struct lp_ordered links = lp_ordered_links(survey->log, survey->arena);
    struct lp_ordered certificates = lp_ordered_certificates(survey->log, survey->arena);
    lp_jw_key(w, "endpoints");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < links.n; i++)
        put_link(w, survey, links.at[i]);
    lp_jw_end_array(w);
    lp_jw_key(w, "certificates");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < certificates.n; i++)
        put_certificate(w, certificates.at[i]->facts);
    lp_jw_end_array(w);
}

static void put_walk(struct lp_jw *w, const struct lp_judgement *j)
{
    lp_jw_begin_object(w);
    put_head(w, j);
    lp_jw_key(w, "clients");
    put_clients(w, &j->survey);
    lp_jw_key(w, "steps");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < j->survey.main->step_count; i++)
        put_step(w, &j->survey, &j->survey.main->steps[i]);
    lp_jw_end_array(w);
    put_evidence(w, j);
    lp_jw_key(w, "findings");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < j->finding_count; i++)
        put_finding(w, j, &j->findings[i]);
    lp_jw_end_array(w);
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
