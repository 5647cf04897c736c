/* sts.c - the certificate service that a SIP challenge names (TLS-DSK, domain.md 3.1) */
#include "lp/court.h"
#include "lp/lang.h"
#include "lp/name.h"
#include "lp/probe.h"
#include "lp/steps.h"
#include "lp/text.h"

/* The answers at that URL, all addresses, in the order of the log. */
struct answers {
    const struct lp_evidence **at;
    size_t n;
};

static bool is_answer(const struct lp_evidence *e, struct lp_str url)
{
    return e->shape->has_http && !lp_ad_doc_of(e) && lp_str_eq(lp_http_of(e)->url, url);
}

static struct answers answers_at(const struct lp_court *court, struct lp_str url)
{
    const struct lp_log *log = court->log;
    struct answers answers = { lp_arena_array(court->arena, log->n + 1, sizeof *answers.at), 0 };
    for (size_t i = 0; i < log->n; i++) {
        if (is_answer(log->at[i], url))
            answers.at[answers.n++] = log->at[i];
    }
    return answers;
}

static bool is_well(const struct lp_evidence *e)
{
    return lp_probe_by_name(lp_str_of(e->shape->name))->is_well(e);
}

void lp_seats_of_sts(struct lp_court *court, const struct lp_seat *sip,
                     void (*add)(struct lp_court *court, const struct lp_seat *seat))
{
    struct lp_url to;
    if (!lp_sts_of(sip->e, court->arena, &to))
        return;
    struct answers answers = answers_at(court, to.text);
    for (size_t i = 0; i < answers.n; i++) {
        struct lp_seat seat = *sip;
        seat.e = answers.at[i];
        seat.link = lp_link_of(seat.e);
        seat.leaf = lp_log_leaf(court->log, seat.link);
        seat.named = false;
        seat.usable = is_well(seat.e);
        add(court, &seat);
    }
}

/* ---- is it there? ---- */

static struct lp_str say_answer(struct lp_court *court, const struct lp_evidence *e)
{
    const struct lp_link *link = lp_link_of(e);
    if (lp_http_of(e)->status >= 0)
        return lp_say(court, "status %lld", (long long)lp_http_of(e)->status);
    if (link->connect != LP_OPEN)
        return lp_say(court, "port %lld: %s", (long long)link->port,
                      lp_outcome_word(link->connect));
    return lp_say(court, "%s%s",
                  link->tls == LP_OK || link->plain ? lp_tr(court->arena, "no answer: ") : "TLS: ",
                  lp_outcome_word(e->outcome));
}

/* True: it is dead, and observed says how. A question that was not put leaves it open. */
static bool is_dead(struct lp_court *court, const struct lp_url *to, const struct answers *answers,
                    struct lp_str *observed)
{
    struct lp_places places;
    lp_places_of(court->log, court->arena, to->host, to->port, &places);
    for (size_t i = 0; i < answers->n; i++) {
        if (lp_probe_is_open(answers->at[i]) || is_well(answers->at[i]))
            return false;
    }
    if (answers->n) {
        *observed = say_answer(court, answers->at[0]);
        return true;
    }
    *observed = lp_say(court, "%s", lp_outcome_word(places.outcome));
    return !places.n && !lp_outcome_is_open(places.outcome);
}

static void claim_dead(struct lp_court *court, const struct lp_seat *seat, const struct lp_url *to,
                       struct lp_str observed)
{
    struct answers answers = answers_at(court, to->text);
    struct lp_claim *claim = lp_claim_seat(court, "LP-SIP-STS-UNREACHABLE", seat);
    claim->subject = lp_say(court, "%s:%d", lp_text(court, to->host), (int)to->port);
    claim->host = lp_clean_text(court->arena, to->host, NULL);
    claim->port = to->port;
    claim->address = (struct lp_addr){ 0 };
    claim->vars.target = claim->host;
    claim->expected = lp_say(court, "an answer of %s", lp_text(court, to->text));
    claim->observed = observed;
    for (size_t i = 0; i < answers.n; i++)
        lp_claim_evidence(claim, answers.at[i]->id);
}

/* One claim a URL: the weightiest seat that names it speaks. */
static bool is_repeated(struct lp_court *court, const struct lp_seat *seat, const struct lp_url *to)
{
    for (const struct lp_seat *s = court->seats; s < court->seats + court->seat_count; s++) {
        struct lp_url other;
        bool before = s->decides != seat->decides ? s->decides : s < seat;
        if (s != seat && before && lp_sts_of(s->e, court->arena, &other) &&
            lp_str_eq(other.text, to->text))
            return true;
    }
    return false;
}

void lp_check_sts(struct lp_court *court)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        struct lp_str observed;
        struct lp_url to;
        if (!lp_sts_of(seat->e, court->arena, &to) || is_repeated(court, seat, &to))
            continue;
        struct answers answers = answers_at(court, to.text);
        if (is_dead(court, &to, &answers, &observed))
            claim_dead(court, seat, &to, observed);
    }
}
