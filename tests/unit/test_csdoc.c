/* test_csdoc.c - topology documents of the product: both shapes, encodings, and what is none */
#include <check.h>
#include <string.h>

#include "csdocs.h"

Suite *lp_suite_csdoc(void);

#define PUBLISHED(inner) "<Topology><InternalDomains DefaultDomain='a.test'/>" inner "</Topology>"
#define BUILDER(inner)                                                                         \
    "<TopologyBuilder><NewTopology><PartialTopology>" inner "</PartialTopology></NewTopology>" \
    "</TopologyBuilder>"

/* ---- encodings ---- */

enum coding { PLAIN, BOM, LE, BE };
static const struct {
    enum coding coding;
    bool mark;
    const char *declaration;
} codings[] = {
    { PLAIN, false, "" },
    { PLAIN, false, "<?xml version='1.0' encoding='utf-8'?>" },
    /* a string of PowerShell, saved as UTF-8 */
    { PLAIN, false, "<?xml version='1.0' encoding='utf-16'?>" },
    { PLAIN, false, "<?xml version='1.0' encoding='iso-8859-1'?>" },
    { BOM, true, "<?xml version='1.0' encoding='UTF-16'?>" },
    { LE, true, "" },
    { LE, true, "<?xml version='1.0' encoding='utf-8'?>" }, /* ... and the other way round */
    { LE, false, "<?xml version='1.0' encoding='utf-16'?>" },
    { BE, true, "" },
    { BE, false, "<?xml version='1.0' encoding='utf-16'?>" },
};

START_TEST(any_encoding)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    struct lp_str parts[] = { LP_STR("\xef\xbb\xbf"), lp_str_of(codings[_i].declaration),
                              LP_STR(PUBLISHED("<Services/>")) };
    bool bom = codings[_i].coding == BOM, wide = codings[_i].coding >= LE;
    struct lp_str text = lp_arena_join(&arena, bom ? parts : parts + 1, bom ? 3 : 2);
    if (wide)
        text = csdoc_utf16(&arena, text, codings[_i].coding == BE, codings[_i].mark);
    ck_assert_msg(csdoc_read(&arena, text, &doc, &error), "%s", error.text);
    ck_assert(doc.published && lp_str_eq(doc.default_domain, LP_STR("a.test")));
    lp_arena_release(&arena);
}
END_TEST

/* ---- what is no topology ---- */

#define DEEP8 "<a><a><a><a><a><a><a><a>"
static const struct {
    const char *text, *error;
} bad[] = {
    { "", "t.xml:1: the document is cut off here" },
    { "hello", "t.xml:1: syntax error" },
    { "<html/>", "t.xml:1: no topology: the root element is html, not TopologyBuilder (a .tbxml "
                 "file) or Topology (Get-CsTopology -AsXml)" },
    { "<\xc2\x9b/>", "t.xml:1: not well-formed (invalid token)" },
    { "<TopologyBuilder/>",
      "t.xml:1: no topology in it: NewTopology with PartialTopology is missing" },
    { "<Topology>\n<Services>\n<Service", "t.xml:3: the document is cut off here" },
    { "<Topology>\n<Services>\n", "t.xml:3: the document is cut off here" },
    { "<Topology>\n</Services>", "t.xml:2: mismatched tag" },
    { "<Topology/><Topology/>", "t.xml:1: junk after document element" },
    { "<!DOCTYPE Topology [<!ENTITY a 'b'>]>\n<Topology/>",
      "t.xml:1: a document type (DTD), which no topology has, is not read" },
    { "<!DOCTYPE html>\n<html/>",
      "t.xml:1: a document type (DTD), which no topology has, is not read" },
    { "<Topology>&lol;</Topology>", "t.xml:1: undefined entity" },
    { "<Topology>\n" DEEP8 DEEP8 DEEP8 DEEP8,
      "t.xml:2: elements stand more than 32 deep in one another" },
    { "<?xml version='1.0' encoding='klingon'?><Topology/>", "t.xml:1: unknown encoding" },
};

START_TEST(says_what_is_wrong)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    ck_assert(!csdoc_read(&arena, lp_str_of(bad[_i].text), &doc, &error));
    ck_assert_str_eq(error.text, bad[_i].error);
    lp_arena_release(&arena);
}
END_TEST

/* ---- bounds: a document that never ends, made as it is read ---- */

/* head once, then again and again. */
struct endless {
    const char *head, *again;
    size_t given; /* bytes so far */
};

static bool give(void *self, char *room, size_t *n, struct lp_error *error)
{
    struct endless *e = self;
    size_t head = strlen(e->head), again = strlen(e->again);
    (void)error;
    for (size_t i = 0; i < *n; i++, e->given++)
        room[i] = e->given < head ? e->head[e->given] : e->again[(e->given - head) % again];
    return true;
}

static const struct {
    struct endless from;
    const char *error;
    size_t most; /* bytes that it may take to see it */
} endless[] = {
    { { "<Topology>", "<a/>", 0 }, "t.xml:1: more than 200000 elements", 900000 },
    { { "<Topology>", " ", 0 }, "t.xml:1: a document of more than 32 MiB", LP_CS_FILE_MAX + 65536 },
    { { "<Topology><!--", "x", 0 }, "t.xml:1: a tag or comment of more than 1 MiB", 1200000 },
    { { "<Topology a='", "x", 0 }, "t.xml:1: a tag or comment of more than 1 MiB", 1200000 },
    { { "<Topology>", "<a>", 0 },
      "t.xml:1: elements stand more than 32 deep in one another",
      65536 },
};

