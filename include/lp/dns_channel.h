/* dns_channel.h - one c-ares channel: a server address and a transport */
#ifndef LP_DNS_CHANNEL_H
#define LP_DNS_CHANNEL_H

#include "lp/dns_query.h"
#include "lp/dns_socket.h"
#include "lp/loop.h"

/* One message given to c-ares. */
struct lp_dns_try {
    void *question; /* whoever asked; told through `heard` */
    size_t address; /* his note: index of the address that was asked */
    bool edns;      /* the message had an OPT record */
    bool tcp;       /* set by the channel */
};

/* What was heard of a try. May come inside lp_dns_channel_send. */
struct lp_dns_heard {
    struct lp_dns_try what;
    struct lp_str raw;         /* the answer as it came; valid during the call; unset: no answer */
    struct lp_dns_fault fault; /* when there is no answer; no fault: the try is merely forgotten */
    bool doubtful;             /* raw has the id of the message, but does not repeat its question:
                                  perhaps another one wrote it, so that the answer is waited for
                                  (told once a try) */
    bool last;                 /* nothing more will be heard of this try */
};

struct lp_dns_channel_setup {
    struct lp_addr address;
    uint16_t port;
    bool tcp;
    lp_usec keep; /* how long an answer to a message is waited for, at least; later ones
                     may be lost */
    void (*heard)(const struct lp_dns_heard *heard);
};

struct lp_dns_channel;

/* NULL: c-ares refused (it has no other reason than memory). */
struct lp_dns_channel *lp_dns_channel_new(const struct lp_dns_channel_setup *setup);
/* Sends the message once. No retry, no timer: that is the engine's business. False: it
   did not leave, and `heard` has been told why. */
LP_MUST_CHECK bool lp_dns_channel_send(struct lp_dns_channel *channel,
                                       const struct lp_dns_query *query,
                                       const struct lp_dns_try *what);
/* For the functions below a NULL channel is one without descriptors and messages. */
void lp_dns_channel_want(const struct lp_dns_channel *channel, struct lp_pollset *set);
void lp_dns_channel_ready(struct lp_dns_channel *channel, const struct lp_pollset *set,
                          lp_usec now);
/* Messages sent so far, and messages that c-ares still knows. */
size_t lp_dns_channel_sent(const struct lp_dns_channel *channel);
size_t lp_dns_channel_open(const struct lp_dns_channel *channel);
/* Tells of every open try that it is forgotten (last), then frees. */
void lp_dns_channel_release(struct lp_dns_channel *channel);

#endif
