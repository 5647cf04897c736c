/* lines.c - a list of domains, cut into lines as its bytes come */
#include "lp/lines.h"

#include <string.h>

static void end_line(struct lp_lines *l)
{
    struct lp_str line = { l->text, l->n };
    l->number++;
    if (l->number == 1 && line.n >= 3 && memcmp(line.p, "\xef\xbb\xbf", 3) == 0)
        line = lp_str_sub(line, 3, line.n);
    line = lp_str_trim(line);
    if (line.n || l->too_long)
        l->take(l->self, l->number, l->too_long ? LP_STR_NONE : line);
    l->n = 0;
    l->too_long = l->in_comment = false;
}

static void add(struct lp_lines *l, struct lp_str part)
{
    size_t n = lp_str_find(part, '#');
    if (l->in_comment || l->too_long)
        return;
    l->in_comment = n < part.n;
    l->too_long = n > sizeof l->text - l->n;
    if (l->too_long)
        return;
    memcpy(l->text + l->n, part.p, n);
    l->n += n;
}

void lp_lines_feed(struct lp_lines *l, struct lp_str bytes)
{
    while (bytes.n) {
        bool whole = lp_str_find(bytes, '\n') < bytes.n;
        add(l, lp_str_cut(&bytes, '\n'));
        if (whole)
            end_line(l);
    }
}

void lp_lines_end(struct lp_lines *l)
{
    end_line(l);
}
