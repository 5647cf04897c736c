/* faults_dns.c - faults of DNS: records, servers, troubles */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
/* The records of a fault, each {view, owner, type, data}; the view is the fault's. */
#define RR (const struct lab_rr[])
#define PEERS (const struct lab_edit[])
#define R(owner, type, data)          \
    {                                 \
        OUT, owner, type, data, false \
    }
#define END_RR                       \
    {                                \
        OUT, NULL, NULL, NULL, false \
    }
#define END_PEERS                             \
    {                                         \
        NULL, 0, 0, LAB_WAY_OK, LAB_CERT_SAME \
    }
#define EDGE(cert)                                    \
    PEERS                                             \
    {                                                 \
        { "edge", 0, 0, LAB_WAY_OK, cert }, END_PEERS \
    }
#define PROXY(cert)                                    \
    PEERS                                              \
    {                                                  \
        { "proxy", 0, 0, LAB_WAY_OK, cert }, END_PEERS \
    }
#define FLOOD(n) R("_sip._tls", "SRV", "0 0 443 e" n ".flood")
#define CLOUD                                                       \
    R("lyncdiscover", "CNAME", "webdir.online.lync.com."),          \
        R("sip", "CNAME", "sipdir.online.lync.com."),               \
        R("_sip._tls", "SRV", "100 1 443 sipdir.online.lync.com."), \
        R("_sipfederationtls._tcp", "SRV", "100 1 5061 sipfed.online.lync.com.")

