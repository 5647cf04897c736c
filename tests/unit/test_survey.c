/* test_survey.c - all clients' paths of one log, and the words for them */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_survey(void);

/* The words are part of the output (DESIGN 4). */
START_TEST(words)
{
    static const char *const steps[] = { "used",   "found-not-used", "missing",
                                         "broken", "skipped",        "undecided" };
    static const char *const paths[] = { "signs-in", "fails", "undecided" };
    for (int i = LP_STEP_USED; i <= LP_STEP_UNDECIDED; i++)
        ck_assert_str_eq(lp_step_word((enum lp_step_outcome)i), steps[i]);
    for (int i = LP_SIGNS_IN; i <= LP_UNDECIDED; i++)
        ck_assert_str_eq(lp_path_word((enum lp_path_outcome)i), paths[i]);
}
END_TEST

START_TEST(a_path_for_every_client)
{
    struct stage s;
    struct lp_survey survey;
    stage_begin(&s, stage_outside, NULL);
    stage_run(&s);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    ck_assert_uint_eq(survey.path_count, lp_client_count);
    for (size_t i = 0; i < survey.path_count; i++) {
        ck_assert_ptr_eq(survey.paths[i].client, &lp_clients[i]);
        ck_assert_int_eq(survey.paths[i].outcome, LP_SIGNS_IN);
    }
    ck_assert(!survey.internal);
    ck_assert_str_eq(survey.view_why.p, "asked for");
    stage_end(&s);
}
END_TEST

/* The view chooses the poster's list. */
START_TEST(list_of_the_view)
{
    struct stage s;
    struct lp_survey survey;
    stage_begin(&s, stage_inside, "set view auto\n");
    stage_run(&s);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    ck_assert(survey.internal);
    ck_assert_uint_eq(survey.paths[0].step_count, 6);
    ck_assert_str_eq(survey.paths[0].steps[0].row->label, "1");
    stage_end(&s);
}
END_TEST

static const struct {
    const char *client;
    const char *decides;
} clients[] = {
    { "lync2013", "lync2013" }, { "mobile", "mobile" },   { "federation", "federation" },
    { "phone", "phone" },       { "nobody", "lync2013" }, { "", "lync2013" },
};

START_TEST(the_client_that_decides)
{
    struct stage s;
    struct lp_survey survey;
    stage_begin(&s, stage_outside, NULL);
    s.logs.log.setup.client = lp_str_of(clients[_i].client);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    ck_assert_str_eq(survey.main->client->name, clients[_i].decides);
    stage_end(&s);
}
END_TEST

/* An unfinished log has a survey too: nothing is decided. */
START_TEST(of_an_empty_log)
{
    struct logs l;
    struct lp_survey survey;
    logs_begin(&l, "auto");
    lp_survey_make(&l.log, &l.arena, &survey);
    for (size_t i = 0; i < survey.path_count; i++)
        ck_assert_int_eq(survey.paths[i].outcome, LP_UNDECIDED);
    logs_end(&l);
}
END_TEST

Suite *lp_suite_survey(void)
{
    Suite *suite = suite_create("survey");
    TCase *tc = tcase_create("survey");
    tcase_add_test(tc, words);
    tcase_add_test(tc, a_path_for_every_client);
    tcase_add_test(tc, list_of_the_view);
    tcase_add_loop_test(tc, the_client_that_decides, 0, (int)LP_COUNT(clients));
    tcase_add_test(tc, of_an_empty_log);
    suite_add_tcase(suite, tc);
    return suite;
}
