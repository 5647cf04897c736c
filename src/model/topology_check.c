/* topology_check.c - what contradicts itself in a file whose keys are all right */
#include "lp/facts.h"
#include "lp/name.h"
#include "lp/near.h"
#include "lp/text.h"
#include "lp/topology_keys.h"

#define BIT(role) (1u << (role))

static bool fail(struct lp_topology_reading *r, struct lp_mark mark, const char *expected,
                 struct lp_str found)
{
    return lp_topology_fail(
        r, mark,
        lp_arena_printf(r->arena, "expected %s, found %s", expected, lp_word(r->arena, found)).p);
}

/* ---- pools that other pools name ---- */

static bool is_among(const struct lp_pool *pool, uint32_t roles)
{
    return (BIT(pool->role) & roles) != 0;
}

static const struct lp_pool *pool_among(const struct lp_topology *t, uint32_t roles,
                                        struct lp_str fqdn)
{
    const struct lp_pool *pools = t->pools.at;
    for (size_t i = 0; i < t->pools.n; i++) {
        if (is_among(&pools[i], roles) && lp_str_eq(pools[i].fqdn, fqdn))
            return &pools[i];
    }
    return NULL;
}

static const struct lp_pool *nearest_among(const struct lp_topology *t, uint32_t roles,
                                           struct lp_str fqdn)
{
    const struct lp_pool *pools = t->pools.at, *best = NULL;
    for (size_t i = 0; i < t->pools.n; i++) {
        if (is_among(&pools[i], roles) &&
            (!best || lp_edit_distance(pools[i].fqdn, fqdn) < lp_edit_distance(best->fqdn, fqdn)))
            best = &pools[i];
    }
    return best;
}

/* A key whose value is the FQDN of another pool. */
struct link {
    size_t offset; /* in the struct lp_pool */
    uint32_t roles;
    const char *expected;
};

static const struct link links[] = {
    { offsetof(struct lp_pool, backup_pool), BIT(LP_ROLE_FRONT_END) | BIT(LP_ROLE_STANDARD),
      "backup-pool as another Front End pool or Standard Edition server of this file" },
    { offsetof(struct lp_pool, next_hop),
      BIT(LP_ROLE_DIRECTOR) | BIT(LP_ROLE_FRONT_END) | BIT(LP_ROLE_STANDARD),
      "next-hop as a Director, Front End pool or Standard Edition server of this file" },
};

static bool check_link(struct lp_topology_reading *r, const struct lp_pool *pool,
                       const struct link *link)
{
    const struct lp_str *fqdn = (const void *)((const char *)pool + link->offset);
    const struct lp_pool *other = pool_among(r->out, link->roles, *fqdn);
    if (!fqdn->n || (other && other != pool))
        return true;
    const struct lp_pool *near = nearest_among(r->out, link->roles, *fqdn);
    if (!near || near == pool)
        return fail(r, pool->mark, link->expected, *fqdn);
    return lp_topology_fail(r, pool->mark,
                            lp_arena_printf(r->arena, "expected %s, found %s; did you mean %s?",
                                            link->expected, lp_word(r->arena, *fqdn),
                                            lp_word(r->arena, near->fqdn))
                                .p);
}

static bool check_service(struct lp_topology_reading *r, const struct lp_edge_service *service)
{
    if (!service->addresses.n || service->nat.n <= service->addresses.n)
        return true;
    return lp_topology_fail(r, service->mark, "expected no more nat addresses than addresses");
}

static bool check_pool(struct lp_topology_reading *r, const struct lp_pool *pool)
{
    for (size_t i = 0; i < LP_COUNT(links); i++) {
        if (!check_link(r, pool, &links[i]))
            return false;
    }
    return check_service(r, &pool->access) && check_service(r, &pool->conferencing) &&
           check_service(r, &pool->av);
}

