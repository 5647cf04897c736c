/* catalogue_ad.c - the rules LP-AD about getting the Autodiscover document. */
#include "lp/catalogue.h"

/* What the admin of the reverse proxy and of the pool looks at when Autodiscover
   fails. */
#define REVERSE_PROXY                                                                             \
    "[external] Reverse proxy: publish {host} on 443 to port 4443 and on 80 to port 8080 of the " \
    "pool (or Director), and forward the original host header."
#define POOL_SITES                                                                              \
    "Front End or Director: the IIS sites \"Lync Server Internal Web Site\" and \"Lync Server " \
    "External Web Site\" (Skype for Business Server in later releases) must be started."
#define MOBILE                                                                                  \
    "Mobile: \"Cannot connect to the server. It might be unavailable. Also please check the "   \
    "network connection, sign-in address and server addresses.\" Desktop clients go on to the " \
    "SRV records."
#define GET_XML "curl -sSik -H 'Accept: application/vnd.microsoft.rtc.autodiscover+xml;v=1' "

const struct lp_rule lp_rules_ad[] = {
    {
        .id = "LP-AD-UNREACHABLE",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_UNREACHABLE,
        .title = "Autodiscover gives no answer",
        .why = "{host} resolves, but neither http nor https gives an answer ({observed}). Mobile "
               "clients have no other way in; desktop clients wait and go on to the SRV records.",
        .fix = LP_LINES(
            "Does {host} resolve to the right machine? Outside it is the reverse proxy, inside the "
            "web services of the pool or Director.",
            "The firewall must let TCP 443 and 80 through to it.", REVERSE_PROXY, POOL_SITES,
            "Get-Service W3SVC"),
        .user_sees = MOBILE,
        .by_hand = LP_LINES("curl -sSik --connect-timeout 4 https://{host}/",
                            "curl -sSi --connect-timeout 4 http://{host}/"),
        .source = "Lync Server 2013: Understanding Autodiscover, Port summary - Reverse proxy",
    },
    {
        .id = "LP-AD-HTTP-STATUS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "Autodiscover answers with an error status",
        .why = "{host} answers the Autodiscover request with an error ({observed}). Clients "
               "take only status 200 or a redirect, and treat the step as failed.",
        .fix = LP_LINES(
            "[redirect] The Location of a redirect must be an http or https address that clients "
            "can reach: correct the rule of the reverse proxy or web site that makes it.",
            "[denied] Pre-authentication or an access rule is in the way: Autodiscover has to be "
            "open to everybody, so except {host} from it.",
            "[missing] The request reaches a web site that is not the Autodiscover service: check "
            "the publishing rule and its path.",
            "[failing] The web service itself fails: the event log and the IIS log of the Front "
            "End say why.",
            "[gateway] The reverse proxy does not reach the pool, or the pool's web service is "
            "down.",
            REVERSE_PROXY, POOL_SITES),
        .user_sees = MOBILE,
        .by_hand = LP_LINES(GET_XML "https://{host}/", GET_XML "http://{host}/",
                            "Expected is 200 with an Autodiscover document, or a redirect."),
        .source = "MS-OCDISCWS section 3.1.5.2; UCWA: root URL; Lync Server 2013: Verify access "
                  "through your reverse proxy",
    },
    {
        .id = "LP-AD-NOT-AUTODISCOVER",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "The answer is not an Autodiscover document",
        .why = "{host} answers 200, but not with an Autodiscover document ({observed}). Some other "
               "web site answers in its place, and clients treat the step as failed.",
        .fix =
            LP_LINES("Find out who answers: a start page of IIS or of the reverse proxy, a portal "
                     "of the provider, a parked domain.",
                     "lyncdiscover must point to the reverse proxy outside, "
                     "lyncdiscoverinternal to the pool's web services inside.",
                     REVERSE_PROXY),
        .user_sees = MOBILE,
        .by_hand = LP_LINES(GET_XML "https://{host}/",
                            "Expected is a body that begins with <AutodiscoverResponse."),
        .source = "MS-OCDISCWS section 2.2; Lync Server 2013: Understanding Autodiscover",
    },
    {
        .id = "LP-AD-BODY",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "The Autodiscover answer is too large, too deep or holds a DOCTYPE",
        .why =
            "The answer of {host} was not read ({observed}). An Autodiscover document is a few "
            "hundred bytes without a DOCTYPE; something else answers here, or someone means harm.",
        .fix = LP_LINES("Find out which machine answers at {address}, and why.",
                        "lyncdiscover must point to the reverse proxy outside, "
                        "lyncdiscoverinternal to the pool's web services inside."),
        .user_sees = MOBILE,
        .by_hand = LP_LINES(GET_XML "https://{host}/ --max-filesize 262144 -o answer.txt"),
        .source = "MS-OCDISCWS section 2.2; limits of lyncprobe: 256 KiB, depth 32, no DOCTYPE",
    },
    {
        .id = "LP-AD-REDIRECT-LOOP",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "Autodiscover redirects never end",
        .why = "The redirects that begin at {name} never come to an end ({observed}). Clients "
               "follow at most 10 of them and give the step up.",
        .fix = LP_LINES(
            "Follow the redirects by hand, and correct the one that leads back: a redirect "
            "rule on the reverse proxy, or the external web services FQDN of the pool.",
            "Get-CsService -WebServer | Format-List PoolFqdn,ExternalFqdn",
            "In a hybrid deployment: an on-premises pool and the cloud each send the "
            "user to the other when the user's hosting provider is wrong.",
            "Get-CsUser <user> | Format-List HostingProvider,RegistrarPool"),
        .user_sees = MOBILE,
        .by_hand =
            LP_LINES(GET_XML "https://{name}/",
                     "Ask again at the href of the Redirect link, or at the Location header."),
        .source = "MS-OCDISCWS section 3.1.5.2; Microsoft clients follow at most 10 redirects",
    },
    {
        .id = "LP-AD-REDIRECT-DOMAIN",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "Autodiscover redirects outside the SIP domain",
        .why = "{host} redirects to {target}, which is neither in {domain} nor a known hosting "
               "domain. Clients refuse it or ask the user whether to trust it.",
        .fix = LP_LINES(
            "Give the web services a name in {domain}: Topology Builder, pool properties, external "
            "web services FQDN; then publish the topology, and run the deployment wizard's step 2 "
            "on each Front End.",
            "Add the name to the reverse proxy's certificate and to the external DNS zone.",
            "If the redirect is not yours (a provider or a parking page), correct the lyncdiscover "
            "record."),
        .user_sees = "\"Lync is attempting to connect to: {target}. Lync cannot verify that the "
                     "server is trusted for your sign-in address. Connect anyway?\"",
        .by_hand = LP_LINES(GET_XML "https://{host}/", GET_XML "http://{host}/"),
        .source = "UCWA: root URL (a redirect to another domain is a failure); Skype for Business "
                  "support: cannot verify that the server is trusted",
    },
    { .id = NULL },
};
