/* sip.c - the answer to REGISTER without credentials (domain.md 3) */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/msdiag.h"
#include "lp/probe.h"
#include "lp/text.h"

/* "Wait" and nothing more (RFC 3261 8.1.3.1): what is behind the proxy does not answer. */
static bool is_provisional(const struct lp_seat *seat)
{
    const struct lp_sip_facts *facts = seat->e->facts;
    return seat->e->outcome == LP_OK && facts->status >= 100 && facts->status < 200;
}

static void check_speech(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_sip_facts *facts = seat->e->facts;
    bool connected =
        seat->link->connect == LP_OPEN && (seat->link->plain || seat->link->tls == LP_OK);
    bool silent = seat->e->outcome == LP_TIMEOUT || seat->e->outcome == LP_RESET;
    if (!connected)
        return;
    if (seat->e->outcome == LP_MALFORMED) {
        struct lp_claim *claim = lp_claim_seat(court, "LP-SIP-NOT-SIP", seat);
        claim->expected = lp_say(court, "SIP/2.0 401 or 407");
        struct lp_str said = lp_str_trim(lp_str_sub(facts->first_bytes, 0, 40));
        claim->observed = !said.n && seat->e->why.n
                              ? lp_say(court, "%s", lp_text(court, seat->e->why))
                              : lp_say(court, "\"%s\"", lp_text(court, said));
    } else if (silent || is_provisional(seat)) {
        struct lp_seat judged = *seat;
        judged.usable = false;
        struct lp_claim *claim = lp_claim_seat(court, "LP-SIP-NO-ANSWER", &judged);
        claim->expected = lp_say(court, "SIP/2.0 401 or 407");
        claim->observed = facts->status > 0 ? lp_say(court, "SIP/2.0 %lld, and nothing after it",
                                                     (long long)facts->status)
                          : seat->e->why.n  ? lp_say(court, "%s", lp_text(court, seat->e->why))
                                            : lp_say(court, "no answer");
    }
}

/* The number explained, and where a redirect leads. */
static struct lp_str say_more(struct lp_court *court, const struct lp_sip_facts *facts)
{
    struct lp_msdiag_header header;
    lp_msdiag_read(facts->diagnostics, &header);
    const struct lp_msdiag *row = lp_msdiag_find(header.number);
    bool leads = facts->status / 100 == 3 && facts->contact.n;
    return lp_say(court, "%s%s%s%s%s", row ? " (" : "", row ? lp_tr(court->arena, row->title) : "",
                  row ? ")" : "", leads ? ", Contact " : "",
                  leads ? lp_text(court, facts->contact) : "");
}

/* 504: whoever answers is well, the server behind it is not (poster: external sign-in, step 2).
 * Its name by the answer, else by the topology. */
static struct lp_str say_next_hop(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_msdiag_header header;
    const struct lp_sip_facts *facts = seat->e->facts;
    const struct lp_pool *pool = seat->row ? seat->row->port.authenticator : NULL;
    lp_msdiag_read(facts->diagnostics, &header);
    if (facts->status != 504)
        return LP_STR("");
    struct lp_str hop = pool && !header.hop.n ? pool->fqdn : header.hop;
    return lp_say(court, " (%s answers, its next hop %s%sdoes not)",
                  lp_tr(court->arena, court->survey->internal ? "the server" : "the Access Edge"),
                  lp_text(court, hop), hop.n ? " " : "");
}

static void check_status(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_sip_facts *facts = seat->e->facts;
    struct lp_seat judged = *seat;
    if (seat->e->outcome != LP_OK || facts->status == 401 || facts->status == 407 ||
        is_provisional(seat))
        return;
    /* it speaks SIP, but no client gets in here: an alternative of the same step
       decides */
    judged.usable = false;
    struct lp_claim *claim = lp_claim_seat(court, "LP-SIP-STATUS", &judged);
    claim->expected = lp_say(court, "status 401 or 407");
    claim->observed =
        lp_say(court, "status %lld%s%s%s%s%s%s", (long long)facts->status,
               facts->reason.n ? " " : "", lp_text(court, facts->reason),
               say_next_hop(court, seat).p, facts->diagnostics.n ? ", ms-diagnostics " : "",
               lp_text(court, facts->diagnostics), say_more(court, facts).p);
}

void lp_check_sip(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (court->seats[i].e->shape != &lp_probe_sip.shape ||
            court->seats[i].link->alert_after_certificate)
            continue;
        check_speech(court, &court->seats[i]);
        check_status(court, &court->seats[i]);
    }
}
