/* catalogue.h - every finding id: severity, rank, what it means to a user, how to mend it, its explain page. */
#ifndef LP_CATALOGUE_H
#define LP_CATALOGUE_H

#include "lp/arena.h"

/* Worst last; compare with the named functions only through lp_severity_worse. */
enum lp_severity { LP_INFO, LP_WARNING, LP_CRITICAL };
const char *lp_severity_word(enum lp_severity severity); /* "info" "warning" "critical" */

/* DESIGN 4 "Order of findings": the order of root causes. */
enum lp_rank {
    LP_RANK_LEAK,  /* a leaked name */
    LP_RANK_DNS,
    LP_RANK_PORT,
    LP_RANK_TLS,
    LP_RANK_CERT,
    LP_RANK_SPEECH,      /* HTTP, Autodiscover documents, SIP */
    LP_RANK_UNREACHABLE, /* LP-AD-UNREACHABLE, LP-AD-SIP-TARGET-UNREACHABLE */
    LP_RANK_WALK,
    LP_RANK_RUN,        /* LP-RUN-*: about the run, not the deployment */
    LP_RANK_OVERRIDDEN, /* LP-RUN-OVERRIDDEN: last */
};

/* One row a finding id (findings.tsv). Texts are templates with {domain} {view} {name} {type} {host} {port} {address} {target}
   {expected} {observed} {names}; an unknown or unset variable is left out. */
struct lp_rule {
    const char *id;
    enum lp_severity severity; /* as findings.tsv; a check may lower it by the rules of DESIGN 4 */
    enum lp_rank rank;
    const char *title;          /* short, for tables: "SRV target has no address" */
    const char *why;            /* one or two sentences: what it means to a user */
    const char *const *fix;     /* steps, ended by NULL: for DNS a record line for a zone and the PowerShell */
    const char *user_sees;      /* explain: the client's own wording where domain.md 9 has it */
    const char *const *by_hand; /* explain: dig, openssl, curl command lines that show the same; ended by NULL */
    const char *source;         /* RFC, document, poster row */
};

extern const struct lp_rule lp_rules[];
extern const size_t lp_rule_count;
/* Case-insensitive, "LP-" may be left out; NULL unknown. */
const struct lp_rule *lp_rule_by_id(struct lp_str id);
/* The valid id with the smallest edit distance, for hints. */
const char *lp_rule_nearest(struct lp_str id);

/* Values for the templates; unset ones are left out. All harmless text already (lp_clean_text). */
struct lp_vars {
    struct lp_str domain, view, name, type, host, port, address, target, expected, observed, names;
};
/* Template to text. */
struct lp_str lp_template(struct lp_arena *arena, const char *text, const struct lp_vars *vars);

#endif
