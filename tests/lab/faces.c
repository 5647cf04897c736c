/* faces.c - the names that a peer gives itself and others, in documents and challenges */
#include "world.h"

#include <string.h>

/* Without a topology: the deployment of sites.c, and the hosting cloud. */
static const struct lab_face plain = {
    .domain = LAB_DOMAIN,
    .web = { [LAB_INTERNAL] = "webint." LAB_DOMAIN,
             [LAB_EXTERNAL] = "webext." LAB_DOMAIN,
             [LAB_CLOUD] = "webdir.online.lync.com" },
    .target = "fe1." LAB_DOMAIN,
    .pool = "pool." LAB_DOMAIN,
    .access = "access." LAB_DOMAIN,
    .access_port = 443,
};

/* The hosting cloud names nothing but itself. */
static void set_cloud(struct lab_face *face)
{
    face->target = face->access = "sipdir.online.lync.com";
    face->access_port = 443;
    face->web[LAB_INTERNAL] = face->web[LAB_EXTERNAL] = face->web[LAB_CLOUD];
}

/* A member that challenges names itself. */
static struct lab_face in_world(const struct lab_world *world, const struct lab_peer *peer,
                                const char *host)
{
    const struct lp_pool *asked = lp_topology_pool_of_host(&world->topology, lp_str_of(host));
    struct lab_face face = *lab_world_face(world, peer->pool);

    if (asked != NULL && (asked->web_external.n != 0 || asked->web_internal.n != 0))
        face = *lab_world_face(world, asked);
    if (peer->view == LAB_CLOUD)
        set_cloud(&face);
    if (peer->member[0] != '\0' && peer->proto == LAB_SIP && peer->view == LAB_INTERNAL)
        face.target = peer->member;
    return face;
}

struct lab_face lab_face_of(const struct lab *lab, const struct lab_peer *peer, const char *host)
{
    struct lab_face face = plain;

    if (lab->world != NULL)
        return in_world(lab->world, peer, host);
    if (peer->view == LAB_CLOUD)
        set_cloud(&face);
    return face;
}

const char *lab_domain(const struct lab *lab)
{
    return lab->world == NULL ? LAB_DOMAIN : lab_world_face(lab->world, NULL)->domain;
}
