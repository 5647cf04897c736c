/* near.h - how alike two words are, for "did you mean". */
#ifndef LP_NEAR_H
#define LP_NEAR_H

#include "lp/base.h"

/*
 * Insertions, deletions and substitutions of single bytes that turn a into b
 * (Levenshtein), ASCII letters folded. Of words longer than 63 bytes only the first 63
 * are compared.
 */
size_t lp_edit_distance(struct lp_str a, struct lp_str b);

/* The one of words (ended by NULL, at least one) that is nearest to the word; one that begins with
 * it is near. */
const char *lp_nearest(struct lp_str word, const char *const *words);

#endif
