/* cloud.c - on which side the four records are: the hosting cloud, or on-premises (domain.md 2.5)
 */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"

static const char *const patterns[] = { "lyncdiscover.<sip-domain>", "sip.<sip-domain>",
                                        "_sip._tls.<sip-domain>",
                                        "_sipfederationtls._tcp.<sip-domain>" };

/* Where the record leads; unset: it is not there, or says that there is no service. */
static struct lp_str destination(const struct lp_resolved *r)
{
    if (r->outcome != LP_ANSWER && !r->hop_count)
        return LP_STR_NONE;
    struct lp_str target =
        r->type == LP_DNS_SRV && r->record_count ? r->records[0]->name : r->canonical;
    return lp_str_eq(target, LP_STR(".")) ? LP_STR_NONE : target;
}

enum lp_cloud_side lp_cloud_side_of(const struct lp_resolved *r)
{
    struct lp_str target = destination(r);
    if (!target.p)
        return LP_SIDE_UNSEEN;
    bool cloud = lp_name_in_cloud(target);
    for (size_t i = 0; i < r->hop_count; i++)
        cloud |= lp_name_in_cloud(r->hops[i].target);
    return cloud ? LP_SIDE_CLOUD : LP_SIDE_PREMISES;
}

bool lp_cloud_has(const struct lp_log *log, struct lp_arena *arena, struct lp_str host)
{
    struct lp_places places;
    lp_places_of(log, arena, host, 443, &places);
    const struct lp_resolved *r = places.a.hop_count ? &places.a : &places.aaaa;
    for (size_t i = 0; i < r->hop_count; i++) {
        if (lp_name_in_cloud(r->hops[i].target))
            return true;
    }
    return lp_name_in_cloud(host);
}

/* The answer to one of the four. */
static struct lp_resolved answer_to(const struct lp_log *log, struct lp_arena *arena,
                                    const char *pattern)
{
    struct lp_resolved q = { .name = lp_name_expand(arena, pattern, log->setup.domain) }, r;
    q.type = log->setup.only6 ? LP_DNS_AAAA : LP_DNS_A;
    if (q.name.p[0] == '_')
        q.type = LP_DNS_SRV;
    lp_resolve(log, arena, &q, &r);
    return r;
}

enum lp_cloud_side lp_cloud_side_of_all(const struct lp_log *log, struct lp_arena *arena)
{
    size_t seen[LP_CLOUD_SIDES] = { 0 };
    for (size_t i = 0; i < LP_COUNT(patterns); i++) {
        struct lp_resolved r = answer_to(log, arena, patterns[i]);
        seen[lp_cloud_side_of(&r)]++;
    }
    if (seen[LP_SIDE_CLOUD])
        return seen[LP_SIDE_PREMISES] ? LP_SIDE_MIXED : LP_SIDE_CLOUD;
    return seen[LP_SIDE_PREMISES] ? LP_SIDE_PREMISES : LP_SIDE_UNSEEN;
}

/* "lyncdiscover on-premises, sip in the cloud"; its evidence goes to the claim. */
static struct lp_str say_sides(struct lp_court *court, struct lp_claim *claim)
{
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < LP_COUNT(patterns); i++) {
        struct lp_resolved r = answer_to(court->log, court->arena, patterns[i]);
        enum lp_cloud_side side = lp_cloud_side_of(&r);
        for (size_t k = 0; k < r.evidence_count; k++)
            lp_claim_evidence(claim, r.evidence[k]);
        if (side == LP_SIDE_UNSEEN)
            continue;
        struct lp_str name = lp_name_expand(court->arena, patterns[i], LP_STR(""));
        name.n = lp_str_ends_nocase(name, ".") ? name.n - 1 : name.n;
        text = lp_say(court, "%s%s%s %s", text.p, text.n ? ", " : "", lp_text(court, name),
                      lp_tr(court->arena, side == LP_SIDE_CLOUD ? "in the cloud" : "on-premises"));
    }
    return text;
}

void lp_check_cloud(struct lp_court *court)
{
    static const char *const expected[] = {
        [LP_HOSTING_PREMISES] =
            LP_TR("all four records on-premises, where the topology has the users"),
        [LP_HOSTING_HYBRID] = LP_TR("all four records on-premises, since the topology says hybrid"),
        [LP_HOSTING_CLOUD] =
            LP_TR("all four records in the cloud, where the topology has the users"),
    };
    if (lp_cloud_side_of_all(court->log, court->arena) != LP_SIDE_MIXED)
        return;
    struct lp_claim *claim = lp_claim_add(court, "LP-CLOUD-MIXED");
    claim->subject = claim->vars.domain;
    claim->vars.name = claim->vars.domain;
    claim->expected = lp_say(court, "all four records on one side");
    claim->observed = say_sides(court, claim);
    if (court->log->expected)
        claim->expected = lp_str_of(
            lp_tr(court->arena, expected[lp_topology_hosting(court->log->expected->topology,
                                                             court->log->setup.domain, NULL)]));
    else
        claim->vars.home = LP_STR_NONE; /* nobody knows which side is meant */
}
