/* sip.c - a registrar that challenges everybody, as an anonymous client sees it */
#include "lab.h"

#include <openssl/bio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHALLENGE = 401 };

/* What the front ends and the Access Edge say differently. Through the edge no
 * Kerberos is offered, and sts-uri names the external web services. */
static const struct {
    const char *target;
    const char *web;
    bool kerberos;
} sides[] = {
    [LAB_INTERNAL] = { "fe1." LAB_DOMAIN, "webint." LAB_DOMAIN, true },
    [LAB_EXTERNAL] = { "fe1." LAB_DOMAIN, "webext." LAB_DOMAIN, false },
    [LAB_CLOUD] = { "sipdir.online.lync.com", "webdir.online.lync.com", false },
};

static void put_challenge(BIO *out, enum lab_view view)
{
    const char *realm = "realm=\"SIP Communications Service\"";
    const char *target = sides[view].target;

    BIO_printf(out, "WWW-Authenticate: NTLM %s, targetname=\"%s\", version=4\r\n", realm, target);
    if (sides[view].kerberos)
        BIO_printf(out, "WWW-Authenticate: Kerberos %s, targetname=\"sip/%s\", version=4\r\n",
                   realm, target);
    BIO_printf(out,
               "WWW-Authenticate: TLS-DSK %s, targetname=\"%s\", version=4, "
               "sts-uri=\"https://%s:443/CertProv/CertProvisioningService.svc\"\r\n",
               realm, target, sides[view].web);
    if (view != LAB_INTERNAL)
        BIO_printf(out, "ms-user-logon-data: RemoteUser\r\n");
}

static void put_date(BIO *out)
{
    char text[64];
    time_t now = time(NULL);
    struct tm utc;

    gmtime_r(&now, &utc);
    strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    BIO_printf(out, "Date: %s\r\n", text);
}

static void put_echo(BIO *out, const char *request)
{
    static const char *const names[] = { "From", "Call-ID", "CSeq" };
    char value[512];

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (lab_header(request, names[i], value, sizeof value))
            BIO_printf(out, "%s: %s\r\n", names[i], value);
    if (lab_header(request, "To", value, sizeof value))
        BIO_printf(out, "To: %s;tag=5F1A2B3C4D5E6F708192A3B4C5D6E7F8\r\n", value);
    if (lab_header(request, "Via", value, sizeof value))
        BIO_printf(out, "Via: %s;ms-received-port=50000;ms-received-cid=3A00\r\n", value);
}

static void answer(struct lab_conn *c, const char *request, int status)
{
    BIO *out = BIO_new(BIO_s_mem());
    char *bytes;
    long len;

    BIO_printf(out, "SIP/2.0 %d %s\r\n", status,
               status == CHALLENGE ? "Unauthorized" : "Service Unavailable");
    put_date(out);
    if (status == CHALLENGE)
        put_challenge(out, c->peer->view);
    put_echo(out, request);
    BIO_printf(out, "Server: RTC/6.0\r\nContent-Length: 0\r\n\r\n");
    len = BIO_get_mem_data(out, &bytes);
    lab_conn_say(c, bytes, (size_t)len);
    BIO_free(out);
}

/* One request; false when it is not complete. What is not SIP ends the connection. */
static bool one(struct lab *lab, struct lab_conn *c, int status)
{
    char head[LAB_IN + 1], value[32];
    size_t end = lab_header_end(c->in, c->in_len), body;

    if (end == 0)
        return false;
    memcpy(head, c->in, end);
    head[end] = '\0';
    lab_header(head, "Content-Length", value, sizeof value);
    body = strtoul(value, NULL, 10);
    if (body > LAB_IN || strstr(head, " SIP/2.0\r\n") == NULL) {
        lab_conn_finish(lab, c);
        return false;
    }
    if (c->in_len < end + body)
        return false;
    if (strncmp(head, "ACK ", 4) != 0)
        answer(c, head, status);
    lab_conn_used(c, end + body);
    return true;
}

void lab_sip(struct lab *lab, struct lab_conn *c, int status)
{
    do {
        size_t blank = 0; /* keep-alives between requests */

        while (blank < c->in_len && (c->in[blank] == '\r' || c->in[blank] == '\n'))
            blank++;
        lab_conn_used(c, blank);
    } while (one(lab, c, status));
}
