/* test_plan_render.c - the formats of the plan */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "lp/plan_render_parts.h"
#include "lp/text.h"
#include "topologies.h"

Suite *lp_suite_plan_render(void);

static struct town town;
static struct lp_plan_input input;
static struct lp_buf out;

static void open_town(void (*build)(struct town *))
{
    build(&town);
    town_expect(&town);
    input =
        (struct lp_plan_input){ .expected = &town.expected, .internal = true, .external = true };
    out = lp_buf_new(1 << 24);
}

static void close_town(void)
{
    lp_buf_release(&out);
    town_close(&town);
}

static const char *render(const char *format)
{
    const struct lp_plan_renderer *renderer = lp_plan_renderer_by_name(lp_str_of(format));
    ck_assert_ptr_nonnull(renderer);
    lp_buf_clear(&out);
    renderer->render(&input, &out);
    ck_assert(!out.cut && out.n);
    return out.p;
}

static void has(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) != NULL, "no \"%s\" in:\n%.9000s", part, text);
}

static void has_not(const char *text, const char *part)
{
    ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in:\n%.9000s", part, text);
}

START_TEST(test_table)
{
    for (size_t i = 0; i < lp_plan_renderer_count; i++) {
        const struct lp_plan_renderer *r = &lp_plan_renderers[i];
        ck_assert_ptr_eq(lp_plan_renderer_by_name(lp_str_of(r->name)), r);
        ck_assert_uint_gt(strlen(r->title), 10);
    }
    ck_assert_ptr_null(lp_plan_renderer_by_name(LP_STR("record")));
    ck_assert_ptr_null(lp_plan_renderer_by_name(LP_STR_NONE));
}
END_TEST

/* ---- text ---- */

START_TEST(test_text)
{
    open_town(town_of_single_edge);
    const char *text = render("text");
    has(text, "Plan for contoso.example (contoso.yaml, lync2013)\n"
              "\n"
              "DNS records  14, inside\n"
              "     _sipinternaltls._tcp.contoso.example     SRV 0 0 5061 se.contoso.example\n"
              "       as good: sip.contoso.example\n"
              "       internal user access; poster, DNS table, row 1; contoso.yaml:1\n");
    has(text, "     lyncdiscoverinternal.contoso.example     not outside\n");
    has(text, "Certificates  2, outside\n"
              "     sip.contoso.example                      edge-external\n"
              "       names: sip.contoso.example\n"
              "       public CA, use: server, no wildcard, the same one on every server\n");
    has(text, "     TCP 444                                  web-conferencing-edge, mtls\n"
              "       sip.contoso.example at 203.0.113.10\n"
              "       conferencing; poster, ports, row 4; contoso.yaml:5\n");
    has(text, "     TCP 5269, closed                         access-edge, xmpp\n");
    has(text, "     TCP 50001, 50002, 50003                  edge-internal, mtls\n");
    has(text, "     A/V, TCP 50000-59999                     av-edge, not probed\n");
}
END_TEST

START_TEST(test_text_groups)
{
    open_town(town_of_every_role);
    const char *text = render("text");
    has(text, "     TCP 5061                                 front-end, sip\n"
              "       pool.corp.contoso.example at 10.77.0.11, 10.77.0.12\n");
    has(text, "     TCP 444                                  front-end, mtls\n"
              "       fe01.corp.contoso.example at 10.77.0.11\n"
              "       fe02.corp.contoso.example at 10.77.0.12\n");
    has(text, "     TCP 5061, 5070, either                   mediation, mtls\n");
    has(text, "       each server also its own: fe01.corp.contoso.example,\n"
              "         fe02.corp.contoso.example\n");
    has(text, "private CA, use: server and client");
}
END_TEST

START_TEST(test_text_width)
{
    open_town(town_of_two_pools);
    for (int width = 60; width <= 100; width += 20) {
        input.style.width = width;
        struct lp_str rest = lp_str_of(render("text"));
        while (rest.n) {
            struct lp_str line = lp_str_cut(&rest, '\n');
            ck_assert_msg(lp_columns(line) <= (size_t)width, "%.*s", (int)line.n, line.p);
        }
    }
}
END_TEST

