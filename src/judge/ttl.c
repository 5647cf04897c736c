/* ttl.c - before a switch: which old answers live on in caches, and until when */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/plan.h"
#include "lp/text.h"

/* Without --window: what a TTL is lowered to before a switch, as a rule. */
enum { WINDOW = 300 };

/* One question as it is answered now, by the server that is live. */
struct old {
    struct lp_court *court;
    const struct lp_evidence *e; /* of the question; NULL: not asked */
    struct lp_resolved live;
    struct lp_resolved planned; /* name unset: no plan speaks of it */
    int64_t window;             /* seconds */
};

static bool is_there(const struct lp_resolved *r)
{
    return r->record_count > 0 || r->hop_count > 0;
}

static bool is_absent(const struct lp_resolved *r)
{
    return !is_there(r) && (r->outcome == LP_NXDOMAIN || r->outcome == LP_NODATA);
}

/* Any record of the chain keeps its part of the old answer. */
static int64_t longest(const struct lp_resolved *r)
{
    int64_t ttl = -1;
    for (size_t i = 0; i < r->hop_count; i++)
        ttl = r->hops[i].ttl > ttl ? r->hops[i].ttl : ttl;
    for (size_t i = 0; i < r->record_count; i++)
        ttl = r->records[i]->ttl > ttl ? r->records[i]->ttl : ttl;
    return ttl;
}

/* RFC 2308 section 5: that an answer was missing is kept for the smaller of the SOA's TTL and its
   minimum. */
static const struct lp_rr *soa_of(const struct lp_evidence *e)
{
    const struct lp_dns_facts *facts = e ? lp_dns_of(e) : NULL;
    const struct lp_rr *rrs = facts ? facts->rrs.at : NULL;
    for (size_t i = 0; facts && i < facts->rrs.n; i++) {
        if (rrs[i].type == LP_DNS_SOA && lp_str_eq(rrs[i].section, LP_STR("authority")))
            return &rrs[i];
    }
    return NULL;
}

static int64_t negative(const struct lp_rr *soa)
{
    return soa->minimum < soa->ttl ? soa->minimum : soa->ttl;
}

/* "TTL 86400 s: after a switch now the old answer lives until 2026-11-25T12:38:00Z" */
static struct lp_str say_life(const struct old *old, int64_t ttl, const char *what)
{
    const struct lp_dns_facts *facts = lp_dns_of(old->e);
    char until[24];
    lp_format_utc(old->court->log->setup.clock + ttl, until, sizeof until);
    return lp_say(old->court, "%s %lld s%s: after a switch now the old answer lives until %s",
                  lp_tr(old->court->arena, what), (long long)ttl,
                  facts->aa ? ""
                            : lp_tr(old->court->arena, " (of a cache: at the source perhaps more)"),
                  until);
}

static void add_claim(const struct old *old, struct lp_str name, int64_t type, struct lp_str life)
{
    struct lp_claim *claim = lp_claim_name(old->court, "LP-DNS-TTL-HIGH", name, type);
    claim->expected =
        lp_say(old->court, "at most %lld s before the switch", (long long)old->window);
    claim->observed = life;
    if (old->planned.name.p)
        claim->observed =
            lp_say(old->court, "live %s, planned %s; %s", lp_say_records(old->court, &old->live).p,
                   lp_say_records(old->court, &old->planned).p, life.p);
    lp_claim_evidence(claim, old->e->id);
}

static void check_positive(const struct old *old)
{
    int64_t ttl = longest(&old->live);
    if (ttl > old->window)
        add_claim(old, old->live.name, old->live.type, say_life(old, ttl, "TTL"));
}

/* The name is to come, or (without a plan) may be. */
static void check_negative(const struct old *old)
{
    const struct lp_rr *soa = soa_of(old->e);
    if (!soa || negative(soa) <= old->window || !old->planned.name.p)
        return;
    add_claim(old, old->live.name, old->live.type,
              say_life(old, negative(soa), LP_TR("negative TTL")));
}

/* Nobody else's records can be changed: of an alias or target outside, nothing is said. */
static bool is_ours(const struct old *old)
{
    return lp_name_in_domain(old->live.name, old->court->log->setup.domain) ||
           lp_is_of_topology(old->court, old->live.name);
}

static void check_question(struct old *old, const struct lp_dns_facts *facts)
{
    const struct lp_log *log = old->court->log;
    struct lp_resolved q = { .name = facts->name, .type = facts->type };
    bool planned = lp_str_starts_nocase(facts->from, "zone-file ");
    q.server = log->setup.zones.n > 0;
    lp_resolve(log, old->court->arena, &q, &old->live);
    old->e = old->live.evidence_count ? lp_log_by_id(log, old->live.evidence[0]) : NULL;
    old->planned = (struct lp_resolved){ 0 };
    q.server = 0;
    if (planned)
        lp_resolve(log, old->court->arena, &q, &old->planned);
    bool both_absent = is_absent(&old->live) && is_absent(&old->planned);
    if (!old->e || (planned && (both_absent || lp_answers_agree(&old->live, &old->planned))))
        return;
    if (is_there(&old->live) && is_ours(old))
        check_positive(old);
    else if (is_absent(&old->live))
        check_negative(old);
}

/* Without a plan no name is known to come: one word for the zone. */
static void check_zone(struct old *old)
{
    const struct lp_log *log = old->court->log;
    for (size_t i = 0; i < log->n && !log->setup.zones.n; i++) {
        const struct lp_rr *soa = soa_of(log->at[i]);
        if (!soa || negative(soa) <= old->window || lp_dns_of(log->at[i])->server ||
            !lp_name_in_domain(log->setup.domain, soa->owner))
            continue;
        old->e = log->at[i];
        old->planned = (struct lp_resolved){ 0 };
        add_claim(old, soa->owner, LP_DNS_SOA, say_life(old, negative(soa), LP_TR("negative TTL")));
        return;
    }
}

void lp_check_ttl(struct lp_court *court)
{
    const struct lp_setup *setup = &court->log->setup;
    struct old old = { .court = court, .window = setup->window ? setup->window : WINDOW };
    if (!setup->window && !setup->zones.n)
        return;
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_dns_facts *facts = lp_dns_of(court->log->at[i]);
        bool random = facts && setup->label.n &&
                      lp_str_starts_nocase(facts->name, lp_text(court, setup->label));
        bool planned = facts && lp_str_starts_nocase(facts->from, "zone-file ");
        if (!facts || facts->server || random || lp_str_eq(facts->from, LP_STR("override")) ||
            planned != (setup->zones.n > 0))
            continue;
        check_question(&old, facts);
    }
    check_zone(&old);
}
