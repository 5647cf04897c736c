/* test_report_order.c - evidence in an order that does not hang on which answer came first */
#include <check.h>

#include "logs.h"
#include "lp/report_order.h"

Suite *lp_suite_report_order(void);

/* In the order that reports have. */
static const struct {
    const char *endpoint, *address;
} places[] = {
    { "access:443", "203.0.113.9" }, { "access:443", "203.0.113.10" },
    { "access:443", "2001:db8::1" }, { "access:5061", "203.0.113.9" },
    { "sip:443", "203.0.113.9" },
};
static const char *const digests[] = { "aa", "ab", "b", "c" };

static void add_certificate(struct logs *l, const char *digest)
{
    struct lp_ask ask = { .key = lp_str_of(digest), .shape = &lp_shape_certificate };
    struct lp_certificate *c = logs_add(l, &ask, LP_OK)->facts;
    c->sha256 = lp_str_of(digest);
}

/* _i: where the turn begins, in steps that leave none out. */
START_TEST(arrival_does_not_matter)
{
    struct logs l;
    size_t n = LP_COUNT(places), m = LP_COUNT(digests);
    logs_begin(&l, "external");
    for (size_t i = 0; i < n; i++) {
        size_t at = ((size_t)_i + i * 3) % n;
        logs_sip(&l, places[at].endpoint, places[at].address, "401");
        if (i < m)
            add_certificate(&l, digests[((size_t)_i + i * 3) % m]);
    }
    struct lp_ordered links = lp_ordered_links(&l.log, &l.arena);
    struct lp_ordered certificates = lp_ordered_certificates(&l.log, &l.arena);
    ck_assert_uint_eq(links.n, n);
    ck_assert_uint_eq(certificates.n, m);
    for (size_t i = 0; i < n; i++) {
        struct lp_addr address = logs_address(places[i].address);
        const struct lp_link *link = lp_link_of(links.at[i]);
        struct lp_str port = lp_str_of(places[i].endpoint), host = lp_str_cut(&port, ':');
        uint64_t number = 0;
        ck_assert(lp_str_eq(link->host, logs_name(&l, host)));
        ck_assert(lp_str_to_u64(port, 65535, &number) && link->port == (int64_t)number);
        ck_assert(lp_addr_eq(&link->address, &address));
    }
    for (size_t i = 0; i < m; i++)
        ck_assert_str_eq(((const struct lp_certificate *)certificates.at[i]->facts)->sha256.p,
                         digests[i]);
    logs_end(&l);
}
END_TEST

/* Several requests to one port: by their questions. */
START_TEST(one_port)
{
    static const char *const urls[] = { "https://web.contoso.example/a",
                                        "https://web.contoso.example/b",
                                        "https://web.contoso.example/c" };
    struct logs l;
    logs_begin(&l, "external");
    for (size_t i = 0; i < LP_COUNT(urls); i++)
        logs_web(&l, urls[((size_t)_i + 2 * i) % LP_COUNT(urls)], "203.0.113.20", "404 ");
    struct lp_ordered links = lp_ordered_links(&l.log, &l.arena);
    ck_assert_uint_eq(links.n, LP_COUNT(urls));
    for (size_t i = 0; i < links.n; i++)
        ck_assert(lp_str_eq(lp_http_of(links.at[i])->url, lp_str_of(urls[i])));
    logs_end(&l);
}
END_TEST

START_TEST(nothing)
{
    struct logs l;
    logs_begin(&l, "external");
    ck_assert_uint_eq(lp_ordered_links(&l.log, &l.arena).n, 0);
    ck_assert_uint_eq(lp_ordered_certificates(&l.log, &l.arena).n, 0);
    logs_end(&l);
}
END_TEST

Suite *lp_suite_report_order(void)
{
    Suite *suite = suite_create("report_order");
    TCase *tc = tcase_create("order");
    tcase_add_loop_test(tc, arrival_does_not_matter, 0, (int)LP_COUNT(places));
    tcase_add_loop_test(tc, one_port, 0, 3);
    tcase_add_test(tc, nothing);
    suite_add_tcase(suite, tc);
    return suite;
}
