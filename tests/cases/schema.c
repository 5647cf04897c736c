/* schema.c - the few keywords of JSON Schema that share/ uses, checked against a value */
#include "schema.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* One check under way; path: of the value. */
struct check {
    json_t *root;
    struct schema_error *error;
    char path[256];
};

static bool check_value(struct check *check, json_t *schema, json_t *value);

static bool fail(struct check *check, const char *what, const char *detail)
{
    (void)snprintf(check->error->text, sizeof check->error->text, "%s: %s%s%s",
                   *check->path ? check->path : "/", what, *detail ? " " : "", detail);
    return false;
}

/* Checks a part of the value under its own path. */
static bool check_part(struct check *check, const char *name, json_t *schema, json_t *value)
{
    size_t length = strlen(check->path);
    (void)snprintf(check->path + length, sizeof check->path - length, "/%.60s", name);
    bool ok = check_value(check, schema, value);
    check->path[length] = '\0';
    return ok;
}

static bool is_of_type(json_t *value, const char *type)
{
    static const struct {
        const char *name;
        json_type types[2];
    } names[] = {
        { "object", { JSON_OBJECT, JSON_OBJECT } }, { "array", { JSON_ARRAY, JSON_ARRAY } },
        { "string", { JSON_STRING, JSON_STRING } }, { "integer", { JSON_INTEGER, JSON_INTEGER } },
        { "number", { JSON_INTEGER, JSON_REAL } },  { "boolean", { JSON_TRUE, JSON_FALSE } },
        { "null", { JSON_NULL, JSON_NULL } },
    };
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i].name, type) == 0)
            return json_typeof(value) == names[i].types[0] ||
                   json_typeof(value) == names[i].types[1];
    }
    return false;
}

/* ---- one function a keyword: its argument, and the value ---- */

static bool on_type(struct check *check, json_t *argument, json_t *value)
{
    size_t i;
    json_t *type;
    if (json_is_string(argument))
        return is_of_type(value, json_string_value(argument)) ||
               fail(check, "is no", json_string_value(argument));
    json_array_foreach(argument, i, type)
    {
        if (is_of_type(value, json_string_value(type)))
            return true;
    }
    return fail(check, "is of none of the types", "");
}

static bool on_enum(struct check *check, json_t *argument, json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(argument, i, item)
    {
        if (json_equal(item, value))
            return true;
    }
    return fail(check, "is none of the values:",
                json_is_string(value) ? json_string_value(value) : "no string");
}

static bool on_const(struct check *check, json_t *argument, json_t *value)
{
    return json_equal(argument, value) || fail(check, "is another value", "");
}

static bool on_ref(struct check *check, json_t *argument, json_t *value)
{
    const char *name = json_string_value(argument);
    if (strncmp(name, "#/$defs/", 8) != 0)
        return fail(check, "bad $ref", name);
    json_t *schema = json_object_get(json_object_get(check->root, "$defs"), name + 8);
    return schema ? check_value(check, schema, value) : fail(check, "no such $ref", name);
}

static bool on_any_of(struct check *check, json_t *argument, json_t *value)
{
    size_t i;
    json_t *schema;
    json_array_foreach(argument, i, schema)
    {
        if (check_value(check, schema, value)) {
            check->error->text[0] = '\0';
            return true;
        }
    }
    return false; /* the text is that of the last one */
}

static bool on_properties(struct check *check, json_t *argument, json_t *value)
{
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member)
    {
        json_t *schema = json_object_get(argument, key);
        if (!schema)
            return fail(check, "has a member that the schema does not list:", key);
        if (!check_part(check, key, schema, member))
            return false;
    }
    return true;
}

static bool on_required(struct check *check, json_t *argument, json_t *value)
{
    size_t i;
    json_t *name;
    json_array_foreach(argument, i, name)
    {
        if (json_is_object(value) && !json_object_get(value, json_string_value(name)))
            return fail(check, "lacks", json_string_value(name));
    }
    return true;
}

static bool on_items(struct check *check, json_t *argument, json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        char name[24];
        (void)snprintf(name, sizeof name, "%zu", i);
        if (!check_part(check, name, argument, item))
            return false;
    }
    return true;
}

static bool on_minimum(struct check *check, json_t *argument, json_t *value)
{
    return !json_is_number(value) || json_number_value(value) >= json_number_value(argument) ||
           fail(check, "is too small", "");
}

static bool on_maximum(struct check *check, json_t *argument, json_t *value)
{
    return !json_is_number(value) || json_number_value(value) <= json_number_value(argument) ||
           fail(check, "is too large", "");
}

static bool on_pattern(struct check *check, json_t *argument, json_t *value)
{
    regex_t regex;
    if (!json_is_string(value))
        return true;
    if (regcomp(&regex, json_string_value(argument), REG_EXTENDED | REG_NOSUB) != 0)
        return fail(check, "bad pattern", json_string_value(argument));
    bool ok = regexec(&regex, json_string_value(value), 0, NULL, 0) == 0;
    regfree(&regex);
    return ok || fail(check, "does not match", json_string_value(argument));
}

static bool on_note(struct check *check, json_t *argument, json_t *value)
{
    (void)check;
    (void)argument;
    (void)value;
    return true;
}

static bool check_value(struct check *check, json_t *schema, json_t *value)
{
    static const struct {
        const char *name;
        bool (*on)(struct check *check, json_t *argument, json_t *value);
    } keywords[] = {
        { "$schema", on_note },
        { "$id", on_note },
        { "$defs", on_note },
        { "title", on_note },
        { "description", on_note },
        { "contentEncoding", on_note },
        { "$ref", on_ref },
        { "anyOf", on_any_of },
        { "type", on_type },
        { "enum", on_enum },
        { "const", on_const },
        { "properties", on_properties },
        { "required", on_required },
        { "items", on_items },
        { "minimum", on_minimum },
        { "pattern", on_pattern },
        { "maximum", on_maximum },
        /* false, and on_properties refuses them anyway */
        { "additionalProperties", on_note },
    };
    const char *key;
    json_t *argument;
    json_object_foreach(schema, key, argument)
    {
        size_t i = 0;
        while (i < COUNT(keywords) && strcmp(keywords[i].name, key) != 0)
            i++;
        if (i == COUNT(keywords))
            return fail(check, "the schema has an unknown keyword:", key);
        if (!keywords[i].on(check, argument, value))
            return false;
    }
    return true;
}

bool schema_check(json_t *schema, json_t *value, struct schema_error *error)
{
    struct check check = { .root = schema, .error = error };
    error->text[0] = '\0';
    return check_value(&check, schema, value);
}
