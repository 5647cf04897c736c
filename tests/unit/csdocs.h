/* csdocs.h - topology documents of the product, from memory and from tests/data/topology. */
#ifndef TESTS_CSDOCS_H
#define TESTS_CSDOCS_H

#include "lp/csdoc.h"

/* A file of tests/data/topology, whole, in the arena. */
struct lp_str csdoc_file(struct lp_arena *arena, const char *name);
/* Reads a document from memory; name "t.xml". */
bool csdoc_read(struct lp_arena *arena, struct lp_str bytes, struct lp_cs_doc *out,
                struct lp_error *error);
/* The same text in UTF-16, with a byte order mark or without. */
struct lp_str csdoc_utf16(struct lp_arena *arena, struct lp_str text, bool big, bool mark);

#endif
