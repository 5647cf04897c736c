/* test_stun.c - STUN and TURN messages: our requests byte for byte, answers well and ill */
#include <check.h>
#include <string.h>

#include "lp/stun.h"

Suite *lp_suite_stun(void);

#define TOKEN LP_STR("000102030405060708090a0b0c0d0e0f")
#define ID "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
#define COOKIE_ID "\x21\x12\xa4\x42\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
#define MS "\x00\x0f\x00\x04\x72\xc6\x4b\xc6"
#define BYTES(lit) ((struct lp_str){ (lit), sizeof(lit) - 1 })

static struct lp_arena arena;
static struct lp_buf out;
static struct lp_stun m;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    out = lp_buf_new(4096);
}

static void tear_down(void)
{
    lp_buf_release(&out);
    lp_arena_release(&arena);
}

static bool is_text(struct lp_str s, const char *text)
{
    return lp_str_eq(s, lp_str_of(text));
}

static bool is_place(const struct lp_stun_place *place, const char *address, int port)
{
    char text[LP_ADDR_TEXT];
    lp_addr_format(&place->address, text, sizeof text);
    return strcmp(text, address) == 0 && place->port == port;
}

START_TEST(requests)
{
    lp_stun_put_allocate(&out, TOKEN);
    ck_assert(lp_str_eq(lp_buf_view(&out),
                        BYTES("\x00\x03\x00\x10" ID MS "\x80\x08\x00\x04\x00\x00\x00\x01")));
    lp_buf_clear(&out);
    lp_stun_put_binding(&out, TOKEN);
    ck_assert(lp_str_eq(lp_buf_view(&out), BYTES("\x00\x01\x00\x00" COOKIE_ID)));
    lp_buf_clear(&out);
    lp_stun_put_frame(&out, 0x124);
    ck_assert(lp_str_eq(lp_buf_view(&out), BYTES("\x02\x00\x01\x24")));
}
END_TEST

START_TEST(greeting)
{
    lp_stun_put_hello(&out, TOKEN);
    ck_assert_uint_eq(out.n, 50);
    ck_assert(lp_str_eq(lp_str_sub(lp_buf_view(&out), 0, 11),
                        BYTES("\x16\x03\x01\x00\x2d\x01\x00\x00\x29\x03\x01")));
    ck_assert(lp_str_eq(lp_str_sub(lp_buf_view(&out), 11, 32), BYTES(ID ID)));
    ck_assert(
        lp_str_eq(lp_str_sub(lp_buf_view(&out), 43, 9), BYTES("\x00\x00\x02\x00\x18\x01\x00")));
}
END_TEST

/* A token that is none makes a transaction all the same. */
START_TEST(short_token)
{
    char id[LP_STUN_TRANSACTION];
    lp_stun_transaction(LP_STR("zz"), false, id);
    for (size_t i = 0; i < sizeof id; i++)
        ck_assert_int_eq(id[i], 0);
}
END_TEST

#define HELLO_A "\x16\x03\x01\x00\x4e\x02\x00\x00\x46\x03\x01"
#define RANDOM "................................"
#define HELLO_B "\x00\x18\x00\x0e\x00\x00\x00"

START_TEST(hello)
{
    static const char good[] = HELLO_A RANDOM " " RANDOM HELLO_B "more";
    ck_assert(sizeof HELLO_A RANDOM " " RANDOM HELLO_B - 1 == LP_STUN_HELLO);
    for (size_t n = 0; n < sizeof good; n++)
        ck_assert(lp_stun_is_hello((struct lp_str){ good, n }));
    for (size_t i = 0; i < LP_STUN_HELLO; i++) {
        char bad[sizeof good];
        memcpy(bad, good, sizeof good);
        bad[i] ^= 1;
        bool random = (i >= 11 && i < 43) || (i >= 44 && i < 76);
        ck_assert_int_eq(lp_stun_is_hello(BYTES(bad)), random);
    }
}
END_TEST

START_TEST(frames)
{
    size_t n = 7;
    ck_assert(lp_stun_frame(BYTES("\x02\x00\x01\x02x"), &n));
    ck_assert_uint_eq(n, 0x102);
    ck_assert(!lp_stun_frame(BYTES("\x03\x00\x00\x02"), &n));
    ck_assert(!lp_stun_frame(BYTES("\x02\x01\x00\x02"), &n));
    ck_assert(!lp_stun_frame(BYTES("\x02\x00\x00"), &n));
}
END_TEST

/* As an A/V Edge says it: attributes without padding, realm and nonce the other way round. */
#define EDGE_401                                                                       \
    "\x01\x13\x00\x3b" ID MS "\x00\x09\x00\x05\x00\x00\x04\x01U"                       \
    "\x00\x14\x00\x03xyz\x00\x15\x00\x07rtc.a\x1b!"                                    \
    "\x00\x0e\x00\x08\x00\x01\x0d\x96\xcb\x00\x71\x0a\x80\x08\x00\x04\x00\x00\x00\x02" \
    "\x80\x50\x00\x00"

START_TEST(edge)
{
    ck_assert(lp_stun_decode(&arena, BYTES(EDGE_401), &m));
    ck_assert_int_eq(m.type, LP_STUN_ALLOCATE_ERROR);
    ck_assert(m.microsoft && !m.standard);
    ck_assert(lp_str_eq(m.transaction, BYTES(ID)));
    ck_assert_int_eq(m.error, 401);
    ck_assert(is_text(m.reason, "U"));
    ck_assert(is_text(m.realm, "rtc.a\\x1b!"));
    ck_assert(m.nonce);
    ck_assert(is_place(&m.alternate, "203.0.113.10", 3478));
    ck_assert_int_eq(m.mapped.address.family, 0);
    ck_assert_int_eq(m.version, 2);
    ck_assert_ptr_null(m.software.p);
}
END_TEST

