/* test_sipmsg.c - the REGISTER that is sent, and answers to it in every cut */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/sipmsg.h"
#include "lp/text.h"

Suite *lp_suite_sipmsg(void);

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

/* ---- the request ------------------------------------------------------------------- */

static struct lp_str request(struct lp_buf *out, bool tls)
{
    struct lp_sip_request r = { LP_STR("contoso.example"),
                                LP_STR("0123456789abcdef0123456789abcdef"), tls };

    *out = lp_buf_new(4096);
    lp_sip_register(out, &r);
    return lp_buf_view(out);
}

static const char *const request_lines[] = {
    "REGISTER sip:contoso.example SIP/2.0\r\n",
    "\r\nVia: SIP/2.0/TLS lyncprobe.invalid;branch=z9hG4bK0123456789abcdef0123456789abcdef\r\n",
    "\r\nMax-Forwards: 70\r\n",
    "\r\nFrom: <sip:lyncprobe@contoso.example>;tag=0123456789;epid=abcdef0123\r\n",
    "\r\nTo: <sip:lyncprobe@contoso.example>\r\n",
    "\r\nCall-ID: 0123456789abcdef0123456789abcdef\r\n",
    "\r\nCSeq: 1 REGISTER\r\n",
    "\r\nContact: <sip:lyncprobe.invalid;transport=tls>;",
    ";+sip.instance=\"<urn:uuid:01234567-89ab-cdef-0123-456789abcdef>\"\r\n",
    "\r\nUser-Agent: lyncprobe\r\n",
    "\r\nSupported: gruu-10, ",
    "\r\nEvent: registration\r\n",
    "\r\nContent-Length: 0\r\n\r\n",
};

START_TEST(request_line)
{
    struct lp_buf out;

    request(&out, true);
    ck_assert_msg(strstr(out.p, request_lines[_i]) != NULL, "missing: %s", request_lines[_i]);
    lp_buf_release(&out);
}
END_TEST

/* One message: every line ends with CR LF, one empty line, nothing behind it. */
START_TEST(request_shape)
{
    struct lp_buf out;
    struct lp_str all = request(&out, true);
    size_t lines = 0;

    for (size_t i = 0; i < all.n; i++) {
        ck_assert((all.p[i] == '\n') == (i > 0 && all.p[i - 1] == '\r'));
        lines += all.p[i] == '\n';
    }
    ck_assert_ptr_eq(strstr(out.p, "\r\n\r\n"), out.p + all.n - 4);
    ck_assert_uint_eq(lines, 14);
    lp_buf_release(&out);
}
END_TEST

START_TEST(request_over_tcp)
{
    struct lp_buf out;

    request(&out, false);
    ck_assert_ptr_nonnull(strstr(out.p, "\r\nVia: SIP/2.0/TCP lyncprobe.invalid;"));
    ck_assert_ptr_nonnull(strstr(out.p, "transport=tcp>"));
    lp_buf_release(&out);
}
END_TEST

/* ---- answers ----------------------------------------------------------------------- */

struct row {
    const char *title;
    struct lp_str in;
    bool eof;
    enum lp_sip_read got;
    int64_t status;
    const char *reason; /* NULL unset */
    const char *first;  /* first_bytes, NULL unset */
};

#define LYNC                                                                                  \
    "SIP/2.0 401 Unauthorized\r\n"                                                            \
    "Date: Mon, 03 Feb 2014 10:00:00 GMT\r\n"                                                 \
    "WWW-Authenticate: NTLM realm=\"SIP Communications Service\", "                           \
    "targetname=\"FE01.contoso.example\", version=4\r\n"                                      \
    "WWW-Authenticate: Kerberos realm=\"SIP Communications Service\", "                       \
    "targetname=\"sip/FE01.contoso.example\", version=4\r\n"                                  \
    "WWW-Authenticate: TLS-DSK realm=\"SIP Communications Service\", "                        \
    "targetname=\"FE01.contoso.example\", version=4, "                                        \
    "sts-uri=\"https://webint.contoso.example:443/CertProv/CertProvisioningService.svc\"\r\n" \
    "From: <sip:lyncprobe@contoso.example>;tag=1;epid=0123456789\r\n"                         \
    "To: <sip:lyncprobe@contoso.example>;tag=5F\r\n"                                          \
    "Call-ID: 1\r\n"                                                                          \
    "CSeq: 1 REGISTER\r\n"                                                                    \
    "Via: SIP/2.0/TLS lyncprobe.invalid;ms-received-port=50000;ms-received-cid=3A00\r\n"      \
    "Server: RTC/5.0\r\n"                                                                     \
    "Content-Length: 0\r\n\r\n"