static bool check_pools(struct lp_topology_reading *r)
{
    const struct lp_pool *pools = r->out->pools.at;
    for (size_t i = 0; i < r->out->pools.n; i++) {
        if (!check_pool(r, &pools[i]))
            return false;
    }
    return true;
}

/* ---- simple URLs (domain.md 7.3) ---- */

/* Is one's path the other's, or does it lead to it ("/" to all, "/a" to "/a/b")? */
static bool is_prefix(const struct lp_simple_url *a, const struct lp_simple_url *b)
{
    struct lp_str begin = lp_str_sub(b->path, 0, a->path.n);
    if (!lp_str_eq(a->host, b->host) || !lp_str_eq_nocase(a->path, begin))
        return false;
    return a->path.n == 1 || b->path.n == a->path.n || b->path.p[a->path.n] == '/';
}

/* A simple URL has a host of its own: not that of a pool or server. */
static bool is_server(const struct lp_topology *t, struct lp_str host)
{
    const struct lp_pool *pools = t->pools.at;
    for (size_t i = 0; i < t->pools.n; i++) {
        const struct lp_member *members = pools[i].members.at;
        if (pools[i].role != LP_ROLE_PROXY && lp_str_eq(pools[i].fqdn, host))
            return true;
        for (size_t k = 0; k < pools[i].members.n; k++) {
            if (lp_str_eq(members[k].fqdn, host))
                return true;
        }
    }
    return false;
}

static bool check_url(struct lp_topology_reading *r, size_t i)
{
    const struct lp_simple_url *urls = r->out->urls.at;
    if (is_server(r->out, urls[i].host))
        return fail(r, urls[i].mark, "a simple URL with another host than a pool or server",
                    urls[i].host);
    for (size_t k = 0; k < i; k++) {
        if (is_prefix(&urls[i], &urls[k]) || is_prefix(&urls[k], &urls[i]))
            return lp_topology_fail(
                r, urls[i].mark,
                lp_arena_printf(r->arena,
                                "expected simple URLs of which none begins with another, found %s "
                                "and %s (line %lld)",
                                lp_word(r->arena, urls[i].url), lp_word(r->arena, urls[k].url),
                                (long long)urls[k].mark.line)
                    .p);
    }
    return true;
}

static bool check_urls(struct lp_topology_reading *r)
{
    for (size_t i = 0; i < r->out->urls.n; i++) {
        if (!check_url(r, i))
            return false;
    }
    return true;
}

/* ---- the rest ---- */

static bool check_required(struct lp_topology_reading *r)
{
    const struct lp_required *required = r->out->required.at;
    for (size_t i = 0; i < r->out->required.n; i++) {
        bool srv = required[i].type == LP_DNS_SRV;
        if (srv && required[i].addresses.n)
            return lp_topology_fail(r, required[i].mark, "expected no addresses with type SRV");
        if (!srv && (required[i].target.n || required[i].port))
            return lp_topology_fail(r, required[i].mark,
                                    "expected target and port with type SRV only");
    }
    return true;
}

static bool check_waivers(struct lp_topology_reading *r)
{
    const struct lp_waiver *waivers = r->out->waivers.at;
    for (size_t i = 0; i < r->out->waivers.n; i++) {
        if (waivers[i].from != LP_UTC_NONE && waivers[i].from >= waivers[i].until)
            return lp_topology_fail(r, waivers[i].mark,
                                    "expected a waiver that ends after it began");
    }
    return true;
}

static bool check_thresholds(struct lp_topology_reading *r)
{
    const struct lp_topology *t = r->out;
    if (t->days_warning < 0 || t->days_critical <= t->days_warning)
        return true;
    return lp_topology_fail(r, t->thresholds_mark,
                            "expected days-critical to be no more than days-warning");
}

bool lp_topology_check(struct lp_topology_reading *reading)
{
    return check_thresholds(reading) && check_pools(reading) && lp_topology_check_claims(reading) &&
           lp_topology_check_hosting(reading) && check_urls(reading) && check_required(reading) &&
           check_waivers(reading);
}
