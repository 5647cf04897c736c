/* test_stream_datagram.c - conversations over UDP with a peer in the same thread, in virtual time
 */
#include <check.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lp/stream_conn.h"
#include "peer.h"

Suite *lp_suite_stream_datagram(void);

/* What the peer does when a datagram comes: a word a datagram, the last one for all that follow.
 * "-" nothing, "+" an empty datagram, "*" forty answers; else that is the answer. */
struct act {
    const char *name;
    const char *answers[4];
    enum lp_outcome connect, outcome;
    const char *why;
    const char *heard; /* all datagrams that the peer got */
    lp_usec elapsed;
};

static struct {
    struct rig rig;
    int peer, other; /* the peer's socket, and a stranger's */
    lp_usec clock;
    const struct act *act;
    int turn;
    struct lp_buf heard;
} f;

/* ---- the probe ---- */

struct facts {
    struct lp_link link;
    int64_t content; /* it may end well */
};

static enum lp_next step(struct lp_talk *talk)
{
    static const char *const words[] = { "PING", "", "OTHER", "" };
    struct facts *facts = talk->facts;
    if (talk->eof)
        return facts->content ? LP_DONE : LP_BAD;
    ck_assert(!talk->secure);
    facts->content |= lp_str_eq(talk->in, LP_STR("enough"));
    if (talk->in.n == 0)
        lp_buf_text(talk->out, words[talk->again]);
    else if (lp_str_eq(talk->in, LP_STR("next")))
        lp_buf_text(talk->out, "MORE");
    if (lp_str_eq(talk->in, LP_STR("secure")))
        return LP_SECURE;
    if (lp_str_eq(talk->in, LP_STR("bad")))
        return LP_BAD;
    return lp_str_eq(talk->in, LP_STR("PONG")) ? LP_DONE : LP_MORE;
}

static const struct lp_probe dgram = {
    .shape = { .name = "dgram", .size = sizeof(struct facts), .has_link = true },
    .carrier = LP_CARRY_DATAGRAM,
    .plain = true,
    .step = step,
};

/* ---- the world ---- */

static void answer(const char *word, const struct sockaddr_storage *to, socklen_t size)
{
    int times = word[0] == '*' ? 40 : word[0] != '-';
    size_t n = word[0] == '+' ? 0 : strlen(word);
    for (int i = 0; i < times; i++)
        (void)sendto(f.peer, word, n, 0, (const struct sockaddr *)to, size);
}

static void play_peer(void)
{
    struct sockaddr_storage from;
    socklen_t size = sizeof from;
    char text[32] = "";
    while (f.peer >= 0 && recvfrom(f.peer, text, sizeof text - 1, MSG_DONTWAIT,
                                   (struct sockaddr *)&from, &size) >= 0) {
        lp_buf_printf(&f.heard, "%s%s", f.heard.n ? " " : "", text);
        /* a stranger's answer never arrives */
        ck_assert_int_eq(sendto(f.other, "PONG", 4, 0, (struct sockaddr *)&from, size), 4);
        while (f.turn > 0 && !f.act->answers[f.turn])
            f.turn--;
        answer(f.act->answers[f.turn++], &from, size);
        memset(text, 0, sizeof text);
        size = sizeof from;
    }
}

static void wait_virtual(void *self, struct pollfd *fds, size_t n, lp_usec timeout)
{
    (void)self;
    play_peer();
    if (poll(fds, n, 0) == 0 && timeout > 0)
        f.clock += timeout;
}

static lp_usec now_virtual(void *self)
{
    (void)self;
    return f.clock;
}

static bool random_fixed(void *self, void *bytes, size_t n)
{
    (void)self;
    memset(bytes, 0xa5, n);
    return true;
}

static const struct lp_world world = { .now = now_virtual,
                                       .wait = wait_virtual,
                                       .random = random_fixed };

static int open_socket(int *port)
{
    struct sockaddr_storage ss = { 0 };
    struct lp_addr a;
    uint16_t bound = 0;
    ck_assert(lp_addr_parse(LP_STR("127.0.0.1"), &a));
    socklen_t size = lp_addr_to_sockaddr(&a, 0, &ss);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&ss, size), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&ss, &size), 0);
    ck_assert(lp_addr_from_sockaddr((struct sockaddr *)&ss, &a, &bound));
    *port = bound;
    return fd;
}

static void run(const struct act *act, bool closed)
{
    int port = 0, unused = 0;
    memset(&f, 0, sizeof f);
    f.heard = lp_buf_new(128);
    f.act = act;
    f.clock = 1000000;
    f.peer = open_socket(&port);
    f.other = open_socket(&unused);
    if (closed) {
        close(f.peer);
        f.peer = -1;
    }
    rig_init(&f.rig, 0, NULL);
    f.rig.core.world = &world;
    f.rig.setup.connect_us = 4000000;
    rig_ask(&f.rig, &dgram, "127.0.0.1", port);
    f.rig.job.walk_start = f.clock;
    f.rig.job.deadline = f.clock + 20000000;
    rig_run(&f.rig);
}

