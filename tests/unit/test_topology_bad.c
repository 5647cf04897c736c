/* test_topology_bad.c - topology files with a mistake: place, what was expected, the nearest key */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "lp/buf.h"
#include "lp/topology.h"

Suite *lp_suite_topology_bad(void);

#define D "sip-domains: [a.test]\n"
/* One pool, and an Edge pool, whose other keys follow. */
#define POOL D "front-end-pools:\n  - fqdn: pool.a.test\n"
#define EDGE POOL "edge-pools:\n  - fqdn: edge.a.test\n"
#define ACCESS EDGE "    access: {fqdn: sip.a.test, addresses: [203.0.113.10]"

static const struct {
    const char *file, *error;
} rows[] = {
    /* form */
    { "", "1:1: expected keys and values, found nothing" },
    { "# only a comment\n", "1:1: expected keys and values, found nothing" },
    { "just a text\n", "1:1: expected the topology as keys and values, found just a text" },
    { "- a\n", "1:1: expected the topology as keys and values, found a list" },
    { D "a: [\n", "3:1: expected YAML or JSON: did not find expected node content while parsing a "
                  "flow node from line 3" },
    { D "\tx: 1\n", "2:1: expected indentation by spaces, found a tab" },
    { D "x: 'a\n", "3:1: expected YAML or JSON: found unexpected end of stream while scanning a "
                   "quoted scalar from line 2" },
    { D "x: \"\xff\"\n", "2:5: expected text in UTF-8 or UTF-16: invalid leading UTF-8 octet" },
    { D "x: \x01\n", "2:4: expected text in UTF-8 or UTF-16: control characters are not allowed" },
    { "sip-domains: &a [a.test]\n", "1:14: expected neither anchor nor alias nor tag" },
    { "sip-domains: *a\n", "1:14: expected neither anchor nor alias nor tag" },
    { "sip-domains: !!seq [a.test]\n", "1:14: expected neither anchor nor alias nor tag" },
    { "&a sip-domains: [a.test]\n", "1:1: expected neither anchor nor alias nor tag" },
    { "<<: {sip-domains: [a.test]}\n",
      "1:1: expected a key of the topology, found <<; did you mean hosting?" },
    { D "---\nx: 1\n", "2:1: expected the end, found a second document" },
    { D "? [a]\n: b\n", "2:3: expected a key, found a list or a map" },
    { "[[[[[[[[[[[[[[[[[\n", "1:17: expected at most 16 levels" },
    /* keys */
    { "sip-domain: [a.test]\n",
      "1:1: expected a key of the topology, found sip-domain; did you mean sip-domains?" },
    { D "Features: {}\n",
      "2:1: expected a key of the topology, found Features; did you mean features?" },
    { D "sip-domains: [b.test]\n",
      "2:1: expected each key once, found sip-domains again (line 1)" },
    { "generation: sfb2015\n", "1:1: expected the key sip-domains of the topology, found none" },
    { D "features: {fedaration: on}\n",
      "2:12: expected a key of the features, found fedaration; did you mean federation?" },
    { D "\"\\e[31m\": 1\n",
      "2:1: expected a key of the topology, found \\x1b[31m; did you mean hosting?" },
    { D "edge-pools: [{fqdn: e.a.test, web: {}}]\n",
      "2:31: expected a key of an Edge pool, found web (a key of front-end-pools); did you mean "
      "av?" },
    { D "sql-servers: [{fqdn: s.a.test, memebrs: 1}]\n",
      "2:32: expected a key of a Back-end SQL Server, found memebrs; did you mean port?" },
    { D "front-end-pools: [{addresses: [10.0.0.1]}]\n",
      "2:19: expected the key fqdn of a Front End pool, found none" },
    { D "front-end-pools: [{fqdn: p.a.test, members: [{addresses: [10.0.0.1]}]}]\n",
      "2:46: expected the key fqdn of a member, found none" },
    { D "front-end-pools: [{fqdn: ~}]\n",
      "2:26: expected a full host name such as pool01.contoso.com, found nothing" },
    { EDGE "    access: {addresses: [203.0.113.10]}\n",
      "6:13: expected the key fqdn of an Edge service, found none" },
    /* types */
    { D "generation: lync2014\n", "2:13: expected lync2013, sfb2015 or sfb2019, found lync2014; "
                                  "did you mean lync2013?" },
    { D "generation: [lync2013]\n", "2:13: expected lync2013, sfb2015 or sfb2019, found a list" },
    { "sip-domains: {a.test: b}\n",
      "1:14: expected a SIP domain such as contoso.com, found a map" },
    { "sip-domains: []\n", "1:14: expected a SIP domain, found none" },
    { "sip-domains: [anna@a.test]\n",
      "1:15: expected a SIP domain such as contoso.com, found anna@a.test" },
    { "sip-domains: [contoso]\n",
      "1:15: expected a SIP domain such as contoso.com, found contoso" },
    { "sip-domains: [a.test, A.test.]\n", "1:23: expected each element once, found A.test. again" },
    { D "features: {xmpp: 1}\n", "2:18: expected on, off or unknown, found 1; did you mean on?" },
    { D "features: [xmpp]\n", "2:11: expected the features as keys and values, found a list" },
    { D "front-end-pools: {fqdn: p.a.test}\n", "2:18: expected a list of pools, found a map" },
    { D "front-end-pools: [p.a.test]\n",
      "2:19: expected a Front End pool as keys and values, found p.a.test" },
    { D "ad-domain: 10.0.0.1\n",
      "2:12: expected a domain such as corp.contoso.com, found 10.0.0.1" },
    { POOL "    addresses: [10.0.0.256]\n",
      "4:17: expected an IP address such as 10.0.1.10, found 10.0.0.256" },
    { POOL "    addresses: [010.0.0.1]\n",
      "4:17: expected an IP address such as 10.0.1.10, found 010.0.0.1" },
    { POOL "    addresses: [224.0.0.1]\n",
      "4:17: expected an IP address such as 10.0.1.10, found 224.0.0.1" },
    { POOL "    addresses: [10.0.0.1, 10.0.0.1]\n",
      "4:27: expected each element once, found 10.0.0.1 again" },
    { POOL "    web: {external: web}\n",
      "4:21: expected a full host name such as pool01.contoso.com, found web" },
    { POOL "    root: privat\n",
      "4:11: expected private or public, found privat; did you mean private?" },
    { ACCESS ", port: 0}\n", "6:65: expected a port from 1 to 65535, found 0" },
    { ACCESS ", port: 65536}\n", "6:65: expected a port from 1 to 65535, found 65536" },
    { ACCESS ", port: 4.43}\n", "6:65: expected a port from 1 to 65535, found 4.43" },
    { D "thresholds: {days-warning: -1}\n",
      "2:28: expected a number of days from 0 to 3650, found -1" },
    { D "private-roots: [\"\"]\n", "2:17: expected the name of a PEM file, found nothing" },
    { D "require: [{name: x.a.test, type: AAAA}]\n",
      "2:34: expected A or SRV, found AAAA; did you mean A?" },
    { D "require: [{name: x.a.test, view: inside}]\n",
      "2:34: expected internal or external, found inside; did you mean internal?" },
    { D "waivers: [{id: CERT-EXPIRED, reason: r, until: 2027-01-31}]\n",
      "2:16: expected a finding's id such as LP-CERT-WILDCARD, found CERT-EXPIRED" },
    { D "waivers: [{id: LP-X, reason: \"a\\nb\", until: 2027-01-31}]\n",
      "2:30: expected a text of one line, at most 500 bytes, found a\\x0ab" },
    { D "waivers: [{id: LP-X, reason: r, until: 2027-02-29}]\n",
      "2:40: expected a day (2027-01-31) or a time in UTC (2027-01-31T18:00Z), found 2027-02-29" },
    { D "waivers: [{id: LP-X, reason: r, until: 2027-01-31T24:00Z}]\n",
      "2:40: expected a day (2027-01-31) or a time in UTC (2027-01-31T18:00Z), found "
      "2027-01-31T24:00Z" },
    { D "waivers: [{id: LP-X, reason: r, until: 31.01.2027}]\n",
      "2:40: expected a day (2027-01-31) or a time in UTC (2027-01-31T18:00Z), found 31.01.2027" },
    { D "waivers: [{id: LP-X, until: 2027-01-31}]\n",
      "2:11: expected the key reason of a waiver, found none" },
/* simple URLs (domain.md 7.3) */
#define URL "expected a simple URL such as https://meet.contoso.com, without a port, found "
    { D "simple-urls: {meet: http://meet.a.test}\n", "2:21: " URL "http://meet.a.test" },
    { D "simple-urls: {meet: https://meet.a.test:443}\n", "2:21: " URL "https://meet.a.test:443" },
    { D "simple-urls: {meet: https://meet}\n", "2:21: " URL "https://meet" },
    { D "simple-urls: {meet: https://10.0.0.1}\n", "2:21: " URL "https://10.0.0.1" },
    { D "simple-urls: {meet: https://meet.a.test/a_b}\n", "2:21: " URL "https://meet.a.test/a_b" },
    { D "simple-urls: {dialin: [https://d.a.test]}\n", "2:23: " URL "a list" },
    { D "simple-urls: {meet: https://l.a.test/meet, dialin: https://l.a.test/Meet/in}\n",
      "2:52: expected simple URLs of which none begins with another, found "
      "https://l.a.test/Meet/in and https://l.a.test/meet (line 2)" },
    { D "simple-urls: {meet: https://l.a.test/meet, dialin: https://l.a.test}\n",
      "2:52: expected simple URLs of which none begins with another, found https://l.a.test and "
      "https://l.a.test/meet (line 2)" },
    { POOL "simple-urls: {meet: https://pool.a.test/meet}\n",
      "4:21: expected a simple URL with another host than a pool or server, found pool.a.test" },
    /* contradictions */
    { POOL "    backup-pool: pol.a.test\n",
      "3:5: expected backup-pool as another Front End pool or Standard Edition server of this "
      "file, found pol.a.test" },
    { POOL "    backup-pool: pool.a.test\n",
      "3:5: expected backup-pool as another Front End pool or Standard Edition server of this "
      "file, found pool.a.test" },
    { POOL "branch-appliances:\n  - fqdn: sba.a.test\n    backup-pool: pol.a.test\n",
      "5:5: expected backup-pool as another Front End pool or Standard Edition server of this "
      "file, found pol.a.test; did you mean pool.a.test?" },
    { EDGE "    next-hop: pol.a.test\n",
      "5:5: expected next-hop as a Director, Front End pool or Standard Edition server of this "
      "file, found pol.a.test; did you mean pool.a.test?" },
    { ACCESS ", nat: [198.51.100.1, 198.51.100.2]}\n",
      "6:13: expected no more nat addresses than addresses" },
    { POOL "  - fqdn: POOL.a.test\n",
      "4:5: expected a name of its own, found pool.a.test again (line 3)" },
    { POOL "    addresses: 10.0.0.1\ndirectors: [{fqdn: d.a.test, addresses: 10.0.0.1}]\n",
      "5:13: expected an address of its own, found 10.0.0.1 again (line 3)" },
    { POOL "    members: [{fqdn: f.a.test}, {fqdn: f.a.test}]\n",
      "4:33: expected a name of its own, found f.a.test again (line 4)" },
    { POOL "    members: [{fqdn: f.a.test, addresses: 10.0.0.1}, {fqdn: g.a.test, addresses: "
           "10.0.0.1}]\n",
      "4:54: expected an address of its own, found 10.0.0.1 again (line 4)" },
    { POOL "    members: [{fqdn: f.a.test}, {fqdn: pool.a.test}]\n",
      "4:33: expected a name of its own, found pool.a.test again (line 3)" },
    { ACCESS "}\n    av: {fqdn: av.a.test, addresses: 203.0.113.10}\n",
      "7:9: expected an address of its own, found 203.0.113.10 again (line 6)" },
    { ACCESS "}\n    addresses: 203.0.113.10\n",
      "6:13: expected an address of its own, found 203.0.113.10 again (line 5)" },
    { EDGE "    access: {fqdn: edge.a.test}\n",
      "6:13: expected a name of its own, found edge.a.test again (line 5)" },
    { ACCESS "}\nreverse-proxies: [{addresses: 203.0.113.10}]\n",
      "7:19: expected an address of its own, found 203.0.113.10 again (line 6)" },
    { D "sql-servers: [{fqdn: s.a.test}, {fqdn: s.a.test, port: 1433}]\n",
      "2:33: expected a name of its own, found s.a.test again (line 2)" },
    { D "thresholds: {days-warning: 10, days-critical: 11}\n",
      "2:13: expected days-critical to be no more than days-warning" },
    { D "require: [{name: _x._tcp.a.test, type: SRV, addresses: 10.0.0.1}]\n",
      "2:11: expected no addresses with type SRV" },
    { D "require: [{name: x.a.test, port: 80}]\n",
      "2:11: expected target and port with type SRV only" },
    { D "compare: [a.test]\n",
      "2:10: expected a map from names to same, differ, inside-only or outside-only, "
      "found a list" },
    { D "compare: {a.test: other}\n",
      "2:19: expected same, differ, inside-only or outside-only, found other" },
    { D "compare: {\"a b\": same}\n",
      "2:11: expected a name such as sip.contoso.com or *.contoso.com" },
    { D "compare: {a.test: same, A.test: differ}\n", "2:25: expected each name once" },
    { D "hosting: {cloud: b.test}\n",
      "2:18: expected one of sip-domains, found b.test; did you mean a.test?" },
    { D "hosting: {clouds: a.test}\n",
      "2:11: expected a key of the hosting cloud, found clouds; did you mean cloud?" },
    { D "hosting: {hybrid: a.test, cloud: a.test}\n",
      "2:19: expected a.test in one of cloud and hybrid, found both" },
    { D "hosting: {cloud: []}\n", "2:18: expected a SIP domain, found none" },
    { D "hosting: {hybrid: a.test}\nfeatures: {federation: off}\n",
      "2:19: expected federation: on with hybrid domains, whose users reach one another by it, "
      "found off" },
    { D "hosting: {cloud: a.test}\nedge-pools: [{access: {fqdn: sip.a.test}}]\n",
      "2:18: expected no server with the name sip.a.test, which leads to the cloud, found one "
      "(line 3)" },
    { D "waivers: [{id: LP-X, reason: r, from: 2027-02-01, until: 2027-01-31}]\n",
      "2:11: expected a waiver that ends after it began" },
};

