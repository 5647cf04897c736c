/* report_order.c - evidence in an order that does not hang on which answer came first */
#include "lp/report_order.h"

#include <stdlib.h>

#include "lp/probe.h"

static int by_place(const void *x, const void *y)
{
    const struct lp_evidence *a = *(const struct lp_evidence *const *)x;
    const struct lp_evidence *b = *(const struct lp_evidence *const *)y;
    const struct lp_link *p = lp_link_of(a), *q = lp_link_of(b);
    int order = lp_str_cmp(p->host, q->host);
    if (order == 0)
        order = (p->port > q->port) - (p->port < q->port);
    if (order == 0)
        order = lp_addr_cmp(&p->address, &q->address);
    return order ? order : lp_str_cmp(a->key, b->key);
}

static int by_digest(const void *x, const void *y)
{
    const struct lp_evidence *a = *(const struct lp_evidence *const *)x;
    const struct lp_evidence *b = *(const struct lp_evidence *const *)y;
    const struct lp_certificate *p = a->facts, *q = b->facts;
    return lp_str_cmp(p->sha256, q->sha256);
}

static bool is_link(const struct lp_evidence *e)
{
    return lp_endpoint_of(e) != NULL;
}

static bool is_certificate(const struct lp_evidence *e)
{
    return e->shape == &lp_shape_certificate;
}

static struct lp_ordered pick(const struct lp_log *log, struct lp_arena *arena,
                              bool (*wanted)(const struct lp_evidence *))
{
    struct lp_ordered out = { .at = lp_arena_array(arena, log->n + 1, sizeof(void *)) };
    for (size_t i = 0; i < log->n; i++) {
        if (wanted(log->at[i]))
            out.at[out.n++] = log->at[i];
    }
    return out;
}

struct lp_ordered lp_ordered_links(const struct lp_log *log, struct lp_arena *arena)
{
    struct lp_ordered links = pick(log, arena, is_link);
    qsort(links.at, links.n, sizeof(const struct lp_evidence *), by_place);
    return links;
}

struct lp_ordered lp_ordered_certificates(const struct lp_log *log, struct lp_arena *arena)
{
    struct lp_ordered certificates = pick(log, arena, is_certificate);
    qsort(certificates.at, certificates.n, sizeof(const struct lp_evidence *), by_digest);
    return certificates;
}
