/* text_findings.c - each root cause with why and fix, what follows from it below; notes last */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/text.h"

enum { MARGIN = 5, DEEPER = 16, LIST_AT = 7 };

/* ---- what follows ---- */

static bool is_alike(const struct lp_finding *a, const struct lp_finding *b)
{
    return a->rule == b->rule && a->cause == b->cause;
}

static bool is_same(const struct lp_finding *a, const struct lp_finding *b)
{
    return a->rule == b->rule && lp_str_eq(a->subject, b->subject);
}

/* Does it say of a subject what the root, or one before, has said? Several requests may go to
   one port. */
static bool is_repeated(const struct lp_judgement *j, size_t index)
{
    const struct lp_finding *f = &j->findings[index];
    for (size_t i = f->cause; i < index; i++) {
        if (is_same(&j->findings[i], f) && (i == f->cause || j->findings[i].cause == f->cause))
            return true;
    }
    return false;
}

/* Has an earlier one of the same cause and id spoken for it? */
static bool is_spoken_for(const struct lp_judgement *j, size_t index)
{
    for (size_t i = j->findings[index].cause + 1; i < index; i++) {
        if (is_alike(&j->findings[i], &j->findings[index]) && !is_repeated(j, i))
            return true;
    }
    return is_repeated(j, index);
}

static bool has_same_words(const struct lp_finding *a, const struct lp_finding *b)
{
    return a->rule == b->rule && lp_str_eq(a->observed, b->observed);
}

/* "LP-CERT-EXPIRED  sip.contoso.com:443 192.0.2.1; and 4 more alike: ..." */
static void put_follower(const struct lp_text_report *report, size_t index)
{
    const struct lp_judgement *j = report->j;
    const struct lp_finding *f = &j->findings[index];
    struct lp_arena *arena = report->page.arena;
    struct lp_str others = LP_STR("");
    size_t count = 0;
    for (size_t i = index + 1; i < j->finding_count; i++) {
        if (!is_alike(f, &j->findings[i]) || is_repeated(j, i))
            continue;
        count++;
        lp_page_join(&report->page, &others, j->findings[i].subject);
    }
    bool repeats = has_same_words(f, &j->findings[f->cause]);
    struct lp_str text = lp_arena_printf(arena, "%s  %s%s%s", f->rule->id, f->subject.p,
                                         repeats ? "" : ": ", repeats ? "" : f->observed.p);
    if (count)
        text = lp_tell(arena, "%s; and %zu more alike: %s", text.p, count, others.p);
    lp_page_space(&report->page, LIST_AT);
    lp_page_flow(&report->page, text, LIST_AT, LIST_AT + 2);
}

static void put_followers(const struct lp_text_report *report, size_t root)
{
    const struct lp_judgement *j = report->j;
    bool first = true;
    for (size_t i = root + 1; i < j->finding_count; i++) {
        if (j->findings[i].cause != root || is_spoken_for(j, i))
            continue;
        if (first) {
            lp_page_space(&report->page, MARGIN);
            lp_page_flow(&report->page, lp_tell(report->page.arena, "follows from it:"), MARGIN,
                         MARGIN);
        }
        first = false;
        put_follower(report, i);
    }
}

/* ---- root causes ---- */

static void put_pair(const struct lp_text_report *report, const char *word, struct lp_str text)
{
    if (!text.n)
        return;
    lp_page_space(&report->page, MARGIN);
    size_t at = MARGIN + lp_page_word(&report->page, word, DEEPER - MARGIN);
    lp_page_flow(&report->page, text, at, DEEPER);
}

static struct lp_str say_place(const struct lp_text_report *report, const struct lp_finding *f)
{
    return f->role ? lp_arena_printf(report->page.arena, "%s, %s", f->role, f->place.p)
                   : LP_STR_NONE;
}

/* "24 Nov 2026", or with its time where the waiver does not end with a day. */
static struct lp_str say_moment(struct lp_arena *arena, lp_utc t, lp_utc day_of)
{
    char day[24], time[24];
    lp_format_day(day_of, day, sizeof day);
    lp_format_utc(t, time, sizeof time);
    return t % 86400 ? lp_arena_printf(arena, "%s %.5s UTC", day, time + 11)
                     : lp_arena_printf(arena, "%s", day);
}

/* A waiver that is over is said: somebody wanted the finding to be mended by then. One with a
 * beginning is a maintenance window. */
