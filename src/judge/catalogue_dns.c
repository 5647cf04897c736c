/* catalogue_dns.c - the rules LP-DNS about questions without an answer. */
#include "lp/catalogue.h"

/* The records that sign-in needs, as a line for a zone file and as PowerShell for
   Windows DNS. */
#define ADD_A "Add-DnsServerResourceRecordA -ZoneName {domain} -Name "
#define ADD_SRV "Add-DnsServerResourceRecord -Srv -ZoneName {domain} -Name "
#define WEB_INSIDE "<web-services-address>"
#define WEB_OUTSIDE "<reverse-proxy-address>"
#define POOL "<pool-address>"
#define EDGE "<access-edge-address>"

#define INSIDE_WEB_RECORD "lyncdiscoverinternal.{domain}. 3600 IN A " WEB_INSIDE
#define INSIDE_WEB_WINDOWS ADD_A "lyncdiscoverinternal -IPv4Address " WEB_INSIDE
#define INSIDE_SRV_RECORD "_sipinternaltls._tcp.{domain}. 3600 IN SRV 0 0 5061 sip.{domain}."
#define INSIDE_SRV_WINDOWS \
    ADD_SRV "_sipinternaltls._tcp -DomainName sip.{domain} -Priority 0 -Weight 0 -Port 5061"
#define INSIDE_SIP_RECORD "sip.{domain}. 3600 IN A " POOL
#define INSIDE_SIP_WINDOWS ADD_A "sip -IPv4Address " POOL
#define OUTSIDE_WEB_RECORD "lyncdiscover.{domain}. 3600 IN A " WEB_OUTSIDE
#define OUTSIDE_WEB_WINDOWS ADD_A "lyncdiscover -IPv4Address " WEB_OUTSIDE
#define OUTSIDE_SRV_RECORD "_sip._tls.{domain}. 3600 IN SRV 0 0 443 sip.{domain}."
#define OUTSIDE_SRV_WINDOWS \
    ADD_SRV "_sip._tls -DomainName sip.{domain} -Priority 0 -Weight 0 -Port 443"
#define OUTSIDE_SIP_RECORD "sip.{domain}. 3600 IN A " EDGE
#define OUTSIDE_SIP_WINDOWS ADD_A "sip -IPv4Address " EDGE
#define ADD_ALIAS "Add-DnsServerResourceRecordCName -ZoneName {domain} -Name "
#define CLOUD_WEB_WINDOWS ADD_ALIAS "lyncdiscover -HostNameAlias webdir.online.lync.com"
#define CLOUD_SIP_WINDOWS ADD_ALIAS "sip -HostNameAlias sipdir.online.lync.com"
#define CLOUD_SRV_WINDOWS \
    ADD_SRV "_sip._tls -DomainName sipdir.online.lync.com -Priority 100 -Weight 1 -Port 443"
#define CLOUD_FEDERATION_WINDOWS                                                                 \
    ADD_SRV "_sipfederationtls._tcp -DomainName sipfed.online.lync.com -Priority 100 -Weight 1 " \
            "-Port 5061"

/* What a desktop client says when it finds no name at all. */
#define NO_SERVER                                                                               \
    "\"Lync couldn't find a Lync Server for {domain}. There might be an issue with the Domain " \
    "Name System (DNS) configuration for your domain.\""
/* What a mobile client says when Autodiscover cannot be found or reached. */
#define MOBILE                                                                                \
    "Mobile: \"Cannot connect to the server. It might be unavailable. Also please check the " \
    "network connection, sign-in address and server addresses.\""

