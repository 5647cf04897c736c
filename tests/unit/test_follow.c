/* test_follow.c - what the planner asks because a SIP answer names it */
#include <check.h>

#include "logs.h"
#include "lp/sipmsg.h"

Suite *lp_suite_follow(void);

#define PATH "/CertProv/CertProvisioningService.svc"
#define WEB "web https://webext.contoso.example" PATH " "

static void name_sts(struct lp_evidence *e, const char *uri)
{
    ((struct lp_sip_facts *)e->facts)->sts_uri = lp_str_of(uri);
}

START_TEST(its_host_is_asked)
{
    struct logs l;
    logs_begin(&l, "external");
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    name_sts(e, "https://webext.contoso.example:443" PATH);
    ck_assert_ptr_nonnull(logs_wanted(&l, "dns 0 A webext.contoso.example"));
    logs_dns(&l, "A webext", "203.0.113.20; 203.0.113.21");
    const struct lp_ask *ask = logs_wanted(&l, WEB "203.0.113.20");
    ck_assert_ptr_nonnull(ask);
    ck_assert(ask->from_network && !ask->plain);
    ck_assert_ptr_nonnull(logs_wanted(&l, WEB "203.0.113.21"));
    logs_end(&l);
}
END_TEST

static const struct {
    const char *answer, *uri;
} silent[] = {
    { "refused", "https://webext.contoso.example" PATH },
    { "401", "" },
    { "401", "ftp://webext.contoso.example/" },
    { "401", "https://web ext" },
    { "401", "/relative" },
};

START_TEST(nothing_is_asked)
{
    struct logs l;
    logs_begin(&l, "external");
    name_sts(logs_sip(&l, "access:443", "203.0.113.10", silent[_i].answer), silent[_i].uri);
    ck_assert_uint_eq(logs_count_wanted(&l, "dns 0 A webext"), 0);
    ck_assert_uint_eq(logs_count_wanted(&l, "web "), 0);
    logs_end(&l);
}
END_TEST

Suite *lp_suite_follow(void)
{
    Suite *s = suite_create("follow");
    TCase *t = tcase_create("follow");

    tcase_add_test(t, its_host_is_asked);
    tcase_add_loop_test(t, nothing_is_asked, 0, (int)LP_COUNT(silent));
    suite_add_tcase(s, t);
    return s;
}
