/* test_rows_dns.c - records that a topology asks for */
#include <check.h>
#include <string.h>

#include "rows_rig.h"

Suite *lp_suite_rows_dns(void);

static const struct {
    const char *what, *base, *changes;
    int64_t type;
    const char *owner, *answer;
    const char *state;
} rows[] = {
    { "there", "in", NULL, LP_DNS_A, "pool", "10.0.0.11; 10.0.0.12", "met" },
    { "any address", "in", NULL, LP_DNS_A, "pool", "", "met" },
    { "an alias to a good address", "in", "dns fe CNAME alias pool\n", LP_DNS_A, "fe",
      "10.0.0.11;10.0.0.12", "met" },
    { "missing", "in", NULL, LP_DNS_A, "chat", "10.0.0.20", "unmet LP-DNS-RECORD-MISSING" },
    { "missing SRV", "in", NULL, LP_DNS_SRV, "_ntp._udp", "123 dc1",
      "unmet LP-DNS-RECORD-MISSING" },
    { "SRV that says no", "in", "dns _ntp._udp SRV 0 0 0 .\n", LP_DNS_SRV, "_ntp._udp", "123 dc1",
      "unmet LP-DNS-RECORD-MISSING" },
    { "wrong address", "in", "dns chat A 10.0.0.21\n", LP_DNS_A, "chat", "10.0.0.20",
      "unmet LP-DNS-ADDRESS" },
    { "one of two wrong", "in", "dns chat A 10.0.0.20; 10.0.0.21\n", LP_DNS_A, "chat", "10.0.0.20",
      "unmet LP-DNS-ADDRESS" },
    { "wrong IPv6 address", "in", "dns chat A 10.0.0.20\ndns chat AAAA fd00::1\n", LP_DNS_A, "chat",
      "10.0.0.20", "unmet LP-DNS-ADDRESS" },
    { "outside answer", "in", "dns meet A 203.0.113.20\n", LP_DNS_A, "meet", "10.0.0.30",
      "unmet LP-DNS-OUTSIDE-ANSWER" },
    { "inside answer by the topology's word", "out", "dns meet A 198.51.100.66\n", LP_DNS_A, "meet",
      "203.0.113.20", "unmet LP-DNS-INTERNAL-ADDRESS" },
    { "inside answer by class", "out", "dns meet A 10.9.9.9\n", LP_DNS_A, "meet", "203.0.113.20",
      "unmet LP-DNS-INTERNAL-ADDRESS" },
    { "another public address", "out", "dns meet A 203.0.113.99\n", LP_DNS_A, "meet",
      "203.0.113.20", "unmet LP-DNS-ADDRESS" },
    { "SRV", "out", NULL, LP_DNS_SRV, "_sipfederationtls._tcp", "5061 access", "met" },
    { "SRV, one of two targets", "out", NULL, LP_DNS_SRV, "_sipfederationtls._tcp",
      "5061 sip; access", "met" },
    { "SRV target", "out", "dns _sipfederationtls._tcp SRV 0 0 5061 sip\n", LP_DNS_SRV,
      "_sipfederationtls._tcp", "5061 access", "unmet LP-DNS-SRV-TARGET" },
    { "SRV port", "out", "dns _sipfederationtls._tcp SRV 0 0 5062 access\n", LP_DNS_SRV,
      "_sipfederationtls._tcp", "5061 access", "unmet LP-DNS-SRV-PORT" },
    { "SRV target and port", "out", "dns _sipfederationtls._tcp SRV 0 0 5062 sip\n", LP_DNS_SRV,
      "_sipfederationtls._tcp", "5061 access", "unmet LP-DNS-SRV-TARGET" },
    { "absent", "out", NULL, LP_DNS_A, "pool", "absent", "met" },
    { "leak", "out", "dns pool A 10.0.0.11\n", LP_DNS_A, "pool", "absent",
      "unmet LP-DNS-INTERNAL-LEAK" },
    { "leak of an alias", "out", "dns pool CNAME alias access\n", LP_DNS_A, "pool", "absent",
      "unmet LP-DNS-INTERNAL-LEAK" },
    { "leak of an SRV", "out", "dns _x._tcp SRV 0 0 1 access\n", LP_DNS_SRV, "_x._tcp", "absent",
      "unmet LP-DNS-INTERNAL-LEAK" },
    { "an SRV that says no is no leak", "out", "dns _x._tcp SRV 0 0 0 .\n", LP_DNS_SRV, "_x._tcp",
      "absent", "met" },
    { "servfail", "in", "dns chat ANY servfail\n", LP_DNS_A, "chat", "10.0.0.20",
      "unmet LP-DNS-SERVFAIL" },
    { "servfail of an SRV", "in", "dns _ntp._udp SRV servfail\n", LP_DNS_SRV, "_ntp._udp",
      "123 dc1", "unmet LP-DNS-SERVFAIL" },
    { "dangling alias", "in", "dns chat CNAME alias gone\n", LP_DNS_A, "chat", "10.0.0.20",
      "unmet LP-DNS-CNAME-DANGLING" },
    { "no answer", "in", "dns chat ANY timeout\n", LP_DNS_A, "chat", "10.0.0.20",
      "undecided LP-DNS-TIMEOUT" },
    { "not asked", "in", "dns chat ANY not-tried\n", LP_DNS_A, "chat", "10.0.0.20", "undecided" },
};

