/* test_stream_talk.c - conversations over plain TCP against small servers */
#include <check.h>
#include <string.h>
#include <sys/socket.h>

#include "lp/sipmsg.h"
#include "peer.h"

Suite *lp_suite_stream_talk(void);

static void serve_flood(int fd, void *arg)
{
    char block[4096];
    (void)arg;
    memset(block, 'x', sizeof block);
    while (send(fd, block, sizeof block, MSG_NOSIGNAL) > 0)
        ;
}

static const struct {
    const char *name;
    peer_serve *serve;
    const char *text;
    lp_usec limit;
    enum lp_outcome outcome;
    const char *why;
} plain[] = {
    { "answer", peer_serve_text, "PONG\r\n", 5000000, LP_OK, NULL },
    { "other protocol", peer_serve_text, "NO\r\n", 5000000, LP_MALFORMED, NULL },
    { "half an answer", peer_serve_text, "PON", 5000000, LP_MALFORMED, NULL },
    { "closed", peer_serve_text, "", 5000000, LP_RESET, "closed without an answer" },
    { "reset", peer_serve_reset, NULL, 5000000, LP_RESET, "errno ECONNRESET" },
    { "silence", peer_serve_silence, NULL, 30000, LP_TIMEOUT, "no answer" },
    { "drip", peer_serve_drip, NULL, 30000, LP_TIMEOUT, "answer incomplete" },
    { "flood", serve_flood, NULL, 5000000, LP_MALFORMED, NULL },
};

START_TEST(plain_conversation)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", plain[_i].serve, PEER_TEXT(plain[_i].text));
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig.setup.http_us = plain[_i].limit;
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
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
    struct peer *peer = peer_start("127.0.0.1", peer_serve_text, PEER_TEXT(answer));
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &lp_probe_sip, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    const struct lp_sip_facts *facts = rig.evidence.facts;
    ck_assert_int_eq(facts->status, 401);
    ck_assert_int_gt(facts->answer_us, 0);
    ck_assert_int_le(facts->answer_us, rig.evidence.elapsed);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(v6)
{
    struct rig rig;
    struct peer *peer = peer_start("::1", peer_serve_text, PEER_TEXT("PONG\r\n"));
    if (!peer)
        return;
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &rig_ping, "::1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_OK);
    ck_assert_int_eq(rig_link(&rig)->address.family, 6);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* ---- STARTTLS ---- */

/* GO in clear, ON under TLS. */
static enum lp_next start_tls(struct lp_talk *talk)
{
    if (talk->in.n == 0 && !talk->eof)
        lp_buf_text(talk->out, talk->secure ? "PING\r\n" : "GO\r\n");
    if (lp_str_find(talk->in, '\n') == talk->in.n)
        return talk->eof ? LP_BAD : LP_MORE;
    if (lp_str_starts_nocase(talk->in, "PONG"))
        return talk->secure ? LP_DONE : LP_BAD;
    lp_buf_text(talk->out, "STARTTLS\r\n");
    return LP_SECURE;
}

static const struct lp_probe starttls = {
    .shape = { .name = "starttls", .size = sizeof(struct lp_link), .has_link = true },
    .plain = true,
    .step = start_tls,
};

struct clear {
    struct peer_tls tls;
    const char *words;
    bool deaf; /* closes instead of TLS */
};

/* No byte more: the ClientHello comes right behind. */
static bool expect_only(int fd, const char *text)
{
    char seen[64];
    size_t n = strlen(text);
    return recv(fd, seen, n, MSG_WAITALL) == (ssize_t)n && memcmp(seen, text, n) == 0;
}

static void serve_starttls(int fd, void *arg)
{
    struct clear *clear = arg;
    if (!expect_only(fd, "GO\r\n"))
        return;
    peer_say(fd, clear->words);
    if (expect_only(fd, "STARTTLS\r\n") && !clear->deaf)
        peer_tls_serve(fd, &clear->tls);
}

static const struct {
    const char *words, *hello;
    bool deaf;
    enum lp_outcome outcome, tls;
} secured[] = {
    { "READY\r\n", "PONG\r\n", false, LP_OK, LP_OK },
    /* the first answer under TLS is a second offer of it */
    { "READY\r\n", "NO\r\n", false, LP_MALFORMED, LP_OK },
    /* said in clear before the handshake: not taken for an answer under TLS */
    { "READY\r\nPONG\r\n", "PONG\r\n", false, LP_OK, LP_OK },
    { "PONG\r\n", "PONG\r\n", false, LP_MALFORMED, LP_NONE },
    { "READY\r\n", "", true, LP_RESET, LP_RESET },
};

START_TEST(secures)
{
    struct rig rig;
    struct clear clear = { .words = secured[_i].words, .deaf = secured[_i].deaf };
    peer_tls_init(&clear.tls, TLS1_2_VERSION, TLS1_3_VERSION);
    clear.tls.hello = secured[_i].hello;
    struct peer *peer = peer_start("127.0.0.1", serve_starttls, &clear);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &starttls, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, secured[_i].outcome);
    ck_outcome(rig_link(&rig)->tls, secured[_i].tls);
    ck_assert(rig_link(&rig)->plain);
    ck_assert_uint_eq(rig_link(&rig)->chain.n, secured[_i].tls == LP_OK ? 2 : 0);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&clear.tls);
}
END_TEST

/* Asked for under TLS it is no protocol at all. */
static enum lp_next twice(struct lp_talk *talk)
{
    (void)talk;
    return LP_SECURE;
}

START_TEST(secures_once)
{
    static const struct lp_probe probe = {
        .shape = { .name = "twice", .size = sizeof(struct lp_link), .has_link = true },
        .step = twice,
    };
    struct rig rig;
    struct peer_tls tls;
    peer_tls_init(&tls, TLS1_3_VERSION, TLS1_3_VERSION);
    struct peer *peer = peer_start("127.0.0.1", peer_tls_serve, &tls);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &probe, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_MALFORMED);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&tls);
}
END_TEST
Suite *lp_suite_stream_talk(void)
{
    Suite *suite = suite_create("stream_talk");
    TCase *plain_tcp = tcase_create("plain");
    tcase_add_unchecked_fixture(plain_tcp, rig_warm, NULL);
    tcase_add_loop_test(plain_tcp, plain_conversation, 0, LP_COUNT(plain));
    tcase_add_test(plain_tcp, plain_sip);
    tcase_add_test(plain_tcp, v6);
    tcase_add_loop_test(plain_tcp, secures, 0, LP_COUNT(secured));
    tcase_add_test(plain_tcp, secures_once);
    suite_add_tcase(suite, plain_tcp);
    return suite;
}
