/* catalogue_quality.c - the rules LP-CERT about what is inside a certificate. */
#include "lp/catalogue.h"

#define VERIFY_ERROR "\"There was a problem verifying the certificate from the server.\""
#define SHOW(what)                                                                             \
    "openssl s_client -connect {address}:{port} -servername {host} </dev/null | openssl x509 " \
    "-noout " what

const struct lp_rule lp_rules_quality[] = {
    {
        .id = "LP-CERT-WEAK-KEY",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The key is too short",
        .why = "The certificate of {host} ({address}) port {port} has a weak key ({observed}). "
               "Current systems refuse RSA keys under 2048 bits, and public CAs no longer sign "
               "them.",
        .fix = LP_LINES("Request a new certificate with a new key of 2048 bits or more."),
        .then = lp_steps_reissue,
        .user_sees = "New devices fail where old ones work: " VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-text"), "Look at the line \"Public-Key\"."),
        .source = "Lync Server 2013: Certificate infrastructure requirements (2048 recommended); "
                  "CA/Browser Forum baseline requirements section 6.1.5",
    },
    {
        .id = "LP-CERT-WEAK-SIGNATURE",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The chain is signed with MD5 or SHA-1",
        .why = "A certificate in the chain of {host} ({address}) port {port} is signed with a weak "
               "hash ({observed}). Current phones, browsers and Windows versions refuse it; MD5 is "
               "refused almost everywhere.",
        .fix =
            LP_LINES("Have the certificate issued again by a CA that signs with SHA-256. A private "
                     "Windows CA is switched with:",
                     "certutil -setreg ca\\csp\\CNGHashAlgorithm SHA256", "Restart-Service CertSvc",
                     "Very old Lync Phone Edition firmware does not know SHA-2: update the "
                     "phones first."),
        .then = lp_steps_reissue,
        .user_sees = "New devices fail where old ones work: " VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-text"), "Look at the line \"Signature Algorithm\"."),
        .source = "RFC 6151 (MD5), RFC 9155 (SHA-1); Lync Server 2013: Certificate infrastructure "
                  "requirements",
    },
    {
        .id = "LP-CERT-PSS",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The certificate is signed with RSASSA-PSS",
        .why = "A certificate in the chain of {host} ({address}) port {port} is signed with "
               "RSASSA-PSS. Lync does not support it: sign-in and call forwarding fail at some "
               "clients and servers.",
        .fix = LP_LINES("Issue the certificates again with PKCS #1 v1.5 signatures "
                        "(sha256WithRSAEncryption). On a Windows CA set "
                        "AlternateSignatureAlgorithm to 0 in CAPolicy.inf, and:",
                        "certutil -setreg ca\\csp\\AlternateSignatureAlgorithm 0",
                        "Restart-Service CertSvc"),
        .then = lp_steps_reissue,
        .user_sees = "Sign-in or call forwarding fails on some clients: " VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-text"), "\"Signature Algorithm: rsassaPss\" confirms it."),
        .source = "Lync Server 2013: Certificate infrastructure requirements (RSASSA-PSS is not "
                  "supported)",
    },
    {
        .id = "LP-CERT-WILDCARD",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "A wildcard where Lync does not accept one",
        .why = "{host} ({address}) port {port} is covered only by a wildcard name ({observed}). "
               "Wildcards are supported for web services names in the SAN, not for SIP servers "
               "and not as a subject; desk phones refuse them.",
        .fix = LP_LINES("Have the certificate issued again with each name written out."),
        .then = lp_steps_reissue,
        .user_sees = "Desktops often sign in; desk phones stop at \"Connecting to Lync Server...\"",
        .by_hand = LP_LINES(SHOW("-subject -ext subjectAltName")),
        .source = "Lync Server 2013: Wildcard certificate support",
    },
    {
        .id = "LP-CERT-NO-CDP",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "No revocation list that clients can fetch by http",
        .why =
            "The certificate of {host} ({address}) port {port} names no CRL distribution point by "
            "http ({observed}). Lync servers need one; outside or on computers without the "
            "domain an LDAP address cannot be asked.",
        .fix =
            LP_LINES("Give the CA an http CRL distribution point that inside and outside can reach "
                     "(CA properties, Extensions, \"Include in the CDP extension of issued "
                     "certificates\"), publish the CRL there, and have the certificate issued "
                     "again.",
                     "certutil -CRL"),
        .then = lp_steps_reissue,
        .user_sees =
            "Mostly nothing; slow sign-in or " VERIFY_ERROR " where revocation is checked.",
        .by_hand = LP_LINES(SHOW("-ext crlDistributionPoints")),
        .source = "RFC 5280 section 4.2.1.13; Lync Server 2013: Certificate infrastructure "
                  "requirements",
    },
    {
        .id = "LP-CERT-BAD-ENCODING",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "Names in the certificate cannot be read",
        .why = "The certificate of {host} ({address}) port {port} holds names with NUL or control "
               "characters, or cannot be decoded ({observed}). Such certificates have been used to "
               "deceive; clients differ in what they make of them.",
        .fix = LP_LINES("Find out who issued this certificate and who put it there.",
                        "Have it issued again with names of letters, digits, hyphens and dots."),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERROR,
        .by_hand =
            LP_LINES("openssl s_client -connect {address}:{port} -servername {host} </dev/null "
                     "| openssl asn1parse -strictpem"),
        .source = "RFC 5280 section 4.2.1.6; RFC 6125 section 6.4",
    },
    { .id = NULL },
};
