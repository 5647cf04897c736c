/* addoc.h - Autodiscover documents (MS-OCDISCWS): XML, JSON, HAL to one form. [probe] */
#ifndef LP_ADDOC_H
#define LP_ADDOC_H

#include "lp/arena.h"
#include "lp/facts.h"

struct lp_ad_link {
    /* "Redirect", "Domain", "User", "Self", "OAuth", "Internal/Autodiscover", ...; of HAL
       with a capital: "redirect" is given as "Redirect" */
    struct lp_str token;
    struct lp_str href; /* as sent, trimmed; not resolved */
};

struct lp_ad_access {
    struct lp_str name; /* "SipClientInternalAccess", "SipClientExternalAccess", ... */
    struct lp_str fqdn; /* trimmed (the samples hold stray blanks: domain.md 2.3) */
    int64_t port;       /* 0 when missing or no number 1..65535 */
};

struct lp_ad_doc {
    struct lp_str form; /* "xml", "json", "hal", or "" when it is no Autodiscover document */
    /* "" or "doctype", "depth 32", "syntax", "not autodiscover", "empty", "limit" (the
       body was cut; or, where form is set, something over a bound was left out) */
    struct lp_str problem;
    struct lp_str section;         /* "Root", "User", "Domain" or "" */
    struct lp_str access_location; /* "Internal", "External" as sent; "" missing */
    struct lp_list links;          /* struct lp_ad_link, at most 64 */
    struct lp_list access;         /* struct lp_ad_access, at most 16 */
};
extern const struct lp_field lp_ad_doc_fields[];

/*
 * Decodes a body, whatever its Content-Type: by its first character. Never fails: problem
 * says why it is no document. A DOCTYPE ends the reading (problem "doctype"; "not
 * autodiscover" when it is that of a web page); depth over 32: "depth 32". Bounded: 256
 * KiB, 64 links, 16 access points, strings of 2,048 bytes. HAL has section "Root".
 */
void lp_addoc_decode(struct lp_arena *arena, struct lp_str body, struct lp_ad_doc *out);

/* The link with that token (ASCII case folded); NULL none. */
const struct lp_ad_link *lp_addoc_link(const struct lp_ad_doc *doc, const char *token);
/* "SipClientInternalAccess" or "SipClientExternalAccess" for the view; NULL when the
   document has none, or no port or name. */
const struct lp_ad_access *lp_addoc_sip(const struct lp_ad_doc *doc, bool internal);

/* Facts of the autodiscover probe: link, http, then the document. */
struct lp_autodiscover_facts {
    struct lp_link link;
    struct lp_http http;
    struct lp_ad_doc doc;
};

#endif
