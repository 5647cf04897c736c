/* plan_render.h - the formats of `plan`: everything that must exist, without a look at
 * the network
 */
#ifndef LP_PLAN_RENDER_H
#define LP_PLAN_RENDER_H

#include "lp/expect.h"
#include "lp/report.h"

/* What is to be shown. */
struct lp_plan_input {
    const struct lp_expectations *expected; /* of all domains, whole */
    bool internal, external;                /* views */
    struct lp_list domains;                 /* struct lp_str: only records of these; none: all */
    struct lp_style style;
};

/* One row a format. Pure: the same input gives the same bytes. */
struct lp_plan_renderer {
    const char *name; /* "text", "json", "zone", "powershell", "csr" */
    const char *title;
    void (*render)(const struct lp_plan_input *input, struct lp_buf *out);
};
extern const struct lp_plan_renderer lp_plan_renderers[];
extern const size_t lp_plan_renderer_count;
/* NULL: no such format. */
const struct lp_plan_renderer *lp_plan_renderer_by_name(struct lp_str name);

#endif
