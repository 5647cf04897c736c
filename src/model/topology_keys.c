/* topology_keys.c - the tables of the keys */
#include "lp/topology_keys.h"

#include "lp/facts.h"

#define END                             \
    {                                   \
        NULL, NULL, NULL, 0, NULL, 0, 0 \
    }
#define MUST 1u
#define BIT(role) (1u << (role))
#define ALL (BIT(LP_ROLE_COUNT) - 1)
#define WEB (BIT(LP_ROLE_FRONT_END) | BIT(LP_ROLE_STANDARD) | BIT(LP_ROLE_DIRECTOR))
/* A single server is a pool without members; a reverse proxy is known by its addresses, an Edge
 * pool that only the outside was seen of by its services. */
#define SINGLE                                                                            \
    (BIT(LP_ROLE_STANDARD) | BIT(LP_ROLE_PROXY) | BIT(LP_ROLE_BRANCH) | BIT(LP_ROLE_UM) | \
     BIT(LP_ROLE_SQL))
#define REGISTRARS (BIT(LP_ROLE_FRONT_END) | BIT(LP_ROLE_STANDARD) | BIT(LP_ROLE_BRANCH))
#define EDGE BIT(LP_ROLE_EDGE)

/* ---- pools ---- */

static const struct lp_key member_keys[] = {
#define AT(m) offsetof(struct lp_member, m)
    { "fqdn", "The server's full host name", &lp_kind_host, AT(fqdn), NULL, 0, MUST },
    { "addresses", "Its addresses; left out: DNS is asked", &lp_kind_addresses, AT(addresses), NULL,
      0, 0 },
    END,
#undef AT
};

static const struct lp_section member_section = {
    "a member", member_keys, sizeof(struct lp_member), offsetof(struct lp_member, mark), true, NULL
};

static const struct lp_key web_keys[] = {
#define AT(m) offsetof(struct lp_pool, m)
    { "internal", "Internal Web Services FQDN; left out: the FQDN of the pool", &lp_kind_host,
      AT(web_internal), NULL, 0, 0 },
    { "external", "External Web Services FQDN, published by a reverse proxy", &lp_kind_host,
      AT(web_external), NULL, 0, 0 },
    END,
#undef AT
};

static const struct lp_section web_section = { "the Web Services", web_keys, 0, 0, false, NULL };

static const struct lp_key service_keys[] = {
#define AT(m) offsetof(struct lp_edge_service, m)
    { "fqdn", "Full host name of the service on the outside", &lp_kind_host, AT(fqdn), NULL, 0,
      MUST },
    { "addresses", "Addresses of the outside interface; left out: DNS is asked", &lp_kind_addresses,
      AT(addresses), NULL, 0, 0 },
    { "nat", "Addresses as the Internet sees them, where they are translated", &lp_kind_addresses,
      AT(nat), NULL, 0, 0 },
    { "port", "Port; left out: 443. An Edge pool of a single address has 5061, 444 and 443",
      &lp_kind_port, AT(port), NULL, 0, 0 },
    END,
#undef AT
};

static const struct lp_section service_section = { "an Edge service",
                                                   service_keys,
                                                   sizeof(struct lp_edge_service),
                                                   offsetof(struct lp_edge_service, mark),
                                                   true,
                                                   NULL };

