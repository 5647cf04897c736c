/* text_report.c - the terminal report: verdict first, then why, what to do, and what was seen */
#include "lp/text_report_parts.h"

#include "lp/lang.h"
#include "lp/renderers.h"
#include "lp/text.h"
#include "lp/unchecked.h"

enum { WIDTH = 80, MARGIN = 5, FIX_LINES = 8, RULES_SHOWN = 8 };

/* ---- findings by evidence ---- */

static bool has_evidence(const struct lp_finding *f, int64_t id)
{
    const int64_t *ids = f->evidence.at;
    for (size_t i = 0; i < f->evidence.n; i++) {
        if (ids[i] == id)
            return true;
    }
    return false;
}

const struct lp_finding *lp_text_finding(const struct lp_text_report *report, int64_t evidence,
                                         struct lp_ranks ranks)
{
    const struct lp_finding *worst = NULL;
    for (size_t i = 0; i < report->j->finding_count; i++) {
        const struct lp_finding *f = &report->j->findings[i];
        if (f->severity == LP_INFO || f->rule->rank < ranks.from || f->rule->rank > ranks.to)
            continue;
        if (has_evidence(f, evidence) && (!worst || f->severity > worst->severity))
            worst = f;
    }
    return worst;
}

enum lp_sign lp_text_sign_of(const struct lp_finding *finding)
{
    static const enum lp_sign signs[] = { LP_SIGN_NONE, LP_SIGN_WARNING, LP_SIGN_CRITICAL };
    return finding ? signs[finding->severity] : LP_SIGN_NONE;
}

bool lp_text_is_refused(const struct lp_text_report *report, const struct lp_evidence *e)
{
    struct lp_ranks ranks = { LP_RANK_LEAK, LP_RANK_UNREACHABLE };
    const struct lp_finding *f = e ? lp_text_finding(report, e->id, ranks) : NULL;
    return f && f->severity == LP_CRITICAL;
}

/* ---- the head ---- */

static void put_rule(const struct lp_text_report *report, const char *option, struct lp_str text)
{
    struct lp_str line = lp_arena_printf(report->page.arena, "%s %s", option, text.p);
    lp_page_space(&report->page, MARGIN);
    lp_page_flow(&report->page, line, MARGIN, MARGIN + 2);
}

static void put_resolve_rules(const struct lp_text_report *report)
{
    const struct lp_setup *setup = &report->j->survey.log->setup;
    const struct lp_resolve_rule *rules = setup->resolve.at;
    for (size_t i = 0; i < setup->resolve.n && i < RULES_SHOWN; i++) {
        const struct lp_address_item *items = rules[i].addresses.at;
        struct lp_str list = LP_STR("");
        for (size_t k = 0; k < rules[i].addresses.n; k++) {
            char text[LP_ADDR_TEXT];
            lp_addr_format(&items[k].address, text, sizeof text);
            list = lp_arena_printf(report->page.arena, "%s%s%s", list.p, k ? "," : "", text);
        }
        put_rule(report, "--resolve",
                 lp_arena_printf(report->page.arena, "%s:%lld:%s",
                                 lp_term(report->page.arena, rules[i].host),
                                 (long long)rules[i].port, list.p));
    }
}

static void put_connect_rules(const struct lp_text_report *report)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_setup *setup = &report->j->survey.log->setup;
    const struct lp_connect_rule *rules = setup->connect_to.at;
    for (size_t i = 0; i < setup->connect_to.n && i < RULES_SHOWN; i++) {
        put_rule(report, "--connect-to",
                 lp_arena_printf(arena, "%s:%lld:%s:%lld", lp_term(arena, rules[i].host),
                                 (long long)rules[i].port, lp_term(arena, rules[i].to_host),
                                 (long long)rules[i].to_port));
    }
}

