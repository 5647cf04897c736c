/* states.c - what became of each expectation: met, unmet, undecided, listed */
#include <string.h>

#include "lp/court.h"
#include "lp/lang.h"
#include "lp/rows.h"
#include "lp/steps.h"

const char *lp_expect_state_word(enum lp_expect_state state)
{
    static const char *const words[] = { LP_TR("met"), LP_TR("unmet"), LP_TR("undecided"),
                                         LP_TR("listed"), LP_TR("waived") };
    return words[state];
}

static bool rests_on(const struct lp_claim *claim, int64_t evidence)
{
    for (size_t i = 0; i < claim->evidence_count; i++) {
        if (claim->evidence[i] == evidence)
            return true;
    }
    return false;
}

/* The weightiest claim of those that the test picks; NULL: none. */
struct search {
    struct lp_court *court;
    const struct lp_demand *demand;
    const struct lp_claim *found;
};

/* Of two that weigh the same the row's own speaks. */
static void weigh(struct search *s, const struct lp_claim *claim)
{
    const struct lp_claim *found = s->found;
    const struct lp_expectation *row = s->demand->row;
    if (!found || claim->severity > found->severity ||
        (claim->waived && found->severity == LP_INFO) ||
        (claim->severity == found->severity && claim->row == row && found->row != row))
        s->found = claim;
}

static bool is_of_ports(const struct lp_claim *claim)
{
    enum lp_rank rank = claim->rule->rank;
    return rank >= LP_RANK_PORT && rank <= LP_RANK_SPEECH && rank != LP_RANK_CERT;
}

/* What the claims amount to; `without`: that nothing is claimed. */
static enum lp_expect_state weight_of(const struct search *s, enum lp_expect_state without)
{
    if (s->found && s->found->severity > LP_INFO)
        return LP_UNMET;
    return s->found && s->found->waived ? LP_WAIVED : without;
}

/* ---- one kind each ---- */

static enum lp_expect_state judge_record(struct search *s, struct lp_str *observed)
{
    struct lp_row_records r;
    const struct lp_expect_dns *dns = &s->demand->row->dns;
    char word[12];
    struct lp_str subject =
        lp_say(s->court, "%s %s", lp_text(s->court, dns->owner), lp_dns_type_word(dns->type, word));
    lp_row_records(s->court->log, s->court->arena, s->demand->row, &r);
    for (size_t i = 0; i < s->court->claim_count; i++) {
        const struct lp_claim *c = &s->court->claims[i];
        if (c->row == s->demand->row ||
            (c->rule->rank <= LP_RANK_DNS && lp_str_eq(c->subject, subject)))
            weigh(s, c);
    }
    const struct lp_resolved *main = dns->type == LP_DNS_SRV ? &r.srv : &r.a;
    if (dns->type != LP_DNS_SRV && !r.a.record_count && r.aaaa.name.p &&
        (r.aaaa.record_count || !r.a.name.p))
        main = &r.aaaa;
    *observed = lp_say(s->court, "%s",
                       main->outcome == LP_NONE ? lp_tr(s->court->arena, "not asked")
                                                : lp_outcome_word(main->outcome));
    if (lp_outcome_is_open(main->outcome) || main->outcome == LP_TIMEOUT)
        return LP_OPEN_ROW;
    return weight_of(s, LP_MET);
}

static enum lp_expect_state judge_port(struct search *s, struct lp_str *observed)
{
    const struct lp_demand *d = s->demand;
    bool ill = false;
    for (size_t i = 0; i < d->seat_count; i++) {
        const struct lp_seat *seat = &s->court->seats[d->seats[i]];
        ill |= !lp_seat_is_well(seat) && !d->row->port.closed && !d->row->port.reserved &&
               !d->row->optional;
        for (size_t k = 0; k < s->court->claim_count; k++) {
            const struct lp_claim *c = &s->court->claims[k];
            bool pool = strcmp(c->rule->id, "LP-PORT-POOL-PARTIAL") == 0;
            if (is_of_ports(c) && !pool && rests_on(c, seat->e->id))
                weigh(s, c);
        }
        *observed = lp_say(s->court, "%s", lp_outcome_word(seat->e->outcome));
    }
    if (ill)
        return weight_of(s, LP_UNMET);
    return weight_of(s, d->open || !d->seat_count ? LP_OPEN_ROW : LP_MET);
}

static enum lp_expect_state judge_certificate(struct search *s, struct lp_str *observed)
{
    struct lp_court *court = s->court;
    size_t index = (size_t)(s->demand->row - court->log->expected->at), shown = 0;
    for (size_t i = 0; i < court->seat_count; i++) {
        const struct lp_seat *seat = &court->seats[i];
        if (!seat->row || !seat->leaf || seat->row->port.certificate != index)
            continue;
        shown++;
        for (size_t k = 0; k < court->claim_count; k++) {
            if (court->claims[k].rule->rank == LP_RANK_CERT &&
                rests_on(&court->claims[k], seat->e->id))
                weigh(s, &court->claims[k]);
        }
    }
    *observed =
        shown
            ? lp_say(court, shown == 1 ? "shown at %zu endpoint" : "shown at %zu endpoints", shown)
            : lp_say(court, "no endpoint shows it");
    return weight_of(s, shown ? LP_MET : LP_OPEN_ROW);
}

/* ---- all of them ---- */

static struct lp_expect_result result_of(struct lp_court *court, const struct lp_demand *demand)
{
    static enum lp_expect_state (*const judges[])(struct search *, struct lp_str *) = {
        [LP_EXPECT_DNS] = judge_record,
        [LP_EXPECT_CERT] = judge_certificate,
        [LP_EXPECT_PORT] = judge_port,
    };
    struct lp_expect_result r = { .expectation = demand->row,
                                  .state = LP_LISTED,
                                  .observed = lp_say(court, "not asked"),
                                  .finding = SIZE_MAX };
    struct search search = { court, demand, NULL };
    if (demand->unasked) {
        r.observed = lp_say(court, "%s", lp_tr(court->arena, demand->unasked));
        return r;
    }
    r.state = judges[demand->row->kind](&search, &r.observed);
    if (search.found)
        r.finding = search.found->finding;
    if (r.state == LP_UNMET && search.found)
        r.observed = search.found->observed;
    return r;
}

/* Is it the certificate that some endpoint shows? */
static bool is_shown(const struct lp_court *court, const struct lp_expectation *row)
{
    for (size_t i = 0; i < court->seat_count; i++) {
        if (row->kind == LP_EXPECT_CERT && lp_seat_certificate(court, &court->seats[i]) == row)
            return true;
    }
    return false;
}

void lp_states_find(struct lp_court *court, struct lp_judgement *out)
{
    struct lp_expect_results *results = &out->expectations;
    results->at = lp_arena_array(court->arena, court->demand_count + 1, sizeof *results->at);
    for (size_t i = 0; i < court->demand_count; i++) {
        if (court->log->setup.certificate.n && !is_shown(court, court->demands[i].row))
            continue;
        struct lp_expect_result *result = &results->at[results->n++];
        *result = result_of(court, &court->demands[i]);
        results->count[result->state]++;
    }
    for (size_t i = 0; i < court->claim_count; i++)
        results->findings_waived += court->claims[i].waived;
}

size_t lp_expect_total(const struct lp_expect_results *results)
{
    return results->n - results->count[LP_LISTED];
}