static const struct lp_key pool_keys[] = {
#define AT(m) offsetof(struct lp_pool, m)
    { "fqdn",
      "Full host name of the pool or server; of an Edge pool the internal one, which may be left "
      "out: then only its outside is checked",
      &lp_kind_host, AT(fqdn), NULL, ALL, ALL & ~(BIT(LP_ROLE_PROXY) | BIT(LP_ROLE_EDGE)) },
    { "members", "Its servers; left out: it is a single server", &lp_kind_list, AT(members),
      &member_section, ALL & ~SINGLE, 0 },
    { "addresses",
      "Addresses of the load balancer, or of the single server; left out: those of the members "
      "(DNS load balancing), else DNS is asked",
      &lp_kind_addresses, AT(addresses), NULL, ALL, 0 },
    { "web", "Web Services FQDNs", &lp_kind_map, 0, &web_section, WEB, 0 },
    { "backup-pool", "FQDN of the pool that takes over", &lp_kind_host, AT(backup_pool), NULL,
      REGISTRARS, 0 },
    { "next-hop",
      "FQDN of the Director or pool that authenticates users from outside; left out: the first "
      "Director, else the first pool",
      &lp_kind_host, AT(next_hop), NULL, EDGE, 0 },
    { "access", "Access Edge service", &lp_kind_map, AT(access), &service_section, EDGE, 0 },
    { "conferencing", "Web Conferencing Edge service", &lp_kind_map, AT(conferencing),
      &service_section, EDGE, 0 },
    { "av", "A/V Edge service", &lp_kind_map, AT(av), &service_section, EDGE, 0 },
    { "publishes",
      "Hosts that it publishes; left out: all web hosts of the deployment that are meant for the "
      "outside",
      &lp_kind_hosts, AT(publishes), NULL, BIT(LP_ROLE_PROXY), 0 },
    { "port", "Port of a named instance, or of the UM service; left out: the usual one",
      &lp_kind_port, AT(port), NULL, BIT(LP_ROLE_SQL) | BIT(LP_ROLE_UM), 0 },
    { "root",
      "CA of the certificate (Edge: of the external one): private or public; left out: as usual "
      "for the role",
      &lp_kind_root, AT(root), NULL, ALL & ~BIT(LP_ROLE_SQL), 0 },
    { "compliance", "With a compliance server", &lp_kind_flag, AT(compliance), NULL,
      BIT(LP_ROLE_CHAT), 0 },
    END,
#undef AT
};

static const struct lp_section pool_section = {
    "a pool", pool_keys, sizeof(struct lp_pool), offsetof(struct lp_pool, mark), true, NULL
};

/* ---- the rest ---- */

static const struct lp_key feature_keys[] = {
#define X(id, word, fallback, title)                                 \
    { word,                                                          \
      (fallback) ? title "; left out: on" : title "; left out: off", \
      &lp_kind_feature,                                              \
      id,                                                            \
      NULL,                                                          \
      0,                                                             \
      0 },
    LP_FEATURES(X)
#undef X
        END,
};

static const struct lp_section feature_section = {
    "the features", feature_keys, 0, 0, false, NULL
};

static const struct lp_key hosting_keys[] = {
#define AT(m) offsetof(struct lp_topology, m)
    { "cloud",
      "SIP domains all of whose users are in the cloud: the four records lead there, none inside "
      "leads to these servers",
      &lp_kind_domains, AT(cloud), NULL, 0, 0 },
    { "hybrid",
      "SIP domains some of whose users are in the cloud: the records stay with these servers, "
      "which send those users on; needs federation",
      &lp_kind_domains, AT(hybrid), NULL, 0, 0 },
    END,
#undef AT
};

static const struct lp_section hosting_section = {
    "the hosting cloud", hosting_keys, 0, 0, false, NULL
};

static const struct lp_key url_keys[] = {
    { "meet", "Meetings: one for each SIP domain, or one for all", &lp_kind_urls, LP_URL_MEET, NULL,
      0, 0 },
    { "dialin", "Dial-in page: one", &lp_kind_url, LP_URL_DIALIN, NULL, 0, 0 },
    { "admin", "Control panel, inside only: one", &lp_kind_url, LP_URL_ADMIN, NULL, 0, 0 },
    END,
};

static const struct lp_section url_section = { "the simple URLs", url_keys, 0, 0, false, NULL };

static const struct lp_key threshold_keys[] = {
#define AT(m) offsetof(struct lp_topology, m)
    { "days-warning", "A certificate that expires within so many days is a warning", &lp_kind_days,
      AT(days_warning), NULL, 0, 0 },
    { "days-critical", "A certificate that expires within so many days is critical", &lp_kind_days,
      AT(days_critical), NULL, 0, 0 },
    END,
#undef AT
};

static const struct lp_section threshold_section = {
    "the thresholds", threshold_keys, 0, offsetof(struct lp_topology, thresholds_mark), true, NULL
};

