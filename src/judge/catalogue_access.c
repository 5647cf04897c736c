/* catalogue_access.c - the rules LP-AD about what the Autodiscover document says. */
#include "lp/catalogue.h"

#define TRUST_PROMPT                                                                               \
    "\"Lync is attempting to connect to: {target}. Lync cannot verify that the server is trusted " \
    "for your sign-in address. Connect anyway?\""
#define GET_XML "curl -sSik -H 'Accept: application/vnd.microsoft.rtc.autodiscover+xml;v=1' "

const struct lp_rule lp_rules_access[] = {
    {
        .id = "LP-AD-ACCESS-LOCATION",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "Autodiscover takes the client for the wrong side",
        .why = "{host} says {observed}, but this is the {view} view. The client then uses the "
               "addresses of the other side: it takes a detour through the Edge, or fails.",
        .fix = LP_LINES(
            "[external] The reverse proxy hands requests to the internal web site: it must bridge "
            "443 to 4443 and 80 to 8080, not to 443 and 80.",
            "[internal] Inside clients come in through the reverse proxy: lyncdiscoverinternal has "
            "to resolve to the pool's internal web services, port 443.",
            "[internal] lyncdiscoverinternal.{domain}. 3600 IN A <web-services-address>"),
        .user_sees = "Sign-in works but takes the long way, or fails on one side only.",
        .by_hand = LP_LINES(GET_XML "https://{host}/",
                            "AccessLocation stands in the first element of the answer."),
        .source = "MS-OCDISCWS section 2.2 (AccessLocation); Lync Server 2013: Port summary - "
                  "Reverse proxy",
    },
    {
        .id = "LP-AD-HOST-DOMAIN",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "Autodiscover names a host outside the SIP domain",
        .why = "The Autodiscover document of {host} names {target}, which is not in {domain}. "
               "Clients ask the user whether to trust that server, and some users say no.",
        .fix = LP_LINES(
            "Web services: give the pool an external web services FQDN in {domain} (Topology "
            "Builder, pool properties), publish the topology, and add the name to DNS and to the "
            "reverse proxy's certificate.",
            "SIP access: let Autodiscover name the Access Edge by a name in {domain}:",
            "Set-CsAutodiscoverConfiguration -ExternalSipClientAccessFqdn sip.{domain} "
            "-ExternalSipClientAccessPort 443",
            "Where the other domain is yours too, the client policy TrustModelData can list it."),
        .user_sees = TRUST_PROMPT,
        .by_hand = LP_LINES(GET_XML "https://{host}/"),
        .source = "Skype for Business support: cannot verify that the server is trusted for your "
                  "sign-in address",
    },
    {
        .id = "LP-AD-SIP-TARGET-UNREACHABLE",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_UNREACHABLE,
        .title = "The SIP access point that Autodiscover names does not answer",
        .why = "Autodiscover sends clients to {target}:{port}, and no usable SIP server is there "
               "({observed}). Clients that follow Autodiscover stop here, although Autodiscover "
               "itself works.",
        .fix = LP_LINES(
            "Mend what the finding about {target} says, or correct the name.",
            "Outside the name comes from the topology's Access Edge FQDN, unless it is overridden:",
            "Get-CsAutodiscoverConfiguration | Format-List ExternalSipClientAccess*",
            "[external] {target}. 3600 IN A <access-edge-address>",
            "[internal] {target}. 3600 IN A <pool-address>"),
        .user_sees = "\"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("dig {target} A",
                            "openssl s_client -connect {target}:{port} -servername {target}"),
        .source =
            "MS-OCDISCWS section 2.2 (SipClientInternalAccess, SipClientExternalAccess); Lync "
            "Server 2013: Understanding Autodiscover",
    },
    {
        .id = "LP-AD-FIRST-HOP",
        .severity = LP_WARNING,
        .rank = LP_RANK_PORT,
        .title = "Port 80 is closed where clients need it for the first hop",
        .why = "{host} does not answer http on port 80 ({observed}), and its https certificate "
               "cannot fit the name that clients ask for. Clients that begin with http have no way "
               "in.",
        .fix = LP_LINES(
            "[external] Publish {host} on port 80 at the reverse proxy, bridged to port 8080 of "
            "the pool; it answers only with a Redirect link to https.",
            "[internal] Let TCP 80 through to the pool's web services.",
            "Or put {name} into the certificate, so that clients can begin with https."),
        .user_sees =
            "Mobile: \"We can't verify the certificate from the server. Please contact your "
            "support team.\" or \"Cannot connect to the server.\"",
        .by_hand = LP_LINES("curl -sSi --connect-timeout 4 http://{name}/", "dig {name} CNAME"),
        .source =
            "Lync Server 2013: Autodiscover service requirements; poster: ports, reverse proxy "
            "TCP 80",
    },
    { .id = NULL },
};
