/* test_expect_rows.c - what features, generation, absences, required names and scope
 * change */
#include <check.h>
#include <string.h>

#include "lp/facts.h"
#include "one_town.h"

Suite *lp_suite_expect_rows(void);

/* ---- features and generations ---- */

static const struct {
    enum lp_feature feature;
    int64_t port;
    const char *host, *address;
} closed_rows[] = {
    { LP_FEATURE_FEDERATION, 5061, "access.contoso.example", "203.0.113.10" },
    { LP_FEATURE_XMPP, 5269, "access.contoso.example", "203.0.113.10" },
    { LP_FEATURE_XMPP, 23456, "edge01.corp.contoso.example", "10.77.0.21" },
    { LP_FEATURE_DIAL_IN, 5064, "fe01.corp.contoso.example", "10.77.0.11" },
    { LP_FEATURE_DIAL_IN, 5072, "fe01.corp.contoso.example", "10.77.0.11" },
    { LP_FEATURE_DIAL_IN, 5073, "fe01.corp.contoso.example", "10.77.0.11" },
    { LP_FEATURE_RESPONSE_GROUP, 5071, "fe01.corp.contoso.example", "10.77.0.11" },
    { LP_FEATURE_CALL_PARK, 5075, "se.corp.contoso.example", "10.77.0.13" },
    { LP_FEATURE_MEDIATION, 5067, "fe02.corp.contoso.example", "10.77.0.12" },
    { LP_FEATURE_MOBILITY, 5086, "fe02.corp.contoso.example", "10.77.0.12" },
    { LP_FEATURE_MOBILITY, 5087, "fe02.corp.contoso.example", "10.77.0.12" },
};

START_TEST(test_feature)
{
    town_of_every_role(&town);
    town_expect(&town);
    ck_assert(
        !port(closed_rows[_i].host, closed_rows[_i].address, closed_rows[_i].port)->port.closed);
    town.topology.feature[closed_rows[_i].feature] = false;
    town_expect(&town);
    ck_assert(
        port(closed_rows[_i].host, closed_rows[_i].address, closed_rows[_i].port)->port.closed);
}
END_TEST

START_TEST(test_xmpp_off)
{
    town_of_every_role(&town);
    town_expect(&town);
    record(false, "_xmpp-server._tcp.contoso.example");
    ck_assert(record(false, "xmpp.contoso.example")->optional);
    ck_assert_str_eq(town_names(&town, &certificate("edge-external")->cert.softer),
                     "xmpp.contoso.example");
    town.topology.feature[LP_FEATURE_XMPP] = false;
    town_expect(&town);
    ck_assert_ptr_null(town_record(&town, false, "_xmpp-server._tcp.contoso.example"));
    ck_assert_ptr_null(town_record(&town, false, "xmpp.contoso.example"));
    ck_assert_uint_eq(certificate("edge-external")->cert.softer.n, 0);
}
END_TEST

/* Skype for Business Server 2019 reserves ports that it no longer serves (domain.md 8.2).
 */
START_TEST(test_sfb2019)
{
    static const int rows[] = { 3, 16, 34, 35, 48 };
    town_of_every_role(&town);
    town.topology.generation = LP_SFB_2019;
    town_expect(&town);
    ck_assert_ptr_null(town_record(&town, false, "_xmpp-server._tcp.contoso.example"));
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        const struct lp_expectation *e = NULL;
        size_t n = 0;
        while ((e = town_row(&town, "ports", rows[i], e)) != NULL) {
            ck_assert(e->port.reserved && !e->port.closed);
            n++;
        }
        ck_assert_uint_gt(n, 0);
    }
    ck_assert(!port("fe01.corp.contoso.example", "10.77.0.11", 5062)->port.reserved);
}
END_TEST

/* ---- names that belong inside ---- */

static const struct {
    const char *owner;
    bool absent; /* false: must be there outside, or nothing is said */
} outside[] = {
    { "lyncdiscoverinternal.contoso.example", true },
    { "_sipinternaltls._tcp.contoso.example", true },
    { "_sipinternal._tcp.contoso.example", true },
    { "sipinternal.contoso.example", true },
    { "admin.contoso.example", true },
    { "pool.corp.contoso.example", true },
    { "webint.corp.contoso.example", true },
    { "fe01.corp.contoso.example", true },
    { "edge.corp.contoso.example", true },
    { "edge02.corp.contoso.example", true },
    { "sql.corp.contoso.example", true },
    { "sip.contoso.example", false },
    { "webext.contoso.example", false },
    { "meet.contoso.example", false },
    { "wac.contoso.example", false },
    { "sts.contoso.example", false },
    { "_sipfederationtls._tcp.contoso.example", false },
};

