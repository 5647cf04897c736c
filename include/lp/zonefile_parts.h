/* zonefile_parts.h - what reading a zone and answering from it share. For src/decode/zonefile*.c
 * only. */
#ifndef LP_ZONEFILE_PARTS_H
#define LP_ZONEFILE_PARTS_H

#include "lp/zonefile.h"

/* A name with its labels turned round, so that a zone sorts as a tree: what is below a name has its
 * key, a separator and more, and stands right behind it. */
struct lp_zone_key {
    size_t n;
    char text[4 * 255 + 3]; /* every octet of the longest name escaped; "*" behind it */
};
enum { LP_ZONE_SEPARATOR = 1 }; /* sorts before all that a name is written with */

/* The name in presentation form; its case is folded. "." and longer names than there are: empty. */
void lp_zone_key_of(struct lp_str name, struct lp_zone_key *key);
/* DNAME is no type of facts.h: it only leads to a CNAME (RFC 6672). */
enum { LP_ZONE_DNAME = 39 };

#endif
