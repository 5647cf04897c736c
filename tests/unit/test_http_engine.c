/* test_http_engine.c - GETs by libcurl on our loop: the request, connections, TLS */
#include <check.h>
#include <string.h>
#include <sys/socket.h>

#include "lp/http_transfer.h"
#include "peer.h"

Suite *lp_suite_http_engine(void);

#define OK "HTTP/1.1 200 OK\r\n"

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
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    struct peer *peer = peer_start("::1", peer_serve_answer, PEER_TEXT(OK "\r\nhello"));
    if (!peer)
        return;
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &rig_page, "::1", peer_port(peer));
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
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_free_port());
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_REFUSED);
    ck_outcome(rig_link(&rig)->connect, LP_REFUSED);
    ck_says(rig.evidence.why, "errno ECONNREFUSED");
    ck_assert_int_eq(rig_link(&rig)->connect_us, -1);
    ck_assert_int_eq(rig_http(&rig)->status, -1);
    ck_assert_int_eq(rig_page_of(&rig)->asked, 0);
    rig_release(&rig);
}
END_TEST

/* The guard stands at the socket too: libcurl is told another address than the one that
 * was admitted. */
START_TEST(blocked)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", peer_serve_silence, NULL);
    rig_init(&rig, RIG_HTTP | RIG_GUARDED, NULL);
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_BLOCKED);
    ck_says(rig.evidence.why, "guard loopback");
    ck_assert_int_eq(peer_accepted(peer), 0);
    rig_release(&rig);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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

START_TEST(connect_timeout)
{
    struct rig rig;
    int fds[PEER_STUCK];
    int port = peer_stuck_port(fds);
    rig_init(&rig, RIG_HTTP, NULL);
    rig.setup.connect_us = 30000;
    rig_ask(&rig, &rig_page, "127.0.0.1", port);
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_TIMEOUT);
    ck_outcome(rig_link(&rig)->connect, LP_TIMEOUT);
    ck_assert_ptr_null(rig.evidence.why.p);
    rig_ask(&rig, &rig_page, "127.0.0.1", port);
    rig.job.deadline = rig.job.walk_start + 20000;
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_TIMEOUT);
    ck_says(rig.evidence.why, "deadline");
    ck_assert_int_ge(rig.evidence.elapsed, 15000);
    peer_unstick(fds);
    rig_release(&rig);
}
END_TEST

START_TEST(many_at_once)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", peer_serve_answer, PEER_TEXT(OK "\r\nhello"));
    rig_init(&rig, RIG_HTTP, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
    rig_run_many(&rig, 40, LP_OK);
    ck_assert_int_eq(peer_accepted(peer), 40);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(cancelled)
{
    struct rig rig;
    struct lp_pollset set = { .until = INT64_MAX };
    struct peer *peer = peer_start("127.0.0.1", peer_serve_silence, NULL);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    { "alert", peer_serve_alert, NULL, 5000000, LP_ALERT, 40, NULL },
    { "reset", peer_serve_reset, NULL, 5000000, LP_RESET, -1, "errno ECONNRESET" },
    { "closed", peer_serve_close, NULL, 5000000, LP_RESET, -1, "closed in the handshake" },
    { "stalled", peer_serve_silence, NULL, 30000, LP_STALLED, -1, NULL },
    { "http", serve_http_400, http_400, 5000000, LP_NOT_TLS, -1, NULL },
};

START_TEST(https_broken)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", broken[_i].serve, PEER_TEXT(broken[_i].text));
    rig_init(&rig, RIG_HTTP, NULL);
    rig.setup.tls_us = broken[_i].limit;
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
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
    tcase_add_test(http, request);
    tcase_add_test(http, v6);
    tcase_add_test(http, refused);
    tcase_add_test(http, blocked);
    tcase_add_test(http, connect_timeout);
    tcase_add_test(http, many_at_once);
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
