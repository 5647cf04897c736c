/* http_redirect.c - port 80, the first hop: does it lead to https? */
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"
#include "lp/webanswer.h"

enum { BODY_MAX = 64 * 1024 };

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_web_probe_facts *facts = talk->facts;
    lp_web_answer_read(talk->arena, &facts->http, talk->in, &facts->answer);
    return LP_DONE;
}

/* domain.md 11, row 14: by a Redirect link of Autodiscover, or by a redirect of HTTP on the same
 * host; a client does not follow one to another host. */
static bool leads_to_https(const struct lp_web_answer *answer)
{
    return answer->to_https && (answer->by_link || answer->same_host);
}

static struct lp_str say_answer(const struct lp_web_probe_facts *facts, struct lp_arena *arena)
{
    int64_t status = facts->http.status;
    if (facts->answer.leads_to.n)
        return lp_tell(arena, "status %lld, leads to %s", (long long)status,
                       lp_term(arena, facts->answer.leads_to));
    if (facts->http.location.n)
        return lp_tell(arena, "status %lld, Location \"%s\"", (long long)status,
                       lp_term(arena, facts->http.location));
    return lp_tell(arena, "status %lld, leads nowhere", (long long)status);
}

static bool fails(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_web_probe_facts *facts = input->e->facts;
    if (input->e->outcome != LP_OK || leads_to_https(&facts->answer))
        return false;
    charge->expected =
        lp_tell(input->arena, "a redirect to https on the same host, or a Redirect link");
    charge->observed = say_answer(facts, input->arena);
    return true;
}

static const struct lp_check checks[] = {
    { "LP-HTTP-NO-REDIRECT", fails },
    { NULL, NULL },
};

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_web_probe_facts *facts = e->facts;
    return facts->http.status < 0 ? lp_tell(arena, "no answer comes") : say_answer(facts, arena);
}

static bool is_well(const struct lp_evidence *e)
{
    const struct lp_web_probe_facts *facts = e->facts;
    return e->outcome == LP_OK && leads_to_https(&facts->answer);
}

const struct lp_probe lp_probe_http_redirect = {
    .shape = {
        .name = "http-redirect",
        .title = "port 80: does it lead to https?",
        .fields = lp_web_probe_fields,
        .size = sizeof(struct lp_web_probe_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .plain = true,
    /* MS-OCDISCWS 3.1.5.2: over http the root holds one Redirect link. */
    .path = "/Autodiscover/AutodiscoverService.svc/root",
    .accept = "application/vnd.microsoft.rtc.autodiscover+xml;v=1",
    .body_max = BODY_MAX,
    .body_passes = true,
    .original_host = true,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_well,
};
