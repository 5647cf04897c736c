/* test_jsonw.c - the JSON writer. */
#include "lp/jsonw.h"

#include <check.h>
#include <jansson.h>

Suite *lp_suite_jsonw(void);

static void write_sample(struct lp_jw *w)
{
    lp_jw_begin_object(w);
    lp_jw_key(w, "text");
    lp_jw_str(w, LP_STR("a\"b\x1b"));
    lp_jw_key(w, "unset");
    lp_jw_str(w, LP_STR_NONE);
    lp_jw_key(w, "own");
    lp_jw_text(w, "x");
    lp_jw_key(w, "list");
    lp_jw_begin_array(w);
    lp_jw_int(w, -5);
    lp_jw_int(w, INT64_MIN);
    lp_jw_bool(w, true);
    lp_jw_bool(w, false);
    lp_jw_null(w);
    lp_jw_begin_array(w);
    lp_jw_end_array(w);
    lp_jw_begin_object(w);
    lp_jw_end_object(w);
    lp_jw_end_array(w);
    lp_jw_key(w, "bytes");
    lp_jw_base64(w, LP_STR("\0\xff"));
    lp_jw_key(w, "no bytes");
    lp_jw_base64(w, LP_STR_NONE);
    lp_jw_end_object(w);
}

START_TEST(compact)
{
    struct lp_buf out = lp_buf_new(1000);
    struct lp_jw w = lp_jw_new(&out, false);
    write_sample(&w);
    ck_assert_str_eq(out.p, "{\"text\":\"a\\\"b\\u001b\",\"unset\":null,\"own\":\"x\",\"list\":[-5,"
                            "-9223372036854775808,true,false,null,[],{}],\"bytes\":\"AP8=\","
                            "\"no bytes\":null}");
    lp_buf_release(&out);
}
END_TEST

START_TEST(pretty)
{
    struct lp_buf out = lp_buf_new(1000);
    struct lp_jw w = lp_jw_new(&out, true);
    write_sample(&w);
    ck_assert_str_eq(out.p, "{\n"
                            "  \"text\": \"a\\\"b\\u001b\",\n"
                            "  \"unset\": null,\n"
                            "  \"own\": \"x\",\n"
                            "  \"list\": [\n"
                            "    -5,\n"
                            "    -9223372036854775808,\n"
                            "    true,\n"
                            "    false,\n"
                            "    null,\n"
                            "    [],\n"
                            "    {}\n"
                            "  ],\n"
                            "  \"bytes\": \"AP8=\",\n"
                            "  \"no bytes\": null\n"
                            "}");
    lp_buf_release(&out);
}
END_TEST

START_TEST(deep)
{
    for (int look = 0; look < 2; look++) {
        struct lp_buf out = lp_buf_new(100000);
        struct lp_jw w = lp_jw_new(&out, look == 1);
        for (int i = 0; i < 16; i++) {
            lp_jw_begin_array(&w);
            lp_jw_int(&w, i);
            lp_jw_begin_object(&w);
            lp_jw_key(&w, "k");
        }
        lp_jw_text(&w, NULL);
        for (int i = 0; i < 16; i++) {
            lp_jw_end_object(&w);
            lp_jw_end_array(&w);
        }
        json_t *value = json_loadb(out.p, out.n, 0, NULL);
        ck_assert_ptr_nonnull(value);
        json_decref(value);
        lp_buf_release(&out);
    }
}
END_TEST

static const struct {
    lp_usec us;
    const char *text;
} times[] = {
    { -1, "null" },          { INT64_MIN, "null" },    { 0, "0" },
    { 1, "0.000001" },       { 18000, "0.018" },       { 100000, "0.1" },
    { 1000000, "1" },        { 1500000, "1.5" },       { 15000000, "15" },
    { 1234567, "1.234567" }, { 10000010, "10.00001" }, { 999999, "0.999999" },
};

START_TEST(seconds)
{
    struct lp_buf out = lp_buf_new(100);
    struct lp_jw w = lp_jw_new(&out, false);
    lp_jw_seconds(&w, times[_i].us);
    ck_assert_str_eq(out.p, times[_i].text);
    lp_buf_release(&out);
}
END_TEST

Suite *lp_suite_jsonw(void)
{
    Suite *suite = suite_create("jsonw");
    TCase *tc = tcase_create("jsonw");
    tcase_add_test(tc, compact);
    tcase_add_test(tc, pretty);
    tcase_add_test(tc, deep);
    tcase_add_loop_test(tc, seconds, 0, LP_COUNT(times));
    suite_add_tcase(suite, tc);
    return suite;
}
