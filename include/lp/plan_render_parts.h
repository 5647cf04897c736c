/* plan_render_parts.h - what the formats of `plan` share; for src/report/plan_*.c only */
#ifndef LP_PLAN_RENDER_PARTS_H
#define LP_PLAN_RENDER_PARTS_H

#include "lp/plan_render.h"

/* The formats. */
void lp_plan_text(const struct lp_plan_input *input, struct lp_buf *out);
void lp_plan_json(const struct lp_plan_input *input, struct lp_buf *out);
void lp_plan_zone(const struct lp_plan_input *input, struct lp_buf *out);
void lp_plan_powershell(const struct lp_plan_input *input, struct lp_buf *out);
void lp_plan_csr(const struct lp_plan_input *input, struct lp_buf *out);

/* Is that one asked for: view, and domain? */
bool lp_plan_shows(const struct lp_plan_input *input, const struct lp_expectation *e);
/* "inside" or "outside". */
const char *lp_plan_side(bool internal);
/* "poster, DNS table, row 1; contoso.yaml:3". Text in the arena. */
struct lp_str lp_plan_source(struct lp_arena *arena, const struct lp_expectations *expected,
                             const struct lp_expectation *e);

/* What the plan can say about a record. */
enum lp_planned {
    LP_PLANNED_ABSENT,    /* must not be there */
    LP_PLANNED_SRV,       /* a service at the first of its targets */
    LP_PLANNED_ADDRESSES, /* the planned ones */
    LP_PLANNED_ALIAS,     /* of its target, whose address the file does not say */
    LP_PLANNED_UNKNOWN,   /* it must be there; where it leads, the file does not say */
};
enum lp_planned lp_plan_kind(const struct lp_expect_dns *dns);

/* Seconds for which a planned record may be kept. */
enum { LP_PLAN_TTL = 3600 };

/* One zone in one view. */
struct lp_plan_zone {
    struct lp_str name;
    bool internal;
};
/* The zones of all records that are shown, inside before outside, in the order of the
 * records: struct lp_plan_zone. */
struct lp_list lp_plan_zones(const struct lp_plan_input *input, struct lp_arena *arena);
/* Does the record stand in that zone: the AD domain or a SIP domain, whichever is the
 * longest that holds its name, else the domain above its name? */
bool lp_plan_in_zone(const struct lp_topology *topology, const struct lp_plan_zone *zone,
                     const struct lp_expectation *e);
/* The owner within the zone; "@" for the zone itself. */
struct lp_str lp_plan_label(struct lp_str owner, struct lp_str zone);

/* Names that a request holds: those that the role needs, those that poster or
 * documentation alone ask for, and the server's own (unset: none). struct lp_str. */
struct lp_list lp_plan_request_names(struct lp_arena *arena, const struct lp_expect_cert *cert,
                                     struct lp_str member);

#endif
