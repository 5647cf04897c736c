/* test_topology_import.c - topology documents of the product become topologies that can be read */
#include <check.h>
#include <string.h>

#include "csdocs.h"
#include "lp/topology_import.h"
#include "lp/topology_yaml.h"

Suite *lp_suite_topology_import(void);

static bool import(struct lp_arena *arena, struct lp_str bytes, struct lp_noted *out,
                   struct lp_error *error)
{
    struct lp_cs_doc doc;
    ck_assert_msg(csdoc_read(arena, bytes, &doc, error), "%s", error->text);
    return lp_topology_import(&doc, arena, out, error);
}

/* ---- whole documents ---- */

static const struct {
    const char *document, *golden;
} files[] = {
    { "two-pools.tbxml", "two-pools.yaml" },
    { "standard-utf16.xml", "standard.yaml" },
    { "branch.xml", "branch.yaml" },
};

START_TEST(as_written_down)
{
    struct lp_arena arena = { 0 };
    struct lp_noted imported;
    struct lp_topology again;
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(1 << 20);
    struct lp_str golden = csdoc_file(&arena, files[_i].golden);
    ck_assert_msg(import(&arena, csdoc_file(&arena, files[_i].document), &imported, &error), "%s",
                  error.text);
    lp_topology_write(&imported.topology, &imported.notes, &out);
    ck_assert_msg(lp_str_eq(lp_buf_view(&out), golden), "%s became\n%s", files[_i].document, out.p);
    ck_assert_msg(
        lp_topology_read(&arena, &(struct lp_topology_text){ LP_STR("t"), golden }, &again, &error),
        "%s", error.text);
    ck_assert_uint_eq(again.pools.n, imported.topology.pools.n);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

/* ---- single facts, by the smallest document ---- */

#define DOMAINS "<InternalDomains DefaultDomain='a.test'><InternalDomain Name='A.test'/>"
#define CLUSTER(number, name, machines) \
    "<Cluster Fqdn='" name "'><ClusterId SiteId='1' Number='" number "'/>" machines "</Cluster>"
#define MACHINE(name, address)                                                            \
    "<Machine Fqdn='" name "'><NetInterface InterfaceSide='Primary' InterfaceNumber='1' " \
    "IPAddress='" address "'/></Machine>"
#define SERVICE(role, cluster, inner)                                                          \
    "<Service ServiceVersion='6'><ServiceId SiteId='1' RoleName='" role "' Instance='" cluster \
    "'/><InstalledOn><ClusterId SiteId='1' Number='" cluster "'/></InstalledOn>" inner         \
    "</Service>"
#define DOC(clusters, services)                                                                   \
    "<Topology>" DOMAINS "</InternalDomains><Clusters>" clusters "</Clusters><Services>" services \
    "</Services></Topology>"
#define POOL CLUSTER("1", "Pool.a.test", MACHINE("fe1.a.test", "10.0.0.1"))

static const struct {
    const char *document, *text; /* which must be in the file */
} facts[] = {
    { DOC(POOL, SERVICE("Registrar", "1", "")), "front-end-pools:\n  - fqdn: pool.a.test\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "")),
      "      - {fqdn: fe1.a.test, addresses: [10.0.0.1]}\n" },
    { DOC(CLUSTER("1", "p.a.test", MACHINE("p.a.test", "10.0.0.1")), SERVICE("Registrar", "1", "")),
      "  - fqdn: p.a.test\n    addresses: [10.0.0.1]\n" },
    { DOC(CLUSTER("1", "p.a.test", MACHINE("", "0.0.0.0")), SERVICE("Registrar", "1", "")),
      "  - fqdn: p.a.test\n#" },
    { DOC(CLUSTER("1", "p.a.test", MACHINE("", "::")), SERVICE("Registrar", "1", "")),
      "  - fqdn: p.a.test\n#" },
    { DOC(CLUSTER("1", "p.a.test", MACHINE("", "2001:DB8::1")), SERVICE("Registrar", "1", "")),
      "    addresses: [\"2001:db8::1\"]\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "<RegistrarService IsDirector='true'/>")),
      "directors:\n  - fqdn: pool.a.test\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "") SERVICE("UserStore", "1", "")),
      "standard-edition-servers:\n  - fqdn: pool.a.test\n    addresses: [10.0.0.1]\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "") SERVICE("MediationServer", "1", "")),
      "  mediation: on\n" },
    { DOC(POOL, SERVICE("MediationServer", "1", "")), "  mediation: off\n" },
    { DOC(POOL, SERVICE("MediationServer", "1", "")), "mediation-pools:\n" },
    { DOC(POOL, SERVICE("PersistentChatServer", "1", "")), "persistent-chat-pools:\n" },
    { DOC(POOL, SERVICE("EdgeServer", "1", "")),
      "  # The document names no A/V Edge: is there none?\n  - fqdn: pool.a.test\n" },
    { DOC(POOL CLUSTER("2", "x y.a.test", ""),
          SERVICE("Registrar", "1", "") SERVICE("EdgeServer", "2", "")),
      "# left out: x y.a.test in line 1 is no host name\n" },
    { DOC(POOL CLUSTER("2", "POOL.a.test", ""),
          SERVICE("Registrar", "1", "") SERVICE("EdgeServer", "2", "")),
      "front-end-pools:\n  - fqdn: pool.a.test\n" },
    /* reserved ports are no features of a release that has lost them */
    { DOC(POOL, "<Service ServiceVersion='8'><ServiceId SiteId='1' RoleName='Registrar' "
                "Instance='1'/><InstalledOn><ClusterId SiteId='1' Number='1'/></InstalledOn>"
                "<Ports><Port Owner='urn:component:XmppFederationProxy' Usage='XmppServer' "
                "InterfaceSide='External' Port='5269'/></Ports></Service>"),
      "  xmpp: off\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "")), "generation: lync2013\n" },
    { DOC(POOL, "<Service ServiceVersion='77'><ServiceId SiteId='1' RoleName='Registrar'/>"
                "<InstalledOn><ClusterId SiteId='1' Number='1'/></InstalledOn></Service>"),
      "# The document gives no version that is known" },
    { DOC(POOL,
          SERVICE("EdgeServer", "1",
                  "<Ports><Port Owner='urn:component:AccessEdge' Usage='SipClient' "
                  "InterfaceSide='External' Port='443' ConfiguredFqdn='Sip.a.test'/></Ports>")),
      "    # No address in the document: which ones? Left out, DNS is asked.\n"
      "    access: {fqdn: sip.a.test}\n" },
    { DOC(POOL, SERVICE("Registrar", "1", "") SERVICE("EdgeServer", "9", "")), "pool.a.test" },
};

START_TEST(single_facts)
{
    struct lp_arena arena = { 0 };
    struct lp_noted imported;
    struct lp_topology again;
    struct lp_error error = { "" };
    struct lp_buf out = lp_buf_new(1 << 20);
    ck_assert_msg(import(&arena, lp_str_of(facts[_i].document), &imported, &error), "%s",
                  error.text);
    lp_topology_write(&imported.topology, &imported.notes, &out);
    ck_assert_msg(strstr(out.p, facts[_i].text) != NULL, "no %s in\n%s", facts[_i].text, out.p);
    ck_assert_msg(lp_topology_read(&arena,
                                   &(struct lp_topology_text){ LP_STR("t"), lp_buf_view(&out) },
                                   &again, &error),
                  "%s", error.text);
    lp_buf_release(&out);
    lp_arena_release(&arena);
}
END_TEST

static const struct {
    const char *document, *error;
} bad[] = {
    { "<Topology/>", "no SIP domain: InternalDomains is missing or holds no name" },
    { DOC("", ""), "no pool: no cluster with a service of a known role" },
    { DOC(POOL, SERVICE("FileStore", "1", "")),
      "no pool: no cluster with a service of a known role" },
    { DOC(POOL, SERVICE("Registrar", "2", "")),
      "no pool: no cluster with a service of a known role" },
};

START_TEST(says_what_is_missing)
{
    struct lp_arena arena = { 0 };
    struct lp_noted imported;
    struct lp_error error = { "" };
    ck_assert(!import(&arena, lp_str_of(bad[_i].document), &imported, &error));
    ck_assert_str_eq(error.text, bad[_i].error);
    lp_arena_release(&arena);
}
END_TEST

/* ---- simple URLs (domain.md 7.3) ---- */

#define URL(component, url) "<SimpleUrl Component='" component "' ActiveUrl='" url "'/>"
static const struct {
    const char *urls;
    size_t kept;
} urls[] = {
    { URL("Meet", "https://meet.a.test"), 1 },
    { URL("Meet", "https://meet.a.test/"), 1 },
    { URL("Meet", "https://lync.a.test/Meet") URL("Dialin", "https://lync.a.test/Dialin"), 2 },
    { URL("Meet", "https://meet.a.test") URL("Meet", "https://MEET.a.test/x"), 1 },
    { URL("Dialin", "https://dialin.a.test") URL("Dialin", "https://dial.b.test"), 1 },
    { URL("Meet", "http://meet.a.test"), 0 },
    { URL("Meet", "https://meet.a.test:8443"), 0 },
    { URL("Meet", "https://10.0.0.1/meet"), 0 },
    { URL("Meet", "meet.a.test"), 0 },
    { URL("Other", "https://meet.a.test"), 0 },
    { "<SimpleUrl Component='Meet'><SimpleUrlEntry Url='https://m.a.test'/>"
      "<SimpleUrlEntry Url='https://n.a.test'/></SimpleUrl>",
      1 },
};

START_TEST(keeps_good_urls)
{
    struct lp_arena arena = { 0 };
    struct lp_noted imported;
    struct lp_error error = { "" };
    struct lp_str parts[] = {
        LP_STR("<Topology>" DOMAINS "</InternalDomains><SimpleUrlConfiguration>"),
        lp_str_of(urls[_i].urls),
        LP_STR("</SimpleUrlConfiguration><Clusters>" POOL
               "</Clusters><Services>" SERVICE("Registrar", "1", "") "</Services></Topology>")
    };
    ck_assert_msg(import(&arena, lp_arena_join(&arena, parts, 3), &imported, &error), "%s",
                  error.text);
    ck_assert_uint_eq(imported.topology.urls.n, urls[_i].kept);
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_topology_import(void)
{
    Suite *s = suite_create("topology_import");
    TCase *t = tcase_create("topology_import");
    tcase_add_loop_test(t, as_written_down, 0, (int)LP_COUNT(files));
    tcase_add_loop_test(t, single_facts, 0, (int)LP_COUNT(facts));
    tcase_add_loop_test(t, says_what_is_missing, 0, (int)LP_COUNT(bad));
    tcase_add_loop_test(t, keeps_good_urls, 0, (int)LP_COUNT(urls));
    suite_add_tcase(s, t);
    return s;
}
