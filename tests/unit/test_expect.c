/* test_expect.c - expectations of particular deployments: where the rows bend */
#include <check.h>
#include <string.h>

#include "one_town.h"

Suite *lp_suite_expect(void);

/* ---- a single-address Edge ---- */

START_TEST(test_single_edge)
{
    town_of_single_edge(&town);
    town_expect(&town);
    const struct lp_expectation *srv = record(false, "_sip._tls.contoso.example");
    ck_assert_int_eq(srv->dns.port, 5061);
    ck_assert_str_eq(town_names(&town, &srv->dns.targets), "sip.contoso.example");
    ck_assert_str_eq(port("sip.contoso.example", "203.0.113.10", 5061)->port.probe, "sip");
    ck_assert_str_eq(port("sip.contoso.example", "203.0.113.10", 444)->port.probe, "mtls");
    ck_assert_str_eq(port("sip.contoso.example", "203.0.113.10", 443)->port.probe, "turn-tcp");
    ck_assert_str_eq(town_names(&town, &certificate("edge-external")->cert.names),
                     "sip.contoso.example");
    /* one record for sip.<sip-domain> and the three FQDNs: that of the deployment */
    ck_assert(!record(false, "sip.contoso.example")->domain.n);
}
END_TEST

START_TEST(test_single_edge_without_federation)
{
    town_of_single_edge(&town);
    town.topology.feature[LP_FEATURE_FEDERATION] = false;
    town_expect(&town);
    ck_assert(!port("sip.contoso.example", "203.0.113.10", 5061)->port.closed);
    ck_assert_ptr_null(town_row(&town, "ports", 2, NULL));
    ck_assert_ptr_null(town_record(&town, false, "_sipfederationtls._tcp.contoso.example"));
}
END_TEST

/* ---- NAT, several domains and pools ---- */

START_TEST(test_nat)
{
    town_of_two_pools(&town);
    town_expect(&town);
    ck_assert_ptr_null(town_port(&town, "access.contoso.example", "192.0.2.10", 443));
    port("access.contoso.example", "203.0.113.10", 443);
    const struct lp_expectation *av = port("av.contoso.example", "203.0.113.14", 3478);
    ck_assert_str_eq(town_address_text(&town, &av->port.expected_public), "203.0.113.14");
    ck_assert_str_eq(
        town_address_text(&town, &record(false, "access.contoso.example")->dns.addresses),
        "203.0.113.10");
}
END_TEST

/* Where the FQDN lies outside the SIP domain, sip.<sip-domain> is the plan, and the FQDN
 * as good.
 */
static const struct {
    bool internal;
    const char *owner, *targets;
} srv_rows[] = {
    { true, "_sipinternaltls._tcp.contoso.example",
      "dir.contoso.example sip.contoso.example pool01.corp.contoso.example "
      "pool02.corp.contoso.example" },
    { true, "_sipinternaltls._tcp.fabrikam.example",
      "sip.fabrikam.example dir.contoso.example pool01.corp.contoso.example "
      "pool02.corp.contoso.example" },
    { false, "_sip._tls.contoso.example", "access.contoso.example sip.contoso.example" },
    { false, "_sip._tls.litware.example", "sip.litware.example access.contoso.example" },
    { false, "_sipfederationtls._tcp.litware.example",
      "sip.litware.example access.contoso.example" },
};

START_TEST(test_srv_targets)
{
    town_of_two_pools(&town);
    town_expect(&town);
    const struct lp_expectation *e = record(srv_rows[_i].internal, srv_rows[_i].owner);
    ck_assert_str_eq(town_names(&town, &e->dns.targets), srv_rows[_i].targets);
    /* the record that the planned target needs is no longer optional */
    const struct lp_str *target = e->dns.targets.at;
    ck_assert(!record(srv_rows[_i].internal, target->p)->optional);
}
END_TEST

START_TEST(test_optional_without_need)
{
    town_of_two_pools(&town);
    town_expect(&town);
    ck_assert(record(true, "sip.contoso.example")->optional);
    ck_assert(!record(true, "sip.fabrikam.example")->optional);
    ck_assert(record(true, "_sipinternal._tcp.contoso.example")->optional);
    ck_assert(record(false, "sipexternal.litware.example")->optional);
}
END_TEST

/* DNS load balancing: the servers are the plan, the load balancer of the web services as
 * good. */
