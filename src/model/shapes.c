/* shapes.c - every kind of facts by its name: the model's own two, and the probes'. */
#include "lp/probe.h"
#include "lp/record.h"

const struct lp_probe *lp_probe_by_name(struct lp_str name)
{
    for (size_t i = 0; lp_probes[i]; i++)
        if (lp_str_eq(lp_str_of(lp_probes[i]->shape.name), name))
            return lp_probes[i];
    return NULL;
}

const struct lp_probe *lp_probe_of(const struct lp_evidence *e)
{
    for (size_t i = 0; lp_probes[i]; i++)
        if (&lp_probes[i]->shape == e->shape)
            return lp_probes[i];
    return NULL;
}

bool lp_is_beside(const struct lp_evidence *e)
{
    const struct lp_probe *probe = lp_probe_of(e);
    return probe && probe->beside != LP_BESIDE_NONE;
}

const struct lp_link *lp_endpoint_of(const struct lp_evidence *e)
{
    return lp_is_beside(e) ? NULL : lp_link_of(e);
}

const struct lp_shape *lp_shape_by_name(struct lp_str kind)
{
    static const struct lp_shape *const own[] = { &lp_shape_dns, &lp_shape_certificate };
    for (size_t i = 0; i < LP_COUNT(own); i++)
        if (lp_str_eq(lp_str_of(own[i]->name), kind))
            return own[i];
    const struct lp_probe *probe = lp_probe_by_name(kind);
    return probe ? &probe->shape : NULL;
}
