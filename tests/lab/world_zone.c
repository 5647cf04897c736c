/* world_zone.c - the records of a topology, as the plan has them */
#include "world.h"

#include "lp/facts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { SRV = 33, A = 1, AAAA = 28, CNAME = 5, NS = 2 };

static bool is_planned(const struct lp_expectation *e, bool internal)
{
    return e->kind == LP_EXPECT_DNS && e->internal == internal && !e->dns.absent && !e->optional;
}

const struct lp_list *lab_planned(const struct lab_world *world, bool internal, struct lp_str name)
{
    for (size_t i = 0; i < world->expect.n; i++) {
        const struct lp_expectation *e = &world->expect.at[i];

        if (is_planned(e, internal) && e->dns.planned > 0 && e->dns.type != SRV &&
            lp_str_eq_nocase(e->dns.owner, name))
            return &e->dns.addresses;
    }
    return NULL;
}

static void put(struct lab_server *server, const char *owner, uint16_t type, const char *data)
{
    for (size_t i = 0; i < server->node_count; i++) {
        const struct lab_node *n = &server->nodes[i];

        if (n->type == type && strcasecmp(n->owner, owner) == 0 && strcmp(n->data, data) == 0)
            return;
    }
    lab_node_add(server, owner, type, data);
}

static void put_addresses(struct lab_world *world, struct lab_server *server, const char *owner,
                          const struct lp_list *list, size_t n)
{
    const struct lp_addr *at = list->at;

    for (size_t i = 0; i < n; i++)
        put(server, owner, at[i].family == 4 ? A : AAAA, lab_address_text(world, &at[i]));
}

static void put_record(struct lab_world *world, struct lab_server *server,
                       const struct lp_expectation *e)
{
    const struct lp_expect_dns *dns = &e->dns;
    const char *owner = lab_text(world, dns->owner);
    const struct lp_str *targets = dns->targets.at;
    char data[160];

    if (dns->type == SRV) {
        snprintf(data, sizeof data, "%d %d %u %s", (int)dns->priority, (int)dns->weight,
                 (unsigned)dns->port, dns->targets.n == 0 ? "" : lab_text(world, targets[0]));
        put(server, owner, SRV, data);
    } else if (dns->planned > 0) {
        put_addresses(world, server, owner, &dns->addresses, dns->planned);
    } else if (dns->target.n != 0) {
        put(server, owner, CNAME, lab_text(world, dns->target));
    }
}

/* The domain that holds a host: behind its first label, or behind those of a service. */
static const char *parent(const char *name)
{
    do {
        name = strchr(name, '.');
        if (name == NULL)
            return "";
        name++;
    } while (*name == '_');
    return name;
}

static void add_zones(struct lab_world *world, struct lab_server *server)
{
    const struct lp_topology *t = &world->topology;
    const struct lp_marked *domains = t->sip_domains.at;

    for (size_t i = 0; i < t->sip_domains.n; i++)
        lab_zone_add(server, lab_text(world, domains[i].text));
    if (t->ad_domain.text.n != 0)
        lab_zone_add(server, lab_text(world, t->ad_domain.text));
    for (size_t i = 0; i < server->node_count; i++)
        if (lab_zone_apex(server, server->nodes[i].owner) == NULL)
            lab_zone_add(server, lab_text(world, lp_str_of(parent(server->nodes[i].owner))));
}

/* The hosts of the hosting cloud, which every resolver knows. */
static void put_cloud(const struct lab *lab, struct lab_server *server)
{
    static const char *const hosts[][2] = { { "webdir.online.lync.com", "cloudweb" },
                                            { "sipdir.online.lync.com", "cloudsip" },
                                            { "sipfed.online.lync.com", "cloudsip" } };

    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
        put(server, hosts[i][0], A, lab_site_v4(lab, lab_site_find(hosts[i][1])));
}

void lab_world_zone(const struct lab *lab, struct lab_server *server)
{
    struct lab_world *world = lab->world;
    bool internal = server->view == LAB_INTERNAL;
    char name[128];

    for (size_t i = 0; i < world->expect.n; i++)
        if (is_planned(&world->expect.at[i], internal) &&
            !lab_zone_hides(lab, server, lab_text(world, world->expect.at[i].dns.owner)))
            put_record(world, server, &world->expect.at[i]);
    snprintf(name, sizeof name, "pki.%s", lab_domain(lab));
    put(server, name, A, internal ? LAB_PKI_INSIDE : LAB_PKI_OUTSIDE);
    if (world->topology.cloud.n != 0)
        put_cloud(lab, server);
    add_zones(world, server);
    for (size_t i = 0; i < server->zone_count; i++) {
        snprintf(name, sizeof name, "ns1.%s", server->zones[i]);
        put(server, server->zones[i], NS, name);
    }
}