static const char *error_of(struct lp_str bytes, char *text, size_t size)
{
    struct lp_arena arena = { 0 };
    struct lp_topology topology;
    struct lp_error error = { "" };
    bool ok = lp_topology_read(&arena, &(struct lp_topology_text){ LP_STR("t.yaml"), bytes },
                               &topology, &error);
    snprintf(text, size, "%s", ok ? "(it is good)" : error.text);
    lp_arena_release(&arena);
    return text;
}

START_TEST(says_what_and_where)
{
    char text[600], expected[600];
    snprintf(expected, sizeof expected, "t.yaml:%s", rows[_i].error);
    ck_assert_str_eq(error_of(lp_str_of(rows[_i].file), text, sizeof text), expected);
}
END_TEST

/* A file of that many elements in one list. */
static struct lp_buf long_list(size_t n)
{
    struct lp_buf file = lp_buf_new(SIZE_MAX);
    lp_buf_text(&file, "sip-domains:\n");
    for (size_t i = 0; i < n; i++)
        lp_buf_printf(&file, "- d%zu.test\n", i);
    return file;
}

START_TEST(limits)
{
    char text[600];
    struct lp_buf file = long_list(LP_TOPOLOGY_LIST_MAX);
    ck_assert_str_eq(error_of(lp_buf_view(&file), text, sizeof text), "(it is good)");
    lp_buf_release(&file);
    file = long_list(LP_TOPOLOGY_LIST_MAX + 1);
    ck_assert_str_eq(error_of(lp_buf_view(&file), text, sizeof text),
                     "t.yaml:1002:3: expected at most 1000 elements");
    lp_buf_release(&file);
    file = long_list(LP_TOPOLOGY_NODES_MAX);
    ck_assert_str_eq(error_of(lp_buf_view(&file), text, sizeof text),
                     "t.yaml:99999:3: expected at most 100000 keys and values");
    while (file.n <= LP_TOPOLOGY_FILE_MAX)
        lp_buf_text(&file, "# more\n");
    ck_assert_str_eq(error_of(lp_buf_view(&file), text, sizeof text),
                     "t.yaml:1:1: expected a file of at most 4 MiB");
    lp_buf_release(&file);
}
END_TEST

/* The terminal sees no more than a line, and nothing of its own. */
START_TEST(a_hostile_name)
{
    struct lp_arena arena = { 0 };
    struct lp_topology topology;
    struct lp_error error = { "" };
    ck_assert(!lp_topology_read(
        &arena, &(struct lp_topology_text){ LP_STR("\x1b[2Jt.yaml"), LP_STR("x: 1\n") }, &topology,
        &error));
    ck_assert_str_eq(error.text, "\\x1b[2Jt.yaml:1:1: expected a key of the topology, found x; did "
                                 "you mean hosting?");
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_topology_bad(void)
{
    Suite *suite = suite_create("topology_bad");
    TCase *tcase = tcase_create("bad");
    tcase_add_loop_test(tcase, says_what_and_where, 0, (int)LP_COUNT(rows));
    tcase_add_test(tcase, limits);
    tcase_add_test(tcase, a_hostile_name);
    suite_add_tcase(suite, tcase);
    return suite;
}
