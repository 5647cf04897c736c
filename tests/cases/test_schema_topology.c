/* test_schema_topology.c - the topology's schema is that of the reader's tables; the example */
#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/topology_keys.h"
#include "recorded.h"
#include "schema.h"

Suite *lp_suite_schema_topology(void);

#define SCHEMA "share/topology-1.schema.json"
#define EXAMPLE "share/contoso.yaml"

/* ---- the schema from the tables ---- */

/* Kinds of values that hold no keys: by their words, for $defs. */
static const struct {
    const char *word, *schema;
} definitions[] = {
    { "generation", "{'enum': ['lync2013', 'sfb2015', 'sfb2019']}" },
    { "root", "{'enum': ['private', 'public']}" },
    { "type", "{'enum': ['A', 'SRV']}" },
    { "view", "{'enum': ['internal', 'external']}" },
    { "flag", "{'enum': ['on', 'off', true, false, 'yes', 'no', 'true', 'false']}" },
    { "feature", "{'enum': [true, false, 'on', 'off', 'yes', 'no', 'true', 'false', 'unknown']}" },
    { "host", "{'type': 'string', 'pattern': '[^.@:/ ][.][^.@:/ ]'}" },
    { "hosts", "{'anyOf': [{'$ref': '#/$defs/host'}, {'type': 'array', 'items': {'$ref': "
               "'#/$defs/host'}}]}" },
    { "domain", "{'$ref': '#/$defs/host'}" },
    { "domains", "{'$ref': '#/$defs/hosts'}" },
    { "address", "{'type': 'string', 'pattern': '^[0-9A-Fa-f:.]+$'}" },
    { "addresses", "{'anyOf': [{'$ref': '#/$defs/address'}, {'type': 'array', 'items': {'$ref': "
                   "'#/$defs/address'}}]}" },
    { "port", "{'type': 'integer', 'minimum': 1, 'maximum': 65535}" },
    { "days", "{'type': 'integer', 'minimum': 0, 'maximum': 3650}" },
    { "text", "{'type': 'string', 'pattern': '.'}" },
    { "files", "{'anyOf': [{'$ref': '#/$defs/text'}, {'type': 'array', 'items': {'$ref': "
               "'#/$defs/text'}}]}" },
    { "finding", "{'type': 'string', 'pattern': '^LP-[A-Z0-9-]+$'}" },
    { "time",
      "{'type': 'string', 'pattern': '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}Z)?$'}" },
    { "rules", "{'type': 'object', 'additionalProperties': {'enum': ['same', 'differ', "
               "'inside-only', 'outside-only']}}" },
    { "url", "{'type': 'string', 'pattern': '^https://[A-Za-z0-9.-]+(/[A-Za-z0-9./-]*)?$'}" },
    { "urls", "{'anyOf': [{'$ref': '#/$defs/url'}, {'type': 'array', 'items': {'$ref': "
              "'#/$defs/url'}}]}" },
};

