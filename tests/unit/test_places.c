/* test_places.c - where packets for a host and port go */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "logs.h"
#include "lp/plan.h"

Suite *lp_suite_places(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

static struct lp_places places(const char *host, int64_t port)
{
    struct lp_places out;
    lp_places_of(&l.log, &l.arena, logs_name(&l, lp_str_of(host)), port, &out);
    return out;
}

/* "203.0.113.1 2001:db8::1#8443*": addresses in order, other ports, "*" where
   overridden */
static const char *text_of(const struct lp_places *p)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < p->n; i++) {
        char address[LP_ADDR_TEXT], port[16] = "";
        lp_addr_format(&p->at[i].address, address, sizeof address);
        if (p->at[i].connect_port)
            snprintf(port, sizeof port, "#%d", (int)p->at[i].connect_port);
        text = lp_arena_printf(&l.arena, "%s%s%s%s%s", text.p, i ? " " : "", address, port,
                               p->at[i].overridden ? "*" : "");
    }
    return text.p;
}

/* Both questions answered. */
static const struct {
    const char *a, *aaaa, *text;
    enum lp_outcome outcome;
} answers[] = {
    { "203.0.113.1", "nodata", "203.0.113.1", LP_ANSWER },
    { "203.0.113.2; 203.0.113.1", "2001:db8::1", "203.0.113.2 203.0.113.1 2001:db8::1", LP_ANSWER },
    { "203.0.113.1; 203.0.113.1", "nodata", "203.0.113.1", LP_ANSWER },
    { "nodata", "2001:db8::1", "2001:db8::1", LP_ANSWER },
    { "203.0.113.1", "servfail", "203.0.113.1", LP_ANSWER },
    { "203.0.113.1", "nxdomain", "203.0.113.1", LP_ANSWER },
    { "alias b; 203.0.113.1", "alias b; nodata", "203.0.113.1", LP_ANSWER },
    /* the word that says most about a name without address */
    { "nxdomain", "nxdomain", "", LP_NXDOMAIN },
    { "nodata", "nodata", "", LP_NODATA },
    { "nxdomain", "nodata", "", LP_NXDOMAIN },
    { "nxdomain", "servfail", "", LP_NXDOMAIN },
    { "servfail", "nxdomain", "", LP_SERVFAIL },
    { "refused", "nodata", "", LP_REFUSED },
    { "timeout", "servfail", "", LP_SERVFAIL },
    { "timeout", "nxdomain", "", LP_TIMEOUT },
    { "malformed", "timeout", "", LP_MALFORMED },
    { "nodata", "not-tried", "", LP_NOT_TRIED },
    { "crashed", "nxdomain", "", LP_CRASHED },
};

START_TEST(of_both_families)
{
    logs_dns(&l, "A a", answers[_i].a);
    logs_dns(&l, "AAAA a", answers[_i].aaaa);
    struct lp_places p = places("a", 443);
    ck_assert_str_eq(text_of(&p), answers[_i].text);
    ck_assert_int_eq(p.outcome, answers[_i].outcome);
    ck_assert(!p.next.p);
}
END_TEST

START_TEST(each_address_knows_its_answer)
{
    struct lp_evidence *a = logs_dns(&l, "A a", "203.0.113.1");
    struct lp_evidence *aaaa = logs_dns(&l, "AAAA a", "2001:db8::1");
    struct lp_places p = places("a", 443);
    ck_assert_int_eq(p.at[0].evidence, a->id);
    ck_assert_int_eq(p.at[1].evidence, aaaa->id);
}
END_TEST

/* The half that is known is used at once; the other is still open. */
START_TEST(half_answered)
{
    struct lp_places p = places("a", 443);
    ck_assert_int_eq(p.outcome, LP_NONE);
    ck_assert_str_eq(p.next.p, "a.contoso.example");
    logs_dns(&l, "A a", "nxdomain");
    p = places("a", 443);
    ck_assert_int_eq(p.outcome, LP_NONE);
    ck_assert_str_eq(p.next.p, "a.contoso.example");
}
END_TEST

