/* turn.h - what the TURN probes see of an A/V Edge, or of what stands in its place. [probe] */
#ifndef LP_TURN_H
#define LP_TURN_H

#include "lp/evidence.h"
#include "lp/probe.h"
#include "lp/stun.h"

/* Facts of turn-udp and turn-tcp. */
struct lp_turn_facts {
    struct lp_link link;
    /* What answered: "ms" (a TURN server of Microsoft's), "standard" (one of RFC 5389 and
       5766), "tls" (real TLS where the greeting only looks like it), "http", "other"; unset:
       nothing that tells */
    struct lp_str kind;
    bool greeted;         /* TCP: the greeting was answered as an A/V Edge does */
    int64_t error;        /* ERROR-CODE of the answer; 0 none */
    struct lp_str reason; /* its words */
    struct lp_str realm;
    bool nonce;            /* a nonce came with it */
    struct lp_addr mapped; /* our own address as the server sees it */
    int64_t mapped_port;
    struct lp_addr public_address; /* what the server calls its own (MS-TURN 2.2.2.7, 401) */
    int64_t public_port;
    struct lp_addr alternate; /* another server that it sends us to (300) */
    int64_t alternate_port;
    int64_t version; /* MS-Version; -1 none */
    struct lp_str software;
    struct lp_str first_bytes; /* binary, at most 64: what is no TURN */
};
extern const struct lp_field lp_turn_fields[];

/* Before the first word: values that are not zero when nothing is known. */
void lp_turn_begin(struct lp_turn_facts *facts);
/*
 * A whole message, or a datagram, into the facts. LP_DONE: an answer to one of our requests
 * (kind says whose), LP_MORE: STUN, but no answer to us, LP_BAD: no STUN (kind "tls", "http"
 * or "other").
 */
enum lp_next lp_turn_hear(struct lp_talk *talk, struct lp_str message);
/* Bytes that are no STUN: kind and first_bytes. */
void lp_turn_note_other(struct lp_talk *talk, struct lp_str bytes);

/* Members of struct lp_probe, for both. LP-TURN-NO-ANSWER, LP-TURN-NOT-TURN,
   LP-TURN-STANDARD, LP-TURN-PUBLIC-ADDRESS. */
extern const struct lp_check lp_turn_checks[];
struct lp_str lp_turn_say(const struct lp_evidence *e, struct lp_arena *arena);
/* An A/V Edge that asks for credentials, as it should of a stranger, or sends him on. */
bool lp_turn_is_well(const struct lp_evidence *e);

#endif