START_TEST(test_balanced_by_dns)
{
    town_of_two_pools(&town);
    town_expect(&town);
    const struct lp_expectation *e = record(true, "pool01.corp.contoso.example");
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses),
                     "10.77.1.11 10.77.1.12 10.77.1.10");
    ck_assert_uint_eq(e->dns.planned, 2);
    ck_assert_str_eq(
        town_address_text(&town, &record(true, "webint01.corp.contoso.example")->dns.addresses),
        "10.77.1.10");
    ck_assert(port("pool01.corp.contoso.example", "10.77.1.10", 5061)->optional);
    ck_assert(!port("pool01.corp.contoso.example", "10.77.1.11", 5061)->optional);
}
END_TEST

/* Records that share a list of addresses do not add to one another's. */
START_TEST(test_shared_addresses)
{
    static const struct {
        bool internal;
        const char *owner, *addresses;
    } rows[] = {
        { true, "webext01.contoso.example", "203.0.113.20 10.77.1.10" },
        { true, "webext02.contoso.example", "203.0.113.20 10.77.2.10" },
        { true, "webdir.contoso.example", "203.0.113.20 10.77.0.15" },
        { false, "webdir.contoso.example", "203.0.113.20" },
        { false, "lyncdiscover.litware.example", "203.0.113.20" },
        { true, "dialin.contoso.example", "10.77.0.15 10.77.1.10 10.77.2.10" },
    };
    town_of_two_pools(&town);
    town_expect(&town);
    for (size_t i = 0; i < LP_COUNT(rows); i++) {
        const struct lp_expectation *e = record(rows[i].internal, rows[i].owner);
        ck_assert_str_eq(town_address_text(&town, &e->dns.addresses), rows[i].addresses);
    }
}
END_TEST

START_TEST(test_balanced_by_hardware)
{
    town_of_two_pools(&town);
    pool(0)->web_internal = LP_STR_NONE;
    town_expect(&town);
    const struct lp_expectation *e = record(true, "pool01.corp.contoso.example");
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses), "10.77.1.10");
    ck_assert(!port("pool01.corp.contoso.example", "10.77.1.10", 5061)->optional);
    ck_assert(!port("pool01.corp.contoso.example", "10.77.1.10", 443)->optional);
}
END_TEST

/* The Director stands before the pools; the web services of each are as good. */
START_TEST(test_director_first)
{
    town_of_two_pools(&town);
    town_expect(&town);
    const struct lp_expectation *e = record(true, "lyncdiscoverinternal.litware.example");
    ck_assert_str_eq(town_address_text(&town, &e->dns.addresses),
                     "10.77.0.15 10.77.1.10 10.77.2.10");
    ck_assert_uint_eq(e->dns.planned, 1);
    ck_assert_str_eq(e->dns.target.p, "dir.contoso.example");
    ck_assert_str_eq(e->role, "director");
}
END_TEST

/* An address that the file does not say may be any. */
START_TEST(test_unknown_addresses)
{
    town_of_two_pools(&town);
    pool(2)->addresses = (struct lp_list){ 0 };
    pool(4)->addresses = (struct lp_list){ 0 };
    town_expect(&town);
    ck_assert_uint_eq(record(true, "meet.contoso.example")->dns.addresses.n, 0);
    ck_assert_uint_eq(record(false, "meet.contoso.example")->dns.addresses.n, 0);
    ck_assert_uint_eq(record(true, "meet.contoso.example")->dns.planned, 0);
    port("dir.contoso.example", "", 5061);
    port("webdir.contoso.example", "", 4443);
    port("meet.litware.example", "", 443);
}
END_TEST

START_TEST(test_members_without_addresses)
{
    static const int64_t once[] = { 5061, 443 };
    town_of_two_pools(&town);
    struct lp_member *members = pool(0)->members.at;
    members[0].addresses = members[1].addresses = (struct lp_list){ 0 };
    town_expect(&town);
    port("fe11.corp.contoso.example", "", 444);
    port("fe12.corp.contoso.example", "", 444);
    /* by the pool's names one question finds all the servers */
    for (size_t i = 0; i < LP_COUNT(once); i++) {
        size_t n = 0;
        for (size_t j = 0; j < town.expected.n; j++) {
            const struct lp_expectation *e = &town.expected.at[j];
            n += e->kind == LP_EXPECT_PORT && !e->skip && e->pool == pool(0) &&
                 !e->port.address.family && e->port.ports[0] == once[i] &&
                 (!e->port.path.n || lp_str_starts_nocase(e->port.path, "/Autodiscover"));
        }
        ck_assert_uint_eq(n, 1);
    }
}
END_TEST

