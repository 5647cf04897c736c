/* ask.c - facts as they stand before their question is put */
#include "lp/ask.h"

static void fill_dns(struct lp_dns_facts *facts, const struct lp_ask *ask)
{
    facts->server = ask->server;
    facts->name = ask->name;
    facts->type = ask->type;
    facts->rcode = -1;
}

static void fill_link(struct lp_link *link, const struct lp_ask *ask)
{
    link->host = ask->host;
    link->port = ask->port;
    link->address = ask->address;
    link->connect_port = ask->connect_port;
    link->plain = ask->plain || (ask->probe && ask->probe->plain);
    link->overridden = ask->overridden;
    link->connect_us = -1;
    link->tls_us = -1;
    link->alert = -1;
}

static void fill_http(struct lp_http *http, const struct lp_ask *ask)
{
    http->url = ask->url;
    http->hop = ask->hop;
    http->status = -1;
    http->date = LP_UTC_NONE;
    http->first_byte_us = -1;
    http->total_us = -1;
}

void lp_ask_begin(const struct lp_ask *ask, struct lp_evidence *e)
{
    if (e->shape == &lp_shape_dns)
        fill_dns(e->facts, ask);
    if (e->shape->has_link)
        fill_link(e->facts, ask);
    if (e->shape->has_http)
        fill_http((struct lp_http *)lp_http_of(e), ask);
}
