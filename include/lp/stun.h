/* stun.h - STUN and TURN messages, Microsoft's (MS-TURN) and the standard's (RFC 5389). [probe] */
#ifndef LP_STUN_H
#define LP_STUN_H

#include "lp/addr.h"
#include "lp/arena.h"
#include "lp/buf.h"

/* Message types: method and class in one number (RFC 5389 6). */
enum {
    LP_STUN_BINDING_ANSWER = 0x0101,
    LP_STUN_BINDING_ERROR = 0x0111,
    LP_STUN_ALLOCATE_ANSWER = 0x0103,
    LP_STUN_ALLOCATE_ERROR = 0x0113
};

/* An address and port of a message; address.family 0: not in it. */
struct lp_stun_place {
    struct lp_addr address;
    int64_t port;
};

/* What an answer says. Text is clean and in the arena; unset: not in it. */
struct lp_stun {
    int64_t type;
    struct lp_str transaction; /* 16 bytes, in place: those of the request come back */
    bool microsoft;            /* first attribute is Magic Cookie (MS-TURN 2.2.2.8) */
    bool standard;             /* the header has the cookie of RFC 5389 */
    int64_t error;             /* ERROR-CODE, 300 to 699; 0 none */
    struct lp_str reason;
    struct lp_str realm;
    bool nonce;
    struct lp_stun_place mapped;    /* where our packets come from; plain or XORed */
    struct lp_stun_place alternate; /* with 401 the server's own public address, with 300
                                       another server (MS-TURN 2.2.2.7) */
    int64_t version;                /* MS-Version; -1 none */
    struct lp_str software;         /* SOFTWARE, RFC 5389 15.10 */
};

enum {
    LP_STUN_HEADER = 20,      /* bytes before the attributes */
    LP_STUN_TRANSACTION = 16, /* bytes */
    LP_STUN_ATTRIBUTES = 64,  /* more than these make it no message */
};

/* The transaction of our requests, from a conversation's token (32 hex digits, others count
 * as 0): of an Allocate its bytes, of a Binding the cookie of RFC 5389 and the rest of them. */
void lp_stun_transaction(struct lp_str token, bool binding, char out[LP_STUN_TRANSACTION]);

/* Appends an Allocate as the Lync client's first: cookie and version, no credentials. */
void lp_stun_put_allocate(struct lp_buf *out, struct lp_str token);
/* Appends a Binding request without attributes, which every STUN server answers. */
void lp_stun_put_binding(struct lp_buf *out, struct lp_str token);

/*
 * Reads one whole message: `in` has its bytes and no others. Attributes may be padded to
 * four bytes (RFC 5389) or not at all (Microsoft's); the reading that ends with the message
 * is the right one. False: it is no STUN message; out is zeroed (version -1) then.
 */
LP_MUST_CHECK bool lp_stun_decode(struct lp_arena *arena, struct lp_str in, struct lp_stun *out);

/* ---- TCP: greeting and frames (MS-TURN 2.1, 3.1.1) ---- */

enum { LP_STUN_HELLO = 83, LP_STUN_FRAME = 4 }; /* bytes */

/* Appends the client's greeting: it looks like a TLS 1.0 ClientHello and is none. */
void lp_stun_put_hello(struct lp_buf *out, struct lp_str token);
/* Is this (the beginning of) the A/V Edge's answer to it: ServerHello and ServerHelloDone
 * in one record, without a certificate? Looks at most at LP_STUN_HELLO bytes. */
bool lp_stun_is_hello(struct lp_str in);
/* Appends the header of a frame with a message of n bytes. */
void lp_stun_put_frame(struct lp_buf *out, size_t n);
/* Length of the message that the frame at the beginning of `in` carries, once its header
 * is there. False: it is no control frame. */
LP_MUST_CHECK bool lp_stun_frame(struct lp_str in, size_t *n);

#endif
