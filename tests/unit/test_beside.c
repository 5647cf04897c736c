/* test_beside.c - beside which endpoints the planner asks, and what the reports find there */
#include <check.h>

#include "logs.h"
#include "lp/beside.h"
#include "lp/sipmsg.h"
#include "lp/tlsfacts.h"

Suite *lp_suite_beside(void);

static struct logs l;

static void set_up(void)
{
    logs_begin(&l, "external");
    logs_dns(&l, "SRV _sip._tls", "0 0 443 access");
    logs_dns(&l, "A access", "203.0.113.10");
    logs_dns(&l, "A sip", "203.0.113.10");
}

static void tear_down(void)
{
    logs_end(&l);
}

#define KEY "tls-versions access.contoso.example:443 203.0.113.10"

/* As soon as TLS stands there, at the same place, after the endpoint. */
START_TEST(where_tls_stands)
{
    ck_assert_ptr_null(logs_wanted(&l, KEY));
    const struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    const struct lp_ask *ask = logs_wanted(&l, KEY);
    ck_assert_ptr_nonnull(ask);
    ck_assert_int_eq(ask->parent, e->id);
    ck_assert_int_eq(ask->connect_port, 443);
    ck_assert(!ask->refused.p && !ask->from_network);
}
END_TEST

START_TEST(not_where_none_stands)
{
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    struct lp_link *link = e->facts;
    link->tls = _i ? LP_OK : LP_ALERT;
    link->plain = _i;
    ck_assert_uint_eq(logs_count_wanted(&l, "tls-"), 0);
}
END_TEST

/* Another name of the same place is not asked again; another port is. */
START_TEST(each_place_once)
{
    logs_sip(&l, "access:443", "203.0.113.10", "401");
    logs_sip(&l, "sip:443", "203.0.113.10", "401");
    ck_assert_uint_eq(logs_count_wanted(&l, "tls-versions "), 1);
    logs_sip(&l, "sip:5061", "203.0.113.10", "401");
    ck_assert_uint_eq(logs_count_wanted(&l, "tls-versions "), 2);
}
END_TEST

/* What only other clients, or the topology, ask for is not doubled. */
START_TEST(only_on_the_way)
{
    logs_dns(&l, "SRV _sipfederationtls._tcp", "0 0 5061 fed");
    logs_dns(&l, "A fed", "203.0.113.12");
    logs_sip(&l, "fed:5061", "203.0.113.12", "401");
    ck_assert_uint_eq(logs_count_wanted(&l, "tls-versions "), 0);
}
END_TEST

START_TEST(only_on_request)
{
    logs_sip(&l, "access:443", "203.0.113.10", "401");
    for (size_t i = 0; lp_probes[i]; i++) {
        struct lp_str parts[] = { lp_str_of(lp_probes[i]->shape.name), LP_STR(" ") };
        const char *key = lp_arena_join(&l.arena, parts, 2).p;
        if (!lp_probes[i]->on_request)
            continue;
        ck_assert_int_ne(lp_probes[i]->beside, LP_BESIDE_NONE);
        l.log.setup.deep = false;
        ck_assert_uint_eq(logs_count_wanted(&l, key), 0);
        l.log.setup.deep = true;
        ck_assert_uint_eq(logs_count_wanted(&l, key), 1);
    }
}
END_TEST

/* No step before _sip._tls has a record. */
static void nothing_before(void)
{
    static const char *const names[] = { "lyncdiscoverinternal", "lyncdiscover" };
    for (size_t i = 0; i < LP_COUNT(names); i++) {
        logs_dns(&l, lp_arena_printf(&l.arena, "A %s", names[i]).p, "nxdomain");
        logs_dns(&l, lp_arena_printf(&l.arena, "AAAA %s", names[i]).p, "nxdomain");
    }
    logs_dns(&l, "SRV _sipinternaltls._tcp", "nxdomain");
    logs_dns(&l, "SRV _sipinternal._tcp", "nxdomain");
}

#define NOSNI "tls-nosni access.contoso.example:443 "

/* Where the client signs in, whichever of the addresses answers first. */
START_TEST(sign_in_at_the_first_address)
{
    nothing_before();
    logs_sip(&l, "access:443", "203.0.113.10", "401");
    ck_assert_uint_eq(logs_count_wanted(&l, NOSNI), 0); /* more addresses may come */
    logs_dns(&l, "AAAA access", "2001:db8::10");
    ck_assert_uint_eq(logs_count_wanted(&l, NOSNI), 1);
    ck_assert_ptr_nonnull(logs_wanted(&l, NOSNI "203.0.113.10"));
}
END_TEST

