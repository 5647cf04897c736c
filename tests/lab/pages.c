/* pages.c - the web services: which path answers what, and the faults of Autodiscover */
#include "lab.h"

#include <openssl/bio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ROOT "/autodiscover/autodiscoverservice.svc/root"
#define ROOT_URL "/Autodiscover/AutodiscoverService.svc/root"
#define HTML_401 "<html><head><title>401 - Unauthorized</title></head></html>\r\n"

/* What Office Web Apps Server 2013 says about itself, shortened. */
#define ACTION(app, name, ext)                                                  \
    "<app name=\"" app "\"><action name=\"" name "\" ext=\"" ext "\" urlsrc=\"" \
    "https://wac.contoso.example/" app "/frame.aspx\"/></app>"
#define WAC                                                                            \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><wopi-discovery><net-zone "             \
    "name=\"internal-https\">" ACTION("PowerPoint", "view", "pptx")                    \
        ACTION("PowerPoint", "present", "pptx") ACTION("PowerPoint", "attend", "pptx") \
            ACTION("Word", "view", "docx") "</net-zone><proof-key value=\"\"/></wopi-discovery>"
#define FEDERATION                                                          \
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><EntityDescriptor "          \
    "entityID=\"http://sts.contoso.example/adfs/services/trust\" "          \
    "xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\"><IDPSSODescriptor "     \
    "protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"/>" \
    "</EntityDescriptor>"

/* The other anonymous pages of the web services; a prefix of the path decides. */
static const struct {
    const char *path;
    int status;
    const char *head;
    const char *body;
} pages[] = {
    { "/meet", 200, "", "<html><head><title>Conferencing</title></head></html>\r\n" },
    { "/dialin", 200, "", "<html><head><title>Dial-in</title></head></html>\r\n" },
    { "/abs", 401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/groupexpansion/service.svc", 401, "WWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/certprov/certprovisioningservice.svc", 401, "WWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/webticket/webticketservice.svc", 401, "WWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/ucwa/v1/applications", 401, "WWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/reach/sip.svc", 401, "WWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/cscp", 401, "WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\n", HTML_401 },
    { "/hosting/discovery", 200, "", WAC },
    { "/federationmetadata/2007-06/federationmetadata.xml", 200, "", FEDERATION },
    { "/adfs/ls/idpinitiatedsignon.aspx", 200, "",
      "<html><head><title>Sign In</title></head></html>\r\n" },
};

enum lab_page lab_page_of(const struct lab *lab, enum lab_view view)
{
    const struct lab_fault *fault = lab->options->fault;

    return fault->view == view ? fault->page : LAB_PAGE_OK;
}

static bool discover_host(const struct lab_request *r)
{
    return strncmp(r->host, "lyncdiscover", 12) == 0;
}

static void redirect(struct lab_reply *reply)
{
    reply->status = 302;
    BIO_printf(reply->body, "<html><head><title>Object moved</title></head></html>\r\n");
}

/* Plain http answers 200 with one Redirect link, never a 3xx (MS-OCDISCWS 3.1.5.2). */
static void root(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    lab_document(lab, r, reply, r->tls ? LAB_DOC_ROOT : LAB_DOC_REDIRECT);
}

static void root_503(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    (void)lab;
    (void)r;
    reply->status = 503;
    BIO_printf(reply->body, "<html><head><title>Service Unavailable</title></head></html>");
}

static void root_html(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    (void)lab;
    (void)r;
    BIO_printf(reply->body, "<html><head><title>IIS Windows Server</title></head></html>");
}

/* Two hosts that name each other for ever. */
static void root_loop(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    const char *own =
        r->view == LAB_INTERNAL ? "lyncdiscoverinternal." LAB_DOMAIN : "lyncdiscover." LAB_DOMAIN;

    if (!r->tls) {
        root(lab, r, reply);
        return;
    }
    redirect(reply);
    BIO_printf(reply->head, "Location: https://%s%s\r\n",
               discover_host(r) ? r->face.web[r->view] : own, ROOT_URL);
}

/* Redirects that never come back to an address that they had. */
static void root_loop_long(const struct lab *lab, const struct lab_request *r,
                           struct lab_reply *reply)
{
    const char *hop = strstr(r->target, "hop=");
    unsigned long next = hop == NULL ? 1 : strtoul(hop + 4, NULL, 10) + 1;

    (void)lab;
    redirect(reply);
    BIO_printf(reply->head, "Location: https://%s%s?hop=%lu\r\n", r->face.web[r->view], ROOT_URL,
               next);
}

static void root_loop_link(const struct lab *lab, const struct lab_request *r,
                           struct lab_reply *reply)
{
    lab_document(lab, r, reply, LAB_DOC_REDIRECT);
}

static void root_other_domain(const struct lab *lab, const struct lab_request *r,
                              struct lab_reply *reply)
{
    if (strncmp(r->host, "webext.fabrikam.example", 23) == 0) {
        root(lab, r, reply);
        return;
    }
    redirect(reply);
    BIO_printf(reply->head, "Location: https://webext.fabrikam.example%s\r\n", ROOT_URL);
}

static void root_odd(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    lab_document_odd(r, reply, lab_page_of(lab, r->view));
}

static void (*const roots[])(const struct lab *lab, const struct lab_request *r,
                             struct lab_reply *reply) = {
    [LAB_PAGE_OK] = root,
    [LAB_PAGE_503] = root_503,
    [LAB_PAGE_HTML] = root_html,
    [LAB_PAGE_LOOP] = root_loop,
    [LAB_PAGE_LOOP_LONG] = root_loop_long,
    [LAB_PAGE_LOOP_LINK] = root_loop_link,
    [LAB_PAGE_OTHER_DOMAIN] = root_other_domain,
    [LAB_PAGE_ACCESS_LOCATION] = root,
    [LAB_PAGE_HOST_DOMAIN] = root,
    [LAB_PAGE_SIP_ACCESS] = root,
    [LAB_PAGE_SIP_GONE] = root,
    [LAB_PAGE_BIG] = root_odd,
    [LAB_PAGE_GZIP] = root_odd,
    [LAB_PAGE_DOCTYPE] = root_odd,
    [LAB_PAGE_DEEP] = root_odd,
};

static void user(const struct lab_request *r, struct lab_reply *reply)
{
    const char *host = r->face.web[r->view];

    reply->status = 401;
    if (strstr(r->path, "/oauth/") != NULL)
        BIO_printf(reply->head,
                   "WWW-Authenticate: Bearer trusted_issuers=\"\", client_id=\"00000004-0000-"
                   "0ff1-ce00-000000000000\"\r\nWWW-Authenticate: MsRtcOAuth "
                   "href=\"https://%s/WebTicket/oauthtoken\","
                   "grant_type=\"urn:microsoft.rtc:windows,password\"\r\n",
                   host);
    BIO_printf(reply->head,
               "X-MS-WebTicketURL: https://%s/WebTicket/WebTicketService.svc\r\n"
               "X-MS-WebTicketSupported: cwt,saml\r\n",
               host);
    BIO_printf(reply->body, HTML_401);
}

static void other(const struct lab_request *r, struct lab_reply *reply)
{
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        if (strncmp(r->path, pages[i].path, strlen(pages[i].path)) != 0)
            continue;
        reply->status = pages[i].status;
        BIO_printf(reply->head, "%s", pages[i].head);
        BIO_printf(reply->body, "%s", pages[i].body);
        return;
    }
    reply->status = strcmp(r->path, "/") == 0 ? 200 : 404;
    BIO_printf(reply->body, "<html><head><title>IIS Windows Server</title></head></html>");
}

