/* catalogue_port.c - the rules LP-PORT: TCP connections. */
#include "lp/catalogue.h"

#define UNAVAILABLE "\"The server is temporarily unavailable.\""
#define CONNECT "curl -sv --connect-timeout 4 telnet://{address}:{port}"

const struct lp_rule lp_rules_port[] = {
    {
        .id = "LP-PORT-CLOSED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_PORT,
        .title = "The port refuses the connection",
        .why = "{host} ({address}) refuses connections to port {port}: the machine is there, but "
               "nothing listens, or a firewall rejects. The client cannot go this way.",
        .fix = LP_LINES(
            "Is {address} the right machine for {host}?",
            "[sip] On that server (Front End or Edge), is the service RTCSRV running?",
            "[sip] Get-CsWindowsService", "[sip] Start-CsWindowsService -Name RTCSRV",
            "[web] On the Front End or Director, is IIS running? On the reverse proxy, is there a "
            "listener for this address and port?",
            "[web] Get-Service W3SVC", "Does anything listen on the port?",
            "netstat -ano | findstr :{port}",
            "[sip] A service that does not start often has an expired or missing certificate: see "
            "the \"Lync Server\" event log.",
            "A load balancer or firewall that rejects looks the same: try from the server's own "
            "network."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES(CONNECT, "\"Connection refused\" confirms it."),
        .source =
            "Lync Server 2013: Ports and protocols for internal servers, Port summary - Edge; "
            "poster: ports",
    },
    {
        .id = "LP-PORT-FILTERED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_PORT,
        .title = "The port gives no answer",
        .why = "Nobody answers at {host} ({address}) port {port}: a firewall drops the packets, or "
               "the machine is off. The client waits for many seconds before it goes on.",
        .fix = LP_LINES(
            "Is the machine with {address} up, and is that still its address?",
            "Let TCP {port} pass every firewall on the way, in both directions of NAT.",
            "[sip] Windows Firewall on the server: the rule \"CS RTCSRV\" must be enabled.",
            "[web] Windows Firewall or the reverse proxy's rules: is the port allowed in?",
            "Which rules does the server have, and are they enabled?",
            "Get-NetFirewallRule -DisplayName \"CS *\" | Format-Table DisplayName,Enabled,Action",
            "[external] Edge Server: is the default gateway on the external interface, with routes "
            "to the inside on the internal one? Answers that leave by the wrong interface look "
            "like this."),
        .user_sees = "A long wait, then " UNAVAILABLE,
        .by_hand = LP_LINES(CONNECT, "A timeout confirms it."),
        .source =
            "Lync Server 2013: Ports and protocols for internal servers, Port summary - Edge; "
            "poster: ports",
    },
    {
        .id = "LP-PORT-UNREACHABLE",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_PORT,
        .title = "The network says that the address cannot be reached",
        .why = "On the way to {host} ({address}) port {port} the network reports that the address "
               "cannot be reached ({observed}). No client from here gets through.",
        .fix = LP_LINES(
            "Is {address} the right address of {host}? An old address record is the usual cause.",
            "Is there a route to it from here: VPN, static routes, the gateway of the last hop?",
            "For IPv6: if clients have no IPv6 route, remove the AAAA record, or make it work.",
            "A firewall that rejects with \"administratively prohibited\" looks the same."),
        .user_sees = UNAVAILABLE,
        .by_hand = LP_LINES("ip route get {address}", CONNECT),
        .source = "RFC 792 and RFC 4443 (destination unreachable)",
    },
    {
        .id = "LP-PORT-POOL-PARTIAL",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_PORT,
        .title = "Some addresses behind the name answer, some do not",
        .why =
            "Of the addresses behind {host} some answer on port {port} and some do not "
            "({observed}). Clients that pick a dead one wait or fail: sign-in works now and then.",
        .fix = LP_LINES(
            "Start the server that does not answer; is its service RTCSRV (web: W3SVC) running?",
            "Get-CsWindowsService",
            "If it is out of service on purpose, take its address out of DNS (or out of the load "
            "balancer) for that time.",
            "Remove-DnsServerResourceRecord -ZoneName {zone} -Name {label} -RRType A "
            "-RecordData {address} -Force",
            "If it is gone for good, remove it from the topology too."),
        .user_sees = "Sign-in that sometimes takes long, and sometimes " UNAVAILABLE,
        .by_hand = LP_LINES("dig +short {host} A", CONNECT,
                            "Repeat the second command with each address of the first."),
        .source = "Lync Server 2013: DNS load balancing (every address listed has to answer)",
    },
    { .id = NULL },
};
