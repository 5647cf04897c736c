/* court.c - claims: how a check raises one */
#include <stdarg.h>
#include <stdio.h>

#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/text.h"

struct lp_str lp_say(struct lp_court *court, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, lp_tr(court->arena, format), args);
    va_end(args);
    return lp_clean_text(court->arena, lp_str_of(text), NULL);
}

const char *lp_text(struct lp_court *court, struct lp_str s)
{
    struct lp_str shown = lp_clean_text(court->arena, lp_str_sub(s, 0, 200), NULL);
    return shown.p ? lp_arena_str(court->arena, shown).p : "";
}

/* On-premises, unless a topology says otherwise: so were the servers that this program is for. */
static struct lp_str home_of(const struct lp_court *court)
{
    const struct lp_expectations *expected = court->log->expected;
    bool cloud = expected && lp_topology_hosting(expected->topology, court->log->setup.domain,
                                                 NULL) == LP_HOSTING_CLOUD;
    return cloud ? LP_STR("cloud") : LP_STR("premises");
}

struct lp_claim *lp_claim_add(struct lp_court *court, const char *id)
{
    if (court->claim_count == court->claim_room) {
        size_t room = court->claim_room ? 2 * court->claim_room : 32;
        struct lp_claim *claims = lp_arena_array(court->arena, room, sizeof *claims);
        if (court->claim_count)
            __builtin_memcpy(claims, court->claims, court->claim_count * sizeof *claims);
        court->claims = claims;
        court->claim_room = room;
    }
    struct lp_claim *claim = &court->claims[court->claim_count++];
    *claim = (struct lp_claim){ .rule = lp_rule_by_id(lp_str_of(id)),
                                .step = SIZE_MAX,
                                .cause = SIZE_MAX };
    claim->severity = claim->rule->severity;
    claim->vars.domain = court->log->setup.domain;
    claim->vars.view = court->survey->internal ? LP_STR("internal") : LP_STR("external");
    claim->vars.home = home_of(court);
    return claim;
}

void lp_claim_evidence(struct lp_claim *claim, int64_t id)
{
    for (size_t i = 0; i < claim->evidence_count; i++) {
        if (claim->evidence[i] == id)
            return;
    }
    if (id && claim->evidence_count < LP_COUNT(claim->evidence))
        claim->evidence[claim->evidence_count++] = id;
}

struct lp_claim *lp_claim_find(const struct lp_court *court, const char *id, struct lp_str subject)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (lp_str_eq(lp_str_of(court->claims[i].rule->id), lp_str_of(id)) &&
            lp_str_eq(court->claims[i].subject, subject))
            return &court->claims[i];
    }
    return NULL;
}

bool lp_has_claim(const struct lp_court *court, const char *id, struct lp_str subject)
{
    return lp_claim_find(court, id, subject) != NULL;
}

void lp_claim_row(struct lp_claim *claim, const struct lp_expectation *row)
{
    claim->row = row;
    claim->group = row->kind == LP_EXPECT_PORT ? row->port.group : LP_STR_NONE;
    if (row->optional)
        claim->severity = LP_INFO;
}

/* What the topology names must be there, whatever a client comes to. */
enum lp_severity lp_seat_severity(const struct lp_seat *seat, enum lp_severity base)
{
    if (seat->row)
        return seat->row->optional ? LP_INFO : base;
    if (!seat->usable && seat->alternative)
        return LP_INFO;
    if ((!seat->reached || seat->spare) && base == LP_CRITICAL)
        return LP_WARNING;
    return base;
}

/* Nobody has shown the certificate yet. */
static void name_file(struct lp_court *court, struct lp_claim *claim, const struct lp_seat *seat)
{
    claim->subject = lp_say(court, "%s", lp_text(court, court->log->setup.certificate));
    claim->vars.address = lp_say(court, "from a file");
    claim->vars.names = lp_seat_names(court, seat);
}

