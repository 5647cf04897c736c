/* test_schema.c - the schemas in share/ describe what we write */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/log.h"
#include "lp/probe.h"
#include "recorded.h"
#include "schema.h"

Suite *lp_suite_schema(void);

#define REPORT "share/report-1.schema.json"
#define RECORD "share/record-1.schema.json"

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s:%d: %s", path, error.line, error.text);
    return json;
}

/* ---- the record's schema from the field tables ---- */

static json_t *type_or_null(const char *type)
{
    return json_pack("{s:[s,s]}", "type", type, "null");
}

static json_t *schema_of_fields(const struct lp_field *fields);

static json_t *schema_of_list(const struct lp_field *field)
{
    json_t *items =
        field->type == LP_T_LIST ? schema_of_fields(field->sub) : type_or_null("string");
    return json_pack("{s:s,s:o}", "type", "array", "items", items);
}

static json_t *schema_of_field(const struct lp_field *field)
{
    switch (field->type) {
    case LP_T_STR:
    case LP_T_ADDR: return type_or_null("string");
    case LP_T_BYTES:
        return json_pack("{s:[s,s],s:s}", "type", "string", "null", "contentEncoding", "base64");
    case LP_T_INT: return json_pack("{s:s,s:i}", "type", "integer", "minimum", -1);
    case LP_T_UTC: return json_pack("{s:s}", "type", "integer");
    case LP_T_BOOL: return json_pack("{s:s}", "type", "boolean");
    case LP_T_OUTCOME: return json_pack("{s:s}", "$ref", "#/$defs/outcome");
    case LP_T_STRUCT: return schema_of_fields(field->sub);
    case LP_T_LIST:
    case LP_T_STRS: return schema_of_list(field);
    }
    return NULL;
}

static json_t *schema_of_fields(const struct lp_field *fields)
{
    json_t *properties = json_object();
    for (; fields->name; fields++) {
        json_t *schema = json_pack("{s:s}", "description", fields->text);
        json_t *rest = schema_of_field(fields);
        json_object_update(schema, rest);
        json_decref(rest);
        json_object_set_new(properties, fields->name, schema);
    }
    return json_pack("{s:s,s:o}", "type", "object", "properties", properties);
}

/* Members before those of the table. */
static json_t *schema_of_line(const char *key, json_t *value, const struct lp_field *fields)
{
    json_t *schema = schema_of_fields(fields);
    json_t *properties = json_object_get(schema, "properties");
    json_object_set_new(properties, key, json_pack("{s:o}", "const", value));
    json_object_set_new(schema, "required", json_pack("[s]", key));
    return schema;
}

static json_t *schema_of_evidence(const struct lp_shape *shape)
{
    json_t *integer = json_pack("{s:s,s:i}", "type", "integer", "minimum", -1);
    json_t *properties =
        json_pack("{s:O,s:O,s:{s:s},s:{s:s},s:{s:s},s:o,s:O,s:O,s:o}", "id", integer, "parent",
                  integer, "kind", "const", shape->name, "key", "type", "string", "outcome", "$ref",
                  "#/$defs/outcome", "why", type_or_null("string"), "started", integer, "elapsed",
                  integer, "facts", schema_of_fields(shape->fields));
    json_decref(integer);
    return json_pack("{s:s,s:s,s:o,s:[s,s,s,s,s]}", "description", shape->title, "type", "object",
                     "properties", properties, "required", "id", "kind", "key", "outcome", "facts");
}

static json_t *outcomes(void)
{
    static const char *const words[] = {
#define X(id, word) word,
        LP_OUTCOMES(X)
#undef X
    };
    json_t *list = json_array();
    for (size_t i = 0; i < LP_COUNT(words); i++)
        json_array_append_new(list, json_string(words[i]));
    return json_pack("{s:o}", "enum", list);
}

static void add_line(json_t *schema, const char *name, json_t *line)
{
    char ref[64];
    (void)snprintf(ref, sizeof ref, "#/$defs/%s", name);
    json_array_append_new(json_object_get(schema, "anyOf"), json_pack("{s:s}", "$ref", ref));
    json_object_set_new(json_object_get(schema, "$defs"), name, line);
}

static json_t *record_schema(void)
{
    json_t *schema = json_pack(
        "{s:s,s:s,s:s,s:s,s:[],s:{s:o}}", "$schema", "https://json-schema.org/draft/2020-12/schema",
        "$id", "urn:lyncprobe:record:1", "title", "one line of a lyncprobe recording",
        "description",
        "-f record: JSON Lines of header, evidence and end. Members that have their zero value are "
        "left out. Times in microseconds, where no other unit is said.",
        "anyOf", "$defs", "outcome", outcomes());
    add_line(schema, "header",
             schema_of_line("record", json_string("lyncprobe/record/1"), lp_setup_fields));
    add_line(schema, "end", schema_of_line("end", json_true(), lp_end_fields));
    add_line(schema, "dns", schema_of_evidence(&lp_shape_dns));
    add_line(schema, "certificate", schema_of_evidence(&lp_shape_certificate));
    for (size_t i = 0; lp_probes[i]; i++)
        add_line(schema, lp_probes[i]->shape.name, schema_of_evidence(&lp_probes[i]->shape));
    return schema;
}

