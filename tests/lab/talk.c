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

static void sip(struct lab *lab, struct lab_conn *c)
{
    lab_sip(lab, c, 401);
}

static void sip_503(struct lab *lab, struct lab_conn *c)
{
    lab_sip(lab, c, 503);
}

static void (*const talks[])(struct lab *lab, struct lab_conn *c) = {
    [LAB_TALK_MUTE] = mute,     [LAB_TALK_RESET] = reset,
    [LAB_TALK_CLOSE] = hang_up, [LAB_TALK_HTTP_400] = bad_request,
    [LAB_TALK_SSH] = banner,    [LAB_TALK_SIP_503] = sip_503,
};

/* The Web Conferencing Edge closes on everything that has no token of its own. */
static void (*const protocols[])(struct lab *lab, struct lab_conn *c) = {
    [LAB_SIP] = sip,
    [LAB_HTTP] = lab_http,
    [LAB_HTTPS] = lab_http,
    [LAB_PSOM] = hang_up,
};

void lab_talk(struct lab *lab, struct lab_conn *c)
{
    enum lab_talk talk = lab_ways[c->peer->way].talk;

    if (talk == LAB_TALK_PROTO)
        protocols[c->peer->proto](lab, c);
    else
        talks[talk](lab, c);
}
