/* seats.c - the endpoints that matter to the deciding client, each once */
#include "lp/court.h"
#include "lp/plan.h"
#include "lp/steps.h"

/* A seat that is reached, then one without a later alternative, weighs more. */
static int weight(const struct lp_seat *s)
{
    return (s->decides ? 8 : 0) + (s->reached ? 4 : 0) + (s->alternative ? 0 : 2) +
           (s->first_hop ? 1 : 0);
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

static bool has_usable(const struct lp_step_result *step, size_t from, size_t to)
{
    for (size_t i = 0; i < step->candidate_count; i++) {
        if (step->candidates[i].usable && step->candidates[i].order >= from &&
            step->candidates[i].order < to)
            return true;
    }
    return false;
}

/* The client never comes to a SIP candidate after one that is usable: what fails there may be
   another service's port. Of an Autodiscover host both schemes are asked at once. */
static bool is_beyond(const struct lp_step_result *step, const struct lp_candidate *c)
{
    return step->row->kind != LP_STEP_AUTODISCOVER && !c->usable && has_usable(step, 0, c->order);
}

/* The chain's other answers: redirect targets, then documents. */
static void add_chain(struct lp_court *court, const struct lp_seat *first)
{
    struct lp_ad_chain chain;
    bool after_root = false;
    lp_ad_chain(court->survey, first->e, &chain);
    for (size_t i = 1; i < chain.n; i++) {
        struct lp_seat seat = seat_of(court, first->step, chain.at[i]);
        seat.order = first->order;
        seat.usable = lp_ad_is_root(chain.at[i]);
        seat.alternative = first->alternative && !chain.root;
        after_root |= chain.at[i - 1] == chain.root;
        seat.document = after_root && !seat.usable;
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
        seat.alternative = has_usable(step, c->order + 1, SIZE_MAX);
        seat.decides = lp_step_decides(court, step) && !seat.alternative;
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
        seat.decides = lp_step_decides(court, step);
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
}
