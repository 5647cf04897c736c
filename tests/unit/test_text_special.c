/* test_text_special.c - the terminal report of walks that go wrong or are special; hostile text */
#include <check.h>
#include <string.h>

#include "lp/text.h"
#include "story.h"

Suite *lp_suite_text_special(void);

static struct story story;

static void tear_down(void)
{
    story_close(&story);
}

static void assert_shape(const char *report, size_t width)
{
    struct lp_str rest = lp_str_of(report);
    while (rest.n) {
        struct lp_str line = lp_str_cut(&rest, '\n');
        ck_assert_msg(lp_columns(line) <= width, "too wide: %.*s", (int)line.n, line.p);
        ck_assert_msg(!line.n || line.p[line.n - 1] != ' ', "blank at the end: %.*s", (int)line.n,
                      line.p);
    }
}

/* ---- what goes wrong, or is special ---- */

#define ADDRESS STORY_ANSWER(17, "A", 1, "access.contoso.example", "\"address\":\"198.51.100.10\"")
#define REFUSED "\"connect\":\"refused\",\"connect_us\":-1,\"tls_us\":-1"
#define SECOND                                               \
    "{\"label\":\"one\",\"addresses\":[\"192.0.2.53:53\"]}," \
    "{\"label\":\"two\",\"addresses\":[\"192.0.2.54:53\"]}"
#define AT_SECOND(id, word, type, name, outcome, more)                                            \
    "{\"id\":" #id ",\"kind\":\"dns\",\"key\":\"dns 1 " word " " name "\",\"outcome\":\"" outcome \
    "\",\"facts\":{\"server\":1,\"from\":\"192.0.2.54:53\",\"name\":\"" name                      \
    "\",\"type\":" #type more "}}\n"

