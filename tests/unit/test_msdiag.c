/* test_msdiag.c - ms-diagnostics and Server in words */
#include <check.h>
#include <string.h>

#include "lp/msdiag.h"

Suite *lp_suite_msdiag(void);

static const struct {
    const char *value;
    int64_t number;
    const char *reason, *source, *problem; /* NULL unset */
} headers[] = {
    { "1010;reason=\"Certificate trust\";source=\"sip.contoso.example\";ErrorType=\"x\"", 1010,
      "Certificate trust", "sip.contoso.example", "x" },
    { " 4005 ; reason=plain ; SOURCE = \"a;b\" ", 4005, "plain", "a;b", NULL },
    { "28020", 28020, NULL, NULL, NULL },
    { "1;reason=\"open", 1, "open", NULL, NULL },
    { "1;reason=\"one\";reason=\"two\"", 1, "one", NULL, NULL },
    { "1;reason", 1, NULL, NULL, NULL },
    { "1;;=;reason=", 1, "", NULL, NULL },
    { "none;reason=\"a\"", -1, "a", NULL, NULL },
    { "99999999999", -1, NULL, NULL, NULL },
    { "-1", -1, NULL, NULL, NULL },
    { "", -1, NULL, NULL, NULL },
};

static void check(struct lp_str s, const char *text)
{
    ck_assert_int_eq(s.p != NULL, text != NULL);
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)s.n, s.p, text);
}

START_TEST(header)
{
    struct lp_msdiag_header out;
    lp_msdiag_read(lp_str_of(headers[_i].value), &out);
    ck_assert_int_eq(out.number, headers[_i].number);
    check(out.reason, headers[_i].reason);
    check(out.source, headers[_i].source);
    check(out.problem, headers[_i].problem);
}
END_TEST

START_TEST(lookup)
{
    ck_assert_str_eq(lp_msdiag_find(1010)->title, "no certificate trust with the other server");
    ck_assert_ptr_eq(lp_msdiag_find(17000), lp_msdiag_find(17999));
    ck_assert_ptr_null(lp_msdiag_find(18000));
    ck_assert_ptr_null(lp_msdiag_find(0));
    ck_assert_ptr_null(lp_msdiag_find(-1));
    ck_assert_ptr_null(lp_msdiag_at(1000));
}
END_TEST

START_TEST(rows_are_whole)
{
    const struct lp_msdiag *row;
    int last = 0;
    for (size_t i = 0; (row = lp_msdiag_at(i)); i++) {
        ck_assert_msg(row->first > last && row->last >= row->first, "%d is out of order",
                      row->first);
        ck_assert(strlen(row->title) > 5 && row->look[0] != NULL);
        ck_assert(row->meaning[strlen(row->meaning) - 1] == '.');
        last = row->last;
    }
    ck_assert_int_gt(last, 28000);
}
END_TEST

static const struct {
    const char *server, *words;
} servers[] = {
    { "RTC/5.0", "Lync Server 2013" },
    { "rtc/5.1 x", "Lync Server 2013" },
    { "RTC/3.0", "Office Communications Server 2007" },
    { "RTC/3.5", "Office Communications Server 2007 R2" },
    { "RTC/4.0", "Lync Server 2010" },
    { "RTC/6.0", "Skype for Business Server 2015" },
    { "RTC/8.0", NULL },
    { "kamailio (5.6.3)", NULL },
    { "", NULL },
};

START_TEST(server)
{
    const char *words = lp_server_words(lp_str_of(servers[_i].server));
    ck_assert_int_eq(words != NULL, servers[_i].words != NULL);
    if (words)
        ck_assert_str_eq(words, servers[_i].words);
}
END_TEST

Suite *lp_suite_msdiag(void)
{
    Suite *s = suite_create("msdiag");
    TCase *t = tcase_create("msdiag");

    tcase_add_loop_test(t, header, 0, (int)LP_COUNT(headers));
    tcase_add_test(t, lookup);
    tcase_add_test(t, rows_are_whole);
    tcase_add_loop_test(t, server, 0, (int)LP_COUNT(servers));
    suite_add_tcase(s, t);
    return s;
}
