/* test_probe_sip.c - the sip probe: what it says, when it has heard enough */
#include <check.h>
#include <string.h>

#include "lp/ask.h"
#include "lp/probe.h"
#include "lp/sipmsg.h"

Suite *lp_suite_probe_sip(void);

/* A conversation with the probe. */
struct fixture {
    struct lp_arena arena;
    struct lp_ask ask;
    struct lp_sip_facts facts;
    struct lp_buf out;
    struct lp_talk talk;
};

static struct fixture f;

static void set_up(void)
{
    f = (struct fixture){ .out = lp_buf_new(4096) };
    f.talk = (struct lp_talk){ .ask = &f.ask,
                               .domain = LP_STR("contoso.example"),
                               .token = LP_STR("0123456789abcdef0123456789abcdef"),
                               .arena = &f.arena,
                               .facts = &f.facts,
                               .in = LP_STR(""),
                               .out = &f.out };
}

static void tear_down(void)
{
    lp_buf_release(&f.out);
    lp_arena_release(&f.arena);
}

static enum lp_next hear(struct lp_str in, bool eof)
{
    f.talk.in = in;
    f.talk.eof = eof;
    return lp_probe_sip.step(&f.talk);
}

START_TEST(shape)
{
    ck_assert_str_eq(lp_probe_sip.shape.name, "sip");
    ck_assert_int_eq(lp_probe_sip.carrier, LP_CARRY_STREAM);
    ck_assert_uint_eq(lp_probe_sip.shape.size, sizeof(struct lp_sip_facts));
    ck_assert_ptr_eq(lp_probe_sip.shape.fields, lp_sip_fields);
    ck_assert(lp_probe_sip.shape.has_link && !lp_probe_sip.shape.has_http);
    ck_assert_uint_eq(offsetof(struct lp_sip_facts, link), 0);
}
END_TEST

/* It speaks once, first, and is deaf to nothing: the second call only listens. */
START_TEST(speaks_first)
{
    ck_assert_int_eq(hear(LP_STR(""), false), LP_MORE);
    ck_assert(
        lp_str_starts_nocase(lp_buf_view(&f.out), "REGISTER sip:contoso.example SIP/2.0\r\n"));
    ck_assert_ptr_nonnull(strstr(f.out.p, "SIP/2.0/TLS "));
    ck_assert_int_eq(f.facts.date, LP_UTC_NONE);
    ck_assert_int_eq(f.facts.answer_us, 0);
    size_t said = f.out.n;
    ck_assert_int_eq(hear(LP_STR("SIP/2.0 401"), false), LP_MORE);
    ck_assert_uint_eq(f.out.n, said);
}
END_TEST

static void set_up_plain(void)
{
    set_up();
    f.ask.plain = true;
}

START_TEST(speaks_first_over_tcp)
{
    ck_assert_int_eq(hear(LP_STR(""), false), LP_MORE);
    ck_assert_ptr_nonnull(strstr(f.out.p, "SIP/2.0/TCP "));
    ck_assert_ptr_null(strstr(f.out.p, "SIP/2.0/TLS "));
}
END_TEST

struct row {
    const char *in;
    bool eof;
    enum lp_next next;
    int64_t status;
};

static const struct row rows[] = {
    { "SIP/2.0 401 Unauthorized\r\nServer: RTC/6.0\r\n\r\n", false, LP_DONE, 401 },
    { "SIP/2.0 407 Proxy\r\n\r\n", false, LP_DONE, 407 },
    { "SIP/2.0 503 Out\r\n\r\n", false, LP_DONE, 503 },
    { "SIP/2.0 503 Out\r\n", true, LP_DONE, 503 },
    { "SIP/2.0 100 Trying\r\n\r\n", false, LP_MORE, 100 },
    { "SIP/2.0 100 Trying\r\n\r\n", true, LP_DONE, 100 },
    { "SIP/2.0 401 Unauthorized\r\n", false, LP_MORE, 401 },
    { "HTTP/1.1 400 Bad Request\r\n", false, LP_BAD, 0 },
    { "SSH-2.0-x", true, LP_BAD, 0 },
    { "", true, LP_BAD, 0 },
};

START_TEST(hears)
{
    const struct row *row = &rows[_i];

    hear(LP_STR(""), false);
    f.talk.answer_us = 1234;
    ck_assert_int_eq(hear(lp_str_of(row->in), row->eof), row->next);
    ck_assert_int_eq(f.facts.status, row->status);
    ck_assert_int_eq(f.facts.is_sip, row->status != 0);
    ck_assert_int_eq(f.facts.answer_us, 1234);
}
END_TEST

/* The engine fills the link; reading the answer leaves it alone. */
START_TEST(leaves_the_link_alone)
{
    f.facts.link.host = LP_STR("sip.contoso.example");
    f.facts.link.tls = LP_OK;
    hear(LP_STR(""), false);
    hear(LP_STR("SIP/2.0 401 U\r\n\r\n"), false);
    ck_assert(lp_str_eq(f.facts.link.host, LP_STR("sip.contoso.example")));
    ck_assert_int_eq(f.facts.link.tls, LP_OK);
}
END_TEST

Suite *lp_suite_probe_sip(void)
{
    Suite *s = suite_create("probe_sip");
    TCase *t = tcase_create("tls");
    TCase *plain = tcase_create("tcp");

    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, shape);
    tcase_add_test(t, speaks_first);
    tcase_add_loop_test(t, hears, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, leaves_the_link_alone);
    tcase_add_checked_fixture(plain, set_up_plain, tear_down);
    tcase_add_test(plain, speaks_first_over_tcp);
    suite_add_tcase(s, t);
    suite_add_tcase(s, plain);
    return s;
}
