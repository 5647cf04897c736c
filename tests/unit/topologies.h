/* topologies.h - topologies built in memory, for the tests of what follows from them */
#ifndef TOPOLOGIES_H
#define TOPOLOGIES_H

#include "lp/expect.h"

/* A topology and the memory that it lives in. */
struct town {
    struct lp_arena arena;
    struct lp_topology topology;
    struct lp_expectations expected;
    int64_t line; /* of the last thing that was added: each has a line of its own, from 1 */
};

/* Lync 2013, contoso.example, AD domain corp.contoso.example, features by default. */
void town_open(struct town *town);
void town_close(struct town *town);

void town_domain(struct town *town, const char *domain);
/* addresses: blank between them; "" none. Pools must be added in the order of the roles.
 * The result is good until the next pool. */
struct lp_pool *town_pool(struct town *town, enum lp_role role, const char *fqdn,
                          const char *addresses);
void town_member(struct town *town, struct lp_pool *pool, const char *fqdn, const char *addresses);
struct lp_edge_service town_service(struct town *town, const char *fqdn, const char *addresses);
void town_url(struct town *town, enum lp_url_kind kind, const char *url);
struct lp_list town_addresses(struct town *town, const char *addresses);

/* One pool of two servers behind a load balancer, with each of the roles; all features
 * on. */
void town_of_every_role(struct town *town);
/* Two pools by DNS load balancing, a Director, three SIP domains, an Edge pool behind
 * NAT. */
void town_of_two_pools(struct town *town);
/* A Standard Edition server, an Edge Server with one address on 5061, 444 and 443. */
void town_of_single_edge(struct town *town);

/* Derives the expectations of all domains. */
void town_expect(struct town *town);
/* The next one after `from` (NULL: the first) of that table and row; NULL none. */
const struct lp_expectation *town_row(const struct town *town, const char *table, int row,
                                      const struct lp_expectation *from);
/* The record of that view and owner; NULL none. */
const struct lp_expectation *town_record(const struct town *town, bool internal, const char *owner);
/* The certificate of that role; NULL none. */
const struct lp_expectation *town_certificate(const struct town *town, const char *role);
/* The port at that address ("" by DNS) for that host; NULL none. */
const struct lp_expectation *town_port(const struct town *town, const char *host,
                                       const char *address, int64_t port);
/* Items with blanks between them. */
const char *town_names(struct town *town, const struct lp_list *names);
const char *town_address_text(struct town *town, const struct lp_list *addresses);

#endif