START_TEST(test_absent_outside)
{
    town_of_every_role(&town);
    town_expect(&town);
    ck_assert_int_eq(record(false, outside[_i].owner)->dns.absent, outside[_i].absent);
    ck_assert(!record(true, outside[_i].owner)->dns.absent);
}
END_TEST

/* Option 2 of the simple URLs: one host for all three, which the outside needs for
 * meetings. */
START_TEST(test_one_host_for_all_urls)
{
    town_of_every_role(&town);
    town.topology.urls = (struct lp_list){ 0 };
    town_url(&town, LP_URL_MEET, "https://lync.contoso.example/meet");
    town_url(&town, LP_URL_ADMIN, "https://lync.contoso.example/admin");
    town_expect(&town);
    ck_assert(!record(false, "lync.contoso.example")->dns.absent);
    ck_assert_ptr_null(town_record(&town, false, "admin.contoso.example"));
}
END_TEST

/* ---- what the file asks for ---- */

START_TEST(test_required)
{
    struct lp_required required[] = {
        { .name = LP_STR("portal.contoso.example"), .type = LP_DNS_A, .internal = true },
        { .name = LP_STR("meet.contoso.example"),
          .type = LP_DNS_A,
          .external = true,
          .mark = { 99, 5 } },
        { .name = LP_STR("_sip._tls.contoso.example"),
          .type = LP_DNS_SRV,
          .external = true,
          .target = LP_STR("edge.example.net"),
          .port = 8443 },
    };
    town_of_every_role(&town);
    required[1].addresses = town_addresses(&town, "198.51.100.7");
    town.topology.required = (struct lp_list){ required, LP_COUNT(required) };
    town_expect(&town);
    ck_assert_str_eq(record(true, "portal.contoso.example")->title, "required name");
    ck_assert_ptr_null(town_record(&town, false, "portal.contoso.example"));
    const struct lp_expectation *meet = record(false, "meet.contoso.example");
    ck_assert_str_eq(town_address_text(&town, &meet->dns.addresses), "198.51.100.7");
    ck_assert_int_eq(meet->mark.line, 99);
    ck_assert_int_eq(meet->row, 15);
    const struct lp_expectation *srv = record(false, "_sip._tls.contoso.example");
    ck_assert_str_eq(town_names(&town, &srv->dns.targets), "edge.example.net");
    ck_assert_int_eq(srv->dns.port, 8443);
}
END_TEST

/* ---- scope ---- */

static size_t count(enum lp_expect_kind kind, const char *domain)
{
    size_t n = 0;
    for (size_t i = 0; i < town.expected.n; i++) {
        const struct lp_expectation *e = &town.expected.at[i];
        n += e->kind == kind &&
             (!domain || lp_str_eq(e->domain, *domain ? lp_str_of(domain) : LP_STR_NONE));
    }
    return n;
}

START_TEST(test_scope)
{
    struct lp_expect_scope first = { LP_STR("contoso.example"), true };
    struct lp_expect_scope other = { LP_STR("fabrikam.example"), false };
    town_of_two_pools(&town);
    town_expect(&town);
    size_t all = town.expected.n, whole = count(LP_EXPECT_DNS, "");
    size_t litware = count(LP_EXPECT_DNS, "litware.example");
    lp_expect_make(&town.topology, &first, &town.arena, &town.expected);
    size_t with = town.expected.n;
    ck_assert_uint_eq(count(LP_EXPECT_DNS, ""), whole);
    ck_assert_uint_gt(count(LP_EXPECT_PORT, NULL), 0);
    lp_expect_make(&town.topology, &other, &town.arena, &town.expected);
    ck_assert_uint_eq(count(LP_EXPECT_DNS, ""), 0);
    ck_assert_uint_eq(count(LP_EXPECT_PORT, NULL) + count(LP_EXPECT_CERT, NULL), 0);
    ck_assert_uint_eq(count(LP_EXPECT_DNS, "fabrikam.example"), town.expected.n);
    ck_assert_uint_eq(with + town.expected.n + litware, all);
}
END_TEST

START_TEST(test_order_of_kinds)
{
    static const int rank[] = { 0, 1, 2 };
    int last = -1;
    town_of_two_pools(&town);
    town_expect(&town);
    for (size_t i = 0; i < town.expected.n; i++) {
        const struct lp_expectation *e = &town.expected.at[i];
        int now = 2 * rank[e->kind] + !e->internal;
        ck_assert_int_ge(now, last);
        last = now;
    }
    ck_assert_int_eq(last, 5);
}
END_TEST

/* ---- small things ---- */

