/* tlsfacts.h - what the probes see that ask for TLS by hellos of their own. [probe] */
#ifndef LP_TLSFACTS_H
#define LP_TLSFACTS_H

#include "lp/evidence.h"
#include "lp/probe.h"
#include "lp/tlshello.h"

/* One hello and what came of it. */
struct lp_hello_fact {
    struct lp_str offered; /* highest protocol that it offered: "TLSv1.1" */
    struct lp_str answer;  /* "taken", "refused" (alert), "closed", "silent", "not-tls" */
    struct lp_str agreed;  /* protocol; unset: not taken */
    struct lp_str cipher;  /* name of the IANA registry, or "0x1234"; unset: not taken */
    int64_t alert;         /* its number; -1 none */
};
extern const struct lp_field lp_hello_fact_fields[];

/* The answer to a hello that offered that version at most; false: it is not whole yet. Text in
 * talk->arena. */
LP_MUST_CHECK bool lp_hello_hear(struct lp_talk *talk, int64_t version, struct lp_hello_fact *out);
/* Did it agree, or refuse (close, alert)? Neither: nothing is known. */
bool lp_hello_is_taken(const struct lp_hello_fact *fact);
bool lp_hello_is_refused(const struct lp_hello_fact *fact);
/* Says a hello of that version with those ciphers, for the host of the question. */
struct lp_hello lp_hello_for(const struct lp_talk *talk, int64_t version);

/* Folds a list of struct lp_hello_fact. */
void lp_protocols_of_hellos(const struct lp_list *hellos, struct lp_protocols *out);
/* Folds what another question saw into out. */
void lp_protocols_join(struct lp_protocols *out, const struct lp_protocols *more);
/* "TLS 1.0 to 1.3"; "TLS 1.2", and where it is known "TLS 1.2 only" or "TLS 1.3, nothing older than
 * TLS 1.2"; unset: nothing is known. Static text or in the arena. */
struct lp_str lp_protocols_say(const struct lp_protocols *p, struct lp_arena *arena);
/* Number of the lowest protocol, where it is known that there is no lower one (below TLS 1.0 it
 * does not matter); 0: not known. */
int64_t lp_protocols_lowest(const struct lp_protocols *p);

#endif
