/* csdoc_parts.h - what the reader of topology documents and its element table share; private to
 * decode. */
#ifndef LP_CSDOC_PARTS_H
#define LP_CSDOC_PARTS_H

#include "lp/csdoc.h"

/* Where in the document we are: the elements that matter, and what they may stand in. */
enum lp_cs_place {
    LP_CS_NOWHERE, /* an element that is passed over with all that it holds */
    LP_CS_DOCUMENT,
    LP_CS_BUILDER,
    LP_CS_NEW,
    LP_CS_TOPOLOGY,
    LP_CS_DOMAINS,
    LP_CS_URLS,
    LP_CS_URL,
    LP_CS_SITES,
    LP_CS_SITE,
    LP_CS_REMOTE_SITE,
    LP_CS_CLUSTERS,
    LP_CS_CLUSTER,
    LP_CS_MACHINES,
    LP_CS_MACHINE,
    LP_CS_SQLS,
    LP_CS_SERVICES,
    LP_CS_SERVICE,
    LP_CS_DEPENDS,
    LP_CS_DEPENDENCY,
    LP_CS_INSTALLED,
    LP_CS_SQL_ID,
    LP_CS_PORTS,
    LP_CS_WEB,
    LP_CS_LEAF /* read, but nothing in it */
};

/* A document being filled. */
struct lp_cs_filling {
    struct lp_arena *arena;
    struct lp_cs_doc *doc;
    int64_t line;            /* of the element at hand */
    bool remote;             /* it stands in a branch site */
    const char **attributes; /* of the element at hand, as expat gives them */
};

/* One kind of element. */
struct lp_cs_element {
    enum lp_cs_place in;
    const char *name; /* without a namespace prefix: the vocabulary is one */
    enum lp_cs_place place;
    void (*take)(struct lp_cs_filling *f); /* keeps what it says; NULL: nothing to keep */
};

/* The row of an element, by the place that it stands in; NULL: it is passed over. */
const struct lp_cs_element *lp_cs_element(enum lp_cs_place in, struct lp_str name);

#endif
