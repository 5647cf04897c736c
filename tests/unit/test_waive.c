/* test_waive.c - findings that the topology accepts for a time */
#include <check.h>
#include <string.h>

#include "lp/renderers.h"
#include "rows_rig.h"

Suite *lp_suite_waive(void);

enum { DAY = 86400 };

static const struct {
    const char *what, *id, *subject; /* subject NULL: every one */
    lp_utc from, until;
    bool waived, said;
} rows[] = {
    { "every subject", "LP-PORT-CLOSED", NULL, LP_UTC_NONE, LOGS_CLOCK + DAY, true, true },
    { "this subject", "LP-PORT-CLOSED", "pool.*:444 *", LOGS_CLOCK - DAY, LOGS_CLOCK + DAY, true,
      true },
    { "in lower case", "port-closed", NULL, LP_UTC_NONE, LOGS_CLOCK + DAY, true, true },
    { "another subject", "LP-PORT-CLOSED", "chat*", LP_UTC_NONE, LOGS_CLOCK + DAY, false, false },
    { "another id", "LP-PORT-FILTERED", NULL, LP_UTC_NONE, LOGS_CLOCK + DAY, false, false },
    { "over", "LP-PORT-CLOSED", NULL, LP_UTC_NONE, LOGS_CLOCK, false, true },
    { "not yet begun", "LP-PORT-CLOSED", NULL, LOGS_CLOCK + 1, LOGS_CLOCK + DAY, false, true },
};

static struct lp_waiver waiver_of(size_t i)
{
    return (struct lp_waiver){ .id = lp_str_of(rows[i].id),
                               .subject = lp_str_of(rows[i].subject),
                               .from = rows[i].from,
                               .until = rows[i].until };
}

START_TEST(each_waiver)
{
    struct rig rig;
    rig_begin(&rig, "in", NULL);
    struct lp_waiver waiver = waiver_of((size_t)_i);
    rig.topology.waivers = (struct lp_list){ &waiver, 1 };
    const struct lp_expectation *row = rig_port(&rig, "pool", 444, "10.0.0.11");
    rig_judge(&rig);
    const struct lp_finding *f = stage_find(&rig.judgement, "LP-PORT-CLOSED", NULL);
    ck_assert_ptr_nonnull(f);
    ck_assert_msg(f->waived == rows[_i].waived, "%s", rows[_i].what);
    ck_assert_msg((f->waiver != NULL) == rows[_i].said, "%s", rows[_i].what);
    ck_assert_int_eq(f->severity, rows[_i].waived ? LP_INFO : LP_CRITICAL);
    ck_assert_int_eq(rig.judgement.exit_code, rows[_i].waived ? 0 : 2);
    ck_assert_str_eq(rig_state(&rig, row),
                     rows[_i].waived ? "waived LP-PORT-CLOSED" : "unmet LP-PORT-CLOSED");
    ck_assert_uint_eq(rig.judgement.expectations.findings_waived, rows[_i].waived);
    rig_end(&rig);
}
END_TEST

START_TEST(of_two_the_one_that_runs)
{
    struct rig rig;
    struct lp_waiver waivers[] = { waiver_of(5), waiver_of(0) };
    rig_begin(&rig, "in", NULL);
    rig.topology.waivers = (struct lp_list){ waivers, 2 };
    rig_port(&rig, "pool", 444, "10.0.0.11");
    rig_judge(&rig);
    ck_assert_int_eq(rig.judgement.exit_code, 0);
    rig_end(&rig);
}
END_TEST

/* What is not waived stays what it is. */
START_TEST(the_rest_counts)
{
    struct rig rig;
    struct lp_waiver waiver = waiver_of(1);
    rig_begin(&rig, "in", NULL);
    rig.topology.waivers = (struct lp_list){ &waiver, 1 };
    rig_port(&rig, "pool", 444, "10.0.0.11");
    rig_port(&rig, "chat", 5041, "10.0.0.41");
    rig_judge(&rig);
    ck_assert_int_eq(rig.judgement.exit_code, 2);
    ck_assert(stage_holds(rig.judgement.findings[0].subject, "chat"));
    rig_end(&rig);
}
END_TEST

/* ---- in the report ---------------------------------------------------------------- */

enum { CLOCK_DAY = LOGS_CLOCK / DAY * DAY };

static const struct {
    lp_utc from, until;
    const char *want;
    bool accepted;
} words[] = {
    { LP_UTC_NONE, CLOCK_DAY + 2 * DAY, "waived     until 25 Nov 2025: new disks", true },
    { LP_UTC_NONE, CLOCK_DAY + DAY + 5400, "waived     until 25 Nov 2025 01:30 UTC: new disks",
      true },
    { CLOCK_DAY, CLOCK_DAY + DAY + 5400,
      "waived     in maintenance until 25 Nov 2025 01:30 UTC: new", true },
    { CLOCK_DAY + DAY + 3600, CLOCK_DAY + 2 * DAY,
      "waiver     maintenance not yet begun, from 25 Nov 2025 01:00 UTC", false },
    { CLOCK_DAY - DAY, CLOCK_DAY, "waiver     maintenance ended on", false },
    { LP_UTC_NONE, CLOCK_DAY + 60, "waiver     ended on 24 Nov 2025 00:01 UTC: new disks", false },
};

START_TEST(in_the_report)
{
    struct rig rig;
    struct lp_waiver waiver = { .id = LP_STR("LP-PORT-CLOSED"),
                                .reason = LP_STR("new disks"),
                                .from = words[_i].from,
                                .until = words[_i].until };
    rig_begin(&rig, "in", NULL);
    rig.topology.waivers = (struct lp_list){ &waiver, 1 };
    rig_port(&rig, "pool", 444, "10.0.0.11");
    rig_judge(&rig);
    const struct lp_judgement *j = &rig.judgement;
    struct lp_report_input input = { .walks = &j, .n = 1 };
    struct lp_buf out = lp_buf_new(1 << 20);
    lp_report_text(&input, &out);
    ck_assert_msg(strstr(out.p, words[_i].want) != NULL, "%s in %s", words[_i].want, out.p);
    ck_assert_int_eq(strstr(out.p, "; 1 accepted for a time") != NULL, words[_i].accepted);
    lp_buf_release(&out);
    rig_end(&rig);
}
END_TEST

Suite *lp_suite_waive(void)
{
    Suite *suite = suite_create("waive");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, each_waiver, 0, (int)LP_COUNT(rows));
    tcase_add_test(tests, of_two_the_one_that_runs);
    tcase_add_test(tests, the_rest_counts);
    tcase_add_loop_test(tests, in_the_report, 0, (int)LP_COUNT(words));
    suite_add_tcase(suite, tests);
    return suite;
}
