/* propagation.h - how far a plan has come: do all name servers say what it says? Pure. */
#ifndef LP_PROPAGATION_H
#define LP_PROPAGATION_H

#include "lp/log.h"

struct lp_propagation {
    size_t asked;       /* answers that the plan has a word for */
    struct lp_list old; /* struct lp_str, one for each that is not as planned: "sip.contoso.com A
                           at ns1: 203.0.113.10, planned 203.0.113.40"; clean text */
};

/*
 * Of a walk over names (setup.part "names"). With planned zones: every answer that they hold,
 * compared with that of each live server; that a name or only its type is missing is the same. A
 * server that does not answer counts as old. Else with a topology: its records at the first
 * server, and where other servers differ from that one. Memory from arena.
 */
void lp_propagation_of(const struct lp_log *log, struct lp_arena *arena,
                       struct lp_propagation *out);

#endif
