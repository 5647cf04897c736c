/* revocation.c - the revocation lists that the certificates of the walk name, each once */
#include "lp/plan_parts.h"

#include "lp/crl.h"

/* One URL, and the certificates that name it. */
struct source {
    struct lp_url url;
    int64_t parent;
    struct lp_list serials, issuers;
};

struct sources {
    struct source at[LP_MAX_LISTS];
    size_t n;
};

static void add(struct lp_planner *p, struct lp_list *list, struct lp_str item)
{
    if (item.n && !lp_list_has_str(list, item))
        lp_list_push(p->arena, list, &item, sizeof item);
}

static struct source *source_for(struct sources *sources, const struct lp_url *url)
{
    for (size_t i = 0; i < sources->n; i++) {
        if (lp_str_eq(sources->at[i].url.text, url->text))
            return &sources->at[i];
    }
    if (sources->n == LP_MAX_LISTS)
        return NULL;
    sources->at[sources->n] = (struct source){ .url = *url };
    return &sources->at[sources->n++];
}

struct lp_list lp_issuers_of(const struct lp_planner *p, const struct lp_certificate *cert)
{
    struct lp_list issuers = { 0 };
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_certificate *other = p->log->at[i]->facts;
        if (p->log->at[i]->shape == &lp_shape_certificate && other->readable && other->der.n &&
            lp_str_eq(other->subject, cert->issuer))
            lp_list_push(p->arena, &issuers, &other->der, sizeof other->der);
    }
    return issuers;
}

static void add_issuers(struct lp_planner *p, struct source *source,
                        const struct lp_certificate *cert)
{
    struct lp_list issuers = lp_issuers_of(p, cert);
    const struct lp_str *ders = issuers.at;
    for (size_t i = 0; i < issuers.n; i++)
        add(p, &source->issuers, ders[i]);
}

/* A list is signed, so that http will do; https would ask for a list of its own. */
static void add_certificate(struct lp_planner *p, struct sources *sources,
                            const struct lp_certificate *cert, int64_t parent)
{
    const struct lp_str *cdp = cert->cdp.at;
    for (size_t i = 0; i < cert->cdp.n; i++) {
        struct lp_url url;
        if (!lp_url_parse(p->arena, NULL, cdp[i], &url) || url.https)
            continue;
        struct source *source = source_for(sources, &url);
        if (!source)
            return;
        if (!source->parent)
            source->parent = parent;
        add(p, &source->serials, cert->serial);
        add_issuers(p, source, cert);
    }
}

static void collect(struct lp_planner *p, struct sources *sources)
{
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_link *link = lp_link_of(e);
        const struct lp_str *chain = link ? link->chain.at : NULL;
        for (size_t k = 0; link && k < link->chain.n; k++) {
            const struct lp_certificate *cert = lp_log_certificate(p->log, chain[k]);
            if (cert && cert->readable && !cert->self_issued)
                add_certificate(p, sources, cert, e->id);
        }
    }
}

static const struct lp_evidence *fetched(const struct lp_planner *p, struct lp_str url)
{
    const struct lp_shape *shape = &lp_probe_by_name(LP_STR("crl"))->shape;
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        if (e->shape == shape && lp_str_eq(lp_http_of(e)->url, url))
            return e;
    }
    return NULL;
}

/* Does the list that was fetched leave one of the certificates open? Only one too long to be kept
 * does. */
static bool leaves_open(const struct lp_evidence *e, const struct source *source)
{
    const struct lp_crl *crl = &((const struct lp_crl_facts *)e->facts)->crl;
    const struct lp_str *serials = source->serials.at;
    const struct lp_crl_entry *entry;
    for (size_t i = 0; i < source->serials.n && crl->count > LP_CRL_KEPT; i++) {
        if (!lp_crl_knows(crl, serials[i], &entry))
            return true;
    }
    return false;
}

/* A list is fetched as soon as a certificate names it. A long one leaves open what it was not asked
 * about: it is fetched once more when no more certificates can come (the fragment makes it another
 * question, and is not sent). */
void lp_follow_revocation(struct lp_planner *p, bool quiet)
{
    struct sources sources = { .n = 0 };
    collect(p, &sources);
    for (size_t i = 0; i < sources.n; i++) {
        const struct source *s = &sources.at[i];
        const struct lp_evidence *first = fetched(p, s->url.text);
        struct lp_str again[] = { s->url.text, LP_STR(LP_CRL_AGAIN) };
        struct lp_places places;
        struct lp_spot spot = { .probe = lp_probe_by_name(LP_STR("crl")),
                                .host = s->url.host,
                                .port = s->url.port,
                                .url = s->url.text,
                                .parent = s->parent,
                                .plain = true,
                                .from_network = true,
                                .serials = s->serials,
                                .issuers = s->issuers };
        lp_places_of(p->log, p->arena, s->url.host, s->url.port, &places);
        if (first && !(quiet && leaves_open(first, s)))
            continue;
        if (first)
            spot.url = lp_arena_join(p->arena, again, LP_COUNT(again));
        if (places.n)
            lp_want_probe(p, &spot, &places.at[0]);
        else
            lp_want_spot(p, &spot);
    }
}
