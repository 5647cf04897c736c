/* sni.c - what comes without SNI, beside what comes with it (domain.md 5.4) */
#include "lp/court.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/text.h"

/* The seat at the same place. */
static const struct lp_seat *seat_at(const struct lp_court *court, const struct lp_link *link)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_link *other = court->seats[i].link;
        if (other->tls == LP_OK && other->port == link->port &&
            lp_addr_eq(&other->address, &link->address) && lp_name_eq(other->host, link->host))
            return &court->seats[i];
    }
    return NULL;
}

/* What is wrong without SNI; unset: nothing, or it was not seen. */
static struct lp_str observe(struct lp_court *court, const struct lp_evidence *e,
                             const struct lp_seat *seat)
{
    const struct lp_link *link = lp_link_of(e);
    const struct lp_certificate *leaf = lp_log_leaf(court->log, link);
    if (link->connect != LP_OPEN || link->alert_after_certificate)
        return LP_STR_NONE;
    if (link->tls == LP_ALERT || link->tls == LP_RESET)
        return lp_say(court, "without SNI: no certificate, TLS %s", lp_outcome_word(link->tls));
    if (link->tls != LP_OK || !leaf || !seat->leaf || lp_str_eq(leaf->sha256, seat->leaf->sha256) ||
        lp_cert_covers(leaf, link->host, NULL))
        return LP_STR_NONE;
    return lp_say(court, "without SNI: the certificate of %s",
                  lp_text(court, leaf->common_name.n ? leaf->common_name : leaf->subject));
}

void lp_check_sni(struct lp_court *court)
{
    const struct lp_probe *probe = lp_probe_by_name(LP_STR("tls-nosni"));
    for (size_t i = 0; i < court->log->n; i++) {
        const struct lp_evidence *e = court->log->at[i];
        const struct lp_seat *seat =
            e->shape == &probe->shape ? seat_at(court, lp_link_of(e)) : NULL;
        struct lp_str observed = seat ? observe(court, e, seat) : LP_STR_NONE;
        if (!observed.p)
            continue;
        struct lp_claim *claim = lp_claim_seat(court, "LP-TLS-SNI-NEEDED", seat);
        claim->expected = lp_say(court, "the same certificate, or one for %s, without SNI",
                                 lp_text(court, seat->link->host));
        claim->observed = observed;
        lp_claim_evidence(claim, e->id);
    }
}
