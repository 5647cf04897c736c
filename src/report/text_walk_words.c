/* text_walk_words.c - what a step and a client's path amount to: a sign and a few words */
#include "lp/text_report_parts.h"

#include <string.h>

#include "lp/lang.h"
#include "lp/name.h"
#include "lp/say.h"
#include "lp/text.h"

/* ---- what a step amounts to ---- */

static bool is_expected_absence(const struct lp_text_report *report,
                                const struct lp_step_result *step)
{
    for (size_t i = 0; i < lp_name_rule_count; i++) {
        if (strcmp(lp_name_rules[i].pattern, step->row->pattern) == 0)
            return lp_name_rules[i].inside_only && !report->j->survey.internal;
    }
    return false;
}

static enum lp_sign worse(enum lp_sign a, enum lp_sign b)
{
    return a > b ? a : b;
}

static enum lp_sign sign_of_answer(const struct lp_text_report *report, const struct lp_resolved *r)
{
    struct lp_ranks ranks = { LP_RANK_LEAK, LP_RANK_DNS };
    enum lp_sign sign = LP_SIGN_NONE;
    for (size_t i = 0; i < r->evidence_count; i++)
        sign = worse(sign, lp_text_sign_of(lp_text_finding(report, r->evidence[i], ranks)));
    return sign;
}

/* The weightiest finding about the step's records or endpoints. */
static enum lp_sign sign_of_findings(const struct lp_text_report *report,
                                     const struct lp_step_result *step)
{
    struct lp_ranks ranks = { LP_RANK_LEAK, LP_RANK_UNREACHABLE };
    enum lp_sign sign = sign_of_answer(report, &step->srv);
    sign = worse(sign, sign_of_answer(report, &step->places.a));
    sign = worse(sign, sign_of_answer(report, &step->places.aaaa));
    for (size_t i = 0; i < step->candidate_count; i++) {
        const struct lp_evidence *e = step->candidates[i].probe;
        if (e)
            sign = worse(sign, lp_text_sign_of(lp_text_finding(report, e->id, ranks)));
    }
    if (step->named_in)
        sign = worse(sign, lp_text_sign_of(lp_text_finding(report, step->named_in->id, ranks)));
    return sign;
}

static bool is_giver(const struct lp_text_report *report, const struct lp_step_result *step)
{
    const struct lp_path *path = report->j->survey.main;
    return path->outcome == LP_SIGNS_IN && path->giver == step;
}

/* The client fails in this step, or at the endpoint that it gives. */
bool lp_text_stops_in(const struct lp_text_report *report, const struct lp_step_result *step)
{
    const struct lp_path *path = report->j->survey.main;
    if (path->outcome == LP_FAILS)
        return path->stops_at == step;
    return is_giver(report, step) && lp_text_is_refused(report, step->endpoint);
}

enum lp_sign lp_text_step_sign(const struct lp_text_report *report,
                               const struct lp_step_result *step)
{
    static const enum lp_sign signs[] = {
        [LP_STEP_USED] = LP_SIGN_OK,        [LP_STEP_FOUND_NOT_USED] = LP_SIGN_LATER,
        [LP_STEP_MISSING] = LP_SIGN_ABSENT, [LP_STEP_BROKEN] = LP_SIGN_ABSENT,
        [LP_STEP_SKIPPED] = LP_SIGN_LATER,  [LP_STEP_UNDECIDED] = LP_SIGN_OPEN,
    };
    enum lp_sign found = sign_of_findings(report, step);
    if (found != LP_SIGN_NONE)
        return found;
    if (lp_text_stops_in(report, step))
        return LP_SIGN_CRITICAL;
    return is_giver(report, step) ? LP_SIGN_OK : signs[step->outcome];
}

static struct lp_str say_missing(const struct lp_text_report *report,
                                 const struct lp_step_result *step)
{
    if (step->dns == LP_ANSWER)
        return lp_tell(report->page.arena, "not offered");
    const char *word = lp_say_dns(report->page.arena, step->dns, step->type);
    return lp_arena_printf(report->page.arena, "%s%s", word,
                           is_expected_absence(report, step) ? lp_tr(report->page.arena, ", right")
                                                             : "");
}

