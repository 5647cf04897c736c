/* test_text_report.c - the terminal report: what stands where, its width, and hostile text */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/text.h"
#include "story.h"

Suite *lp_suite_text_report(void);

static struct story story;

static void tear_down(void)
{
    story_close(&story);
}

/* The line that holds the text, without its end; fails when there is none. */
static struct lp_str line_of(const char *report, const char *text)
{
    const char *at = strstr(report, text);
    ck_assert_msg(at != NULL, "no \"%s\" in:\n%.3000s", text, report);
    while (at > report && at[-1] != '\n')
        at--;
    return (struct lp_str){ at, strcspn(at, "\n") };
}
static void assert_line(const char *report, const char *text, const char *line)
{
    struct lp_str found = line_of(report, text);
    ck_assert_msg(lp_str_eq(found, lp_str_of(line)), "is     \"%.*s\"\nshould \"%s\"", (int)found.n,
                  found.p, line);
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

/* ---- a deployment that works ---- */

START_TEST(test_head)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    ck_assert_int_eq(strncmp(report, "contoso.example: a user outside can sign in", 43), 0);
    struct lp_str first = line_of(report, "contoso.example: a user");
    ck_assert_uint_eq(first.n, 80);
    ck_assert(lp_str_ends_nocase(first, "  WARNING  external  24 Nov 05:41Z"));
    ck_assert_ptr_nonnull(strstr(report, "\nWhy  "));
    ck_assert_ptr_nonnull(strstr(report, "\nFix  "));
    ck_assert_ptr_nonnull(strstr(report, "lyncprobe explain LP-DNS-RECORD-MISSING\n"));
}
END_TEST
START_TEST(test_ladder)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "WALK",
                "WALK  lync2013 from outside; DNS 192.0.2.53                   ms  DNS  TCP  TLS");
    assert_line(report, "a -- ",
                "a -- lyncdiscoverinternal.contoso.example A    not there, right     18");
    assert_line(report, "b !! ",
                "b !! lyncdiscover.contoso.example A            not there            18");
    assert_line(report, "e ok ",
                "e ok _sip._tls.contoso.example SRV             gives the server     18");
    assert_line(report, "|- access", "     |- access.contoso.example:443, priority 0, weight 0");
    assert_line(report, "`- 198.51.100.10",
                "  ok `- 198.51.100.10  SIP answers                                       18   61");
    ck_assert_ptr_null(strstr(report, "STOPS HERE"));
}
END_TEST
START_TEST(test_tables)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "  ok lync2010",
                "  ok lync2010    signs in at access.contoso.example:443 (step 3, _sip._tls)");
    assert_line(report, "  -- mobile", "  -- mobile      fails: none of its names exists");
    assert_line(report, "CERTIFICATES",
                "CERTIFICATES                     ends         names     trusted by nodes");
    assert_line(report, "ok access.contoso.example:443 ",
                "  ok access.contoso.example:443  3 Sep 2027   1 of 1    public     1");
    assert_line(report, "PORTS", "PORTS               443");
    assert_line(report, "ok 198.51.100.10  TLS", "  ok 198.51.100.10  TLSv1.2");
    ck_assert_ptr_null(strstr(report, "NAME SERVERS"));
    ck_assert_ptr_null(strstr(report, "EVIDENCE"));
}
END_TEST
START_TEST(test_closing)
{
    story_open_all(&story, story_plain);
    const char *report = story_render(&story, "text");
    assert_line(report, "0 critical",
                "0 critical, 2 warnings, 0 notes                             19 questions, 1.23 s");
    ck_assert_ptr_null(strstr(report, "not complete"));
}
END_TEST
START_TEST(test_same_twice)
{
    story_open_all(&story, story_plain);
    char *once = strdup(story_render(&story, "text"));
    ck_assert_str_eq(story_render(&story, "text"), once);
    free(once);
}
END_TEST
START_TEST(test_two_walks)
{
    story_open_all(&story, story_plain);
    char *once = strdup(story_render(&story, "text"));
    const struct lp_judgement *walks[] = { &story.judgement, &story.judgement };
    struct lp_report_input input = { walks, 2, story.style };
    lp_buf_clear(&story.out);
    lp_renderer_by_name(LP_STR("text"))->render(&input, &story.out);
    size_t n = strlen(once);
    ck_assert_uint_eq(story.out.n, 2 * n + 2);
    ck_assert_int_eq(memcmp(story.out.p, once, n), 0);
    ck_assert_int_eq(memcmp(story.out.p + n, "\n\n", 2), 0);
    ck_assert_str_eq(story.out.p + n + 2, once);
    free(once);
}
END_TEST
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
#define SRV_RECORD(priority, port, target)                                                                \
    "{\"section\":\"answer\",\"owner\":\"_sip._tls.contoso.example\",\"type\":33,\"priority\":" #priority \
    ",\"port\":" #port ",\"name\":\"" target "\"}"
#define SRV_ANSWER(records)                                                                                     \
    "{\"id\":1,\"kind\":\"dns\",\"key\":\"dns 0 SRV _sip._tls.contoso.example\",\"outcome\":"                   \
    "\"answer\",\"elapsed\":-1,\"facts\":{\"name\":\"_sip._tls.contoso.example\",\"type\":33,\"rrs\":[" records \
    "]}}\n"

