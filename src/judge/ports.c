/* ports.c - connections: closed, filtered, unreachable, and half a pool */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"

static const struct {
    enum lp_outcome outcome;
    const char *id;
    const char *observed;
} failures[] = {
    { LP_REFUSED, "LP-PORT-CLOSED", LP_TR("refuses the connection") },
    { LP_RESET, "LP-PORT-CLOSED", LP_TR("resets the connection") },
    { LP_TIMEOUT, "LP-PORT-FILTERED", LP_TR("gives no answer") },
    { LP_UNREACHABLE, "LP-PORT-UNREACHABLE", LP_TR("the network says that it cannot be reached") },
};

static bool is_failure(enum lp_outcome outcome)
{
    for (size_t i = 0; i < LP_COUNT(failures); i++) {
        if (failures[i].outcome == outcome)
            return true;
    }
    return false;
}

/* Has an earlier seat of the same name and port the same address (another document,
   say)? */
static bool is_repeated(const struct lp_court *court, const struct lp_seat *seat)
{
    for (const struct lp_seat *s = court->seats; s < seat; s++) {
        if (lp_seats_are_siblings(s, seat) && lp_addr_eq(&s->link->address, &seat->link->address))
            return true;
    }
    return false;
}

/* Addresses behind the seat's name and port that answer. */
static size_t count_open(const struct lp_court *court, const struct lp_seat *seat)
{
    size_t n = 0;
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        n +=
            lp_seats_are_siblings(seat, s) && s->link->connect == LP_OPEN && !is_repeated(court, s);
    }
    return n;
}

/* From outside, clients sign in at port 443; 5061 is for federation. Where 443 of a host step is
   there, but takes servers with a certificate only, nothing says that another port should be open
   to clients. */
static bool is_excused(const struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_step_result *step = seat->step;
    if (!step || court->survey->internal || step->row->kind != LP_STEP_HOST ||
        seat->link->port == 443)
        return false;
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_evidence *e = step->candidates[i].probe;
        if (e && lp_link_of(e)->port == 443 && lp_link_of(e)->alert_after_certificate)
            return true;
    }
    return false;
}

/* Of a port for UDP silence is all that can be seen: it may be filtered, closed, or served by
   something that does not like the question. What it means is for the probe to say. */
static bool is_silent_udp(const struct lp_seat *seat)
{
    return seat->row && seat->row->port.udp && seat->link->connect == LP_TIMEOUT;
}

static void check_seat(struct lp_court *court, const struct lp_seat *seat, bool partial)
{
    bool udp = seat->row && seat->row->port.udp;
    for (size_t i = 0; i < LP_COUNT(failures); i++) {
        if (seat->link->connect != failures[i].outcome || is_silent_udp(seat))
            continue;
        struct lp_claim *claim = lp_claim_seat(court, failures[i].id, seat);
        claim->expected =
            lp_say(court, "%s port %lld open", udp ? "UDP" : "TCP", (long long)seat->link->port);
        claim->observed = lp_say(court, "%s%s%s", lp_tr(court->arena, failures[i].observed),
                                 seat->e->why.n ? ", " : "", lp_text(court, seat->e->why));
        if (partial)
            claim->severity = seat->reached ? LP_CRITICAL : LP_WARNING;
        else if (is_excused(court, seat))
            claim->severity = LP_INFO;
    }
}

/* The first failing seat of a name speaks for the pool. */
static bool is_first_failure(const struct lp_court *court, const struct lp_seat *seat)
{
    for (const struct lp_seat *s = court->seats; s < seat; s++) {
        if (lp_seats_are_siblings(s, seat) && is_failure(s->link->connect))
            return false;
    }
    return true;
}

/* The name that leads to all of them; nodes that are asked by their own names have the pool's. */
static struct lp_str name_of(const struct lp_court *court, const struct lp_seat *seat)
{
    for (size_t i = 0; i < court->seat_count && seat->row; i++) {
        const struct lp_seat *s = &court->seats[i];
        if (lp_seats_are_siblings(seat, s) && !lp_name_eq(s->link->host, seat->link->host))
            return seat->row->port.group;
    }
    return seat->link->host;
}

static void claim_partial(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_claim *claim = lp_claim_seat(court, "LP-PORT-POOL-PARTIAL", seat);
    struct lp_str closed = LP_STR("");
    size_t failed = 0;
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *s = &court->seats[i];
        char address[LP_ADDR_TEXT];
        if (!lp_seats_are_siblings(s, seat) || !is_failure(s->link->connect))
            continue;
        lp_claim_evidence(claim, s->e->id);
        if (is_repeated(court, s))
            continue;
        lp_addr_format(&s->link->address, address, sizeof address);
        closed = lp_say(court, "%s%s%s", closed.p, failed++ ? ", " : "", address);
    }
    size_t open = count_open(court, seat);
    claim->severity = seat->reached ? LP_CRITICAL : LP_WARNING;
    claim->subject =
        lp_say(court, "%s:%lld", lp_text(court, name_of(court, seat)), (long long)seat->link->port);
    claim->vars.address = closed;
    claim->expected = lp_say(court, "all %zu addresses answer", open + failed);
    claim->observed = lp_say(court, "%zu answer, not %s", open, closed.p);
}

void lp_check_ports(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        if (seat->row && (seat->row->port.closed || seat->row->port.reserved))
            continue;
        bool partial = is_failure(seat->link->connect) && count_open(court, seat) > 0;
        check_seat(court, seat, partial);
        if (partial && is_first_failure(court, seat))
            claim_partial(court, seat);
    }
}
