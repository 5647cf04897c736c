/* text_steps.c - the rows below a step: aliases, targets, endpoints and what they answered */
#include "lp/text_report_parts.h"

#include "lp/beside.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/plan.h"
#include "lp/say.h"
#include "lp/steps.h"
#include "lp/text.h"

/* The rows of one step under construction. */
struct ladder {
    const struct lp_text_report *report;
    const struct lp_step_result *step;
    struct lp_text_subs *subs;
    size_t from;                     /* rows of this group begin here */
    struct lp_ranks ranks;           /* of the findings that give rows their sign and words */
    const struct lp_evidence **seen; /* documents that have their row */
    size_t seen_count;
};

static const struct lp_ranks all_ranks = { LP_RANK_LEAK, LP_RANK_UNREACHABLE };
/* The host of the documents has its row already. */
static const struct lp_ranks documents = { LP_RANK_SPEECH, LP_RANK_SPEECH };

static struct lp_text_sub *push(struct ladder *l)
{
    struct lp_text_subs *subs = l->subs;
    if (subs->n == subs->room) {
        size_t room = subs->room ? 2 * subs->room : 16;
        struct lp_text_sub *at = lp_arena_array(l->report->page.arena, room, sizeof *at);
        if (subs->n)
            __builtin_memcpy(at, subs->at, subs->n * sizeof *at);
        subs->at = at;
        subs->room = room;
    }
    subs->at[subs->n] = (struct lp_text_sub){ .times = { -1, -1, -1 } };
    return &subs->at[subs->n++];
}

void lp_text_sub_note(const struct lp_text_report *report, struct lp_text_subs *subs,
                      enum lp_sign sign, struct lp_str text)
{
    struct ladder l = { .report = report, .subs = subs };
    struct lp_text_sub *sub = push(&l);
    sub->sign = sign;
    sub->head = text;
}

static void note(struct ladder *l, enum lp_sign sign, struct lp_str text)
{
    lp_text_sub_note(l->report, l->subs, sign, text);
}

/* ---- endpoints ---- */

/* What the judge says of an endpoint that answered as it should, in the words of its finding. */
static struct lp_str add_trouble(const struct ladder *l, const struct lp_evidence *e,
                                 struct lp_said said)
{
    struct lp_ranks ranks = { said.well ? LP_RANK_TLS : LP_RANK_CERT,
                              said.well ? LP_RANK_SPEECH : LP_RANK_CERT };
    if (ranks.from < l->ranks.from)
        ranks.from = l->ranks.from;
    const struct lp_finding *f = lp_text_finding(l->report, e->id, ranks);
    if (!f)
        return said.text;
    return lp_arena_printf(l->report->page.arena, "%s; %s", said.text.p,
                           lp_title_inner(l->report->page.arena, f->rule->title));
}

static enum lp_sign sign_of(const struct ladder *l, const struct lp_evidence *e, bool usable)
{
    enum lp_sign sign = lp_text_sign_of(lp_text_finding(l->report, e->id, l->ranks));
    bool later = l->step->outcome == LP_STEP_FOUND_NOT_USED || l->step->outcome == LP_STEP_SKIPPED;
    if (sign != LP_SIGN_NONE)
        return sign;
    if (lp_probe_is_open(e))
        return LP_SIGN_OPEN;
    if (!usable)
        return LP_SIGN_ABSENT;
    return later && l->report->j->survey.main->giver != l->step ? LP_SIGN_LATER : LP_SIGN_OK;
}

static void slower(lp_usec *most, lp_usec time)
{
    if (time > *most)
        *most = time;
}

static bool is_alike(const struct lp_text_sub *a, const struct lp_text_sub *b)
{
    return a->sign == b->sign && lp_str_eq(a->head, b->head) && lp_str_eq(a->text, b->text);
}

