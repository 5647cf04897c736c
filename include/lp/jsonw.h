/* jsonw.h - a small JSON writer: begin, add, end; no object model. */
#ifndef LP_JSONW_H
#define LP_JSONW_H

#include "lp/text.h"

/* Writes into a buffer; commas and nesting are its business. Depth at most 32 (asserted).
 */
struct lp_jw {
    struct lp_buf *out;
    bool pretty; /* two blanks of indent a level and newlines; else one line */
    int depth;
    bool has_item[33]; /* per depth: something was written, so a comma is due */
    bool after_key;
};

struct lp_jw lp_jw_new(struct lp_buf *out, bool pretty);
void lp_jw_begin_object(struct lp_jw *w);
void lp_jw_end_object(struct lp_jw *w);
void lp_jw_begin_array(struct lp_jw *w);
void lp_jw_end_array(struct lp_jw *w);
/* Key of our own, inside an object, before its value. */
void lp_jw_key(struct lp_jw *w, const char *key);
void lp_jw_str(struct lp_jw *w, struct lp_str s);        /* unset gives null */
void lp_jw_text(struct lp_jw *w, const char *text);      /* NULL gives null */
void lp_jw_base64(struct lp_jw *w, struct lp_str bytes); /* as a string; unset gives null */
void lp_jw_int(struct lp_jw *w, int64_t value);
void lp_jw_bool(struct lp_jw *w, bool value);
void lp_jw_null(struct lp_jw *w);
/* A key and its value in one. */
void lp_jw_key_str(struct lp_jw *w, const char *key, struct lp_str s);
void lp_jw_key_text(struct lp_jw *w, const char *key, const char *text);
void lp_jw_key_int(struct lp_jw *w, const char *key, int64_t value);
void lp_jw_key_bool(struct lp_jw *w, const char *key, bool value);
/* Microseconds as seconds with six digits (0.018000 is written 0.018); -1 gives null. */
void lp_jw_seconds(struct lp_jw *w, lp_usec us);

#endif
