/* dnsmsg.h - DNS messages (RFC 1035, 2782, 6891): bytes to plain structs, with limits. */
#ifndef LP_DNSMSG_H
#define LP_DNSMSG_H

#include "lp/arena.h"
#include "lp/facts.h"

/* The question that the answer must echo. */
struct lp_question {
    struct lp_str name; /* presentation form */
    int64_t type;
};

/*
 * Decodes an answer into facts: flags, rcode (with the upper bits of EDNS), rrs and cut.
 * Only A, AAAA, CNAME, SRV, NS and SOA in class IN are kept, of the sections answer and
 * authority; at most 512, the rest is counted in cut. Strings live in the arena.
 * Every offset is checked; compression pointers must go strictly backwards; names have at
 * most 255 octets; one work budget for all labels of the message (RFC 9267;
 * reliability.md T1, T2).
 * Returns the outcome, and in `why` more words or unset:
 *   answer     a record of the asked type, or a CNAME that leads on
 *   nodata     none; why "referral": the server only named others
 *   nxdomain   (records of an alias on the way may be there)
 *   servfail   also every rcode without a word of its own: why "rcode N"
 *   refused    REFUSED, or NOTAUTH: why "rcode 9"
 *   malformed  why says what: short, QR 0, opcode not 0, other question (none is needed
 *              where the rcode is an error), bad name, bad RDATA, counts that lie, only
 *              records of other names, truncated without an answer. Then no records are
 *              left in the facts.
 * Rubbish behind the end is tolerated; so are missing records where TC is set.
 */
enum lp_outcome lp_dnsmsg_decode(struct lp_arena *arena, struct lp_str wire,
                                 const struct lp_question *question, struct lp_dns_facts *facts,
                                 struct lp_str *why);

/* The name at offset `at` of a message, in presentation form (name.h). Returns the bytes
   used there; 0 when malformed, and then the name is unset. */
size_t lp_dnsmsg_name(struct lp_arena *arena, struct lp_str wire, size_t at, struct lp_str *name);

#endif
