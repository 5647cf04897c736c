/* test_dns_server.c - addresses of one name server, closed ports, our ports */
#include <check.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dns_bench.h"
#include "lp/dns_server.h"

Suite *lp_suite_dns_server(void);

/* ---- sockets
 * ------------------------------------------------------------------------------------
 */

START_TEST(closed_port)
{
    struct bench b;
    struct one one[2];
    char text[32];

    bench_open(&b);
    ck_assert(dns_peer_closed_port(text, sizeof(text)));
    b.addresses[0] = lp_str_of(text);
    bench_start(&b, &one[0], "ok.test");
    bench_start(&b, &one[1], "nx.test");
    bench_run(&b, 2);
    for (size_t i = 0; i < LP_COUNT(one); i++) {
        ck_assert_int_eq(one[i].evidence.outcome, LP_TIMEOUT);
        bench_assert_why(&one[i], "errno ECONNREFUSED");
        ck_assert_int_eq(one[i].evidence.elapsed, DNS_US);
        ck_assert_int_eq(one[i].facts.tries, 3);
        ck_assert_int_eq(one[i].facts.rcode, -1);
    }
    bench_close(&b);
}
END_TEST

START_TEST(no_descriptor_is_not_tried)
{
    struct bench b;
    struct one one;
    struct rlimit old, none;

    bench_open(&b);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &old), 0);
    none = (struct rlimit){ .rlim_cur = 0, .rlim_max = old.rlim_max };
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    bench_start(&b, &one, "ok.test");
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &old), 0);
    ck_assert_uint_eq(b.ended, 1);
    ck_assert_int_eq(one.evidence.outcome, LP_NOT_TRIED);
    bench_assert_why(&one, "local EMFILE");
    ck_assert_int_eq(one.facts.tries, 0);
    /* With descriptors again all is well. */
    bench_ask(&b, &one, "ok.test");
    ck_assert_int_eq(one.evidence.outcome, LP_ANSWER);
    bench_close(&b);
}
END_TEST

/* ---- several addresses
 * --------------------------------------------------------------------------
 */

static const struct second_row {
    const char *name;
    enum lp_outcome outcome;
    lp_usec elapsed;
    int64_t tries;
    int from;
} second_rows[] = {
    { "ok.test", LP_ANSWER, 0, 1, 0 },
    { "nx.test", LP_NXDOMAIN, 0, 1, 0 },
    { "servfail.test", LP_SERVFAIL, 0, 2, 1 },
    { "refused.test", LP_REFUSED, 0, 2, 1 },
    { "tc.test", LP_ANSWER, 0, 1, 0 },
    { "drop1.test", LP_ANSWER, FIRST_US + SECOND_US, 3, 0 },
};

START_TEST(two_addresses)
{
    const struct second_row *row = &second_rows[_i];
    struct bench b;
    struct one one;

    bench_open(&b);
    b.server.addresses.n = 2;
    bench_ask(&b, &one, row->name);
    ck_assert_str_eq(lp_outcome_word(one.evidence.outcome), lp_outcome_word(row->outcome));
    ck_assert_int_eq(one.evidence.elapsed, row->elapsed);
    ck_assert_int_eq(one.facts.tries, row->tries);
    bench_assert_from(&one, &b.peer[row->from]);
    bench_close(&b);
}
END_TEST

START_TEST(second_address_after_refused_port)
{
    struct bench b;
    struct one one;
    char text[32];

    bench_open(&b);
    ck_assert(dns_peer_closed_port(text, sizeof(text)));
    b.addresses[0] = lp_str_of(text);
    b.server.addresses.n = 2;
    bench_ask(&b, &one, "ok.test");
    ck_assert_int_eq(one.evidence.outcome, LP_ANSWER);
    ck_assert_int_eq(one.evidence.elapsed, 0);
    ck_assert_int_eq(one.facts.tries, 2);
    bench_assert_from(&one, &b.peer[1]);
    bench_close(&b);
}
END_TEST

START_TEST(second_address_when_the_first_is_silent)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    b.server.addresses.n = 2;
    b.pw.n = 0; /* nobody serves the first one */
    b.pw.peers[b.pw.n++] = &b.peer[1];
    bench_ask(&b, &one, "ok.test");
    ck_assert_int_eq(one.evidence.outcome, LP_ANSWER);
    ck_assert_int_eq(one.evidence.elapsed, FIRST_US);
    bench_assert_from(&one, &b.peer[1]);
    bench_close(&b);
}
END_TEST

