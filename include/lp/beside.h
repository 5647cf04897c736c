/* beside.h - what else was asked of an endpoint: probes beside it (enum lp_beside). */
#ifndef LP_BESIDE_H
#define LP_BESIDE_H

#include "lp/log.h"
#include "lp/probe.h"

/* The evidence of the log that is about this endpoint, in order of arrival: struct lp_evidence *.
 * Memory from arena. */
struct lp_list lp_besides_of(const struct lp_log *log, const struct lp_evidence *e,
                             struct lp_arena *arena);
/* What is known of its TLS protocols: its own handshake, and what was asked beside it. All 0
 * without TLS. */
void lp_endpoint_protocols(const struct lp_log *log, const struct lp_evidence *e,
                           struct lp_protocols *out);
/* "TLS 1.0 to 1.3; OPTIONS: 200 OK": the protocols, where more than its own handshake tells them,
 * and what the other probes say; clean text in the arena, "" nothing. */
struct lp_str lp_say_besides(const struct lp_log *log, const struct lp_evidence *e,
                             struct lp_arena *arena);

#endif
