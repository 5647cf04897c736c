/* test_sip_options.c - the sip-options probe: its request, its words; no answer is no fault */
#include <check.h>
#include <string.h>

#include "logs.h"
#include "lp/beside.h"
#include "lp/sipmsg.h"

extern const struct lp_probe lp_probe_sip_options;
Suite *lp_suite_sip_options(void);

static const struct {
    struct lp_str in;
    bool eof;
    enum lp_next next;
    const char *words;
} rows[] = {
#define ROW(text)                \
    {                            \
        (text), sizeof(text) - 1 \
    }
    { ROW("SIP/2.0 200 OK\r\nAllow: INVITE, BYE\r\nServer: RTC/6.0\r\nContent-Length: 0\r\n\r\n"),
      false, LP_DONE, "OPTIONS: 200 OK; Allow: INVITE, BYE; Server: RTC/6.0" },
    { ROW("SIP/2.0 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"), false, LP_DONE,
      "OPTIONS: 401 Unauthorized" },
    { ROW("SIP/2.0 404 \033[2J\r\nContent-Length: 0\r\n\r\n"), false, LP_DONE,
      "OPTIONS: 404 \\\\x1b[2J" },
    { ROW("SIP/2.0 200 OK\r\nAllow: INV"), false, LP_MORE, "OPTIONS: 200" },
    { ROW("HTTP/1.1 400 Bad Request\r\n\r\n"), false, LP_BAD, "OPTIONS: no answer comes" },
    { ROW(""), true, LP_BAD, "OPTIONS: no answer comes" },
};

START_TEST(hears)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .plain = _i % 2 };
    struct lp_sip_facts facts = { 0 };
    struct lp_buf out = lp_buf_new(4096);
    struct lp_talk talk = { .ask = &ask,
                            .domain = LP_STR("contoso.example"),
                            .token = LP_STR("0123456789abcdef0123456789abcdef"),
                            .arena = &arena,
                            .facts = &facts,
                            .in = LP_STR(""),
                            .out = &out };
    struct lp_evidence e = { .shape = &lp_probe_sip_options.shape, .facts = &facts };
    ck_assert_int_eq(lp_probe_sip_options.step(&talk), LP_MORE);
    ck_assert_ptr_nonnull(strstr(out.p, "OPTIONS sip:contoso.example SIP/2.0\r\n"));
    ck_assert_ptr_nonnull(strstr(out.p, ask.plain ? "SIP/2.0/TCP" : "SIP/2.0/TLS"));
    talk.in = rows[_i].in;
    talk.eof = rows[_i].eof;
    ck_assert_int_eq(lp_probe_sip_options.step(&talk), rows[_i].next);
    ck_assert_str_eq(lp_probe_sip_options.say(&e, &arena).p, rows[_i].words);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

/* Where SIP answers, with TLS or without, and only on request; the words stand at the endpoint. */
START_TEST(beside)
{
    static const char *const keys[] = {
        "sip-options access.contoso.example:443 203.0.113.10",
        "sip-options-tcp access.contoso.example:443 203.0.113.10",
    };
    struct logs l;
    logs_begin(&l, "external");
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    logs_sip(&l, "sip:5061", "203.0.113.11", "timeout");
    ((struct lp_link *)e->facts)->plain = _i;
    ck_assert_uint_eq(logs_count_wanted(&l, "sip-options"), 0);
    l.log.setup.deep = true;
    ck_assert_uint_eq(logs_count_wanted(&l, "sip-options"), 1);
    const struct lp_ask *ask = logs_wanted(&l, keys[_i]);
    ck_assert_ptr_nonnull(ask);
    logs_add(&l, ask, LP_TIMEOUT);
    const char *words = lp_say_besides(&l.log, e, &l.arena).p;
    ck_assert_str_eq(words, "OPTIONS: no answer comes");
    logs_end(&l);
}
END_TEST

Suite *lp_suite_sip_options(void)
{
    Suite *suite = suite_create("sip_options");
    TCase *tests = tcase_create("options");
    tcase_add_loop_test(tests, hears, 0, LP_COUNT(rows));
    tcase_add_loop_test(tests, beside, 0, 2);
    suite_add_tcase(suite, tests);
    return suite;
}
