/* topology_seen.h - from a finished walk to the topology that it shows, with the questions that it
 * leaves. Pure. */
#ifndef LP_TOPOLOGY_SEEN_H
#define LP_TOPOLOGY_SEEN_H

#include "lp/survey.h"
#include "lp/topology_notes.h"

/*
 * Only what was seen is said: a check against it right afterwards finds nothing to object to in
 * what was seen. Inside that is the pool behind the SRV record (its servers by the targetname of
 * their 401, MS-SIPAE) and its Web Services FQDN (by Autodiscover), outside the Access Edge and the
 * reverse proxy; the generation by the Server header (domain.md 3.1). The rest stands as a
 * question. Memory from arena.
 */
void lp_topology_seen(const struct lp_survey *survey, struct lp_arena *arena, struct lp_noted *out);

#endif