static void put_dns_rules(const struct lp_text_report *report)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_setup *setup = &report->j->survey.log->setup;
    const struct lp_answer_rule *answers = setup->answer.at;
    const struct lp_deny_rule *denials = setup->deny.at;
    char word[12];
    for (size_t i = 0; i < setup->answer.n && i < RULES_SHOWN; i++)
        put_rule(report, "--answer",
                 lp_arena_printf(arena, "%s %s", lp_term(arena, answers[i].name),
                                 lp_dns_type_word(answers[i].type, word)));
    for (size_t i = 0; i < setup->deny.n && i < RULES_SHOWN; i++)
        put_rule(report, "--deny",
                 lp_arena_printf(arena, "%s%s%s", lp_term(arena, denials[i].name),
                                 denials[i].type ? "/" : "",
                                 denials[i].type ? lp_dns_type_word(denials[i].type, word) : ""));
}

static void put_zone_rules(const struct lp_text_report *report)
{
    struct lp_arena *arena = report->page.arena;
    const struct lp_setup *setup = &report->j->survey.log->setup;
    const struct lp_zone_rule *zones = setup->zones.at;
    for (size_t i = 0; i < setup->zones.n && i < RULES_SHOWN; i++)
        put_rule(report, "--zone-file",
                 lp_tell(arena, "%s:%s, records: %lld", lp_term(arena, zones[i].origin),
                         lp_term(arena, zones[i].file), (long long)zones[i].records));
}

void lp_text_overrides(const struct lp_text_report *report)
{
    put_resolve_rules(report);
    put_connect_rules(report);
    put_dns_rules(report);
    put_zone_rules(report);
}

static void put_banner(const struct lp_text_report *report)
{
    const struct lp_setup *setup = &report->j->survey.log->setup;
    if (!lp_setup_overridden(setup))
        return;
    lp_page_sign(&report->page, LP_SIGN_WARNING);
    lp_page_space(&report->page, MARGIN - 2);
    lp_page_strong(&report->page,
                   lp_tell(report->page.arena, "answers overridden: this is not what is live"));
    lp_buf_char(report->page.out, '\n');
    lp_text_overrides(report);
    lp_buf_char(report->page.out, '\n');
}

/* "CRITICAL  external  24 Nov 05:41Z": stands to the right of the sentence's first line. */
static struct lp_str meta(const struct lp_text_report *report, const char *word)
{
    const struct lp_log *log = report->j->survey.log;
    char day[24] = "", time[24] = "";
    lp_format_day(log->setup.clock, day, sizeof day);
    lp_format_utc(log->setup.clock, time, sizeof time);
    size_t year = lp_str_of(day).n > 5 ? 5 : 0; /* " 2026" */
    return lp_arena_printf(
        report->page.arena, "%s  %s  %.*s %.5sZ", word,
        lp_tr(report->page.arena, report->j->survey.internal ? "internal" : "external"),
        (int)(lp_str_of(day).n - year), day, time + 11);
}

/* The sentence leaves room on its first line; then the meta text is put there. */
static void put_sentence(const struct lp_text_report *report)
{
    static const struct {
        const char *word, *color;
    } verdicts[] = {
        [LP_VERDICT_OK] = { LP_TR("OK"), "\033[1;32m" },
        [LP_VERDICT_WARNING] = { LP_TR("WARNING"), "\033[1;33m" },
        [LP_VERDICT_CRITICAL] = { LP_TR("CRITICAL"), "\033[1;31m" },
        [LP_VERDICT_UNDECIDED] = { LP_TR("UNDECIDED"), "\033[1;35m" },
    };
    const struct lp_page *page = &report->page;
    struct lp_str text = meta(report, lp_tr(page->arena, verdicts[report->j->verdict].word));
    struct lp_buf lines = lp_buf_new(1 << 20);
    struct lp_page aside = *page;
    aside.out = &lines;
    lp_page_flow(&aside, report->j->sentence, lp_columns(text) + 2, 0);
    struct lp_str rest = lp_buf_view(&lines);
    struct lp_str first = lp_str_cut(&rest, '\n');
    lp_page_strong(page, first);
    lp_page_space(page, page->width - lp_columns(first) - lp_columns(text));
    lp_buf_text(page->out, page->color ? verdicts[report->j->verdict].color : "");
    lp_buf_str(page->out, text);
    lp_buf_text(page->out, page->color ? "\033[0m\n" : "\n");
    lp_buf_str(page->out, rest);
    lp_buf_release(&lines);
}

