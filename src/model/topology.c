/* topology.c - words of a topology, and finding things in it */
#include "lp/topology.h"

#include "lp/name.h"

const char *lp_generation_word(enum lp_generation generation)
{
    static const char *const words[] = { "lync2013", "sfb2015", "sfb2019" };
    return words[generation];
}

static const struct {
    const char *word, *section, *title;
} roles[] = {
#define X(id, word, section, title) { word, section, title },
    LP_ROLES(X)
#undef X
};

const char *lp_role_word(enum lp_role role)
{
    return roles[role].word;
}

const char *lp_role_section(enum lp_role role)
{
    return roles[role].section;
}

const char *lp_role_title(enum lp_role role)
{
    return roles[role].title;
}

const char *lp_feature_word(enum lp_feature feature)
{
    static const char *const words[] = {
#define X(id, word, fallback, title) word,
        LP_FEATURES(X)
#undef X
    };
    return words[feature];
}

const char *lp_url_kind_word(enum lp_url_kind kind)
{
    static const char *const words[] = { "meet", "dialin", "admin" };
    return words[kind];
}

const struct lp_pool *lp_topology_pool(const struct lp_topology *topology, enum lp_role role,
                                       struct lp_str fqdn)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if ((role == LP_ROLE_COUNT || pools[i].role == role) && lp_name_eq(pools[i].fqdn, fqdn))
            return &pools[i];
    }
    return NULL;
}

static bool is_host_of(const struct lp_pool *pool, struct lp_str host)
{
    const struct lp_str names[] = { pool->fqdn,        pool->web_internal,      pool->web_external,
                                    pool->access.fqdn, pool->conferencing.fqdn, pool->av.fqdn };
    const struct lp_member *members = pool->members.at;
    for (size_t i = 0; i < LP_COUNT(names); i++) {
        if (names[i].n && lp_name_eq(names[i], host))
            return true;
    }
    for (size_t i = 0; i < pool->members.n; i++) {
        if (lp_name_eq(members[i].fqdn, host))
            return true;
    }
    return false;
}

const struct lp_pool *lp_topology_pool_of_host(const struct lp_topology *topology,
                                               struct lp_str host)
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (is_host_of(&pools[i], host))
            return &pools[i];
    }
    return NULL;
}

struct lp_list lp_edge_public(const struct lp_edge_service *service)
{
    return service->nat.n ? service->nat : service->addresses;
}

/* ---- whose address is it? ---- */

static bool is_outside_of(const struct lp_pool *pool, const struct lp_addr *address)
{
    struct lp_list lists[] = { lp_edge_public(&pool->access), lp_edge_public(&pool->conferencing),
                               lp_edge_public(&pool->av) };
    if (pool->role == LP_ROLE_PROXY || pool->role == LP_ROLE_ADFS_PROXY)
        return lp_list_has_addr(&pool->addresses, address);
    for (size_t i = 0; i < LP_COUNT(lists); i++) {
        if (lp_list_has_addr(&lists[i], address))
            return true;
    }
    return false;
}

static bool is_inside_of(const struct lp_pool *pool, const struct lp_addr *address)
{
    const struct lp_member *members = pool->members.at;
    if (pool->role == LP_ROLE_PROXY || pool->role == LP_ROLE_ADFS_PROXY)
        return false;
    for (size_t i = 0; i < pool->members.n; i++) {
        if (lp_list_has_addr(&members[i].addresses, address))
            return true;
    }
    return lp_list_has_addr(&pool->addresses, address);
}

static bool is_of(const struct lp_topology *topology, const struct lp_addr *address,
                  bool (*of)(const struct lp_pool *, const struct lp_addr *))
{
    const struct lp_pool *pools = topology->pools.at;
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (of(&pools[i], address))
            return true;
    }
    return false;
}

bool lp_topology_calls_internal(const struct lp_topology *topology, const struct lp_addr *address)
{
    return is_of(topology, address, is_inside_of) && !is_of(topology, address, is_outside_of);
}

bool lp_topology_calls_external(const struct lp_topology *topology, const struct lp_addr *address)
{
    return is_of(topology, address, is_outside_of) && !is_of(topology, address, is_inside_of);
}
