/* table_dns_name.c - hostile name servers: names, ports, addresses and aliases that lie */
#include "dns_acts.h"
#include "tables.h"

#define TARGET "step(\"e\").dns == \"answer\""
#define NO_HOST TARGET " and nowhere(\"e\")"
#define REFUSED(address)                                                              \
    "any(.endpoints[]; .host == \"sip.contoso.example\" and .connect == \"blocked\")" \
    " and found(\"LP-RUN-BLOCKED\")"
#define OTHERS "lyncdiscover webext access"
#define LOOP "found(\"LP-DNS-CNAME-LOOP\")"

#define WIRE_ACCESS "\006access\007contoso\007example\000"
#define LABEL_63 "\077aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

#define SRV(name_, expect_, port, wire)                                                   \
    {                                                                                     \
        .name = name_, .expect = expect_, .question = "_sip._tls SRV", .answer = act_srv, \
        .count = port, .text = TEXT(wire)                                                 \
    }
#define SIP_ADDRESS(name_, expect_, bytes_)                                           \
    {                                                                                 \
        .name = name_, .expect = expect_, .question = "sip *", .answer = act_address, \
        .text = TEXT(bytes_)                                                          \
    }

const struct hp_row hp_dns_name_rows[] = {
    SRV("srv-nul-label", NO_HOST, 443, "\011access\000.x\007contoso\007example\000"),
    SRV("srv-dot-in-label", NO_HOST, 443, "\016access.contoso\007example\000"),
    SRV("srv-escape-label", NO_HOST, 443, "\014\033[2J\033]0;own\007\007contoso\007example\000"),
    SRV("srv-bidi-label", NO_HOST, 443, "\010\342\200\256evi\302\233\007contoso\007example\000"),
    SRV("srv-html-label", NO_HOST, 443, "\010<script>\007contoso\007example\000"),
    SRV("srv-quote-label", NO_HOST, 443, "\010'\";$(id)\007contoso\007example\000"),
    SRV("srv-space-label", NO_HOST, 443, "\006a b\nc\\\007contoso\007example\000"),
    SRV("srv-63-octets", TARGET, 443, LABEL_63 LABEL_63 LABEL_63 "\001a\000"),
    SRV("srv-over-255", "step(\"e\").dns == \"malformed\"", 443,
        LABEL_63 LABEL_63 LABEL_63 LABEL_63 "\000"),
    SRV("srv-single-label", TARGET, 443, "\011localhost\000"),
    SRV("srv-root", TARGET " and found(\"LP-DNS-SRV-NOT-OFFERED\")", 443, "\000"),
    SRV("srv-port-0", TARGET " and found(\"LP-DNS-SRV-PORT\") and no_probe(0)", 0, WIRE_ACCESS),
    SRV("srv-port-22", TARGET " and found(\"LP-RUN-BLOCKED\") and blocked_port(22)", 22,
        WIRE_ACCESS),
    SRV("srv-port-25", TARGET " and found(\"LP-RUN-BLOCKED\") and blocked_port(25)", 25,
        WIRE_ACCESS),
    SRV("srv-port-6379", TARGET " and found(\"LP-RUN-BLOCKED\") and blocked_port(6379)", 6379,
        WIRE_ACCESS),
    SRV("srv-port-65535", TARGET " and found(\"LP-DNS-SRV-PORT\")", 65535, WIRE_ACCESS),
    SRV("srv-ip-loopback",
        "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")", 443,
        "\003127\0010\0010\0011\000"),
    SRV("srv-ip-metadata",
        "all(.endpoints[]; .address != \"169.254.169.254\" or .connect == \"blocked\")", 443,
        "\003169\003254\003169\003254\000"),
    SRV("srv-ip-decimal", "all(.endpoints[]; .address != \"127.0.0.1\" or .connect == \"blocked\")",
        443, "\0122130706433\000"),
    SRV("srv-ip-v6", TARGET " and any(.endpoints[]; .host == \"::1\" and .connect == \"blocked\")",
        443, "\003::1\000"),
    SRV("srv-itself", TARGET, 443, "\004_sip\004_tls\007contoso\007example\000"),
    SRV("srv-foreign", TARGET " and found(\"LP-DNS-SRV-TARGET-DOMAIN\")", 443,
        "\004evil\007example\000"),
    SRV("srv-xn-bad", TARGET, 443, "\012xn--a\377\376\375-b\007contoso\007example\000"),
    SIP_ADDRESS("address-mapped-loopback", REFUSED(""), "\0\0\0\0\0\0\0\0\0\0\377\377\177\0\0\001"),
    SIP_ADDRESS("address-mapped-metadata", REFUSED(""),
                "\0\0\0\0\0\0\0\0\0\0\377\377\251\376\251\376"),
    SIP_ADDRESS("address-nat64-loopback", REFUSED(""),
                "\0\144\377\233\0\0\0\0\0\0\0\0\177\0\0\001"),
    SIP_ADDRESS("address-6to4-metadata", REFUSED(""),
                "\040\002\251\376\251\376\0\0\0\0\0\0\0\0\0\001"),
    SIP_ADDRESS("address-v6-loopback", REFUSED(""), "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\001"),
    SIP_ADDRESS("address-v6-link-local", REFUSED(""), "\376\200\0\0\0\0\0\0\0\0\0\0\0\0\0\001"),
    SIP_ADDRESS("address-v6-multicast", REFUSED(""), "\377\002\0\0\0\0\0\0\0\0\0\0\0\0\0\001"),
    SIP_ADDRESS("address-loopback", REFUSED(""), "\177\0\0\001"),
    SIP_ADDRESS("address-metadata", REFUSED(""), "\251\376\251\376"),
    SIP_ADDRESS("address-unspecified", REFUSED(""), "\0\0\0\0"),
    SIP_ADDRESS("address-multicast", REFUSED(""), "\340\0\0\001"),
    SIP_ADDRESS("address-broadcast", REFUSED(""), "\377\377\377\377"),
    SIP_ADDRESS("address-class-e", REFUSED(""), "\360\0\0\001"),
    SIP_ADDRESS("address-short", "step(\"g\").dns == \"malformed\"", "\177\0\001"),
    { .name = "address-200",
      .question = "sip *",
      .answer = act_addresses,
      .count = 200,
      .expect = "step(\"g\").dns == \"answer\" and (step(\"g\").addresses | length) == 8"
                " and found(\"LP-RUN-LIMITED\")" },
    { .name = "alias-self",
      .question = "sip *",
      .answer = act_alias,
      .expect = LOOP,
      .text = TEXT("\003sip\007contoso\007example\000") },
    { .name = "alias-root",
      .question = "sip *",
      .answer = act_alias,
      .expect = "step(\"g\").outcome != \"used\"",
      .text = TEXT("\000") },
    { .name = "alias-escape",
      .question = "sip *",
      .answer = act_alias,
      .expect = "step(\"g\").outcome != \"used\"",
      .text = TEXT("\014\033[2J\033]0;own\007\007contoso\007example\000") },
    { .name = "alias-of-srv",
      .question = "_sip._tls SRV",
      .answer = act_alias,
      .expect = "step(\"e\").dns != \"answer\"",
      .text = TEXT("\003sip\007contoso\007example\000") },
    { .name = "alias-17",
      .question = "* *",
      .answer = act_aliases,
      .spared = OTHERS,
      .expect = LOOP,
      .count = 17 },
    { .name = "alias-16",
      .question = "* *",
      .answer = act_aliases,
      .spared = OTHERS,
      .count = 16,
      .expect = "(" LOOP " | not) and (step(\"g\").aliases | length) == 16" },
    { .name = "alias-1000",
      .question = "* *",
      .answer = act_aliases,
      .spared = OTHERS,
      .expect = LOOP,
      .count = 1000 },
    { .name = "alias-endless",
      .question = "* *",
      .answer = act_alias_endless,
      .spared = OTHERS,
      .expect = LOOP },
    { .name = "alias-slow",
      .question = "* *",
      .answer = act_alias_endless,
      .spared = OTHERS,
      .pause_ms = 700,
      .expect = "step(\"g\").dns == \"timeout\" or step(\"g\").dns == \"not-tried\"" },
    { .name = "alias-ring",
      .question = "* *",
      .answer = act_alias_ring,
      .spared = OTHERS,
      .expect = LOOP },
    { 0 },
};
