/* sip.c - a registrar that challenges everybody, as an anonymous client sees it */
#include "lab.h"

#include <openssl/bio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHALLENGE = 401 };

/* What is said instead of a challenge. */
static const struct {
    enum lab_twist twist;
    int status;
    const char *reason, *headers;
} others[] = {
    { LAB_TWIST_SIP_503, 503, "Service Unavailable", "" },
    { LAB_TWIST_SIP_504, 504, "Server time-out",
      "ms-diagnostics: 1010;reason=\"Certificate trust with another server could not be "
      "established\";ErrorType=\"The peer certificate is not trusted\";tls-target=\"fe1." LAB_DOMAIN
      "\";source=\"access." LAB_DOMAIN "\"\r\n" },
    { LAB_TWIST_SIP_301, 301, "Moved Permanently",
      "Contact: <sip:pool2." LAB_DOMAIN ":5061;transport=TLS>\r\n" },
};

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

static void put_status(BIO *out, const struct lab *lab, struct lab_conn *c)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (others[i].twist == lab_twist_of(c)) {
            BIO_printf(out, "SIP/2.0 %d %s\r\n%s", others[i].status, others[i].reason,
                       others[i].headers);
            return;
        }
    BIO_printf(out, "SIP/2.0 %d Unauthorized\r\n", CHALLENGE);
    put_challenge(out, lab, c);
}

static void answer(const struct lab *lab, struct lab_conn *c, const char *request)
{
    enum lab_twist twist = lab_twist_of(c);
    BIO *out = BIO_new(BIO_s_mem());
    char *bytes;
    long len;

    put_status(out, lab, c);
    lab_put_date(out, twist == LAB_TWIST_SIP_SKEW ? HOUR : 0);
    put_echo(out, request);
    BIO_printf(out, "Server: RTC/%s\r\nContent-Length: 0\r\n\r\n",
               twist == LAB_TWIST_OLD ? "5.0" : "6.0");
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
