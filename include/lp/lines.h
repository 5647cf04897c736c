/* lines.h - a list of domains: one a line, "#" comments, CRLF, byte order mark. */
#ifndef LP_LINES_H
#define LP_LINES_H

#include "lp/base.h"

enum { LP_LINE_OCTETS = 256 }; /* a domain is shorter; what is longer is not kept */

/* Zeroed with self and take set: ready. Nothing is allocated, however long a line is. */
struct lp_lines {
    void *self;
    /* A line that is neither empty nor a comment, trimmed; unset when it is longer than
     * LP_LINE_OCTETS. number: from 1. The slice is valid during the call. */
    void (*take)(void *self, size_t number, struct lp_str line);
    size_t number; /* lines ended so far */
    char text[LP_LINE_OCTETS];
    size_t n; /* of text */
    bool in_comment, too_long;
};

/* The next bytes, cut anywhere. */
void lp_lines_feed(struct lp_lines *lines, struct lp_str bytes);
/* The end of the list: a last line without newline counts too. */
void lp_lines_end(struct lp_lines *lines);

#endif
