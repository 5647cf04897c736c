/* list.c - lists that grow in an arena */
#include <string.h>

#include "lp/field.h"

void lp_list_push(struct lp_arena *arena, struct lp_list *list, const void *item, size_t size)
{
    /* grows by doubling: full when the count is zero or a power of two */
    if ((list->n & (list->n - 1)) == 0) {
        void *at = lp_arena_array(arena, list->n ? 2 * list->n : 1, size);
        if (list->n)
            memcpy(at, list->at, list->n * size);
        list->at = at;
    }
    memcpy((char *)list->at + list->n++ * size, item, size);
}
