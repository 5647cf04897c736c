/* decisive.h - which questions the deciding client's way rests on. */
#ifndef LP_DECISIVE_H
#define LP_DECISIVE_H

#include "lp/survey.h"

/* One flag an evidence, in the order of the log: is it of a step that the deciding client comes to
 * before it signs in or gives up, or did one of those follow from it? The rest (later steps, other
 * clients, what only a topology asks for, revocation lists) decides nothing. Pure. Memory from
 * the arena of the survey. */
const bool *lp_decisive(const struct lp_survey *survey);

#endif
