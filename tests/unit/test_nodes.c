/* test_nodes.c - servers behind one name that answer, but not alike */
#include <check.h>

#include "stage.h"

Suite *lp_suite_nodes(void);

#define FE(n, words) "tcp 10.0.0.1" n ":5061 tls=pool sip=401 " words "\n"
#define THREE "dns pool A 10.0.0.11; 10.0.0.12; 10.0.0.13\n"
#define NO_SIP "dns sip ANY nxdomain\n"
#define TWO_WEBS(first, second)                 \
    "dns webint A 10.0.0.30; 10.0.0.31\n"       \
    "tcp 10.0.0.30:443 tls=web web " first "\n" \
    "tcp 10.0.0.31:443 tls=web web " second "\n"

static const struct {
    const char *what, *base, *changes;
    const char *id, *subject;        /* NULL: nothing to complain about */
    const char *expected, *observed; /* of the first */
    size_t count;
} rows[] = {
    { "alike", "in", NO_SIP FE("1", "server=RTC/6.0") FE("2", "server=RTC/6.0"), NULL, NULL, NULL,
      NULL, 0 },
    { "versions", "in", NO_SIP FE("1", "server=RTC/6.0") FE("2", "server=RTC/5.0"),
      "LP-SIP-NODES-DIFFER", "10.0.0.12",
      "RTC/6.0 (Skype for Business Server 2015), as at 10.0.0.11", "RTC/5.0 (Lync Server 2013)",
      1 },
    { "the odd one of three", "in",
      NO_SIP THREE FE("1", "server=RTC/5.0") FE("2", "server=RTC/6.0") FE("3", "server=RTC/6.0"),
      "LP-SIP-NODES-DIFFER", "10.0.0.11",
      "RTC/6.0 (Skype for Business Server 2015), as at 10.0.0.12", "RTC/5.0 (Lync Server 2013)",
      1 },
    { "a product that nobody knows", "in", NO_SIP FE("1", "server=x/1") FE("2", "server=x/2"),
      "LP-SIP-NODES-DIFFER", "10.0.0.12", "x/1, as at 10.0.0.11", "x/2", 1 },
    { "one does not say", "in", NO_SIP FE("1", "server=RTC/6.0") FE("2", ""), NULL, NULL, NULL,
      NULL, 0 },
    { "schemes", "in", NO_SIP FE("1", "") FE("2", "schemes=NTLM"), "LP-SIP-NODES-DIFFER",
      "10.0.0.12", "NTLM, TLS-DSK, as at 10.0.0.11", "NTLM", 1 },
    { "version and schemes", "in",
      NO_SIP FE("1", "server=RTC/6.0") FE("2", "schemes=NTLM server=RTC/5.0"),
      "LP-SIP-NODES-DIFFER", "10.0.0.12",
      "RTC/6.0 (Skype for Business Server 2015), as at 10.0.0.11", "RTC/5.0 (Lync Server 2013)",
      2 },
    { "what is ill has its own finding", "in",
      NO_SIP FE("1", "server=RTC/6.0") "tcp 10.0.0.12:5061 tls=pool sip=503 server=RTC/5.0\n", NULL,
      NULL, NULL, NULL, 0 },
    { "web servers alike", "in", TWO_WEBS("server=IIS/8.5", "server=IIS/8.5"), NULL, NULL, NULL,
      NULL, 0 },
    /* all pages say the same: once */
    { "web servers", "in", TWO_WEBS("server=IIS/8.5", "server=IIS/7.5"), "LP-HTTP-NODES-DIFFER",
      "10.0.0.31", "IIS/8.5, as at 10.0.0.30", "IIS/7.5", 1 },
    { "two ports of one machine are no siblings", "out",
      "tcp 203.0.113.10:443 tls=edge sip=401 server=RTC/6.0\n"
      "tcp 203.0.113.10:5061 tls=edge sip=401 server=RTC/5.0\n",
      NULL, NULL, NULL, NULL, 0 },
};

static size_t count(const struct lp_judgement *j)
{
    size_t n = 0;
    for (size_t i = 0; i < j->finding_count; i++)
        n += lp_str_ends_nocase(lp_str_of(j->findings[i].rule->id), "-NODES-DIFFER") &&
             !lp_str_starts_nocase(lp_str_of(j->findings[i].rule->id), "LP-CERT");
    return n;
}

START_TEST(differ)
{
    struct stage s;
    struct lp_judgement j;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_judge(&s, &j);
    ck_assert_msg(count(&j) == rows[_i].count, "%s: %s", rows[_i].what, stage_ids(&s, &j));
    if (rows[_i].id) {
        const struct lp_finding *f = stage_find(&j, rows[_i].id, rows[_i].subject);
        ck_assert_msg(f != NULL, "%s", rows[_i].what);
        ck_assert_str_eq(f->expected.p, rows[_i].expected);
        ck_assert_str_eq(f->observed.p, rows[_i].observed);
        ck_assert_int_eq(f->severity, LP_WARNING);
        ck_assert_uint_eq(f->evidence.n, 2);
    }
    stage_end(&s);
}
END_TEST

Suite *lp_suite_nodes(void)
{
    Suite *suite = suite_create("nodes");
    TCase *tests = tcase_create("all");
    tcase_add_loop_test(tests, differ, 0, (int)LP_COUNT(rows));
    suite_add_tcase(suite, tests);
    return suite;
}
