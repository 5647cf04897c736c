/* test_prior.c - a walk that outlives its log */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/prior.h"
#include "story.h"

Suite *lp_suite_prior(void);

/* What is kept reads as the walk did, after that is gone. */
START_TEST(test_kept)
{
    struct story story;
    struct lp_prior prior = { .kept = false };
    story_open_all(&story, story_plain);
    ck_assert_ptr_null(lp_prior_of(&prior, &story.log));
    char *text = strdup(story_render(&story, "text"));
    lp_prior_keep(&prior, &story.log);
    story_close(&story);
    story_open_all(&story, (const char *const[]){ STORY_HEADER(""), STORY_END, NULL });
    const struct lp_judgement *kept = lp_prior_of(&prior, &story.log);
    ck_assert_ptr_nonnull(kept);
    struct lp_report_input input = { .walks = &kept, .n = 1, .style = story.style };
    struct lp_buf again = lp_buf_new(1 << 20);
    lp_renderer_by_name(LP_STR("text"))->render(&input, &again);
    ck_assert_str_eq(again.p, text);
    lp_buf_release(&again);
    free(text);
    story_close(&story);
    lp_prior_drop(&prior);
}
END_TEST

/* A walk of another domain has none before it; the last one kept counts. */
START_TEST(test_other_domain)
{
    struct story story;
    struct lp_prior prior = { .kept = false };
    story_open_all(&story, story_plain);
    lp_prior_keep(&prior, &story.log);
    lp_prior_keep(&prior, &story.log);
    ck_assert_uint_eq(prior.log.n, story.log.n);
    story.log.setup.domain = LP_STR("fabrikam.example");
    ck_assert_ptr_null(lp_prior_of(&prior, &story.log));
    lp_prior_drop(&prior);
    ck_assert_ptr_null(lp_prior_of(&prior, &prior.log));
    story_close(&story);
}
END_TEST

Suite *lp_suite_prior(void)
{
    Suite *suite = suite_create("prior");
    TCase *tcase = tcase_create("prior");
    tcase_add_test(tcase, test_kept);
    tcase_add_test(tcase, test_other_domain);
    suite_add_tcase(suite, tcase);
    return suite;
}
