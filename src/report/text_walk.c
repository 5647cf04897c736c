/* text_walk.c - the ladder: one row for each step of the deciding client, where it stops; the
 * other clients in a line each */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/say.h"
#include "lp/text.h"

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

/* The column after the longest owner, when that leaves room for the words. */
static size_t text_column(const struct lp_text_report *report)
{
    enum { WORDS = 18 };
    const struct lp_path *path = report->j->survey.main;
    size_t edge =
        report->page.width - WORDS - (lp_page_has_times(&report->page) ? LP_ROW_TIMES_COLUMNS : 0);
    size_t widest = 0;
    for (size_t i = 0; i < path->step_count; i++) {
        size_t columns = lp_columns(lp_text_owner(report, &path->steps[i]));
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
                          .sign = lp_text_step_sign(report, step),
                          .left = lp_text_owner(report, step),
                          .text = lp_text_step_words(report, step),
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
        addresses =
            lp_tell(arena, "%s and %zu more", lp_arena_str(arena, first).p, sub->address_count - 1);
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
    struct lp_str text =
        lp_tell(arena, report->j->survey.internal ? "%s from inside%s%s" : "%s from outside%s%s",
                report->j->survey.main->client->name, *label ? "; DNS " : "", label);
    size_t edge = report->page.width - LP_ROW_TIMES_COLUMNS - 3;
    if (!lp_page_has_times(&report->page) || lp_columns(text) + 6 > edge)
        return text;
    return lp_arena_printf(arena, "%s%*sms  DNS  TCP  TLS", text.p,
                           (int)(edge - 6 - lp_columns(text)), "");
}

enum lp_sign lp_text_beyond_sign(const struct lp_text_report *report)
{
    struct lp_ranks speech = { LP_RANK_SPEECH, LP_RANK_UNREACHABLE };
    const struct lp_evidence *e = report->j->beyond.e;
    enum lp_sign sign = lp_text_sign_of(lp_text_finding(report, e->id, speech));
    return sign == LP_SIGN_NONE ? LP_SIGN_OK : sign;
}

struct lp_str lp_text_beyond(const struct lp_text_report *report)
{
    const struct lp_link *link = lp_link_of(report->j->beyond.e);
    struct lp_arena *arena = report->page.arena;
    return lp_tell(arena, "Beyond %s: %s.", lp_say_host_port(arena, link->host, link->port).p,
                   report->j->beyond.text.p);
}

static void put_beyond(const struct lp_text_report *report)
{
    if (!report->j->beyond.e)
        return;
    lp_page_space(&report->page, 2);
    lp_page_sign(&report->page, lp_text_beyond_sign(report));
    lp_buf_char(report->page.out, ' ');
    lp_page_flow(&report->page, lp_text_beyond(report), LP_ROW_LEFT, LP_ROW_LEFT);
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
        if (lp_text_stops_in(report, &path->steps[i]))
            put_stop(report, lp_tell(report->page.arena, "THE CLIENT STOPS HERE"));
    }
    if (path->outcome == LP_FAILS && !path->stops_at)
        put_stop(report, lp_tell(report->page.arena, "THE CLIENT STOPS HERE: no step leads on"));
    put_beyond(report);
}

/* ---- the other clients ---- */

void lp_text_clients(const struct lp_text_report *report)
{
    const struct lp_survey *survey = &report->j->survey;
    lp_page_heading(&report->page, "OTHER CLIENTS", LP_STR_NONE);
    for (size_t i = 0; i < survey->path_count; i++) {
        const struct lp_path *path = &survey->paths[i];
        if (path == survey->main)
            continue;
        struct lp_row row = { .sign = lp_text_path_sign(report, path),
                              .left = lp_str_of(path->client->name),
                              .text = lp_text_path_words(report, path),
                              .text_at = LP_CLIENT_TEXT_AT,
                              .times = { -1, -1, -1 } };
        lp_page_row(&report->page, &row);
    }
}