/* SERVFAIL of the first, silence of the second: SERVFAIL is what there is to tell. */
START_TEST(the_first_servfail_is_kept)
{
    struct bench b;
    struct one one;

    bench_open(&b);
    b.server.addresses.n = 2;
    b.pw.n = 1;
    b.deadline = b.pw.clock + 7000;
    bench_ask(&b, &one, "servfail.test");
    ck_assert_int_eq(one.evidence.outcome, LP_SERVFAIL);
    bench_assert_from(&one, &b.peer[0]);
    bench_close(&b);
}
END_TEST

/* A port that was seen for long is given up, even when there is always a question open.
 */
START_TEST(ports_change)
{
    struct bench b;
    struct one one, open;
    size_t same = 0;

    bench_open(&b);
    b.setup.dns_us = (lp_usec)1 << 40;
    bench_start(&b, &open, "silent.test");
    bench_ask(&b, &one, "ok.test");
    uint16_t first = b.peer[0].from[0];
    while (same < 2000 && b.peer[0].from[1] == first) {
        b.peer[0].seen = 1;
        bench_ask(&b, &one, "ok.test");
        ck_assert_int_eq(one.evidence.outcome, LP_ANSWER);
        same++;
    }
    ck_assert_uint_eq(same, 1000 - 1);
    bench_close(&b);
}
END_TEST

static const struct text_row {
    const char *text;
    bool ok;
    uint8_t family;
    uint16_t port;
} text_rows[] = {
    { "192.0.2.53:53", true, 4, 53 },
    { "[2001:db8::53]:5353", true, 6, 5353 },
    { "192.0.2.53:65535", true, 4, 65535 },
    { "192.0.2.53:65536", false, 0, 0 },
    { "192.0.2.53:", false, 0, 0 },
    { "192.0.2.53", false, 0, 0 },
    { "192.0.2.53:0", false, 0, 0 },
    { "[2001:db8::53]", false, 0, 0 },
    { ":53", false, 0, 0 },
    { "", false, 0, 0 },
    { "ns.example:53", false, 0, 0 },
};

START_TEST(server_texts)
{
    const struct text_row *row = &text_rows[_i];
    struct lp_dns_server server;

    ck_assert_int_eq(lp_dns_server_init(&server, lp_str_of(row->text)), row->ok);
    if (!row->ok)
        return;
    ck_assert_int_eq(server.address.family, row->family);
    ck_assert_int_eq(server.port, row->port);
    ck_assert_str_eq(server.text, row->text);
    lp_dns_server_release(&server);
}
END_TEST

/* Over IPv6 where the machine has it; else the question was not tried, and the word says
 * why. */
START_TEST(ipv6)
{
    struct sockaddr_in6 at = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    socklen_t n = sizeof(at);
    int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    bool have = fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0 &&
                getsockname(fd, (struct sockaddr *)&at, &n) == 0;
    unsigned char bytes[512];
    struct bench b;
    struct one one;

    bench_open(&b);
    b.addresses[0] =
        lp_arena_printf(&b.arena, "[::1]:%u", have ? (unsigned)ntohs(at.sin6_port) : 53U);
    bench_start(&b, &one, "ok.test");
    if (have) {
        /* c-ares 1.34 adds a cookie */
        ck_assert_int_ge(recv(fd, bytes, sizeof(bytes), 0), 12 + 9 + 4 + 11);
    } else {
        ck_assert_int_eq(one.evidence.outcome, LP_NOT_TRIED);
        ck_assert(lp_str_starts_nocase(one.evidence.why, "local E"));
    }
    bench_close(&b);
    if (fd >= 0)
        close(fd);
}
END_TEST

Suite *lp_suite_dns_server(void)
{
    Suite *suite = suite_create("dns_server");
    TCase *tc = tcase_create("addresses");

    tcase_add_test(tc, closed_port);
    tcase_add_test(tc, no_descriptor_is_not_tried);
    tcase_add_loop_test(tc, two_addresses, 0, (int)LP_COUNT(second_rows));
    tcase_add_test(tc, second_address_after_refused_port);
    tcase_add_test(tc, second_address_when_the_first_is_silent);
    tcase_add_test(tc, the_first_servfail_is_kept);
    tcase_add_test(tc, ports_change);
    tcase_add_loop_test(tc, server_texts, 0, (int)LP_COUNT(text_rows));
    tcase_add_test(tc, ipv6);
    suite_add_tcase(suite, tc);
    return suite;
}
