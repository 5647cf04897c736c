/* probe.h - what one file in probes/ exports: facts, conversation, checks. [probe] */
#ifndef LP_PROBE_H
#define LP_PROBE_H

#include "lp/buf.h"
#include "lp/evidence.h"
#include "lp/setup.h"

struct lp_ask;

/* Which engine carries the conversation. */
enum lp_carrier {
    LP_CARRY_STREAM,   /* TCP, with TLS unless the ask says plain: step() speaks */
    LP_CARRY_HTTP,     /* one GET by libcurl: step() is called once with the body */
    LP_CARRY_DATAGRAM, /* UDP: what step() puts out is one datagram; each that comes replaces `in`.
                          0.5, 1.5 and 2.5 s after its words without an answer step() is called
                          with `in` empty and talk->again counted up: what it puts out then goes
                          out instead; nothing: the same again */
};

enum lp_next {
    LP_MORE,   /* wait for more bytes */
    LP_DONE,   /* the conversation was had: outcome LP_OK */
    LP_BAD,    /* what came is not this protocol: outcome LP_MALFORMED */
    LP_SECURE, /* STARTTLS: `out` is sent, then comes a TLS handshake on the same connection, then
                  step() again with `in` empty and talk->secure set; streams that are not secure
                  yet only. What the peer said in clear before the handshake is gone */
    LP_AGAIN,  /* streams without TLS, of probes with tries: a new connection, then step() with
                  `in` empty and talk->again counted up. Where it cannot be had, the conversation
                  is over: LP_MALFORMED after an answer, else as it was */
};

/* One conversation as the probe sees it. Pure: bytes in, bytes and facts out. */
struct lp_talk {
    const struct lp_ask *ask;
    struct lp_str domain; /* SIP domain of the walk */
    struct lp_str token;  /* 32 random hex digits of this conversation (Call-ID, branch, tag ...) */
    struct lp_arena *arena; /* for strings in the facts */
    void *facts;            /* the probe's struct; link and http are filled by the engine */
    struct lp_str in;  /* everything received so far (at most 64 KiB; a body at most 256 KiB) */
    bool eof;          /* the peer has closed, or the limit was reached; no more will come */
    bool silent;       /* streams: ... and it has not closed, its time was up */
    bool secure;       /* TLS stands: from the beginning, or since LP_SECURE */
    lp_usec answer_us; /* streams: our last words sent to the first byte of `in`; 0 none yet */
    int again; /* datagrams: waits for an answer to our last words that were in vain; streams:
                  connections before this one (LP_AGAIN) */
    struct lp_buf *out; /* append what is to be sent */
};

/* What a check may look at beside its evidence. */
struct lp_check_input {
    const struct lp_evidence *e;
    const struct lp_setup *setup;
    bool internal;
    /* What DNS and topology say that the service's public addresses are; struct lp_addr; none: not
     * known. */
    struct lp_list public_addresses;
    struct lp_arena *arena;
};

/* What it says: clean text. */
struct lp_charge {
    struct lp_str expected, observed;
};

/* One finding id that a probe's evidence can give. */
struct lp_check {
    const char *id;
    /* True: it is so, and the charge says what was expected and seen. Pure; asked only when the
     * evidence is of the probe's shape. */
    bool (*fails)(const struct lp_check_input *input, struct lp_charge *charge);
};

/* Beside which endpoints the planner asks a probe, at the same place, once they have answered. Its
 * evidence is then about that endpoint, and is none of its own in the reports. */
enum lp_beside {
    LP_BESIDE_NONE,    /* none: a step of the walk, a row of the topology or a link asks for it */
    LP_BESIDE_SIGN_IN, /* where the deciding client signs in, and its Autodiscover host */
    LP_BESIDE_TLS,     /* where TLS stands: on the deciding client's walk; with on_request anywhere.
                          Several names at one address and port are asked once */
    LP_BESIDE_SIP,     /* ... where SIP answers, with TLS or without, as the endpoint has it */
};

/* Protocols of TLS that an endpoint takes, as numbers of lp/tlshello.h; 0: not known. */
struct lp_protocols {
    int64_t lowest, highest; /* of those that were agreed to */
    int64_t refused;         /* the highest that was refused and is lower than these */
};

struct lp_probe {
    struct lp_shape shape; /* name, title, field table, size */
    enum lp_carrier carrier;
    enum lp_beside beside;
    bool on_request; /* beside: only with --deep */
    bool plain;      /* the conversation begins without TLS whatever the port */
    /* Streams without TLS: connections that a conversation may take; 0: one. With more, what the
       peer says is an occasion for LP_AGAIN, and so is that it closes before its first word, or is
       silent for half of the time: step() is asked, with eof set and `in` empty; LP_DONE then says
       that this was an answer. */
    int tries;
    bool no_sni;        /* streams: the handshake names no host */
    const char *path;   /* HTTP: what is asked for when nobody says; NULL "/" */
    const char *accept; /* HTTP: Accept header; NULL none */
    size_t body_max;    /* HTTP: bytes of body that are read; 0: 256 KiB */
    bool body_passes;   /* HTTP: the body is for step() alone: no fact, gone after it */
    /* HTTP: the URL that is really asked for, where the ask's is only its name; unset: there is
     * none, and nothing is sent. NULL: the ask's. Pure. */
    struct lp_str (*target)(const struct lp_ask *ask, struct lp_arena *arena);
    bool original_host; /* HTTP: the Host header names no port, as behind a reverse proxy */
    /* Called once when the transport is up (in empty) and then after each arrival. With
       eof set it must not return LP_MORE. */
    enum lp_next (*step)(struct lp_talk *talk);
    const struct lp_check *checks; /* ended by a row without id; NULL none */
    /* What the endpoint said, in words that a helpdesk understands; clean text in the arena. Called
     * for evidence whose conversation was had or begun. NULL: the reports have words of their own.
     */
    struct lp_str (*say)(const struct lp_evidence *e, struct lp_arena *arena);
    /* More of it, a line each: struct lp_str, clean text in the arena. NULL: no more. */
    struct lp_list (*lines)(const struct lp_evidence *e, struct lp_arena *arena);
    /* Which protocols of TLS does the endpoint take? NULL: the probe does not ask that. */
    void (*protocols)(const struct lp_evidence *e, struct lp_protocols *out);
    /* Did the endpoint answer as the service that the probe stands for? NULL: outcome LP_OK. */
    bool (*is_well)(const struct lp_evidence *e);
};

/* All probes of probes/, generated from the file names; ended by NULL. */
extern const struct lp_probe *const lp_probes[];
/* By name; NULL unknown. */
const struct lp_probe *lp_probe_by_name(struct lp_str name);
/* That the evidence comes from; NULL: from none. */
const struct lp_probe *lp_probe_of(const struct lp_evidence *e);
/* Is it about an endpoint that another question stands for (see lp_beside)? */
bool lp_is_beside(const struct lp_evidence *e);
/* The link of an endpoint; NULL: the evidence has none, or is about one of another question. */
const struct lp_link *lp_endpoint_of(const struct lp_evidence *e);

/* The two that the planner asks for by name. */
extern const struct lp_probe lp_probe_sip;
extern const struct lp_probe lp_probe_autodiscover;

#endif
