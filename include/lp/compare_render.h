/* compare_render.h - the formats of `compare`: two walks of each domain side by side */
#ifndef LP_COMPARE_RENDER_H
#define LP_COMPARE_RENDER_H

#include "lp/compare.h"
#include "lp/report.h"

/* What is to be shown: n domains, or n pairs of walks; all of them in one language. */
struct lp_compare_input {
    const struct lp_compared *at;
    size_t n;
    struct lp_style style;
};

/* One row a format. Pure: the same input gives the same bytes. */
struct lp_compare_renderer {
    const char *name; /* "text", "json" */
    const char *title;
    void (*render)(const struct lp_compare_input *input, struct lp_buf *out);
    bool speaks; /* for people: in the language of the judgements' arena, as the comparison was
                    made in; the others want it made in English */
};
extern const struct lp_compare_renderer lp_compare_renderers[];
extern const size_t lp_compare_renderer_count;
/* NULL: no such format. */
const struct lp_compare_renderer *lp_compare_renderer_by_name(struct lp_str name);

#endif
