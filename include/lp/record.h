/* record.h - a recording: JSON Lines of header, evidence, end; also the pipe's format. */
#ifndef LP_RECORD_H
#define LP_RECORD_H

#include <stdio.h>

#include "lp/buf.h"
#include "lp/log.h"

/*
 * Line forms:
 *   {"record":"lyncprobe/record/1", <setup fields>}
 *   {"id":1,"parent":0,"kind":"dns","key":"...","outcome":"answer","why":null,
 *    "started":12,"elapsed":340,"facts":{...}}
 *   {"end":true, <end fields>}
 * Fields (field.h) equal to their zero value are left out, and a field that is absent
 * has it: unset text, no elements, 0, false, no address, the outcome "". All else is
 * written: set but empty text as "", -1, LP_UTC_NONE. So reading gives back what was
 * written, with one exception: text that is no UTF-8 comes back with U+FFFD in it.
 */

/* Each appends one line with its newline, whole or (at the limit of the buffer: `cut`)
 * not at all. */
void lp_record_header(struct lp_buf *out, const struct lp_setup *setup);
void lp_record_evidence(struct lp_buf *out, const struct lp_evidence *e);
void lp_record_end(struct lp_buf *out, const struct lp_end *end);
/* A whole walk. */
void lp_record_log(struct lp_buf *out, const struct lp_log *log);

/* Finds a shape by name: dns, certificate, or one of the probes. NULL: unknown kind. */
typedef const struct lp_shape *lp_shape_finder(struct lp_str kind);
/* The finder that is used everywhere but in tests. */
const struct lp_shape *lp_shape_by_name(struct lp_str kind);

enum lp_line {
    LP_LINE_BAD, /* the error says what is wrong, and with which member */
    LP_LINE_HEADER,
    LP_LINE_EVIDENCE,
    LP_LINE_END,
    LP_LINE_UNKNOWN_KIND, /* evidence of a kind of a newer version: skipped */
};

/* What one line may have; beyond it the line is bad. */
enum {
    LP_RECORD_LINE_MAX = 4 * 1024 * 1024, /* bytes */
    LP_RECORD_DEPTH_MAX = 16,             /* objects and arrays inside one another */
    LP_RECORD_VALUES_MAX = 65536,         /* members and elements */
    LP_RECORD_LIST_MAX = 4096,            /* elements of one list */
    LP_RECORD_EVIDENCE_MAX = 20000,       /* entries in one log */
};

/*
 * Reads one line (without newline) into the log: untrusted input. A header replaces
 * log->setup, an end line log->end; the order of lines is the caller's business
 * (lp_record_load). Members that we do not know are ignored. What is checked beyond the
 * types, so that a later reader may rely on it:
 *   - ids grow, and parent is smaller than id (parents make no loop);
 *   - the key begins with the kind: what is under "sip ..." has the facts of sip;
 *   - `server` of dns facts is an index of setup.servers (0 when there is none);
 *   - the header's domain is a host name, its view one of the three words, its ranges
 *     of --allow-net parse.
 * An entry whose key is already there is LP_LINE_EVIDENCE, but not added. The log is
 * unchanged by a bad line.
 */
LP_MUST_CHECK enum lp_line lp_record_read(struct lp_log *log, struct lp_str line,
                                          lp_shape_finder *shapes, struct lp_error *error);

/* What one file may have. */
enum {
    LP_RECORD_FILE_MAX = 64 * 1024 * 1024, /* bytes */
    LP_RECORD_LINES_MAX = 100000,
    LP_RECORD_MEMORY_MAX = 256 * 1024 * 1024, /* bytes of arena that it may turn into */
};

/* Where a recording comes from. */
struct lp_record_source {
    FILE *file;              /* read to its end, not closed */
    const char *name;        /* for messages */
    lp_shape_finder *shapes; /* lp_shape_by_name */
};

/* The walks of one file, in its order. */
struct lp_recording {
    struct lp_log **at;
    size_t n; /* at least 1 */
};

/*
 * Reads a whole recording: one walk (header, evidence, end) or several after one
 * another. Everything lives in the arena. False: the error is "NAME:LINE: what is
 * wrong"; also for a recording that was cut off: no end line, or half a line.
 */
LP_MUST_CHECK bool lp_record_load(const struct lp_record_source *source, struct lp_arena *arena,
                                  struct lp_recording *out, struct lp_error *error);

#endif
