/* plan_render.c - the formats of `plan`, one row each, and what they share */
#include "lp/plan_render_parts.h"

#include "lp/facts.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/text.h"

const struct lp_plan_renderer lp_plan_renderers[] = {
    { "text", "three tables for people: records, certificates, ports", lp_plan_text },
    { "json", "one object with the three tables", lp_plan_json },
    { "zone", "zone files, one block for each zone and view", lp_plan_zone },
    { "powershell", "the same records as cmdlets of the Windows DNS server", lp_plan_powershell },
    { "csr", "one openssl request configuration for each certificate", lp_plan_csr },
};
const size_t lp_plan_renderer_count = LP_COUNT(lp_plan_renderers);

const struct lp_plan_renderer *lp_plan_renderer_by_name(struct lp_str name)
{
    for (size_t i = 0; i < lp_plan_renderer_count; i++) {
        if (lp_str_eq(lp_str_of(lp_plan_renderers[i].name), name))
            return &lp_plan_renderers[i];
    }
    return NULL;
}

bool lp_plan_shows(const struct lp_plan_input *input, const struct lp_expectation *e)
{
    if (e->internal ? !input->internal : !input->external)
        return false;
    return !e->domain.n || !input->domains.n || lp_list_has_name(&input->domains, e->domain);
}

const char *lp_plan_side(bool internal)
{
    return internal ? LP_TR("inside") : LP_TR("outside");
}

struct lp_str lp_plan_source(struct lp_arena *arena, const struct lp_expectations *expected,
                             const struct lp_expectation *e)
{
    struct lp_str row = e->row ? lp_tell(arena, ", row %d", e->row) : LP_STR("");
    struct lp_str line = LP_STR("");
    if (e->mark.line)
        line = lp_arena_printf(arena, "; %s:%lld", lp_term(arena, expected->topology->file),
                               (long long)e->mark.line);
    struct lp_str parts[] = { lp_str_of(lp_tr(arena, e->source)), row, line };
    return lp_arena_join(arena, parts, LP_COUNT(parts));
}

enum lp_planned lp_plan_kind(const struct lp_expect_dns *dns)
{
    if (dns->absent)
        return LP_PLANNED_ABSENT;
    if (dns->type == LP_DNS_SRV)
        return dns->targets.n ? LP_PLANNED_SRV : LP_PLANNED_UNKNOWN;
    if (dns->planned)
        return LP_PLANNED_ADDRESSES;
    return dns->target.n ? LP_PLANNED_ALIAS : LP_PLANNED_UNKNOWN;
}

/* ---- zones ---- */

static void prefer(struct lp_str *best, struct lp_str domain, struct lp_str name)
{
    if (domain.n > best->n && lp_name_in_domain(name, domain))
        *best = domain;
}

static struct lp_str zone_of(const struct lp_topology *topology, struct lp_str name)
{
    const struct lp_marked *domains = topology->sip_domains.at;
    struct lp_str best = LP_STR_NONE;
    for (size_t i = 0; i < topology->sip_domains.n; i++)
        prefer(&best, domains[i].text, name);
    prefer(&best, topology->ad_domain.text, name);
    if (!best.n) {
        best = name;
        lp_str_cut(&best, '.');
    }
    return best.n ? best : name;
}

bool lp_plan_in_zone(const struct lp_topology *topology, const struct lp_plan_zone *zone,
                     const struct lp_expectation *e)
{
    return e->kind == LP_EXPECT_DNS && !e->dns.absent && e->internal == zone->internal &&
           lp_name_eq(zone_of(topology, e->dns.owner), zone->name);
}

static void add_zone(struct lp_list *zones, struct lp_arena *arena, struct lp_plan_zone zone)
{
    const struct lp_plan_zone *at = zones->at;
    for (size_t i = 0; i < zones->n; i++) {
        if (at[i].internal == zone.internal && lp_name_eq(at[i].name, zone.name))
            return;
    }
    lp_list_push(arena, zones, &zone, sizeof zone);
}

struct lp_list lp_plan_zones(const struct lp_plan_input *input, struct lp_arena *arena)
{
    struct lp_list zones = { 0 };
    for (size_t i = 0; i < input->expected->n; i++) {
        const struct lp_expectation *e = &input->expected->at[i];
        if (e->kind != LP_EXPECT_DNS || e->dns.absent || !lp_plan_shows(input, e))
            continue;
        add_zone(
            &zones, arena,
            (struct lp_plan_zone){ zone_of(input->expected->topology, e->dns.owner), e->internal });
    }
    return zones;
}

struct lp_str lp_plan_label(struct lp_str owner, struct lp_str zone)
{
    return owner.n > zone.n ? lp_str_sub(owner, 0, owner.n - zone.n - 1) : LP_STR("@");
}

/* ---- requests ---- */

static void add_once(struct lp_arena *arena, struct lp_list *to, struct lp_str name)
{
    if (name.n && !lp_list_has_name(to, name))
        lp_list_push(arena, to, &name, sizeof name);
}

struct lp_list lp_plan_request_names(struct lp_arena *arena, const struct lp_expect_cert *cert,
                                     struct lp_str member)
{
    const struct lp_list *lists[] = { &cert->names, &cert->softer };
    struct lp_list names = { 0 };
    /* TLS does not look at the subject where there are other names: it is repeated there.
     */
    add_once(arena, &names, cert->subject);
    add_once(arena, &names, member);
    for (size_t i = 0; i < LP_COUNT(lists); i++) {
        const struct lp_str *at = lists[i]->at;
        for (size_t k = 0; k < lists[i]->n; k++)
            add_once(arena, &names, at[k]);
    }
    return names;
}
