/* test_held.c - walks as the parent holds them: found by number, completed, crashed */
#include <check.h>
#include <string.h>

#include "lp/slot.h"
#include "walk_rig.h"

Suite *lp_suite_held(void);

#define SIP_A "dns 0 A sip.contoso.example"

static struct lp_held *add(struct lp_walks *walks)
{
    struct lp_held *held = lp_walks_new(walks);
    held->log.setup = rig_setup();
    held->start = 1000;
    lp_walks_add(walks, held);
    return held;
}

START_TEST(found_by_number_while_open)
{
    struct lp_walks walks;
    lp_walks_init(&walks, 3);
    for (uint32_t i = 0; i < 7; i++) {
        struct lp_held *held = add(&walks);
        ck_assert_uint_eq(held->number, i);
        ck_assert_ptr_eq(lp_walks_find(&walks, i), held);
        ck_assert_ptr_null(lp_walks_find(&walks, i + 1));
        if (walks.n < walks.max)
            continue;
        ck_assert_uint_eq(walks.first->number, i - 2);
        ck_assert_ptr_null(lp_walks_find(&walks, i + 3));
        lp_walks_drop_first(&walks);
        ck_assert_ptr_null(lp_walks_find(&walks, i - 2));
    }
    walks.last->over = true;
    ck_assert_ptr_null(lp_walks_find(&walks, 6));
    ck_assert_ptr_eq(lp_walks_find(&walks, 5)->next, walks.last);
    lp_walks_release(&walks);
}
END_TEST

START_TEST(completed)
{
    struct lp_walks walks;
    lp_walks_init(&walks, 1);
    struct lp_held *held = add(&walks);
    char why[] = "interrupted";
    lp_held_complete(held, 5000, lp_str_of(why));
    why[0] = 'x'; /* the words are a copy */
    ck_assert_uint_gt(held->log.n, 8);
    for (size_t i = 0; i < held->log.n; i++) {
        ck_assert_int_eq(held->log.at[i]->outcome, LP_NOT_TRIED);
        ck_assert(lp_str_eq(held->log.at[i]->why, LP_STR("interrupted")));
        ck_assert_int_eq(held->log.at[i]->id, (int64_t)i + 1);
    }
    ck_assert(held->log.end.present);
    ck_assert(!held->log.end.complete);
    ck_assert_int_eq(held->log.end.total_us, 4000);
    ck_assert(lp_str_eq(held->log.end.why, LP_STR("interrupted")));
    lp_walks_release(&walks);
}
END_TEST

static void note(struct lp_shared_page *page, uint32_t walk, const char *key)
{
    memset(page, 0, sizeof *page);
    page->walk = walk;
    page->key_len = (uint32_t)strlen(key);
    memcpy(page->key, key, page->key_len);
}

START_TEST(crashed_at_its_question)
{
    struct lp_shared_page page;
    struct lp_walks walks;
    lp_walks_init(&walks, 2);
    struct lp_held *other = add(&walks), *held = add(&walks);
    note(&page, 1, SIP_A);
    ck_assert(!lp_held_crash(other, &page, LP_STR("signal 6")));
    ck_assert_uint_eq(other->log.n, 0);
    ck_assert(lp_held_crash(held, &page, LP_STR("signal 6")));
    ck_assert_uint_eq(held->log.n, 1);
    const struct lp_evidence *e = lp_log_find(&held->log, LP_STR(SIP_A));
    ck_assert_int_eq(e->outcome, LP_CRASHED);
    ck_assert(lp_str_eq(e->why, LP_STR("signal 6")));
    ck_assert(lp_str_eq(lp_dns_of(e)->name, LP_STR("sip.contoso.example")));
    ck_assert(!lp_held_crash(held, &page, LP_STR("signal 6")));
    lp_walks_release(&walks);
}
END_TEST

/* What the worker says that it is at is not believed blindly. */
START_TEST(no_question_of_the_walk)
{
    struct lp_shared_page page;
    struct lp_walks walks;
    lp_walks_init(&walks, 1);
    struct lp_held *held = add(&walks);
    note(&page, 0, "dns 0 A elsewhere.example");
    ck_assert(!lp_held_crash(held, &page, LP_STR("signal 6")));
    note(&page, 0, "");
    ck_assert(!lp_held_crash(held, &page, LP_STR("signal 6")));
    note(&page, 0, SIP_A);
    page.key_len = UINT32_MAX;
    ck_assert(!lp_held_crash(held, &page, LP_STR("signal 6")));
    note(&page, 0, SIP_A);
    held->over = true;
    ck_assert(!lp_held_crash(held, &page, LP_STR("signal 6")));
    ck_assert_uint_eq(held->log.n, 0);
    lp_walks_release(&walks);
}
END_TEST

Suite *lp_suite_held(void)
{
    Suite *suite = suite_create("held");
    TCase *tests = tcase_create("walks");
    tcase_add_test(tests, found_by_number_while_open);
    tcase_add_test(tests, completed);
    tcase_add_test(tests, crashed_at_its_question);
    tcase_add_test(tests, no_question_of_the_walk);
    suite_add_tcase(suite, tests);
    return suite;
}
