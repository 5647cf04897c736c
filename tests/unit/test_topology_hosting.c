/* test_topology_hosting.c - which SIP domains have users at the hosting cloud, and what that asks
 * for */
#include <check.h>
#include <string.h>

#include "topologies.h"

Suite *lp_suite_topology_hosting(void);

/* A file with that first part, and a pool, an Edge and a reverse proxy. */
static void read_town(struct town *town, const char *first)
{
    static const char rest[] =
        "front-end-pools: [{fqdn: pool.corp.contoso.example, addresses: 10.77.0.10,\n"
        "    web: {external: webext.contoso.example}}]\n"
        "edge-pools: [{access: {fqdn: access.contoso.example, addresses: 203.0.113.10},\n"
        "    conferencing: {fqdn: conf.contoso.example, addresses: 203.0.113.11}}]\n"
        "reverse-proxies: [{addresses: 203.0.113.40}]\n";
    struct lp_error error = { "" };
    town_open(town);
    struct lp_topology_text text = { LP_STR("t.yaml"),
                                     lp_arena_printf(&town->arena, "%s%s", first, rest) };
    ck_assert_msg(lp_topology_read(&town->arena, &text, &town->topology, &error), "%s", error.text);
    town_expect(town);
}

#define DOMAINS "sip-domains: [contoso.example, adatum.example, fabrikam.example]\n"
#define HOSTING "hosting:\n  cloud: Adatum.Example.\n  hybrid: [fabrikam.example]\n"

START_TEST(whose_users_are_where)
{
    static const struct {
        const char *domain;
        enum lp_hosting hosting;
        int64_t line;
    } rows[] = {
        { "contoso.example", LP_HOSTING_PREMISES, 0 },
        { "ADATUM.example", LP_HOSTING_CLOUD, 3 },
        { "fabrikam.example", LP_HOSTING_HYBRID, 4 },
        { "other.example", LP_HOSTING_PREMISES, 0 },
        { "", LP_HOSTING_PREMISES, 0 },
    };
    struct town town;
    read_town(&town, DOMAINS HOSTING);
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        struct lp_mark mark = { 0, 0 };
        struct lp_str domain = lp_str_of(rows[i].domain);
        ck_assert_int_eq(lp_topology_hosting(&town.topology, domain, &mark), rows[i].hosting);
        ck_assert_int_eq(lp_topology_hosting(&town.topology, domain, NULL), rows[i].hosting);
        ck_assert_int_eq(mark.line, rows[i].line);
    }
    ck_assert_str_eq(lp_hosting_word(LP_HOSTING_PREMISES), "on-premises");
    ck_assert_str_eq(lp_hosting_word(LP_HOSTING_HYBRID), "hybrid");
    ck_assert_str_eq(lp_hosting_word(LP_HOSTING_CLOUD), "cloud");
    town_close(&town);
}
END_TEST

/* The four records as their documentation lists them. */
static const struct {
    bool internal;
    const char *owner, *target;
    int64_t port;
    bool optional;
} moved[] = {
    { false, "lyncdiscover.adatum.example", "webdir.online.lync.com", 0, false },
    { false, "sip.adatum.example", "sipdir.online.lync.com", 0, false },
    { false, "_sip._tls.adatum.example", "sipdir.online.lync.com", 443, false },
    { false, "_sipfederationtls._tcp.adatum.example", "sipfed.online.lync.com", 5061, false },
    { true, "lyncdiscover.adatum.example", "webdir.online.lync.com", 0, false },
    { true, "sip.adatum.example", "sipdir.online.lync.com", 0, false },
    { true, "_sip._tls.adatum.example", "sipdir.online.lync.com", 443, false },
    { true, "_sipfederationtls._tcp.adatum.example", "sipfed.online.lync.com", 5061, true },
};

START_TEST(the_four_records)
{
    struct town town;
    read_town(&town, DOMAINS HOSTING);
    const struct lp_expectation *e = town_record(&town, moved[_i].internal, moved[_i].owner);
    ck_assert_msg(e != NULL, "no %s", moved[_i].owner);
    ck_assert_int_eq(e->dns.port, moved[_i].port);
    ck_assert_int_eq(e->optional, moved[_i].optional);
    ck_assert_int_eq(e->dns.alias, !moved[_i].port);
    ck_assert_int_eq(e->dns.priority, moved[_i].port ? 100 : 0);
    ck_assert_int_eq(e->dns.weight, moved[_i].port ? 1 : 0);
    ck_assert_str_eq(moved[_i].port ? town_names(&town, &e->dns.targets) : e->dns.target.p,
                     moved[_i].target);
    ck_assert_uint_eq(e->dns.addresses.n, 0);
    ck_assert_int_eq(e->mark.line, 3);
    ck_assert_str_eq(e->role, "hosting-cloud");
    town_close(&town);
}
END_TEST

