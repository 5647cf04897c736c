/* topology_import.h - from the product's topology document to a topology with remarks. Pure. */
#ifndef LP_TOPOLOGY_IMPORT_H
#define LP_TOPOLOGY_IMPORT_H

#include "lp/csdoc.h"
#include "lp/topology_notes.h"

/* More than any deployment has; beyond it the document is refused. */
enum { LP_IMPORT_POOLS_MAX = 1000, LP_IMPORT_DOMAINS_MAX = 1000, LP_IMPORT_URLS_MAX = 256 };

/*
 * Sources: domain.md 8.2 and 8.3. Which role a cluster has follows from the services that are
 * installed on it; what has no role here (file shares, gateways, application pools) is left out.
 * A Port element reserves, it does not say that something listens: features that rest on one
 * alone carry a remark. name: of the document, for the remark at the head. False: no SIP domain,
 * no pool, or over a limit above; error says so.
 */
LP_MUST_CHECK bool lp_topology_import(const struct lp_cs_doc *doc, struct lp_arena *arena,
                                      struct lp_noted *out, struct lp_error *error);

#endif
