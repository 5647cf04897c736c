/* test_stream_tries.c - conversations that take more than one connection */
#include <arpa/inet.h>
#include <check.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "peer.h"

Suite *lp_suite_stream_tries(void);

/* ---- a second connection ---- */

static enum lp_next knock(struct lp_talk *talk)
{
    if (talk->in.n == 0 && talk->eof)
        return LP_AGAIN;
    if (talk->in.n == 0)
        lp_buf_text(talk->out, talk->again ? "PING\r\n" : "HELLO\r\n");
    return lp_str_starts_nocase(talk->in, "PONG") ? LP_DONE : LP_MORE;
}

static const struct lp_probe knocking = {
    .shape = { .name = "knock", .size = sizeof(struct lp_link), .has_link = true },
    .plain = true,
    .tries = 2,
    .step = knock,
};

struct door {
    bool silent; /* at the first connection; else it closes */
    const char *answer;
    int opened;
};

static void serve_door(int fd, void *arg)
{
    struct door *door = arg;
    if (door->opened++ > 0 && peer_expect(fd, "PING\r\n"))
        peer_say(fd, door->answer);
    else if (door->silent)
        peer_wait_close(fd);
    else
        peer_serve_close(fd, NULL);
}

static const struct {
    struct door door;
    enum lp_outcome outcome;
    const char *why;
} doors[] = {
    { { false, "PONG", 0 }, LP_OK, NULL },
    { { true, "PONG", 0 }, LP_OK, NULL },
    { { true, "", 0 }, LP_RESET, "closed without an answer" },
    { { false, "PUNG", 0 }, LP_MALFORMED, "answer incomplete" },
};

START_TEST(second_try)
{
    struct rig rig;
    struct door door = doors[_i].door;
    struct peer *peer = peer_start("127.0.0.1", serve_door, &door);
    rig_init(&rig, 0, NULL);
    rig.setup.http_us = door.silent ? 400000 : 5000000;
    rig_ask(&rig, &knocking, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, doors[_i].outcome);
    ck_says(rig.evidence.why, doors[_i].why);
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert_int_ge(rig_link(&rig)->connect_us, 0);
    ck_assert_int_eq(peer_accepted(peer), 2);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* No second connection in vain: the walk has no time left for it. */
START_TEST(second_try_too_late)
{
    struct rig rig;
    struct door door = { .silent = true, .answer = "PONG" };
    struct peer *peer = peer_start("127.0.0.1", serve_door, &door);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &knocking, "127.0.0.1", peer_port(peer));
    rig.job.deadline = rig.job.walk_start + 30000;
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_TIMEOUT);
    ck_assert_int_eq(peer_accepted(peer), 1);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* Both doors are shut without a word: it is told as of the last. */
START_TEST(second_try_in_vain)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", peer_serve_close, NULL);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &knocking, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_RESET);
    ck_says(rig.evidence.why, "closed without an answer");
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    ck_assert_int_eq(peer_accepted(peer), 2);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

/* Takes one connection, shuts the door for others, and then that one. */
static void *serve_once(void *arg)
{
    int door = *(int *)arg;
    int fd = accept(door, NULL, NULL);
    close(door);
    peer_serve_close(fd, NULL);
    close(fd);
    return NULL;
}

/* No second connection: it is told as of the first. */
START_TEST(second_try_refused)
{
    struct rig rig;
    pthread_t thread;
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t size = sizeof at;
    int door = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(bind(door, (struct sockaddr *)&at, size), 0);
    ck_assert_int_eq(listen(door, 1), 0);
    ck_assert_int_eq(getsockname(door, (struct sockaddr *)&at, &size), 0);
    ck_assert_int_eq(pthread_create(&thread, NULL, serve_once, &door), 0);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &knocking, "127.0.0.1", ntohs(at.sin_port));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_RESET);
    ck_says(rig.evidence.why, "closed without an answer");
    ck_outcome(rig_link(&rig)->connect, LP_OPEN);
    rig_release(&rig);
    pthread_join(thread, NULL);
}
END_TEST

/* ---- several connections ---- */

/* After each answer one more connection; a peer that closes without a word has had enough. */
static enum lp_next ring(struct lp_talk *talk)
{
    if (talk->in.n == 0 && talk->eof)
        return LP_DONE;
    if (talk->in.n == 0)
        lp_buf_text(talk->out, "PING\r\n");
    return talk->in.n ? LP_AGAIN : LP_MORE;
}

static const struct lp_probe ringing = {
    .shape = { .name = "ring", .size = sizeof(struct lp_link), .has_link = true },
    .plain = true,
    .tries = 5,
    .step = ring,
};

struct bell {
    int patience; /* connections that are answered */
    int rung;
};

static void serve_bell(int fd, void *arg)
{
    struct bell *bell = arg;
    if (peer_expect(fd, "PING\r\n") && bell->rung++ < bell->patience)
        peer_say(fd, "WHO?");
}

static const struct {
    int patience, connections;
    enum lp_outcome outcome;
} bells[] = {
    { 0, 1, LP_OK },
    { 1, 2, LP_OK },
    { 3, 4, LP_OK },
    /* no try is left */
    { 9, 5, LP_MALFORMED },
};

START_TEST(rings)
{
    struct rig rig;
    struct bell bell = { bells[_i].patience, 0 };
    struct peer *peer = peer_start("127.0.0.1", serve_bell, &bell);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &ringing, "127.0.0.1", peer_port(peer));
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, bells[_i].outcome);
    ck_assert_int_eq(peer_accepted(peer), bells[_i].connections);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

Suite *lp_suite_stream_tries(void)
{
    Suite *suite = suite_create("stream_tries");
    TCase *tcase = tcase_create("again");
    tcase_add_unchecked_fixture(tcase, rig_warm, NULL);
    tcase_add_loop_test(tcase, second_try, 0, LP_COUNT(doors));
    tcase_add_test(tcase, second_try_too_late);
    tcase_add_test(tcase, second_try_in_vain);
    tcase_add_test(tcase, second_try_refused);
    tcase_add_loop_test(tcase, rings, 0, LP_COUNT(bells));
    suite_add_tcase(suite, tcase);
    return suite;
}
