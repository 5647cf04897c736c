/* probe.h - what one file in probes/ exports: facts, conversation, checks. [probe] */
#ifndef LP_PROBE_H
#define LP_PROBE_H

#include "lp/buf.h"
#include "lp/evidence.h"

struct lp_ask;
struct lp_check;

/* Which engine carries the conversation. */
enum lp_carrier {
    LP_CARRY_STREAM, /* TCP, with TLS unless the ask says plain: step() speaks */
    LP_CARRY_HTTP,   /* one GET by libcurl: step() is called once with the body */
};

enum lp_next {
    LP_MORE, /* wait for more bytes */
    LP_DONE, /* the conversation was had: outcome LP_OK */
    LP_BAD,  /* what came is not this protocol: outcome LP_MALFORMED */
};

/* One conversation as the probe sees it. Pure: bytes in, bytes and facts out. */
struct lp_talk {
    const struct lp_ask *ask;
    struct lp_str domain; /* SIP domain of the walk */
    struct lp_str token;  /* 32 random hex digits of this conversation (Call-ID, branch, tag ...) */
    struct lp_arena *arena; /* for strings in the facts */
    void *facts;            /* the probe's struct; link and http are filled by the engine */
    struct lp_str in;   /* everything received so far (at most 64 KiB; a body at most 256 KiB) */
    bool eof;           /* the peer has closed, or the limit was reached; no more will come */
    struct lp_buf *out; /* append what is to be sent */
};

struct lp_probe {
    struct lp_shape shape; /* name, title, field table, size */
    enum lp_carrier carrier;
    const char *accept; /* HTTP: Accept header; NULL none */
    /* Called once when the transport is up (in empty) and then after each arrival. With
       eof set it must not return LP_MORE. */
    enum lp_next (*step)(struct lp_talk *talk);
    const struct lp_check *checks; /* ended by a row without id; NULL none */
};

/* All probes of probes/, generated from the file names; ended by NULL. */
extern const struct lp_probe *const lp_probes[];
/* By name; NULL unknown. */
const struct lp_probe *lp_probe_by_name(struct lp_str name);

/* The two that the planner asks for by name. */
extern const struct lp_probe lp_probe_sip;
extern const struct lp_probe lp_probe_autodiscover;

#endif
