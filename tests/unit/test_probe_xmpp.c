/* test_probe_xmpp.c - the xmpp probe: its conversation in clear and under TLS, its findings */
#include <check.h>
#include <string.h>

#include "lp/ask.h"
#include "lp/probe.h"

extern const struct lp_probe lp_probe_xmpp;
Suite *lp_suite_probe_xmpp(void);

#define HEAD "<stream:stream xmlns='jabber:server' xmlns:stream='http://etherx.jabber.org/streams' "
#define V1 HEAD "version='1.0'>"
#define OLD HEAD ">"
#define STARTTLS "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
#define FEATURES(inner) "<stream:features>" inner "</stream:features>"
#define PROCEED "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
#define FAILURE "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>"
#define UNKNOWN "<stream:error><host-unknown/></stream:error></stream:stream>"
#define EDGE              \
    V1 FEATURES(STARTTLS) \
    PROCEED

static struct {
    struct lp_arena arena;
    struct lp_ask ask;
    struct lp_evidence e;
    struct lp_buf out;
    struct lp_talk talk;
} f;

static void set_up(void)
{
    memset(&f, 0, sizeof f);
    f.out = lp_buf_new(4096);
    f.e.shape = &lp_probe_xmpp.shape;
    f.e.facts = lp_arena_alloc(&f.arena, lp_probe_xmpp.shape.size);
    f.talk = (struct lp_talk){ .ask = &f.ask,
                               .domain = LP_STR("contoso.example"),
                               .arena = &f.arena,
                               .facts = f.e.facts,
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
    return lp_probe_xmpp.step(&f.talk);
}

/* Byte by byte, then the end when that is still awaited. */
static enum lp_next hear_all(const char *text)
{
    struct lp_str in = lp_str_of(text);
    enum lp_next next = hear(LP_STR(""), false);
    for (size_t n = 1; n <= in.n && next == LP_MORE; n++)
        next = hear(lp_str_sub(in, 0, n), false);
    return next == LP_MORE ? hear(in, true) : next;
}

static size_t count_out(const char *text)
{
    size_t n = 0;
    for (const char *at = f.out.p; (at = strstr(at, text)) != NULL; at++)
        n++;
    return n;
}

static const struct {
    const char *clear, *secure; /* NULL: TLS does not come */
    enum lp_next next;          /* of the last one */
    size_t asked;               /* for TLS */
    bool well;
    const char *finding, *words;
} rows[] = {
    { EDGE, V1 FEATURES(""), LP_DONE, 1, true, "",
      "an XMPP server answers; TLS is offered, and stands" },
    { V1 FEATURES("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
          PROCEED,
      V1 FEATURES(""), LP_DONE, 1, true, "", "an XMPP server answers; TLS is a must, and stands" },
    { EDGE, V1 UNKNOWN, LP_DONE, 1, false, "", "the XMPP server ends the stream: host-unknown" },
    { EDGE, "no more", LP_BAD, 1, false, "",
      "an XMPP server answers and offers TLS, but does not come to it" },
    { V1 FEATURES(STARTTLS), NULL, LP_BAD, 1, false, "",
      "an XMPP server answers and offers TLS, but does not come to it" },
    { V1 FEATURES(STARTTLS) FAILURE, NULL, LP_DONE, 1, false, "",
      "an XMPP server answers and offers TLS, but does not come to it" },
    { V1 FEATURES("<bind/>"), NULL, LP_DONE, 0, false, "LP-XMPP-NO-STARTTLS",
      "an XMPP server answers without an offer of TLS" },
    { OLD, NULL, LP_DONE, 0, false, "LP-XMPP-NO-STARTTLS",
      "an XMPP server answers without an offer of TLS" },
    { V1, NULL, LP_BAD, 0, false, "", "an XMPP server answers without an offer of TLS" },
    { V1 UNKNOWN, NULL, LP_DONE, 0, false, "", "the XMPP server ends the stream: host-unknown" },
    { "HTTP/1.1 400 Bad Request\r\n\r\n", NULL, LP_BAD, 0, false, "LP-XMPP-NO-STREAM",
      "something that is no XMPP server answers" },
    { "", NULL, LP_BAD, 0, false, "LP-XMPP-NO-STREAM", "no XMPP stream" },
};

static const char *charged(void)
{
    struct lp_check_input input = { .e = &f.e, .arena = &f.arena };
    const char *found = "";
    for (const struct lp_check *check = lp_probe_xmpp.checks; check->id; check++) {
        struct lp_charge charge = { 0 };
        if (check->fails(&input, &charge)) {
            ck_assert_str_eq(found, "");
            ck_assert(charge.expected.n && charge.observed.n);
            found = check->id;
        }
    }
    return found;
}

START_TEST(conversation)
{
    enum lp_next next = hear_all(rows[_i].clear);
    if (rows[_i].secure) {
        ck_assert_int_eq(next, LP_SECURE);
        f.talk.secure = true;
        next = hear_all(rows[_i].secure);
    }
    ck_assert_int_eq(next, rows[_i].next);
    ck_assert_uint_eq(count_out("<stream:stream"), rows[_i].secure ? 2 : 1);
    ck_assert_uint_eq(count_out("<starttls"), rows[_i].asked);
    f.e.outcome = next == LP_DONE ? LP_OK : LP_MALFORMED;
    ((struct lp_link *)f.e.facts)->connect = LP_OPEN;
    ck_assert_int_eq(lp_probe_xmpp.is_well(&f.e), rows[_i].well);
    struct lp_str words = lp_probe_xmpp.say(&f.e, &f.arena);
    ck_assert_msg(lp_str_eq(words, lp_str_of(rows[_i].words)), "%.*s", (int)words.n, words.p);
    ck_assert_str_eq(charged(), rows[_i].finding);
}
END_TEST

static const enum lp_outcome unreached[] = { LP_REFUSED, LP_TIMEOUT, LP_NOT_TRIED, LP_BLOCKED };

START_TEST(no_connection)
{
    f.e.outcome = unreached[_i];
    ((struct lp_link *)f.e.facts)->connect = unreached[_i];
    ck_assert_str_eq(charged(), "");
}
END_TEST

/* A peer that sends byte by byte, and never comes to an end, fills no memory. */
START_TEST(thrift)
{
    struct lp_buf in = lp_buf_new(1 << 20);
    hear(LP_STR(""), false);
    lp_buf_text(&in, V1 "<stream:features><a/><b/><c/>");
    size_t before = f.arena.used;
    for (int i = 0; i < 2000; i++) {
        lp_buf_char(&in, ' ');
        ck_assert_int_eq(hear(lp_buf_view(&in), false), LP_MORE);
    }
    ck_assert_uint_eq(f.arena.used, before);
    lp_buf_release(&in);
}
END_TEST

Suite *lp_suite_probe_xmpp(void)
{
    Suite *suite = suite_create("probe_xmpp");
    TCase *tcase = tcase_create("xmpp");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, conversation, 0, LP_COUNT(rows));
    tcase_add_loop_test(tcase, no_connection, 0, LP_COUNT(unreached));
    tcase_add_test(tcase, thrift);
    suite_add_tcase(suite, tcase);
    return suite;
}
