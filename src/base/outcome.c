/* outcome.c - outcomes and their words. */
#include "lp/outcome.h"

static const char *const words[] = {
#define X(id, word) [id] = (word),
    LP_OUTCOMES(X)
#undef X
};

const char *lp_outcome_word(enum lp_outcome outcome)
{
    return (size_t)outcome < LP_COUNT(words) ? words[outcome] : "";
}

bool lp_outcome_from(struct lp_str word, enum lp_outcome *out)
{
    for (size_t i = 0; i < LP_COUNT(words); i++) {
        if (lp_str_eq(word, lp_str_of(words[i]))) {
            *out = (enum lp_outcome)i;
            return true;
        }
    }
    return false;
}
