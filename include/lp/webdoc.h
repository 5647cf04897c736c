/* webdoc.h - the documents of Office Web Apps and of AD FS. [probe] */
#ifndef LP_WEBDOC_H
#define LP_WEBDOC_H

#include "lp/arena.h"
#include "lp/facts.h"

struct lp_webdoc {
    /* "" or "doctype", "web page", "depth 32", "syntax", "empty", "limit" (the body was cut) */
    struct lp_str problem;
    struct lp_str root; /* name of the root element; unset none */
    /* wopi-discovery: struct lp_str "PowerPoint present", each once, at most 64 */
    struct lp_list actions;
    struct lp_str zone;   /* its first net-zone: "internal-https" */
    struct lp_str entity; /* EntityDescriptor: entityID */
};

/* Facts of the probes wac and adfs: link, http, then the document. */
struct lp_webdoc_facts {
    struct lp_link link;
    struct lp_http http;
    struct lp_webdoc doc;
};
extern const struct lp_field lp_webdoc_fields[]; /* of that struct */

enum { LP_WEBDOC_BODY_MAX = 64 * 1024 }; /* bytes of body that the probes read */

/* Decodes the body of an answer into facts->doc; whether it was cut stands in facts->http.limit. */
void lp_webdoc_take(struct lp_arena *arena, struct lp_str body, struct lp_webdoc_facts *facts);
/* Decodes an XML body of at most LP_WEBDOC_BODY_MAX bytes; cut: it was longer. Clean text in the
 * arena. */
void lp_webdoc_decode(struct lp_arena *arena, struct lp_str body, bool cut, struct lp_webdoc *out);
/* Has it an action, as "PowerPoint present" (ASCII case folded)? */
bool lp_webdoc_has(const struct lp_webdoc *doc, const char *action);

#endif
