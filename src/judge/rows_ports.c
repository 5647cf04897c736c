/* rows_ports.c - ports that should be closed, and services that no other check has words for */
#include "lp/court.h"
#include "lp/lang.h"

static bool is_trouble_of(const struct lp_claim *claim, const struct lp_evidence *e)
{
    for (size_t i = 0; i < claim->evidence_count; i++) {
        if (claim->evidence[i] == e->id)
            return claim->rule->rank >= LP_RANK_PORT && claim->rule->rank <= LP_RANK_UNREACHABLE &&
                   claim->rule->rank != LP_RANK_CERT;
    }
    return false;
}

static bool is_spoken_for(const struct lp_court *court, const struct lp_evidence *e)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (is_trouble_of(&court->claims[i], e))
            return true;
    }
    return false;
}

/* What ended the question, where the connection stood and no check of its own took it up. */
static const struct {
    enum lp_outcome outcome;
    const char *id;
} fallbacks[] = {
    { LP_TIMEOUT, "LP-PORT-FILTERED" },        { LP_REFUSED, "LP-PORT-CLOSED" },
    { LP_UNREACHABLE, "LP-PORT-UNREACHABLE" }, { LP_RESET, "LP-PORT-CLOSED" },
    { LP_MALFORMED, "LP-PORT-CLOSED" },
};

static void claim_silence(struct lp_court *court, const struct lp_seat *seat)
{
    const char *id = "LP-PORT-CLOSED";
    for (size_t i = 0; i < LP_COUNT(fallbacks); i++) {
        if (seat->e->outcome == fallbacks[i].outcome)
            id = fallbacks[i].id;
    }
    struct lp_claim *claim = lp_claim_seat(court, id, seat);
    claim->expected = lp_say(
        court, "%s", seat->row->title ? lp_tr(court->arena, seat->row->title) : seat->row->role);
    claim->observed = lp_say(court, "%s%s%s", lp_outcome_word(seat->e->outcome),
                             seat->e->why.n ? ", " : "", lp_text(court, seat->e->why));
}

static void claim_unexpected(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_seat(court, "LP-PORT-UNEXPECTED", seat);
    claim->expected = lp_say(court, "port %lld closed: %s is off in the topology",
                             (long long)seat->link->port, lp_tr(court->arena, seat->row->title));
    claim->observed = lp_say(court, "accepts connections");
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_expect_port *port = &seat->row->port;
    bool answers = port->udp ? seat->e->outcome == LP_OK : seat->link->connect == LP_OPEN;
    if (port->closed && answers)
        claim_unexpected(court, seat);
    if (!port->closed && !port->reserved && !lp_seat_is_well(seat) &&
        !is_spoken_for(court, seat->e))
        claim_silence(court, seat);
}

void lp_check_expected_ports(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].row)
            check_seat(court, &court->seats[i]);
    }
}
