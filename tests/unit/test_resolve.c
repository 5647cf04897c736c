/* test_resolve.c - aliases followed through all answers of the log */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "logs.h"
#include "lp/plan.h"

Suite *lp_suite_resolve(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

static struct lp_resolved resolve(const char *type, const char *name)
{
    struct lp_resolved out;
    struct lp_resolved q = { .name = logs_name(&l, lp_str_of(name)),
                             .type = lp_dns_type_from(lp_str_of(type)) };
    lp_resolve(&l.log, &l.arena, &q, &out);
    return out;
}

/* One message that answers all: outcome and number of records as the client sees them. */
static const struct {
    const char *answer;
    enum lp_outcome outcome;
    size_t records, hops;
    bool dangling;
} messages[] = {
    { "203.0.113.1", LP_ANSWER, 1, 0, false },
    { "203.0.113.1; 203.0.113.2", LP_ANSWER, 2, 0, false },
    { "alias b; 203.0.113.1", LP_ANSWER, 1, 1, false },
    { "alias b; alias c; 203.0.113.1", LP_ANSWER, 1, 2, false },
    { "nodata", LP_NODATA, 0, 0, false },
    { "nxdomain", LP_NXDOMAIN, 0, 0, false },
    { "servfail", LP_SERVFAIL, 0, 0, false },
    { "refused", LP_REFUSED, 0, 0, false },
    { "timeout", LP_TIMEOUT, 0, 0, false },
    { "malformed", LP_MALFORMED, 0, 0, false },
    { "not-tried", LP_NOT_TRIED, 0, 0, false },
    { "blocked", LP_BLOCKED, 0, 0, false },
    { "crashed", LP_CRASHED, 0, 0, false },
    { "alias gone; nxdomain", LP_NXDOMAIN, 0, 1, true },
    { "alias empty; nodata", LP_NODATA, 0, 1, true },
    { "alias b; servfail", LP_SERVFAIL, 0, 1, false },
    /* the SOA says that nothing follows (RFC 2308) */
    { "alias empty; soa", LP_NODATA, 0, 1, true },
    /* records of other types and names are no answer */
    { "2001:db8::1", LP_NODATA, 0, 0, false },
};

/* The end of an alias that is there, only without that service. */
START_TEST(alias_without_service)
{
    logs_dns(&l, "SRV _sip._tls", "alias www; nodata");
    struct lp_resolved r = resolve("SRV", "_sip._tls");
    ck_assert_int_eq(r.outcome, LP_NODATA);
    ck_assert_uint_eq(r.hop_count, 1);
    ck_assert(!r.dangling);
}
END_TEST

START_TEST(of_one_message)
{
    struct lp_evidence *e = logs_dns(&l, "A a", messages[_i].answer);
    struct lp_resolved r = resolve("A", "a");
    ck_assert_int_eq(r.outcome, messages[_i].outcome);
    ck_assert_uint_eq(r.record_count, messages[_i].records);
    ck_assert_uint_eq(r.hop_count, messages[_i].hops);
    ck_assert_int_eq(r.dangling, messages[_i].dangling);
    ck_assert(!r.loop && !r.next.p);
    ck_assert_uint_eq(r.evidence_count, 1);
    ck_assert_int_eq(r.evidence[0], e->id);
}
END_TEST

START_TEST(nothing_asked)
{
    struct lp_resolved r = resolve("A", "A.Contoso.Example.");
    ck_assert_int_eq(r.outcome, LP_NONE);
    ck_assert_str_eq(r.next.p, "a.contoso.example");
    ck_assert_str_eq(r.name.p, "a.contoso.example");
    ck_assert_int_eq(r.ttl, -1);
    ck_assert_uint_eq(r.evidence_count, 0);
}
END_TEST

/* A server that knows only the alias: its target is the next question. */
START_TEST(over_several_messages)
{
    logs_dns(&l, "A a", "ttl 300; alias b");
    struct lp_resolved r = resolve("A", "a");
    ck_assert_int_eq(r.outcome, LP_NONE);
    ck_assert_str_eq(r.next.p, "b.contoso.example");
    struct lp_evidence *second = logs_dns(&l, "A b", "ttl 60; 203.0.113.1");
    r = resolve("A", "a");
    ck_assert_int_eq(r.outcome, LP_ANSWER);
    ck_assert(!r.next.p);
    ck_assert_uint_eq(r.evidence_count, 2);
    ck_assert_int_eq(r.evidence[1], second->id);
    ck_assert_int_eq(r.ttl, 60);
    ck_assert_str_eq(r.canonical.p, "b.contoso.example");
    ck_assert_str_eq(r.hops[0].target.p, "b.contoso.example");
}
END_TEST

START_TEST(names_fold_case)
{
    logs_dns(&l, "A a", "alias B.Contoso.Example.");
    logs_dns(&l, "A b", "203.0.113.1");
    ck_assert_int_eq(resolve("A", "a").outcome, LP_ANSWER);
}
END_TEST

static const char *const loops[][3] = {
    { "alias a", NULL, NULL },
    { "alias b", "alias a", NULL },
    { "alias b", "alias c", "alias b" },
    { "alias b; alias c; alias b", NULL, NULL },
};

START_TEST(loops_end)
{
    static const char *const questions[] = { "A a", "A b", "A c" };
    for (size_t i = 0; i < 3 && loops[_i][i]; i++)
        logs_dns(&l, questions[i], loops[_i][i]);
    struct lp_resolved r = resolve("A", "a");
    ck_assert(r.loop);
    ck_assert_int_eq(r.outcome, LP_SERVFAIL);
    ck_assert(!r.next.p);
    ck_assert_uint_eq(r.record_count, 0);
}
END_TEST

/* n aliases in one message, one question each, then an address. */
static struct lp_resolved chain_of(int n, bool one_message)
{
    char text[1024] = "";
    for (int i = 0; i < n; i++) {
        char question[32], answer[32];
        snprintf(question, sizeof question, "A n%d", i);
        snprintf(answer, sizeof answer, "alias n%d", i + 1);
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s;", answer);
        if (!one_message)
            logs_dns(&l, question, answer);
    }
    if (one_message) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "203.0.113.1");
        logs_dns(&l, "A n0", text);
    } else {
        char question[32];
        snprintf(question, sizeof question, "A n%d", n);
        logs_dns(&l, question, "203.0.113.1");
    }
    return resolve("A", "n0");
}

