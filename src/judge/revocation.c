/* revocation.c - what lists and responders say of the certificates that were shown */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/standing.h"
#include "lp/text.h"

/* One certificate of a seat's chain before the court. */
struct look {
    const struct lp_seat *seat;
    const struct lp_certificate *cert;
    const struct lp_standing *standing;
};

/* ---- revoked ---- */

static void claim_revoked(struct lp_court *court, const struct look *look,
                          const struct lp_source *source)
{
    static const struct {
        const char *beside, *unchecked;
    } words[] = {
        [LP_SOURCE_STAPLE] = { LP_TR(" (stapled OCSP answer)"),
                               LP_TR("; the stapled OCSP answer's signature was not checked") },
        [LP_SOURCE_OCSP] = { LP_TR(" (OCSP answer)"),
                             LP_TR("; the OCSP answer's signature was not checked") },
        [LP_SOURCE_LIST] = { "", LP_TR("; the list's signature was not checked") },
    };
    char day[24];
    const struct lp_certificate *cert = look->cert;
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-REVOKED", look->seat);
    lp_format_day(source->revoked_at, day, sizeof day);
    claim->expected = lp_say(court, "a certificate that its CA stands by");
    claim->observed =
        lp_say(court, "%s%s is revoked since %s%s%s%s",
               cert == look->seat->leaf ? "" : lp_tr(court->arena, "the issuing certificate "),
               lp_text(court, cert->common_name.n ? cert->common_name : cert->subject), day,
               lp_tr(court->arena, lp_reason_words(source->reason)),
               lp_tr(court->arena, words[source->kind].beside),
               source->unsigned_ ? lp_tr(court->arena, words[source->kind].unchecked) : "");
    lp_claim_evidence(claim, source->e->id);
}

/* True: some source says that it is revoked; one is enough, whatever others say. */
static bool check_revoked(struct lp_court *court, const struct look *look)
{
    for (size_t i = 0; i < look->standing->n; i++) {
        if (look->standing->at[i].state != LP_SOURCE_REVOKED)
            continue;
        claim_revoked(court, look, &look->standing->at[i]);
        return true;
    }
    return false;
}

/* ---- the sources themselves ---- */

static const struct lp_source *first_failed(const struct lp_standing *standing,
                                            enum lp_source_kind kind)
{
    for (size_t i = 0; i < standing->n; i++) {
        if (standing->at[i].kind == kind && standing->at[i].state == LP_SOURCE_FAILED)
            return &standing->at[i];
    }
    return NULL;
}

/* Where another kind of source is good, clients go on with that one. */
static void claim_source(struct lp_court *court, const struct look *look,
                         const struct lp_source *source)
{
    static const char id[] = "LP-CERT-CRL-UNREACHABLE";
    struct lp_str subject = lp_say(court, "%s", lp_text(court, source->url));
    bool spare = lp_standing_has_beside(look->standing, source->kind, LP_SOURCE_GOOD);
    struct lp_claim *claim = lp_claim_find(court, id, subject);
    bool known = claim != NULL;
    if (!known)
        claim = lp_claim_seat(court, id, look->seat);
    if (spare && !known)
        claim->severity = LP_INFO;
    if (!spare && claim->severity < LP_WARNING)
        claim->severity = lp_seat_severity(look->seat, claim->rule->severity);
    if (known)
        return;
    claim->subject = subject;
    claim->vars.target = subject;
    claim->expected = source->kind == LP_SOURCE_OCSP
                          ? lp_say(court, "a current answer of the OCSP responder by http")
                          : lp_say(court, "a current revocation list by http");
    claim->observed = lp_source_trouble(court->arena, source);
    /* it delays clients; no step breaks by it */
    claim->decides = false;
    claim->step = SIZE_MAX;
    if (source->e)
        lp_claim_evidence(claim, source->e->id);
}

/* Clients are content with any one of the URLs of a kind. */
static void check_kind(struct lp_court *court, const struct look *look, enum lp_source_kind kind)
{
    const struct lp_standing *standing = look->standing;
    const struct lp_source *failed = first_failed(standing, kind);
    if (failed && !lp_standing_has(standing, kind, LP_SOURCE_GOOD) &&
        !lp_standing_has(standing, kind, LP_SOURCE_OPEN))
        claim_source(court, look, failed);
}

static void check_staple(struct lp_court *court, const struct look *look)
{
    const struct lp_source *failed = first_failed(look->standing, LP_SOURCE_STAPLE);
    if (!failed)
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-STAPLE-INVALID", look->seat);
    claim->expected = lp_say(court, "a current OCSP answer for the certificate, or none");
    claim->observed = lp_say(court, "stapled: %s", lp_source_trouble(court->arena, failed).p);
}

static void check_certificate(struct lp_court *court, const struct lp_seat *seat, size_t index)
{
    const struct lp_str *chain = seat->link->chain.at;
    struct look look = { .seat = seat, .cert = lp_log_certificate(court->log, chain[index]) };
    look.standing = lp_standing_find(court->log, court->arena, seat->e, index);
    check_staple(court, &look);
    if (check_revoked(court, &look))
        return;
    check_kind(court, &look, LP_SOURCE_OCSP);
    check_kind(court, &look, LP_SOURCE_LIST);
}

void lp_check_revocation(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        for (size_t k = 0; k < seat->link->chain.n && !lp_seat_is_bare(seat); k++)
            check_certificate(court, seat, k);
    }
}
