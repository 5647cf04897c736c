/* addoc_parts.h - what the readers of Autodiscover documents share; private to decode. */
#ifndef LP_ADDOC_PARTS_H
#define LP_ADDOC_PARTS_H

#include "lp/addoc.h"

/* Bounds of a document (DESIGN 6b). */
enum {
    LP_AD_BYTES = 256 * 1024,
    LP_AD_DEPTH = 32,
    LP_AD_STRING = 2048,
    LP_AD_LINKS = 64,
    LP_AD_ACCESSES = 16,
};

/* The readers' own problems. NULL: the document is whole. */
#define LP_AD_DOCTYPE "doctype"
#define LP_AD_TOO_DEEP "depth 32"
#define LP_AD_SYNTAX "syntax"
#define LP_AD_OTHER "not autodiscover"
#define LP_AD_EMPTY "empty"
#define LP_AD_LIMIT "limit"

/* A document being filled. */
struct lp_ad_builder {
    struct lp_arena *arena;
    struct lp_ad_doc *doc;
    bool dropped; /* something went over a bound */
};

/* Appends a link; without token or href it is none. Text is trimmed and copied. */
void lp_ad_add_link(struct lp_ad_builder *b, struct lp_str token, struct lp_str href);
/* Appends a SIP access point; port as text. */
void lp_ad_add_access(struct lp_ad_builder *b, struct lp_str name, struct lp_str fqdn,
                      struct lp_str port);
/* Copies a trimmed text of at most LP_AD_STRING bytes; a longer one is dropped: "" and
   b->dropped. */
struct lp_str lp_ad_text(struct lp_ad_builder *b, struct lp_str text);
/* Is it the name of a section? The canonical spelling, unset when it is none. */
struct lp_str lp_ad_section(struct lp_str name);
/* Is it the name of a SIP access point (Sip...Access)? */
bool lp_ad_is_access(struct lp_str name);

/* The two readers. Each returns one of the problems above, or NULL. */
const char *lp_ad_read_xml(struct lp_ad_builder *b, struct lp_str body);
const char *lp_ad_read_json(struct lp_ad_builder *b, struct lp_str body);

#endif
