/* test_stream_engine.c - TCP, TLS and conversations against small servers on loopback. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lp/sipmsg.h"
#include "peer.h"

Suite *lp_suite_stream_engine(void);

/* ---- probes of the tests ---- */

/* Says PING, wants a line that starts with PONG. */
static enum lp_next ping(struct lp_talk *talk)
{
    if (talk->in.n == 0 && !talk->eof) {
        ck_assert_uint_eq(talk->token.n, 32);
        lp_buf_text(talk->out, "PING\r\n");
        return LP_MORE;
    }
    if (lp_str_find(talk->in, '\n') == talk->in.n)
        return talk->eof ? LP_BAD : LP_MORE;
    return lp_str_starts_nocase(talk->in, "PONG") ? LP_DONE : LP_BAD;
}

/* Wants the handshake only. */
static enum lp_next nothing(struct lp_talk *talk)
{
    (void)talk;
    return LP_DONE;
}

static const struct lp_probe probe_ping = {
    .shape = { .name = "ping", .size = sizeof(struct lp_link), .has_link = true },
    .step = ping,
};
static const struct lp_probe probe_hello = {
    .shape = { .name = "hello", .size = sizeof(struct lp_link), .has_link = true },
    .step = nothing,
};

/* ---- servers of the tests ---- */

static void serve_text(int fd, void *arg)
{
    if (peer_expect(fd, "\n"))
        peer_say(fd, arg);
}

/* Speaks first, whatever it hears. */
static void serve_banner(int fd, void *arg)
{
    peer_say(fd, arg);
    peer_wait_close(fd);
}

static void serve_silence(int fd, void *arg)
{
    (void)arg;
    peer_wait_close(fd);
}

static void serve_close(int fd, void *arg)
{
    (void)fd;
    (void)arg;
}

static void serve_reset(int fd, void *arg)
{
    char hello[16];
    struct linger now = { .l_onoff = 1, .l_linger = 0 };
    (void)arg;
    if (recv(fd, hello, sizeof hello, 0) > 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* A fatal handshake_failure for whatever comes. */
static void serve_alert(int fd, void *arg)
{
    static const char alert[] = { 21, 3, 1, 0, 2, 2, 40 };
    char hello[4096];
    (void)arg;
    if (recv(fd, hello, sizeof hello, 0) > 0)
        send(fd, alert, sizeof alert, MSG_NOSIGNAL);
    peer_wait_close(fd);
}

/* One byte at a time, for ever, never a newline. */
static void serve_drip(int fd, void *arg)
{
    (void)arg;
    while (send(fd, "x", 1, MSG_NOSIGNAL) == 1)
        usleep(1000);
}

static void serve_flood(int fd, void *arg)
{
    char block[4096];
    (void)arg;
    memset(block, 'x', sizeof block);
    while (send(fd, block, sizeof block, MSG_NOSIGNAL) > 0)
        ;
}

/* ---- plain TCP ---- */

static const struct {
    const char *name;
    peer_serve *serve;
    const char *text;
    lp_usec limit;
    enum lp_outcome outcome;
    const char *why;
} plain[] = {
    { "answer", serve_text, "PONG\r\n", 5000000, LP_OK, NULL },
    { "other protocol", serve_text, "NO\r\n", 5000000, LP_MALFORMED, NULL },
    { "half an answer", serve_text, "PON", 5000000, LP_MALFORMED, NULL },
    { "closed", serve_text, "", 5000000, LP_RESET, "closed without an answer" },
    { "reset", serve_reset, NULL, 5000000, LP_RESET, "errno ECONNRESET" },
    { "silence", serve_silence, NULL, 30000, LP_TIMEOUT, "no answer" },
    { "drip", serve_drip, NULL, 30000, LP_TIMEOUT, "answer incomplete" },
    { "flood", serve_flood, NULL, 5000000, LP_MALFORMED, NULL },
};

START_TEST(plain_conversation)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", plain[_i].serve, (void *)(uintptr_t)plain[_i].text);
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig.setup.http_us = plain[_i].limit;
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, plain[_i].outcome);
    ck_says(rig.evidence.why, plain[_i].why);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert_int_ge(rig_link(&rig)->connect_us, 0);
    ck_outcome(rig_link(&rig)->tls, LP_NONE);
    ck_assert_int_eq(rig_link(&rig)->tls_us, -1);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(plain_sip)
{
    static const char answer[] = "SIP/2.0 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", serve_text, (void *)(uintptr_t)answer);
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &lp_probe_sip, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_int_eq(((struct lp_sip_facts *)rig.evidence.facts)->status, 401);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(v6)
{
    struct rig rig;
    struct peer *peer = peer_start("::1", serve_text, (void *)(uintptr_t) "PONG\r\n");
    if (!peer)
        return;
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &probe_ping, "::1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_int_eq(rig_link(&rig)->address.family, 6);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* ---- no connection ---- */

START_TEST(refused)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_free_port());
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_REFUSED);
    ck_outcome(rig_link(&rig)->connect, LP_REFUSED);
    ck_assert_int_eq(rig_link(&rig)->connect_us, -1);
    ck_says(rig.evidence.why, "errno ECONNREFUSED");
    ck_says(rig_link(&rig)->host, "sip.contoso.example");
    rig_release(&rig);
}
END_TEST

