/* test_zonefile_answer.c - answers from planned zones: delegations, wildcards, aliases, denials */
#include <check.h>
#include <string.h>

#include "lp/text.h"
#include "lp/zonefile.h"

Suite *lp_suite_zonefile_answer(void);

static struct lp_arena arena;
static struct lp_zone zones[3];
static const struct lp_list list = { zones, 2 };

static void read_zone(struct lp_zone *zone, const char *origin, const char *bytes)
{
    struct lp_error error;
    struct lp_zone_text text = { LP_STR("z"), lp_str_of(bytes), lp_str_of(origin) };
    ck_assert_msg(lp_zone_read(&arena, &text, zone, &error), "%s", error.text);
}

static void set_up(void)
{
    read_zone(&zones[0], "a.test",
              "$TTL 60\n@ 600 SOA ns1 h 1 1 1 1 300\n@ NS ns1\nns1 A 192.0.2.53\n"
              "www A 192.0.2.1\nwww A 192.0.2.2\nalias CNAME www\nfar CNAME www.b.test.\n"
              "gone CNAME nothing\nloop CNAME loop2\nloop2 CNAME loop\nempty CNAME text\n"
              "text TXT words\n_sip._tls SRV 0 0 443 www\nx.y.ent A 192.0.2.3\n"
              "*.wild A 192.0.2.4\ntaken.wild TXT here\na.b.wild A 192.0.2.5\n"
              "*.aliases CNAME www\nsub NS ns.sub\nns.sub A 192.0.2.54\nleads CNAME host.sub\n"
              "tree DNAME b.test.\nunder.tree A 192.0.2.6\n");
    read_zone(&zones[1], "b.test", "www 30 A 192.0.2.7\nback CNAME www.a.test.\n");
    read_zone(&zones[2], "sub.a.test", "host A 192.0.2.8\n");
}

static void tear_down(void)
{
    lp_arena_release(&arena);
}

/* "OUTCOME RCODE OWNER/TYPE/TTL=DATA ..." of the answer. */
static const char *say(struct lp_arena *a, const struct lp_dns_facts *facts,
                       enum lp_outcome outcome)
{
    const struct lp_rr *rr = facts->rrs.at;
    struct lp_str text = lp_arena_printf(a, "%s", lp_outcome_word(outcome));
    for (size_t i = 0; i < facts->rrs.n; i++) {
        char address[LP_ADDR_TEXT], word[12];
        lp_addr_format(&rr[i].address, address, sizeof address);
        text = lp_arena_printf(a, "%s %s/%s/%lld=%s", text.p, lp_term(a, rr[i].owner),
                               lp_dns_type_word(rr[i].type, word), (long long)rr[i].ttl,
                               rr[i].name.n ? lp_term(a, rr[i].name) : address);
    }
    return text.p;
}

#define SOA " a.test/SOA/300=ns1.a.test"
static const struct {
    const char *name;
    int64_t type;
    const char *answer; /* NULL: the zones do not speak of it */
} rows[] = {
    { "www.a.test", LP_DNS_A, "answer www.a.test/A/60=192.0.2.1 www.a.test/A/60=192.0.2.2" },
    { "WWW.A.test.", LP_DNS_A, "answer www.a.test/A/60=192.0.2.1 www.a.test/A/60=192.0.2.2" },
    { "www.a.test", LP_DNS_AAAA, "nodata" SOA },
    { "_sip._tls.a.test", LP_DNS_SRV, "answer _sip._tls.a.test/SRV/60=www.a.test" },
    { "a.test", LP_DNS_A, "nodata" SOA },
    { "a.test", LP_DNS_SOA, "answer a.test/SOA/600=ns1.a.test" },
    { "a.test", LP_DNS_NS, "answer a.test/NS/60=ns1.a.test" },
    { "none.a.test", LP_DNS_A, "nxdomain" SOA },
    { "x.www.a.test", LP_DNS_A, "nxdomain" SOA },
    { "alias.a.test", LP_DNS_A,
      "answer alias.a.test/CNAME/60=www.a.test www.a.test/A/60=192.0.2.1 "
      "www.a.test/A/60=192.0.2.2" },
    { "alias.a.test", LP_DNS_CNAME, "answer alias.a.test/CNAME/60=www.a.test" },
    { "alias.a.test", LP_DNS_AAAA, "answer alias.a.test/CNAME/60=www.a.test" SOA },
    { "far.a.test", LP_DNS_A, "answer far.a.test/CNAME/60=www.b.test www.b.test/A/30=192.0.2.7" },
    { "gone.a.test", LP_DNS_A, "nxdomain gone.a.test/CNAME/60=nothing.a.test" SOA },
    { "empty.a.test", LP_DNS_A, "answer empty.a.test/CNAME/60=text.a.test" SOA },
    /* a name that is there by what stands below it (RFC 4592 section 2.2.2) */
    { "ent.a.test", LP_DNS_A, "nodata" SOA },
    { "y.ent.a.test", LP_DNS_A, "nodata" SOA },
    { "z.ent.a.test", LP_DNS_A, "nxdomain" SOA },
    { "x.y.ent.a.test", LP_DNS_A, "answer x.y.ent.a.test/A/60=192.0.2.3" },
    { "any.wild.a.test", LP_DNS_A, "answer any.wild.a.test/A/60=192.0.2.4" },
    { "deep.any.wild.a.test", LP_DNS_A, "answer deep.any.wild.a.test/A/60=192.0.2.4" },
    { "any.wild.a.test", LP_DNS_AAAA, "nodata" SOA },
    { "taken.wild.a.test", LP_DNS_A, "nodata" SOA },
    { "c.taken.wild.a.test", LP_DNS_A, "nxdomain" SOA },
    { "b.wild.a.test", LP_DNS_A, "nodata" SOA },
    { "c.b.wild.a.test", LP_DNS_A, "nxdomain" SOA },
    { "*.wild.a.test", LP_DNS_A, "answer *.wild.a.test/A/60=192.0.2.4" },
    { "wild.a.test", LP_DNS_A, "nodata" SOA },
    { "q.aliases.a.test", LP_DNS_A,
      "answer q.aliases.a.test/CNAME/60=www.a.test www.a.test/A/60=192.0.2.1 "
      "www.a.test/A/60=192.0.2.2" },
    { "sub.a.test", LP_DNS_A, NULL },
    { "host.sub.a.test", LP_DNS_A, NULL },
    { "ns.sub.a.test", LP_DNS_A, NULL },
    { "leads.a.test", LP_DNS_A, "answer leads.a.test/CNAME/60=host.sub.a.test" },
    { "www.tree.a.test", LP_DNS_A,
      "answer www.tree.a.test/CNAME/60=www.b.test www.b.test/A/30=192.0.2.7" },
    { "under.tree.a.test", LP_DNS_A, "nxdomain under.tree.a.test/CNAME/60=under.b.test" },
    { "tree.a.test", LP_DNS_A, "nodata" SOA },
    { "back.b.test", LP_DNS_AAAA, "answer back.b.test/CNAME/3600=www.a.test" SOA },
    { "none.b.test", LP_DNS_A, "nxdomain" },
    { "c.test", LP_DNS_A, NULL },
    { "xa.test", LP_DNS_A, NULL },
    { "test", LP_DNS_A, NULL },
};

