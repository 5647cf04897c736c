/* http.c - HTTP/1.1 requests and replies; what is in them is decided by pages.c */
#include "lab.h"

#include <ctype.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>

static const struct {
    int status;
    const char *text;
} reasons[] = {
    { 200, "OK" },           { 302, "Found" },
    { 401, "Unauthorized" }, { 403, "Forbidden" },
    { 404, "Not Found" },    { 500, "Internal Server Error" },
    { 502, "Bad Gateway" },  { 503, "Service Unavailable" },
};

static const char *reason(int status)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].text;
    return "Bad Request";
}

/* IIS does not look at the case of a path. */
static void set_path(struct lab_request *r)
{
    size_t len = strcspn(r->target, "?");

    for (size_t i = 0; i < len; i++)
        r->path[i] = (char)tolower((unsigned char)r->target[i]);
    r->path[len] = '\0';
}

/* The word that starts at `*at`; moves behind it. False when it is too long. */
static bool word(const char **at, char *out, size_t size)
{
    size_t len = strcspn(*at, " \r\n");

    if (len == 0 || len >= size)
        return false;
    snprintf(out, size, "%.*s", (int)len, *at);
    *at += len + strspn(*at + len, " ");
    return true;
}

static bool parse(const char *head, struct lab_request *r)
{
    const char *at = head;
    char encoding[256];

    if (!word(&at, r->method, sizeof r->method) || !word(&at, r->target, sizeof r->target))
        return false;
    if (strncmp(at, "HTTP/1.", 7) != 0 || r->target[0] != '/')
        return false;
    set_path(r);
    lab_header(head, "Host", r->host, sizeof r->host);
    lab_header(head, "Accept", r->accept, sizeof r->accept);
    lab_header(head, "Accept-Encoding", encoding, sizeof encoding);
    r->gzip = strstr(encoding, "gzip") != NULL;
    return strcmp(r->method, "GET") == 0 || strcmp(r->method, "HEAD") == 0;
}

static void send_reply(struct lab_conn *c, const struct lab_request *r,
                       const struct lab_reply *reply)
{
    enum lab_twist twist = lab_twist_of(c);
    BIO *out = BIO_new(BIO_s_mem());
    char *bytes;
    long len = BIO_get_mem_data(reply->head, &bytes);
    long body_len;

    BIO_printf(out, "HTTP/1.1 %d %s\r\nCache-Control: no-cache\r\nContent-Type: %s\r\n",
               reply->status, reason(reply->status), reply->type);
    lab_put_date(out, twist == LAB_TWIST_SIP_SKEW ? HOUR : 0);
    BIO_printf(out, "Server: Microsoft-IIS/%s\r\nX-MS-Server-Fqdn: %s\r\n",
               twist == LAB_TWIST_OLD ? "7.5" : "8.5", r->face.target);
    if (reply->gzip)
        BIO_printf(out, "Content-Encoding: gzip\r\n");
    BIO_write(out, bytes, (int)len);
    body_len = BIO_get_mem_data(reply->body, &bytes);
    BIO_printf(out, "Content-Length: %ld\r\n\r\n", body_len);
    if (strcmp(r->method, "HEAD") != 0)
        BIO_write(out, bytes, (int)body_len);
    len = BIO_get_mem_data(out, &bytes);
    lab_conn_say(c, bytes, (size_t)len);
    BIO_free(out);
}

static void bad(struct lab *lab, struct lab_conn *c)
{
    static const char text[] = "HTTP/1.1 400 Bad Request\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
                               "Connection: close\r\nContent-Length: 0\r\n\r\n";

    lab_conn_say(c, text, sizeof text - 1);
    c->in_len = 0;
    lab_conn_finish(lab, c);
}

static void answer(struct lab *lab, struct lab_conn *c, const char *head)
{
    struct lab_request r = { .tls = c->ssl != NULL, .view = c->peer->site, .peer = c->peer };
    struct lab_reply reply = { .status = 200, .type = "text/html" };
    char connection[64];

    if (!parse(head, &r)) {
        bad(lab, c);
        return;
    }
    r.face = lab_face_of(lab, c->peer, r.host);
    reply.head = BIO_new(BIO_s_mem());
    reply.body = BIO_new(BIO_s_mem());
    lab_page(lab, &r, &reply);
    send_reply(c, &r, &reply);
    BIO_free(reply.head);
    BIO_free(reply.body);
    lab_header(head, "Connection", connection, sizeof connection);
    if (strncmp(connection, "close", 5) == 0)
        lab_conn_finish(lab, c);
}

void lab_http(struct lab *lab, struct lab_conn *c)
{
    char head[LAB_IN + 1];
    size_t end = lab_header_end(c->in, c->in_len);

    while (end > 0 && !c->finish) {
        memcpy(head, c->in, end);
        head[end] = '\0';
        lab_conn_used(c, end);
        answer(lab, c, head);
        end = lab_header_end(c->in, c->in_len);
    }
}
