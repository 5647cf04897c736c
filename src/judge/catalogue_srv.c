/* catalogue_srv.c - the rules LP-DNS about SRV records and their targets. */
#include "lp/catalogue.h"

#define ON_WINDOWS "On Windows DNS (the first command removes every SRV record of the name):"
#define REMOVE_SRV \
    "Remove-DnsServerResourceRecord -ZoneName {zone} -Name {label} -RRType SRV -Force"
#define ADD_SRV(target, port)                                                             \
    "Add-DnsServerResourceRecord -Srv -ZoneName {zone} -Name {label} -DomainName " target \
    " -Priority 0 -Weight 0 -Port " port
#define ADD_TARGET \
    "Add-DnsServerResourceRecordA -ZoneName {target_zone} -Name {target_label} -IPv4Address "

const struct lp_rule lp_rules_srv[] = {
    {
        .id = "LP-DNS-SRV-PORT",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The SRV record has the wrong port",
        .why =
            "{name} sends clients to {observed}, expected is {expected}. Clients take the port of "
            "the record as it is, so they knock at a door where nobody or somebody else answers.",
        .fix =
            LP_LINES("Correct the port: 5061 for _sipinternaltls._tcp and _sipfederationtls._tcp, "
                     "443 for _sip._tls (5061 where the Edge has one address for all services), "
                     "5060 for _sipinternal._tcp.",
                     "{name}. 3600 IN SRV 0 0 {port} {target}.", ON_WINDOWS, REMOVE_SRV,
                     ADD_SRV("{target}", "{port}")),
        .user_sees = "\"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("dig +short {name} SRV",
                            "The third number is the port: priority weight port target."),
        .source = "Lync Server 2013: DNS summary; RFC 2782; poster: ports",
    },
    {
        .id = "LP-DNS-SRV-TARGET-DOMAIN",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "The SRV target is outside the SIP domain",
        .why =
            "{name} points to {target}, which is not in {domain}. By default clients accept only "
            "a server in the user's own SIP domain: they refuse it, or ask the user whether to "
            "trust it.",
        .fix = LP_LINES(
            "Point the record at a name in {domain} with the same address, and put that name in "
            "the server's certificate.",
            "{name}. 3600 IN SRV 0 0 {port} sip.{domain}.", ON_WINDOWS, REMOVE_SRV,
            ADD_SRV("sip.{domain}", "{port}"),
            "Where the target's domain encloses {domain}, the client policy "
            "DisableStrictDNSNaming is the other way."),
        .user_sees = "\"Lync is attempting to connect to: {target}. Lync cannot verify that the "
                     "server is trusted for your sign-in address. Connect anyway?\" Or sign-in "
                     "fails without asking.",
        .by_hand = LP_LINES("dig +short {name} SRV"),
        .source = "Lync Server 2013: DNS requirements for automatic client sign-in; Determine DNS "
                  "requirements",
    },
    {
        .id = "LP-DNS-SRV-TARGET-MISSING",
        .severity = LP_CRITICAL,
        .rank = LP_RANK_DNS,
        .title = "The SRV target has no address",
        .why = "{name} points to {target}, but {target} has no address ({observed}). The client "
               "knows the server's name and cannot reach it.",
        .fix = LP_LINES("Give the target an address in the {view} zone, or name another target.",
                        "[external] {target}. 3600 IN A <access-edge-address>",
                        "[internal] {target}. 3600 IN A <pool-address>",
                        "On Windows DNS:", "[external] " ADD_TARGET "<access-edge-address>",
                        "[internal] " ADD_TARGET "<pool-address>",
                        "In a split-brain zone the record must be in both zones, each with the "
                        "address of its side."),
        .user_sees = "\"The server is temporarily unavailable.\"",
        .by_hand = LP_LINES("dig +short {name} SRV", "dig {target} A", "dig {target} AAAA"),
        .source = "RFC 2782 (target: one or more address records); poster: DNS records",
    },
    {
        .id = "LP-DNS-SRV-TARGET-CNAME",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "The SRV target is an alias",
        .why = "{name} points to {target}, which is an alias (CNAME). That is forbidden for SRV "
               "targets: most clients follow it, some do not.",
        .fix = LP_LINES("Replace the alias by an address record of the same name:",
                        "{target}. 3600 IN A <address>", "On Windows DNS:",
                        "Remove-DnsServerResourceRecord -ZoneName {target_zone} "
                        "-Name {target_label} -RRType CNAME -Force",
                        ADD_TARGET "<address>"),
        .user_sees = "Some devices (phones above all) do not sign in while desktops do.",
        .by_hand = LP_LINES("dig +short {name} SRV", "dig {target} CNAME"),
        .source = "RFC 2782 (target must not be an alias)",
    },
    {
        .id = "LP-DNS-SRV-NOT-OFFERED",
        .severity = LP_WARNING,
        .rank = LP_RANK_DNS,
        .title = "The SRV record says that the service is not offered",
        .why =
            "The target of {name} is the root (\".\"). It says on purpose that this service does "
            "not exist for {domain}, so clients go on to the next step of their order.",
        .fix = LP_LINES("If users are to sign in this way, name the server:",
                        "[_sip._tls.] {name}. 3600 IN SRV 0 0 443 sip.{domain}.",
                        "[_sipinternaltls._tcp.] {name}. 3600 IN SRV 0 0 5061 sip.{domain}.",
                        "[_sipfederationtls._tcp.] {name}. 3600 IN SRV 0 0 5061 sip.{domain}.",
                        ON_WINDOWS, REMOVE_SRV, "[_sip._tls.] " ADD_SRV("sip.{domain}", "443"),
                        "[_sipinternaltls._tcp.] " ADD_SRV("sip.{domain}", "5061"),
                        "[_sipfederationtls._tcp.] " ADD_SRV("sip.{domain}", "5061"),
                        "If the service is meant to be absent, leave it."),
        .user_sees =
            "Nothing where another step works; else \"Lync couldn't find a Lync Server for "
            "{domain}.\"",
        .by_hand = LP_LINES("dig +short {name} SRV", "The answer ends in a single dot."),
        .source = "RFC 2782 (a target of \".\": the service is not available at this domain)",
    },
    { .id = NULL },
};
