/* test_stream_engine.c - connections that are not opened, blocked or cancelled */
#include <check.h>
#include <sys/resource.h>

#include "peer.h"

Suite *lp_suite_stream_engine(void);

START_TEST(refused)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_free_port());
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
    struct peer *peer = peer_start("127.0.0.1", peer_serve_close, NULL);
    rig_init(&rig, RIG_GUARDED, NULL);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
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
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_free_port());
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
    rig_ask(&rig, &rig_ping, "127.0.0.1", port);
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

START_TEST(connect_timeout)
{
    struct rig rig;
    int fds[PEER_STUCK];
    int port = peer_stuck_port(fds);
    rig_init(&rig, 0, NULL);
    rig.setup.connect_us = 30000;
    rig_ask(&rig, &rig_ping, "127.0.0.1", port);
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_TIMEOUT);
    ck_outcome(rig_link(&rig)->connect, LP_TIMEOUT);
    ck_assert_ptr_null(rig.evidence.why.p);
    rig_ask(&rig, &rig_ping, "127.0.0.1", port);
    rig.job.deadline = rig.job.walk_start + 20000;
    rig_run(&rig);
    ck_outcome(rig.evidence.outcome, LP_TIMEOUT);
    ck_says(rig.evidence.why, "deadline");
    ck_assert_int_ge(rig.evidence.elapsed, 15000);
    peer_unstick(fds);
    rig_release(&rig);
}
END_TEST

START_TEST(many_at_once)
{
    struct rig rig;
    struct peer *peer = peer_start("127.0.0.1", peer_serve_text, PEER_TEXT("PONG\r\n"));
    rig_init(&rig, 0, NULL);
    rig.job.ask.plain = true;
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
    rig_run_many(&rig, 40, LP_OK);
    ck_assert_int_eq(peer_accepted(peer), 40);
    rig_release(&rig);
    peer_stop(peer);
}
END_TEST

START_TEST(cancelled)
{
    struct rig rig;
    struct lp_pollset set = { .until = INT64_MAX };
    struct peer *peer = peer_start("127.0.0.1", peer_serve_silence, NULL);
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_ping, "127.0.0.1", peer_port(peer));
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

Suite *lp_suite_stream_engine(void)
{
    Suite *suite = suite_create("stream_engine");
    TCase *tcp = tcase_create("tcp");
    tcase_add_unchecked_fixture(tcp, rig_warm, NULL);
    tcase_add_test(tcp, refused);
    tcase_add_test(tcp, blocked);
    tcase_add_test(tcp, past_deadline);
    tcase_add_test(tcp, no_descriptors);
    tcase_add_test(tcp, connect_timeout);
    tcase_add_test(tcp, many_at_once);
    tcase_add_test(tcp, cancelled);
    suite_add_tcase(suite, tcp);
    return suite;
}
