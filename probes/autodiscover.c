/* autodiscover.c - Autodiscover over HTTP and HTTPS: the document a client would read. */
#include "lp/addoc.h"
#include "lp/probe.h"
#include "lp/skew.h"

static const struct lp_field fields[] = {
    LP_FIELD_STRUCT(struct lp_autodiscover_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_STRUCT(struct lp_autodiscover_facts, http, lp_http_fields, "the HTTP answer"),
    LP_FIELD_STRUCT(struct lp_autodiscover_facts, doc, lp_ad_doc_fields, "the document"),
    LP_FIELD_END,
};

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_autodiscover_facts *facts = talk->facts;

    lp_addoc_decode(talk->arena, talk->in, &facts->doc);
    /* The engine knows that the body was cut; from the bytes alone it is a syntax
       error. */
    if (facts->doc.problem.n > 0 && lp_str_starts_nocase(facts->http.limit, "body"))
        facts->doc.problem = LP_STR("limit");
    return LP_DONE;
}

static bool is_skewed(const struct lp_check_input *input, struct lp_charge *charge)
{
    return lp_is_skewed(input, lp_http_of(input->e)->date, charge);
}

static const struct lp_check checks[] = {
    { "LP-HTTP-CLOCK-SKEW", is_skewed },
    { NULL, NULL },
};

const struct lp_probe lp_probe_autodiscover = {
    .shape = {
        .name = "autodiscover",
        .title = "Autodiscover document over HTTP",
        .fields = fields,
        .size = sizeof(struct lp_autodiscover_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    /* domain.md 2.2: without it the server answers in its default JSON. */
    .accept = "application/vnd.microsoft.rtc.autodiscover+xml;v=1",
    .step = step,
    .checks = checks,
};
