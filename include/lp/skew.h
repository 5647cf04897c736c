/* skew.h - a server's clock beside ours, by the Date of its answer. [probe] */
#ifndef LP_SKEW_H
#define LP_SKEW_H

#include "lp/probe.h"

/* Is the date (seconds UTC; LP_UTC_NONE: none came) more than five minutes off the recording's
 * clock at the moment of the answer? Then the charge says so. Five minutes: Kerberos (RFC 4120
 * section 1.6), and clients (domain.md 3.1). */
bool lp_is_skewed(const struct lp_check_input *input, lp_utc date, struct lp_charge *charge);

#endif
