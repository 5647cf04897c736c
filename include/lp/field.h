/* field.h - facts are plain structs; a table of fields describes each once. [probe] */
#ifndef LP_FIELD_H
#define LP_FIELD_H

#include "lp/addr.h"
#include "lp/arena.h"
#include "lp/outcome.h"

/* Record, replay, JSON and `list facts` all go by the table. */
enum lp_type {
    LP_T_STR,     /* struct lp_str, text */
    LP_T_BYTES,   /* struct lp_str, binary: base64 in a recording */
    LP_T_INT,     /* int64_t, -1 to LP_FIELD_INT_MAX; -1 says "not measured, none" */
    LP_T_UTC,     /* lp_utc: seconds, years 0000 to 9999; or LP_UTC_NONE */
    LP_T_BOOL,    /* bool */
    LP_T_OUTCOME, /* enum lp_outcome, as its word */
    LP_T_ADDR,    /* struct lp_addr, as text; family 0 as null */
    LP_T_STRUCT,  /* a struct in place, with fields of its own */
    LP_T_LIST,    /* struct lp_list of structs with fields */
    LP_T_STRS,    /* struct lp_list of struct lp_str */
};

/* Largest integer of a recording: 2^53 (RFC 7493 s2.2), so that sums of a few cannot
 * overflow. */
#define LP_FIELD_INT_MAX (INT64_C(1) << 53)

/* n elements of one type in the arena. at NULL: empty. */
struct lp_list {
    void *at;
    size_t n;
};
/* Appends a copy of item (size bytes). The list is one that only this function has filled. */
void lp_list_push(struct lp_arena *arena, struct lp_list *list, const void *item, size_t size);
/* Is it in a list of struct lp_str: octet for octet, or as a DNS name? */
bool lp_list_has_str(const struct lp_list *list, struct lp_str text);
bool lp_list_has_name(const struct lp_list *list, struct lp_str name);
/* ... in a list of struct lp_addr? */
bool lp_list_has_addr(const struct lp_list *list, const struct lp_addr *address);
/* Two lists of struct lp_str: the same texts in the same order? */
bool lp_list_same_strs(const struct lp_list *a, const struct lp_list *b);

struct lp_field {
    const char *name; /* key in the recording */
    const char *text; /* what it is, with unit; for list facts and the man page */
    enum lp_type type;
    size_t offset;
    /* LP_T_STRUCT, LP_T_LIST: fields of the element, ended by a row without name. */
    const struct lp_field *sub;
    size_t size; /* LP_T_LIST: size of an element */
};

/*
 * The type follows from the member, so that row and member cannot disagree. A member of
 * type struct lp_str is text; LP_FIELD_BYTES says that it is binary. An int64_t is a
 * number; LP_FIELD_UTC says that it is a time (which may lie before 1970, and be
 * LP_UTC_NONE).
 */
/* clang-format off */
#define LP_TYPE_OF(x)                                                                              \
    _Generic((x), struct lp_str: LP_T_STR, int64_t: LP_T_INT, bool: LP_T_BOOL,                     \
             enum lp_outcome: LP_T_OUTCOME, struct lp_addr: LP_T_ADDR)
#define LP_FIELD(T, m, doc) { #m, doc, LP_TYPE_OF(((T *)0)->m), offsetof(T, m), NULL, 0 }
#define LP_FIELD_BYTES(T, m, doc) { #m, doc, LP_T_BYTES, offsetof(T, m), NULL, 0 }
#define LP_FIELD_UTC(T, m, doc) { #m, doc, LP_T_UTC, offsetof(T, m), NULL, 0 }
#define LP_FIELD_STRUCT(T, m, fields, doc) { #m, doc, LP_T_STRUCT, offsetof(T, m), fields, 0 }
#define LP_FIELD_LIST(T, m, E, fields, doc)                                                        \
    { #m, doc, LP_T_LIST, offsetof(T, m), fields, sizeof(E) }
#define LP_FIELD_STRS(T, m, doc) { #m, doc, LP_T_STRS, offsetof(T, m), NULL, 0 }
#define LP_FIELD_END { NULL, NULL, LP_T_INT, 0, NULL, 0 }
/* clang-format on */

/* The facts of one kind of evidence. */
struct lp_shape {
    const char *name; /* "dns", "certificate", or the probe's name */
    const char *title;
    const struct lp_field *fields;
    size_t size;   /* of the facts struct */
    bool has_link; /* the facts begin with a struct lp_link: an endpoint was probed */
    bool has_http; /* ... followed by a struct lp_http */
};

#endif
