/* table_doc.c - hostile documents, from lyncdiscover.contoso.example */
#include "tables.h"

#define BODY "found(\"LP-AD-BODY\")"
#define NONE "found(\"LP-AD-NOT-AUTODISCOVER\")"
#define READ "step(\"b\").outcome == \"used\""

#define NAME_50 "aaaaaaaaaaaaaaaaaaaaaaaaa.aaaaaaaaaaaaaaaaaaaaaaaaa"
#define NAME_300 NAME_50 NAME_50 NAME_50 NAME_50 NAME_50 NAME_50

#define HEAD(type) HP_OK type "Connection: close\r\n\r\n"
#define SAYS(name_, expect_, type, body)                                            \
    {                                                                               \
        .name = name_, .expect = expect_, .host = "lyncdiscover", .meet = meet_say, \
        .text = TEXT(HEAD(type) body)                                               \
    }
#define XML(name_, expect_, body) SAYS(name_, expect_, HP_XML_TYPE, body)
#define JSON(name_, expect_, body) SAYS(name_, expect_, HP_JSON_TYPE, body)
#define ACCESS(name_, expect_, attributes)                                               \
    XML(name_, expect_,                                                                  \
        "<AutodiscoverResponse AccessLocation=\"External\"><Domain>"                     \
        "<SipClientExternalAccess " attributes "/><Link token=\"User\" href=\"/user\"/>" \
        "</Domain></AutodiscoverResponse>")
#define MANY(name_, expect_, type, start, unit, count_)                               \
    {                                                                                 \
        .name = name_, .expect = expect_, .host = "lyncdiscover", .meet = meet_flood, \
        .text = TEXT(HEAD(type) start), .more = TEXT(unit), .count = count_           \
    }

