/* prometheus_parts.h - what the files of the metrics share. */
#ifndef LP_PROMETHEUS_PARTS_H
#define LP_PROMETHEUS_PARTS_H

#include "lp/buf.h"
#include "lp/summary.h"

/* One walk, and where its samples go. */
struct lp_scribe {
    const struct lp_judgement *j;
    struct lp_summary summary;
    const char *name; /* of the family */
    struct lp_buf *out;
};

/* A sample: the family's name with the labels of the walk, then more labels, then the number. */
void lp_sample_begin(struct lp_scribe *s);
void lp_sample_label(struct lp_scribe *s, const char *name, struct lp_str value);
void lp_sample_end(struct lp_scribe *s, double value);

/* The samples of one family each (prometheus_endpoints.c). */
void lp_put_endpoint_success(struct lp_scribe *s);
void lp_put_phases(struct lp_scribe *s);
void lp_put_not_after(struct lp_scribe *s);
void lp_put_verified(struct lp_scribe *s);
void lp_put_cert_info(struct lp_scribe *s);

#endif
