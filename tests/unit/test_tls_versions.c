/* test_tls_versions.c - the probe against OpenSSL servers of several ages, and worse */
#include <check.h>
#include <string.h>

#include "lp/tlsfacts.h"
#include "peer.h"

extern const struct lp_probe lp_probe_tls_versions;
Suite *lp_suite_tls_versions(void);

struct seen {
    struct lp_protocols protocols;
    struct lp_str words;
    enum lp_outcome outcome;
    int connections;
};

static void ask(struct rig *rig, peer_serve *serve, void *arg, struct seen *seen)
{
    struct peer *peer = peer_start("127.0.0.1", serve, arg);
    rig_init(rig, 0, NULL);
    rig->setup.http_us = 200000;
    rig_ask(rig, &lp_probe_tls_versions, "127.0.0.1", peer_port(peer));
    rig_run(rig);
    lp_probe_tls_versions.protocols(&rig->evidence, &seen->protocols);
    seen->words = lp_probe_tls_versions.say(&rig->evidence, &rig->arena);
    seen->outcome = rig->evidence.outcome;
    seen->connections = peer_accepted(peer);
    peer_stop(peer);
}

static const struct {
    int min, max;
    int connections;
    const char *words;
} servers[] = {
    { 0, 0, 2, "TLS 1.0 to 1.1" },
    { TLS1_1_VERSION, 0, 2, "TLS 1.1 only" },
    { 0, TLS1_VERSION, 1, "TLS 1.0" },
    { TLS1_2_VERSION, 0, 1, "nothing older than TLS 1.2" },
    { TLS1_3_VERSION, 0, 1, "nothing older than TLS 1.2" },
};

START_TEST(ages)
{
    struct rig rig;
    struct peer_tls tls;
    struct seen seen;
    peer_tls_init(&tls, servers[_i].min, servers[_i].max);
    ck_assert_int_eq(SSL_CTX_set_cipher_list(tls.server, "ALL:@SECLEVEL=0"), 1);
    ask(&rig, peer_tls_greet, &tls, &seen);
    ck_outcome(seen.outcome, LP_OK);
    ck_assert_msg(lp_str_eq(seen.words, lp_str_of(servers[_i].words)), "%s", seen.words.p);
    ck_assert_int_eq(seen.connections, servers[_i].connections);
    ck_assert(rig_link(&rig)->plain);
    rig_release(&rig);
    peer_tls_release(&tls);
}
END_TEST

static const struct {
    peer_serve *serve;
    const char *text;
    int64_t refused;
} others[] = {
    { peer_serve_alert, NULL, LP_TLS_1_1 },    { peer_serve_close, NULL, LP_TLS_1_1 },
    { peer_serve_reset, NULL, LP_TLS_1_1 },    { peer_serve_silence, NULL, 0 },
    { peer_serve_banner, "220 ready\r\n", 0 }, { peer_serve_banner, "\x16\x03\x01", 0 },
    { peer_serve_drip, "\x16\x03\x01", 0 },
};

START_TEST(without_agreement)
{
    struct rig rig;
    struct seen seen;
    ask(&rig, others[_i].serve, PEER_TEXT(others[_i].text), &seen);
    ck_outcome(seen.outcome, LP_OK);
    ck_assert_int_eq(seen.protocols.refused, others[_i].refused);
    ck_assert_int_eq(seen.protocols.highest, 0);
    ck_assert_int_eq(seen.connections, 1);
    ck_assert_int_eq(seen.words.n > 0, others[_i].refused > 0);
    rig_release(&rig);
}
END_TEST

Suite *lp_suite_tls_versions(void)
{
    Suite *suite = suite_create("tls_versions");
    TCase *tests = tcase_create("tls_versions");
    tcase_add_unchecked_fixture(tests, rig_warm, NULL);
    tcase_add_loop_test(tests, ages, 0, LP_COUNT(servers));
    tcase_add_loop_test(tests, without_agreement, 0, LP_COUNT(others));
    suite_add_tcase(suite, tests);
    return suite;
}
