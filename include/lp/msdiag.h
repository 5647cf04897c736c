/* msdiag.h - Lync's words in SIP answers: ms-diagnostics (MS-OCER), Server. [probe] */
#ifndef LP_MSDIAG_H
#define LP_MSDIAG_H

#include "lp/base.h"

/* One number, or a range of them, in plain words. */
struct lp_msdiag {
    int first, last;
    const char *title;       /* "user does not exist" */
    const char *meaning;     /* a sentence or two */
    const char *const *look; /* where to look; ended by NULL */
};

/* The i-th row; NULL past the last. Source: MS-OCER section 2.2.1.1 (domain.md 3.3). */
const struct lp_msdiag *lp_msdiag_at(size_t i);
/* NULL: a number that the table does not have. */
const struct lp_msdiag *lp_msdiag_find(int64_t number);

/* A header's value in its parts; slices of the value, unset where they are not there. */
struct lp_msdiag_header {
    int64_t number;        /* -1: it begins with no number */
    struct lp_str reason;  /* reason="..." */
    struct lp_str source;  /* source="..." : the server that says it */
    struct lp_str problem; /* ErrorType="..." */
    struct lp_str hop;     /* the server that it could not reach or trust, perhaps with a port:
                              PeerServer, Peer, tls-target, fqdn, fqdn1 */
};
/* Reads ms-diagnostics, ms-diagnostics-public or X-Ms-diagnostics:
   1010;reason="...";source="sip.contoso.com". */
void lp_msdiag_read(struct lp_str value, struct lp_msdiag_header *out);

/* The product behind a Server header ("RTC/5.0": "Lync Server 2013"); NULL not known. */
const char *lp_server_words(struct lp_str server);

#endif
