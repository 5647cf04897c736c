/* test_expect_web.c - web ports: a page each, by role, site, simple URL and feature */
#include <check.h>
#include <string.h>

#include "topologies.h"

Suite *lp_suite_expect_web(void);

static struct town town;

static void teardown(void)
{
    town_close(&town);
}

/* Probe and path of all expectations of that host and port, each once. */
static const char *pages(const char *host, int64_t port)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < town.expected.n; i++) {
        const struct lp_expectation *e = &town.expected.at[i];
        if (e->kind != LP_EXPECT_PORT || e->skip || e->port.ports[0] != port ||
            !lp_str_eq(e->port.host, lp_str_of(host)))
            continue;
        struct lp_str page = lp_arena_printf(&town.arena, " %s%s", e->port.probe,
                                             e->port.path.n ? e->port.path.p : "");
        if (!strstr(text.p, page.p))
            text = lp_arena_printf(&town.arena, "%s%s", text.p, page.p);
    }
    return text.p;
}

#define SERVICE "/Autodiscover/AutodiscoverService.svc/root"
#define WCF " web/CertProv/CertProvisioningService.svc web/WebTicket/WebTicketService.svc"
#define OUTSIDE                                                                      \
    " web" SERVICE " web/meet web/dialin web/abs web/GroupExpansion/service.svc" WCF \
    " web/ucwa/v1/applications web/Reach/sip.svc"
#define INSIDE                                                                                \
    " web" SERVICE " web/meet web/dialin web/cscp web/abs web/GroupExpansion/service.svc" WCF \
    " web/ucwa/v1/applications web/Reach/sip.svc"

static const struct {
    const char *host;
    int64_t port;
    const char *pages;
} rows[] = {
    { "webint.corp.contoso.example", 443, INSIDE },
    { "webext.contoso.example", 4443, OUTSIDE },
    { "webext.contoso.example", 443, OUTSIDE },
    { "meet.contoso.example", 443, " web/" },
    { "wac.contoso.example", 443, " wac web/hosting/discovery" },
    { "sts.contoso.example", 443,
      " adfs/FederationMetadata/2007-06/FederationMetadata.xml"
      " adfs/adfs/ls/IdpInitiatedSignon.aspx" },
};

START_TEST(page)
{
    town_of_every_role(&town);
    town_expect(&town);
    ck_assert_str_eq(pages(rows[_i].host, rows[_i].port), rows[_i].pages);
}
END_TEST

START_TEST(a_feature_that_is_off)
{
    town_of_every_role(&town);
    town.topology.feature[LP_FEATURE_DIAL_IN] = false;
    town.topology.feature[LP_FEATURE_MOBILITY] = false;
    town_expect(&town);
    const char *all = pages("webext.contoso.example", 4443);
    ck_assert_ptr_null(strstr(all, "/dialin"));
    ck_assert_ptr_null(strstr(all, "/ucwa"));
    ck_assert_ptr_nonnull(strstr(all, "/meet"));
}
END_TEST

START_TEST(a_director_has_less)
{
    town_of_two_pools(&town);
    town_expect(&town);
    ck_assert_str_eq(pages("webdir.contoso.example", 4443), " web" SERVICE " web/meet" WCF);
}
END_TEST

/* One host for all simple URLs (the third option of the documentation). */
START_TEST(simple_urls_of_one_host)
{
    town_open(&town);
    town_domain(&town, "contoso.example");
    town_url(&town, LP_URL_MEET, "https://lync.contoso.example/meet");
    town_url(&town, LP_URL_DIALIN, "https://lync.contoso.example/dialin");
    town_pool(&town, LP_ROLE_PROXY, "", "203.0.113.20");
    town_expect(&town);
    ck_assert_str_eq(pages("lync.contoso.example", 443), " web/meet web/dialin");
}
END_TEST

Suite *lp_suite_expect_web(void)
{
    Suite *s = suite_create("expect_web");
    TCase *t = tcase_create("expect_web");

    tcase_add_checked_fixture(t, NULL, teardown);
    tcase_add_loop_test(t, page, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, a_feature_that_is_off);
    tcase_add_test(t, a_director_has_less);
    tcase_add_test(t, simple_urls_of_one_host);
    suite_add_tcase(s, t);
    return s;
}
