/* field_read.c - structs that have a field table, from JSON of a stranger. */
#include <jansson.h>

#include "lp/fieldjson.h"
#include "lp/record.h"
#include "lp/text.h"

/* Years 0000 to 9999: what a certificate can say (RFC 5280 s4.1.2.5). */
#define UTC_FIRST INT64_C(-62167219200)
#define UTC_LAST INT64_C(253402300799)

/* Where we are in the line, for messages ("facts.rrs[3].ttl"): a chain of the callers'
 * locals. */
struct lp_place {
    const struct lp_place *up; /* NULL: the line itself */
    const char *name;          /* NULL: an element */
    size_t index;
};

/* Reads the value of one field into the member at `to`. False: the error is written. */
typedef bool get_fn(struct lp_field_reading *r, const struct lp_field *field, void *to,
                    json_t *value);
static get_fn get_text, get_bytes, get_int, get_utc, get_bool, get_outcome, get_address, get_struct,
    get_list, get_texts;

static get_fn *const getters[] = {
    [LP_T_STR] = get_text,     [LP_T_BYTES] = get_bytes,   [LP_T_INT] = get_int,
    [LP_T_UTC] = get_utc,      [LP_T_BOOL] = get_bool,     [LP_T_OUTCOME] = get_outcome,
    [LP_T_ADDR] = get_address, [LP_T_STRUCT] = get_struct, [LP_T_LIST] = get_list,
    [LP_T_STRS] = get_texts,
};

static void put_place(struct lp_buf *out, const struct lp_place *place)
{
    if (!place)
        return;
    put_place(out, place->up);
    if (place->name)
        lp_buf_printf(out, "%s%s", out->n ? "." : "", place->name);
    else
        lp_buf_printf(out, "[%zu]", place->index);
}

/* "member: what is wrong". Names are those of our tables, not of the line. */
static bool refuse(const struct lp_field_reading *r, const char *wrong)
{
    struct lp_buf where = lp_buf_new(256);
    put_place(&where, r->place);
    lp_fail(r->error, "%s: %s", where.n ? where.p : "line", wrong);
    lp_buf_release(&where);
    return false;
}

bool lp_field_refuse(const struct lp_field_reading *r, const char *name, const char *wrong)
{
    struct lp_place here = { r->place, name, 0 };
    struct lp_field_reading inner = { r->arena, r->error, &here };
    return refuse(&inner, wrong);
}

static struct lp_str text_of(const json_t *value)
{
    return (struct lp_str){ json_string_value(value), json_string_length(value) };
}

static bool get_text(struct lp_field_reading *r, const struct lp_field *field, void *to,
                     json_t *value)
{
    (void)field;
    if (json_is_null(value))
        return true;
    if (!json_is_string(value))
        return refuse(r, "not a text");
    *(struct lp_str *)to = lp_arena_str(r->arena, text_of(value));
    return true;
}

static bool get_bytes(struct lp_field_reading *r, const struct lp_field *field, void *to,
                      json_t *value)
{
    struct lp_str *bytes = to;
    (void)field;
    if (json_is_null(value))
        return true;
    if (!json_is_string(value) || !lp_get_base64(r->arena, text_of(value), bytes))
        return refuse(r, "not a text in base64");
    if (!bytes->p)
        *bytes = LP_STR("");
    return true;
}

static bool get_int(struct lp_field_reading *r, const struct lp_field *field, void *to,
                    json_t *value)
{
    json_int_t number = json_integer_value(value);
    (void)field;
    if (!json_is_integer(value) || number < -1 || number > LP_FIELD_INT_MAX)
        return refuse(r, "not a whole number from -1 to 2^53");
    *(int64_t *)to = number;
    return true;
}

static bool get_utc(struct lp_field_reading *r, const struct lp_field *field, void *to,
                    json_t *value)
{
    json_int_t number = json_integer_value(value);
    (void)field;
    if (!json_is_integer(value) ||
        (number != LP_UTC_NONE && (number < UTC_FIRST || number > UTC_LAST)))
        return refuse(r, "not a time in seconds since 1970");
    *(lp_utc *)to = number;
    return true;
}

static bool get_bool(struct lp_field_reading *r, const struct lp_field *field, void *to,
                     json_t *value)
{
    (void)field;
    if (!json_is_boolean(value))
        return refuse(r, "neither true nor false");
    *(bool *)to = json_is_true(value);
    return true;
}

static bool get_outcome(struct lp_field_reading *r, const struct lp_field *field, void *to,
                        json_t *value)
{
    struct lp_str word = text_of(value);
    (void)field;
    if (!json_is_string(value) || (word.n > 0 && !lp_outcome_from(word, to)))
        return refuse(r, "not one of the outcomes");
    return true;
}

static bool get_address(struct lp_field_reading *r, const struct lp_field *field, void *to,
                        json_t *value)
{
    (void)field;
    if (json_is_null(value))
        return true;
    if (!json_is_string(value) || !lp_addr_parse(text_of(value), to))
        return refuse(r, "not an IP address");
    return true;
}

bool lp_fields_read(struct lp_field_reading *r, const struct lp_field *fields, void *facts,
                    json_t *object)
{
    struct lp_place here = { r->place, NULL, 0 };
    bool ok = true;
    for (const struct lp_field *f = fields; ok && f->name; f++) {
        json_t *value = json_object_get(object, f->name);
        if (!value)
            continue;
        here.name = f->name;
        r->place = &here;
        ok = getters[f->type](r, f, (char *)facts + f->offset, value);
    }
    r->place = here.up;
    return ok;
}

static bool get_struct(struct lp_field_reading *r, const struct lp_field *field, void *to,
                       json_t *value)
{
    if (!json_is_object(value))
        return refuse(r, "not an object");
    return lp_fields_read(r, field->sub, to, value);
}

/* The value must be an array of at most so many elements. */
static bool get_array(struct lp_field_reading *r, size_t size, struct lp_list *list, json_t *value)
{
    if (!json_is_array(value))
        return refuse(r, "not an array");
    size_t n = json_array_size(value);
    if (n > LP_RECORD_LIST_MAX)
        return refuse(r, "more than 4096 elements");
    if (n)
        *list = (struct lp_list){ lp_arena_array(r->arena, n, size), n };
    return true;
}

static bool get_list(struct lp_field_reading *r, const struct lp_field *field, void *to,
                     json_t *value)
{
    struct lp_list *list = to;
    if (!get_array(r, field->size, list, value))
        return false;
    struct lp_place here = { r->place, NULL, 0 };
    bool ok = true;
    r->place = &here;
    for (; ok && here.index < list->n; here.index++)
        ok = get_struct(r, field, (char *)list->at + here.index * field->size,
                        json_array_get(value, here.index));
    r->place = here.up;
    return ok;
}

static bool get_texts(struct lp_field_reading *r, const struct lp_field *field, void *to,
                      json_t *value)
{
    struct lp_list *list = to;
    if (!get_array(r, sizeof(struct lp_str), list, value))
        return false;
    struct lp_place here = { r->place, NULL, 0 };
    struct lp_str *texts = list->at;
    bool ok = true;
    r->place = &here;
    for (; ok && here.index < list->n; here.index++)
        ok = get_text(r, field, &texts[here.index], json_array_get(value, here.index));
    r->place = here.up;
    return ok;
}