/* JSON with ' for " */
static json_t *json_of(const char *text)
{
    char copy[512];
    (void)snprintf(copy, sizeof copy, "%s", text);
    for (char *c = copy; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    json_t *json = json_loads(copy, 0, NULL);
    ck_assert_msg(json != NULL, "%s", text);
    return json;
}

static json_t *schema_of_section(const struct lp_section *section, enum lp_role role);

static json_t *schema_of_key(const struct lp_key *key)
{
    char ref[64];
    enum lp_role role = key->kind == &lp_kind_pools ? (enum lp_role)key->offset : LP_ROLE_COUNT;
    (void)snprintf(ref, sizeof ref, "#/$defs/%s", key->kind->word);
    if (!key->section)
        return json_pack("{s:s,s:s}", "description", key->text, "$ref", ref);
    json_t *section = schema_of_section(key->section, role);
    if (key->kind != &lp_kind_map)
        section = json_pack("{s:s,s:o}", "type", "array", "items", section);
    json_object_set_new(section, "description", json_string(key->text));
    return section;
}

static bool is_needed(const struct lp_key *key, enum lp_role role)
{
    return role == LP_ROLE_COUNT ? key->needed != 0 : (key->needed >> role & 1u) != 0;
}

static json_t *schema_of_section(const struct lp_section *section, enum lp_role role)
{
    json_t *properties = json_object();
    json_t *required = json_array();
    for (const struct lp_key *key = section->keys; key->name; key++) {
        if (!lp_key_fits(key, role))
            continue;
        json_object_set_new(properties, key->name, schema_of_key(key));
        if (is_needed(key, role))
            json_array_append_new(required, json_string(key->name));
    }
    return json_pack("{s:s,s:o,s:o,s:b}", "type", "object", "properties", properties, "required",
                     required, "additionalProperties", 0);
}

static json_t *topology_schema(void)
{
    json_t *schema = json_pack(
        "{s:s,s:s,s:s,s:s}", "$schema", "https://json-schema.org/draft/2020-12/schema", "$id",
        "urn:lyncprobe:topology:1", "title", "lyncprobe topology", "description",
        "What a Lync or Skype for Business deployment should look like; see lyncprobe-topology(5)");
    json_t *definitions_ = json_object();
    json_t *section = schema_of_section(&lp_topology_section, LP_ROLE_COUNT);
    for (size_t i = 0; i < LP_COUNT(definitions); i++)
        json_object_set_new(definitions_, definitions[i].word, json_of(definitions[i].schema));
    json_object_update(schema, section);
    json_object_set_new(schema, "$defs", definitions_);
    json_decref(section);
    return schema;
}

static json_t *load_schema(void)
{
    json_error_t error;
    json_t *json = json_load_file(SCHEMA, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s:%d: %s", SCHEMA, error.line, error.text);
    return json;
}

START_TEST(schema_is_of_the_tables)
{
    json_t *expected = topology_schema();
    if (recorded_is_update()) {
        char *text = json_dumps(expected, JSON_INDENT(1));
        size_t n = strlen(text);
        text = realloc(text, n + 2);
        memcpy(text + n, "\n", 2);
        recorded_write(SCHEMA, text);
        free(text);
    }
    json_t *json = load_schema();
    ck_assert_msg(json_equal(json, expected),
                  "%s is not what the tables of keys say; UPDATE_CASES=1 writes it anew", SCHEMA);
    json_decref(json);
    json_decref(expected);
}
END_TEST

/* ---- the example ---- */

/* As an editor's YAML 1.2 sees a plain text. */
static json_t *json_of_text(const struct lp_node *node)
{
    uint64_t number = 0;
    if (lp_node_is_null(node))
        return json_null();
    if (node->plain && lp_str_to_u64(node->text, INT32_MAX, &number))
        return json_integer((json_int_t)number);
    if (node->plain && lp_str_eq(node->text, LP_STR("true")))
        return json_true();
    if (node->plain && lp_str_eq(node->text, LP_STR("false")))
        return json_false();
    return json_stringn(node->text.p, node->text.n);
}

static json_t *json_of_node(const struct lp_node *node)
{
    if (node->kind == LP_NODE_TEXT)
        return json_of_text(node);
    json_t *json = node->kind == LP_NODE_LIST ? json_array() : json_object();
    for (const struct lp_node *at = node->first; at; at = at->next) {
        if (node->kind == LP_NODE_LIST)
            json_array_append_new(json, json_of_node(at));
        else
            json_object_set_new(json, at->key.p, json_of_node(at));
    }
    return json;
}

static json_t *load_yaml(const char *text)
{
    struct lp_arena arena = { 0 };
    struct lp_error error = { "" };
    struct lp_tree_source source = { &arena, LP_STR(EXAMPLE), lp_str_of(text),
                                     LP_TOPOLOGY_DEPTH_MAX, LP_TOPOLOGY_NODES_MAX };
    const struct lp_node *root = NULL;
    ck_assert_msg(lp_tree_read(&source, &root, &error), "%s", error.text);
    json_t *json = json_of_node(root);
    lp_arena_release(&arena);
    return json;
}

/* Values of the key in all maps of the list; lists among them are taken apart. */
static json_t *values_of(json_t *maps, const char *name)
{
    json_t *values = json_array();
    size_t i;
    json_t *map;
    json_array_foreach(maps, i, map)
    {
        json_t *value = json_object_get(map, name);
        if (json_is_array(value))
            json_array_extend(values, value);
        else if (value)
            json_array_append(values, value);
    }
    return values;
}

static void assert_has_every_key(const struct lp_section *section, enum lp_role role, json_t *maps)
{
    for (const struct lp_key *key = section->keys; key->name; key++) {
        if (!lp_key_fits(key, role))
            continue;
        json_t *values = values_of(maps, key->name);
        ck_assert_msg(json_array_size(values) > 0, "%s: no %s in %s", EXAMPLE, key->name,
                      role == LP_ROLE_COUNT ? section->title : lp_role_section(role));
        if (key->section)
            assert_has_every_key(
                key->section,
                key->kind == &lp_kind_pools ? (enum lp_role)key->offset : LP_ROLE_COUNT, values);
        json_decref(values);
    }
}

START_TEST(example_has_every_key)
{
    char *text = recorded_slurp(EXAMPLE);
    json_t *maps = json_pack("[o]", load_yaml(text));
    assert_has_every_key(&lp_topology_section, LP_ROLE_COUNT, maps);
    json_decref(maps);
    free(text);
}
END_TEST

START_TEST(example_is_valid)
{
    char *text = recorded_slurp(EXAMPLE);
    struct schema_error error;
    json_t *schema = load_schema();
    json_t *value = load_yaml(text);
    ck_assert_msg(schema_check(schema, value, &error), "%s", error.text);
    json_decref(value);
    json_decref(schema);
    free(text);
}
END_TEST

START_TEST(example_is_read)
{
    char *text = recorded_slurp(EXAMPLE);
    struct lp_arena arena = { 0 };
    struct lp_topology topology;
    struct lp_error error = { "" };
    ck_assert_msg(lp_topology_read(&arena,
                                   &(struct lp_topology_text){ LP_STR(EXAMPLE), lp_str_of(text) },
                                   &topology, &error),
                  "%s", error.text);
    lp_arena_release(&arena);
    free(text);
}
END_TEST

/* What the reader refuses by its tables, the schema refuses too. */
static const struct {
    const char *file, *error;
} bad[] = {
    { "generation: sfb2015\n", "/: lacks sip-domains" },
    { "sip-domains: [a.test]\nfeature: {}\n",
      "/: has a member that the schema does not list: feature" },
    { "sip-domains: [a.test]\nsql-servers: [{fqdn: a.test, web: {}}]\n",
      "/sql-servers/0: has a member that the schema does not list: web" },
    { "sip-domains: [a.test]\nedge-pools: [{fqdn: a.test, av: {port: 443}}]\n",
      "/edge-pools/0/av: lacks fqdn" },
    { "sip-domains: [a.test]\nsql-servers: [{fqdn: a.test, port: 65536}]\n",
      "/sql-servers/0/port: is too large" },
};

START_TEST(schema_refuses)
{
    struct schema_error error;
    json_t *schema = load_schema();
    json_t *value = load_yaml(bad[_i].file);
    ck_assert(!schema_check(schema, value, &error));
    ck_assert_str_eq(error.text, bad[_i].error);
    json_decref(value);
    json_decref(schema);
}
END_TEST

Suite *lp_suite_schema_topology(void)
{
    Suite *suite = suite_create("schema_topology");
    TCase *tcase = tcase_create("topology");
    tcase_add_test(tcase, schema_is_of_the_tables);
    tcase_add_test(tcase, example_is_read);
    tcase_add_test(tcase, example_has_every_key);
    tcase_add_test(tcase, example_is_valid);
    tcase_add_loop_test(tcase, schema_refuses, 0, (int)LP_COUNT(bad));
    suite_add_tcase(suite, tcase);
    return suite;
}
