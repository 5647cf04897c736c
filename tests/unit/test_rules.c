/* test_rules.c - --resolve, --connect-to, --answer, --deny: accepted, refused, understood */
#include <check.h>
#include <string.h>

#include "cmdline.h"
#include "lp/evidence.h"
#include "lp/text.h"
#include "lp/values.h"

Suite *lp_suite_rules(void);

static struct cmdline c;

static void set_up(void)
{
    ck_assert(cmdline_parse(&c, ""));
}

static void tear_down(void)
{
    cmdline_release(&c);
}

#define L63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
    lp_setter *set;
    const char *value;
    bool good;
} values[] = {
    { lp_set_resolve, "sip.contoso.com:443:192.0.2.10", true },
    { lp_set_resolve, "sip.contoso.com:443:192.0.2.10,2001:db8::1,[2001:db8::2]", true },
    { lp_set_resolve, "*:443:192.0.2.10", true },
    { lp_set_resolve, "[2001:db8::1]:443:192.0.2.10", true },
    { lp_set_resolve, "sip.contoso.com:443:", false },
    { lp_set_resolve, "sip.contoso.com:443", false },
    { lp_set_resolve, "sip.contoso.com", false },
    { lp_set_resolve, "sip.contoso.com::192.0.2.10", false },
    { lp_set_resolve, "sip.contoso.com:0:192.0.2.10", false },
    { lp_set_resolve, "sip.contoso.com:65536:192.0.2.10", false },
    { lp_set_resolve, "sip.contoso.com:443:other.example", false },
    { lp_set_resolve, "sip.contoso.com:443:192.0.2.10,", false },
    { lp_set_resolve, "sip.contoso.com:443:,192.0.2.10", false },
    { lp_set_resolve, "sip.contoso.com:443:192.0.2.10 ", false },
    { lp_set_resolve, ":443:192.0.2.10", false },
    { lp_set_resolve, "[2001:db8::1:443:192.0.2.10", false },
    { lp_set_resolve, "[2001:db8::1]x:443:192.0.2.10", false },
    { lp_set_resolve, "[sip.contoso.com]:443:192.0.2.10", false },
    { lp_set_resolve, "sip contoso:443:192.0.2.10", false },
    { lp_set_resolve, "sip\x1b.contoso.com:443:192.0.2.10", false },
    { lp_set_resolve, L63 "a.example:443:192.0.2.10", false },
    { lp_set_resolve, "", false },
    { lp_set_connect, "sip.contoso.com:443:new.contoso.com:5061", true },
    { lp_set_connect, "::new.contoso.com:", true },
    { lp_set_connect, ":443:[2001:db8::1]:444", true },
    { lp_set_connect, "[2001:db8::1]:443:192.0.2.10:444", true },
    { lp_set_connect, ":::444", true },
    { lp_set_connect, "sip.contoso.com:443:new.contoso.com", false },
    { lp_set_connect, "sip.contoso.com:443", false },
    { lp_set_connect, "sip.contoso.com", false },
    { lp_set_connect, "*:443:new.contoso.com:443", false },
    { lp_set_connect, "sip.contoso.com:443:*:443", false },
    { lp_set_connect, "sip.contoso.com:443:new.contoso.com:0", false },
    { lp_set_connect, "sip.contoso.com:443:new.contoso.com:443:1", false },
    { lp_set_connect, "sip.contoso.com:x:new.contoso.com:443", false },
    { lp_set_connect, "2001:db8::1:443:x:1", false },
    { lp_set_connect, "", false },
    { lp_set_answer, "sip.contoso.com 300 A 192.0.2.1", true },
    { lp_set_answer, "  sip.contoso.com.\t300 IN aaaa 2001:db8::1  ", true },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 443 sip.contoso.com.", true },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 0 .", true },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 443 192.0.2.1", true },
    { lp_set_answer, "www.contoso.com 2147483647 CNAME x.example", true },
    { lp_set_answer, "www.contoso.com 2147483648 CNAME x.example", false },
    { lp_set_answer, "sip.contoso.com 300 A 2001:db8::1", false },
    { lp_set_answer, "sip.contoso.com 300 AAAA 192.0.2.1", false },
    { lp_set_answer, "sip.contoso.com 300 A 192.0.2.1 192.0.2.2", false },
    { lp_set_answer, "sip.contoso.com A 192.0.2.1", false },
    { lp_set_answer, "sip.contoso.com -1 A 192.0.2.1", false },
    { lp_set_answer, "sip.contoso.com 300 MX 10 mail.contoso.com", false },
    { lp_set_answer, "sip.contoso.com 300 A", false },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 65536 a.example", false },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 443", false },
    { lp_set_answer, "_sip._tls.contoso.com 0 SRV 0 0 443 a..b", false },
    { lp_set_answer, "sip..contoso.com 300 A 192.0.2.1", false },
    { lp_set_answer, ". 300 A 192.0.2.1", false },
    { lp_set_answer, "k\xc3\xb6ln.example 300 A 192.0.2.1", false },
    { lp_set_answer, "", false },
    { lp_set_deny, "lyncdiscover.contoso.com", true },
    { lp_set_deny, "_sip._tls.contoso.com/SRV", true },
    { lp_set_deny, "LyncDiscover.contoso.com./aaaa", true },
    { lp_set_deny, "lyncdiscover.contoso.com/", false },
    { lp_set_deny, "lyncdiscover.contoso.com/XYZ", false },
    { lp_set_deny, "/A", false },
    { lp_set_deny, "lync\tdiscover", false },
    { lp_set_deny, "", false },
};

