/* test_addoc.c - Autodiscover documents: three forms, and what is no document */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lp/addoc.h"
#include "lp/buf.h"

Suite *lp_suite_addoc(void);

#define WIRE(bytes)              \
    {                            \
        bytes, sizeof(bytes) - 1 \
    }
#define ck_assert_lp_str(s, text) \
    ck_assert_msg(lp_str_eq(s, lp_str_of(text)), "%.*s is not %s", (int)(s).n, (s).p, text)

struct row {
    const char *title;
    struct lp_str body;
    const char *form, *problem, *section, *access_location;
    size_t links, access;
};

#define XML(inner) \
    "<AutodiscoverResponse AccessLocation=\"External\">" inner "</AutodiscoverResponse>"
#define WEB "https://webext.example.test/Autodiscover/AutodiscoverService.svc/root"
#define LINK(token, path) "<Link token=\"" token "\" href=\"" WEB path "\"/>"
#define ROOT                                                                      \
    XML("<Root>" LINK("Domain", "/domain") LINK("User", "/user") LINK("Self", "") \
            LINK("OAuth", "/oauth/user") "</Root>")
#define USER                                                                     \
    "<AutodiscoverResponse AccessLocation=\"Internal\"><User>"                   \
    "<SipServerInternalAccess fqdn=\"pool1.example.test\" port=\"5061\"/>"       \
    "<SipClientInternalAccess fqdn=\" pool1.example.test \" port=\" 5061 \"/>"   \
    "<SipServerExternalAccess fqdn=\"access.example.test\" port=\"5061\"/>"      \
    "<SipClientExternalAccess fqdn=\"access.example.test\" port=\"443\"/>" LINK( \
        "Internal/Autodiscover", "") LINK("External/Autodiscover", "") "</User>" \
                                                                       "</AutodiscoverResponse>"
#define DEEP10 "<a><a><a><a><a><a><a><a><a><a>"
#define DEEP10_END "</a></a></a></a></a></a></a></a></a></a>"
#define LIST10 "[[[[[[[[[["
#define LIST10_END "]]]]]]]]]]"