struct lp_claim *lp_claim_seat(struct lp_court *court, const char *id, const struct lp_seat *seat)
{
    char address[LP_ADDR_TEXT];
    const struct lp_link *link = seat->link;
    struct lp_claim *claim = lp_claim_add(court, id);
    lp_addr_format(&link->address, address, sizeof address);
    claim->severity = lp_seat_severity(seat, claim->rule->severity);
    claim->host = lp_clean_text(court->arena, link->host, NULL);
    claim->port = link->port;
    claim->address = link->address;
    claim->step = seat->step_index;
    claim->decides = seat->decides;
    claim->deadline = lp_str_eq(seat->e->why, LP_STR("deadline"));
    claim->leaf = seat->leaf ? seat->leaf->sha256 : LP_STR_NONE;
    claim->subject =
        lp_say(court, "%s:%lld %s", lp_text(court, link->host), (long long)link->port, address);
    claim->vars.host = claim->host;
    claim->vars.port = lp_say(court, "%lld", (long long)link->port);
    claim->vars.address = lp_say(court, "%s", address);
    if (court->log->setup.certificate.n)
        name_file(court, claim, seat);
    claim->vars.service = seat->e->shape->has_http ? LP_STR("web") : LP_STR("sip");
    lp_claim_evidence(claim, seat->e->id);
    if (seat->row)
        lp_claim_row(claim, seat->row);
    return claim;
}

struct lp_claim *lp_claim_web(struct lp_court *court, const char *id, const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_seat(court, id, seat);
    claim->vars.name = claim->vars.host;
    return claim;
}

struct lp_claim *lp_claim_name(struct lp_court *court, const char *id, struct lp_str name,
                               int64_t type)
{
    char word[12];
    struct lp_claim *claim = lp_claim_add(court, id);
    claim->host = lp_clean_text(court->arena, name, NULL);
    claim->vars.name = claim->host;
    claim->vars.type = lp_say(court, "%s", lp_dns_type_word(type, word));
    claim->subject = lp_say(court, "%s %s", lp_text(court, name), lp_dns_type_word(type, word));
    return claim;
}

bool lp_step_is_reached(const struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_path *path = court->survey->main;
    bool web = step->row->kind == LP_STEP_AUTODISCOVER;
    if (path->outcome != LP_SIGNS_IN || !path->stops_at)
        return true;
    /* once Autodiscover has answered, no other Autodiscover name is tried */
    return step <= path->stops_at || (step <= path->giver && !web);
}

bool lp_step_decides(const struct lp_court *court, const struct lp_step_result *step)
{
    return step == court->survey->main->stops_at || step == court->survey->main->giver;
}

void lp_claim_step(struct lp_court *court, struct lp_claim *claim,
                   const struct lp_step_result *step)
{
    if (!step)
        return;
    claim->step = (size_t)(step - court->survey->main->steps);
    claim->decides = lp_step_decides(court, step);
    if (!lp_step_is_reached(court, step) && claim->severity == LP_CRITICAL)
        claim->severity = LP_WARNING;
}

bool lp_step_has_usable(const struct lp_step_result *step, size_t from, size_t to)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        if (step->candidates[i].usable && step->candidates[i].order >= from &&
            step->candidates[i].order < to)
            return true;
    }
    return false;
}

void lp_claim_candidate(struct lp_claim *claim, const struct lp_step_result *step, size_t order)
{
    bool usable = lp_step_has_usable(step, order, order + 1);
    if (!usable && lp_step_has_usable(step, order + 1, SIZE_MAX))
        claim->severity = LP_INFO;
    else if (lp_step_has_usable(step, 0, order) && claim->severity == LP_CRITICAL)
        claim->severity = LP_WARNING;
}

bool lp_is_of_topology(const struct lp_court *court, struct lp_str host)
{
    return court->log->expected &&
           lp_topology_pool_of_host(court->log->expected->topology, host) != NULL;
}

bool lp_is_in_cloud(struct lp_court *court, struct lp_str host)
{
    return lp_cloud_has(court->log, court->arena, host);
}