START_TEST(accepted_or_not)
{
    struct lp_list list = { 0 };
    struct lp_str value = lp_str_of(values[_i].value);
    bool good = values[_i].set(&c.config, &list, value, &c.error);
    ck_assert_msg(good == values[_i].good, "%s: %s", values[_i].value, c.error.text);
    ck_assert_uint_eq(list.n, good);
    const char *shown = lp_word(&c.arena, value);
    ck_assert(good || strncmp(c.error.text, shown, strlen(shown)) == 0);
}
END_TEST

static const char *address_text(const struct lp_addr *a)
{
    static _Thread_local char text[LP_ADDR_TEXT];
    lp_addr_format(a, text, sizeof text);
    return text;
}

START_TEST(resolve_is_understood)
{
    struct lp_list list = { 0 };
    ck_assert(lp_set_resolve(&c.config, &list,
                             LP_STR("SIP.Contoso.com.:5061:192.0.2.1,2001:db8::1"), &c.error));
    const struct lp_resolve_rule *rule = list.at;
    const struct lp_address_item *item = rule->addresses.at;
    ck_assert_str_eq(cmdline_text(&c, rule->host), "sip.contoso.com");
    ck_assert_int_eq(rule->port, 5061);
    ck_assert_uint_eq(rule->addresses.n, 2);
    ck_assert_str_eq(address_text(&item[0].address), "192.0.2.1");
    ck_assert_str_eq(address_text(&item[1].address), "2001:db8::1");
}
END_TEST

START_TEST(connect_is_understood)
{
    struct lp_list list = { 0 };
    ck_assert(lp_set_connect(&c.config, &list, LP_STR("A.example::[2001:DB8::1]:444"), &c.error));
    ck_assert(lp_set_connect(&c.config, &list, LP_STR(":5061:b.example:"), &c.error));
    const struct lp_connect_rule *rule = list.at;
    ck_assert_str_eq(cmdline_text(&c, rule[0].host), "a.example");
    ck_assert_int_eq(rule[0].port, 0);
    ck_assert_str_eq(cmdline_text(&c, rule[0].to_host), "2001:db8::1");
    ck_assert_int_eq(rule[0].to_port, 444);
    ck_assert_uint_eq(rule[1].host.n, 0);
    ck_assert_int_eq(rule[1].port, 5061);
    ck_assert_str_eq(cmdline_text(&c, rule[1].to_host), "b.example");
    ck_assert_int_eq(rule[1].to_port, 0);
}
END_TEST

