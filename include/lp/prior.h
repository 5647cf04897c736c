/* prior.h - a walk that outlives its log: a copy of what was recorded, judged. For src/cli only. */
#ifndef LP_PRIOR_H
#define LP_PRIOR_H

#include "lp/judge.h"
#include "lp/record.h"

/* Zero-initialised is ready for use: nothing is kept. */
struct lp_prior {
    bool kept;
    struct lp_arena arena; /* of what follows; its language is that of the judgement */
    struct lp_log log;
    struct lp_judgement judgement;
};

/* Keeps a copy of that walk in place of the one before. A topology that it was checked against is
 * borrowed on. A log that its own recording cannot hold is not kept. */
void lp_prior_keep(struct lp_prior *prior, const struct lp_log *log);
/* The kept walk, when it is one of the same domain; else NULL. */
const struct lp_judgement *lp_prior_of(const struct lp_prior *prior, const struct lp_log *log);
void lp_prior_drop(struct lp_prior *prior);

#endif
