/* propagation.c - how far a plan has come: do all name servers say what it says? */
#include "lp/propagation.h"

#include <string.h>

#include "lp/court.h"
#include "lp/plan.h"

/* ---- planned zones ---- */

static bool is_absent(const struct lp_resolved *r)
{
    return !r->record_count && (r->outcome == LP_NXDOMAIN || r->outcome == LP_NODATA);
}

static bool is_referred(const struct lp_log *log, const struct lp_resolved *r)
{
    const struct lp_evidence *e =
        r->evidence_count ? lp_log_by_id(log, r->evidence[r->evidence_count - 1]) : NULL;
    return e && lp_str_eq(e->why, LP_STR("referral"));
}

static void compare(struct lp_court *court, const struct lp_resolved *planned, int64_t server,
                    struct lp_propagation *out)
{
    const struct lp_server *servers = court->log->setup.servers.at;
    struct lp_resolved q = { .name = planned->name, .type = planned->type, .server = server };
    struct lp_resolved live;
    char word[12];
    lp_resolve(court->log, court->arena, &q, &live);
    if (live.outcome == LP_NONE || is_referred(court->log, &live))
        return;
    out->asked++;
    if (lp_answers_agree(planned, &live) || (is_absent(planned) && is_absent(&live)))
        return;
    struct lp_str line =
        lp_say(court, "%s %s at %s: %s, planned %s", lp_text(court, planned->name),
               lp_dns_type_word(planned->type, word), lp_text(court, servers[server].label),
               lp_say_records(court, &live).p, lp_say_records(court, planned).p);
    lp_list_push(court->arena, &out->old, &line, sizeof line);
}

static void compare_zones(struct lp_court *court, struct lp_propagation *out)
{
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_dns_facts *facts = lp_dns_of(court->log->at[i]);
        if (!facts || facts->server || !lp_str_starts_nocase(facts->from, "zone-file "))
            continue;
        struct lp_resolved q = { .name = facts->name, .type = facts->type }, planned;
        lp_resolve(court->log, court->arena, &q, &planned);
        for (size_t s = 1; s < court->log->setup.servers.n && planned.outcome != LP_NONE; s++)
            compare(court, &planned, (int64_t)s, out);
    }
}

/* ---- a topology ---- */

static void note(struct lp_court *court, const struct lp_finding *f, struct lp_propagation *out)
{
    struct lp_str parts[] = { f->subject, LP_STR(": "), f->observed, lp_say(court, ", planned "),
                              f->expected };
    struct lp_str line = lp_arena_join(court->arena, parts, LP_COUNT(parts));
    lp_list_push(court->arena, &out->old, &line, sizeof line);
}

/* What was not answered, or not even asked, is no sign that the plan has come. */
static void note_open(struct lp_court *court, const struct lp_expect_result *result,
                      struct lp_propagation *out)
{
    char word[12];
    const struct lp_expect_dns *dns = &result->expectation->dns;
    struct lp_str line =
        lp_say(court, "%s %s: not known, %s", lp_text(court, dns->owner),
               lp_dns_type_word(dns->type, word), lp_text(court, result->observed));
    lp_list_push(court->arena, &out->old, &line, sizeof line);
}

/* One line a record; then what other servers say differently. */
static void compare_topology(struct lp_court *court, struct lp_propagation *out)
{
    struct lp_judgement j;
    lp_judge(court->log, court->arena, &j);
    for (size_t i = 0; i < j.expectations.n; i++) {
        const struct lp_expect_result *result = &j.expectations.at[i];
        if (result->expectation->kind != LP_EXPECT_DNS || result->state == LP_LISTED)
            continue;
        out->asked++;
        if (result->state == LP_UNMET && result->finding != SIZE_MAX)
            note(court, &j.findings[result->finding], out);
        else if (result->state != LP_MET)
            note_open(court, result, out);
    }
    for (size_t i = 0; i < j.finding_count; i++) {
        if (strcmp(j.findings[i].rule->id, "LP-DNS-SERVERS-DIFFER") == 0)
            note(court, &j.findings[i], out);
    }
}

void lp_propagation_of(const struct lp_log *log, struct lp_arena *arena, struct lp_propagation *out)
{
    struct lp_court court = { .log = log, .arena = arena };
    *out = (struct lp_propagation){ 0 };
    if (log->setup.zones.n)
        compare_zones(&court, out);
    else if (log->expected)
        compare_topology(&court, out);
}
