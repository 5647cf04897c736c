/* test_setup.c - what follows from what a walk was told. */
#include <check.h>

#include "lp/setup.h"

Suite *lp_suite_setup(void);

static struct lp_resolve_rule resolve;
static struct lp_connect_rule connect_to;
static struct lp_answer_rule answer;
static struct lp_zone_rule zone;
static struct lp_deny_rule deny;
static struct lp_server server;

static const struct {
    struct lp_setup setup;
    bool overridden;
} override_rows[] = {
    { { .domain = { "contoso.example", 15 } }, false },
    { { .servers = { &server, 1 } }, false },
    { { .only4 = true }, false },
    { { .resolve = { &resolve, 1 } }, true },
    { { .connect_to = { &connect_to, 1 } }, true },
    { { .answer = { &answer, 1 } }, true },
    { { .zones = { &zone, 1 } }, true },
    { { .deny = { &deny, 1 } }, true },
};

START_TEST(overridden)
{
    ck_assert_int_eq(lp_setup_overridden(&override_rows[_i].setup), override_rows[_i].overridden);
}
END_TEST

START_TEST(allow_gives_the_ranges)
{
    struct lp_arena arena = { 0 };
    struct lp_str texts[] = { LP_STR("127.77.0.0/16"), LP_STR("rubbish"), LP_STR("fd00::1") };
    struct lp_setup setup = { .allow = { texts, LP_COUNT(texts) } };
    struct lp_cidr *nets = NULL;
    struct lp_addr inside, outside;
    ck_assert(lp_addr_parse(LP_STR("127.77.1.53"), &inside));
    ck_assert(lp_addr_parse(LP_STR("127.0.0.1"), &outside));
    ck_assert_uint_eq(lp_setup_allow(&setup, &arena, &nets), 2);
    ck_assert(lp_cidr_has(&nets[0], &inside));
    ck_assert(!lp_cidr_has(&nets[0], &outside));
    ck_assert_uint_eq(nets[1].bits, 128);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(allow_of_none)
{
    struct lp_arena arena = { 0 };
    struct lp_setup setup = { 0 };
    struct lp_cidr *nets = NULL;
    ck_assert_uint_eq(lp_setup_allow(&setup, &arena, &nets), 0);
    lp_arena_release(&arena);
}
END_TEST

/* The header's member names are relied on by recordings that exist. */
START_TEST(fields_have_distinct_names)
{
    for (const struct lp_field *f = lp_setup_fields; f->name; f++) {
        struct lp_str name = lp_str_of(f->name);
        ck_assert_str_ne(f->name, "record");
        ck_assert_str_ne(f->name, "end");
        ck_assert_str_ne(f->name, "id");
        ck_assert_ptr_nonnull(f->text);
        for (const struct lp_field *g = lp_setup_fields; g != f; g++)
            ck_assert_msg(!lp_str_eq(lp_str_of(g->name), name), "%s twice", f->name);
    }
}
END_TEST

Suite *lp_suite_setup(void)
{
    Suite *suite = suite_create("setup");
    TCase *tc = tcase_create("setup");
    tcase_add_loop_test(tc, overridden, 0, (int)LP_COUNT(override_rows));
    tcase_add_test(tc, allow_gives_the_ranges);
    tcase_add_test(tc, allow_of_none);
    tcase_add_test(tc, fields_have_distinct_names);
    suite_add_tcase(suite, tc);
    return suite;
}
