/* test_http_answer.c - what servers answer to a GET: good, broken, endless */
#include <check.h>
#include <string.h>
#include <sys/socket.h>

#include "lp/http_transfer.h"
#include "peer.h"

Suite *lp_suite_http_answer(void);

/* Answers and keeps the connection open. */
static void serve_and_wait(int fd, void *arg)
{
    peer_serve_answer(fd, arg);
    peer_wait_close(fd);
}

/* Says the text, then its last line again and again. */
static void serve_again(int fd, void *arg)
{
    const char *text = arg;
    const char *last = strrchr(text, '|');
    char head[256] = "";
    if (!peer_expect(fd, "\r\n\r\n"))
        return;
    memcpy(head, text, (size_t)(last - text));
    peer_say(fd, head);
    size_t n = strlen(last + 1);
    while (send(fd, last + 1, n, MSG_NOSIGNAL) == (ssize_t)n)
        ;
}

/* ---- answers ---- */

#define OK "HTTP/1.1 200 OK\r\n"
#define BIG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
    const char *name;
    peer_serve *serve;
    const char *text;
    lp_usec limit;
    enum lp_outcome outcome;
    const char *why;
    int status;
    const char *cut; /* http.limit */
    int asked;
} answers[] = {
    { "200", serve_and_wait, OK "Content-Length: 5\r\n\r\nhello", 5000000, LP_OK, NULL, 200, NULL,
      1 },
    { "200 to the end", peer_serve_answer, OK "\r\nhello", 5000000, LP_OK, NULL, 200, NULL, 1 },
    { "chunked", serve_and_wait, OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      5000000, LP_OK, NULL, 200, NULL, 1 },
    { "302", serve_and_wait,
      "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/x\r\nContent-Length: 0\r\n\r\n",
      5000000, LP_OK, NULL, 302, NULL, 1 },
    { "401", serve_and_wait,
      "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n", 5000000, LP_OK,
      NULL, 401, NULL, 1 },
    { "401 with a body that never ends", peer_serve_drip,
      "HTTP/1.1 401 No\r\nContent-Length: 99\r\n\r\n", 30000, LP_OK, NULL, 401, NULL, 1 },
    { "503", serve_and_wait, "HTTP/1.0 503 Busy\r\nContent-Length: 0\r\n\r\n", 5000000, LP_OK, NULL,
      503, NULL, 1 },
    { "interim", serve_and_wait,
      "HTTP/1.1 100 Continue\r\nServer: no\r\n\r\n" OK "Content-Length: 0\r\n\r\n", 5000000, LP_OK,
      NULL, 200, NULL, 1 },
    { "not for the probe", serve_and_wait, OK "Content-Length: 3\r\n\r\nbad", 5000000, LP_MALFORMED,
      NULL, 200, NULL, 1 },
    { "gzip", serve_and_wait, OK "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08z",
      5000000, LP_OK, NULL, 200, "encoding", 1 },
    { "endless body", serve_again, OK "\r\n|" BIG, 5000000, LP_OK, NULL, 200, "body 262144", 1 },
    { "endless chunks", serve_again, OK "Transfer-Encoding: chunked\r\n\r\n|40\r\n" BIG "\r\n",
      5000000, LP_OK, NULL, 200, "body 262144", 1 },
    { "endless headers", serve_again, OK "|X-Long: " BIG BIG BIG BIG BIG BIG BIG BIG "\r\n",
      5000000, LP_MALFORMED, NULL, 200, "header 65536", 1 },
    { "many headers", serve_again, OK "|X: y\r\n", 5000000, LP_MALFORMED, NULL, 200,
      "header 200 lines", 1 },
    { "endless interim", serve_again, "|HTTP/1.1 100 Continue\r\n\r\n", 5000000, LP_MALFORMED, NULL,
      100, "header 200 lines", 1 },
    { "endless line", serve_again, OK "X: |" BIG, 5000000, LP_MALFORMED, NULL, 200, "header 65536",
      1 },
    { "endless first line", serve_again, "HTTP/1.1 200 |" BIG, 5000000, LP_MALFORMED, NULL, -1,
      "header 65536", 0 },
    { "garbage", serve_again, "|\x01\x02 no HTTP at all\r\n", 5000000, LP_MALFORMED, NULL, -1, NULL,
      0 },
    { "SIP", serve_and_wait, "SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n", 5000000,
      LP_MALFORMED, NULL, -1, NULL, 0 },
    { "bad chunk", serve_and_wait, OK "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 5000000,
      LP_MALFORMED, NULL, 200, NULL, 1 },
    { "drip", peer_serve_drip, OK "Content-Length: 1000000\r\n\r\n", 30000, LP_TIMEOUT,
      "answer incomplete", 200, NULL, 1 },
    { "drip of a header", peer_serve_drip, OK "X: ", 30000, LP_TIMEOUT, "answer incomplete", 200,
      NULL, 1 },
    { "silence", peer_serve_silence, NULL, 30000, LP_TIMEOUT, "no answer", -1, NULL, 0 },
    { "closed", peer_serve_answer, "", 5000000, LP_RESET, "closed without an answer", -1, NULL, 0 },
    { "closed in the header", peer_serve_answer, OK "X: ", 5000000, LP_RESET,
      "closed in the answer", 200, NULL, 1 },
    { "closed in the body", peer_serve_answer, OK "Content-Length: 9\r\n\r\nhello", 5000000,
      LP_RESET, "closed in the answer", 200, NULL, 1 },
    { "reset", peer_serve_reset, NULL, 5000000, LP_RESET, "errno ECONNRESET", -1, NULL, 0 },
};

