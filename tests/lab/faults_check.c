/* faults_check.c - faults that only a topology can show: records and certificates */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define ONE "one-pool.yaml"
#define TWO "two-pools-director.yaml"
#define SINGLE "single-edge.yaml"
#define MOVING "hybrid.yaml"
#define RR (const struct lab_rr[])
#define END_RR                       \
    {                                \
        OUT, NULL, NULL, NULL, false \
    }
/* One record instead of those that the name has. */
#define SAY(view, owner, type, data)               \
    RR                                             \
    {                                              \
        { view, owner, type, data, false }, END_RR \
    }
#define GONE(view, owner) SAY(view, owner, "NXDOMAIN", "")
#define MISSING(row, view, owner)                                                     \
    {                                                                                 \
        "check-missing-" row, "LP-DNS-RECORD-MISSING", view, owner " does not exist", \
            .topology = ONE, .rr = GONE(view, owner)                                  \
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
#define CORP "corp." LAB_DOMAIN

/* clang-format off */
const struct lab_fault lab_check_faults[] = {
    /* the poster's DNS table, row by row */
    MISSING("sipinternaltls", IN, "_sipinternaltls._tcp"),
    MISSING("lyncdiscoverinternal", IN, "lyncdiscoverinternal"),
    MISSING("admin", IN, "admin"),
    MISSING("meet-inside", IN, "meet"),
    MISSING("dialin-inside", IN, "dialin"),
    MISSING("webint", IN, "webint.corp"),
    MISSING("sipfederationtls", OUT, "_sipfederationtls._tcp"),
    MISSING("sip-tls", OUT, "_sip._tls"),
    MISSING("xmpp-server", OUT, "_xmpp-server._tcp"),
    MISSING("sip", OUT, "sip"),
    MISSING("access", OUT, "access"),
    MISSING("av", OUT, "av"),
    MISSING("conf", OUT, "conf"),
    MISSING("lyncdiscover", OUT, "lyncdiscover"),
    MISSING("meet", OUT, "meet"),
    MISSING("dialin", OUT, "dialin"),
    MISSING("webext", OUT, "webext"),
    {"check-missing-member", "LP-DNS-RECORD-MISSING", IN, "a member of the pool has no address",
     .topology = ONE, .rr = GONE(IN, "fe2.corp")},
    {"check-missing-domain", "LP-DNS-RECORD-MISSING", OUT,
     "the second SIP domain has no lyncdiscover", .topology = TWO,
     .rr = GONE(OUT, "lyncdiscover.fabrikam.example.")},
    {"check-missing-required", "LP-DNS-RECORD-MISSING", IN,
     "a name that the topology asks for besides does not exist", .topology = ONE,
     .append = "require:\n  - {name: ucupdates-r2." LAB_DOMAIN ", type: A, view: internal}\n"},

    /* records that say something else */
    {"check-srv-port", "LP-DNS-SRV-PORT", OUT, "_sip._tls names port 5061", .topology = ONE,
     .rr = SAY(OUT, "_sip._tls", "SRV", "0 0 5061 access")},
    {"check-srv-port-single", "LP-DNS-SRV-PORT", OUT,
     "_sip._tls names port 443, where a single-address Edge has its A/V service",
     .topology = SINGLE, .rr = SAY(OUT, "_sip._tls", "SRV", "0 0 443 sip")},
    {"check-srv-port-inside", "LP-DNS-SRV-PORT", IN, "_sipinternaltls._tcp names port 443",
     .topology = ONE, .rr = SAY(IN, "_sipinternaltls._tcp", "SRV", "0 0 443 pool.corp")},
    {"check-srv-target", "LP-DNS-SRV-TARGET", OUT,
     "_sipfederationtls._tcp names the Web Conferencing Edge", .topology = ONE,
     .rr = SAY(OUT, "_sipfederationtls._tcp", "SRV", "0 0 5061 conf")},
    {"check-srv-target-inside", "LP-DNS-SRV-TARGET", IN,
     "_sipinternaltls._tcp names one member of the pool", .topology = ONE,
     .rr = SAY(IN, "_sipinternaltls._tcp", "SRV", "0 0 5061 fe1.corp")},
    {"check-address", "LP-DNS-ADDRESS", OUT, "the A/V Edge has the Access Edge's address",
     .topology = ONE, .rr = SAY(OUT, "av", "A", "203.0.113.10")},
    {"check-address-stranger", "LP-DNS-ADDRESS", OUT,
     "meet has an address that is nowhere in the topology", .topology = ONE,
     .rr = SAY(OUT, "meet", "A", "198.51.100.99")},
    {"check-address-inside", "LP-DNS-ADDRESS", IN, "admin has the address of the SQL Server",
     .topology = ONE, .rr = SAY(IN, "admin", "A", "10.77.8.11")},
    {"check-outside-answer", "LP-DNS-OUTSIDE-ANSWER", IN,
     "meet leads through the reverse proxy inside", .topology = ONE,
     .rr = SAY(IN, "meet", "A", "198.51.100.20")},
    {"check-internal-leak", "LP-DNS-INTERNAL-LEAK", OUT, "the pool's name is visible outside",
     .topology = ONE, .rr = SAY(OUT, "pool.corp", "A", "10.77.1.11")},
    {"check-internal-leak-srv", "LP-DNS-INTERNAL-LEAK", OUT,
     "_sipinternaltls._tcp is visible outside", .topology = ONE,
     .rr = SAY(OUT, "_sipinternaltls._tcp", "SRV", "0 0 5061 access")},
    {"check-internal-address", "LP-DNS-INTERNAL-ADDRESS", OUT,
     "the external web services have the address of a front end", .topology = ONE,
     .rr = SAY(OUT, "webext", "A", "10.77.1.11")},

    /* users in the cloud: all of adatum.example's, some of contoso.example's */
    {"check-cloud-leftover", "LP-CLOUD-LEFTOVER", IN,
     "lyncdiscoverinternal still leads to the old servers", .topology = MOVING,
     .rr = SAY(IN, "lyncdiscoverinternal.adatum.example.", "A", "10.77.1.11")},
    {"check-cloud-leftover-srv", "LP-CLOUD-LEFTOVER", IN,
     "_sipinternaltls._tcp still leads to the old servers", .topology = MOVING,
     .rr = SAY(IN, "_sipinternaltls._tcp.adatum.example.", "SRV", "0 0 5061 se." CORP ".")},
    {"check-cloud-mixed", "LP-CLOUD-MIXED", OUT, "federation was forgotten when the domain moved",
     .topology = MOVING, .also = "LP-DNS-SRV-TARGET",
     .rr = SAY(OUT, "_sipfederationtls._tcp.adatum.example.", "SRV",
               "0 0 5061 access." LAB_DOMAIN ".")},
    {"check-cloud-early", "LP-CLOUD-MIXED", OUT, "lyncdiscover moved, though some users did not",
     .topology = MOVING, .also = "LP-DNS-ADDRESS",
     .rr = SAY(OUT, "lyncdiscover", "CNAME", "webdir.online.lync.com.")},
    {"check-cloud-missing", "LP-DNS-RECORD-MISSING", IN,
     "inside nothing leads to the cloud's Autodiscover", .topology = MOVING,
     .rr = GONE(IN, "lyncdiscover.adatum.example.")},
    {"check-hybrid-meetings", "LP-DNS-RECORD-MISSING", IN,
     "inside users in the cloud do not find the Web Conferencing Edge", .topology = MOVING,
     .rr = GONE(IN, "conf")},
    {"check-not-moved", "LP-DNS-SRV-TARGET", OUT, "the plan is the cloud, and nothing has moved",
     .topology = ONE, .also = "LP-DNS-ADDRESS", .append = "hosting: {cloud: contoso.example}\n"},

    /* certificates by role */
    {"check-san-missing", "LP-CERT-SAN-MISSING", IN, "the pool's SAN lacks the admin URL",
     .topology = ONE, .recerts = RECERT("front-end", .less = "admin." LAB_DOMAIN)},
    {"check-san-missing-edge", "LP-CERT-SAN-MISSING", OUT, "the Edge's SAN lacks a SIP domain",
     .topology = TWO,
     .recerts = RECERT("edge." CORP, .less = "sip.litware.example")},
    {"check-san-missing-proxy", "LP-CERT-SAN-MISSING", OUT,
     "the reverse proxy's SAN lacks the second domain's names", .topology = TWO,
     .recerts = RECERT("reverse-proxy",
                       .less = "lyncdiscover.fabrikam.example meet.fabrikam.example")},
    {"check-san-extra", "LP-CERT-SAN-EXTRA", OUT, "the Edge's SAN holds a name of old",
     .topology = SINGLE, .recerts = RECERT("access-edge", .more = "ocs." LAB_DOMAIN)},
    {"check-subject", "LP-CERT-SUBJECT", IN, "the pool's certificate is named after a member",
     .topology = ONE, .recerts = RECERT("front-end", .with = {.cn = "fe1." CORP})},
    {"check-eku-client", "LP-CERT-EKU", IN, "Persistent Chat's certificate is no client's",
     .topology = ONE, .recerts = RECERT("persistent-chat", .with = {.eku = "serverAuth"})},
    {"check-eku-server", "LP-CERT-EKU", IN, "the Director's certificate is a client's alone",
     .topology = TWO, .recerts = RECERT("director", .with = {.eku = "clientAuth"})},
    {"check-wrong-ca-outside", "LP-CERT-WRONG-CA", OUT, "the private CA signed the Edge's",
     .topology = ONE, .recerts = RECERT("edge." CORP, .with = {.issuer = LAB_PRIVATE})},
    {"check-wrong-ca-inside", "LP-CERT-WRONG-CA", IN, "a public CA signed SQL's neighbour",
     .topology = ONE, .recerts = RECERT("mediation", .with = {.issuer = LAB_PUBLIC})},
    {"check-nodes-differ", "LP-CERT-NODES-DIFFER", OUT,
     "the second Edge Server shows a certificate of its own", .topology = TWO,
     .recerts = RECERT(.tag = "203.0.113.20")},
    {"check-wildcard", "LP-CERT-WILDCARD", IN, "a wildcard in the Mediation Server's SAN",
     .topology = ONE, .recerts = RECERT("mediation", .more = "*." CORP)},
    {"check-wildcard-edge", "LP-CERT-WILDCARD", OUT, "a wildcard in the Edge's SAN",
     .topology = TWO, .recerts = RECERT("edge." CORP, .more = "*." LAB_DOMAIN)},
    {"check-wildcard-proxy", "LP-WALK-OK", OUT,
     "nothing: a wildcard instead of the meeting host is allowed at a reverse proxy",
     .topology = SINGLE,
     .recerts = RECERT("reverse-proxy", .more = "*." LAB_DOMAIN,
                       .less = "lync." LAB_DOMAIN)},
    {"check-expired", "LP-CERT-EXPIRED", IN, "Persistent Chat's certificate ended 3 days ago",
     .topology = ONE,
     .recerts = RECERT("persistent-chat", .with = {.from_days = -400, .to_days = -3})},
    {"check-chain-incomplete", "LP-CERT-CHAIN-INCOMPLETE", IN,
     "the Director does not send the intermediate", .topology = TWO,
     .recerts = RECERT("director", .with = {.bare = true})},

    /* waivers */
    {"check-waived", "LP-WALK-OK", IN, "an expired certificate that is waived",
     .topology = ONE,
     .recerts = RECERT("persistent-chat", .with = {.from_days = -400, .to_days = -3}),
     .append = "waivers:\n  - {id: LP-CERT-EXPIRED, reason: known, until: 2099-01-01}\n"},
    {"check-waiver-over", "LP-CERT-EXPIRED", IN, "a waiver that is over itself",
     .topology = ONE,
     .recerts = RECERT("persistent-chat", .with = {.from_days = -400, .to_days = -3}),
     .append = "waivers:\n  - {id: LP-CERT-EXPIRED, reason: known, until: 2020-01-01}\n"},
    {"check-waiver-other", "LP-CERT-EXPIRED", IN, "a waiver for another server",
     .topology = ONE,
     .recerts = RECERT("persistent-chat", .with = {.from_days = -400, .to_days = -3}),
     .append = "waivers:\n  - {id: LP-CERT-EXPIRED, subject: \"sql*\", reason: known, "
               "until: 2099-01-01}\n"},
};
/* clang-format on */

const size_t lab_check_fault_count = sizeof lab_check_faults / sizeof lab_check_faults[0];