START_TEST(blocked)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", serve_close, NULL);
    rig_init(&rig, RIG_GUARDED, NULL);
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_BLOCKED);
    ck_outcome(rig_link(&rig)->connect, LP_BLOCKED);
    ck_says(rig.evidence.why, "guard loopback");
    ck_assert_int_eq(peer_accepted(peer), 0);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(past_deadline)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_free_port());
    rig.job.deadline = rig.job.walk_start;
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_NOT_TRIED);
    ck_says(rig.evidence.why, "deadline");
    rig_release(&rig);
}
END_TEST

START_TEST(no_descriptors)
{
    struct rig rig;
    struct rlimit had, none = { 0, 0 };
    int port = peer_free_port();
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe_ping, "127.0.0.1", port);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &had), 0);
    none.rlim_max = had.rlim_max;
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    rig.engine.start(rig.engine.self, &rig.job);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &had), 0);
    ck_assert_int_eq(rig.ended, 1);
    ck_outcome(rig.evidence.outcome, LP_NOT_TRIED);
    ck_outcome(rig_link(&rig)->connect, LP_NOT_TRIED);
    ck_says(rig.evidence.why, "local EMFILE");
    rig_release(&rig);
}
END_TEST

START_TEST(cancelled)
{
    struct rig rig;
    struct lp_pollset set = { .until = INT64_MAX };
    struct peer *peer = peer_start("127.0.0.1", serve_silence, NULL);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
    rig.engine.start(rig.engine.self, &rig.job);
    while (rig_link(&rig)->connect == LP_NONE)
        lp_turn(rig.core.world, &set, &rig.engine, 1, INT64_MAX);
    rig.engine.cancel(rig.engine.self, &rig.job);
    rig.engine.cancel(rig.engine.self, &rig.job);
    ck_assert_int_eq(rig.ended, 0);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
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
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
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
    { "alert", serve_alert, NULL, 5000000, LP_ALERT, 40, NULL, NULL },
    { "reset", serve_reset, NULL, 5000000, LP_RESET, -1, "errno ECONNRESET", NULL },
    { "closed", serve_close, NULL, 5000000, LP_RESET, -1, NULL, NULL },
    { "stalled", serve_silence, NULL, 30000, LP_STALLED, -1, NULL, NULL },
    { "http", serve_banner, http_400, 5000000, LP_NOT_TLS, -1, NULL, http_400 },
    { "short banner", serve_banner, "hi", 5000000, LP_NOT_TLS, -1, NULL, "hi" },
    { "half a record", serve_banner, "\x16\x03", 30000, LP_STALLED, -1, NULL, NULL },
};

START_TEST(tls_broken)
{
    struct rig rig;
    struct peer *peer =
        peer_start("127.0.0.1", broken[_i].serve, (void *)(uintptr_t)broken[_i].text);
    rig_init(&rig, 0, NULL);
    rig.setup.tls_us = broken[_i].limit;
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
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
    asks_certificate(asking[_i], &probe_ping);
}
END_TEST

START_TEST(certificate_asked_of_silent_probe)
{
    asks_certificate(asking[_i], &probe_hello);
}
END_TEST

/* Asked for and not insisted on: a TLS 1.3 server is content, the probe has nothing to say. */
START_TEST(certificate_not_needed)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, asking[_i], asking[_i]);
    SSL_CTX_set_verify(tls.server, SSL_VERIFY_PEER, NULL);
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe_hello, "127.0.0.1", peer_port(peer));
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
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert(rig_link(&rig)->asks_certificate);
    ck_assert(!rig_link(&rig)->alert_after_certificate);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

/* ServerHello and a certificate that is none: our side ends it, the bytes are evidence all the
 * same. */
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
    rig_ask(&rig, &probe_ping, "127.0.0.1", peer_port(peer));
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

Suite *lp_suite_stream_engine(void)
{
    Suite *suite = suite_create("stream_engine");
    TCase *tcp = tcase_create("tcp");
    tcase_add_unchecked_fixture(tcp, rig_warm, NULL);
    tcase_add_loop_test(tcp, plain_conversation, 0, LP_COUNT(plain));
    tcase_add_test(tcp, plain_sip);
    tcase_add_test(tcp, v6);
    tcase_add_test(tcp, refused);
    tcase_add_test(tcp, blocked);
    tcase_add_test(tcp, past_deadline);
    tcase_add_test(tcp, no_descriptors);
    tcase_add_test(tcp, cancelled);
    suite_add_tcase(suite, tcp);
    TCase *tls = tcase_create("tls");
    tcase_add_unchecked_fixture(tls, rig_warm, NULL);
    tcase_add_loop_test(tls, tls_versions, 0, LP_COUNT(versions));
    tcase_add_loop_test(tls, tls_broken, 0, LP_COUNT(broken));
    tcase_add_loop_test(tls, certificate_asked, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_asked_of_silent_probe, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_not_needed, 0, LP_COUNT(asking));
    tcase_add_loop_test(tls, certificate_given, 0, LP_COUNT(asking));
    tcase_add_test(tls, bad_certificate);
    suite_add_tcase(suite, tls);
    return suite;
}
