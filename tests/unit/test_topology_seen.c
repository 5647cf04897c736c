/* test_topology_seen.c - what a walk becomes as a topology, and that it does not contradict it */
#include <check.h>
#include <string.h>

#include "lp/cert.h"
#include "lp/expect.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/topology_seen.h"
#include "lp/topology_yaml.h"
#include "stage.h"

Suite *lp_suite_topology_seen(void);

/* One walk, and the file that it becomes. */
struct view {
    struct stage stage;
    struct lp_survey survey;
    struct lp_noted seen;
    struct lp_topology again; /* as it is read back */
    struct lp_buf text;
};

/* servers: "ADDRESS=NAME,..."; the targetname of the 401 from there; NULL none. */
static void name_servers(struct stage *s, const char *servers)
{
    for (size_t i = 0; servers && i < s->logs.log.n; i++) {
        struct lp_evidence *e = s->logs.log.at[i];
        struct lp_str rest = lp_str_of(servers);
        struct lp_sip_facts *sip = e->facts;
        while (e->shape == &lp_probe_sip.shape && rest.n) {
            struct lp_str name = lp_str_cut(&rest, ',');
            struct lp_addr address;
            if (lp_addr_parse(lp_str_cut(&name, '='), &address) &&
                lp_addr_eq(&address, &sip->link.address))
                sip->target_name = name;
        }
    }
}

static void open_view(struct view *v, const char *base, const char *changes, const char *servers)
{
    struct lp_error error = { "" };
    struct lp_arena *arena = &v->stage.logs.arena;
    stage_begin(&v->stage, stage_base(base), changes);
    stage_run(&v->stage);
    name_servers(&v->stage, servers);
    lp_survey_make(&v->stage.logs.log, arena, &v->survey);
    lp_topology_seen(&v->survey, arena, &v->seen);
    v->text = lp_buf_new(1 << 20);
    lp_topology_write(&v->seen.topology, &v->seen.notes, &v->text);
    ck_assert_msg(lp_topology_read(arena,
                                   &(struct lp_topology_text){ LP_STR("t"), lp_buf_view(&v->text) },
                                   &v->again, &error),
                  "%s\n%s", error.text, v->text.p);
}

static void close_view(struct view *v)
{
    lp_buf_release(&v->text);
    stage_end(&v->stage);
}

/* ---- what stands in it ---- */

#define MOVED                                                             \
    "dns lyncdiscover CNAME alias webdir.online.lync.com.\n"              \
    "dns sip CNAME alias sipdir.online.lync.com.\n"                       \
    "dns _sip._tls SRV 100 1 443 sipdir.online.lync.com.\n"               \
    "dns _sipfederationtls._tcp SRV 100 1 5061 sipfed.online.lync.com.\n" \
    "dns webdir.online.lync.com. A 203.0.113.50\n"                        \
    "dns sipdir.online.lync.com. A 203.0.113.51\n"                        \
    "dns sipfed.online.lync.com. A 203.0.113.51\n"

