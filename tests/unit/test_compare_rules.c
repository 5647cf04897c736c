/* test_compare_rules.c - what the topology says that two sides may be to each other */
#include <check.h>

#include "lp/compare_parts.h"

Suite *lp_suite_compare_rules(void);

/* Two walks of which only view and topology count. */
static struct lp_log logs[2];
static struct lp_judgement judged[2];
static struct lp_topology topology;
static struct lp_expectations expected = { .topology = &topology };
static struct lp_compared compared;

static const struct {
    const char *what;
    bool inside[2];
    enum lp_compare_meant meant;
    enum lp_compare_state before, after;
    bool there[2];
} rows[] = {
    { "same: as it is",
      { true, false },
      LP_MEANT_SAME,
      LP_COMPARE_SAME,
      LP_COMPARE_SAME,
      { 1, 1 } },
    { "same: what views allow is not allowed",
      { true, false },
      LP_MEANT_SAME,
      LP_COMPARE_MEANT,
      LP_COMPARE_DIFFERS,
      { 1, 1 } },
    { "differ: may",
      { true, true },
      LP_MEANT_DIFFER,
      LP_COMPARE_DIFFERS,
      LP_COMPARE_MEANT,
      { 1, 1 } },
    { "differ: new", { true, true }, LP_MEANT_DIFFER, LP_COMPARE_NEW, LP_COMPARE_MEANT, { 0, 1 } },
    { "differ: gone",
      { true, true },
      LP_MEANT_DIFFER,
      LP_COMPARE_GONE,
      LP_COMPARE_MEANT,
      { 1, 0 } },
    { "differ: broken stays",
      { true, true },
      LP_MEANT_DIFFER,
      LP_COMPARE_BROKEN,
      LP_COMPARE_BROKEN,
      { 1, 0 } },
    { "differ: the same is no fault",
      { true, true },
      LP_MEANT_DIFFER,
      LP_COMPARE_SAME,
      LP_COMPARE_SAME,
      { 1, 1 } },
    { "inside-only: it is",
      { true, false },
      LP_MEANT_INSIDE_ONLY,
      LP_COMPARE_BROKEN,
      LP_COMPARE_MEANT,
      { 1, 0 } },
    { "inside-only: sides the other way round",
      { false, true },
      LP_MEANT_INSIDE_ONLY,
      LP_COMPARE_NEW,
      LP_COMPARE_MEANT,
      { 0, 1 } },
    { "inside-only: on both sides",
      { true, false },
      LP_MEANT_INSIDE_ONLY,
      LP_COMPARE_SAME,
      LP_COMPARE_DIFFERS,
      { 1, 1 } },
    { "inside-only: outside alone",
      { true, false },
      LP_MEANT_INSIDE_ONLY,
      LP_COMPARE_MEANT,
      LP_COMPARE_DIFFERS,
      { 0, 1 } },
    { "outside-only: it is",
      { true, false },
      LP_MEANT_OUTSIDE_ONLY,
      LP_COMPARE_NEW,
      LP_COMPARE_MEANT,
      { 0, 1 } },
    { "outside-only: on both sides",
      { true, false },
      LP_MEANT_OUTSIDE_ONLY,
      LP_COMPARE_MEANT,
      LP_COMPARE_DIFFERS,
      { 1, 1 } },
    { "outside-only: nowhere",
      { true, false },
      LP_MEANT_OUTSIDE_ONLY,
      LP_COMPARE_SAME,
      LP_COMPARE_SAME,
      { 0, 0 } },
    { "one view has no other side",
      { true, true },
      LP_MEANT_OUTSIDE_ONLY,
      LP_COMPARE_SAME,
      LP_COMPARE_SAME,
      { 1, 1 } },
};

static void prepare(const bool inside[2], enum lp_compare_meant meant, struct lp_arena *arena)
{
    struct lp_compare_rule rules[] = { { LP_STR("other.test"), LP_MEANT_SAME, { 1, 1 } },
                                       { LP_STR("*.A.test"), meant, { 2, 1 } },
                                       { LP_STR("*"), LP_MEANT_DIFFER, { 3, 1 } } };
    topology = (struct lp_topology){ 0 };
    for (size_t i = 0; i < LP_COUNT(rules); i++)
        lp_list_push(arena, &topology.compare, &rules[i], sizeof rules[i]);
    for (size_t i = 0; i < 2; i++) {
        logs[i] = (struct lp_log){ .expected = &expected };
        judged[i] = (struct lp_judgement){ .survey = { .log = &logs[i], .internal = inside[i] } };
    }
    compared = (struct lp_compared){ .walk = { &judged[0], &judged[1] } };
    compared.relation = inside[0] == inside[1] ? LP_COMPARE_TIMES : LP_COMPARE_VIEWS;
}

START_TEST(test_row)
{
    struct lp_arena arena = { 0 };
    struct lp_comparing c = { .out = &compared, .arena = &arena };
    struct lp_compared_item item = { .key = LP_STR("sip.a.test"), .state = rows[_i].before };
    prepare(rows[_i].inside, rows[_i].meant, &arena);
    lp_compare_apply_rule(&c, &item, rows[_i].there);
    ck_assert_msg(item.state == rows[_i].after, "%s: %s", rows[_i].what,
                  lp_compare_state_word(item.state));
    ck_assert_int_eq(item.rule->mark.line, 2);
    ck_assert(item.state != rows[_i].before || !item.why);
    lp_arena_release(&arena);
}
END_TEST

/* A name that could not be asked for is neither there nor absent; no topology, no rule. */
START_TEST(test_no_rule)
{
    static const bool views[2] = { true, false };
    struct lp_arena arena = { 0 };
    struct lp_comparing c = { .out = &compared, .arena = &arena };
    struct lp_compared_item item = { .key = LP_STR("sip.a.test"), .state = LP_COMPARE_SAME };
    prepare(views, LP_MEANT_INSIDE_ONLY, &arena);
    lp_compare_apply_rule(&c, &item, NULL);
    ck_assert_int_eq(item.state, LP_COMPARE_SAME);
    logs[0].expected = logs[1].expected = NULL;
    lp_compare_apply_rule(&c, &item, NULL);
    ck_assert_ptr_null(item.rule);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_compare_rules(void)
{
    Suite *suite = suite_create("compare_rules");
    TCase *tcase = tcase_create("compare_rules");
    tcase_add_loop_test(tcase, test_row, 0, LP_COUNT(rows));
    tcase_add_test(tcase, test_no_rule);
    suite_add_tcase(suite, tcase);
    return suite;
}
