/* catalogue_web.c - the rules LP-HTTP and LP-WAC: web services beside Autodiscover. */
#include "lp/catalogue.h"

#define SITES                                                                               \
    "Front End or Director: the IIS sites of the web services and their application pools " \
    "must be started."
#define PUBLISH                                                                                   \
    "[external] Reverse proxy: publish {host} on 443 to port 4443 and on 80 to port 8080 of the " \
    "pool (or Director), and forward the original host header."

const struct lp_rule lp_rules_web[] = {
    {
        .id = "LP-HTTP-NO-REDIRECT",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "Port 80 does not lead to https",
        .why = "{host} ({address}) answers on port {port}, but leads to no https address of its "
               "own ({observed}). Clients that begin with http, phones and mobile devices among "
               "them, go no further.",
        .fix =
            LP_LINES("[external] Reverse proxy: publish port 80 of {host} to port 8080 of the pool "
                     "(or Director). What answers there by itself is right.",
                     "[external] If the proxy is to redirect by itself: with status 301 or 302, to "
                     "https:// and the very same host.",
                     "[internal] The web services answer http with a link to https by themselves. "
                     "A load balancer in front of them must hand port 80 through.",
                     SITES),
        .user_sees = "Mobile: \"Cannot connect to the server. It might be unavailable. Also please "
                     "check the network connection, sign-in address and server addresses.\"",
        .by_hand = LP_LINES("curl -sSi http://{host}/Autodiscover/AutodiscoverService.svc/root",
                            "Expected is 200 with a link named Redirect, or 301 or 302 with "
                            "Location: https://{host}/..."),
        .source = "MS-OCDISCWS section 3.1.5.2; UCWA: root URL; poster: ports (redirected to 443)",
    },
    {
        .id = "LP-HTTP-STATUS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "A web service answers with an error status",
        .why = "{host} ({address}) port {port} answers with {observed}; a healthy server gives "
               "{expected}. What depends on this service does not work for users.",
        .fix = LP_LINES(
            "404: the request reaches a web site that does not have this service. Is it the right "
            "server, and does the reverse proxy forward the original host header and the path?",
            "403: an access rule or the IIS site refuses; the services must be open to requests "
            "without a sign-in, and ask for one by themselves (401).",
            "500: the service itself fails; look at the event log of the Front End.",
            "502, 503 or 504: the reverse proxy does not reach the pool, or the application pool "
            "is stopped.",
            "[internal] Get-WebAppPoolState | Format-Table -AutoSize", PUBLISH, SITES,
            "If the server is right and the services are incomplete: Enable-CsComputer on it."),
        .user_sees = "Depends on the service: no address book, no meeting page, no distribution "
                     "groups, or no sign-in of phones and mobile devices.",
        .by_hand =
            LP_LINES("curl -sSik https://{host}/abs", "curl -sSik https://{host}/meet",
                     "curl -sSik https://{host}/dialin", "Expected are 401, a page and a page."),
        .source = "Lync Server 2013: Verify access through your reverse proxy",
    },
    {
        .id = "LP-WAC-DISCOVERY",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "Office Web Apps does not say what it can do",
        .why = "{host} ({address}) answers with {observed}; the pool needs {expected}. "
               "Presentations cannot be shown in meetings.",
        .fix = LP_LINES(
            "Is the service up, and the farm healthy?", "Get-Service WACSM",
            "Get-OfficeWebAppsFarm | Format-List InternalURL, ExternalURL, AllowHttp",
            "The URL in the topology must be that of the farm:",
            "Get-CsService -WacServer | Format-List PoolFqdn, DiscoveryUri",
            "The document lists what the farm's URLs are: a farm that was made with another "
            "host name has to be made again with New-OfficeWebAppsFarm.",
            "[external] Reverse proxy: publish {host} on 443 to port 443 of the farm, with the "
            "path /hosting/discovery and the pages that it names."),
        .user_sees = "A presentation that someone shares does not appear in the meeting.",
        .by_hand = LP_LINES("curl -sSik https://{host}/hosting/discovery",
                            "Expected is XML with wopi-discovery, and in it PowerPoint with the "
                            "actions present and attend."),
        .source = "MS-WOPI section 3.1.5.1.1.2 (discovery); poster: ports (Office Web Apps Server)",
    },
    {
        .id = "LP-HTTP-NODES-DIFFER",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "The web servers behind one name are not alike",
        .why = "Behind {host} port {port}, {address} answers with {observed}; the others answer "
               "with {expected}. Which server a user comes to is chance: what works for one does "
               "not for the next.",
        .fix = LP_LINES(
            "Is an update half done? Which version has each server? On each of them, from Skype "
            "for Business Server 2015 on:",
            "Get-CsServerPatchVersion",
            "Several addresses of a reverse proxy: do all of them have the same publishing rules?",
            "Does {address} belong behind this name at all?"),
        .user_sees = "Meetings, the address book or mobile sign-in work at times, and at times "
                     "not.",
        .by_hand = LP_LINES("curl -sSik -H 'Host: {host}' https://{address}:{port}/",
                            "Ask each address, and compare the line Server and the status."),
        .source = "Lync Server 2013: Apply updates",
    },
    {
        .id = "LP-HTTP-CLOCK-SKEW",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "The web server's clock is more than five minutes off",
        .why =
            "The clock of {host} ({address}) shows {observed}; needed is {expected}. Tickets and "
            "certificates that a web service gives are good for a time: by another clock they "
            "are not good yet, or no more.",
        .fix = LP_LINES("Is the clock of this machine right? Compare it with a third one.",
                        "w32tm /query /status", "w32tm /resync",
                        "A virtual machine must not take its time from its host and from the "
                        "domain at once.",
                        "[external] A reverse proxy may answer with a clock of its own: look at "
                        "that one, too."),
        .user_sees = "Sign-in ends after the password, or the user is asked for it again and "
                     "again.",
        .by_hand = LP_LINES("date -u", "curl -sSik https://{host}/",
                            "Compare the line Date of the answer."),
        .source = "RFC 9110 section 6.6.1 (Date); Kerberos: RFC 4120 section 1.6",
    },
    { .id = NULL },
};
