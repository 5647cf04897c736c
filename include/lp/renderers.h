/* renderers.h - the render functions of the formats, for the table in renderers.c. */
#ifndef LP_RENDERERS_H
#define LP_RENDERERS_H

#include "lp/report.h"

/* The terminal report of ux.md 3.1; several walks follow one another. */
void lp_report_text(const struct lp_report_input *input, struct lp_buf *out);
/* DESIGN 5: the JSON report. */
void lp_report_json(const struct lp_report_input *input, struct lp_buf *out);
/* The same as events, one object a line, each with its type, domain and view. */
void lp_report_ndjson(const struct lp_report_input *input, struct lp_buf *out);
/* Six lines a walk: verdict, why, fix, finding, time, vantage. */
void lp_report_ticket(const struct lp_report_input *input, struct lp_buf *out);
/* The Monitoring Plugins contract: one line with performance data; more lines with -v. */
void lp_report_nagios(const struct lp_report_input *input, struct lp_buf *out);
/* Prometheus text format; the merge puts each family of several walks in one place. */
void lp_report_prometheus(const struct lp_report_input *input, struct lp_buf *out);
void lp_merge_prometheus(struct lp_str text, struct lp_buf *out);
/* One testsuite a walk; the document element is the frame of the renderer's row. */
void lp_report_junit(const struct lp_report_input *input, struct lp_buf *out);
/* A section a walk; the first one brings the start of the page, lp_html_end is its end. */
void lp_report_html(const struct lp_report_input *input, struct lp_buf *out);

#endif
