/* test_xmpp.c - XMPP streams: what is said, what is read, at every cut */
#include <check.h>
#include <string.h>

#include "lp/xmpp.h"

Suite *lp_suite_xmpp(void);

#define HEAD                                                            \
    "<?xml version='1.0'?><stream:stream xmlns='jabber:server' id='1' " \
    "xmlns:stream='http://etherx.jabber.org/streams' from='contoso.example' version='1.0'>"
#define STARTTLS "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"
#define SASL                                                                               \
    "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>EXTERNAL</mechanism>" \
    "<mechanism>PLAIN</mechanism></mechanisms>"
#define FEATURES(inner) "<stream:features>" inner "</stream:features>"
#define PROCEED "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
#define FAILURE "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
#define UNKNOWN                                                                 \
    "<stream:error><host-unknown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/>" \
    "<text>no</text></stream:error></stream:stream>"

static struct lp_arena arena;
static struct lp_xmpp x;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static bool decode(const char *text)
{
    return lp_xmpp_decode(&arena, lp_str_of(text), &x);
}

static bool is_text(struct lp_str s, const char *text)
{
    return lp_str_eq(s, lp_str_of(text));
}

static bool is_item(const struct lp_list *list, size_t i, const char *text)
{
    return i < list->n && is_text(((const struct lp_str *)list->at)[i], text);
}

START_TEST(says)
{
    struct lp_buf out = lp_buf_new(1024);
    lp_xmpp_put_header(&out, LP_STR("contoso.example"));
    ck_assert(decode(out.p) && x.is_stream);
    ck_assert(is_text(x.from, "lyncprobe.invalid") && is_text(x.version, "1.0"));
    ck_assert_ptr_nonnull(strstr(out.p, " to='contoso.example'"));
    ck_assert_ptr_nonnull(strstr(out.p, " xmlns='jabber:server'"));
    lp_buf_clear(&out);
    lp_xmpp_put_starttls(&out);
    ck_assert_str_eq(out.p, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    lp_buf_release(&out);
}
END_TEST

START_TEST(reads)
{
    ck_assert(decode(HEAD FEATURES(STARTTLS SASL "<dialback/>") PROCEED));
    ck_assert(x.is_stream && x.has_features && x.starttls && x.required && x.proceed);
    ck_assert(!x.failure && !x.closed && !x.error.p);
    ck_assert(is_text(x.from, "contoso.example"));
    ck_assert_uint_eq(x.features.n, 3);
    ck_assert(is_item(&x.features, 0, "starttls") && is_item(&x.features, 2, "dialback"));
    ck_assert_uint_eq(x.mechanisms.n, 2);
    ck_assert(is_item(&x.mechanisms, 0, "EXTERNAL") && is_item(&x.mechanisms, 1, "PLAIN"));
}
END_TEST

START_TEST(refuses)
{
    ck_assert(decode(HEAD UNKNOWN));
    ck_assert(is_text(x.error, "host-unknown") && x.closed && !x.has_features);
    ck_assert(decode(HEAD FEATURES("") FAILURE));
    ck_assert(x.failure && x.has_features && !x.starttls && !x.proceed);
}
END_TEST

/* Each beginning is good, and nothing that was read is taken back. */
START_TEST(every_cut)
{
    static const char all[] = HEAD FEATURES(STARTTLS SASL) PROCEED UNKNOWN;
    size_t seen = 0;
    for (size_t n = 0; n <= sizeof all - 1; n++) {
        ck_assert(lp_xmpp_decode(&arena, (struct lp_str){ all, n }, &x));
        size_t now = (size_t)x.is_stream + x.has_features + x.starttls + x.required + x.proceed +
                     x.features.n + x.mechanisms.n + (x.error.p != NULL) + x.closed;
        ck_assert_uint_ge(now, seen);
        seen = now;
    }
    ck_assert_uint_eq(seen, 11);
}
END_TEST

#define D8 "<a><a><a><a><a><a><a><a>"

static const struct {
    const char *text;
    bool is_stream;
} bad[] = {
    { "HTTP/1.1 400 Bad Request\r\n\r\n", false },
    { "\x16\x03\x01", false },
    { "<html><body>", false },
    { "<html/>", false },
    { "<stream xmlns='jabber:server'>", false },
    { "<!DOCTYPE a [<!ENTITY b 'c'>]>" HEAD, false },
    { HEAD "</stream:strea>", true },
    { HEAD "<\x1b>", true },
    { HEAD D8, true },
    { HEAD FEATURES("") "</stream:stream>trailing", true },
};

START_TEST(no_stream)
{
    ck_assert(!decode(bad[_i].text));
    ck_assert_int_eq(x.is_stream, bad[_i].is_stream);
    ck_assert(!x.closed || x.is_stream);
}
END_TEST

START_TEST(bounds)
{
    struct lp_buf in = lp_buf_new(1 << 20);
    lp_buf_text(&in, HEAD "<stream:features>");
    for (int i = 0; i < 40; i++)
        lp_buf_printf(&in, "<f%d/>", i);
    lp_buf_text(&in, "<mechanisms><mechanism>");
    while (in.n < LP_XMPP_MAX)
        lp_buf_char(&in, 'x');
    ck_assert(lp_xmpp_decode(&arena, lp_buf_view(&in), &x));
    ck_assert_uint_eq(x.features.n, LP_XMPP_FEATURES);
    lp_buf_char(&in, 'x');
    ck_assert(!lp_xmpp_decode(&arena, lp_buf_view(&in), &x));
    lp_buf_release(&in);
    ck_assert(decode(HEAD FEATURES("<mechanisms><mechanism>a&#x85;\n</mechanism></mechanisms>")));
    ck_assert(is_item(&x.mechanisms, 0, "a\\xc2\\x85\\x0a"));
}
END_TEST

Suite *lp_suite_xmpp(void)
{
    Suite *suite = suite_create("xmpp");
    TCase *tcase = tcase_create("xmpp");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, says);
    tcase_add_test(tcase, reads);
    tcase_add_test(tcase, refuses);
    tcase_add_test(tcase, every_cut);
    tcase_add_loop_test(tcase, no_stream, 0, LP_COUNT(bad));
    tcase_add_test(tcase, bounds);
    suite_add_tcase(suite, tcase);
    return suite;
}
