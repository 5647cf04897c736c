/* test_say.c - evidence in plain words */
#include <check.h>
#include <string.h>

#include "lp/probe.h"
#include "lp/say.h"

Suite *lp_suite_say(void);

static struct lp_arena arena;
static struct lp_log log_;
static struct lp_survey survey;

static void set_up(void)
{
    arena = (struct lp_arena){ 0 };
    lp_log_init(&log_, &arena);
    survey = (struct lp_survey){ .log = &log_, .arena = &arena };
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static void assert_said(const struct lp_evidence *e, const char *text, bool well)
{
    struct lp_said said = lp_say_endpoint(&survey, e);
    ck_assert_msg(lp_str_eq(said.text, lp_str_of(text)), "is \"%.*s\", should \"%s\"",
                  (int)said.text.n, said.text.p, text);
    ck_assert_msg(said.well == well, "%s", text);
}

/* ---- SIP, and the connection below it ---- */

static const struct {
    enum lp_outcome outcome;
    const char *why;
    struct lp_link link;
    int64_t status;
    const char *text, *port;
    bool well;
} sips[] = {
    { LP_OK,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK, .protocol = { "TLSv1.2", 7 } },
      401,
      "SIP answers",
      "TLSv1.2",
      true },
    { LP_OK, NULL, { .connect = LP_OPEN, .tls = LP_OK }, 407, "SIP answers", "open", true },
    { LP_OK, NULL, { .connect = LP_OPEN, .plain = true }, 200, "SIP answers", "open", true },
    { LP_OK,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK },
      503,
      "SIP answers 503 Gone\\x1b",
      "open",
      false },
    { LP_TIMEOUT,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK },
      0,
      "SIP: no answer comes",
      "open",
      false },
    { LP_MALFORMED,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK },
      0,
      "SIP: the answer is something else",
      "open",
      false },
    { LP_RESET,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK },
      0,
      "SIP: it closes without an answer",
      "open",
      false },
    { LP_UNREACHABLE,
      NULL,
      { .connect = LP_OPEN, .tls = LP_OK },
      0,
      "SIP: unreachable",
      "open",
      false },
    { LP_REFUSED, NULL, { .connect = LP_REFUSED }, 0, "the port is closed", "closed", false },
    { LP_TIMEOUT, NULL, { .connect = LP_TIMEOUT }, 0, "the port is silent", "silent", false },
    { LP_UNREACHABLE,
      NULL,
      { .connect = LP_UNREACHABLE },
      0,
      "the address cannot be reached",
      "no route",
      false },
    { LP_RESET, NULL, { .connect = LP_RESET }, 0, "the connection is reset", "reset", false },
    { LP_RESET,
      NULL,
      { .connect = LP_OPEN, .tls = LP_RESET },
      0,
      "the connection is cut during the TLS handshake",
      "TLS cut",
      false },
    { LP_STALLED,
      NULL,
      { .connect = LP_OPEN, .tls = LP_STALLED },
      0,
      "the TLS handshake does not end",
      "TLS hangs",
      false },
    { LP_NOT_TLS,
      NULL,
      { .connect = LP_OPEN, .tls = LP_NOT_TLS },
      0,
      "something answers, but not with TLS",
      "not TLS",
      false },
    { LP_ALERT,
      NULL,
      { .connect = LP_OPEN, .tls = LP_ALERT, .alert = 70 },
      0,
      "TLS fails with alert 70 (protocol version)",
      "TLS alert",
      false },
    { LP_ALERT,
      NULL,
      { .connect = LP_OPEN, .tls = LP_ALERT, .alert = 99 },
      0,
      "TLS fails with alert 99",
      "TLS alert",
      false },
    { LP_ALERT,
      NULL,
      { .connect = LP_OPEN, .tls = LP_ALERT, .alert = 116, .alert_after_certificate = true },
      0,
      "the server wants a client certificate",
      "TLS alert",
      false },
    { LP_NOT_TRIED,
      "deadline",
      { .connect = LP_NOT_TRIED },
      0,
      "not tried: deadline",
      "not-tried",
      false },
    { LP_NOT_TRIED, NULL, { .connect = LP_NONE }, 0, "not tried", "not-tried", false },
    { LP_BLOCKED,
      "guard loopback",
      { .connect = LP_BLOCKED },
      0,
      "not asked: guard loopback",
      "blocked",
      false },
    { LP_CRASHED, NULL, { .connect = LP_CRASHED }, 0, "the worker died here", "crashed", false },
    { LP_CRASHED,
      "cpu",
      { .connect = LP_OPEN, .tls = LP_NONE },
      0,
      "the worker died here: cpu",
      "open",
      false },
};

