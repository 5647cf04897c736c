/* dns_socket.h - the sockets under c-ares: guarded, and their errors kept as evidence. */
#ifndef LP_DNS_SOCKET_H
#define LP_DNS_SOCKET_H

#include "lp/addr.h"

/* Why a message did not reach the server or no answer reached us, as far as a socket call
 * tells. */
enum lp_dns_fault_kind {
    LP_DNS_NO_FAULT,
    LP_DNS_LOCAL,  /* our machine: no socket, no route; no packet left */
    LP_DNS_PEER,   /* ICMP message, connection refused or reset */
    LP_DNS_CLOSED, /* the server closed the TCP connection */
    LP_DNS_BROKEN, /* c-ares could not read the answer (1.34; 1.18 hands it over) */
};
struct lp_dns_fault {
    enum lp_dns_fault_kind kind;
    int error; /* errno of LP_DNS_LOCAL and LP_DNS_PEER */
};

/* All sockets of one channel. */
struct lp_dns_socket {
    struct lp_addr address; /* the only address and port that may be connected to */
    uint16_t port;
    bool tcp;
    void *owner;
    /* Every datagram, before c-ares sees it; the bytes are valid during the call. False: it is
       not for c-ares. */
    bool (*datagram_came)(void *owner, struct lp_str bytes);
    /* Every datagram that is about to go, as c-ares wrote it. */
    void (*datagram_goes)(void *owner, struct lp_str bytes);

    /* Datagrams that may still be read in this turn; the owner sets it. c-ares reads until there
       is nothing left, and a flood has no end. */
    unsigned budget;
    struct lp_dns_fault fault; /* of the last call that failed; the owner clears it */
    /* errno of an ICMP message, which concerns every message that is open: c-ares does
       not get to know. 0 none; the owner clears it. */
    int unreachable;
};

struct ares_socket_functions;
/* For ares_set_socket_functions; the user data is a struct lp_dns_socket. */
extern const struct ares_socket_functions lp_dns_socket_functions;

#endif
