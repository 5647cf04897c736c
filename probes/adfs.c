/* adfs.c - AD FS and its proxy: federation metadata, sign-in page */
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/text.h"
#include "lp/webdoc.h"

static enum lp_next step(struct lp_talk *talk)
{
    lp_webdoc_take(talk->arena, talk->in, talk->facts);
    return LP_DONE;
}

/* The two pages have to be there; only the metadata is a document that can be looked at. Its root
 * is read before a limit may cut it. */
static bool wants_metadata(const struct lp_webdoc_facts *facts)
{
    return lp_str_ends_nocase(facts->http.url, "/FederationMetadata.xml");
}

static bool is_metadata(const struct lp_webdoc *doc)
{
    bool whole = !doc->problem.n || lp_str_eq(doc->problem, LP_STR("limit"));
    return whole && lp_str_eq_nocase(doc->root, LP_STR("EntityDescriptor"));
}

/* The sign-in page may be switched off, and then says so (AD FS 2016 and later). */
static bool is_well(const struct lp_evidence *e)
{
    const struct lp_webdoc_facts *facts = e->facts;
    int64_t status = facts->http.status;
    if (e->outcome != LP_OK)
        return false;
    if (wants_metadata(facts))
        return status == 200 && is_metadata(&facts->doc);
    return status >= 200 && status < 404;
}

static struct lp_str say_wrong(const struct lp_webdoc_facts *facts, struct lp_arena *arena)
{
    if (facts->http.status != 200 || !wants_metadata(facts))
        return lp_tell(arena, "status %lld", (long long)facts->http.status);
    return lp_tell(arena, "status 200, but no federation metadata%s%s",
                   facts->doc.problem.n ? ": " : "", lp_term(arena, facts->doc.problem));
}

static bool fails(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_webdoc_facts *facts = input->e->facts;
    if (input->e->outcome != LP_OK || is_well(input->e))
        return false;
    charge->expected = wants_metadata(facts)
                           ? lp_tell(input->arena, "status 200 with federation metadata")
                           : lp_tell(input->arena, "a sign-in page");
    charge->observed = say_wrong(facts, input->arena);
    return true;
}

static const struct lp_check checks[] = {
    { "LP-HTTP-STATUS", fails },
    { NULL, NULL },
};

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_webdoc_facts *facts = e->facts;
    if (facts->http.status < 0)
        return lp_tell(arena, "no answer comes");
    if (!is_well(e))
        return say_wrong(facts, arena);
    if (!wants_metadata(facts))
        return lp_tell(arena, "AD FS shows its sign-in page");
    return lp_tell(arena, "AD FS answers as %s", lp_term(arena, facts->doc.entity));
}

const struct lp_probe lp_probe_adfs = {
    .shape = {
        .name = "adfs",
        .title = "AD FS: federation metadata, sign-in page",
        .fields = lp_webdoc_fields,
        .size = sizeof(struct lp_webdoc_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .path = "/FederationMetadata/2007-06/FederationMetadata.xml",
    .body_max = LP_WEBDOC_BODY_MAX,
    .body_passes = true,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_well,
};
