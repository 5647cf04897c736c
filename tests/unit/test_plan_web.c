/* test_plan_web.c - which questions are missing after which Autodiscover answers */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "logs.h"
#include "lp/plan.h"

Suite *lp_suite_plan_web(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
}

static void tear_down(void)
{
    logs_end(&l);
}

static const struct lp_ask *wanted(const char *key)
{
    return logs_wanted(&l, key);
}

static size_t count(const char *beginning)
{
    return logs_count_wanted(&l, beginning);
}

/* ---- Autodiscover ---- */

#define LD "http://lyncdiscover.contoso.example/"
#define WEBEXT "https://webext.contoso.example"
#define ADDRESS "203.0.113.20"

START_TEST(redirect_to_another_host)
{
    struct lp_evidence *e = logs_web(&l, LD, ADDRESS, AD_REDIRECT(WEBEXT "/r"));
    const struct lp_ask *dns = wanted("dns 0 A webext.contoso.example");
    ck_assert_ptr_nonnull(dns);
    ck_assert_int_eq(dns->parent, e->id);
    logs_dns(&l, "A webext", "203.0.113.20; 203.0.113.21");
    ck_assert_ptr_nonnull(wanted("autodiscover " WEBEXT "/r 203.0.113.21"));
    const struct lp_ask *ask = wanted("autodiscover " WEBEXT "/r 203.0.113.20");
    ck_assert_ptr_nonnull(ask);
    ck_assert_int_eq(ask->hop, 1);
    ck_assert_int_eq(ask->parent, e->id);
    ck_assert(ask->from_network && !ask->plain);
}
END_TEST

START_TEST(redirect_with_a_port)
{
    logs_web(&l, LD, ADDRESS, "302 http://webext.contoso.example:8080/r");
    logs_dns(&l, "A webext", "203.0.113.20");
    const struct lp_ask *ask =
        wanted("autodiscover http://webext.contoso.example:8080/r 203.0.113.20");
    ck_assert_ptr_nonnull(ask);
    ck_assert_int_eq(ask->port, 8080);
    ck_assert(ask->plain);
}
END_TEST

START_TEST(redirect_to_an_address)
{
    logs_web(&l, LD, ADDRESS, "302 https://203.0.113.9/");
    ck_assert_ptr_nonnull(wanted("autodiscover https://203.0.113.9/ 203.0.113.9"));
    logs_web(&l, "https://lyncdiscover.contoso.example/", ADDRESS, "302 https://[2001:db8::9]/");
    ck_assert_ptr_nonnull(wanted("autodiscover https://[2001:db8::9]/ 2001:db8::9"));
}
END_TEST

static const char *const not_followed[] = { "302 ftp://webext.contoso.example/",
                                            "302 https://u:p@webext.contoso.example/",
                                            "302 https://0x7f.1/",
                                            "302 https://2130706433/",
                                            "302",
                                            AD_REDIRECT("gopher://webext.contoso.example/"),
                                            "200 <html>" AD_REDIRECT(WEBEXT "/r"),
                                            "404 " AD_REDIRECT(WEBEXT "/r") };

START_TEST(hostile_redirects)
{
    size_t before = count("");
    logs_web(&l, LD, ADDRESS, not_followed[_i]);
    ck_assert_uint_eq(count(""), before);
}
END_TEST

/* Ten redirects are followed; the tenth's own is not. */
START_TEST(ten_redirects)
{
    for (int i = 0; i <= LP_MAX_REDIRECTS; i++) {
        char url[64], body[64], key[128];
        snprintf(url, sizeof url, "http://203.0.113.%d/", i);
        snprintf(body, sizeof body, "302 http://203.0.113.%d/", i + 1);
        snprintf(key, sizeof key, "autodiscover http://203.0.113.%d/ 203.0.113.%d", i + 1, i + 1);
        struct lp_evidence *e = logs_web(&l, url, "203.0.113.99", body);
        ((struct lp_autodiscover_facts *)e->facts)->http.hop = i;
        ck_assert_int_eq((wanted(key) != NULL), i < LP_MAX_REDIRECTS);
    }
}
END_TEST

START_TEST(loops_come_to_an_end)
{
    logs_web(&l, "http://203.0.113.1/", "203.0.113.1", "302 http://203.0.113.2/");
    logs_web(&l, "http://203.0.113.2/", "203.0.113.2", "302 http://203.0.113.1/");
    ck_assert_uint_eq(count("autodiscover"), 0);
}
END_TEST