START_TEST(test_text_clips)
{
    open_town(town_of_single_edge);
    struct lp_pool *pools = town.topology.pools.at;
    for (int i = 0; i < 12; i++) {
        struct lp_str name = lp_arena_printf(&town.arena, "fe%d.contoso.example", i);
        town_member(&town, &pools[0], name.p, lp_arena_printf(&town.arena, "10.78.0.%d", i + 1).p);
    }
    pools[0].web_internal = LP_STR("webint.contoso.example");
    pools[0].addresses = town_addresses(&town, "10.77.0.1 10.77.0.2 10.77.0.3 10.77.0.4 10.77.0.5 "
                                               "10.77.0.6 10.77.0.7 10.77.0.8 10.77.0.9");
    town_expect(&town);
    input.style.width = 200;
    has(render("text"), "10.77.0.8, 1 more (-v)\n");
    input.style.verbosity = 1;
    has_not(render("text"), "more (-v)");
}
END_TEST

/* ---- views and domains ---- */

START_TEST(test_views)
{
    open_town(town_of_two_pools);
    input.external = false;
    has_not(render("text"), ", outside\n");
    has(render("zone"), "; ---- contoso.example, inside ----\n");
    has_not(render("zone"), "outside");
    has_not(render("csr"), "edge-external");
    input.external = true;
    input.internal = false;
    has_not(render("text"), ", inside\n");
    has(render("csr"), "edge-external");
}
END_TEST

START_TEST(test_domains)
{
    struct lp_str only = LP_STR("fabrikam.example");
    open_town(town_of_two_pools);
    input.domains = (struct lp_list){ &only, 1 };
    const char *text = render("text");
    has(text, "Plan for fabrikam.example (");
    has(text, "lyncdiscover.fabrikam.example");
    has(text, "pool01.corp.contoso.example"); /* the deployment is that of all domains */
    has_not(text, "\n     lyncdiscover.litware.example");
    has_not(render("zone"), "; ---- litware.example");
}
END_TEST

/* ---- zone files and cmdlets ---- */

START_TEST(test_zone)
{
    open_town(town_of_two_pools);
    const char *text = render("zone");
    has(text, "; ---- fabrikam.example, inside ----\n"
              "$ORIGIN fabrikam.example.\n"
              "$TTL 3600\n");
    has(text, "; internal user access (poster, DNS table, row 1; contoso.yaml:2)\n"
              "_sipinternaltls._tcp IN SRV 0 0 5061 sip.fabrikam.example.\n");
    has(text, "\nlyncdiscoverinternal IN A 10.77.0.15\n");
    has(text, "\npool01 IN A 10.77.1.11\npool01 IN A 10.77.1.12\n");
    has(text, "\n; _sipinternal._tcp IN SRV 0 0 5060 dir.contoso.example.\n");
    has(text, "\naccess IN A 203.0.113.10\n");
    has_not(text, "10.77.1.10\npool01"); /* as good, and not the plan */
    has_not(text, "not outside");
}
END_TEST

/* Addresses that the file does not say: an alias where there is a host for it, else a
 * question. */
START_TEST(test_zone_without_addresses)
{
    open_town(town_of_two_pools);
    struct lp_pool *pools = town.topology.pools.at;
    pools[2].addresses = (struct lp_list){ 0 };
    pools[4].addresses = town_addresses(&town, "2001:db8::20");
    town_expect(&town);
    const char *text = render("zone");
    has(text, "\nlyncdiscoverinternal IN CNAME dir.contoso.example.\n");
    has(text, "\n; dir IN A <not in the topology>\n");
    has(text, "\nlyncdiscover IN AAAA 2001:db8::20\n");
    text = render("powershell");
    has(text, "\nAdd-DnsServerResourceRecordCName -ZoneName $Zone -Name \"lyncdiscoverinternal\" "
              "-HostNameAlias \"dir.contoso.example\" -TimeToLive $Ttl\n");
    has(text, "\n# dir: where it leads is not in the topology\n");
    has(text, "\nAdd-DnsServerResourceRecordAAAA -ZoneName $Zone -Name \"lyncdiscover\" "
              "-IPv6Address \"2001:db8::20\" -TimeToLive $Ttl\n");
    has(render("text"), "CNAME dir.contoso.example");
    has(render("text"), "A, not in the topology");
}
END_TEST

/* A name outside of all known domains has the domain above it as its zone; the AD domain
 * wins over the SIP domain around it. */
