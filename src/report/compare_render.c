/* compare_render.c - the formats of `compare`, one row each */
#include "lp/compare_render_parts.h"

const struct lp_compare_renderer lp_compare_renderers[] = {
    { "text", "for people: one sentence, then name by name", lp_compare_text, true },
    { "json", "one object for a domain, an array for several", lp_compare_json, false },
    { "html", "one page for a browser, with the same tables", lp_compare_html, true },
};
const size_t lp_compare_renderer_count = LP_COUNT(lp_compare_renderers);

const struct lp_compare_renderer *lp_compare_renderer_by_name(struct lp_str name)
{
    for (size_t i = 0; i < lp_compare_renderer_count; i++) {
        if (lp_str_eq(lp_str_of(lp_compare_renderers[i].name), name))
            return &lp_compare_renderers[i];
    }
    return NULL;
}
