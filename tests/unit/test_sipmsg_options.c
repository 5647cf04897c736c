/* test_sipmsg_options.c - the OPTIONS that is sent, and the Allow of its answer */
#include <check.h>
#include <string.h>

#include "lp/sipmsg.h"

Suite *lp_suite_sipmsg_options(void);

static const char *const lines[] = {
    "OPTIONS sip:contoso.example SIP/2.0\r\nVia: SIP/2.0/TCP lyncprobe.invalid;branch=z9hG4bK01234",
    "\r\nFrom: <sip:lyncprobe@contoso.example>;tag=0123456789;epid=abcdef0123\r\n",
    "\r\nCall-ID: 0123456789abcdef0123456789abcdef\r\nCSeq: 1 OPTIONS\r\n",
    "\r\nAccept: application/sdp\r\n",
    "\r\nContent-Length: 0\r\n\r\n",
};

START_TEST(request)
{
    struct lp_sip_request r = { LP_STR("contoso.example"),
                                LP_STR("0123456789abcdef0123456789abcdef"), false };
    struct lp_buf out = lp_buf_new(4096);
    lp_sip_options(&out, &r);
    ck_assert_msg(strstr(out.p, lines[_i]) != NULL, "missing: %s", lines[_i]);
    lp_buf_release(&out);
}
END_TEST

START_TEST(allow)
{
    static const char *const headers[] = { "", "Allow: INVITE, BYE\r\n",
                                           "allow:INVITE,\r\n BYE\r\n", "Allow: A\r\nAllow: B\r\n",
                                           "Allow: \x1b[2J\r\n" };
    static const char *const said[] = { NULL, "INVITE, BYE", "INVITE,   BYE", "A", "\\x1b[2J" };
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = { 0 };
    struct lp_str parts[] = { LP_STR("SIP/2.0 200 OK\r\n"), lp_str_of(headers[_i]),
                              LP_STR("Content-Length: 0\r\n\r\n") };
    struct lp_str in = lp_arena_join(&arena, parts, LP_COUNT(parts));
    ck_assert_int_eq(lp_sip_decode(&arena, in, false, &facts), LP_SIP_COMPLETE);
    ck_assert_msg(lp_str_eq(facts.allow, lp_str_of(said[_i])), "%.*s", (int)facts.allow.n,
                  facts.allow.p);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_sipmsg_options(void)
{
    Suite *suite = suite_create("sipmsg_options");
    TCase *tests = tcase_create("options");
    tcase_add_loop_test(tests, request, 0, LP_COUNT(lines));
    tcase_add_loop_test(tests, allow, 0, 5);
    suite_add_tcase(suite, tests);
    return suite;
}
