/* judge.c - from a log to findings and a verdict */
#include "lp/court.h"

const char *lp_verdict_word(enum lp_verdict verdict)
{
    static const char *const words[] = { "ok", "warning", "critical", "undecided" };
    return words[verdict];
}

static enum lp_verdict verdict_of(const struct lp_court *court)
{
    static const enum lp_verdict of[] = { LP_VERDICT_OK, LP_VERDICT_WARNING, LP_VERDICT_CRITICAL };
    enum lp_severity worst = LP_INFO;
    bool unmet = false;
    for (size_t i = 0; i < court->claim_count; i++) {
        const struct lp_claim *c = &court->claims[i];
        if (c->severity > worst)
            worst = c->severity;
        unmet |= c->row && c->severity == LP_CRITICAL;
    }
    /* what the topology asks for is not there, whatever is open beside it */
    if (court->survey->main->outcome == LP_UNDECIDED && !unmet && !court->log->setup.certificate.n)
        return LP_VERDICT_UNDECIDED;
    return of[worst];
}

/* Of a certificate file nothing is known but the certificate. */
static void check_paper(struct lp_court *court)
{
    lp_check_certificates(court);
    lp_check_trust(court);
    lp_check_quality(court);
    lp_check_expected_certificates(court);
}

static void check_walk(struct lp_court *court)
{
    static void (*const checks[])(struct lp_court *) = {
        lp_check_names,
        lp_check_srv,
        lp_check_hosts,
        lp_check_ports,
        lp_check_tls,
        lp_check_certificates,
        lp_check_trust,
        lp_check_quality,
        lp_check_revocation,
        lp_check_sni,
        lp_check_sip,
        lp_check_sts,
        lp_check_authenticators,
        lp_check_nodes,
        lp_check_autodiscover,
        lp_check_reach,
        lp_check_walk,
        lp_check_servers,
        lp_check_ttl,
        lp_check_zone,
        lp_check_run,
        lp_check_probes,
        lp_check_expected_records,
        lp_check_expected_certificates,
        lp_check_expected_ports,
    };
    for (size_t i = 0; i < LP_COUNT(checks); i++)
        checks[i](court);
}

void lp_judge(const struct lp_log *log, struct lp_arena *arena, struct lp_judgement *out)
{
    *out = (struct lp_judgement){ 0 };
    lp_survey_make(log, arena, &out->survey);
    struct lp_court court = { .survey = &out->survey, .log = log, .arena = arena };
    lp_seats_find(&court);
    lp_demands_find(&court);
    if (log->setup.certificate.n)
        check_paper(&court);
    else
        check_walk(&court);
    lp_claims_waive(&court);
    lp_claims_sort(&court);
    lp_claims_relate(&court);
    lp_claims_order(&court, out);
    lp_states_find(&court, out);
    out->verdict = verdict_of(&court);
    out->exit_code = (int)out->verdict;
    lp_beyond_make(&court, &out->beyond);
    lp_sentence_make(&court, out);
}
