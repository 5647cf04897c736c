/* prometheus_endpoints.c - metrics of endpoints and of their certificates */
#include "lp/prometheus_parts.h"

#include "lp/probe.h"
#include "lp/roles.h"
#include "lp/say.h"

/* ---- endpoints: several requests to one host, address and port are one ---- */

static bool is_same(const struct lp_evidence *a, const struct lp_evidence *b)
{
    const struct lp_link *x = lp_endpoint_of(a), *y = lp_endpoint_of(b);
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
    return lp_endpoint_of(log->at[at]);
}

static bool is_well(const struct lp_scribe *s, size_t at)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = at; i < log->n; i++) {
        if (is_same(log->at[i], log->at[at]) && !lp_summary_is_well(s->j, log->at[i]))
            return false;
    }
    return true;
}

static void begin_endpoint(struct lp_scribe *s, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    struct lp_arena *arena = s->j->survey.arena;
    lp_sample_begin(s);
    lp_sample_label(s, "host", link->host);
    lp_sample_label(s, "ip", lp_say_address(arena, &link->address));
    lp_sample_label(s, "port", lp_arena_printf(arena, "%lld", (long long)link->port));
}

void lp_put_endpoint_success(struct lp_scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        if (!first_link(log, i))
            continue;
        begin_endpoint(s, log->at[i]);
        lp_sample_label(s, "role", lp_str_of(lp_role_of(&s->j->survey, log->at[i])));
        lp_sample_end(s, is_well(s, i));
    }
}

void lp_put_phases(struct lp_scribe *s)
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
            lp_sample_label(s, "phase", lp_str_of(phases[k].phase));
            lp_sample_end(s, (double)phases[k].us / 1e6);
        }
    }
}

/* ---- certificates, whether or not they verify ---- */

void lp_put_not_after(struct lp_scribe *s)
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
            lp_sample_label(s, "depth", lp_arena_printf(s->j->survey.arena, "%zu", depth));
            lp_sample_end(s, (double)c->not_after);
        }
    }
}

/* The public store counts outside, the private one, where given, inside. */
static const struct lp_verify *verify_of(const struct lp_scribe *s, const struct lp_link *link)
{
    bool private = s->j->survey.internal && link->private_store.done;
    return private ? &link->private_store : &link->public_store;
}

void lp_put_verified(struct lp_scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        if (!link || !verify_of(s, link)->done)
            continue;
        const struct lp_verify *v = verify_of(s, link);
        begin_endpoint(s, log->at[i]);
        lp_sample_label(s, "reason", v->code ? v->text : LP_STR("ok"));
        lp_sample_end(s, v->code == 0);
    }
}

void lp_put_cert_info(struct lp_scribe *s)
{
    const struct lp_log *log = s->j->survey.log;
    for (size_t i = 0; i < log->n; i++) {
        const struct lp_link *link = first_link(log, i);
        const struct lp_certificate *leaf = link ? lp_log_leaf(log, link) : NULL;
        if (!leaf)
            continue;
        begin_endpoint(s, log->at[i]);
        lp_sample_label(s, "fingerprint_sha256", leaf->sha256);
        lp_sample_label(s, "subject", lp_str_sub(leaf->subject, 0, 200));
        lp_sample_label(s, "issuer", lp_str_sub(leaf->issuer, 0, 200));
        lp_sample_label(s, "protocol", link->protocol);
        lp_sample_end(s, 1);
    }
}
