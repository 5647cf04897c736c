/* revocation.c - what the revocation lists say of the certificates that were shown */
#include "lp/court.h"
#include "lp/crl.h"
#include "lp/probe.h"
#include "lp/steps.h"
#include "lp/text.h"
#include "lp/url.h"

/* Reasons of RFC 5280 section 5.3.1. */
static const char *reason_words(int64_t reason)
{
    static const char *const words[] = {
        ", reason not said",     ", key compromise", ", CA compromise",
        ", affiliation changed", ", superseded",     ", cessation of operation",
        ", certificate on hold",
    };
    return reason > 0 && reason < (int64_t)LP_COUNT(words) ? words[reason] : "";
}

static const struct lp_crl_facts *facts_of(const struct lp_evidence *e)
{
    const struct lp_probe *probe = lp_probe_by_name(LP_STR("crl"));
    return e && e->shape == &probe->shape ? e->facts : NULL;
}

/* The fetched list of a URL, of two the later one; NULL: it was not asked. */
static const struct lp_evidence *list_at(const struct lp_court *court, struct lp_str url)
{
    struct lp_str again[] = { url, LP_STR(LP_CRL_AGAIN) };
    struct lp_str other = lp_arena_join(court->arena, again, LP_COUNT(again));
    for (size_t i = court->log->n; i > 0; i--) {
        const struct lp_crl_facts *facts = facts_of(court->log->at[i - 1]);
        if (facts && (lp_str_eq(facts->http.url, url) || lp_str_eq(facts->http.url, other)))
            return court->log->at[i - 1];
    }
    return NULL;
}

static bool is_old(const struct lp_court *court, const struct lp_crl *crl)
{
    return crl->next_update != LP_UTC_NONE && crl->next_update < court->log->setup.clock;
}

static bool is_good(const struct lp_court *court, const struct lp_evidence *e)
{
    return lp_probe_by_name(LP_STR("crl"))->is_well(e) && !is_old(court, &facts_of(e)->crl);
}

/* On the list; NULL: not, or the list does not say. */
static const struct lp_crl_entry *entry_of(const struct lp_crl *crl,
                                           const struct lp_certificate *cert)
{
    const struct lp_crl_entry *entry;
    (void)lp_crl_knows(crl, cert->serial, &entry);
    return entry;
}

/* ---- revoked ---- */

static void claim_revoked(struct lp_court *court, const struct lp_seat *seat,
                          const struct lp_certificate *cert, const struct lp_evidence *e)
{
    char day[24];
    const struct lp_crl *crl = &facts_of(e)->crl;
    const struct lp_crl_entry *entry = entry_of(crl, cert);
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-REVOKED", seat);
    lp_format_day(entry->at, day, sizeof day);
    claim->expected = LP_STR("a certificate that its CA stands by");
    claim->observed = lp_say(
        court, "%s%s is revoked since %s%s%s", cert == seat->leaf ? "" : "the issuing certificate ",
        lp_text(court, cert->common_name.n ? cert->common_name : cert->subject), day,
        reason_words(entry->reason),
        lp_str_eq(crl->signature, LP_STR("unknown")) ? "; the list's signature was not checked"
                                                     : "");
    lp_claim_evidence(claim, e->id);
}

/* ---- the lists themselves ---- */

static struct lp_str say_trouble(struct lp_court *court, const struct lp_evidence *e)
{
    char day[24];
    const struct lp_crl_facts *facts = facts_of(e);
    if (facts->http.status >= 0 && facts->http.status != 200)
        return lp_say(court, "status %lld", (long long)facts->http.status);
    if (e->outcome != LP_OK)
        return lp_say(court, "%s", lp_outcome_word(e->outcome));
    if (facts->crl.problem.n)
        return lp_say(court, "%s", lp_text(court, facts->crl.problem));
    if (lp_str_eq(facts->crl.signature, LP_STR("bad")))
        return LP_STR("its signature is not that of the issuer");
    lp_format_day(facts->crl.next_update, day, sizeof day);
    return lp_say(court, "out of date since %s", day);
}

static bool is_claimed(const struct lp_court *court, struct lp_str subject)
{
    for (size_t i = 0; i < court->claim_count; i++) {
        if (lp_str_eq(court->claims[i].subject, subject))
            return true;
    }
    return false;
}

/* e NULL: its host has no address (host_outcome). */
static void claim_list(struct lp_court *court, const struct lp_seat *seat, const struct lp_url *url,
                       struct lp_str observed)
{
    struct lp_str subject = lp_say(court, "%s", lp_text(court, url->text));
    const struct lp_evidence *e = list_at(court, url->text);
    if (is_claimed(court, subject))
        return;
    struct lp_claim *claim = lp_claim_seat(court, "LP-CERT-CRL-UNREACHABLE", seat);
    claim->subject = subject;
    claim->vars.target = subject;
    claim->expected = LP_STR("a current revocation list by http");
    claim->observed = observed;
    /* it delays clients; no step breaks by it */
    claim->decides = false;
    claim->step = SIZE_MAX;
    if (e)
        lp_claim_evidence(claim, e->id);
}

/* Looks the certificate up in the list of one URL. True: the list was good. */
static bool check_url(struct lp_court *court, const struct lp_seat *seat,
                      const struct lp_certificate *cert, const struct lp_url *url)
{
    const struct lp_evidence *e = list_at(court, url->text);
    if (!e || lp_probe_is_open(e))
        return true;
    const struct lp_crl_entry *entry = entry_of(&facts_of(e)->crl, cert);
    if (entry && !lp_str_eq(facts_of(e)->crl.signature, LP_STR("bad")))
        claim_revoked(court, seat, cert, e);
    return is_good(court, e);
}

/* Clients are content with any one of the URLs. */
static void check_certificate(struct lp_court *court, const struct lp_seat *seat,
                              const struct lp_certificate *cert)
{
    const struct lp_str *cdp = cert->cdp.at;
    struct lp_str observed = LP_STR_NONE;
    struct lp_url first = { 0 };
    for (size_t i = 0; i < cert->cdp.n; i++) {
        struct lp_url url;
        struct lp_places places;
        if (!lp_url_parse(court->arena, NULL, cdp[i], &url) || url.https)
            continue;
        const struct lp_evidence *e = list_at(court, url.text);
        lp_places_of(court->log, court->arena, url.host, url.port, &places);
        bool nowhere = !e && !places.n && !lp_outcome_is_open(places.outcome);
        if (!nowhere && check_url(court, seat, cert, &url))
            return;
        if (observed.p)
            continue;
        first = url;
        observed = nowhere ? lp_say(court, "%s: %s", lp_text(court, url.host),
                                    lp_outcome_word(places.outcome))
                           : say_trouble(court, e);
    }
    if (observed.p)
        claim_list(court, seat, &first, observed);
}

void lp_check_revocation(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        const struct lp_str *chain = seat->link->chain.at;
        for (size_t k = 0; k < seat->link->chain.n && !lp_seat_is_bare(seat); k++) {
            const struct lp_certificate *cert = lp_log_certificate(court->log, chain[k]);
            if (cert && cert->readable && !cert->self_issued)
                check_certificate(court, seat, cert);
        }
    }
}
