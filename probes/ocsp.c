/* ocsp.c - what the responder that a certificate names says of it */
#include "lp/ocsp.h"
#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"

static struct lp_ocsp_question question_of(const struct lp_ask *ask)
{
    return (struct lp_ocsp_question){ ask->certificate, ask->issuers };
}

/* GET, as clients ask: what stands between can keep the answer (RFC 5019 section 5). */
static struct lp_str target(const struct lp_ask *ask, struct lp_arena *arena)
{
    struct lp_ocsp_question question = question_of(ask);
    return lp_ocsp_url(arena, ask->url, &question);
}

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_ocsp_facts *facts = talk->facts;
    struct lp_ocsp_question question = question_of(talk->ask);
    facts->ocsp = lp_ocsp_none();
    if (facts->http.status == 200)
        lp_ocsp_decode(talk->arena, talk->in, &question, &facts->ocsp);
    if (facts->http.limit.n && facts->ocsp.problem.n)
        facts->ocsp.problem = LP_STR("limit");
    return LP_DONE;
}

static bool is_well(const struct lp_evidence *e)
{
    const struct lp_ocsp_facts *facts = e->facts;
    return e->outcome == LP_OK && facts->http.status == 200 && !facts->ocsp.problem.n &&
           !lp_str_eq(facts->ocsp.signature, LP_STR("bad"));
}

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_ocsp_facts *facts = e->facts;
    char day[24];
    if (facts->http.status != 200)
        return facts->http.status < 0
                   ? lp_tell(arena, "no answer comes")
                   : lp_tell(arena, "HTTP status %lld", (long long)facts->http.status);
    if (facts->ocsp.problem.n)
        return lp_tell(arena, "no OCSP answer: %s", lp_term(arena, facts->ocsp.problem));
    lp_format_day(facts->ocsp.this_update, day, sizeof day);
    return lp_tell(arena, "certificate %s: %s, as of %s, signature %s",
                   lp_term(arena, facts->ocsp.serial), lp_term(arena, facts->ocsp.status), day,
                   lp_term(arena, facts->ocsp.signature));
}

const struct lp_probe lp_probe_ocsp = {
    .shape = {
        .name = "ocsp",
        .title = "OCSP responder",
        .fields = lp_ocsp_fields,
        .size = sizeof(struct lp_ocsp_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .accept = "application/ocsp-response",
    .body_max = LP_OCSP_MAX,
    .body_passes = true,
    .target = target,
    .step = step,
    .say = say,
    .is_well = is_well,
};
