/* record.h - a recording: JSON Lines, one header, one line an evidence, one end line; also the pipe's format. */
#ifndef LP_RECORD_H
#define LP_RECORD_H

#include "lp/buf.h"
#include "lp/log.h"

/*
 * Line forms:
 *   {"record":"lyncprobe/record/1", <setup fields>}
 *   {"id":1,"parent":0,"kind":"dns","key":"...","outcome":"answer","why":null,"started":12,"elapsed":340,"facts":{...}}
 *   {"end":true, <end fields>}
 * Members equal to their zero value ("" list empty, 0, false, unset) are left out of facts.
 */
void lp_record_header(struct lp_buf *out, const struct lp_setup *setup); /* with newline */
void lp_record_evidence(struct lp_buf *out, const struct lp_evidence *e);
void lp_record_end(struct lp_buf *out, const struct lp_end *end);

/* Finds a shape by name: dns, certificate, or one of the probes. NULL: unknown kind. Given in by the caller, since the
   model does not know the probes. */
typedef const struct lp_shape *lp_shape_finder(struct lp_str kind);

enum lp_line { LP_LINE_HEADER, LP_LINE_EVIDENCE, LP_LINE_END, LP_LINE_UNKNOWN_KIND };

/*
 * Reads one line (without newline) into the log: untrusted input, at most LP_RECORD_LINE_MAX bytes, depth 16.
 * LP_LINE_UNKNOWN_KIND: a kind of a newer version: skipped. False: error says what is wrong (no line number).
 */
enum { LP_RECORD_LINE_MAX = 4 * 1024 * 1024 };
LP_MUST_CHECK bool lp_record_read(struct lp_log *log, struct lp_str line, lp_shape_finder *shapes, enum lp_line *what,
                                  struct lp_error *error);

#endif
