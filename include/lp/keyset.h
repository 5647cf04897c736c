/* keyset.h - a set of keys in an arena: what a plan holds already, found at once. */
#ifndef LP_KEYSET_H
#define LP_KEYSET_H

#include "lp/arena.h"

/* Zeroed but for the arena: empty. The texts are borrowed. */
struct lp_keyset {
    struct lp_arena *arena;
    struct lp_str *slots; /* open addressing; unset: free */
    size_t room, n;
};

bool lp_keyset_has(const struct lp_keyset *set, struct lp_str key);
/* False: it was there already. */
bool lp_keyset_add(struct lp_keyset *set, struct lp_str key);

#endif