/* clang-format off */
const struct lab_fault lab_dns_faults[] = {
    /* nothing is broken */
    {"walk-ok", "LP-WALK-OK", OUT, "nothing: the healthy deployment from outside",
     .args = NULL},
    {"walk-ok-inside", "LP-WALK-OK", IN, "nothing: the healthy deployment from inside",
     .args = NULL},
    {"walk-ok-alias", "LP-WALK-OK", OUT, "nothing: lyncdiscover and sip are aliases",
     .rr = RR{R("lyncdiscover", "CNAME", "webext"), R("sip", "CNAME", "access"), END_RR}},
    {"walk-ok-cloud", "LP-CERT-NAME-MISMATCH", OUT,
     "nothing: every name is at the hosting provider, whose certificate is for its own names",
     .rr = RR{CLOUD, END_RR}, .also = "LP-WALK-OK"},
    {"walk-ok-tcp", "LP-WALK-OK", OUT, "every UDP answer is truncated: DNS over TCP works",
     .dns = LAB_DNS_TRUNCATE},
    {"walk-ok-no-edns", "LP-WALK-OK", OUT, "the server answers FORMERR to EDNS",
     .dns = LAB_DNS_NO_EDNS},
    {"walk-ok-ipv4", "LP-WALK-OK", OUT, "nothing: AAAA questions get no data",
     .rr = RR{R("lyncdiscover", "A", "@proxy"), R("webext", "A", "@proxy"),
              R("access", "A", "@edge"), R("sip", "A", "@edge"), END_RR}},

    /* what is there, and what is not */
    {"dns-no-records", "LP-DNS-NO-RECORDS", OUT, "no name of the client's order exists",
     .dns = LAB_DNS_EMPTY},
    {"dns-no-records-inside", "LP-DNS-NO-RECORDS", IN, "no name of the order exists inside",
     .dns = LAB_DNS_EMPTY},
    {"dns-record-missing", "LP-DNS-RECORD-MISSING", OUT, "lyncdiscover does not exist",
     .rr = RR{R("lyncdiscover", "NXDOMAIN", ""), END_RR}},
    {"dns-record-missing-srv", "LP-DNS-RECORD-MISSING", OUT, "_sip._tls does not exist",
     .rr = RR{R("_sip._tls", "NXDOMAIN", ""), END_RR}},
    {"dns-record-missing-nodata", "LP-DNS-RECORD-MISSING", OUT, "sip has no address",
     .rr = RR{R("sip", "TXT", "no address here"), END_RR}},
    {"dns-record-missing-inside", "LP-DNS-RECORD-MISSING", IN,
     "lyncdiscoverinternal does not exist inside",
     .rr = RR{R("lyncdiscoverinternal", "NXDOMAIN", ""), END_RR}},
    {"dns-record-missing-inside-srv", "LP-DNS-RECORD-MISSING", IN,
     "_sipinternaltls._tcp does not exist inside",
     .rr = RR{R("_sipinternaltls._tcp", "NXDOMAIN", ""), END_RR}},

    /* outcomes of a question */
    {"dns-servfail", "LP-DNS-SERVFAIL", OUT, "lyncdiscover is answered with SERVFAIL",
     .rr = RR{R("lyncdiscover", "SERVFAIL", ""), END_RR}},
    {"dns-servfail-srv", "LP-DNS-SERVFAIL", OUT, "_sip._tls is answered with SERVFAIL",
     .rr = RR{R("_sip._tls", "SERVFAIL", ""), END_RR}},
    {"dns-refused", "LP-DNS-REFUSED", OUT, "lyncdiscover is answered with REFUSED",
     .rr = RR{R("lyncdiscover", "REFUSED", ""), END_RR}},
    {"dns-timeout", "LP-DNS-TIMEOUT", OUT, "questions for lyncdiscover are never answered",
     .rr = RR{R("lyncdiscover", "DROP", ""), END_RR}},
    {"dns-timeout-all", "LP-DNS-TIMEOUT", OUT, "the name server answers nothing at all",
     .dns = LAB_DNS_SILENT},
    {"dns-malformed-question", "LP-DNS-MALFORMED", OUT,
     "answers for lyncdiscover repeat another question, and no better one comes",
     .rr = RR{R("lyncdiscover", "QUESTION", ""), END_RR}},
    {"dns-malformed", "LP-DNS-MALFORMED", OUT, "a compression pointer names itself",
     .rr = RR{R("lyncdiscover", "LOOP", ""), END_RR}},
    {"dns-malformed-owner", "LP-DNS-MALFORMED", OUT, "the answer is for another owner name",
     .rr = RR{R("lyncdiscover", "OWNER", ""), END_RR}},
    {"dns-malformed-short", "LP-DNS-MALFORMED", OUT, "the message ends inside a record",
     .rr = RR{R("lyncdiscover", "SHORT", ""), END_RR}},

    /* SRV records */
    {"dns-srv-port", "LP-DNS-SRV-PORT", IN, "_sipinternaltls._tcp names port 5060",
     .rr = RR{R("_sipinternaltls._tcp", "SRV", "0 0 5060 pool"), END_RR}},
    {"dns-srv-target-domain", "LP-DNS-SRV-TARGET-DOMAIN", OUT,
     "_sip._tls names a host of another domain", .edits = EDGE(LAB_CERT_EDGE_MORE),
     .rr = RR{R("_sip._tls", "SRV", "0 0 443 sip.fabrikam.example."), END_RR}},
    {"dns-srv-target-missing", "LP-DNS-SRV-TARGET-MISSING", OUT,
     "_sip._tls names a host that does not exist",
     .rr = RR{R("_sip._tls", "SRV", "0 0 443 gone"), END_RR}},
    {"dns-srv-target-cname", "LP-DNS-SRV-TARGET-CNAME", OUT, "_sip._tls names an alias",
     .edits = EDGE(LAB_CERT_EDGE_MORE),
     .rr = RR{R("_sip._tls", "SRV", "0 0 443 edge"), R("edge", "CNAME", "access"), END_RR}},
    {"dns-srv-not-offered", "LP-DNS-SRV-NOT-OFFERED", OUT, "_sip._tls names the root",
     .rr = RR{R("_sip._tls", "SRV", "0 0 0 ."), END_RR}},
    {"dns-name-invalid", "LP-DNS-NAME-INVALID", OUT, "_sip._tls names a host with underscore",
     .edits = EDGE(LAB_CERT_EDGE_UNDERSCORE),
     .rr = RR{R("_sip._tls", "SRV", "0 0 443 access_edge"), R("access_edge", "A", "@edge"),
              END_RR}},

    /* aliases */
    {"dns-cname-loop", "LP-DNS-CNAME-LOOP", OUT, "lyncdiscover is an alias of itself, by two",
     .rr = RR{R("lyncdiscover", "CNAME", "ring1"), R("ring1", "CNAME", "ring2"),
              R("ring2", "CNAME", "ring1"), END_RR}},
    {"dns-cname-dangling", "LP-DNS-CNAME-DANGLING", OUT, "lyncdiscover's alias ends nowhere",
     .rr = RR{R("lyncdiscover", "CNAME", "gone"), END_RR}},

    /* inside and outside mixed up */
    {"dns-internal-leak", "LP-DNS-INTERNAL-LEAK", OUT, "lyncdiscoverinternal exists outside",
     .edits = PROXY(LAB_CERT_PROXY_LEAK),
     .rr = RR{R("lyncdiscoverinternal", "A", "@proxy"), END_RR}},
    {"dns-internal-leak-srv", "LP-DNS-INTERNAL-LEAK", OUT,
     "_sipinternaltls._tcp exists outside",
     .rr = RR{R("_sipinternaltls._tcp", "SRV", "0 0 5061 access"), END_RR}},
    {"dns-internal-leak-address", "LP-DNS-INTERNAL-LEAK", OUT,
     "lyncdiscoverinternal exists outside, with its inside address",
     .rr = RR{R("lyncdiscoverinternal", "A", "@private"), END_RR}},
    {"dns-internal-address", "LP-DNS-INTERNAL-ADDRESS", OUT, "sip has an inside address",
     .rr = RR{R("sip", "A", "@private"), END_RR}},
    {"dns-internal-address-access", "LP-DNS-INTERNAL-ADDRESS", OUT,
     "the Access Edge has an inside address", .rr = RR{R("access", "A", "@private"), END_RR}},
    {"cloud-mixed", "LP-CLOUD-MIXED", OUT, "lyncdiscover is in the cloud, the rest is not",
     .rr = RR{R("lyncdiscover", "CNAME", "webdir.online.lync.com."), END_RR}},

    /* servers and zones */
    {"dns-servers-differ", "LP-DNS-SERVERS-DIFFER", OUT, "the second server has another address",
     .args = "@127.77.2.54",
     .rr = RR{{OUT, "lyncdiscover", "A", "@proxy2", true}, END_RR}},
    {"dns-servers-differ-inside", "LP-DNS-SERVERS-DIFFER", IN,
     "the second server lacks one member of the pool", .args = "@127.77.1.54",
     .rr = RR{{IN, "pool", "A", "@fe1", true}, {IN, "pool", "AAAA", "@fe1", true}, END_RR}},
    {"dns-ttl-high", "LP-DNS-TTL-HIGH", OUT, "nothing; a switch within a minute is planned",
     .args = "--window 60"},
    {"dns-wildcard", "LP-DNS-WILDCARD", IN, "the zone has an address for every name",
     .rr = RR{R("*", "A", "@web"), END_RR}},
    {"dns-wildcard-outside", "LP-DNS-WILDCARD", OUT, "the zone has an address for every name",
     .rr = RR{R("*", "A", "@proxy"), R("lyncdiscoverinternal", "TXT", "none"), END_RR}},

    /* limits, guards and overrides of the program */
    {"run-limited", "LP-RUN-LIMITED", OUT, "_sip._tls names 20 targets",
     .edits = EDGE(LAB_CERT_EDGE_FLOOD),
     .rr = RR{FLOOD("01"), FLOOD("02"), FLOOD("03"), FLOOD("04"), FLOOD("05"), FLOOD("06"),
              FLOOD("07"), FLOOD("08"), FLOOD("09"), FLOOD("10"), FLOOD("11"), FLOOD("12"),
              FLOOD("13"), FLOOD("14"), FLOOD("15"), FLOOD("16"), FLOOD("17"), FLOOD("18"),
              FLOOD("19"), FLOOD("20"), R("*.flood", "A", "@edge"), END_RR}},
    {"run-blocked", "LP-RUN-BLOCKED", IN, "_sipinternaltls._tcp leads to the metadata service",
     .namespace_only = true,
     .rr = RR{R("_sipinternaltls._tcp", "SRV", "0 0 5061 trap"), R("trap", "A", "@metadata"),
              END_RR}},
    {"run-blocked-loopback", "LP-RUN-BLOCKED", IN, "_sipinternaltls._tcp leads to loopback",
     .rr = RR{R("_sipinternaltls._tcp", "SRV", "0 0 5061 trap"), R("trap", "A", "@loopback"),
              END_RR}},
    {"run-blocked-mapped", "LP-RUN-BLOCKED", IN,
     "_sipinternaltls._tcp leads to the metadata service, as an IPv4-mapped address",
     .namespace_only = true,
     .rr = RR{R("_sipinternaltls._tcp", "SRV", "0 0 5061 trap"),
              R("trap", "AAAA", "::ffff:169.254.169.254"), END_RR}},
    {"run-overridden", "LP-WALK-OK", OUT, "nothing; the command line overrides an address",
     .args = "--resolve sip." LAB_DOMAIN ":5061:203.0.113.10", .also = "LP-RUN-OVERRIDDEN",
     .namespace_only = true},
    {"run-local", "LP-RUN-LOCAL", OUT, "nothing; lyncprobe may open few descriptors",
     .args = "PRE:ulimit -n 12"},
    {"run-crashed", "LP-RUN-CRASHED", OUT, "nothing; the worker aborts at one certificate",
     .args = "PRE:export LD_PRELOAD=$LP_HOOK LP_HOOK_ABORT=access." LAB_DOMAIN},
    /* each spin costs a quarter of a second of CPU, which a busy machine has not at once */
    {"run-crashed-spin", "LP-RUN-CRASHED", OUT, "nothing; the worker spins at one certificate",
     .args = "PRE:export LD_PRELOAD=$LP_HOOK LP_HOOK_SPIN=access." LAB_DOMAIN
             "; set -- \"$@\" --timeout 60"},
    {"ad-first-hop", "LP-AD-FIRST-HOP", OUT,
     "every name is at the hosting provider, whose port 80 is closed", .rr = RR{CLOUD, END_RR},
     .edits = PEERS{{"cloudweb", 80, 0, LAB_WAY_CLOSED, LAB_CERT_SAME}, END_PEERS}},
};
/* clang-format on */

const size_t lab_dns_fault_count = sizeof lab_dns_faults / sizeof lab_dns_faults[0];
