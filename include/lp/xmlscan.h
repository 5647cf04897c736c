/* xmlscan.h - the elements of a small XML document, one after the other, within bounds. [probe] */
#ifndef LP_XMLSCAN_H
#define LP_XMLSCAN_H

#include "lp/base.h"

enum { LP_XML_DEPTH = 32 };

/* Why a document was not read to its end. */
#define LP_XML_DOCTYPE                                                                         \
    "doctype"                  /* a DTD is where entities come from: nothing behind it is read \
                                */
#define LP_XML_PAGE "web page" /* ... that of HTML */
#define LP_XML_TOO_DEEP "depth 32"
#define LP_XML_SYNTAX "syntax"

/* An element's start; valid during the call. */
struct lp_xml_element {
    struct lp_str name;      /* without a namespace prefix */
    const char **attributes; /* of expat: name, value, ..., NULL */
    int depth;               /* 1: the root */
};
/* Value of an attribute (prefix left out, ASCII case folded); unset when it is not there. */
struct lp_str lp_xml_attribute(const struct lp_xml_element *element, const char *name);

struct lp_xml_visitor {
    void *self;
    /* NULL: go on. Else the reading ends with these words. */
    const char *(*start)(void *self, const struct lp_xml_element *element);
};

/*
 * Calls the visitor for every element. NULL: the document is whole; else one of the words above,
 * or the visitor's. body: all of it, at most INT_MAX bytes, UTF-8 or UTF-16 by expat's rules.
 */
const char *lp_xml_scan(struct lp_str body, const struct lp_xml_visitor *visitor);
/* "x:Name" without "x:". */
struct lp_str lp_xml_local_name(const char *name);

#endif