START_TEST(test_root_target)
{
    const char *const pieces[] = { STORY_HEADER(""), SRV_ANSWER(SRV_RECORD(0, 0, ".")), STORY_END,
                                   NULL };
    story_open_all(&story, pieces);
    const char *report = story_render(&story, "text");
    ck_assert_ptr_nonnull(strstr(report, " SRV             not offered\n"
                                         "     `- target \".\": the service is not offered\n"));
}
END_TEST

/* ---- verbosity ---- */

START_TEST(test_questions)
{
    story_open_all(&story, story_plain);
    story.style.verbosity = 1;
    const char *report = story_render(&story, "text");
    assert_line(report, "SRV: NOERROR",
                "     |- SRV: NOERROR aa, TTL 300; 192.0.2.53:53, 1 try, 18000 us");
    assert_line(report, "access.contoso.example AAAA: ",
                "     |- access.contoso.example AAAA: NOERROR; 192.0.2.53:53, 1 try, 18000 us");
    assert_line(report, "       names: ", "       names: access.contoso.example");
    ck_assert_ptr_nonnull(strstr(report, "info LP-WALK-"));
    ck_assert_ptr_null(strstr(report, "EVIDENCE"));
    assert_shape(report, 80);
}
END_TEST
START_TEST(test_evidence)
{
    story_open_all(&story, story_plain);
    story.style.verbosity = 2;
    const char *report = story_render(&story, "text");
    assert_line(report, "20  sip ",
                "20  sip access.contoso.example:443 198.51.100.10: ok  at 0 us, 90000 us");
    ck_assert_ptr_nonnull(strstr(report, "is_sip yes; status 401; reason Unauthorized"));
    ck_assert_ptr_nonnull(strstr(report, "\n     rrs 1 of 1:\n       section answer; owner _sip."));
    ck_assert_ptr_nonnull(strstr(report, "not_after 2027-09-"));
    assert_shape(report, 80);
}
END_TEST
#define WIRE                                                                               \
    "{\"id\":40,\"kind\":\"dns\",\"key\":\"dns 0 A x.example\",\"outcome\":\"malformed\"," \
    "\"facts\":{\"name\":\"x.example\",\"type\":1,\"wire\":\"AAH/\"}}\n"

START_TEST(test_bytes)
{
    const char *const pieces[] = { STORY_HEADER(""), story_names, WIRE, STORY_END, NULL };
    story_open_all(&story, pieces);
    story.style.verbosity = 2;
    ck_assert_ptr_nonnull(strstr(story_render(&story, "text"), "wire 3 bytes\n"));
    story.style.verbosity = 3;
    ck_assert_ptr_nonnull(strstr(story_render(&story, "text"), "wire 0001ff\n"));
}
END_TEST
/* ---- width, colour, glyphs ---- */

START_TEST(test_width)
{
    static const int widths[] = { 60, 79, 80, 100, 120 };
    story_open_all(&story, story_plain);
    story.style.width = widths[_i];
    for (story.style.verbosity = 0; story.style.verbosity < 4; story.style.verbosity++) {
        const char *report = story_render(&story, "text");
        assert_shape(report, (size_t)widths[_i]);
        ck_assert_int_eq(strstr(report, "DNS  TCP  TLS") != NULL, widths[_i] >= 80);
    }
}
END_TEST
START_TEST(test_color_adds_only_color)
{
    story_open_all(&story, story_plain);
    char *plain = strdup(story_render(&story, "text"));
    story.style.color = true;
    const char *report = story_render(&story, "text");
    struct lp_buf stripped = lp_buf_new(1 << 20);
    size_t sequences = 0;
    for (const char *at = report; *at; at++) {
        if (*at != '\033') {
            lp_buf_char(&stripped, *at);
            continue;
        }
        sequences++;
        at = strchr(at, 'm');
        ck_assert_ptr_nonnull(at);
    }
    ck_assert_uint_gt(sequences, 10);
    ck_assert_str_eq(stripped.p, plain);
    lp_buf_release(&stripped);
    free(plain);
}
END_TEST
START_TEST(test_glyphs)
{
    story_open_all(&story, story_plain);
    story.style.ascii = false;
    const char *report = story_render(&story, "text");
    ck_assert_ptr_nonnull(strstr(report, "  ok \u2514\u2500 198.51.100.10  SIP answers"));
    ck_assert_ptr_null(strstr(report, "`- "));
    assert_shape(report, 80);
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
Suite *lp_suite_text_report(void)
{
    Suite *suite = suite_create("text_report");
    TCase *tcase = tcase_create("text_report");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_test(tcase, test_head);
    tcase_add_test(tcase, test_ladder);
    tcase_add_test(tcase, test_tables);
    tcase_add_test(tcase, test_closing);
    tcase_add_test(tcase, test_same_twice);
    tcase_add_test(tcase, test_two_walks);
    tcase_add_loop_test(tcase, test_row, 0, LP_COUNT(rows));
    tcase_add_test(tcase, test_root_target);
    tcase_add_test(tcase, test_questions);
    tcase_add_test(tcase, test_evidence);
    tcase_add_test(tcase, test_bytes);
    tcase_add_loop_test(tcase, test_width, 0, 5);
    tcase_add_test(tcase, test_color_adds_only_color);
    tcase_add_test(tcase, test_glyphs);
    tcase_add_loop_test(tcase, test_hostile, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
