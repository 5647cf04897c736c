/* catalogue_revocation.c - the rules about revocation, and about SNI. */
#include "lp/catalogue.h"

const struct lp_rule lp_rules_revocation[] = {
    {
        .id = "LP-CERT-REVOKED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate is revoked",
        .why = "{host} ({address}) port {port} shows a certificate that its CA has revoked "
               "({observed}). Clients that check it refuse the server.",
        .fix = LP_LINES("Request a new certificate with the same names, and a new key.",
                        "Was it revoked by mistake? Only \"certificate on hold\" can be taken "
                        "back, by the CA:",
                        "certutil -revoke <serial-number> unrevoke",
                        "Clients keep a list until its next update: after the change they may "
                        "refuse for some hours more."),
        .then = lp_steps_reissue,
        .user_sees = "\"There was a problem verifying the certificate from the server.\"",
        .by_hand =
            LP_LINES("openssl s_client -connect {address}:{port} -servername {host} </dev/null | "
                     "openssl x509 -noout -serial -ext crlDistributionPoints",
                     "curl -sS <crl-url> | openssl crl -inform DER -noout -text",
                     "openssl ocsp -issuer <issuer.pem> -cert <certificate.pem> -url <ocsp-url>"),
        .source = "RFC 5280 section 5; RFC 6960 section 2.2; Lync Server 2013: Certificate "
                  "infrastructure requirements",
    },
    {
        .id = "LP-CERT-CRL-UNREACHABLE",
        .severity = LP_WARNING,
        .rank = LP_RANK_UNREACHABLE, /* a delay: what stops clients comes before it */
        .title = "The certificate's revocation cannot be checked",
        .why =
            "The certificate of {host} names {target} as its revocation list or OCSP responder, "
            "and that cannot be used from here ({observed}). Clients ask the responder first and "
            "then take the list: where one of the two is good they only lose time; where none "
            "is, those that insist on it wait, and then refuse the server.",
        .fix = LP_LINES(
            "The host of the URL must resolve and answer on port 80, without a sign-in, for every "
            "client that gets this certificate.",
            "[external] A CA inside publishes to a web server that the Internet cannot reach: "
            "publish its list outside under the same URL, or take a certificate of a public CA.",
            "[internal] Publish the list anew, and look at the CA's locations:",
            "[internal] certutil -CRL", "[internal] certutil -getreg CA\\CRLPublicationURLs",
            "An OCSP responder that says tryLater or unauthorized, or whose answers are out of "
            "date, has no current list or signing certificate itself: look at its revocation "
            "configuration (Online Responder Management)."),
        .user_sees = "A delay of some seconds, or \"There was a problem verifying the certificate "
                     "from the server.\"",
        .by_hand = LP_LINES(
            "curl -sSI {target}", "curl -sS {target} | openssl crl -inform DER -noout -nextupdate",
            "openssl ocsp -issuer <issuer.pem> -cert <certificate.pem> -url {target}"),
        .source = "RFC 5280 section 4.2.1.13; RFC 6960 section 2.3; Lync Server 2013: Certificate "
                  "infrastructure requirements",
    },
    {
        .id = "LP-CERT-STAPLE-INVALID",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The stapled OCSP answer is of no use",
        .why =
            "{host} ({address}) port {port} sends an OCSP answer along with its certificate that "
            "clients cannot accept ({observed}). Windows then asks the CA itself, which takes "
            "time; some browsers refuse the page.",
        .fix = LP_LINES(
            "Let the server fetch a new answer: it needs DNS and a way out to the responder on "
            "port 80, and the right time.",
            "Restart the web service or reverse proxy after a change of certificate, so that it "
            "drops the old answer.",
            "Where the responder cannot be reached, switch stapling off: no answer is better than "
            "a wrong one."),
        .user_sees = "Meeting pages: a certificate error in some browsers. Lync itself: a delay.",
        .by_hand = LP_LINES("openssl s_client -connect {address}:{port} -servername {host} -status "
                            "</dev/null"),
        .source = "RFC 6066 section 8; RFC 6960 section 4.2.2.1",
    },
    {
        .id = "LP-TLS-SNI-NEEDED",
        .severity = LP_WARNING,
        .rank = LP_RANK_TLS,
        .title = "Without SNI another certificate comes, or none",
        .why = "{host} ({address}) port {port} gives the right certificate only to clients that "
               "name the host in the handshake ({observed}). Lync Phone Edition does not, and "
               "cannot sign in.",
        .fix = LP_LINES(
            "Reverse proxy or load balancer: bind the certificate of {host} to the address itself, "
            "as default, not only to the host name.",
            "Windows (AD FS proxy, Web Application Proxy): add a binding without a host name:",
            "netsh http add sslcert ipport=0.0.0.0:443 certhash=<thumbprint> appid=<guid>",
            "Or let no phones in by this way: then waive this finding."),
        .user_sees = "Lync Phone Edition: \"Cannot connect to the server. Retrying...\"",
        .by_hand =
            LP_LINES("openssl s_client -connect {address}:{port} -noservername </dev/null | "
                     "openssl x509 -noout -subject",
                     "openssl s_client -connect {address}:{port} -servername {host} </dev/null | "
                     "openssl x509 -noout -subject"),
        .source = "Support article: Lync phones do not support SNI; RFC 6066 section 3",
    },
    { .id = NULL },
};