static const struct {
    const char *base, *changes, *servers;
    const char *has, *lacks; /* NULL: anything may */
} rows[] = {
    /* inside */
    { "in", NULL, "10.0.0.11=fe1.a.test,10.0.0.12=FE2.a.test",
      "  - fqdn: pool.contoso.example\n    addresses: [10.0.0.30]\n    members:\n"
      "      - {fqdn: fe1.a.test, addresses: [10.0.0.11]}\n"
      "      - {fqdn: fe2.a.test, addresses: [10.0.0.12]}\n"
      "    web: {internal: webint.contoso.example}\n",
      "edge-pools:\n  -" },
    /* two addresses, one server: not to be believed */
    { "in", NULL, "10.0.0.11=fe1.a.test,10.0.0.12=fe1.a.test", "# A server of it: fe1.a.test",
      "members:\n" },
    { "in", NULL, "10.0.0.11=fe1.a.test,10.0.0.12=", "# A server of it: fe1.a.test", "members:\n" },
    { "in", NULL, "10.0.0.11=<b>,10.0.0.12=<b>", "  # Which servers has it?", "<b>" },
    { "in", NULL, NULL, "  # Seen: SIP at 10.0.0.11, 10.0.0.12, web at 10.0.0.30.",
      "    addresses" },
    { "in", "dns webint A 10.0.0.11\ntcp 10.0.0.11:443 tls=web web\n", NULL,
      "    addresses: [10.0.0.11, 10.0.0.12]\n    web: {internal: webint.contoso.example}\n",
      "Seen:" },
    /* a balancer before one server */
    { "in", "dns pool A 10.0.0.11\ndns webint A 10.0.0.11\ntcp 10.0.0.11:443 tls=web web\n",
      "10.0.0.11=fe1.a.test", "    addresses: [10.0.0.11]\n", "members:\n" },
    /* the SRV record names sip.<domain>: the certificate knows the pool */
    { "in", "dns _sipinternaltls._tcp SRV 0 0 5061 sip\ncert pool cn=pool names=pool,sip\n", NULL,
      "  - fqdn: pool.contoso.example\n", NULL },
    { "in", "dns _sipinternaltls._tcp SRV 0 0 5061 .\ncert pool cn=pool names=pool,sip\n", NULL,
      "  - fqdn: pool.contoso.example\n", NULL },
    { "in",
      "dns _sipinternaltls._tcp ANY nxdomain\ndns sip ANY nxdomain\n"
      "dns pool ANY nxdomain\n",
      NULL, "# No record leads to a pool.", "- fqdn: pool.contoso" },
    { "in", NULL, NULL, "  mobility: unknown\n", "federation: on" },
    /* outside */
    { "out", NULL, "203.0.113.10=fe1.a.test",
      "edge-pools:\n  # Behind it answers fe1.a.test (targetname of the 401)", NULL },
    { "out", NULL, NULL, "  - access: {fqdn: access.contoso.example, addresses: [203.0.113.10]}\n",
      "\n    fqdn" },
    { "out", NULL, NULL,
      "reverse-proxies:\n  - addresses: [203.0.113.20]\n    publishes: [webext.contoso.example]\n",
      NULL },
    { "out", NULL, NULL, "  federation: on\n", NULL },
    { "out", "dns _sipfederationtls._tcp ANY nxdomain\n", NULL, "  federation: unknown\n", NULL },
    { "out", "dns _sip._tls SRV 0 0 5061 access\n", NULL,
      "addresses: [203.0.113.10], port: 5061}\n", NULL },
    { "out", "dns _sip._tls ANY nxdomain\n", NULL,
      "  - access: {fqdn: sip.contoso.example, addresses: [203.0.113.10], port: 5061}\n", NULL },
    { "out", "dns lyncdiscover ANY nxdomain\n", NULL, "# lyncdiscover leads nowhere.",
      "  mobility: on" },
    /* users in the cloud */
    { "out", NULL, NULL, "# hosting: {hybrid: contoso.example}\n", "\nhosting:" },
    { "out", MOVED, NULL, "\nhosting:\n  cloud:\n    - contoso.example\n", "\nedge-pools:" },
    { "in", MOVED "dns lyncdiscoverinternal ANY nxdomain\ndns _sipinternaltls._tcp ANY nxdomain\n",
      NULL, "\nhosting:\n  cloud:\n    - contoso.example\n", "\nfront-end-pools:" },
    { "in", MOVED, NULL, "- fqdn: pool.contoso.example\n", "\nhosting:" },
    { "out",
      "dns webdir.online.lync.com. A 203.0.113.50\n"
      "tcp 203.0.113.50:443 tls=cloud web\ncert cloud names=*.online.lync.com.\n"
      "page https://lyncdiscover.contoso.example/ " AD_REDIRECT(
          "https://webdir.online.lync.com/r") "\n",
      NULL, "\nhosting:\n  hybrid:\n    - contoso.example\n", "\n  cloud:" },
    { "", NULL, NULL, "# No server said its release", "\n  - access" },
};

START_TEST(says_what_was_seen)
{
    struct view v;
    open_view(&v, rows[_i].base, rows[_i].changes, rows[_i].servers);
    ck_assert_msg(strstr(v.text.p, rows[_i].has) != NULL, "no %s in\n%s", rows[_i].has, v.text.p);
    ck_assert_msg(!rows[_i].lacks || !strstr(v.text.p, rows[_i].lacks), "%s in\n%s", rows[_i].lacks,
                  v.text.p);
    close_view(&v);
}
END_TEST

/* ---- expectations of it agree with the walk ---- */

