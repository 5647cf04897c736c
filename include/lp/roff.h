/* roff.h - text of ours in the source of a manual page. */
#ifndef LP_ROFF_H
#define LP_ROFF_H

#include "lp/buf.h"

/* Text as it stands: a backslash, a hyphen that is a minus sign, and quotes and accents that a
 * formatter would bend are escaped; no line of it is taken for a request. No newline in it. */
void lp_put_roff(struct lp_buf *out, struct lp_str text);
/* Sentences: each begins a line of the source, and no line is longer than 60 bytes, escapes not
 * counted, but for a long word. Ends with a newline; nothing for an empty text. */
void lp_put_roff_text(struct lp_buf *out, struct lp_str text);

#endif