START_TEST(answers)
{
    struct lp_dns_facts facts = { .name = lp_str_of(rows[_i].name), .type = rows[_i].type };
    enum lp_outcome outcome = lp_zones_answer(&list, &arena, &facts);
    ck_assert_int_eq(lp_zones_speak(&list, facts.name), rows[_i].answer != NULL);
    ck_assert_int_eq(outcome != LP_NONE, rows[_i].answer != NULL);
    if (!rows[_i].answer)
        return;
    ck_assert_str_eq(say(&arena, &facts, outcome), rows[_i].answer);
    ck_assert(lp_str_eq(facts.from, LP_STR("zone-file z")));
    ck_assert(facts.aa);
    ck_assert_int_eq(facts.rcode, outcome == LP_NXDOMAIN ? 3 : 0);
}
END_TEST

START_TEST(a_loop_ends)
{
    struct lp_dns_facts facts = { .name = LP_STR("loop.a.test"), .type = LP_DNS_A };
    ck_assert_int_eq(lp_zones_answer(&list, &arena, &facts), LP_ANSWER);
    ck_assert_uint_eq(facts.rrs.n, LP_ZONE_ALIASES_MAX + 1);
}
END_TEST

/* Another file for what the first delegates: then it is answered. */
START_TEST(a_zone_below)
{
    struct lp_list all = { zones, 3 };
    struct lp_dns_facts facts = { .name = LP_STR("leads.a.test"), .type = LP_DNS_A };
    enum lp_outcome outcome = lp_zones_answer(&all, &arena, &facts);
    ck_assert_str_eq(
        say(&arena, &facts, outcome),
        "answer leads.a.test/CNAME/60=host.sub.a.test host.sub.a.test/A/3600=192.0.2.8");
    ck_assert(lp_zones_speak(&all, LP_STR("sub.a.test")));
}
END_TEST

START_TEST(no_zones)
{
    struct lp_dns_facts facts = { .name = LP_STR("www.a.test"), .type = LP_DNS_A };
    ck_assert(!lp_zones_speak(NULL, facts.name));
    ck_assert_int_eq(lp_zones_answer(NULL, &arena, &facts), LP_NONE);
}
END_TEST

START_TEST(many_records_are_cut)
{
    struct lp_buf text = lp_buf_new(1 << 20);
    for (int i = 0; i < LP_ZONE_ANSWER_MAX + 9; i++)
        lp_buf_printf(&text, "m A 10.0.%d.%d\n", i / 256, i % 256);
    lp_buf_char(&text, '\0');
    read_zone(&zones[0], "a.test", text.p);
    struct lp_dns_facts facts = { .name = LP_STR("m.a.test"), .type = LP_DNS_A };
    ck_assert_int_eq(lp_zones_answer(&list, &arena, &facts), LP_ANSWER);
    ck_assert_uint_eq(facts.rrs.n, LP_ZONE_ANSWER_MAX);
    ck_assert_int_eq(facts.cut, 9);
    lp_buf_release(&text);
}
END_TEST

/* A DNAME that makes a name longer than names may be (RFC 6672 section 2.2: YXDOMAIN). */
START_TEST(too_long_a_name)
{
#define LABEL "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    read_zone(&zones[0], "a.test", "d DNAME " LABEL "." LABEL "." LABEL ".a.test.\n");
    struct lp_dns_facts facts = { .name = LP_STR(LABEL "." LABEL ".d.a.test"), .type = LP_DNS_A };
    ck_assert_int_eq(lp_zones_answer(&list, &arena, &facts), LP_SERVFAIL);
    ck_assert_int_eq(facts.rcode, 6);
}
END_TEST

Suite *lp_suite_zonefile_answer(void)
{
    Suite *suite = suite_create("zonefile_answer");
    TCase *tests = tcase_create("answers");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, answers, 0, LP_COUNT(rows));
    tcase_add_test(tests, a_loop_ends);
    tcase_add_test(tests, a_zone_below);
    tcase_add_test(tests, no_zones);
    tcase_add_test(tests, many_records_are_cut);
    tcase_add_test(tests, too_long_a_name);
    suite_add_tcase(suite, tests);
    return suite;
}
