/* test_http_engine.c - GETs by libcurl on our loop against small servers on loopback. */
#include <check.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lp/http_transfer.h"
#include "peer.h"

Suite *lp_suite_http_engine(void);

/* ---- the probe of the tests ---- */

struct page {
    struct lp_link link;
    struct lp_http http;
    int64_t asked; /* calls of step */
    int64_t seen;  /* bytes that it was given */
};

/* A page that begins with "bad" is none. */
static enum lp_next step(struct lp_talk *talk)
{
    struct page *page = talk->facts;
    ck_assert(talk->eof);
    page->asked++;
    page->seen = (int64_t)talk->in.n;
    return lp_str_starts_nocase(talk->in, "bad") ? LP_BAD : LP_DONE;
}

static const struct lp_probe probe_page = {
    .shape = { .name = "page", .size = sizeof(struct page), .has_link = true, .has_http = true },
    .carrier = LP_CARRY_HTTP,
    .accept = "application/x-test",
    .step = step,
};

static struct page *page_of(struct rig *rig)
{
    return rig->evidence.facts;
}

/* ---- servers of the tests ---- */

static void serve_answer(int fd, void *arg)
{
    if (peer_expect(fd, "\r\n\r\n"))
        peer_say(fd, arg);
}

/* Answers and keeps the connection open. */
static void serve_and_wait(int fd, void *arg)
{
    serve_answer(fd, arg);
    peer_wait_close(fd);
}

static void serve_silence(int fd, void *arg)
{
    (void)arg;
    peer_wait_close(fd);
}