static const struct row rows[] = {
    /* XML */
    { "http hop: one Redirect link",
      WIRE("<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
           "<AutodiscoverResponse xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" AccessLocation=\"External\">"
           "<Root>" LINK("Redirect", "?originalDomain=example.test") "</Root>"
                                                                     "</AutodiscoverResponse>"),
      "xml", "", "Root", "External", 1, 0 },
    { "https root", WIRE(ROOT), "xml", "", "Root", "External", 4, 0 },
    { "user", WIRE(USER), "xml", "", "User", "Internal", 2, 4 },
    { "domain", WIRE(XML("<Domain>" LINK("External/RemotePowerShell", "") "</Domain>")), "xml", "",
      "Domain", "External", 1, 0 },
    { "no AccessLocation", WIRE("<AutodiscoverResponse><Root/></AutodiscoverResponse>"), "xml", "",
      "Root", "", 0, 0 },
    { "blanks and a byte order mark first", WIRE("\xef\xbb\xbf \r\n\t" ROOT), "xml", "", "Root",
      "External", 4, 0 },
    { "UTF-16",
      WIRE("\xff\xfe<\0A\0u\0t\0o\0d\0i\0s\0c\0o\0v\0e\0r\0R\0e\0s\0p\0o\0n\0s\0e\0>\0"
           "<\0R\0o\0o\0t\0/\0>\0"
           "<\0/\0A\0u\0t\0o\0d\0i\0s\0c\0o\0v\0e\0r\0R\0e\0s\0p\0o\0n\0s\0e\0>\0"),
      "xml", "", "Root", "", 0, 0 },
    { "a namespace prefix",
      WIRE("<x:AutodiscoverResponse xmlns:x=\"urn:a\"><x:Root><x:Link token=\"User\" "
           "href=\"https://a.example\"/></x:Root></x:AutodiscoverResponse>"),
      "xml", "", "Root", "", 1, 0 },
    { "a link without href", WIRE(XML("<Root><Link token=\"User\"/></Root>")), "xml", "", "Root",
      "External", 0, 0 },
    { "links at other depths are none",
      WIRE(XML(LINK("A", "") "<Root><x>" LINK("B", "") "</x>" LINK("C", "") "</Root>")), "xml", "",
      "Root", "External", 1, 0 },
    { "predefined entities are text",
      WIRE(XML("<Root><Link token=\"a&amp;b\" href=\"https://a/?x&amp;y&#x41;\"/></Root>")), "xml",
      "", "Root", "External", 1, 0 },
    { "comments and text", WIRE(XML("<!-- x --> text <Root>text<![CDATA[<Link/>]]></Root>")), "xml",
      "", "Root", "External", 0, 0 },
    { "depth 32",
      WIRE(XML("<Root>" DEEP10 DEEP10 DEEP10 DEEP10_END DEEP10_END DEEP10_END "</Root>")), "xml",
      "", "Root", "External", 0, 0 },
    { "depth 33",
      WIRE(XML("<Root>" DEEP10 DEEP10 DEEP10 "<b/>" DEEP10_END DEEP10_END DEEP10_END "</Root>")),
      "", "depth 32", "", "", 0, 0 },
    { "external DTD", WIRE("<!DOCTYPE a SYSTEM \"http://127.0.0.1/x.dtd\">" ROOT), "", "doctype",
      "", "", 0, 0 },
    { "internal subset",
      WIRE("<!DOCTYPE AutodiscoverResponse [<!ENTITY x \"y\">]>"
           "<AutodiscoverResponse AccessLocation=\"&x;\"><Root/></AutodiscoverResponse>"),
      "", "doctype", "", "", 0, 0 },
    { "billion laughs",
      WIRE("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b "
           "\"&a;&a;&a;&a;&a;&a;\">]><l>&b;</l>"),
      "", "doctype", "", "", 0, 0 },
    { "local file", WIRE("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r>&x;</r>"), "",
      "doctype", "", "", 0, 0 },
    { "entity without a DTD", WIRE(XML("<Root>&x;</Root>")), "", "syntax", "", "", 0, 0 },
    { "a web page", WIRE("<!DOCTYPE html><html><head></head></html>"), "", "not autodiscover", "",
      "", 0, 0 },
    { "a web page without doctype", WIRE("<html><body><br></body></html>"), "", "not autodiscover",
      "", "", 0, 0 },
    { "an older web page",
      WIRE("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/a.dtd\">x"), "",
      "not autodiscover", "", "", 0, 0 },
    { "other XML", WIRE("<Autodiscover xmlns=\"urn:exchange\"><Response/></Autodiscover>"), "",
      "not autodiscover", "", "", 0, 0 },
    { "no section", WIRE("<AutodiscoverResponse AccessLocation=\"External\"/>"), "",
      "not autodiscover", "", "", 0, 0 },
    { "cut off", WIRE("<AutodiscoverResponse AccessLocation=\"External\"><Root>" LINK("User", "")),
      "", "syntax", "", "", 0, 0 },
    { "two roots", WIRE(ROOT ROOT), "", "syntax", "", "", 0, 0 },
    { "invalid UTF-8", WIRE(XML("<Root><Link token=\"\xff\" href=\"x\"/></Root>")), "", "syntax",
      "", "", 0, 0 },
    { "an encoding nobody knows", WIRE("<?xml version=\"1.0\" encoding=\"x-odd\"?>" ROOT), "",
      "syntax", "", "", 0, 0 },
    { "NUL", WIRE(XML("<Root>\0</Root>")), "", "syntax", "", "", 0, 0 },
    /* default JSON */
    { "default JSON",
      WIRE("{\"AccessLocation\":\"External\",\"Root\":{\"Links\":[\r\n"
           "{\"href\":\"https:\\/\\/webext.example.test\\/root\\/domain\",\"token\":\"Domain\"},"
           "{\"href\":\"https:\\/\\/webext.example.test\\/root\\/user\",\"token\":\"User\"}]}}"),
      "json", "", "Root", "External", 2, 0 },
    { "JSON user",
      WIRE("{\"AccessLocation\":\"Internal\",\"User\":{"
           "\"SipClientInternalAccess\":{\"fqdn\":\" pool1.example.test\",\"port\":\"5061\"},"
           "\"SipClientExternalAccess\":{\"fqdn\":\"access.example.test\",\"port\":443},"
           "\"Links\":[{\"token\":\"Ucwa\",\"href\":\"https://a.example\"}]}}"),
      "json", "", "User", "Internal", 1, 2 },
    { "a name twice",
      WIRE("{\"Root\":{\"Links\":[]},\"Root\":{\"Links\":["
           "{\"token\":\"User\",\"href\":\"https://a.example\"}]}}"),
      "json", "", "Root", "", 1, 0 },
    { "members of other types",
      WIRE("{\"AccessLocation\":7,\"Root\":{\"Links\":[1,null,[],{},{\"token\":1,\"href\":[]},"
           "{\"token\":\"User\"}],\"SipClientInternalAccess\":3}}"),
      "json", "", "Root", "", 0, 0 },
    { "a section that is no object", WIRE("{\"Root\":[]}"), "", "not autodiscover", "", "", 0, 0 },
    { "other JSON", WIRE("{\"error\":\"x\"}"), "", "not autodiscover", "", "", 0, 0 },
    { "a list", WIRE("[1,2]"), "", "not autodiscover", "", "", 0, 0 },
    { "depth 32 in JSON",
      WIRE("{\"Root\":{\"x\":" LIST10 LIST10 LIST10 LIST10_END LIST10_END LIST10_END "}}"), "json",
      "", "Root", "", 0, 0 },
    { "depth 33 in JSON",
      WIRE("{\"Root\":{\"x\":[" LIST10 LIST10 LIST10 LIST10_END LIST10_END LIST10_END "]}}"), "",
      "depth 32", "", "", 0, 0 },
    { "brackets in text are no depth",
      WIRE("{\"Root\":{\"x\":\"" LIST10 LIST10 LIST10 LIST10 "\\\"" LIST10 "\"}}"), "json", "",
      "Root", "", 0, 0 },
    { "JSON cut off", WIRE("{\"Root\":{\"Links\":["), "", "syntax", "", "", 0, 0 },
    { "rubbish behind JSON", WIRE("{\"Root\":{}} x"), "", "syntax", "", "", 0, 0 },
    { "lone surrogate", WIRE("{\"Root\":{\"x\":\"\\ud800\"}}"), "", "syntax", "", "", 0, 0 },
    { "NUL in JSON", WIRE("{\"Root\":{\"x\":\"\\u0000\"}}"), "", "syntax", "", "", 0, 0 },
    { "port out of range",
      WIRE("{\"User\":{\"SipClientInternalAccess\":{\"fqdn\":\"a\",\"port\":65536}}}"), "json", "",
      "User", "", 0, 1 },
    /* HAL */
    { "HAL",
      WIRE("{\"_links\":{\"self\":{\"href\":\"https://a.example/root\"},"
           "\"user\":{\"href\":\"https://a.example/root/oauth/user\"},"
           "\"xframe\":{\"href\":\"https://a.example/XFrame.html\"}}}"),
      "hal", "", "Root", "", 3, 0 },
    { "HAL redirect", WIRE("{\"_links\":{\"redirect\":{\"href\":\"https://b.example/root\"}}}"),
      "hal", "", "Root", "", 1, 0 },
    { "HAL with several links of one relation",
      WIRE("{\"_links\":{\"user\":[{\"href\":\"https://a\"},{\"href\":\"https://b\"},7]}}"), "hal",
      "", "Root", "", 2, 0 },
    { "HAL without links", WIRE("{\"_links\":{}}"), "", "not autodiscover", "", "", 0, 0 },
    /* neither */
    { "nothing", WIRE(""), "", "empty", "", "", 0, 0 },
    { "blanks", WIRE(" \r\n\t"), "", "empty", "", "", 0, 0 },
    { "a mark", WIRE("\xef\xbb\xbf"), "", "empty", "", "", 0, 0 },
    { "text", WIRE("It works!"), "", "not autodiscover", "", "", 0, 0 },
    { "gzip", WIRE("\x1f\x8b\x08\0\0\0"), "", "not autodiscover", "", "", 0, 0 },
};

