/* steps.c - one step of an order: records, candidates, and whether it leads on */
#include "lp/steps.h"
#include "lp/keys.h"
#include "lp/plan.h"

struct builder {
    const struct lp_survey *survey;
    const struct lp_client *client;
    struct lp_step_result *out;
    struct lp_candidate *at;
    size_t room;
};

static const struct lp_evidence *find_probe(const struct lp_survey *survey, struct lp_ask *ask)
{
    return lp_log_find(survey->log, lp_probe_key(survey->arena, ask));
}

bool lp_outcome_is_open(enum lp_outcome outcome)
{
    return outcome == LP_NONE || outcome == LP_NOT_TRIED || outcome == LP_BLOCKED ||
           outcome == LP_CRASHED;
}

bool lp_probe_is_open(const struct lp_evidence *e)
{
    return !e || lp_outcome_is_open(e->outcome);
}

/* DESIGN 4 "Usable SIP endpoint". */
bool lp_probe_is_usable(const struct lp_evidence *e, bool mutual)
{
    if (!e || e->shape != &lp_probe_sip.shape)
        return false;
    return e->outcome == LP_OK || (mutual && lp_link_of(e)->alert_after_certificate);
}

static struct lp_candidate *push(struct builder *b)
{
    if (b->out->candidate_count == b->room) {
        size_t room = b->room ? 2 * b->room : 8;
        struct lp_candidate *at = lp_arena_array(b->survey->arena, room, sizeof *at);
        if (b->room)
            __builtin_memcpy(at, b->at, b->room * sizeof *at);
        b->at = at;
        b->room = room;
        b->out->candidates = at;
    }
    return &b->at[b->out->candidate_count++];
}

/* What a row's candidates have in common. */
struct offer {
    struct lp_str host;
    int64_t port;
    size_t order;
    const char *scheme; /* Autodiscover; NULL: SIP */
    bool plain;
};

static struct lp_ask ask_for(const struct builder *b, const struct offer *offer,
                             const struct lp_place *place)
{
    struct lp_ask ask = { .probe = offer->scheme ? &lp_probe_autodiscover : &lp_probe_sip,
                          .host = offer->host,
                          .port = offer->port,
                          .address = place->address,
                          .plain = offer->plain };
    ask.connect_port = place->connect_port ? place->connect_port : offer->port;
    if (offer->scheme) {
        struct lp_str parts[] = { lp_str_of(offer->scheme), LP_STR("://"), offer->host,
                                  LP_STR("/") };
        ask.url = lp_arena_join(b->survey->arena, parts, LP_COUNT(parts));
    }
    return ask;
}

/* A port that no packet can go to is never asked, and not open for that. */
static void add_candidates(struct builder *b, const struct offer *offer,
                           const struct lp_places *places)
{
    bool reachable = offer->port >= 1 && offer->port <= 65535;
    size_t n = reachable ? places->n : 0;
    for (size_t i = 0; i < n; i++) {
        struct lp_ask ask = ask_for(b, offer, &places->at[i]);
        struct lp_candidate *c = push(b);
        *c = (struct lp_candidate){ .host = offer->host,
                                    .port = offer->port,
                                    .address = places->at[i].address,
                                    .probe = find_probe(b->survey, &ask),
                                    .lookup = places->outcome,
                                    .order = offer->order };
        c->usable = lp_probe_is_usable(c->probe, b->client->mutual);
    }
    if (n == 0)
        *push(b) = (struct lp_candidate){ .host = offer->host,
                                          .port = offer->port,
                                          .lookup = reachable ? places->outcome : LP_MALFORMED,
                                          .order = offer->order };
}

static void build_srv(struct builder *b)
{
    const struct lp_survey *s = b->survey;
    struct lp_step_result *out = b->out;
    struct lp_resolved question = { .name = out->name, .type = LP_DNS_SRV };
    lp_resolve(s->log, s->arena, &question, &out->srv);
    out->dns = out->srv.outcome;
    out->target_count =
        out->srv.record_count < LP_MAX_TARGETS ? out->srv.record_count : LP_MAX_TARGETS;
    struct lp_srv_target *targets = lp_arena_array(s->arena, out->target_count, sizeof *targets);
    out->targets = targets;
    for (size_t i = 0; i < out->target_count; i++) {
        struct lp_srv_target *t = &targets[i];
        t->rr = out->srv.records[i];
        t->root = lp_str_eq(t->rr->name, LP_STR("."));
        if (t->root)
            continue;
        lp_places_of(s->log, s->arena, t->rr->name, t->rr->port, &t->places);
        t->alias = t->places.a.hop_count || t->places.aaaa.hop_count;
        struct offer offer = { lp_name_normal(s->arena, t->rr->name), t->rr->port, i, NULL,
                               out->row->plain };
        add_candidates(b, &offer, &t->places);
    }
}

/* The step shows the places of its first port that has some: --resolve may give one
   port its own. */
