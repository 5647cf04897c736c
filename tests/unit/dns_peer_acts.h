/* dns_peer_acts.h - for tests: what a name server of a test does with one message. */
#ifndef DNS_PEER_ACTS_H
#define DNS_PEER_ACTS_H

#include <netinet/in.h>

#include "dns_peer.h"

enum { PEER_HEADER = 12, PEER_MESSAGE = 2048 };

/* One message and where its answer goes. */
struct exchange {
    struct dns_peer *peer;
    struct dns_peer_world *world;
    const uint8_t *query;
    size_t query_n;
    size_t question_end;
    bool opt, over_tcp;
    struct sockaddr_in from;
};

/* Does what the first label of the name says (dns_peer.h). */
void dns_peer_act(const struct exchange *x);
void dns_peer_send(const struct exchange *x, const uint8_t *bytes, size_t n);

#endif