static void decode(struct lp_arena *arena, struct lp_str body, struct lp_ad_doc *doc)
{
    char *copy = malloc(body.n > 0 ? body.n : 1);

    ck_assert_ptr_nonnull(copy);
    if (body.n > 0)
        memcpy(copy, body.p, body.n);
    lp_addoc_decode(arena, (struct lp_str){ copy, body.n }, doc);
    free(copy);
}

START_TEST(document)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    decode(&arena, row->body, &doc);
    ck_assert_msg(lp_str_eq(doc.problem, lp_str_of(row->problem)), "%s: problem %.*s", row->title,
                  (int)doc.problem.n, doc.problem.p);
    ck_assert_msg(lp_str_eq(doc.form, lp_str_of(row->form)), "%s: form", row->title);
    ck_assert_msg(lp_str_eq(doc.section, lp_str_of(row->section)), "%s: section", row->title);
    ck_assert_msg(lp_str_eq(doc.access_location, lp_str_of(row->access_location)),
                  "%s: AccessLocation", row->title);
    ck_assert_msg(doc.links.n == row->links, "%s: %zu links", row->title, doc.links.n);
    ck_assert_msg(doc.access.n == row->access, "%s: %zu access", row->title, doc.access.n);
    lp_arena_release(&arena);
}
END_TEST