struct lp_str lp_text_waiver_words(const struct lp_text_report *report, const struct lp_finding *f)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_waiver *w = f->waiver;
    if (!w)
        return LP_STR_NONE;
    bool window = w->from != LP_UTC_NONE;
    const char *reason = lp_term(arena, w->reason);
    struct lp_str end = say_moment(arena, w->until, w->until % 86400 ? w->until : w->until - 1);
    if (window && report->j->survey.log->setup.clock < w->from)
        return lp_tell(arena, "maintenance not yet begun, from %s until %s: %s",
                       say_moment(arena, w->from, w->from).p, end.p, reason);
    if (f->waived)
        return lp_tell(arena, window ? "in maintenance until %s: %s" : "until %s: %s", end.p,
                       reason);
    return lp_tell(arena, window ? "maintenance ended on %s: %s" : "ended on %s: %s", end.p,
                   reason);
}

static void put_title(const struct lp_text_report *report, const struct lp_finding *f)
{
    const struct lp_page *page = &report->page;
    struct lp_str head = lp_arena_printf(
        page->arena, "%s %s", lp_tr(page->arena, lp_severity_word(f->severity)), f->rule->id);
    size_t at = MARGIN + head.n + 2;
    lp_page_space(page, 2);
    lp_page_sign(page, f->severity == LP_INFO ? LP_SIGN_ABSENT : lp_text_sign_of(f));
    lp_buf_char(page->out, ' ');
    lp_page_strong(page, head);
    lp_page_space(page, 2);
    lp_page_flow(page, f->subject, at, MARGIN + 2);
}

static bool has_same_steps(const struct lp_finding *a, const struct lp_finding *b)
{
    return a->rule == b->rule && lp_list_same_strs(&a->fix, &b->fix);
}

/* Do these steps stand under an earlier finding already? */
static bool are_steps_known(const struct lp_judgement *j, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (j->findings[i].cause == SIZE_MAX &&
            has_same_steps(&j->findings[i], &j->findings[index]))
            return true;
    }
    return false;
}

static void put_steps(const struct lp_text_report *report, size_t index)
{
    const struct lp_finding *f = &report->j->findings[index];
    struct lp_str same = lp_tell(report->page.arena, "the same steps as above");
    if (are_steps_known(report->j, index))
        lp_page_steps(&report->page, "Fix", &same, 1);
    else
        lp_page_steps(&report->page, "Fix", f->fix.at, f->fix.n);
}

/* Why and steps of the finding that the sentence names stand at the top already. */
static void put_root(const struct lp_text_report *report, size_t index)
{
    const struct lp_finding *f = &report->j->findings[index];
    bool is_named = index == report->j->named;
    put_title(report, f);
    lp_page_space(&report->page, MARGIN);
    lp_page_flow(
        &report->page,
        lp_arena_printf(report->page.arena, "%s.", lp_tr(report->page.arena, f->rule->title)),
        MARGIN, MARGIN);
    put_pair(report, "expected", f->expected);
    put_pair(report, "observed", f->observed);
    put_pair(report, "topology", say_place(report, f));
    put_pair(report, "waiver", lp_text_waiver_words(report, f));
    if (!is_named)
        put_pair(report, "why", f->why);
    if (!is_named || !report->fix_above)
        put_steps(report, index);
    put_followers(report, index);
}

/* Info: one line, all of it with -v. */
static void put_note(const struct lp_text_report *report, size_t index)
{
    const struct lp_finding *f = &report->j->findings[index];
    if (report->page.verbosity) {
        put_root(report, index);
        return;
    }
    put_title(report, f);
    lp_page_space(&report->page, MARGIN + 2);
    lp_page_flow(&report->page,
                 lp_arena_printf(report->page.arena, "%s: %s",
                                 lp_tr(report->page.arena, f->rule->title), f->observed.p),
                 MARGIN + 2, MARGIN + 2);
    put_pair(report, "waived", lp_text_waiver_words(report, f));
    put_followers(report, index);
}

static bool is_shown(const struct lp_text_report *report, const struct lp_finding *f)
{
    bool is_ok = f->rule->rank == LP_RANK_WALK && f->severity == LP_INFO;
    bool is_banner = f->rule->rank == LP_RANK_OVERRIDDEN;
    return f->cause == SIZE_MAX && (report->page.verbosity || (!is_ok && !is_banner));
}

void lp_text_findings(const struct lp_text_report *report)
{
    const struct lp_judgement *j = report->j;
    bool headed = false;
    for (size_t i = 0; i < j->finding_count; i++) {
        if (!is_shown(report, &j->findings[i]))
            continue;
        if (headed)
            lp_buf_char(report->page.out, '\n');
        else
            lp_page_heading(&report->page, "FINDINGS", LP_STR_NONE);
        headed = true;
        if (j->findings[i].severity == LP_INFO)
            put_note(report, i);
        else
            put_root(report, i);
    }
}