static const struct lp_key required_keys[] = {
#define AT(m) offsetof(struct lp_required, m)
    { "name", "Owner name of the record", &lp_kind_host, AT(name), NULL, 0, MUST },
    { "type", "A (an IPv4 or IPv6 address) or SRV; left out: A", &lp_kind_type, AT(type), NULL, 0,
      0 },
    { "view", "internal or external; left out: both", &lp_kind_view, 0, NULL, 0, 0 },
    { "addresses", "A: what the addresses must be; left out: any", &lp_kind_addresses,
      AT(addresses), NULL, 0, 0 },
    { "target", "SRV: what the target must be; left out: any", &lp_kind_host, AT(target), NULL, 0,
      0 },
    { "port", "SRV: what the port must be; left out: any", &lp_kind_port, AT(port), NULL, 0, 0 },
    END,
#undef AT
};

static const struct lp_required any_required = { .type = LP_DNS_A,
                                                 .internal = true,
                                                 .external = true };

static const struct lp_section required_section = { "a required name",
                                                    required_keys,
                                                    sizeof(struct lp_required),
                                                    offsetof(struct lp_required, mark),
                                                    true,
                                                    &any_required };

static const struct lp_key waiver_keys[] = {
#define AT(m) offsetof(struct lp_waiver, m)
    { "id", "Finding that is accepted for a time", &lp_kind_finding, AT(id), NULL, 0, MUST },
    { "subject", "Pattern for the finding's subject, with * and ?; left out: every subject",
      &lp_kind_text, AT(subject), NULL, 0, 0 },
    { "reason", "Why it is accepted", &lp_kind_text, AT(reason), NULL, 0, MUST },
    { "from", "When it begins (UTC); left out: always", &lp_kind_from, AT(from), NULL, 0, 0 },
    { "until", "When it ends (UTC); of a day, its end", &lp_kind_until, AT(until), NULL, 0, MUST },
    END,
#undef AT
};

static const struct lp_waiver any_waiver = { .from = LP_UTC_NONE };

static const struct lp_section waiver_section = {
    "a waiver", waiver_keys, sizeof(struct lp_waiver), offsetof(struct lp_waiver, mark),
    true,       &any_waiver
};

static const struct lp_key top_keys[] = {
#define AT(m) offsetof(struct lp_topology, m)
    { "generation",
      "Release of the servers: lync2013, sfb2015 or sfb2019 (Subscription Edition too); left out: "
      "lync2013",
      &lp_kind_generation, AT(generation), NULL, 0, 0 },
    { "sip-domains", "SIP domains; the first one is the default", &lp_kind_domains, AT(sip_domains),
      NULL, 0, MUST },
    { "ad-domain", "DNS domain of the servers; left out: that of the first pool", &lp_kind_domain,
      AT(ad_domain), NULL, 0, 0 },
    { "hosting", "SIP domains with users in the hosting cloud; left out: all are on-premises",
      &lp_kind_map, 0, &hosting_section, 0, 0 },
    { "features", "What is used; the open ports and the records of the rest are not expected",
      &lp_kind_map, 0, &feature_section, 0, 0 },
#define X(id, word, section, title) \
    { section, title ", an element for each", &lp_kind_pools, id, &pool_section, 0, 0 },
    LP_ROLES(X)
#undef X
        { "simple-urls", "Simple URLs", &lp_kind_map, 0, &url_section, 0, 0 },
    { "private-roots", "PEM files with the company's roots, beside this file", &lp_kind_files,
      AT(private_roots), NULL, 0, 0 },
    { "thresholds", "When certificates are near their end", &lp_kind_map, 0, &threshold_section, 0,
      0 },
    { "require", "More names that must exist", &lp_kind_list, AT(required), &required_section, 0,
      0 },
    { "waivers", "Findings that are known and accepted for a time", &lp_kind_list, AT(waivers),
      &waiver_section, 0, 0 },
    { "compare",
      "For names with * and ?, what compare takes for meant: same (must be the same), differ (may "
      "differ), inside-only, outside-only; the first that fits counts",
      &lp_kind_rules, AT(compare), NULL, 0, 0 },
    END,
#undef AT
};

const struct lp_section lp_topology_section = { "the topology", top_keys, 0, 0, false, NULL };

bool lp_key_fits(const struct lp_key *key, enum lp_role role)
{
    return role == LP_ROLE_COUNT || !key->roles || (key->roles & BIT(role));
}
