/* test_stream_link.c - what a connection that cannot be opened is called */
#include <check.h>
#include <errno.h>

#include "lp/stream_link.h"
#include "peer.h"

Suite *lp_suite_stream_link(void);

static const struct {
    int error;
    bool at_once;
    enum lp_outcome connect;
    const char *why;
} errors[] = {
    { ECONNREFUSED, true, LP_REFUSED, "errno ECONNREFUSED" },
    { ECONNREFUSED, false, LP_REFUSED, "errno ECONNREFUSED" },
    { ETIMEDOUT, false, LP_TIMEOUT, "errno ETIMEDOUT" },
    { ECONNRESET, false, LP_RESET, "errno ECONNRESET" },
    { EHOSTUNREACH, true, LP_UNREACHABLE, "errno EHOSTUNREACH" },
    { EHOSTUNREACH, false, LP_UNREACHABLE, "errno EHOSTUNREACH" },
    { ENETUNREACH, true, LP_NOT_TRIED, "local ENETUNREACH" },
    { ENETUNREACH, false, LP_UNREACHABLE, "errno ENETUNREACH" },
    { EACCES, true, LP_NOT_TRIED, "local EACCES" },
    { EACCES, false, LP_UNREACHABLE, "errno EACCES" },
    { EADDRNOTAVAIL, true, LP_NOT_TRIED, "local EADDRNOTAVAIL" },
    { EMFILE, true, LP_NOT_TRIED, "local EMFILE" },
    { EPERM, true, LP_NOT_TRIED, "local EPERM" },
};

START_TEST(connect_words)
{
    struct rig rig;
    rig_init(&rig, 0, NULL);
    rig_ask(&rig, &rig_hello, "127.0.0.1", 1);
    ck_assert_str_eq(lp_link_failed(&rig.job, errors[_i].error, errors[_i].at_once),
                     errors[_i].why);
    ck_outcome(rig_link(&rig)->connect, errors[_i].connect);
    rig_release(&rig);
}
END_TEST

Suite *lp_suite_stream_link(void)
{
    Suite *suite = suite_create("stream_link");
    TCase *all = tcase_create("stream_link");
    tcase_add_unchecked_fixture(all, rig_warm, NULL);
    tcase_add_loop_test(all, connect_words, 0, LP_COUNT(errors));
    suite_add_tcase(suite, all);
    return suite;
}
