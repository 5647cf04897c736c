/* topologies.c - topologies built in memory, for the tests of what follows from them */
#include "topologies.h"

#include <check.h>
#include <string.h>

#include "lp/facts.h"
#include "lp/text.h"

void town_open(struct town *town)
{
    *town = (struct town){ 0 };
    town->topology.file = LP_STR("contoso.yaml");
    town->topology.generation = LP_LYNC_2013;
    town->topology.days_warning = town->topology.days_critical = -1;
    town->topology.ad_domain.text = LP_STR("corp.contoso.example");
    static const bool fallback[] = {
#define X(id, word, on, title) on,
        LP_FEATURES(X)
#undef X
    };
    memcpy(town->topology.feature, fallback, sizeof fallback);
    town_domain(town, "contoso.example");
}

void town_close(struct town *town)
{
    lp_arena_release(&town->arena);
}

static struct lp_mark next_line(struct town *town)
{
    return (struct lp_mark){ ++town->line, 3 };
}

void town_domain(struct town *town, const char *domain)
{
    struct lp_marked item = { lp_str_of(domain), next_line(town) };
    lp_list_push(&town->arena, &town->topology.sip_domains, &item, sizeof item);
}

struct lp_list town_addresses(struct town *town, const char *addresses)
{
    struct lp_list list = { 0 };
    struct lp_str rest = lp_str_of(addresses);
    while (rest.n) {
        struct lp_addr address;
        ck_assert(lp_addr_parse(lp_str_cut(&rest, ' '), &address));
        lp_list_push(&town->arena, &list, &address, sizeof address);
    }
    return list;
}

struct lp_pool *town_pool(struct town *town, enum lp_role role, const char *fqdn,
                          const char *addresses)
{
    struct lp_pool pool = { .role = role, .mark = next_line(town) };
    pool.fqdn = *fqdn ? lp_str_of(fqdn) : LP_STR_NONE;
    pool.addresses = town_addresses(town, addresses);
    lp_list_push(&town->arena, &town->topology.pools, &pool, sizeof pool);
    return (struct lp_pool *)town->topology.pools.at + town->topology.pools.n - 1;
}

void town_member(struct town *town, struct lp_pool *pool, const char *fqdn, const char *addresses)
{
    struct lp_member member = { lp_str_of(fqdn), town_addresses(town, addresses), next_line(town) };
    lp_list_push(&town->arena, &pool->members, &member, sizeof member);
}

struct lp_edge_service town_service(struct town *town, const char *fqdn, const char *addresses)
{
    return (struct lp_edge_service){ .fqdn = lp_str_of(fqdn),
                                     .addresses = town_addresses(town, addresses),
                                     .mark = next_line(town) };
}

void town_url(struct town *town, enum lp_url_kind kind, const char *url)
{
    struct lp_simple_url item = { .kind = kind, .url = lp_str_of(url), .mark = next_line(town) };
    struct lp_str rest = lp_str_sub(item.url, strlen("https://"), item.url.n);
    item.host = lp_str_cut(&rest, '/');
    item.path = rest.n ? lp_str_sub(item.url, item.url.n - rest.n - 1, item.url.n) : LP_STR("/");
    lp_list_push(&town->arena, &town->topology.urls, &item, sizeof item);
}

/* ---- ready ones ---- */

static void add_urls(struct town *town)
{
    town_url(town, LP_URL_MEET, "https://meet.contoso.example");
    town_url(town, LP_URL_DIALIN, "https://dialin.contoso.example");
    town_url(town, LP_URL_ADMIN, "https://admin.contoso.example");
}

static void add_edge(struct town *town)
{
    struct lp_pool *edge = town_pool(town, LP_ROLE_EDGE, "edge.corp.contoso.example", "");
    town_member(town, edge, "edge01.corp.contoso.example", "10.77.0.21");
    town_member(town, edge, "edge02.corp.contoso.example", "10.77.0.22");
    edge->access = town_service(town, "access.contoso.example", "203.0.113.10 203.0.113.11");
    edge->conferencing = town_service(town, "conf.contoso.example", "203.0.113.12 203.0.113.13");
    edge->av = town_service(town, "av.contoso.example", "203.0.113.14 203.0.113.15");
    town_pool(town, LP_ROLE_PROXY, "", "203.0.113.20");
}

