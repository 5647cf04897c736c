/* entry.c - evidence as it stands before its question is put */
#include "lp/worker.h"

static void fill_dns(struct lp_evidence *e, const struct lp_ask *ask)
{
    struct lp_dns_facts *facts = e->facts;
    facts->server = ask->server;
    facts->name = ask->name;
    facts->type = ask->type;
    facts->rcode = -1;
}

static void fill_link(struct lp_evidence *e, const struct lp_ask *ask)
{
    struct lp_link *link = e->facts;
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

static void fill_http(struct lp_evidence *e, const struct lp_ask *ask)
{
    struct lp_http *http = (struct lp_http *)lp_http_of(e);
    http->url = ask->url;
    http->hop = ask->hop;
    http->status = -1;
    http->date = LP_UTC_NONE;
    http->first_byte_us = -1;
    http->total_us = -1;
}

struct lp_evidence *lp_entry_new(struct lp_arena *arena, const struct lp_ask *ask, lp_usec started)
{
    struct lp_evidence *e = lp_arena_alloc(arena, sizeof *e);
    e->parent = ask->parent;
    e->key = ask->key;
    e->shape = ask->shape;
    e->started = started < 0 ? 0 : started;
    e->elapsed = -1;
    e->facts = lp_arena_alloc(arena, ask->shape->size);
    if (ask->shape == &lp_shape_dns)
        fill_dns(e, ask);
    if (ask->shape->has_link)
        fill_link(e, ask);
    if (ask->shape->has_http)
        fill_http(e, ask);
    return e;
}
