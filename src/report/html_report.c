/* html_report.c - the report as one page: a section for each walk, all of it in one file */
#include "lp/html_parts.h"

#include "lp/lang.h"
#include "lp/renderers.h"
#include "lp/text.h"

/* Columns of text in <pre>; the words of a client's way never have to be cut for width. */
enum { COLUMNS = 100, ASIDE_MAX = 64 * 1024 * 1024 };

const char lp_html_end[] = "</main>\n</body>\n</html>\n";

/* ---- the sections of a walk ---- */

static bool always(const struct lp_html_walk *walk)
{
    (void)walk;
    return true;
}

static bool has_questions(const struct lp_html_walk *walk)
{
    return walk->j->survey.log->n > 0;
}

static bool has_expectations(const struct lp_html_walk *walk)
{
    return walk->j->expectations.n > 0;
}

static bool has_leaf(const struct lp_html_walk *walk)
{
    const struct lp_log *log = walk->j->survey.log;
    bool found = false;
    for (size_t i = 0; i < log->n && !found; i++) {
        const struct lp_link *link = lp_link_of(log->at[i]);
        found = link && lp_log_leaf(log, link);
    }
    return found;
}

static bool has_addresses(const struct lp_html_walk *walk)
{
    const struct lp_log *log = walk->j->survey.log;
    bool found = false;
    for (size_t i = 0; i < log->n && !found; i++) {
        const struct lp_link *link = lp_link_of(log->at[i]);
        found = link && link->address.family;
    }
    return found;
}

static bool has_servers(const struct lp_html_walk *walk)
{
    return walk->j->survey.log->setup.servers.n > 1;
}

static bool has_views(const struct lp_html_walk *walk)
{
    return walk->previous && walk->previous->survey.internal != walk->j->survey.internal;
}

static void put_views(const struct lp_html_walk *walk)
{
    struct lp_compared compared;
    lp_compare(walk->previous, walk->j, walk->html.arena, &compared);
    lp_html_element(&walk->html, "p", NULL, compared.sentence);
    lp_html_compared(&walk->html, &compared);
}

static const struct section {
    const char *name, *title;
    bool (*has)(const struct lp_html_walk *walk);
    void (*put)(const struct lp_html_walk *walk);
} sections[] = {
    { "walk", LP_TR("The walk, step by step"), always, lp_html_ladder },
    { "times", LP_TR("Timeline"), has_questions, lp_html_timeline },
    { "servers", LP_TR("Name servers"), has_servers, lp_html_servers },
    { "certificates", LP_TR("Certificates"), has_leaf, lp_html_certificates },
    { "ports", LP_TR("Ports"), has_addresses, lp_html_ports },
    { "expectations", LP_TR("What the topology asks for"), has_expectations, lp_html_expectations },
    { "views", LP_TR("Inside and outside"), has_views, put_views },
    { "findings", LP_TR("Findings"), always, lp_html_findings },
    { "evidence", LP_TR("Evidence"), has_questions, lp_html_evidence },
    { "made", LP_TR("How this was made"), always, lp_html_made },
};

static void put_contents(const struct lp_html_walk *walk)
{
    const struct lp_html *html = &walk->html;
    struct lp_str label = lp_tell(html->arena, "Sections of report %zu", walk->number);
    lp_html_open_with(html, "nav", LP_HTML({ "aria-label", label }));
    lp_html_open(html, "ul", NULL);
    for (size_t i = 0; i < LP_COUNT(sections); i++) {
        if (!sections[i].has(walk))
            continue;
        lp_html_open(html, "li", NULL);
        lp_html_link(html, lp_html_id(walk, sections[i].name),
                     lp_str_of(lp_tr(html->arena, sections[i].title)));
        lp_html_close(html, "li");
    }
    lp_html_close(html, "ul");
    lp_html_close(html, "nav");
}

static void put_section(const struct lp_html_walk *walk, const struct section *section)
{
    const struct lp_html *html = &walk->html;
    struct lp_str id = lp_html_id(walk, section->name);
    lp_html_open_with(html, "section", LP_HTML({ "id", id }));
    lp_html_open_with(html, "h2",
                      LP_HTML({ "id", lp_arena_printf(html->arena, "%s-title", id.p) }));
    lp_html_text(html, lp_str_of(lp_tr(html->arena, section->title)));
    lp_html_close(html, "h2");
    section->put(walk);
    lp_html_close(html, "section");
}

static void put_walk(const struct lp_html_walk *walk)
{
    lp_html_open_with(
        &walk->html, "article",
        LP_HTML({ "class", LP_STR("walk") }, { "aria-labelledby", lp_html_id(walk, "name") }));
    lp_html_head(walk);
    put_contents(walk);
    for (size_t i = 0; i < LP_COUNT(sections); i++) {
        if (sections[i].has(walk))
            put_section(walk, &sections[i]);
    }
    lp_html_close(&walk->html, "article");
}

/* ---- the page ---- */

static void put_begin(const struct lp_html *html, const struct lp_judgement *j)
{
    lp_html_begin(html, lp_tell(html->arena, "%s: sign-in report",
                                lp_term(html->arena, j->survey.log->setup.domain)));
}

static const struct lp_judgement *previous_of(const struct lp_report_input *input, size_t i)
{
    const struct lp_judgement *before = i ? input->walks[i - 1] : input->previous;
    bool same = before && lp_str_eq(before->survey.log->setup.domain,
                                    input->walks[i]->survey.log->setup.domain);
    return same ? before : NULL;
}

void lp_report_html(const struct lp_report_input *input, struct lp_buf *out)
{
    for (size_t i = 0; i < input->n; i++) {
        struct lp_arena arena = { .lang = input->walks[i]->survey.arena->lang };
        struct lp_buf aside = lp_buf_new(ASIDE_MAX);
        struct lp_page page = { .out = &aside, .arena = &arena, .width = COLUMNS };
        struct lp_html_walk walk = { .html = { out, &arena },
                                     .report = { page, input->walks[i], false },
                                     .aside = &aside,
                                     .j = input->walks[i],
                                     .english = (input->english ? input->english : input->walks)[i],
                                     .number = input->before + i + 1,
                                     .previous = previous_of(input, i) };
        if (walk.number == 1)
            put_begin(&walk.html, walk.j);
        put_walk(&walk);
        lp_buf_release(&aside);
        lp_arena_release(&arena);
    }
}
