/* faults_shut.c - faults of the ports of a topology: each row of the poster's table is shut once */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define ONE "one-pool.yaml"
#define TWO "two-pools-director.yaml"
#define SINGLE "single-edge.yaml"
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
/* One row of the table, named by its role and port. */
#define SHUT_AT(file, view, tag, port, what)                                                    \
    {                                                                                           \
        "check-shut-" tag "-" #port, "LP-PORT-CLOSED", view, what ": port " #port " is closed", \
            .topology = file, .edits = EDIT(tag, port, LAB_WAY_CLOSED)                          \
    }
#define SHUT(view, tag, port, what) SHUT_AT(ONE, view, tag, port, what)

/* clang-format off */
const struct lab_fault lab_shut_faults[] = {
    SHUT(OUT, "access-edge", 443, "sign-in"),
    SHUT(OUT, "access-edge", 5061, "federation"),
    SHUT(OUT, "access-edge", 5269, "XMPP federation"),
    SHUT(OUT, "web-conferencing-edge", 443, "conferencing"),
    SHUT(OUT, "av-edge", 443, "A/V over TCP"),
    SHUT(OUT, "av-edge", 3478, "A/V over UDP"),
    SHUT(IN, "edge-internal", 5061, "sign-in, federation"),
    SHUT(IN, "edge-internal", 5062, "A/V authentication"),
    SHUT(IN, "edge-internal", 8057, "conferencing"),
    SHUT(IN, "edge-internal", 443, "A/V over TCP"),
    SHUT(IN, "edge-internal", 3478, "A/V over UDP"),
    SHUT(IN, "edge-internal", 4443, "replication"),
    SHUT(IN, "edge-internal", 50001, "centralized logging"),
    SHUT(IN, "edge-internal", 23456, "XMPP federation"),
    SHUT(OUT, "reverse-proxy", 443, "web services outside"),
    SHUT(OUT, "reverse-proxy", 80, "Autodiscover's first hop"),
    SHUT(IN, "front-end", 5061, "sign-in"),
    SHUT(IN, "front-end", 443, "web services"),
    SHUT(IN, "front-end", 80, "web services"),
    SHUT(IN, "front-end", 4443, "external web services"),
    SHUT(IN, "front-end", 8080, "external web services"),
    SHUT(IN, "front-end", 444, "conference control"),
    SHUT(IN, "front-end", 8057, "conferencing"),
    SHUT(IN, "front-end", 5062, "IM conferencing"),
    SHUT(IN, "front-end", 5064, "telephony conferencing"),
    SHUT(IN, "front-end", 5065, "application sharing"),
    SHUT(IN, "front-end", 5067, "collocated Mediation"),
    SHUT(IN, "front-end", 5071, "Response Group"),
    SHUT(IN, "front-end", 5072, "Conferencing Attendant"),
    SHUT(IN, "front-end", 5073, "Conferencing Announcement"),
    SHUT(IN, "front-end", 5075, "Call Park"),
    SHUT(IN, "front-end", 5086, "internal mobility"),
    SHUT(IN, "front-end", 5087, "external mobility"),
    SHUT(IN, "front-end", 50002, "centralized logging"),
    SHUT(IN, "mediation", 5067, "gateways"),
    SHUT(IN, "mediation", 5061, "Enterprise Voice, neither port"),
    SHUT(IN, "exchange-um", 5061, "voice mail"),
    SHUT(IN, "persistent-chat", 5061, "Persistent Chat, neither port"),
    SHUT(IN, "branch-appliance", 5061, "sign-in"),
    SHUT(IN, "branch-appliance", 443, "web services"),
    SHUT(IN, "office-web-apps", 443, "presentations"),
    SHUT(IN, "sql", 1433, "database"),
    SHUT(OUT, "adfs-proxy", 443, "single sign-on"),
    SHUT(IN, "adfs", 443, "single sign-on"),
    SHUT_AT(TWO, IN, "director", 5061, "sign-in"),
    SHUT_AT(TWO, IN, "director", 443, "web services"),
    SHUT_AT(TWO, IN, "director", 80, "web services"),
    SHUT_AT(TWO, IN, "director", 4443, "external web services"),
    SHUT_AT(TWO, IN, "director", 444, "conference control"),
    SHUT_AT(TWO, IN, "load-balancer", 443, "web services"),
    SHUT_AT(TWO, IN, "load-balancer", 4443, "external web services"),
    SHUT_AT(TWO, IN, "load-balancer", 80, "web services"),
    SHUT_AT(TWO, IN, "load-balancer", 8080, "external web services"),
    SHUT_AT(TWO, IN, "load-balancer", 5061, "sign-in"),
    SHUT_AT(SINGLE, OUT, "web-conferencing-edge", 444, "conferencing of a single-address Edge"),
    SHUT_AT(SINGLE, IN, "standard-edition", 5061, "sign-in"),

    /* more than one port, and less than a role */
    {"check-filtered", "LP-PORT-FILTERED", IN, "conference control is filtered", .topology = ONE,
     .edits = EDIT("front-end", 444, LAB_WAY_FILTERED)},
    {"check-member-port", "LP-PORT-POOL-PARTIAL", IN, "one member has no registrar",
     .topology = ONE, .edits = EDIT("10.77.1.12", 5061, LAB_WAY_CLOSED)},
    {"check-member-down", "LP-PORT-POOL-PARTIAL", IN, "one member of the pool is down",
     .topology = ONE, .edits = EDIT("10.77.1.12", 0, LAB_WAY_CLOSED)},
    {"check-edge-down", "LP-PORT-POOL-PARTIAL", OUT, "one Edge Server of two is down",
     .topology = TWO,
     .edits = PEERS{{"203.0.113.20", 0, 0, LAB_WAY_CLOSED, LAB_CERT_SAME},
                    {"203.0.113.21", 0, 0, LAB_WAY_CLOSED, LAB_CERT_SAME},
                    {"203.0.113.22", 0, 0, LAB_WAY_CLOSED, LAB_CERT_SAME}, END_PEERS}},
    {"check-role-down", "LP-PORT-CLOSED", IN, "the whole pool is down", .topology = ONE,
     .edits = EDIT("pool.corp." LAB_DOMAIN, 0, LAB_WAY_CLOSED)},
    {"check-role-down-director", "LP-PORT-CLOSED", IN, "the Director is down", .topology = TWO,
     .edits = EDIT("director", 0, LAB_WAY_CLOSED)},
    {"check-role-down-edge", "LP-PORT-CLOSED", OUT, "all of the Edge is down", .topology = ONE,
     .edits = EDIT("edge.corp." LAB_DOMAIN, 0, LAB_WAY_CLOSED)},
    {"check-second-ports", "LP-WALK-OK", IN,
     "nothing: Mediation and Persistent Chat listen on the documentation's ports",
     .topology = ONE, .second_ports = true},
    {"check-unexpected", "LP-PORT-UNEXPECTED", IN, "Call Park answers, and is off",
     .topology = ONE, .replace = {"call-park: on", "call-park: off"}},
    {"check-unexpected-outside", "LP-PORT-UNEXPECTED", OUT, "XMPP answers, and is off",
     .topology = ONE, .replace = {"xmpp: on", "xmpp: off"}},
    {"check-stalled", "LP-TLS-STALLED", IN, "conference control never ends the handshake",
     .topology = ONE, .edits = EDIT("front-end", 444, LAB_WAY_STALL)},
    {"check-not-tls", "LP-TLS-NOT-TLS", IN, "plain HTTP where conference control should be",
     .topology = ONE, .edits = EDIT("front-end", 444, LAB_WAY_PLAIN_HTTP)},
    {"check-sip-status", "LP-SIP-STATUS", IN, "the Branch Appliance answers REGISTER with 503",
     .topology = ONE, .edits = EDIT("branch-appliance", 5061, LAB_WAY_SIP_503)},
};
/* clang-format on */

const size_t lab_shut_fault_count = sizeof lab_shut_faults / sizeof lab_shut_faults[0];
