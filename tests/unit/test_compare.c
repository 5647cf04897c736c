/* test_compare.c - two walks side by side: what is the same, meant, broken */
#include <check.h>
#include <string.h>

#include "lp/compare.h"
#include "stage.h"

Suite *lp_suite_compare(void);

static struct stage sides[2];
static struct lp_judgement judged[2];
static struct lp_compared compared;

/* The first walk by 192.0.2.53, an hour before the second one. */
static void open_side(size_t i, const char *base, const char *changes)
{
    stage_begin(&sides[i], stage_base(base), changes);
    stage_judge(&sides[i], &judged[i]);
    sides[i].logs.log.setup.clock += (int64_t)i * 3600;
}

static void compare(void)
{
    lp_compare(&judged[0], &judged[1], &sides[0].logs.arena, &compared);
}

static void close_sides(void)
{
    stage_end(&sides[0]);
    stage_end(&sides[1]);
}

static void put_key(struct lp_buf *out, const struct lp_compared_item *item)
{
    const struct lp_finding *f = lp_compared_finding(item);
    struct lp_str key = item->key;
    if (f)
        key = lp_str_of(f->rule->id);
    else if (lp_str_ends_nocase(key, ".contoso.example"))
        key.n -= sizeof ".contoso.example" - 1;
    lp_buf_str(out, key);
    if (item->port)
        lp_buf_printf(out, ":%lld", (long long)item->port);
}

/* Items of that kind that are not the same: "broken1 sip; meant lyncdiscover". */
static const char *say(enum lp_compare_kind kind)
{
    struct lp_buf out = lp_buf_new(1 << 20);
    for (size_t i = 0; i < compared.n; i++) {
        const struct lp_compared_item *item = &compared.items[i];
        if (item->kind != kind || item->state == LP_COMPARE_SAME)
            continue;
        lp_buf_printf(&out, "%s%s", out.n ? "; " : "", lp_compare_state_word(item->state));
        if (item->state == LP_COMPARE_BROKEN || item->state == LP_COMPARE_MENDED)
            lp_buf_printf(&out, "%zu", item->broken);
        lp_buf_char(&out, ' ');
        put_key(&out, item);
    }
    const char *text = lp_arena_printf(&sides[0].logs.arena, "%s", out.n ? out.p : "").p;
    lp_buf_release(&out);
    return text;
}

#define EXTERNAL "cert edge names=access,sip,sipexternal\n"