static void add_plain_roles(struct town *town)
{
    static const struct {
        enum lp_role role;
        const char *fqdn, *address;
    } rows[] = {
        { LP_ROLE_MEDIATION, "medsrv.corp.contoso.example", "10.77.0.31" },
        { LP_ROLE_CHAT, "chatsrv.corp.contoso.example", "10.77.0.32" },
        { LP_ROLE_BRANCH, "sba.corp.contoso.example", "10.77.0.33" },
        { LP_ROLE_OFFICE, "wac.contoso.example", "10.77.0.34" },
        { LP_ROLE_UM, "umsrv.corp.contoso.example", "10.77.0.35" },
        { LP_ROLE_SQL, "sql.corp.contoso.example", "10.77.0.36" },
        { LP_ROLE_ADFS, "sts.contoso.example", "10.77.0.37" },
        { LP_ROLE_ADFS_PROXY, "sts.contoso.example", "203.0.113.21" },
    };
    for (size_t i = 0; i < LP_COUNT(rows); i++)
        town_pool(town, rows[i].role, rows[i].fqdn, rows[i].address)->compliance =
            rows[i].role == LP_ROLE_CHAT;
}

void town_of_every_role(struct town *town)
{
    town_open(town);
    for (size_t i = 0; i < LP_FEATURE_COUNT; i++)
        town->topology.feature[i] = true;
    struct lp_pool *pool =
        town_pool(town, LP_ROLE_FRONT_END, "pool.corp.contoso.example", "10.77.0.10");
    town_member(town, pool, "fe01.corp.contoso.example", "10.77.0.11");
    town_member(town, pool, "fe02.corp.contoso.example", "10.77.0.12");
    pool->web_internal = LP_STR("webint.corp.contoso.example");
    pool->web_external = LP_STR("webext.contoso.example");
    struct lp_pool *standard =
        town_pool(town, LP_ROLE_STANDARD, "se.corp.contoso.example", "10.77.0.13");
    standard->web_external = LP_STR("webse.contoso.example");
    struct lp_pool *director =
        town_pool(town, LP_ROLE_DIRECTOR, "dir.corp.contoso.example", "10.77.0.15");
    director->web_external = LP_STR("webdir.contoso.example");
    add_edge(town);
    add_plain_roles(town);
    add_urls(town);
}

static void add_pool_by_dns(struct town *town, int n)
{
    struct lp_arena *arena = &town->arena;
    struct lp_pool *pool = town_pool(town, LP_ROLE_FRONT_END,
                                     lp_arena_printf(arena, "pool0%d.corp.contoso.example", n).p,
                                     lp_arena_printf(arena, "10.77.%d.10", n).p);
    for (int i = 1; i <= 2; i++)
        town_member(town, pool, lp_arena_printf(arena, "fe%d%d.corp.contoso.example", n, i).p,
                    lp_arena_printf(arena, "10.77.%d.1%d", n, i).p);
    pool->web_internal = lp_arena_printf(arena, "webint0%d.corp.contoso.example", n);
    pool->web_external = lp_arena_printf(arena, "webext0%d.contoso.example", n);
}

void town_of_two_pools(struct town *town)
{
    town_open(town);
    town_domain(town, "fabrikam.example");
    town_domain(town, "litware.example");
    add_pool_by_dns(town, 1);
    add_pool_by_dns(town, 2);
    struct lp_pool *director =
        town_pool(town, LP_ROLE_DIRECTOR, "dir.contoso.example", "10.77.0.15");
    director->web_external = LP_STR("webdir.contoso.example");
    add_edge(town);
    struct lp_pool *edge = (struct lp_pool *)town->topology.pools.at + 3;
    edge->access.addresses = town_addresses(town, "192.0.2.10");
    edge->access.nat = town_addresses(town, "203.0.113.10");
    edge->av.addresses = town_addresses(town, "192.0.2.14");
    edge->av.nat = town_addresses(town, "203.0.113.14");
    add_urls(town);
    town_url(town, LP_URL_MEET, "https://meet.fabrikam.example");
    town_url(town, LP_URL_MEET, "https://meet.litware.example");
}

