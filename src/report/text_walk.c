/* text_walk.c - the ladder: one row for each step of the deciding client, where it stops; the
 * other clients in a line each */
#include "lp/text_report_parts.h"

#include <string.h>

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
static bool stops_in(const struct lp_text_report *report, const struct lp_step_result *step)
{
    const struct lp_path *path = report->j->survey.main;
    if (path->outcome == LP_FAILS)
        return path->stops_at == step;
    return is_giver(report, step) && lp_text_is_refused(report, step->endpoint);
}

static enum lp_sign sign_of_step(const struct lp_text_report *report,
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
    if (stops_in(report, step))
        return LP_SIGN_CRITICAL;
    return is_giver(report, step) ? LP_SIGN_OK : signs[step->outcome];
}

static struct lp_str say_missing(const struct lp_text_report *report,
                                 const struct lp_step_result *step)
{
    if (step->dns == LP_ANSWER)
        return LP_STR("not offered");
    const char *word = lp_say_dns(step->dns, step->type);
    return lp_arena_printf(report->page.arena, "%s%s", word,
                           is_expected_absence(report, step) ? ", right" : "");
}

static struct lp_str say_broken(const struct lp_step_result *step)
{
    const struct lp_resolved *a = &step->places.a, *aaaa = &step->places.aaaa;
    if (step->srv.loop || a->loop || aaaa->loop)
        return LP_STR("alias loop");
    if (step->srv.dangling || a->dangling || aaaa->dangling)
        return LP_STR("dangling alias");
    if (step->dns != LP_ANSWER)
        return lp_str_of(lp_say_dns(step->dns, step->type));
    return LP_STR("broken");
}

static struct lp_str say_step(const struct lp_text_report *report,
                              const struct lp_step_result *step)
{
    static const struct lp_str words[] = {
        [LP_STEP_USED] = { "used", 4 },         [LP_STEP_FOUND_NOT_USED] = { "not used", 8 },
        [LP_STEP_MISSING] = { "", 0 },          [LP_STEP_BROKEN] = { "", 0 },
        [LP_STEP_SKIPPED] = { "not tried", 9 }, [LP_STEP_UNDECIDED] = { "undecided", 9 },
    };
    if (step->outcome == LP_STEP_MISSING)
        return say_missing(report, step);
    if (step->outcome == LP_STEP_BROKEN)
        return say_broken(step);
    if (is_giver(report, step) && step->row->kind != LP_STEP_AUTODISCOVER)
        return LP_STR("gives the server");
    return words[step->outcome];
}

/* ---- rows ---- */

static lp_usec slowest(const struct lp_text_report *report, const struct lp_resolved *r)
{
    lp_usec most = -1;
    for (size_t i = 0; i < r->evidence_count; i++) {
        const struct lp_evidence *e = lp_log_by_id(report->j->survey.log, r->evidence[i]);
        if (e && e->elapsed > most)
            most = e->elapsed;
    }
    return most;
}

static struct lp_str owner(const struct lp_text_report *report, const struct lp_step_result *step)
{
    return lp_arena_printf(report->page.arena, "%s %s", lp_term(report->page.arena, step->name),
                           step->type == LP_DNS_SRV ? "SRV" : "A");
}

/* The column after the longest owner, when that leaves room for the words. */
static size_t text_column(const struct lp_text_report *report)
{
    enum { WORDS = 18 };
    const struct lp_path *path = report->j->survey.main;
    size_t edge =
        report->page.width - WORDS - (lp_page_has_times(&report->page) ? LP_ROW_TIMES_COLUMNS : 0);
    size_t widest = 0;
    for (size_t i = 0; i < path->step_count; i++) {
        size_t columns = lp_columns(owner(report, &path->steps[i]));
        if (columns > widest)
            widest = columns;
    }
    widest += LP_ROW_LEFT + 2;
    return widest < edge ? widest : edge;
}

static void put_step(const struct lp_text_report *report, const struct lp_step_result *step,
                     size_t text_at)
{
    struct lp_row row = { .label = step->row->label,
                          .sign = sign_of_step(report, step),
                          .left = owner(report, step),
                          .text = say_step(report, step),
                          .text_at = text_at,
                          .times = { -1, -1, -1 } };
    const struct lp_resolved *answers[] = { &step->srv, &step->places.a, &step->places.aaaa };
    for (size_t i = 0; i < LP_COUNT(answers); i++) {
        lp_usec time = slowest(report, answers[i]);
        if (time > row.times[0])
            row.times[0] = time;
    }
    lp_page_row(&report->page, &row);
}

static struct lp_str sub_left(const struct lp_text_report *report, const struct lp_text_sub *sub,
                              bool last)
{
    enum { ROOM = 36 };
    struct lp_arena *arena = report->page.arena;
    const char *glyphs[] = { "\u251c\u2500 ", "\u2514\u2500 " };
    const char *ascii[] = { "|- ", "`- " };
    const char *tree = report->page.ascii ? ascii[last] : glyphs[last];
    struct lp_str addresses = sub->addresses;
    if (sub->head.n && sub->address_count == sub->total)
        addresses = LP_STR("");
    if (lp_columns(addresses) > ROOM && sub->address_count > 1) {
        struct lp_str first = lp_str_cut(&addresses, ',');
        addresses = lp_arena_printf(arena, "%s and %zu more", lp_arena_str(arena, first).p,
                                    sub->address_count - 1);
    }
    return lp_arena_printf(arena, "%s%s%s%s", tree, sub->head.n ? sub->head.p : "",
                           sub->head.n && addresses.n ? " " : "", addresses.n ? addresses.p : "");
}