/* Documents of the root's own host are asked once, at the node that named them. */
START_TEST(documents_at_the_same_node)
{
    struct lp_evidence *e = logs_web(&l, WEBEXT AD_SERVICE, "203.0.113.21",
                                     AD_ROOT_OF("External", "webext.contoso.example"));
    logs_web(&l, WEBEXT AD_SERVICE, "203.0.113.22",
             AD_ROOT_OF("External", "webext.contoso.example"));
    logs_dns(&l, "A webext", "203.0.113.21; 203.0.113.22");
    const struct lp_ask *ask = wanted("autodiscover " WEBEXT AD_SERVICE "/domain 203.0.113.21");
    ck_assert_ptr_nonnull(ask);
    ck_assert_int_eq(ask->parent, e->id);
    ck_assert_ptr_nonnull(wanted("autodiscover " WEBEXT AD_SERVICE "/user 203.0.113.21"));
    ck_assert_uint_eq(count("autodiscover"), 2);
}
END_TEST

START_TEST(documents_at_another_host)
{
    logs_web(&l, LD, ADDRESS, AD_ROOT_OF("External", "webext.contoso.example"));
    ck_assert_ptr_nonnull(wanted("dns 0 A webext.contoso.example"));
    logs_dns(&l, "A webext", "203.0.113.21");
    ck_assert_ptr_nonnull(wanted("autodiscover " WEBEXT AD_SERVICE "/domain 203.0.113.21"));
    ck_assert_ptr_nonnull(wanted("autodiscover " WEBEXT AD_SERVICE "/user 203.0.113.21"));
}
END_TEST

/* ---- the SIP access that Autodiscover names ---- */

#define BOTH_VIEWS                                                  \
    AD_DOMAIN(AD_ACCESS("Internal", "pool.contoso.example", "5061") \
                  AD_ACCESS("External", "access.contoso.example", "443"))

START_TEST(access_of_the_view_alone)
{
    l.log.setup.view = _i ? LP_STR("internal") : LP_STR("external");
    struct lp_evidence *e = logs_web(&l, WEBEXT "/domain", ADDRESS, BOTH_VIEWS);
    ck_assert_int_eq((wanted("dns 0 A access.contoso.example") != NULL), !_i);
    ck_assert_int_eq((wanted("dns 0 A pool.contoso.example") != NULL), _i);
    logs_dns(&l, "A access", "203.0.113.10");
    logs_dns(&l, "A pool", "10.0.0.11");
    ck_assert_int_eq((wanted("sip access.contoso.example:443 203.0.113.10") != NULL), !_i);
    ck_assert_int_eq((wanted("sip pool.contoso.example:5061 10.0.0.11") != NULL), _i);
    ck_assert_int_gt(e->id, 0);
}
END_TEST

/* auto: not before DNS has said all. */
START_TEST(access_waits_for_the_view)
{
    l.log.setup.view = LP_STR("auto");
    logs_web(&l, WEBEXT "/domain", ADDRESS, BOTH_VIEWS);
    ck_assert_ptr_null(wanted("dns 0 A access.contoso.example"));
    struct lp_asks asks;
    lp_plan_missing(&l.log, &l.arena, &asks);
    for (size_t i = 0; i < asks.n; i++)
        logs_answer(&l, logs_add(&l, &asks.at[i], LP_NONE), "nxdomain");
    ck_assert_ptr_nonnull(wanted("dns 0 A access.contoso.example"));
    ck_assert_ptr_null(wanted("dns 0 A pool.contoso.example"));
}
END_TEST

START_TEST(links_of_the_other_view_are_not_asked)
{
    logs_web(&l, LD, ADDRESS,
             AD_XML("External",
                    "<Root>" AD_LINK("Internal/Autodiscover", "https://in.contoso.example/")
                        AD_LINK("Self", "https://self.contoso.example/")
                            AD_LINK("OAuth", "https://oauth.contoso.example/")
                                AD_LINK("User", WEBEXT "/u") "</Root>"));
    ck_assert_ptr_nonnull(wanted("dns 0 A webext.contoso.example"));
    ck_assert_ptr_null(wanted("dns 0 A in.contoso.example"));
    ck_assert_ptr_null(wanted("dns 0 A self.contoso.example"));
    ck_assert_ptr_null(wanted("dns 0 A oauth.contoso.example"));
}
END_TEST

Suite *lp_suite_plan_web(void)
{
    Suite *suite = suite_create("plan_web");
    TCase *tc = tcase_create("missing");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, redirect_to_another_host);
    tcase_add_test(tc, redirect_with_a_port);
    tcase_add_test(tc, redirect_to_an_address);
    tcase_add_loop_test(tc, hostile_redirects, 0, (int)LP_COUNT(not_followed));
    tcase_add_test(tc, ten_redirects);
    tcase_add_test(tc, loops_come_to_an_end);
    tcase_add_test(tc, documents_at_the_same_node);
    tcase_add_test(tc, documents_at_another_host);
    tcase_add_loop_test(tc, access_of_the_view_alone, 0, 2);
    tcase_add_test(tc, access_waits_for_the_view);
    tcase_add_test(tc, links_of_the_other_view_are_not_asked);
    suite_add_tcase(suite, tc);
    return suite;
}
