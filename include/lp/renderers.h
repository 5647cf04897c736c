/* renderers.h - the render functions of the formats, for the table in renderers.c. */
#ifndef LP_RENDERERS_H
#define LP_RENDERERS_H

#include "lp/report.h"

/* The terminal report of ux.md 3.1; several walks follow one another. */
void lp_report_text(const struct lp_report_input *input, struct lp_buf *out);
/* DESIGN 5: the JSON report. */
void lp_report_json(const struct lp_report_input *input, struct lp_buf *out);

#endif