START_TEST(test_zones)
{
    struct lp_required required = { .name = LP_STR("portal.example.net"),
                                    .type = 1,
                                    .internal = true };
    open_town(town_of_single_edge);
    required.addresses = town_addresses(&town, "192.0.2.7");
    town.topology.required = (struct lp_list){ &required, 1 };
    town_expect(&town);
    const char *text = render("zone");
    has(text, "$ORIGIN example.net.\n");
    has(text, "\nportal IN A 192.0.2.7\n");
    has(text, "$ORIGIN corp.contoso.example.\n");
    has(text, "\nedge IN A 10.77.0.21\n");
    ck_assert_str_eq(lp_plan_label(LP_STR("a.b"), LP_STR("a.b")).p, "@");
}
END_TEST

START_TEST(test_powershell)
{
    open_town(town_of_two_pools);
    const char *text = render("powershell");
    has(text, "# ---- contoso.example, outside ----\n"
              "$Zone = \"contoso.example\"\n"
              "$Ttl = New-TimeSpan -Seconds 3600\n");
    has(text, "\nAdd-DnsServerResourceRecord -Srv -ZoneName $Zone -Name \"_sip._tls\" -DomainName "
              "\"access.contoso.example\" -Priority 0 -Weight 0 -Port 443 -TimeToLive $Ttl\n");
    has(text, "\nAdd-DnsServerResourceRecordA -ZoneName $Zone -Name \"access\" -IPv4Address "
              "\"203.0.113.10\" -TimeToLive $Ttl\n");
    has(text, "\n# Add-DnsServerResourceRecord -Srv -ZoneName $Zone -Name \"_sipinternal._tcp\" ");
}
END_TEST

/* ---- requests ---- */

START_TEST(test_csr)
{
    open_town(town_of_every_role);
    const char *text = render("csr");
    has(text, "# ---- file: front-end-fe02.corp.contoso.example.cnf ----\n"
              "# Front End Server, inside, private CA (poster, certificate table, row 8; ");
    has(text, "CN = pool.corp.contoso.example\n");
    has(text, "DNS.1 = pool.corp.contoso.example\n"
              "DNS.2 = fe02.corp.contoso.example\n"
              "DNS.3 = sip.contoso.example\n");
    has(text, "# ---- file: edge-external-access.contoso.example.cnf ----\n");
    has(text, "# The same certificate and key on every server of the pool.\n");
    has(text, "extendedKeyUsage = serverAuth, clientAuth\n");
    /* Mediation: the poster gives no SAN, the documentation does; the subject is always
     * in it. */
    has(text, "CN = medsrv.corp.contoso.example\n");
    has(text, "DNS.1 = medsrv.corp.contoso.example\n\n");
}
END_TEST

START_TEST(test_csr_long_subject)
{
    static const char label[] = "a-server-name-that-has-as-many-characters-as-a-label-may-have";
    open_town(town_of_single_edge);
    struct lp_pool *pools = town.topology.pools.at;
    pools[0].fqdn = lp_arena_printf(&town.arena, "%s.contoso.example", label);
    town_expect(&town);
    const char *text = render("csr");
    has_not(text, "CN = a-server");
    has(text, "DNS.1 = a-server-name-that");
}
END_TEST

/* ---- every format is the same twice ---- */

START_TEST(test_pure)
{
    open_town(town_of_every_role);
    const char *name = lp_plan_renderers[_i].name;
    char *first = strdup(render(name));
    ck_assert_str_eq(render(name), first);
    free(first);
}
END_TEST

Suite *lp_suite_plan_render(void)
{
    Suite *s = suite_create("plan_render");
    TCase *t = tcase_create("plan_render");
    tcase_add_checked_fixture(t, NULL, close_town);
    tcase_add_test(t, test_text);
    tcase_add_test(t, test_text_groups);
    tcase_add_test(t, test_text_width);
    tcase_add_test(t, test_text_clips);
    tcase_add_test(t, test_views);
    tcase_add_test(t, test_domains);
    tcase_add_test(t, test_zone);
    tcase_add_test(t, test_zone_without_addresses);
    tcase_add_test(t, test_zones);
    tcase_add_test(t, test_powershell);
    tcase_add_test(t, test_csr);
    tcase_add_test(t, test_csr_long_subject);
    tcase_add_loop_test(t, test_pure, 0, 5);
    suite_add_tcase(s, t);
    TCase *table = tcase_create("table");
    tcase_add_test(table, test_table);
    suite_add_tcase(s, table);
    return s;
}
