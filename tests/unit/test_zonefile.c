/* test_zonefile.c - planned zones: what is read from a master file, what is refused, and where */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/text.h"
#include "lp/zonefile.h"

Suite *lp_suite_zonefile(void);

static struct lp_arena arena;
static struct lp_error error;
static struct lp_zone zone;

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static bool read_text(struct lp_str bytes)
{
    struct lp_zone_text text = { LP_STR("z"), bytes, LP_STR("a.test") };
    error.text[0] = '\0';
    return lp_zone_read(&arena, &text, &zone, &error);
}

static const struct lp_rr *find(const char *owner, int64_t type)
{
    const struct lp_zone_record *at = zone.record.at;
    for (size_t i = 0; i < zone.record.n; i++) {
        if (at[i].rr.type == type && lp_str_eq(at[i].rr.owner, lp_str_of(owner)))
            return &at[i].rr;
    }
    return NULL;
}

#define SOA "@ 600 IN SOA ns1 hostmaster 1 3600 600 86400 300\n"

START_TEST(reads_each_type)
{
    ck_assert_msg(read_text(LP_STR("$TTL 1h\n" SOA "  NS ns1.a.test.\n"
                                   "WWW 60 A 192.0.2.1\n  AAAA 2001:db8::1\n"
                                   "_sip._tls ( SRV 1 2\n 443 www ) ; two lines\n"
                                   "alias CNAME www.b.test.\n"
                                   "$ORIGIN sub.a.test.\nx DNAME b.test.\n"
                                   "out.b.test. A 192.0.2.9")),
                  "%s", error.text);
    ck_assert_uint_eq(zone.record.n, 7);
    const struct lp_rr *soa = find("a.test", LP_DNS_SOA), *a = find("www.a.test", LP_DNS_A);
    const struct lp_rr *srv = find("_sip._tls.a.test", LP_DNS_SRV);
    ck_assert_int_eq(soa->minimum, 300);
    ck_assert_int_eq(soa->ttl, 600);
    ck_assert(lp_str_eq(soa->name, LP_STR("ns1.a.test")));
    ck_assert_int_eq(a->ttl, 60);
    ck_assert_int_eq(a->address.family, 4);
    ck_assert_int_eq(a->address.bytes[3], 1);
    ck_assert_int_eq(find("www.a.test", LP_DNS_AAAA)->address.bytes[15], 1);
    ck_assert_int_eq(srv->ttl, 3600);
    ck_assert_int_eq(srv->priority, 1);
    ck_assert_int_eq(srv->weight, 2);
    ck_assert_int_eq(srv->port, 443);
    ck_assert(lp_str_eq(srv->name, LP_STR("www.a.test")));
    ck_assert(lp_str_eq(find("alias.a.test", LP_DNS_CNAME)->name, LP_STR("www.b.test")));
    ck_assert_ptr_nonnull(find("x.sub.a.test", 39));
    ck_assert_uint_eq(zone.digest.n, 64);
}
END_TEST

static const struct {
    const char *text;
    const char *error; /* its beginning */
} bad[] = {
    { SOA "www A 192.0.2.300\n", "z:2: " },
    { SOA "www A 192.0.2.300", "z:2: " },
    { SOA "\n; words\nwww B 192.0.2.3\n", "z:4: " },
    { SOA "www SRV 0 0 443\n", "z:2: " },
    { SOA "www B\n", "z:2: an unknown type" },
    { SOA "$INCLUDE other\n", "z:2: $INCLUDE is not followed" },
    { SOA "www CH A 192.0.2.3\n", "z:2: " },
    { SOA "www A 192.0.2.3\nwww CNAME a.test.\n", "z:3: an alias beside other records" },
    { SOA "www CNAME b\nwww CNAME c\n", "z:2: an alias beside other records" },
    { SOA SOA, "z:2: a second SOA" },
    { "b.test. A 192.0.2.3\n", "z: no record of a.test" },
    { "", "z: no record of a.test" },
    { "\n\n(", "z:" },
};