START_TEST(half_answered_with_an_address)
{
    logs_dns(&l, "AAAA a", "2001:db8::1");
    struct lp_places p = places("a", 443);
    ck_assert_int_eq(p.outcome, LP_ANSWER);
    ck_assert(p.a.next.p && !p.aaaa.next.p);
}
END_TEST

START_TEST(one_family_only)
{
    l.log.setup.only4 = _i == 0;
    l.log.setup.only6 = _i == 1;
    logs_dns(&l, _i ? "AAAA a" : "A a", _i ? "2001:db8::1" : "203.0.113.1");
    struct lp_places p = places("a", 443);
    ck_assert_str_eq(text_of(&p), _i ? "2001:db8::1" : "203.0.113.1");
    ck_assert(!p.next.p);
    p = places("b", 443);
    ck_assert_int_eq(p.a.next.p != NULL, _i == 0);
    ck_assert_int_eq(p.aaaa.next.p != NULL, _i == 1);
}
END_TEST

START_TEST(eight_addresses_at_most)
{
    char answer[512] = "";
    for (int i = 0; i < 11; i++) {
        size_t used = strlen(answer);
        snprintf(answer + used, sizeof answer - used, "203.0.113.%d;", i + 1);
    }
    logs_dns(&l, "A a", answer);
    logs_dns(&l, "AAAA a", "2001:db8::1");
    struct lp_places p = places("a", 443);
    ck_assert_uint_eq(p.n, LP_MAX_ADDRESSES);
    ck_assert_uint_eq(p.total, 12);
}
END_TEST

/* A host that is an address, or no host at all, is never asked for. */
static const struct {
    const char *host, *text;
    enum lp_outcome outcome;
} hosts[] = {
    { "203.0.113.7.", "203.0.113.7", LP_ANSWER },
    { "2001:db8::7.", "2001:db8::7", LP_ANSWER },
    { ".", "", LP_MALFORMED },
    { "two words.", "", LP_MALFORMED },
    { "0x7f.1.", "", LP_MALFORMED },
    { "2130706433.", "", LP_MALFORMED },
    { "a\\000b.example.", "", LP_MALFORMED },
    { "semi;colon.example.", "", LP_MALFORMED },
};

START_TEST(literal_and_hostile_hosts)
{
    struct lp_places p = places(hosts[_i].host, 443);
    ck_assert_str_eq(text_of(&p), hosts[_i].text);
    ck_assert_int_eq(p.outcome, hosts[_i].outcome);
    ck_assert(!p.next.p && !p.a.next.p && !p.aaaa.next.p);
    ck_assert_uint_eq(p.a.evidence_count, 0);
}
END_TEST

/* ---- curl's overrides ---- */

static void resolve_to(const char *host, int64_t port, const char *first, const char *second)
{
    struct lp_resolve_rule *rules = lp_arena_array(&l.arena, 4, sizeof *rules);
    struct lp_address_item *items = lp_arena_array(&l.arena, 2, sizeof *items);
    struct lp_setup *setup = &l.log.setup;
    if (setup->resolve.n)
        memcpy(rules, setup->resolve.at, setup->resolve.n * sizeof *rules);
    items[0].address = logs_address(first);
    if (second)
        items[1].address = logs_address(second);
    rules[setup->resolve.n] =
        (struct lp_resolve_rule){ lp_str_of(host), port, { items, second ? 2 : 1 } };
    setup->resolve = (struct lp_list){ rules, setup->resolve.n + 1 };
}

START_TEST(resolve_names_host_and_port)
{
    resolve_to("a.contoso.example", 443, "192.0.2.1", "2001:db8::9");
    struct lp_places p = places("A", 443);
    ck_assert_str_eq(text_of(&p), "192.0.2.1* 2001:db8::9*");
    ck_assert_int_eq(p.outcome, LP_ANSWER);
    ck_assert(!p.next.p);
    ck_assert_int_eq(p.at[0].evidence, 0);
    ck_assert(places("a", 5061).next.p);
    ck_assert(places("b", 443).next.p);
}
END_TEST

