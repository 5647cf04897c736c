/* branch.c - a Branch Appliance and the pool that its users go to when it is down
 * (poster: ports, Branch Appliance; Lync Server 2013: Branch-site resiliency) */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/probe.h"

static bool is_of_clients(const struct lp_expectation *row)
{
    struct lp_str probe = lp_str_of(row->port.probe);
    return row->kind == LP_EXPECT_PORT && row->pool &&
           (lp_str_eq(probe, LP_STR("sip")) || lp_str_eq(probe, LP_STR("web")));
}

/* The Branch Appliances that the pool stands behind, ", " between them. */
static struct lp_str branches_of(struct lp_court *court, const struct lp_pool *pool)
{
    const struct lp_topology *topology = court->log->expected->topology;
    const struct lp_pool *pools = topology->pools.at;
    struct lp_str text = LP_STR("");
    for (size_t i = 0; i < topology->pools.n; i++) {
        if (pools[i].role == LP_ROLE_BRANCH && lp_name_eq(pools[i].backup_pool, pool->fqdn))
            text =
                lp_say(court, "%s%s%s", text.p, text.n ? ", " : "", lp_text(court, pools[i].fqdn));
    }
    return text;
}

/* Does a server of the pool let clients in? */
static bool is_serving(const struct lp_court *court, struct lp_str fqdn)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (s->row && s->row->pool && s->e->shape == &lp_probe_sip.shape &&
            lp_name_eq(s->row->pool->fqdn, fqdn) && lp_seat_is_well(s))
            return true;
    }
    return false;
}

static struct lp_str say_backup(struct lp_court *court, struct lp_str fqdn)
{
    if (!fqdn.n)
        return lp_say(court, " The topology names no pool that its users could go to meanwhile.");
    if (is_serving(court, fqdn))
        return lp_say(court, " Its users go to the backup pool %s meanwhile, which answers.",
                      lp_text(court, fqdn));
    return lp_say(court, " Its users would go to the backup pool %s, which does not answer either.",
                  lp_text(court, fqdn));
}

struct lp_str lp_say_branch(struct lp_court *court, const struct lp_claim *claim)
{
    const struct lp_expectation *row = claim->row;
    if (!row || claim->severity == LP_INFO || !is_of_clients(row))
        return LP_STR("");
    if (row->pool->role == LP_ROLE_BRANCH)
        return say_backup(court, row->pool->backup_pool);
    struct lp_str branches = branches_of(court, row->pool);
    if (!branches.n)
        return LP_STR("");
    return lp_say(court, " Users of the branch %s fall back to this pool, too.", branches.p);
}