static const struct {
    const char *what;
    const char *base[2], *changes[2];
    enum lp_compare_relation relation;
    int exit_code;
    const char *items[LP_COMPARE_KINDS];
    const char *sentence; /* part of it; NULL any */
} rows[] = {
    { "the same walk twice",
      { "out", "out" },
      { NULL, NULL },
      LP_COMPARE_TIMES,
      0,
      { "", "", "", "", "" },
      "before and after are the same." },
    { "the two views of a healthy deployment",
      { "in", "out" },
      { NULL, NULL },
      LP_COMPARE_VIEWS,
      0,
      { "",
        "meant lyncdiscoverinternal; meant lyncdiscover; meant _sipinternaltls._tcp; meant sip; "
        "meant _sip._tls; meant _sipfederationtls._tcp",
        "meant sip:443", "meant sip:5061", "" },
      "inside and outside differ only as they are meant to." },
    { "the same, the other way round",
      { "out", "in" },
      { NULL, NULL },
      LP_COMPARE_VIEWS,
      0,
      { "",
        "meant lyncdiscoverinternal; meant lyncdiscover; meant _sipinternaltls._tcp; "
        "meant _sip._tls; meant sip; meant _sipfederationtls._tcp",
        "meant sip:443", "meant sip:5061", "" },
      "outside and inside differ" },
    { "a required record goes away",
      { "out", "out" },
      { NULL, "dns _sip._tls ANY nxdomain" },
      LP_COMPARE_TIMES,
      2,
      { "differs lync2013; differs lync2010; differs sfb; broken1 phone", "broken1 _sip._tls",
        "gone access:443", "", "new LP-DNS-RECORD-MISSING" },
      NULL },
    { "a required record comes",
      { "out", "out" },
      { "dns _sip._tls ANY nxdomain", NULL },
      LP_COMPARE_TIMES,
      1,
      { "differs lync2013; differs lync2010; differs sfb; mended0 phone", "mended0 _sip._tls",
        "new access:443", "", "gone LP-DNS-RECORD-MISSING" },
      NULL },
    { "a record that nobody must have",
      { "out", "out" },
      { EXTERNAL, EXTERNAL "dns sipexternal A 203.0.113.10" },
      LP_COMPARE_TIMES,
      1,
      { "", "new sipexternal", "new sipexternal:443; new sipexternal:5061", "", "" },
      "nothing is broken after, but" },
    { "a name that one side cannot resolve",
      { "out", "out" },
      { NULL, "dns lyncdiscover ANY servfail" },
      LP_COMPARE_TIMES,
      2,
      { NULL, "broken1 lyncdiscover; gone webext", NULL, "", "broken1 LP-DNS-SERVFAIL" },
      NULL },
    { "another address",
      { "out", "out" },
      { NULL, "dns access A 203.0.113.10; 203.0.113.11\ntcp 203.0.113.11:443 tls=edge sip=401\n"
              "tcp 203.0.113.11:5061 tls=edge sip=401\n" },
      LP_COMPARE_TIMES,
      1,
      { "", "differs access", "", "", "" },
      "but 1 thing changed." },
    { "the order of an answer is no difference",
      { "out", "out" },
      { "dns sip A 203.0.113.10; 203.0.113.11\ntcp 203.0.113.11:443 tls=edge sip=401\n"
        "tcp 203.0.113.11:5061 tls=edge sip=401\n",
        "dns sip A 203.0.113.11; 203.0.113.10\ntcp 203.0.113.11:443 tls=edge sip=401\n"
        "tcp 203.0.113.11:5061 tls=edge sip=401\n" },
      LP_COMPARE_TIMES,
      0,
      { "", "", "", "", "" },
      NULL },
    { "a port closes",
      { "out", "out" },
      { NULL, "tcp 203.0.113.10:443 refused" },
      LP_COMPARE_TIMES,
      2,
      { NULL, "", "broken1 access:443; broken1 sip:443", "", NULL },
      NULL },
    { "an expired certificate keeps users out",
      { "out", "out" },
      { NULL, "cert edge names=access,sip days=-7" },
      LP_COMPARE_TIMES,
      2,
      { "broken1 lync2013", "", "",
        "broken1 access:443; differs access:5061; differs sip:443; "
        "differs sip:5061",
        NULL },
      "lync2013 can sign in before and cannot after" },
    { "a renewed certificate",
      { "out", "out" },
      { NULL, "cert edge names=access,sip days=300" },
      LP_COMPARE_TIMES,
      1,
      { "", "", "", "differs access:443; differs access:5061; differs sip:443; differs sip:5061",
        "" },
      NULL },
    { "an older version of TLS",
      { "out", "out" },
      { NULL, "tcp 203.0.113.20:443 tls=proxy v=TLSv1.3 web" },
      LP_COMPARE_TIMES,
      1,
      { "", "",
        "differs lyncdiscover:443; differs webext:443; differs webext:443; "
        "differs webext:443",
        "", "" },
      NULL },
    { "broken inside only",
      { "in", "out" },
      { "dns sip A servfail", NULL },
      LP_COMPARE_VIEWS,
      2,
      { "", NULL, NULL, NULL, NULL },
      "sip.contoso.example A is broken inside" },
    { "a user inside fails, one outside does not",
      { "in", "out" },
      { "tcp 10.0.0.11:5061 refused\ntcp 10.0.0.12:5061 refused\n", NULL },
      LP_COMPARE_VIEWS,
      2,
      { "broken0 lync2013", NULL, NULL, NULL, NULL },
      "a user inside cannot sign in, a user outside can" },
    { "a name of the inside is seen outside alone",
      { "in", "out" },
      { "dns lyncdiscoverinternal ANY nxdomain", "dns lyncdiscoverinternal A 203.0.113.20" },
      LP_COMPARE_VIEWS,
      2,
      { NULL, NULL, NULL, NULL, NULL },
      NULL },
    { "a public name that the inside has, too",
      { "in", "out" },
      { "dns sipexternal A 203.0.113.10", "dns sipexternal A 203.0.113.77" },
      LP_COMPARE_VIEWS,
      1,
      { "", NULL, NULL, NULL, NULL },
      "for no known reason" },
    { "one side was not asked to the end",
      { "out", "out" },
      { NULL, "tcp 203.0.113.10:5061 not-tried" },
      LP_COMPARE_TIMES,
      3,
      { NULL, "", "undecided access:5061; undecided sip:5061", "", NULL },
      "nothing is seen to be broken" },
    { "both fail in one way",
      { "", "" },
      { NULL, NULL },
      LP_COMPARE_TIMES,
      0,
      { "", "", "", "", "" },
      "are the same, and fail both." },
};

