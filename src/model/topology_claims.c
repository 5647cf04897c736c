/* topology_claims.c - names and addresses that two servers of a file cannot both have */
#include <stdlib.h>

#include "lp/text.h"
#include "lp/topology_keys.h"

enum {
    SQL = 1433,
    HTTPS = 443,
    BACK = 16, /* claims of one address that each new one is compared with */
};

enum claim_kind { OF_POOL, OF_MEMBER, OF_WEB, OF_SERVICE };

/* "This name, or port of this address, is mine." */
struct claim {
    enum claim_kind kind;
    struct lp_str name;     /* unset: it is an address */
    struct lp_addr address; /* family 0: it is a name */
    int64_t port;           /* 0: all ports */
    const struct lp_pool *pool;
    const void *owner; /* pool, member or service */
    struct lp_mark mark;
};

struct claims {
    struct lp_arena *arena;
    struct lp_list list; /* struct claim */
};

/* ---- collecting ---- */

static void claim_name(struct claims *c, struct claim claim, struct lp_str name)
{
    claim.name = name;
    if (name.n)
        lp_list_push(c->arena, &c->list, &claim, sizeof claim);
}

static void claim_addresses(struct claims *c, struct claim claim, const struct lp_list *addresses)
{
    const struct lp_addr *at = addresses->at;
    for (size_t i = 0; i < addresses->n; i++) {
        claim.address = at[i];
        lp_list_push(c->arena, &c->list, &claim, sizeof claim);
    }
}

static void claim_service(struct claims *c, const struct lp_pool *pool,
                          const struct lp_edge_service *service)
{
    struct claim claim = { .kind = OF_SERVICE,
                           .port = service->port ? service->port : HTTPS,
                           .pool = pool,
                           .owner = service,
                           .mark = service->mark };
    claim_name(c, claim, service->fqdn);
    claim_addresses(c, claim, &service->addresses);
    claim_addresses(c, claim, &service->nat);
}

/* Servers of which only one port is meant; 0: the whole server. */
static int64_t port_of(const struct lp_pool *pool)
{
    if (pool->role == LP_ROLE_SQL)
        return pool->port ? pool->port : SQL;
    return pool->role == LP_ROLE_PROXY || pool->role == LP_ROLE_ADFS_PROXY ? HTTPS : 0;
}

static void claim_members(struct claims *c, const struct lp_pool *pool)
{
    const struct lp_member *members = pool->members.at;
    for (size_t i = 0; i < pool->members.n; i++) {
        struct claim claim = { .kind = OF_MEMBER,
                               .port = port_of(pool),
                               .pool = pool,
                               .owner = &members[i],
                               .mark = members[i].mark };
        claim_name(c, claim, members[i].fqdn);
        claim_addresses(c, claim, &members[i].addresses);
    }
}

static void claim_pool(struct claims *c, const struct lp_pool *pool)
{
    struct claim claim = {
        .kind = OF_POOL, .port = port_of(pool), .pool = pool, .owner = pool, .mark = pool->mark
    };
    /* A reverse proxy goes by the names that it publishes. */
    if (pool->role != LP_ROLE_PROXY)
        claim_name(c, claim, pool->fqdn);
    claim_addresses(c, claim, &pool->addresses);
    claim_members(c, pool);
    claim.kind = OF_WEB;
    claim_name(c, claim, pool->web_internal);
    claim_name(c, claim, pool->web_external);
    claim_service(c, pool, &pool->access);
    claim_service(c, pool, &pool->conferencing);
    claim_service(c, pool, &pool->av);
}

/* ---- comparing ---- */

static int order_of(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    int order = lp_str_cmp(a->name, b->name);
    if (!order)
        order = lp_addr_cmp(&a->address, &b->address);
    if (!order)
        order = (a->mark.line > b->mark.line) - (a->mark.line < b->mark.line);
    if (!order)
        order = (a->mark.column > b->mark.column) - (a->mark.column < b->mark.column);
    return order ? order : (int)a->kind - (int)b->kind;
}

static bool is_same_thing(const struct claim *a, const struct claim *b)
{
    return lp_str_eq(a->name, b->name) && lp_addr_eq(&a->address, &b->address);
}

/* Roles that may be on one server, or behind one name. */
static const struct {
    enum lp_role one, other;
} together[] = {
    { LP_ROLE_ADFS, LP_ROLE_ADFS_PROXY },  /* one name, inside and outside */
    { LP_ROLE_PROXY, LP_ROLE_ADFS_PROXY }, /* one product does both */
    { LP_ROLE_PROXY, LP_ROLE_PROXY },      /* two lists of hosts */
    { LP_ROLE_STANDARD, LP_ROLE_CHAT },    /* supported on one server */
};

static bool may_be_together(enum lp_role a, enum lp_role b)
{
    for (size_t i = 0; i < LP_COUNT(together); i++) {
        if ((together[i].one == a && together[i].other == b) ||
            (together[i].one == b && together[i].other == a))
            return true;
    }
    return false;
}

/* Two claims of one pool. A pool of one server may have its name; a pool may have the addresses of
 * its members; Edge services share a name, and an address with other ports. */
static bool clash_within(const struct claim *a, const struct claim *b)
{
    bool outside = a->kind == OF_SERVICE;
    if (outside != (b->kind == OF_SERVICE))
        return true;
    if (a->owner == b->owner)
        return false;
    if (outside)
        return !a->name.n && a->port == b->port;
    if (a->kind == OF_MEMBER && b->kind == OF_MEMBER)
        return true;
    return a->name.n && a->pool->members.n > 1 && a->kind != OF_WEB && b->kind != OF_WEB;
}

static bool clash(const struct claim *a, const struct claim *b)
{
    if (a->pool == b->pool)
        return clash_within(a, b);
    if (may_be_together(a->pool->role, b->pool->role))
        return false;
    return a->port == b->port || !a->port || !b->port;
}

static bool fail(struct lp_topology_reading *r, const struct claim *a, const struct claim *b)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&b->address, address, sizeof address);
    const char *shown = b->name.n ? lp_word(r->arena, b->name) : address;
    return lp_topology_fail(
        r, b->mark,
        lp_arena_printf(r->arena, "expected %s of its own, found %s again (line %lld)",
                        b->name.n ? "a name" : "an address", shown, (long long)a->mark.line)
            .p);
}

bool lp_topology_check_claims(struct lp_topology_reading *reading)
{
    struct claims c = { reading->arena, { NULL, 0 } };
    const struct lp_pool *pools = reading->out->pools.at;
    for (size_t i = 0; i < reading->out->pools.n; i++)
        claim_pool(&c, &pools[i]);
    struct claim *claims = c.list.at;
    if (c.list.n)
        qsort(claims, c.list.n, sizeof *claims, order_of);
    for (size_t i = 1; i < c.list.n; i++) {
        for (size_t back = 1; back <= i && back <= BACK; back++) {
            if (!is_same_thing(&claims[i - back], &claims[i]))
                break;
            if (clash(&claims[i - back], &claims[i]))
                return fail(reading, &claims[i - back], &claims[i]);
        }
    }
    return true;
}