START_TEST(answer)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", answers[_i].serve, PEER_TEXT(answers[_i].text));
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig.setup.http_us = answers[_i].limit;
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_http *http = rig_http(&rig);
    ck_outcome(rig.evidence.outcome, answers[_i].outcome);
    ck_says(rig.evidence.why, answers[_i].why);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert_int_ge(rig_link(&rig)->connect_us, 0);
    ck_assert_int_eq(http->status, answers[_i].status);
    ck_says(http->limit, answers[_i].cut);
    ck_assert_int_eq(rig_page_of(&rig)->asked, answers[_i].asked);
    ck_assert_int_eq(rig_page_of(&rig)->seen, (int64_t)http->body.n);
    ck_assert_uint_le(http->body.n, LP_HTTP_BODY_MAX);
    ck_assert_int_ge(http->total_us, rig_link(&rig)->connect_us);
    if (http->status >= 0)
        ck_assert_int_ge(http->first_byte_us, 0);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(header_facts)
{
    static const char text[] =
        OK "Server: one\r\nserver: two\r\nContent-Type:  text/xml \r\n"
           "Date: Mon, 03 Feb 2014 10:00:00 GMT\r\nX-MS-Server-Fqdn: fe.contoso.example\r\n"
           "X-MS-WebTicketURL: https://t.example/\r\nWWW-Authenticate: A\r\n"
           "WWW-Authenticate: B\r\nContent-Length: 5\r\n\r\nhello";
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", peer_serve_answer, PEER_TEXT(text));
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig.job.ask.hop = 3;
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_http *http = rig_http(&rig);
    ck_assert_int_eq(http->hop, 3);
    ck_says(http->server, "one");
    ck_says(http->content_type, "text/xml");
    ck_says(http->server_fqdn, "fe.contoso.example");
    ck_says(http->ticket_url, "https://t.example/");
    ck_says(http->authenticate, "A");
    ck_assert_int_eq(http->date, 1391421600);
    ck_assert_ptr_null(http->location.p);
    ck_says(http->body, "hello");
    ck_assert_int_eq(http->body_size, 5);
    ck_assert_int_eq(http->headers, (int64_t)sizeof text - 1 - 5);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

Suite *lp_suite_http_answer(void)
{
    Suite *suite = suite_create("http_answer");
    TCase *http = tcase_create("http");
    tcase_add_unchecked_fixture(http, rig_warm, NULL);
    tcase_add_loop_test(http, answer, 0, LP_COUNT(answers));
    tcase_add_test(http, header_facts);
    suite_add_tcase(suite, http);
    return suite;
}
