/* faults_web.c - faults of Autodiscover and of the walk as a whole */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define PEERS (const struct lab_edit[])
#define END_PEERS                             \
    {                                         \
        NULL, 0, 0, LAB_WAY_OK, LAB_CERT_SAME \
    }
#define ONE(tag, port, way)                             \
    PEERS                                               \
    {                                                   \
        { tag, port, 0, way, LAB_CERT_SAME }, END_PEERS \
    }
#define SHOW(tag, cert)                            \
    PEERS                                          \
    {                                              \
        { tag, 0, 0, LAB_WAY_OK, cert }, END_PEERS \
    }

/* clang-format off */
const struct lab_fault lab_web_faults[] = {
    {"walk-ok-access", "LP-WALK-OK", OUT, "nothing: the Domain document names the SIP access",
     .page = LAB_PAGE_SIP_ACCESS},
    {"walk-ok-access-inside", "LP-WALK-OK", IN,
     "nothing: the Domain document names the SIP access", .page = LAB_PAGE_SIP_ACCESS},

    {"ad-unreachable", "LP-AD-UNREACHABLE", OUT, "the web server closes on every request",
     .edits = ONE("proxy", 0, LAB_WAY_DROP), .also = "LP-WALK-FALLBACK"},
    {"ad-unreachable-silent", "LP-AD-UNREACHABLE", OUT, "the web server answers no request",
     .edits = ONE("proxy", 0, LAB_WAY_MUTE), .also = "LP-WALK-FALLBACK"},
    {"ad-unreachable-inside", "LP-AD-UNREACHABLE", IN, "the web server closes on every request",
     .edits = ONE("web", 0, LAB_WAY_DROP), .also = "LP-WALK-FALLBACK"},
    {"ad-http-status", "LP-AD-HTTP-STATUS", OUT, "the Autodiscover root answers 503",
     .page = LAB_PAGE_503, .also = "LP-WALK-FALLBACK"},
    {"ad-http-status-inside", "LP-AD-HTTP-STATUS", IN, "the Autodiscover root answers 503",
     .page = LAB_PAGE_503, .also = "LP-WALK-FALLBACK"},
    {"ad-not-autodiscover", "LP-AD-NOT-AUTODISCOVER", OUT, "the root is a page of IIS",
     .page = LAB_PAGE_HTML},
    {"ad-redirect-loop", "LP-AD-REDIRECT-LOOP", OUT, "two hosts redirect to each other",
     .page = LAB_PAGE_LOOP},
    {"ad-redirect-loop-long", "LP-AD-REDIRECT-LOOP", OUT, "redirects that never repeat or end",
     .page = LAB_PAGE_LOOP_LONG},
    {"ad-redirect-loop-link", "LP-AD-REDIRECT-LOOP", OUT, "a Redirect link to its own document",
     .page = LAB_PAGE_LOOP_LINK},
    {"ad-redirect-domain", "LP-AD-REDIRECT-DOMAIN", OUT, "redirects to another domain",
     .page = LAB_PAGE_OTHER_DOMAIN, .edits = SHOW("proxy", LAB_CERT_PROXY_FABRIKAM)},
    {"ad-access-location", "LP-AD-ACCESS-LOCATION", OUT, "the outside is answered as Internal",
     .page = LAB_PAGE_ACCESS_LOCATION},
    {"ad-access-location-inside", "LP-AD-ACCESS-LOCATION", IN,
     "the inside is answered as External", .page = LAB_PAGE_ACCESS_LOCATION},
    {"ad-host-domain", "LP-AD-HOST-DOMAIN", OUT, "the User link is a host of another domain",
     .page = LAB_PAGE_HOST_DOMAIN, .edits = SHOW("proxy", LAB_CERT_PROXY_FABRIKAM)},
    {"ad-sip-target-unreachable", "LP-AD-SIP-TARGET-UNREACHABLE", OUT,
     "the SIP access of the Domain document does not resolve", .page = LAB_PAGE_SIP_GONE},
    {"ad-sip-target-unreachable-inside", "LP-AD-SIP-TARGET-UNREACHABLE", IN,
     "the SIP access of the Domain document does not resolve", .page = LAB_PAGE_SIP_GONE},
    {"ad-body", "LP-AD-BODY", OUT, "the document has 300 KiB", .page = LAB_PAGE_BIG},
    {"ad-body-gzip", "LP-AD-BODY", OUT, "the document has 4 MiB, compressed to 26 KiB",
     .page = LAB_PAGE_GZIP},
    {"ad-body-doctype", "LP-AD-BODY", OUT, "the document has a DOCTYPE with entities",
     .page = LAB_PAGE_DOCTYPE},
    {"ad-body-deep", "LP-AD-BODY", OUT, "the document is 5000 levels deep",
     .page = LAB_PAGE_DEEP},

    /* The walk's own findings come after their causes; only a cause that is no fault by
     * itself (a demand for a client certificate) leaves LP-WALK-FAILS first. */
    {"walk-fails", "LP-TLS-CLIENT-CERT", OUT, "every SIP endpoint demands a client certificate",
     .edits = ONE("edge", 0, LAB_WAY_MTLS13), .also = "LP-WALK-FAILS"},
    {"walk-fails-ports", "LP-PORT-CLOSED", OUT, "every SIP port is closed",
     .edits = ONE("edge", 0, LAB_WAY_CLOSED), .also = "LP-WALK-FAILS"},
    {"walk-fallback", "LP-PORT-CLOSED", OUT, "both ports of lyncdiscover are closed",
     .edits = ONE("proxy", 0, LAB_WAY_CLOSED), .also = "LP-WALK-FALLBACK"},
};
/* clang-format on */

const size_t lab_web_fault_count = sizeof lab_web_faults / sizeof lab_web_faults[0];
