/* ad.c - where Autodiscover answers lead: redirects, roots, documents */
#include "lp/plan.h"
#include "lp/steps.h"

const struct lp_ad_doc *lp_ad_doc_of(const struct lp_evidence *e)
{
    if (e->shape != &lp_probe_autodiscover.shape)
        return NULL;
    return &((const struct lp_autodiscover_facts *)e->facts)->doc;
}

/* The URL that was asked, to resolve references against. */
static bool url_of(const struct lp_evidence *e, struct lp_arena *arena, struct lp_url *out)
{
    return lp_url_parse(arena, NULL, lp_http_of(e)->url, out);
}

static bool is_readable(const struct lp_evidence *e)
{
    const struct lp_ad_doc *doc = lp_ad_doc_of(e);
    return doc && e->outcome == LP_OK && lp_http_of(e)->status == 200 && doc->form.n &&
           !doc->problem.n;
}

/* A Redirect link beside User or Domain links is no redirect (domain.md 2.3: it is the
 * sole link then). */
static struct lp_str redirect_href(const struct lp_evidence *e)
{
    const struct lp_ad_doc *doc = lp_ad_doc_of(e);
    if (!doc || e->outcome != LP_OK)
        return LP_STR_NONE;
    const struct lp_http *http = lp_http_of(e);
    if (http->status >= 300 && http->status < 400)
        return http->location;
    const struct lp_ad_link *link = lp_addoc_link(doc, "Redirect");
    if (!is_readable(e) || !link || lp_addoc_link(doc, "User") || lp_addoc_link(doc, "Domain"))
        return LP_STR_NONE;
    return link->href;
}

bool lp_ad_redirect(const struct lp_evidence *e, struct lp_arena *arena, struct lp_url *to,
                    struct lp_str *bad)
{
    struct lp_str href = redirect_href(e);
    struct lp_url base;
    *bad = LP_STR_NONE;
    if (!href.p)
        return false;
    if (url_of(e, arena, &base) && lp_url_parse(arena, &base, href, to))
        return true;
    *bad = href;
    return false;
}

bool lp_ad_is_root(const struct lp_evidence *e)
{
    if (!is_readable(e) || redirect_href(e).p)
        return false;
    return lp_ad_doc_of(e)->links.n > 0;
}

bool lp_ad_link_url(const struct lp_evidence *root, const char *token, struct lp_arena *arena,
                    struct lp_url *to)
{
    const struct lp_ad_link *link = lp_addoc_link(lp_ad_doc_of(root), token);
    struct lp_url base;
    return link && url_of(root, arena, &base) && lp_url_parse(arena, &base, link->href, to);
}

/* ---- the chain ---- */

struct chain {
    const struct lp_survey *survey;
    struct lp_ad_chain *out;
    const struct lp_evidence **at; /* room for every evidence of the log */
    struct lp_str urls[LP_MAX_REDIRECTS + 2];
    size_t url_count;
};

static void add_answer(struct chain *c, const struct lp_evidence *e)
{
    c->at[c->out->n++] = e;
    if (lp_outcome_is_open(e->outcome))
        c->out->undecided = true;
    if (!c->out->root && lp_ad_is_root(e))
        c->out->root = e;
}

/* Adds the answers at a URL, all addresses. Returns the first of them that is new;
 * c->out->n when there is none. */
static size_t add_url(struct chain *c, struct lp_str url)
{
    const struct lp_log *log = c->survey->log;
    size_t before = c->out->n;
    for (size_t i = 0; i < log->n; i++) {
        if (lp_ad_doc_of(log->at[i]) && lp_str_eq(lp_http_of(log->at[i])->url, url))
            add_answer(c, log->at[i]);
    }
    return before;
}

static bool is_known(struct chain *c, struct lp_str url)
{
    for (size_t i = 0; i < c->url_count; i++) {
        if (lp_str_eq(c->urls[i], url))
            return true;
    }
    return false;
}

/* The next URL that an answer from index `from` on redirects to. */
static bool next_url(struct chain *c, size_t from, struct lp_url *to)
{
    for (size_t i = from; i < c->out->n; i++) {
        struct lp_str bad;
        if (lp_ad_redirect(c->at[i], c->survey->arena, to, &bad))
            return true;
        if (bad.p)
            c->out->bad_href = bad;
    }
    return false;
}

/* Nobody was asked at the URL: a host without address is a dead end, all else is open. */
static void note_end(struct chain *c, const struct lp_url *url)
{
    struct lp_places places;
    lp_places_of(c->survey->log, c->survey->arena, url->host, url->port, &places);
    if (places.n || lp_outcome_is_open(places.outcome))
        c->out->undecided = true;
    else
        c->out->dead_host = url->host;
}

static void follow(struct chain *c, const struct lp_evidence *first)
{
    size_t from = 0;
    struct lp_url to;
    add_answer(c, first);
    c->urls[c->url_count++] = lp_http_of(first)->url;
    while (!c->out->root && next_url(c, from, &to)) {
        if (is_known(c, to.text) || c->url_count > LP_MAX_REDIRECTS) {
            c->out->loop = true;
            return;
        }
        c->urls[c->url_count++] = to.text;
        from = add_url(c, to.text);
        if (from == c->out->n)
            note_end(c, &to);
    }
}

static void read_documents(struct chain *c)
{
    static const char *const tokens[] = { "Domain", "User" };
    struct lp_ad_chain *out = c->out;
    for (size_t i = 0; i < LP_COUNT(tokens); i++) {
        struct lp_url to;
        if (lp_ad_link_url(out->root, tokens[i], c->survey->arena, &to) && !is_known(c, to.text))
            add_url(c, to.text);
    }
    for (size_t i = 0; i < out->n && !out->named; i++) {
        if (!is_readable(c->at[i]))
            continue;
        out->named = lp_addoc_sip(lp_ad_doc_of(c->at[i]), c->survey->internal);
        out->named_in = out->named ? c->at[i] : NULL;
    }
}

void lp_ad_chain(const struct lp_survey *survey, const struct lp_evidence *first,
                 struct lp_ad_chain *out)
{
    /* An answer can be met as part of a chain and again as a document. */
    size_t room = 2 * survey->log->n + 1;
    struct chain c = { .survey = survey, .out = out };
    c.at = lp_arena_array(survey->arena, room, sizeof(struct lp_evidence *));
    *out = (struct lp_ad_chain){ .at = c.at };
    follow(&c, first);
    out->documents = out->n;
    if (!out->root)
        return;
    read_documents(&c);
    out->undecided = false;
}
