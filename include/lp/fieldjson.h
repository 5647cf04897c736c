/* fieldjson.h - structs that have a field table, to and from JSON. */
#ifndef LP_FIELDJSON_H
#define LP_FIELDJSON_H

#include "lp/arena.h"
#include "lp/field.h"
#include "lp/jsonw.h"

struct json_t; /* jansson's */

/* Adds the members of an open object: one for each field that has not its zero value
 * (record.h says what that is). */
void lp_fields_write(struct lp_jw *w, const struct lp_field *fields, const void *facts);

struct lp_place; /* private: where in the object the reader is */

struct lp_field_reading {
    struct lp_arena *arena; /* receives strings and lists */
    struct lp_error *error;
    const struct lp_place *place; /* NULL at the start */
};

/*
 * Fills the members of *facts, which must be zeroed, from a JSON object. Absent members
 * stay as they are, unknown ones are ignored, null is an unset text or address. False: a
 * value of the wrong type, a number out of range, an unknown outcome, a list of more
 * than LP_RECORD_LIST_MAX; the error is "rrs[3].ttl: what is wrong" and *facts is half
 * filled.
 */
LP_MUST_CHECK bool lp_fields_read(struct lp_field_reading *r, const struct lp_field *fields,
                                  void *facts, struct json_t *object);
/* Writes "NAME: wrong" into the error and returns false. Both are words of ours. */
bool lp_field_refuse(const struct lp_field_reading *r, const char *name, const char *wrong);

#endif
