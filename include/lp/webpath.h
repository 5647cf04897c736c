/* webpath.h - the paths of the web services, and what is a healthy answer. [probe] */
#ifndef LP_WEBPATH_H
#define LP_WEBPATH_H

#include "lp/base.h"

/* Who serves a path; bits of lp_web_path.served_by. */
enum {
    LP_WEB_POOL = 1,     /* Front End pools and Standard Edition servers */
    LP_WEB_DIRECTOR = 2, /* sends users on to their pool for all else */
    LP_WEB_BRANCH = 4,   /* Branch Appliances: what phones need to sign in */
};
/* Which of the two web sites has it; bits of lp_web_path.sites. */
enum {
    LP_WEB_INTERNAL = 1, /* ports 443 and 80 of the servers */
    LP_WEB_EXTERNAL = 2, /* ports 4443 and 8080, and 443 and 80 of the reverse proxy before them */
};

/* One path that may be asked for without credentials. */
struct lp_web_path {
    const char *name; /* "meet", "address book": for a helpdesk */
    const char *path; /* "/meet" */
    /* The healthy statuses, ended by 0. 401 is a challenge: the service is there and wants a
     * sign-in. */
    const int16_t *statuses;
    unsigned served_by, sites;
    const char *feature; /* topology feature that it belongs to; NULL always there */
    const char *source;
};

/* The i-th path that a role has on a site; NULL past the last. role, site: one bit each. */
const struct lp_web_path *lp_web_path_at(unsigned role, unsigned site, size_t i);
/* The row that a URL's path belongs to, ASCII case folded, query left out ("/Meet/anna/X1" belongs
 * to "/meet"); NULL none. */
const struct lp_web_path *lp_web_path_of(struct lp_str path);
/* Is it one of the row's statuses? */
bool lp_web_status_is_well(const struct lp_web_path *row, int64_t status);

/* The path of the certificate provisioning service: what sts-uri of a SIP challenge names. */
#define LP_WEB_CERTPROV "/CertProv/CertProvisioningService.svc"

#endif
