/* test_tls_staple.c - OCSP responses among the messages of a handshake: found, bounded, decoded */
#include <check.h>
#include <string.h>

#include "lp/alloc.h"
#include "lp/ocsp.h"
#include "lp/tls_staple.h"

Suite *lp_suite_tls_staple(void);

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define NOTHING \
    {           \
        NULL, 0 \
    }

/* CertificateStatus: type, length of three bytes, response. */
static const struct {
    struct lp_str in, response;
} statuses[] = {
    { WIRE("\1\0\0\2ab"), WIRE("ab") },
    { WIRE("\1\0\0\2abc"), WIRE("ab") },
    { WIRE("\1\0\0\0"), WIRE("") },
    { WIRE("\2\0\0\2ab"), NOTHING }, /* ocsp_multi of RFC 6961: not asked for */
    { WIRE("\1\0\0\3ab"), NOTHING },
    { WIRE("\1\xff\xff\xff"), NOTHING },
    { WIRE("\1\0"), NOTHING },
    { WIRE(""), NOTHING },
};

START_TEST(status)
{
    struct lp_str found = lp_tls_staple_of(statuses[_i].in);
    ck_assert_int_eq(found.p != NULL, statuses[_i].response.p != NULL);
    ck_assert(lp_str_eq(found, statuses[_i].response));
}
END_TEST

/* Extensions of a certificate in TLS 1.3: type, length, body. */
static const struct {
    struct lp_str in, response;
} extensions[] = {
    { WIRE("\0\5\0\6\1\0\0\2ab"), WIRE("ab") },
    { WIRE("\0\x12\0\2zz\0\5\0\6\1\0\0\2ab"), WIRE("ab") },
    { WIRE("\0\x12\0\2zz"), NOTHING },
    { WIRE("\0\5\0\7\1\0\0\2ab"), NOTHING },
    { WIRE("\0\5\0\4\1\0\0\2ab"), NOTHING },
    { WIRE("\0\x12\xff\xff"), NOTHING },
    { WIRE("\0"), NOTHING },
    { WIRE(""), NOTHING },
    { NOTHING, NOTHING },
};

START_TEST(among)
{
    struct lp_str found = lp_tls_staple_among(extensions[_i].in);
    ck_assert_int_eq(found.p != NULL, extensions[_i].response.p != NULL);
    ck_assert(lp_str_eq(found, extensions[_i].response));
}
END_TEST

/* In order of the chain, with a hole; what is beyond the bound, or the chain, is left out. */
START_TEST(kept)
{
    struct lp_tls_answer *known = lp_calloc(LP_TLS_ANSWERS, sizeof *known);
    struct lp_arena arena = { 0 };
    struct lp_link link = { .plain = false };
    struct lp_evidence e = { .facts = &link };
    struct lp_job job = { .arena = &arena, .evidence = &e };
    struct lp_str ders[] = { LP_STR("leaf"), LP_STR("CA") };
    job.ders = (struct lp_list){ ders, LP_COUNT(ders) };
    lp_tls_read_staples(known, &job);
    ck_assert_uint_eq(link.staples.n, 0);
    lp_tls_keep_staple(&job, 1, LP_STR("zz"));
    lp_tls_keep_staple(&job, 2, LP_STR("behind the chain"));
    lp_tls_keep_staple(&job, LP_OCSP_STAPLES, LP_STR("beyond the bound"));
    lp_tls_keep_staple(&job, 3, LP_STR_NONE);
    ck_assert_uint_eq(job.staples.n, 3);
    lp_tls_read_staples(known, &job);
    const struct lp_ocsp *staples = link.staples.at;
    ck_assert_uint_eq(link.staples.n, 2);
    ck_assert(!staples[0].problem.n && !staples[0].status.n && !staples[0].der.n);
    ck_assert(lp_str_eq(staples[1].problem, LP_STR("no OCSP response")));
    ck_assert(lp_str_eq(staples[1].der, LP_STR("zz")));
    /* the second time it is recalled, in memory of the job's */
    lp_tls_read_staples(known, &job);
    const struct lp_ocsp *again = link.staples.at;
    ck_assert(lp_str_eq(again[1].der, LP_STR("zz")) && again[1].der.p != staples[1].der.p);
    lp_tls_answers_free(known);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_tls_staple(void)
{
    Suite *s = suite_create("tls_staple");
    TCase *t = tcase_create("tls_staple");

    tcase_add_loop_test(t, status, 0, (int)LP_COUNT(statuses));
    tcase_add_loop_test(t, among, 0, (int)LP_COUNT(extensions));
    tcase_add_test(t, kept);
    suite_add_tcase(s, t);
    return s;
}
