/* steps.h - building one step of an order from the evidence */
#ifndef LP_STEPS_H
#define LP_STEPS_H

#include "lp/survey.h"

/* Builds the result of one row, as if the client had come this far: outcome is used
   (it leads on), missing, broken or undecided. survey: log, arena and view are set. */
void lp_step_build(const struct lp_survey *survey, const struct lp_client *client,
                   const struct lp_step *row, struct lp_step_result *out);
/* Does that word leave the question open (not asked yet, not tried, blocked, crashed)? */
bool lp_outcome_is_open(enum lp_outcome outcome);
/* Was this probe not really made (absent, or its outcome is open)? */
bool lp_probe_is_open(const struct lp_evidence *e);
/* DESIGN 4 "Usable SIP endpoint". mutual: one that only wants a client certificate
   counts too. */
bool lp_probe_is_usable(const struct lp_evidence *e, bool mutual);
/* The SIP evidence for the access point that Autodiscover named, in order of address;
   n of them. */
size_t lp_named_probes(const struct lp_survey *survey, const struct lp_ad_access *named,
                       const struct lp_evidence *out[static 8], struct lp_places *places);

#endif
