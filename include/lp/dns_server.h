/* dns_server.h - one name server address: its channels over UDP and TCP. */
#ifndef LP_DNS_SERVER_H
#define LP_DNS_SERVER_H

#include "lp/dns_channel.h"

struct lp_dns_server {
    char *text; /* as in the setup: "192.0.2.53:53", "[2001:db8::53]:53"; lp_malloc */
    struct lp_addr address;
    uint16_t port;
    struct lp_dns_channel *udp, *tcp; /* NULL: not needed so far */
    struct lp_dns_channel *retired;   /* sends no more, answers may still come; NULL none */
};

/* False: the text is no address with a port; then there is nothing to release. */
LP_MUST_CHECK bool lp_dns_server_init(struct lp_dns_server *server, struct lp_str text);

/* How a message is to be sent. */
struct lp_dns_order {
    const struct lp_dns_query *query;
    struct lp_dns_try what; /* what.tcp chooses the transport */
    lp_usec keep;           /* see lp_dns_channel_setup */
    void (*heard)(const struct lp_dns_heard *heard);
};
/* False: it did not leave; the fault has been told already. */
LP_MUST_CHECK bool lp_dns_server_send(struct lp_dns_server *server,
                                      const struct lp_dns_order *order);
void lp_dns_server_want(const struct lp_dns_server *server, struct lp_pollset *set);
void lp_dns_server_ready(struct lp_dns_server *server, const struct lp_pollset *set, lp_usec now);
/* Open tries are told that they are forgotten. */
void lp_dns_server_release(struct lp_dns_server *server);

#endif
