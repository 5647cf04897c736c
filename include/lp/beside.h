/* beside.h - what else was asked of an endpoint: probes beside it (enum lp_beside). */
#ifndef LP_BESIDE_H
#define LP_BESIDE_H

#include "lp/log.h"
#include "lp/probe.h"

/* The evidence of the log that is about this endpoint, by the names of the probes, so that two
 * walks of one deployment list it alike: struct lp_evidence *. Memory from arena. */
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
/* The lines that those probes list: struct lp_str. */
struct lp_list lp_lines_of_besides(const struct lp_log *log, const struct lp_evidence *e,
                                   struct lp_arena *arena);
/* "TLS 1.0 to 1.3" of the endpoint whose link it is; unset: no more is known than its own protocol.
 */
struct lp_str lp_say_protocols_at(const struct lp_log *log, const struct lp_link *link,
                                  struct lp_arena *arena);

#endif