START_TEST(test_sip)
{
    struct lp_sip_facts facts = { .link = sips[_i].link,
                                  .is_sip = sips[_i].status > 0,
                                  .status = sips[_i].status,
                                  .reason = LP_STR("Gone\033") };
    struct lp_evidence e = { .id = 1,
                             .shape = &lp_probe_sip.shape,
                             .outcome = sips[_i].outcome,
                             .why = lp_str_of(sips[_i].why),
                             .facts = &facts };
    assert_said(&e, sips[_i].text, sips[_i].well);
    ck_assert(lp_str_eq(lp_say_port(&survey, &e), lp_str_of(sips[_i].port)));
}
END_TEST

/* ---- Autodiscover ---- */

static struct lp_ad_link links[] = { { { "User", 4 }, { "https://a.example/user", 22 } } };
static struct lp_ad_link redirects[] = { { { "Redirect", 8 }, { "https://b.example:444/x", 23 } } };
static struct lp_ad_access access_[] = {
    { { "SipClientExternalAccess", 23 }, { "sip.a.example", 13 }, 443 }
};
#define XML .form = { "xml", 3 }
#define NOTHING \
    {           \
        NULL, 0 \
    }

static const struct {
    enum lp_outcome outcome;
    int64_t status;
    const char *location;
    struct lp_ad_doc doc;
    const char *text;
    bool well;
} pages[] = {
    { LP_OK,
      200,
      NULL,
      { XML, .section = { "Root", 4 }, .links = { links, 1 } },
      "Autodiscover answers",
      true },
    { LP_OK,
      200,
      NULL,
      { XML, .section = { "Root", 4 }, .links = { redirects, 1 } },
      "redirects to b.example:444",
      true },
    { LP_OK, 302, "https://c.example/d", { .form = NOTHING }, "redirects to c.example", true },
    { LP_OK,
      302,
      "ftp://c\033",
      { .form = NOTHING },
      "redirects to no usable URL: ftp://c\\x1b",
      false },
    { LP_OK, 200, NULL, { XML, .section = { "Domain", 6 } }, "names no SIP server", true },
    { LP_OK,
      200,
      NULL,
      { XML, .section = { "Domain", 6 }, .access = { access_, 1 } },
      "names the SIP server sip.a.example:443",
      true },
    { LP_OK, 401, NULL, { .form = NOTHING }, "asks for a sign-in (401)", true },
    { LP_OK, 503, NULL, { .form = NOTHING }, "HTTP status 503", false },
    { LP_OK, 200, NULL, { .problem = { "doctype", 7 } }, "the document holds a DOCTYPE", false },
    { LP_OK,
      200,
      NULL,
      { .problem = { "depth 32", 8 } },
      "the document is nested too deep",
      false },
    { LP_OK, 200, NULL, { .problem = { "limit", 5 } }, "the document is too large", false },
    { LP_OK, 200, NULL, { .problem = { "syntax", 6 } }, "the document cannot be read", false },
    { LP_OK, 200, NULL, { .problem = { "empty", 5 } }, "the answer is empty", false },
    { LP_OK,
      200,
      NULL,
      { .problem = { "not autodiscover", 16 } },
      "no Autodiscover document",
      false },
    { LP_TIMEOUT, -1, NULL, { .form = NOTHING }, "HTTP: no answer comes", false },
    { LP_OK, -1, NULL, { .form = NOTHING }, "HTTP: ok", false },
};

START_TEST(test_autodiscover)
{
    struct lp_autodiscover_facts facts = {
        .link = { .connect = LP_OPEN, .tls = LP_OK },
        .http = { .url = LP_STR("https://a.example/"),
                  .status = pages[_i].status,
                  .location = lp_str_of(pages[_i].location) },
        .doc = pages[_i].doc,
    };
    struct lp_evidence e = { .id = 1,
                             .shape = &lp_probe_autodiscover.shape,
                             .outcome = pages[_i].outcome,
                             .facts = &facts };
    assert_said(&e, pages[_i].text, pages[_i].well);
}
END_TEST

