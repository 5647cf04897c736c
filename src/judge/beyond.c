/* beyond.c - what stands behind the client's SIP endpoint, as far as an answer without a password
 * tells (poster: external sign-in after step h; domain.md 3) */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/msdiag.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/text.h"

/* ---- who would check the password ---- */

static bool is_at(const struct lp_evidence *e, const struct lp_step_result *step)
{
    const struct lp_link *link = lp_link_of(e);
    return e->shape == &lp_probe_sip.shape && link->port == step->endpoint_port &&
           lp_name_eq(link->host, step->endpoint_host);
}

/* Keeps them in the order of the addresses, each once: answers come in any order. */
static void add_server(struct lp_court *court, struct lp_list *servers,
                       const struct lp_authenticator *new)
{
    lp_list_push(court->arena, servers, new, sizeof *new);
    struct lp_authenticator *at = servers->at;
    for (size_t i = servers->n - 1; i > 0 && lp_addr_cmp(&at[i].address, &at[i - 1].address) < 0;
         i--) {
        struct lp_authenticator swap = at[i];
        at[i] = at[i - 1];
        at[i - 1] = swap;
    }
}

static void drop_repeated(struct lp_list *servers)
{
    struct lp_authenticator *at = servers->at;
    size_t kept = 0;
    for (size_t i = 0; i < servers->n; i++) {
        size_t k = 0;
        while (k < kept && !lp_name_eq(at[k].name, at[i].name))
            k++;
        if (k == kept)
            at[kept++] = at[i];
    }
    servers->n = kept;
}

static void find_servers(struct lp_court *court, const struct lp_step_result *step,
                         struct lp_list *servers)
{
    const struct lp_expectations *expected = court->log->expected;
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_evidence *e = court->log->at[i];
        struct lp_str name = is_at(e, step) ? lp_authenticator_of(court, e) : LP_STR_NONE;
        if (!name.n)
            continue;
        add_server(court, servers,
                   &(struct lp_authenticator){
                       .name = name,
                       .address = lp_link_of(e)->address,
                       .product = lp_server_words(((const struct lp_sip_facts *)e->facts)->server),
                       .pool = expected ? lp_topology_pool_of_host(expected->topology, name) : NULL,
                   });
    }
    drop_repeated(servers);
}

/* ---- words ---- */

static struct lp_str say_pool(struct lp_court *court, const struct lp_authenticator *server)
{
    const struct lp_pool *pool = server->pool;
    if (!pool)
        return LP_STR("");
    const char *title = lp_tr(court->arena, lp_role_title(pool->role));
    if (lp_name_eq(pool->fqdn, server->name))
        return lp_say(court, "%s", title);
    return lp_say(court, "%s %s", title, lp_text(court, pool->fqdn));
}

/* " (Front End pool pool.contoso.com, Lync Server 2013)"; "": nothing is known of it. */
static struct lp_str say_aside(struct lp_court *court, const struct lp_authenticator *server)
{
    struct lp_str pool = say_pool(court, server);
    const char *product = server->product ? server->product : "";
    if (!pool.n && !*product)
        return LP_STR("");
    return lp_say(court, " (%s%s%s)", pool.p, pool.n && *product ? ", " : "", product);
}

/* Do all of them have the same aside? Then it stands behind the last. */
static bool are_alike(const struct lp_list *servers)
{
    const struct lp_authenticator *at = servers->at;
    for (size_t i = 1; i < servers->n; i++) {
        if (at[i].pool != at[0].pool || at[i].product != at[0].product)
            return false;
    }
    return true;
}

static struct lp_str say_servers(struct lp_court *court, const struct lp_list *servers)
{
    enum { SHOWN = 4 };
    const struct lp_authenticator *at = servers->at;
    struct lp_str text = LP_STR("");
    size_t n = servers->n < SHOWN ? servers->n : SHOWN;
    bool alike = are_alike(servers);
    for (size_t i = 0; i < n; i++) {
        char address[LP_ADDR_TEXT];
        struct lp_str aside = alike && i + 1 < n ? LP_STR("") : say_aside(court, &at[i]);
        lp_addr_format(&at[i].address, address, sizeof address);
        struct lp_str one = n == 1 ? at[i].name : lp_say(court, "%s by %s", at[i].name.p, address);
        one = lp_say(court, "%s%s", one.p, aside.p);
        text = i ? lp_say(court, "%s or %s", text.p, one.p) : one;
    }
    return text;
}

/* From outside the endpoint is an Access Edge, ours or the hosting cloud's: it authenticates
 * nobody, so that a challenge has come from behind it. */
static struct lp_str say_challenge(struct lp_court *court, const struct lp_list *servers)
{
    struct lp_str who = servers->n ? say_servers(court, servers) : LP_STR_NONE;
    if (!who.n)
        return lp_say(court, "the password is asked for, by a server that does not say its name; "
                             "what comes after (password, certificate, home pool) was not tried");
    if (court->survey->internal)
        return lp_say(court,
                      "%s would check the password; what comes after (password, certificate, home "
                      "pool) was not tried",
                      who.p);
    return lp_say(court,
                  "the Access Edge passed the request on; %s would check the password; what comes "
                  "after (password, certificate, home pool) was not tried",
                  who.p);
}

static struct lp_str say_refusal(struct lp_court *court, const struct lp_sip_facts *facts)
{
    struct lp_msdiag_header header;
    lp_msdiag_read(facts->diagnostics, &header);
    if (facts->status == 504 && header.hop.n)
        return lp_say(court, "the server answers, its next hop %s does not (504)",
                      lp_text(court, header.hop));
    if (facts->status == 504)
        return lp_say(court, "the server answers, its next hop does not (504)");
    if (facts->status / 100 == 3)
        return lp_say(court, "the server sends the client on to %s (%lld)",
                      facts->contact.n ? lp_text(court, facts->contact) : "?",
                      (long long)facts->status);
    return lp_say(court, "the server refuses before anybody asks for a password (%lld)",
                  (long long)facts->status);
}

/* ---- */

void lp_beyond_make(struct lp_court *court, struct lp_beyond *out)
{
    const struct lp_path *path = court->survey->main;
    const struct lp_step_result *step = path->giver;
    const struct lp_evidence *e = step ? step->endpoint : NULL;
    *out = (struct lp_beyond){ .e = NULL };
    if (!e || path->outcome != LP_SIGNS_IN || path->client->mutual ||
        e->shape != &lp_probe_sip.shape || e->outcome != LP_OK)
        return;
    out->e = e;
    if (lp_probe_sip.is_well(e)) {
        find_servers(court, step, &out->servers);
        out->text = say_challenge(court, &out->servers);
    } else {
        out->text = say_refusal(court, e->facts);
    }
}
