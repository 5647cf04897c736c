/* keys.c - identity of questions */
#include "lp/keys.h"

struct lp_str lp_dns_key(struct lp_arena *arena, const struct lp_resolved *question)
{
    char word[12];
    struct lp_str head = lp_arena_printf(arena, "dns %lld %s ", (long long)question->server,
                                         lp_dns_type_word(question->type, word));
    struct lp_str parts[] = { head, lp_name_normal(arena, question->name) };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

struct lp_str lp_probe_key(struct lp_arena *arena, const struct lp_ask *ask)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&ask->address, address, sizeof address);
    struct lp_str tail =
        ask->connect_port == ask->port
            ? lp_arena_printf(arena, " %s", address)
            : lp_arena_printf(arena, " %s#%lld", address, (long long)ask->connect_port);
    bool plain = ask->plain && !ask->probe->plain && !ask->url.p;
    struct lp_str head = lp_arena_printf(arena, plain ? "%s-tcp " : "%s ", ask->probe->shape.name);
    if (ask->url.p) {
        struct lp_str parts[] = { head, ask->url, tail };
        return lp_arena_join(arena, parts, LP_COUNT(parts));
    }
    struct lp_str port = lp_arena_printf(arena, ":%lld", (long long)ask->port);
    struct lp_str parts[] = { head, lp_name_normal(arena, ask->host), port, tail };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}
