/* test_tls_watch.c - first bytes, the words for failures, what security level 0 is for */
#include <check.h>
#include <errno.h>
#include <string.h>

#include <openssl/err.h>

#include "lp/tls_watch.h"
#include "peer.h"

Suite *lp_suite_tls_watch(void);

static const struct {
    const char *bytes;
    size_t n;
    bool not_tls;
} starts[] = {
    { "", 0, false },
    { "\x16", 1, false },
    { "\x15\x03", 2, false },
    { "\x16\x03\x01\x00\x05", 5, false },
    { "\x16\x02", 2, true },
    { "HTTP/", 5, true },
    { "S", 1, true },
    { "\x17\x03\x03", 3, true },
    { "\x80\x2e\x01", 3, true },
    { "\0\0\0\0\0", 5, true },
};

START_TEST(first_bytes)
{
    struct lp_tls_watch watch = { .first_n = starts[_i].n };
    memcpy(watch.first, starts[_i].bytes, starts[_i].n);
    ck_assert_int_eq(lp_tls_watch_not_tls(&watch), starts[_i].not_tls);
}
END_TEST

static const struct {
    struct lp_tls_watch watch;
    unsigned long ssl_error;
    int sys_error;
    enum lp_outcome tls;
    const char *why;
} failures[] = {
    { { .alerted = true, .eof = true, .alert = 70 }, 0, 0, LP_ALERT, NULL },
    { { .first_n = 1, .first = { 'x' }, .eof = true }, 0, 0, LP_NOT_TLS, NULL },
    { { .eof = true }, 0, ECONNRESET, LP_RESET, "closed in the handshake" },
    { { .error = ECONNRESET }, 0, 0, LP_RESET, "errno ECONNRESET" },
    { { .error = ETIMEDOUT }, 0, 0, LP_STALLED, "errno ETIMEDOUT" },
    { { .error = ENOBUFS }, 0, 0, LP_NOT_TRIED, "local ENOBUFS" },
    { { .hello = false }, 0, EPIPE, LP_RESET, "errno EPIPE" },
    { { .hello = true }, 0, 0, LP_ALERT, "TLS not possible" },
    { { .hello = true },
      ERR_PACK(ERR_LIB_SSL, 0, SSL_R_UNSUPPORTED_PROTOCOL),
      0,
      LP_ALERT,
      "TLS not possible: unsupported protocol" },
};

START_TEST(failure)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_hello, "127.0.0.1", 1);
    struct lp_tls_watch watch = failures[_i].watch;
    watch.job = &rig.job;
    ck_assert(
        says(lp_str_of(lp_tls_failure(&watch, failures[_i].ssl_error, failures[_i].sys_error)),
             failures[_i].why));
    ck_outcome(rig_link(&rig)->tls, failures[_i].tls);
    rig_release(&rig);
}
END_TEST

/* TLS 1.2 with a SHA-1 signature in the key exchange, a cipher without forward secrecy:
 * what security level 0 is for. */
START_TEST(old_server)
{
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, TLS1_2_VERSION, TLS1_2_VERSION);
    ck_assert_int_eq(SSL_CTX_set1_sigalgs_list(tls.server, "ECDSA+SHA1"), 1);
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &lp_probe_sip, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig_link(&rig)->tls, LP_OK);
    ck_outcome(rig.evidence.outcome, LP_RESET);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST

Suite *lp_suite_tls_watch(void)
{
    Suite *suite = suite_create("tls_watch");
    TCase *all = tcase_create("tls_watch");
    tcase_add_unchecked_fixture(all, rig_warm, NULL);
    tcase_add_loop_test(all, first_bytes, 0, LP_COUNT(starts));
    tcase_add_loop_test(all, failure, 0, LP_COUNT(failures));
    tcase_add_test(all, old_server);
    suite_add_tcase(suite, all);
    return suite;
}