/* DOCTYPEs other than of a web page hold what nobody should read. */
const struct hp_row hp_doc_rows[] = {
    SAYS("doc-empty", NONE, HP_XML_TYPE, ""),
    SAYS("doc-html", NONE, "Content-Type: text/html\r\n",
         "<!DOCTYPE html><html><head><title>\033[31mWelcome</title></head></html>"),
    SAYS("doc-binary", NONE, "Content-Type: application/octet-stream\r\n",
         "\0\1\2\377\376\033[31m"),
    XML("doc-doctype", BODY,
        "<!DOCTYPE AutodiscoverResponse SYSTEM \"http://127.0.0.1/x.dtd\">" HP_ROOT),
    XML("doc-xxe", BODY, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
    XML("doc-billion-laughs", BODY,
        "<!DOCTYPE a [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
        "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">]><a>&e;</a>"),
    MANY("doc-deep-xml", BODY, HP_XML_TYPE, HP_XML_START, "<a>", 50000),
    MANY("doc-deep-json", BODY, HP_JSON_TYPE, "{\"Root\":", "[", 100000),
    MANY("doc-deep-objects", BODY, HP_JSON_TYPE, "", "{\"a\":", 40000),
    MANY("doc-attribute-1-mib", BODY, HP_XML_TYPE, "<AutodiscoverResponse AccessLocation=\"",
         "0123456789abcdef", 65536),
    MANY(
        "doc-attribute-200-kib", NONE " or " BODY, HP_XML_TYPE,
        "<AutodiscoverResponse AccessLocation=\"External\"><Root><Link token=\"User\" href=\"https:"
        "//",
        "0123456789abcdef", 12800),
    MANY("doc-attributes-many", NONE " or " BODY, HP_XML_TYPE, "<AutodiscoverResponse ", "a=\"\" ",
         40000),
    MANY("doc-namespaces", NONE " or " BODY, HP_XML_TYPE, "<AutodiscoverResponse ",
         "xmlns:a=\"u\" ", 20000),
    MANY("doc-links-100000", BODY, HP_XML_TYPE, HP_XML_START, "<Link token=\"User\" href=\"/u\"/>",
         100000),
    MANY("doc-links-5000", NONE " or " BODY, HP_XML_TYPE, HP_XML_START,
         "<Link token=\"a\" href=\"/u\"/>", 5000),
    MANY("doc-comment-endless", BODY, HP_XML_TYPE, "<!--", "- comment -", 0),
    MANY("doc-blanks-endless", BODY, HP_XML_TYPE, "", "   \r\n\t   ", 0),
    MANY("doc-instructions", BODY " or " NONE, HP_XML_TYPE, "", "<?a b?>", 30000),
    MANY("doc-json-links-10000", BODY, HP_JSON_TYPE, "{\"Root\":{\"Links\":[{}", ",{}", 100000),
    MANY("doc-json-keys", NONE " or " BODY, HP_JSON_TYPE, "{\"a\":1", ",\"a\":1", 30000),
    MANY("doc-json-number-long", NONE, HP_JSON_TYPE, "{\"Root\":1", "0123456789", 20000),
    MANY("doc-json-string-long", NONE, HP_JSON_TYPE, "{\"AccessLocation\":\"", "\\u0041", 30000),
    XML("doc-utf16", "all_at(\"lyncdiscover\"; .status == 200)",
        "\377\376<\0A\0u\0t\0o\0d\0i\0s\0c\0o\0v\0e\0r\0R\0e\0s\0p\0o\0n\0s\0e\0/\0>\0"),
    XML("doc-utf16-half", NONE, "\376\377\0<\0A\0"),
    XML("doc-utf32", NONE, "\377\376\0\0<\0\0\0a\0\0\0"),
    XML("doc-encoding-unknown", NONE, "<?xml version=\"1.0\" encoding=\"x-evil\"?>" HP_ROOT),
    XML("doc-utf7", NONE, "<?xml version=\"1.0\" encoding=\"UTF-7\"?>+ADw-a+AD4-"),
    XML("doc-nul-xml", NONE, HP_XML_START "<Link token=\"User\" href=\"/a\0b\"/>" HP_XML_END),
    JSON("doc-nul-json", NONE, "{\"Root\":{\"Links\":[{\"token\":\"User\",\"href\":\"/a\0b\"}]}}"),
    JSON("doc-nul-escape-json", "all_at(\"lyncdiscover\"; .status == 200)",
         "{\"Root\":{\"Links\":[{\"token\":\"User\",\"href\":\"/a\\u0000b\"}]}}"),
    XML("doc-utf8-bad", NONE,
        HP_XML_START "<Link token=\"User\" href=\"/\300\257\377\"/>" HP_XML_END),
    JSON("doc-utf8-bad-json", NONE,
         "{\"Root\":{\"Links\":[{\"token\":\"\300\257\",\"href\":\"\377\"}]}}"),
    JSON("doc-surrogate", NONE, "{\"Root\":{\"Links\":[{\"token\":\"\\ud800\",\"href\":\"/\"}]}}"),
    JSON("doc-json-duplicates", "all_at(\"lyncdiscover\"; .status == 200)",
         "{\"Root\":{\"Links\":[]},"
         "\"Root\":{\"Links\":[{\"token\":\"User\",\"href\":\"/a\"}],\"Links\":7}}"),
    JSON("doc-json-numbers", NONE,
         "{\"AccessLocation\":5,\"Root\":{\"Links\":[{\"token\":1,\"href\":2},7,null,\"x\"]}}"),
    JSON("doc-json-null", NONE, "{\"Root\":null,\"User\":[],\"Domain\":\"x\"}"),
    JSON("doc-json-port-huge", NONE " or " READ,
         "{\"Domain\":{\"SipClientExternalAccess\":"
         "{\"fqdn\":\"sip.contoso.example\",\"port\":1e999}}}"),
    JSON("doc-json-garbage-behind", NONE, "{\"Root\":{\"Links\":[]}}garbage"),
    JSON("doc-json-cut", NONE, "{\"Root\":{\"Links\":[{\"token\":\"User\",\"href\":\"/a"),
    XML("doc-cut", NONE, HP_XML_START "<Link token=\"User\" hre"),
    XML("doc-two-roots", NONE, HP_ROOT HP_ROOT),
    XML("doc-tokens-unknown", READ, HP_XML_START "<Link token=\"Evil\" href=\"/a\"/>" HP_XML_END),
    XML("doc-escape", "all_at(\"lyncdiscover\"; .status == 200)",
        HP_XML_START
        "<Link token=\"Us&#x9b;er&#x202e;\" href=\"https://&#x9b;31m&#x202e;.contoso.example/\"/>"
        "<Link token=\"User\" href=\"https://a&#x85;b/\"/>" HP_XML_END),
    XML("doc-access-location-escape", "all_at(\"lyncdiscover\"; .status == 200)",
        "<AutodiscoverResponse AccessLocation=\"&#x9b;31mInternal&#x202e;\"><Root>"
        "<Link token=\"User\" href=\"/u\"/>" HP_XML_END),
    ACCESS("access-port-0", "no_probe(0)", "fqdn=\"sip.contoso.example\" port=\"0\""),
    ACCESS("access-port-65536", "no_probe(65536)", "fqdn=\"sip.contoso.example\" port=\"65536\""),
    ACCESS("access-port-negative", "no_probe(-1)", "fqdn=\"sip.contoso.example\" port=\"-1\""),
    ACCESS("access-port-spaces", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"sip.contoso.example\" port=\" 5 061 \""),
    ACCESS(
        "access-port-22",
        "any(.endpoints[]; .port == 22 and .connect == \"blocked\") and found(\"LP-RUN-BLOCKED\")",
        "fqdn=\"sip.contoso.example\" port=\"22\""),
    ACCESS("access-port-6379", "any(.endpoints[]; .port == 6379 and .connect == \"blocked\")",
           "fqdn=\"203.0.113.66\" port=\"6379\""),
    ACCESS("access-loopback",
           "any(.endpoints[]; .address == \"127.0.0.1\" and .connect == \"blocked\")",
           "fqdn=\"127.0.0.1\" port=\"443\""),
    ACCESS("access-metadata",
           "any(.endpoints[]; .address == \"169.254.169.254\" and .connect == \"blocked\")",
           "fqdn=\"169.254.169.254\" port=\"443\""),
    ACCESS("access-fqdn-spaces", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"sip contoso example\" port=\"443\""),
    ACCESS("access-fqdn-300", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"" NAME_300 "\" port=\"443\""),
    ACCESS("access-fqdn-empty", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"\" port=\"443\""),
    ACCESS("access-fqdn-url", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"https://evil.example/\" port=\"443\""),
    ACCESS("access-fqdn-escape", "all_at(\"lyncdiscover\"; .status == 200)",
           "fqdn=\"&#x9b;31m&#x202e;.contoso.example\" port=\"443\""),
    ACCESS("access-fqdn-other-domain", "found(\"LP-AD-HOST-DOMAIN\")",
           "fqdn=\"sip.evil.example\" port=\"443\""),
    { 0 },
};
