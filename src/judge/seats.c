/* seats.c - the endpoints that matter to the deciding client, each once */
#include "lp/court.h"
#include "lp/plan.h"
#include "lp/steps.h"

/* A seat that is reached, then one without another candidate in its place, weighs
   more. */
static int weight(const struct lp_seat *s)
{
    return (s->decides ? 16 : 0) + (s->reached ? 8 : 0) + (s->spare ? 0 : 4) +
           (s->alternative ? 0 : 2) + (s->first_hop ? 1 : 0);
}

static void add_seat(struct lp_court *court, const struct lp_seat *seat)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].e != seat->e)
            continue;
        if (weight(seat) > weight(&court->seats[i]))
            court->seats[i] = *seat;
        return;
    }
    court->seats[court->seat_count++] = *seat;
}

static struct lp_seat seat_of(struct lp_court *court, const struct lp_step_result *step,
                              const struct lp_evidence *e)
{
    struct lp_seat seat = { .e = e, .link = lp_link_of(e), .step = step };
    seat.leaf = lp_log_leaf(court->log, seat.link);
    seat.step_index = (size_t)(step - court->survey->main->steps);
    seat.web = e->shape->has_http;
    seat.reached = lp_step_is_reached(court, step);
    return seat;
}

/* Of a host step the client never comes to a port after one that is usable: what fails
   there may be another service's. An SRV record's targets are all meant to answer. */
static bool is_beyond(const struct lp_step_result *step, const struct lp_candidate *c)
{
    return step->row->kind == LP_STEP_HOST && !c->usable && lp_step_has_usable(step, 0, c->order);
}

static bool is_in_chain(const struct lp_court *court, const struct lp_evidence *first,
                        const struct lp_evidence *e)
{
    struct lp_ad_chain chain;
    lp_ad_chain(court->survey, first, &chain);
    for (size_t i = 1; i < chain.documents; i++) {
        if (chain.at[i] == e)
            return true;
    }
    return false;
}

/* Does an earlier candidate serve, without this one in its chain (http that redirects
   to https)? */
static bool is_spare(const struct lp_court *court, const struct lp_step_result *step,
                     const struct lp_candidate *c)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_candidate *other = &step->candidates[i];
        if (!other->usable || other->order >= c->order)
            continue;
        if (step->row->kind != LP_STEP_AUTODISCOVER || !is_in_chain(court, other->probe, c->probe))
            return true;
    }
    return false;
}

static bool decides(const struct lp_court *court, const struct lp_seat *seat)
{
    return lp_step_decides(court, seat->step) && !seat->spare &&
           (seat->usable || !seat->alternative);
}

/* The chain's other answers: redirect targets, then documents. */
static void add_chain(struct lp_court *court, const struct lp_seat *first)
{
    struct lp_ad_chain chain;
    lp_ad_chain(court->survey, first->e, &chain);
    for (size_t i = 1; i < chain.n; i++) {
        struct lp_seat seat = seat_of(court, first->step, chain.at[i]);
        seat.order = first->order;
        seat.usable = lp_ad_is_root(chain.at[i]);
        seat.alternative = first->alternative && !chain.root;
        seat.spare = first->spare;
        seat.document = i >= chain.documents;
        seat.decides = decides(court, &seat);
        add_seat(court, &seat);
    }
}

static void add_candidates(struct lp_court *court, const struct lp_step_result *step)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_candidate *c = &step->candidates[i];
        if (!c->probe || is_beyond(step, c))
            continue;
        struct lp_seat seat = seat_of(court, step, c->probe);
        seat.order = c->order;
        seat.usable = c->usable;
        seat.first_hop = seat.web;
        seat.alternative = lp_step_has_usable(step, c->order + 1, SIZE_MAX);
        seat.spare = is_spare(court, step, c);
        seat.decides = decides(court, &seat);
        add_seat(court, &seat);
        if (seat.web)
            add_chain(court, &seat);
    }
}

static void add_named(struct lp_court *court, const struct lp_step_result *step)
{
    const struct lp_evidence *probes[LP_MAX_ADDRESSES];
    struct lp_places places;
    size_t n = step->named ? lp_named_probes(court->survey, step->named, probes, &places) : 0;
    for (size_t i = 0; i < n; i++) {
        struct lp_seat seat = seat_of(court, step, probes[i]);
        seat.named = true;
        seat.usable = lp_probe_is_usable(probes[i], false);
        seat.decides = decides(court, &seat);
        add_seat(court, &seat);
    }
}

void lp_seats_find(struct lp_court *court)
{
    const struct lp_path *path = court->survey->main;
    court->seats = lp_arena_array(court->arena, court->log->n + 1, sizeof *court->seats);
    for (size_t i = 0; i < path->step_count; i++) {
        add_candidates(court, &path->steps[i]);
        add_named(court, &path->steps[i]);
    }
    for (size_t i = 0, n = court->seat_count; i < n; i++)
        lp_seats_of_sts(court, &court->seats[i], add_seat);
}