/* Joins an alike row of the group, or makes one. */
static void put_endpoint(struct ladder *l, const struct lp_text_sub *new,
                         const struct lp_evidence *e)
{
    const struct lp_page *page = &l->report->page;
    const struct lp_link *link = lp_link_of(e);
    struct lp_text_sub *sub = NULL;
    size_t total = 1;
    for (size_t i = l->from; i < l->subs->n; i++) {
        if (!lp_str_eq(l->subs->at[i].head, new->head) || !l->subs->at[i].address_count)
            continue;
        total = ++l->subs->at[i].total;
        if (is_alike(&l->subs->at[i], new))
            sub = &l->subs->at[i];
    }
    if (!sub) {
        sub = push(l);
        *sub = *new;
        sub->total = total;
        for (size_t i = 0; i < LP_ROW_TIMES; i++)
            sub->times[i] = -1;
    }
    lp_page_join(page, &sub->addresses, lp_say_address(page->arena, &link->address));
    sub->address_count++;
    slower(&sub->times[1], link->connect_us);
    slower(&sub->times[2], link->tls_us);
}

static struct lp_text_sub sub_of(const struct ladder *l, const struct lp_evidence *e, bool usable)
{
    const struct lp_survey *survey = &l->report->j->survey;
    struct lp_text_sub sub = { .sign = sign_of(l, e, usable),
                               .text = add_trouble(l, e, lp_say_endpoint(survey, e)) };
    struct lp_str more = LP_STR("");
    if (l->report->page.verbosity)
        more = lp_say_more(survey, e);
    else if (survey->log->setup.deep)
        more = lp_say_besides(survey->log, e, survey->arena);
    if (more.n)
        sub.text = lp_arena_printf(l->report->page.arena, "%s; %s", sub.text.p, more.p);
    return sub;
}

/* The candidates of one order, under a head of their own. */
static void put_candidates(struct ladder *l, size_t order, struct lp_str head)
{
    for (size_t i = 0; i < l->step->candidate_count; i++) {
        const struct lp_candidate *c = &l->step->candidates[i];
        if (c->order != order || !c->probe)
            continue;
        struct lp_text_sub sub = sub_of(l, c->probe, c->usable);
        sub.head = head;
        put_endpoint(l, &sub, c->probe);
        lp_text_subs_besides(l->report, c->probe, l->subs, l->from);
    }
}

/* ---- names ---- */

static void put_aliases(struct ladder *l, const struct lp_resolved *r)
{
    struct lp_arena *arena = l->report->page.arena;
    for (size_t i = 0; i < r->hop_count; i++)
        note(l, LP_SIGN_NONE, lp_tell(arena, "alias of %s", lp_term(arena, r->hops[i].target)));
    if (r->dangling)
        note(l, LP_SIGN_ABSENT, lp_tell(arena, "%s does not exist", lp_term(arena, r->canonical)));
    if (r->loop)
        note(l, LP_SIGN_ABSENT, lp_tell(arena, "and so on: the aliases never end"));
}

static void put_place_aliases(struct ladder *l, const struct lp_places *places)
{
    put_aliases(l, places->a.hop_count ? &places->a : &places->aaaa);
}

static struct lp_str list_addresses(const struct ladder *l, const struct lp_places *places)
{
    const struct lp_page *page = &l->report->page;
    struct lp_str list = LP_STR("");
    for (size_t i = 0; i < places->n; i++)
        lp_page_join(page, &list, lp_say_address(page->arena, &places->at[i].address));
    if (places->total > places->n)
        list =
            lp_tell(page->arena, "%s and %zu more, not asked", list.p, places->total - places->n);
    return list;
}

/* ---- one function a kind of step ---- */

/* A name without addresses: not there, or not known. */
static enum lp_sign sign_of_places(const struct lp_places *places)
{
    bool open = places->outcome == LP_NONE || places->outcome == LP_NOT_TRIED ||
                places->outcome == LP_BLOCKED || places->outcome == LP_CRASHED;
    if (places->n)
        return LP_SIGN_NONE;
    return open ? LP_SIGN_OPEN : LP_SIGN_ABSENT;
}