START_TEST(test_unknown_probe)
{
    static const struct lp_shape shape = { "turn", "TURN", lp_link_fields, sizeof(struct lp_link),
                                           true,   false };
    struct lp_link link = { .connect = LP_OPEN, .tls = LP_OK };
    struct lp_evidence e = { .id = 1, .shape = &shape, .outcome = LP_OK, .facts = &link };
    assert_said(&e, "turn: ok", true);
    e.outcome = LP_MALFORMED;
    assert_said(&e, "turn: malformed", false);
    ck_assert_uint_eq(lp_say_more(&survey, &e).n, 0);
}
END_TEST

START_TEST(test_more)
{
    struct lp_str schemes[] = { LP_STR("NTLM"), LP_STR("TLS-DSK") };
    struct lp_sip_facts sip = { .link = { .protocol = LP_STR("TLSv1.2"), .cipher = LP_STR("AES") },
                                .server = LP_STR("RTC/6.0\033"),
                                .schemes = { schemes, 2 },
                                .target_name = LP_STR("fe1") };
    struct lp_autodiscover_facts web = { .http = { .server = LP_STR("IIS"),
                                                   .server_fqdn = LP_STR("fe1") } };
    struct lp_evidence e = { .id = 1, .shape = &lp_probe_sip.shape, .facts = &sip };
    ck_assert_str_eq(lp_say_more(&survey, &e).p,
                     "TLSv1.2; AES; server RTC/6.0\\x1b; node fe1; NTLM; TLS-DSK");
    e.shape = &lp_probe_autodiscover.shape;
    e.facts = &web;
    ck_assert_str_eq(lp_say_more(&survey, &e).p, "server IIS; node fe1");
}
END_TEST

START_TEST(test_dns)
{
    ck_assert_str_eq(lp_say_dns(&arena, LP_NXDOMAIN, LP_DNS_A), "not there");
    ck_assert_str_eq(lp_say_dns(&arena, LP_NODATA, LP_DNS_A), "no address");
    ck_assert_str_eq(lp_say_dns(&arena, LP_NODATA, LP_DNS_SRV), "no such record");
    ck_assert_str_eq(lp_say_dns(&arena, LP_SERVFAIL, LP_DNS_A), "SERVFAIL");
    ck_assert_str_eq(lp_say_dns(&arena, LP_REFUSED, LP_DNS_A), "REFUSED");
    ck_assert_str_eq(lp_say_dns(&arena, LP_TIMEOUT, LP_DNS_A), "no answer");
    ck_assert_str_eq(lp_say_dns(&arena, LP_NONE, LP_DNS_A), "not asked");
    /* a recording may hold any outcome */
    ck_assert_str_eq(lp_say_dns(&arena, LP_OPEN, LP_DNS_A), "open");
}
END_TEST

START_TEST(test_places)
{
    struct lp_addr none = { 0 }, six = { 6, { 0x20, 0x01, [15] = 1 } };
    ck_assert_str_eq(lp_say_host_port(&arena, LP_STR("a.example"), 443).p, "a.example:443");
    ck_assert_str_eq(lp_say_host_port(&arena, LP_STR("2001::1"), 443).p, "[2001::1]:443");
    ck_assert_str_eq(lp_say_address(&arena, &six).p, "2001::1");
    ck_assert_str_eq(lp_say_address(&arena, &none).p, "no address");
}
END_TEST

Suite *lp_suite_say(void)
{
    Suite *suite = suite_create("say");
    TCase *tcase = tcase_create("say");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_loop_test(tcase, test_sip, 0, LP_COUNT(sips));
    tcase_add_loop_test(tcase, test_autodiscover, 0, LP_COUNT(pages));
    tcase_add_test(tcase, test_unknown_probe);
    tcase_add_test(tcase, test_more);
    tcase_add_test(tcase, test_dns);
    tcase_add_test(tcase, test_places);
    suite_add_tcase(suite, tcase);
    return suite;
}
