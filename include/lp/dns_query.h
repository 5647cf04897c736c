/* dns_query.h - a DNS question as bytes (RFC 1035 s4, RFC 6891). */
#ifndef LP_DNS_QUERY_H
#define LP_DNS_QUERY_H

#include "lp/dnsmsg.h"

enum {
    LP_DNS_QUERY_MAX = 12 + 255 + 4 + 11, /* header, name, type and class, OPT record */
    LP_DNS_PAYLOAD = 1232,                /* UDP answer that we take (DNS flag day 2020) */
};

struct lp_dns_query {
    unsigned char bytes[LP_DNS_QUERY_MAX];
    size_t n;
};

/* Fills *out: recursion desired, class IN, one question; with edns also an OPT record.
   The name is in presentation form (\DDD understood; "." the root; a trailing dot is
   ignored). False: no such name can be asked (empty label, label over 63 octets, name
   over 255, bad escape). */
LP_MUST_CHECK bool lp_dns_query_write(struct lp_dns_query *out, const struct lp_question *question,
                                      uint16_t id, bool edns);

#endif
