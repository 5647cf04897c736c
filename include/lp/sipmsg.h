/* sipmsg.h - SIP: one anonymous REGISTER or OPTIONS, and its answer (RFC 3261, MS-SIPAE). [probe]
 */
#ifndef LP_SIPMSG_H
#define LP_SIPMSG_H

#include "lp/arena.h"
#include "lp/buf.h"
#include "lp/facts.h"

/* Facts of the probes that speak SIP. */
struct lp_sip_facts {
    struct lp_link link;
    bool is_sip;            /* a SIP/2.0 status line was read */
    int64_t status;         /* 0: none */
    struct lp_str reason;   /* reason phrase, as sent */
    struct lp_str server;   /* Server header */
    struct lp_list schemes; /* struct lp_str: NTLM, Kerberos, TLS-DSK ... of the challenges */
    struct lp_str realm;
    struct lp_str target_name; /* targetname of the first challenge */
    struct lp_str sts_uri;
    int64_t date;              /* Date header, UTC seconds; LP_UTC_NONE */
    struct lp_str diagnostics; /* ms-diagnostics or ms-diagnostics-public, as sent */
    struct lp_str contact;
    struct lp_str allow;       /* Allow header, as sent */
    struct lp_str logon_data;  /* ms-user-logon-data: "RemoteUser" came through an Edge */
    struct lp_str first_bytes; /* binary, at most 64, when it is not SIP */
    int64_t answer_us;         /* request sent to first byte; 0 none came (set by the probe) */
};
extern const struct lp_field lp_sip_fields[];

/* What the request needs. */
struct lp_sip_request {
    /* SIP domain: REGISTER sip:<domain>, From and To <sip:lyncprobe@domain>: never the
       user's name */
    struct lp_str domain;
    struct lp_str token; /* 32 hex digits for branch, tag, Call-ID, epid */
    bool tls;            /* Via transport */
};
/* Appends the whole request (domain.md 3.1). Via names lyncprobe.invalid, no host of
   ours. */
void lp_sip_register(struct lp_buf *out, const struct lp_sip_request *request);
/* ... OPTIONS of the same domain: what can you do (RFC 3261 11)? */
void lp_sip_options(struct lp_buf *out, const struct lp_sip_request *request);

enum lp_sip_read { LP_SIP_MORE, LP_SIP_COMPLETE, LP_SIP_NOT_SIP };
/*
 * Reads all bytes received so far; the same result however they were split. Provisional
 * answers (1xx) are skipped; only when nothing follows before eof is their status the one
 * given. At most 64 KiB and 200 header lines. Fills the sip members of facts (not link,
 * not answer_us); while it returns LP_SIP_MORE only is_sip and status. Text in the arena,
 * clean.
 * LP_SIP_NOT_SIP comes with the first whole line, 64 bytes, or eof; also for a peer that
 * closes without a word (first_bytes is empty then).
 */
enum lp_sip_read lp_sip_decode(struct lp_arena *arena, struct lp_str in, bool eof,
                               struct lp_sip_facts *facts);

#endif
