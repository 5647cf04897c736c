/* dns_wire.h - pieces of DNS messages, and what the tests of their reading share */
#ifndef LP_TEST_DNS_WIRE_H
#define LP_TEST_DNS_WIRE_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/dnsmsg.h"

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
/* Flags: 8180 is an answer, RD and RA; then counts of answer, authority and additional
   records. */
#define HEAD(flags, an, ns, ar) "\x12\x34" flags "\0\1" an ns ar
#define OK "\x81\x80"
#define NONE "\0\0"
#define ONE "\0\1"
#define TWO "\0\2"
#define IN_A "\0\1\0\1"
#define IN_CNAME "\0\5\0\1"
#define IN_SRV "\0\x21\0\1"
/* www.contoso.example at offset 12; the first record begins at 37, its data at 49. */
#define WWW "\3www\7contoso\7example\0"
#define ASKED "\xc0\x0c"
#define TTL "\0\0\x0e\x10"
#define ADDRESS "\0\4\xcb\0\x71\x0a"
#define SOA_DATA \
    "\xc0\x10"   \
    "\xc0\x10"   \
    "\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\x3c"
#define SOA    \
    "\xc0\x10" \
    "\0\6\0\1" TTL "\0\x18" SOA_DATA
#define OPT(extended) "\0\0\x29\x04\xd0" extended "\0\0\0\0\0"

#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

/* A copy on the heap at its exact size, so that a sanitizer sees a read past the end. */
static inline struct lp_str exact(struct lp_str s)
{
    char *p = malloc(s.n > 0 ? s.n : 1);

    ck_assert_ptr_nonnull(p);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    return (struct lp_str){ p, s.n };
}

static inline enum lp_outcome decode(struct lp_arena *arena, struct lp_str wire, int64_t type,
                                     struct lp_dns_facts *facts, struct lp_str *why)
{
    struct lp_question question = { LP_STR("www.contoso.example"), type };
    struct lp_str copy = exact(wire);
    enum lp_outcome outcome = lp_dnsmsg_decode(arena, copy, &question, facts, why);

    free((void *)copy.p);
    return outcome;
}

#endif
