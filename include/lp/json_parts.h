/* json_parts.h - what the files of the JSON report share. */
#ifndef LP_JSON_PARTS_H
#define LP_JSON_PARTS_H

#include "lp/jsonw.h"
#include "lp/judge.h"

/* Members of a finding that only a topology gives: role, topology, waived. */
void lp_json_place(struct lp_jw *w, const struct lp_finding *finding);
/* The member "expectations": counts, and a row each. */
void lp_json_expectations(struct lp_jw *w, const struct lp_judgement *j);

#endif
