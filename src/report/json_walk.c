/* json_walk.c - a walk and its findings in JSON */
#include "lp/json_parts.h"

static void put_cause(struct lp_jw *w, const struct lp_judgement *j, const struct lp_finding *f)
{
    lp_jw_key(w, "cause");
    if (f->cause == SIZE_MAX) {
        lp_jw_null(w);
        return;
    }
    lp_jw_begin_object(w);
    lp_jw_key_text(w, "id", j->findings[f->cause].rule->id);
    lp_jw_key_str(w, "subject", j->findings[f->cause].subject);
    lp_jw_end_object(w);
}

void lp_json_finding(struct lp_jw *w, const struct lp_judgement *j, const struct lp_finding *f)
{
    const int64_t *ids = f->evidence.at;
    lp_jw_key_text(w, "id", f->rule->id);
    lp_jw_key_text(w, "severity", lp_severity_word(f->severity));
    lp_jw_key_text(w, "title", f->rule->title);
    lp_jw_key_str(w, "subject", f->subject);
    lp_jw_key_str(w, "expected", f->expected);
    lp_jw_key_str(w, "observed", f->observed);
    lp_jw_key_str(w, "why", f->why);
    lp_jw_key(w, "fix");
    lp_json_strs(w, &f->fix);
    lp_jw_key(w, "evidence");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < f->evidence.n; i++)
        lp_jw_int(w, ids[i]);
    lp_jw_end_array(w);
    put_cause(w, j, f);
    if (j->expectations.n)
        lp_json_place(w, f);
}

/* An array: labels of the name servers. */
static void put_servers(struct lp_jw *w, const struct lp_setup *setup)
{
    const struct lp_server *servers = setup->servers.at;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < setup->servers.n; i++)
        lp_jw_str(w, servers[i].label);
    lp_jw_end_array(w);
}

static void put_authenticator(struct lp_jw *w, const struct lp_authenticator *server)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&server->address, address, sizeof address);
    lp_jw_begin_object(w);
    lp_jw_key_str(w, "name", server->name);
    lp_jw_key_text(w, "by", address);
    lp_jw_key_text(w, "product", server->product);
    lp_jw_key_text(w, "role", server->pool ? lp_role_word(server->pool->role) : NULL);
    lp_jw_key_str(w, "pool", server->pool ? server->pool->fqdn : LP_STR_NONE);
    lp_jw_end_object(w);
}

/* Behind the client's endpoint: in words, and who would check the password. */
static void put_beyond(struct lp_jw *w, const struct lp_beyond *beyond)
{
    const struct lp_authenticator *servers = beyond->servers.at;
    lp_jw_key_str(w, "beyond", beyond->text);
    lp_jw_key(w, "authenticators");
    lp_jw_begin_array(w);
    for (size_t i = 0; i < beyond->servers.n; i++)
        put_authenticator(w, &servers[i]);
    lp_jw_end_array(w);
}

void lp_json_walk(struct lp_jw *w, const struct lp_judgement *j)
{
    const struct lp_log *log = j->survey.log;
    lp_jw_key_str(w, "view_why", j->survey.view_why);
    lp_jw_key_text(w, "client", j->survey.main->client->name);
    lp_jw_key(w, "servers");
    put_servers(w, &log->setup);
    lp_jw_key_text(w, "verdict", lp_verdict_word(j->verdict));
    lp_jw_key_str(w, "sentence", j->sentence);
    put_beyond(w, &j->beyond);
    lp_jw_key(w, "time");
    lp_json_utc(w, log->setup.clock);
    lp_jw_key(w, "seconds");
    lp_jw_seconds(w, log->end.total_us);
    lp_jw_key_bool(w, "complete", log->end.complete);
    lp_jw_key_str(w, "incomplete", log->end.complete ? LP_STR_NONE : log->end.why);
    lp_jw_key_bool(w, "overridden", lp_setup_overridden(&log->setup));
}
