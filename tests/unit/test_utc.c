/* test_utc.c - dates. */
#include "lp/text.h"

#include <check.h>
#include <time.h>

Suite *lp_suite_utc(void);

static const struct {
    lp_utc t;
    const char *stamp;
    const char *day;
} formats[] = {
    { 0, "1970-01-01T00:00:00Z", "1 Jan 1970" },
    { 1795498860, "2026-11-24T05:41:00Z", "24 Nov 2026" },
    { -1, "1969-12-31T23:59:59Z", "31 Dec 1969" },
    { 951782400, "2000-02-29T00:00:00Z", "29 Feb 2000" },
    { 4107542400, "2100-03-01T00:00:00Z", "1 Mar 2100" },
    { 2147483648, "2038-01-19T03:14:08Z", "19 Jan 2038" },
    { 253402300799, "9999-12-31T23:59:59Z", "31 Dec 9999" },
    { 253402300800, "9999-12-31T23:59:59Z", "31 Dec 9999" },
    { INT64_MAX, "9999-12-31T23:59:59Z", "31 Dec 9999" },
    { -62167219200, "0000-01-01T00:00:00Z", "1 Jan 0000" },
    { INT64_MIN + 1, "0000-01-01T00:00:00Z", "1 Jan 0000" },
    { LP_UTC_NONE, "-", "-" },
};

START_TEST(format)
{
    char text[24];
    lp_format_utc(formats[_i].t, text, sizeof text);
    ck_assert_str_eq(text, formats[_i].stamp);
    lp_format_day(formats[_i].t, text, sizeof text);
    ck_assert_str_eq(text, formats[_i].day);
}
END_TEST

/* Every third day of 800 years against the C library. */
START_TEST(many_days)
{
    char text[24];
    char wanted[24];
    for (lp_utc t = -12622780800; t < 12622780800; t += 3 * 86400) {
        struct tm tm;
        time_t seconds = (time_t)t;
        if (!gmtime_r(&seconds, &tm) ||
            lp_utc_from(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, 0) != t)
            ck_abort_msg("%lld does not come back", (long long)t);
        lp_format_utc(t, text, sizeof text);
        (void)strftime(wanted, sizeof wanted, "%Y-%m-%dT%H:%M:%SZ", &tm);
        if (!lp_str_eq(lp_str_of(text), lp_str_of(wanted)))
            ck_abort_msg("%lld: %s, not %s", (long long)t, text, wanted);
    }
}
END_TEST

static const struct {
    const char *text;
    lp_utc t;
} dates[] = {
    { "Mon, 03 Feb 2014 10:00:00 GMT", 1391421600 },
    { "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
    { "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
    { "Sun Nov  6 08:49:37 1994", 784111777 },
    { "Sun Nov 16 08:49:37 1994", 784975777 },
    { "Tue, 24-Nov-26 05:41:00 GMT", 1795498860 },
    { "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
    { "Sat, 29 Feb 2020 00:00:00 GMT", 1582934400 },
    { "Sun, 29 Feb 2021 00:00:00 GMT", LP_UTC_NONE },
    { "Thu, 29 Feb 1900 00:00:00 GMT", LP_UTC_NONE },
    { "Mon, 00 Feb 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Mon, 31 Apr 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 24:00:00 GMT", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 10:60:00 GMT", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 10:00:61 GMT", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 10:00:00 UTC", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 10:00:00 GMT ", LP_UTC_NONE },
    { "Mon, 03 Feb 2014 10:00:00", LP_UTC_NONE },
    { "Mon, 3 Feb 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Xxx, 03 Feb 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Mon, 03 Foo 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Mon, 03 ebM 2014 10:00:00 GMT", LP_UTC_NONE },
    { "Mon, 03 Feb 20x4 10:00:00 GMT", LP_UTC_NONE },
    { "Mo", LP_UTC_NONE },
    { "-1", LP_UTC_NONE },
    { "0", LP_UTC_NONE },
    { "", LP_UTC_NONE },
};

START_TEST(http_date)
{
    ck_assert_int_eq(lp_parse_http_date(lp_str_of(dates[_i].text)), dates[_i].t);
}
END_TEST

START_TEST(no_date)
{
    ck_assert_int_eq(lp_parse_http_date(LP_STR_NONE), LP_UTC_NONE);
    ck_assert_int_eq(lp_parse_http_date(LP_STR("Mon, 03 Feb 2014 10:00:00 GMT\0")), LP_UTC_NONE);
}
END_TEST

Suite *lp_suite_utc(void)
{
    Suite *suite = suite_create("utc");
    TCase *tc = tcase_create("utc");
    tcase_add_loop_test(tc, format, 0, LP_COUNT(formats));
    tcase_add_test(tc, many_days);
    tcase_add_loop_test(tc, http_date, 0, LP_COUNT(dates));
    tcase_add_test(tc, no_date);
    suite_add_tcase(suite, tc);
    return suite;
}
