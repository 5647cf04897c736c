/* dnsname.h - domain names inside a DNS message: bounded, with one budget a message. */
#ifndef LP_DNSNAME_H
#define LP_DNSNAME_H

#include "lp/arena.h"

/* Names of one message. */
struct lp_dns_names {
    struct lp_str wire;
    size_t steps;    /* labels and pointers that may still be read */
    const char *why; /* what was wrong with the last name that was refused; NULL none */
};

/* A message with its whole budget (reliability.md T2: a limit per name alone still
   burns CPU). */
struct lp_dns_names lp_dns_names_of(struct lp_str wire);

/*
 * Reads the name at offset `at` (RFC 1035 4.1.4): label types 00 and 11 only, pointers
 * strictly backwards and not into the header, at most 255 octets. arena NULL: only
 * checked, *name unset. Returns the bytes that the name takes at `at`; 0: refused, and
 * names->why says why.
 */
size_t lp_dns_name_read(struct lp_dns_names *names, size_t at, struct lp_arena *arena,
                        struct lp_str *name);

#endif
