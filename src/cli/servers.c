/* servers.c - name servers: from '@' words, else from resolv.conf */
#include <stdio.h>

#include "lp/options.h"
#include "lp/text.h"

/* "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353" to "ADDR:PORT" text. */
static bool parse_socket(struct lp_arena *arena, struct lp_str text, struct lp_str *out)
{
    struct lp_addr a;
    char address[LP_ADDR_TEXT];
    uint64_t port = 53;
    struct lp_str host = text, rest = text;
    if (text.n && text.p[0] == '[') {
        host = lp_str_cut(&rest, ']');
        host = lp_str_sub(host, 1, host.n);
    } else if (!lp_addr_parse(text, &a)) {
        host = lp_str_cut(&rest, ':');
        if (rest.p && rest.n && !lp_str_to_u64(rest, 65535, &port))
            return false;
        rest = LP_STR_NONE;
    } else {
        rest = LP_STR_NONE;
    }
    if (rest.n && (rest.p[0] != ':' || !lp_str_to_u64(lp_str_sub(rest, 1, rest.n), 65535, &port)))
        return false;
    if (!lp_addr_parse(host, &a) || !port)
        return false;
    lp_addr_format(&a, address, sizeof address);
    *out = lp_arena_printf(arena, a.family == 6 ? "[%s]:%u" : "%s:%u", address, (unsigned)port);
    return true;
}

static bool is_label(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '_' || c == '.';
        if (!ok)
            return false;
    }
    return s.n > 0 && s.n <= 32;
}

bool lp_server_parse(struct lp_config *config, struct lp_str word, struct lp_error *error)
{
    struct lp_str rest = lp_str_sub(word, 1, word.n), text;
    struct lp_server server = { 0 };
    bool named = lp_str_find(rest, '=') < rest.n;
    server.label = named ? lp_str_cut(&rest, '=') : rest;
    if (!parse_socket(config->arena, rest, &text) || (named && !is_label(server.label)))
        return lp_fail(
            error,
            "%s is no name server, such as @192.0.2.53, @[2001:db8::53]:53 or @inside=10.0.0.53",
            lp_term(config->arena, word));
    if (config->servers.n >= 8)
        return lp_fail(error, "%s: at most 8 name servers", lp_term(config->arena, word));
    lp_list_push(config->arena, &server.addresses, &text, sizeof text);
    lp_list_push(config->arena, &config->servers, &server, sizeof server);
    return true;
}

enum { RESOLV_MAX = 65536, RESOLV_SERVERS = 3 };

/* A scope id ("%eth0") makes a link-local address that the guard would have to know: skipped. */
static void take_line(struct lp_arena *arena, struct lp_str line, struct lp_list *addresses)
{
    struct lp_str text;
    struct lp_str word = lp_str_trim(line);
    if (!lp_str_starts_nocase(word, "nameserver") || addresses->n >= RESOLV_SERVERS)
        return;
    word = lp_str_trim(lp_str_sub(word, 10, word.n));
    struct lp_addr a;
    if (lp_addr_parse(word, &a) && parse_socket(arena, word, &text))
        lp_list_push(arena, addresses, &text, sizeof text);
}

void lp_server_system(struct lp_arena *arena, struct lp_list *servers)
{
    struct lp_server server = { .label = LP_STR("system") };
    struct lp_str fallback = LP_STR("127.0.0.1:53");
    char *bytes = lp_arena_alloc(arena, RESOLV_MAX);
    FILE *file = fopen("/etc/resolv.conf", "re");
    struct lp_str rest = { bytes, file ? fread(bytes, 1, RESOLV_MAX, file) : 0 };
    if (file)
        fclose(file);
    while (rest.n)
        take_line(arena, lp_str_cut(&rest, '\n'), &server.addresses);
    if (!server.addresses.n)
        lp_list_push(arena, &server.addresses, &fallback, sizeof fallback);
    lp_list_push(arena, servers, &server, sizeof server);
}