void town_of_single_edge(struct town *town)
{
    town_open(town);
    struct lp_pool *standard =
        town_pool(town, LP_ROLE_STANDARD, "se.contoso.example", "10.77.0.13");
    standard->web_external = LP_STR("webext.contoso.example");
    struct lp_pool *edge = town_pool(town, LP_ROLE_EDGE, "edge.corp.contoso.example", "10.77.0.21");
    edge->access = town_service(town, "sip.contoso.example", "203.0.113.10");
    edge->access.port = 5061;
    edge->conferencing = town_service(town, "sip.contoso.example", "203.0.113.10");
    edge->conferencing.port = 444;
    edge->av = town_service(town, "sip.contoso.example", "203.0.113.10");
    town_pool(town, LP_ROLE_PROXY, "", "203.0.113.20");
    add_urls(town);
}

/* ---- asking ---- */

void town_expect(struct town *town)
{
    struct lp_expect_scope scope = { .whole = true };
    lp_expect_make(&town->topology, &scope, &town->arena, &town->expected);
}

const struct lp_expectation *town_row(const struct town *town, const char *table, int row,
                                      const struct lp_expectation *from)
{
    const struct lp_expectation *e = from ? from + 1 : town->expected.at;
    for (; e < town->expected.at + town->expected.n; e++) {
        if (e->row == row && !strcmp(e->table, table))
            return e;
    }
    return NULL;
}

const struct lp_expectation *town_record(const struct town *town, bool internal, const char *owner)
{
    for (size_t i = 0; i < town->expected.n; i++) {
        const struct lp_expectation *e = &town->expected.at[i];
        if (e->kind == LP_EXPECT_DNS && e->internal == internal &&
            lp_str_eq(e->dns.owner, lp_str_of(owner)))
            return e;
    }
    return NULL;
}

const struct lp_expectation *town_certificate(const struct town *town, const char *role)
{
    for (size_t i = 0; i < town->expected.n; i++) {
        const struct lp_expectation *e = &town->expected.at[i];
        if (e->kind == LP_EXPECT_CERT && !strcmp(e->role, role))
            return e;
    }
    return NULL;
}

const struct lp_expectation *town_port(const struct town *town, const char *host,
                                       const char *address, int64_t port)
{
    for (size_t i = 0; i < town->expected.n; i++) {
        const struct lp_expectation *e = &town->expected.at[i];
        char text[LP_ADDR_TEXT] = "";
        if (e->kind != LP_EXPECT_PORT || e->skip)
            continue;
        if (e->port.address.family)
            lp_addr_format(&e->port.address, text, sizeof text);
        if (!strcmp(text, address) && lp_str_eq(e->port.host, lp_str_of(host)) &&
            e->port.ports[0] == port)
            return e;
    }
    return NULL;
}

const char *town_names(struct town *town, const struct lp_list *names)
{
    const struct lp_str *at = names->at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < names->n; i++) {
        struct lp_str parts[] = { text, i ? LP_STR(" ") : LP_STR(""), at[i] };
        text = lp_arena_join(&town->arena, parts, LP_COUNT(parts));
    }
    return text.p;
}

const char *town_address_text(struct town *town, const struct lp_list *addresses)
{
    const struct lp_addr *at = addresses->at;
    struct lp_list names = { 0 };
    for (size_t i = 0; i < addresses->n; i++) {
        char text[LP_ADDR_TEXT];
        lp_addr_format(&at[i], text, sizeof text);
        struct lp_str name = lp_arena_str(&town->arena, lp_str_of(text));
        lp_list_push(&town->arena, &names, &name, sizeof name);
    }
    return town_names(town, &names);
}
