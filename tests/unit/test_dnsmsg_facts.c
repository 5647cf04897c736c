/* test_dnsmsg_facts.c - what DNS answers leave in the facts, and a message's limits */
#include "dns_wire.h"

Suite *lp_suite_dnsmsg_facts(void);

/* One address of www.contoso.example. */
static const struct lp_str one_address =
    WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A TTL ADDRESS);

/* ---- what is in the facts ---------------------------------------------------------- */

static const struct lp_rr *rr_at(const struct lp_dns_facts *facts, size_t i)
{
    ck_assert_uint_lt(i, facts->rrs.n);
    return (const struct lp_rr *)facts->rrs.at + i;
}

START_TEST(srv_facts)
{
    static const struct lp_str wire =
        WIRE(HEAD("\x85\xa0", ONE, ONE, NONE) WWW IN_SRV ASKED IN_SRV TTL "\0\x0c"
                                                                          "\0\1\xff\xff\x13\xc5"
                                                                          "\3SIP\xc0\x10" SOA);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    ck_assert_int_eq(decode(&arena, wire, LP_DNS_SRV, &facts, &why), LP_ANSWER);
    ck_assert(facts.aa && facts.rd && facts.ra && facts.ad && !facts.tc);
    ck_assert_int_eq(facts.rcode, 0);
    const struct lp_rr *srv = rr_at(&facts, 0);
    ck_assert_lp_str(srv->section, "answer");
    ck_assert_lp_str(srv->owner, "www.contoso.example");
    ck_assert_lp_str(srv->name, "SIP.contoso.example");
    ck_assert_int_eq(srv->type, LP_DNS_SRV);
    ck_assert_int_eq(srv->ttl, 3600);
    ck_assert_int_eq(srv->priority, 1);
    ck_assert_int_eq(srv->weight, 65535);
    ck_assert_int_eq(srv->port, 5061);
    ck_assert_int_eq(srv->address.family, 0);
    const struct lp_rr *soa = rr_at(&facts, 1);
    ck_assert_lp_str(soa->section, "authority");
    ck_assert_lp_str(soa->owner, "contoso.example");
    ck_assert_int_eq(soa->minimum, 60);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(address_facts)
{
    static const struct lp_str wire =
        WIRE(HEAD(OK, ONE, NONE, NONE) WWW IN_A ASKED IN_A "\x80\0\0\1" ADDRESS);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;
    char text[LP_ADDR_TEXT];

    ck_assert_int_eq(decode(&arena, wire, LP_DNS_A, &facts, &why), LP_ANSWER);
    lp_addr_format(&rr_at(&facts, 0)->address, text, sizeof(text));
    ck_assert_str_eq(text, "203.0.113.10");
    /* RFC 2181 s8: the top bit makes it zero. */
    ck_assert_int_eq(rr_at(&facts, 0)->ttl, 0);
    lp_arena_release(&arena);
}
END_TEST

/* Old facts do not shine through: the same struct decodes a second message. */
START_TEST(decoding_again)
{
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    ck_assert_int_eq(decode(&arena, one_address, LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_int_eq(decode(&arena, (struct lp_str)WIRE("\x12"), LP_DNS_A, &facts, &why),
                     LP_MALFORMED);
    ck_assert_uint_eq(facts.rrs.n, 0);
    ck_assert_int_eq(facts.rcode, -1);
    lp_arena_release(&arena);
}
END_TEST

/* ---- limits ------------------------------------------------------------------------ */

static void put_count_head(struct lp_buf *b, uint16_t answers)
{
    lp_buf_str(b, LP_STR("\x12\x34" OK "\0\1"));
    lp_buf_char(b, (char)(answers >> 8));
    lp_buf_char(b, (char)(answers & 0xff));
    lp_buf_str(b, LP_STR(NONE NONE WWW IN_A));
}

START_TEST(records_over_the_limit_are_counted)
{
    struct lp_buf b = lp_buf_new(64 * 1024);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 600);
    for (int i = 0; i < 600; i++)
        lp_buf_str(&b, LP_STR(ASKED IN_A TTL ADDRESS));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_uint_eq(facts.rrs.n, 512);
    ck_assert_int_eq(facts.cut, 88);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* The full 64 KiB of honest records is no attack. */
START_TEST(a_full_answer_is_read)
{
    struct lp_buf b = lp_buf_new(65535);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 4000);
    for (int i = 0; i < 4000; i++)
        lp_buf_str(&b, LP_STR(ASKED IN_A TTL ADDRESS));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_ANSWER);
    ck_assert_int_eq(facts.cut, 4000 - 512);
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

/* A name of 127 labels, named again by each of thousands of records: one budget for
   all of them. */
START_TEST(label_work_is_bounded)
{
    struct lp_buf b = lp_buf_new(65535);
    struct lp_arena arena = { 0 };
    struct lp_dns_facts facts = { 0 };
    struct lp_str why;

    put_count_head(&b, 4000);
    for (int i = 0; i < 120; i++)
        lp_buf_str(&b, LP_STR("\1a"));
    lp_buf_str(&b, LP_STR("\0"
                          "\0\x10\0\1" TTL "\0\0"));
    for (int i = 1; i < 4000; i++)
        lp_buf_str(&b, LP_STR("\xc0\x25"
                              "\0\x10\0\1" TTL "\0\0"));
    ck_assert_int_eq(decode(&arena, lp_buf_view(&b), LP_DNS_A, &facts, &why), LP_MALFORMED);
    ck_assert_lp_str(why, "too many labels in one message");
    lp_arena_release(&arena);
    lp_buf_release(&b);
}
END_TEST

Suite *lp_suite_dnsmsg_facts(void)
{
    Suite *s = suite_create("dnsmsg_facts");
    TCase *t = tcase_create("dnsmsg_facts");

    tcase_add_test(t, srv_facts);
    tcase_add_test(t, address_facts);
    tcase_add_test(t, decoding_again);
    tcase_add_test(t, records_over_the_limit_are_counted);
    tcase_add_test(t, a_full_answer_is_read);
    tcase_add_test(t, label_work_is_bounded);
    suite_add_tcase(s, t);
    return s;
}
