/* test_rows_ports.c - ports that a topology asks for */
#include <check.h>
#include <string.h>

#include "rows_rig.h"

Suite *lp_suite_rows_ports(void);

enum flag { NOTHING, CLOSED = 1, RESERVED = 2, MUTUAL = 4, OPTIONAL = 8, TWO = 16, SIP = 32 };

static const struct {
    const char *what;
    const char *line; /* what the port says; NULL: refused */
    int flags;        /* TWO: 445 will do as well */
    const char *state;
} rows[] = {
    { "open", "tcp 10.0.0.11:444 tls=pool\n", NOTHING, "met" },
    { "closed", NULL, NOTHING, "unmet LP-PORT-CLOSED" },
    { "filtered", "tcp 10.0.0.11:444 timeout\n", NOTHING, "unmet LP-PORT-FILTERED" },
    { "unreachable", "tcp 10.0.0.11:444 unreachable\n", NOTHING, "unmet LP-PORT-UNREACHABLE" },
    { "no TLS", "tcp 10.0.0.11:444 garbage\n", NOTHING, "unmet LP-TLS-NOT-TLS" },
    { "stalled", "tcp 10.0.0.11:444 stuck\n", NOTHING, "unmet LP-TLS-STALLED" },
    { "old TLS", "tcp 10.0.0.11:444 tls=pool v=TLSv1\n", NOTHING, "unmet LP-TLS-OLD" },
    { "not tried", "tcp 10.0.0.11:444 not-tried\n", NOTHING, "undecided" },
    { "off, and closed", NULL, CLOSED, "met" },
    { "off, and silent", "tcp 10.0.0.11:444 timeout\n", CLOSED, "met" },
    { "off, and open", "tcp 10.0.0.11:444 tls=pool\n", CLOSED, "unmet LP-PORT-UNEXPECTED" },
    { "reserved, and closed", NULL, RESERVED, "met" },
    { "reserved, and open", "tcp 10.0.0.11:444 tls=pool\n", RESERVED, "met" },
    { "optional, and closed", NULL, OPTIONAL, "met" },
    { "mutual, refuses strangers", "tcp 10.0.0.11:444 tls=pool mtls\n", MUTUAL, "met" },
    { "mutual, asks", "tcp 10.0.0.11:444 tls=pool asks\n", MUTUAL, "met" },
    { "either, the first", "tcp 10.0.0.11:444 tls=pool\n", TWO, "met" },
    { "either, the second", "tcp 10.0.0.11:445 tls=pool\n", TWO, "met" },
    { "neither", NULL, TWO, "unmet LP-PORT-CLOSED" },
    { "SIP", "tcp 10.0.0.11:444 tls=pool sip=401\n", SIP, "met" },
    { "no SIP", "tcp 10.0.0.11:444 tls=pool not-sip\n", SIP, "unmet LP-SIP-NOT-SIP" },
    { "SIP that refuses all", "tcp 10.0.0.11:444 tls=pool sip=403\n", SIP, "unmet LP-SIP-STATUS" },
    { "SIP behind a demand for a certificate", "tcp 10.0.0.11:444 tls=pool mtls\n", SIP,
      "unmet LP-TLS-CLIENT-CERT" },
};

static struct lp_expectation *add_row(struct rig *rig, int flags)
{
    struct lp_expectation *row = rig_port(rig, "pool", 444, "10.0.0.11");
    row->port.closed = flags & CLOSED;
    row->port.reserved = flags & RESERVED;
    row->port.mutual = flags & MUTUAL;
    row->optional = flags & OPTIONAL;
    row->port.ports[1] = flags & TWO ? 445 : 0;
    row->port.probe = flags & SIP ? "sip" : "mtls";
    row->title = "conference control";
    return row;
}

START_TEST(each_port)
{
    struct rig rig;
    rig_begin(&rig, "in", rows[_i].line);
    const struct lp_expectation *row = add_row(&rig, rows[_i].flags);
    const char *ids = rig_judge(&rig);
    const char *state = rig_state(&rig, row);
    size_t n = strlen(rows[_i].state);
    ck_assert_msg(strncmp(state, rows[_i].state, n) == 0, "%s: %s, with %s", rows[_i].what, state,
                  ids);
    rig_end(&rig);
}
END_TEST

START_TEST(listed_with_the_reason)
{
    struct rig rig;
    rig_begin(&rig, "in", NULL);
    struct lp_expectation *row = rig_port(&rig, "pool", 444, "10.0.0.11");
    row->skip = "per session";
    ck_assert_str_eq(rig_judge(&rig), "LP-WALK-OK(i)");
    ck_assert_str_eq(rig_state(&rig, row), "listed");
    const struct lp_expect_results *results = &rig.judgement.expectations;
    ck_assert_str_eq(results->at[0].observed.p, "per session");
    ck_assert_uint_eq(lp_expect_total(results), 0);
    rig_end(&rig);
}
END_TEST

START_TEST(the_other_view_is_left_out)
{
    struct rig rig;
    rig_begin(&rig, "in", NULL);
    struct lp_expectation *row = rig_port(&rig, "access", 443, "203.0.113.10");
    row->internal = false;
    rig_judge(&rig);
    ck_assert_str_eq(rig_state(&rig, row), "none");
    rig_end(&rig);
}
END_TEST

