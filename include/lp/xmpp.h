/* xmpp.h - XMPP between servers, as far as STARTTLS (RFC 6120, RFC 7590). [probe] */
#ifndef LP_XMPP_H
#define LP_XMPP_H

#include "lp/arena.h"
#include "lp/buf.h"
#include "lp/facts.h"

/* What a server has said on one stream so far. Text is clean and in the arena. */
struct lp_xmpp {
    bool is_stream;            /* a stream header (RFC 6120 4.7) */
    struct lp_str from;        /* its domain */
    struct lp_str version;     /* "1.0"; unset: an old server, which has no features */
    bool has_features;         /* its features are complete */
    bool starttls;             /* ... and STARTTLS is among them */
    bool required;             /* ... as a must */
    struct lp_list features;   /* struct lp_str: local names of all of them, at most
                                  LP_XMPP_FEATURES */
    struct lp_list mechanisms; /* struct lp_str: SASL mechanisms, as many */
    bool proceed;              /* <proceed/>: TLS may begin */
    bool failure;              /* <failure/>: it may not */
    struct lp_str error;       /* condition of a stream error: "host-unknown"; unset none */
    bool closed;               /* </stream:stream> */
};

enum {
    LP_XMPP_MAX = 16 * 1024, /* bytes of one stream that are read */
    LP_XMPP_DEPTH = 8,
    LP_XMPP_FEATURES = 16
};

/* Appends a stream header to the domain, server to server. `from` is no domain of ours
 * (RFC 2606): nobody is to call back. */
void lp_xmpp_put_header(struct lp_buf *out, struct lp_str domain);
void lp_xmpp_put_starttls(struct lp_buf *out);

/*
 * Reads all bytes of one stream received so far. False: they are no XMPP (not XML, another
 * root element, a DOCTYPE, too deep, more than LP_XMPP_MAX); what was read before stays in
 * out. The stream never ends by itself, so a document that is cut anywhere is good.
 */
LP_MUST_CHECK bool lp_xmpp_decode(struct lp_arena *arena, struct lp_str in, struct lp_xmpp *out);

#endif
