/* catalogue.h - every finding id: severity, rank, meaning, remedy. */
#ifndef LP_CATALOGUE_H
#define LP_CATALOGUE_H

#include "lp/arena.h"
#include "lp/field.h"

/* Worst last, so that they compare with <. */
enum lp_severity { LP_INFO, LP_WARNING, LP_CRITICAL };
/* "info" "warning" "critical" */
const char *lp_severity_word(enum lp_severity severity);

/* DESIGN 4 "Order of findings": the order of root causes. */
enum lp_rank {
    LP_RANK_LEAK, /* a leaked name */
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

/*
 * One row for each finding id (findings.tsv).
 *
 * why, fix, then, user_sees and by_hand are templates: {domain} and so on stand for the
 * members of struct lp_vars, and no other brace appears in them. A step may begin with
 * guards, each a word in brackets: "[external][sip] ..." is a step for the outside view
 * and a SIP endpoint only.
 *     internal, external   the view
 *     sip, web             what the endpoint is to speak (service)
 *     redirect, denied, missing, failing, gateway   what kind of status it answers (answer)
 *     others, with a dot at the end: the name (the host where no name is set) begins so
 * A guard about a variable that is unset holds. A step is a sentence, or one command or
 * record line to paste: lp_line_kind tells.
 */
struct lp_rule {
    const char *id;
    enum lp_severity severity; /* as findings.tsv; a check may lower it by the rules of DESIGN 4 */
    enum lp_rank rank;
    const char *title;          /* short, for tables: "SRV target has no address" */
    const char *why;            /* one to three sentences: what it means to a user */
    const char *const *fix;     /* steps, ended by NULL */
    const char *const *then;    /* steps after those, shared by several rules; NULL none */
    const char *user_sees;      /* explain: the client's own words where a source has them */
    const char *const *by_hand; /* explain: commands that show the same; ended by NULL */
    const char *source;         /* RFC, product documentation, poster row */
};

/* A table in place of the pointer to it: LP_LINES("first", "second"). */
#define LP_LINES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The tables of the groups, each ended by a row without id; for lp_rule_at only. */
extern const struct lp_rule lp_rules_walk[], lp_rules_dns[], lp_rules_srv[], lp_rules_zone[];
extern const struct lp_rule lp_rules_ad[], lp_rules_access[], lp_rules_port[], lp_rules_tls[];
extern const struct lp_rule lp_rules_cert[], lp_rules_trust[], lp_rules_quality[];
extern const struct lp_rule lp_rules_sip[], lp_rules_web[], lp_rules_revocation[], lp_rules_media[];
extern const struct lp_rule lp_rules_run[], lp_rules_expect[];
/* The steps that end certificate rules: how to get and assign one with the right
   names; the second for outside certificates alone. Sources: documentation of
   Request-CsCertificate, Import-CsCertificate, Set-CsCertificate; Lync Server 2013:
   Certificate requirements. */
extern const char *const lp_steps_reissue[];
extern const char *const lp_steps_public[];

/* The four records of a domain all of whose users are in the cloud (domain.md 2.5). */
#define LP_CLOUD_WEB_RECORD "lyncdiscover.{domain}. 3600 IN CNAME webdir.online.lync.com."
#define LP_CLOUD_SIP_RECORD "sip.{domain}. 3600 IN CNAME sipdir.online.lync.com."
#define LP_CLOUD_SRV_RECORD "_sip._tls.{domain}. 3600 IN SRV 100 1 443 sipdir.online.lync.com."
#define LP_CLOUD_FEDERATION_RECORD \
    "_sipfederationtls._tcp.{domain}. 3600 IN SRV 100 1 5061 sipfed.online.lync.com."

/* The i-th rule over all groups, in the order of "list findings"; NULL past the last. */
const struct lp_rule *lp_rule_at(size_t i);
/* Case-insensitive, "LP-" may be left out; NULL unknown. */
const struct lp_rule *lp_rule_by_id(struct lp_str id);
/* The valid id with the smallest edit distance, for hints. Never NULL. */
const char *lp_rule_nearest(struct lp_str id);

/*
 * Values for the templates; an unset one is left out, with one space before it. All of
 * them harmless text already (lp_clean_text). What the rules of each group read, beside
 * domain, view, expected and observed, which every finding has:
 *   LP-WALK  name (of the step; -FALLBACK: of the broken one), host, port
 *   LP-DNS   name, type; where the record is SRV also target, and port (the port that
 *            the record should have, else the one it has); aliases: target is where the
 *            chain ends; -INTERNAL-ADDRESS also address
 *   LP-AD    name (lyncdiscover...), host, port, address of the request; target: where
 *            the redirect or link leads, or the SIP access FQDN (then port is its port)
 *   LP-CLOUD no more: observed lists which of the four records points where;
 *            -LEFTOVER as LP-DNS
 *   LP-PORT, LP-TLS, LP-CERT, LP-SIP, LP-TURN, LP-XMPP, LP-SQL host, port, address, service;
 *            LP-CERT also names: every name that the certificate must have, the subject
 *            first, ", " between them
 *   LP-RUN   name (the question), host, port, address where it was an endpoint
 */
struct lp_vars {
    struct lp_str domain;  /* SIP domain */
    struct lp_str view;    /* "internal" or "external" */
    struct lp_str name;    /* owner name, no trailing dot */
    struct lp_str type;    /* "A", "AAAA", "CNAME", "SRV" */
    struct lp_str host;    /* name that the client connects to */
    struct lp_str port;    /* digits */
    struct lp_str address; /* without brackets; {address}:{port} adds them to IPv6 */
    struct lp_str target;
    struct lp_str expected, observed; /* as in the finding; noun phrases without a full stop */
    struct lp_str names;
    struct lp_str service; /* "sip" or "web": for the guards */
    /* Where the record is meant to lead, for the guards: "premises" or "cloud"; unset: nobody knows
     */
    struct lp_str home;
    /* HTTP status, for the guards: "redirect" 3xx, "denied" 401 403 407, "gateway" 502 to 504,
       "failing" other 5xx, "missing" any other */
    struct lp_str answer;
};

/*
 * Template to text in the arena. Beside the members, four derived variables are filled
 * in: {zone} and {label} of the name (of the host where no name is set), {target_zone}
 * and {target_label} of the target. The zone is the SIP domain where that encloses the
 * name, else the name without its first label.
 */
/* In the arena's language, as all texts of a rule that are asked for with an arena. */
struct lp_str lp_template(struct lp_arena *arena, const char *text, const struct lp_vars *vars);
/* A title inside a sentence: "the port refuses the connection", "TLS works, but ...". In another
 * language it keeps its first letter: its catalog has sentences that end before it. */
const char *lp_title_inner(struct lp_arena *arena, const char *title);
/* The steps of a rule whose guards hold, guards taken off, filled in: items are
   struct lp_str. */
void lp_rule_fix(struct lp_arena *arena, const struct lp_rule *rule, const struct lp_vars *vars,
                 struct lp_list *steps);

/* Takes the next guard word off the front of a step ("[sip] x" gives "sip" and "x");
   false: none. */
bool lp_step_guard(struct lp_str *step, struct lp_str *guard);

/* What a step or a by_hand line is: it says how to break it over lines. */
enum lp_line_kind {
    LP_LINE_TEXT,
    LP_LINE_RECORD,     /* zone file: owner TTL IN TYPE data */
    LP_LINE_SHELL,      /* dig, openssl, curl ...: goes on after a backslash */
    LP_LINE_POWERSHELL, /* Verb-Noun: goes on after a backtick */
};
/* By the first words of the line. */
enum lp_line_kind lp_line_kind(struct lp_str line);

#endif
