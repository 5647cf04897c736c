/* webpath.c - the paths of the web services, and what is a healthy answer */
#include "lp/webpath.h"

#define STATUSES(...) ((const int16_t[]){ __VA_ARGS__, 0 })

/* A page for people, or a step on the way to it. */
#define A_PAGE STATUSES(200, 301, 302, 307)
/* A service of Windows Communication Foundation that is asked with GET and without a
 * ticket: its page, a challenge, or that it takes no GET. No source says which of them an
 * installation gives; 404 and 5xx say that it is not there. */
#define A_SERVICE STATUSES(200, 400, 401, 403, 405)

#define PROXY_CHECK "Lync Server 2013: Verify access through your reverse proxy"

static const struct lp_web_path rows[] = {
    { "Autodiscover", "/Autodiscover/AutodiscoverService.svc/root", STATUSES(200),
      LP_WEB_POOL | LP_WEB_DIRECTOR, LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL,
      "Lync Server 2013: DNS requirements for simple URLs (health check of the load balancer)" },
    { "meetings", "/meet", A_PAGE, LP_WEB_POOL | LP_WEB_DIRECTOR, LP_WEB_INTERNAL | LP_WEB_EXTERNAL,
      NULL, PROXY_CHECK },
    { "dial-in", "/dialin", A_PAGE, LP_WEB_POOL | LP_WEB_DIRECTOR,
      LP_WEB_INTERNAL | LP_WEB_EXTERNAL, "dial-in", PROXY_CHECK },
    { "control panel", "/cscp", STATUSES(200, 301, 302, 401), LP_WEB_POOL | LP_WEB_DIRECTOR,
      LP_WEB_INTERNAL, NULL, "Lync Server 2013: Planning for simple URLs (admin)" },
    { "address book", "/abs", STATUSES(401), LP_WEB_POOL, LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL,
      PROXY_CHECK },
    { "distribution groups", "/GroupExpansion/service.svc", STATUSES(401), LP_WEB_POOL,
      LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL, PROXY_CHECK },
    { "certificate provisioning", LP_WEB_CERTPROV, A_SERVICE,
      LP_WEB_POOL | LP_WEB_DIRECTOR | LP_WEB_BRANCH, LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL,
      "MS-SIPAE (sts-uri)" },
    { "web tickets", "/WebTicket/WebTicketService.svc", A_SERVICE, LP_WEB_POOL | LP_WEB_DIRECTOR,
      LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL, "MS-OCAUTHWS section 1.5" },
    { "web applications", "/ucwa/v1/applications", STATUSES(401, 403, 405), LP_WEB_POOL,
      LP_WEB_INTERNAL | LP_WEB_EXTERNAL, "mobility", "UCWA: Authentication in UCWA" },
    { "authentication broker", "/Reach/sip.svc", A_SERVICE, LP_WEB_POOL,
      LP_WEB_INTERNAL | LP_WEB_EXTERNAL, NULL, "MS-OCDISCWS (AuthBroker link)" },
};

const struct lp_web_path *lp_web_path_at(unsigned role, unsigned site, size_t i)
{
    for (size_t r = 0; r < LP_COUNT(rows); r++) {
        if ((rows[r].served_by & role) && (rows[r].sites & site) && i-- == 0)
            return &rows[r];
    }
    return NULL;
}

const struct lp_web_path *lp_web_path_of(struct lp_str path)
{
    struct lp_str rest = path, bare = lp_str_cut(&rest, '?');
    for (size_t r = 0; r < LP_COUNT(rows); r++) {
        size_t n = lp_str_of(rows[r].path).n;
        if (lp_str_starts_nocase(bare, rows[r].path) && (bare.n == n || bare.p[n] == '/'))
            return &rows[r];
    }
    return NULL;
}

bool lp_web_status_is_well(const struct lp_web_path *row, int64_t status)
{
    for (const int16_t *s = row->statuses; *s; s++) {
        if (*s == status)
            return true;
    }
    return false;
}
