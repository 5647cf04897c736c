/* topology_import.c - the product's topology document as a topology */
#include "lp/topology_import.h"

#include "lp/name.h"
#include "lp/topology_import_parts.h"

/* ---- SIP domains ---- */

static bool is_known(const struct lp_topology *t, struct lp_str domain)
{
    const struct lp_marked *at = t->sip_domains.at;
    for (size_t i = 0; i < t->sip_domains.n; i++) {
        if (lp_name_eq(at[i].text, domain))
            return true;
    }
    return false;
}

static void take_domain(struct lp_import *im, struct lp_str text, int64_t line)
{
    struct lp_marked domain = { .text = lp_import_name(im, text, line) };
    if (domain.text.n && !is_known(im->topology, domain.text))
        lp_list_push(im->arena, &im->topology->sip_domains, &domain, sizeof domain);
}

/* The default one first. */
static bool take_domains(struct lp_import *im, struct lp_error *error)
{
    const struct lp_cs_domain *all = im->doc->domains.at;
    if (im->doc->domains.n > LP_IMPORT_DOMAINS_MAX)
        return lp_fail(error, "more than %d SIP domains", LP_IMPORT_DOMAINS_MAX);
    take_domain(im, im->doc->default_domain, im->doc->domains.n ? all[0].line : 0);
    for (size_t i = 0; i < im->doc->domains.n; i++)
        take_domain(im, all[i].name, all[i].line);
    return im->topology->sip_domains.n ||
           lp_fail(error, "no SIP domain: InternalDomains is missing or holds no name");
}

/* ---- pools ---- */

/* In the order of the roles. A computer that two clusters name is taken once. */
static void take_role(struct lp_import *im, enum lp_role role)
{
    struct lp_topology *t = im->topology;
    for (size_t i = 0; i < im->doc->clusters.n; i++) {
        const struct lp_import_host *host = &im->hosts[i];
        struct lp_pool pool;
        if (host->role != role || !host->fqdn.n || lp_topology_pool(t, LP_ROLE_COUNT, host->fqdn) ||
            t->pools.n > LP_IMPORT_POOLS_MAX)
            continue;
        lp_import_pool(im, host, &pool);
        lp_list_push(im->arena, &t->pools, &pool, sizeof pool);
    }
}

static bool take_pools(struct lp_import *im, struct lp_error *error)
{
    for (enum lp_role role = 0; role < LP_ROLE_COUNT; role++)
        take_role(im, role);
    if (im->topology->pools.n > LP_IMPORT_POOLS_MAX)
        return lp_fail(error, "more than %d pools", LP_IMPORT_POOLS_MAX);
    return im->topology->pools.n ||
           lp_fail(error, "no pool: no cluster with a service of a known role");
}

/* ---- what no such document says ---- */

static const struct {
    const char *at, *text;
} remarks[] = {
    { "", "Imported from a topology document. What it cannot know stands as a comment:\n"
          "look at each question, then: lyncprobe plan -t FILE, lyncprobe check -t FILE.\n"
          "DNS records are not in it either; lyncprobe plan prints those that follow from it.\n"
          "Where it gives 0.0.0.0 as an address, none stands here, and DNS is asked.\n" },
    { "ad-domain", "Left out, the AD domain is the zone of the first pool. ad-domain: ..." },
    { "front-end-pools",
      "A load balancer in front of a pool is not in the document: which address has it?\n"
      "addresses: [10.0.1.10]; left out, the pool is balanced by DNS." },
    { "reverse-proxies", "Reverse proxies are not in the document. Which addresses have they?\n"
                         "reverse-proxies:\n"
                         "  - {addresses: [203.0.113.20]}" },
    { "exchange-um-servers", "Exchange UM and AD FS servers are not in the document either." },
    { "private-roots", "Certificates are not in the document. Does a CA of your own issue those of "
                       "the inside?\n"
                       "private-roots: [ca.pem]" },
};

static void remark(struct lp_import *im)
{
    for (size_t i = 0; i < LP_COUNT(remarks); i++)
        lp_note_add(im->arena, im->notes, remarks[i].at, "%s", remarks[i].text);
}

bool lp_topology_import(const struct lp_cs_doc *doc, struct lp_arena *arena, struct lp_noted *out,
                        struct lp_error *error)
{
    struct lp_import im = {
        .doc = doc, .arena = arena, .topology = &out->topology, .notes = &out->notes
    };
    *out = (struct lp_noted){ .topology = { .days_warning = -1, .days_critical = -1 } };
    remark(&im);
    if (!take_domains(&im, error))
        return false;
    lp_import_hosts(&im);
    if (!take_pools(&im, error))
        return false;
    lp_import_features(&im);
    lp_import_urls(&im);
    return true;
}
