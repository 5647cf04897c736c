/* probes.c - what the probes say of their own evidence, each by its table of checks */
#include "lp/court.h"
#include "lp/probe.h"

static void run_check(struct lp_court *court, const struct lp_seat *seat,
                      const struct lp_check *check)
{
    struct lp_charge charge = { LP_STR_NONE, LP_STR_NONE };
    struct lp_check_input input = { .e = seat->e,
                                    .setup = &court->log->setup,
                                    .internal = court->survey->internal,
                                    .arena = court->arena };
    if (seat->row)
        input.public_addresses = seat->row->port.expected_public;
    if (!lp_rule_by_id(lp_str_of(check->id)) || !check->fails(&input, &charge))
        return;
    struct lp_claim *claim = lp_claim_seat(court, check->id, seat);
    claim->expected = charge.expected;
    claim->observed = charge.observed;
}

void lp_check_probes(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        const struct lp_probe *probe = lp_probe_by_name(lp_str_of(seat->e->shape->name));
        for (const struct lp_check *c = probe ? probe->checks : NULL; c && c->id; c++)
            run_check(court, seat, c);
    }
}
