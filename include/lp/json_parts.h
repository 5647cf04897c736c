/* json_parts.h - what the files of the JSON formats share; for src/report/ only. */
#ifndef LP_JSON_PARTS_H
#define LP_JSON_PARTS_H

#include "lp/jsonw.h"
#include "lp/judge.h"

/* ---- values (json_parts.c) ---- */

/* Family 0 gives null. */
void lp_json_addr(struct lp_jw *w, const struct lp_addr *a);
/* RFC 3339; LP_UTC_NONE gives null. */
void lp_json_utc(struct lp_jw *w, lp_utc t);
/* An array; items are struct lp_str. */
void lp_json_strs(struct lp_jw *w, const struct lp_list *list);
/* "host:port" of what a step leads to; null when there is none, or no step. */
void lp_json_endpoint(struct lp_jw *w, const struct lp_survey *survey,
                      const struct lp_step_result *step);
/* An array: how each client fares. */
void lp_json_clients(struct lp_jw *w, const struct lp_survey *survey);

/* ---- members of an object that the caller begins and ends ---- */

/* A walk, without schema, program, domain and view. */
void lp_json_walk(struct lp_jw *w, const struct lp_judgement *j);
/* type: the key under which the record's type stands. */
void lp_json_step(struct lp_jw *w, const struct lp_survey *survey,
                  const struct lp_step_result *step, const char *type);
void lp_json_link(struct lp_jw *w, const struct lp_survey *survey, const struct lp_evidence *e);
void lp_json_certificate(struct lp_jw *w, const struct lp_certificate *c);
/* The member "revocation": what was heard of the certificate, source by source. */
void lp_json_standing(struct lp_jw *w, const struct lp_survey *survey,
                      const struct lp_certificate *c);
void lp_json_finding(struct lp_jw *w, const struct lp_judgement *j, const struct lp_finding *f);
/* Those that only a topology gives: role, topology, waived. */
void lp_json_place(struct lp_jw *w, const struct lp_finding *finding);
void lp_json_expectation(struct lp_jw *w, const struct lp_judgement *j,
                         const struct lp_expect_result *r);
/* How many expectations are met, unmet ... */
void lp_json_counts(struct lp_jw *w, const struct lp_judgement *j);

/* The member "expectations": counts, and a row each. */
void lp_json_expectations(struct lp_jw *w, const struct lp_judgement *j);

#endif