static const char *const left[] = { "lyncdiscoverinternal", "_sipinternaltls._tcp",
                                    "_sipinternal._tcp", "sipinternal" };

START_TEST(what_must_be_gone)
{
    struct town town;
    read_town(&town, DOMAINS HOSTING);
    for (int internal = 0; internal < 2; internal++) {
        const char *owner = lp_arena_printf(&town.arena, "%s.adatum.example", left[_i]).p;
        const struct lp_expectation *e = town_record(&town, internal, owner);
        ck_assert(e && e->dns.absent && !e->optional);
        e = town_record(&town, internal,
                        lp_arena_printf(&town.arena, "%s.fabrikam.example", left[_i]).p);
        ck_assert(e && e->dns.absent == !internal);
    }
    town_close(&town);
}
END_TEST

/* Nothing of the servers is asked for the domain, and for the others nothing changes. */
START_TEST(the_others_stay)
{
    struct town town;
    read_town(&town, DOMAINS HOSTING);
    for (size_t i = 0; i < town.expected.n; i++) {
        const struct lp_expectation *e = &town.expected.at[i];
        if (e->kind == LP_EXPECT_CERT)
            ck_assert_ptr_null(strstr(town_names(&town, &e->cert.names), "adatum"));
        if (e->kind == LP_EXPECT_PORT && e->port.host.n)
            ck_assert_msg(!strstr(e->port.host.p, "adatum"), "%s", e->port.host.p);
    }
    ck_assert_ptr_null(town_record(&town, false, "sipexternal.adatum.example"));
    const struct lp_expectation *e = town_record(&town, false, "sip.fabrikam.example");
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses), "203.0.113.10");
    e = town_record(&town, false, "_sipfederationtls._tcp.fabrikam.example");
    ck_assert(e && !e->optional && e->dns.priority == 0);
    town_close(&town);
}
END_TEST

/* Users in the cloud come to meetings on-premises by the outside address, from inside as well. */
START_TEST(meetings_of_both)
{
    struct town town;
    read_town(&town, DOMAINS HOSTING);
    const struct lp_expectation *e = town_record(&town, true, "conf.contoso.example");
    ck_assert(e && !e->optional);
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses), "203.0.113.11");
    town_close(&town);
    read_town(&town, DOMAINS);
    ck_assert_ptr_null(town_record(&town, true, "conf.contoso.example"));
    town_close(&town);
}
END_TEST

/* What the file itself requires counts more. */
START_TEST(a_required_name)
{
    struct town town;
    read_town(&town, DOMAINS HOSTING
              "require: [{name: sip.adatum.example, view: external, addresses: 203.0.113.77}]\n");
    const struct lp_expectation *e = town_record(&town, false, "sip.adatum.example");
    ck_assert(!e->dns.alias && !e->dns.target.n);
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses), "203.0.113.77");
    town_close(&town);
}
END_TEST

/* Nobody is left on-premises: a file without servers. */
START_TEST(nothing_but_the_cloud)
{
    struct lp_error error = { "" };
    struct town town;
    town_open(&town);
    struct lp_topology_text text = { LP_STR("t.yaml"),
                                     LP_STR("sip-domains: a.test\nhosting: {cloud: a.test}\n") };
    ck_assert(lp_topology_read(&town.arena, &text, &town.topology, &error));
    town_expect(&town);
    size_t records = 0;
    for (size_t i = 0; i < town.expected.n; i++) {
        records += town.expected.at[i].kind == LP_EXPECT_DNS;
        ck_assert(town.expected.at[i].kind != LP_EXPECT_CERT);
    }
    ck_assert_uint_eq(records, 16);
    town_close(&town);
}
END_TEST

Suite *lp_suite_topology_hosting(void)
{
    Suite *suite = suite_create("topology_hosting");
    TCase *tests = tcase_create("all");
    tcase_add_test(tests, whose_users_are_where);
    tcase_add_loop_test(tests, the_four_records, 0, (int)LP_COUNT(moved));
    tcase_add_loop_test(tests, what_must_be_gone, 0, (int)LP_COUNT(left));
    tcase_add_test(tests, the_others_stay);
    tcase_add_test(tests, meetings_of_both);
    tcase_add_test(tests, a_required_name);
    tcase_add_test(tests, nothing_but_the_cloud);
    suite_add_tcase(suite, tests);
    return suite;
}
