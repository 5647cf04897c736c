/* test_webpath.c - the paths of the web services and their healthy answers */
#include <check.h>
#include <string.h>

#include "lp/webpath.h"

Suite *lp_suite_webpath(void);

static const struct {
    const char *path;
    const char *row; /* NULL none */
} lookups[] = {
    { "/abs", "/abs" },
    { "/ABS/", "/abs" },
    { "/absent", NULL },
    { "/", NULL },
    { "", NULL },
    { "/meet/anna/X1?x=/abs", "/meet" },
    { "/autodiscover/autodiscoverservice.svc/root?sipuri=a",
      "/Autodiscover/AutodiscoverService.svc/root" },
    { "/Autodiscover/AutodiscoverService.svc/root/user",
      "/Autodiscover/AutodiscoverService.svc/root" },
    { LP_WEB_CERTPROV, LP_WEB_CERTPROV },
};

START_TEST(lookup)
{
    const struct lp_web_path *row = lp_web_path_of(lp_str_of(lookups[_i].path));
    if (lookups[_i].row)
        ck_assert_str_eq(row->path, lookups[_i].row);
    else
        ck_assert_ptr_null(row);
}
END_TEST

static const struct {
    const char *path;
    int64_t status;
    bool well;
} statuses[] = {
    { "/abs", 401, true },
    { "/abs", 200, false },
    { "/abs", 404, false },
    { "/abs", 0, false },
    { "/abs", -1, false },
    { "/meet", 200, true },
    { "/meet", 302, true },
    { "/meet", 503, false },
    { "/GroupExpansion/service.svc", 401, true },
    { LP_WEB_CERTPROV, 401, true },
    { LP_WEB_CERTPROV, 500, false },
    { "/Autodiscover/AutodiscoverService.svc/root", 200, true },
    { "/Autodiscover/AutodiscoverService.svc/root", 401, false },
};

START_TEST(status)
{
    const struct lp_web_path *row = lp_web_path_of(lp_str_of(statuses[_i].path));
    ck_assert_int_eq(lp_web_status_is_well(row, statuses[_i].status), statuses[_i].well);
}
END_TEST

static size_t count(unsigned role, unsigned site)
{
    size_t n = 0;
    while (lp_web_path_at(role, site, n))
        n++;
    return n;
}

/* The control panel is of the internal site alone; a Branch Appliance gives certificates. */
START_TEST(who_has_what)
{
    ck_assert_uint_eq(count(LP_WEB_POOL, LP_WEB_INTERNAL), 10);
    ck_assert_uint_eq(count(LP_WEB_POOL, LP_WEB_EXTERNAL), 9);
    ck_assert_uint_eq(count(LP_WEB_DIRECTOR, LP_WEB_EXTERNAL), 5);
    ck_assert_uint_eq(count(LP_WEB_BRANCH, LP_WEB_INTERNAL), 1);
    ck_assert_str_eq(lp_web_path_at(LP_WEB_BRANCH, LP_WEB_INTERNAL, 0)->path, LP_WEB_CERTPROV);
}
END_TEST

START_TEST(rows_are_whole)
{
    const struct lp_web_path *row = lp_web_path_at(LP_WEB_POOL, LP_WEB_INTERNAL, (size_t)_i);
    ck_assert_ptr_nonnull(row);
    ck_assert(row->path[0] == '/' && strlen(row->name) > 2 && strlen(row->source) > 8);
    ck_assert_int_ge(row->statuses[0], 200);
    ck_assert_ptr_eq(lp_web_path_of(lp_str_of(row->path)), row);
}
END_TEST

Suite *lp_suite_webpath(void)
{
    Suite *s = suite_create("webpath");
    TCase *t = tcase_create("webpath");

    tcase_add_loop_test(t, lookup, 0, (int)LP_COUNT(lookups));
    tcase_add_loop_test(t, status, 0, (int)LP_COUNT(statuses));
    tcase_add_test(t, who_has_what);
    tcase_add_loop_test(t, rows_are_whole, 0, 10);
    suite_add_tcase(s, t);
    return s;
}
