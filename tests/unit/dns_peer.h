/* dns_peer.h - for tests: name servers on 127.0.0.1, and a clock of the test */
#ifndef DNS_PEER_H
#define DNS_PEER_H

#include "lp/loop.h"

enum { PEER_NOTES = 16, PEERS = 4 };

/*
 * One server, UDP and TCP on one port. What it does with a question is the first label of
 * its name: ok nx nodata servfail refused      the answer of that name; ok: A 192.0.2.1
 *   silent                             nothing
 *   drop1                              nothing to the first message, then as ok
 *   late                               as ok, after `delay`
 *   tc                                 truncated over UDP, as ok over TCP
 *   tc-closes                          truncated over UDP; a TCP connection is closed
 *   formerr                            FORMERR when there is an OPT record, else as ok
 *   bare                               the same, but the FORMERR is a header only
 *   bare-refused                       refused, a header only
 *   big                                as ok with 40 addresses, more than 512 octets
 *   wrong-id wrong-name empty          first a message that is none of ours, then as ok
 *   alien                              only the message with another id
 *   flood                              1500 of them, then as ok
 *   other short                        only one with another name, or cut in its header
 *   question                           our own message comes back
 *   bad                                an address record of five octets
 *   half                               servfail to the first message, then as ok
 */
struct dns_peer {
    int udp, tcp, connection; /* -1: none */
    uint16_t port;
    char text[32];         /* "127.0.0.1:PORT" */
    lp_usec delay;         /* of late answers */
    size_t seen, seen_tcp; /* messages */
    size_t with_opt;
    lp_usec at[PEER_NOTES];    /* when the first messages came */
    uint16_t from[PEER_NOTES]; /* and from which port */
    struct {
        lp_usec due; /* INT64_MAX: nothing is held back */
        uint8_t bytes[512];
        size_t n;
        uint8_t to[32];
    } held;
};

/* A world whose wait lets the peers work and then moves the clock; no real time passes.
 */
struct dns_peer_world {
    lp_usec clock;
    struct dns_peer *peers[PEERS];
    size_t n;
    bool no_random;
};

bool dns_peer_open(struct dns_peer *peer);
void dns_peer_close(struct dns_peer *peer);
/* Closes the TCP connection. */
void dns_peer_hang_up(struct dns_peer *peer);
struct lp_world dns_peer_world_of(struct dns_peer_world *world);
/* A port of 127.0.0.1 that nobody listens on, as server text (at least 32 bytes). */
bool dns_peer_closed_port(char *text, size_t size);

#endif