static void serve_reset(int fd, void *arg)
{
    struct linger now = { .l_onoff = 1, .l_linger = 0 };
    (void)arg;
    if (peer_expect(fd, "\r\n\r\n"))
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
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

static void serve_drip(int fd, void *arg)
{
    serve_answer(fd, arg);
    while (send(fd, "x", 1, MSG_NOSIGNAL) == 1)
        usleep(1000);
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
    { "200 to the end", serve_answer, OK "\r\nhello", 5000000, LP_OK, NULL, 200, NULL, 1 },
    { "chunked", serve_and_wait, OK "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
      5000000, LP_OK, NULL, 200, NULL, 1 },
    { "302", serve_and_wait,
      "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/x\r\nContent-Length: 0\r\n\r\n",
      5000000, LP_OK, NULL, 302, NULL, 1 },
    { "401", serve_and_wait,
      "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n", 5000000, LP_OK,
      NULL, 401, NULL, 1 },
    { "401 with a body that never ends", serve_drip,
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
    { "drip", serve_drip, OK "Content-Length: 1000000\r\n\r\n", 30000, LP_TIMEOUT,
      "answer incomplete", 200, NULL, 1 },
    { "drip of a header", serve_drip, OK "X: ", 30000, LP_TIMEOUT, "answer incomplete", 200, NULL,
      1 },
    { "silence", serve_silence, NULL, 30000, LP_TIMEOUT, "no answer", -1, NULL, 0 },
    { "closed", serve_answer, "", 5000000, LP_RESET, "closed without an answer", -1, NULL, 0 },
    { "closed in the header", serve_answer, OK "X: ", 5000000, LP_RESET, "closed in the answer",
      200, NULL, 1 },
    { "closed in the body", serve_answer, OK "Content-Length: 9\r\n\r\nhello", 5000000, LP_RESET,
      "closed in the answer", 200, NULL, 1 },
    { "reset", serve_reset, NULL, 5000000, LP_RESET, "errno ECONNRESET", -1, NULL, 0 },
};

START_TEST(answer)
{
    struct rig rig;
    struct peer *peer =
        peer_start("127.0.0.1", answers[_i].serve, (void *)(uintptr_t)answers[_i].text);
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig.setup.http_us = answers[_i].limit;
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_http *http = rig_http(&rig);
    ck_outcome(rig.evidence.outcome, answers[_i].outcome);
    ck_says(rig.evidence.why, answers[_i].why);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert_int_ge(rig_link(&rig)->connect_us, 0);
    ck_assert_int_eq(http->status, answers[_i].status);
    ck_says(http->limit, answers[_i].cut);
    ck_assert_int_eq(page_of(&rig)->asked, answers[_i].asked);
    ck_assert_int_eq(page_of(&rig)->seen, (int64_t)http->body.n);
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
    struct peer *peer = peer_start("127.0.0.1", serve_answer, (void *)(uintptr_t)text);
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig.job.ask.hop = 3;
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
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

/* ---- the request ---- */

/* Answers with what it was asked. */
static void serve_mirror(int fd, void *arg)
{
    char seen[4096] = "";
    (void)arg;
    size_t n = 0;
    while (n < sizeof seen - 1 && !strstr(seen, "\r\n\r\n")) {
        ssize_t got = recv(fd, seen + n, sizeof seen - 1 - n, 0);
        if (got <= 0)
            return;
        n += (size_t)got;
    }
    peer_say(fd, OK "\r\n");
    peer_say(fd, seen);
}

START_TEST(request)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", serve_mirror, NULL);
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig.job.ask.url = LP_STR("http://lyncdiscover.contoso.example/a/../b?sipuri=x");
    rig_run(&rig);
    ck_says(rig_http(&rig)->body,
            "GET /a/../b?sipuri=x HTTP/1.1\r\nHost: lyncdiscover.contoso.example\r\n"
            "User-Agent: lyncprobe\r\nAccept: application/x-test\r\n\r\n");
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(v6)
{
    struct rig rig;
    struct peer *peer = peer_start("::1", serve_answer, (void *)(uintptr_t)OK "\r\nhello");
    if (!peer)
        return;
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &probe_page, "::1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_says(rig_http(&rig)->body, "hello");
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* ---- no connection ---- */

START_TEST(refused)
{
    struct rig rig;
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_free_port());
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_REFUSED);
    ck_outcome(rig_link(&rig)->connect, LP_REFUSED);
    ck_says(rig.evidence.why, "errno ECONNREFUSED");
    ck_assert_int_eq(rig_link(&rig)->connect_us, -1);
    ck_assert_int_eq(rig_http(&rig)->status, -1);
    ck_assert_int_eq(page_of(&rig)->asked, 0);
    rig_release(&rig);
}
END_TEST

/* The guard stands at the socket too: libcurl is told another address than the one that was
 * admitted. */
START_TEST(blocked)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", serve_silence, NULL);
    rig_init(&rig, RIG_HTTP | RIG_GUARDED, NULL);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_BLOCKED);
    ck_says(rig.evidence.why, "guard loopback");
    ck_assert_int_eq(peer_accepted(peer), 0);
    rig_release(&rig);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig.engine.start(rig.engine.self, &rig.job);
    rig.job.allow_n = 0;
    struct lp_pollset set = { .until = INT64_MAX };
    while (!rig.ended)
        lp_turn(rig.core.world, &set, &rig.engine, 1, INT64_MAX);
    ck_outcome(rig.evidence.outcome, LP_BLOCKED);
    ck_outcome(rig_link(&rig)->connect, LP_BLOCKED);
    ck_assert_int_eq(peer_accepted(peer), 0);
    lp_pollset_release(&set);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(cancelled)
{
    struct rig rig;
    struct lp_pollset set = { .until = INT64_MAX };
    struct peer *peer = peer_start("127.0.0.1", serve_silence, NULL);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig.engine.start(rig.engine.self, &rig.job);
    while (rig_link(&rig)->connect == LP_NONE)
        lp_turn(rig.core.world, &set, &rig.engine, 1, INT64_MAX);
    rig.engine.cancel(rig.engine.self, &rig.job);
    rig.engine.cancel(rig.engine.self, &rig.job);
    ck_assert_int_eq(rig.ended, 0);
    ck_outcome(rig_link(&rig)->tls, LP_STALLED);
    lp_pollset_release(&set);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* ---- TLS ---- */

static const struct {
    int version;
    const char *name;
} versions[] = {
    { TLS1_VERSION, "TLSv1" },
    { TLS1_2_VERSION, "TLSv1.2" },
    { TLS1_3_VERSION, "TLSv1.3" },
};

START_TEST(https)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, versions[_i].version, versions[_i].version);
    tls.hello = OK "Content-Length: 5\r\n\r\nhello";
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, RIG_HTTP, &options);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_outcome(link->connect, LP_OPEN);
    ck_outcome(link->tls, LP_OK);
    ck_assert_int_ge(link->connect_us, 0);
    ck_assert_int_ge(link->tls_us, 0);
    ck_says(link->protocol, versions[_i].name);
    ck_assert_uint_gt(link->cipher.n, 0);
    ck_assert_uint_eq(link->chain.n, 2);
    ck_assert_int_eq(link->private_store.code, 0);
    ck_assert(link->private_store.done && link->public_store.done);
    ck_assert_int_ne(link->public_store.code, 0);
    ck_says(rig_http(&rig)->body, "hello");
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

