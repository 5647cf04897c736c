/* html_report.c - the report as one page: a section for each walk, all of it in one file */
#include "lp/html_parts.h"

#include "lp/renderers.h"

/* Columns of text in <pre>; the words of a client's way never have to be cut for width. */
enum { COLUMNS = 100, ASIDE_MAX = 64 * 1024 * 1024 };

const char lp_html_end[] = "</main>\n</body>\n</html>\n";

static void put_walk(const struct lp_html_walk *walk)
{
    static void (*const sections[])(const struct lp_html_walk *) = {
        lp_html_head,         lp_html_ladder,   lp_html_timeline,
        lp_html_certificates, lp_html_ports,    lp_html_expectations,
        lp_html_findings,     lp_html_evidence, lp_html_made,
    };
    lp_html_open_with(
        &walk->html, "section",
        LP_HTML({ "class", LP_STR("walk") }, { "aria-labelledby", lp_html_id(walk, "name") }));
    for (size_t i = 0; i < LP_COUNT(sections); i++)
        sections[i](walk);
    lp_html_close(&walk->html, "section");
}

static void put_begin(const struct lp_html *html, const struct lp_judgement *j)
{
    struct lp_str title[] = { j->survey.log->setup.domain, LP_STR(": sign-in report") };
    lp_html_begin(html, lp_arena_join(html->arena, title, LP_COUNT(title)));
}

void lp_report_html(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++) {
        struct lp_arena arena = { 0 };
        struct lp_buf aside = lp_buf_new(ASIDE_MAX);
        struct lp_page page = { .out = &aside, .arena = &arena, .width = COLUMNS };
        struct lp_html_walk walk = { .html = { out, &arena },
                                     .report = { page, input->walks[i], false },
                                     .aside = &aside,
                                     .j = input->walks[i],
                                     .number = input->before + i + 1 };
        if (walk.number == 1)
            put_begin(&walk.html, walk.j);
        put_walk(&walk);
        lp_buf_release(&aside);
        lp_arena_release(&arena);
    }
}
