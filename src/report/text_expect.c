/* text_expect.c - what the topology asks for: in numbers, and the rows that are not met */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/say.h"
#include "lp/text.h"

enum { STATE_AT = 44, DEEPER = 7, ROWS_SHOWN = 20 };

static const struct lp_expect_result *at(const struct lp_text_report *report, size_t i)
{
    return &report->j->expectations.at[i];
}

/* "records     12 of 14 met, 1 unmet, 1 undecided; 2 cannot be asked" */
static void put_counts(const struct lp_text_report *report, enum lp_expect_kind kind)
{
    static const char *const words[] = { [LP_EXPECT_DNS] = LP_TR("records"),
                                         [LP_EXPECT_CERT] = LP_TR("certificates"),
                                         [LP_EXPECT_PORT] = LP_TR("ports") };
    static const enum lp_expect_state others[] = { LP_UNMET, LP_OPEN_ROW, LP_WAIVED };
    struct lp_arena *arena = report->page.arena;
    size_t n[LP_EXPECT_STATES] = { 0 }, total = 0;
    for (size_t i = 0; i < report->j->expectations.n; i++) {
        if (at(report, i)->expectation->kind != kind)
            continue;
        n[at(report, i)->state]++;
        total += at(report, i)->state != LP_LISTED;
    }
    struct lp_str text = lp_tell(arena, "%zu of %zu met", n[LP_MET], total);
    for (size_t i = 0; i < LP_COUNT(others); i++) {
        if (n[others[i]])
            text = lp_arena_printf(arena, "%s, %zu %s", text.p, n[others[i]],
                                   lp_tr(arena, lp_expect_state_word(others[i])));
    }
    if (n[LP_LISTED])
        text = lp_tell(arena, "%s; %zu more cannot be asked", text.p, n[LP_LISTED]);
    enum lp_sign sign = n[LP_OPEN_ROW] ? LP_SIGN_OPEN : LP_SIGN_OK;
    struct lp_row row = { .sign = n[LP_UNMET] ? LP_SIGN_CRITICAL : sign,
                          .left = lp_str_of(lp_tr(arena, words[kind])),
                          .text = text,
                          .text_at = 20,
                          .times = { -1, -1, -1 } };
    lp_page_row(&report->page, &row);
}

static enum lp_sign sign_of(const struct lp_text_report *report, const struct lp_expect_result *r)
{
    static const enum lp_sign signs[] = { [LP_MET] = LP_SIGN_OK,
                                          [LP_UNMET] = LP_SIGN_CRITICAL,
                                          [LP_OPEN_ROW] = LP_SIGN_OPEN,
                                          [LP_LISTED] = LP_SIGN_NONE,
                                          [LP_WAIVED] = LP_SIGN_ABSENT };
    if (r->state == LP_UNMET && r->finding < report->j->finding_count &&
        report->j->findings[r->finding].severity == LP_WARNING)
        return LP_SIGN_WARNING;
    return signs[r->state];
}

static void put_row(const struct lp_text_report *report, const struct lp_expect_result *r)
{
    const struct lp_expectation *e = r->expectation;
    struct lp_arena *arena = report->page.arena;
    const char *id = r->state == LP_UNMET && r->finding < report->j->finding_count
                         ? report->j->findings[r->finding].rule->id
                         : lp_tr(arena, lp_expect_state_word(r->state));
    struct lp_row row = { .sign = sign_of(report, r),
                          .left = lp_say_expected(arena, e),
                          .text = lp_str_of(id),
                          .text_at = STATE_AT,
                          .times = { -1, -1, -1 } };
    lp_page_row(&report->page, &row);
    struct lp_str text =
        lp_tell(arena, "%s%s%s, line %lld: %s", e->role, e->title ? ", " : "",
                e->title ? lp_tr(arena, e->title) : "", (long long)e->mark.line, r->observed.p);
    lp_page_space(&report->page, DEEPER);
    lp_page_flow(&report->page, text, DEEPER, DEEPER);
}

static bool is_shown(const struct lp_text_report *report, const struct lp_expect_result *r)
{
    return report->page.verbosity || r->state == LP_UNMET || r->state == LP_OPEN_ROW ||
           r->state == LP_WAIVED;
}

/* The root cause of what the row says; SIZE_MAX: nothing is found. */
static size_t root_of(const struct lp_text_report *report, const struct lp_expect_result *r)
{
    size_t finding = r->finding;
    if (finding >= report->j->finding_count)
        return SIZE_MAX;
    size_t cause = report->j->findings[finding].cause;
    return cause == SIZE_MAX ? finding : cause;
}

/* One dead server shuts many doors: the first speaks for them. */
static bool is_spoken_for(const struct lp_text_report *report, size_t index)
{
    size_t root = root_of(report, at(report, index));
    for (size_t i = 0; i < index && root != SIZE_MAX && !report->page.verbosity; i++) {
        if (is_shown(report, at(report, i)) && root_of(report, at(report, i)) == root)
            return true;
    }
    return false;
}

static size_t count_followers(const struct lp_text_report *report, size_t index)
{
    size_t root = root_of(report, at(report, index)), n = 0;
    for (size_t i = index + 1; i < report->j->expectations.n && root != SIZE_MAX; i++)
        n += is_shown(report, at(report, i)) && root_of(report, at(report, i)) == root;
    return report->page.verbosity ? 0 : n;
}

/* n 0: nothing is left out. */
static void put_more(const struct lp_text_report *report, size_t n, struct lp_str text)
{
    if (!n)
        return;
    lp_page_space(&report->page, DEEPER);
    lp_page_flow(&report->page, text, DEEPER, DEEPER);
}

static void put_rows(const struct lp_text_report *report)
{
    struct lp_arena *arena = report->page.arena;
    size_t left_out = 0, shown = 0;
    for (size_t i = 0; i < report->j->expectations.n; i++) {
        if (!is_shown(report, at(report, i)) || is_spoken_for(report, i))
            continue;
        if (!report->page.verbosity && shown == ROWS_SHOWN) {
            left_out++;
            continue;
        }
        shown++;
        put_row(report, at(report, i));
        size_t n = count_followers(report, i);
        put_more(report, n,
                 lp_tell(arena,
                         n == 1 ? "and %zu more row by the same finding: -v"
                                : "and %zu more rows by the same finding: -v",
                         n));
    }
    put_more(
        report, left_out,
        lp_tell(arena, left_out == 1 ? "and %zu more row: -v" : "and %zu more rows: -v", left_out));
}

void lp_text_expectations(const struct lp_text_report *report)
{
    const struct lp_expect_results *results = &report->j->expectations;
    struct lp_arena *arena = report->page.arena;
    if (!results->n)
        return;
    struct lp_str waived = LP_STR("");
    if (results->findings_waived)
        waived = lp_tell(
            arena, results->findings_waived == 1 ? ", %zu finding waived" : ", %zu findings waived",
            results->findings_waived);
    lp_page_heading(&report->page, "EXPECTATIONS",
                    lp_tell(arena, "%zu of %zu met%s, by %s", results->count[LP_MET],
                            lp_expect_total(results), waived.p,
                            lp_term(arena, report->j->survey.log->setup.topology)));
    put_counts(report, LP_EXPECT_DNS);
    put_counts(report, LP_EXPECT_CERT);
    put_counts(report, LP_EXPECT_PORT);
    put_rows(report);
}