START_TEST(test_record_schema_is_of_the_tables)
{
    json_t *expected = record_schema();
    char *text = json_dumps(expected, JSON_INDENT(1));
    if (recorded_is_update()) {
        size_t n = strlen(text);
        text = realloc(text, n + 2);
        memcpy(text + n, "\n", 2);
        recorded_write(RECORD, text);
    }
    json_t *json = load(RECORD);
    ck_assert_msg(json_equal(json, expected),
                  "%s is not what the field tables say; UPDATE_CASES=1 writes it anew", RECORD);
    free(text);
    json_decref(json);
    json_decref(expected);
}
END_TEST

/* ---- what we write, against the schemas ---- */

static void assert_valid(json_t *schema, json_t *value, const char *name)
{
    struct schema_error error;
    bool ok = schema_check(schema, value, &error);
    ck_assert_msg(ok, "%s: %s", name, error.text);
}

START_TEST(test_report)
{
    struct recorded recorded;
    recorded_open(&recorded, recorded_names()->at[_i]);
    json_t *schema = load(REPORT);
    json_t *value = json_loads(recorded_render(&recorded, "json"), JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(value);
    assert_valid(schema, value, recorded_names()->at[_i]);
    json_decref(value);
    json_decref(schema);
    recorded_close(&recorded);
}
END_TEST

START_TEST(test_several_reports)
{
    struct recorded recorded;
    recorded_open(&recorded, recorded_names()->at[0]);
    const struct lp_judgement *walks[] = { &recorded.judgement, &recorded.judgement };
    struct lp_report_input input = { .walks = walks, .n = 2 };
    lp_renderer_by_name(LP_STR("json"))->render(&input, &recorded.out);
    json_t *schema = load(REPORT);
    json_t *value = json_loads(recorded.out.p, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_uint_eq(json_array_size(value), 2);
    assert_valid(schema, value, "two walks");
    json_decref(value);
    json_decref(schema);
    recorded_close(&recorded);
}
END_TEST

static void assert_recording(const char *path)
{
    char *text = recorded_slurp(path);
    ck_assert_ptr_nonnull(text);
    json_t *schema = load(RECORD);
    struct lp_str rest = lp_str_of(text);
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        json_t *value = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
        ck_assert_ptr_nonnull(value);
        assert_valid(schema, value, path);
        json_decref(value);
    }
    json_decref(schema);
    free(text);
}

START_TEST(test_record)
{
    assert_recording(recorded_path(recorded_names()->at[_i], ".jsonl").text);
}
END_TEST

START_TEST(test_example)
{
    assert_recording("share/example.jsonl");
}
END_TEST

/* ---- the checker can say no ---- */

static const struct {
    const char *schema, *value, *error;
} bad[] = {
    { "{'type':'string'}", "[1]", "/: is no string" },
    { "{'type':['string','null']}", "[1]", "/: is of none of the types" },
    { "{'type':'integer'}", "1.5", "/: is no integer" },
    { "{'enum':['a','b']}", "'c'", "/: is none of the values: c" },
    { "{'const':1}", "2", "/: is another value" },
    { "{'properties':{'a':{'type':'null'}}}", "{'a':1}", "/a: is no null" },
    { "{'properties':{}}", "{'b':1}", "/: has a member that the schema does not list: b" },
    { "{'required':['a']}", "{}", "/: lacks a" },
    { "{'items':{'minimum':0}}", "[3,-1]", "/1: is too small" },
    { "{'maximum':2}", "3", "/: is too large" },
    { "{'pattern':'^a+$'}", "'ab'", "/: does not match ^a+$" },
    { "{'anyOf':[{'type':'null'},{'type':'array'}]}", "1", "/: is no array" },
    { "{'$ref':'#/$defs/a','$defs':{'a':{'type':'null'}}}", "1", "/: is no null" },
    { "{'$ref':'#/$defs/b'}", "1", "/: no such $ref #/$defs/b" },
    { "{'maxItems':1}", "1", "/: the schema has an unknown keyword: maxItems" },
};

/* ' stands for " */
static json_t *parse(const char *text)
{
    char *copy = strdup(text);
    for (char *at = copy; *at; at++) {
        if (*at == '\'')
            *at = '"';
    }
    json_t *json = json_loads(copy, JSON_DECODE_ANY, NULL);
    ck_assert_ptr_nonnull(json);
    free(copy);
    return json;
}

START_TEST(test_refused)
{
    struct schema_error error;
    json_t *schema = parse(bad[_i].schema), *value = parse(bad[_i].value);
    ck_assert(!schema_check(schema, value, &error));
    ck_assert_str_eq(error.text, bad[_i].error);
    json_decref(value);
    json_decref(schema);
}
END_TEST

Suite *lp_suite_schema(void)
{
    Suite *suite = suite_create("schema");
    TCase *tcase = tcase_create("schema");
    int n = (int)recorded_names()->n;
    tcase_add_test(tcase, test_record_schema_is_of_the_tables);
    tcase_add_loop_test(tcase, test_report, 0, n);
    tcase_add_test(tcase, test_several_reports);
    tcase_add_loop_test(tcase, test_record, 0, n);
    tcase_add_test(tcase, test_example);
    tcase_add_loop_test(tcase, test_refused, 0, LP_COUNT(bad));
    suite_add_tcase(suite, tcase);
    return suite;
}
