/* waive.c - findings that the topology accepts for a time */
#include "lp/court.h"

static bool speaks_of(const struct lp_waiver *waiver, const struct lp_claim *claim)
{
    return lp_rule_by_id(waiver->id) == claim->rule &&
           (!waiver->subject.n || lp_str_fits(claim->subject, waiver->subject));
}

static bool is_running(const struct lp_waiver *waiver, int64_t clock)
{
    return (waiver->from == LP_UTC_NONE || clock >= waiver->from) && clock < waiver->until;
}

/* Of several the one that still runs. */
static void find_waiver(const struct lp_court *court, struct lp_claim *claim)
{
    const struct lp_topology *topology = court->log->expected->topology;
    const struct lp_waiver *waivers = topology->waivers.at;
    for (size_t i = 0; i < topology->waivers.n && !claim->waived; i++) {
        if (!speaks_of(&waivers[i], claim))
            continue;
        claim->waiver = &waivers[i];
        claim->waived = is_running(&waivers[i], court->log->setup.clock);
    }
    if (claim->waived)
        claim->severity = LP_INFO;
}

void lp_claims_waive(struct lp_court *court)
{
    for (size_t i = 0; i < court->claim_count && court->log->expected; i++)
        find_waiver(court, &court->claims[i]);
}
