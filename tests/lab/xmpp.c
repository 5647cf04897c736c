/* xmpp.c - an XMPP server's stream to another server, with STARTTLS (RFC 6120 s5) */
#include "lab.h"

#include <stdio.h>
#include <string.h>

enum { NAME = 256 };

/* The value of an attribute of the stream header. */
static void attribute(const char *in, const char *name, char *out)
{
    const char *at = strstr(in, name);

    out[0] = '\0';
    if (at == NULL)
        return;
    at += strlen(name);
    if (*at == '\'' || *at == '"')
        snprintf(out, NAME, "%.*s", (int)strcspn(at + 1, "'\"<>&"), at + 1);
}

static void say(struct lab_conn *c, const char *text)
{
    lab_conn_say(c, text, strlen(text));
}

/* A healthy server insists on TLS before anything else. */
static void stream(struct lab_conn *c, const char *in)
{
    char text[1024], to[NAME], from[NAME];

    attribute(in, " to=", to);
    attribute(in, " from=", from);
    snprintf(text, sizeof text,
             "<?xml version='1.0'?><stream:stream xmlns='jabber:server' "
             "xmlns:stream='http://etherx.jabber.org/streams' xmlns:db='jabber:server:dialback' "
             "id='5F1A2B3C' version='1.0' from='%s' to='%s'>",
             to, from);
    say(c, text);
    if (c->ssl == NULL && lab_twist_of(c) != LAB_TWIST_XMPP_NO_TLS)
        say(c, "<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>"
               "<required/></starttls></stream:features>");
    else
        say(c, "<stream:features><dialback xmlns='urn:xmpp:features:dialback'/>"
               "</stream:features>");
}

void lab_xmpp(struct lab *lab, struct lab_conn *c)
{
    char in[LAB_IN + 1];
    const char *end = memchr(c->in, '>', c->in_len);

    memcpy(in, c->in, c->in_len);
    in[c->in_len] = '\0';
    if (strstr(in, "<starttls") != NULL && end != NULL && c->ssl == NULL) {
        say(c, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        c->in_len = 0;
        if (!lab_conn_secure(c))
            lab_conn_finish(lab, c);
    } else if (strstr(in, "<stream:stream") != NULL && strchr(strstr(in, "<stream:stream"), '>')) {
        stream(c, in);
        c->in_len = 0;
    } else if (end != NULL && strncmp(in, "<?xml", 5) != 0) {
        say(c, "</stream:stream>");
        lab_conn_finish(lab, c);
    }
}
