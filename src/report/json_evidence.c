/* json_evidence.c - endpoints and certificates in JSON */
#include "lp/beside.h"
#include "lp/json_parts.h"
#include "lp/probe.h"
#include "lp/roles.h"
#include "lp/standing.h"
#include "lp/tlsfacts.h"

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
    lp_jw_key_text(w, "probe", e->shape->name);
    if (http) {
        lp_jw_key_str(w, "url", http->url);
        key_status(w, http->status);
    } else if (e->shape == &lp_probe_sip.shape) {
        const struct lp_sip_facts *sip = e->facts;
        key_status(w, sip->status);
        lp_jw_key_str(w, "server", sip->server);
    }
    lp_jw_key_text(w, "outcome", lp_outcome_word(e->outcome));
}

/* null: the word says nothing that is known. */
static void put_protocols(struct lp_jw *w, const struct lp_survey *survey,
                          const struct lp_evidence *e)
{
    struct lp_protocols p;
    lp_endpoint_protocols(survey->log, e, &p);
    lp_jw_key_str(w, "lowest_protocol", lp_tls_version_word(lp_protocols_lowest(&p)));
    lp_jw_key_str(w, "highest_protocol", lp_tls_version_word(p.highest));
    lp_jw_key_str(w, "refused_protocol", lp_tls_version_word(p.refused));
}

static void put_besides(struct lp_jw *w, const struct lp_survey *survey,
                        const struct lp_evidence *e)
{
    struct lp_list besides = lp_besides_of(survey->log, e, survey->arena);
    const struct lp_evidence *const *at = besides.at;
    lp_jw_key(w, "beside");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < besides.n; i++) {
        const struct lp_probe *probe = lp_probe_of(at[i]);
        lp_jw_begin_object(w);
        lp_jw_key_int(w, "evidence", at[i]->id);
        lp_jw_key_text(w, "probe", at[i]->shape->name);
        lp_jw_key_text(w, "outcome", lp_outcome_word(at[i]->outcome));
        lp_jw_key_str(w, "said", probe->say ? probe->say(at[i], survey->arena) : LP_STR_NONE);
        lp_jw_key(w, "lines");
        struct lp_list lines = { NULL, 0 };
        if (probe->lines)
            lines = probe->lines(at[i], survey->arena);
        lp_json_strs(w, &lines);
        lp_jw_end_object(w);
    }
    lp_jw_end_array(w);
}

void lp_json_link(struct lp_jw *w, const struct lp_survey *survey, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    const struct lp_str *chain = link->chain.at;
    lp_jw_key_int(w, "evidence", e->id);
    lp_jw_key_str(w, "host", link->host);
    lp_jw_key(w, "address");
    lp_json_addr(w, &link->address);
    lp_jw_key_int(w, "port", link->port);
    lp_jw_key_text(w, "role", lp_role_of(survey, e));
    put_speech(w, e);
    lp_jw_key_text(w, "connect",
                   link->connect == LP_NONE ? "not-tried" : lp_outcome_word(link->connect));
    lp_jw_key_text(w, "tls", link->tls == LP_NONE ? NULL : lp_outcome_word(link->tls));
    lp_jw_key_str(w, "protocol", link->protocol);
    lp_jw_key_str(w, "cipher", link->cipher);
    put_protocols(w, survey, e);
    lp_jw_key_str(w, "certificate", link->chain.n ? chain[0] : LP_STR_NONE);
    put_verify(w, "private_store", &link->private_store);
    put_verify(w, "public_store", &link->public_store);
    put_times(w, e);
    put_besides(w, survey, e);
}

void lp_json_certificate(struct lp_jw *w, const struct lp_certificate *c)
{
    lp_jw_key_str(w, "sha256", c->sha256);
    lp_jw_key_str(w, "subject", c->subject);
    lp_jw_key(w, "san");
    lp_json_strs(w, &c->san);
    lp_jw_key_str(w, "issuer", c->issuer);
    lp_jw_key(w, "not_before");
    lp_json_utc(w, c->not_before);
    lp_jw_key(w, "not_after");
    lp_json_utc(w, c->not_after);
    lp_jw_key(w, "eku");
    lp_json_strs(w, &c->eku);
    lp_jw_key_str(w, "key", c->key_type);
    lp_jw_key_int(w, "bits", c->key_bits);
    lp_jw_key_str(w, "signature", c->signature);
    lp_jw_key(w, "ca");
    lp_jw_bool(w, c->is_ca);
}

static void put_source(struct lp_jw *w, const struct lp_survey *survey,
                       const struct lp_source *source)
{
    bool failed = source->state == LP_SOURCE_FAILED;
    lp_jw_begin_object(w);
    lp_jw_key_text(w, "source", lp_source_kind_word(source->kind));
    lp_jw_key_str(w, "url", source->url);
    lp_jw_key_text(w, "state", lp_source_state_word(source->state));
    lp_jw_key(w, "until");
    lp_json_utc(w, lp_source_until(source));
    lp_jw_key_str(w, "trouble", failed ? lp_source_trouble(survey->arena, source) : LP_STR_NONE);
    lp_jw_end_object(w);
}

void lp_json_standing(struct lp_jw *w, const struct lp_survey *survey,
                      const struct lp_certificate *c)
{
    const struct lp_standing *standing = lp_standing_of(survey->log, survey->arena, c);
    lp_jw_key(w, "revocation");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < standing->n; i++)
        put_source(w, survey, &standing->at[i]);
    lp_jw_end_array(w);
}
