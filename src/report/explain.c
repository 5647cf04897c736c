/* explain.c - the page behind a finding: meaning, check by hand, remedy. */
#include "lp/explain_page.h"

enum { LINE_MAX_BYTES = 1024 };

/* What a guard means, in words; the names of records speak for themselves. */
static struct lp_str guard_words(struct lp_str guard)
{
    static const struct {
        const char *guard, *words;
    } table[] = {
        { "internal", "Inside" },
        { "external", "Outside" },
        { "sip", "SIP server" },
        { "web", "HTTPS server" },
        { "premises", "Users on-premises" },
        { "cloud", "All users in the cloud" },
        { "redirect", "Status 3xx" },
        { "denied", "Status 401, 403 or 407" },
        { "missing", "Status 404 or the like" },
        { "failing", "Status 500" },
        { "gateway", "Status 502, 503 or 504" },
    };
    for (size_t i = 0; i < LP_COUNT(table); i++)
        if (lp_str_eq(guard, lp_str_of(table[i].guard)))
            return lp_str_of(table[i].words);
    return guard;
}

static bool same_guards(struct lp_str a, struct lp_str b)
{
    struct lp_str guard_a;
    struct lp_str guard_b;
    bool more_a = true;
    bool more_b = true;
    while (more_a && more_b) {
        guard_a = guard_b = LP_STR_NONE;
        more_a = lp_step_guard(&a, &guard_a);
        more_b = lp_step_guard(&b, &guard_b);
        if (!lp_str_eq(guard_a, guard_b))
            return false;
    }
    return true;
}

/* "Outside, SIP server:" above the first of the steps that share their guards. */
static void put_guards(const struct lp_explain_page *page, struct lp_str step)
{
    struct lp_buf line = lp_buf_new(LINE_MAX_BYTES);
    struct lp_str guard;
    const char *before = "";
    while (lp_step_guard(&step, &guard)) {
        lp_buf_text(&line, before);
        lp_buf_str(&line, lp_lang_say(page->lang, guard_words(guard)));
        if (guard.n && guard.p[guard.n - 1] == '.')
            lp_buf_text(&line, "<domain>");
        before = ", ";
    }
    lp_buf_char(&line, ':');
    lp_explain_line(page, lp_buf_view(&line), LP_EXPLAIN_MARGIN);
    lp_buf_release(&line);
}

/* Steps with the same guards stand together under one line that says when they apply. */
static void put_steps(const struct lp_explain_page *page, const char *const *steps,
                      struct lp_str *last)
{
    for (; steps && *steps; steps++) {
        struct lp_str step = lp_str_of(*steps);
        bool guarded = step.n && step.p[0] == '[';
        if (guarded && !(last->p && same_guards(step, *last)))
            put_guards(page, step);
        *last = step;
        struct lp_str guard;
        while (lp_step_guard(&step, &guard))
            ;
        lp_explain_line(page, step, guarded ? LP_EXPLAIN_DEEPER : LP_EXPLAIN_MARGIN);
    }
}

static void put_title(const struct lp_explain_page *page, const struct lp_rule *rule)
{
    static const char *const colors[] = {
        [LP_INFO] = "\033[36m",
        [LP_WARNING] = "\033[33m",
        [LP_CRITICAL] = "\033[31m",
    };
    struct lp_explain_title title = { rule->id, lp_severity_word(rule->severity),
                                      colors[rule->severity], rule->title };
    lp_explain_title(page, &title);
}

void lp_explain_rule(const struct lp_explain_page *page, const struct lp_rule *rule)
{
    struct lp_str last = LP_STR_NONE;
    put_title(page, rule);
    lp_explain_section(page, "What it means", (const char *const[]){ rule->why, NULL });
    lp_explain_section(page, "What the user sees", (const char *const[]){ rule->user_sees, NULL });
    lp_explain_heading(page, "How to check it by hand");
    put_steps(page, rule->by_hand, &last);
    lp_explain_windows(page, rule->by_hand);
    last = LP_STR_NONE;
    lp_explain_heading(page, "How to mend it");
    put_steps(page, rule->fix, &last);
    put_steps(page, rule->then, &last);
    lp_explain_section(page, "Source", (const char *const[]){ rule->source, NULL });
}

void lp_report_explain(const struct lp_rule *rule, const struct lp_style *style, struct lp_buf *out)
{
    struct lp_explain_page page = lp_explain_page_of(style, out);
    lp_explain_rule(&page, rule);
    lp_explain_end(&page);
}
