/* tree.h - a YAML or JSON file as a small tree that knows its places. */
#ifndef LP_TREE_H
#define LP_TREE_H

#include "lp/arena.h"

/* Where in the file something stands; both from 1. 0: nowhere (a default). */
struct lp_mark {
    int64_t line, column; /* in characters */
};

enum lp_node_kind { LP_NODE_TEXT, LP_NODE_LIST, LP_NODE_MAP };

/* A value. The types of texts come from whoever reads the tree: here "no" and 012 are texts. */
struct lp_node {
    enum lp_node_kind kind;
    struct lp_mark mark;
    struct lp_str key; /* in a map; else unset. UTF-8, may hold any character */
    struct lp_mark key_mark;
    struct lp_str text;    /* LP_NODE_TEXT: UTF-8, may hold any character */
    bool plain;            /* LP_NODE_TEXT: without quotes */
    struct lp_node *first; /* LP_NODE_LIST, LP_NODE_MAP: elements in the file's order */
    struct lp_node *next;  /* of the same list or map; NULL: the last one */
};

/* A file and where its trouble goes. */
struct lp_tree_source {
    struct lp_arena *arena;
    struct lp_str name; /* for messages */
    struct lp_str bytes;
    size_t depth_max; /* lists and maps within one another */
    size_t nodes_max; /* values and keys */
};

/*
 * The one document of the file: YAML 1.1 by libyaml, or JSON; UTF-8, UTF-16LE or UTF-16BE, with or
 * without byte order mark. Anchors, aliases, tags and a second document are refused, so a file is
 * never larger in memory than it looks. Duplicate keys are left to the reader. The result lives in
 * the arena. False: error is "NAME:LINE:COLUMN: expected ..., found ...".
 */
LP_MUST_CHECK bool lp_tree_read(const struct lp_tree_source *source, const struct lp_node **root,
                                struct lp_error *error);

/* Is there nothing: an empty plain text, "~" or "null"? */
bool lp_node_is_null(const struct lp_node *node);
/* For "found ...": the text, shortened and harmless, or "a list", "a map", "nothing". */
const char *lp_node_shown(struct lp_arena *arena, const struct lp_node *node);

#endif