#define TRYING "SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n"
#define MOVED "SIP/2.0 301 Moved\r\nContact: <sip:pool.contoso.example:5061;transport=TLS>\r\n\r\n"
#define B64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct row rows[] = {
    { "Lync 2013", WIRE(LYNC), false, LP_SIP_COMPLETE, 401, "Unauthorized", NULL },
    { "more behind it", WIRE(LYNC "SIP/2.0 500 Later\r\n\r\n"), false, LP_SIP_COMPLETE, 401,
      "Unauthorized", NULL },
    { "provisional first", WIRE(TRYING LYNC), false, LP_SIP_COMPLETE, 401, "Unauthorized", NULL },
    { "provisional with a body", WIRE("SIP/2.0 183 X\r\nl: 7\r\n\r\nSIP/2.0" MOVED), false,
      LP_SIP_COMPLETE, 301, "Moved", NULL },
    { "empty lines first", WIRE("\r\n\r\n\r\n" MOVED), false, LP_SIP_COMPLETE, 301, "Moved", NULL },
    { "line ends without CR", WIRE("SIP/2.0 403 Forbidden\nServer: x\n\n"), false, LP_SIP_COMPLETE,
      403, "Forbidden", NULL },
    { "no reason phrase", WIRE("SIP/2.0 407 \r\n\r\n"), false, LP_SIP_COMPLETE, 407, "", NULL },
    { "no blank behind the code", WIRE("SIP/2.0 407\r\n\r\n"), false, LP_SIP_COMPLETE, 407, "",
      NULL },
    { "closed after the header", WIRE("SIP/2.0 503 Out\r\nServer: RTC/6.0\r\n"), true,
      LP_SIP_COMPLETE, 503, "Out", NULL },
    { "closed after the status line", WIRE("SIP/2.0 503"), true, LP_SIP_COMPLETE, 503, "", NULL },
    { "closed after a provisional", WIRE(TRYING), true, LP_SIP_COMPLETE, 100, "Trying", NULL },
    { "closed in the body of a provisional", WIRE("SIP/2.0 100 T\r\nContent-Length: 99\r\n\r\nx"),
      true, LP_SIP_COMPLETE, 100, "T", NULL },
    { "rubbish after a provisional", WIRE(TRYING "rubbish\r\n"), false, LP_SIP_COMPLETE, 100,
      "Trying", NULL },
    { "lines without a colon", WIRE("SIP/2.0 401 U\r\nnonsense\r\n: \r\n\r\n"), false,
      LP_SIP_COMPLETE, 401, "U", NULL },
    { "control characters in the reason", WIRE("SIP/2.0 401 a\x1b[31mb\r\n\r\n"), false,
      LP_SIP_COMPLETE, 401, "a\\x1b[31mb", NULL },
    { "NUL in the reason", WIRE("SIP/2.0 401 a\0b\r\n\r\n"), false, LP_SIP_COMPLETE, 401, "a\\x00b",
      NULL },
    /* wait */
    { "nothing yet", WIRE(""), false, LP_SIP_MORE, 0, NULL, NULL },
    { "only empty lines", WIRE("\r\n\r\n"), false, LP_SIP_MORE, 0, NULL, NULL },
    { "half a version", WIRE("SIP/"), false, LP_SIP_MORE, 0, NULL, NULL },
    { "half a status line", WIRE("SIP/2.0 401 Unau"), false, LP_SIP_MORE, 0, NULL, NULL },
    { "half a header", WIRE("SIP/2.0 401 U\r\nServer: x\r\n"), false, LP_SIP_MORE, 401, NULL,
      NULL },
    { "provisional only", WIRE(TRYING), false, LP_SIP_MORE, 100, NULL, NULL },
    { "not SIP, but it may say more", WIRE("220"), false, LP_SIP_MORE, 0, NULL, NULL },
    /* not SIP */
    { "closed without a word", WIRE(""), true, LP_SIP_NOT_SIP, 0, NULL, "" },
    { "HTTP", WIRE("HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "HTTP/1.1 400 Bad Request\r\n" },
    { "a banner", WIRE("220 mail ready\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "220 mail ready\r\n" },
    { "64 bytes without a line", WIRE(B64), false, LP_SIP_NOT_SIP, 0, NULL, B64 },
    { "more of them", WIRE(B64 B64), false, LP_SIP_NOT_SIP, 0, NULL, B64 },
    { "closed in the middle", WIRE("SIP/2.0 4"), true, LP_SIP_NOT_SIP, 0, NULL, "SIP/2.0 4" },
    { "a SIP request", WIRE("OPTIONS sip:a SIP/2.0\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "OPTIONS sip:a SIP/2.0\r\n" },
    { "other version", WIRE("SIP/3.0 200 OK\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "SIP/3.0 200 OK\r\n" },
    { "no number", WIRE("SIP/2.0 abc OK\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "SIP/2.0 abc OK\r\n" },
    { "number out of range", WIRE("SIP/2.0 700 OK\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "SIP/2.0 700 OK\r\n" },
    { "number too small", WIRE("SIP/2.0 099 OK\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "SIP/2.0 099 OK\r\n" },
    { "number too long", WIRE("SIP/2.0 4011 OK\r\n\r\n"), false, LP_SIP_NOT_SIP, 0, NULL,
      "SIP/2.0 4011 OK\r\n" },
    { "binary", WIRE("\0\1\2\n"), false, LP_SIP_NOT_SIP, 0, NULL, NULL },
};

static struct lp_sip_facts facts_new(void)
{
    return (struct lp_sip_facts){ .date = 1, .answer_us = 77, .status = 999 };
}

START_TEST(answer)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();
    enum lp_sip_read got = lp_sip_decode(&arena, row->in, row->eof, &facts);

    ck_assert_msg(got == row->got, "%s: %d", row->title, (int)got);
    ck_assert_msg(facts.status == row->status, "%s: %d", row->title, (int)facts.status);
    ck_assert_int_eq(facts.is_sip, row->status != 0);
    ck_assert_msg(lp_str_eq(facts.reason, lp_str_of(row->reason)), "%s: %.*s", row->title,
                  (int)facts.reason.n, facts.reason.p);
    if (row->first != NULL)
        ck_assert_lp_str(facts.first_bytes, row->first);
    ck_assert_int_eq(facts.answer_us, 77);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(lync_facts)
{
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();
    static const char *const schemes[] = { "NTLM", "Kerberos", "TLS-DSK" };

    ck_assert_int_eq(lp_sip_decode(&arena, LP_STR(LYNC), false, &facts), LP_SIP_COMPLETE);
    ck_assert_lp_str(facts.server, "RTC/5.0");
    ck_assert_lp_str(facts.realm, "SIP Communications Service");
    ck_assert_lp_str(facts.target_name, "FE01.contoso.example");
    ck_assert_lp_str(facts.sts_uri, "https://webint.contoso.example:443/CertProv/"
                                    "CertProvisioningService.svc");
    ck_assert_int_eq(facts.date, 1391421600);
    ck_assert_uint_eq(facts.schemes.n, LP_COUNT(schemes));
    for (size_t i = 0; i < LP_COUNT(schemes); i++)
        ck_assert_lp_str(((struct lp_str *)facts.schemes.at)[i], schemes[i]);
    ck_assert_ptr_null(facts.contact.p);
    ck_assert_ptr_null(facts.diagnostics.p);
    lp_arena_release(&arena);
}
END_TEST

/* One header, and the member that it fills. */
struct header_row {
    const char *header;
    size_t offset;
    const char *text; /* NULL unset */
};

#define AT(m) offsetof(struct lp_sip_facts, m)

static const struct header_row header_rows[] = {
    { "Server: RTC/7.0", AT(server), "RTC/7.0" },
    { "SERVER:RTC/7.0  ", AT(server), "RTC/7.0" },
    { "Server: a\r\nServer: b", AT(server), "a" },
    { "Server: a\r\n\tb\r\n  c", AT(server), "a   b    c" },
    { "Server:", AT(server), "" },
    { "Serve: x", AT(server), NULL },
    { "X-Server: x", AT(server), NULL },
    { "Contact: <sip:a>;expires=1", AT(contact), "<sip:a>;expires=1" },
    { "m: <sip:a>", AT(contact), "<sip:a>" },
    { "ms-diagnostics: 1010;reason=\"x\"", AT(diagnostics), "1010;reason=\"x\"" },
    { "ms-diagnostics-public: 1005", AT(diagnostics), "1005" },
    { "Ms-Diagnostics: 1\r\nms-diagnostics-public: 2", AT(diagnostics), "1" },
    { "WWW-Authenticate: NTLM realm=\"a, b\", targetname=\"c\"", AT(realm), "a, b" },
    { "WWW-Authenticate: NTLM realm=\"a, b\", targetname=\"c\"", AT(target_name), "c" },
    { "WWW-Authenticate: NTLM realm=\"a\\\"b\", targetname=\"c\"", AT(target_name), "c" },
    { "Proxy-Authenticate: NTLM TargetName = c ,realm=d", AT(target_name), "c" },
    { "Proxy-Authenticate: NTLM TargetName = c ,realm=d", AT(realm), "d" },
    { "WWW-Authenticate: NTLM\r\n realm=\"x\"", AT(realm), "x" },
    { "WWW-Authenticate: NTLM realm=\"open", AT(realm), "open" },
    { "WWW-Authenticate: NTLM realm=\"open\\", AT(realm), "open\\" },
    { "WWW-Authenticate: NTLM realm", AT(realm), "" },
    { "WWW-Authenticate: NTLM ,,=,\"", AT(realm), NULL },
    { "WWW-Authenticate: NTLM\r\nWWW-Authenticate: Kerberos realm=second", AT(realm), NULL },
    { "WWW-Authenticate:", AT(realm), NULL },
    { "WWW-Authenticate: NTLM sts-uri=\"https://a\"\r\nWWW-Authenticate: B sts-uri=c", AT(sts_uri),
      "https://a" },
    { "Server: \xc3\xa4", AT(server), "\xc3\xa4" },
    { "Server: \xff", AT(server), "\\xff" },
};

START_TEST(header)
{
    const struct header_row *row = &header_rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();
    char in[512];

    int n = snprintf(in, sizeof(in), "SIP/2.0 401 U\r\n%s\r\n\r\n", row->header);
    struct lp_str all = { in, (size_t)n };
    ck_assert_int_eq(lp_sip_decode(&arena, all, false, &facts), LP_SIP_COMPLETE);
    struct lp_str got = *(struct lp_str *)(void *)((char *)&facts + row->offset);
    ck_assert_msg(lp_str_eq(got, lp_str_of(row->text)), "%s: %.*s", row->header, (int)got.n, got.p);
    ck_assert_int_eq(facts.date, LP_UTC_NONE);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(schemes_are_bounded)
{
    struct lp_buf b = lp_buf_new(4096);
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();

    lp_buf_text(&b, "SIP/2.0 401 U\r\nWWW-Authenticate: S1\r\n");
    for (int i = 0; i < 20; i++)
        lp_buf_printf(&b, "WWW-Authenticate: s%d realm=x\r\n", i);
    lp_buf_text(&b, "\r\n");
    ck_assert_int_eq(lp_sip_decode(&arena, lp_buf_view(&b), false, &facts), LP_SIP_COMPLETE);
    ck_assert_uint_eq(facts.schemes.n, 8);
    ck_assert_lp_str(((struct lp_str *)facts.schemes.at)[0], "S1");
    ck_assert_lp_str(((struct lp_str *)facts.schemes.at)[1], "s0");
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* ---- limits and cuts --------------------------------------------------------------- */

/* 200 lines of header are enough, though no end came. */
START_TEST(lines_are_bounded)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();

    lp_buf_text(&b, "SIP/2.0 401 U\r\n");
    for (int i = 0; i < 198; i++)
        lp_buf_text(&b, "a: b\r\n");
    ck_assert_int_eq(lp_sip_decode(&arena, lp_buf_view(&b), false, &facts), LP_SIP_MORE);
    lp_buf_text(&b, "Server: last\r\n");
    ck_assert_int_eq(lp_sip_decode(&arena, lp_buf_view(&b), false, &facts), LP_SIP_COMPLETE);
    ck_assert_lp_str(facts.server, "last");
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* A line without an end is waited for up to 64 KiB. */
START_TEST(bytes_are_bounded)
{
    struct lp_buf b = lp_buf_new(128 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_sip_facts facts = facts_new();

    lp_buf_text(&b, _i == 0 ? "SIP/2.0 401 " : "\r\n");
    while (b.n < 64 * 1024 - 1)
        lp_buf_char(&b, _i == 0 ? 'x' : '\n');
    ck_assert_int_eq(lp_sip_decode(&arena, lp_buf_view(&b), false, &facts), LP_SIP_MORE);
    lp_buf_text(&b, "xxxx");
    ck_assert_int_eq(lp_sip_decode(&arena, lp_buf_view(&b), false, &facts),
                     _i == 0 ? LP_SIP_COMPLETE : LP_SIP_NOT_SIP);
    ck_assert_int_eq(facts.status, _i == 0 ? 401 : 0);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* A peer that drips byte by byte costs no memory while we wait. */
START_TEST(waiting_costs_no_memory)
{
    struct lp_arena arena = { 0 };
    struct lp_str lync = LP_STR(LYNC);

    for (size_t n = 0; n < lync.n; n++) {
        struct lp_sip_facts facts = facts_new();
        ck_assert_int_eq(lp_sip_decode(&arena, lp_str_sub(lync, 0, n), false, &facts), LP_SIP_MORE);
    }
    ck_assert_uint_eq(arena.used, 0);
    lp_arena_release(&arena);
}
END_TEST

/* The first result that is not "more" is the result of the whole, wherever it was cut. */
START_TEST(every_split)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_sip_facts whole = facts_new();
    enum lp_sip_read want = lp_sip_decode(&arena, row->in, row->eof, &whole);

    for (size_t n = 0; n < row->in.n; n++) {
        struct lp_sip_facts part = facts_new();
        enum lp_sip_read got = lp_sip_decode(&arena, lp_str_sub(row->in, 0, n), false, &part);

        if (got == LP_SIP_MORE)
            continue;
        ck_assert_msg(got == want, "%s at %zu: %d", row->title, n, (int)got);
        ck_assert_int_eq(part.status, whole.status);
        ck_assert(lp_str_eq(part.reason, whole.reason));
        ck_assert(lp_str_eq(part.server, whole.server));
        ck_assert(lp_str_eq(part.sts_uri, whole.sts_uri));
        ck_assert(lp_str_eq(part.first_bytes, whole.first_bytes));
    }
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_sipmsg(void)
{
    Suite *s = suite_create("sipmsg");
    TCase *t = tcase_create("sipmsg");

    tcase_add_loop_test(t, request_line, 0, (int)LP_COUNT(request_lines));
    tcase_add_test(t, request_shape);
    tcase_add_test(t, request_over_tcp);
    tcase_add_loop_test(t, answer, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, lync_facts);
    tcase_add_loop_test(t, header, 0, (int)LP_COUNT(header_rows));
    tcase_add_test(t, schemes_are_bounded);
    tcase_add_test(t, lines_are_bounded);
    tcase_add_loop_test(t, bytes_are_bounded, 0, 2);
    tcase_add_test(t, waiting_costs_no_memory);
    tcase_add_loop_test(t, every_split, 0, (int)LP_COUNT(rows));
    suite_add_tcase(s, t);
    return s;
}
