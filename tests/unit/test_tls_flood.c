/* test_tls_flood.c - peers that keep OpenSSL busy: other connections get their turn, and
 * there is an end; what comes behind a good handshake */
#include <check.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "lp/tls_watch.h"
#include "peer.h"

Suite *lp_suite_tls_flood(void);

/* HelloRequest messages without end: OpenSSL skips each and reads the next. */
static void serve_hello_requests(int fd, void *sent)
{
    static const char record[5 + 16384] = { 22, 3, 3, 0x40, 0 };
    char hello[1024];
    ssize_t n = recv(fd, hello, sizeof hello, 0);
    while (n > 0) {
        n = send(fd, record, sizeof record, MSG_NOSIGNAL);
        *(size_t *)sent += n > 0 ? (size_t)n : 0;
    }
}

static const struct {
    int flags;
    const struct lp_probe *probe;
} floods[] = { { 0, &rig_ping }, { 0, &rig_hello }, { RIG_HTTP, &rig_page } };

START_TEST(handshake_without_end)
{
    struct rig rig;
    size_t sent = 0;
    struct peer *peer = peer_start("127.0.0.1", serve_hello_requests, &sent);
    rig_init(&rig, floods[_i].flags, NULL);
    rig_ask(&rig, floods[_i].probe, "127.0.0.1", peer_port(peer));
    rig.job.ask.url = LP_STR("https://lyncdiscover.contoso.example/");
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_ALERT);
    ck_outcome(rig_link(&rig)->tls, LP_ALERT);
    ck_assert_int_eq(rig_link(&rig)->alert, -1);
    ck_says(rig.evidence.why, LP_TLS_FLOODED);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* One turn of the loop reads so much and no more, however much is there. */
START_TEST(a_turn_is_short)
{
    struct rig rig;
    size_t sent = 0;
    struct lp_pollset set = { 0 };
    struct peer *peer = peer_start("127.0.0.1", serve_hello_requests, &sent);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig.engine.start(rig.engine.self, &rig.job);
    int most = 0;
    while (!rig.ended) {
        int before = rig.turns_of_work;
        lp_turn(&lp_world_real, &set, &rig.engine, 1, INT64_MAX);
        most = rig.turns_of_work - before > most ? rig.turns_of_work - before : most;
    }
    /* one for each message of two records, and a few of the engine's own */
    ck_assert_int_gt(most, 1000);
    ck_assert_int_lt(most, 2 * 4096 + 100);
    lp_pollset_release(&set);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* What is said after the handshake, once a line has come. */
struct behind {
    struct peer_tls tls;
    bool tickets;
    const char *plain;
};

static void serve_behind(int fd, void *arg)
{
    struct behind *behind = arg;
    char line[64];
    struct pollfd closed = { .fd = fd, .events = POLLRDHUP };
    SSL *ssl = peer_tls_accept(&behind->tls, fd);
    if (!ssl)
        return;
    int n = SSL_read(ssl, line, sizeof line);
    if (n > 0 && behind->plain)
        peer_say(fd, behind->plain);
    /* OpenSSL hides from its caller that the other side is gone when it sends a ticket. */
    while (n > 0 && behind->tickets && poll(&closed, 1, 0) == 0)
        n = SSL_new_session_ticket(ssl) == 1 && SSL_do_handshake(ssl) == 1;
    peer_wait_close(fd);
    peer_tls_close(ssl);
}

static void ask_behind(struct rig *rig, struct behind *behind, int flags)
{
    peer_tls_init(&behind->tls, TLS1_3_VERSION, TLS1_3_VERSION);
    struct lp_tls_options options = { .private_file = lp_str_of(behind->tls.root_file) };
    struct peer *peer = peer_start("127.0.0.1", serve_behind, behind);
    rig_init(rig, flags, &options);
    rig_ask(rig, flags ? &rig_page : &rig_ping, "127.0.0.1", peer_port(peer));
    rig->job.ask.url = LP_STR("https://sip.contoso.example/");
    rig_run(rig);
    peer_stop(peer);
    peer_tls_release(&behind->tls);
}

START_TEST(tickets_without_end)
{
    struct rig rig;
    struct behind behind = { .tickets = true };
    ask_behind(&rig, &behind, _i ? RIG_HTTP : 0);
    ck_outcome(rig_link(&rig)->tls, LP_OK);
    ck_outcome(rig.evidence.outcome, LP_MALFORMED);
    ck_says(rig.evidence.why, LP_TLS_FLOODED);
    rig_release(&rig);
}
END_TEST

/* The handshake was good: it stays so. */
START_TEST(plain_text_behind)
{
    struct rig rig;
    struct behind behind = { .plain = "PONG, and not encrypted\r\n" };
    ask_behind(&rig, &behind, _i ? RIG_HTTP : 0);
    ck_outcome(rig_link(&rig)->tls, LP_OK);
    ck_outcome(rig.evidence.outcome, LP_MALFORMED);
    rig_release(&rig);
}
END_TEST

/* Much TLS around little text is no flood. */
static void serve_crumbs(int fd, void *arg)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n";
    char request[1024];
    SSL *ssl = peer_tls_accept(arg, fd);
    if (!ssl)
        return;
    int n = SSL_read(ssl, request, sizeof request);
    n = n > 0 ? SSL_write(ssl, head, sizeof head - 1) : n;
    for (int i = 0; i < 60000 && n > 0; i++)
        n = SSL_write(ssl, "x", 1);
    peer_wait_close(fd);
    peer_tls_close(ssl);
}

