/* test_probe_turn.c - turn-udp and turn-tcp: what they say, what they make of answers */
#include <check.h>
#include <string.h>

#include "lp/ask.h"
#include "lp/turn.h"

extern const struct lp_probe lp_probe_turn_udp, lp_probe_turn_tcp;
Suite *lp_suite_probe_turn(void);

#define ID "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
#define COOKIE_ID "\x21\x12\xa4\x42\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
#define MS "\x00\x0f\x00\x04\x72\xc6\x4b\xc6"
#define RANDOM "................................"
#define HELLO \
    "\x16\x03\x01\x00\x4e\x02\x00\x00\x46\x03\x01" RANDOM " " RANDOM "\x00\x18\x00\x0e\x00\x00\x00"
#define EDGE                                                                    \
    "\x01\x13\x00\x27" ID MS "\x00\x09\x00\x04\x00\x00\x04\x01\x00\x15\x00\x03" \
    "rtc\x00\x0e\x00\x08\x00\x01\x0d\x96\xcb\x00\x71\x0a\x00\x14\x00\x00"
#define EDGE_300                                                \
    "\x01\x13\x00\x1c" ID MS "\x00\x09\x00\x04\x00\x00\x03\x00" \
    "\x00\x0e\x00\x08\x00\x01\x01\xbb\xcb\x00\x71\x0b"
#define EDGE_500 "\x01\x13\x00\x10" ID MS "\x00\x09\x00\x04\x00\x00\x05\x00"
#define STRANGER "\x01\x13\x00\x08................" MS
#define REQUEST "\x00\x03\x00\x08" ID MS
#define BINDING                                     \
    "\x01\x01\x00\x0c" COOKIE_ID "\x80\x22\x00\x06" \
    "coturn\x00\x00"
#define ALERT "\x15\x03\x01\x00\x02\x02\x28"
#define BYTES(lit)             \
    {                          \
        (lit), sizeof(lit) - 1 \
    }

static struct {
    struct lp_arena arena;
    struct lp_ask ask;
    struct lp_turn_facts facts;
    struct lp_evidence e;
    struct lp_buf out;
    struct lp_talk talk;
} f;

static void set_up(void)
{
    memset(&f, 0, sizeof f);
    f.out = lp_buf_new(4096);
    f.talk = (struct lp_talk){ .ask = &f.ask,
                               .token = LP_STR("000102030405060708090a0b0c0d0e0f"),
                               .arena = &f.arena,
                               .facts = &f.facts,
                               .in = LP_STR(""),
                               .out = &f.out };
    f.e = (struct lp_evidence){ .shape = &lp_probe_turn_udp.shape, .facts = &f.facts };
}

static void tear_down(void)
{
    lp_buf_release(&f.out);
    lp_arena_release(&f.arena);
}

static enum lp_next hear(const struct lp_probe *probe, struct lp_str in, bool eof)
{
    f.talk.in = in;
    f.talk.eof = eof;
    return probe->step(&f.talk);
}

static bool is_text(struct lp_str s, const char *text)
{
    return lp_str_eq(s, lp_str_of(text));
}

/* ---- UDP ---- */

START_TEST(udp_speaks)
{
    static const size_t said[] = { 36, 0, 20, 0 };
    for (f.talk.again = 0; f.talk.again < 4; f.talk.again++) {
        ck_assert_int_eq(hear(&lp_probe_turn_udp, LP_STR(""), false), LP_MORE);
        ck_assert_uint_eq(f.out.n, said[f.talk.again]);
        lp_buf_clear(&f.out);
    }
    ck_assert_int_eq(hear(&lp_probe_turn_udp, LP_STR(""), true), LP_BAD);
    ck_assert_int_eq(f.facts.version, -1);
    ck_assert_int_eq(lp_probe_turn_udp.carrier, LP_CARRY_DATAGRAM);
    ck_assert(lp_probe_turn_udp.plain && lp_probe_turn_tcp.plain);
}
END_TEST

