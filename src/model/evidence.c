/* evidence.c - views of an evidence by what its facts begin with. */
#include "lp/evidence.h"

const struct lp_shape lp_shape_dns = {
    .name = "dns",
    .title = "a DNS question to one server",
    .fields = lp_dns_fields,
    .size = sizeof(struct lp_dns_facts),
};

const struct lp_shape lp_shape_certificate = {
    .name = "certificate",
    .title = "a certificate that an endpoint sent",
    .fields = lp_certificate_fields,
    .size = sizeof(struct lp_certificate),
};

/* How the facts of every web probe begin. */
struct web_facts {
    struct lp_link link;
    struct lp_http http;
};

const struct lp_link *lp_link_of(const struct lp_evidence *e)
{
    return e->shape->has_link ? (const struct lp_link *)e->facts : NULL;
}

const struct lp_http *lp_http_of(const struct lp_evidence *e)
{
    return e->shape->has_http ? &((const struct web_facts *)e->facts)->http : NULL;
}

const struct lp_dns_facts *lp_dns_of(const struct lp_evidence *e)
{
    return e->shape == &lp_shape_dns ? (const struct lp_dns_facts *)e->facts : NULL;
}
