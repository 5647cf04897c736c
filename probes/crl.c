/* crl.c - the revocation list that a certificate names: fetched, read, checked */
#include "lp/crl.h"
#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_crl_facts *facts = talk->facts;
    struct lp_crl_question question = { talk->ask->serials, talk->ask->issuers };
    if (facts->http.status != 200)
        return LP_DONE;
    lp_crl_decode(talk->arena, talk->in, &question, &facts->crl);
    if (facts->http.limit.n && facts->crl.problem.n)
        facts->crl.problem = LP_STR("limit");
    return LP_DONE;
}

static bool is_well(const struct lp_evidence *e)
{
    const struct lp_crl_facts *facts = e->facts;
    return e->outcome == LP_OK && facts->http.status == 200 && !facts->crl.problem.n &&
           !lp_str_eq(facts->crl.signature, LP_STR("bad"));
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_crl_facts *facts = e->facts;
    char day[24];
    if (facts->http.status != 200)
        return facts->http.status < 0
                   ? lp_tell(arena, "no answer comes")
                   : lp_tell(arena, "HTTP status %lld", (long long)facts->http.status);
    if (facts->crl.problem.n)
        return lp_tell(arena, "no revocation list: %s", lp_term(arena, facts->crl.problem));
    lp_format_day(facts->crl.this_update, day, sizeof day);
    return lp_tell(arena, "revocation list of %s, %lld certificates, signature %s", day,
                   (long long)facts->crl.count, lp_term(arena, facts->crl.signature));
}

const struct lp_probe lp_probe_crl = {
    .shape = {
        .name = "crl",
        .title = "certificate revocation list",
        .fields = lp_crl_fields,
        .size = sizeof(struct lp_crl_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .body_max = LP_CRL_MAX,
    .body_passes = true,
    .step = step,
    .say = say,
    .is_well = is_well,
};
