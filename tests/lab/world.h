/* world.h - a topology that the lab plays instead of the deployment of sites.c */
#ifndef LAB_WORLD_H
#define LAB_WORLD_H

#include "lab.h"

#include "lp/arena.h"
#include "lp/expect.h"

enum { LAB_CHANGES = 32 }; /* certificates that a fault can change */

/* A certificate and what the fault made of it. */
struct lab_change {
    const struct lab_recert *by;
    const struct lab_cert_spec *from;
    struct lab_cert_spec to;
};

/* What is played comes from the expectations, so that any topology can be; that these are
 * the poster's is the business of their own tests. The faults are edits of the result. */
struct lab_world {
    struct lp_arena arena;
    struct lp_str bytes; /* the file's */
    struct lp_topology topology;
    struct lp_expectations expect;
    struct lab_face *faces;      /* one a pool, in the topology's order */
    struct lab_cert_spec *certs; /* one an expectation; cn NULL: it is none of a certificate */
    struct lab_change changes[LAB_CHANGES];
    size_t change_count;
};

/* A NUL-terminated copy; "" when unset. */
const char *lab_text(struct lab_world *world, struct lp_str s);
const char *lab_address_text(struct lab_world *world, const struct lp_addr *address);

/* world_zone.c: the planned addresses of a name, from one view; NULL: none are planned */
const struct lp_list *lab_planned(const struct lab_world *world, bool internal, struct lp_str name);

/* world_face.c */
void lab_world_faces(struct lab_world *world);
const struct lab_face *lab_world_face(const struct lab_world *world, const struct lp_pool *pool);

/* world_cert.c */
void lab_world_certs(struct lab_world *world);
bool lab_world_recert(struct lab *lab, const char **why);

#endif
