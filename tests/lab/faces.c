/* faces.c - the names that a peer gives itself and others, in documents and challenges */
#include "lab.h"

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

struct lab_face lab_face_of(const struct lab *lab, const struct lab_peer *peer)
{
    struct lab_face face = plain;

    (void)lab;
    if (peer->view == LAB_CLOUD)
        face.target = "sipdir.online.lync.com";
    return face;
}

const char *lab_public_of(const struct lab_peer *peer)
{
    return peer->address;
}

const char *lab_domain(const struct lab *lab)
{
    (void)lab;
    return LAB_DOMAIN;
}
