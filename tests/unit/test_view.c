/* test_view.c - inside or outside, decided from the evidence */
#include <check.h>
#include <string.h>

#include "stage.h"

Suite *lp_suite_view(void);

#define LEAK "dns lyncdiscoverinternal A 10.0.0.30\n"
#define SILENT "tcp 10.0.0.30:80 timeout\ntcp 10.0.0.30:443 timeout\n"

static const struct {
    const char *what, *base, *changes;
    bool internal;
    const char *why;
} rows[] = {
    { "asked for, inside", "out", "set view internal", true, "asked for" },
    { "asked for, outside", "in", "set view external", false, "asked for" },
    { "healthy inside", "in", "set view auto", true, "names of the inside have inside addresses" },
    { "healthy outside", "out", "set view auto", false, "no name of the inside exists" },
    { "nothing", "", "set view auto", false, "nothing was found" },
    { "inside with public addresses, alone", "",
      "set view auto\n"
      "dns lyncdiscoverinternal A 192.0.2.30\n",
      true, "only names of the inside exist" },
    { "a leak with a public address", "out",
      "set view auto\n"
      "dns lyncdiscoverinternal A 203.0.113.20\n",
      false, "names of the outside exist, and those of the inside have no inside address" },
    { "a leak with an inside address where nothing answers", "out", "set view auto\n" LEAK SILENT,
      false, "names of the inside have inside addresses, but nothing answers there" },
    { "the same, but the inside answers", "out",
      "set view auto\n" LEAK "tcp 10.0.0.30:80 timeout\ntcp 10.0.0.30:443 refused\n", true,
      "names of the inside have inside addresses" },
    { "an inside that is down, and no name of the outside", "", "set view auto\n" LEAK SILENT, true,
      "names of the inside have inside addresses" },
    { "only sip, at an inside address", "", "set view auto\ndns sip A 10.0.0.11\n", true,
      "all addresses are inside addresses" },
    { "only sip, at a public address", "", "set view auto\ndns sip A 203.0.113.10\n", false,
      "no name of the inside exists" },
    { "sip inside, the others public", "out", "set view auto\ndns sip A 10.0.0.11\n", false,
      "no name of the inside exists" },
    { "by an SRV target", "",
      "set view auto\n"
      "dns _sipinternaltls._tcp SRV 0 0 5061 pool\n"
      "dns pool A 10.0.0.11\n",
      true, "names of the inside have inside addresses" },
    { "an SRV that says there is no service", "out",
      "set view auto\n"
      "dns _sipinternaltls._tcp SRV 0 0 0 .\n",
      false, "no name of the inside exists" },
    { "IPv6: unique local", "", "set view auto\ndns lyncdiscoverinternal AAAA fd00::30\n", true,
      "names of the inside have inside addresses" },
    { "--allow-net makes a range public", "out", "set view auto\nset allow 10.0.0.0/8\n" LEAK,
      false, "names of the outside exist, and those of the inside have no inside address" },
    { "documentation ranges are public", "", "set view auto\ndns lyncdiscover A 192.0.2.1\n", false,
      "no name of the inside exists" },
};

START_TEST(decides)
{
    struct stage s;
    struct lp_str why;
    stage_begin(&s, stage_base(rows[_i].base), rows[_i].changes);
    stage_run(&s);
    bool internal = lp_view_is_internal(&s.logs.log, &s.logs.arena, &why);
    ck_assert_msg(internal == rows[_i].internal, "%s: %s", rows[_i].what, why.p);
    ck_assert_str_eq(why.p, rows[_i].why);
    stage_end(&s);
}
END_TEST

/* What connections in flight could still change. */
static const struct {
    const char *base, *changes;
    bool may;
} open_rows[] = {
    { "out", "set view auto\n", false },
    { "in", "set view auto\n", false },
    { "out", "set view external\n" LEAK SILENT, false },
    { "out", "set view auto\n" LEAK SILENT, true },
    { "out", "set view auto\n" LEAK "tcp 10.0.0.30:443 refused\n", false },
    { "", "set view auto\n" LEAK SILENT, false },
};

START_TEST(may_change)
{
    struct stage s;
    stage_begin(&s, stage_base(open_rows[_i].base), open_rows[_i].changes);
    stage_run(&s);
    ck_assert_int_eq(lp_view_may_change(&s.logs.log, &s.logs.arena), open_rows[_i].may);
    stage_end(&s);
}
END_TEST

Suite *lp_suite_view(void)
{
    Suite *suite = suite_create("view");
    TCase *tc = tcase_create("view");
    tcase_add_loop_test(tc, decides, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(tc, may_change, 0, (int)LP_COUNT(open_rows));
    suite_add_tcase(suite, tc);
    return suite;
}
