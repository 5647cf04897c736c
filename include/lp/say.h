/* say.h - evidence in plain words, for the reports that people read. */
#ifndef LP_SAY_H
#define LP_SAY_H

#include "lp/expect.h"
#include "lp/survey.h"

/* Words for one evidence: clean text in the arena. */
struct lp_said {
    struct lp_str text;
    bool well; /* the conversation went as a client would wish */
};

/* What happened at one endpoint, by the layer that ended it: "SIP answers", "the port is
 * closed", "redirects to webext.contoso.com". Memory from survey->arena. */
struct lp_said lp_say_endpoint(const struct lp_survey *survey, const struct lp_evidence *e);
/* What else it told: TLS version, cipher, server software, SIP schemes; "" nothing. */
struct lp_str lp_say_more(const struct lp_survey *survey, const struct lp_evidence *e);
/* One word for a table of ports: "open", "TLSv1.3", "closed", "silent", ... */
struct lp_str lp_say_port(const struct lp_survey *survey, const struct lp_evidence *e);
/* How a question for that type ended: "not there" (NXDOMAIN), "no address" (NODATA),
 * "SERVFAIL", "no answer", ... Static text. */
const char *lp_say_dns(const struct lp_arena *arena, enum lp_outcome outcome, int64_t type);
/* "host:port", brackets for addresses; clean text in the arena. */
struct lp_str lp_say_host_port(struct lp_arena *arena, struct lp_str host, int64_t port);
/* The address as text; "no address" for family 0. */
struct lp_str lp_say_address(struct lp_arena *arena, const struct lp_addr *address);
/* What an expectation is about: "sip.contoso.com A", "certificate pool01.contoso.com",
 * "pool01.contoso.com:5061 10.0.0.11"; clean text in the arena. */
struct lp_str lp_say_expected(struct lp_arena *arena, const struct lp_expectation *e);

#endif
