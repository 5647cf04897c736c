/* test_dns_query.c - DNS questions as bytes, names that can and cannot be asked */
#include <check.h>
#include <string.h>

#include "lp/dns_query.h"

Suite *lp_suite_dns_query(void);

#define L63 "012345678901234567890123456789012345678901234567890123456789012"
#define L61 "0123456789012345678901234567890123456789012345678901234567890"

struct good_row {
    const char *name;
    const char *wire;
    size_t n;
};

#define WIRE(bytes) bytes, sizeof(bytes)

static const struct good_row good[] = {
    { "a", WIRE("\1a") },
    { "a.", WIRE("\1a") },
    { ".", WIRE("") },
    { "_sip._tls.contoso.com", WIRE("\4_sip\4_tls\7contoso\3com") },
    { "a\\.b.c", WIRE("\3a.b\1c") },
    { "\\097\\255\\000x", WIRE("\4a\xff\0x") },
    { "\\\\", WIRE("\1\\") },
    { L63 ".b", WIRE("\x3f" L63 "\1b") },
    /* 255 octets: the longest name */
    { L63 "." L63 "." L63 "." L61, WIRE("\x3f" L63 "\x3f" L63 "\x3f" L63 "\x3d" L61) },
};

START_TEST(name_becomes_labels)
{
    const struct good_row *row = &good[_i];
    struct lp_dns_query query;
    struct lp_question question = { lp_str_of(row->name), LP_DNS_SRV };

    ck_assert(lp_dns_query_write(&query, &question, 0xabcd, false));
    ck_assert_uint_eq(query.n, 12 + row->n + 4);
    ck_assert_mem_eq(query.bytes, "\xab\xcd\1\0\0\1\0\0\0\0\0\0", 12);
    ck_assert_mem_eq(query.bytes + 12, row->wire, row->n);
    ck_assert_mem_eq(query.bytes + 12 + row->n, "\0\x21\0\1", 4);
}
END_TEST

START_TEST(edns_adds_one_record)
{
    struct lp_dns_query query, plain;
    struct lp_question question = { lp_str_of(good[LP_COUNT(good) - 1].name), LP_DNS_A };

    ck_assert(lp_dns_query_write(&query, &question, 1, true));
    ck_assert(lp_dns_query_write(&plain, &question, 1, false));
    ck_assert_uint_eq(query.n, LP_DNS_QUERY_MAX);
    ck_assert_mem_eq(query.bytes + 10, "\0\1", 2);
    ck_assert_mem_eq(query.bytes + 12, plain.bytes + 12, plain.n - 12);
    ck_assert_mem_eq(query.bytes + plain.n, "\0\0\x29\x04\xd0\0\0\0\0\0\0", query.n - plain.n);
}
END_TEST

static const char *const bad[] = {
    "",
    ".a",
    "a..b",
    "a..",
    "..",
    L63 "x.b",
    "\\25",
    "\\256",
    "\\2x5",
    "\\",
    "a\\",
    L63 "." L63 "." L63 "." L61 "x",
    L63 "." L63 "." L63 "." L63 "." L63 ".x",
    L63 "." L63 "." L63 "." L61 ".x",
};

START_TEST(no_such_name)
{
    struct lp_dns_query query;
    struct lp_question question = { lp_str_of(bad[_i]), LP_DNS_A };

    ck_assert(!lp_dns_query_write(&query, &question, 0, true));
    ck_assert_uint_le(query.n, sizeof(query.bytes));
}
END_TEST

/* What we write is what the decoder reads. */
START_TEST(decoder_reads_it_back)
{
    struct lp_arena arena = { 0 };
    struct lp_dns_query query;
    struct lp_str name = LP_STR("a\\046b.\\000.c");
    struct lp_question question = { name, LP_DNS_A };
    struct lp_str back;

    ck_assert(lp_dns_query_write(&query, &question, 0, true));
    struct lp_str wire = { (const char *)query.bytes, query.n };
    ck_assert_uint_eq(lp_dnsmsg_name(&arena, wire, 12, &back), query.n - 12 - 4 - 11);
    ck_assert(lp_str_eq(back, name));
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_dns_query(void)
{
    Suite *suite = suite_create("dns_query");
    TCase *tc = tcase_create("names");

    tcase_add_loop_test(tc, name_becomes_labels, 0, (int)LP_COUNT(good));
    tcase_add_loop_test(tc, no_such_name, 0, (int)LP_COUNT(bad));
    tcase_add_test(tc, edns_adds_one_record);
    tcase_add_test(tc, decoder_reads_it_back);
    suite_add_tcase(suite, tc);
    return suite;
}
