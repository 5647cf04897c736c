/* setup.c - what a walk was told, as a field table; what follows from it. */
#include "lp/setup.h"

static const struct lp_field server_fields[] = {
    LP_FIELD(struct lp_server, label, "name given with @NAME=SERVER, else its address; \"system\""),
    LP_FIELD_STRS(struct lp_server, addresses, "ADDRESS:PORT, tried in turn"),
    LP_FIELD(struct lp_server, zone, "it is asked about names of that zone alone; unset: any"),
    LP_FIELD_END,
};

static const struct lp_field address_fields[] = {
    LP_FIELD(struct lp_address_item, address, "IP address"),
    LP_FIELD_END,
};

static const struct lp_field resolve_fields[] = {
    LP_FIELD(struct lp_resolve_rule, host, "host name, or \"*\""),
    LP_FIELD(struct lp_resolve_rule, port, "port"),
    LP_FIELD_LIST(struct lp_resolve_rule, addresses, struct lp_address_item, address_fields,
                  "addresses that the host has instead"),
    LP_FIELD_END,
};

static const struct lp_field connect_fields[] = {
    LP_FIELD(struct lp_connect_rule, host, "host name; unset: any"),
    LP_FIELD(struct lp_connect_rule, port, "port; 0: any"),
    LP_FIELD(struct lp_connect_rule, to_host, "host connected to; unset: the same"),
    LP_FIELD(struct lp_connect_rule, to_port, "port connected to; 0: the same"),
    LP_FIELD_END,
};

static const struct lp_field answer_fields[] = {
    LP_FIELD(struct lp_answer_rule, name, "owner name"),
    LP_FIELD(struct lp_answer_rule, ttl, "seconds"),
    LP_FIELD(struct lp_answer_rule, type, "record type, as a number"),
    LP_FIELD(struct lp_answer_rule, address, "A, AAAA: address"),
    LP_FIELD(struct lp_answer_rule, target, "CNAME, SRV: target name"),
    LP_FIELD(struct lp_answer_rule, priority, "SRV: priority"),
    LP_FIELD(struct lp_answer_rule, weight, "SRV: weight"),
    LP_FIELD(struct lp_answer_rule, port, "SRV: port"),
    LP_FIELD_END,
};

static const struct lp_field deny_fields[] = {
    LP_FIELD(struct lp_deny_rule, name, "owner name"),
    LP_FIELD(struct lp_deny_rule, type, "record type that is absent; 0: the name does not exist"),
    LP_FIELD_END,
};

static const struct lp_field zone_fields[] = {
    LP_FIELD(struct lp_zone_rule, origin, "name of the zone"),
    LP_FIELD(struct lp_zone_rule, file, "file name"),
    LP_FIELD(struct lp_zone_rule, digest, "SHA-256 of the file, hex"),
    LP_FIELD(struct lp_zone_rule, records, "number of records"),
    LP_FIELD_END,
};

/* Not here: version, which is part of the "record" member. */
const struct lp_field lp_setup_fields[] = {
    LP_FIELD(struct lp_setup, program, "program and version that recorded"),
    LP_FIELD(struct lp_setup, domain, "SIP domain, A-labels in lower case"),
    LP_FIELD(struct lp_setup, unicode, "the domain as typed, where it differs"),
    LP_FIELD(struct lp_setup, part,
             "unset: the whole walk; names: DNS alone; servers: those of the zone"),
    LP_FIELD(struct lp_setup, certificate, "certificate file that is judged in place of a walk"),
    LP_FIELD(struct lp_setup, view, "auto, internal or external"),
    LP_FIELD(struct lp_setup, client, "client whose path decides"),
    LP_FIELD_UTC(struct lp_setup, clock, "start of the walk, seconds since 1970 UTC"),
    LP_FIELD(struct lp_setup, label, "random label of the wildcard question"),
    LP_FIELD_LIST(struct lp_setup, servers, struct lp_server, server_fields,
                  "name servers; the first one drives the walk"),
    LP_FIELD(struct lp_setup, only4, "IPv4 only (-4)"),
    LP_FIELD(struct lp_setup, only6, "IPv6 only (-6)"),
    LP_FIELD(struct lp_setup, timeout_us, "limit of the run, microseconds"),
    LP_FIELD(struct lp_setup, connect_us, "limit of a connection, microseconds"),
    LP_FIELD(struct lp_setup, tls_us, "limit of a TLS handshake, microseconds"),
    LP_FIELD(struct lp_setup, http_us, "limit of an HTTP hop, microseconds"),
    LP_FIELD(struct lp_setup, dns_us, "limit of a DNS question with its tries, microseconds"),
    LP_FIELD_STRS(struct lp_setup, allow, "address ranges of --allow-net"),
    LP_FIELD_LIST(struct lp_setup, resolve, struct lp_resolve_rule, resolve_fields,
                  "rules of --resolve"),
    LP_FIELD_LIST(struct lp_setup, connect_to, struct lp_connect_rule, connect_fields,
                  "rules of --connect-to"),
    LP_FIELD_LIST(struct lp_setup, answer, struct lp_answer_rule, answer_fields,
                  "records of --answer"),
    LP_FIELD_LIST(struct lp_setup, deny, struct lp_deny_rule, deny_fields, "names of --deny"),
    LP_FIELD_LIST(struct lp_setup, zones, struct lp_zone_rule, zone_fields,
                  "planned zones of --zone-file: they answer for server 0"),
    LP_FIELD(struct lp_setup, private_store, "file of private roots (--cacert)"),
    LP_FIELD(struct lp_setup, public_store, "file of public roots, or \"system\""),
    LP_FIELD(struct lp_setup, private_digest, "SHA-256 of the private roots"),
    LP_FIELD(struct lp_setup, public_digest, "SHA-256 of the public roots"),
    LP_FIELD(struct lp_setup, days_warning, "certificate ends within so many days: warning"),
    LP_FIELD(struct lp_setup, days_critical, "certificate ends within so many days: critical"),
    LP_FIELD(struct lp_setup, topology, "file name of the topology (-t)"),
    LP_FIELD(struct lp_setup, topology_digest, "sha256 of that file, hex"),
    LP_FIELD(struct lp_setup, window, "seconds that a planned switch may take (--window); 0: none"),
    LP_FIELD(struct lp_setup, deep, "what is asked only on request, too (--deep)"),
    LP_FIELD(struct lp_setup, whole,
             "this walk also checks what belongs to no one SIP domain of the topology"),
    LP_FIELD_END,
};

bool lp_setup_overridden(const struct lp_setup *setup)
{
    return setup->resolve.n || setup->connect_to.n || setup->answer.n || setup->deny.n ||
           setup->zones.n;
}

/* A text that is no range is left out, which makes the guard stricter; option and
 * recording readers have refused it before. */
size_t lp_setup_allow(const struct lp_setup *setup, struct lp_arena *arena, struct lp_cidr **out)
{
    const struct lp_str *text = setup->allow.at;
    struct lp_cidr *nets = lp_arena_array(arena, setup->allow.n, sizeof *nets);
    size_t n = 0;
    for (size_t i = 0; i < setup->allow.n; i++)
        if (lp_cidr_parse(text[i], &nets[n]))
            n++;
    *out = nets;
    return n;
}
