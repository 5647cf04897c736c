/* test_stream_conn.c - TLS handshakes against small servers: every version, every way to
 * fail */
#include <check.h>
#include <string.h>
#include <sys/socket.h>

#include "peer.h"

Suite *lp_suite_stream_conn(void);

static const struct {
    int version;
    const char *name;
} versions[] = {
    { TLS1_VERSION, "TLSv1" },
    { TLS1_1_VERSION, "TLSv1.1" },
    { TLS1_2_VERSION, "TLSv1.2" },
    { TLS1_3_VERSION, "TLSv1.3" },
};

START_TEST(tls_versions)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, versions[_i].version, versions[_i].version);
    tls.hello = "PONG\r\n";
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file),
                                      .public_file = lp_str_of(tls.leaf_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, &options);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_outcome(link->tls, LP_OK);
    ck_says(link->protocol, versions[_i].name);
    ck_assert_uint_gt(link->cipher.n, 0);
    ck_assert_int_ge(link->tls_us, 0);
    ck_assert_int_eq(link->alert, -1);
    ck_assert(!link->asks_certificate);
    ck_assert_uint_eq(link->chain.n, 2);
    ck_assert_uint_eq(rig.job.ders.n, 2);
    ck_assert(link->private_store.done);
    ck_assert_int_eq(link->private_store.code, 0);
    ck_says(link->private_store.root, "CN=Contoso Root");
    ck_assert(link->public_store.done);
    ck_assert_int_ne(link->public_store.code, 0);
    ck_assert_ptr_null(link->first_bytes.p);
    ck_assert_int_gt(rig.turns_of_work, 2);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

static const char http_400[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";

static const struct {
    const char *name;
    peer_serve *serve;
    const char *text;
    lp_usec limit;
    enum lp_outcome tls;
    int alert;
    const char *why;
    const char *first;
} broken[] = {
    { "alert", peer_serve_alert, NULL, 5000000, LP_ALERT, 40, NULL, NULL },
    { "reset", peer_serve_reset, NULL, 5000000, LP_RESET, -1, "errno ECONNRESET", NULL },
    { "closed", peer_serve_close, NULL, 5000000, LP_RESET, -1, NULL, NULL },
    { "stalled", peer_serve_silence, NULL, 30000, LP_STALLED, -1, NULL, NULL },
    { "http", peer_serve_banner, http_400, 5000000, LP_NOT_TLS, -1, NULL, http_400 },
    { "short banner", peer_serve_banner, "hi", 5000000, LP_NOT_TLS, -1, NULL, "hi" },
    { "half a record", peer_serve_banner, "\x16\x03", 30000, LP_STALLED, -1, NULL, NULL },
};

START_TEST(tls_broken)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", broken[_i].serve, PEER_TEXT(broken[_i].text));
    rig_init(&rig, 0, NULL);
    rig.setup.tls_us = broken[_i].limit;
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, broken[_i].tls);
    ck_outcome(link->connect, LP_OPEN);
    ck_outcome(link->tls, broken[_i].tls);
    ck_assert_int_eq(link->alert, broken[_i].alert);
    ck_assert_int_eq(link->tls_us, -1);
    if (broken[_i].why)
        ck_says(rig.evidence.why, broken[_i].why);
    if (broken[_i].first)
        ck_assert(lp_str_starts_nocase(lp_str_of(broken[_i].first), link->first_bytes.p));
    ck_assert_uint_eq(link->first_bytes.n, broken[_i].first ? strlen(broken[_i].first) : 0);
    ck_assert(!link->private_store.done && !link->public_store.done);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

static const int asking[] = { TLS1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION };

