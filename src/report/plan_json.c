/* plan_json.c - the plan as one object (share/plan-1.schema.json) */
#include "lp/facts.h"
#include "lp/jsonw.h"
#include "lp/plan_render_parts.h"
#include "lp/say.h"

/* The plan under construction. places: for each expectation, how many of its kind were
 * written before it (what "certificate" of a port refers to). */
struct writer {
    const struct lp_plan_input *input;
    struct lp_arena *arena;
    struct lp_jw w;
    size_t *places;
};

static void put_names(struct writer *j, const char *key, const struct lp_list *names)
{
    const struct lp_str *at = names->at;
    lp_jw_key(&j->w, key);
    lp_jw_begin_array(&j->w);
    for (size_t i = 0; i < names->n; i++)
        lp_jw_str(&j->w, at[i]);
    lp_jw_end_array(&j->w);
}

static void put_addresses(struct writer *j, const char *key, const struct lp_addr *at, size_t n)
{
    lp_jw_key(&j->w, key);
    lp_jw_begin_array(&j->w);
    for (size_t i = 0; i < n; i++)
        lp_jw_str(&j->w, lp_say_address(j->arena, &at[i]));
    lp_jw_end_array(&j->w);
}

static void put_text(struct writer *j, const char *key, const char *text)
{
    lp_jw_key(&j->w, key);
    lp_jw_text(&j->w, text);
}

static void put_str(struct writer *j, const char *key, struct lp_str text)
{
    lp_jw_key(&j->w, key);
    lp_jw_str(&j->w, text);
}

static void put_flag(struct writer *j, const char *key, bool on)
{
    lp_jw_key(&j->w, key);
    lp_jw_bool(&j->w, on);
}

/* 0: null. */
static void put_number(struct writer *j, const char *key, int64_t number)
{
    lp_jw_key(&j->w, key);
    if (number)
        lp_jw_int(&j->w, number);
    else
        lp_jw_null(&j->w);
}

static void put_whole(struct writer *j, const char *key, int64_t number)
{
    lp_jw_key(&j->w, key);
    lp_jw_int(&j->w, number);
}

static void put_common(struct writer *j, const struct lp_expectation *e)
{
    put_text(j, "view", e->internal ? "internal" : "external");
    put_text(j, "role", e->role);
    put_text(j, "title", e->title);
    put_text(j, "source", e->source);
    put_number(j, "row", e->row);
    put_number(j, "line", e->mark.line);
    put_str(j, "domain", e->domain);
    put_str(j, "pool", e->pool ? e->pool->fqdn : LP_STR_NONE);
    put_flag(j, "optional", e->optional);
}

static void put_dns(struct writer *j, const struct lp_expectation *e)
{
    const struct lp_expect_dns *dns = &e->dns;
    put_str(j, "owner", dns->owner);
    put_text(j, "type", dns->type == LP_DNS_SRV ? "SRV" : "A");
    put_flag(j, "absent", dns->absent);
    put_addresses(j, "addresses", dns->addresses.at, dns->planned);
    put_addresses(j, "accepted_addresses", dns->addresses.at, dns->addresses.n);
    put_names(j, "targets", &dns->targets);
    put_number(j, "port", dns->port);
    put_whole(j, "priority", dns->priority);
    put_whole(j, "weight", dns->weight);
    put_str(j, "same_address_as", dns->target);
    put_flag(j, "alias", dns->alias);
}

static void put_certificate(struct writer *j, const struct lp_expectation *e)
{
    static const char *const roots[] = { "any", "private", "public" };
    static const char *const wildcards[] = { "no", "web", "any" };
    const struct lp_expect_cert *cert = &e->cert;
    put_str(j, "subject", cert->subject);
    put_names(j, "names", &cert->names);
    put_names(j, "own_names", &cert->members);
    put_names(j, "softer_names", &cert->softer);
    put_names(j, "allowed_names", &cert->allowed);
    put_flag(j, "client_auth", cert->client_auth);
    put_text(j, "root", roots[cert->root]);
    put_text(j, "wildcard", wildcards[cert->wildcard]);
    put_flag(j, "shared", cert->shared);
}

static void put_port(struct writer *j, const struct lp_expectation *e)
{
    const struct lp_expect_port *port = &e->port;
    put_str(j, "host", port->host);
    put_str(j, "address",
            port->address.family ? lp_say_address(j->arena, &port->address) : LP_STR_NONE);
    lp_jw_key(&j->w, "ports");
    lp_jw_begin_array(&j->w);
    for (size_t i = 0; i < LP_COUNT(port->ports) && port->ports[i]; i++)
        lp_jw_int(&j->w, port->ports[i]);
    lp_jw_end_array(&j->w);
    put_text(j, "transport", port->udp ? "UDP" : "TCP");
    put_text(j, "probe", port->probe);
    put_str(j, "path", port->path);
    put_text(j, "state", port->closed ? "closed" : port->reserved ? "reserved" : "open");
    put_flag(j, "mutual", port->mutual);
    put_text(j, "skip", e->skip);
    lp_jw_key(&j->w, "certificate");
    if (port->certificate == SIZE_MAX)
        lp_jw_null(&j->w);
    else
        lp_jw_int(&j->w, (int64_t)j->places[port->certificate]);
}

static void put_table(struct writer *j, const char *key, enum lp_expect_kind kind)
{
    static void (*const put[])(struct writer *, const struct lp_expectation *) = {
        [LP_EXPECT_DNS] = put_dns,
        [LP_EXPECT_CERT] = put_certificate,
        [LP_EXPECT_PORT] = put_port,
    };
    size_t n = 0;
    lp_jw_key(&j->w, key);
    lp_jw_begin_array(&j->w);
    for (size_t i = 0; i < j->input->expected->n; i++) {
        const struct lp_expectation *e = &j->input->expected->at[i];
        if (e->kind != kind || !lp_plan_shows(j->input, e))
            continue;
        j->places[i] = n++;
        lp_jw_begin_object(&j->w);
        put_common(j, e);
        put[kind](j, e);
        lp_jw_end_object(&j->w);
    }
    lp_jw_end_array(&j->w);
}

static void put_domains(struct writer *j)
{
    const struct lp_topology *topology = j->input->expected->topology;
    const struct lp_marked *domains = topology->sip_domains.at;
    struct lp_list all = { 0 };
    for (size_t i = 0; i < topology->sip_domains.n; i++)
        lp_list_push(j->arena, &all, &domains[i].text, sizeof domains[i].text);
    put_names(j, "domains", j->input->domains.n ? &j->input->domains : &all);
}

void lp_plan_json(const struct lp_plan_input *input, struct lp_buf *out)
{
    const struct lp_topology *topology = input->expected->topology;
    struct lp_arena arena = { 0 };
    struct writer j = { input, &arena, lp_jw_new(out, true), NULL };
    j.places = lp_arena_array(&arena, input->expected->n, sizeof *j.places);
    lp_jw_begin_object(&j.w);
    put_text(&j, "schema", "lyncprobe/plan/1");
    put_str(&j, "topology", topology->file);
    put_str(&j, "digest", topology->digest);
    put_text(&j, "generation", lp_generation_word(topology->generation));
    put_domains(&j);
    put_table(&j, "dns", LP_EXPECT_DNS);
    put_table(&j, "certificates", LP_EXPECT_CERT);
    put_table(&j, "ports", LP_EXPECT_PORT);
    lp_jw_end_object(&j.w);
    lp_buf_char(out, '\n');
    lp_arena_release(&arena);
}