const struct lp_rule lp_rules_dns[] = {
    {
        .id = "LP-DNS-NO-RECORDS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "None of the client's names exists",
        .why = "None of the names that a client asks for exists in {domain} ({view} order). The "
               "client finds no server and gives up at once.",
        .fix = LP_LINES(
            "Check the spelling of the domain, and whether users ask this name server.",
            "[premises][external] Add to the external zone of {domain}:",
            "[premises][external] " OUTSIDE_WEB_RECORD, "[premises][external] " OUTSIDE_SRV_RECORD,
            "[premises][external] " OUTSIDE_SIP_RECORD,
            "[premises][external] On Windows DNS:", "[premises][external] " OUTSIDE_WEB_WINDOWS,
            "[premises][external] " OUTSIDE_SRV_WINDOWS,
            "[premises][external] " OUTSIDE_SIP_WINDOWS,
            "[premises][internal] Add to the internal zone of {domain}:",
            "[premises][internal] " INSIDE_WEB_RECORD, "[premises][internal] " INSIDE_SRV_RECORD,
            "[premises][internal] " INSIDE_SIP_RECORD,
            "[premises][internal] On Windows DNS:", "[premises][internal] " INSIDE_WEB_WINDOWS,
            "[premises][internal] " INSIDE_SRV_WINDOWS, "[premises][internal] " INSIDE_SIP_WINDOWS,
            "[cloud] Add to the {view} zone of {domain}:", "[cloud] " LP_CLOUD_WEB_RECORD,
            "[cloud] " LP_CLOUD_SIP_RECORD, "[cloud] " LP_CLOUD_SRV_RECORD,
            "[cloud] " LP_CLOUD_FEDERATION_RECORD,
            "[cloud] On Windows DNS:", "[cloud] " CLOUD_WEB_WINDOWS, "[cloud] " CLOUD_SIP_WINDOWS,
            "[cloud] " CLOUD_SRV_WINDOWS, "[cloud] " CLOUD_FEDERATION_WINDOWS),
        .user_sees = NO_SERVER " " MOBILE,
        .by_hand = LP_LINES("dig lyncdiscover.{domain} A", "dig _sip._tls.{domain} SRV",
                            "dig sip.{domain} A", "dig {domain} SOA"),
        .source = "Lync Server 2013: Determine DNS requirements; poster: DNS records",
    },
    {
        .id = "LP-DNS-RECORD-MISSING",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "A required record is missing",
        .why =
            "The {type} record of {name} is not there ({observed}). Clients that ask for it find "
            "no server this way: they fail, or take a longer way round.",
        .fix = LP_LINES(
            "Add the record to the {view} DNS zone.", "[lyncdiscoverinternal.] " INSIDE_WEB_RECORD,
            "[lyncdiscoverinternal.] " INSIDE_WEB_WINDOWS,
            "[_sipinternaltls._tcp.] " INSIDE_SRV_RECORD,
            "[_sipinternaltls._tcp.] " INSIDE_SRV_WINDOWS,
            "[_sipinternaltls._tcp.] sip.{domain} stands for the pool here: it needs an address "
            "record inside, and its name in the pool's certificate.",
            "[premises][lyncdiscover.] " OUTSIDE_WEB_RECORD,
            "[premises][lyncdiscover.] " OUTSIDE_WEB_WINDOWS,
            "[premises][_sip._tls.] " OUTSIDE_SRV_RECORD,
            "[premises][_sip._tls.] " OUTSIDE_SRV_WINDOWS,
            "[premises][_sip._tls.] Put the Access Edge FQDN in the place of sip.{domain} if it is "
            "another name.",
            "[premises][external][sip.] " OUTSIDE_SIP_RECORD,
            "[premises][external][sip.] " OUTSIDE_SIP_WINDOWS,
            "[premises][internal][sip.] " INSIDE_SIP_RECORD,
            "[premises][internal][sip.] " INSIDE_SIP_WINDOWS,
            "[premises][_sipfederationtls._tcp.] _sipfederationtls._tcp.{domain}. 3600 IN SRV 0 0 "
            "5061 sip.{domain}.",
            "[premises][_sipfederationtls._tcp.] " ADD_SRV "_sipfederationtls._tcp -DomainName "
            "sip.{domain} -Priority 0 -Weight 0 -Port 5061",
            "[cloud][lyncdiscover.] " LP_CLOUD_WEB_RECORD,
            "[cloud][lyncdiscover.] " CLOUD_WEB_WINDOWS, "[cloud][sip.] " LP_CLOUD_SIP_RECORD,
            "[cloud][sip.] " CLOUD_SIP_WINDOWS, "[cloud][_sip._tls.] " LP_CLOUD_SRV_RECORD,
            "[cloud][_sip._tls.] " CLOUD_SRV_WINDOWS,
            "[cloud][_sipfederationtls._tcp.] " LP_CLOUD_FEDERATION_RECORD,
            "[cloud][_sipfederationtls._tcp.] " CLOUD_FEDERATION_WINDOWS,
            "[_sipinternal._tcp.] Only clients that sign in over TCP without TLS need this record; "
            "leave it out unless there are any.",
            "[sipinternal.] sipinternal.{domain}. 3600 IN A " POOL,
            "[sipexternal.] sipexternal.{domain}. 3600 IN A " EDGE),
        .user_sees = NO_SERVER " Or \"The server is temporarily unavailable.\" " MOBILE,
        .by_hand = LP_LINES("dig {name} {type}"),
        .source =
            "Lync Server 2013: Determine DNS requirements, DNS summary - Autodiscover; poster: "
            "DNS records",
    },
    {
        .id = "LP-DNS-SERVFAIL",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The name server answers SERVFAIL",
        .why =
            "Asked for {name} {type}, the name server answers SERVFAIL: it should know and cannot "
            "tell. To a client that is the same as no record. The record itself may be all right.",
        .fix = LP_LINES(
            "Look at the name server, not at the record: the zone may not be loaded or have "
            "expired on a secondary, a forwarder or delegation may be dead, or DNSSEC validation "
            "fails.",
            "On Windows DNS, is the zone there and running?", "Get-DnsServerZone -Name {zone}",
            "Do its forwarders answer?", "Get-DnsServerForwarder",
            "An outdated answer may stay in the cache:", "Clear-DnsServerCache"),
        .user_sees = NO_SERVER,
        .by_hand = LP_LINES("dig {name} {type}", "dig +cd {name} {type}",
                            "Only the second one answers: DNSSEC validation fails.",
                            "dig +trace {name} {type}",
                            "The trace shows which server of the delegation does not answer."),
        .source = "RFC 1035 section 4.1.1 (RCODE 2); RFC 4035 section 5.5",
    },
    {
        .id = "LP-DNS-REFUSED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The name server refuses to answer",
        .why = "Asked for {name} {type}, the name server answers REFUSED: it does not serve this "
               "zone, or not to this address. Clients that use this server find nothing.",
        .fix = LP_LINES(
            "Is it the right server? One that serves only its own zones refuses all others: give "
            "clients a resolver, for instance by DHCP.",
            "If it is the right one, allow recursion (or queries) from the clients' networks: "
            "allow-query and allow-recursion in BIND, access-control in Unbound.",
            "On Windows DNS, recursion must be on and no query policy may deny the client:",
            "Set-DnsServerRecursion -Enable $True", "Get-DnsServerQueryResolutionPolicy"),
        .user_sees = NO_SERVER,
        .by_hand = LP_LINES("dig {name} {type}", "dig {zone} SOA",
                            "REFUSED for the second one too: the server does not serve the zone "
                            "to this address."),
        .source = "RFC 1035 section 4.1.1 (RCODE 5)",
    },
    {
        .id = "LP-DNS-TIMEOUT",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "No name server answers",
        .why =
            "Nobody answered the question for {name} {type}. That says nothing about the record; "
            "a client waits for many seconds and then goes on as if it were missing.",
        .fix = LP_LINES(
            "Is the name server up, and reachable from here? UDP and TCP port 53 must pass "
            "the firewall in both directions.",
            "If only some names time out, the server that they are delegated or forwarded "
            "to is down.",
            "Get-DnsServerForwarder"),
        .user_sees = "A long wait, then " NO_SERVER,
        .by_hand = LP_LINES("dig +tries=1 +time=4 {name} {type}",
                            "dig +tcp +tries=1 +time=4 {name} {type}",
                            "Only the second one answers: UDP port 53 is blocked, or large answers "
                            "are lost.",
                            "dig +trace {name} {type}"),
        .source = "RFC 1035 section 4.2.1 (transport by UDP, retransmission)",
    },
    {
        .id = "LP-DNS-MALFORMED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The answer cannot be read",
        .why = "The answer for {name} {type} is broken or does not fit the question ({observed}). "
               "Clients drop it and wait, or act on nonsense.",
        .fix = LP_LINES(
            "Ask another name server for the same name; if that answer is clean, the first "
            "server or a box in between (firewall with DNS inspection, load balancer, "
            "provider) damages it.",
            "Turn DNS inspection off for this path, or update the name server."),
        .user_sees = NO_SERVER,
        .by_hand = LP_LINES("dig +noedns {name} {type}", "dig +tcp {name} {type}",
                            "dig +qr {name} {type}"),
        .source = "RFC 1035 section 4; RFC 5452 section 9.1 (an answer has to fit its question)",
    },
    { .id = NULL },
};
