/* test_stream_again.c - a second connection because of what came over the first, under TLS */
#include <check.h>
#include <string.h>

#include "lp/probe.h"
#include "peer.h"

Suite *lp_suite_stream_again(void);

/* Says HELLO; whoever answers TLS is asked once more, under TLS. */
static enum lp_next step(struct lp_talk *talk)
{
    if (talk->in.n == 0 && talk->again && !talk->secure)
        return talk->eof ? LP_BAD : LP_SECURE;
    if (talk->in.n == 0 && !talk->eof)
        lp_buf_text(talk->out, talk->secure ? "PING\r\n" : "HELLO\r\n");
    if (lp_str_starts_nocase(talk->in, "TLS"))
        return LP_AGAIN;
    if (lp_str_starts_nocase(talk->in, "PONG"))
        return LP_DONE;
    return talk->eof ? LP_BAD : LP_MORE;
}

static const struct lp_probe asking = {
    .shape = { .name = "asking", .size = sizeof(struct lp_link), .has_link = true },
    .plain = true,
    .tries = 2,
    .step = step,
};

struct house {
    struct peer_tls tls;
    bool closes; /* the first connection, behind its word */
    bool deaf;   /* the second one */
    int opened;
};

static void serve(int fd, void *arg)
{
    struct house *house = arg;
    if (house->opened++ == 0) {
        peer_expect(fd, "HELLO\r\n");
        peer_say(fd, "TLS");
        if (!house->closes)
            peer_wait_close(fd);
    } else if (!house->deaf) {
        peer_tls_serve(fd, &house->tls);
    }
}

static const struct {
    bool closes, deaf;
    const char *hello;
    enum lp_outcome outcome, tls;
} rows[] = {
    { false, false, "PONG\r\n", LP_OK, LP_OK },
    { true, false, "PONG\r\n", LP_OK, LP_OK },
    { false, false, "NO\r\n", LP_MALFORMED, LP_OK },
    /* once is enough */
    { false, false, "TLS\r\n", LP_MALFORMED, LP_OK },
    { false, true, "", LP_RESET, LP_RESET },
};

START_TEST(under_tls)
{
    struct rig rig;
    struct house house = { .closes = rows[_i].closes, .deaf = rows[_i].deaf };
    peer_tls_init(&house.tls, TLS1_2_VERSION, TLS1_3_VERSION);
    house.tls.hello = rows[_i].hello;
    struct peer *peer = peer_start("127.0.0.1", serve, &house);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &asking, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, rows[_i].outcome);
    ck_outcome(rig_link(&rig)->tls, rows[_i].tls);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert(rig_link(&rig)->plain);
    ck_assert_uint_eq(rig_link(&rig)->chain.n, rows[_i].tls == LP_OK ? 2 : 0);
    ck_assert_int_eq(peer_accepted(peer), 2);
    rig_release(&rig);
    peer_stop(peer);
    peer_tls_release(&house.tls);
}
END_TEST

/* A probe that has no second try only says what it saw. */
START_TEST(not_allowed)
{
    struct rig rig;
    struct house house = { .opened = 0 };
    struct lp_probe once = asking;
    once.tries = 1;
    struct peer *peer = peer_start("127.0.0.1", serve, &house);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &once, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_MALFORMED);
    ck_outcome(rig_link(&rig)->tls, LP_NONE);
    ck_assert_int_eq(peer_accepted(peer), 1);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

Suite *lp_suite_stream_again(void)
{
    Suite *suite = suite_create("stream_again");
    TCase *tests = tcase_create("again");
    tcase_add_unchecked_fixture(tests, rig_warm, NULL);
    tcase_add_loop_test(tests, under_tls, 0, LP_COUNT(rows));
    tcase_add_test(tests, not_allowed);
    suite_add_tcase(suite, tests);
    return suite;
}