static void serve_alert(int fd, void *arg)
{
    static const char alert[] = { 21, 3, 1, 0, 2, 2, 40 };
    char hello[4096];
    (void)arg;
    if (recv(fd, hello, sizeof hello, 0) > 0)
        send(fd, alert, sizeof alert, MSG_NOSIGNAL);
    peer_wait_close(fd);
}

static void serve_close(int fd, void *arg)
{
    char hello[16];
    struct linger now = { .l_onoff = 1, .l_linger = 0 };
    if (recv(fd, hello, sizeof hello, 0) > 0 && arg)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    if (!arg)
        (void)!recv(fd, (char[4096]){ 0 }, 4096, 0);
}

static void serve_http_400(int fd, void *arg)
{
    char hello[4096];
    if (recv(fd, hello, sizeof hello, 0) > 0)
        peer_say(fd, arg);
    peer_wait_close(fd);
}

static const char http_400[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

static const struct {
    const char *name;
    peer_serve *serve;
    const char *text;
    lp_usec limit;
    enum lp_outcome tls;
    int alert;
    const char *why;
} broken[] = {
    { "alert", serve_alert, NULL, 5000000, LP_ALERT, 40, NULL },
    { "reset", serve_close, "reset", 5000000, LP_RESET, -1, "errno ECONNRESET" },
    { "closed", serve_close, NULL, 5000000, LP_RESET, -1, "closed in the handshake" },
    { "stalled", serve_silence, NULL, 30000, LP_STALLED, -1, NULL },
    { "http", serve_http_400, http_400, 5000000, LP_NOT_TLS, -1, NULL },
};

START_TEST(https_broken)
{
    struct rig rig;
    struct peer *peer =
        peer_start("127.0.0.1", broken[_i].serve, (void *)(uintptr_t)broken[_i].text);
    rig_init(&rig, RIG_HTTP, NULL);
    rig.setup.tls_us = broken[_i].limit;
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, broken[_i].tls);
    ck_outcome(link->connect, LP_OPEN);
    ck_outcome(link->tls, broken[_i].tls);
    ck_assert_int_eq(link->alert, broken[_i].alert);
    ck_assert_int_eq(link->tls_us, -1);
    ck_says(rig.evidence.why, broken[_i].why);
    if (broken[_i].tls == LP_NOT_TLS)
        ck_says(link->first_bytes, http_400);
    else
        ck_assert_ptr_null(link->first_bytes.p);
    ck_assert_int_eq(rig_http(&rig)->status, -1);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

static const int asking[] = { TLS1_2_VERSION, TLS1_3_VERSION };

START_TEST(certificate_asked)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, asking[_i], asking[_i]);
    SSL_CTX_set_verify(tls.server, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, RIG_HTTP, &options);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, LP_ALERT);
    ck_outcome(link->tls, LP_ALERT);
    ck_assert(link->asks_certificate && link->alert_after_certificate);
    ck_assert_int_eq(link->alert, asking[_i] == TLS1_3_VERSION ? 116 : 40);
    ck_assert_uint_eq(link->chain.n, 2);
    ck_assert_int_eq(link->private_store.code, 0);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

static int accept_client(X509_STORE_CTX *context, void *arg)
{
    (void)context;
    (void)arg;
    return 1;
}

START_TEST(certificate_given)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, asking[_i], asking[_i]);
    SSL_CTX_set_verify(tls.server, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_cert_verify_callback(tls.server, accept_client, NULL);
    tls.hello = OK "\r\n";
    struct lp_tls_options options = { .cert_file = lp_str_of(tls.leaf_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, RIG_HTTP, &options);
    rig_ask(&rig, &probe_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert(rig_link(&rig)->asks_certificate);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

Suite *lp_suite_http_engine(void)
{
    Suite *suite = suite_create("http_engine");
    TCase *http = tcase_create("http");
    tcase_add_unchecked_fixture(http, rig_warm, NULL);
    tcase_add_loop_test(http, answer, 0, LP_COUNT(answers));
    tcase_add_test(http, header_facts);
    tcase_add_test(http, request);
    tcase_add_test(http, v6);
    tcase_add_test(http, refused);
    tcase_add_test(http, blocked);
    tcase_add_test(http, cancelled);
    suite_add_tcase(suite, http);
    TCase *tls = tcase_create("https");
    tcase_add_unchecked_fixture(tls, rig_warm, NULL);
    tcase_add_loop_test(tls, https, 0, LP_COUNT(versions));
    tcase_add_loop_test(tls, https_broken, 0, LP_COUNT(broken));
    tcase_add_loop_test(tls, certificate_asked, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_given, 0, LP_COUNT(asking));
    suite_add_tcase(suite, tls);
    return suite;
}
