/* test_topology_read.c - topology files: what good ones give */
#include <check.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/facts.h"
#include "lp/topology.h"
#include "lp/utf8.h"

Suite *lp_suite_topology_read(void);

static struct lp_arena arena;
static struct lp_topology t;

static void tear_down(void)
{
    lp_arena_release(&arena);
}

static void read_bytes(struct lp_str bytes)
{
    struct lp_error error = { "" };
    bool ok =
        lp_topology_read(&arena, &(struct lp_topology_text){ LP_STR("t.yaml"), bytes }, &t, &error);
    ck_assert_msg(ok, "%s", error.text);
}

static void read_text(const char *text)
{
    read_bytes(lp_str_of(text));
}

static void assert_text(struct lp_str text, const char *expected)
{
    ck_assert_msg(lp_str_eq(text, lp_str_of(expected)), "%.*s, not %s", (int)text.n, text.p,
                  expected);
}

static void assert_address(const struct lp_list *list, size_t i, const char *expected)
{
    char shown[LP_ADDR_TEXT];
    ck_assert_uint_lt(i, list->n);
    lp_addr_format((const struct lp_addr *)list->at + i, shown, sizeof shown);
    ck_assert_str_eq(shown, expected);
}

static const struct lp_pool *pool_at(size_t i)
{
    ck_assert_uint_lt(i, t.pools.n);
    return (const struct lp_pool *)t.pools.at + i;
}

START_TEST(defaults)
{
    read_text("sip-domains: [Contoso.com]\n");
    const struct lp_marked *domain = t.sip_domains.at;
    assert_text(domain->text, "contoso.com");
    ck_assert_int_eq(domain->mark.line, 1);
    ck_assert_int_eq(domain->mark.column, 15);
    ck_assert_int_eq(t.generation, LP_LYNC_2013);
    ck_assert_ptr_null(t.ad_domain.text.p);
    ck_assert(t.feature[LP_FEATURE_FEDERATION] && t.feature[LP_FEATURE_MOBILITY]);
    ck_assert(!t.feature[LP_FEATURE_XMPP] && !t.feature[LP_FEATURE_MEDIATION]);
    ck_assert_int_eq(t.feature_mark[LP_FEATURE_XMPP].line, 0);
    ck_assert_int_eq(t.days_warning, -1);
    ck_assert_int_eq(t.days_critical, -1);
    ck_assert_uint_eq(t.pools.n + t.urls.n + t.required.n + t.waivers.n + t.private_roots.n, 0);
    assert_text(t.file, "t.yaml");
    ck_assert_uint_eq(t.digest.n, 64);
}
END_TEST

START_TEST(pools)
{
    read_text("sip-domains: contoso.com\n"
              "generation: SFB2015\n"
              "ad-domain: corp.contoso.com.\n"
              "edge-pools:\n"
              "  - fqdn: edge.corp.contoso.com\n"
              "    next-hop: pool01.corp.contoso.com\n"
              "    access: {fqdn: sip.contoso.com, addresses: [10.9.0.1, '2001:DB8::1'],\n"
              "             nat: 203.0.113.1, port: 5061}\n"
              "    av: {fqdn: sip.contoso.com, addresses: 10.9.0.1, port: 443}\n"
              "front-end-pools:\n"
              "  - fqdn: Pool01.corp.contoso.com\n"
              "    members: [{fqdn: fe01.corp.contoso.com, addresses: [10.0.1.11]}]\n"
              "    web: {external: webext.contoso.com}\n"
              "    root: Public\n"
              "persistent-chat-pools: [{fqdn: chat.corp.contoso.com, compliance: YES}]\n"
              "sql-servers: [{fqdn: sql.corp.contoso.com, port: 50000}]\n"
              "reverse-proxies: [{addresses: 203.0.113.9, publishes: [webext.contoso.com]}]\n");
    ck_assert_int_eq(t.generation, LP_SFB_2015);
    assert_text(t.ad_domain.text, "corp.contoso.com");
    /* in the order of the roles, not of the file */
    const struct lp_pool *pool = pool_at(0);
    ck_assert_int_eq(pool->role, LP_ROLE_FRONT_END);
    assert_text(pool->fqdn, "pool01.corp.contoso.com");
    ck_assert_int_eq(pool->mark.line, 11);
    ck_assert_int_eq(pool->mark.column, 5);
    const struct lp_member *member = pool->members.at;
    ck_assert_uint_eq(pool->members.n, 1);
    assert_text(member->fqdn, "fe01.corp.contoso.com");
    assert_address(&member->addresses, 0, "10.0.1.11");
    ck_assert_int_eq(member->mark.line, 12);
    ck_assert_ptr_null(pool->web_internal.p);
    assert_text(pool->web_external, "webext.contoso.com");
    assert_text(pool->root, "public");
    const struct lp_pool *edge = pool_at(1);
    ck_assert_int_eq(edge->role, LP_ROLE_EDGE);
    assert_text(edge->next_hop, "pool01.corp.contoso.com");
    assert_address(&edge->access.addresses, 1, "2001:db8::1");
    assert_address(&edge->access.nat, 0, "203.0.113.1");
    ck_assert_int_eq(edge->access.port, 5061);
    ck_assert_int_eq(edge->access.mark.line, 7);
    ck_assert_ptr_null(edge->conferencing.fqdn.p);
    ck_assert_int_eq(pool_at(2)->role, LP_ROLE_PROXY);
    ck_assert_ptr_null(pool_at(2)->fqdn.p);
    assert_text(*(const struct lp_str *)pool_at(2)->publishes.at, "webext.contoso.com");
    ck_assert(pool_at(3)->compliance);
    ck_assert_int_eq(pool_at(4)->port, 50000);
}
END_TEST

