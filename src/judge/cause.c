/* cause.c - which claim merely follows from which */
#include <string.h>

#include "lp/court.h"
#include "lp/name.h"

/* How two claims are to be related for one to be the other's cause. */
enum relation {
    SAME_RUN, /* any two of a report */
    SAME_STEP,
    SAME_NAME,   /* owner, target or host */
    SAME_HOST,   /* host and port */
    SAME_PORT,   /* address and port, whatever name led there */
    SAME_NODE,   /* the address */
    SAME_SERVER, /* the machine by the topology's word, whatever its addresses */
    SAME_POOL,   /* nodes of one pool, the port */
    SAME_LEAF,   /* the certificate */
    BY_CLOUD,    /* the follower's record is on the wrong side of a move to the cloud */
    BY_WILDCARD, /* the follower's name may exist by the wildcard alone */
    BY_DEADLINE, /* the follower rests on a question that the deadline cut */
    BEFORE,      /* same id: the first in order speaks for the rest */
};

struct row {
    const char *follower; /* id; ended by "-" the beginning of ids */
    const char *cause;
    enum relation relation;
};

/* First match wins. */
static const struct row rows[] = {
    { "LP-PORT-FILTERED", "LP-RUN-DEADLINE", BY_DEADLINE },
    { "LP-TLS-", "LP-RUN-DEADLINE", BY_DEADLINE },
    { "LP-SIP-NO-ANSWER", "LP-RUN-DEADLINE", BY_DEADLINE },
    { "LP-AD-UNREACHABLE", "LP-RUN-DEADLINE", BY_DEADLINE },
    { "LP-DNS-TIMEOUT", "LP-RUN-DEADLINE", BY_DEADLINE },
    { "LP-DNS-RECORD-MISSING", "LP-DNS-NO-RECORDS", SAME_RUN },
    { "LP-DNS-ADDRESS", "LP-CLOUD-MIXED", BY_CLOUD },
    { "LP-DNS-OUTSIDE-ANSWER", "LP-CLOUD-MIXED", BY_CLOUD },
    { "LP-DNS-SRV-TARGET", "LP-CLOUD-MIXED", BY_CLOUD },
    { "LP-DNS-RECORD-MISSING", "LP-AD-ACCESS-LOCATION", SAME_STEP },
    { "LP-DNS-SRV-TARGET-DOMAIN", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-DNS-SRV-TARGET-MISSING", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-DNS-SRV-TARGET-MISSING", "LP-DNS-RECORD-MISSING", SAME_NAME },
    { "LP-DNS-SRV-TARGET-CNAME", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-DNS-NAME-INVALID", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-PORT-", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-TLS-", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-CERT-", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-SIP-", "LP-DNS-SRV-TARGET", SAME_NAME },
    { "LP-DNS-ADDRESS", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-DNS-OUTSIDE-ANSWER", "LP-DNS-OUTSIDE-ANSWER", SAME_NODE },
    { "LP-PORT-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-TLS-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-CERT-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-SIP-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-AD-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-HTTP-", "LP-DNS-ADDRESS", SAME_NODE },
    { "LP-DNS-INTERNAL-LEAK", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-DNS-RECORD-MISSING", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-DNS-CNAME-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-PORT-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-TLS-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-CERT-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-AD-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-SIP-", "LP-DNS-WILDCARD", BY_WILDCARD },
    { "LP-DNS-INTERNAL-ADDRESS", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-DNS-SERVFAIL", "LP-DNS-SERVFAIL", BEFORE },
    { "LP-DNS-REFUSED", "LP-DNS-REFUSED", BEFORE },
    { "LP-DNS-TIMEOUT", "LP-DNS-TIMEOUT", BEFORE },
    { "LP-DNS-MALFORMED", "LP-DNS-MALFORMED", BEFORE },
    { "LP-DNS-SERVERS-DIFFER", "LP-DNS-SERVERS-DIFFER", BEFORE },
    { "LP-DNS-TTL-HIGH", "LP-DNS-TTL-HIGH", BEFORE },
    { "LP-DNS-INTERNAL-ADDRESS", "LP-DNS-INTERNAL-ADDRESS", BEFORE },
    { "LP-DNS-NAME-INVALID", "LP-DNS-NAME-INVALID", BEFORE },
    { "LP-DNS-SRV-TARGET-CNAME", "LP-DNS-CNAME-DANGLING", SAME_NAME },
    { "LP-DNS-SRV-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-DNS-CNAME-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-PORT-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-TLS-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-CERT-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-AD-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-SIP-", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-RUN-BLOCKED", "LP-DNS-INTERNAL-LEAK", SAME_STEP },
    { "LP-DNS-SRV-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-DNS-CNAME-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-PORT-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-TLS-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-CERT-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-AD-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-SIP-", "LP-CLOUD-LEFTOVER", SAME_STEP },
    { "LP-RUN-BLOCKED", "LP-DNS-INTERNAL-ADDRESS", SAME_NAME },
    { "LP-RUN-BLOCKED", "LP-DNS-SRV-PORT", SAME_HOST },
    { "LP-RUN-BLOCKED", "LP-AD-REDIRECT-DOMAIN", SAME_STEP },
    { "LP-PORT-", "LP-DNS-INTERNAL-ADDRESS", SAME_NAME },
    { "LP-TLS-", "LP-DNS-INTERNAL-ADDRESS", SAME_NAME },
    { "LP-CERT-", "LP-DNS-INTERNAL-ADDRESS", SAME_NAME },
    { "LP-PORT-", "LP-DNS-SRV-PORT", SAME_HOST },
    { "LP-TLS-", "LP-DNS-SRV-PORT", SAME_HOST },
    { "LP-SIP-", "LP-DNS-SRV-PORT", SAME_HOST },
    { "LP-CERT-", "LP-DNS-SRV-PORT", SAME_HOST },
    { "LP-PORT-CLOSED", "LP-PORT-POOL-PARTIAL", SAME_HOST },
    { "LP-PORT-FILTERED", "LP-PORT-POOL-PARTIAL", SAME_HOST },
    { "LP-PORT-UNREACHABLE", "LP-PORT-POOL-PARTIAL", SAME_HOST },
    { "LP-PORT-CLOSED", "LP-PORT-POOL-PARTIAL", SAME_POOL },
    { "LP-PORT-FILTERED", "LP-PORT-POOL-PARTIAL", SAME_POOL },
    { "LP-PORT-UNREACHABLE", "LP-PORT-POOL-PARTIAL", SAME_POOL },
    { "LP-PORT-POOL-PARTIAL", "LP-PORT-POOL-PARTIAL", SAME_NODE },
    { "LP-PORT-POOL-PARTIAL", "LP-PORT-POOL-PARTIAL", SAME_SERVER },
    { "LP-PORT-CLOSED", "LP-PORT-POOL-PARTIAL", SAME_NODE },
    { "LP-PORT-FILTERED", "LP-PORT-POOL-PARTIAL", SAME_NODE },
    { "LP-PORT-UNREACHABLE", "LP-PORT-POOL-PARTIAL", SAME_NODE },
    { "LP-PORT-CLOSED", "LP-AD-FIRST-HOP", SAME_HOST },
    { "LP-PORT-FILTERED", "LP-AD-FIRST-HOP", SAME_HOST },
    { "LP-PORT-CLOSED", "LP-PORT-CLOSED", SAME_NODE },
    { "LP-PORT-FILTERED", "LP-PORT-FILTERED", SAME_NODE },
    { "LP-PORT-UNREACHABLE", "LP-PORT-UNREACHABLE", SAME_NODE },
    { "LP-PORT-CLOSED", "LP-PORT-CLOSED", SAME_SERVER },
    { "LP-PORT-FILTERED", "LP-PORT-FILTERED", SAME_SERVER },
    { "LP-PORT-UNREACHABLE", "LP-PORT-UNREACHABLE", SAME_SERVER },
    { "LP-PORT-CLOSED", "LP-PORT-CLOSED", SAME_POOL },
    { "LP-PORT-FILTERED", "LP-PORT-FILTERED", SAME_POOL },
    { "LP-PORT-UNREACHABLE", "LP-PORT-UNREACHABLE", SAME_POOL },
    { "LP-PORT-UNEXPECTED", "LP-PORT-UNEXPECTED", SAME_NODE },
    { "LP-PORT-UNEXPECTED", "LP-PORT-UNEXPECTED", SAME_POOL },
    { "LP-PORT-CLOSED", "LP-PORT-CLOSED", SAME_HOST },
    { "LP-PORT-FILTERED", "LP-PORT-FILTERED", SAME_HOST },
    { "LP-PORT-UNREACHABLE", "LP-PORT-UNREACHABLE", SAME_HOST },
    { "LP-AD-FIRST-HOP", "LP-AD-FIRST-HOP", SAME_HOST },
    { "LP-CERT-NAME-MISMATCH", "LP-AD-FIRST-HOP", SAME_NAME },
    { "LP-CERT-NAME-MISMATCH", "LP-CERT-BAD-ENCODING", SAME_LEAF },
    { "LP-CERT-SAN-MISSING", "LP-CERT-BAD-ENCODING", SAME_LEAF },
    { "LP-CERT-SUBJECT", "LP-CERT-BAD-ENCODING", SAME_LEAF },
    { "LP-CERT-NAME-MISMATCH", "LP-DNS-NAME-INVALID", SAME_NAME },
    { "LP-CERT-NAME-MISMATCH", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-SUBJECT", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-SAN-EXTRA", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-NODES-DIFFER", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-SUBJECT-NOT-IN-SAN", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-TRUST-PROMPT", "LP-CERT-SAN-MISSING", SAME_LEAF },
    { "LP-CERT-SUBJECT-NOT-IN-SAN", "LP-CERT-SUBJECT", SAME_LEAF },
    { "LP-CERT-SUBJECT-NOT-IN-SAN", "LP-CERT-BAD-ENCODING", SAME_LEAF },
    { "LP-CERT-TRUST-PROMPT", "LP-CERT-BAD-ENCODING", SAME_LEAF },
    { "LP-CERT-SUBJECT-NOT-IN-SAN", "LP-CERT-NAME-MISMATCH", SAME_LEAF },
    { "LP-CERT-TRUST-PROMPT", "LP-CERT-NAME-MISMATCH", SAME_LEAF },
    { "LP-CERT-NO-CDP", "LP-CERT-SELF-SIGNED", SAME_LEAF },
    { "LP-AD-HOST-DOMAIN", "LP-AD-REDIRECT-DOMAIN", SAME_STEP },
    { "LP-CERT-TRUST-PROMPT", "LP-AD-REDIRECT-DOMAIN", SAME_STEP },
    { "LP-AD-UNREACHABLE", "LP-PORT-", SAME_NAME },
    { "LP-AD-UNREACHABLE", "LP-TLS-", SAME_NAME },
    { "LP-SIP-STS-UNREACHABLE", "LP-DNS-", SAME_NAME },
    { "LP-SIP-STS-UNREACHABLE", "LP-PORT-", SAME_NAME },
    { "LP-SIP-STS-UNREACHABLE", "LP-TLS-", SAME_NAME },
    { "LP-SIP-STS-UNREACHABLE", "LP-AD-UNREACHABLE", SAME_RUN },
    { "LP-HTTP-STATUS", "LP-SIP-STS-UNREACHABLE", SAME_NAME },
    { "LP-HTTP-CLOCK-SKEW", "LP-SIP-CLOCK-SKEW", SAME_NODE },
    { "LP-HTTP-CLOCK-SKEW", "LP-SIP-CLOCK-SKEW", SAME_SERVER },
    { "LP-SIP-AUTHENTICATOR", "LP-CERT-NAME-MISMATCH", SAME_PORT },
    { "LP-SIP-AUTHENTICATOR", "LP-CERT-SAN-MISSING", SAME_PORT },
    { "LP-SIP-NODES-DIFFER", "LP-SIP-AUTHENTICATOR", SAME_PORT },
    { "LP-SIP-NODES-DIFFER", "LP-SIP-NO-AUTH-SCHEME", SAME_PORT },
    { "LP-SIP-STS-UNREACHABLE", "LP-SIP-STS-UNREACHABLE", BEFORE },
    { "LP-AD-SIP-TARGET-UNREACHABLE", "LP-DNS-", SAME_NAME },
    { "LP-AD-SIP-TARGET-UNREACHABLE", "LP-PORT-", SAME_NAME },
    { "LP-AD-SIP-TARGET-UNREACHABLE", "LP-TLS-", SAME_NAME },
    { "LP-AD-SIP-TARGET-UNREACHABLE", "LP-SIP-", SAME_NAME },
    { "LP-RUN-BLOCKED", "LP-RUN-BLOCKED", SAME_NODE },
    { "LP-RUN-CRASHED", "LP-RUN-CRASHED", SAME_PORT },
};

static bool is_of(const struct lp_claim *claim, const char *ids)
{
    size_t n = strlen(ids);
    return strncmp(claim->rule->id, ids, n) == 0 && (ids[n - 1] == '-' || !claim->rule->id[n]);
}

static bool is_same_leaf(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->leaf.n && lp_str_eq(a->leaf, b->leaf);
}

static bool is_same_port(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->address.family && a->port == b->port && lp_addr_eq(&a->address, &b->address);
}

static bool is_same_node(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->address.family && lp_addr_eq(&a->address, &b->address);
}

static bool is_same_name(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->host.n && lp_name_eq(a->host, b->host);
}

static bool is_same_host(const struct lp_claim *a, const struct lp_claim *b)
{
    return is_same_name(a, b) && a->port == b->port;
}

static bool is_same_step(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->step != SIZE_MAX && a->step == b->step;
}

static struct lp_str server_of(const struct lp_claim *claim)
{
    bool port = claim->row && claim->row->kind == LP_EXPECT_PORT;
    return port ? claim->row->port.member : LP_STR_NONE;
}

static bool is_same_server(const struct lp_claim *a, const struct lp_claim *b)
{
    return server_of(a).n && lp_str_eq(server_of(a), server_of(b));
}

static bool is_same_pool(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->group.n && a->port == b->port && lp_str_eq(a->group, b->group);
}

static bool is_any(const struct lp_claim *a, const struct lp_claim *b)
{
    return a != b;
}

static bool is_by_cloud(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->by_cloud && a != b;
}

static bool is_by_wildcard(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->by_wildcard && a != b;
}

static bool is_by_deadline(const struct lp_claim *a, const struct lp_claim *b)
{
    return a->deadline && a != b;
}

static bool is_related(const struct lp_claim *follower, const struct lp_claim *cause,
                       enum relation relation)
{
    static bool (*const related[])(const struct lp_claim *, const struct lp_claim *) = {
        [SAME_RUN] = is_any,
        [SAME_STEP] = is_same_step,
        [SAME_NAME] = is_same_name,
        [SAME_HOST] = is_same_host,
        [SAME_PORT] = is_same_port,
        [SAME_NODE] = is_same_node,
        [SAME_SERVER] = is_same_server,
        [SAME_POOL] = is_same_pool,
        [SAME_LEAF] = is_same_leaf,
        [BY_CLOUD] = is_by_cloud,
        [BY_WILDCARD] = is_by_wildcard,
        [BY_DEADLINE] = is_by_deadline,
        [BEFORE] = is_any,
    };
    return related[relation](follower, cause);
}

/* Two claims of one id: only the earlier can be the cause, so that there are no
   circles. What is mere info explains no trouble. */
static bool may_cause(const struct lp_court *court, size_t follower, size_t cause)
{
    const struct lp_claim *f = &court->claims[follower], *c = &court->claims[cause];
    if (!lp_claim_is_trouble(c) && f->severity != LP_INFO)
        return false;
    return f->rule != c->rule || cause < follower;
}

static size_t find_cause(const struct lp_court *court, size_t at, const struct row *row)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (i != at && is_of(&court->claims[i], row->cause) && may_cause(court, at, i) &&
            is_related(&court->claims[at], &court->claims[i], row->relation))
            return i;
    }
    return SIZE_MAX;
}

/* Claims of one id: the same trouble of a document, a machine or a pool, met again at
   another hop, port or node. Of certificates only at a pool: a machine may have
   several, each with its own. */
static bool is_same_trouble(const struct lp_claim *a, const struct lp_claim *b)
{
    if (is_of(a, "LP-AD-"))
        return is_same_step(a, b);
    if (a->rule->rank < LP_RANK_TLS || a->rule->rank > LP_RANK_SPEECH)
        return false;
    bool siblings = a->group.n && lp_str_eq(a->group, b->group) && a->row->role == b->row->role;
    return siblings || is_same_host(a, b) || (a->rule->rank != LP_RANK_CERT && is_same_node(a, b));
}

static void relate(struct lp_court *court, size_t at)
{
    struct lp_claim *claim = &court->claims[at];
    for (size_t r = 0; r < LP_COUNT(rows) && claim->cause == SIZE_MAX; r++) {
        if (is_of(claim, rows[r].follower))
            claim->cause = find_cause(court, at, &rows[r]);
    }
    /* the same trouble with the same certificate is one trouble */
    for (size_t i = 0; i < at && claim->cause == SIZE_MAX && is_of(claim, "LP-CERT-"); i++) {
        if (court->claims[i].rule == claim->rule && is_same_leaf(claim, &court->claims[i]))
            claim->cause = i;
    }
    for (size_t i = 0; i < at && claim->cause == SIZE_MAX; i++) {
        if (court->claims[i].rule == claim->rule && is_same_trouble(claim, &court->claims[i]))
            claim->cause = i;
    }
}

/* Can that claim be what the walk's own follows from? A walk fails by what is
   critical, or stops the client; a detour is made for what is wrong with the broken step. */
static bool breaks_walk(const struct lp_claim *walk, const struct lp_claim *c)
{
    if (c->rule->rank >= LP_RANK_WALK)
        return false;
    return is_of(walk, "LP-WALK-FAILS") ? c->severity == LP_CRITICAL || c->stops
                                        : is_same_step(c, walk) && lp_claim_is_trouble(c);
}

/* The weightiest root claim, else the weightiest that follows from another. */
static void relate_walk(struct lp_court *court, size_t at)
{
    struct lp_claim *claim = &court->claims[at];
    for (int roots = 1; roots >= 0 && claim->cause == SIZE_MAX; roots--) {
        for (size_t i = 0; i < court->claim_count && claim->cause == SIZE_MAX; i++) {
            const struct lp_claim *c = &court->claims[i];
            if (i != at && breaks_walk(claim, c) && (!roots || c->cause == SIZE_MAX))
                claim->cause = i;
        }
    }
}

void lp_claims_relate(struct lp_court *court)
{
    for (size_t i = 0; i < court->claim_count; i++)
        relate(court, i);
    for (size_t i = 0; i < court->claim_count; i++) {
        if (is_of(&court->claims[i], "LP-WALK-FAILS") ||
            is_of(&court->claims[i], "LP-WALK-FALLBACK"))
            relate_walk(court, i);
    }
}
