/* test_decisive.c - which questions the deciding client's way rests on */
#include <check.h>
#include <string.h>

#include "lp/decisive.h"
#include "stage.h"

Suite *lp_suite_decisive(void);

static const struct {
    const char *what, *base, *changes;
    const char *key; /* part of the key of a question */
    bool decisive;
} rows[] = {
    { "the first name, which is not there", "out", NULL, "A lyncdiscoverinternal", true },
    { "the name that is used", "out", NULL, "A lyncdiscover.contoso", true },
    { "its page", "out", NULL, "https://lyncdiscover.contoso", true },
    { "the record that gives the server", "out", NULL, "SRV _sip._tls", true },
    { "the address of the server", "out", NULL, "A access.contoso", true },
    { "the server", "out", NULL, "sip access.contoso.example:443", true },
    { "what its answer leads to", "out", NULL, "https://webext.contoso.example", true },
    { "and the address of that", "out", NULL, "A webext", true },
    { "a name after it", "out", NULL, "A sipexternal", false },
    { "another client's record", "out", NULL, "SRV _sipfederationtls", false },
    { "the random label", "out", NULL, "A zq7x3wq9", false },
    { "nothing leads on: every step", "out",
      "dns lyncdiscover ANY nxdomain\ndns _sip._tls ANY nxdomain\ndns sip ANY nxdomain\n",
      "A sipexternal", true },
    { "the client gives up there", "out",
      "dns lyncdiscover ANY nxdomain\ntcp 203.0.113.10:443 timeout\n",
      "sip access.contoso.example:443", true },
};

START_TEST(questions)
{
    struct stage s;
    struct lp_survey survey;
    size_t found = 0;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_run(&s);
    lp_survey_make(&s.logs.log, &s.logs.arena, &survey);
    const bool *decisive = lp_decisive(&survey);
    for (size_t i = 0; i < s.logs.log.n; i++) {
        if (!stage_holds(s.logs.log.at[i]->key, rows[_i].key))
            continue;
        found++;
        ck_assert_msg(decisive[i] == rows[_i].decisive, "%s: %s", rows[_i].what,
                      s.logs.log.at[i]->key.p);
    }
    ck_assert_msg(found > 0, "%s: no %s", rows[_i].what, rows[_i].key);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_decisive(void)
{
    Suite *suite = suite_create("decisive");
    TCase *tc = tcase_create("decisive");
    tcase_add_loop_test(tc, questions, 0, (int)LP_COUNT(rows));
    suite_add_tcase(suite, tc);
    return suite;
}
