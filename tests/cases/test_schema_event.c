/* test_schema_event.c - the events of ndjson: their schema is that of the report, line by line */
#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "lp/options.h"
#include "recorded.h"
#include "schema.h"

Suite *lp_suite_schema_event(void);

#define REPORT "share/report-1.schema.json"
#define EVENT "share/event-1.schema.json"

static json_t *load(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s:%d: %s", path, error.line, error.text);
    return json;
}

/* ---- the schema from that of the report ---- */

static json_t *definition(json_t *report, const char *name)
{
    return json_object_get(json_object_get(report, "$defs"), name);
}

/* Members that a line does not repeat, or that are lines of their own. */
static const char *const not_of_walk[] = {
    "schema", "domain", "view", "steps", "endpoints", "certificates", "findings", "expectations"
};

static bool is_listed(const char *word)
{
    for (size_t i = 0; i < LP_COUNT(not_of_walk); i++) {
        if (strcmp(not_of_walk[i], word) == 0)
            return true;
    }
    return false;
}

static void require(json_t *event, const char *key)
{
    json_array_append_new(json_object_get(event, "required"), json_string(key));
}

/* What every line begins with. */
static json_t *new_event(json_t *report, const char *type)
{
    json_t *members = json_object_get(definition(report, "report"), "properties");
    json_t *properties = json_pack(
        "{s:{s:s},s:{s:s},s:O,s:O}", "type", "const", type, "schema", "const", "lyncprobe/event/1",
        "domain", json_object_get(members, "domain"), "view", json_object_get(members, "view"));
    ck_assert_ptr_nonnull(properties);
    return json_pack("{s:s,s:o,s:[s,s,s,s]}", "type", "object", "properties", properties,
                     "required", "type", "schema", "domain", "view");
}

/* The type of a step's record has another key: "type" is the event's. */
static const char *renamed(const char *key)
{
    return strcmp(key, "type") == 0 ? "rrtype" : key;
}

static void take_members(json_t *event, json_t *of, bool walk)
{
    const char *key;
    json_t *value;
    size_t i;
    json_object_foreach(json_object_get(of, "properties"), key, value)
    {
        if (!walk || !is_listed(key))
            json_object_set(json_object_get(event, "properties"), renamed(key), value);
    }
    json_array_foreach(json_object_get(of, "required"), i, value)
    {
        if (!walk || !is_listed(json_string_value(value)))
            require(event, renamed(json_string_value(value)));
    }
}

static json_t *end_event(json_t *report)
{
    json_t *event = new_event(report, "end");
    json_t *properties = json_object_get(event, "properties");
    json_t *members = json_object_get(definition(report, "report"), "properties");
    json_t *counts = json_deep_copy(json_object_get(members, "expectations"));
    json_t *required = json_object_get(counts, "required");
    json_object_del(json_object_get(counts, "properties"), "rows");
    for (size_t i = json_array_size(required); i-- > 0;) {
        if (strcmp(json_string_value(json_array_get(required, i)), "rows") == 0)
            json_array_remove(required, i);
    }
    json_object_set(properties, "verdict", json_object_get(members, "verdict"));
    json_object_set_new(properties, "findings",
                        json_pack("{s:s,s:s,s:i}", "description", "how many there are", "type",
                                  "integer", "minimum", 0));
    json_object_set_new(properties, "expectations",
                        json_pack("{s:s,s:[{s:s},o]}", "description", "null without a topology",
                                  "anyOf", "type", "null", counts));
    require(event, "verdict");
    require(event, "findings");
    require(event, "expectations");
    return event;
}

static json_t *event_schema(json_t *report)
{
    static const char *const types[] = { "walk",        "step",    "endpoint",
                                         "certificate", "finding", "expectation" };
    static const char *const shared[] = { "client", "authenticator", "target", "time", "seconds" };
    json_t *defs = json_object();
    json_t *choices = json_array();
    for (size_t i = 0; i < LP_COUNT(types); i++) {
        json_t *event = new_event(report, types[i]);
        take_members(event, definition(report, i ? types[i] : "report"), i == 0);
        json_object_set_new(defs, types[i], event);
        json_array_append_new(choices, json_pack("{s:s+}", "$ref", "#/$defs/", types[i]));
    }
    json_object_set_new(defs, "end", end_event(report));
    json_array_append_new(choices, json_pack("{s:s}", "$ref", "#/$defs/end"));
    for (size_t i = 0; i < LP_COUNT(shared); i++)
        json_object_set(defs, shared[i], definition(report, shared[i]));
    return json_pack("{s:O,s:s,s:s,s:s,s:o,s:o}", "$schema", json_object_get(report, "$schema"),
                     "$id", "urn:lyncprobe:event:1", "title", "one line of -f ndjson",
                     "description",
                     "The report as events. Keys may be added; a removal makes version 2.", "anyOf",
                     choices, "$defs", defs);
}

