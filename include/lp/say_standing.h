/* say_standing.h - what a report says of a certificate's revocation. */
#ifndef LP_SAY_STANDING_H
#define LP_SAY_STANDING_H

#include "lp/shown.h"
#include "lp/standing.h"

/* A source in a line, clean text: "OCSP: good, stapled, valid until 1 Dec 2026". Unset: it was not
 * asked. */
struct lp_str lp_say_source(struct lp_arena *arena, const struct lp_source *source);
/* All sources of the certificate that is shown, "; " between. Unset: it names none, or none was
 * asked. */
struct lp_str lp_say_standing(const struct lp_log *log, struct lp_arena *arena,
                              const struct lp_shown *shown);

#endif