/* Steps at the front that say one thing: up to the first that does not lead to the next. */
static size_t first_steps(const struct lp_list *fix)
{
    const struct lp_str *steps = fix->at;
    size_t n = 0;
    while (n < fix->n && steps[n].n && steps[n].p[steps[n].n - 1] == ':')
        n++;
    return n < fix->n ? n + 1 : n;
}

/* All steps when they are few; else the first ones, the rest under FINDINGS. */
static void put_fix(struct lp_text_report *report, const struct lp_rule *rule)
{
    const struct lp_judgement *j = report->j;
    struct lp_buf lines = lp_buf_new(1 << 20);
    struct lp_page aside = report->page;
    size_t count = 0;
    aside.out = &lines;
    lp_page_steps(&aside, "Fix", j->fix.at, j->fix.n);
    for (size_t i = 0; i < lines.n; i++)
        count += lines.p[i] == '\n';
    report->fix_above = count <= FIX_LINES;
    if (report->fix_above)
        lp_buf_str(report->page.out, lp_buf_view(&lines));
    else
        lp_page_steps(&report->page, "Fix", j->fix.at, first_steps(&j->fix));
    lp_buf_release(&lines);
    lp_page_space(&report->page, MARGIN);
    lp_page_flow(&report->page,
                 lp_tell(report->page.arena,
                         report->fix_above ? "lyncprobe explain %s"
                                           : "All steps: FINDINGS below, or lyncprobe explain %s",
                         rule->id),
                 MARGIN, MARGIN);
}

/* Banner when overridden, sentence, why, fix. Sets fix_above. */
static void put_head(struct lp_text_report *report)
{
    const struct lp_judgement *j = report->j;
    const struct lp_setup *setup = &j->survey.log->setup;
    put_banner(report);
    put_sentence(report);
    lp_page_rule(&report->page);
    if (j->named != SIZE_MAX) {
        lp_page_block(&report->page, "Why", j->why, MARGIN);
        put_fix(report, j->findings[j->named].rule);
    }
    if (setup->unicode.n)
        lp_page_block(&report->page, "Name", lp_str_of(lp_term(report->page.arena, setup->unicode)),
                      MARGIN);
    if (lp_str_eq(setup->view, LP_STR("auto")))
        lp_page_block(
            &report->page, "View",
            lp_tell(report->page.arena, "%s, because %s",
                    lp_tr(report->page.arena, j->survey.internal ? "internal" : "external"),
                    j->survey.view_why.p),
            MARGIN);
}

/* ---- the end ---- */

/* The banner is no finding to count, nor is that all is well. */
static bool is_counted(const struct lp_finding *f)
{
    bool is_ok = f->rule->rank == LP_RANK_WALK && f->severity == LP_INFO;
    return !is_ok && f->rule->rank != LP_RANK_OVERRIDDEN;
}

static void count_findings(const struct lp_judgement *j, size_t roots[3], size_t *followers)
{
    for (size_t i = 0; i < j->finding_count; i++) {
        if (j->findings[i].cause != SIZE_MAX)
            ++*followers;
        else if (is_counted(&j->findings[i]))
            roots[j->findings[i].severity]++;
    }
}