/* Everything but Autodiscover's first hop goes to https on the same host. */
static void to_https(const struct lab_request *r, struct lab_reply *reply)
{
    redirect(reply);
    BIO_printf(reply->head, "Location: https://%s%s\r\n", r->host, r->target);
}

/* The fault's page; false: this is another one. */
static bool odd_page(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    const struct lab_fault *fault = lab->options->fault;
    const struct lab_oddity *odd = &fault->odd;

    if (odd->path == NULL || fault->view != r->view || odd->plain == r->tls ||
        strncmp(r->path, odd->path, strlen(odd->path)) != 0 ||
        (odd->host != NULL && strcasecmp(odd->host, r->host) != 0))
        return false;
    reply->status = odd->status;
    if (odd->location != NULL)
        BIO_printf(reply->head, "Location: %s\r\n", odd->location);
    BIO_printf(reply->body, "%s", odd->body == NULL ? "" : odd->body);
    return true;
}

void lab_page(const struct lab *lab, const struct lab_request *r, struct lab_reply *reply)
{
    bool start = strcmp(r->path, ROOT) == 0 || (discover_host(r) && strcmp(r->path, "/") == 0);

    if (lab_crl(lab, r, reply) || lab_ocsp(lab, r, reply) || odd_page(lab, r, reply))
        return;
    if (start)
        roots[lab_page_of(lab, r->view)](lab, r, reply);
    else if (strcmp(r->path, ROOT "/domain") == 0)
        lab_document(lab, r, reply, LAB_DOC_DOMAIN);
    else if (strcmp(r->path, ROOT "/user") == 0 || strcmp(r->path, ROOT "/oauth/user") == 0)
        user(r, reply);
    else if (!r->tls)
        to_https(r, reply);
    else
        other(r, reply);
}
