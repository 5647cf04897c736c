/* test_log.c - the evidence log: order, key, id, certificates. */
#include <check.h>

#include "lp/log.h"

Suite *lp_suite_log(void);

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static struct lp_arena arena;
static struct lp_log log_;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    lp_log_init(&log_, &arena);
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static struct lp_evidence *entry(int64_t id, struct lp_str key)
{
    struct lp_evidence *e = lp_arena_alloc(&arena, sizeof *e);
    e->id = id;
    e->key = key;
    e->shape = &lp_shape_dns;
    e->facts = lp_arena_alloc(&arena, sizeof(struct lp_dns_facts));
    return e;
}

static struct lp_evidence *certificate(int64_t id, struct lp_str key)
{
    struct lp_evidence *e = entry(id, key);
    e->shape = &lp_shape_certificate;
    e->facts = lp_arena_alloc(&arena, sizeof(struct lp_certificate));
    return e;
}

START_TEST(empty)
{
    struct lp_link link = { 0 };
    ck_assert_uint_eq(log_.n, 0);
    ck_assert_ptr_null(lp_log_find(&log_, LP_STR("dns 0 A a.example")));
    ck_assert_ptr_null(lp_log_by_id(&log_, 1));
    ck_assert_ptr_null(lp_log_certificate(&log_, LP_STR(SHA)));
    ck_assert_ptr_null(lp_log_leaf(&log_, &link));
}
END_TEST

/* Enough entries that the index grows several times. */
START_TEST(many_are_found)
{
    enum { MANY = 5000 };
    for (int i = 1; i <= MANY; i++) {
        struct lp_str key = lp_arena_printf(&arena, "dns 0 A host%d.example", i);
        ck_assert(lp_log_add(&log_, entry(i, key)));
    }
    ck_assert_uint_eq(log_.n, MANY);
    ck_assert_uint_gt(log_.index_size, MANY);
    for (int i = 1; i <= MANY; i++) {
        struct lp_str key = lp_arena_printf(&arena, "dns 0 A host%d.example", i);
        ck_assert_ptr_eq(lp_log_find(&log_, key), log_.at[i - 1]);
        ck_assert_ptr_eq(lp_log_by_id(&log_, i), log_.at[i - 1]);
        ck_assert_int_eq(log_.at[i - 1]->id, i);
    }
    ck_assert_ptr_null(lp_log_find(&log_, LP_STR("dns 0 A host5001.example")));
    ck_assert_ptr_null(lp_log_by_id(&log_, 0));
    ck_assert_ptr_null(lp_log_by_id(&log_, MANY + 1));
}
END_TEST

START_TEST(same_key_is_ignored)
{
    struct lp_evidence *first = entry(1, LP_STR("dns 0 A a.example"));
    ck_assert(lp_log_add(&log_, first));
    ck_assert(!lp_log_add(&log_, entry(2, LP_STR("dns 0 A a.example"))));
    ck_assert(lp_log_add(&log_, entry(3, LP_STR("dns 1 A a.example"))));
    ck_assert_uint_eq(log_.n, 2);
    ck_assert_ptr_eq(lp_log_find(&log_, LP_STR("dns 0 A a.example")), first);
    ck_assert_ptr_null(lp_log_by_id(&log_, 2));
    ck_assert_int_eq(lp_log_by_id(&log_, 3)->id, 3);
}
END_TEST

START_TEST(keys_are_compared_whole)
{
    ck_assert(lp_log_add(&log_, entry(1, LP_STR("dns 0 A a.example"))));
    ck_assert_ptr_null(lp_log_find(&log_, LP_STR("dns 0 A a.exampl")));
    ck_assert_ptr_null(lp_log_find(&log_, LP_STR("dns 0 A A.example")));
    ck_assert_ptr_null(lp_log_find(&log_, LP_STR_NONE));
}
END_TEST

START_TEST(certificate_by_hash)
{
    struct lp_evidence *e = certificate(1, LP_STR("certificate " SHA));
    struct lp_str chain[] = { LP_STR(SHA), LP_STR("ff") };
    struct lp_link link = { .chain = { chain, 2 } };
    struct lp_link other = { .chain = { &chain[1], 1 } };
    ck_assert(lp_log_add(&log_, e));
    ck_assert_ptr_eq(lp_log_certificate(&log_, LP_STR(SHA)), e->facts);
    ck_assert_ptr_null(lp_log_certificate(&log_, LP_STR("ff")));
    ck_assert_ptr_null(lp_log_certificate(&log_, LP_STR_NONE));
    ck_assert_ptr_eq(lp_log_leaf(&log_, &link), e->facts);
    ck_assert_ptr_null(lp_log_leaf(&log_, &other));
}
END_TEST

/* Facts of another kind under a certificate's key are not taken for a certificate. */
START_TEST(certificate_of_another_kind)
{
    ck_assert(lp_log_add(&log_, entry(1, LP_STR("certificate " SHA))));
    ck_assert_ptr_null(lp_log_certificate(&log_, LP_STR(SHA)));
}
END_TEST

Suite *lp_suite_log(void)
{
    Suite *suite = suite_create("log");
    TCase *tc = tcase_create("log");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, empty);
    tcase_add_test(tc, many_are_found);
    tcase_add_test(tc, same_key_is_ignored);
    tcase_add_test(tc, keys_are_compared_whole);
    tcase_add_test(tc, certificate_by_hash);
    tcase_add_test(tc, certificate_of_another_kind);
    suite_add_tcase(suite, tc);
    return suite;
}
