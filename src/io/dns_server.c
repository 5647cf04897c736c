/* dns_server.c - the channels of one name server address */
#include "lp/dns_server.h"

#include <errno.h>
#include <string.h>

#include "lp/alloc.h"

enum {
    /* A UDP channel that is never idle keeps its port, and then only the 16 bits of the
       id stand against forged answers: after so many messages comes a new one
       (performance.md 8). */
    CHANNEL_SENDS = 1000,
};

bool lp_dns_server_init(struct lp_dns_server *server, struct lp_str text)
{
    struct lp_str host = text;
    uint64_t port;
    size_t after = text.n;

    while (after > 0 && text.p[after - 1] != ':')
        after--;
    if (after == 0 || !lp_str_to_u64(lp_str_sub(text, after, text.n), UINT16_MAX, &port))
        return false;
    host.n = after - 1;
    *server = (struct lp_dns_server){ .port = (uint16_t)port };
    if (port == 0 || !lp_addr_parse(host, &server->address))
        return false;
    server->text = lp_malloc(text.n + 1);
    memcpy(server->text, text.p, text.n);
    server->text[text.n] = '\0';
    return true;
}

static void retire_if_worn(struct lp_dns_server *server)
{
    if (server->udp == NULL || server->retired != NULL ||
        lp_dns_channel_sent(server->udp) < CHANNEL_SENDS)
        return;
    server->retired = server->udp;
    server->udp = NULL;
}

static struct lp_dns_channel *channel_of(struct lp_dns_server *server,
                                         const struct lp_dns_order *order)
{
    struct lp_dns_channel **channel = order->what.tcp ? &server->tcp : &server->udp;

    if (!order->what.tcp)
        retire_if_worn(server);
    if (*channel == NULL)
        *channel = lp_dns_channel_new(&(struct lp_dns_channel_setup){
            .address = server->address,
            .port = server->port,
            .tcp = order->what.tcp,
            .keep = order->keep,
            .heard = order->heard,
        });
    return *channel;
}

bool lp_dns_server_send(struct lp_dns_server *server, const struct lp_dns_order *order)
{
    struct lp_dns_channel *channel = channel_of(server, order);
    struct lp_dns_heard refused = { .what = order->what,
                                    .fault = { .kind = LP_DNS_LOCAL, .error = ENOMEM },
                                    .last = true };

    if (channel != NULL)
        return lp_dns_channel_send(channel, order->query, &order->what);
    order->heard(&refused);
    return false;
}

void lp_dns_server_want(const struct lp_dns_server *server, struct lp_pollset *set)
{
    lp_dns_channel_want(server->udp, set);
    lp_dns_channel_want(server->tcp, set);
    lp_dns_channel_want(server->retired, set);
}

void lp_dns_server_ready(struct lp_dns_server *server, const struct lp_pollset *set, lp_usec now)
{
    lp_dns_channel_ready(server->udp, set, now);
    lp_dns_channel_ready(server->tcp, set, now);
    lp_dns_channel_ready(server->retired, set, now);
    if (lp_dns_channel_open(server->retired) > 0)
        return;
    lp_dns_channel_release(server->retired);
    server->retired = NULL;
}

void lp_dns_server_release(struct lp_dns_server *server)
{
    lp_dns_channel_release(server->udp);
    lp_dns_channel_release(server->tcp);
    lp_dns_channel_release(server->retired);
    lp_free(server->text);
    *server = (struct lp_dns_server){ 0 };
}
