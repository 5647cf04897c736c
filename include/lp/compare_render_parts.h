/* compare_render_parts.h - what the formats of `compare` share; for src/report/compare_*.c only */
#ifndef LP_COMPARE_RENDER_PARTS_H
#define LP_COMPARE_RENDER_PARTS_H

#include "lp/compare_render.h"
#include "lp/page.h"

/* The formats. */
void lp_compare_text(const struct lp_compare_input *input, struct lp_buf *out);
void lp_compare_json(const struct lp_compare_input *input, struct lp_buf *out);
void lp_compare_html(const struct lp_compare_input *input, struct lp_buf *out);

/* ---- an item in words (compare_say.c): clean text in the arena, short lines ---- */

/* What it is about, names of the SIP domain without it: "lyncdiscover A", "access:443 sip". */
struct lp_list lp_compare_say_what(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena);
/* What one side has: "203.0.113.20", "not there", "TLSv1.2, 401"; at least one line. */
struct lp_list lp_compare_say_side(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, size_t side,
                                   struct lp_arena *arena);
/* "ok, same", "broken inside", "only outside". */
struct lp_str lp_compare_say_state(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena);
enum lp_sign lp_compare_sign(enum lp_compare_state state);
/* "contoso.yaml:31", the topology's rule; "" none. */
struct lp_str lp_compare_say_place(const struct lp_compared *compared,
                                   const struct lp_compared_item *item, struct lp_arena *arena);
/* "3 differ on purpose, 1 broken, 0 unexplained"; more where there is more. */
struct lp_str lp_compare_say_counts(const struct lp_compared *compared, const size_t *count,
                                    struct lp_arena *arena);
/* HTTP or SIP status; -1: none was read, 0: it is another probe's. */
int64_t lp_compare_status(const struct lp_evidence *e);
/* "NAMES", "FINDINGS": a heading over the items of that kind. */
const char *lp_compare_heading(enum lp_compare_kind kind);

#endif
