/* resolve.c - one name and type at one server, through all answers of the log */
#include "lp/keys.h"
#include "lp/plan.h"

/* Work in progress: what lp_resolved shows as const. */
struct trail {
    const struct lp_log *log;
    struct lp_arena *arena;
    struct lp_resolved *out;
    struct lp_hop hops[LP_MAX_ALIASES];
    int64_t evidence[LP_MAX_ALIASES + 1];
    struct lp_str name; /* where the chain stands */
};

static bool was_visited(const struct trail *t, struct lp_str name)
{
    if (lp_name_eq(t->out->name, name))
        return true;
    for (size_t i = 0; i < t->out->hop_count; i++) {
        if (lp_name_eq(t->hops[i].target, name))
            return true;
    }
    return false;
}

static void note_ttl(struct lp_resolved *out, int64_t ttl)
{
    if (out->ttl < 0 || ttl < out->ttl)
        out->ttl = ttl;
}

static const struct lp_rr *find_rr(const struct lp_dns_facts *facts, struct lp_str owner,
                                   int64_t type)
{
    const struct lp_rr *rrs = facts->rrs.at;
    for (size_t i = 0; i < facts->rrs.n; i++) {
        if (rrs[i].type == type && lp_str_eq(rrs[i].section, LP_STR("answer")) &&
            lp_name_eq(rrs[i].owner, owner))
            return &rrs[i];
    }
    return NULL;
}

/* Follows the aliases inside one message. False: the chain loops or is too long. */
static bool follow_aliases(struct trail *t, const struct lp_evidence *e,
                           const struct lp_dns_facts *facts)
{
    const struct lp_rr *alias;
    while (t->out->type != LP_DNS_CNAME && (alias = find_rr(facts, t->name, LP_DNS_CNAME))) {
        bool seen = was_visited(t, alias->name);
        if (t->out->hop_count < LP_MAX_ALIASES) {
            t->hops[t->out->hop_count++] =
                (struct lp_hop){ t->name, alias->name, alias->ttl, e->id };
            note_ttl(t->out, alias->ttl);
        } else {
            seen = true;
        }
        if (seen)
            return false;
        t->name = alias->name;
    }
    return true;
}

static size_t preference(const struct lp_rr *a, const struct lp_rr *b)
{
    if (a->priority != b->priority)
        return a->priority < b->priority;
    return a->weight > b->weight;
}

/* Keeps the order of arrival among equals: the client takes the one received first
   (domain.md 1.2). */
static void insert_record(const struct lp_rr **records, size_t n, const struct lp_rr *rr)
{
    size_t at = n;
    while (rr->type == LP_DNS_SRV && at > 0 && preference(rr, records[at - 1])) {
        records[at] = records[at - 1];
        at--;
    }
    records[at] = rr;
}

static void collect_records(struct trail *t, const struct lp_dns_facts *facts)
{
    const struct lp_rr *rrs = facts->rrs.at;
    const struct lp_rr **records =
        lp_arena_array(t->arena, facts->rrs.n + 1, sizeof(struct lp_rr *));
    size_t n = 0;
    for (size_t i = 0; i < facts->rrs.n; i++) {
        if (rrs[i].type != t->out->type || !lp_str_eq(rrs[i].section, LP_STR("answer")) ||
            !lp_name_eq(rrs[i].owner, t->name))
            continue;
        insert_record(records, n++, &rrs[i]);
        note_ttl(t->out, rrs[i].ttl);
    }
    t->out->records = records;
    t->out->record_count = n;
}

/* An SOA in the authority section: the server knows that nothing follows (RFC 2308). */
static bool says_no_more(const struct lp_dns_facts *facts)
{
    const struct lp_rr *rrs = facts->rrs.at;
    for (size_t i = 0; i < facts->rrs.n; i++) {
        if (rrs[i].type == LP_DNS_SOA && lp_str_eq(rrs[i].section, LP_STR("authority")))
            return true;
    }
    return false;
}

/* Reads one answer. True: the chain goes on with another question. */
static bool read_answer(struct trail *t, const struct lp_evidence *e,
                        const struct lp_dns_facts *facts)
{
    size_t before = t->out->hop_count;
    if (!follow_aliases(t, e, facts)) {
        t->out->loop = true;
        t->out->outcome = LP_SERVFAIL;
        return false;
    }
    collect_records(t, facts);
    if (t->out->record_count) {
        t->out->outcome = LP_ANSWER;
        return false;
    }
    if (e->outcome != LP_ANSWER || t->out->hop_count == before || says_no_more(facts)) {
        t->out->outcome = e->outcome == LP_ANSWER ? LP_NODATA : e->outcome;
        return false;
    }
    return true;
}

/* Each message that goes on has added an alias, and their number ends it. */
static void walk_chain(struct trail *t)
{
    bool more = true;
    while (more) {
        struct lp_resolved question = { .name = t->name,
                                        .type = t->out->type,
                                        .server = t->out->server };
        const struct lp_evidence *e = lp_log_find(t->log, lp_dns_key(t->arena, &question));
        if (!e) {
            t->out->next = t->name;
            return;
        }
        t->evidence[t->out->evidence_count++] = e->id;
        more = read_answer(t, e, lp_dns_of(e));
    }
}

/* A name that is there, only without that service, is a missing SRV record: so answers an
   alias for all names of a zone. */
static bool leads_nowhere(const struct lp_resolved *end)
{
    return end->outcome == LP_NXDOMAIN || (end->outcome == LP_NODATA && end->type != LP_DNS_SRV);
}

static const void *keep(struct lp_arena *arena, const void *from, size_t bytes)
{
    void *copy = lp_arena_alloc(arena, bytes);
    __builtin_memcpy(copy, from, bytes);
    return copy;
}

void lp_resolve(const struct lp_log *log, struct lp_arena *arena,
                const struct lp_resolved *question, struct lp_resolved *out)
{
    struct lp_str name = lp_name_normal(arena, question->name);
    *out = (struct lp_resolved){
        .name = name, .type = question->type, .server = question->server, .ttl = -1
    };
    struct trail t = { .log = log, .arena = arena, .out = out, .name = name };
    walk_chain(&t);
    out->canonical = t.name;
    out->hops = keep(arena, t.hops, out->hop_count * sizeof t.hops[0]);
    out->evidence = keep(arena, t.evidence, out->evidence_count * sizeof t.evidence[0]);
    out->dangling = out->hop_count && leads_nowhere(out);
}
