/* responders.c - each OCSP responder that a certificate names, asked about it once */
#include "lp/plan_parts.h"

#include "lp/ocsp.h"

struct questions {
    struct lp_planner *p;
    struct lp_keyset done; /* certificates that were looked at: most are shown at several places */
    size_t n;              /* questions of the walk, asked or wanted */
};

static void want(struct questions *q, const struct lp_certificate *cert, const struct lp_url *url,
                 int64_t parent)
{
    struct lp_planner *p = q->p;
    struct lp_places places;
    struct lp_spot spot = { .probe = lp_probe_by_name(LP_STR("ocsp")),
                            .host = url->host,
                            .port = url->port,
                            .url = lp_ocsp_name(p->arena, url->text, cert->sha256),
                            .parent = parent,
                            .plain = true,
                            .from_network = true,
                            .certificate = cert->der,
                            .issuers = lp_issuers_of(p, cert) };
    if (!spot.issuers.n || q->n == LP_MAX_OCSP)
        return;
    q->n++;
    lp_places_of(p->log, p->arena, url->host, url->port, &places);
    if (places.n)
        lp_want_probe(p, &spot, &places.at[0]);
    else
        lp_want_spot(p, &spot);
}

/* The answer is signed, so that http will do; https would ask for an answer of its own. */
static void want_all(struct questions *q, const struct lp_certificate *cert, int64_t parent)
{
    const struct lp_str *urls = cert->ocsp.at;
    struct lp_url url;
    for (size_t i = 0; i < cert->ocsp.n; i++) {
        if (lp_url_parse(q->p->arena, NULL, urls[i], &url) && !url.https)
            want(q, cert, &url, parent);
    }
}

void lp_follow_ocsp(struct lp_planner *p)
{
    struct questions q = { p, { .arena = p->arena }, 0 };
    for (size_t i = 0; i < p->log->n; i++) {
        const struct lp_evidence *e = p->log->at[i];
        const struct lp_link *link = lp_link_of(e);
        const struct lp_str *chain = link ? link->chain.at : NULL;
        for (size_t k = 0; link && k < link->chain.n; k++) {
            const struct lp_certificate *cert = lp_log_certificate(p->log, chain[k]);
            if (cert && cert->readable && !cert->self_issued &&
                lp_keyset_add(&q.done, cert->sha256))
                want_all(&q, cert, e->id);
        }
    }
}
