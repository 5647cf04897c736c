/* field_write.c - structs that have a field table, to JSON. */
#include "lp/fieldjson.h"

typedef bool is_zero_fn(const struct lp_field *field, const void *at);
typedef void put_fn(struct lp_jw *w, const struct lp_field *field, const void *at);

static is_zero_fn no_text, no_int, no_bool, no_outcome, no_address, no_struct, no_list;
static put_fn put_text, put_bytes, put_int, put_bool, put_outcome, put_address, put_struct,
    put_list, put_texts;

static const struct {
    is_zero_fn *is_zero;
    put_fn *put;
} types[] = {
    [LP_T_STR] = { no_text, put_text },        [LP_T_BYTES] = { no_text, put_bytes },
    [LP_T_INT] = { no_int, put_int },          [LP_T_UTC] = { no_int, put_int },
    [LP_T_BOOL] = { no_bool, put_bool },       [LP_T_OUTCOME] = { no_outcome, put_outcome },
    [LP_T_ADDR] = { no_address, put_address }, [LP_T_STRUCT] = { no_struct, put_struct },
    [LP_T_LIST] = { no_list, put_list },       [LP_T_STRS] = { no_list, put_texts },
};

/* The member of a struct that the field describes. */
static const void *member(const struct lp_field *field, const void *facts)
{
    return (const char *)facts + field->offset;
}

static bool no_text(const struct lp_field *field, const void *at)
{
    (void)field;
    return !((const struct lp_str *)at)->p;
}

static bool no_int(const struct lp_field *field, const void *at)
{
    (void)field;
    return *(const int64_t *)at == 0;
}

static bool no_bool(const struct lp_field *field, const void *at)
{
    (void)field;
    return !*(const bool *)at;
}

static bool no_outcome(const struct lp_field *field, const void *at)
{
    (void)field;
    return *(const enum lp_outcome *)at == LP_NONE;
}

static bool no_address(const struct lp_field *field, const void *at)
{
    (void)field;
    return ((const struct lp_addr *)at)->family == 0;
}

static bool no_struct(const struct lp_field *field, const void *at)
{
    for (const struct lp_field *f = field->sub; f->name; f++)
        if (!types[f->type].is_zero(f, member(f, at)))
            return false;
    return true;
}

static bool no_list(const struct lp_field *field, const void *at)
{
    (void)field;
    return ((const struct lp_list *)at)->n == 0;
}

static void put_text(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    (void)field;
    lp_jw_str(w, *(const struct lp_str *)at);
}

static void put_bytes(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    (void)field;
    lp_jw_base64(w, *(const struct lp_str *)at);
}

static void put_int(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    (void)field;
    lp_jw_int(w, *(const int64_t *)at);
}

static void put_bool(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    (void)field;
    lp_jw_bool(w, *(const bool *)at);
}

static void put_outcome(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    (void)field;
    lp_jw_text(w, lp_outcome_word(*(const enum lp_outcome *)at));
}

static void put_address(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    char text[LP_ADDR_TEXT];
    (void)field;
    lp_addr_format(at, text, sizeof text);
    lp_jw_text(w, text);
}

void lp_fields_write(struct lp_jw *w, const struct lp_field *fields, const void *facts)
{
    for (const struct lp_field *f = fields; f->name; f++) {
        const void *at = member(f, facts);
        if (types[f->type].is_zero(f, at))
            continue;
        lp_jw_key(w, f->name);
        types[f->type].put(w, f, at);
    }
}

static void put_object(struct lp_jw *w, const struct lp_field *fields, const void *facts)
{
    lp_jw_begin_object(w);
    lp_fields_write(w, fields, facts);
    lp_jw_end_object(w);
}

static void put_struct(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    put_object(w, field->sub, at);
}

static void put_list(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    const struct lp_list *list = at;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < list->n; i++)
        put_object(w, field->sub, (const char *)list->at + i * field->size);
    lp_jw_end_array(w);
}

static void put_texts(struct lp_jw *w, const struct lp_field *field, const void *at)
{
    const struct lp_list *list = at;
    const struct lp_str *texts = list->at;
    (void)field;
    lp_jw_begin_array(w);
    for (size_t i = 0; i < list->n; i++)
        lp_jw_str(w, texts[i]);
    lp_jw_end_array(w);
}
