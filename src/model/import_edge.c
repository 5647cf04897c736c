/* import_edge.c - an Edge pool of the document: its outside services by their ports (domain.md 8.3)
 */
#include "lp/topology_import_parts.h"

/* The port that names a service, and where the service stands in a pool. */
static const struct {
    const char *owner, *usage;
    size_t offset;
    const char *title;
} services[] = {
    { "urn:component:AccessEdge", "SipClient", offsetof(struct lp_pool, access), "Access Edge" },
    { "urn:component:DataEdge", "PsomClient", offsetof(struct lp_pool, conferencing),
      "Web Conferencing Edge" },
    { "urn:component:MediaRelayEdge", "TURNServer", offsetof(struct lp_pool, av), "A/V Edge" },
};

/* 3478/UDP belongs to the A/V Edge too, but 443/TCP is what its port means. */
static bool is_port_of(const struct lp_cs_port *port, size_t row)
{
    return lp_str_eq_nocase(port->owner, lp_str_of(services[row].owner)) &&
           lp_str_eq_nocase(port->usage, lp_str_of(services[row].usage)) &&
           lp_str_eq_nocase(port->side, LP_STR("External")) &&
           !lp_str_eq(port->port, LP_STR("3478"));
}

/* The outside addresses that bear the number, of every machine of the pool. */
static void fill_addresses(struct lp_import *im, const struct lp_import_host *host,
                           struct lp_str number, struct lp_edge_service *service)
{
    const struct lp_cs_interface *all = im->doc->interfaces.at;
    const struct lp_cs_cluster *clusters = im->doc->clusters.at;
    size_t machine, first, count;
    size_t n = lp_import_items(&im->doc->machines, sizeof(struct lp_cs_machine),
                               (size_t)(host->cluster - clusters), &machine);
    for (size_t end = machine + n; machine < end; machine++) {
        count = lp_import_items(&im->doc->interfaces, sizeof *all, machine, &first);
        for (size_t i = first; i < first + count; i++) {
            if (!lp_str_eq_nocase(all[i].side, LP_STR("External")) ||
                !lp_str_eq(all[i].number, number))
                continue;
            lp_import_address(im, all[i].address, &service->addresses);
            lp_import_address(im, all[i].configured, &service->nat);
        }
    }
}

static void ask_public(struct lp_import *im, const struct lp_edge_service *service)
{
    const struct lp_addr *at = service->addresses.at;
    if (service->addresses.n == 0)
        lp_note_add(im->arena, im->notes, service->fqdn.p,
                    "No address in the document: which ones? Left out, DNS is asked.");
    if (service->addresses.n == 0 || service->nat.n ||
        lp_addr_class(&at[0], NULL, 0) != LP_CLASS_INSIDE)
        return;
    lp_note_add(im->arena, im->notes, service->fqdn.p,
                "A private address: which ones does the Internet see? nat: [203.0.113.10]");
}

static void fill_service(struct lp_import *im, const struct lp_import_host *host,
                         const struct lp_cs_port *port, struct lp_edge_service *service)
{
    uint64_t number = 0;
    service->fqdn = lp_import_name(im, port->fqdn, host->by[LP_JOB_EDGE]->line);
    if (!service->fqdn.n)
        return;
    if (lp_str_to_u64(port->port, 65535, &number) && number != 443)
        service->port = (int64_t)number;
    fill_addresses(im, host, port->number, service);
    ask_public(im, service);
}

static void fill_next_hop(struct lp_import *im, const struct lp_import_host *host,
                          struct lp_pool *pool)
{
    const struct lp_cs_service *on;
    struct lp_str usage;
    size_t at = 0;
    while (!pool->next_hop.n &&
           (on = lp_import_dependency(im, host->by[LP_JOB_EDGE], &at, &usage))) {
        const struct lp_import_host *other = lp_import_host_of(im, on);
        if (other && other->by[LP_JOB_REGISTRAR] == on && other->role != LP_ROLE_BRANCH)
            pool->next_hop = other->fqdn;
    }
}

void lp_import_edge(struct lp_import *im, const struct lp_import_host *host, struct lp_pool *pool)
{
    const struct lp_cs_service *all = im->doc->services.at;
    const struct lp_cs_port *ports = im->doc->ports.at;
    size_t first, n = lp_import_items(&im->doc->ports, sizeof *ports,
                                      (size_t)(host->by[LP_JOB_EDGE] - all), &first);
    for (size_t row = 0; row < LP_COUNT(services); row++) {
        struct lp_edge_service *service =
            (struct lp_edge_service *)(void *)((char *)pool + services[row].offset);
        for (size_t i = first; i < first + n && !service->fqdn.n; i++) {
            if (is_port_of(&ports[i], row))
                fill_service(im, host, &ports[i], service);
        }
        if (!service->fqdn.n)
            lp_note_add(im->arena, im->notes, pool->fqdn.p,
                        "The document names no %s: is there none?", services[row].title);
    }
    fill_next_hop(im, host, pool);
}
