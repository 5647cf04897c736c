/* sip.c - a registrar that challenges everybody, as an anonymous client sees it */
#include "lab.h"

#include <openssl/bio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CHALLENGE = 401, UNAVAILABLE = 503, HOUR = 3600 };

/* Through the edge no Kerberos is offered, and sts-uri names the external web services. */
static void put_challenge(BIO *out, const struct lab *lab, const struct lab_conn *c)
{
    const char *realm = "realm=\"SIP Communications Service\"";
    struct lab_face face = lab_face_of(lab, c->peer, "");
    enum lab_twist twist = lab_twist_of(c);
    enum lab_view view = c->peer->view;
    const char *target = twist == LAB_TWIST_SIP_STRANGER ? "fe9.other.example" : face.target;
    const char *sts = twist == LAB_TWIST_SIP_STS_GONE ? "gone.contoso.example" : face.web[view];

    if (twist == LAB_TWIST_SIP_NO_SCHEME) {
        BIO_printf(out, "WWW-Authenticate: Digest %s, nonce=\"4f6c\"\r\n", realm);
        return;
    }
    BIO_printf(out, "WWW-Authenticate: NTLM %s, targetname=\"%s\", version=4\r\n", realm, target);
    if (view == LAB_INTERNAL)
        BIO_printf(out, "WWW-Authenticate: Kerberos %s, targetname=\"sip/%s\", version=4\r\n",
                   realm, target);
    BIO_printf(out,
               "WWW-Authenticate: TLS-DSK %s, targetname=\"%s\", version=4, "
               "sts-uri=\"https://%s:443/CertProv/CertProvisioningService.svc\"\r\n",
               realm, target, sts);
    if (view != LAB_INTERNAL)
        BIO_printf(out, "ms-user-logon-data: RemoteUser\r\n");
}

static void put_date(BIO *out, time_t late)
{
    char text[64];
    time_t now = time(NULL) - late;
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

static void answer(const struct lab *lab, struct lab_conn *c, const char *request)
{
    enum lab_twist twist = lab_twist_of(c);
    int status = twist == LAB_TWIST_SIP_503 ? UNAVAILABLE : CHALLENGE;
    BIO *out = BIO_new(BIO_s_mem());
    char *bytes;
    long len;

    BIO_printf(out, "SIP/2.0 %d %s\r\n", status,
               status == CHALLENGE ? "Unauthorized" : "Service Unavailable");
    put_date(out, twist == LAB_TWIST_SIP_SKEW ? HOUR : 0);
    if (status == CHALLENGE)
        put_challenge(out, lab, c);
    put_echo(out, request);
    BIO_printf(out, "Server: RTC/6.0\r\nContent-Length: 0\r\n\r\n");
    len = BIO_get_mem_data(out, &bytes);
    lab_conn_say(c, bytes, (size_t)len);
    BIO_free(out);
}

/* One request; false when it is not complete. What is not SIP ends the connection. */
static bool one(struct lab *lab, struct lab_conn *c)
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
        answer(lab, c, head);
    lab_conn_used(c, end + body);
    return true;
}

void lab_sip(struct lab *lab, struct lab_conn *c)
{
    do {
        size_t blank = 0; /* keep-alives between requests */

        while (blank < c->in_len && (c->in[blank] == '\r' || c->in[blank] == '\n'))
            blank++;
        lab_conn_used(c, blank);
    } while (one(lab, c));
}
