/* topology_seen_parts.h - what the files that look for a topology in a walk share; private. */
#ifndef LP_TOPOLOGY_SEEN_PARTS_H
#define LP_TOPOLOGY_SEEN_PARTS_H

#include "lp/topology_seen.h"

struct lp_seeing {
    const struct lp_survey *survey;
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_topology *topology;
    struct lp_list *notes;
};

/* The step that asks for the name of that pattern, whichever client has it; NULL: none. */
const struct lp_step_result *lp_seen_step(const struct lp_seeing *s, const char *pattern);
/* The first target of an SRV step that is one; NULL: none. */
const struct lp_srv_target *lp_seen_target(const struct lp_step_result *step);
/* Adds the host's addresses to a list of struct lp_addr, each once. */
void lp_seen_addresses(const struct lp_seeing *s, struct lp_str host, struct lp_list *to);
/* The host that the links of an Autodiscover root lead to; unset: no root was understood. */
struct lp_str lp_seen_web(const struct lp_seeing *s);
/* The facts of a SIP answer; NULL: the evidence is none. */
const struct lp_sip_facts *lp_seen_sip(const struct lp_evidence *e);
/* "10.0.0.1, 10.0.0.2", for a remark. */
const char *lp_seen_list(const struct lp_seeing *s, const struct lp_list *addresses);

/* The two views. */
void lp_seen_inside(struct lp_seeing *s);
void lp_seen_outside(struct lp_seeing *s);

#endif