START_TEST(refuses)
{
    ck_assert(!read_text(lp_str_of(bad[_i].text)));
    ck_assert_msg(strncmp(error.text, bad[_i].error, strlen(bad[_i].error)) == 0, "%s", error.text);
    ck_assert_uint_gt(strlen(error.text), 10);
}
END_TEST

START_TEST(a_nul_is_no_text)
{
    ck_assert(!read_text(LP_STR("www A 192.0.2.3\nx\0y A 192.0.2.4\n")));
    ck_assert_str_eq(error.text, "z:2: a NUL byte: this is no text");
}
END_TEST

START_TEST(too_big_a_file)
{
    size_t n = LP_ZONE_FILE_MAX + 1;
    char *bytes = lp_arena_alloc(&arena, n);
    memset(bytes, '\n', n);
    ck_assert(!read_text((struct lp_str){ bytes, n }));
    ck_assert_str_eq(error.text, "z: more than 16 MiB");
}
END_TEST

START_TEST(too_many_records)
{
    struct lp_buf text = lp_buf_new(LP_ZONE_FILE_MAX);
    for (int i = 0; i <= LP_ZONE_RECORDS_MAX; i++)
        lp_buf_printf(&text, "n%d A 192.0.2.1\n", i);
    ck_assert(!read_text(lp_buf_view(&text)));
    ck_assert_str_eq(error.text, "z:200001: more than 200000 records");
    lp_buf_release(&text);
}
END_TEST

/* As `lyncprobe plan -f zone` writes it: a zone below the origin, and one beside it. */
START_TEST(several_zones_in_a_file)
{
    ck_assert(read_text(LP_STR(SOA "www A 192.0.2.1\n$ORIGIN corp.a.test.\n" SOA
                                   "@ NS ns1\n@ A 192.0.2.2\nns1 A 192.0.2.53\n"
                                   "x A 192.0.2.3\n$ORIGIN a.test.\ncorp-x A 192.0.2.4\n"
                                   "$ORIGIN b.test.\n" SOA "www A 192.0.2.5\n")));
    ck_assert_uint_eq(zone.record.n, 4);
    ck_assert_ptr_nonnull(find("a.test", LP_DNS_SOA));
    ck_assert_ptr_nonnull(find("www.a.test", LP_DNS_A));
    ck_assert_ptr_nonnull(find("corp.a.test", LP_DNS_NS));
    ck_assert_ptr_nonnull(find("corp-x.a.test", LP_DNS_A));
}
END_TEST

START_TEST(is_sorted_as_a_tree)
{
    static const char *const order[] = { "a.test",     "b.a.test",  "*.b.a.test",
                                         "x.b.a.test", "b-.a.test", "c.a.test" };
    ck_assert(read_text(LP_STR("c A 192.0.2.1\nx.b A 192.0.2.1\nb- A 192.0.2.1\n*.b A 192.0.2.1\n"
                               "b A 192.0.2.1\n@ A 192.0.2.1\n")));
    const struct lp_zone_record *at = zone.record.at;
    ck_assert_uint_eq(zone.record.n, LP_COUNT(order));
    for (size_t i = 0; i < LP_COUNT(order); i++)
        ck_assert_msg(lp_str_eq(at[i].rr.owner, lp_str_of(order[i])), "%zu: %s", i,
                      lp_term(&arena, at[i].rr.owner));
}
END_TEST

Suite *lp_suite_zonefile(void)
{
    Suite *suite = suite_create("zonefile");
    TCase *tests = tcase_create("read");
    tcase_add_checked_fixture(tests, NULL, tear_down);
    tcase_add_test(tests, reads_each_type);
    tcase_add_loop_test(tests, refuses, 0, LP_COUNT(bad));
    tcase_add_test(tests, a_nul_is_no_text);
    tcase_add_test(tests, too_big_a_file);
    tcase_add_test(tests, too_many_records);
    tcase_add_test(tests, several_zones_in_a_file);
    tcase_add_test(tests, is_sorted_as_a_tree);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}