/* What both make of a message; words as the reports show them; the findings. */
static const struct {
    struct lp_str in;
    enum lp_next next;
    const char *kind;
    bool well;
    const char *words, *findings;
} answers[] = {
    { BYTES(EDGE), LP_DONE, "ms", true,
      "an A/V Edge answers, asks for credentials (401) of rtc, and says that its public address "
      "is 203.0.113.10:3478",
      "LP-TURN-PUBLIC-ADDRESS " },
    { BYTES(EDGE_300), LP_DONE, "ms", true,
      "an A/V Edge answers with error 300, and sends us to 203.0.113.11:443", "" },
    { BYTES(EDGE_500), LP_DONE, "ms", false, "an A/V Edge answers with error 500", "" },
    { BYTES(BINDING), LP_DONE, "standard", false, "a standard STUN or TURN server answers: coturn",
      "LP-TURN-NOT-TURN LP-TURN-STANDARD " },
    { BYTES(STRANGER), LP_MORE, NULL, false, "no answer", "" },
    { BYTES(REQUEST), LP_MORE, NULL, false, "no answer", "" },
    { BYTES(ALERT), LP_BAD, "tls", false, "real TLS answers, as of a web server or an Access Edge",
      "LP-TURN-NOT-TURN " },
    { BYTES("HTTP/1.1 400 Bad Request\r\n"), LP_BAD, "http", false, "a web server answers",
      "LP-TURN-NOT-TURN " },
    { BYTES("SSH-2.0-x\r\n"), LP_BAD, "other", false, "something that is no TURN server answers",
      "LP-TURN-NOT-TURN " },
};

/* The ids that are charged, each followed by a blank. */
static const char *charged(const struct lp_addr *known, size_t n)
{
    struct lp_check_input input = { .e = &f.e,
                                    .public_addresses = { (void *)(uintptr_t)known, n },
                                    .arena = &f.arena };
    struct lp_buf ids = lp_buf_new(256);
    lp_buf_text(&ids, "");
    for (const struct lp_check *check = lp_turn_checks; check->id; check++) {
        struct lp_charge charge = { 0 };
        if (!check->fails(&input, &charge))
            continue;
        ck_assert(charge.expected.n && charge.observed.n);
        lp_buf_printf(&ids, "%s ", check->id);
    }
    const char *text = lp_arena_str(&f.arena, lp_buf_view(&ids)).p;
    lp_buf_release(&ids);
    return text;
}

START_TEST(udp_hears)
{
    struct lp_addr other;
    ck_assert(lp_addr_parse(LP_STR("203.0.113.99"), &other));
    ck_assert_int_eq(hear(&lp_probe_turn_udp, answers[_i].in, false), answers[_i].next);
    f.e.outcome = answers[_i].next == LP_BAD ? LP_MALFORMED : LP_OK;
    f.facts.link.connect = LP_OPEN;
    ck_assert(is_text(f.facts.kind, answers[_i].kind));
    ck_assert_int_eq(lp_turn_is_well(&f.e), answers[_i].well);
    struct lp_str words = lp_turn_say(&f.e, &f.arena);
    ck_assert_msg(is_text(words, answers[_i].words), "%.*s", (int)words.n, words.p);
    ck_assert_str_eq(charged(&other, 1), answers[_i].findings);
    ck_assert_int_eq(f.facts.first_bytes.n > 0, answers[_i].next == LP_BAD);
}
END_TEST

START_TEST(facts_of_an_edge)
{
    struct lp_addr known[2];
    ck_assert(lp_addr_parse(LP_STR("203.0.113.99"), &known[0]));
    ck_assert(lp_addr_parse(LP_STR("203.0.113.10"), &known[1]));
    hear(&lp_probe_turn_udp, (struct lp_str)BYTES(EDGE), false);
    ck_assert_int_eq(f.facts.error, 401);
    ck_assert(f.facts.nonce && is_text(f.facts.realm, "rtc"));
    ck_assert(lp_addr_eq(&f.facts.public_address, &known[1]));
    ck_assert_int_eq(f.facts.public_port, 3478);
    ck_assert_int_eq(f.facts.alternate.family, 0);
    ck_assert_str_eq(charged(known, 2), "");
    ck_assert_str_eq(charged(known, 0), "");
    hear(&lp_probe_turn_udp, (struct lp_str)BYTES(EDGE_300), false);
    ck_assert_int_eq(f.facts.alternate_port, 443);
}
END_TEST