/* A document that is cut anywhere names nobody, and reads nothing behind its end. */
START_TEST(every_prefix)
{
    const struct row *row = &rows[_i];
    struct lp_arena arena = { 0 };

    for (size_t n = 0; n < row->body.n && row->form[0] != '\0'; n++) {
        struct lp_ad_doc doc;

        decode(&arena, lp_str_sub(row->body, 0, n), &doc);
        ck_assert_msg(doc.problem.n > 0, "%s at %zu", row->title, n);
        ck_assert_uint_eq(doc.form.n + doc.links.n + doc.access.n, 0);
    }
    lp_arena_release(&arena);
}
END_TEST

/* ---- content ----------------------------------------------------------------------- */

START_TEST(links_of_the_root)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    decode(&arena, LP_STR(ROOT), &doc);
    ck_assert_lp_str(lp_addoc_link(&doc, "Domain")->href, WEB "/domain");
    ck_assert_lp_str(lp_addoc_link(&doc, "oauth")->href, WEB "/oauth/user");
    ck_assert_ptr_null(lp_addoc_link(&doc, "Redirect"));
    ck_assert_ptr_null(lp_addoc_sip(&doc, true));
    lp_arena_release(&arena);
}
END_TEST

START_TEST(access_of_the_user)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    decode(&arena, LP_STR(USER), &doc);
    const struct lp_ad_access *inside = lp_addoc_sip(&doc, true);
    const struct lp_ad_access *outside = lp_addoc_sip(&doc, false);
    ck_assert_lp_str(inside->fqdn, "pool1.example.test");
    ck_assert_int_eq(inside->port, 5061);
    ck_assert_lp_str(outside->fqdn, "access.example.test");
    ck_assert_int_eq(outside->port, 443);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(same_access_in_json)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    decode(
        &arena,
        LP_STR("{\"User\":{\"SipClientInternalAccess\":{\"fqdn\":\"p.example\",\"port\":\"5061\"},"
               "\"SipClientExternalAccess\":{\"fqdn\":\"a.example\",\"port\":443}}}"),
        &doc);
    ck_assert_lp_str(lp_addoc_sip(&doc, true)->fqdn, "p.example");
    ck_assert_int_eq(lp_addoc_sip(&doc, true)->port, 5061);
    ck_assert_int_eq(lp_addoc_sip(&doc, false)->port, 443);
    lp_arena_release(&arena);
}
END_TEST

START_TEST(hal_tokens_as_in_the_other_forms)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;

    decode(&arena, LP_STR("{\"_links\":{\"redirect\":{\"href\":\" https://b \"}}}"), &doc);
    ck_assert_lp_str(((struct lp_ad_link *)doc.links.at)->token, "Redirect");
    ck_assert_lp_str(lp_addoc_link(&doc, "Redirect")->href, "https://b");
    lp_arena_release(&arena);
}
END_TEST

/* Ports that are none. */
static const char *const bad_ports[] = { "", "0", "65536", "-1", "+443", "0x1bb", "443a", "4 43" };

START_TEST(bad_port)
{
    struct lp_arena arena = { 0 };
    struct lp_ad_doc doc;
    char body[256];

    int n = snprintf(body, sizeof(body),
                     XML("<User><SipClientExternalAccess fqdn=\"a.example\" port=\"%s\"/></User>"),
                     bad_ports[_i]);
    decode(&arena, (struct lp_str){ body, (size_t)n }, &doc);
    ck_assert_uint_eq(doc.access.n, 1);
    ck_assert_int_eq(((struct lp_ad_access *)doc.access.at)->port, 0);
    ck_assert_ptr_null(lp_addoc_sip(&doc, false));
    lp_arena_release(&arena);
}
END_TEST

Suite *lp_suite_addoc(void)
{
    Suite *s = suite_create("addoc");
    TCase *t = tcase_create("addoc");

    tcase_add_loop_test(t, document, 0, (int)LP_COUNT(rows));
    tcase_add_loop_test(t, every_prefix, 0, (int)LP_COUNT(rows));
    tcase_add_test(t, links_of_the_root);
    tcase_add_test(t, access_of_the_user);
    tcase_add_test(t, same_access_in_json);
    tcase_add_test(t, hal_tokens_as_in_the_other_forms);
    tcase_add_loop_test(t, bad_port, 0, (int)LP_COUNT(bad_ports));
    suite_add_tcase(s, t);
    return s;
}
