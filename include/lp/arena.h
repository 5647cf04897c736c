/* arena.h - bump allocation for everything that lives as long as one walk. [probe] */
#ifndef LP_ARENA_H
#define LP_ARENA_H

#include <stdarg.h>

#include "lp/base.h"

struct lp_chunk; /* private */
struct lp_lang;

/* Zero-initialised is ready for use ({0}). */
struct lp_arena {
    struct lp_chunk *head; /* newest chunk; NULL: empty */
    size_t used;           /* bytes handed out so far, all chunks */
    /* Of the texts for people that are made in it (lp_tell, lp_tr; lang.h); NULL: English. */
    const struct lp_lang *lang;
};

/* Zeroed memory, aligned for any type, valid until lp_arena_release. Never NULL (size 0
 * gives a valid pointer). */
void *lp_arena_alloc(struct lp_arena *arena, size_t size);
/* Zeroed array; overflow ends the process. */
void *lp_arena_array(struct lp_arena *arena, size_t count, size_t size);
/* A copy of the slice, followed by a NUL that is not counted. Unset stays unset. */
struct lp_str lp_arena_str(struct lp_arena *arena, struct lp_str s);
/* Formatted text of our own (trusted values only). */
struct lp_str lp_arena_printf(struct lp_arena *arena, const char *format, ...) LP_PRINTF(2, 3);
/* The same of a started list, which the caller ends. */
struct lp_str lp_arena_vprintf(struct lp_arena *arena, const char *format, va_list args)
    LP_PRINTF(2, 0);
/* The concatenation of n slices. */
struct lp_str lp_arena_join(struct lp_arena *arena, const struct lp_str *parts, size_t n);
/* Frees everything; the arena is empty and usable again, in the same language. */
void lp_arena_release(struct lp_arena *arena);

#endif