START_TEST(the_rest)
{
    read_text("sip-domains: [contoso.com, fabrikam.com]\n"
              "features: {xmpp: on, federation: off, cac: 'true', mobility: No}\n"
              "simple-urls:\n"
              "  meet: [https://meet.contoso.com/, https://Lync.fabrikam.com/Meet]\n"
              "  dialin: https://dialin.contoso.com\n"
              "private-roots: ca.pem\n"
              "thresholds: {days-warning: 60, days-critical: 60}\n"
              "require:\n"
              "  - {name: _ntp._udp.contoso.com, type: srv, view: internal, port: 123,\n"
              "     target: dc.contoso.com}\n"
              "  - {name: www.contoso.com, addresses: 203.0.113.5}\n"
              "waivers:\n"
              "  - {id: LP-CERT-WILDCARD, subject: 'wac*', reason: soon, from: 2026-01-01,\n"
              "     until: 2027-01-31}\n"
              "  - {id: LP-X, reason: r, until: 1970-01-02T01:02Z}\n");
    ck_assert(t.feature[LP_FEATURE_XMPP] && !t.feature[LP_FEATURE_FEDERATION]);
    ck_assert(t.feature[LP_FEATURE_CAC] && !t.feature[LP_FEATURE_MOBILITY]);
    ck_assert_int_eq(t.feature_mark[LP_FEATURE_XMPP].column, 18);
    const struct lp_simple_url *url = t.urls.at;
    ck_assert_uint_eq(t.urls.n, 3);
    assert_text(url[0].url, "https://meet.contoso.com");
    assert_text(url[0].path, "/");
    assert_text(url[1].url, "https://lync.fabrikam.com/Meet");
    assert_text(url[1].host, "lync.fabrikam.com");
    assert_text(url[1].path, "/Meet");
    ck_assert_int_eq(url[2].kind, LP_URL_DIALIN);
    assert_text(((const struct lp_marked *)t.private_roots.at)->text, "ca.pem");
    ck_assert_int_eq(t.days_warning, 60);
    ck_assert_int_eq(t.days_critical, 60);
    const struct lp_required *required = t.required.at;
    ck_assert(required[0].type == LP_DNS_SRV && required[0].internal && !required[0].external);
    ck_assert_int_eq(required[0].port, 123);
    ck_assert(required[1].type == LP_DNS_A && required[1].internal && required[1].external);
    const struct lp_waiver *waiver = t.waivers.at;
    ck_assert_int_eq(waiver[0].from, INT64_C(1767225600));
    ck_assert_int_eq(waiver[0].until, INT64_C(1801440000)); /* 2027-02-01 */
    ck_assert_int_eq(waiver[1].from, LP_UTC_NONE);
    ck_assert_int_eq(waiver[1].until, 86400 + 3720);
}
END_TEST

START_TEST(nothing_is_not_there)
{
    read_text("sip-domains: a.test\nfeatures:\ndirectors: ~\nedge-pools: null\n"
              "sql-servers: [{fqdn: s.a.test, port: null, addresses: }]\n");
    ck_assert_uint_eq(t.pools.n, 1);
    ck_assert_int_eq(pool_at(0)->port, 0);
    ck_assert_uint_eq(pool_at(0)->addresses.n, 0);
}
END_TEST

/* ---- what PowerShell writes ---- */

static const char json[] = "{\r\n    \"sip-domains\":  [\r\n        \"k\xc3\xb6ln.example\"\r\n    "
                           "],\r\n    \"features\": { \"xmpp\": true, \"mobility\": false },\r\n"
                           "    \"simple-urls\":  { \"meet\": \"https:\\/\\/meet.a.test\" },\r\n"
                           "    \"private-roots\": \"\\u0063a.pem\"\r\n}\r\n";

static const struct {
    const char *mark; /* byte order mark in UTF-8, or none */
    size_t low, high; /* of UTF-16: where the low and the high byte stands; both 0: UTF-8 */
} encodings[] = {
    { "", 0, 0 }, { "\xef\xbb\xbf", 0, 0 }, { "", 0, 1 }, { "\xef\xbb\xbf", 0, 1 },
    { "", 1, 0 }, { "\xef\xbb\xbf", 1, 0 },
};

/* One or two bytes a character; the test's text has none beyond U+FFFF. */
static void put_character(struct lp_buf *out, uint32_t code, int row)
{
    char pair[2];
    pair[encodings[row].low] = (char)(code & 0xff);
    pair[encodings[row].high] = (char)(code >> 8);
    lp_buf_add(out, pair, sizeof pair);
}

