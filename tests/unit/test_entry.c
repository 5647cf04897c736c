/* test_entry.c - evidence as it stands before its question is put */
#include <check.h>

#include "lp/worker.h"

Suite *lp_suite_entry(void);

START_TEST(of_a_dns_question)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .key = LP_STR("dns 1 SRV _sip._tls.contoso.com"),
                          .parent = 3,
                          .shape = &lp_shape_dns,
                          .server = 1,
                          .name = LP_STR("_sip._tls.contoso.com"),
                          .type = LP_DNS_SRV };
    const struct lp_evidence *e = lp_entry_new(&arena, &ask, 1200);
    const struct lp_dns_facts *facts = lp_dns_of(e);
    ck_assert_int_eq(e->id, 0);
    ck_assert_int_eq(e->parent, 3);
    ck_assert(lp_str_eq(e->key, ask.key));
    ck_assert_int_eq(e->outcome, LP_NONE);
    ck_assert_ptr_null(e->why.p);
    ck_assert_int_eq(e->started, 1200);
    ck_assert_int_eq(e->elapsed, -1);
    ck_assert_int_eq(facts->server, 1);
    ck_assert(lp_str_eq(facts->name, ask.name));
    ck_assert_int_eq(facts->type, LP_DNS_SRV);
    ck_assert_int_eq(facts->rcode, -1);
    ck_assert_ptr_null(lp_link_of(e));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(of_a_connection)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .key = LP_STR("sip sip.contoso.com:443 10.0.0.1#5061"),
                          .shape = &lp_probe_sip.shape,
                          .probe = &lp_probe_sip,
                          .host = LP_STR("sip.contoso.com"),
                          .port = 443,
                          .connect_port = 5061,
                          .overridden = true };
    ck_assert(lp_addr_parse(LP_STR("10.0.0.1"), &ask.address));
    const struct lp_evidence *e = lp_entry_new(&arena, &ask, -5);
    const struct lp_link *link = lp_link_of(e);
    ck_assert_int_eq(e->started, 0);
    ck_assert(lp_str_eq(link->host, ask.host));
    ck_assert_int_eq(link->port, 443);
    ck_assert_int_eq(link->connect_port, 5061);
    ck_assert(lp_addr_eq(&link->address, &ask.address));
    ck_assert(link->overridden);
    ck_assert(!link->plain);
    ck_assert_int_eq(link->connect, LP_NONE);
    ck_assert_int_eq(link->connect_us, -1);
    ck_assert_int_eq(link->tls_us, -1);
    ck_assert_int_eq(link->alert, -1);
    ck_assert_ptr_null(lp_http_of(e));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(of_a_page)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .key = LP_STR("autodiscover http://a.contoso.com/ 10.0.0.1"),
                          .shape = &lp_probe_autodiscover.shape,
                          .probe = &lp_probe_autodiscover,
                          .host = LP_STR("a.contoso.com"),
                          .port = 80,
                          .plain = true,
                          .url = LP_STR("http://a.contoso.com/"),
                          .hop = 2 };
    const struct lp_evidence *e = lp_entry_new(&arena, &ask, 0);
    const struct lp_http *http = lp_http_of(e);
    ck_assert(lp_link_of(e)->plain);
    ck_assert(lp_str_eq(http->url, ask.url));
    ck_assert_int_eq(http->hop, 2);
    ck_assert_int_eq(http->status, -1);
    ck_assert_int_eq(http->first_byte_us, -1);
    ck_assert_int_eq(http->total_us, -1);
    ck_assert(http->date == LP_UTC_NONE);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_entry(void)
{
    Suite *suite = suite_create("entry");
    TCase *tests = tcase_create("entries");
    tcase_add_test(tests, of_a_dns_question);
    tcase_add_test(tests, of_a_connection);
    tcase_add_test(tests, of_a_page);
    suite_add_tcase(suite, tests);
    return suite;
}
