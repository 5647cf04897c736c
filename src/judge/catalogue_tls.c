/* catalogue_tls.c - the rules LP-TLS: handshakes. */
#include "lp/catalogue.h"

#define UNAVAILABLE "\"The server is temporarily unavailable.\""
#define HANDSHAKE "openssl s_client -connect {address}:{port} -servername {host}"
/* Debian's defaults refuse what an old Windows client takes. */
#define HANDSHAKE_OLD                                                              \
    "openssl s_client -connect {address}:{port} -servername {host} -tls1 -cipher " \
    "DEFAULT@SECLEVEL=0 -legacy_server_connect"
#define SCHANNEL "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols"

const struct lp_rule lp_rules_tls[] = {
    {
        .id = "LP-TLS-FAILED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_TLS,
        .title = "The TLS handshake fails",
        .why = "{host} ({address}) port {port} opens, but the TLS handshake ends with an error "
               "({observed}). No client can speak to it.",
        .fix = LP_LINES(
            "Is a certificate assigned to the service, with its private key?",
            "[sip] Get-CsCertificate",
            "[web] IIS or the reverse proxy: does the https binding of this address and name have "
            "a certificate?",
            "Is at least one of TLS 1.0, 1.1 and 1.2 enabled for the server role? They are set in "
            "the registry under " SCHANNEL ".",
            "After a change of certificate or protocols, restart the service:",
            "[sip] Restart-Service RTCSRV", "[web] Restart-Service W3SVC",
            "See the System event log for Schannel errors (36870, 36874, 36888)."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES(HANDSHAKE, HANDSHAKE_OLD),
        .source = "RFC 5246 and RFC 8446 section 6 (alerts); Skype for Business Server: TLS",
    },
    {
        .id = "LP-TLS-RESET",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_TLS,
        .title = "The connection is cut during the TLS handshake",
        .why = "{host} ({address}) port {port} accepts the connection and cuts it as soon as TLS "
               "begins ({observed}). No client can speak to it.",
        .fix = LP_LINES(
            "A Windows server without a usable certificate on the port does this.",
            "[sip] Get-CsCertificate",
            "[web] Is a certificate bound to the https listener, and is the name published? Some "
            "reverse proxies cut connections for names that they do not know.",
            "So does a firewall or an intrusion prevention system that does not like the "
            "handshake: try from a machine behind it.",
            "So does a load balancer whose pool members are all down: look at its health checks.",
            "A server that has every TLS version of the client disabled may do this too; they are "
            "set under " SCHANNEL "."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES(HANDSHAKE, HANDSHAKE_OLD),
        .source = "RFC 8446 section 6 (a fault is to be told by an alert); poster: ports",
    },
    {
        .id = "LP-TLS-STALLED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_TLS,
        .title = "The TLS handshake does not come to an end",
        .why = "{host} ({address}) port {port} accepts the connection, but the TLS handshake was "
               "not done in time ({observed}). The client waits, and then gives up.",
        .fix = LP_LINES(
            "A firewall or proxy that accepts for a dead server behind it looks like this: connect "
            "from the server itself, and from its own network.",
            "A server short of memory or CPU, or one that waits for a certificate revocation list "
            "that it cannot fetch: look at its load, and at its way out to port 80.",
            "Large packets that get lost (MTU too large on a VPN or tunnel) stop the handshake at "
            "the server's certificate: lower the MTU, or let ICMP \"fragmentation needed\" "
            "through.",
            "[sip] Get-CsWindowsService"),
        .user_sees = "A long wait, then " UNAVAILABLE,
        .by_hand = LP_LINES(HANDSHAKE, "It prints CONNECTED and then nothing more."),
        .source = "RFC 8446 section 4; RFC 2923 (path MTU problems)",
    },
    {
        .id = "LP-TLS-NOT-TLS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_TLS,
        .title = "The port answers, but not with TLS",
        .why =
            "{host} ({address}) port {port} answers with something that is not TLS ({observed}). "
            "Another service listens there, or clients are sent to the wrong port.",
        .fix = LP_LINES(
            "Which program has the port? On the server:", "netstat -ano | findstr :{port}",
            "Is the port right? 5060 is SIP without TLS, 80 is http; 443 at the A/V Edge's own "
            "address speaks TURN and shows no certificate.",
            "If {host} resolves to the A/V Edge or to the Web Conferencing Edge, give it the "
            "address of the Access Edge.",
            "A portal or proxy of the network may answer instead: try from another network."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES(HANDSHAKE, "\"wrong version number\" confirms it.",
                            "curl -sv --connect-timeout 4 telnet://{address}:{port}"),
        .source = "RFC 8446 section 5.1; MS-TURN (pseudo-TLS of the A/V Edge); poster: ports",
    },
    {
        .id = "LP-TLS-OLD",
        .severity = LP_WARNING,
        .rank = LP_RANK_TLS,
        .title = "Nothing newer than TLS 1.1 is offered",
        .why = "{host} ({address}) port {port} offers nothing newer than TLS 1.1 ({observed}). "
               "Old Windows clients sign in; current phones, browsers and hardened Windows "
               "refuse it.",
        .fix = LP_LINES(
            "Enable TLS 1.2 on the server. From Windows Server 2012 on it is enabled by default; "
            "on Windows Server 2008 R2 it is off until it is set under " SCHANNEL ".",
            "Update the server to a cumulative update that supports TLS 1.2, the .NET Framework "
            "and SQL client included, before the old versions are turned off.",
            "[web] Reverse proxy or load balancer: allow TLS 1.2 in its protocol settings."),
        .user_sees =
            "Old desktops sign in; new phones report \"We can't verify the certificate from "
            "the server. Please contact your support team.\" or \"Cannot connect to the "
            "server.\"",
        .by_hand = LP_LINES(HANDSHAKE " -tls1_2", HANDSHAKE_OLD,
                            "Only the second one shows a certificate."),
        .source = "RFC 8996 (TLS 1.0 and 1.1 are deprecated); Skype for Business Server: disabling "
                  "TLS 1.0 and 1.1",
    },
    {
        .id = "LP-TLS-CLIENT-CERT",
        .severity = LP_INFO,
        .rank = LP_RANK_TLS,
        .title = "The server asks for a client certificate",
        .why = "{host} ({address}) port {port} asks for a client certificate (mutual TLS). It is a "
               "port for servers, such as federation on 5061: its certificate can be read, more "
               "cannot be tested without a certificate.",
        .fix = LP_LINES("Nothing to do where servers talk to servers.",
                        "If clients are to sign in at this port, the record or the load balancer "
                        "sends them to the wrong one."),
        .user_sees = "Nothing; clients do not use such a port.",
        .by_hand =
            LP_LINES(HANDSHAKE, "\"Acceptable client certificate CA names\" or an alert (handshake "
                                "failure, certificate required) after the handshake confirms it."),
        .source =
            "RFC 5246 section 7.4.6; RFC 8446 section 4.4.2.4; poster: ports, Access Edge 5061 "
            "SIP/MTLS",
    },
    { .id = NULL },
};
