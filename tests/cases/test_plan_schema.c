/* test_plan_schema.c - share/plan-1.schema.json describes the plan of the example
 * topology */
#include <check.h>
#include <jansson.h>

#include "lp/options.h"
#include "lp/plan_render.h"
#include "schema.h"

Suite *lp_suite_plan_schema(void);

static struct lp_arena arena;
static struct lp_topology topology;
static json_t *schema, *plan;

static void open_plan(void)
{
    struct lp_expectations expected;
    struct lp_expect_scope scope = { .whole = true };
    struct lp_plan_input input = { .expected = &expected, .internal = true, .external = true };
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(1 << 24);
    ck_assert_msg(lp_topology_load(&arena, "share/contoso.yaml", &topology, &error), "%s",
                  error.text);
    lp_expect_make(&topology, &scope, &arena, &expected);
    lp_plan_renderer_by_name(LP_STR("json"))->render(&input, &out);
    plan = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, NULL);
    schema = json_load_file("share/plan-1.schema.json", JSON_REJECT_DUPLICATES, NULL);
    lp_buf_release(&out);
}

static void close_plan(void)
{
    json_decref(plan);
    json_decref(schema);
    lp_arena_release(&arena);
}

START_TEST(test_valid)
{
    struct schema_error error = { "" };
    ck_assert_ptr_nonnull(plan);
    ck_assert_ptr_nonnull(schema);
    ck_assert_msg(schema_check(schema, plan, &error), "%s", error.text);
    ck_assert_uint_gt(json_array_size(json_object_get(plan, "dns")), 17);
    ck_assert_uint_gt(json_array_size(json_object_get(plan, "ports")), 59);
}
END_TEST

/* A schema that takes anything proves nothing. */
START_TEST(test_invalid)
{
    struct schema_error error = { "" };
    json_t *first = json_array_get(json_object_get(plan, "ports"), 0);
    json_object_set_new(first, "state", json_string("ajar"));
    ck_assert(!schema_check(schema, plan, &error));
    ck_assert_str_eq(error.text, "/ports/0/state: is none of the values: ajar");
}
END_TEST

/* A port's certificate is the one at that index: that of the same role's pool. */
START_TEST(test_certificate_index)
{
    json_t *certificates = json_object_get(plan, "certificates"), *port;
    size_t i, shown = 0;
    json_array_foreach(json_object_get(plan, "ports"), i, port)
    {
        json_t *index = json_object_get(port, "certificate");
        if (!json_is_integer(index))
            continue;
        json_t *certificate = json_array_get(certificates, (size_t)json_integer_value(index));
        ck_assert(json_equal(json_object_get(certificate, "pool"), json_object_get(port, "pool")));
        ck_assert(json_equal(json_object_get(certificate, "view"), json_object_get(port, "view")));
        shown++;
    }
    ck_assert_uint_gt(shown, 40);
}
END_TEST

Suite *lp_suite_plan_schema(void)
{
    Suite *s = suite_create("plan_schema");
    TCase *t = tcase_create("plan_schema");
    tcase_add_checked_fixture(t, open_plan, close_plan);
    tcase_add_test(t, test_valid);
    tcase_add_test(t, test_invalid);
    tcase_add_test(t, test_certificate_index);
    suite_add_tcase(s, t);
    return s;
}
