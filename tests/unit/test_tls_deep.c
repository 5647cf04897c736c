/* test_tls_deep.c - the inventory of OpenSSL servers of several kinds, and of peers that never tire
 */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "lp/tlsfacts.h"
#include "peer.h"

extern const struct lp_probe lp_probe_tls_deep;
Suite *lp_suite_tls_deep(void);

static int ask(struct rig *rig, peer_serve *serve, void *arg)
{
    struct peer *peer = peer_start("127.0.0.1", serve, arg);
    rig_init(rig, 0, NULL);
    rig->setup.http_us = 200000;
    rig_ask(rig, &lp_probe_tls_deep, "127.0.0.1", peer_port(peer));
    rig_run(rig);
    int connections = peer_accepted(peer);
    peer_stop(peer);
    return connections;
}

/* All lines, "|" between. */
static const char *lines_of(struct rig *rig)
{
    struct lp_list lines = lp_probe_tls_deep.lines(&rig->evidence, &rig->arena);
    const struct lp_str *at = lines.at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < lines.n; i++) {
        struct lp_str parts[] = { text, i ? LP_STR("|") : LP_STR(""), at[i] };
        text = lp_arena_join(&rig->arena, parts, LP_COUNT(parts));
    }
    return text.p;
}

#define GCM "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"
#define CBC "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"

static const struct {
    int min, max;
    const char *ciphers, *suites; /* of OpenSSL: before TLS 1.3, and of it */
    bool prefers;
    int connections;
    const char *lines, *words;
} servers[] = {
    { 0, TLS1_2_VERSION, "ECDHE-ECDSA-AES256-SHA:ECDHE-ECDSA-AES128-GCM-SHA256", NULL, true, 10,
      "TLS 1.2: " CBC ", " GCM "|TLS 1.1: " CBC "|TLS 1.0: " CBC
      "|cipher suites in the server's order",
      "TLS 1.0 to 1.2; 4 cipher suites" },
    { TLS1_2_VERSION, TLS1_2_VERSION, "ECDHE-ECDSA-AES256-SHA:ECDHE-ECDSA-AES128-GCM-SHA256", NULL,
      false, 8, "TLS 1.2: " GCM ", " CBC "|cipher suites as the client prefers them",
      "TLS 1.2 only; 2 cipher suites" },
    { TLS1_3_VERSION, 0, "ALL", "TLS_AES_128_GCM_SHA256", false, 6,
      "TLS 1.3: TLS_AES_128_GCM_SHA256", "TLS 1.3 only; 1 cipher suites" },
};

START_TEST(inventory)
{
    struct rig rig;
    struct peer_tls tls;
    char ciphers[256];
    peer_tls_init(&tls, servers[_i].min, servers[_i].max);
    (void)snprintf(ciphers, sizeof ciphers, "%s:@SECLEVEL=0", servers[_i].ciphers);
    ck_assert_int_eq(SSL_CTX_set_cipher_list(tls.server, ciphers), 1);
    if (servers[_i].suites)
        ck_assert_int_eq(SSL_CTX_set_ciphersuites(tls.server, servers[_i].suites), 1);
    if (servers[_i].prefers)
        SSL_CTX_set_options(tls.server, SSL_OP_CIPHER_SERVER_PREFERENCE);
    int connections = ask(&rig, peer_tls_greet, &tls);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_str_eq(lines_of(&rig), servers[_i].lines);
    ck_assert_str_eq(lp_probe_tls_deep.say(&rig.evidence, &rig.arena).p, servers[_i].words);
    ck_assert_int_eq(connections, servers[_i].connections);
    rig_release(&rig);
    peer_tls_release(&tls);
}
END_TEST

/* Every suite of every version, as the hello has them: more than 64 connections would tell. */
static void serve_all(int fd, void *arg)
{
    static const char head[] = "\x16\x03\x03\x00\x2a\x02\x00\x00\x26\x03";
    unsigned char in[1024], out[47];
    ssize_t n = recv(fd, in, sizeof in, 0);
    (void)arg;
    if (n < 48)
        return;
    memcpy(out, head, sizeof head - 1);
    memset(out + 10, 'R', 37);
    out[10] = in[10]; /* version */
    out[43] = 0;      /* no session */
    out[44] = in[46]; /* the first suite that is offered */
    out[45] = in[47];
    out[46] = 0;
    (void)send(fd, out, sizeof out, MSG_NOSIGNAL);
}

START_TEST(is_bounded)
{
    struct rig rig;
    ck_assert_int_eq(ask(&rig, serve_all, NULL), 64);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_ptr_nonnull(strstr(lines_of(&rig), "is not whole"));
    ck_assert_ptr_nonnull(strstr(lp_probe_tls_deep.say(&rig.evidence, &rig.arena).p, "and more"));
    rig_release(&rig);
}
END_TEST

/* One suite for whatever was offered: it is seen once a version. */
START_TEST(without_agreement)
{
    static peer_serve *const serves[] = { peer_serve_alert, peer_serve_close, peer_serve_silence,
                                          peer_serve_banner };
    static const int connections[] = { 5, 5, 1, 5 };
    struct rig rig;
    ck_assert_int_eq(ask(&rig, serves[_i], PEER_TEXT("220 ready\r\n")), connections[_i]);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert(!lp_probe_tls_deep.say(&rig.evidence, &rig.arena).n);
    rig_release(&rig);
}
END_TEST

Suite *lp_suite_tls_deep(void)
{
    Suite *suite = suite_create("tls_deep");
    TCase *tests = tcase_create("tls_deep");
    tcase_add_unchecked_fixture(tests, rig_warm, NULL);
    tcase_add_loop_test(tests, inventory, 0, LP_COUNT(servers));
    tcase_add_test(tests, is_bounded);
    tcase_add_loop_test(tests, without_agreement, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