START_TEST(crumbs_are_no_flood)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, TLS1_2_VERSION, TLS1_2_VERSION);
    struct peer *peer = peer_start("127.0.0.1", serve_crumbs, &tls);
    rig_init(&rig, RIG_HTTP, NULL);
    rig_ask(&rig, &rig_page, "127.0.0.1", peer_port(peer));
    rig.job.ask.url = LP_STR("https://sip.contoso.example/");
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_int_eq(rig_http(&rig)->body_size, 60000);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

/* ---- long lists of certificates ---- */

static const struct {
    int sent;
    size_t cut; /* octets that are missing at the end; two of extensions hurt nobody */
    size_t kept;
} chains[] = {
    { 1, 0, 1 },   { 64, 0, 64 }, { 100, 0, 100 }, { 300, 0, LP_TLS_CHAIN_MAX },
    { 10, 1, 10 }, { 10, 2, 10 }, { 10, 3, 9 },    { 10, 9, 9 },
    { 0, 0, 0 },
};

/* TLS 1.3: every certificate is four octets long and has no extension. */
START_TEST(chain)
{
    struct rig rig;
    uint8_t message[4 + 1 + 3 + 300 * 9] = { SSL3_MT_CERTIFICATE };
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_hello, "127.0.0.1", 1);
    struct lp_tls_watch watch = { .core = &rig.core, .job = &rig.job, .fd = -1 };
    SSL *ssl = SSL_new(lp_tls_context(rig.tls));
    for (int i = 0; i < chains[_i].sent; i++)
        memcpy(message + 8 + i * 9, "\0\0\4cert\0\0", 9);
    size_t n = 8 + (size_t)chains[_i].sent * 9 - chains[_i].cut;
    ck_assert_int_eq(SSL_version(ssl), TLS1_3_VERSION);
    lp_tls_watch_message(0, TLS1_3_VERSION, SSL3_RT_HANDSHAKE, message, n, ssl, &watch);
    ck_assert_uint_eq(rig.job.ders.n, chains[_i].kept);
    for (size_t i = 0; i < rig.job.ders.n; i++)
        ck_says(((struct lp_str *)rig.job.ders.at)[i], "cert");
    SSL_free(ssl);
    rig_release(&rig);
}
END_TEST

Suite *lp_suite_tls_flood(void)
{
    Suite *suite = suite_create("tls_flood");
    TCase *tc = tcase_create("tls_flood");
    tcase_add_unchecked_fixture(tc, rig_warm, NULL);
    tcase_add_loop_test(tc, handshake_without_end, 0, LP_COUNT(floods));
    tcase_add_test(tc, a_turn_is_short);
    tcase_add_loop_test(tc, tickets_without_end, 0, 2);
    tcase_add_loop_test(tc, plain_text_behind, 0, 2);
    tcase_add_test(tc, crumbs_are_no_flood);
    tcase_add_loop_test(tc, chain, 0, LP_COUNT(chains));
    suite_add_tcase(suite, tc);
    return suite;
}
