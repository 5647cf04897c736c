/* catalogue_zone.c - the rules LP-DNS about aliases, views, zones, names; LP-CLOUD. */
#include "lp/catalogue.h"

#define REMOVE(type) \
    "Remove-DnsServerResourceRecord -ZoneName {zone} -Name {label} -RRType " type " -Force"
#define ADD_A(address) \
    "Add-DnsServerResourceRecordA -ZoneName {zone} -Name {label} -IPv4Address " address

const struct lp_rule lp_rules_zone[] = {
    {
        .id = "LP-DNS-CNAME-LOOP",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The alias chain never ends",
        .why = "{name} is an alias whose chain comes back to itself or is endless ({observed}). It "
               "never reaches an address, so clients treat the name as missing.",
        .fix = LP_LINES(
            "Break the chain: replace one of its aliases by an address record, best the "
            "first one.",
            "{name}. 3600 IN A <address>", "On Windows DNS:", REMOVE("CNAME"), ADD_A("<address>")),
        .user_sees =
            "\"Lync couldn't find a Lync Server for {domain}. There might be an issue with "
            "the Domain Name System (DNS) configuration for your domain.\"",
        .by_hand = LP_LINES("dig {name} A", "dig +norecurse {name} CNAME"),
        .source = "RFC 1034 section 3.6.2 (CNAME loops are an error)",
    },
    {
        .id = "LP-DNS-CNAME-DANGLING",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The alias points to a name that does not exist",
        .why = "{name} is an alias that ends at {target}, and {target} does not exist or has no "
               "address ({observed}). Clients treat the name as missing.",
        .fix = LP_LINES(
            "Either create the name at the end of the chain, or replace the alias:",
            "{name}. 3600 IN A <address>", "On Windows DNS:", REMOVE("CNAME"), ADD_A("<address>"),
            "If the end belongs to someone else (a hosting provider, an old load balancer), "
            "remove the alias soon: whoever registers that name gets your users."),
        .user_sees =
            "\"Lync couldn't find a Lync Server for {domain}. There might be an issue with "
            "the Domain Name System (DNS) configuration for your domain.\"",
        .by_hand = LP_LINES("dig {name} A", "dig {target} A"),
        .source = "RFC 1034 section 3.6.2; RFC 2308 section 2.1 (NXDOMAIN at the end of aliases)",
    },
    {
        .id = "LP-DNS-INTERNAL-LEAK",
        .severity = LP_WARNING,
        .rank = LP_RANK_LEAK,
        .title = "A record for the inside is visible outside",
        .why =
            "{name} is meant for the inside and answers outside too. Outside clients ask it "
            "first, wait for a server that they cannot reach, and may not go on to the right one; "
            "it also tells strangers about the inside.",
        .fix =
            LP_LINES("Remove the record from the external zone of {zone}, and keep it in the "
                     "internal one.",
                     REMOVE("{type}"),
                     "If one zone serves both sides, make an internal copy first: a split-brain "
                     "zone, or a pin-point zone for this name alone on the internal DNS servers:",
                     "Add-DnsServerPrimaryZone -Name {name} -ReplicationScope Forest"),
        .user_sees = "Slow or failing sign-in outside. Mobile: \"Cannot connect to the server. It "
                     "might be unavailable. Also please check the network connection, sign-in "
                     "address and server addresses.\"",
        .by_hand = LP_LINES("dig @<external-dns> {name} {type}",
                            "Expected is NXDOMAIN or an empty answer."),
        .source = "Lync Server 2013: DNS requirements for mobility (internal name only in the "
                  "internal DNS); poster: DNS records",
    },
    {
        .id = "LP-DNS-INTERNAL-ADDRESS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The outside view answers with a private address",
        .why = "Outside, {name} resolves to {address}, an address that only the inside can reach. "
               "Every client outside the network fails at this name.",
        .fix = LP_LINES(
            "Put the public address into the external zone: that of the reverse proxy for "
            "lyncdiscover and web names, that of the Access Edge for sip and SRV "
            "targets.",
            "{name}. 3600 IN A <public-address>",
            "On Windows DNS:", REMOVE("{type}") " -RecordData {address}", ADD_A("<public-address>"),
            "If this run was inside the network, ask a public resolver instead, or say "
            "--view internal."),
        .user_sees = "\"The server is temporarily unavailable.\" outside, no fault inside.",
        .by_hand = LP_LINES("dig @<external-dns> {name} A"),
        .source =
            "RFC 1918; RFC 4193; Lync Server 2013: Determine DNS requirements (split-brain DNS)",
    },
    {
        .id = "LP-DNS-SERVERS-DIFFER",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "Name servers disagree",
        .why = "The servers asked give different answers for {name} {type} ({observed}). Which "
               "answer a user gets is chance, so sign-in works for some and fails for others.",
        .fix =
            LP_LINES("Compare the serial of the zone at each server; the one with the lower serial "
                     "does not get updates.",
                     "dig +short {zone} SOA @<dns-server>",
                     "On Windows DNS, transfer the zone again on the server that is behind:",
                     "Start-DnsServerZoneTransfer -Name {zone} -FullTransfer",
                     "If they serve different views on purpose, name them: @inside=ADDRESS "
                     "@outside=ADDRESS."),
        .user_sees = "Sign-in that works on one computer and not on the next, or comes and goes.",
        .by_hand = LP_LINES("dig +nssearch {zone}", "dig @<first-dns> {name} {type}",
                            "dig @<second-dns> {name} {type}"),
        .source = "RFC 1034 section 4.3.5 (zone maintenance and transfers)",
    },
    {
        .id = "LP-DNS-TTL-HIGH",
        .severity = LP_INFO,
        .rank = LP_RANK_DNS,
        .title = "Caches will keep the old answer",
        .why = "What is live at {name} {type} lives longer in caches than the switch may take "
               "({observed}). Until it has run out, users go to the old place, or find nothing.",
        .fix = LP_LINES(
            "Lower the TTL of the live record at the zone's own name servers to 300 seconds, its "
            "data unchanged, at least as long before the switch as the old TTL is.",
            "dig +norecurse @<dns-server> {name} {type}",
            "On Windows DNS, in DNS Manager with View, Advanced: Time to live (TTL) of the record.",
            "What is not there yet is missed for the negative TTL: lower the minimum (the last "
            "number) of the SOA of {zone} in the same way.",
            "dig +norecurse @<dns-server> {zone} SOA", "Raise both again when the switch is done."),
        .user_sees = "After the switch, for as long as the old TTL: sign-in that works on one "
                     "computer and not on the next.",
        .by_hand = LP_LINES("dig @<dns-server> {name} {type}", "dig @<dns-server> {zone} SOA"),
        .source = "RFC 1034 section 3.6 (TTL); RFC 2308 section 5 (negative answers)",
    },
    {
        .id = "LP-DNS-WILDCARD",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "The zone answers any name",
        .why =
            "{domain} has a wildcard record: a random label was answered ({observed}). Names that "
            "do not exist look as if they did, and clients try them: they wait, and meet a "
            "certificate that does not fit.",
        .fix =
            LP_LINES("Replace the wildcard by records for the hosts that are wanted.",
                     "In DNS Manager it is the record named *; delete that one alone.",
                     "If it has to stay, a record of any type at a name keeps the wildcard away "
                     "from that name (RFC 4592):",
                     "[external] lyncdiscoverinternal.{domain}. 3600 IN TXT \"not used outside\""),
        .user_sees =
            "Slow sign-in, warnings about the certificate of a web server that has nothing "
            "to do with Lync.",
        .by_hand = LP_LINES("dig any-label-that-does-not-exist.{domain} A"),
        .source = "RFC 4592",
    },
    {
        .id = "LP-DNS-NAME-INVALID",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "A name has characters that Lync does not accept",
        .why = "A name that clients are sent to is not one that Lync accepts ({observed}). "
               "Host names may hold the letters a to z, digits and hyphens, and need at least "
               "two labels.",
        .fix = LP_LINES("Give the host another name without the character, in DNS, in the topology "
                        "and in the certificate.",
                        "Underscores belong only in SRV owner names such as _sip._tls."),
        .user_sees =
            "Some clients and devices do not sign in; certificates for the name are refused.",
        .by_hand = LP_LINES("dig {name} {type}"),
        .source = "Lync Server 2013: Determine DNS requirements (standard FQDNs only); RFC 1123 "
                  "section 2.1",
    },
    {
        .id = "LP-CLOUD-MIXED",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "Some records point to the cloud, some on-premises",
        .why =
            "Of lyncdiscover, sip, _sip._tls and _sipfederationtls._tcp some point to the hosting "
            "cloud and some on-premises ({observed}). Users of one of the two cannot sign in or "
            "lose federation.",
        .fix = LP_LINES(
            "[premises] As long as users are homed on-premises, hybrid included, all four point "
            "on-premises; Autodiscover there sends cloud users on by itself.",
            "[premises] lyncdiscover.{domain}. 3600 IN A <reverse-proxy-address>",
            "[premises] sip.{domain}. 3600 IN A <access-edge-address>",
            "[premises] _sip._tls.{domain}. 3600 IN SRV 0 0 443 sip.{domain}.",
            "[premises] _sipfederationtls._tcp.{domain}. 3600 IN SRV 0 0 5061 sip.{domain}.",
            "[cloud] After the cut-over, when nobody is left on-premises, all four point to the "
            "cloud:",
            "[cloud] " LP_CLOUD_WEB_RECORD, "[cloud] " LP_CLOUD_SIP_RECORD,
            "[cloud] " LP_CLOUD_SRV_RECORD, "[cloud] " LP_CLOUD_FEDERATION_RECORD),
        .user_sees =
            "Users on one side sign in, those on the other get \"The server is temporarily "
            "unavailable.\" or an endless sign-in.",
        .by_hand = LP_LINES("dig +short lyncdiscover.{domain} A", "dig +short sip.{domain} A",
                            "dig +short _sip._tls.{domain} SRV",
                            "dig +short _sipfederationtls._tcp.{domain} SRV"),
        .source =
            "Skype for Business Server: hybrid connectivity; Decommission: manage DNS entries",
    },
    {
        .id = "LP-CLOUD-LEFTOVER",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "A record of the old servers is left inside",
        .why = "Inside, {name} still leads to {observed}, although all users of {domain} are in "
               "the cloud. Clients ask for it before they ask for the names of the cloud: they "
               "come to servers that are switched off, or soon will be.",
        .fix = LP_LINES("Remove the record from the internal zone of {domain}. On Windows DNS:",
                        "Remove-DnsServerResourceRecord -ZoneName {zone} -Name {label} -RRType "
                        "{type} -Force",
                        "If some users of the domain are still on these servers, it is hybrid: say "
                        "so in the topology file, and leave all records on-premises."),
        .user_sees = "Inside alone: a slow sign-in, or \"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("dig @<internal-dns> +short {name} {type}"),
        .source = "Skype for Business: Manage DNS entries when decommissioning",
    },
    { .id = NULL },
};
