/* catalogue_media.c - the rules LP-TURN, LP-XMPP and LP-SQL: the A/V Edge, the XMPP gateway, the
 * back end. */
#include "lp/catalogue.h"

#define NO_MEDIA                                                                               \
    "Sign-in works, but calls, meetings and shared desktops with people on the other side of " \
    "the Edge end at once, or nobody hears anything."
#define BY_HAND_TCP                                                       \
    "TCP 443: openssl must fail here. An A/V Edge shows no certificate.", \
        "openssl s_client -connect {address}:443",                        \
        "A certificate in its output belongs to something else."
#define BY_HAND_UDP                                                               \
    "UDP 3478: nobody but an A/V Edge answers its requests; on the Edge Server:", \
        "netstat -ano | findstr :3478"
#define BY_HAND_XMPP \
    "openssl s_client -connect {address}:{port} -starttls xmpp-server -xmpphost {domain}"

const struct lp_rule lp_rules_media[] = {
    {
        .id = "LP-TURN-NO-ANSWER",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "The A/V Edge does not answer",
        .why = "{host} ({address}) port {port} does not answer a TURN request: {observed}. Audio, "
               "video and desktop sharing across the Edge have no way.",
        .fix = LP_LINES(
            "Is the service up? On the Edge Server:", "Get-CsWindowsService -Name RTCMEDIARELAY",
            "Start-CsWindowsService -Name RTCMEDIARELAY",
            "UDP 3478 and TCP 443 must be open to the A/V Edge's address, and UDP 3478 "
            "from it as well; firewalls treat UDP and TCP apart.",
            "Firewalls that inspect TLS break what the A/V Edge speaks on TCP 443: it "
            "only looks like TLS. Exempt its address.",
            "Behind NAT: is the public address translated to the A/V Edge's own, with "
            "all ports as they are?"),
        .user_sees = NO_MEDIA,
        .by_hand = LP_LINES(BY_HAND_UDP, BY_HAND_TCP),
        .source = "MS-TURN section 3.1; poster: ports of the A/V Edge",
    },
    {
        .id = "LP-TURN-NOT-TURN",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "Something other than the A/V Edge answers on its address",
        .why = "{host} ({address}) port {port} should be the A/V Edge, but {observed}. Audio, "
               "video and desktop sharing across the Edge have no way.",
        .fix = LP_LINES(
            "Does {host} resolve to the A/V Edge's own address, and not to that of the Access "
            "Edge, the Web Conferencing Edge or the reverse proxy?",
            "Compare with the addresses that the topology gives to the Edge pool:",
            "Get-CsService -EdgeServer | Format-List *",
            "On a single-address Edge, port 443 is the A/V Edge's; the other two have ports of "
            "their own (5061 and 444).",
            "A firewall that inspects TLS answers with a certificate of its own: exempt the "
            "address of the A/V Edge.",
            "Which program has the port? On the server:", "netstat -ano | findstr :{port}"),
        .user_sees = NO_MEDIA,
        .by_hand = LP_LINES(BY_HAND_TCP, BY_HAND_UDP),
        .source = "MS-TURN sections 2.1 and 3.1.10; poster: ports of the A/V Edge",
    },
    {
        .id = "LP-TURN-STANDARD",
        .severity = LP_INFO,
        .rank = LP_RANK_SPEECH,
        .title = "A standard STUN or TURN server answers",
        .why = "{host} ({address}) port {port}: {observed}. Lync and Skype for Business clients "
               "speak Microsoft's own dialect of TURN, which such a server does not know.",
        .fix = LP_LINES("Give that server another name or address than the A/V Edge's.",
                        "Which address should {host} have? On a management server:",
                        "Get-CsService -EdgeServer | Format-List *"),
        .user_sees = NO_MEDIA,
        .by_hand = LP_LINES(BY_HAND_UDP),
        .source = "RFC 5389, RFC 5766; MS-TURN section 3.1.10",
    },
    {
        .id = "LP-TURN-PUBLIC-ADDRESS",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "The A/V Edge believes to have another public address",
        .why = "The A/V Edge {host} ({address}) port {port} tells its clients the public address "
               "{observed}; known to DNS and the topology is {expected}. Media is sent to where "
               "the server says, so calls connect and stay silent.",
        .fix = LP_LINES(
            "Behind NAT the topology must name the public address of the A/V Edge: Topology "
            "Builder, Edge pool, NAT-enabled public IPv4 address. Then:",
            "Publish-CsTopology", "Invoke-CsManagementStoreReplication",
            "After the replication, on each Edge Server:",
            "Stop-CsWindowsService -Name RTCMEDIARELAY",
            "Start-CsWindowsService -Name RTCMEDIARELAY",
            "If the server is right, it is DNS that has another address:",
            "[external] {host}. 3600 IN A <public-av-edge-address>",
            "Of several Edge Servers each has a public address of its own, and the name has all of "
            "them."),
        .user_sees = "The call is accepted, and nobody hears anything; it ends after some seconds.",
        .by_hand = LP_LINES("dig +short {host} A",
                            "Compare with what the topology says, on a management server:",
                            "Get-CsService -EdgeServer | Format-List *"),
        .source = "MS-TURN section 2.2.2.7 (Alternate Server of a 401)",
    },
    {
        .id = "LP-XMPP-NO-STREAM",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "The XMPP gateway does not speak XMPP",
        .why = "{host} ({address}) port {port} accepts the connection, but opens no XMPP stream: "
               "{observed}. Partners on XMPP cannot exchange messages with {domain}.",
        .fix = LP_LINES(
            "Is the service up? On the Edge Server:", "Get-CsWindowsService -Name RTCXMPPTGWPX",
            "Start-CsWindowsService -Name RTCXMPPTGWPX",
            "Is XMPP federation switched on in the topology (Edge pool and site)?",
            "Get-CsXmppGatewayConfiguration",
            "Which program has the port? On the server:", "netstat -ano | findstr :{port}",
            "If XMPP is not wanted, close port {port} and take the record "
            "_xmpp-server._tcp.{domain} away."),
        .user_sees = "Contacts of an XMPP partner stay offline; messages to them fail.",
        .by_hand = LP_LINES(BY_HAND_XMPP, "Expected is a certificate."),
        .source = "RFC 6120 section 4.2; poster: ports (XMPP, 5269)",
    },
    {
        .id = "LP-XMPP-NO-STARTTLS",
        .severity = LP_WARNING,
        .rank = LP_RANK_SPEECH,
        .title = "XMPP is offered without TLS",
        .why = "{host} ({address}) port {port} speaks XMPP and offers no STARTTLS: {observed}. "
               "Partners that insist on TLS do not connect, and the others send in clear.",
        .fix = LP_LINES("Has the Edge Server a certificate for the XMPP domain? It is the external "
                        "certificate; {domain} must be among its names.",
                        "Get-CsCertificate", "What do the partners' entries ask for?",
                        "Get-CsXmppAllowedPartner | Format-List Domain, TlsNegotiation",
                        "Set-CsXmppAllowedPartner -Identity <partner-domain> -TlsNegotiation "
                        "Mandatory"),
        .user_sees = "Contacts of some XMPP partners stay offline; messages to them fail.",
        .by_hand = LP_LINES(BY_HAND_XMPP, "Without STARTTLS it ends without a certificate."),
        .source = "RFC 6120 section 5; RFC 7590 section 3.1",
    },
    {
        .id = "LP-SQL-NOT-SQL",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_SPEECH,
        .title = "No SQL Server answers at the database port",
        .why = "{host} ({address}) accepts the connection at port {port}, but {observed}. The pool "
               "keeps its users and its configuration there: without it users sign in with fewer "
               "and fewer features, then not at all.",
        .fix = LP_LINES(
            "Is the service of the instance up? On the database server:", "Get-Service MSSQL*",
            "Which program has the port? On the database server:", "netstat -ano | findstr :{port}",
            "A named instance has a port of its own, which may change at each start: give it a "
            "fixed one in SQL Server Configuration Manager, and write it into the topology file.",
            "What can the pool reach? On a Front End:",
            "Test-CsDatabase -ConfiguredDatabases -SqlServerFqdn {host}"),
        .user_sees = "Contacts and meetings cannot be changed; after a while \"The server is "
                     "temporarily unavailable.\"",
        .by_hand = LP_LINES("On a Front End:",
                            "Test-CsDatabase -ConfiguredDatabases -SqlServerFqdn {host}"),
        .source = "MS-TDS section 2.2.6.5 (PRELOGIN); poster: ports (Back-end SQL Server)",
    },
    { .id = NULL },
};
