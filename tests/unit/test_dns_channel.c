/* test_dns_channel.c - c-ares with nothing of its own: no EDNS state, no environment */
#include <check.h>
#include <stdlib.h>

#include "dns_bench.h"
#include "lp/dns_channel.h"

Suite *lp_suite_dns_channel(void);

START_TEST(edns_and_plain)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    bench_ask(&b, &one, "formerr.test");
    ck_assert_uint_eq(b.peer[0].seen, 2);
    ck_assert_uint_eq(b.peer[0].with_opt, 1);
    /* One server's FORMERR to one question changes nothing for the next one. */
    bench_ask(&b, &one, "big.test");
    ck_assert_uint_eq(b.peer[0].with_opt, 2);
    ck_assert_uint_eq(one.facts.rrs.n, 40);
    bench_close(&b);
}
END_TEST

/* RES_OPTIONS, LOCALDOMAIN and HOSTALIASES are for the system's resolver. */
START_TEST(environment_has_no_effect)
{
    struct bench b;
    struct one one;

    ck_assert_int_eq(setenv("RES_OPTIONS", "ndots:15 retrans:1 retry:9 timeout:1 attempts:9", 1),
                     0);
    ck_assert_int_eq(setenv("LOCALDOMAIN", "evil.example", 1), 0);
    ck_assert_int_eq(setenv("HOSTALIASES", "/nonexistent", 1), 0);
    bench_open(&b);
    bench_ask(&b, &one, "nx");
    ck_assert_int_eq(one.evidence.outcome, LP_NXDOMAIN);
    ck_assert_uint_eq(b.peer[0].seen, 1);
    bench_ask(&b, &one, "silent.test");
    ck_assert_int_eq(one.evidence.elapsed, DNS_US);
    ck_assert_uint_eq(b.peer[0].seen, 4);
    bench_close(&b);
    unsetenv("RES_OPTIONS");
    unsetenv("LOCALDOMAIN");
    unsetenv("HOSTALIASES");
}
END_TEST

Suite *lp_suite_dns_channel(void)
{
    Suite *suite = suite_create("dns_channel");
    TCase *tc = tcase_create("c-ares");

    tcase_add_test(tc, edns_and_plain);
    tcase_add_test(tc, environment_has_no_effect);
    suite_add_tcase(suite, tc);
    return suite;
}
