/* source_texts.h - the texts that the sources give to the functions which translate them. */
#ifndef LP_TEST_SOURCE_TEXTS_H
#define LP_TEST_SOURCE_TEXTS_H

#include "lp/arena.h"

/* Calls take once for each literal of src and probes that is translated, in the order of files;
 * literals side by side are one. Texts without two letters in a row ("%s:%lld") are left out.
 * Memory from the arena. */
void source_texts(struct lp_arena *arena, void (*take)(struct lp_str text));

#endif
