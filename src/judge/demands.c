/* demands.c - the endpoints that a topology asks for, beside those of the walk */
#include <string.h>

#include "lp/court.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/rows.h"
#include "lp/steps.h"

const struct lp_expectation *lp_seat_certificate(const struct lp_court *court,
                                                 const struct lp_seat *seat)
{
    const struct lp_expectations *expected = court->log->expected;
    return seat->row && seat->row->port.certificate < expected->n
               ? &expected->at[seat->row->port.certificate]
               : NULL;
}

bool lp_seat_is_well(const struct lp_seat *seat)
{
    const struct lp_probe *probe = lp_probe_by_name(lp_str_of(seat->e->shape->name));
    if (seat->row && seat->row->port.mutual && seat->link->alert_after_certificate)
        return true;
    return probe && probe->is_well ? probe->is_well(seat->e) : seat->e->outcome == LP_OK;
}

bool lp_seat_is_bare(const struct lp_seat *seat)
{
    return seat->row && seat->row->port.certificate == SIZE_MAX && seat->link->plain;
}

/* One row of the poster over the nodes of one pool. */
static bool are_same_row(const struct lp_expectation *a, const struct lp_expectation *b)
{
    return a && b && a->port.group.n && lp_str_eq(a->port.group, b->port.group) &&
           a->row == b->row && strcmp(a->role, b->role) == 0 && strcmp(a->title, b->title) == 0;
}

bool lp_seats_are_siblings(const struct lp_seat *a, const struct lp_seat *b)
{
    if (a->link->port != b->link->port)
        return false;
    /* A load balancer stands before its servers, not beside them. */
    if (a->row && b->row && strcmp(a->row->role, b->row->role) != 0)
        return false;
    return lp_name_eq(a->link->host, b->link->host) || are_same_row(a->row, b->row);
}

/* The seat of that evidence, the walk's own or a new one. Of several rows the first speaks. */
static size_t seat_at(struct lp_court *court, const struct lp_evidence *e,
                      const struct lp_expectation *row)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].e != e)
            continue;
        if (!court->seats[i].row)
            court->seats[i].row = row;
        return i;
    }
    struct lp_seat *seat = &court->seats[court->seat_count];
    *seat = (struct lp_seat){
        .e = e, .link = lp_link_of(e), .step_index = SIZE_MAX, .reached = true, .row = row
    };
    seat->leaf = lp_seat_is_bare(seat) ? NULL : lp_log_leaf(court->log, seat->link);
    seat->usable = lp_seat_is_well(seat);
    return court->seat_count++;
}

static bool is_well(const struct lp_evidence *e, const struct lp_expectation *row)
{
    struct lp_seat seat = { .e = e, .link = lp_link_of(e), .row = row };
    return lp_seat_is_well(&seat);
}

/* Of two ports at one address one suffices: the one that answers, else the first. */
static void take_node(struct lp_court *court, struct lp_demand *demand, const struct lp_ask *asks,
                      size_t n)
{
    const struct lp_evidence *chosen = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct lp_evidence *e = lp_log_find(court->log, asks[i].key);
        if (lp_probe_is_open(e))
            demand->open = true;
        else if (!chosen || (!is_well(chosen, demand->row) && is_well(e, demand->row)))
            chosen = e;
    }
    if (chosen)
        demand->seats[demand->seat_count++] = seat_at(court, chosen, demand->row);
    if (chosen && is_well(chosen, demand->row))
        demand->open = false;
}

static void take_connections(struct lp_court *court, struct lp_demand *demand)
{
    struct lp_row_asks asks;
    size_t each = demand->row->port.ports[1] ? 2 : 1;
    lp_row_asks(court->log, court->arena, demand->row, &asks);
    demand->unasked = asks.unasked;
    demand->lookup = demand->row->port.address.family ? LP_NONE : asks.places.outcome;
    demand->seats = lp_arena_array(court->arena, asks.n + 1, sizeof *demand->seats);
    bool open = false;
    for (size_t i = 0; i + each <= asks.n; i += each) {
        demand->open = false;
        take_node(court, demand, &asks.at[i], each);
        open |= demand->open;
    }
    demand->open = open;
}

void lp_demands_find(struct lp_court *court)
{
    const struct lp_expectations *expected = court->log->expected;
    if (!expected)
        return;
    court->demands = lp_arena_array(court->arena, expected->n + 1, sizeof *court->demands);
    for (size_t i = 0; i < expected->n; i++) {
        if (expected->at[i].internal != court->survey->internal)
            continue;
        struct lp_demand *demand = &court->demands[court->demand_count++];
        *demand = (struct lp_demand){ .row = &expected->at[i], .unasked = expected->at[i].skip };
        if (expected->at[i].kind == LP_EXPECT_PORT)
            take_connections(court, demand);
    }
}