START_TEST(answer_is_understood)
{
    struct lp_list list = { 0 };
    ck_assert(lp_set_answer(&c.config, &list,
                            LP_STR("_SIP._tls.Contoso.com. 60 IN SRV 1 2 443 Edge.contoso.com."),
                            &c.error));
    ck_assert(lp_set_answer(&c.config, &list, LP_STR("a.example 5 A 192.0.2.1"), &c.error));
    const struct lp_answer_rule *rule = list.at;
    ck_assert_str_eq(cmdline_text(&c, rule[0].name), "_sip._tls.contoso.com");
    ck_assert_int_eq(rule[0].ttl, 60);
    ck_assert_int_eq(rule[0].type, LP_DNS_SRV);
    ck_assert_int_eq(rule[0].priority, 1);
    ck_assert_int_eq(rule[0].weight, 2);
    ck_assert_int_eq(rule[0].port, 443);
    ck_assert_str_eq(cmdline_text(&c, rule[0].target), "edge.contoso.com");
    ck_assert_int_eq(rule[1].type, LP_DNS_A);
    ck_assert_str_eq(address_text(&rule[1].address), "192.0.2.1");
}
END_TEST

START_TEST(deny_is_understood)
{
    struct lp_list list = { 0 };
    ck_assert(lp_set_deny(&c.config, &list, LP_STR("A.example./srv"), &c.error));
    ck_assert(lp_set_deny(&c.config, &list, LP_STR("b.example"), &c.error));
    const struct lp_deny_rule *rule = list.at;
    ck_assert_str_eq(cmdline_text(&c, rule[0].name), "a.example");
    ck_assert_int_eq(rule[0].type, LP_DNS_SRV);
    ck_assert_str_eq(cmdline_text(&c, rule[1].name), "b.example");
    ck_assert_int_eq(rule[1].type, 0);
}
END_TEST

START_TEST(limits)
{
    struct lp_list list = { 0 };
    struct lp_buf many = lp_buf_new(4096);
    for (int i = 0; i < LP_RULES_MAX; i++)
        ck_assert(lp_set_deny(&c.config, &list, LP_STR("a.example"), &c.error));
    ck_assert(!lp_set_deny(&c.config, &list, LP_STR("a.example"), &c.error));
    ck_assert_str_eq(c.error.text, "more than 1000 rules");
    list = (struct lp_list){ 0 };
    lp_buf_text(&many, "a.example:443:192.0.2.1");
    for (int i = 0; i < 63; i++)
        lp_buf_text(&many, ",192.0.2.1");
    ck_assert(lp_set_resolve(&c.config, &list, lp_buf_view(&many), &c.error));
    lp_buf_text(&many, ",192.0.2.1");
    ck_assert(!lp_set_resolve(&c.config, &list, lp_buf_view(&many), &c.error));
    lp_buf_release(&many);
}
END_TEST

START_TEST(words)
{
    struct lp_str rest = LP_STR(" \ta  b\tc ");
    ck_assert_str_eq(cmdline_text(&c, lp_take_word(&rest)), "a");
    ck_assert_str_eq(cmdline_text(&c, lp_take_word(&rest)), "b");
    ck_assert_str_eq(cmdline_text(&c, lp_take_word(&rest)), "c");
    ck_assert_uint_eq(lp_take_word(&rest).n, 0);
    ck_assert_uint_eq(lp_take_word(&rest).n, 0);
}
END_TEST

Suite *lp_suite_rules(void)
{
    Suite *suite = suite_create("rules");
    TCase *tc = tcase_create("rules");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, accepted_or_not, 0, LP_COUNT(values));
    tcase_add_test(tc, resolve_is_understood);
    tcase_add_test(tc, connect_is_understood);
    tcase_add_test(tc, answer_is_understood);
    tcase_add_test(tc, deny_is_understood);
    tcase_add_test(tc, limits);
    tcase_add_test(tc, words);
    suite_add_tcase(suite, tc);
    return suite;
}
