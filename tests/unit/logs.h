/* logs.h - evidence logs made by hand, for the tests of planner and judge */
#ifndef LP_TEST_LOGS_H
#define LP_TEST_LOGS_H

#include "lp/ask.h"
#include "lp/log.h"
#include "lp/url.h"

/* Names without a dot at the end are below contoso.example, as in a zone file; "@" is the
 * domain. */
#define LOGS_DOMAIN "contoso.example"
enum { LOGS_CLOCK = 1764000000 }; /* "now" of every log: 24 Nov 2025 */

struct logs {
    struct lp_arena arena;
    struct lp_log log;
};

/* An empty log: domain contoso.example, client lync2013, one server, random label
 * "zq7x3wq9", both stores known by name. */
void logs_begin(struct logs *l, const char *view);
void logs_end(struct logs *l);
/* A name in full, in the log's arena. */
struct lp_str logs_name(struct logs *l, struct lp_str name);
/* An address from its text; the test fails when it is none. */
struct lp_addr logs_address(const char *text);

/* Adds an evidence; the test fails when its key is there already. Returns it, so that its
   facts can be filled. Not the parent: 0. */
struct lp_evidence *logs_add(struct logs *l, const struct lp_ask *ask, enum lp_outcome outcome);
/* Fills the facts of a DNS answer from text, see logs_dns. */
void logs_answer(struct logs *l, struct lp_evidence *e, const char *answer);
/*
 * The answer to one question, "TYPE NAME" at server 0 (or "TYPE NAME SERVER"). answer:
 * records or words, split by ";":
 *     an address; "PRIORITY WEIGHT PORT TARGET" of an SRV; "alias NAME": what follows is of
 *     that name; "ns NAME"; "soa": in the authority section, "soa N": that of the domain with that
 *     minimum; an outcome word ("nxdomain") for the whole;
 *     "ttl N": of what follows (else 3600)
 */
struct lp_evidence *logs_dns(struct logs *l, const char *question, const char *answer);
/* A request for a URL at an address, and its body: a status other than 200 comes
   before it ("302 https://..." is the Location). "" leaves the outcome to be set. */
struct lp_evidence *logs_web(struct logs *l, const char *url, const char *address,
                             const char *body);
/* A SIP probe of host:port at an address. answer: a status, or an outcome word. */
struct lp_evidence *logs_sip(struct logs *l, const char *endpoint, const char *address,
                             const char *answer);
/* What the planner misses in the log: the ask with that key, NULL none; how many whose
   key begins so, without those that a limit refuses. */
const struct lp_ask *logs_wanted(struct logs *l, const char *key);
size_t logs_count_wanted(struct logs *l, const char *beginning);
/* Splits the text before the first c off, trimmed. */
struct lp_str logs_word(struct lp_str *rest, char c);

/* Documents of the Autodiscover service (domain.md 2.3). */
#define AD_XML(location, what) \
    "<AutodiscoverResponse AccessLocation=\"" location "\">" what "</AutodiscoverResponse>"
#define AD_LINK(token, href) "<Link token=\"" token "\" href=\"" href "\"/>"
#define AD_SERVICE "/Autodiscover/AutodiscoverService.svc/root"
#define AD_ROOT_OF(location, host)                                                    \
    AD_XML(location, "<Root>" AD_LINK("Domain", "https://" host AD_SERVICE "/domain") \
                         AD_LINK("User", "https://" host AD_SERVICE "/user") "</Root>")
#define AD_REDIRECT(href) AD_XML("External", "<Root>" AD_LINK("Redirect", href) "</Root>")
#define AD_ACCESS(view, fqdn, port) "<SipClient" view "Access fqdn=\"" fqdn "\" port=\"" port "\"/>"
#define AD_DOMAIN(what)                                                     \
    AD_XML("External", "<Domain>" what AD_LINK("External/RemotePowerShell", \
                                               "https://webext.contoso.example/p") "</Domain>")

#endif
