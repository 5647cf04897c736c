/* places.c - where packets for a host and port go: overrides, literals, A and AAAA */
#include "lp/plan.h"

struct target {
    struct lp_str host;
    int64_t port;
    int64_t connect_port; /* 0: same as port */
    bool overridden;
};

static void add_place(struct lp_places *out, struct lp_place place)
{
    struct lp_place *at = (struct lp_place *)out->at;
    for (size_t i = 0; i < out->n; i++) {
        if (lp_addr_eq(&at[i].address, &place.address))
            return;
    }
    out->total++;
    if (out->n < LP_MAX_ADDRESSES)
        at[out->n++] = place;
}

/* curl's meaning: an empty host or port in the rule matches any; an empty new one
   keeps the old. */
static struct target redirect_connection(const struct lp_setup *setup, struct lp_str host,
                                         int64_t port)
{
    const struct lp_connect_rule *rules = setup->connect_to.at;
    struct target t = { host, port, 0, false };
    for (size_t i = 0; i < setup->connect_to.n; i++) {
        const struct lp_connect_rule *r = &rules[i];
        if ((r->host.n && !lp_name_eq(r->host, host)) || (r->port && r->port != port))
            continue;
        if (r->to_host.n)
            t.host = r->to_host;
        t.connect_port = r->to_port && r->to_port != port ? r->to_port : 0;
        t.port = r->to_port ? r->to_port : port;
        t.overridden = true;
        return t;
    }
    return t;
}

static const struct lp_resolve_rule *find_resolve(const struct lp_setup *setup,
                                                  const struct target *t)
{
    const struct lp_resolve_rule *rules = setup->resolve.at;
    const struct lp_resolve_rule *any = NULL;
    for (size_t i = 0; i < setup->resolve.n; i++) {
        if (rules[i].port != t->port)
            continue;
        if (lp_name_eq(rules[i].host, t->host))
            return &rules[i];
        if (lp_str_eq(rules[i].host, LP_STR("*")) && !any)
            any = &rules[i];
    }
    return any;
}

static void take_records(struct lp_places *out, const struct lp_resolved *r, const struct target *t)
{
    for (size_t i = 0; i < r->record_count; i++)
        add_place(out, (struct lp_place){ r->records[i]->address, t->connect_port, t->overridden,
                                          r->evidence[r->evidence_count - 1] });
}

/* The word that tells most about a name without address. */
static enum lp_outcome worse(enum lp_outcome a, enum lp_outcome b)
{
    static const enum lp_outcome order[] = { LP_SERVFAIL,  LP_REFUSED, LP_MALFORMED,
                                             LP_TIMEOUT,   LP_CRASHED, LP_BLOCKED,
                                             LP_NOT_TRIED, LP_NODATA,  LP_NXDOMAIN };
    for (size_t i = 0; i < LP_COUNT(order); i++) {
        if (a == order[i] || b == order[i])
            return order[i];
    }
    return LP_NONE;
}

/* NXDOMAIN is of the name, whatever becomes of the question for the other type (RFC 8020).
   Only A is taken at its word: there are balancers that say so of AAAA for names that
   exist (RFC 4074 4.2). */
static enum lp_outcome outcome_of(const struct lp_places *places)
{
    if (places->a.outcome == LP_NXDOMAIN && !places->a.hop_count && !places->aaaa.hop_count)
        return LP_NXDOMAIN;
    return worse(places->a.outcome, places->aaaa.outcome);
}

static void ask_dns(const struct lp_log *log, struct lp_arena *arena, const struct target *t,
                    struct lp_places *out)
{
    struct lp_resolved a = { .name = t->host, .type = LP_DNS_A };
    struct lp_resolved aaaa = { .name = t->host, .type = LP_DNS_AAAA };
    if (!log->setup.only6)
        lp_resolve(log, arena, &a, &out->a);
    if (!log->setup.only4)
        lp_resolve(log, arena, &aaaa, &out->aaaa);
    take_records(out, &out->a, t);
    take_records(out, &out->aaaa, t);
    bool open = out->a.next.p || out->aaaa.next.p;
    out->next = out->a.next.p ? out->a.next : out->aaaa.next;
    if (out->n)
        out->outcome = LP_ANSWER;
    else if (!open)
        out->outcome = outcome_of(out);
}

/* NOLINTNEXTLINE(readability-function-size): host and port are one thing, the endpoint */
void lp_places_of(const struct lp_log *log, struct lp_arena *arena, struct lp_str host,
                  int64_t port, struct lp_places *out)
{
    *out = (struct lp_places){ .at = lp_arena_array(arena, LP_MAX_ADDRESSES,
                                                    sizeof(struct lp_place)) };
    struct target t = redirect_connection(&log->setup, host, port);
    const struct lp_resolve_rule *rule = find_resolve(&log->setup, &t);
    struct lp_addr literal;
    if (rule) {
        const struct lp_address_item *items = rule->addresses.at;
        for (size_t i = 0; i < rule->addresses.n; i++)
            add_place(out, (struct lp_place){ items[i].address, t.connect_port, true, 0 });
    } else if (lp_addr_parse(t.host, &literal)) {
        add_place(out, (struct lp_place){ literal, t.connect_port, t.overridden, 0 });
    } else if (lp_name_is_host(t.host)) {
        ask_dns(log, arena, &t, out);
        return;
    }
    out->outcome = out->n ? LP_ANSWER : LP_MALFORMED;
}
