/* run.c - what the run itself could not do, and what was overridden */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/plan.h"
#include "lp/text.h"

/* All evidence of one kind makes one claim; further ones are counted. */
struct group {
    const char *id;
    const char *expected;
    bool (*has)(const struct lp_evidence *e);
    bool by_host; /* one claim a host, not one in all */
};

static bool is_late(const struct lp_evidence *e)
{
    return e->outcome == LP_NOT_TRIED && lp_str_starts_nocase(e->why, "deadline");
}

static bool is_interrupted(const struct lp_evidence *e)
{
    return e->outcome == LP_NOT_TRIED && lp_str_starts_nocase(e->why, "interrupted");
}

static bool is_local(const struct lp_evidence *e)
{
    return e->outcome == LP_NOT_TRIED && lp_str_starts_nocase(e->why, "local");
}

static bool is_limited(const struct lp_evidence *e)
{
    return e->outcome == LP_NOT_TRIED && lp_str_starts_nocase(e->why, "limit");
}

static bool is_blocked(const struct lp_evidence *e)
{
    return e->outcome == LP_BLOCKED;
}

static bool is_crashed(const struct lp_evidence *e)
{
    return e->outcome == LP_CRASHED;
}

static const struct group groups[] = {
    { "LP-RUN-DEADLINE", LP_TR("every question asked within the time limit"), is_late, false },
    { "LP-RUN-DEADLINE", LP_TR("a run that is not interrupted"), is_interrupted, false },
    { "LP-RUN-BLOCKED", LP_TR("addresses and ports that may be asked"), is_blocked, true },
    { "LP-RUN-CRASHED", LP_TR("an answer that can be looked at"), is_crashed, true },
    { "LP-RUN-LIMITED", LP_TR("no more than the limit"), is_limited, false },
    { "LP-RUN-LOCAL", LP_TR("a machine that can put the question"), is_local, false },
};

static bool is_same_host(const struct lp_evidence *a, const struct lp_evidence *b)
{
    const struct lp_link *x = lp_link_of(a), *y = lp_link_of(b);
    return x && y && x->port == y->port && lp_name_eq(x->host, y->host);
}

static bool is_spoken_for(const struct lp_court *court, const struct group *group, size_t index)
{
    const struct lp_evidence *e = court->log->at[index];
    for (size_t i = 0; i < index; i++) {
        const struct lp_evidence *other = court->log->at[i];
        if (group->has(other) && (!group->by_host || is_same_host(other, e)))
            return true;
    }
    return false;
}

static const struct lp_seat *seat_of(const struct lp_court *court, const struct lp_evidence *e)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].e == e)
            return &court->seats[i];
    }
    return NULL;
}

/* A machine without IPv6 asks the host's IPv4 addresses: nothing about the deployment
   stays open. */
static bool is_spared(const struct lp_court *court, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    if (!is_local(e) || !link || link->address.family != 6)
        return false;
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_evidence *other = court->log->at[i];
        if (is_same_host(e, other) && lp_link_of(other)->address.family == 4 && !is_local(other))
            return true;
    }
    return false;
}

/* Also of an endpoint that the deciding client does not meet. */
static void name_endpoint(struct lp_court *court, struct lp_claim *claim,
                          const struct lp_link *link)
{
    char address[LP_ADDR_TEXT];
    if (!link || claim->host.p)
        return;
    lp_addr_format(&link->address, address, sizeof address);
    claim->subject =
        lp_say(court, "%s:%lld %s", lp_text(court, link->host), (long long)link->port, address);
    claim->host = lp_clean_text(court->arena, link->host, NULL);
    claim->port = link->port;
    claim->address = link->address;
    claim->vars.host = claim->host;
    claim->vars.port = lp_say(court, "%lld", (long long)link->port);
}

