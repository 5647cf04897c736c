/* keys.c - identity of questions */
#include "lp/keys.h"

/* A key is made for each question at each turn, so that no format is read. */
static struct lp_str digits(int64_t n, char text[24])
{
    uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    size_t at = 24;
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (n < 0)
        text[--at] = '-';
    return (struct lp_str){ &text[at], 24 - at };
}

struct lp_str lp_dns_key(struct lp_arena *arena, const struct lp_resolved *question)
{
    char word[12], server[24];
    struct lp_str parts[] = { LP_STR("dns "), digits(question->server, server),
                              LP_STR(" "),    lp_str_of(lp_dns_type_word(question->type, word)),
                              LP_STR(" "),    lp_name_normal(arena, question->name) };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

struct lp_str lp_probe_key(struct lp_arena *arena, const struct lp_ask *ask)
{
    char address[LP_ADDR_TEXT], port[24], connect_port[24];
    lp_addr_format(&ask->address, address, sizeof address);
    bool plain = ask->plain && !ask->probe->plain && !ask->url.p;
    bool elsewhere = ask->connect_port != ask->port;
    struct lp_str none = LP_STR("");
    struct lp_str parts[] = { lp_str_of(ask->probe->shape.name),
                              plain ? LP_STR("-tcp ") : LP_STR(" "),
                              ask->url.p ? ask->url : lp_name_normal(arena, ask->host),
                              ask->url.p ? none : LP_STR(":"),
                              ask->url.p ? none : digits(ask->port, port),
                              LP_STR(" "),
                              lp_str_of(address),
                              elsewhere ? LP_STR("#") : none,
                              elsewhere ? digits(ask->connect_port, connect_port) : none };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}
