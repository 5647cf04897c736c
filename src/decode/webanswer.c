/* webanswer.c - redirects and Autodiscover's word in an HTTP answer */
#include "lp/webanswer.h"

#include "lp/addoc.h"
#include "lp/url.h"

static const struct lp_field answer_fields[] = {
    LP_FIELD(struct lp_web_answer, leads_to, "where a redirect or a Redirect link leads"),
    LP_FIELD(struct lp_web_answer, by_link, "it is a Redirect link"),
    LP_FIELD(struct lp_web_answer, to_https, "it leads to https"),
    LP_FIELD(struct lp_web_answer, same_host, "it leads to the host that was asked"),
    LP_FIELD(struct lp_web_answer, access_location, "AccessLocation: the web site that answered"),
    LP_FIELD_END,
};

const struct lp_field lp_web_probe_fields[] = {
    LP_FIELD_STRUCT(struct lp_web_probe_facts, link, lp_link_fields, "the connection"),
    LP_FIELD_STRUCT(struct lp_web_probe_facts, http, lp_http_fields, "the HTTP answer"),
    LP_FIELD_STRUCT(struct lp_web_probe_facts, answer, answer_fields, "what it says"),
    LP_FIELD_END,
};

/* Redirect is the sole link then (domain.md 2.3). */
static struct lp_str link_of(const struct lp_ad_doc *doc)
{
    const struct lp_ad_link *link = lp_addoc_link(doc, "Redirect");
    if (!link || doc->problem.n || lp_addoc_link(doc, "User") || lp_addoc_link(doc, "Domain"))
        return LP_STR("");
    return link->href;
}

static void follow(struct lp_arena *arena, const struct lp_http *http, struct lp_str href,
                   struct lp_web_answer *out)
{
    struct lp_url base, to;
    out->leads_to = LP_STR_NONE;
    if (!lp_url_parse(arena, NULL, http->url, &base) || !lp_url_parse(arena, &base, href, &to))
        return;
    out->leads_to = to.text;
    out->to_https = to.https;
    out->same_host = lp_str_eq(to.host, base.host);
}

void lp_web_answer_read(struct lp_arena *arena, const struct lp_http *http, struct lp_str body,
                        struct lp_web_answer *out)
{
    struct lp_str href = LP_STR("");
    struct lp_ad_doc doc = { 0 };
    *out = (struct lp_web_answer){ .leads_to = LP_STR(""), .access_location = LP_STR("") };
    if (http->status == 200 && body.n) {
        lp_addoc_decode(arena, body, &doc);
        href = link_of(&doc);
        out->by_link = href.n > 0;
        if (doc.form.n)
            out->access_location = doc.access_location;
    }
    if (http->status >= 300 && http->status < 400)
        href = http->location.p ? http->location : LP_STR("");
    if (href.n)
        follow(arena, http, href, out);
}
