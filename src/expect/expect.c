/* expect.c - from a topology to everything that must be there */
#include "lp/expect_parts.h"
#include "lp/name.h"

const char *lp_expect_word(enum lp_expect_kind kind)
{
    static const char *const words[] = { "dns", "certificate", "port" };
    return words[kind];
}

bool lp_expect_knows_domain(const struct lp_topology *topology, struct lp_str domain)
{
    const struct lp_marked *domains = topology->sip_domains.at;
    for (size_t i = 0; i < topology->sip_domains.n; i++) {
        if (lp_name_eq(domains[i].text, domain))
            return true;
    }
    return false;
}

static bool is_in_scope(const struct lp_expect_scope *scope, const struct lp_expectation *e)
{
    if (!e->domain.n)
        return scope->whole;
    return !scope->domain.n || lp_name_eq(scope->domain, e->domain);
}

static struct lp_derive derive_of(const struct lp_topology *topology, struct lp_arena *arena)
{
    const struct lp_pool *pools = topology->pools.at;
    size_t n = 256 + 32 * topology->sip_domains.n + 64 * topology->pools.n;
    for (size_t i = 0; i < topology->pools.n; i++)
        n += 32 * pools[i].members.n;
    struct lp_derive derive = { .topology = topology, .arena = arena, .buckets = n };
    derive.by_hash = lp_arena_array(arena, n, sizeof *derive.by_hash);
    return derive;
}

/* What belongs to whom is known when all records are: only then is the rest left out. */
static void take_dns(const struct lp_derive *dns, const struct lp_expect_scope *scope,
                     struct lp_derive *to)
{
    const struct lp_expectation *all = dns->out.at;
    for (int internal = 1; internal >= 0; internal--) {
        for (size_t i = 0; i < dns->out.n; i++) {
            if (all[i].internal == internal && is_in_scope(scope, &all[i]))
                lp_list_push(to->arena, &to->out, &all[i], sizeof all[i]);
        }
    }
}

void lp_expect_make(const struct lp_topology *topology, const struct lp_expect_scope *scope,
                    struct lp_arena *arena, struct lp_expectations *out)
{
    struct lp_derive dns = derive_of(topology, arena), all = derive_of(topology, arena);
    lp_expect_dns(&dns);
    take_dns(&dns, scope, &all);
    if (scope->whole) {
        lp_expect_certs(&all);
        lp_expect_ports(&all);
    }
    *out = (struct lp_expectations){ topology, all.out.at, all.out.n };
}
