/* log.h - the evidence log of one walk: append-only, found by key or id. */
#ifndef LP_LOG_H
#define LP_LOG_H

#include "lp/evidence.h"
#include "lp/setup.h"

/* How the walk ended: last line of a recording. */
struct lp_end {
    bool present;      /* false: the recording has no end line */
    bool complete;     /* false: interrupted, or the deadline came first */
    int64_t total_us;  /* start to end */
    struct lp_str why; /* "deadline", "interrupted"; unset when complete */
    int64_t restarts;  /* workers that had to be started again */
};
extern const struct lp_field lp_end_fields[];

struct lp_expectations; /* expect.h */

struct lp_log {
    struct lp_arena *arena; /* borrowed; holds everything below */
    struct lp_setup setup;
    const struct lp_expectations *expected; /* borrowed; NULL: no topology was given */
    struct lp_evidence **at;                /* in order of arrival */
    size_t n;
    struct lp_end end;
    struct lp_evidence **index; /* private: open addressing by key */
    size_t index_size;
    size_t room;
};

/* An empty log, setup zeroed. */
void lp_log_init(struct lp_log *log, struct lp_arena *arena);
/* Appends (takes the pointer; it must live in the arena; its id must be greater than the
 * last one's). False: an entry with that key is there, the new one is ignored. */
bool lp_log_add(struct lp_log *log, struct lp_evidence *e);
/* By key; NULL when it was not asked. */
const struct lp_evidence *lp_log_find(const struct lp_log *log, struct lp_str key);
/* By id; NULL when there is none. */
const struct lp_evidence *lp_log_by_id(const struct lp_log *log, int64_t id);
/* The certificate with that hash; NULL when it is not in the log. */
const struct lp_certificate *lp_log_certificate(const struct lp_log *log, struct lp_str sha256);
/* Leaf of a link's chain; NULL none. */
const struct lp_certificate *lp_log_leaf(const struct lp_log *log, const struct lp_link *link);

#endif