START_TEST(test_certificates_of_all_domains)
{
    town_of_two_pools(&town);
    town_expect(&town);
    ck_assert_str_eq(town_names(&town, &certificate("front-end")->cert.names),
                     "pool01.corp.contoso.example sip.contoso.example sip.fabrikam.example "
                     "sip.litware.example lyncdiscoverinternal.contoso.example "
                     "lyncdiscoverinternal.fabrikam.example lyncdiscoverinternal.litware.example "
                     "lyncdiscover.contoso.example lyncdiscover.fabrikam.example "
                     "lyncdiscover.litware.example admin.contoso.example meet.contoso.example "
                     "meet.fabrikam.example meet.litware.example dialin.contoso.example "
                     "webint01.corp.contoso.example webext01.contoso.example");
    ck_assert_str_eq(town_names(&town, &certificate("front-end")->cert.members),
                     "fe11.corp.contoso.example fe12.corp.contoso.example");
    ck_assert_str_eq(town_names(&town, &certificate("edge-external")->cert.names),
                     "access.contoso.example sip.contoso.example sip.fabrikam.example "
                     "sip.litware.example conf.contoso.example");
    ck_assert_str_eq(town_names(&town, &certificate("reverse-proxy")->cert.names),
                     "webext01.contoso.example webext02.contoso.example webdir.contoso.example "
                     "meet.contoso.example meet.fabrikam.example meet.litware.example "
                     "dialin.contoso.example lyncdiscover.contoso.example "
                     "lyncdiscover.fabrikam.example lyncdiscover.litware.example");
    ck_assert(certificate("edge-external")->cert.shared);
    ck_assert(!certificate("front-end")->cert.shared);
}
END_TEST

/* ---- each port shows the certificate of its role ---- */

static const struct {
    const char *host, *address;
    int64_t port;
    const char *role, *member; /* role "": none */
} shown[] = {
    { "fe11.corp.contoso.example", "10.77.1.11", 444, "front-end", "fe11.corp.contoso.example" },
    { "webint01.corp.contoso.example", "10.77.1.10", 443, "front-end", "" },
    { "webint01.corp.contoso.example", "10.77.1.10", 80, "", "" },
    { "edge01.corp.contoso.example", "10.77.0.21", 5061, "edge-internal",
      "edge01.corp.contoso.example" },
    { "edge01.corp.contoso.example", "10.77.0.21", 443, "", "edge01.corp.contoso.example" },
    { "access.contoso.example", "203.0.113.10", 443, "edge-external", "" },
    { "conf.contoso.example", "203.0.113.12", 443, "edge-external", "" },
    { "av.contoso.example", "203.0.113.14", 443, "", "" },
    { "meet.contoso.example", "203.0.113.20", 443, "reverse-proxy", "" },
};

START_TEST(test_certificate_of_port)
{
    town_of_two_pools(&town);
    town_expect(&town);
    const struct lp_expectation *e = port(shown[_i].host, shown[_i].address, shown[_i].port);
    const char *member = e->port.member.n ? e->port.member.p : "";
    ck_assert_str_eq(member, shown[_i].member);
    if (!*shown[_i].role) {
        ck_assert_uint_eq(e->port.certificate, SIZE_MAX);
        return;
    }
    ck_assert_uint_lt(e->port.certificate, town.expected.n);
    const struct lp_expectation *cert = &town.expected.at[e->port.certificate];
    ck_assert_int_eq(cert->kind, LP_EXPECT_CERT);
    ck_assert_str_eq(cert->cert.role, shown[_i].role);
    ck_assert_ptr_eq(cert->pool, e->pool);
}
END_TEST

Suite *lp_suite_expect(void)
{
    Suite *s = suite_create("expect");
    TCase *t = tcase_create("deployments");
    tcase_add_checked_fixture(t, NULL, close_town);
    tcase_add_test(t, test_single_edge);
    tcase_add_test(t, test_single_edge_without_federation);
    tcase_add_test(t, test_nat);
    tcase_add_loop_test(t, test_srv_targets, 0, (int)LP_COUNT(srv_rows));
    tcase_add_test(t, test_optional_without_need);
    tcase_add_test(t, test_balanced_by_dns);
    tcase_add_test(t, test_shared_addresses);
    tcase_add_test(t, test_balanced_by_hardware);
    tcase_add_test(t, test_director_first);
    tcase_add_test(t, test_unknown_addresses);
    tcase_add_test(t, test_members_without_addresses);
    tcase_add_test(t, test_certificates_of_all_domains);
    tcase_add_loop_test(t, test_certificate_of_port, 0, (int)LP_COUNT(shown));
    suite_add_tcase(s, t);
    return s;
}