static void put_target(struct ladder *l, size_t index)
{
    struct lp_arena *arena = l->report->page.arena;
    const struct lp_srv_target *t = &l->step->targets[index];
    const struct lp_rr *rr = t->rr;
    struct lp_str text = lp_tell(arena, "%s, priority %lld, weight %lld",
                                 lp_say_host_port(arena, rr->name, rr->port).p,
                                 (long long)rr->priority, (long long)rr->weight);
    if (t->root) {
        note(l, LP_SIGN_NONE, lp_tell(arena, "target \".\": the service is not offered"));
        return;
    }
    if (!t->places.n)
        text = lp_arena_printf(arena, "%s: %s", text.p,
                               lp_say_dns(arena, t->places.outcome, LP_DNS_A));
    note(l, sign_of_places(&t->places), text);
    put_place_aliases(l, &t->places);
    l->from = l->subs->n;
    put_candidates(l, index, LP_STR(""));
}

static void put_srv(struct ladder *l)
{
    put_aliases(l, &l->step->srv);
    for (size_t i = 0; i < l->step->target_count; i++)
        put_target(l, i);
    if (l->step->srv.record_count > l->step->target_count)
        note(l, LP_SIGN_OPEN,
             lp_tell(l->report->page.arena, "and %zu more targets, not followed",
                     l->step->srv.record_count - l->step->target_count));
}

static void put_host(struct ladder *l)
{
    struct lp_str list = list_addresses(l, &l->step->places);
    put_place_aliases(l, &l->step->places);
    if (list.n)
        note(l, LP_SIGN_NONE, list);
    l->from = l->subs->n;
    for (size_t i = 0; i < LP_COUNT(l->step->row->ports) && l->step->row->ports[i]; i++) {
        if (l->step->places.n)
            put_candidates(l, i,
                           lp_arena_printf(l->report->page.arena, "%u", l->step->row->ports[i]));
    }
}

/* Which document of the root is it? NULL: none of them. */
static const char *document_name(const struct ladder *l, const struct lp_ad_chain *chain,
                                 const struct lp_evidence *e)
{
    static const char *const tokens[] = { "User", "Domain" };
    for (size_t i = 0; i < LP_COUNT(tokens); i++) {
        struct lp_url to;
        if (chain->root && lp_ad_link_url(chain->root, tokens[i], l->report->page.arena, &to) &&
            lp_str_eq(lp_http_of(e)->url, to.text))
            return tokens[i];
    }
    return NULL;
}

static bool is_seen(struct ladder *l, const struct lp_evidence *e)
{
    for (size_t i = 0; i < l->seen_count; i++) {
        if (l->seen[i] == e)
            return true;
    }
    l->seen[l->seen_count++] = e;
    return false;
}

/* Where the answers of the step's own host lead: redirect targets, then documents. */
static void put_chain(struct ladder *l, const struct lp_evidence *first)
{
    struct lp_arena *arena = l->report->page.arena;
    struct lp_ad_chain chain;
    lp_ad_chain(&l->report->j->survey, first, &chain);
    for (size_t i = 1; i < chain.n; i++) {
        const struct lp_evidence *e = chain.at[i];
        const struct lp_link *link = lp_link_of(e);
        if (is_seen(l, e))
            continue;
        const char *name = document_name(l, &chain, e);
        struct lp_url to;
        struct lp_str bad;
        bool usable = lp_ad_is_root(e) ||
                      (name && lp_say_endpoint(&l->report->j->survey, e).well) ||
                      lp_ad_redirect(e, arena, &to, &bad);
        l->ranks = name ? documents : all_ranks;
        struct lp_text_sub sub = sub_of(l, e, usable);
        l->ranks = all_ranks;
        sub.head = name ? lp_tell(arena, "%s document", name)
                        : lp_say_host_port(arena, link->host, link->port);
        put_endpoint(l, &sub, e);
    }
}

static void put_access(struct ladder *l)
{
    struct lp_arena *arena = l->report->page.arena;
    const struct lp_path *path = l->report->j->survey.main;
    if (l->step->outcome != LP_STEP_USED || path->client->web)
        return;
    if (l->step->assumed && path->giver && path->giver != l->step)
        note(l, LP_SIGN_NONE,
             lp_tell(arena,
                     "no SIP server named without a password: that of step %s is "
                     "assumed",
                     path->giver->row->label));
    else if (l->step->assumed)
        note(l, LP_SIGN_NONE,
             lp_tell(arena, "no SIP server named without a password, and no other step gives one"));
}

