/* stage.h - a small deployment written as text, for planner and judge */
#ifndef LP_TEST_STAGE_H
#define LP_TEST_STAGE_H

#include "logs.h"
#include "lp/judge.h"
#include "lp/ocsp.h"
#include "lp/plan.h"

/*
 * One line each; of two lines about the same thing the later one counts, so that a test is
 * a healthy deployment and the lines that make it ill. Names as in logs.h.
 *
 * dns NAME TYPE ANSWER     ANSWER as in logs_dns. TYPE ANY: whatever is asked. Of names
 *                          without a line "nxdomain"; of other types "nodata". Aliases are
 *                          followed, as a resolver does. NAME "*": the random label, and
 *                          every name that has no line
 * dns1 NAME TYPE ANSWER    the same at the second server, which else answers as the first
 * tcp ADDRESS:PORT WORDS   "refused", "timeout", ... : the connection. Else words of
 *                            tls=CERT  handshake with that certificate
 *                            v=TLSv1   its version (else TLSv1.2)
 *                            alert=N, cut, stuck, garbage: it fails
 *                            asks      wants a client certificate and goes on without
 *                            mtls      wants one and ends with alert 116
 *                            sip=N     answers REGISTER so; "mute", "closes", "not-sip"
 *                            schemes=a,b  of its challenge (else NTLM,TLS-DSK), sts=URL,
 *                            target=NAME, late=SECONDS  its clock is behind
 *                            server=X  Server of SIP and HTTP; diag=X  ms-diagnostics
 *                            nosni=CERT, nosni=alert  what comes without SNI
 *                            web       answers HTTP by the lines "page"; "dead" closes
 *                            not-tried, blocked, crashed: the question as a whole
 *                          without a line: refused
 * page URL [STATUS] BODY   URL may end in "*"; without a line: 404. Of a revocation list: good,
 *                          revoked (all that is asked), unknown (... and not signed by anybody
 *                          known), old, forged, garbage
 * cert NAME WORDS          names=a,b cn=NAME days=N began=N (days from and before now)
 *                          ca=public|private|unknown|self bare (no intermediate sent)
 *                          eku=X key=RSA:1024 sig=SHA1 pss cdp=none|ldap aia=http|ldap
 *                          bad=WORD unreadable ca-days=N (of the intermediate)
 * set WORD VALUE           client, view, domain, servers (2), label ("none"), only (4, 6),
 *                          public (none), private (none), allow (a range), window (60 s)
 */
struct stage {
    struct logs logs;
    struct lp_str *lines;
    size_t line_count;
};

/* Healthy deployments: text of that form. */
extern const char stage_outside[];
extern const char stage_inside[];

/* Reads the lines of base and then those of changes (may be NULL); view as in
   logs_begin. */
void stage_begin(struct stage *s, const char *base, const char *changes);
void stage_end(struct stage *s);
/* Asks until the planner misses nothing. */
void stage_run(struct stage *s);
/* ... and judges the log. */
void stage_judge(struct stage *s, struct lp_judgement *out);

/* The finding with that id and, if not NULL, a subject that holds the text; NULL none. */
const struct lp_finding *stage_find(const struct lp_judgement *j, const char *id,
                                    const char *subject);
/* Does the slice hold the text? */
bool stage_holds(struct lp_str s, const char *text);
/* The ids of all findings in order: "LP-X(c) LP-Y(w<) LP-WALK-OK(i)"; "<": under
   another. */
const char *stage_ids(struct stage *s, const struct lp_judgement *j);

/* One row of a table: a deployment, what is changed in it, and all that is found. */
struct stage_case {
    const char *what;
    const char *base;    /* "out", "in", or "" for nothing at all */
    const char *changes; /* lines; NULL none */
    const char *ids;     /* as of stage_ids */
};
/* Judges the case; the test fails when the findings are others. */
void stage_expect(const struct stage_case *c);
/* The text of "out", "in" or "". */
const char *stage_base(const char *name);

/* The last line that begins with these words, after them; unset: none (stage_peer.c). */
struct lp_str stage_line(const struct stage *s, const char *kind, struct lp_str name);
/* Answers an ask for an endpoint (stage_peer.c). */
void stage_answer_peer(struct stage *s, const struct lp_ask *ask);
/* The certificate with that name as evidence of the log, with its chain; link gets chain
   and verdicts (stage_cert.c). */
void stage_show_cert(struct stage *s, struct lp_str name, struct lp_link *link);

/* An OCSP response by one word: "good", "revoked", "unknown", "old", "forged", "unsigned", "other",
   or a problem (stage_cert.c). */
struct lp_ocsp stage_ocsp(struct lp_str word);

#endif