static struct lp_str say_broken(const struct lp_text_report *report,
                                const struct lp_step_result *step)
{
    const struct lp_resolved *a = &step->places.a, *aaaa = &step->places.aaaa;
    if (step->srv.loop || a->loop || aaaa->loop)
        return lp_tell(report->page.arena, "alias loop");
    if (step->srv.dangling || (!step->places.n && (a->dangling || aaaa->dangling)))
        return lp_tell(report->page.arena, "dangling alias");
    if (step->dns != LP_ANSWER)
        return lp_str_of(lp_say_dns(report->page.arena, step->dns, step->type));
    return lp_tell(report->page.arena, "broken");
}

struct lp_str lp_text_step_words(const struct lp_text_report *report,
                                 const struct lp_step_result *step)
{
    static const char *const words[] = {
        [LP_STEP_USED] = LP_TR("used"),
        [LP_STEP_FOUND_NOT_USED] = LP_TR("not used"),
        [LP_STEP_MISSING] = "",
        [LP_STEP_BROKEN] = "",
        [LP_STEP_SKIPPED] = LP_TR("not tried"),
        [LP_STEP_UNDECIDED] = LP_TR("undecided"),
    };
    if (step->outcome == LP_STEP_MISSING)
        return say_missing(report, step);
    if (step->outcome == LP_STEP_BROKEN)
        return say_broken(report, step);
    if (is_giver(report, step) && step->row->kind != LP_STEP_AUTODISCOVER)
        return lp_tell(report->page.arena, "gives the server");
    return lp_str_of(lp_tr(report->page.arena, words[step->outcome]));
}

struct lp_str lp_text_owner(const struct lp_text_report *report, const struct lp_step_result *step)
{
    return lp_arena_printf(report->page.arena, "%s %s", lp_term(report->page.arena, step->name),
                           step->type == LP_DNS_SRV ? "SRV" : "A");
}

/* ---- clients ---- */

/* With the name of the step where that fits into one line. */
static struct lp_str add_step(const struct lp_text_report *report, struct lp_str text,
                              const struct lp_step_result *at)
{
    struct lp_arena *arena = report->page.arena;
    const char *dot = strstr(at->row->pattern, ".<");
    int n = dot ? (int)(dot - at->row->pattern) : 0;
    struct lp_str full =
        lp_tell(arena, "%s (step %s, %.*s)", text.p, at->row->label, n, at->row->pattern);
    if (n && LP_CLIENT_TEXT_AT + lp_columns(full) <= report->page.width)
        return full;
    return lp_tell(arena, "%s (step %s)", text.p, at->row->label);
}

struct lp_str lp_text_path_words(const struct lp_text_report *report, const struct lp_path *path)
{
    static const char *const words[] = { LP_TR("signs in"), LP_TR("fails"), LP_TR("undecided") };
    struct lp_arena *arena = report->page.arena;
    const struct lp_step_result *at = path->stops_at;
    struct lp_str text = lp_str_of(lp_tr(arena, words[path->outcome]));
    if (!at)
        return path->outcome == LP_FAILS
                   ? lp_tell(report->page.arena, "fails: none of its names exists")
                   : text;
    if (path->outcome != LP_SIGNS_IN || !at->endpoint_host.n)
        return add_step(report, text, at);
    text =
        lp_tell(arena, lp_text_is_refused(report, at->endpoint) ? "stops at %s" : "signs in at %s",
                lp_say_host_port(arena, at->endpoint_host, at->endpoint_port).p);
    return add_step(report, text, at);
}

enum lp_sign lp_text_path_sign(const struct lp_text_report *report, const struct lp_path *path)
{
    static const enum lp_sign signs[] = { LP_SIGN_OK, LP_SIGN_ABSENT, LP_SIGN_OPEN };
    bool refused = path->outcome == LP_SIGNS_IN && path->stops_at &&
                   lp_text_is_refused(report, path->stops_at->endpoint);
    return refused ? LP_SIGN_ABSENT : signs[path->outcome];
}
