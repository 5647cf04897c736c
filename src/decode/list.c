/* list.c - lists that grow in an arena */
#include <string.h>

#include "lp/field.h"
#include "lp/name.h"

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

bool lp_list_has_str(const struct lp_list *list, struct lp_str text)
{
    const struct lp_str *at = list->at;
    for (size_t i = 0; i < list->n; i++) {
        if (lp_str_eq(at[i], text))
            return true;
    }
    return false;
}

bool lp_list_has_name(const struct lp_list *list, struct lp_str name)
{
    const struct lp_str *at = list->at;
    for (size_t i = 0; i < list->n; i++) {
        if (lp_name_eq(at[i], name))
            return true;
    }
    return false;
}

bool lp_list_has_addr(const struct lp_list *list, const struct lp_addr *address)
{
    const struct lp_addr *at = list->at;
    for (size_t i = 0; i < list->n; i++) {
        if (lp_addr_eq(&at[i], address))
            return true;
    }
    return false;
}

bool lp_list_same_strs(const struct lp_list *a, const struct lp_list *b)
{
    const struct lp_str *x = a->at, *y = b->at;
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = lp_str_eq(x[i], y[i]);
    return same;
}
