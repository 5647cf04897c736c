/* fuzz_topology.c - topology files: any bytes; what is read keeps its word, what is not has a place
 */
#include <stdint.h>
#include <stdio.h>

#include "lp/name.h"
#include "lp/topology.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
    if (!claim)
        __builtin_trap();
}

static void check_addresses(const struct lp_list *list)
{
    const struct lp_addr *at = list->at;
    must(list->n <= LP_TOPOLOGY_LIST_MAX);
    for (size_t i = 0; i < list->n; i++)
        must(at[i].family == 4 || at[i].family == 6);
}

static void check_host(struct lp_str host)
{
    must(lp_name_is_host(host) && lp_str_find(host, '.') < host.n);
}

static void check_service(const struct lp_edge_service *service)
{
    if (service->mark.line)
        check_host(service->fqdn);
    check_addresses(&service->addresses);
    check_addresses(&service->nat);
    must(service->port >= 0 && service->port <= 65535);
}

static void check_pool(const struct lp_pool *pool)
{
    const struct lp_member *members = pool->members.at;
    must(pool->role < LP_ROLE_COUNT && pool->mark.line > 0 && pool->mark.column > 0);
    if ((pool->role != LP_ROLE_PROXY && pool->role != LP_ROLE_EDGE) || pool->fqdn.p)
        check_host(pool->fqdn);
    check_addresses(&pool->addresses);
    for (size_t i = 0; i < pool->members.n; i++) {
        check_host(members[i].fqdn);
        check_addresses(&members[i].addresses);
    }
    check_service(&pool->access);
    check_service(&pool->conferencing);
    check_service(&pool->av);
}

static void check_topology(const struct lp_topology *t)
{
    const struct lp_pool *pools = t->pools.at;
    const struct lp_marked *domains = t->sip_domains.at;
    const struct lp_simple_url *urls = t->urls.at;
    const struct lp_waiver *waivers = t->waivers.at;
    must(t->sip_domains.n > 0 && t->digest.n == 64);
    for (size_t i = 0; i < t->sip_domains.n; i++)
        check_host(domains[i].text);
    for (size_t i = 0; i < t->pools.n; i++) {
        must(i == 0 || pools[i - 1].role <= pools[i].role);
        check_pool(&pools[i]);
    }
    for (size_t i = 0; i < t->urls.n; i++)
        must(urls[i].path.n > 0 && urls[i].path.p[0] == '/' && urls[i].host.n > 0);
    for (size_t i = 0; i < t->waivers.n; i++)
        must(waivers[i].reason.n > 0 && waivers[i].until > waivers[i].from);
}

/* "f:LINE:COLUMN: ..." */
static void check_error(const struct lp_error *error)
{
    struct lp_str rest = lp_str_of(error->text);
    uint64_t line = 0;
    uint64_t column = 0;
    must(lp_str_eq(lp_str_cut(&rest, ':'), LP_STR("f")));
    must(lp_str_to_u64(lp_str_cut(&rest, ':'), INT32_MAX, &line) && line > 0);
    must(lp_str_to_u64(lp_str_cut(&rest, ':'), INT32_MAX, &column) && column > 0);
    must(rest.n > 10);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_topology topology;
    struct lp_str bytes = { (const char *)data, size };
    if (lp_topology_read(&arena, &(struct lp_topology_text){ LP_STR("f"), bytes }, &topology,
                         &error))
        check_topology(&topology);
    else
        check_error(&error);
    lp_arena_release(&arena);
    return 0;
}
