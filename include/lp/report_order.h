/* report_order.h - evidence in an order that does not hang on which answer came first */
#ifndef LP_REPORT_ORDER_H
#define LP_REPORT_ORDER_H

#include "lp/log.h"

/* Evidence of one kind of a log; pointers into it, in the arena. */
struct lp_ordered {
    const struct lp_evidence **at;
    size_t n;
};

/* All with a link: by host, port, address, then by the identity of the question (key). Two walks of
 * the same deployment list them alike. */
struct lp_ordered lp_ordered_links(const struct lp_log *log, struct lp_arena *arena);
/* All certificates, by sha256. */
struct lp_ordered lp_ordered_certificates(const struct lp_log *log, struct lp_arena *arena);

#endif
