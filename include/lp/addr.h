/* addr.h - IP addresses: parse, print, classify, match; the address guard. [probe] */
#ifndef LP_ADDR_H
#define LP_ADDR_H

#include "lp/base.h"

struct sockaddr;
struct sockaddr_storage;

/* family 0: unset; 4 or 6 (not AF_*). bytes: 4 or 16 of them, network order. */
struct lp_addr {
    uint8_t family;
    uint8_t bytes[16];
};

enum { LP_ADDR_TEXT = 48 }; /* room for lp_addr_format */

/* Strict dotted quad or RFC 4291 text (brackets allowed, no zone id, no port). */
LP_MUST_CHECK bool lp_addr_parse(struct lp_str text, struct lp_addr *out);
/* Canonical text (RFC 5952). out: LP_ADDR_TEXT bytes. */
void lp_addr_format(const struct lp_addr *a, char *out, size_t size);
bool lp_addr_eq(const struct lp_addr *a, const struct lp_addr *b);
/* v4 before v6, then by bytes. */
int lp_addr_cmp(const struct lp_addr *a, const struct lp_addr *b);
/* Fills ss, returns its length. */
unsigned lp_addr_to_sockaddr(const struct lp_addr *a, uint16_t port, struct sockaddr_storage *ss);
LP_MUST_CHECK bool lp_addr_from_sockaddr(const struct sockaddr *sa, struct lp_addr *a,
                                         uint16_t *port);
/* The IPv4 address inside a mapped, compatible, translated (::ffff:0:0:0/96), NAT64
   (64:ff9b::/96, and the last 32 bits of 64:ff9b:1::/48), 6to4 or Teredo (the client's)
   address. False: none; :: and ::1 have none. */
bool lp_addr_embedded_v4(const struct lp_addr *a, struct lp_addr *v4);

/* "10.0.0.0/8" or a bare address. Bits behind the prefix are cleared when it is parsed.
 */
struct lp_cidr {
    struct lp_addr base;
    uint8_t bits;
};
LP_MUST_CHECK bool lp_cidr_parse(struct lp_str text, struct lp_cidr *out);
bool lp_cidr_has(const struct lp_cidr *net, const struct lp_addr *a);

/* What DESIGN 4 "Address classes" says without a topology. */
enum lp_addr_class {
    LP_CLASS_PUBLIC,  /* everything else, documentation ranges and --allow-net ranges
                         included */
    LP_CLASS_INSIDE,  /* RFC 1918, ULA, loopback, link-local */
    LP_CLASS_REFUSED, /* unspecified, multicast, class E, 0/8: never an address of a
                         service */
};
/* allow: n ranges of --allow-net, which count as public. An address that carries an IPv4
 * address has its class. */
enum lp_addr_class lp_addr_class(const struct lp_addr *a, const struct lp_cidr *allow, size_t n);

/*
 * The address guard (DESIGN 6b): may we send a packet there? Refused: loopback,
 * link-local and metadata, unspecified, multicast, class E and their mapped forms, unless
 * in one of the allowed ranges. Private ranges are allowed. An address that carries an
 * IPv4 address is allowed when that one is, so that NAT64 works. Returns NULL when
 * allowed, else the name of the rule: unspecified this-network loopback metadata
 * link-local site-local multicast broadcast class-e no-address (family 0).
 */
const char *lp_guard_address(const struct lp_addr *a, const struct lp_cidr *allow, size_t n);
/* Ports that belong to other protocols (22, 25, 6379 ...): name of the service, or NULL
 * when allowed. */
const char *lp_guard_port(uint16_t port);

#endif
