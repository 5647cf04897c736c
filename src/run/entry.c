/* entry.c - evidence as it stands before its question is put */
#include "lp/worker.h"

struct lp_evidence *lp_entry_new(struct lp_arena *arena, const struct lp_ask *ask, lp_usec started)
{
    struct lp_evidence *e = lp_arena_alloc(arena, sizeof *e);
    e->parent = ask->parent;
    e->key = ask->key;
    e->shape = ask->shape;
    e->started = started < 0 ? 0 : started;
    e->elapsed = -1;
    e->facts = lp_arena_alloc(arena, ask->shape->size);
    lp_ask_begin(ask, e);
    return e;
}
