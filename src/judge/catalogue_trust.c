/* catalogue_trust.c - the rules LP-CERT about issuers, chains, nodes, trust prompt. */
#include "lp/catalogue.h"

#define VERIFY_ERROR "\"There was a problem verifying the certificate from the server.\""
#define MOBILE_ERROR                                                                          \
    "Mobile: \"We can't verify the certificate from the server. Please contact your support " \
    "team.\""
#define CHAIN "openssl s_client -connect {address}:{port} -servername {host} -showcerts </dev/null"
#define VERIFY \
    "openssl s_client -connect {address}:{port} -servername {host} -CAfile <root.pem> </dev/null"
#define SHOW(what)                                                                             \
    "openssl s_client -connect {address}:{port} -servername {host} </dev/null | openssl x509 " \
    "-noout " what

const struct lp_rule lp_rules_trust[] = {
    {
        .id = "LP-CERT-UNTRUSTED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The chain ends at no trusted root",
        .why = "The certificate chain of {host} ({address}) port {port} ends at no root that was "
               "given ({observed}). A client without that root refuses the server.",
        .fix = LP_LINES(
            "If the organisation has its own CA, export its root and tell this program:",
            "lyncprobe {domain} --cacert <root.pem>",
            "[internal] Clients in the Active Directory domain get the root by group policy; "
            "others (phones, mobiles, guests) need it installed.",
            "[external] Use a certificate of a public CA: outside clients do not have your root."),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERROR " " MOBILE_ERROR,
        .by_hand = LP_LINES(VERIFY, "The last line of interest is \"Verify return code\"."),
        .source = "RFC 5280 section 6; Lync Server 2013: Certificate infrastructure requirements; "
                  "poster: certificates",
    },
    {
        .id = "LP-CERT-WRONG-CA",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The chain ends at the wrong kind of root",
        .why = "The root of {host} ({address}) port {port} is of the wrong kind ({observed}); "
               "needed is {expected}. Outside, computers and phones that do not belong to the "
               "organisation refuse a private root, and so do federated partners.",
        .fix = LP_LINES(
            "[internal] A public root is all right inside, unless the topology asks for the "
            "organisation's own.",
            "[external] Replace it by a certificate of a public CA.",
            "[external] The usual cause is the internal certificate assigned to the external "
            "interface: look at what is assigned where.",
            "[external] Get-CsCertificate | Format-Table Use,Issuer,NotAfter,Thumbprint"),
        .then = lp_steps_public,
        .user_sees = "On computers outside the domain: " VERIFY_ERROR " " MOBILE_ERROR,
        .by_hand = LP_LINES(CHAIN, VERIFY),
        .source = "Lync Server 2013: Certificate requirements for external user access; poster: "
                  "certificates (public CA)",
    },
    {
        .id = "LP-CERT-SELF-SIGNED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "The certificate is self-signed",
        .why = "{host} ({address}) port {port} shows a certificate that signed itself. No client "
               "trusts it.",
        .fix = LP_LINES("Often it is the default certificate of IIS, of a load balancer or of a "
                        "firewall: assign the right one to this address and name.",
                        "Get-CsCertificate | Format-Table Use,Issuer,NotAfter,Thumbprint"),
        .then = lp_steps_reissue,
        .user_sees = VERIFY_ERROR " " MOBILE_ERROR,
        .by_hand = LP_LINES(SHOW("-subject -issuer"), "Subject and issuer are the same."),
        .source = "RFC 5280 section 3.2; Lync Server 2013: Certificate infrastructure requirements",
    },
    {
        .id = "LP-CERT-CHAIN-INCOMPLETE",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "An intermediate certificate is not sent",
        .why =
            "{host} ({address}) port {port} does not send the whole chain ({observed}). Desktop "
            "clients may fetch the missing certificate by themselves; phones and mobiles do not, "
            "and refuse the server.",
        .fix = LP_LINES(
            "Get the intermediate certificate from the CA.",
            "Windows: import it on each server into Intermediate Certification Authorities of the "
            "computer account (not into Trusted Root), then restart the service.",
            "certutil -addstore CA <intermediate.cer>", "[sip] Restart-Service RTCSRV",
            "[web] Reverse proxy or load balancer: append it to the certificate file, after the "
            "server's own certificate."),
        .user_sees = "Desktops sign in. " MOBILE_ERROR " Phones stop at \"Connecting to Lync "
                     "Server...\"",
        .by_hand =
            LP_LINES(CHAIN, "Each issuer (i:) has to be the subject (s:) of the next one, up "
                            "to a root."),
        .source = "RFC 5246 section 7.4.2; RFC 8446 section 4.4.2",
    },
    {
        .id = "LP-CERT-NODES-DIFFER",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "Addresses behind one name show different certificates",
        .why = "The addresses behind {host} port {port} show different certificates ({observed}). "
               "Usually one server was forgotten at a renewal: its users will get certificate "
               "errors, now or soon.",
        .fix = LP_LINES(
            "[external] Assign the newest certificate, with its private key, on every server of "
            "the Edge pool: they must all have the same one.",
            "[internal] Each server of a pool may have its own certificate, but with the same "
            "names, issuer and similar dates: renew those that are behind.",
            "What does each server have?",
            "Get-CsCertificate | Format-Table Use,NotAfter,Thumbprint"),
        .user_sees = "Sign-in that works on one attempt and shows a certificate error on the next.",
        .by_hand = LP_LINES("dig +short {host} A", SHOW("-fingerprint -sha256 -enddate"),
                            "Repeat the second command with each address of the first."),
        .source = "Skype for Business on-premises diagnostics: Edge certificates have the same "
                  "thumbprint on every member",
    },
    {
        .id = "LP-CERT-TRUST-PROMPT",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The web certificate's subject is outside the SIP domain",
        .why =
            "The web services certificate of {host} ({address}) has a subject outside {domain} "
            "({observed}). Clients compare the two and ask the user whether to trust the server.",
        .fix =
            LP_LINES("Have the certificate issued again with a subject (common name) in {domain}; "
                     "the other names can stay in the SAN.",
                     "Where that cannot be, list the domain in the client policy TrustModelData."),
        .then = lp_steps_reissue,
        .user_sees =
            "\"Lync is attempting to connect to: {host}. Lync cannot verify that the server "
            "is trusted for your sign-in address. Connect anyway?\"",
        .by_hand = LP_LINES(SHOW("-subject")),
        .source = "Skype for Business support: cannot verify that the server is trusted for your "
                  "sign-in address",
    },
    { .id = NULL },
};