/* Nobody answers: which ends are the A/V Edge's silence, and which have other findings. */
static const struct {
    bool tcp;
    enum lp_outcome outcome, connect;
    bool charged;
} silences[] = {
    { false, LP_TIMEOUT, LP_TIMEOUT, true },
    { false, LP_REFUSED, LP_REFUSED, false },
    { false, LP_NOT_TRIED, LP_NOT_TRIED, false },
    { false, LP_BLOCKED, LP_BLOCKED, false },
    { false, LP_TIMEOUT, LP_OPEN, true },
    { true, LP_TIMEOUT, LP_OPEN, true },
    { true, LP_RESET, LP_OPEN, true },
    { true, LP_MALFORMED, LP_OPEN, true },
    { true, LP_TIMEOUT, LP_TIMEOUT, false },
    { true, LP_REFUSED, LP_REFUSED, false },
    { true, LP_CRASHED, LP_OPEN, false },
};

START_TEST(silence)
{
    f.e.shape = silences[_i].tcp ? &lp_probe_turn_tcp.shape : &lp_probe_turn_udp.shape;
    f.e.outcome = silences[_i].outcome;
    f.facts.link.connect = silences[_i].connect;
    ck_assert_str_eq(charged(NULL, 0), silences[_i].charged ? "LP-TURN-NO-ANSWER " : "");
}
END_TEST

/* ---- TCP ---- */

#define FRAMED(n) "\x02\x00\x00" n

static const struct {
    struct lp_str in;
    enum lp_next next, at_end; /* also when the peer then closes */
    const char *kind;
    bool greeted;
} streams[] = {
    { BYTES(HELLO FRAMED("\x3b") EDGE), LP_DONE, LP_DONE, "ms", true },
    { BYTES(HELLO FRAMED("\x1c") STRANGER FRAMED("\x3b") EDGE), LP_DONE, LP_DONE, "ms", true },
    { BYTES(HELLO FRAMED("\x1c") STRANGER), LP_MORE, LP_BAD, NULL, true },
    { BYTES(HELLO), LP_MORE, LP_BAD, NULL, true },
    { BYTES(HELLO "\x03\x00\x00\x00"), LP_BAD, LP_BAD, "other", true },
    { BYTES(HELLO FRAMED("\x04") "HTTP"), LP_BAD, LP_BAD, "other", true },
    { BYTES("\x16\x03\x01\x00\x4e\x02"), LP_MORE, LP_AGAIN, "tls", false },
    { BYTES(ALERT), LP_AGAIN, LP_AGAIN, "tls", false },
    { BYTES("\x16\x03\x03\x00\x40\x02"), LP_AGAIN, LP_AGAIN, "tls", false },
    { BYTES("HTTP/1.1 400 Bad\r\n"), LP_BAD, LP_BAD, "http", false },
    { BYTES("HTT"), LP_MORE, LP_BAD, "other", false },
    { BYTES("220 smtp\r\n"), LP_BAD, LP_BAD, "other", false },
};

START_TEST(tcp_hears)
{
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, LP_STR(""), false), LP_MORE);
    ck_assert_uint_eq(f.out.n, 50);
    enum lp_next next = LP_MORE;
    for (size_t n = 1; n <= streams[_i].in.n && next == LP_MORE; n++)
        next = hear(&lp_probe_turn_tcp, lp_str_sub(streams[_i].in, 0, n), false);
    ck_assert_int_eq(next, streams[_i].next);
    if (next == LP_MORE)
        next = hear(&lp_probe_turn_tcp, streams[_i].in, true);
    ck_assert_int_eq(next, streams[_i].at_end);
    ck_assert(is_text(f.facts.kind, streams[_i].kind));
    ck_assert_int_eq(f.facts.greeted, streams[_i].greeted);
    /* the greeting, and once the framed request behind the answer to it */
    ck_assert_uint_eq(f.out.n, streams[_i].greeted ? 50 + 4 + 36 : 50);
}
END_TEST

