/* zonefile_answer.c - what an authoritative server with planned zones would say */
#include <string.h>

#include "lp/name.h"
#include "lp/zonefile_parts.h"

enum { RCODE_NXDOMAIN = 3, RCODE_YXDOMAIN = 6 };

/* ---- the tree ---- */

void lp_zone_key_of(struct lp_str name, struct lp_zone_key *key)
{
    size_t end = name.n;
    key->n = 0;
    if (end && name.p[end - 1] == '.')
        end--;
    if (end > sizeof key->text - 3)
        end = 0;
    while (end > 0) {
        size_t from = end;
        while (from > 0 && name.p[from - 1] != '.')
            from--;
        if (key->n)
            key->text[key->n++] = LP_ZONE_SEPARATOR;
        for (size_t i = from; i < end; i++)
            key->text[key->n++] = lp_ascii_lower(name.p[i]);
        end = from ? from - 1 : 0;
    }
}

/* Index of the first record whose key is that or sorts behind it; record.n: none. */
static size_t find_record(const struct lp_zone *zone, struct lp_str key)
{
    const struct lp_zone_record *at = zone->record.at;
    size_t low = 0, high = zone->record.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lp_str_cmp(at[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The records of one name; n 0: none, though there may be some below it. */
struct node {
    const struct lp_zone_record *at;
    size_t n;
};

static struct node node_at(const struct lp_zone *zone, struct lp_str key)
{
    const struct lp_zone_record *at = zone->record.at;
    size_t from = find_record(zone, key), to = from;
    while (to < zone->record.n && lp_str_eq(at[to].key, key))
        to++;
    return (struct node){ at + from, to - from };
}

static bool has_below(const struct lp_zone *zone, struct lp_str key)
{
    const struct lp_zone_record *at = zone->record.at;
    size_t i = find_record(zone, key);
    while (i < zone->record.n && lp_str_eq(at[i].key, key))
        i++;
    return i < zone->record.n && at[i].key.n > key.n && memcmp(at[i].key.p, key.p, key.n) == 0 &&
           at[i].key.p[key.n] == LP_ZONE_SEPARATOR;
}

static const struct lp_zone_record *find_type(struct node node, int64_t type)
{
    const struct lp_zone_record *at = node.at;
    for (size_t i = 0; i < node.n; i++) {
        if (at[i].rr.type == type)
            return &at[i];
    }
    return NULL;
}

/* The next longer name on the way from `upper` down to key. */
static struct lp_str one_down(struct lp_str key, struct lp_str upper)
{
    size_t n = upper.n + 1;
    while (n < key.n && key.p[n] != LP_ZONE_SEPARATOR)
        n++;
    return lp_str_sub(key, 0, n);
}

/* ---- where a name stands in a zone ---- */

struct place {
    bool delegated;
    const struct lp_zone_record *dname; /* above the name; NULL none */
    bool exists;                        /* the name itself, if only by what is below it */
    struct node node;                   /* the name's records */
    struct lp_str closest;              /* key of the longest name on its way that exists */
};

/* From the origin down (RFC 1034 section 4.3.2, step 3). */
static void find_place(const struct lp_zone *zone, struct lp_str key, struct place *out)
{
    struct lp_zone_key origin;
    lp_zone_key_of(zone->origin, &origin);
    struct lp_str at = lp_str_sub(key, 0, origin.n);
    *out = (struct place){ .closest = at, .node = node_at(zone, at), .exists = true };
    while (at.n < key.n) {
        out->dname = find_type(out->node, LP_ZONE_DNAME);
        if (out->dname)
            return;
        at = one_down(key, at);
        out->node = node_at(zone, at);
        out->exists = out->node.n || has_below(zone, at);
        if (out->exists)
            out->closest = at;
        if (find_type(out->node, LP_DNS_NS))
            out->delegated = true;
        if (out->delegated || !out->exists)
            break;
    }
    out->exists = out->exists && at.n == key.n;
}

/* The zone with the longest origin that holds the name; NULL: none. */
static const struct lp_zone *zone_of(const struct lp_list *zones, struct lp_str name)
{
    const struct lp_zone *at = zones ? zones->at : NULL, *best = NULL;
    for (size_t i = 0; zones && i < zones->n; i++) {
        if (lp_name_in_domain(name, at[i].origin) && (!best || at[i].origin.n > best->origin.n))
            best = &at[i];
    }
    return best;
}

bool lp_zones_speak(const struct lp_list *zones, struct lp_str name)
{
    const struct lp_zone *zone = zone_of(zones, name);
    struct lp_zone_key key;
    struct place place;
    if (!zone)
        return false;
    lp_zone_key_of(name, &key);
    find_place(zone, (struct lp_str){ key.text, key.n }, &place);
    return !place.delegated;
}

/* ---- the answer ---- */

struct answer {
    struct lp_arena *arena;
    struct lp_dns_facts *facts;
    struct lp_str name; /* where the chain stands */
};

static void push(struct answer *a, const struct lp_rr *rr)
{
    if (a->facts->rrs.n < LP_ZONE_ANSWER_MAX)
        lp_list_push(a->arena, &a->facts->rrs, rr, sizeof *rr);
    else
        a->facts->cut++;
}

static void push_answer(struct answer *a, const struct lp_zone_record *record)
{
    struct lp_rr rr = record->rr;
    rr.section = LP_STR("answer");
    rr.owner = a->name; /* a wildcard's record is the name's own */
    push(a, &rr);
}

/* The TTL of a denial is the smaller of the SOA's own and its minimum (RFC 2308 section 5). */
static void push_soa(struct answer *a, const struct lp_zone *zone)
{
    struct lp_zone_key key;
    lp_zone_key_of(zone->origin, &key);
    struct node apex = node_at(zone, (struct lp_str){ key.text, key.n });
    const struct lp_zone_record *soa = find_type(apex, LP_DNS_SOA);
    if (!soa)
        return;
    struct lp_rr rr = soa->rr;
    rr.section = LP_STR("authority");
    rr.ttl = rr.minimum < rr.ttl ? rr.minimum : rr.ttl;
    push(a, &rr);
}

/* RFC 6672 section 2.2: what stands below the owner moves below the target. */
static bool follow_dname(struct answer *a, const struct lp_zone_record *dname)
{
    size_t above = dname->rr.owner.n + 1;
    struct lp_str parts[] = { lp_str_sub(a->name, 0, a->name.n - above + 1), dname->rr.name };
    struct lp_rr rr = { .section = LP_STR("answer"), .owner = a->name, .type = LP_DNS_CNAME };
    rr.ttl = dname->rr.ttl;
    rr.name = lp_arena_join(a->arena, parts, LP_COUNT(parts));
    push(a, &rr);
    a->name = rr.name;
    return rr.name.n <= LP_NAME_MAX;
}

/* True: the chain goes on at a->name. */
static bool take_node(struct answer *a, struct node node, enum lp_outcome *outcome)
{
    const struct lp_zone_record *alias = find_type(node, LP_DNS_CNAME);
    *outcome = LP_NODATA;
    if (alias && a->facts->type != LP_DNS_CNAME) {
        push_answer(a, alias);
        a->name = alias->rr.name;
        return true;
    }
    for (size_t i = 0; i < node.n; i++) {
        if (node.at[i].rr.type != a->facts->type)
            continue;
        push_answer(a, &node.at[i]);
        *outcome = LP_ANSWER;
    }
    return false;
}

/* RFC 4592 section 3.3.1: the wildcard below the closest encloser, and no other. */
static struct node wildcard_of(const struct lp_zone *zone, struct lp_str closest)
{
    static const char star[] = { LP_ZONE_SEPARATOR, '*' };
    struct lp_zone_key key;
    memcpy(key.text, closest.p, closest.n);
    memcpy(key.text + closest.n, star, sizeof star);
    return node_at(zone, (struct lp_str){ key.text, closest.n + sizeof star });
}

/* One step of the chain. True: it goes on at a->name. LP_NONE: the zones do not speak of it. */
static bool take_name(const struct lp_list *zones, struct answer *a, enum lp_outcome *outcome)
{
    const struct lp_zone *zone = zone_of(zones, a->name);
    struct lp_zone_key key;
    struct place place;
    *outcome = LP_NONE;
    if (!zone)
        return false;
    lp_zone_key_of(a->name, &key);
    find_place(zone, (struct lp_str){ key.text, key.n }, &place);
    if (place.delegated)
        return false;
    if (place.dname) {
        *outcome = LP_SERVFAIL; /* should it end here: a name too long */
        return follow_dname(a, place.dname);
    }
    if (!place.exists)
        place.node = wildcard_of(zone, place.closest);
    bool more = take_node(a, place.node, outcome);
    if (*outcome == LP_NODATA && !place.exists && !place.node.n)
        *outcome = LP_NXDOMAIN;
    if (*outcome != LP_ANSWER && !more)
        push_soa(a, zone);
    return more;
}

enum lp_outcome lp_zones_answer(const struct lp_list *zones, struct lp_arena *arena,
                                struct lp_dns_facts *facts)
{
    struct answer a = { arena, facts, lp_name_normal(arena, facts->name) };
    const struct lp_zone *zone = zone_of(zones, facts->name);
    enum lp_outcome outcome = LP_NONE;
    size_t aliases = 0;
    if (!zone || !lp_zones_speak(zones, facts->name))
        return LP_NONE;
    struct lp_str from[] = { LP_STR("zone-file "), zone->file };
    facts->from = lp_arena_join(arena, from, LP_COUNT(from));
    facts->aa = true;
    while (take_name(zones, &a, &outcome) && aliases < LP_ZONE_ALIASES_MAX)
        aliases++;
    facts->rcode = outcome == LP_NXDOMAIN ? RCODE_NXDOMAIN : 0;
    if (outcome == LP_SERVFAIL)
        facts->rcode = RCODE_YXDOMAIN;
    return facts->rcode || !aliases ? outcome : LP_ANSWER;
}
