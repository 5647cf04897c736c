/* test_keys.c - the text that identifies a question */
#include <check.h>
#include <string.h>

#include "logs.h"
#include "lp/keys.h"

Suite *lp_suite_keys(void);

static const struct {
    int64_t server, type;
    const char *name, *key;
} questions[] = {
    { 0, LP_DNS_SRV, "_sip._tls.contoso.com", "dns 0 SRV _sip._tls.contoso.com" },
    { 1, LP_DNS_A, "SIP.Contoso.COM.", "dns 1 A sip.contoso.com" },
    { 0, LP_DNS_AAAA, "sip.contoso.com", "dns 0 AAAA sip.contoso.com" },
    { 0, LP_DNS_A, ".", "dns 0 A ." },
};

START_TEST(of_questions)
{
    struct lp_arena arena = { 0 };
    struct lp_resolved q = { .name = lp_str_of(questions[_i].name),
                             .type = questions[_i].type,
                             .server = questions[_i].server };
    ck_assert_str_eq(lp_dns_key(&arena, &q).p, questions[_i].key);
    lp_arena_release(&arena);
}
END_TEST

static const struct {
    const char *host;
    int64_t port, connect_port;
    const char *address, *url;
    bool plain;
    const char *key;
} endpoints[] = {
    { "Access.contoso.com", 443, 443, "203.0.113.10", NULL, false,
      "sip access.contoso.com:443 203.0.113.10" },
    { "access.contoso.com", 443, 8443, "203.0.113.10", NULL, false,
      "sip access.contoso.com:443 203.0.113.10#8443" },
    { "pool.contoso.com", 5060, 5060, "10.0.0.1", NULL, true,
      "sip-tcp pool.contoso.com:5060 10.0.0.1" },
    { "access.contoso.com", 443, 443, "2001:DB8::10", NULL, false,
      "sip access.contoso.com:443 2001:db8::10" },
    { "lyncdiscover.contoso.com", 80, 80, "203.0.113.20", "http://lyncdiscover.contoso.com/", true,
      "autodiscover http://lyncdiscover.contoso.com/ 203.0.113.20" },
    { "lyncdiscover.contoso.com", 443, 4443, "203.0.113.20", "https://lyncdiscover.contoso.com/",
      false, "autodiscover https://lyncdiscover.contoso.com/ 203.0.113.20#4443" },
};

START_TEST(of_endpoints)
{
    struct lp_arena arena = { 0 };
    struct lp_ask ask = { .probe = endpoints[_i].url ? &lp_probe_autodiscover : &lp_probe_sip,
                          .host = lp_str_of(endpoints[_i].host),
                          .port = endpoints[_i].port,
                          .connect_port = endpoints[_i].connect_port,
                          .address = logs_address(endpoints[_i].address),
                          .plain = endpoints[_i].plain,
                          .url = lp_str_of(endpoints[_i].url) };
    ck_assert_str_eq(lp_probe_key(&arena, &ask).p, endpoints[_i].key);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_keys(void)
{
    Suite *suite = suite_create("keys");
    TCase *tc = tcase_create("keys");
    tcase_add_loop_test(tc, of_questions, 0, (int)LP_COUNT(questions));
    tcase_add_loop_test(tc, of_endpoints, 0, (int)LP_COUNT(endpoints));
    suite_add_tcase(suite, tc);
    return suite;
}