START_TEST(tcp_closed)
{
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, LP_STR(""), true), LP_AGAIN);
    ck_assert_ptr_null(f.facts.kind.p);
    f.facts.greeted = true;
    ck_assert(is_text(lp_turn_say(&f.e, &f.arena),
                      "it greets as an A/V Edge does, and then does not answer"));
}
END_TEST

/* The second connection: a Binding, without greeting and frame. */
static const struct {
    struct lp_str in;
    enum lp_next next;
    const char *kind;
} seconds[] = {
    { BYTES(BINDING), LP_DONE, "standard" },
    { BYTES(BINDING "more"), LP_DONE, "standard" },
    { BYTES(EDGE), LP_DONE, "ms" },
    { BYTES(STRANGER), LP_BAD, NULL },
    { BYTES("\x01\x01\x00"), LP_BAD, NULL },
    { BYTES(""), LP_BAD, NULL },
    { BYTES("SSH-2.0-x\r\n"), LP_BAD, "other" },
};

START_TEST(tcp_second_try)
{
    f.talk.again = 1;
    ck_assert_int_eq(lp_probe_turn_tcp.tries, 2);
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, LP_STR(""), false), LP_MORE);
    ck_assert_uint_eq(f.out.n, 20);
    enum lp_next next = LP_MORE;
    for (size_t n = 1; n <= seconds[_i].in.n && next == LP_MORE; n++)
        next = hear(&lp_probe_turn_tcp, lp_str_sub(seconds[_i].in, 0, n), false);
    if (next == LP_MORE)
        next = hear(&lp_probe_turn_tcp, seconds[_i].in, true);
    ck_assert_int_eq(next, seconds[_i].next);
    ck_assert(is_text(f.facts.kind, seconds[_i].kind));
    ck_assert_uint_eq(f.out.n, 20);
}
END_TEST

/* ... under TLS, where real TLS came. What is no answer changes nothing. */
static const struct {
    struct lp_str in;
    enum lp_next next;
    const char *kind, *words;
} secures[] = {
    { BYTES(BINDING), LP_DONE, "standard",
      "a standard STUN or TURN server answers over TLS: coturn" },
    { BYTES("HTTP/1.1 400 Bad Request\r\n"), LP_BAD, "tls",
      "real TLS answers, as of a web server or an Access Edge" },
    { BYTES(STRANGER), LP_BAD, "tls", "real TLS answers, as of a web server or an Access Edge" },
    { BYTES(""), LP_BAD, "tls", "real TLS answers, as of a web server or an Access Edge" },
};

START_TEST(tcp_secure)
{
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, (struct lp_str)BYTES(ALERT), false), LP_AGAIN);
    f.talk.again = 1;
    lp_buf_clear(&f.out);
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, LP_STR(""), false), LP_SECURE);
    ck_assert_uint_eq(f.out.n, 0);
    f.talk.secure = true;
    f.facts.link.tls = LP_OK;
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, LP_STR(""), false), LP_MORE);
    ck_assert_uint_eq(f.out.n, 20);
    ck_assert_int_eq(hear(&lp_probe_turn_tcp, secures[_i].in, true), secures[_i].next);
    ck_assert(is_text(f.facts.kind, secures[_i].kind));
    ck_assert(is_text(lp_turn_say(&f.e, &f.arena), secures[_i].words));
    ck_assert_int_eq(f.facts.first_bytes.n > 0, true);
}
END_TEST

Suite *lp_suite_probe_turn(void)
{
    Suite *suite = suite_create("probe_turn");
    TCase *tcase = tcase_create("turn");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, udp_speaks);
    tcase_add_loop_test(tcase, udp_hears, 0, LP_COUNT(answers));
    tcase_add_test(tcase, facts_of_an_edge);
    tcase_add_loop_test(tcase, silence, 0, LP_COUNT(silences));
    tcase_add_loop_test(tcase, tcp_hears, 0, LP_COUNT(streams));
    tcase_add_test(tcase, tcp_closed);
    tcase_add_loop_test(tcase, tcp_second_try, 0, LP_COUNT(seconds));
    tcase_add_loop_test(tcase, tcp_secure, 0, LP_COUNT(secures));
    suite_add_tcase(suite, tcase);
    return suite;
}
