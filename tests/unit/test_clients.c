/* test_clients.c - the tables of the client generations against their sources */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/client.h"

Suite *lp_suite_clients(void);

/* poster/sequences.tsv as it came: view, step, name, kind, leads_to */
static const char data[] = "tests/data/poster/sequences.tsv";

struct row {
    char view[16], step[4], name[64], kind[8], leads_to[16];
};

static size_t read_rows(struct row rows[static 32])
{
    char line[256];
    size_t n = 0;
    FILE *f = fopen(data, "r");
    ck_assert_msg(f != NULL, "%s", data);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
    while (n < 32 && fgets(line, sizeof line, f)) {
        struct lp_str rest = lp_str_trim(lp_str_of(line));
        char *const to[] = { rows[n].view, rows[n].step, rows[n].name, rows[n].kind,
                             rows[n].leads_to };
        static const size_t size[] = { 16, 4, 64, 8, 16 };
        for (size_t i = 0; i < 5; i++) {
            struct lp_str cell = lp_str_cut(&rest, '\t');
            snprintf(to[i], size[i], "%.*s", (int)cell.n, cell.p);
        }
        n++;
    }
    fclose(f);
    return n;
}

static const char *leads_to(const struct lp_step *step)
{
    if (step->kind == LP_STEP_AUTODISCOVER)
        return "autodiscover";
    return step->plain ? "sip/tcp" : "sip/tls";
}

static const char *kind(const struct lp_step *step)
{
    return step->kind == LP_STEP_SRV ? "srv" : "host";
}

/* Row by row, in the poster's order, and nothing beside them. */
START_TEST(lync2013_is_the_poster)
{
    struct row rows[32];
    size_t n = read_rows(rows);
    const struct lp_client *client = lp_client_by_name(LP_STR("lync2013"));
    const struct lp_step *in = client->inside, *out = client->outside;
    ck_assert_uint_eq(n, 14);
    for (size_t i = 0; i < n; i++) {
        const struct lp_step *step = strcmp(rows[i].view, "internal") == 0 ? in++ : out++;
        ck_assert_ptr_nonnull(step->label);
        ck_assert_str_eq(step->label, rows[i].step);
        ck_assert_str_eq(step->pattern, rows[i].name);
        ck_assert_str_eq(kind(step), rows[i].kind);
        ck_assert_str_eq(leads_to(step), rows[i].leads_to);
    }
    ck_assert_ptr_null(in->label);
    ck_assert_ptr_null(out->label);
    ck_assert_ptr_eq(client, &lp_clients[0]);
}
END_TEST

/* The others, outside: owner names without the domain (domain.md 1.1). */
static const struct {
    const char *client;
    enum lp_order order;
    bool web, mutual;
    const char *names;
} orders[] = {
    { "lync2010", LP_ORDER_SRV_RANKED, false, false,
      "_sipinternaltls._tcp _sipinternal._tcp _sip._tls sipinternal sip sipexternal" },
    { "sfb", LP_ORDER_SEQUENTIAL, false, false,
      "lyncdiscoverinternal lyncdiscover _sipinternaltls._tcp _sip._tls sipinternal sip "
      "sipexternal" },
    { "mobile", LP_ORDER_SEQUENTIAL, true, false, "lyncdiscoverinternal lyncdiscover" },
    { "phone", LP_ORDER_SEQUENTIAL, false, false,
      "_sipinternaltls._tcp _sipinternal._tcp _sip._tls _sip._tcp" },
    { "federation", LP_ORDER_SEQUENTIAL, false, true, "_sipfederationtls._tcp" },
};

START_TEST(order_of_the_others)
{
    char names[256] = "";
    const struct lp_client *client = lp_client_by_name(lp_str_of(orders[_i].client));
    ck_assert_ptr_nonnull(client);
    for (const struct lp_step *step = client->outside; step->label; step++) {
        struct lp_str name = lp_str_of(step->pattern);
        ck_assert(lp_str_ends_nocase(name, ".<sip-domain>"));
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%.*s", used ? " " : "",
                 (int)(name.n - strlen(".<sip-domain>")), name.p);
    }
    ck_assert_str_eq(names, orders[_i].names);
    ck_assert_int_eq(client->order, orders[_i].order);
    ck_assert_int_eq(client->web, orders[_i].web);
    ck_assert_int_eq(client->mutual, orders[_i].mutual);
    ck_assert_ptr_eq(client->inside, client->outside);
}
END_TEST

