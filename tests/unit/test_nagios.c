/* test_nagios.c - the plugin contract: one plain line, performance data, levels */
#include <check.h>
#include <string.h>

#include "lp/summary.h"
#include "lp/text.h"
#include "story.h"

Suite *lp_suite_nagios(void);

START_TEST(test_line)
{
    struct story story;
    story_open_all(&story, story_plain);
    const char *text = story_render(&story, "nagios");
    ck_assert_int_eq(strncmp(text, "LYNC WARNING - contoso.example external: ", 41), 0);
    ck_assert_ptr_eq(strchr(text, '|'), strrchr(text, '|'));
    ck_assert_ptr_nonnull(strstr(text, "|time=1.235s;;;0;"));
    ck_assert_ptr_nonnull(strstr(text, " endpoints_failed=0;;;0;1 "));
    ck_assert_ptr_nonnull(strstr(text, "dns_time_max=0.018s;;;0\n"));
    ck_assert_uint_eq(strlen(strchr(text, '\n')), 1);
    story_close(&story);
}
END_TEST

/* Each level holds what the one before has, and more. */
START_TEST(test_levels)
{
    struct story story;
    char before[1 << 16] = "";
    story_open_all(&story, story_plain);
    for (int level = 0; level <= 3; level++) {
        story.style.verbosity = level;
        const char *text = story_render(&story, "nagios");
        ck_assert_int_eq(strncmp(text, before, strlen(before)), 0);
        ck_assert_uint_gt(strlen(text), strlen(before));
        ck_assert_uint_lt(strlen(text), sizeof before);
        memcpy(before, text, strlen(text) + 1);
    }
    ck_assert_ptr_nonnull(strstr(before, "[WARNING] LP-DNS-RECORD-MISSING "));
    ck_assert_ptr_nonnull(strstr(before, "\nstep e _sip._tls.contoso.example SRV: used, answered"));
    story_close(&story);
}
END_TEST

START_TEST(test_days)
{
    struct story story;
    story_open_all(&story,
                   (const char *const[]){
                       STORY_HEADER(""), story_names,
                       STORY_SIP(20, "198.51.100.10", "ok", STORY_TLS(STORY_AA), STORY_401),
                       STORY_LEAF(21, STORY_AA, "\"not_after\":1795498859"), STORY_END, NULL });
    const char *text = story_render(&story, "nagios");
    ck_assert_msg(strstr(text, " cert_days_min=-1;45:;14: ") != NULL, "%s", text);
    story_close(&story);
}
END_TEST

Suite *lp_suite_nagios(void)
{
    Suite *suite = suite_create("nagios");
    TCase *tcase = tcase_create("nagios");
    tcase_add_test(tcase, test_line);
    tcase_add_test(tcase, test_levels);
    tcase_add_test(tcase, test_days);
    suite_add_tcase(suite, tcase);
    return suite;
}
