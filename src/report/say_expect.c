/* say_expect.c - an expectation in words: what it is about */
#include "lp/say.h"

#include "lp/lang.h"
#include "lp/text.h"

static struct lp_str say_port(struct lp_arena *arena, const struct lp_expect_port *port)
{
    const char *host = lp_term(arena, port->host);
    const char *address =
        port->address.family ? lp_say_address(arena, &port->address).p : lp_tr(arena, "by DNS");
    const char *transport = port->udp ? "/udp" : "";
    if (port->ports[1])
        return lp_tell(arena, "%s:%lld or %lld%s %s", host, (long long)port->ports[0],
                       (long long)port->ports[1], transport, address);
    if (!port->ports[0])
        return lp_arena_printf(arena, "%s %s", host, address);
    return lp_arena_printf(arena, "%s:%lld%s%s %s", host, (long long)port->ports[0], transport,
                           port->path.n > 1 ? lp_term(arena, port->path) : "", address);
}

struct lp_str lp_say_expected(struct lp_arena *arena, const struct lp_expectation *e)
{
    char word[12];
    if (e->kind == LP_EXPECT_DNS)
        return lp_arena_printf(arena, "%s %s%s", lp_term(arena, e->dns.owner),
                               lp_dns_type_word(e->dns.type, word),
                               e->dns.absent ? lp_tr(arena, " absent") : "");
    if (e->kind == LP_EXPECT_CERT)
        return lp_tell(arena, "certificate %s",
                       e->cert.subject.n ? lp_term(arena, e->cert.subject) : e->cert.role);
    return say_port(arena, &e->port);
}
