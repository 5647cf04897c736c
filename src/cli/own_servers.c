/* own_servers.c - --all-ns: the name servers of each domain's own zone, beside those given */
#include "lp/session.h"

#include "lp/plan.h"
#include "lp/text.h"

/* A run that asks for name servers alone. */
struct search {
    const struct lp_config *config;
    struct lp_domains *domains;
    struct lp_list *found;
};

/* What is live is looked for, not what is planned. */
static bool next_search(void *self, struct lp_arena *arena, struct lp_setup *setup)
{
    const struct search *s = self;
    if (!lp_domains_next(s->domains, arena, setup))
        return false;
    if (setup->zones.n) {
        const struct lp_server *servers = setup->servers.at;
        setup->servers = (struct lp_list){ (void *)(servers + 1), setup->servers.n - 1 };
        setup->zones = (struct lp_list){ 0 };
    }
    setup->servers.n = 1;
    setup->part = LP_STR("servers");
    return true;
}

/* The log goes away: what is kept is copied. */
static struct lp_list keep(struct lp_arena *arena, const struct lp_list *servers)
{
    const struct lp_server *at = servers->at;
    struct lp_list kept = { 0 };
    for (size_t i = 0; i < servers->n; i++) {
        struct lp_server server = { .label = lp_arena_str(arena, at[i].label),
                                    .zone = lp_arena_str(arena, at[i].zone) };
        const struct lp_str *addresses = at[i].addresses.at;
        for (size_t k = 0; k < at[i].addresses.n; k++) {
            struct lp_str text = lp_arena_str(arena, addresses[k]);
            lp_list_push(arena, &server.addresses, &text, sizeof text);
        }
        lp_list_push(arena, &kept, &server, sizeof server);
    }
    return kept;
}

static void on_found(void *self, struct lp_log *log)
{
    struct search *s = self;
    struct lp_arena arena = { 0 };
    struct lp_list servers = { 0 };
    struct lp_error error = { "" };
    lp_zone_servers(log, &arena, &servers);
    struct lp_list kept = keep(s->config->arena, &servers);
    lp_list_push(s->config->arena, s->found, &kept, sizeof kept);
    if (!kept.n) {
        lp_fail(&error, "%s: its name servers were not found; only those given are asked",
                lp_term(&arena, log->setup.domain));
        lp_complain(&error, 0);
    }
    lp_arena_release(&arena);
}

bool lp_own_servers_find(const struct lp_config *config, struct lp_own_servers *own,
                         struct lp_error *error)
{
    struct search search = { config, own->domains, &own->found };
    if (!config->all_ns)
        return true;
    struct lp_run_options options = lp_run_options_of(config, search.domains);
    options.source = (struct lp_walk_source){ &search, next_search };
    options.sink = (struct lp_walk_sink){ .self = &search, .ended = on_found };
    options.topology = NULL;
    options.zones = NULL;
    bool ok = lp_run(&options, error);
    lp_domains_rewind(own->domains);
    return ok;
}

/* Is it given already, by address? */
static bool is_there(const struct lp_list *servers, const struct lp_server *server)
{
    const struct lp_server *at = servers->at;
    for (size_t i = 0; i < servers->n; i++) {
        const struct lp_str *own = at[i].addresses.at, *other = server->addresses.at;
        if (at[i].addresses.n == 1 && lp_str_eq(own[0], other[0]) &&
            !lp_str_eq(at[i].label, LP_STR("planned")))
            return true;
    }
    return false;
}

bool lp_own_servers_next(void *self, struct lp_arena *arena, struct lp_setup *setup)
{
    struct lp_own_servers *own = self;
    const struct lp_list *found = own->found.at;
    if (!lp_domains_next(own->domains, arena, setup))
        return false;
    size_t walk = own->next++;
    const struct lp_server *given = setup->servers.at;
    struct lp_list all = { 0 };
    for (size_t i = 0; i < setup->servers.n; i++)
        lp_list_push(arena, &all, &given[i], sizeof given[i]);
    for (size_t i = 0; walk < own->found.n && i < found[walk].n; i++) {
        const struct lp_server *server = (const struct lp_server *)found[walk].at + i;
        if (!is_there(&all, server))
            lp_list_push(arena, &all, server, sizeof *server);
    }
    setup->servers = all;
    return true;
}
