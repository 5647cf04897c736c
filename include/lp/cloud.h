/* cloud.h - on which side the records of a SIP domain are: the hosting cloud, or on-premises
 * (domain.md 2.5; Skype for Business: Manage DNS entries when decommissioning). Pure. */
#ifndef LP_CLOUD_H
#define LP_CLOUD_H

#include "lp/log.h"
#include "lp/survey.h"

enum lp_cloud_side {
    LP_SIDE_UNSEEN, /* not there, not answered, or "no such service" */
    LP_SIDE_PREMISES,
    LP_SIDE_CLOUD,
    LP_SIDE_MIXED, /* of the four: some and some */
    LP_CLOUD_SIDES
};
/* Of one answer: of an SRV record its first target, of an alias where it leads. */
enum lp_cloud_side lp_cloud_side_of(const struct lp_resolved *r);
/* Of all four that a move changes, at the first server: lyncdiscover, sip, _sip._tls and
 * _sipfederationtls._tcp of the log's domain. */
enum lp_cloud_side lp_cloud_side_of_all(const struct lp_log *log, struct lp_arena *arena);
/* Is the host one of the cloud's, or an alias into it? Its certificate then has the cloud's names.
 */
bool lp_cloud_has(const struct lp_log *log, struct lp_arena *arena, struct lp_str host);

#endif
