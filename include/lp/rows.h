/* rows.h - the questions that expectations put: what the planner asks, and the judge looks up. */
#ifndef LP_ROWS_H
#define LP_ROWS_H

#include "lp/ask.h"
#include "lp/expect.h"
#include "lp/survey.h"

/* The connections that one port expectation asks for. */
struct lp_row_asks {
    const struct lp_ask *at; /* each address by each of its ports; keys are set */
    size_t n;
    struct lp_places places; /* of the host, where the row gives no address; else empty */
    const char *unasked;     /* why there are none and never will be; NULL: there may be */
};

/* Pure. Rows that are no ports: n is 0. Memory from arena. */
void lp_row_asks(const struct lp_log *log, struct lp_arena *arena, const struct lp_expectation *row,
                 struct lp_row_asks *out);

/* The answers to one record expectation, at the first server: SRV in srv, else A and AAAA (of a
 * family that was excluded by -4 or -6: all unset). */
struct lp_row_records {
    struct lp_resolved srv, a, aaaa;
};
/* Pure. Memory from arena. */
void lp_row_records(const struct lp_log *log, struct lp_arena *arena,
                    const struct lp_expectation *row, struct lp_row_records *out);

/* Does the row belong to that view, and can it be asked for at all? */
bool lp_row_is_of(const struct lp_expectation *row, bool internal);

#endif