static const struct {
    const char *title;
    const char *header, *lines, *end;
    const char *has[6];
    const char *hasnt;
} rows[] = {
    { "closed port",
      STORY_HEADER(""),
      ADDRESS STORY_SIP(20, "198.51.100.10", "refused", REFUSED, ""),
      STORY_END,
      { "\ne XX _sip._tls.contoso.example SRV             broken",
        "\n  XX `- 198.51.100.10  the port is closed\n  ^^ THE CLIENT STOPS HERE\nf ",
        "\n  XX 198.51.100.10  closed\n", "CRITICAL  external",
        "\n     follows from it:\n       LP-WALK-FAILS  contoso.example lync2013" },
      "CERTIFICATES" },
    { "expired certificate",
      STORY_HEADER(""),
      ADDRESS STORY_LEAF(19, STORY_AA, "\"not_after\":1794894060")
          STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401),
      STORY_END,
      { "\ne XX ", "SIP answers; the certificate has expired", "\n  ^^ THE CLIENT STOPS HERE\nf ",
        "\n  XX access.contoso.example:443  17 Nov 2026", "\n  -- lync2010    stops at access",
        "\n  XX critical LP-CERT-EXPIRED  access.contoso.example:443 198.51.100.10\n" },
      NULL },
    { "no name exists",
      STORY_HEADER(""),
      STORY_NOTHING(17, "A", 1, "access.contoso.example", "nxdomain", 3)
          STORY_NOTHING(18, "AAAA", 28, "access.contoso.example", "nxdomain", 3),
      STORY_END,
      { "  -- `- access.contoso.example:443, priority 0, weight 0: not there\n" },
      "PORTS" },
    { "alike addresses are one row",
      STORY_HEADER(""),
      ADDRESS
      "{\"id\":18,\"kind\":\"dns\",\"key\":\"dns 0 AAAA access.contoso.example\",\"outcome\":"
      "\"answer\",\"facts\":{\"name\":\"access.contoso.example\",\"type\":28,\"rrs\":["
      "{\"section\":\"answer\",\"owner\":\"access.contoso.example\",\"type\":28,\"address\":"
      "\"2001:db8::1\"},{\"section\":\"answer\",\"owner\":\"access.contoso.example\","
      "\"type\":28,\"address\":\"2001:db8::2\"}]}}\n" STORY_LEAF(19, STORY_AA,
                                                                 "\"not_after\":1794894060")
          STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401)
              STORY_SIP(21, "2001:db8::1", "ok", STORY_TLS(STORY_AA), STORY_401)
                  STORY_SIP(22, "2001:db8::2", "ok", STORY_TLS(STORY_AA), STORY_401),
      STORY_END,
      { "\n  XX `- 198.51.100.10 and 2 more  SIP answers; the certificate",
        "\n       LP-CERT-EXPIRED  access.contoso.example:443 2001:db8::1; and 1 more\n"
        "         alike: access.contoso.example:443 2001:db8::2\n" },
      NULL },
    { "the banner comes first",
      STORY_HEADER(
          ",\"deny\":[{\"name\":\"sip.contoso.example\",\"type\":1},{\"name\":\"a.example\"}],"
          "\"resolve\":[{\"host\":\"*\",\"port\":443,\"addresses\":[{\"address\":\"192.0.2.1\"},"
          "{\"address\":\"192.0.2.2\"}]}],\"connect_to\":[{\"host\":\"a\",\"port\":1,\"to_host\":"
          "\"b\",\"to_port\":2}],\"answer\":[{\"name\":\"x.example\",\"type\":33}]"),
      ADDRESS,
      STORY_END,
      { "!!   answers overridden: this is not what is live\n"
        "     --resolve *:443:192.0.2.1,192.0.2.2\n"
        "     --connect-to a:1:b:2\n"
        "     --answer x.example SRV\n"
        "     --deny sip.contoso.example/A\n"
        "     --deny a.example\n\ncontoso.example: " },
      "LP-RUN-OVERRIDDEN" },
    { "cut off, and with a new worker",
      STORY_HEADER(""),
      ADDRESS,
      "{\"end\":true,\"total_us\":15000000,\"why\":\"deadline\",\"restarts\":2}\n",
      { "\nThe run is not complete: deadline.\nThe worker had to be started again 2 times.\n",
        " questions, 15.00 s\n" },
      NULL },
    { "a name in Unicode, and a view that was decided",
      STORY_HEADER_OF("auto", STORY_SERVER, ",\"unicode\":\"b\u00fccher.example\""),
      ADDRESS,
      STORY_END,
      { "\nName b\\u{fc}cher.example\n", "\nView external, because " },
      NULL },
    { "servers that differ",
      STORY_HEADER_OF("external", SECOND, ""),
      ADDRESS AT_SECOND(40, "A", 1, "access.contoso.example", "answer",
                        ",\"rrs\":[{\"section\":\"answer\",\"owner\":\"access.contoso.example\","
                        "\"type\":1,\"address\":\"198.51.100.99\"}]")
          AT_SECOND(41, "AAAA", 28, "access.contoso.example", "nodata", "")
              AT_SECOND(42, "A", 1, "sip.contoso.example", "nxdomain", ",\"rcode\":3")
                  AT_SECOND(43, "AAAA", 28, "sip.contoso.example", "nxdomain", ",\"rcode\":3"),
      STORY_END,
      { "\nNAME SERVERS\n       one                                 two\n",
        "\n  !! access.contoso.example A                    DIFFERS\n"
        "       198.51.100.10                       198.51.100.99\n",
        "\n  ok sip.contoso.example A                       the same\n" },
      NULL },
    { "servers whose answers are too wide for columns",
      STORY_HEADER_OF("external", SECOND, ""),
      ADDRESS AT_SECOND(
          40, "SRV", 33, "_sip._tls.contoso.example", "answer",
          ",\"rrs\":[{\"section\":\"answer\",\"owner\":\"_sip._tls.contoso.example\","
          "\"type\":33,\"port\":5061,\"name\":\"a-rather-long-name.contoso.example\"},"
          "{\"section\":\"answer\",\"owner\":\"_sip._tls.contoso.example\","
          "\"type\":33,\"port\":443,\"priority\":1,\"name\":\"b.contoso.example\"}]"),
      STORY_END,
      { "\n  !! _sip._tls.contoso.example SRV               DIFFERS\n"
        "       one: 0 0 443 access.contoso.example\n"
        "       two: 0 0 5061 a-rather-long-name.contoso.example, 1 0 443\n"
        "         b.contoso.example\n" },
      NULL },
    { "a dangling alias",
      STORY_HEADER(""),
      "{\"id\":17,\"kind\":\"dns\",\"key\":\"dns 0 A access.contoso.example\",\"outcome\":"
      "\"nxdomain\",\"facts\":{\"name\":\"access.contoso.example\",\"type\":1,\"rcode\":3,"
      "\"rrs\":[{\"section\":\"answer\",\"owner\":\"access.contoso.example\",\"type\":5,"
      "\"name\":\"gone.example\"}]}}\n"
      "{\"id\":18,\"kind\":\"dns\",\"key\":\"dns 0 AAAA access.contoso.example\",\"outcome\":"
      "\"nxdomain\",\"facts\":{\"name\":\"access.contoso.example\",\"type\":28,\"rcode\":3,"
      "\"rrs\":[{\"section\":\"answer\",\"owner\":\"access.contoso.example\",\"type\":5,"
      "\"name\":\"gone.example\"}]}}\n",
      STORY_END,
      { "\n     |- alias of gone.example\n  -- `- gone.example does not exist\n" },
      NULL },
    { "a self-signed certificate, trusted by itself",
      STORY_HEADER(""),
      ADDRESS STORY_LEAF(19, STORY_AA,
                         "\"not_after\":1820000000,\"self_issued\":true,\"self_signed\":true")
          STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401),
      STORY_END,
      { "\n  XX access.contoso.example:443  3 Sep 2027   1 of 1    itself     1\n" },
      NULL },
};

