/* keyset.c - a set of texts, open addressing, at most half full */
#include "lp/keyset.h"

enum { FIRST_ROOM = 64 };

/* The slot that holds the key, or the free one where it belongs. */
static struct lp_str *slot_of(const struct lp_keyset *set, struct lp_str key)
{
    size_t mask = set->room - 1;
    size_t i = lp_str_hash(key) & mask;
    while (set->slots[i].p && !lp_str_eq(set->slots[i], key))
        i = (i + 1) & mask;
    return &set->slots[i];
}

static void grow(struct lp_keyset *set)
{
    struct lp_keyset old = *set;
    set->room = old.room ? 2 * old.room : FIRST_ROOM;
    set->slots = lp_arena_array(set->arena, set->room, sizeof *set->slots);
    for (size_t i = 0; i < old.room; i++) {
        if (old.slots[i].p)
            *slot_of(set, old.slots[i]) = old.slots[i];
    }
}

bool lp_keyset_has(const struct lp_keyset *set, struct lp_str key)
{
    return set->n && slot_of(set, key)->p;
}

bool lp_keyset_add(struct lp_keyset *set, struct lp_str key)
{
    if (2 * (set->n + 1) > set->room)
        grow(set);
    struct lp_str *slot = slot_of(set, key);
    if (slot->p)
        return false;
    *slot = key;
    set->n++;
    return true;
}