static void claim_group(struct lp_court *court, const struct group *group, size_t first)
{
    const struct lp_evidence *e = court->log->at[first];
    const struct lp_seat *seat = seat_of(court, e);
    const struct lp_rule *rule = lp_rule_by_id(lp_str_of(group->id));
    struct lp_claim *claim =
        seat ? lp_claim_seat(court, group->id, seat) : lp_claim_add(court, group->id);
    size_t count = 0;
    bool spared = true;
    for (size_t i = first; i < court->log->n; i++) {
        const struct lp_evidence *other = court->log->at[i];
        if (!group->has(other) || (group->by_host && other != e && !is_same_host(other, e)))
            continue;
        count++;
        spared &= is_spared(court, other);
        lp_claim_evidence(claim, other->id);
    }
    if (group->by_host)
        name_endpoint(court, claim, lp_link_of(e));
    claim->severity = spared ? LP_INFO : rule->severity;
    claim->deadline = false;
    claim->vars.name = lp_say(court, "%s", lp_text(court, e->key));
    if (!group->by_host || !claim->host.p)
        claim->subject = claim->vars.name;
    claim->expected = lp_str_of(lp_tr(court->arena, group->expected));
    claim->observed = lp_say(court, "%s%s%s%s", lp_outcome_word(e->outcome), e->why.n ? ": " : "",
                             lp_text(court, e->why),
                             count > 1 ? lp_say(court, ", and %zu more", count - 1).p : "");
}

static void check_groups(struct lp_court *court)
{
    for (size_t g = 0; g < LP_COUNT(groups); g++) {
        for (size_t i = 0; i < court->log->n; i++) {
            if (groups[g].has(court->log->at[i]) && !is_spoken_for(court, &groups[g], i))
                claim_group(court, &groups[g], i);
        }
    }
}

/* ---- answers that were cut ---- */

static void claim_cut(struct lp_court *court, const struct lp_step_result *step, struct lp_str what,
                      int64_t evidence)
{
    struct lp_claim *claim = lp_claim_add(court, "LP-RUN-LIMITED");
    claim->step = (size_t)(step - court->survey->main->steps);
    claim->host = lp_say(court, "%s", lp_text(court, step->name));
    claim->vars.name = claim->host;
    claim->subject = claim->host;
    claim->expected = lp_say(court, "no more than the limit");
    claim->observed = what;
    lp_claim_evidence(claim, evidence);
}

static void check_places(struct lp_court *court, const struct lp_step_result *step,
                         const struct lp_places *places)
{
    if (places->total > places->n)
        claim_cut(court, step,
                  lp_say(court, "%zu addresses, %d of them asked", places->total, LP_MAX_ADDRESSES),
                  places->n ? places->at[0].evidence : 0);
}

static void check_cuts(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    for (size_t i = 0; i < path->step_count; i++) {
        const struct lp_step_result *step = &path->steps[i];
        if (step->srv.record_count > step->target_count)
            claim_cut(court, step,
                      lp_say(court, "%zu SRV targets, %d of them followed", step->srv.record_count,
                             LP_MAX_TARGETS),
                      step->srv.evidence[step->srv.evidence_count - 1]);
        check_places(court, step, &step->places);
        for (size_t k = 0; k < step->target_count; k++)
            check_places(court, step, &step->targets[k].places);
    }
}

static void check_messages(struct lp_court *court)
{
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_evidence *e = court->log->at[i];
        const struct lp_dns_facts *facts = lp_dns_of(e);
        if (!facts || !facts->cut)
            continue;
        struct lp_claim *claim = lp_claim_name(court, "LP-RUN-LIMITED", facts->name, facts->type);
        claim->expected = lp_say(court, "no more than the limit");
        claim->observed = lp_say(court, "%zu records kept, %lld more left out", facts->rrs.n,
                                 (long long)facts->cut);
        lp_claim_evidence(claim, e->id);
    }
}

static void check_overrides(struct lp_court *court)
{
    const struct lp_setup *setup = &court->log->setup;
    if (!lp_setup_overridden(setup))
        return;
    struct lp_claim *claim = lp_claim_add(court, "LP-RUN-OVERRIDDEN");
    claim->subject = claim->vars.domain;
    claim->expected = lp_say(court, "answers as they are in DNS");
    claim->observed = lp_say(court, "%zu overridden on the command line",
                             setup->resolve.n + setup->connect_to.n + setup->answer.n +
                                 setup->deny.n + setup->zones.n);
}

void lp_check_run(struct lp_court *court)
{
    check_groups(court);
    check_cuts(court);
    check_messages(court);
    check_overrides(court);
}
