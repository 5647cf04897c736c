/* test_tlsfacts.c - what follows from hellos: protocols, and their words */
#include <check.h>

#include "lp/ask.h"
#include "lp/tlsfacts.h"

Suite *lp_suite_tlsfacts(void);

static struct lp_arena arena;

static void tear_down(void)
{
    lp_arena_release(&arena);
}

/* ---- one answer ---- */

#define BYTES(literal)                 \
    {                                  \
        (literal), sizeof(literal) - 1 \
    }
#define HELLO \
    "\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\x00\xc0\x13\x00"
#define ODD \
    "\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02RRRRRRRRRRRRRRRRRRRRRRRRRRRRRRRR\x00\xfe\x13\x00"

static const struct {
    struct lp_str in;
    bool eof, silent;
    const char *answer; /* NULL: not whole yet */
    const char *cipher;
    int64_t alert;
} answers[] = {
    { BYTES(HELLO), false, false, "taken", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", -1 },
    { BYTES(ODD), false, false, "taken", "0xfe13", -1 },
    { BYTES("\x15\x03\x02\x00\x02\x02\x46"), false, false, "refused", NULL, 70 },
    { BYTES(""), true, false, "closed", NULL, -1 },
    { BYTES(""), true, true, "silent", NULL, -1 },
    { BYTES("\x16\x03"), false, false, NULL, NULL, -1 },
    { BYTES("\x16\x03"), true, false, "closed", NULL, -1 },
    { BYTES("\x16\x03"), true, true, "silent", NULL, -1 },
    { BYTES("220 ready"), false, false, "not-tls", NULL, -1 },
};

START_TEST(hears)
{
    struct lp_talk talk = {
        .in = answers[_i].in, .eof = answers[_i].eof, .silent = answers[_i].silent, .arena = &arena
    };
    struct lp_hello_fact fact;
    bool whole = lp_hello_hear(&talk, LP_TLS_1_1, &fact);
    ck_assert_int_eq(whole, answers[_i].answer != NULL);
    if (!whole)
        return;
    ck_assert(lp_str_eq(fact.answer, lp_str_of(answers[_i].answer)));
    ck_assert(lp_str_eq(fact.offered, LP_STR("TLSv1.1")));
    ck_assert(lp_str_eq(fact.cipher, lp_str_of(answers[_i].cipher)));
    ck_assert_int_eq(fact.alert, answers[_i].alert);
    ck_assert_int_eq(lp_hello_is_taken(&fact), answers[_i].cipher != NULL);
    ck_assert_int_eq(lp_hello_is_refused(&fact), lp_str_eq(fact.answer, LP_STR("refused")) ||
                                                     lp_str_eq(fact.answer, LP_STR("closed")));
}
END_TEST

/* ---- protocols ---- */

#define T(protocol)                                                                           \
    {                                                                                         \
        { protocol, sizeof protocol - 1 }, { "taken", 5 }, { protocol, sizeof protocol - 1 }, \
            { NULL, 0 }, -1                                                                   \
    }
#define R(protocol)                                                                       \
    {                                                                                     \
        { protocol, sizeof protocol - 1 }, { "refused", 7 }, { NULL, 0 }, { NULL, 0 }, 70 \
    }
#define S(protocol)                                                                      \
    {                                                                                    \
        { protocol, sizeof protocol - 1 }, { "silent", 6 }, { NULL, 0 }, { NULL, 0 }, -1 \
    }

static struct {
    struct lp_hello_fact hellos[5];
    int64_t own; /* of an ordinary handshake; 0 none */
    int64_t lowest;
    const char *words;
} sets[] = {
    { { R("TLSv1.1") }, LP_TLS_1_3, 0, "TLS 1.3, nothing older than TLS 1.2" },
    { { R("TLSv1.1") }, LP_TLS_1_2, LP_TLS_1_2, "TLS 1.2 only" },
    { { T("TLSv1.1"), T("TLSv1") }, LP_TLS_1_3, LP_TLS_1_0, "TLS 1.0 to 1.3" },
    { { T("TLSv1.1"), R("TLSv1") }, LP_TLS_1_2, LP_TLS_1_1, "TLS 1.1 to 1.2" },
    { { T("TLSv1") }, LP_TLS_1_0, LP_TLS_1_0, "TLS 1.0" },
    { { T("TLSv1"), R("SSLv3") }, LP_TLS_1_0, LP_TLS_1_0, "TLS 1.0 only" },
    { { R("TLSv1.3"), T("TLSv1.2"), T("TLSv1.1"), T("TLSv1"), T("SSLv3") },
      LP_TLS_1_2,
      LP_SSL_3_0,
      "SSL 3.0 to TLS 1.2" },
    { { R("TLSv1.3"), R("TLSv1.2"), R("TLSv1.1"), R("TLSv1"), T("SSLv3") },
      0,
      LP_SSL_3_0,
      "SSL 3.0" },
    { { S("TLSv1.1") }, LP_TLS_1_3, 0, "TLS 1.3" },
    { { R("TLSv1.1") }, 0, 0, NULL },
};

START_TEST(folds)
{
    struct lp_list hellos = { sets[_i].hellos, 0 };
    while (hellos.n < 5 && sets[_i].hellos[hellos.n].offered.n)
        hellos.n++;
    struct lp_protocols all = { sets[_i].own, sets[_i].own, 0 }, seen;
    lp_protocols_of_hellos(&hellos, &seen);
    lp_protocols_join(&all, &seen);
    struct lp_str words = lp_protocols_say(&all, &arena);
    ck_assert_msg(lp_str_eq(words, lp_str_of(sets[_i].words)), "%s", words.p);
    ck_assert_int_eq(lp_protocols_lowest(&all), sets[_i].lowest);
}
END_TEST

/* The same whichever comes first. */
START_TEST(joins_in_any_order)
{
    static const struct lp_protocols parts[] = { { LP_TLS_1_3, LP_TLS_1_3, 0 },
                                                 { 0, 0, LP_TLS_1_2 },
                                                 { LP_TLS_1_1, LP_TLS_1_1, 0 },
                                                 { 0, 0, LP_TLS_1_0 } };
    static const size_t orders[][4] = { { 0, 2, 1, 3 }, { 3, 2, 1, 0 }, { 2, 0, 3, 1 } };
    struct lp_protocols all = { 0 };
    for (size_t i = 0; i < 4; i++)
        lp_protocols_join(&all, &parts[orders[_i][i]]);
    ck_assert_int_eq(all.lowest, LP_TLS_1_1);
    ck_assert_int_eq(all.highest, LP_TLS_1_3);
    ck_assert_int_eq(all.refused, LP_TLS_1_0);
}
END_TEST

Suite *lp_suite_tlsfacts(void)
{
    Suite *suite = suite_create("tlsfacts");
    TCase *tests = tcase_create("tlsfacts");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_loop_test(tests, hears, 0, LP_COUNT(answers));
    tcase_add_loop_test(tests, folds, 0, LP_COUNT(sets));
    tcase_add_loop_test(tests, joins_in_any_order, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
