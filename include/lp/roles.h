/* roles.h - which server role an endpoint is, without a topology. */
#ifndef LP_ROLES_H
#define LP_ROLES_H

#include "lp/survey.h"

/* Role in kebab case (poster certificates.tsv): a SIP endpoint is the front-end inside
   and the edge-external outside, a web endpoint the front-end inside and the
   reverse-proxy outside. Static text. */
const char *lp_role_of(const struct lp_survey *survey, const struct lp_evidence *e);

#endif