/* domain.md 1.4: the ports of a name, whichever client asks for it. */
static const struct {
    const char *pattern;
    unsigned first, second;
} ports[] = {
    { "_sipinternaltls._tcp.<sip-domain>", 5061, 0 },
    { "_sipinternal._tcp.<sip-domain>", 5060, 0 },
    { "_sip._tls.<sip-domain>", 443, 5061 },
    { "_sipfederationtls._tcp.<sip-domain>", 5061, 0 },
    { "sipinternal.<sip-domain>", 5061, 0 },
    { "sip.<sip-domain>", 5061, 443 },
    { "sipexternal.<sip-domain>", 443, 5061 },
};

static unsigned check_ports(const struct lp_step *rows, size_t at)
{
    unsigned n = 0;
    for (; rows->label; rows++) {
        if (strcmp(rows->pattern, ports[at].pattern) != 0)
            continue;
        ck_assert_uint_eq(rows->ports[0], ports[at].first);
        ck_assert_uint_eq(rows->ports[1], ports[at].second);
        n++;
    }
    return n;
}

START_TEST(ports_of_a_name)
{
    unsigned n = 0;
    for (size_t i = 0; i < lp_client_count; i++)
        n += check_ports(lp_clients[i].inside, (size_t)_i) +
             check_ports(lp_clients[i].outside, (size_t)_i);
    ck_assert_uint_gt(n, 0);
}
END_TEST

START_TEST(every_row_cites_its_source)
{
    for (size_t i = 0; i < lp_client_count; i++) {
        const struct lp_step *const views[] = { lp_clients[i].inside, lp_clients[i].outside };
        ck_assert_uint_gt(strlen(lp_clients[i].source), 0);
        ck_assert_uint_gt(strlen(lp_clients[i].title), 0);
        for (size_t v = 0; v < LP_COUNT(views); v++)
            for (const struct lp_step *step = views[v]; step->label; step++)
                ck_assert_uint_gt(strlen(step->source), 0);
    }
}
END_TEST

START_TEST(names_of_clients)
{
    for (size_t i = 0; i < lp_client_count; i++)
        ck_assert_ptr_eq(lp_client_by_name(lp_str_of(lp_clients[i].name)), &lp_clients[i]);
    ck_assert_ptr_null(lp_client_by_name(LP_STR("teams")));
    ck_assert_ptr_null(lp_client_by_name(LP_STR_NONE));
}
END_TEST

/* DESIGN 4 "Required records", and what must not be seen outside. */
static const struct {
    const char *pattern;
    bool inside_only, required_inside, required_outside;
} rules[] = {
    { "lyncdiscoverinternal.<sip-domain>", true, true, false },
    { "lyncdiscover.<sip-domain>", false, false, true },
    { "_sipinternaltls._tcp.<sip-domain>", true, true, false },
    { "_sipinternal._tcp.<sip-domain>", true, false, false },
    { "_sip._tls.<sip-domain>", false, false, true },
    { "sipinternal.<sip-domain>", true, false, false },
    { "sip.<sip-domain>", false, false, true },
    { "sipexternal.<sip-domain>", false, false, false },
};

START_TEST(rules_of_names)
{
    struct lp_step row = { "x", rules[_i].pattern, LP_STEP_HOST, { 0 }, false, "" };
    const struct lp_name_rule *rule = lp_name_rule_for(&row);
    ck_assert_ptr_nonnull(rule);
    ck_assert_int_eq(rule->inside_only, rules[_i].inside_only);
    ck_assert_int_eq(rule->required_inside, rules[_i].required_inside);
    ck_assert_int_eq(rule->required_outside, rules[_i].required_outside);
    ck_assert_uint_eq(lp_name_rule_count, LP_COUNT(rules));
}
END_TEST

START_TEST(no_rule_for_partners)
{
    struct lp_step row = {
        "1", "_sipfederationtls._tcp.<sip-domain>", LP_STEP_SRV, { 0 }, false, ""
    };
    ck_assert_ptr_null(lp_name_rule_for(&row));
}
END_TEST

Suite *lp_suite_clients(void)
{
    Suite *suite = suite_create("clients");
    TCase *tc = tcase_create("tables");
    tcase_add_test(tc, lync2013_is_the_poster);
    tcase_add_loop_test(tc, order_of_the_others, 0, (int)LP_COUNT(orders));
    tcase_add_loop_test(tc, ports_of_a_name, 0, (int)LP_COUNT(ports));
    tcase_add_test(tc, every_row_cites_its_source);
    tcase_add_test(tc, names_of_clients);
    tcase_add_loop_test(tc, rules_of_names, 0, (int)LP_COUNT(rules));
    tcase_add_test(tc, no_rule_for_partners);
    suite_add_tcase(suite, tc);
    return suite;
}
