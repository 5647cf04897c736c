/* tls.c - handshakes: failed, old, or wanting a client certificate */
#include "lp/court.h"
#include "lp/text.h"

static const struct {
    enum lp_outcome outcome;
    const char *id;
} failures[] = {
    { LP_ALERT, "LP-TLS-FAILED" },
    { LP_RESET, "LP-TLS-RESET" },
    { LP_STALLED, "LP-TLS-STALLED" },
    { LP_NOT_TLS, "LP-TLS-NOT-TLS" },
};

static struct lp_str say_failure(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_link *link = seat->link;
    if (link->tls == LP_NOT_TLS && link->first_bytes.n)
        return lp_say(court, "\"%s\"",
                      lp_text(court, lp_str_trim(lp_str_sub(link->first_bytes, 0, 40))));
    if (link->tls == LP_ALERT && link->alert >= 0)
        return lp_say(court, "TLS alert %lld%s%s", (long long)link->alert,
                      seat->e->why.n ? ", " : "", lp_text(court, seat->e->why));
    return lp_say(court, "%s%s%s", lp_outcome_word(link->tls), seat->e->why.n ? ", " : "",
                  lp_text(court, seat->e->why));
}

static void check_failure(struct lp_court *court, const struct lp_seat *seat)
{
    if (seat->link->alert_after_certificate)
        return;
    for (size_t i = 0; i < LP_COUNT(failures); i++) {
        if (seat->link->tls != failures[i].outcome)
            continue;
        struct lp_claim *claim = lp_claim_seat(court, failures[i].id, seat);
        claim->expected = lp_say(court, "a TLS handshake that completes");
        claim->observed = say_failure(court, seat);
    }
}

static void check_client_certificate(struct lp_court *court, const struct lp_seat *seat)
{
    const struct lp_link *link = seat->link;
    if (!link->asks_certificate && !link->alert_after_certificate)
        return;
    if (seat->row && seat->row->port.mutual)
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-TLS-CLIENT-CERT", seat);
    claim->stops = link->alert_after_certificate && seat->decides && !seat->usable && !seat->row;
    claim->expected = lp_say(court, "a server that clients can talk to without a certificate");
    claim->observed =
        link->alert_after_certificate
            ? lp_say(court, "asks for a client certificate and refuses without one (alert %lld)",
                     (long long)link->alert)
            : lp_say(court, "asks for a client certificate, goes on without one");
}

static void check_version(struct lp_court *court, const struct lp_seat *seat)
{
    struct lp_str protocol = seat->link->protocol;
    bool old = lp_str_eq(protocol, LP_STR("TLSv1")) || lp_str_eq(protocol, LP_STR("TLSv1.1")) ||
               lp_str_eq(protocol, LP_STR("SSLv3"));
    if (!old || seat->link->tls != LP_OK)
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-TLS-OLD", seat);
    claim->expected = lp_say(court, "TLS 1.2 or newer");
    claim->observed = lp_say(court, "works, but only %s", lp_text(court, protocol));
}

void lp_check_tls(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (lp_seat_is_bare(&court->seats[i]))
            continue;
        check_failure(court, &court->seats[i]);
        check_client_certificate(court, &court->seats[i]);
        check_version(court, &court->seats[i]);
    }
}
