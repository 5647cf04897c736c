/* wac.c - Office Web Apps: the discovery document, and whether it can show presentations */
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"
#include "lp/webdoc.h"

/* What a meeting needs: the presenter's and the attendee's page (MS-WOPI, actions). */
static const char *const needed[] = { "PowerPoint present", "PowerPoint attend" };

static enum lp_next step(struct lp_talk *talk)
{
    lp_webdoc_take(talk->arena, talk->in, talk->facts);
    return LP_DONE;
}

static bool is_discovery(const struct lp_webdoc_facts *facts)
{
    return facts->http.status == 200 && !facts->doc.problem.n &&
           lp_str_eq_nocase(facts->doc.root, LP_STR("wopi-discovery"));
}

/* The first action that is not there; NULL: all are. */
static const char *missing(const struct lp_webdoc *doc)
{
    for (size_t i = 0; i < LP_COUNT(needed); i++) {
        if (!lp_webdoc_has(doc, needed[i]))
            return needed[i];
    }
    return NULL;
}

static struct lp_str say_wrong(const struct lp_webdoc_facts *facts, struct lp_arena *arena)
{
    if (facts->http.status != 200)
        return lp_tell(arena, "status %lld", (long long)facts->http.status);
    if (facts->doc.problem.n)
        return lp_tell(arena, "no discovery document: %s", lp_term(arena, facts->doc.problem));
    if (!is_discovery(facts))
        return lp_tell(arena, "a document <%s>", lp_term(arena, facts->doc.root));
    return lp_tell(arena, "a discovery document without %s", missing(&facts->doc));
}

static bool is_well(const struct lp_evidence *e)
{
    const struct lp_webdoc_facts *facts = e->facts;
    return e->outcome == LP_OK && is_discovery(facts) && !missing(&facts->doc);
}

static bool fails(const struct lp_check_input *input, struct lp_charge *charge)
{
    if (input->e->outcome != LP_OK || is_well(input->e))
        return false;
    charge->expected =
        lp_tell(input->arena, "a discovery document with PowerPoint present and attend");
    charge->observed = say_wrong(input->e->facts, input->arena);
    return true;
}

static const struct lp_check checks[] = {
    { "LP-WAC-DISCOVERY", fails },
    { NULL, NULL },
};

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_webdoc_facts *facts = e->facts;
    if (facts->http.status < 0)
        return lp_tell(arena, "no answer comes");
    if (!is_well(e))
        return say_wrong(facts, arena);
    return lp_tell(arena, "Office Web Apps answers, %zu actions, zone %s", facts->doc.actions.n,
                   lp_term(arena, facts->doc.zone));
}

const struct lp_probe lp_probe_wac = {
    .shape = {
        .name = "wac",
        .title = "Office Web Apps: the discovery document",
        .fields = lp_webdoc_fields,
        .size = sizeof(struct lp_webdoc_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .path = "/hosting/discovery",
    .body_max = LP_WEBDOC_BODY_MAX,
    .body_passes = true,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_well,
};