START_TEST(test_row)
{
    open_side(0, rows[_i].base[0], rows[_i].changes[0]);
    open_side(1, rows[_i].base[1], rows[_i].changes[1]);
    compare();
    ck_assert_msg(compared.relation == rows[_i].relation, "%s", rows[_i].what);
    for (int kind = 0; kind < LP_COMPARE_KINDS; kind++) {
        const char *items = say((enum lp_compare_kind)kind);
        const char *wanted = rows[_i].items[kind];
        ck_assert_msg(!wanted || strcmp(items, wanted) == 0, "%s: %s", rows[_i].what, items);
    }
    ck_assert_msg(!rows[_i].sentence || strstr(compared.sentence.p, rows[_i].sentence), "%s: %s",
                  rows[_i].what, compared.sentence.p);
    ck_assert_msg(compared.exit_code == rows[_i].exit_code, "%s: %d, %s", rows[_i].what,
                  compared.exit_code, compared.sentence.p);
    ck_assert_int_eq(compared.exit_code, (int)compared.verdict);
    close_sides();
}
END_TEST

/* ---- what the sides are called ---- */

static void assert_labels(enum lp_compare_relation relation, const char *first, const char *second)
{
    compare();
    ck_assert_str_eq(lp_compare_relation_word(compared.relation),
                     lp_compare_relation_word(relation));
    ck_assert_str_eq(compared.label[0].p, first);
    ck_assert_str_eq(compared.label[1].p, second);
}

static void name_server(size_t side, const char *label, const char *address)
{
    struct lp_server server = { .label = lp_str_of(label) };
    struct lp_str text = lp_str_of(address);
    struct lp_setup *setup = &sides[side].logs.log.setup;
    lp_list_push(&sides[side].logs.arena, &server.addresses, &text, sizeof text);
    setup->servers = (struct lp_list){ NULL, 0 };
    lp_list_push(&sides[side].logs.arena, &setup->servers, &server, sizeof server);
}

START_TEST(test_labels)
{
    struct lp_deny_rule rule = { .name = LP_STR("a.test") };
    open_side(0, "out", NULL);
    open_side(1, "out", NULL);
    assert_labels(LP_COMPARE_TIMES, "before", "after");
    sides[0].logs.log.setup.clock += 7200;
    assert_labels(LP_COMPARE_TIMES, "first", "second");
    lp_list_push(&sides[1].logs.arena, &sides[1].logs.log.setup.deny, &rule, sizeof rule);
    assert_labels(LP_COMPARE_TIMES, "live", "planned");
    name_server(0, "old", "192.0.2.1:53");
    name_server(1, "new\033", "192.0.2.2:53");
    assert_labels(LP_COMPARE_PLACES, "old", "new\\x1b");
    name_server(1, "old", "192.0.2.2:53");
    assert_labels(LP_COMPARE_PLACES, "first", "second");
    close_sides();
}
END_TEST

/* What one side did not ask for is no difference. */
START_TEST(test_families)
{
    open_side(0, "out", "dns access A 203.0.113.10; 2001:db8::10\nset only 4\n");
    open_side(1, "out", NULL);
    compare();
    ck_assert_str_eq(say(LP_COMPARE_NAME), "");
    close_sides();
}
END_TEST

START_TEST(test_words)
{
    static const char *const kinds[] = { "client", "name", "endpoint", "certificate", "finding" };
    static const char *const states[] = { "same", "meant",  "differs",   "new",
                                          "gone", "mended", "undecided", "broken" };
    for (int i = 0; i < LP_COMPARE_KINDS; i++)
        ck_assert_str_eq(lp_compare_kind_word((enum lp_compare_kind)i), kinds[i]);
    for (int i = 0; i < LP_COMPARE_STATES; i++)
        ck_assert_str_eq(lp_compare_state_word((enum lp_compare_state)i), states[i]);
}
END_TEST

Suite *lp_suite_compare(void)
{
    Suite *suite = suite_create("compare");
    TCase *tcase = tcase_create("compare");
    tcase_add_loop_test(tcase, test_row, 0, LP_COUNT(rows));
    tcase_add_test(tcase, test_labels);
    tcase_add_test(tcase, test_families);
    tcase_add_test(tcase, test_words);
    suite_add_tcase(suite, tcase);
    return suite;
}
