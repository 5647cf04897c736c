/* utf8.h - UTF-8 sequences and what a code point does on a terminal. [probe] */
#ifndef LP_UTF8_H
#define LP_UTF8_H

#include "lp/base.h"

/*
 * Length of the sequence at s.p[at] (1..4) and its code point. 0: not well-formed (RFC
 * 3629: overlong, surrogate, over U+10FFFF, cut off) or past the end; then *code is not
 * changed.
 */
size_t lp_utf8_decode(struct lp_str s, size_t at, uint32_t *code);
/*
 * Must it be escaped where people read it? C0, DEL, C1, bidi controls, zero-width and
 * other format characters (category Cf), line and paragraph separators, fillers,
 * variation selectors, tags, private use, noncharacters: they hide, reorder or forge the
 * text around them.
 */
bool lp_utf8_is_hidden(uint32_t code);
/* Columns on a terminal: 2 wide, 0 combining, else 1 (Unicode 14; hidden ones are not
 * asked for).
 */
unsigned lp_utf8_columns(uint32_t code);

#endif
