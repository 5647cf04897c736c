/* faults_cert.c - faults of certificates; what these look like: certspec.c */
#include "lab.h"

#define IN LAB_INTERNAL
#define OUT LAB_EXTERNAL
#define PEERS (const struct lab_edit[])
#define END_PEERS                             \
    {                                         \
        NULL, 0, 0, LAB_WAY_OK, LAB_CERT_SAME \
    }
#define SHOW(tag, cert)                            \
    PEERS                                          \
    {                                              \
        { tag, 0, 0, LAB_WAY_OK, cert }, END_PEERS \
    }
#define EDGE(cert) SHOW("edge", cert)

/* clang-format off */
const struct lab_fault lab_cert_faults[] = {
    {"cert-expired", "LP-CERT-EXPIRED", OUT, "the Access Edge's certificate ended 3 days ago",
     .edits = EDGE(LAB_CERT_EDGE_EXPIRED)},
    {"cert-expired-inside", "LP-CERT-EXPIRED", IN, "the pool's certificate ended 3 days ago",
     .edits = PEERS{{"fe1", 0, 0, LAB_WAY_OK, LAB_CERT_POOL_EXPIRED},
                    {"fe2", 0, 0, LAB_WAY_OK, LAB_CERT_POOL_EXPIRED}, END_PEERS}},
    {"cert-not-yet-valid", "LP-CERT-NOT-YET-VALID", OUT, "the certificate begins in 3 days",
     .edits = EDGE(LAB_CERT_EDGE_FUTURE)},
    {"cert-expiring", "LP-CERT-EXPIRING", OUT, "25 days left",
     .edits = EDGE(LAB_CERT_EDGE_SOON)},
    {"cert-expiring-critical", "LP-CERT-EXPIRING", OUT, "5 days left",
     .edits = EDGE(LAB_CERT_EDGE_VERY_SOON)},
    {"cert-name-mismatch", "LP-CERT-NAME-MISMATCH", OUT, "the SAN lacks access." LAB_DOMAIN,
     .edits = EDGE(LAB_CERT_EDGE_OTHER_NAME)},
    {"cert-subject-not-in-san", "LP-CERT-SUBJECT-NOT-IN-SAN", OUT,
     "the subject is not repeated in the SAN", .edits = EDGE(LAB_CERT_EDGE_SUBJECT)},
    {"cert-eku", "LP-CERT-EKU", OUT, "the certificate is for client authentication only",
     .edits = EDGE(LAB_CERT_EDGE_EKU)},
    {"cert-untrusted", "LP-CERT-UNTRUSTED", OUT, "the root is in no store",
     .edits = EDGE(LAB_CERT_EDGE_UNKNOWN_CA)},
    {"cert-wrong-ca", "LP-CERT-WRONG-CA", OUT, "the private CA signed it, outside",
     .edits = EDGE(LAB_CERT_EDGE_PRIVATE_CA)},
    {"cert-self-signed", "LP-CERT-SELF-SIGNED", OUT, "the leaf signed itself",
     .edits = EDGE(LAB_CERT_EDGE_SELF)},
    {"cert-chain-incomplete", "LP-CERT-CHAIN-INCOMPLETE", OUT, "the intermediate is not sent",
     .edits = EDGE(LAB_CERT_EDGE_NO_CHAIN)},
    {"cert-weak-key", "LP-CERT-WEAK-KEY", OUT, "RSA with 1024 bits",
     .edits = EDGE(LAB_CERT_EDGE_RSA1024)},
    {"cert-weak-signature", "LP-CERT-WEAK-SIGNATURE", OUT, "signed with SHA-1",
     .edits = EDGE(LAB_CERT_EDGE_SHA1)},
    {"cert-pss", "LP-CERT-PSS", OUT, "signed with RSASSA-PSS",
     .edits = EDGE(LAB_CERT_EDGE_PSS)},
    {"cert-wildcard", "LP-CERT-WILDCARD", OUT, "a wildcard in the Access Edge's SAN",
     .edits = EDGE(LAB_CERT_EDGE_WILDCARD)},
    {"cert-no-cdp", "LP-CERT-NO-CDP", OUT, "no CRL distribution point",
     .edits = EDGE(LAB_CERT_EDGE_NO_CDP)},
    {"cert-no-cdp-ldap", "LP-CERT-NO-CDP", OUT, "a CRL distribution point by LDAP only",
     .edits = EDGE(LAB_CERT_EDGE_LDAP_CDP)},
    {"cert-nodes-differ", "LP-CERT-NODES-DIFFER", IN, "pool members show different certificates",
     .edits = SHOW("fe2", LAB_CERT_POOL_OTHER)},
    {"cert-trust-prompt", "LP-CERT-TRUST-PROMPT", OUT,
     "the web certificate's subject is of another domain",
     .edits = SHOW("proxy", LAB_CERT_PROXY_PROMPT)},
    {"cert-bad-encoding", "LP-CERT-BAD-ENCODING", OUT, "a name in the SAN holds a NUL",
     .edits = EDGE(LAB_CERT_EDGE_NUL)},
};
/* clang-format on */

const size_t lab_cert_fault_count = sizeof lab_cert_faults / sizeof lab_cert_faults[0];