static void done(void)
{
    rig_release(&f.rig);
    lp_buf_release(&f.heard);
    if (f.peer >= 0)
        close(f.peer);
    close(f.other);
}

/* ---- the tests ---- */

static const struct act acts[] = {
    { "answer", { "PONG" }, LP_OPEN, LP_OK, NULL, "PING", 0 },
    { "second try", { "-", "PONG" }, LP_OPEN, LP_OK, NULL, "PING PING", 500000 },
    { "third try", { "-", "-", "PONG" }, LP_OPEN, LP_OK, NULL, "PING PING OTHER", 1500000 },
    { "silence", { "-" }, LP_TIMEOUT, LP_TIMEOUT, NULL, "PING PING OTHER OTHER", 4000000 },
    { "dialogue", { "next", "PONG" }, LP_OPEN, LP_OK, NULL, "PING MORE", 0 },
    { "dialogue, lossy", { "next", "-", "PONG" }, LP_OPEN, LP_OK, NULL, "PING MORE MORE", 500000 },
    { "other protocol", { "bad" }, LP_OPEN, LP_MALFORMED, NULL, "PING", 0 },
    { "no TLS here", { "secure" }, LP_OPEN, LP_MALFORMED, NULL, "PING", 0 },
    { "noise",
      { "noise", "-" },
      LP_OPEN,
      LP_TIMEOUT,
      "answer incomplete",
      "PING PING OTHER OTHER",
      5000000 },
    { "enough at the end",
      { "enough", "-" },
      LP_OPEN,
      LP_OK,
      NULL,
      "PING PING OTHER OTHER",
      5000000 },
    { "empty", { "+", "PONG" }, LP_OPEN, LP_OK, NULL, "PING PING", 500000 },
    { "flood", { "*" }, LP_OPEN, LP_MALFORMED, "limit 32 datagrams", "PING", 0 },
};

START_TEST(conversation)
{
    const struct act *act = &acts[_i];
    run(act, false);
    ck_outcome(f.rig.evidence.outcome, act->outcome);
    ck_outcome(rig_link(&f.rig)->connect, act->connect);
    ck_outcome(rig_link(&f.rig)->tls, LP_NONE);
    ck_assert(rig_link(&f.rig)->plain);
    ck_says(f.rig.evidence.why, act->why);
    ck_assert_str_eq(f.heard.p, act->heard);
    ck_assert_int_eq(f.rig.evidence.elapsed, act->elapsed);
    /* The answer comes at once when it comes, and the time counts from the last words. */
    ck_assert_int_eq(rig_link(&f.rig)->connect_us, act->connect == LP_OPEN ? 0 : -1);
    done();
}
END_TEST

START_TEST(refused)
{
    static const struct act act = { .answers = { "-" } };
    run(&act, true);
    ck_outcome(f.rig.evidence.outcome, LP_REFUSED);
    ck_outcome(rig_link(&f.rig)->connect, LP_REFUSED);
    ck_says(f.rig.evidence.why, "errno ECONNREFUSED");
    ck_assert_int_eq(rig_link(&f.rig)->connect_us, -1);
    done();
}
END_TEST

/* A job that is cancelled says nothing more, and tells how far it had come. */
START_TEST(cancelled)
{
    static const struct act act = { .answers = { "-" } };
    int port = 0;
    memset(&f, 0, sizeof f);
    f.heard = lp_buf_new(128);
    f.act = &act;
    f.peer = open_socket(&port);
    f.other = open_socket(&(int){ 0 });
    rig_init(&f.rig, 0, NULL);
    f.rig.core.world = &world;
    rig_ask(&f.rig, &dgram, "127.0.0.1", port);
    f.rig.job.deadline = 20000000;
    f.rig.engine.start(f.rig.engine.self, &f.rig.job);
    f.rig.engine.cancel(f.rig.engine.self, &f.rig.job);
    play_peer();
    ck_assert_str_eq(f.heard.p, "PING");
    ck_outcome(rig_link(&f.rig)->connect, LP_TIMEOUT);
    ck_assert_int_eq(f.rig.ended, 0);
    done();
}
END_TEST

START_TEST(guarded)
{
    struct rig rig;
    rig_init(&rig, RIG_GUARDED, NULL);
    rig_ask(&rig, &dgram, "127.0.0.1", 3478);
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_BLOCKED);
    ck_says(rig.evidence.why, "guard loopback");
    rig_release(&rig);
}
END_TEST

Suite *lp_suite_stream_datagram(void)
{
    Suite *suite = suite_create("stream_datagram");
    TCase *tcase = tcase_create("datagram");
    tcase_add_unchecked_fixture(tcase, rig_warm, NULL);
    tcase_add_loop_test(tcase, conversation, 0, LP_COUNT(acts));
    tcase_add_test(tcase, refused);
    tcase_add_test(tcase, cancelled);
    tcase_add_test(tcase, guarded);
    suite_add_tcase(suite, tcase);
    return suite;
}
