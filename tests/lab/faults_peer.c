/* faults_peer.c - faults of ports, TLS and SIP */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define RR (const struct lab_rr[])
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

/* Nothing at all is said, by anybody outside. */
static const struct lab_edit all_stalled[] = {
    { "edge", 0, 0, LAB_WAY_STALL, LAB_CERT_SAME },
    { "proxy", 0, 0, LAB_WAY_STALL, LAB_CERT_SAME },
    END_PEERS,
};

/* clang-format off */
const struct lab_fault lab_peer_faults[] = {
    {"port-closed", "LP-PORT-CLOSED", OUT, "port 443 of the Access Edge is closed",
     .edits = ONE("edge", 443, LAB_WAY_CLOSED)},
    {"port-closed-inside", "LP-PORT-CLOSED", IN, "port 5061 of the pool is closed",
     .also = "LP-WALK-FAILS",
     .edits = PEERS{{"fe1", 5061, 0, LAB_WAY_CLOSED, LAB_CERT_SAME},
                    {"fe2", 5061, 0, LAB_WAY_CLOSED, LAB_CERT_SAME}, END_PEERS}},
    {"port-filtered", "LP-PORT-FILTERED", OUT, "port 443 of the Access Edge drops every SYN",
     .edits = ONE("edge", 443, LAB_WAY_FILTERED)},
    {"port-unreachable", "LP-PORT-UNREACHABLE", OUT, "no route leads to the Access Edge",
     .namespace_only = true,
     .rr = RR{{OUT, "access", "A", "@unreachable", false}, {OUT, NULL, NULL, NULL, false}}},
    {"port-pool-partial", "LP-PORT-POOL-PARTIAL", IN, "one of two pool members is down",
     .edits = ONE("fe2", 5061, LAB_WAY_CLOSED)},
    {"port-pool-partial-ipv6", "LP-PORT-POOL-PARTIAL", OUT,
     "the Access Edge does not listen on IPv6", .namespace_only = true,
     .edits = PEERS{{"edge", 0, 6, LAB_WAY_CLOSED, LAB_CERT_SAME}, END_PEERS}},

    {"tls-failed", "LP-TLS-FAILED", OUT, "the Access Edge and a client share no cipher",
     .edits = ONE("edge", 443, LAB_WAY_NO_CIPHER)},
    {"tls-reset", "LP-TLS-RESET", OUT, "the Access Edge resets during the handshake",
     .edits = ONE("edge", 443, LAB_WAY_RESET)},
    {"tls-reset-close", "LP-TLS-RESET", OUT, "the Access Edge closes during the handshake",
     .edits = ONE("edge", 443, LAB_WAY_HANGUP)},
    {"tls-stalled", "LP-TLS-STALLED", OUT, "the Access Edge never ends the handshake",
     .edits = ONE("edge", 443, LAB_WAY_STALL)},
    {"tls-not-tls", "LP-TLS-NOT-TLS", OUT, "plain HTTP on port 443 of the Access Edge",
     .edits = ONE("edge", 443, LAB_WAY_PLAIN_HTTP)},
    {"tls-not-tls-ssh", "LP-TLS-NOT-TLS", OUT, "SSH on port 443 of the Access Edge",
     .edits = ONE("edge", 443, LAB_WAY_SSH)},
    {"tls-old", "LP-TLS-OLD", OUT, "the Access Edge speaks TLS 1.0 only",
     .edits = ONE("edge", 443, LAB_WAY_TLS10)},
    {"tls-old-11", "LP-TLS-OLD", OUT, "the Access Edge speaks TLS 1.1 only",
     .edits = ONE("edge", 443, LAB_WAY_TLS11)},
    {"tls-client-cert", "LP-TLS-CLIENT-CERT", OUT,
     "the federation port demands a client certificate (TLS 1.3, alert 116)",
     .edits = ONE("edge", 5061, LAB_WAY_MTLS13)},
    {"tls-client-cert-12", "LP-TLS-CLIENT-CERT", OUT,
     "the federation port demands a client certificate (TLS 1.2, alert 40)",
     .edits = ONE("edge", 5061, LAB_WAY_MTLS12)},

    {"sip-not-sip", "LP-SIP-NOT-SIP", OUT, "a web server behind the Access Edge's TLS",
     .edits = ONE("edge", 443, LAB_WAY_NOT_SIP)},
    {"sip-no-answer", "LP-SIP-NO-ANSWER", OUT, "the Access Edge answers no REGISTER",
     .edits = ONE("edge", 443, LAB_WAY_MUTE)},
    {"sip-status", "LP-SIP-STATUS", OUT, "the Access Edge answers REGISTER with 503",
     .edits = ONE("edge", 443, LAB_WAY_SIP_503)},
    {"sip-status-inside", "LP-SIP-STATUS", IN, "the pool answers REGISTER with 503",
     .edits = PEERS{{"fe1", 5061, 0, LAB_WAY_SIP_503, LAB_CERT_SAME},
                    {"fe2", 5061, 0, LAB_WAY_SIP_503, LAB_CERT_SAME}, END_PEERS}},

    {"run-deadline", "LP-RUN-DEADLINE", OUT,
     "every peer accepts and says nothing, and few questions a second are allowed",
     .args = "--timeout 1 --rate 5", .edits = all_stalled},
};
/* clang-format on */

const size_t lab_peer_fault_count = sizeof lab_peer_faults / sizeof lab_peer_faults[0];
