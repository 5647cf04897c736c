/* world_face.c - the names that the servers of a topology give themselves and others */
#include "world.h"

#include <string.h>

static const struct lp_pool *first(const struct lab_world *world, enum lp_role role)
{
    const struct lp_pool *pools = world->topology.pools.at;

    for (size_t i = 0; i < world->topology.pools.n; i++)
        if (pools[i].role == role)
            return &pools[i];
    return NULL;
}

/* Where users sign in, and who answers for names that belong to no pool. */
static const struct lp_pool *home(const struct lab_world *world)
{
    static const enum lp_role order[] = { LP_ROLE_DIRECTOR, LP_ROLE_FRONT_END, LP_ROLE_STANDARD };

    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
        if (first(world, order[i]) != NULL)
            return first(world, order[i]);
    return NULL;
}

/* The pool whose web services and registrar stand behind this one. */
static const struct lp_pool *behind(const struct lab_world *world, const struct lp_pool *pool)
{
    const struct lp_pool *other = NULL;

    if (pool == NULL)
        return home(world);
    if (pool->role == LP_ROLE_FRONT_END || pool->role == LP_ROLE_STANDARD ||
        pool->role == LP_ROLE_DIRECTOR)
        return pool;
    if (pool->role == LP_ROLE_EDGE)
        other = lp_topology_pool(&world->topology, LP_ROLE_COUNT, pool->next_hop);
    else if (pool->role == LP_ROLE_BRANCH)
        other = lp_topology_pool(&world->topology, LP_ROLE_COUNT, pool->backup_pool);
    return other != NULL ? other : home(world);
}

static struct lab_face make(struct lab_world *world, const struct lp_pool *pool)
{
    const struct lp_pool *edge = first(world, LP_ROLE_EDGE), *web = behind(world, pool);
    const struct lp_marked *domains = world->topology.sip_domains.at;
    struct lab_face face = { .domain = lab_text(world, domains[0].text), .access = "" };
    const struct lp_member *members;

    face.target = face.pool = face.web[LAB_INTERNAL] = face.web[LAB_EXTERNAL] = "";
    face.web[LAB_CLOUD] = "webdir.online.lync.com";
    if (edge != NULL) {
        face.access = lab_text(world, edge->access.fqdn);
        face.access_port = edge->access.port == 0 ? 443 : (uint16_t)edge->access.port;
    }
    if (web == NULL)
        return face;
    members = web->members.at;
    face.pool = lab_text(world, web->fqdn);
    face.target = web->members.n == 0 ? face.pool : lab_text(world, members[0].fqdn);
    face.web[LAB_INTERNAL] =
        web->web_internal.n == 0 ? face.pool : lab_text(world, web->web_internal);
    face.web[LAB_EXTERNAL] = lab_text(world, web->web_external);
    if (pool != NULL && pool->role == LP_ROLE_BRANCH)
        face.target = lab_text(world, pool->fqdn);
    return face;
}

void lab_world_faces(struct lab_world *world)
{
    const struct lp_pool *pools = world->topology.pools.at;
    size_t n = world->topology.pools.n;

    world->faces = lp_arena_array(&world->arena, n + 1, sizeof *world->faces);
    for (size_t i = 0; i < n; i++)
        world->faces[i] = make(world, &pools[i]);
    world->faces[n] = make(world, NULL);
}

const struct lab_face *lab_world_face(const struct lab_world *world, const struct lp_pool *pool)
{
    const struct lp_pool *pools = world->topology.pools.at;
    size_t n = world->topology.pools.n;

    return &world->faces[pool == NULL ? n : (size_t)(pool - pools)];
}