static void put_named(struct ladder *l)
{
    const struct lp_survey *survey = &l->report->j->survey;
    const struct lp_evidence *probes[LP_MAX_ADDRESSES];
    struct lp_places places;
    if (!l->step->named)
        return;
    size_t n = lp_named_probes(survey, l->step->named, probes, &places);
    struct lp_str host =
        lp_say_host_port(l->report->page.arena, l->step->named->fqdn, l->step->named->port);
    struct lp_ranks ranks = { LP_RANK_UNREACHABLE, LP_RANK_UNREACHABLE };
    enum lp_sign sign = lp_text_sign_of(lp_text_finding(l->report, l->step->named_in->id, ranks));
    if (!places.n)
        host = lp_arena_printf(l->report->page.arena, "%s: %s", host.p,
                               lp_say_dns(l->report->page.arena, places.outcome, LP_DNS_A));
    note(l, sign == LP_SIGN_NONE ? sign_of_places(&places) : sign, host);
    l->from = l->subs->n;
    for (size_t i = 0; i < n; i++) {
        struct lp_text_sub sub = sub_of(l, probes[i], lp_probe_is_usable(probes[i], false));
        put_endpoint(l, &sub, probes[i]);
    }
}

static void put_autodiscover(struct ladder *l)
{
    static const struct lp_str schemes[] = { { "http 80", 7 }, { "https 443", 9 } };
    struct lp_str list = list_addresses(l, &l->step->places);
    put_place_aliases(l, &l->step->places);
    if (list.n)
        note(l, LP_SIGN_NONE, list);
    l->from = l->subs->n;
    for (size_t i = 0; i < LP_COUNT(schemes); i++)
        put_candidates(l, i, schemes[i]);
    for (size_t i = 0; i < l->step->candidate_count; i++) {
        if (l->step->candidates[i].probe)
            put_chain(l, l->step->candidates[i].probe);
    }
    put_named(l);
    put_access(l);
}

/* ---- */

/* Nothing but that the names lead where they should: one row says it. */
static bool is_quiet(const struct lp_text_report *report, const struct lp_step_result *step,
                     const struct lp_text_subs *subs)
{
    if (report->page.verbosity || report->j->survey.main->giver == step ||
        step->outcome != LP_STEP_FOUND_NOT_USED)
        return false;
    for (size_t i = 0; i < subs->n; i++) {
        if (subs->at[i].sign >= LP_SIGN_OPEN)
            return false;
    }
    return true;
}

static void put_would(struct ladder *l)
{
    struct lp_arena *arena = l->report->page.arena;
    const struct lp_step_result *step = l->step;
    struct lp_str what = list_addresses(l, &step->places);
    for (size_t i = 0; i < step->target_count; i++)
        lp_page_join(&l->report->page, &what,
                     lp_say_host_port(arena, step->targets[i].rr->name, step->targets[i].rr->port));
    l->subs->n = 0;
    if (step->row->kind == LP_STEP_HOST && step->endpoint)
        what = lp_tell(arena, "port %lld at %s", (long long)step->endpoint_port, what.p);
    note(l, LP_SIGN_NONE, lp_tell(arena, "would work: %s", what.p));
}

void lp_text_subs_make(const struct lp_text_report *report, const struct lp_step_result *step,
                       struct lp_text_subs *out)
{
    static void (*const put[])(struct ladder *) = {
        [LP_STEP_AUTODISCOVER] = put_autodiscover,
        [LP_STEP_SRV] = put_srv,
        [LP_STEP_HOST] = put_host,
    };
    struct ladder l = { .report = report, .step = step, .subs = out, .ranks = all_ranks };
    l.seen = lp_arena_array(report->page.arena, report->j->survey.log->n + 1,
                            sizeof(struct lp_evidence *));
    if (report->page.verbosity)
        lp_text_subs_questions(report, step, out);
    put[step->row->kind](&l);
    if (is_quiet(report, step, out))
        put_would(&l);
}
