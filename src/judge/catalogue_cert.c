/* catalogue_cert.c - the rules LP-CERT about validity and names; how to get a new one. */
#include "lp/catalogue.h"

#define EDGE_TYPES "AccessEdgeExternal,DataEdgeExternal,AudioVideoAuthentication"
#define WEB_TYPES "WebServicesInternal,WebServicesExternal"
#define WIZARD "deployment wizard, step 3 (Request, Install or Assign Certificates)"
#define NAMES "Names that the certificate must have, the first one as its subject too: {names}."

/* Certificates that the outside sees: a public CA signs a request made on the server. */
#define OUTSIDE                                                                                  \
    "[external][sip] Edge Server: " WIZARD ", External Edge certificate; or in the Management "  \
    "Shell:",                                                                                    \
        "[external][sip] Request-CsCertificate -New -Type " EDGE_TYPES " -Output C:\\edge.req "  \
        "-KeySize 2048 -PrivateKeyExportable $True -DomainName \"{names}\"",                     \
        "[external][sip] Have the public CA sign C:\\edge.req, then:",                           \
        "[external][sip] Import-CsCertificate -Path C:\\edge.cer -PrivateKeyExportable $True",   \
        "[external][sip] Set-CsCertificate -Type " EDGE_TYPES " -Thumbprint <thumbprint>",       \
        "[external][sip] Every server of an Edge pool gets the same certificate with the same "  \
        "key.",                                                                                  \
        "[external][web] Reverse proxy: order the certificate from a public CA, bind it to the " \
        "https listener of {host}, and install the CA's intermediate certificate with it."

/* Certificates of the organisation's own CA, which issues them at once. */
#define ON_EACH "Front End or Director, on each server: " WIZARD "; or in the Management Shell:"
#define INSIDE                                                                      \
    "[internal][sip] " ON_EACH,                                                     \
        "[internal][sip] Request-CsCertificate -New -Type Default -CA "             \
        "\"<ca-server>\\<ca-name>\" -KeySize 2048 -DomainName \"{names}\"",         \
        "[internal][sip] Set-CsCertificate -Type Default -Thumbprint <thumbprint>", \
        "[internal][web] " ON_EACH,                                                 \
        "[internal][web] Request-CsCertificate -New -Type " WEB_TYPES " -CA "       \
        "\"<ca-server>\\<ca-name>\" -KeySize 2048 -DomainName \"{names}\"",         \
        "[internal][web] Set-CsCertificate -Type " WEB_TYPES " -Thumbprint <thumbprint>"

const char *const lp_steps_reissue[] = { NAMES, OUTSIDE, INSIDE, NULL };
const char *const lp_steps_public[] = { "[external] " NAMES, OUTSIDE, NULL };

#define VERIFY_ERROR "\"There was a problem verifying the certificate from the server.\""
#define VERIFY_ERRORS                                                                          \
    VERIFY_ERROR " Mobile: \"We can't verify the certificate from the server. Please contact " \
                 "your support team.\""
/* The certificate that the server shows, piped into x509 for the parts that matter. */
#define SHOW(what)                                                                             \
    "openssl s_client -connect {address}:{port} -servername {host} </dev/null | openssl x509 " \
    "-noout " what

const struct lp_rule lp_rules_cert[] = {
    {
        .id = "LP-CERT-EXPIRED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate has expired",
        .why = "{host} ({address}) port {port} shows a certificate that has expired ({observed}). "
               "Clients refuse the server.",
        .fix = LP_LINES("Renew the certificate and assign it on every server behind {host}.",
                        "Which certificates does this server have, and until when?",
                        "Get-CsCertificate | Format-Table Use,NotAfter,Thumbprint",
                        "If a newer one is there, assign it; else request it."),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERRORS,
        .by_hand = LP_LINES(SHOW("-dates -subject")),
        .source = "RFC 5280 section 4.1.2.5; Skype for Business support: problem verifying the "
                  "certificate from the server",
    },
    {
        .id = "LP-CERT-NOT-YET-VALID",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate is not valid yet",
        .why = "{host} ({address}) port {port} shows a certificate whose validity has not begun "
               "({observed}). Clients refuse the server until then.",
        .fix = LP_LINES(
            "Check the clock of this machine first, then that of the CA.",
            "If the date is right, assign the old certificate again until that day.",
            "Get-CsCertificate | Format-Table Use,NotBefore,NotAfter,Thumbprint",
            "[external] Set-CsCertificate -Type " EDGE_TYPES " -Thumbprint <old-thumbprint>",
            "[internal] Set-CsCertificate -Type "
            "Default,WebServicesInternal,WebServicesExternal -Thumbprint <old-thumbprint>",
            "To prepare a change of certificates, Set-CsCertificate takes -Roll and "
            "-EffectiveDate."),
        .user_sees = VERIFY_ERRORS,
        .by_hand = LP_LINES(SHOW("-dates -subject"), "date -u"),
        .source = "RFC 5280 section 4.1.2.5",
    },
    {
        .id = "LP-CERT-EXPIRING",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The certificate expires soon",
        .why = "The certificate of {host} ({address}) port {port} expires soon ({observed}). From "
               "that day on clients refuse the server, and its services may not start any more.",
        .fix = LP_LINES("Renew the certificate before that day, on every server behind {host}."),
        .then = lp_steps_reissue,
        .user_sees = "Nothing until that day; then " VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-enddate -checkend 3888000"),
                            "3888000 seconds are 45 days, the threshold of Microsoft's own "
                            "diagnostics."),
        .source =
            "Skype for Business on-premises diagnostics: certificates that expire in less than "
            "45 days",
    },
    {
        .id = "LP-CERT-NAME-MISMATCH",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate does not have the name that clients use",
        .why = "Clients connect to {host}, and the certificate at {address} port {port} does not "
               "have that name ({observed}). They refuse the server.",
        .fix =
            LP_LINES("Get a certificate with all names at once, so that the next missing name does "
                     "not cost another round. Or correct the DNS record if {host} should not "
                     "lead to this server."),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERRORS,
        .by_hand = LP_LINES(SHOW("-subject -ext subjectAltName"), SHOW("-checkhost {host}")),
        .source = "RFC 6125 section 6.4; Lync Server 2013: Certificate requirements; poster: "
                  "certificates",
    },
    {
        .id = "LP-CERT-SUBJECT-NOT-IN-SAN",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The subject name is not repeated in the SAN",
        .why =
            "The certificate of {host} ({address}) port {port} has a subject name that is not "
            "among its subject alternative names ({observed}). Where a SAN is present, TLS clients "
            "do not look at the subject: for them the name is missing.",
        .fix =
            LP_LINES("Have the certificate issued again with the subject name in the SAN as well."),
        .then = lp_steps_reissue,
        .user_sees = "Connections by the subject name fail: " VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-subject -ext subjectAltName")),
        .source = "Lync Server 2013: Certificate requirements for external user access; RFC 6125 "
                  "section 6.4.4",
    },
    {
        .id = "LP-CERT-EKU",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate may not be used for a server",
        .why = "The certificate of {host} ({address}) port {port} is not allowed for a server: "
               "its extended key usage is {observed}. Clients refuse the server.",
        .fix =
            LP_LINES("Use a certificate template with Server Authentication (1.3.6.1.5.5.7.3.1), "
                     "such as Web Server, and have the certificate issued again."),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERROR,
        .by_hand = LP_LINES(SHOW("-ext extendedKeyUsage")),
        .source = "RFC 5280 section 4.2.1.12; Lync Server 2013: Certificate infrastructure "
                  "requirements; poster: certificates",
    },
    { .id = NULL },
};