static void offer_host(struct builder *b, const struct offer *offer)
{
    struct lp_places places;
    lp_places_of(b->survey->log, b->survey->arena, offer->host, offer->port, &places);
    add_candidates(b, offer, &places);
    if (!b->out->places.n)
        b->out->places = places;
    b->out->dns = b->out->places.outcome;
}

static void build_host(struct builder *b)
{
    const struct lp_step *row = b->out->row;
    for (size_t i = 0; i < LP_COUNT(row->ports) && row->ports[i]; i++) {
        struct offer offer = { b->out->name, row->ports[i], i, NULL, row->plain };
        offer_host(b, &offer);
    }
}

static void read_chains(struct builder *b)
{
    struct lp_step_result *out = b->out;
    for (size_t i = 0; i < out->candidate_count; i++) {
        struct lp_ad_chain chain;
        if (!b->at[i].probe)
            continue;
        lp_ad_chain(b->survey, b->at[i].probe, &chain);
        b->at[i].usable = chain.root != NULL;
        if (!out->root)
            out->root = chain.root;
        if (!out->named) {
            out->named = chain.named;
            out->named_in = chain.named_in;
        }
    }
}

static void build_autodiscover(struct builder *b)
{
    static const struct {
        const char *scheme;
        int64_t port;
    } schemes[] = { { "http", 80 }, { "https", 443 } };
    for (size_t i = 0; i < LP_COUNT(schemes); i++) {
        struct offer offer = { b->out->name, schemes[i].port, i, schemes[i].scheme, false };
        offer_host(b, &offer);
    }
    read_chains(b);
}

/* Is a candidate still open that might be usable? For Autodiscover, also one whose
   chain is. */
static bool has_open_candidate(const struct builder *b)
{
    for (size_t i = 0; i < b->out->candidate_count; i++) {
        const struct lp_candidate *c = &b->at[i];
        struct lp_ad_chain chain;
        if (c->address.family ? lp_probe_is_open(c->probe) : lp_outcome_is_open(c->lookup))
            return true;
        if (!c->address.family || b->out->row->kind != LP_STEP_AUTODISCOVER)
            continue;
        lp_ad_chain(b->survey, c->probe, &chain);
        if (chain.undecided)
            return true;
    }
    return false;
}

static bool all_targets_are_root(const struct lp_step_result *r)
{
    for (size_t i = 0; i < r->target_count; i++) {
        if (!r->targets[i].root)
            return false;
    }
    return r->target_count > 0;
}

/* A dangling or looping alias is a record that is present and fails. */
static bool is_absent(const struct lp_step_result *r)
{
    bool alias =
        r->srv.dangling || r->srv.loop || r->places.a.hop_count || r->places.aaaa.hop_count;
    return ((r->dns == LP_NXDOMAIN || r->dns == LP_NODATA) && !alias) || all_targets_are_root(r);
}

static enum lp_step_outcome state_of(const struct builder *b)
{
    const struct lp_step_result *r = b->out;
    if (is_absent(r))
        return LP_STEP_MISSING;
    if (r->root)
        return LP_STEP_USED;
    for (size_t i = 0; i < r->candidate_count; i++) {
        if (r->candidates[i].usable)
            return LP_STEP_USED;
    }
    return lp_outcome_is_open(r->dns) || has_open_candidate(b) ? LP_STEP_UNDECIDED : LP_STEP_BROKEN;
}

/* 401 and 407 are the healthy answers (DESIGN 4). */
static bool is_challenged(const struct lp_candidate *c)
{
    const struct lp_sip_facts *facts = c->probe ? c->probe->facts : NULL;
    return c->usable && facts && (facts->status == 401 || facts->status == 407);
}

/* The first candidate by order that challenges the client, else the first that is
   usable. */
static void pick_endpoint(struct lp_step_result *r)
{
    const struct lp_candidate *best = NULL;
    for (size_t i = 0; i < r->candidate_count; i++) {
        const struct lp_candidate *c = &r->candidates[i];
        if (c->usable && (!best || (is_challenged(c) && !is_challenged(best))))
            best = c;
    }
    if (!best)
        return;
    r->endpoint = best->probe;
    r->endpoint_host = best->host;
    r->endpoint_port = best->port;
}

void lp_step_build(const struct lp_survey *survey, const struct lp_client *client,
                   const struct lp_step *row, struct lp_step_result *out)
{
    static void (*const build[])(struct builder *) = {
        [LP_STEP_AUTODISCOVER] = build_autodiscover,
        [LP_STEP_SRV] = build_srv,
        [LP_STEP_HOST] = build_host,
    };
    struct builder b = { .survey = survey, .client = client, .out = out };
    *out = (struct lp_step_result){ .row = row,
                                    .type = row->kind == LP_STEP_SRV ? LP_DNS_SRV : LP_DNS_A };
    out->name = lp_name_expand(survey->arena, row->pattern, survey->log->setup.domain);
    build[row->kind](&b);
    out->outcome = state_of(&b);
    out->leads_on = out->outcome == LP_STEP_USED;
    if (row->kind != LP_STEP_AUTODISCOVER)
        pick_endpoint(out);
}
