/* turn_udp.c - the A/V Edge over UDP: one Allocate without credentials, then a standard
 * Binding, which tells another server's presence from nobody's. */
#include "lp/turn.h"

/* An Edge ignores a Binding, others ignore an Allocate without their cookie: first what the
   client asks, twice, then the other. */
enum { BINDING_FROM = 2 };

static enum lp_next speak(struct lp_talk *talk)
{
    if (talk->again == 0) {
        lp_turn_begin(talk->facts);
        lp_stun_put_allocate(talk->out, talk->token);
    } else if (talk->again == BINDING_FROM) {
        lp_stun_put_binding(talk->out, talk->token);
    }
    return LP_MORE;
}

static enum lp_next step(struct lp_talk *talk)
{
    if (talk->eof)
        return LP_BAD;
    return talk->in.n ? lp_turn_hear(talk, talk->in) : speak(talk);
}

const struct lp_probe lp_probe_turn_udp = {
    .shape = {
        .name = "turn-udp",
        .title = "A/V Edge over UDP: one Allocate without credentials",
        .fields = lp_turn_fields,
        .size = sizeof(struct lp_turn_facts),
        .has_link = true,
    },
    .carrier = LP_CARRY_DATAGRAM,
    .plain = true,
    .step = step,
    .checks = lp_turn_checks,
    .say = lp_turn_say,
    .is_well = lp_turn_is_well,
};
