/* expect_list.c - the expectations under construction, each once */
#include "lp/expect_parts.h"
#include "lp/name.h"

static struct lp_str dns_key(struct lp_arena *arena, const struct lp_expectation *e)
{
    struct lp_str head =
        lp_arena_printf(arena, "%s %lld ", e->internal ? "in" : "out", (long long)e->dns.type);
    struct lp_str parts[] = { head, lp_name_normal(arena, e->dns.owner) };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

static struct lp_str port_key(struct lp_arena *arena, const struct lp_expectation *e)
{
    char address[LP_ADDR_TEXT];
    lp_addr_format(&e->port.address, address, sizeof address);
    struct lp_str head =
        lp_arena_printf(arena, "port %d %s:%lld/%d %s ", e->row, address,
                        (long long)e->port.ports[0], e->port.udp, e->skip ? "skip" : "");
    struct lp_str parts[] = { head, lp_name_normal(arena, e->port.host), e->port.path };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

struct lp_str lp_expect_key(struct lp_arena *arena, const struct lp_expectation *e)
{
    return e->kind == LP_EXPECT_DNS ? dns_key(arena, e) : port_key(arena, e);
}

/* FNV-1a; the file is the user's own, so that nobody chooses keys against it. */
static uint64_t hash_of(struct lp_str key)
{
    uint64_t hash = 14695981039346656037U;
    for (size_t i = 0; i < key.n; i++)
        hash = (hash ^ (unsigned char)key.p[i]) * 1099511628211U;
    return hash;
}

struct lp_expectation *lp_expect_find(const struct lp_derive *derive, struct lp_str key)
{
    uint64_t hash = hash_of(key);
    const struct lp_list *bucket = &derive->by_hash[hash % derive->buckets];
    const struct lp_expect_ref *refs = bucket->at;
    struct lp_expectation *all = derive->out.at;
    for (size_t i = 0; i < bucket->n; i++) {
        struct lp_expectation *e = &all[refs[i].index];
        if (refs[i].hash == hash && lp_str_eq(lp_expect_key(derive->arena, e), key))
            return e;
    }
    return NULL;
}

void lp_expect_add(struct lp_derive *derive, const struct lp_expectation *e)
{
    uint64_t hash = hash_of(lp_expect_key(derive->arena, e));
    struct lp_expect_ref ref = { hash, derive->out.n };
    lp_list_push(derive->arena, &derive->by_hash[hash % derive->buckets], &ref, sizeof ref);
    lp_list_push(derive->arena, &derive->out, e, sizeof *e);
}