START_TEST(test_branch_appliance)
{
    town_of_every_role(&town);
    town_expect(&town);
    const struct lp_expectation *e = certificate("branch-appliance");
    ck_assert_str_eq(town_names(&town, &e->cert.names), "sba.corp.contoso.example");
    ck_assert_str_eq(town_names(&town, &e->cert.softer), "sip.contoso.example");
    ck_assert_str_eq(port("sba.corp.contoso.example", "10.77.0.33", 5061)->port.probe, "sip");
    ck_assert_str_eq(port("sba.corp.contoso.example", "10.77.0.33", 443)->port.probe, "web");
}
END_TEST

/* Its users fall back to the backup pool (note of row 50), which the file must hold: what they
 * need there is expected as of every pool. */
START_TEST(test_backup_of_a_branch)
{
    town_of_every_role(&town);
    struct lp_pool *branch = pool(7);
    ck_assert_int_eq(branch->role, LP_ROLE_BRANCH);
    branch->backup_pool = LP_STR("se.corp.contoso.example");
    town_expect(&town);
    const struct lp_expectation *sign_in = port("se.corp.contoso.example", "10.77.0.13", 5061);
    ck_assert_str_eq(sign_in->port.probe, "sip");
    ck_assert(!sign_in->optional && !sign_in->skip);
    ck_assert_str_eq(port("se.corp.contoso.example", "10.77.0.13", 443)->port.probe, "web");
    ck_assert(!record(true, "se.corp.contoso.example")->dns.absent);
}
END_TEST

START_TEST(test_named_ports_and_roots)
{
    town_of_every_role(&town);
    pool(10)->port = 50433;
    pool(9)->port = 5063;
    pool(9)->root = LP_STR("public");
    ck_assert_int_eq(pool(10)->role, LP_ROLE_SQL);
    town_expect(&town);
    ck_assert_str_eq(port("sql.corp.contoso.example", "10.77.0.36", 50433)->port.probe, "sql");
    ck_assert(port("umsrv.corp.contoso.example", "10.77.0.35", 5063)->optional);
    ck_assert_int_eq(certificate("exchange-um")->cert.root, LP_ROOT_PUBLIC);
    ck_assert_int_eq(certificate("mediation")->cert.root, LP_ROOT_PRIVATE);
    ck_assert_int_eq(certificate("adfs")->cert.root, LP_ROOT_ANY);
}
END_TEST

START_TEST(test_published_hosts)
{
    struct lp_str only[] = { LP_STR("webext.contoso.example"),
                             LP_STR("lyncdiscover.contoso.example"),
                             LP_STR("portal.contoso.example") };
    town_of_every_role(&town);
    pool(4)->publishes = (struct lp_list){ only, LP_COUNT(only) };
    town_expect(&town);
    ck_assert_str_eq(town_names(&town, &certificate("reverse-proxy")->cert.names),
                     "webext.contoso.example portal.contoso.example "
                     "lyncdiscover.contoso.example");
    port("portal.contoso.example", "203.0.113.20", 443);
    ck_assert_ptr_null(town_port(&town, "meet.contoso.example", "203.0.113.20", 443));
    ck_assert(record(false, "wac.contoso.example")->dns.absent);
    record(false, "lyncdiscover.contoso.example");
}
END_TEST

START_TEST(test_nothing_but_a_domain)
{
    town_open(&town);
    town_expect(&town);
    ck_assert_uint_eq(count(LP_EXPECT_DNS, NULL), 0);
    ck_assert_uint_eq(count(LP_EXPECT_CERT, NULL), 0);
    for (size_t i = 0; i < town.expected.n; i++)
        ck_assert_ptr_nonnull(town.expected.at[i].skip);
    ck_assert(lp_expect_knows_domain(&town.topology, LP_STR("Contoso.Example")));
    ck_assert(!lp_expect_knows_domain(&town.topology, LP_STR("example")));
    ck_assert_str_eq(lp_expect_word(LP_EXPECT_CERT), "certificate");
}
END_TEST

Suite *lp_suite_expect_rows(void)
{
    Suite *s = suite_create("expect_rows");
    TCase *t = tcase_create("deployments");
    tcase_add_checked_fixture(t, NULL, close_town);
    tcase_add_loop_test(t, test_feature, 0, (int)LP_COUNT(closed_rows));
    tcase_add_test(t, test_xmpp_off);
    tcase_add_test(t, test_sfb2019);
    tcase_add_loop_test(t, test_absent_outside, 0, (int)LP_COUNT(outside));
    tcase_add_test(t, test_one_host_for_all_urls);
    tcase_add_test(t, test_required);
    tcase_add_test(t, test_scope);
    tcase_add_test(t, test_order_of_kinds);
    tcase_add_test(t, test_branch_appliance);
    tcase_add_test(t, test_backup_of_a_branch);
    tcase_add_test(t, test_named_ports_and_roots);
    tcase_add_test(t, test_published_hosts);
    tcase_add_test(t, test_nothing_but_a_domain);
    suite_add_tcase(s, t);
    return s;
}
