/* standing.h - how a certificate stands: what was heard of its revocation, source by source */
#ifndef LP_STANDING_H
#define LP_STANDING_H

#include "lp/crl.h"
#include "lp/ocsp.h"
#include "lp/survey.h"

enum lp_source_kind {
    LP_SOURCE_STAPLE, /* an OCSP response that came with the handshake */
    LP_SOURCE_OCSP,   /* ... that a responder was asked for */
    LP_SOURCE_LIST,   /* a revocation list */
};

enum lp_source_state {
    LP_SOURCE_OPEN,    /* it was not asked (yet) */
    LP_SOURCE_FAILED,  /* it says nothing that a client could use */
    LP_SOURCE_GOOD,    /* the certificate is good */
    LP_SOURCE_REVOKED, /* it is revoked; an old answer says so for ever */
};

/* One place that speaks of a certificate. */
struct lp_source {
    enum lp_source_kind kind;
    enum lp_source_state state;
    struct lp_str url;           /* normal form; a staple: unset */
    struct lp_str host;          /* of the URL */
    const struct lp_evidence *e; /* what was asked; a staple: the endpoint's; NULL: nothing */
    enum lp_outcome lookup;      /* e NULL: why its host has no address; LP_NONE: it has one */
    const struct lp_crl *list;   /* NULL: none was read */
    const struct lp_ocsp *answer;
    lp_utc revoked_at; /* LP_SOURCE_REVOKED; LP_UTC_NONE not known */
    int64_t reason;    /* ... CRLReason; -1 not said */
    bool unsigned_;    /* its signature could not be checked */
};

enum { LP_SOURCES = 24 };
struct lp_standing {
    struct lp_source at[LP_SOURCES]; /* staples first, then responders, then lists */
    size_t n;
};

/* All http sources of the index-th certificate of the endpoint's chain, in its order. Pure; in the
 * arena. */
const struct lp_standing *lp_standing_find(const struct lp_log *log, struct lp_arena *arena,
                                           const struct lp_evidence *endpoint, size_t index);
/* ... of a certificate, where it was shown first. */
const struct lp_standing *lp_standing_of(const struct lp_log *log, struct lp_arena *arena,
                                         const struct lp_certificate *cert);
/* Is one of that kind, or of any but that kind, in that state? */
bool lp_standing_has(const struct lp_standing *standing, enum lp_source_kind kind,
                     enum lp_source_state state);
bool lp_standing_has_beside(const struct lp_standing *standing, enum lp_source_kind kind,
                            enum lp_source_state state);

/* What is wrong with a source that failed, clean text: "status 404", "out of date since 3 Nov
 * 2026", "tryLater". */
struct lp_str lp_source_trouble(struct lp_arena *arena, const struct lp_source *source);
/* ", key compromise"; "" for a number that RFC 5280 section 5.3.1 does not have. */
const char *lp_reason_words(int64_t reason);
/* "stapled", "ocsp", "crl" */
const char *lp_source_kind_word(enum lp_source_kind kind);
/* "open", "failed", "good", "revoked" */
const char *lp_source_state_word(enum lp_source_state state);
/* Until when its answer holds; LP_UTC_NONE: nothing was said. */
lp_utc lp_source_until(const struct lp_source *source);

#endif