START_TEST(resolve_star_after_the_name)
{
    resolve_to("*", 443, "192.0.2.1", NULL);
    resolve_to("a.contoso.example", 443, "192.0.2.2", NULL);
    struct lp_places a = places("a", 443), b = places("b", 443);
    ck_assert_str_eq(text_of(&a), "192.0.2.2*");
    ck_assert_str_eq(text_of(&b), "192.0.2.1*");
}
END_TEST

static void connect_to(const char *host, int64_t port, const char *to, int64_t to_port)
{
    struct lp_connect_rule *rule = lp_arena_alloc(&l.arena, sizeof *rule);
    *rule = (struct lp_connect_rule){ lp_str_of(host), port, lp_str_of(to), to_port };
    l.log.setup.connect_to = (struct lp_list){ rule, 1 };
}

/* Host and port of the rule, what is asked, and what comes of it. */
static const struct {
    const char *host;
    int64_t port;
    const char *to;
    int64_t to_port;
    const char *asked;
    int64_t asked_port;
    const char *text;
} moves[] = {
    { "a.contoso.example", 443, "192.0.2.1", 8443, "a", 443, "192.0.2.1#8443*" },
    { "a.contoso.example", 443, "192.0.2.1", 0, "a", 443, "192.0.2.1*" },
    { "a.contoso.example", 443, "192.0.2.1", 443, "a", 443, "192.0.2.1*" },
    { "", 443, "192.0.2.1", 0, "a", 443, "192.0.2.1*" },
    { "a.contoso.example", 0, "192.0.2.1", 8443, "a", 5061, "192.0.2.1#8443*" },
    { "a.contoso.example", 443, "", 8443, "a", 443, "203.0.113.1#8443*" },
    { "a.contoso.example", 443, "b.contoso.example", 0, "a", 443, "203.0.113.2*" },
    { "a.contoso.example", 443, "[2001:db8::5]", 0, "a", 443, "2001:db8::5*" },
    { "a.contoso.example", 443, "192.0.2.1", 8443, "a", 5061, "203.0.113.1" },
    { "b.contoso.example", 443, "192.0.2.1", 8443, "a", 443, "203.0.113.1" },
};

START_TEST(connect_to_as_curl_means_it)
{
    logs_dns(&l, "A a", "203.0.113.1");
    logs_dns(&l, "AAAA a", "nodata");
    logs_dns(&l, "A b", "203.0.113.2");
    logs_dns(&l, "AAAA b", "nodata");
    connect_to(moves[_i].host, moves[_i].port, moves[_i].to, moves[_i].to_port);
    struct lp_places p = places(moves[_i].asked, moves[_i].asked_port);
    ck_assert_str_eq(text_of(&p), moves[_i].text);
}
END_TEST

/* As in curl, --resolve is looked up for the host that --connect-to leads to. */
START_TEST(connect_to_then_resolve)
{
    connect_to("a.contoso.example", 443, "b.contoso.example", 8443);
    resolve_to("b.contoso.example", 8443, "192.0.2.8", NULL);
    struct lp_places p = places("a", 443);
    ck_assert_str_eq(text_of(&p), "192.0.2.8#8443*");
}
END_TEST

Suite *lp_suite_places(void)
{
    Suite *suite = suite_create("places");
    TCase *tc = tcase_create("places");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, of_both_families, 0, (int)LP_COUNT(answers));
    tcase_add_test(tc, each_address_knows_its_answer);
    tcase_add_test(tc, half_answered);
    tcase_add_test(tc, half_answered_with_an_address);
    tcase_add_loop_test(tc, one_family_only, 0, 2);
    tcase_add_test(tc, eight_addresses_at_most);
    tcase_add_loop_test(tc, literal_and_hostile_hosts, 0, (int)LP_COUNT(hosts));
    tcase_add_test(tc, resolve_names_host_and_port);
    tcase_add_test(tc, resolve_star_after_the_name);
    tcase_add_loop_test(tc, connect_to_as_curl_means_it, 0, (int)LP_COUNT(moves));
    tcase_add_test(tc, connect_to_then_resolve);
    suite_add_tcase(suite, tc);
    return suite;
}
