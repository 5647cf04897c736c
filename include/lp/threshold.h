/* threshold.h - the numbers of a walk that monitoring watches, and ranges for them. */
#ifndef LP_THRESHOLD_H
#define LP_THRESHOLD_H

#include "lp/buf.h"
#include "lp/summary.h"

/*
 * A range of the Monitoring Plugins contract: "[@]start:end". "10": alert outside 0..10; "10:"
 * below 10; "~:10" above 10; "10:20" outside; "@10:20" inside, ends included.
 */
struct lp_range {
    bool set;           /* false: no alert */
    bool inside;        /* "@" */
    double start, end;  /* -HUGE_VAL, HUGE_VAL: open */
    struct lp_str text; /* as written */
};
/* False: no range. */
LP_MUST_CHECK bool lp_range_parse(struct lp_str text, struct lp_range *out);
/* Does the value raise the alert? An unset range never does. */
bool lp_range_alerts(const struct lp_range *range, double value);

/* One number: a row of the table, with its unit ("s" or "") and where it comes from. */
struct lp_metric {
    const char *name, *unit, *text;
    bool minimum; /* the less the worse (days left): a range without a colon is a mistake */
    int decimals;
    /* False: this walk has no such number. */
    bool (*value)(const struct lp_judgement *j, const struct lp_summary *s, double *value);
    /* Its largest possible value; NULL: none is known. */
    double (*max)(const struct lp_judgement *j, const struct lp_summary *s);
};
extern const struct lp_metric lp_metrics[];
extern const size_t lp_metric_count;

/* --threshold METRIC=WARN[,CRIT] */
struct lp_threshold {
    const struct lp_metric *metric;
    struct lp_range warning, critical;
};
/* False: error names the word, and the nearest metric; a bare number for a minimum is refused with
 * what was meant. */
LP_MUST_CHECK bool lp_threshold_parse(struct lp_arena *arena, struct lp_str text,
                                      struct lp_threshold *out, struct lp_error *error);

/* Worst state of the thresholds (list of struct lp_threshold): 0, 1 or 2. first: the threshold that
 * gives it; NULL none. */
int lp_threshold_state(const struct lp_list *thresholds, const struct lp_judgement *j,
                       const struct lp_threshold **first);
/* Performance data of all metrics, blanks between: "time=1.842s;;;0;30 ...". */
void lp_put_performance(const struct lp_list *thresholds, const struct lp_judgement *j,
                        struct lp_buf *out);

#endif
