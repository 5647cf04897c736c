/* near.c - edit distance of two short words, and the nearest of several. */
#include "lp/near.h"

#include <string.h>

enum { LONGEST = 63 };

static char folded(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

size_t lp_edit_distance(struct lp_str a, struct lp_str b)
{
    size_t rows = a.n < LONGEST ? a.n : LONGEST;
    size_t columns = b.n < LONGEST ? b.n : LONGEST;
    size_t above[LONGEST + 1];
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= columns; j++)
        above[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t change = folded(a.p[i - 1]) != folded(b.p[j - 1]);
            row[j] = smallest(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
        }
        memcpy(above, row, sizeof above);
    }
    return above[columns];
}

/* A beginning counts as near: --time is --timeout, not --view. */
static size_t distance(struct lp_str word, const char *candidate)
{
    struct lp_str whole = lp_str_of(candidate);
    if (word.n && word.n < whole.n && lp_str_eq_nocase(lp_str_sub(whole, 0, word.n), word))
        return 1;
    return lp_edit_distance(word, whole);
}

const char *lp_nearest(struct lp_str word, const char *const *words)
{
    const char *best = words[0];
    for (size_t i = 0; words[i]; i++) {
        if (distance(word, words[i]) < distance(word, best))
            best = words[i];
    }
    return best;
}