/* The addresses that the topology gives to the inside and to the outside. */
static void add_pools(struct rig *rig)
{
    rig_pool(rig, LP_ROLE_PROXY, "proxy", "203.0.113.20");
    rig_pool(rig, LP_ROLE_FRONT_END, "pool", "198.51.100.66");
}

START_TEST(each_record)
{
    struct rig rig;
    rig_begin(&rig, rows[_i].base, rows[_i].changes);
    add_pools(&rig);
    const struct lp_expectation *row =
        rig_dns(&rig, rows[_i].type, rows[_i].owner, rows[_i].answer);
    const char *ids = rig_judge(&rig);
    const char *state = rig_state(&rig, row);
    ck_assert_msg(strcmp(state, rows[_i].state) == 0, "%s: %s, with %s", rows[_i].what, state, ids);
    bool ok = strcmp(state, "met") == 0;
    ck_assert_msg(ok == (rig.judgement.exit_code == 0) || strncmp(state, "undecided", 9) == 0,
                  "%s: exit %d", rows[_i].what, rig.judgement.exit_code);
    rig_end(&rig);
}
END_TEST

START_TEST(optional_absence_is_no_finding)
{
    struct rig rig;
    rig_begin(&rig, "in", NULL);
    struct lp_expectation *row = rig_dns(&rig, LP_DNS_A, "ucupdates-r2", "10.0.0.30");
    row->optional = true;
    ck_assert_str_eq(rig_judge(&rig), "LP-WALK-OK(i)");
    ck_assert_str_eq(rig_state(&rig, row), "met");
    rig_end(&rig);
}
END_TEST

START_TEST(the_topology_s_word_replaces_the_required_records)
{
    struct rig rig;
    rig_begin(&rig, "out", "dns sip ANY nxdomain\n");
    ck_assert_str_eq(rig_judge(&rig), "LP-WALK-OK(i)");
    rig_end(&rig);
}
END_TEST

START_TEST(a_record_of_the_walk_is_found_once)
{
    struct rig rig;
    rig_begin(&rig, "out", "dns _sip._tls SRV 0 0 444 access\n");
    const struct lp_expectation *row = rig_dns(&rig, LP_DNS_SRV, "_sip._tls", "443 access");
    rig_judge(&rig);
    size_t n = 0;
    for (size_t i = 0; i < rig.judgement.finding_count; i++)
        n += strcmp(rig.judgement.findings[i].rule->id, "LP-DNS-SRV-PORT") == 0;
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(rig_state(&rig, row), "unmet LP-DNS-SRV-PORT");
    rig_end(&rig);
}
END_TEST

START_TEST(words_of_a_finding)
{
    struct rig rig;
    rig_begin(&rig, "in", "dns chat A 10.0.0.21; 10.0.0.20; 10.0.0.22\n");
    rig_dns(&rig, LP_DNS_A, "chat", "10.0.0.20")->role = "persistent-chat";
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-DNS-ADDRESS", "chat");
    ck_assert_ptr_nonnull(f);
    ck_assert_str_eq(f->subject.p, "chat.contoso.example A");
    ck_assert_str_eq(f->expected.p, "10.0.0.20");
    ck_assert_str_eq(f->observed.p, "10.0.0.21, 10.0.0.22");
    ck_assert_str_eq(f->role, "persistent-chat");
    ck_assert_str_eq(f->place.p, "contoso.yaml:1");
    ck_assert(f->severity == LP_CRITICAL);
    rig_end(&rig);
}
END_TEST

/* Whoever is sent elsewhere meets closed doors there: one finding. */
START_TEST(what_follows_from_a_wrong_record)
{
    struct rig rig;
    rig_begin(&rig, "in", "dns pool A 10.0.0.99\ndns sip A 10.0.0.99\n");
    rig_dns(&rig, LP_DNS_A, "pool", "10.0.0.11; 10.0.0.12");
    rig_dns(&rig, LP_DNS_A, "sip", "10.0.0.11; 10.0.0.12");
    rig_judge(&rig);
    ck_assert_str_eq(rig.judgement.findings[0].rule->id, "LP-DNS-ADDRESS");
    for (size_t i = 1; i < rig.judgement.finding_count; i++)
        ck_assert_msg(rig.judgement.findings[i].cause == 0 ||
                          rig.judgement.findings[i].severity == LP_INFO,
                      "%s is a root", rig.judgement.findings[i].rule->id);
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_rows_dns(void)
{
    Suite *suite = suite_create("rows_dns");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, each_record, 0, (int)LP_COUNT(rows));
    tcase_add_test(tests, optional_absence_is_no_finding);
    tcase_add_test(tests, the_topology_s_word_replaces_the_required_records);
    tcase_add_test(tests, a_record_of_the_walk_is_found_once);
    tcase_add_test(tests, words_of_a_finding);
    tcase_add_test(tests, what_follows_from_a_wrong_record);
    suite_add_tcase(suite, tests);
    return suite;
}
