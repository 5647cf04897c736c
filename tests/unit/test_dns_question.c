/* test_dns_question.c - when a DNS question is asked again, where, and how it ends */
#include <check.h>

#include "lp/dns_question.h"

Suite *lp_suite_dns_question(void);

enum { START = 1000, SPAN = 700, ERROR = 111 /* ECONNREFUSED */ };

struct fixture {
    struct lp_dns_question q;
    struct lp_job job;
    struct lp_setup setup;
    struct lp_str text[3];
    struct lp_list addresses;
};

static void open_question(struct fixture *f, size_t addresses)
{
    *f = (struct fixture){ .job = { .deadline = INT64_MAX / 2 }, .setup = { .dns_us = SPAN } };
    f->addresses = (struct lp_list){ f->text, addresses };
    f->job.setup = &f->setup;
    f->q.job = &f->job;
    f->q.addresses = &f->addresses;
    lp_dns_question_begin(&f->q, START);
    f->q.sent = true;
}

/* An answer of the address and transport that is being asked now. */
static struct lp_dns_heard answer_of(const struct fixture *f, struct lp_str raw)
{
    struct lp_dns_heard heard = { .raw = raw, .last = true };

    heard.what.address = f->q.at;
    heard.what.tcp = f->q.tcp;
    heard.what.edns = !f->q.plain;
    return heard;
}

static struct lp_dns_heard fault_of(const struct fixture *f, enum lp_dns_fault_kind kind)
{
    struct lp_dns_heard heard = answer_of(f, LP_STR_NONE);

    heard.fault = (struct lp_dns_fault){ kind, ERROR };
    return heard;
}

#define GOOD LP_STR("id\x81\x80")
#define FORMERR LP_STR("id\x81\x81")
#define SERVFAIL LP_STR("id\x81\x82")
#define NOTIMP LP_STR("id\x81\x84")
#define REFUSED LP_STR("id\x81\x85")
#define CUT LP_STR("id\x83\x80")

START_TEST(slices_of_time)
{
    struct fixture f;

    open_question(&f, 1);
    ck_assert_int_eq(f.job.started, START);
    ck_assert_int_eq(f.q.due, START + 100);
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + 99), LP_DNS_WAIT);
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + 100), LP_DNS_ASK);
    ck_assert_int_eq(f.q.due, START + 300);
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + 300), LP_DNS_ASK);
    ck_assert_int_eq(f.q.due, START + SPAN);
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + SPAN - 1), LP_DNS_WAIT);
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + SPAN), LP_DNS_END);
    ck_assert_uint_eq(f.q.asked, 3);
    ck_assert(!f.q.shrunk);
}
END_TEST

START_TEST(formerr_is_answered_without_edns_once)
{
    struct fixture f;

    open_question(&f, 1);
    struct lp_dns_heard first = answer_of(&f, _i == 0 ? FORMERR : NOTIMP);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_ASK);
    ck_assert(f.q.plain);
    /* The echo of an older message with EDNS. */
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_WAIT);
    /* The same word without EDNS is the answer. */
    struct lp_dns_heard second = answer_of(&f, first.raw);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &second), LP_DNS_END);
    ck_assert_uint_eq(f.q.asked, 1);
}
END_TEST

START_TEST(truncated_is_asked_over_tcp_once)
{
    struct fixture f;

    open_question(&f, 1);
    struct lp_dns_heard first = answer_of(&f, CUT);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_ASK);
    ck_assert(f.q.tcp && f.q.truncated);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_WAIT);
    ck_assert_ptr_null(f.q.best.raw.p);
    /* TC over TCP is odd, but an answer. */
    struct lp_dns_heard second = answer_of(&f, CUT);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &second), LP_DNS_END);
    ck_assert(f.q.best.what.tcp);
}
END_TEST

START_TEST(next_address_after_servfail)
{
    struct fixture f;

    open_question(&f, 3);
    struct lp_dns_heard servfail = answer_of(&f, SERVFAIL);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &servfail), LP_DNS_ASK);
    ck_assert_uint_eq(f.q.at, 1);
    struct lp_dns_heard refused = answer_of(&f, REFUSED);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &refused), LP_DNS_ASK);
    ck_assert_uint_eq(f.q.at, 2);
    ck_assert_int_eq(f.q.due, START + SPAN);
    /* The last address: whatever it says is the answer; before that, an old answer may
     * win. */
    struct lp_dns_heard good = answer_of(&f, GOOD);
    good.what.address = 0;
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &good), LP_DNS_END);
    ck_assert_uint_eq(f.q.best.what.address, 0);
}
END_TEST

START_TEST(next_address_starts_over_udp_with_edns)
{
    struct fixture f;

    open_question(&f, 2);
    f.q.tcp = f.q.plain = f.q.truncated = true;
    ck_assert_int_eq(lp_dns_question_time(&f.q, START + 100), LP_DNS_ASK);
    ck_assert_uint_eq(f.q.at, 1);
    ck_assert(!f.q.tcp && !f.q.plain && !f.q.truncated);
    /* FORMERR or TC of the address before says nothing about this one. */
    struct lp_dns_heard old = answer_of(&f, FORMERR);
    old.what.address = 0;
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &old), LP_DNS_WAIT);
    old.raw = CUT;
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &old), LP_DNS_WAIT);
    ck_assert(!f.q.tcp && !f.q.plain);
}
END_TEST

START_TEST(faults_are_waited_out_at_the_last_address)
{
    struct fixture f;

    open_question(&f, 2);
    struct lp_dns_heard first = fault_of(&f, LP_DNS_PEER);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_ASK);
    ck_assert_uint_eq(f.q.at, 1);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &first), LP_DNS_WAIT); /* old news */
    struct lp_dns_heard second = fault_of(&f, LP_DNS_PEER);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &second), LP_DNS_WAIT);
    ck_assert_int_eq(f.q.fault.error, ERROR);
}
END_TEST

START_TEST(nothing_left_this_machine)
{
    struct fixture f;

    open_question(&f, 1);
    struct lp_dns_heard heard = fault_of(&f, LP_DNS_LOCAL);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &heard), LP_DNS_WAIT); /* one message did */
    f.q.sent = false;
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &heard), LP_DNS_END);
}
END_TEST

/* c-ares forgot a message: nothing follows from that. */
START_TEST(forgotten_is_nothing)
{
    struct fixture f;

    open_question(&f, 2);
    struct lp_dns_heard heard = fault_of(&f, LP_DNS_NO_FAULT);
    ck_assert_int_eq(lp_dns_question_heard(&f.q, &heard), LP_DNS_WAIT);
    ck_assert_uint_eq(f.q.at, 0);
}
END_TEST

Suite *lp_suite_dns_question(void)
{
    Suite *suite = suite_create("dns_question");
    TCase *tc = tcase_create("next");

    tcase_add_test(tc, slices_of_time);
    tcase_add_loop_test(tc, formerr_is_answered_without_edns_once, 0, 2);
    tcase_add_test(tc, truncated_is_asked_over_tcp_once);
    tcase_add_test(tc, next_address_after_servfail);
    tcase_add_test(tc, next_address_starts_over_udp_with_edns);
    tcase_add_test(tc, faults_are_waited_out_at_the_last_address);
    tcase_add_test(tc, nothing_left_this_machine);
    tcase_add_test(tc, forgotten_is_nothing);
    suite_add_tcase(suite, tc);
    return suite;
}
