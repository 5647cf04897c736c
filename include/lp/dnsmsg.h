/* dnsmsg.h - DNS messages (RFC 1035, 2782, 6891): bytes to plain structs, with limits; fuzzed. */
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
 * Decodes an answer into facts (flags, rcode, rrs, cut; strings in the arena; sections answer and authority). Every offset
 * checked; compression pointers must go strictly backwards; names at most 255 octets; at most 512 records kept (the rest is
 * counted in cut); one work budget for all labels of the message. Only A, AAAA, CNAME, SRV, NS, SOA are kept, in class IN.
 * Returns the outcome: answer (a record of the asked type or a CNAME that leads on), nodata, nxdomain, servfail, refused, or
 * malformed (short, QR 0, other question, opcode not 0, bad name, bad RDATA, trailing rubbish is tolerated). `why` in words.
 */
enum lp_outcome lp_dnsmsg_decode(struct lp_arena *arena, struct lp_str wire, const struct lp_question *question,
                                 struct lp_dns_facts *facts, struct lp_str *why);

/* The name at offset `at` of a message, in presentation form. Returns bytes used there, 0 when malformed. */
size_t lp_dnsmsg_name(struct lp_arena *arena, struct lp_str wire, size_t at, struct lp_str *name);

#endif