START_TEST(ends_at_a_bound)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    struct endless from = endless[_i].from;
    struct lp_cs_source source = { "t.xml", &from, give };
    ck_assert(!lp_cs_read(&source, &arena, &doc, &error));
    ck_assert_str_eq(error.text, endless[_i].error);
    ck_assert_uint_le(from.given, endless[_i].most);
    ck_assert_uint_le(arena.used, 1 << 20);
    lp_arena_release(&arena);
}
END_TEST

static bool refuse(void *self, char *room, size_t *n, struct lp_error *error)
{
    (void)self;
    (void)room;
    (void)n;
    return lp_fail(error, "t.xml: Input/output error");
}

START_TEST(cannot_be_read)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    struct lp_cs_source source = { "t.xml", NULL, refuse };
    ck_assert(!lp_cs_read(&source, &arena, &doc, &error));
    ck_assert_str_eq(error.text, "t.xml: Input/output error");
    lp_arena_release(&arena);
}
END_TEST

/* ---- what is kept ---- */

START_TEST(keeps_what_it_knows)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    ck_assert(csdoc_read(&arena, csdoc_file(&arena, "two-pools.tbxml"), &doc, &error));
    const struct lp_cs_cluster *clusters = doc.clusters.at;
    const struct lp_cs_interface *interfaces = doc.interfaces.at;
    const struct lp_cs_machine *machines = doc.machines.at;
    const struct lp_cs_service *services = doc.services.at;
    ck_assert(!doc.published);
    ck_assert_uint_eq(doc.domains.n, 3);
    ck_assert_uint_eq(doc.urls.n, 5);
    ck_assert_uint_eq(doc.clusters.n, 11);
    ck_assert_uint_eq(doc.sqls.n, 2);
    ck_assert(!clusters[0].remote && clusters[10].remote);
    ck_assert(lp_str_eq(clusters[10].fqdn, LP_STR("sba01.corp.contoso.example")));
    ck_assert(lp_str_eq(machines[2].fqdn, LP_STR("fe03.corp.contoso.example")));
    ck_assert_uint_eq(machines[2].cluster, 0);
    ck_assert(lp_str_eq(interfaces[0].address, LP_STR("10.0.1.11")));
    ck_assert(lp_str_eq(services[0].role, LP_STR("UserServices")));
    ck_assert(lp_str_eq(services[0].on, clusters[0].id));
    ck_assert(lp_str_eq(services[2].web_external, LP_STR("webext.contoso.example")));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(passes_over_the_rest)
{
    struct lp_arena arena = { 0 };
    struct lp_cs_doc doc;
    struct lp_error error = { "" };
    static const char text[] =
        BUILDER("<x:Unknown xmlns:x='urn:x'><Clusters><Cluster Fqdn='no'/></Clusters></x:Unknown>"
                "<y:CentralSites xmlns:y='urn:y'><CentralSite><Clusters><Cluster Odd='1' "
                "y:Fqdn=' Yes.test '>"
                "<!-- c --><Machines>text<Machine/></Machines></Cluster></Clusters></CentralSite>"
                "</y:CentralSites>");
    ck_assert_msg(csdoc_read(&arena, LP_STR(text), &doc, &error), "%s", error.text);
    const struct lp_cs_cluster *cluster = doc.clusters.at;
    ck_assert_uint_eq(doc.clusters.n, 1);
    ck_assert(lp_str_eq(cluster->fqdn, LP_STR("Yes.test")));
    ck_assert_uint_eq(doc.machines.n, 1);
    lp_arena_release(&arena);
}
END_TEST

/* Cut anywhere, it is an error, and never a crash. */
START_TEST(every_cut)
{
    struct lp_arena arena = { 0 };
    struct lp_str whole = csdoc_file(&arena, "branch.xml");
    for (size_t n = 0; n + 2 < whole.n; n += 7) {
        struct lp_arena scratch = { 0 };
        struct lp_cs_doc doc;
        struct lp_error error = { "" };
        ck_assert(!csdoc_read(&scratch, lp_str_sub(whole, 0, n), &doc, &error));
        ck_assert(strstr(error.text, "the document is cut off here") != NULL);
        lp_arena_release(&scratch);
    }
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_csdoc(void)
{
    Suite *s = suite_create("csdoc");
    TCase *t = tcase_create("csdoc");
    tcase_add_loop_test(t, any_encoding, 0, (int)LP_COUNT(codings));
    tcase_add_loop_test(t, says_what_is_wrong, 0, (int)LP_COUNT(bad));
    tcase_add_loop_test(t, ends_at_a_bound, 0, (int)LP_COUNT(endless));
    tcase_add_test(t, cannot_be_read);
    tcase_add_test(t, keeps_what_it_knows);
    tcase_add_test(t, passes_over_the_rest);
    tcase_add_test(t, every_cut);
    suite_add_tcase(s, t);
    return s;
}