static bool agrees_on_srv(const struct view *v, const struct lp_expect_dns *dns)
{
    struct lp_resolved question = { .name = dns->owner, .type = LP_DNS_SRV }, found;
    const struct lp_str *targets = dns->targets.at;
    lp_resolve(v->survey.log, v->survey.arena, &question, &found);
    for (size_t i = 0; i < found.record_count; i++) {
        bool known = dns->targets.n == 0;
        for (size_t k = 0; k < dns->targets.n; k++)
            known = known || lp_name_eq(targets[k], found.records[i]->name);
        if (!known || (dns->port && dns->port != found.records[i]->port))
            return false;
    }
    return true;
}

static bool agrees_on_addresses(const struct view *v, const struct lp_expect_dns *dns)
{
    const struct lp_addr *at = dns->addresses.at;
    struct lp_places places;
    lp_places_of(v->survey.log, v->survey.arena, dns->owner, 443, &places);
    for (size_t i = 0; i < places.n; i++) {
        bool known = dns->addresses.n == 0;
        for (size_t k = 0; k < dns->addresses.n; k++)
            known = known || lp_addr_eq(&at[k], &places.at[i].address);
        if (!known)
            return false;
    }
    return !dns->absent || places.n == 0;
}

/* Every name of the certificate that the port's host showed. */
static bool agrees_on_names(const struct view *v, const struct lp_expectations *all,
                            const struct lp_expect_port *port)
{
    const struct lp_str *names;
    if (port->certificate == SIZE_MAX)
        return true;
    for (size_t i = 0; i < v->survey.log->n; i++) {
        const struct lp_link *link = lp_link_of(v->survey.log->at[i]);
        const struct lp_certificate *leaf = link ? lp_log_leaf(v->survey.log, link) : NULL;
        if (!leaf || !lp_name_eq(link->host, port->host))
            continue;
        names = all->at[port->certificate].cert.names.at;
        for (size_t k = 0; k < all->at[port->certificate].cert.names.n; k++) {
            if (!lp_cert_covers(leaf, names[k], NULL))
                return false;
        }
    }
    return true;
}

static bool agrees(const struct view *v, const struct lp_expectations *all,
                   const struct lp_expectation *e)
{
    if (e->kind == LP_EXPECT_PORT)
        return agrees_on_names(v, all, &e->port);
    if (e->kind != LP_EXPECT_DNS)
        return true;
    return e->dns.type == LP_DNS_SRV ? agrees_on_srv(v, &e->dns) : agrees_on_addresses(v, &e->dns);
}

static const struct {
    const char *base, *changes, *servers;
} healthy[] = {
    { "in",
      "cert pool names=pool,fe1,fe2,sip,lyncdiscoverinternal,lyncdiscover,webint ca=private\n"
      "cert web names=pool,fe1,fe2,sip,lyncdiscoverinternal,lyncdiscover,webint ca=private\n",
      "10.0.0.11=fe1.contoso.example,10.0.0.12=fe2.contoso.example" },
    { "out", NULL, NULL },
    { "out", "dns _sip._tls SRV 0 0 5061 access\n", "203.0.113.10=fe1.contoso.example" },
    { "out", "dns webext A 203.0.113.21\ntcp 203.0.113.21:443 tls=proxy web\n", NULL },
};

START_TEST(expects_nothing_that_the_walk_denies)
{
    struct view v;
    struct lp_expect_scope scope = { LP_STR_NONE, true };
    struct lp_expectations all;
    size_t asked = 0;
    open_view(&v, healthy[_i].base, healthy[_i].changes, healthy[_i].servers);
    lp_expect_make(&v.again, &scope, v.survey.arena, &all);
    for (size_t i = 0; i < all.n; i++) {
        ck_assert(all.at[i].kind != LP_EXPECT_CERT || all.at[i].cert.names.n);
        if (all.at[i].internal != v.survey.internal)
            continue;
        asked++;
        ck_assert_msg(agrees(&v, &all, &all.at[i]), "%s: %.*s%.*s\n%s", all.at[i].title,
                      (int)all.at[i].dns.owner.n, all.at[i].dns.owner.p, (int)all.at[i].port.host.n,
                      all.at[i].port.host.p, v.text.p);
    }
    ck_assert_uint_ge(asked, 8);
    close_view(&v);
}
END_TEST

Suite *lp_suite_topology_seen(void)
{
    Suite *s = suite_create("topology_seen");
    TCase *t = tcase_create("topology_seen");
    tcase_add_loop_test(t, says_what_was_seen, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, expects_nothing_that_the_walk_denies, 0, (int)LP_COUNT(healthy));
    suite_add_tcase(s, t);
    return s;
}
