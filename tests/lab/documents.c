/* documents.c - Autodiscover documents: XML, the default JSON, and HAL */
#include "lab.h"

#include <openssl/bio.h>
#include <stdio.h>
#include <string.h>

#define ROOT_URL "/Autodiscover/AutodiscoverService.svc/root"
#define XML_TYPE "application/vnd.microsoft.rtc.autodiscover+xml; v=1"

enum { MAX_LINKS = 6, HREF = 256 };

struct link {
    const char *token;
    char href[HREF];
};

struct access {
    const char *name; /* NULL: none */
    const char *fqdn;
    unsigned port;
};

struct document {
    const char *kind; /* "Root" or "Domain" */
    const char *location;
    size_t count;
    struct link links[MAX_LINKS];
    struct access access[2];
};

static void add_link(struct document *d, const char *token, const char *host, const char *path)
{
    struct link *link = &d->links[d->count++];

    link->token = token;
    snprintf(link->href, sizeof link->href, "https://%s" ROOT_URL "%s", host, path);
}

static void fill_root(const struct lab *lab, const struct lab_request *r, struct document *d)
{
    const char *host = r->face.web[r->view];
    bool stranger = lab_page_of(lab, r->view) == LAB_PAGE_HOST_DOMAIN;

    add_link(d, "Domain", host, "/domain");
    add_link(d, "User", stranger ? "webext.fabrikam.example" : host, "/user");
    add_link(d, "Self", host, "");
    add_link(d, "OAuth", host, "/oauth/user");
}

static void fill_redirect(const struct lab *lab, const struct lab_request *r, struct document *d)
{
    char path[HREF / 2];

    (void)lab;
    snprintf(path, sizeof path, "?originalDomain=%s", r->face.domain);
    add_link(d, "Redirect", r->face.web[r->view], path);
}

/* Without a password the SIP access is often not there: only faults and walk-ok-access
 * have it. Both views' names are in it, as in a real one. */
static void fill_domain(const struct lab *lab, const struct lab_request *r, struct document *d)
{
    enum lab_page page = lab_page_of(lab, r->view);
    bool gone = page == LAB_PAGE_SIP_GONE;
    const char *in = gone ? "sipgone." LAB_DOMAIN : r->face.pool;
    const char *out = gone ? "sipgone." LAB_DOMAIN : r->face.access;

    d->kind = "Domain";
    add_link(d, "Internal/Autodiscover", r->face.web[LAB_INTERNAL], "");
    add_link(d, "External/Autodiscover", r->face.web[LAB_EXTERNAL], "");
    if (!gone && page != LAB_PAGE_SIP_ACCESS)
        return;
    d->access[0] = (struct access){ "SipClientInternalAccess", in, 5061 };
    d->access[1] = (struct access){ "SipClientExternalAccess", out, r->face.access_port };
}

static void write_xml(const struct document *d, BIO *out)
{
    BIO_printf(out,
               "<?xml version=\"1.0\" encoding=\"utf-8\"?><AutodiscoverResponse "
               "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" "
               "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
               "AccessLocation=\"%s\"><%s>",
               d->location, d->kind);
    for (size_t i = 0; i < 2 && d->access[i].name != NULL; i++)
        BIO_printf(out, "<%s fqdn=\"%s\" port=\"%u\"/>", d->access[i].name, d->access[i].fqdn,
                   d->access[i].port);
    for (size_t i = 0; i < d->count; i++)
        BIO_printf(out, "<Link token=\"%s\" href=\"%s\"/>", d->links[i].token, d->links[i].href);
    BIO_printf(out, "</%s></AutodiscoverResponse>", d->kind);
}

/* A JSON string; the default form escapes the solidus, as .NET writes it. */
static void write_string(BIO *out, const char *text, bool solidus)
{
    BIO_printf(out, "\"");
    for (; *text != '\0'; text++)
        BIO_printf(out, solidus && *text == '/' ? "\\%c" : "%c", *text);
    BIO_printf(out, "\"");
}

static void write_json(const struct document *d, BIO *out)
{
    BIO_printf(out, "{\"AccessLocation\":\"%s\",\"%s\":{", d->location, d->kind);
    for (size_t i = 0; i < 2 && d->access[i].name != NULL; i++)
        BIO_printf(out, "\"%s\":{\"fqdn\":\"%s\",\"port\":\"%u\"},", d->access[i].name,
                   d->access[i].fqdn, d->access[i].port);
    BIO_printf(out, "\"Links\":[");
    for (size_t i = 0; i < d->count; i++) {
        BIO_puts(out, i == 0 ? "{\"href\":" : ",{\"href\":");
        write_string(out, d->links[i].href, true);
        BIO_printf(out, ",\"token\":");
        write_string(out, d->links[i].token, true);
        BIO_printf(out, "}");
    }
    BIO_printf(out, "]}}");
}

/* UCWA's form knows neither AccessLocation nor the Domain link. */
static void write_hal(const struct document *d, BIO *out)
{
    static const char *const names[][2] = { { "Self", "self" },
                                            { "OAuth", "user" },
                                            { "Redirect", "redirect" } };
    bool first = true;

    BIO_printf(out, "{\"_links\":{");
    for (size_t i = 0; i < d->count; i++)
        for (size_t n = 0; n < sizeof names / sizeof names[0]; n++) {
            if (strcmp(d->links[i].token, names[n][0]) != 0)
                continue;
            BIO_printf(out, "%s\"%s\":{\"href\":\"%s\"}", first ? "" : ",", names[n][1],
                       d->links[i].href);
            first = false;
        }
    BIO_printf(out, "}}");
}

static const char *location(const struct lab *lab, const struct lab_request *r)
{
    bool wrong = lab_page_of(lab, r->view) == LAB_PAGE_ACCESS_LOCATION;
    bool inside = r->view == LAB_INTERNAL;

    return inside != wrong ? "Internal" : "External";
}

void lab_document(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply,
                  enum lab_document which)
{
    static void (*const fill[])(const struct lab *lab, const struct lab_request *r,
                                struct document *d) = {
        [LAB_DOC_REDIRECT] = fill_redirect,
        [LAB_DOC_ROOT] = fill_root,
        [LAB_DOC_DOMAIN] = fill_domain,
    };
    struct document d = { .kind = "Root", .location = location(lab, r) };
    bool xml = strstr(r->accept, "autodiscover+xml") != NULL;
    bool hal = !xml && strstr(r->accept, "application/json") != NULL;

    fill[which](lab, r, &d);
    reply->type = xml ? XML_TYPE : "application/json; charset=utf-8";
    if (xml)
        write_xml(&d, reply->body);
    else if (hal && which != LAB_DOC_DOMAIN)
        write_hal(&d, reply->body);
    else
        write_json(&d, reply->body);
}
