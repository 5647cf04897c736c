/* text_report_parts.h - what the files of the text report share. */
#ifndef LP_TEXT_REPORT_PARTS_H
#define LP_TEXT_REPORT_PARTS_H

#include "lp/judge.h"
#include "lp/page.h"

/* One walk on one page. */
struct lp_text_report {
    struct lp_page page;
    const struct lp_judgement *j;
    bool fix_above; /* the steps of the first finding stand at the top, all of them */
};

/* ---- the sections, in this order ---- */

/* The options that changed answers or addresses, a line each; not all where they are many. */
void lp_text_overrides(const struct lp_text_report *report);
/* The ladder of the deciding client. */
void lp_text_walk(const struct lp_text_report *report);
/* What stands behind the client's endpoint, a sentence, and its sign; only where j->beyond.e is. */
struct lp_str lp_text_beyond(const struct lp_text_report *report);
enum lp_sign lp_text_beyond_sign(const struct lp_text_report *report);
/* One line for each other client. */
void lp_text_clients(const struct lp_text_report *report);
/* The answers of several name servers side by side; nothing for one server. */
void lp_text_servers(const struct lp_text_report *report);
void lp_text_certificates(const struct lp_text_report *report);
void lp_text_endpoints(const struct lp_text_report *report);
/* With a topology: its three tables in numbers, and the rows that are not met; all with -v. */
void lp_text_expectations(const struct lp_text_report *report);
void lp_text_findings(const struct lp_text_report *report);
/* -vv: all evidence with its times and fields; -vvv: bytes too. */
void lp_text_evidence(const struct lp_text_report *report);
/* ... one of them. */
void lp_text_evidence_one(const struct lp_text_report *report, const struct lp_evidence *e);

/* ---- findings by evidence ---- */

/* The weightiest warning or critical finding that rests on this evidence, its rank from..to;
 * NULL: none. */
struct lp_ranks {
    enum lp_rank from, to;
};
const struct lp_finding *lp_text_finding(const struct lp_text_report *report, int64_t evidence,
                                         struct lp_ranks ranks);
enum lp_sign lp_text_sign_of(const struct lp_finding *finding);
/* Does a client that comes to this endpoint fail there by the judge's word? */
bool lp_text_is_refused(const struct lp_text_report *report, const struct lp_evidence *e);

/* "until 24 Dec 2026: renewed with the next order"; "over since ...": unset without a waiver. */
struct lp_str lp_text_waiver_words(const struct lp_text_report *report, const struct lp_finding *f);

/* ---- the answers of several name servers ---- */

/* The names that are compared, each once: those of the steps, and of SRV targets. */
struct lp_asked {
    struct lp_str name;
    int64_t type; /* LP_DNS_A: A and AAAA */
};
struct lp_asked_list {
    struct lp_asked *at;
    size_t n;
};
struct lp_asked_list lp_text_asked(const struct lp_text_report *report);

/* What one server says to one question, an item a record, sorted; or how the question ended. */
struct lp_told {
    struct lp_str *items;
    size_t n;
    bool apart; /* the name is not of this server's zone: it was not asked, and agrees with all */
};
struct lp_told lp_text_told(const struct lp_text_report *report, const struct lp_asked *question,
                            size_t server);
bool lp_text_tells_same(const struct lp_told *a, const struct lp_told *b);
/* Name of the server; clean text. */
struct lp_str lp_text_server_label(const struct lp_text_report *report, size_t server);

/* ---- what a step amounts to ---- */

/* Of the weightiest finding about its records or endpoints, else of its outcome. */
enum lp_sign lp_text_step_sign(const struct lp_text_report *report,
                               const struct lp_step_result *step);
/* "used", "not there, right", "gives the server"; our own words. */
struct lp_str lp_text_step_words(const struct lp_text_report *report,
                                 const struct lp_step_result *step);
/* The client fails in this step, or at the endpoint that it gives. */
bool lp_text_stops_in(const struct lp_text_report *report, const struct lp_step_result *step);
/* "lyncdiscover.contoso.com A"; clean text. */
struct lp_str lp_text_owner(const struct lp_text_report *report, const struct lp_step_result *step);

/* A client's way in a line: "signs in at access.contoso.com:443 (step d)". The name of the step is
 * left out where it would pass the page's width. */
enum { LP_CLIENT_TEXT_AT = LP_ROW_LEFT + 12 };
struct lp_str lp_text_path_words(const struct lp_text_report *report, const struct lp_path *path);
enum lp_sign lp_text_path_sign(const struct lp_text_report *report, const struct lp_path *path);

/* ---- what each port of each address said ---- */

/* What was seen, sorted: each address and each port once. */
struct lp_text_grid {
    struct lp_addr *addresses;
    int64_t *ports;
    size_t address_count, port_count;
};
/* Memory from the page's arena. */
struct lp_text_grid lp_text_grid_of(const struct lp_text_report *report);
/* The word of a cell; "-": not asked, "by name": it hangs on the name that is asked for. */
struct lp_str lp_text_grid_cell(const struct lp_text_report *report, const struct lp_addr *address,
                                int64_t port);
/* Of the weightiest finding about a port or the TLS of the address; else LP_SIGN_OK. */
enum lp_sign lp_text_grid_sign(const struct lp_text_report *report, const struct lp_addr *address);

/* ---- the rows below a step ---- */

/* One row: endpoints with the same words are one row, all their addresses to the left. */
struct lp_text_sub {
    struct lp_str head;      /* "443", "https"; part of what is alike */
    struct lp_str addresses; /* ", " between */
    size_t address_count;
    size_t total; /* addresses with this head, whatever their words */
    struct lp_str text;
    enum lp_sign sign;
    lp_usec times[LP_ROW_TIMES];
};
struct lp_text_subs {
    struct lp_text_sub *at;
    size_t n, room;
};
/* Rows of a step: aliases, targets, endpoints, documents. giver: the endpoint comes from
 * here, or the client stops here. */
void lp_text_subs_make(const struct lp_text_report *report, const struct lp_step_result *step,
                       struct lp_text_subs *out);
/* A row of text alone. */
void lp_text_sub_note(const struct lp_text_report *report, struct lp_text_subs *subs,
                      enum lp_sign sign, struct lp_str text);
/* -v: the questions that a step rests on, with server, rcode, flags and TTL. */
void lp_text_subs_questions(const struct lp_text_report *report, const struct lp_step_result *step,
                            struct lp_text_subs *subs);
/* -v or --deep: the lines of the probes beside an endpoint, each once behind the row `from`. */
void lp_text_subs_besides(const struct lp_text_report *report, const struct lp_evidence *e,
                          struct lp_text_subs *subs, size_t from);

#endif
