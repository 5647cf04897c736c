/* schema.h - the few keywords of JSON Schema that share/ uses, checked against a value */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

/* Where it goes wrong first: "/findings/0/id: no string"; "" nowhere. */
struct schema_error {
    char text[512];
};

/*
 * Is the value valid by the schema (draft 2020-12: $ref into $defs, anyOf, type, enum, const,
 * properties, required, items, minimum, maximum, pattern)? A keyword that is not known is an
 * error, and so is a member that an object with properties does not list: the schema is to
 * describe all that we write.
 */
bool schema_check(json_t *schema, json_t *value, struct schema_error *error);

#endif
