/* test_evidence.c - views of an evidence by its shape. */
#include <check.h>

#include "lp/evidence.h"

Suite *lp_suite_evidence(void);

struct web {
    struct lp_link link;
    struct lp_http http;
    int64_t more;
};

static const struct lp_field no_fields[] = { LP_FIELD_END };
static const struct lp_shape link_shape = { "tcp", "a port", no_fields, sizeof(struct web),
                                            true,  false };
static const struct lp_shape web_shape = { "web", "a page", no_fields, sizeof(struct web),
                                           true,  true };

START_TEST(dns_facts_of_dns_only)
{
    struct lp_dns_facts dns = { .rcode = 3 };
    struct lp_evidence e = { .shape = &lp_shape_dns, .facts = &dns };
    ck_assert_ptr_eq(lp_dns_of(&e), &dns);
    ck_assert_ptr_null(lp_link_of(&e));
    ck_assert_ptr_null(lp_http_of(&e));
}
END_TEST

START_TEST(certificate_has_no_view)
{
    struct lp_certificate certificate = { .readable = true };
    struct lp_evidence e = { .shape = &lp_shape_certificate, .facts = &certificate };
    ck_assert_ptr_null(lp_dns_of(&e));
    ck_assert_ptr_null(lp_link_of(&e));
    ck_assert_ptr_null(lp_http_of(&e));
}
END_TEST

START_TEST(link_without_http)
{
    struct web facts = { .link = { .port = 5061 } };
    struct lp_evidence e = { .shape = &link_shape, .facts = &facts };
    ck_assert_ptr_eq(lp_link_of(&e), &facts.link);
    ck_assert_ptr_null(lp_http_of(&e));
    ck_assert_ptr_null(lp_dns_of(&e));
}
END_TEST

START_TEST(link_with_http)
{
    struct web facts = { .http = { .status = 302 } };
    struct lp_evidence e = { .shape = &web_shape, .facts = &facts };
    ck_assert_ptr_eq(lp_link_of(&e), &facts.link);
    ck_assert_ptr_eq(lp_http_of(&e), &facts.http);
    ck_assert_int_eq(lp_http_of(&e)->status, 302);
}
END_TEST

/* Names and sizes are the recording's format. */
START_TEST(own_shapes)
{
    ck_assert_str_eq(lp_shape_dns.name, "dns");
    ck_assert_uint_eq(lp_shape_dns.size, sizeof(struct lp_dns_facts));
    ck_assert_ptr_eq(lp_shape_dns.fields, lp_dns_fields);
    ck_assert_str_eq(lp_shape_certificate.name, "certificate");
    ck_assert_uint_eq(lp_shape_certificate.size, sizeof(struct lp_certificate));
    ck_assert_ptr_eq(lp_shape_certificate.fields, lp_certificate_fields);
}
END_TEST

Suite *lp_suite_evidence(void)
{
    Suite *suite = suite_create("evidence");
    TCase *tc = tcase_create("views");
    tcase_add_test(tc, dns_facts_of_dns_only);
    tcase_add_test(tc, certificate_has_no_view);
    tcase_add_test(tc, link_without_http);
    tcase_add_test(tc, link_with_http);
    tcase_add_test(tc, own_shapes);
    suite_add_tcase(suite, tc);
    return suite;
}