START_TEST(sixteen_aliases_are_followed)
{
    struct lp_resolved r = chain_of(LP_MAX_ALIASES, _i);
    ck_assert_int_eq(r.outcome, LP_ANSWER);
    ck_assert_uint_eq(r.hop_count, LP_MAX_ALIASES);
}
END_TEST

START_TEST(seventeen_are_too_many)
{
    struct lp_resolved r = chain_of(LP_MAX_ALIASES + 1, _i);
    ck_assert(r.loop);
    ck_assert_int_eq(r.outcome, LP_SERVFAIL);
    ck_assert_uint_eq(r.hop_count, LP_MAX_ALIASES);
}
END_TEST

/* Lowest priority, then highest weight; of equals the one received first (domain.md
   1.2). */
START_TEST(srv_by_preference)
{
    static const char *const order[] = { "a.", "b.", "c.", "d.", "e." };
    logs_dns(&l, "SRV _sip._tls",
             "20 0 443 e.; 10 5 443 b.; 10 5 443 c.; 10 9 443 a.; 10 0 443 d.");
    struct lp_resolved r = resolve("SRV", "_sip._tls");
    ck_assert_uint_eq(r.record_count, LP_COUNT(order));
    for (size_t i = 0; i < r.record_count; i++)
        ck_assert_int_eq(r.records[i]->name.p[0], order[i][0]);
}
END_TEST

START_TEST(addresses_keep_their_order)
{
    logs_dns(&l, "A a", "203.0.113.9; 203.0.113.1; 203.0.113.5");
    struct lp_resolved r = resolve("A", "a");
    ck_assert_int_eq(r.records[0]->address.bytes[3], 9);
    ck_assert_int_eq(r.records[1]->address.bytes[3], 1);
    ck_assert_int_eq(r.records[2]->address.bytes[3], 5);
}
END_TEST

START_TEST(srv_owner_may_be_an_alias)
{
    logs_dns(&l, "SRV _sip._tls", "alias _sip._tls.hoster.example.; 0 0 443 access");
    struct lp_resolved r = resolve("SRV", "_sip._tls");
    ck_assert_int_eq(r.outcome, LP_ANSWER);
    ck_assert_uint_eq(r.hop_count, 1);
    ck_assert_str_eq(r.records[0]->name.p, "access.contoso.example");
}
END_TEST

START_TEST(servers_are_apart)
{
    struct lp_resolved r,
        q = { .name = LP_STR("a.contoso.example"), .type = LP_DNS_A, .server = 1 };
    logs_dns(&l, "A a", "203.0.113.1");
    lp_resolve(&l.log, &l.arena, &q, &r);
    ck_assert_int_eq(r.outcome, LP_NONE);
    logs_dns(&l, "A a 1", "nxdomain");
    lp_resolve(&l.log, &l.arena, &q, &r);
    ck_assert_int_eq(r.outcome, LP_NXDOMAIN);
    ck_assert_int_eq(resolve("A", "a").outcome, LP_ANSWER);
}
END_TEST

Suite *lp_suite_resolve(void)
{
    Suite *suite = suite_create("resolve");
    TCase *tc = tcase_create("chains");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, alias_without_service);
    tcase_add_loop_test(tc, of_one_message, 0, (int)LP_COUNT(messages));
    tcase_add_test(tc, nothing_asked);
    tcase_add_test(tc, over_several_messages);
    tcase_add_test(tc, names_fold_case);
    tcase_add_loop_test(tc, loops_end, 0, (int)LP_COUNT(loops));
    tcase_add_loop_test(tc, sixteen_aliases_are_followed, 0, 2);
    tcase_add_loop_test(tc, seventeen_are_too_many, 0, 2);
    tcase_add_test(tc, srv_by_preference);
    tcase_add_test(tc, addresses_keep_their_order);
    tcase_add_test(tc, srv_owner_may_be_an_alias);
    tcase_add_test(tc, servers_are_apart);
    suite_add_tcase(suite, tc);
    return suite;
}
