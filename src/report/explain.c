/* explain.c - the page behind a finding: meaning, check by hand, remedy. */
#include "lp/report.h"
#include "lp/wrap.h"

enum { MARGIN = 2, DEEPER = 4, PAGE_WIDTH = 80, LINE_MAX_BYTES = 4096 };

/* A page under construction. */
struct page {
    struct lp_buf *out;
    size_t width;
    bool color;
};

static void put_spaces(struct lp_buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        lp_buf_char(out, ' ');
}

static void put_bold(const struct page *page, const char *text)
{
    lp_buf_text(page->out, page->color ? "\033[1m" : "");
    lp_buf_text(page->out, text);
    lp_buf_text(page->out, page->color ? "\033[0m" : "");
}

static void put_heading(const struct page *page, const char *text)
{
    lp_buf_char(page->out, '\n');
    put_bold(page, text);
    lp_buf_char(page->out, '\n');
}

/* One template, its variables as <words>: templates hold no other braces. */
static void put_template(const struct page *page, struct lp_str text, size_t margin)
{
    struct lp_buf line = lp_buf_new(LINE_MAX_BYTES);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '{')
            c = '<';
        if (c == '}')
            c = '>';
        lp_buf_char(&line, c);
    }
    bool code = lp_line_kind(text) != LP_LINE_TEXT;
    size_t indent = code ? margin + MARGIN : margin;
    struct lp_wrap wrap = { .at = indent, .hang = indent + (code ? 2 : 0), .width = page->width };
    put_spaces(page->out, indent);
    lp_put_wrapped(page->out, lp_buf_view(&line), &wrap);
    lp_buf_release(&line);
}

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

/* "Outside, a SIP server:" above the first of the steps that share their guards. */
static void put_guards(const struct page *page, struct lp_str step)
{
    struct lp_str guard;
    const char *before = "";
    put_spaces(page->out, MARGIN);
    while (lp_step_guard(&step, &guard)) {
        lp_buf_text(page->out, before);
        lp_buf_str(page->out, guard_words(guard));
        if (guard.n && guard.p[guard.n - 1] == '.')
            lp_buf_text(page->out, "<domain>");
        before = ", ";
    }
    lp_buf_text(page->out, ":\n");
}

/* Steps with the same guards stand together under one line that says when they apply. */
static void put_steps(const struct page *page, const char *const *steps, struct lp_str *last)
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
        put_template(page, step, guarded ? DEEPER : MARGIN);
    }
}

static void put_title(const struct page *page, const struct lp_rule *rule)
{
    static const char *const colors[] = {
        [LP_INFO] = "\033[36m",
        [LP_WARNING] = "\033[33m",
        [LP_CRITICAL] = "\033[31m",
    };
    const char *severity = lp_severity_word(rule->severity);
    struct lp_str id = lp_str_of(rule->id);
    put_bold(page, rule->id);
    put_spaces(page->out, page->width - 2 - id.n - lp_str_of(severity).n);
    lp_buf_text(page->out, page->color ? colors[rule->severity] : "");
    lp_buf_text(page->out, severity);
    lp_buf_text(page->out, page->color ? "\033[0m\n" : "\n");
    lp_buf_text(page->out, rule->title);
    lp_buf_char(page->out, '\n');
    for (size_t i = 0; i < page->width - 2; i++)
        lp_buf_char(page->out, '-');
    lp_buf_char(page->out, '\n');
}

void lp_report_explain(const struct lp_rule *rule, const struct lp_style *style, struct lp_buf *out)
{
    struct page page = { out, PAGE_WIDTH, style->color };
    struct lp_str last = LP_STR_NONE;
    put_title(&page, rule);
    put_heading(&page, "What it means");
    put_template(&page, lp_str_of(rule->why), MARGIN);
    put_heading(&page, "What the user sees");
    put_template(&page, lp_str_of(rule->user_sees), MARGIN);
    put_heading(&page, "How to check it by hand");
    put_steps(&page, rule->by_hand, &last);
    last = LP_STR_NONE;
    put_heading(&page, "How to mend it");
    put_steps(&page, rule->fix, &last);
    put_steps(&page, rule->then, &last);
    put_heading(&page, "Source");
    put_template(&page, lp_str_of(rule->source), MARGIN);
    lp_buf_text(out, "\nWords in <angle brackets> stand for your own values.\n");
}
