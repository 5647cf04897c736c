/* html_findings.c - each root cause with why and what to do, what follows from it, its evidence */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/text.h"

static struct lp_str say_evidence(struct lp_arena *arena, const struct lp_evidence *e)
{
    return lp_arena_printf(arena, "%s: %s", lp_term(arena, e->key), lp_outcome_word(e->outcome));
}

static void put_evidence_of(const struct lp_html_walk *walk, const struct lp_finding *f)
{
    const struct lp_html *html = &walk->html;
    const int64_t *ids = f->evidence.at;
    if (!f->evidence.n)
        return;
    lp_html_open_with(
        html, "details",
        LP_HTML({ "open", f->severity == LP_CRITICAL ? LP_STR("open") : LP_STR_NONE }));
    lp_html_element(html, "summary", NULL, lp_tell(html->arena, "Evidence"));
    lp_html_open(html, "ul", "evidence");
    for (size_t i = 0; i < f->evidence.n; i++) {
        const struct lp_evidence *e = lp_log_by_id(walk->j->survey.log, ids[i]);
        if (!e)
            continue;
        lp_html_open(html, "li", NULL);
        lp_html_link(html, lp_html_evidence_id(walk, e->id), say_evidence(html->arena, e));
        lp_html_close(html, "li");
    }
    lp_html_close(html, "ul");
    lp_html_close(html, "details");
}

static void put_follower(const struct lp_html_walk *walk, size_t index)
{
    const struct lp_html *html = &walk->html;
    const struct lp_finding *f = &walk->j->findings[index];
    lp_html_open_with(html, "li", LP_HTML({ "id", lp_html_finding_id(walk, index) }));
    lp_html_element(html, "code", NULL, lp_str_of(f->rule->id));
    lp_html_text(html, LP_STR(" "));
    lp_html_element(html, "code", NULL, f->subject);
    lp_html_text(html, LP_STR(" "));
    lp_html_text(html, f->observed);
    lp_html_close(html, "li");
}

static size_t count_followers(const struct lp_judgement *j, size_t root)
{
    size_t n = 0;
    for (size_t i = 0; i < j->finding_count; i++)
        n += j->findings[i].cause == root;
    return n;
}

static void put_followers(const struct lp_html_walk *walk, size_t root)
{
    enum { SHOWN = 8 };
    const struct lp_html *html = &walk->html;
    size_t n = count_followers(walk->j, root);
    if (!n)
        return;
    lp_html_open_with(html, "details",
                      LP_HTML({ "open", n <= SHOWN ? LP_STR("open") : LP_STR_NONE }));
    lp_html_element(html, "summary", NULL, lp_tell(html->arena, "What follows from it: %zu", n));
    lp_html_open(html, "ul", "evidence");
    for (size_t i = 0; i < walk->j->finding_count; i++) {
        if (walk->j->findings[i].cause == root)
            put_follower(walk, i);
    }
    lp_html_close(html, "ul");
    lp_html_close(html, "details");
}

static void put_facts(const struct lp_html_walk *walk, const struct lp_finding *f)
{
    const struct lp_html *html = &walk->html;
    lp_html_open(html, "dl", NULL);
    lp_html_pair(html, "Expected", f->expected);
    lp_html_pair(html, "Observed", f->observed);
    lp_html_pair(html, "Why it matters", f->why);
    lp_html_pair(html, "Role", lp_str_of(f->role));
    lp_html_pair(html, "Asked for in", f->place);
    lp_html_pair(html, f->waived ? "Waived" : "Waiver", lp_text_waiver_words(&walk->report, f));
    lp_html_close(html, "dl");
}

static void put_heading(const struct lp_html_walk *walk, const struct lp_finding *f)
{
    const struct lp_html *html = &walk->html;
    lp_html_badge(html, lp_html_severity_sign(f->severity));
    lp_html_open(html, "h3", NULL);
    lp_html_element(html, "code", NULL, lp_str_of(f->rule->id));
    lp_html_text(html, LP_STR(" "));
    lp_html_text(html, lp_str_of(lp_tr(html->arena, f->rule->title)));
    lp_html_close(html, "h3");
    lp_html_open(html, "p", NULL);
    lp_html_element(html, "code", NULL, f->subject);
    lp_html_close(html, "p");
}

/* The steps of the finding that the sentence names stand at the top. */
static void put_steps(const struct lp_html_walk *walk, size_t index)
{
    const struct lp_finding *f = &walk->j->findings[index];
    if (index == walk->j->named || !f->fix.n)
        return;
    lp_html_element(&walk->html, "h4", NULL, lp_tell(walk->html.arena, "Do this"));
    lp_html_steps(&walk->html, &f->fix);
}

static void put_root(const struct lp_html_walk *walk, size_t index)
{
    static const char *const classes[] = { "card note", "card warning", "card critical" };
    const struct lp_html *html = &walk->html;
    const struct lp_finding *f = &walk->j->findings[index];
    lp_html_open_with(html, "article",
                      LP_HTML({ "class", lp_str_of(classes[f->severity]) },
                              { "id", lp_html_finding_id(walk, index) }));
    put_heading(walk, f);
    put_facts(walk, f);
    put_steps(walk, index);
    put_followers(walk, index);
    put_evidence_of(walk, f);
    lp_html_close(html, "article");
}

/* That all is well stands at the top, and so does the banner. */
static bool is_shown(const struct lp_finding *f)
{
    bool is_ok = f->rule->rank == LP_RANK_WALK && f->severity == LP_INFO;
    return f->cause == SIZE_MAX && !is_ok && f->rule->rank != LP_RANK_OVERRIDDEN;
}

static void put_count(const struct lp_html_walk *walk)
{
    const struct lp_judgement *j = walk->j;
    size_t roots[LP_CRITICAL + 1] = { 0 };
    for (size_t i = 0; i < j->finding_count; i++)
        roots[j->findings[i].severity] += is_shown(&j->findings[i]);
    lp_html_element(&walk->html, "p", "muted",
                    lp_tell(walk->html.arena, "Critical: %zu. Warnings: %zu. Notes: %zu.",
                            roots[LP_CRITICAL], roots[LP_WARNING], roots[LP_INFO]));
}

void lp_html_findings(const struct lp_html_walk *walk)
{
    put_count(walk);
    for (size_t i = 0; i < walk->j->finding_count; i++) {
        if (is_shown(&walk->j->findings[i]))
            put_root(walk, i);
    }
}

/* ---- all evidence ---- */

static void put_evidence(const struct lp_html_walk *walk, const struct lp_evidence *e)
{
    const struct lp_html *html = &walk->html;
    lp_html_open_with(html, "details", LP_HTML({ "id", lp_html_evidence_id(walk, e->id) }));
    lp_html_element(
        html, "summary", NULL,
        lp_arena_printf(html->arena, "%lld %s", (long long)e->id, say_evidence(html->arena, e).p));
    lp_buf_clear(walk->aside);
    lp_text_evidence_one(&walk->report, e);
    lp_html_open(html, "pre", NULL);
    lp_html_lines(html, lp_buf_view(walk->aside));
    lp_html_close(html, "pre");
    lp_html_close(html, "details");
}

void lp_html_evidence(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    const struct lp_log *log = walk->j->survey.log;
    lp_html_open(html, "details", NULL);
    lp_html_element(
        html, "summary", NULL,
        lp_tell(html->arena, "All that was seen, in order of arrival: %zu entries", log->n));
    for (size_t i = 0; i < log->n; i++)
        put_evidence(walk, log->at[i]);
    lp_buf_clear(walk->aside);
    lp_html_close(html, "details");
}