START_TEST(sign_in_not_at_a_quicker_one)
{
    nothing_before();
    logs_dns(&l, "AAAA access", "2001:db8::10");
    logs_sip(&l, "access:443", "2001:db8::10", "401");
    ck_assert_uint_eq(logs_count_wanted(&l, NOSNI), 0);
    logs_sip(&l, "access:443", "203.0.113.10", _i ? "refused" : "401");
    ck_assert_uint_eq(logs_count_wanted(&l, NOSNI), 1);
    ck_assert_ptr_nonnull(logs_wanted(&l, _i ? NOSNI "2001:db8::10" : NOSNI "203.0.113.10"));
}
END_TEST

/* ---- in the reports ---- */

static void answer(const char *offered, const char *word, const char *agreed)
{
    const struct lp_ask *ask = logs_wanted(&l, KEY);
    static struct lp_hello_fact fact;
    ck_assert_ptr_nonnull(ask);
    struct lp_evidence *e = logs_add(&l, ask, LP_OK);
    fact = (struct lp_hello_fact){ lp_str_of(offered), lp_str_of(word), lp_str_of(agreed),
                                   LP_STR_NONE, -1 };
    struct lp_list *hellos = (struct lp_list *)((char *)e->facts + sizeof(struct lp_link));
    *hellos = (struct lp_list){ &fact, 1 };
}

/* In one order, whichever was answered first. */
START_TEST(in_one_order)
{
    l.log.setup.deep = true;
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    const char *keys[] = { KEY, "sip-options access.contoso.example:443 203.0.113.10",
                           "tls-deep access.contoso.example:443 203.0.113.10" };
    for (size_t i = 0; i < LP_COUNT(keys); i++) {
        const struct lp_ask *ask = logs_wanted(&l, keys[(i + (size_t)_i) % LP_COUNT(keys)]);
        ck_assert_ptr_nonnull(ask);
        logs_add(&l, ask, LP_TIMEOUT);
    }
    struct lp_list besides = lp_besides_of(&l.log, e, &l.arena);
    const struct lp_evidence *const *at = besides.at;
    ck_assert_uint_eq(besides.n, 3);
    ck_assert_str_eq(at[0]->shape->name, "sip-options");
    ck_assert_str_eq(at[1]->shape->name, "tls-deep");
    ck_assert_str_eq(at[2]->shape->name, "tls-versions");
}
END_TEST

START_TEST(found_by_place)
{
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    struct lp_evidence *other = logs_sip(&l, "sip:443", "203.0.113.10", "401");
    struct lp_evidence *far = logs_sip(&l, "sip:5061", "203.0.113.10", "401");
    ((struct lp_link *)e->facts)->protocol = LP_STR("TLSv1.2");
    ((struct lp_link *)other->facts)->protocol = LP_STR("TLSv1.2");
    answer("TLSv1.1", "taken", "TLSv1");
    ck_assert_uint_eq(lp_besides_of(&l.log, e, &l.arena).n, 1);
    ck_assert_uint_eq(lp_besides_of(&l.log, other, &l.arena).n, 1);
    ck_assert_uint_eq(lp_besides_of(&l.log, far, &l.arena).n, 0);
    ck_assert_str_eq(lp_say_besides(&l.log, e, &l.arena).p, "TLS 1.0 to 1.2");
    ck_assert_str_eq(lp_say_besides(&l.log, other, &l.arena).p, "TLS 1.0 to 1.2");
    struct lp_protocols p;
    lp_endpoint_protocols(&l.log, far, &p);
    ck_assert(!p.lowest && !p.highest && !p.refused);
}
END_TEST

/* What is beside an endpoint is none. */
START_TEST(no_endpoint)
{
    struct lp_evidence *e = logs_sip(&l, "access:443", "203.0.113.10", "401");
    answer("TLSv1.1", "refused", "");
    const struct lp_evidence *beside = l.log.at[l.log.n - 1];
    ck_assert(lp_is_beside(beside) && !lp_is_beside(e));
    ck_assert_ptr_null(lp_endpoint_of(beside));
    ck_assert_ptr_eq(lp_endpoint_of(e), lp_link_of(e));
    ck_assert_uint_eq(lp_besides_of(&l.log, beside, &l.arena).n, 0);
}
END_TEST

Suite *lp_suite_beside(void)
{
    Suite *s = suite_create("beside");
    TCase *t = tcase_create("beside");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, where_tls_stands);
    tcase_add_test(t, sign_in_at_the_first_address);
    tcase_add_loop_test(t, sign_in_not_at_a_quicker_one, 0, 2);
    tcase_add_loop_test(t, in_one_order, 0, 3);
    tcase_add_loop_test(t, not_where_none_stands, 0, 2);
    tcase_add_test(t, each_place_once);
    tcase_add_test(t, only_on_the_way);
    tcase_add_test(t, only_on_request);
    tcase_add_test(t, found_by_place);
    tcase_add_test(t, no_endpoint);
    suite_add_tcase(s, t);
    return s;
}