static struct lp_str say_counts(const struct lp_text_report *report)
{
    size_t roots[3] = { 0 }, followers = 0;
    struct lp_arena *arena = report->page.arena;
    count_findings(report->j, roots, &followers);
    struct lp_str text = lp_tell(arena, "no findings");
    if (roots[LP_CRITICAL] || roots[LP_WARNING] || roots[LP_INFO]) {
        size_t warnings = roots[LP_WARNING], notes = roots[LP_INFO];
        text = lp_tell(arena, "%zu critical", roots[LP_CRITICAL]);
        text = lp_tell(arena, warnings == 1 ? "%s, %zu warning" : "%s, %zu warnings", text.p,
                       warnings);
        text = lp_tell(arena, notes == 1 ? "%s, %zu note" : "%s, %zu notes", text.p, notes);
    }
    if (followers)
        text = lp_tell(arena, followers == 1 ? "%s; %zu more follows" : "%s; %zu more follow",
                       text.p, followers);
    if (report->j->expectations.findings_waived)
        text = lp_tell(arena, "%s; %zu accepted for a time", text.p,
                       report->j->expectations.findings_waived);
    return text;
}

static size_t count_questions(const struct lp_log *log)
{
    size_t n = 0;
    for (size_t i = 0; i < log->n; i++)
        n += log->at[i]->shape != &lp_shape_certificate;
    return n;
}

/* Counts, what was cut, the time it took. */
static void put_closing(const struct lp_text_report *report)
{
    const struct lp_log *log = report->j->survey.log;
    struct lp_arena *arena = report->page.arena;
    struct lp_str counts = say_counts(report);
    struct lp_str time = lp_tell(arena, "%zu questions, %lld.%02lld s", count_questions(log),
                                 (long long)(log->end.total_us / 1000000),
                                 (long long)(log->end.total_us / 10000 % 100));
    lp_buf_char(report->page.out, '\n');
    lp_page_flow(&report->page, lp_unchecked(arena, report->j), 0, 0);
    if (!log->end.complete)
        lp_page_flow(
            &report->page,
            lp_tell(arena, "The run is not complete: %s.",
                    log->end.why.n ? lp_term(arena, log->end.why) : lp_tr(arena, "cut off")),
            0, 0);
    if (log->end.restarts)
        lp_page_flow(&report->page,
                     lp_tell(arena,
                             log->end.restarts == 1
                                 ? "The worker had to be started again %lld time."
                                 : "The worker had to be started again %lld times.",
                             (long long)log->end.restarts),
                     0, 0);
    if (lp_columns(counts) + lp_columns(time) + 2 > report->page.width) {
        lp_page_flow(&report->page, counts, 0, 0);
        counts = LP_STR("");
    }
    lp_buf_str(report->page.out, counts);
    lp_page_space(&report->page, report->page.width - lp_columns(counts) - lp_columns(time));
    lp_buf_str(report->page.out, time);
    lp_buf_char(report->page.out, '\n');
}

/* A certificate file: no walk was made. */
static void put_paper(struct lp_text_report *report)
{
    put_head(report);
    lp_text_certificates(report);
    lp_text_findings(report);
    lp_buf_char(report->page.out, '\n');
    lp_page_flow(&report->page, say_counts(report), 0, 0);
}

static void put_all(struct lp_text_report *report)
{
    put_head(report);
    lp_text_walk(report);
    lp_text_clients(report);
    lp_text_servers(report);
    lp_text_certificates(report);
    lp_text_endpoints(report);
    lp_text_expectations(report);
    lp_text_findings(report);
    lp_text_evidence(report);
    put_closing(report);
}

static void put_walk(const struct lp_report_input *input, const struct lp_judgement *j,
                     struct lp_buf *out)
{
    struct lp_arena arena = { .lang = j->survey.arena->lang };
    const struct lp_style *style = &input->style;
    struct lp_page page = { out,          &arena,       style->width ? (size_t)style->width : WIDTH,
                            style->color, style->ascii, style->verbosity };
    struct lp_text_report report = { page, j, false };
    if (j->survey.log->setup.certificate.n)
        put_paper(&report);
    else
        put_all(&report);
    lp_arena_release(&arena);
}

void lp_report_text(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++) {
        lp_buf_text(out, i == 0 ? "" : "\n\n");
        put_walk(input, input->walks[i], out);
    }
}