/* A server that pads is understood too, although its own client would not. */
START_TEST(edge_padded)
{
    ck_assert(
        lp_stun_decode(&arena,
                       BYTES("\x01\x13\x00\x1c" ID MS "\x00\x09\x00\x06\x00\x00\x04\x01Un\x00\x00"
                             "\x00\x15\x00\x01r\x00\x00\x00"),
                       &m));
    ck_assert(m.microsoft);
    ck_assert(is_text(m.reason, "Un") && is_text(m.realm, "r"));
}
END_TEST

START_TEST(standard)
{
    ck_assert(lp_stun_decode(&arena,
                             BYTES("\x01\x01\x00\x18" COOKIE_ID
                                   "\x00\x20\x00\x08\x00\x01\x2c\x84\xea\x12\xd5\x48"
                                   "\x80\x22\x00\x06"
                                   "coturn\x00\x00"),
                             &m));
    ck_assert(m.standard && !m.microsoft);
    ck_assert(is_place(&m.mapped, "203.0.113.10", 3478));
    ck_assert(is_text(m.software, "coturn"));
    ck_assert_int_eq(m.version, -1);
}
END_TEST

START_TEST(standard_401)
{
    ck_assert(lp_stun_decode(&arena,
                             BYTES("\x01\x13\x00\x14" COOKIE_ID "\x00\x09\x00\x04\x00\x00\x04\x01"
                                   "\x00\x14\x00\x01r\x00\x00\x00\x00\x15\x00\x00"),
                             &m));
    ck_assert_int_eq(m.error, 401);
    ck_assert(is_text(m.realm, "r"));
    ck_assert(m.nonce);
}
END_TEST

/* A plain address first, then the XORed one, which NATs leave alone; IPv6 by the whole key. */
START_TEST(mapped)
{
    ck_assert(lp_stun_decode(&arena,
                             BYTES("\x01\x03\x00\x2c" ID MS
                                   "\x00\x01\x00\x08\x00\x01\x00\x07\x01\x02\x03\x04"
                                   "\x80\x20\x00\x14\x00\x02\x00\x08\x20\x00\x0f\xbb"
                                   "\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0e"),
                             &m));
    ck_assert(is_place(&m.mapped, "2001:db8::1", 9));
}
END_TEST

static const struct {
    const char *why;
    struct lp_str in;
} none[] = {
    { "nothing", { "", 0 } },
    { "text", { "HTTP/1.1 400 Bad Request\r\n\r\n", 28 } },
    { "type", { "\x41\x13\x00\x00" ID, 20 } },
    { "too long", { "\x01\x13\x00\x00" ID "x", 21 } },
    { "attribute cut", { "\x01\x13\x00\x0a" ID MS "\x00\x09", 30 } },
    { "value cut", { "\x01\x13\x00\x0d" ID MS "\x00\x09\x00\x02x", 33 } },
};

START_TEST(no_message)
{
    m.error = 1;
    ck_assert(!lp_stun_decode(&arena, none[_i].in, &m));
    ck_assert_int_eq(m.error, 0);
    ck_assert_int_eq(m.type, 0);
    ck_assert_int_eq(m.version, -1);
    ck_assert(!m.microsoft && !m.standard);
}
END_TEST

START_TEST(every_cut)
{
    for (size_t n = 0; n < sizeof EDGE_401 - 1; n++)
        ck_assert(!lp_stun_decode(&arena, (struct lp_str){ EDGE_401, n }, &m));
}
END_TEST

START_TEST(many_attributes)
{
    lp_buf_add(&out, "\x01\x13\x01\x04" ID, 20);
    for (int i = 0; i < 65; i++)
        lp_buf_add(&out, "\x80\x50\x00\x00", 4);
    ck_assert(!lp_stun_decode(&arena, lp_buf_view(&out), &m));
    lp_buf_truncate(&out, out.n - 4);
    out.p[3] = 0;
    ck_assert(lp_stun_decode(&arena, lp_buf_view(&out), &m));
}
END_TEST

/* Values that mean nothing leave their members unset; the rest is read. */
START_TEST(odd_values)
{
    ck_assert(lp_stun_decode(&arena,
                             BYTES("\x01\x13\x00\x26" ID MS "\x00\x09\x00\x04\x00\x00\x07\x00"
                                   "\x00\x09\x00\x02\x00\x00\x00\x01\x00\x03\x00\x01\x00"
                                   "\x80\x20\x00\x00\x80\x08\x00\x01\x02"),
                             &m));
    ck_assert_int_eq(m.error, 0);
    ck_assert_int_eq(m.mapped.address.family, 0);
    ck_assert_int_eq(m.version, -1);
    ck_assert(m.microsoft);
}
END_TEST

Suite *lp_suite_stun(void)
{
    Suite *suite = suite_create("stun");
    TCase *tcase = tcase_create("stun");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, requests);
    tcase_add_test(tcase, greeting);
    tcase_add_test(tcase, short_token);
    tcase_add_test(tcase, hello);
    tcase_add_test(tcase, frames);
    tcase_add_test(tcase, edge);
    tcase_add_test(tcase, edge_padded);
    tcase_add_test(tcase, standard);
    tcase_add_test(tcase, standard_401);
    tcase_add_test(tcase, mapped);
    tcase_add_loop_test(tcase, no_message, 0, LP_COUNT(none));
    tcase_add_test(tcase, every_cut);
    tcase_add_test(tcase, many_attributes);
    tcase_add_test(tcase, odd_values);
    suite_add_tcase(suite, tcase);
    return suite;
}
