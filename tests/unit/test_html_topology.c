/* test_html_topology.c - the page of a check: expectations, names that a certificate must have */
#include <check.h>
#include <string.h>

#include "lp/report.h"
#include "rows_rig.h"

Suite *lp_suite_html_topology(void);

static struct rig rig;
static struct lp_buf out;

static const char *render(void)
{
    const struct lp_judgement *walk = &rig.judgement;
    struct lp_report_input input = { .walks = &walk, .n = 1 };
    lp_buf_clear(&out);
    lp_renderer_by_name(LP_STR("html"))->render(&input, &out);
    return out.p;
}

static void set_up(void)
{
    out = lp_buf_new(1 << 24);
    rig_begin(&rig, "out", "");
}

static void tear_down(void)
{
    rig_end(&rig);
    lp_buf_release(&out);
}

/* The text from one phrase on; fails when it is not there. */
static const char *from(const char *page, const char *phrase)
{
    const char *at = strstr(page, phrase);
    ck_assert_msg(at != NULL, "no \"%s\"", phrase);
    return at;
}

/* What is not as it should be comes before what is, each with its file and line. */
START_TEST(test_expectations)
{
    rig_dns(&rig, LP_DNS_A, "sip", "192.0.2.99");
    rig_dns(&rig, LP_DNS_SRV, "_sip._tls", "");
    rig_judge(&rig);
    const char *page = from(render(), "id=\"w1-expectations\"");
    const char *open = from(page, "Records that are not as asked for");
    const char *unmet = from(open, "badge critical\">unmet");
    from(unmet, "sip.contoso.example A");
    const char *settled = from(unmet, "Records that are as asked for");
    from(from(settled, "badge ok\">met"), "_sip._tls.contoso.example SRV");
    from(settled, "contoso.yaml:");
    from(settled, "Nothing of the kind in this view.");
}
END_TEST

/* A card says which name is missing, beside those that are there. */
START_TEST(test_names)
{
    rig_cert(&rig, "edge-external", "access,gone");
    rig_port(&rig, "access", 443, NULL);
    rig_judge(&rig);
    const char *page = from(render(), "id=\"w1-certificates\"");
    const char *name = from(page, "gone.contoso.example</code>");
    const char *no = from(name, "by the topology");
    const char *end = from(name, "</tr>");
    ck_assert(no < end);
    ck_assert(from(name, "</span> no</td>") < end);
}
END_TEST

Suite *lp_suite_html_topology(void)
{
    Suite *suite = suite_create("html_topology");
    TCase *tcase = tcase_create("html_topology");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, test_expectations);
    tcase_add_test(tcase, test_names);
    suite_add_tcase(suite, tcase);
    return suite;
}
