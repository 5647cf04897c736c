/* talk.c - what a peer says to the plain text that it got */
#include "lab.h"

#include <string.h>

static void say(struct lab_conn *c, const char *text)
{
    lab_conn_say(c, text, strlen(text));
}

static void mute(struct lab *lab, struct lab_conn *c)
{
    (void)lab;
    c->in_len = 0;
}

static void hang_up(struct lab *lab, struct lab_conn *c)
{
    c->in_len = 0;
    lab_conn_finish(lab, c);
}

static void reset(struct lab *lab, struct lab_conn *c)
{
    c->reset = true;
    hang_up(lab, c);
}

static void bad_request(struct lab *lab, struct lab_conn *c)
{
    say(c, "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=us-ascii\r\n"
           "Server: Microsoft-HTTPAPI/2.0\r\nConnection: close\r\nContent-Length: 41\r\n\r\n"
           "<html><body><h2>Bad Request</h2></body>\r\n");
    hang_up(lab, c);
}

static void banner(struct lab *lab, struct lab_conn *c)
{
    (void)lab;
    c->in_len = 0;
    if (!c->answered)
        say(c, "SSH-2.0-OpenSSH_9.2\r\n");
}

static void (*const talks[])(struct lab *lab, struct lab_conn *c) = {
    [LAB_TALK_MUTE] = mute,     [LAB_TALK_RESET] = reset,
    [LAB_TALK_CLOSE] = hang_up, [LAB_TALK_HTTP_400] = bad_request,
    [LAB_TALK_SSH] = banner,
};

/* The Web Conferencing Edge, and every service for servers, closes on what has no token or
 * certificate. */
/* clang-format off */
const struct lab_speech lab_speeches[LAB_PROTOS] = {
    [LAB_SIP] = {"sip", false, lab_sip, NULL},
    [LAB_HTTP] = {"http-redirect", true, lab_http, NULL},
    [LAB_HTTPS] = {"web", false, lab_http, NULL},
    [LAB_PSOM] = {NULL, false, hang_up, NULL},
    [LAB_MTLS] = {"mtls", false, hang_up, NULL},
    [LAB_TURN_TCP] = {"turn-tcp", true, lab_turn_tcp, NULL},
    [LAB_TURN_UDP] = {"turn-udp", true, NULL, lab_turn_udp},
    [LAB_XMPP] = {"xmpp", true, lab_xmpp, NULL},
    [LAB_TDS] = {"sql", true, lab_tds, NULL},
};
/* clang-format on */

enum lab_twist lab_twist_of(const struct lab_conn *c)
{
    return lab_ways[c->peer->way].twist;
}

void lab_talk(struct lab *lab, struct lab_conn *c)
{
    enum lab_talk talk = lab_ways[c->peer->way].talk;

    if (talk == LAB_TALK_PROTO)
        lab_speeches[c->peer->proto].talk(lab, c);
    else
        talks[talk](lab, c);
}