START_TEST(words_of_a_finding)
{
    struct rig rig;
    rig_begin(&rig, "in", NULL);
    rig_port(&rig, "pool", 444, "10.0.0.11");
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-PORT-CLOSED", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->subject.p, "pool.contoso.example:444 10.0.0.11");
    ck_assert_str_eq(f->expected.p, "TCP port 444 open");
    ck_assert_str_eq(f->role, "front-end");
    ck_assert_str_eq(f->place.p, "contoso.yaml:1");
    ck_assert(f->severity == LP_CRITICAL);
    ck_assert_int_eq(rig.judgement.exit_code, 2);
    ck_assert(stage_holds(rig.judgement.sentence, "can sign in"));
    ck_assert(stage_holds(rig.judgement.sentence, "0 of 1 expectations are met"));
    rig_end(&rig);
}
END_TEST

/* ---- pools ---- */

static const int64_t ports[] = { 444, 5062, 5065, 8057 };

/* Rows of a pool with three nodes, 10.0.0.41 to 43. */
static void add_pool(struct rig *rig, struct lp_expectation **out)
{
    static const char *const nodes[] = { "10.0.0.41", "10.0.0.42", "10.0.0.43" };
    for (size_t p = 0; p < LP_COUNT(ports); p++) {
        for (size_t i = 0; i < LP_COUNT(nodes); i++) {
            char host[4] = { 'f', 'e', (char)('1' + i), '\0' };
            struct lp_expectation *row = rig_port(rig, host, ports[p], nodes[i]);
            row->row = (int)p + 1;
            row->title = "service";
            row->port.mutual = true;
            *out++ = row;
        }
    }
}

#define NODE(n, words)                                                    \
    "tcp 10.0.0.4" n ":444 " words "\ntcp 10.0.0.4" n ":5062 " words "\n" \
    "tcp 10.0.0.4" n ":5065 " words "\ntcp 10.0.0.4" n ":8057 " words "\n"

#define SERVICE_DOWN               \
    "tcp 10.0.0.41:5065 refused\n" \
    "tcp 10.0.0.42:5065 refused\n" \
    "tcp 10.0.0.43:5065 refused\n"

static size_t count_roots(const struct lp_judgement *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->finding_count; i++)
        n += j->findings[i].cause == SIZE_MAX && j->findings[i].severity != LP_INFO;
    return n;
}

/* One trouble is one finding, whatever number of doors it closes. */
static const struct {
    const char *what, *changes;
    const char *first;
    size_t unmet;
} pools[] = {
    { "healthy", NODE("1", "tls=pool") NODE("2", "tls=pool") NODE("3", "tls=pool"), NULL, 0 },
    { "one node closed", NODE("1", "tls=pool") NODE("2", "refused") NODE("3", "tls=pool"),
      "LP-PORT-POOL-PARTIAL", 4 },
    { "one node silent", NODE("1", "tls=pool") NODE("2", "tls=pool") NODE("3", "timeout"),
      "LP-PORT-POOL-PARTIAL", 4 },
    { "two of three", NODE("1", "tls=pool") NODE("2", "refused") NODE("3", "refused"),
      "LP-PORT-POOL-PARTIAL", 8 },
    { "all of them", NODE("1", "refused") NODE("2", "refused") NODE("3", "refused"),
      "LP-PORT-CLOSED", 12 },
    { "all of them silent", NODE("1", "timeout") NODE("2", "timeout") NODE("3", "timeout"),
      "LP-PORT-FILTERED", 12 },
    { "one service of all",
      NODE("1", "tls=pool") NODE("2", "tls=pool") NODE("3", "tls=pool") SERVICE_DOWN,
      "LP-PORT-CLOSED", 3 },
    { "handshakes of all", NODE("1", "cut") NODE("2", "cut") NODE("3", "cut"), "LP-TLS-RESET", 12 },
};

START_TEST(one_trouble_is_one_finding)
{
    struct rig rig;
    struct lp_expectation *out[12];
    rig_begin(&rig, "in", pools[_i].changes);
    add_pool(&rig, out);
    const char *ids = rig_judge(&rig);
    ck_assert_msg(count_roots(&rig.judgement) == (pools[_i].first ? 1 : 0), "%s: %s",
                  pools[_i].what, ids);
    if (pools[_i].first)
        ck_assert_str_eq(rig.judgement.findings[0].rule->id, pools[_i].first);
    ck_assert_uint_eq(rig.judgement.expectations.count[LP_UNMET], pools[_i].unmet);
    ck_assert_uint_eq(rig.judgement.expectations.count[LP_MET], 12 - pools[_i].unmet);
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_rows_ports(void)
{
    Suite *suite = suite_create("rows_ports");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, each_port, 0, (int)LP_COUNT(rows));
    tcase_add_test(tests, listed_with_the_reason);
    tcase_add_test(tests, the_other_view_is_left_out);
    tcase_add_test(tests, words_of_a_finding);
    tcase_add_loop_test(tests, one_trouble_is_one_finding, 0, (int)LP_COUNT(pools));
    suite_add_tcase(suite, tests);
    return suite;
}