START_TEST(test_schema_is_that_of_the_report)
{
    json_t *report = load(REPORT);
    json_t *expected = event_schema(report);
    ck_assert_ptr_nonnull(expected);
    char *text = json_dumps(expected, JSON_INDENT(1));
    if (recorded_is_update()) {
        size_t n = strlen(text);
        text = realloc(text, n + 2);
        memcpy(text + n, "\n", 2);
        recorded_write(EVENT, text);
    }
    json_t *json = load(EVENT);
    ck_assert_msg(json_equal(json, expected),
                  "%s is not what %s says; UPDATE_CASES=1 writes it anew", EVENT, REPORT);
    free(text);
    json_decref(json);
    json_decref(expected);
    json_decref(report);
}
END_TEST

/* ---- what we write, against the schema ---- */

/* The event's own definition: its errors are clearer than those of a choice. */
static json_t *choose(json_t *schema, json_t *value)
{
    const char *type = json_string_value(json_object_get(value, "type"));
    json_t *defs = json_object_get(schema, "$defs");
    json_t *chosen = json_copy(json_object_get(defs, type ? type : ""));
    json_object_set(chosen, "$defs", defs);
    return chosen;
}

/* All lines are valid; returns how many are of that type. */
static size_t assert_events(struct recorded *recorded, const char *name, const char *wanted)
{
    json_t *schema = load(EVENT);
    struct lp_str rest = lp_str_of(recorded_render(recorded, "ndjson"));
    size_t n = 0;
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        json_t *value = json_loadb(line.p, line.n, JSON_REJECT_DUPLICATES, NULL);
        struct schema_error error;
        ck_assert_ptr_nonnull(value);
        json_t *chosen = choose(schema, value);
        bool ok = schema_check(chosen, value, &error);
        ck_assert_msg(ok, "%s: %.*s: %s", name, (int)line.n, line.p, error.text);
        ck_assert(schema_check(schema, value, &error));
        n += strcmp(json_string_value(json_object_get(value, "type")), wanted) == 0;
        ck_assert_int_eq(strncmp(line.p, "{\"type\":", 8), 0);
        json_decref(chosen);
        json_decref(value);
    }
    json_decref(schema);
    return n;
}

START_TEST(test_events)
{
    struct recorded recorded;
    recorded_open(&recorded, recorded_names()->at[_i]);
    ck_assert_uint_eq(assert_events(&recorded, recorded_names()->at[_i], "walk"), 1);
    ck_assert_uint_eq(assert_events(&recorded, recorded_names()->at[_i], "end"), 1);
    ck_assert_uint_eq(assert_events(&recorded, recorded_names()->at[_i], "finding"),
                      recorded.judgement.finding_count);
    ck_assert_uint_eq(assert_events(&recorded, recorded_names()->at[_i], "step"),
                      recorded.judgement.survey.main->step_count);
    recorded_close(&recorded);
}
END_TEST

START_TEST(test_events_of_a_topology)
{
    struct recorded recorded;
    struct lp_topology topology;
    struct lp_error error = { "" };
    recorded_open(&recorded, "outside");
    bool ok = lp_topology_load(&recorded.arena, "share/contoso.yaml", &topology, &error);
    ck_assert_msg(ok, "%s", error.text);
    lp_run_expect((struct lp_log *)recorded.log, &topology);
    lp_judge(recorded.log, &recorded.arena, &recorded.judgement);
    ck_assert_uint_gt(recorded.judgement.expectations.n, 10);
    ck_assert_uint_eq(assert_events(&recorded, "outside", "expectation"),
                      recorded.judgement.expectations.n);
    recorded_close(&recorded);
}
END_TEST

Suite *lp_suite_schema_event(void)
{
    Suite *suite = suite_create("schema_event");
    TCase *tcase = tcase_create("schema_event");
    tcase_add_test(tcase, test_schema_is_that_of_the_report);
    tcase_add_loop_test(tcase, test_events, 0, (int)recorded_names()->n);
    tcase_add_test(tcase, test_events_of_a_topology);
    suite_add_tcase(suite, tcase);
    return suite;
}