/* The text column that suits the rows of one step. */
static size_t sub_column(const struct lp_text_report *report, const struct lp_text_subs *subs)
{
    enum { MOST = 24 };
    size_t widest = 0;
    for (size_t i = 0; i < subs->n; i++) {
        size_t columns = lp_columns(sub_left(report, &subs->at[i], false));
        if (subs->at[i].text.n && columns > widest && columns <= MOST)
            widest = columns;
    }
    return widest + LP_ROW_LEFT + 2;
}

static void put_subs(const struct lp_text_report *report, const struct lp_text_subs *subs)
{
    size_t text_at = sub_column(report, subs);
    for (size_t i = 0; i < subs->n; i++) {
        const struct lp_text_sub *sub = &subs->at[i];
        struct lp_row row = { .sign = sub->sign,
                              .left = sub_left(report, sub, i + 1 == subs->n),
                              .text = sub->text,
                              .text_at = text_at,
                              .times = { sub->times[0], sub->times[1], sub->times[2] } };
        lp_page_row(&report->page, &row);
    }
}

static void put_stop(const struct lp_text_report *report, struct lp_str text)
{
    lp_page_space(&report->page, 2);
    lp_page_sign(&report->page, LP_SIGN_HERE);
    lp_buf_char(report->page.out, ' ');
    lp_page_strong(&report->page, text);
    lp_buf_char(report->page.out, '\n');
}

static struct lp_str beside_heading(const struct lp_text_report *report)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_setup *setup = &report->j->survey.log->setup;
    const struct lp_server *server = setup->servers.at;
    const char *label = setup->servers.n ? lp_term(arena, server->label) : "";
    struct lp_str text = lp_arena_printf(
        arena, "%s from %s%s%s", report->j->survey.main->client->name,
        report->j->survey.internal ? "inside" : "outside", *label ? "; DNS " : "", label);
    size_t edge = report->page.width - LP_ROW_TIMES_COLUMNS - 3;
    if (!lp_page_has_times(&report->page) || lp_columns(text) + 6 > edge)
        return text;
    return lp_arena_printf(arena, "%s%*sms  DNS  TCP  TLS", text.p,
                           (int)(edge - 6 - lp_columns(text)), "");
}

void lp_text_walk(const struct lp_text_report *report)
{
    const struct lp_path *path = report->j->survey.main;
    size_t text_at = text_column(report);
    lp_page_heading(&report->page, "WALK", beside_heading(report));
    for (size_t i = 0; i < path->step_count; i++) {
        struct lp_text_subs subs = { 0 };
        put_step(report, &path->steps[i], text_at);
        lp_text_subs_make(report, &path->steps[i], &subs);
        put_subs(report, &subs);
        if (stops_in(report, &path->steps[i]))
            put_stop(report, LP_STR("THE CLIENT STOPS HERE"));
    }
    if (path->outcome == LP_FAILS && !path->stops_at)
        put_stop(report, LP_STR("THE CLIENT STOPS HERE: no step leads on"));
}

/* ---- the other clients ---- */

enum { CLIENT_TEXT_AT = LP_ROW_LEFT + 12 };

/* With the name of the step where that fits into one line. */
static struct lp_str add_step(const struct lp_text_report *report, struct lp_str text,
                              const struct lp_step_result *at)
{
    struct lp_arena *arena = report->page.arena;
    const char *dot = strstr(at->row->pattern, ".<");
    int n = dot ? (int)(dot - at->row->pattern) : 0;
    struct lp_str full =
        lp_arena_printf(arena, "%s (step %s, %.*s)", text.p, at->row->label, n, at->row->pattern);
    if (n && CLIENT_TEXT_AT + lp_columns(full) <= report->page.width)
        return full;
    return lp_arena_printf(arena, "%s (step %s)", text.p, at->row->label);
}

static struct lp_str say_path(const struct lp_text_report *report, const struct lp_path *path)
{
    static const char *const words[] = { "signs in", "fails", "undecided" };
    struct lp_arena *arena = report->page.arena;
    const struct lp_step_result *at = path->stops_at;
    struct lp_str text = lp_str_of(words[path->outcome]);
    if (!at)
        return path->outcome == LP_FAILS ? LP_STR("fails: none of its names exists") : text;
    if (path->outcome != LP_SIGNS_IN || !at->endpoint_host.n)
        return add_step(report, text, at);
    text = lp_arena_printf(arena, "%s %s",
                           lp_text_is_refused(report, at->endpoint) ? "stops at" : "signs in at",
                           lp_say_host_port(arena, at->endpoint_host, at->endpoint_port).p);
    return add_step(report, text, at);
}

static enum lp_sign sign_of_path(const struct lp_text_report *report, const struct lp_path *path)
{
    static const enum lp_sign signs[] = { LP_SIGN_OK, LP_SIGN_ABSENT, LP_SIGN_OPEN };
    bool refused = path->outcome == LP_SIGNS_IN && path->stops_at &&
                   lp_text_is_refused(report, path->stops_at->endpoint);
    return refused ? LP_SIGN_ABSENT : signs[path->outcome];
}

void lp_text_clients(const struct lp_text_report *report)
{
    const struct lp_survey *survey = &report->j->survey;
    lp_page_heading(&report->page, "OTHER CLIENTS", LP_STR_NONE);
    for (size_t i = 0; i < survey->path_count; i++) {
        const struct lp_path *path = &survey->paths[i];
        if (path == survey->main)
            continue;
        struct lp_row row = { .sign = sign_of_path(report, path),
                              .left = lp_str_of(path->client->name),
                              .text = say_path(report, path),
                              .text_at = CLIENT_TEXT_AT,
                              .times = { -1, -1, -1 } };
        lp_page_row(&report->page, &row);
    }
}
