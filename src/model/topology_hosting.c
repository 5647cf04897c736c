/* topology_hosting.c - which SIP domains have users at the hosting cloud */
#include "lp/name.h"
#include "lp/near.h"
#include "lp/text.h"
#include "lp/topology_keys.h"

const char *lp_hosting_word(enum lp_hosting hosting)
{
    static const char *const words[] = { "on-premises", "hybrid", "cloud" };
    return words[hosting];
}

/* The domain's place in the list; NULL: it is not in it. */
static const struct lp_marked *find(const struct lp_list *domains, struct lp_str domain)
{
    const struct lp_marked *at = domains->at;
    for (size_t i = 0; i < domains->n; i++) {
        if (lp_name_eq(at[i].text, domain))
            return &at[i];
    }
    return NULL;
}

enum lp_hosting lp_topology_hosting(const struct lp_topology *topology, struct lp_str domain,
                                    struct lp_mark *where)
{
    const struct lp_marked *cloud = find(&topology->cloud, domain);
    const struct lp_marked *said = cloud ? cloud : find(&topology->hybrid, domain);
    if (said && where)
        *where = said->mark;
    if (!said)
        return LP_HOSTING_PREMISES;
    return cloud ? LP_HOSTING_CLOUD : LP_HOSTING_HYBRID;
}

/* ---- contradictions ---- */

static bool fail(struct lp_topology_reading *r, const struct lp_marked *at, struct lp_str text)
{
    return lp_topology_fail(r, at->mark, text.p);
}

static bool fail_unknown(struct lp_topology_reading *r, const struct lp_marked *at)
{
    const struct lp_marked *domains = r->out->sip_domains.at;
    const char **words = lp_arena_array(r->arena, r->out->sip_domains.n + 1, sizeof *words);
    for (size_t i = 0; i < r->out->sip_domains.n; i++)
        words[i] = domains[i].text.p;
    return fail(r, at,
                lp_arena_printf(r->arena, "expected one of sip-domains, found %s; did you mean %s?",
                                lp_word(r->arena, at->text), lp_nearest(at->text, words)));
}

static bool are_known(struct lp_topology_reading *r, const struct lp_list *domains)
{
    const struct lp_marked *at = domains->at;
    for (size_t i = 0; i < domains->n; i++) {
        if (!find(&r->out->sip_domains, at[i].text))
            return fail_unknown(r, &at[i]);
    }
    return true;
}

/* Users on both sides reach one another by federation (Plan hybrid connectivity: Federation
 * requirements). */
static bool check_hybrid(struct lp_topology_reading *r, const struct lp_marked *at)
{
    const struct lp_topology *t = r->out;
    if (find(&t->cloud, at->text))
        return fail(r, at,
                    lp_arena_printf(r->arena, "expected %s in one of cloud and hybrid, found both",
                                    lp_word(r->arena, at->text)));
    if (t->feature[LP_FEATURE_FEDERATION] || t->feature_unknown[LP_FEATURE_FEDERATION])
        return true;
    return fail(r, at,
                LP_STR("expected federation: on with hybrid domains, whose users reach one another "
                       "by it, found off"));
}

/* These two names lead to the cloud, so that nothing of the file can have them. */
static bool check_cloud(struct lp_topology_reading *r, const struct lp_marked *at)
{
    static const char *const names[] = { "sip.<sip-domain>", "lyncdiscover.<sip-domain>" };
    for (size_t i = 0; i < LP_COUNT(names); i++) {
        struct lp_str name = lp_name_expand(r->arena, names[i], at->text);
        const struct lp_pool *pool = lp_topology_pool_of_host(r->out, name);
        if (pool)
            return fail(r, at,
                        lp_arena_printf(r->arena,
                                        "expected no server with the name %s, which leads to the "
                                        "cloud, found one (line %lld)",
                                        lp_word(r->arena, name), (long long)pool->mark.line));
    }
    return true;
}

static bool each(struct lp_topology_reading *r, const struct lp_list *domains,
                 bool (*check)(struct lp_topology_reading *, const struct lp_marked *))
{
    const struct lp_marked *at = domains->at;
    for (size_t i = 0; i < domains->n; i++) {
        if (!check(r, &at[i]))
            return false;
    }
    return true;
}

bool lp_topology_check_hosting(struct lp_topology_reading *reading)
{
    const struct lp_topology *t = reading->out;
    return are_known(reading, &t->cloud) && are_known(reading, &t->hybrid) &&
           each(reading, &t->hybrid, check_hybrid) && each(reading, &t->cloud, check_cloud);
}
