/* faults_probe.c - faults of what an endpoint says: SIP, web, media, XMPP, revocation */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define ONE "one-pool.yaml"
#define TWO "two-pools-director.yaml"
#define RR (const struct lab_rr[])
#define PEERS (const struct lab_edit[])
#define END_PEERS                             \
    {                                         \
        NULL, 0, 0, LAB_WAY_OK, LAB_CERT_SAME \
    }
#define EDIT(tag, port, way)                            \
    PEERS                                               \
    {                                                   \
        { tag, port, 0, way, LAB_CERT_SAME }, END_PEERS \
    }
#define EDGE(cert)                                    \
    PEERS                                             \
    {                                                 \
        { "edge", 0, 0, LAB_WAY_OK, cert }, END_PEERS \
    }
#define RECERTS (const struct lab_recert[])
#define RECERT(...)      \
    RECERTS              \
    {                    \
        { __VA_ARGS__ }, \
        {                \
            .tag = NULL  \
        }                \
    }

/* clang-format off */
const struct lab_fault lab_probe_faults[] = {
    {"sip-no-auth-scheme", "LP-SIP-NO-AUTH-SCHEME", OUT, "the challenge offers Digest alone",
     .edits = EDIT("edge", 443, LAB_WAY_SIP_NO_SCHEME)},
    {"sip-clock-skew", "LP-SIP-CLOCK-SKEW", OUT, "the server's clock is an hour late",
     .edits = EDIT("edge", 443, LAB_WAY_SIP_SKEW)},
    {"sip-sts-unreachable", "LP-SIP-STS-UNREACHABLE", OUT,
     "sts-uri names a host that does not exist", .edits = EDIT("edge", 443, LAB_WAY_SIP_STS_GONE)},

    {"sip-authenticator", "LP-SIP-AUTHENTICATOR", OUT,
     "the Edge leads to a server that is in no topology", .topology = ONE,
     .edits = EDIT("access-edge", 443, LAB_WAY_SIP_STRANGER)},
    {"sip-authenticator-inside", "LP-SIP-AUTHENTICATOR", IN,
     "a stranger has the address of a front end", .topology = ONE,
     .edits = EDIT("10.77.1.12", 5061, LAB_WAY_SIP_STRANGER)},
    {"sip-authenticator-pool", "LP-SIP-AUTHENTICATOR", OUT,
     "the Edge leads to the Director, in the topology to a pool", .topology = TWO,
     .replace = {"next-hop: dir.corp", "next-hop: pool2.corp"}},
    {"sip-nodes-differ", "LP-SIP-NODES-DIFFER", IN, "one front end has an older version",
     .topology = ONE, .edits = EDIT("10.77.1.12", 5061, LAB_WAY_OLD)},
    {"sip-nodes-differ-walk", "LP-SIP-NODES-DIFFER", IN,
     "one front end has an older version, and there is no topology",
     .edits = EDIT("fe2", 5061, LAB_WAY_OLD)},
    {"http-nodes-differ", "LP-HTTP-NODES-DIFFER", IN,
     "the web server of one front end has an older version", .topology = ONE,
     .edits = EDIT("10.77.1.12", 443, LAB_WAY_OLD)},
    {"http-clock-skew", "LP-HTTP-CLOCK-SKEW", IN, "the web server's clock is an hour late",
     .topology = ONE, .edits = EDIT("10.77.1.12", 443, LAB_WAY_SIP_SKEW)},
    {"http-clock-skew-walk", "LP-HTTP-CLOCK-SKEW", OUT, "the clock of the proxy is an hour late",
     .edits = EDIT("proxy", 443, LAB_WAY_SIP_SKEW)},
    {"sip-next-hop", "LP-SIP-STATUS", OUT, "the Access Edge cannot reach its next hop (504)",
     .edits = EDIT("edge", 443, LAB_WAY_SIP_504)},
    {"sip-moved", "LP-SIP-STATUS", OUT, "the Access Edge sends on to another server (301)",
     .edits = EDIT("edge", 443, LAB_WAY_SIP_301)},

    {"turn-no-answer", "LP-TURN-NO-ANSWER", OUT, "UDP 3478 of the A/V Edge is silent",
     .topology = ONE, .edits = EDIT("av-edge", 3478, LAB_WAY_FILTERED)},
    {"turn-no-answer-tcp", "LP-TURN-NO-ANSWER", OUT, "TCP 443 of the A/V Edge says nothing",
     .topology = ONE, .edits = EDIT("av-edge", 443, LAB_WAY_MUTE)},
    {"turn-not-turn", "LP-TURN-NOT-TURN", OUT, "a web server at the A/V Edge's address",
     .topology = ONE, .edits = EDIT("av-edge", 443, LAB_WAY_NOT_SIP)},
    {"turn-standard", "LP-TURN-NOT-TURN", OUT, "a standard TURN server as A/V Edge",
     .topology = ONE, .edits = EDIT("av-edge", 3478, LAB_WAY_TURN_STANDARD),
     .also = "LP-TURN-STANDARD"},
    {"turn-public-address", "LP-TURN-PUBLIC-ADDRESS", OUT,
     "the A/V Edge gives an address that is not its own", .topology = ONE,
     .edits = EDIT("av-edge", 3478, LAB_WAY_TURN_ADDRESS)},
    {"turn-public-address-nat", "LP-TURN-PUBLIC-ADDRESS", OUT,
     "one A/V Edge behind NAT gives an address that is not its own", .topology = TWO,
     .edits = EDIT("203.0.113.22", 443, LAB_WAY_TURN_ADDRESS)},

    {"xmpp-no-stream", "LP-XMPP-NO-STREAM", OUT, "a web server on the XMPP port",
     .topology = ONE, .edits = EDIT("access-edge", 5269, LAB_WAY_XMPP_NO_STREAM)},
    {"xmpp-no-starttls", "LP-XMPP-NO-STARTTLS", OUT, "the stream offers no STARTTLS",
     .topology = ONE, .edits = EDIT("access-edge", 5269, LAB_WAY_XMPP_NO_TLS)},

    {"sql-not-sql", "LP-SQL-NOT-SQL", IN, "a web server on the database port", .topology = ONE,
     .edits = EDIT("sql", 1433, LAB_WAY_NOT_SIP)},
    {"sql-mute", "LP-SQL-NOT-SQL", IN, "what has the database port says nothing",
     .topology = ONE, .edits = EDIT("sql", 1433, LAB_WAY_MUTE)},

    {"check-access-location", "LP-AD-ACCESS-LOCATION", OUT,
     "the reverse proxy leads to the internal web site", .topology = ONE,
     .page = LAB_PAGE_ACCESS_LOCATION},
    {"check-ad-http-status", "LP-AD-HTTP-STATUS", OUT, "the Autodiscover root answers 503",
     .topology = TWO, .page = LAB_PAGE_503},
    {"http-no-redirect", "LP-HTTP-NO-REDIRECT", IN, "port 80 of the pool shows a page",
     .topology = ONE, .odd = {"/", .host = "webint.corp." LAB_DOMAIN, .plain = true,
                              .status = 200, .body = "<html>IIS Windows Server</html>"}},
    {"http-status", "LP-HTTP-STATUS", OUT, "the meeting page answers 500", .topology = ONE,
     .odd = {"/meet", .status = 500}},
    {"http-status-inside", "LP-HTTP-STATUS", IN, "the address book answers 404",
     .topology = ONE, .odd = {"/abs", .status = 404}},
    {"http-status-adfs", "LP-HTTP-STATUS", OUT, "the AD FS proxy has no federation metadata",
     .topology = ONE, .odd = {"/federationmetadata", .status = 503}},
    {"wac-discovery", "LP-WAC-DISCOVERY", IN, "the discovery document is a page of IIS",
     .topology = ONE, .odd = {"/hosting/discovery", .status = 200, .body = "<html></html>"}},
    {"wac-discovery-missing", "LP-WAC-DISCOVERY", IN, "there is no discovery document",
     .topology = ONE, .odd = {"/hosting/discovery", .status = 404}},

    {"tls-sni-needed", "LP-TLS-SNI-NEEDED", OUT, "without SNI the web server refuses",
     .edits = EDIT("proxy", 443, LAB_WAY_SNI)},
    {"cert-revoked", "LP-CERT-REVOKED", OUT, "the Edge's certificate is revoked",
     .edits = EDGE(LAB_CERT_EDGE_REVOKED)},
    {"cert-revoked-inside", "LP-CERT-REVOKED", IN, "the pool's certificate is revoked",
     .topology = ONE, .recerts = RECERT("front-end", .with = {.revoked = true})},
    {"cert-crl-unreachable", "LP-CERT-CRL-UNREACHABLE", OUT, "the CRL's host does not exist",
     .rr = RR{{OUT, "pki", "NXDOMAIN", "", false}, {OUT, NULL, NULL, NULL, false}}},
    {"ocsp-revoked", "LP-CERT-REVOKED", OUT, "revoked for the responder, not on the CRL yet",
     .edits = EDGE(LAB_CERT_EDGE_OCSP_REVOKED)},
    {"ocsp-revoked-inside", "LP-CERT-REVOKED", IN, "the pool's certificate, by OCSP alone",
     .topology = ONE, .recerts = RECERT("front-end", .with = {.ocsp = true, .ocsp_revoked = true})},
    {"ocsp-host-gone", "LP-CERT-CRL-UNREACHABLE", OUT,
     "the responder's host does not exist; the CRL is good",
     .edits = EDGE(LAB_CERT_EDGE_OCSP_GONE)},
    {"ocsp-try-later", "LP-CERT-CRL-UNREACHABLE", OUT, "the responder says tryLater; no CRL",
     .ocsp = LAB_OCSP_TRY_LATER, .edits = EDGE(LAB_CERT_EDGE_OCSP_ALONE)},
    {"ocsp-old", "LP-CERT-CRL-UNREACHABLE", OUT,
     "the responder's answers are a month old; no CRL",
     .ocsp = LAB_OCSP_OLD, .edits = EDGE(LAB_CERT_EDGE_OCSP_ALONE)},
    {"staple-revoked", "LP-CERT-REVOKED", OUT, "the stapled OCSP answer says revoked",
     .edits = EDGE(LAB_CERT_EDGE_STAPLE_REVOKED)},
    {"staple-old", "LP-CERT-STAPLE-INVALID", OUT, "the stapled OCSP answer is a month old",
     .edits = EDGE(LAB_CERT_EDGE_STAPLE_OLD)},
    {"staple-other", "LP-CERT-STAPLE-INVALID", OUT,
     "the stapled OCSP answer is about another certificate",
     .edits = EDGE(LAB_CERT_EDGE_STAPLE_OTHER)},
};
/* clang-format on */

const size_t lab_probe_fault_count = sizeof lab_probe_faults / sizeof lab_probe_faults[0];