static void ask_for_certificate(struct peer_tls *tls, int version)
{
    peer_tls_init(tls, version, version);
    SSL_CTX_set_verify(tls->server, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    tls->hello = "PONG\r\n";
}

static void asks_certificate(int version, const struct lp_probe *probe)
{
    struct rig rig;
    struct peer_tls tls;
    ask_for_certificate(&tls, version);
    struct lp_tls_options options = { .private_file = lp_str_of(tls.root_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, &options);
    rig_ask(&rig, probe, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, LP_ALERT);
    ck_outcome(link->tls, LP_ALERT);
    ck_assert(link->asks_certificate);
    ck_assert(link->alert_after_certificate);
    ck_assert_int_eq(link->alert, version == TLS1_3_VERSION ? 116 : 40);
    ck_assert_uint_eq(link->chain.n, 2);
    ck_assert(link->private_store.done);
    ck_assert_int_eq(link->private_store.code, 0);
    ck_assert_uint_gt(link->protocol.n, 0);
    ck_assert_uint_gt(link->cipher.n, 0);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}

START_TEST(certificate_asked)
{
    asks_certificate(asking[_i], &rig_ping);
}
END_TEST

START_TEST(certificate_asked_of_silent_probe)
{
    asks_certificate(asking[_i], &rig_hello);
}
END_TEST

/* Asked for and not insisted on: a TLS 1.3 server is content, the probe has nothing to
 * say. */
START_TEST(certificate_not_needed)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, asking[_i], asking[_i]);
    SSL_CTX_set_verify(tls.server, SSL_VERIFY_PEER, NULL);
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_hello, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_outcome(rig_link(&rig)->tls, LP_OK);
    ck_assert(rig_link(&rig)->asks_certificate);
    ck_assert(!rig_link(&rig)->alert_after_certificate);
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
    ask_for_certificate(&tls, asking[_i]);
    SSL_CTX_set_cert_verify_callback(tls.server, accept_client, NULL);
    struct lp_tls_options options = { .cert_file = lp_str_of(tls.leaf_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, &options);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert(rig_link(&rig)->asks_certificate);
    ck_assert(!rig_link(&rig)->alert_after_certificate);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

static int refuse_client(X509_STORE_CTX *context, void *arg)
{
    (void)arg;
    X509_STORE_CTX_set_error(context, X509_V_ERR_CERT_REVOKED);
    return 0;
}

/* Ours is given and not liked: told by an alert, also to a probe that has nothing to say. */
START_TEST(certificate_refused)
{
    struct rig rig;
    struct peer_tls tls;
    ask_for_certificate(&tls, asking[_i]);
    SSL_CTX_set_cert_verify_callback(tls.server, refuse_client, NULL);
    struct lp_tls_options options = { .cert_file = lp_str_of(tls.leaf_file) };
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, &options);
    rig_ask(&rig, &rig_hello, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_ALERT);
    ck_assert(rig_link(&rig)->asks_certificate);
    ck_assert(!rig_link(&rig)->alert_after_certificate);
    ck_assert_int_eq(rig_link(&rig)->alert, 44);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

/* ServerHello and a certificate that is none: our side ends it, the bytes are evidence
 * all the same. */
static void serve_bad_certificate(int fd, void *arg)
{
    static const char flight[] = "\x16\x03\x03\x00\x2a\x02\x00\x00\x26\x03\x03"
                                 "0123456789abcdef0123456789abcdef\x00\x00\x2f\x00"
                                 "\x16\x03\x03\x00\x0e\x0b\x00\x00\x0a\x00\x00\x07\x00\x00\x04junk";
    char hello[4096];
    (void)arg;
    if (recv(fd, hello, sizeof hello, 0) > 0)
        send(fd, flight, sizeof flight - 1, MSG_NOSIGNAL);
    peer_wait_close(fd);
}

START_TEST(bad_certificate)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", serve_bad_certificate, NULL);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    struct lp_link *link = rig_link(&rig);
    ck_outcome(rig.evidence.outcome, LP_ALERT);
    ck_assert_int_eq(link->alert, -1);
    ck_assert(lp_str_starts_nocase(rig.evidence.why, "TLS not possible: "));
    ck_says(link->protocol, "TLSv1.2");
    ck_says(link->cipher, "AES128-SHA");
    ck_assert_uint_eq(link->chain.n, 1);
    ck_says(((struct lp_str *)rig.job.ders.at)[0], "junk");
    ck_assert(link->public_store.done);
    ck_assert_int_ne(link->public_store.code, 0);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

Suite *lp_suite_stream_conn(void)
{
    Suite *suite = suite_create("stream_conn");
    TCase *tls = tcase_create("tls");
    tcase_add_unchecked_fixture(tls, rig_warm, NULL);
    tcase_add_loop_test(tls, tls_versions, 0, LP_COUNT(versions));
    tcase_add_loop_test(tls, tls_broken, 0, LP_COUNT(broken));
    tcase_add_loop_test(tls, certificate_asked, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_asked_of_silent_probe, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_not_needed, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_given, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_refused, 0, LP_COUNT(asking));
    tcase_add_test(tls, bad_certificate);
    suite_add_tcase(suite, tls);
    return suite;
}
