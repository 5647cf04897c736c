/* servers.c - name servers: from '@' words, else from resolv.conf */
#include <stdio.h>

#include "lp/options.h"
#include "lp/text.h"

enum { SERVERS_MAX = 8, LABEL_MAX = 32 };

/* "192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353": cuts a port off. False:
 * there is something else behind the address. */
static bool cut_port(struct lp_str *text, uint64_t *port)
{
    struct lp_addr whole;
    size_t end = lp_str_find(*text, text->n && text->p[0] == '[' ? ']' : ':');
    end += end < text->n && text->p[end] == ']';
    if (lp_addr_parse(*text, &whole) || end >= text->n)
        return true;
    struct lp_str digits = lp_str_sub(*text, end + 1, text->n);
    bool ok = text->p[end] == ':' && lp_str_to_u64(digits, 65535, port) && *port;
    *text = lp_str_sub(*text, 0, end);
    return ok;
}

/* To "ADDR:PORT" as the setup has it. */
static bool parse_socket(struct lp_arena *arena, struct lp_str text, struct lp_str *out)
{
    struct lp_addr a;
    char address[LP_ADDR_TEXT];
    uint64_t port = 53;
    if (!cut_port(&text, &port) || !lp_addr_parse(text, &a))
        return false;
    lp_addr_format(&a, address, sizeof address);
    *out = lp_arena_printf(arena, a.family == 6 ? "[%s]:%u" : "%s:%u", address, (unsigned)port);
    return true;
}

static bool is_label(struct lp_str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = lp_ascii_lower(s.p[i]);
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
            return false;
    }
    return s.n > 0 && s.n <= LABEL_MAX;
}

static bool is_taken(const struct lp_list *servers, struct lp_str label)
{
    const struct lp_server *at = servers->at;
    for (size_t i = 0; i < servers->n; i++) {
        if (lp_str_eq(at[i].label, label))
            return true;
    }
    return false;
}

bool lp_server_parse(struct lp_config *config, struct lp_str word, struct lp_error *error)
{
    const char *shown = lp_word(config->arena, word);
    struct lp_str rest = lp_str_sub(word, 1, word.n), text;
    struct lp_server server = { 0 };
    bool named = lp_str_find(rest, '=') < rest.n;
    server.label = named ? lp_str_cut(&rest, '=') : rest;
    if (lp_name_is_host(rest))
        return lp_fail(
            error,
            lp_in_lang(config, "%s: a name server is given by its address, such as @192.0.2.53"),
            shown);
    if (!parse_socket(config->arena, rest, &text) || (named && !is_label(server.label)))
        return lp_fail(
            error,
            lp_in_lang(config, "%s is no name server, such as @192.0.2.53, @[2001:db8::53]:53 or "
                               "@inside=10.0.0.53"),
            shown);
    if (is_taken(&config->servers, server.label))
        return lp_fail(error, lp_in_lang(config, "%s: there is a name server of that name already"),
                       shown);
    if (config->servers.n >= SERVERS_MAX)
        return lp_fail(error, lp_in_lang(config, "%s: at most %d name servers"), shown,
                       SERVERS_MAX);
    lp_list_push(config->arena, &server.addresses, &text, sizeof text);
    lp_list_push(config->arena, &config->servers, &server, sizeof server);
    return true;
}

enum { RESOLV_MAX = 65536, RESOLV_SERVERS = 3 };

/* The first three count, as for libc. A scope id ("%eth0") makes a link-local address that our
 * sockets would need the device for: skipped. */
void lp_servers_read(struct lp_arena *arena, struct lp_str text, struct lp_list *addresses)
{
    while (text.n && addresses->n < RESOLV_SERVERS) {
        struct lp_str line = lp_str_cut(&text, '\n');
        struct lp_str found;
        struct lp_addr a;
        if (!lp_str_eq(lp_take_word(&line), LP_STR("nameserver")))
            continue;
        struct lp_str word = lp_take_word(&line);
        if (lp_addr_parse(word, &a) && parse_socket(arena, word, &found))
            lp_list_push(arena, addresses, &found, sizeof found);
    }
}

void lp_server_system(struct lp_arena *arena, struct lp_list *servers)
{
    struct lp_server server = { .label = LP_STR("system") };
    struct lp_str fallback = LP_STR("127.0.0.1:53");
    char *bytes = lp_arena_alloc(arena, RESOLV_MAX);
    FILE *file = fopen("/etc/resolv.conf", "re");
    struct lp_str text = { bytes, file ? fread(bytes, 1, RESOLV_MAX, file) : 0 };
    if (file)
        fclose(file);
    lp_servers_read(arena, text, &server.addresses);
    if (!server.addresses.n)
        lp_list_push(arena, &server.addresses, &fallback, sizeof fallback);
    lp_list_push(arena, servers, &server, sizeof server);
}