START_TEST(test_row)
{
    const char *const pieces[] = { rows[_i].header, story_names, rows[_i].lines, rows[_i].end,
                                   NULL };
    story_open_all(&story, pieces);
    const char *report = story_render(&story, "text");
    for (size_t i = 0; i < LP_COUNT(rows[_i].has) && rows[_i].has[i]; i++)
        ck_assert_msg(strstr(report, rows[_i].has[i]) != NULL, "%s: no \"%s\" in:\n%.3000s",
                      rows[_i].title, rows[_i].has[i], report);
    if (rows[_i].hasnt)
        ck_assert_msg(!strstr(report, rows[_i].hasnt), "%s: has \"%s\":\n%.3000s", rows[_i].title,
                      rows[_i].hasnt, report);
    assert_shape(report, 80);
}
END_TEST
/* The service is declared absent (RFC 2782). */
#define ROOT_TARGET                                                                            \
    "{\"id\":1,\"kind\":\"dns\",\"key\":\"dns 0 SRV _sip._tls.contoso.example\",\"outcome\":"  \
    "\"answer\",\"elapsed\":-1,\"facts\":{\"name\":\"_sip._tls.contoso.example\",\"type\":33," \
    "\"rrs\":[{\"section\":\"answer\",\"owner\":\"_sip._tls.contoso.example\",\"type\":33,"    \
    "\"name\":\".\"}]}}\n"

START_TEST(test_root_target)
{
    const char *const pieces[] = { STORY_HEADER(""), ROOT_TARGET, STORY_END, NULL };
    story_open_all(&story, pieces);
    const char *report = story_render(&story, "text");
    ck_assert_ptr_nonnull(strstr(report, " SRV             not offered\n"
                                         "     `- target \".\": the service is not offered\n"));
}
END_TEST

/* ---- hostile text ---- */

#define EVIL "\\u001b[2J\\u202e\\u0007\\u200b\\n%s\\\\"
#define HOSTILE                                                                              \
    STORY_ANSWER(17, "A", 1, "access.contoso.example", "\"address\":\"198.51.100.10\"")      \
    "{\"id\":19,\"kind\":\"certificate\",\"key\":\"certificate " STORY_AA                    \
    "\",\"outcome\":\"ok\",\"facts\":{\"sha256\":\"" STORY_AA "\",\"readable\":true,"        \
    "\"not_after\":1794894060,\"subject\":\"" EVIL "\",\"common_name\":\"" EVIL              \
    "\",\"issuer\":\"" EVIL "\",\"san\":[\"" EVIL "\"],\"san_count\":1,\"key_type\":\"" EVIL \
    "\",\"signature\":\"" EVIL "\"}}\n" STORY_SIP(                                           \
        20, "198.51.100.10", "ok",                                                           \
        "\"connect\":\"open\",\"tls\":\"ok\",\"protocol\":\"" EVIL "\",\"cipher\":\"" EVIL   \
        "\",\"chain\":[\"" STORY_AA "\"]",                                                   \
        ",\"is_sip\":true,\"status\":500,\"reason\":\"" EVIL "\",\"server\":\"" EVIL         \
        "\",\"schemes\":[\"" EVIL "\"],\"target_name\":\"" EVIL                              \
        "\"") "{\"id\":22,\"kind\":\"autodiscover\",\"key\":\"autodiscover " EVIL            \
              "\",\"outcome\":"                                                              \
              "\"not-tried\",\"why\":\"" EVIL "\",\"facts\":{\"link\":{\"host\":\"" EVIL "\"}}}\n"

START_TEST(test_hostile)
{
    const char *const pieces[] = { STORY_HEADER(",\"unicode\":\"" EVIL "\""), story_names, HOSTILE,
                                   "{\"end\":true,\"why\":\"" EVIL "\"}\n", NULL };
    story_open_all(&story, pieces);
    story.style.ascii = _i % 2;
    for (story.style.verbosity = 0; story.style.verbosity < 4; story.style.verbosity++) {
        const char *report = story_render(&story, "text");
        for (const char *at = report; *at; at++) {
            unsigned char c = (unsigned char)*at;
            ck_assert_msg(c == '\n' || (c >= 0x20 && c != 0x7f), "byte %02x", c);
            ck_assert(!story.style.ascii || c < 0x80);
        }
        ck_assert_ptr_null(strstr(report, "\u202e"));
        ck_assert_ptr_null(strstr(report, "\u200b"));
        ck_assert_ptr_nonnull(strstr(report, "\\x1b[2J"));
    }
}
END_TEST
Suite *lp_suite_text_special(void)
{
    Suite *suite = suite_create("text_special");
    TCase *tcase = tcase_create("text_special");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_loop_test(tcase, test_row, 0, LP_COUNT(rows));
    tcase_add_test(tcase, test_root_target);
    tcase_add_loop_test(tcase, test_hostile, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