static struct lp_buf encoded(struct lp_str text, int row)
{
    struct lp_buf out = lp_buf_new(SIZE_MAX);
    if (encodings[row].low == encodings[row].high) {
        lp_buf_str(&out, text);
        return out;
    }
    uint32_t code = 0;
    for (size_t i = 0; i < text.n;) {
        i += lp_utf8_decode(text, i, &code);
        put_character(&out, code, row);
    }
    return out;
}

START_TEST(json_in_each_encoding)
{
    struct lp_str parts[] = { lp_str_of(encodings[_i].mark), lp_str_of(json) };
    struct lp_buf bytes = encoded(lp_arena_join(&arena, parts, LP_COUNT(parts)), _i);
    read_bytes(lp_buf_view(&bytes));
    lp_buf_release(&bytes);
    assert_text(((const struct lp_marked *)t.sip_domains.at)->text, "xn--kln-sna.example");
    ck_assert(t.feature[LP_FEATURE_XMPP] && !t.feature[LP_FEATURE_MOBILITY]);
    assert_text(((const struct lp_simple_url *)t.urls.at)->url, "https://meet.a.test");
    assert_text(((const struct lp_marked *)t.private_roots.at)->text, "ca.pem");
}
END_TEST

START_TEST(places_in_utf16)
{
    struct lp_error error = { "" };
    struct lp_buf bytes = encoded(LP_STR("{\"sip-domains\":\"a.test\",\r\n  \"x\":1}"), 2);
    ck_assert(!lp_topology_read(
        &arena, &(struct lp_topology_text){ LP_STR("t"), lp_buf_view(&bytes) }, &t, &error));
    ck_assert(lp_str_starts_nocase(lp_str_of(error.text), "t:2:3: expected a key"));
    lp_buf_truncate(&bytes, bytes.n - 1);
    ck_assert(!lp_topology_read(
        &arena, &(struct lp_topology_text){ LP_STR("t"), lp_buf_view(&bytes) }, &t, &error));
    lp_buf_release(&bytes);
    ck_assert_str_eq(error.text, "t:2:8: expected text in UTF-8 or UTF-16: incomplete UTF-16 "
                                 "character");
}
END_TEST

/* ---- what may be shared ---- */

static const char *const shared[] = {
    "adfs-servers: [{fqdn: sts.a.test, addresses: 10.0.0.1}]\n"
    "adfs-proxies: [{fqdn: sts.a.test, addresses: 203.0.113.1}]\n"
    "reverse-proxies: [{addresses: 203.0.113.1}, {addresses: 203.0.113.1}]\n",
    "standard-edition-servers: [{fqdn: se.a.test, addresses: 10.0.0.1}]\n"
    "persistent-chat-pools: [{fqdn: se.a.test, addresses: 10.0.0.1}]\n",
    "sql-servers: [{fqdn: s.a.test, addresses: 10.0.0.1}, {fqdn: s.a.test, addresses: 10.0.0.1,"
    " port: 50000}]\n",
    "edge-pools: [{fqdn: e.a.test, access: {fqdn: sip.a.test, addresses: 203.0.113.1, port: 5061},"
    " conferencing: {fqdn: sip.a.test, addresses: 203.0.113.1, port: 444},"
    " av: {fqdn: sip.a.test, addresses: 203.0.113.1}}]\n",
    "mediation-pools: [{fqdn: m.a.test, addresses: 10.0.0.1, members: [{fqdn: m.a.test,"
    " addresses: 10.0.0.1}]}]\n",
    "front-end-pools: [{fqdn: p.a.test, web: {internal: p.a.test}}]\n",
    "front-end-pools: [{fqdn: p.a.test, backup-pool: q.a.test}, {fqdn: q.a.test, backup-pool: "
    "p.a.test}]\nbranch-appliances: [{fqdn: b.a.test, backup-pool: q.a.test}]\n",
    "simple-urls: {meet: [https://l.a.test/meet, https://l.a.test/meeting]}\n",
};

START_TEST(may_be_shared)
{
    struct lp_str parts[] = { LP_STR("sip-domains: a.test\n"), lp_str_of(shared[_i]) };
    read_bytes(lp_arena_join(&arena, parts, LP_COUNT(parts)));
}
END_TEST

Suite *lp_suite_topology_read(void)
{
    Suite *suite = suite_create("topology_read");
    TCase *tcase = tcase_create("good");
    tcase_add_checked_fixture(tcase, NULL, tear_down);
    tcase_add_test(tcase, defaults);
    tcase_add_test(tcase, pools);
    tcase_add_test(tcase, the_rest);
    tcase_add_test(tcase, nothing_is_not_there);
    tcase_add_loop_test(tcase, json_in_each_encoding, 0, (int)LP_COUNT(encodings));
    tcase_add_test(tcase, places_in_utf16);
    tcase_add_loop_test(tcase, may_be_shared, 0, (int)LP_COUNT(shared));
    suite_add_tcase(suite, tcase);
    return suite;
}
