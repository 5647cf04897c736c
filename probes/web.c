/* web.c - a page of the web services: is it there, and which web site gives it? */
#include "lp/ask.h"
#include "lp/lang.h"
#include "lp/probe.h"
#include "lp/skew.h"
#include "lp/text.h"
#include "lp/url.h"
#include "lp/webanswer.h"
#include "lp/webpath.h"

enum { BODY_MAX = 64 * 1024 };

static enum lp_next step(struct lp_talk *talk)
{
    struct lp_web_probe_facts *facts = talk->facts;
    lp_web_answer_read(talk->arena, &facts->http, talk->in, &facts->answer);
    return LP_DONE;
}

/* The table's row for what was asked; NULL: a path that it does not know. */
static const struct lp_web_path *row_of(const struct lp_evidence *e, struct lp_arena *arena)
{
    struct lp_url url;
    if (!lp_url_parse(arena, NULL, lp_http_of(e)->url, &url))
        return NULL;
    return lp_web_path_of(url.path);
}

/* A path without a row is somebody's own page: it has to be there, no more. */
static bool is_healthy(const struct lp_web_path *row, int64_t status)
{
    if (row)
        return lp_web_status_is_well(row, status);
    return status >= 200 && status < 404;
}

/* "401", "200, 301 or 302" */
static struct lp_str say_statuses(const struct lp_web_path *row, struct lp_arena *arena)
{
    struct lp_str text = lp_tell(arena, "status ");
    if (!row)
        return lp_tell(arena, "a page, a redirect or a challenge");
    for (const int16_t *s = row->statuses; *s; s++) {
        const char *before = s == row->statuses ? "" : s[1] ? ", " : lp_tr(arena, " or ");
        text = lp_arena_printf(arena, "%s%s%d", text.p, before, (int)*s);
    }
    return text;
}

static bool fails_status(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_http *http = lp_http_of(input->e);
    const struct lp_web_path *row = row_of(input->e, input->arena);
    if (input->e->outcome != LP_OK || is_healthy(row, http->status))
        return false;
    charge->expected = lp_tell(input->arena, "%s for %s", say_statuses(row, input->arena).p,
                               row ? row->path : lp_term(input->arena, http->url));
    charge->observed = lp_tell(input->arena, "status %lld", (long long)http->status);
    return true;
}

/* The external web site has ports of its own on the servers, and is what the reverse proxy leads
 * to (domain.md 2.3, 6.6). */
static bool is_external_site(const struct lp_check_input *input)
{
    int64_t port = lp_link_of(input->e)->port;
    return !input->internal || port == 4443 || port == 8080;
}

static bool fails_site(const struct lp_check_input *input, struct lp_charge *charge)
{
    const struct lp_web_probe_facts *facts = input->e->facts;
    struct lp_str wanted = is_external_site(input) ? LP_STR("External") : LP_STR("Internal");
    struct lp_str seen = facts->answer.access_location;
    if (input->e->outcome != LP_OK || !seen.n || lp_str_eq_nocase(seen, wanted))
        return false;
    charge->expected = lp_tell(input->arena, "AccessLocation %s", wanted.p);
    charge->observed = lp_tell(input->arena, "AccessLocation %s", lp_term(input->arena, seen));
    return true;
}

static bool is_skewed(const struct lp_check_input *input, struct lp_charge *charge)
{
    return lp_is_skewed(input, lp_http_of(input->e)->date, charge);
}

static const struct lp_check checks[] = {
    { "LP-HTTP-STATUS", fails_status },
    { "LP-AD-ACCESS-LOCATION", fails_site },
    { "LP-HTTP-CLOCK-SKEW", is_skewed },
    { NULL, NULL },
};

static struct lp_str say(const struct lp_evidence *e, struct lp_arena *arena)
{
    const struct lp_web_probe_facts *facts = e->facts;
    const struct lp_web_path *row = row_of(e, arena);
    int64_t status = facts->http.status;
    const char *what = lp_tr(arena, row ? row->name : "the page");
    if (status < 0)
        return lp_tell(arena, "no answer comes");
    if (facts->answer.leads_to.n)
        return lp_tell(arena, "%s: leads to %s", what, lp_term(arena, facts->answer.leads_to));
    if (status == 401)
        return lp_tell(arena, "%s: asks for a sign-in (401)", what);
    if (facts->answer.access_location.n)
        return lp_tell(arena, "%s: answers, %s web site", what,
                       lp_term(arena, facts->answer.access_location));
    return lp_tell(arena, status == 200 ? "%s: answers" : "%s: HTTP status %lld", what,
                   (long long)status);
}

static bool is_well(const struct lp_evidence *e)
{
    struct lp_arena arena = { 0 };
    bool well = e->outcome == LP_OK && is_healthy(row_of(e, &arena), lp_http_of(e)->status);
    lp_arena_release(&arena);
    return well;
}

const struct lp_probe lp_probe_web = {
    .shape = {
        .name = "web",
        .title = "web services: one path, its status and who answers",
        .fields = lp_web_probe_fields,
        .size = sizeof(struct lp_web_probe_facts),
        .has_link = true,
        .has_http = true,
    },
    .carrier = LP_CARRY_HTTP,
    .path = "/Autodiscover/AutodiscoverService.svc/root",
    .body_max = BODY_MAX,
    .body_passes = true,
    .original_host = true,
    .step = step,
    .checks = checks,
    .say = say,
    .is_well = is_well,
};
