/* catalogue_expect.c - the rules that only a topology can break: what it says is not what is. */
#include "lp/catalogue.h"

#define ON_WINDOWS "On Windows DNS (the first command removes every record of that type and name):"
#define REMOVE(type) \
    "Remove-DnsServerResourceRecord -ZoneName {zone} -Name {label} -RRType " type " -Force"
#define FILE_OR_WORLD "If the deployment has changed, correct the topology file instead."
#define SHOW_NAMES                                                                             \
    "openssl s_client -connect {address}:{port} -servername {host} </dev/null | openssl x509 " \
    "-noout -subject -ext subjectAltName"

const struct lp_rule lp_rules_expect[] = {
    {
        .id = "LP-DNS-SRV-TARGET",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The SRV record points to another server",
        .why = "{name} sends clients to {observed}; the topology says {expected}. Whoever follows "
               "the record comes to a server that does not serve this deployment, or no more.",
        .fix = LP_LINES(
            "Point the record at the server that the topology names:",
            "{name}. 3600 IN SRV 0 0 {port} {target}.", ON_WINDOWS, REMOVE("SRV"),
            "Add-DnsServerResourceRecord -Srv -ZoneName {zone} -Name {label} -DomainName {target} "
            "-Priority 0 -Weight 0 -Port {port}",
            FILE_OR_WORLD),
        .user_sees = "\"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("dig +short {name} SRV", "The last word of each line is the target."),
        .source = "Lync Server 2013: DNS summary; poster: DNS tables; RFC 2782",
    },
    {
        .id = "LP-DNS-ADDRESS",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The name has an address that the topology does not list",
        .why = "{name} resolves to {observed}; the topology says {expected}. Clients go to a "
               "machine that does not serve this name.",
        .fix = LP_LINES("[premises] Put the address into the zone that the topology names:",
                        "[premises] {name}. 3600 IN A {address}",
                        "[cloud] Make the name an alias of the cloud's host:",
                        "[cloud] {name}. 3600 IN CNAME {target}.", ON_WINDOWS, REMOVE("{type}"),
                        "[premises] Add-DnsServerResourceRecordA -ZoneName {zone} -Name {label} "
                        "-IPv4Address {address}",
                        "[cloud] Add-DnsServerResourceRecordCName -ZoneName {zone} -Name {label} "
                        "-HostNameAlias {target}",
                        FILE_OR_WORLD),
        .user_sees =
            "\"The server is temporarily unavailable.\", or a certificate of another name.",
        .by_hand = LP_LINES("dig +short {name} {type}"),
        .source = "Lync Server 2013: DNS summary; poster: DNS tables",
    },
    {
        .id = "LP-DNS-OUTSIDE-ANSWER",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "The inside view answers with an outside address",
        .why =
            "Inside, {name} resolves to {observed}, an address of the Edge or the reverse proxy. "
            "Users inside take the way round over the perimeter network: slower, refused by "
            "many firewalls, and Autodiscover then takes them for users outside.",
        .fix = LP_LINES("Give the inside zone the inside address (split-brain DNS):",
                        "{name}. 3600 IN A {address}", ON_WINDOWS, REMOVE("{type}"),
                        "Add-DnsServerResourceRecordA -ZoneName {zone} -Name {label} -IPv4Address "
                        "{address}"),
        .user_sees = "Nothing, or a slow sign-in and meetings that fail inside alone.",
        .by_hand = LP_LINES("dig @<internal-dns> +short {name} {type}"),
        .source = "Lync Server 2013: Determine DNS requirements (split-brain DNS)",
    },
    {
        .id = "LP-PORT-UNEXPECTED",
        .severity = LP_WARNING,
        .rank = LP_RANK_PORT,
        .title = "A port is open that should be closed",
        .why = "{host} ({address}) accepts connections at port {port}, although {expected}. Either "
               "the feature still runs, or something else listens there.",
        .fix = LP_LINES("What listens there?", "netstat -ano | findstr :{port}",
                        "If the feature is in use, say so in the topology file; else stop its "
                        "service, or close the port in the firewall.",
                        "Get-CsWindowsService"),
        .user_sees = "Nothing.",
        .by_hand = LP_LINES("curl -sv --connect-timeout 4 telnet://{address}:{port}",
                            "\"Connected to\" confirms it."),
        .source = "Lync Server 2013: Ports and protocols for internal servers; poster: ports",
    },
    {
        .id = "LP-CERT-SAN-MISSING",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_CERT,
        .title = "Names are missing from the certificate",
        .why = "The certificate at {host} ({address}) port {port} lacks names that its role needs: "
               "{observed}. Whoever comes by one of them refuses the server.",
        .fix = LP_LINES("Request a certificate with all names at once, and assign it."),
        .then = lp_steps_reissue,
        .user_sees = "\"There was a problem verifying the certificate from the server.\"",
        .by_hand = LP_LINES(SHOW_NAMES),
        .source = "Lync Server 2013: Certificate requirements for internal servers, for external "
                  "user access; poster: certificates",
    },
    {
        .id = "LP-CERT-SAN-EXTRA",
        .severity = LP_INFO,
        .rank = LP_RANK_CERT,
        .title = "The certificate has names that its role does not need",
        .why = "The certificate at {host} ({address}) port {port} also holds {observed}. That "
               "breaks nothing; names of the inside in an outside certificate tell strangers about "
               "the network.",
        .fix = LP_LINES("Leave them out when the certificate is renewed."),
        .then = lp_steps_reissue,
        .user_sees = "Nothing.",
        .by_hand = LP_LINES(SHOW_NAMES),
        .source = "Lync Server 2013: Certificate summary; poster: certificates",
    },
    {
        .id = "LP-CERT-SUBJECT",
        .severity = LP_WARNING,
        .rank = LP_RANK_CERT,
        .title = "The subject of the certificate is not the one of its role",
        .why =
            "The certificate at {host} ({address}) port {port} has the {observed}; its role asks "
            "for {expected}. Servers and phones that look at the subject refuse it.",
        .fix = LP_LINES("Request a certificate with the right subject, and assign it."),
        .then = lp_steps_reissue,
        .user_sees = "Mostly nothing; federation or desk phones fail.",
        .by_hand = LP_LINES(SHOW_NAMES),
        .source = "Lync Server 2013: Certificate requirements for internal servers, for external "
                  "user access; poster: certificates",
    },
    { 0 },
};
